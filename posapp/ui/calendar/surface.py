"""The painted calendar without any say: columns, bookings, what is new or moving, where it is scrolled."""

from dataclasses import dataclass, replace
from datetime import date, time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from posapp.ui.calendar.arrangement import DAY_MINUTES, Block, Column, More, Picture, free_column
from posapp.ui.calendar.beside import Lane, beside
from posapp.ui.calendar.cursor import Cursor, Trial
from posapp.ui.calendar.geometry import Geometry
from posapp.ui.calendar.ground import (
    now_height,
    paint_clock,
    paint_columns,
    paint_head,
    paint_now,
    paint_times,
)
from posapp.ui.calendar.painting import paint_block, paint_more, paint_new
from posapp.ui.calendar.stretch import is_in_reach
from posapp.ui.icons import paint_icon
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording, shown_minutes


@dataclass(frozen=True, slots=True)
class Ghost:
    """The booking in the form, as far as it is typed; `resource_id` None: with anyone."""

    day: date
    minute: int
    minutes: int
    resource_id: int | None
    name: str
    service: str
    is_wrong: bool = False
    is_settled: bool = True
    """Whether the time is more than its first figures: only then the calendar scrolls there."""


def _is_same_time(before: Ghost | None, now: Ghost) -> bool:
    if not now.is_settled:
        return True
    if before is None or not before.is_settled:
        return False
    return (before.day, before.minute, before.minutes) == (now.day, now.minute, now.minutes)


