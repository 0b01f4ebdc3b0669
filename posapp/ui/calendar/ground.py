"""The ground under the bookings: hours, closed times, breaks, the past, the names above, the line of now."""

from datetime import date, time

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from posapp.domain.base.typed_dates import WEEKDAYS
from posapp.ui.calendar.arrangement import Column, Picture, minute_of
from posapp.ui.calendar.geometry import Geometry
from posapp.ui.calendar.painting import paint_line_of_now
from posapp.ui.mirror import mirror
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording, shown_count, translator

_tr = translator("Calendar")


def weekday(day: date) -> str:
    """The short name of a weekday."""
    return _tr(WEEKDAYS[day.weekday()][:3].title())


def count_words(count: int) -> str:
    """`3 bookings`, or that there is none."""
    return shown_count(count, _tr("booking"), _tr("bookings")) if count else _tr("no bookings")


def column_title(column: Column) -> str:
    """What stands above a column."""
    return f"{weekday(column.day)} {column.day.day}" if column.resource is None else column.resource.name


def column_note(column: Column) -> str:
    """What stands beside the title: why it is closed, else how many bookings there are."""
    if not column.open_spans and not column.count:
        return column.note or (_tr("closed") if column.resource is None else _tr("off"))
    return ", ".join(filter(None, (count_words(column.count), column.note)))


def paint_columns(painter: QPainter, geometry: Geometry) -> None:
    """Ground of the visible columns, back to front."""
    picture = geometry.picture
    painter.save()
    painter.setClipRect(geometry.grid())
    for place in geometry.visible_columns():
        _paint_hours(painter, geometry, place, picture)
    _paint_lines(painter, geometry)
    for place in geometry.visible_columns():
        _paint_breaks(painter, geometry, place)
        rect = geometry.column(place)
        painter.fillRect(QRectF(round(rect.x()), rect.y(), 1, rect.height()), theme().tokens.border)
    painter.restore()


def _paint_hours(painter: QPainter, geometry: Geometry, place: int, picture: Picture) -> None:
    tokens, column = theme().tokens, picture.columns[place]
    rect = geometry.column(place)
    painter.fillRect(rect, tokens.bg)
    for opens, closes in column.open_spans:
        painter.fillRect(geometry.span(place, opens, closes), tokens.surface)
    for opens, closes, _ in column.breaks:
        painter.fillRect(geometry.span(place, opens, closes), tokens.surface)
    past = _past_until(column.day, picture)
    if past:
        veil = QColor(tokens.text3)
        veil.setAlpha(16)
        painter.fillRect(geometry.span(place, 0, past), veil)


def _past_until(day: date, picture: Picture) -> int:
    if day < picture.now.date():
        return 1440
    return minute_of(picture.now) if day == picture.now.date() else 0


