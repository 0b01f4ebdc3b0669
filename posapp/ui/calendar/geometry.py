"""Where everything lies in the calendar: minutes and columns to pixels, and back."""

from PySide6.QtCore import QPointF, QRectF, QSize

from posapp.ui.calendar.arrangement import DAY_MINUTES, STEP, Beside, Block, Column, More, Picture
from posapp.ui.calendar.beside import Lane
from posapp.ui.calendar.stretch import home_minute
from posapp.ui.theme import theme

HOUR, HEAD, GUTTER = 58, 41, 57
MOST_HOUR = 240
"""A short day is not drawn out beyond this."""
LEAST_DAY, LEAST_WEEK = 108, 104
LEAST_LANE = 44
"""So wide has a booking to be for its time and the beginning of a name."""
_TOP, _FOOT, _STRIP, _SIDE = 12, 8, 28, 4


LEAST_LANE_OF_TWELVE = 65
"""The same where times are written `10:00 am`."""


def beside_in(width: int, columns: int, *, is_week: bool, has_halves: bool = False) -> Beside:
    """How many bookings have room side by side in a calendar of that width.

    `has_halves`: the shop writes the half of the day behind each time.
    """
    px, lane = theme().px, theme().px(LEAST_LANE_OF_TWELVE if has_halves else LEAST_LANE)
    column = max((width - px(GUTTER)) / max(columns, 1), px(LEAST_WEEK if is_week else LEAST_DAY))
    room, most = column - 2 * px(_SIDE), Beside()
    return Beside(
        min(max(int(room // lane), 1), most.most),
        min(max(int((room - px(_STRIP)) // lane), 1), most.with_more),
    )


class Geometry:
    """The measures of a picture in a viewport, scrolled somewhere; made anew when one changes."""

    def __init__(
        self, picture: Picture, size: QSize, scroll: QPointF, *, gutter: int = 0, is_mirrored: bool = False
    ) -> None:
        """`gutter` is the least width of the times, for clocks that write `10:00 am`."""
        px = theme().px
        self.picture = picture
        self.width, self.height = size.width(), size.height()
        self.head, self.gutter = px(HEAD), max(px(GUTTER), gutter)
        self.hour = self._hour(px(_TOP) + px(_FOOT))
        self._top, self._scroll, self._is_mirrored = px(_TOP), scroll, is_mirrored
        room = max(self.width - self.gutter, 1)
        least = px(LEAST_WEEK if picture.is_week else LEAST_DAY)
        count = max(len(picture.columns), 1)
        self.column_width = max(room / count, float(least))
        self.content_width = int(self.column_width * count)
        self.content_height = round(24 * self.hour) + self._top + px(_FOOT)

    def _hour(self, margins: int) -> float:
        """As high that the opening hours fill the height, and that the shortest booking can be read."""
        px = theme().px
        first, last = self.picture.stretch
        filling = (self.height - self.head - margins) * 60 / max(last - first, STEP)
        readable = (theme().metrics("caption", 600).height() + px(2)) * 60 / STEP
        least = readable if self.picture.has_short else 0.0
        return max(px(HOUR), min(filling, px(MOST_HOUR)), least)

    def home(self) -> int:
        """How far down the view is scrolled before anybody scrolls it."""
        room = self.height - self.head - self._top - theme().px(_FOOT)
        return self.offset_of(home_minute(self.picture, room * 60 / self.hour))

    def scroll_range(self) -> tuple[int, int]:
        """How far the view can be scrolled sideways and down."""
        return (
            max(0, round(self.content_width - (self.width - self.gutter))),
            max(0, self.content_height - (self.height - self.head)),
        )

    def grid(self) -> QRectF:
        """The part of the viewport with the columns, without header and times."""
        x = 0 if self._is_mirrored else self.gutter
        return QRectF(x, self.head, self.width - self.gutter, self.height - self.head)

    def y(self, minute: float) -> float:
        """The height of a minute of the day."""
        return self.head + self._top + minute * self.hour / 60 - self._scroll.y()

    def offset_of(self, minute: float) -> int:
        """How far down the view is scrolled when this minute stands at its upper edge."""
        return round(minute * self.hour / 60)

    def upper_minute(self) -> float:
        """The inverse of `offset_of`."""
        return self._scroll.y() * 60 / self.hour

    def column(self, place: int) -> QRectF:
        """A column from top to bottom of the grid."""
        x = self.gutter + place * self.column_width - self._scroll.x()
        if self._is_mirrored:
            x = self.width - x - self.column_width
        return QRectF(x, self.head, self.column_width, self.height - self.head)

    def span(self, place: int, starts: float, ends: float) -> QRectF:
        """A column between two minutes."""
        column = self.column(place)
        return QRectF(column.x(), self.y(starts), column.width(), self.y(ends) - self.y(starts))

    def block(self, place: int, block: Block) -> QRectF:
        """The box of a booking."""
        return self._laned(place, block.starts, block.ends, (block.lane, block.width, block.lanes))

    def whole(self, place: int, starts: int, ends: int) -> QRectF:
        """A box as wide as the column, for what is new or on the move."""
        return self._laned(place, starts, ends, (0, 1, 1), has_strip=False)

    def in_lane(self, place: int, starts: int, ends: int, lane: Lane) -> QRectF:
        """A box beside the bookings, for what is being made."""
        return self._laned(place, starts, ends, (lane.lane, 1, lane.lanes), has_strip=lane.lanes > 1)

    def more(self, place: int, more: More) -> QRectF:
        """The box of a "+n"."""
        rect = self.span(place, more.starts, more.ends)
        width = self._strip_width(self.picture.columns[place])
        x = rect.x() + theme().px(2) if self._is_mirrored else rect.right() - width
        return QRectF(x, rect.y() + 1, width - theme().px(2), rect.height() - 2)

    def _strip_width(self, column: Column) -> float:
        return float(theme().px(_STRIP)) if column.more else 0.0

    def _laned(
        self, place: int, starts: int, ends: int, lanes: tuple[int, int, int], *, has_strip: bool = True
    ) -> QRectF:
        lane, reach, count = lanes
        rect = self.span(place, starts, max(ends, starts + STEP))
        strip = self._strip_width(self.picture.columns[place]) if has_strip else 0.0
        side = theme().px(_SIDE)
        width = (rect.width() - 2 * side + 1 - strip) / count
        x = rect.x() + side + lane * width
        if self._is_mirrored:
            x = rect.right() - side - (lane + reach) * width
        gap = theme().px(2) if lane + reach < count else 0
        return QRectF(x, rect.y() + 0.5, reach * width - gap, rect.height() - 1)

    def visible_minutes(self) -> tuple[float, float]:
        """The minutes at the upper and lower edge of the grid."""
        first = (self._scroll.y() - self._top) * 60 / self.hour
        return first, first + (self.height - self.head) * 60 / self.hour

    def visible_columns(self) -> range:
        """The columns that can be seen at least in part."""
        first = int(self._scroll.x() // self.column_width)
        last = int((self._scroll.x() + self.width - self.gutter) // self.column_width)
        return range(max(first, 0), min(last + 1, len(self.picture.columns)))

    def column_at(self, x: float) -> int | None:
        """The column under a point, None beside all."""
        grid = self.grid()
        if not grid.left() <= x < grid.right():
            return None
        if self._is_mirrored:
            x = self.width - x
        place = int((x - self.gutter + self._scroll.x()) // self.column_width)
        return place if 0 <= place < len(self.picture.columns) else None

    def minute_at(self, y: float) -> int:
        """The minute at a height, on the grid of `STEP`, within the day."""
        minute = (y - self.head - self._top + self._scroll.y()) * 60 / self.hour
        return int(min(max(minute, 0), DAY_MINUTES - 1) // STEP * STEP)
