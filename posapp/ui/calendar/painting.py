"""How blocks of the calendar look: bookings, the one that is being made, the one on the move, and "+n".

A state is told by icon, word and tone together; what is cancelled is struck through as well.
"""

from dataclasses import dataclass, replace

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
_NARROW, _NARROWEST = 84, 68
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
    now: float | None = None,
    is_from_before: bool = False,
) -> None:
    """A booking: tinted box with a bar, state and time, name, and what is to be done where there is room.

    Once it has become a ticket, its number stands in place of the word of the state. The line of `now` goes
    through it behind the words; what began the day before has an arrow before its time.
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
    is_crossed = now is not None and rect.top() < now < rect.bottom()
    if now is not None and is_crossed:
        paint_line_of_now(painter, rect, now)
    words = wording.booked(booking)
    words = f"↑ {words}" if is_from_before else words
    name_ink = tokens.text2 if booking.status in _OVER else tokens.text
    said = _Said(look, words, booking.shown_name(wording.region), booking.service if with_service else "")
    side, is_marked = theme().px(14), booking.override_reason is not None
    is_marked = is_marked and rect.width() > theme().px(_NARROW)
    kept = side + theme().px(4) if is_marked else 0
    _paint_words(painter, rect, said, (ink, name_ink), fill if is_crossed else None, kept)
    if is_marked:
        is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = rect.x() + theme().px(6) if is_mirrored else rect.right() - side - theme().px(6)
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
    _paint_words(painter, rect, _Said(look, time, name, service), (ink, tokens.text), None)
    painter.restore()


def paint_line_of_now(painter: QPainter, rect: QRectF, y: float) -> None:
    """The red line at a height, from one side of a box to the other."""
    painter.fillRect(QRectF(rect.x(), round(y) - 1, rect.width(), 2), theme().tokens.danger)


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


@dataclass(frozen=True, slots=True)
class _Said:
    """What a box says; `service` "" where there is no room for it."""

    look: StatusLook
    time: str
    name: str
    service: str


class _Line:
    """One line of a box, filled from its beginning: the left, or the right in a mirrored window.

    `ground` is laid under each word where something goes through the box.
    """

    def __init__(
        self,
        painter: QPainter,
        rect: QRectF,
        margins: tuple[float, float],
        middle: float,
        ground: QColor | None,
    ) -> None:
        self._painter, self._middle, self._ground = painter, middle, ground
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
        x = self._take(side)
        self._clear(x, side, side)
        paint_icon(self._painter, name, x, self._middle - side / 2, side, ink)

    def text(self, words: str, font: QFont, ink: QColor) -> None:
        """Words, cut where the line ends."""
        words = cut(words, font, self.room)
        width = advance(words, font)
        x = self._take(width)
        self._clear(x, width, QFontMetrics(font).height())
        draw_text(self._painter, x, self._middle, words, font, ink)

    def _clear(self, x: float, width: float, height: float) -> None:
        if self._ground is not None and width:
            self._painter.fillRect(QRectF(x - 2, self._middle - height / 2, width + 4, height), self._ground)


def advance(words: str, font: QFont) -> int:
    """How wide words are."""
    return QFontMetrics(font).horizontalAdvance(words)


def _paint_words(
    painter: QPainter,
    rect: QRectF,
    said: _Said,
    inks: tuple[QColor, QColor],
    ground: QColor | None,
    kept: float = 0,
) -> None:
    """Time first, then the name, then what is to be done; as many lines as there is room for.

    At the end of the first line so much is `kept` for a mark.
    """
    px, step = theme().px, theme().px(17)
    margins = margins_in(rect.width())
    most = _line_count(rect.height())
    names = _wrapped(said, rect.width() - sum(margins), most - 1)
    lines = min(most, 1 + len(names) + bool(said.service))
    first = rect.y() + min(px(13), (rect.height() - lines * step) / 2 + step / 2)
    rows = [_Line(painter, rect, margins, first + step * place, ground) for place in range(lines)]
    rows[0].room -= kept
    painter.save()
    painter.setClipRect(rect.adjusted(1, 0, -1, 0), Qt.ClipOperation.IntersectClip)
    if lines == 1:
        _only(rows[0], said, *inks)
    else:
        _first(rows[0], said, inks[0])
        _names(rows[1:], names, said, inks[1])
    painter.restore()


def margins_in(width: float) -> tuple[int, int]:
    """What is free before and behind the words of a box; in the narrowest the time needs the room."""
    px = theme().px
    if width < px(_NARROWEST):
        return px(6), px(1)
    return (px(8), px(2)) if width < px(_NARROW) else (px(14), px(6))


def _line_count(height: float) -> int:
    px = theme().px
    if height < px(_ROOM_FOR_TWO):
        return 1
    return 2 + max(int((height - px(_ROOM_FOR_THREE)) // px(17)) + 1, 0)


def _names(rest: list[_Line], names: list[str], said: _Said, ink: QColor) -> None:
    """The name over as many lines as it needs and has, then the service."""
    bold, small = _name_font("small", said.look), theme().font("caption")
    for line, part in zip(rest, names, strict=False):
        line.text(part, bold, ink)
    left, last = rest[len(names) :], rest[len(names) - 1]
    if said.service and left:
        left[0].text(said.service, small, theme().tokens.text2)
    elif said.service and last.room > theme().px(30):
        last.text(",", small, theme().tokens.text2)
        last.skip(advance(" ", small))
        last.text(said.service, small, theme().tokens.text2)


def _wrapped(said: _Said, room: float, most: int) -> list[str]:
    """The name broken between its words, only where it is wider than a line; [] where there is no line."""
    font, lines = _name_font("small", said.look), [""]
    for word in said.name.split() if most else ():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and advance(longer, font) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines if most else []


def _name_font(size: str, look: StatusLook) -> QFont:
    font = QFont(theme().font(size, 600))
    font.setStrikeOut(look.is_struck)
    return font


def _first(line: _Line, said: _Said, ink: QColor) -> None:
    """Icon, time, and the word of the state where it fits; the time is shown before the icon gets room."""
    px, font = theme().px, theme().font("caption", 600)
    whole = f"{said.time} {said.look.word}"
    if advance(said.time, font) + px(18) <= line.room:
        line.icon(said.look.icon, px(14), ink)
        line.skip(px(4))
    line.text(whole if advance(whole, font) <= line.room else said.time, font, ink)


def _only(line: _Line, said: _Said, ink: QColor, name_ink: QColor) -> None:
    """All in one line: the word of the state gives way to the name, and then the icon does."""
    px, font, bold = theme().px, theme().font("caption", 600), _name_font("caption", said.look)
    time, gap = advance(said.time, font), px(8)
    whole = f"{said.time} {said.look.word}"
    has_word = advance(whole, font) + advance(said.name, bold) + px(18) + gap <= line.room
    has_name_without = line.room - time - gap >= px(24)
    if line.room - time - px(18) - gap >= px(40) or (line.room - time >= px(18) and not has_name_without):
        line.icon(said.look.icon, px(14), ink)
        line.skip(px(4))
    line.text(whole if has_word else said.time, font, ink)
    line.skip(gap)
    if line.room >= px(22):
        line.text(said.name, bold, name_ink)
