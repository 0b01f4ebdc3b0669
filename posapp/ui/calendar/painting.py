"""How blocks of the calendar look: bookings, the one that is being made, the one on the move, and "+n".

A state is told by icon, word and tone together; what is cancelled is struck through as well.
"""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from posapp.domain.bookings import Booking, BookingStatus
from posapp.ui.calendar.arrangement import Block, More
from posapp.ui.icons import paint_icon
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import Wording

_ROOM_FOR_THREE, _ROOM_FOR_TWO = 50, 34
_NARROW = 84
_RADIUS = 5
_OVER = (BookingStatus.DONE, BookingStatus.CANCELLED)


def shown_name(booking: Booking, wording: Wording) -> str:
    """Who comes: the person of the account, else the account, else its phone."""
    if booking.contact_name:
        return booking.contact_name
    if booking.customer_name:
        return booking.customer_name
    return wording.phone(booking.phone) if booking.phone else str(booking.pl_id)


def second_mark(block: Block) -> str:
    """What is added to the time in the second of two doubled hours."""
    return QCoreApplication.translate("Calendar", " (second)") if block.is_second else ""


def paint_block(
    painter: QPainter,
    rect: QRectF,
    block: Block,
    wording: Wording,
    *,
    with_service: bool,
    is_faded: bool = False,
) -> None:
    """A booking: tinted box with a bar, state and time, name, and what is to be done where there is room."""
    booking = block.booking
    look, tokens = booking_look(booking.status), theme().tokens
    fill, ink = look.colours(tokens)
    bar, line = ink, None
    if booking.status in _OVER:
        fill, bar, line = (
            tokens.sunken,
            tokens.control if booking.status == BookingStatus.DONE else tokens.border,
            tokens.border,
        )
    painter.save()
    if is_faded:
        painter.setOpacity(0.4)
    _paint_box(painter, rect, fill, line, bar)
    words = wording.time(booking.wall_start.time()) + second_mark(block)
    name_ink = tokens.text2 if booking.status in _OVER else tokens.text
    service = booking.service if with_service else ""
    _paint_words(painter, rect, look, words, shown_name(booking, wording), service, ink, name_ink)
    if booking.override_reason is not None and rect.width() > theme().px(_NARROW):
        side = theme().px(14)
        x = rect.right() - side - theme().px(6)
        paint_icon(painter, "triangle-alert", x, rect.y() + theme().px(5), side, tokens.warning)
    painter.restore()


def paint_new(
    painter: QPainter, rect: QRectF, time: str, word: str, name: str, service: str, *, is_wrong: bool
) -> None:
    """What is not saved yet: a dashed box, in danger where something stands against it."""
    tokens = theme().tokens
    ink = tokens.danger if is_wrong else tokens.primary
    fill = tokens.danger_soft if is_wrong else tokens.primary_soft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
    radius = theme().px(_RADIUS)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    look = StatusLook("triangle-alert" if is_wrong else "plus", word, "danger" if is_wrong else "primary")
    _paint_words(painter, rect, look, time, name, service, ink, tokens.text)
    painter.restore()


def paint_more(painter: QPainter, rect: QRectF, more: More, *, is_focused: bool) -> None:
    """How many bookings found no room beside the others."""
    look, tokens = theme(), theme().tokens
    box(
        painter, rect, look.px(_RADIUS), tokens.neutral_soft, tokens.primary if is_focused else tokens.control
    )
    font = look.font("caption", 600)
    words = f"+{len(more.bookings)}"
    words = cut(words, font, rect.width())
    x = rect.x() + (rect.width() - QFontMetrics(font).horizontalAdvance(words)) / 2
    draw_text(painter, x, rect.y() + min(rect.height() / 2, look.px(12)), words, font, tokens.text)


def _paint_box(painter: QPainter, rect: QRectF, fill: QColor, line: QColor | None, bar: QColor) -> None:
    look = theme()
    radius = look.px(_RADIUS)
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(path, fill)
    if line is not None:
        painter.setPen(QPen(line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    width = look.px(4)
    x = rect.right() - width if is_mirrored else rect.x()
    painter.fillRect(QRectF(x, rect.y(), width, rect.height()), bar)
    painter.restore()


def _paint_words(
    painter: QPainter,
    rect: QRectF,
    look: StatusLook,
    time: str,
    name: str,
    service: str,
    ink: QColor,
    name_ink: QColor,
) -> None:
    px, height = theme().px, rect.height()
    left, room = rect.x() + px(14), rect.width() - px(20)
    if rect.width() < px(_NARROW):
        left, room = rect.x() + px(8), rect.width() - px(10)
    painter.save()
    painter.setClipRect(rect.adjusted(px(4), 0, -1, 0), Qt.ClipOperation.IntersectClip)
    if height < px(_ROOM_FOR_TWO):
        width = _first_line(
            painter, left, rect.center().y(), room, look, time, ink, is_short=height < px(26) or bool(name)
        )
        rest = room - width - px(8)
        if rest > px(24):
            font = theme().font("caption", 600)
            draw_text(painter, left + width + px(8), rect.center().y(), cut(name, font, rest), font, name_ink)
    else:
        has_three = height >= px(_ROOM_FOR_THREE) and bool(service)
        step = px(17)
        lines = 3 if has_three else 2
        first = rect.y() + min(px(13), (height - lines * step) / 2 + step / 2)
        _first_line(painter, left, first, room, look, time, ink)
        _name_line(painter, left, first + step, room, name, "" if has_three else service, look, name_ink)
        if has_three:
            font = theme().font("caption")
            draw_text(painter, left, first + 2 * step, cut(service, font, room), font, theme().tokens.text2)
    painter.restore()


def _first_line(
    painter: QPainter,
    left: float,
    middle: float,
    room: float,
    look: StatusLook,
    time: str,
    ink: QColor,
    *,
    is_short: bool = False,
) -> float:
    """Icon, time, and the word of the state where it fits; returns how wide it is."""
    px = theme().px
    side = px(14)
    paint_icon(painter, look.icon, left, middle - side / 2, side, ink)
    font = theme().font("caption", 600)
    metrics = QFontMetrics(font)
    if room < side + px(4) + metrics.horizontalAdvance(time):
        return side
    x = left + side + px(4)
    whole = f"{time} {look.word}"
    words = time if is_short or metrics.horizontalAdvance(whole) > room - side - px(4) else whole
    return side + px(4) + draw_text(painter, x, middle, cut(words, font, room - side - px(4)), font, ink)


def _name_line(
    painter: QPainter,
    left: float,
    middle: float,
    room: float,
    name: str,
    service: str,
    look: StatusLook,
    ink: QColor,
) -> None:
    font = QFont(theme().font("small", 600))
    font.setStrikeOut(look.is_struck)
    width = draw_text(painter, left, middle, cut(name, font, room), font, ink)
    rest = room - width
    if service and rest > theme().px(30):
        small = theme().font("caption")
        draw_text(
            painter, left + width, middle, cut(f", {service}", small, rest), small, theme().tokens.text2
        )