class CalendarSurface(QAbstractScrollArea):
    """Paints a `Picture` and scrolls it; only what can be seen is painted."""

    room_changed = Signal()  # another width: more or fewer bookings stand side by side

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wording = wording
        self.picture: Picture | None = None
        """What is painted: `_read` with room for the draft."""
        self._read: Picture | None = None
        self._lane = Lane()
        self.cursor_at: Cursor | None = None
        self.trial: Trial | None = None
        self.objection = ""
        self.is_asked = False
        """Whether the objection already stands in a question, so that it need not be painted."""
        self.tickets: dict[str, str] = {}
        """Number of a booking -> number of the ticket that was made of it."""
        self.draft: Ghost | None = None
        """What is shown of the form."""
        self._is_home, self._is_own_move = True, False
        self._hour = self._upper = 0.0
        self.setProperty("ring", False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setSingleStep(theme().px(29))
        self.horizontalScrollBar().setSingleStep(theme().px(40))
        theme().changed.connect(self._fit)

    # -- what is shown -----------------------------------------------------------------------------
    def show_tickets(self, tickets: dict[str, str]) -> None:
        """Say which bookings have become tickets."""
        if tickets != self.tickets:
            self.tickets = tickets
            self.viewport().update()

    def show_picture(self, picture: Picture) -> None:
        """Show these columns; where somebody scrolled the hour stays, else it is the one to begin with."""
        before, self._read, self.picture = self.picture, picture, picture
        self._make_room()
        self._fit()
        if before is None or (before.first, before.is_week) != (picture.first, picture.is_week):
            self._go_home()
            self._show_draft_at_home()
        self.viewport().update()

    def _show_draft_at_home(self) -> None:
        """What is in the form may lie on the other side of a night."""
        if self.draft is not None and self._is_home:
            self._is_own_move = True
            self._reveal_draft(self.draft)
            self._is_own_move = False

    def set_draft(self, draft: Ghost | None) -> None:
        """Show what is in the form as a dashed block, or nothing."""
        if draft == self.draft:
            return
        before, self.draft = self.draft, draft
        self._make_room()
        self._fit()
        if draft is not None and not _is_same_time(before, draft):
            self._reveal_draft(draft)
        self.viewport().update()

    def _make_room(self) -> None:
        """Move the bookings of a column aside where the draft would lie over them."""
        draft, self.picture, self._lane = self.draft, self._read, Lane()
        place = self.place_of_draft(draft) if draft is not None else None
        if draft is None or place is None or self.picture is None:
            return
        columns = list(self.picture.columns)
        ends = min(draft.minute + draft.minutes, DAY_MINUTES)
        columns[place], self._lane = beside(columns[place], draft.minute, ends)
        self.picture = replace(self.picture, columns=tuple(columns))

    def go_home(self) -> None:
        """Begin again at now or at the opening, with what is in the form in sight."""
        self._is_home = True
        self._go_home()
        if self.draft is not None:
            self._reveal_draft(self.draft)

    def _go_home(self) -> None:
        if self.picture is not None and self._is_home:
            self._move_to(self.geometry_now().home())

    def _move_to(self, offset: int) -> None:
        self._is_own_move = True
        self.verticalScrollBar().setValue(offset)
        self._is_own_move = False

    def _reveal_draft(self, draft: Ghost) -> None:
        place, ends = self.place_of_draft(draft), draft.minute + draft.minutes
        if place is not None and self.picture is not None and is_in_reach(self.picture, draft.minute, ends):
            self.reveal(place, draft.minute, ends)

    def reveal(self, place: int, starts: int, ends: int) -> None:
        """Scroll so that a span of a column can be seen."""
        geometry = self.geometry_now()
        rect = geometry.span(place, starts, min(ends, starts + 240))
        grid = geometry.grid()
        bar, margin = self.verticalScrollBar(), theme().px(12)
        if rect.bottom() > grid.bottom() - margin:
            bar.setValue(bar.value() + round(rect.bottom() - grid.bottom() + margin))
        rect = self.geometry_now().span(place, starts, ends)
        if rect.top() < grid.top() + margin:
            bar.setValue(bar.value() - round(grid.top() + margin - rect.top()))
        across = self.horizontalScrollBar()
        offset = place * geometry.column_width
        if offset < across.value():
            across.setValue(int(offset))
        elif offset + geometry.column_width > across.value() + grid.width():
            across.setValue(round(offset + geometry.column_width - grid.width()))

    # -- measures ----------------------------------------------------------------------------------
    def geometry_now(self) -> Geometry:
        """The measures of the picture as it is scrolled now."""
        assert self.picture is not None
        scroll = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        metrics = QFontMetrics(theme().font("small"))
        gutter = metrics.horizontalAdvance(self.wording.time(time(22))) + theme().px(16)
        return Geometry(
            self.picture, self.viewport().size(), scroll, gutter=gutter, is_mirrored=self.isRightToLeft()
        )

    def _fit(self) -> None:
        if self.picture is None:
            return
        geometry = self.geometry_now()
        across, down = geometry.scroll_range()
        self._is_own_move = True
        self.horizontalScrollBar().setRange(0, across)
        self.horizontalScrollBar().setPageStep(max(1, self.viewport().width() - geometry.gutter))
        self.verticalScrollBar().setRange(0, down)
        self.verticalScrollBar().setPageStep(max(1, self.viewport().height() - geometry.head))
        if self._is_home and self._hour != geometry.hour:
            self.verticalScrollBar().setValue(geometry.home())
        elif self._hour != geometry.hour:
            self.verticalScrollBar().setValue(geometry.offset_of(self._upper))
        self._is_own_move, self._hour = False, geometry.hour
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, other measures."""
        super().resizeEvent(event)
        self._fit()
        self._go_home()
        if event.size().width() != event.oldSize().width() and self.picture is not None:
            self.room_changed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The header stays, so everything is painted anew."""
        if not self._is_own_move:
            self._is_home = self._is_home and not dy
        if self.picture is not None:
            self._upper = self.geometry_now().upper_minute()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As much as there is room for."""
        return QSize(theme().px(640), theme().px(480))

    def minimumSizeHint(self) -> QSize:
        """One column and some hours."""
        return QSize(theme().px(240), theme().px(160))

    # -- painting ----------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bookings, what is new or on the move, the line of now, times and names."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().tokens.surface)
        if self.picture is None:
            painter.end()
            return
        geometry = self.geometry_now()
        paint_columns(painter, geometry)
        painter.save()
        painter.setClipRect(geometry.grid())
        paint_now(painter, geometry)
        for place in geometry.visible_columns():
            self._paint_column(painter, geometry, place, self.picture.columns[place])
        self._paint_draft(painter, geometry)
        self._paint_cursor(painter, geometry)
        self._paint_trial(painter, geometry)
        painter.restore()
        paint_times(painter, geometry, self.wording)
        paint_clock(painter, geometry, self.wording)
        paint_head(painter, geometry, self.cursor_at.column if self.cursor_at and self.hasFocus() else None)
        self._paint_objection(painter, geometry)
        painter.end()

    def _paint_column(self, painter: QPainter, geometry: Geometry, place: int, column: Column) -> None:
        first, last = geometry.visible_minutes()
        on_the_move = self.trial.booking.number if self.trial and self.trial.booking else ""
        is_week = geometry.picture.is_week
        now = now_height(geometry) if column.day == geometry.picture.now.date() else None
        for block in column.blocks:
            if block.starts > last:
                break
            if max(block.ends, block.starts + 15) < first:
                continue
            is_faded = block.booking.number == on_the_move
            rect = geometry.block(place, block)
            ticket = self.tickets.get(block.booking.number, "")
            paint_block(
                painter,
                rect,
                block,
                self.wording,
                with_service=not is_week,
                is_faded=is_faded,
                ticket=ticket,
                now=now,
                is_from_before=block.booking.wall_start.date() < column.day,
            )
        for more in column.more:
            if more.starts <= last and more.ends >= first:
                is_focused = self.cursor_at is not None and self.cursor_at.item == more
                paint_more(painter, geometry.more(place, more), more, is_focused=is_focused)

    def _paint_draft(self, painter: QPainter, geometry: Geometry) -> None:
        draft = self.draft
        if draft is None or (self.trial is not None and self.trial.booking is None):
            return
        place = self.place_of_draft(draft)
        if place is None:
            return
        ends = min(draft.minute + draft.minutes, DAY_MINUTES)
        rect = geometry.in_lane(place, draft.minute, ends, self._lane)
        shown = self.wording.time(time(draft.minute // 60, draft.minute % 60))
        paint_new(painter, rect, shown, self.tr("New"), draft.name, draft.service, is_wrong=draft.is_wrong)

    def place_of_draft(self, draft: Ghost) -> int | None:
        """The column of what is in the form; with anyone it is the first that is free."""
        picture = self.picture
        if picture is None:
            return None
        if draft.resource_id is not None or picture.is_week:
            return picture.column_of(draft.day, draft.resource_id)
        found = free_column(picture, draft.day, draft.minute, draft.minutes)
        if found is None and any(column.day == draft.day for column in picture.columns):
            return 0
        return found

    def _paint_trial(self, painter: QPainter, geometry: Geometry) -> None:
        trial = self.trial
        place = geometry.picture.column_of(trial.day, trial.resource_id) if trial else None
        if trial is None or place is None:
            return
        rect = geometry.whole(place, trial.minute, min(trial.minute + trial.minutes, DAY_MINUTES))
        booking, draft = trial.booking, self.draft
        name, service = (draft.name, draft.service) if draft else ("", "")
        if booking is not None:
            name, service = booking.shown_name(self.wording.region), booking.service
        shown = self.wording.time(trial.starts.time())
        word = shown_minutes(trial.minutes)
        paint_new(painter, rect, shown, word, name, service, is_wrong=bool(self.objection))

    def _paint_cursor(self, painter: QPainter, geometry: Geometry) -> None:
        cursor, tokens = self.cursor_at, theme().tokens
        if cursor is None or self.trial is not None:
            return
        if isinstance(cursor.item, More):
            return
        if isinstance(cursor.item, Block):
            rect = geometry.block(cursor.column, cursor.item).adjusted(-1, -1, 1, 1)
        elif self.hasFocus():
            rect = geometry.whole(cursor.column, cursor.minute, cursor.minute + cursor.minutes)
        else:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.primary if self.hasFocus() else tokens.control, 2))
        radius = theme().px(6)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        painter.restore()

    def _paint_objection(self, painter: QPainter, geometry: Geometry) -> None:
        """The sentence against a move, at the foot of the grid so that nothing jumps."""
        if self.trial is None or not self.objection or self.is_asked:
            return
        look, tokens, grid = theme(), theme().tokens, geometry.grid()
        font = look.font("body", 500)
        words = cut(self.objection, font, grid.width() - look.px(72))
        width = QFontMetrics(font).horizontalAdvance(words) + look.px(48)
        height = look.px(36)
        rect = QRectF(grid.x() + look.px(12), grid.bottom() - height - look.px(12), width, height)
        box(painter, rect, look.px(8), tokens.danger_soft, tokens.danger)
        side = look.px(18)
        middle = rect.center().y()
        paint_icon(painter, "triangle-alert", rect.x() + look.px(12), middle - side / 2, side, tokens.danger)
        draw_text(painter, rect.x() + look.px(38), middle, words, font, tokens.text)

    def is_low(self) -> bool:
        """Whether what is selected or on the move lies in the lower half, where a question would cover it."""
        if self.picture is None or self.cursor_at is None:
            return False
        geometry = self.geometry_now()
        minute = self.trial.minute if self.trial else self.cursor_at.minute
        return geometry.y(minute) > geometry.grid().center().y()
