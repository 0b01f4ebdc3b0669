"""How blocks of the calendar look: bookings, the one that is being made, the one on the move, and "+n".

A state is told by icon, word and tone together; what is cancelled is struck through as well.
"""

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from posapp.domain.bookings.bookings import BookingStatus
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


def paint_block(
    painter: QPainter,
    rect: QRectF,
    block: Block,
    wording: Wording,
    *,
    with_service: bool,
    is_faded: bool = False,
    ticket: str = "",
) -> None:
    """A booking: tinted box with a bar, state and time, name, and what is to be done where there is room.

    Once it has become a ticket, its number stands in place of the word of the state.
    """
    booking = block.booking
    look, tokens = booking_look(booking.status), theme().tokens
    look = replace(look, word=ticket) if ticket else look
    fill, ink = look.colours(tokens)
    bar, line = ink, None
    if booking.status in _OVER:
        fill, line = tokens.sunken, tokens.border
        bar = tokens.control if booking.status == BookingStatus.DONE else tokens.border
    painter.save()
    if is_faded:
        painter.setOpacity(0.4)
    _paint_box(painter, rect, fill, line, bar)
    words = wording.booked(booking)
    name_ink = tokens.text2 if booking.status in _OVER else tokens.text
    service = booking.service if with_service else ""
    _paint_words(painter, rect, look, words, booking.shown_name(wording.region), service, ink, name_ink)
    if booking.override_reason is not None and rect.width() > theme().px(_NARROW):
        side = theme().px(14)
        x = rect.right() - side - theme().px(6)
        paint_icon(painter, "triangle-alert", x, rect.y() + theme().px(5), side, tokens.warning)
    painter.restore()


def paint_new(
    painter: QPainter,
    rect: QRectF,
    time: str,
    word: str,
    name: str,
    service: str,
    *,
    is_wrong: bool,
    is_outline: bool = False,
) -> None:
    """What is not saved yet: a dashed box, in danger where something stands against it.

    `is_outline`: other bookings lie there, and stay readable.
    """
    tokens = theme().tokens
    ink = tokens.danger if is_wrong else tokens.primary
    fill = tokens.danger_soft if is_wrong else tokens.primary_soft
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_outline else fill)
    painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
    radius = theme().px(_RADIUS)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    if is_outline:
        painter.restore()
        return
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


class _Line:
    """One line of a box, filled from its beginning: the left, or the right in a mirrored window."""

    def __init__(self, painter: QPainter, rect: QRectF, margins: tuple[float, float], middle: float) -> None:
        self._painter, self._middle = painter, middle
        self._is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        before, after = margins
        self._at = rect.right() - before if self._is_mirrored else rect.x() + before
        self.room = rect.width() - before - after

    def _take(self, width: float) -> float:
        """Use up some room; returns where it begins on the left."""
        self.room -= width
        if self._is_mirrored:
            self._at -= width
            return self._at
        self._at += width
        return self._at - width

    def skip(self, width: float) -> None:
        """Leave some room free."""
        self._take(width)

    def icon(self, name: str, side: int, ink: QColor) -> None:
        """An icon."""
        paint_icon(self._painter, name, self._take(side), self._middle - side / 2, side, ink)

    def text(self, words: str, font: QFont, ink: QColor) -> None:
        """Words, cut where the line ends."""
        words = cut(words, font, self.room)
        draw_text(self._painter, self._take(advance(words, font)), self._middle, words, font, ink)


def advance(words: str, font: QFont) -> int:
    """How wide words are."""
    return QFontMetrics(font).horizontalAdvance(words)


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
    margins = (px(8), px(2)) if rect.width() < px(_NARROW) else (px(14), px(6))
    painter.save()
    painter.setClipRect(rect.adjusted(1, 0, -1, 0), Qt.ClipOperation.IntersectClip)
    if height < px(_ROOM_FOR_TWO):
        _paint_only_line(_Line(painter, rect, margins, rect.center().y()), look, time, name, ink, name_ink)
        painter.restore()
        return
    has_three = height >= px(_ROOM_FOR_THREE) and bool(service)
    step, lines = px(17), 3 if has_three else 2
    first = rect.y() + min(px(13), (height - lines * step) / 2 + step / 2)
    _first(_Line(painter, rect, margins, first), look, time, ink)
    second = _Line(painter, rect, margins, first + step)
    second.text(name, _name_font("small", look), name_ink)
    small = theme().font("caption")
    if has_three:
        _Line(painter, rect, margins, first + 2 * step).text(service, small, theme().tokens.text2)
    elif service and second.room > px(30):
        second.text(f", {service}", small, theme().tokens.text2)
    painter.restore()


def _name_font(size: str, look: StatusLook) -> QFont:
    font = QFont(theme().font(size, 600))
    font.setStrikeOut(look.is_struck)
    return font


def _first(line: _Line, look: StatusLook, time: str, ink: QColor) -> None:
    """Icon, time, and the word of the state where it fits."""
    px, font = theme().px, theme().font("caption", 600)
    line.icon(look.icon, px(14), ink)
    line.skip(px(4))
    whole = f"{time} {look.word}"
    if advance(whole, font) <= line.room:
        line.text(whole, font, ink)
    elif advance(time, font) <= line.room:
        line.text(time, font, ink)


def _paint_only_line(
    line: _Line, look: StatusLook, time: str, name: str, ink: QColor, name_ink: QColor
) -> None:
    """All in one line; the word of the state gives way to the name."""
    px, font = theme().px, theme().font("caption", 600)
    whole = f"{time} {look.word}"
    has_word = advance(f"{whole}{name}", font) + px(30) <= line.room
    line.icon(look.icon, px(14), ink)
    line.skip(px(4))
    if has_word or advance(time, font) <= line.room:
        line.text(whole if has_word else time, font, ink)
        line.skip(px(8))
    if line.room > px(24):
        line.text(name, _name_font("caption", look), name_ink)