def _paint_lines(painter: QPainter, geometry: Geometry) -> None:
    tokens, grid = theme().tokens, geometry.grid()
    whole, half = QPen(tokens.border, 1), QPen(tokens.border, 1, Qt.PenStyle.CustomDashLine)
    half.setDashPattern([3, 3])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    first, last = geometry.visible_minutes()
    for minute in range(max(int(first // 30), 0) * 30, min(int(last) + 30, 1441), 30):
        y = round(geometry.y(minute))
        painter.setPen(half if minute % 60 else whole)
        painter.drawLine(QLineF(grid.left(), y, grid.right(), y))


def _paint_breaks(painter: QPainter, geometry: Geometry, place: int) -> None:
    column = geometry.picture.columns[place]
    for opens, closes, label in column.breaks:
        _paint_hatch(painter, geometry.span(place, opens, closes), label or _tr("Break"))
    change = column.change
    if change is not None:
        words = _tr("This hour comes twice") if change.is_doubled else _tr("The clocks skip this hour")
        _paint_hatch(
            painter, geometry.span(place, change.starts, change.ends), words, is_light=change.is_doubled
        )


def _paint_hatch(painter: QPainter, rect: QRectF, label: str, *, is_light: bool = False) -> None:
    look, tokens = theme(), theme().tokens
    rect = rect.adjusted(1, 0, 0, 0)
    if not is_light:
        painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect, QBrush(tokens.border, Qt.BrushStyle.BDiagPattern))
    font = look.font("caption")
    words = cut(label, font, rect.width() - look.px(20))
    width = QFontMetrics(font).horizontalAdvance(words)
    middle = rect.center().y() if rect.height() < look.px(60) else rect.y() + look.px(14)
    x = rect.x() + look.px(10)
    ground = QRectF(x - look.px(3), middle - look.px(9), width + look.px(6), look.px(18))
    painter.save()
    _turn(painter, rect)
    painter.fillRect(ground.intersected(rect), tokens.sunken)
    draw_text(painter, x, middle, words, font, tokens.text2)
    painter.restore()


def now_height(geometry: Geometry) -> float | None:
    """Where the line of now lies, None while it is not in sight."""
    picture, grid = geometry.picture, geometry.grid()
    if not _places_of_today(geometry):
        return None
    y = round(geometry.y(minute_of(picture.now)))
    return y if grid.top() - 4 < y < grid.bottom() else None


def _places_of_today(geometry: Geometry) -> list[int]:
    day = geometry.picture.now.date()
    return [place for place in geometry.visible_columns() if geometry.picture.columns[place].day == day]


def paint_now(painter: QPainter, geometry: Geometry) -> None:
    """The red line of now across today; what is painted later lies over it."""
    y = now_height(geometry)
    if y is None:
        return
    look, grid = theme(), geometry.grid()
    rects = [geometry.column(place).intersected(grid) for place in _places_of_today(geometry)]
    left, right = min(rect.left() for rect in rects), max(rect.right() for rect in rects)
    paint_line_of_now(painter, QRectF(left - look.px(4), y, right - left + look.px(4), 0), y)


def paint_clock(painter: QPainter, geometry: Geometry, wording: Wording) -> None:
    """The time beside the red line."""
    y = now_height(geometry)
    if y is None:
        return
    look, tokens, grid = theme(), theme().tokens, geometry.grid()
    words = wording.time(geometry.picture.now.time())
    font = look.font("caption", 600)
    width = QFontMetrics(font).horizontalAdvance(words) + look.px(10)
    x = geometry.gutter - width - look.px(7) if grid.x() else grid.right() + look.px(7)
    box(painter, QRectF(x, y - look.px(9), width, look.px(18)), look.px(4), tokens.danger)
    draw_text(painter, x + look.px(5), y, words, font, tokens.surface)


def paint_times(painter: QPainter, geometry: Geometry, wording: Wording) -> None:
    """The hours beside the grid."""
    look, tokens, grid = theme(), theme().tokens, geometry.grid()
    is_mirrored = not grid.x()
    x = grid.right() if is_mirrored else 0
    column = QRectF(x, geometry.head, geometry.gutter, geometry.height - geometry.head)
    painter.save()
    painter.setClipRect(column)
    painter.fillRect(column, tokens.surface)
    font = look.font("small")
    metrics = QFontMetrics(font)
    for hour in range(24):
        y = geometry.y(hour * 60)
        if not column.top() - look.px(10) < y < column.bottom() + look.px(10):
            continue
        words = wording.time(time(hour))
        at = look.px(8) if is_mirrored else geometry.gutter - look.px(8) - metrics.horizontalAdvance(words)
        draw_text(painter, x + at, y, words, font, tokens.text2)
    painter.restore()


def paint_head(painter: QPainter, geometry: Geometry, focused: int | None) -> None:
    """Names (or days) above the columns; today stands out by a line, the focused column by its ink."""
    look, tokens, picture = theme(), theme().tokens, geometry.picture
    painter.fillRect(QRectF(0, 0, geometry.width, geometry.head), tokens.sunken)
    painter.fillRect(QRectF(0, geometry.head - 1, geometry.width, 1), tokens.border)
    grid = geometry.grid()
    painter.save()
    painter.setClipRect(QRectF(grid.x(), 0, grid.width(), geometry.head))
    for place in geometry.visible_columns():
        column = picture.columns[place]
        rect = geometry.column(place)
        head = QRectF(rect.x(), 0, rect.width(), geometry.head - 1)
        painter.fillRect(QRectF(round(head.x()), 0, 1, head.height()), tokens.border)
        is_today = picture.is_week and column.day == picture.now.date()
        if is_today:
            painter.fillRect(QRectF(head.x() + 1, head.bottom() - 2, head.width() - 1, 3), tokens.primary)
        painter.save()
        _turn(painter, head)
        left, room = head.x() + look.px(10), head.width() - look.px(16)
        font = look.font("body", 700 if is_today else 600)
        ink = tokens.primary if is_today or place == focused else tokens.text
        title = cut(column_title(column), font, room)
        width = draw_text(painter, left, head.center().y(), title, font, ink)
        small = look.font("small")
        rest = room - width - look.px(8)
        if rest > look.px(18):
            note = column_note(column)
            if picture.is_week or QFontMetrics(small).horizontalAdvance(note) > rest:
                note = _short_note(column)
            x = left + width + look.px(8)
            draw_text(painter, x, head.center().y(), cut(note, small, rest), small, tokens.text2)
        painter.restore()
    painter.restore()


def _turn(painter: QPainter, rect: QRectF) -> None:
    """In a mirrored window words begin at the right of their column."""
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        mirror(painter, rect)


def _short_note(column: Column) -> str:
    if not column.open_spans and not column.count:
        return column_note(column)
    return str(column.count) if column.count else ""
