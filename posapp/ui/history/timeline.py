"""The timeline: month rows and entries, painted one call a row, read in pages while it is scrolled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from posapp.domain.typed_dates import month_name
from posapp.ui.history.presenter import month_of
from posapp.ui.history.words import icon_of, title_of
from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Index, PagedModel
from posapp.ui.tables.two_line_delegate import dress_table
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import cut, draw_pill, draw_text, pill_width
from posapp.ui.widgets.status import StatusLook, booking_look
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.history import Event

ENTRY_HEIGHT, MONTH_HEIGHT = 50, 30


@dataclass(frozen=True, slots=True)
class Month:
    """A row that begins a month."""

    first: date

    @property
    def words(self) -> str:
        """`March 2026`."""
        return f"{month_name(self.first.month)} {self.first.year}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the timeline with its texts, made once when it was read."""

    event: "Event"
    day: str
    time: str
    title: str
    second: str
    price: str
    icon: str
    tone: str
    pill: StatusLook | None

    @property
    def words(self) -> str:
        """The row in one line, for screen readers."""
        state = self.pill.word if self.pill else ""
        return ", ".join(filter(None, (self.day, self.time, self.title, state, self.second, self.price)))


def entry_of(event: "Event", wording: Wording) -> Entry:
    """How an event looks."""
    at = event.wall_start or wording.here(event.at)
    day, time = wording.day_of_year(at.date()), wording.time(at.time())
    if event.number:
        pill = booking_look(event.status) if event.status else None
        price = "" if event.price_minor is None else wording.price(event.price_minor)
        second = f"{event.title}, {event.with_whom}"
        return Entry(event, day, time, event.number, second, price, "calendar", "neutral", pill)
    return Entry(event, day, time, title_of(event.title), event.by, "", icon_of(event.title), "info", None)


def with_months(events: "Sequence[Event]", wording: Wording, after: date | None) -> list[Month | Entry]:
    """The rows of some events: a month row before each first entry of a month."""
    rows: list[Month | Entry] = []
    for event in events:
        month = month_of(event, wording)
        if month != after:
            rows.append(Month(month))
            after = month
        rows.append(entry_of(event, wording))
    return rows


class TimelineModel(PagedModel):
    """Entries can be chosen, month rows cannot."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Month rows are passed over by the keys."""
        if isinstance(self.row_at(index), Month):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class TimelineDelegate(QStyledItemDelegate):
    """Date and time, a round icon, number and state, what it was, and the price."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row, in the colours of now."""
        row = index.data(ROW)
        if isinstance(row, Month):
            self._paint_month(painter, option.rect, row)
        else:
            self._paint_entry(painter, option, row)

    def _paint_month(self, painter: QPainter, rect: QRect, month: Month) -> None:
        look, tokens = theme(), theme().tokens
        painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        middle = rect.center().y() + 0.5
        draw_text(painter, rect.x() + look.px(16), middle, month.words, look.font("small", 600), tokens.text2)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry) -> None:
        look, tokens, rect = theme(), theme().tokens, option.rect
        px, middle = look.px, rect.center().y() + 0.5
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(rect, tokens.selection)
            painter.fillRect(rect.x(), rect.y(), px(4), rect.height(), tokens.primary)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        upper, lower, left = middle - px(9), middle + px(10), rect.x() + px(16)
        draw_text(painter, left, upper, entry.day, look.font("small", 600), tokens.text)
        draw_text(painter, left, lower, entry.time, look.font("small"), tokens.text2)
        self._paint_icon(painter, left + px(76), middle, entry)
        x, right = left + px(116), float(rect.right() - px(16))
        if entry.price:
            width = look.metrics("body").horizontalAdvance(entry.price)
            draw_text(painter, right - width, middle, entry.price, look.font("body"), tokens.text)
            right -= width + px(12)
        room = right - x - (pill_width(entry.pill) + px(8) if entry.pill else 0)
        title = look.font("body", 600)
        width = draw_text(painter, x, upper, cut(entry.title, title, room), title, tokens.text)
        if entry.pill:
            draw_pill(painter, x + width + px(8), upper, entry.pill)
        second = look.font("small")
        draw_text(painter, x, lower, cut(entry.second, second, right - x), second, tokens.text2)

    def _paint_icon(self, painter: QPainter, x: float, middle: float, entry: Entry) -> None:
        look, tokens = theme(), theme().tokens
        size = look.px(30)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.soft(entry.tone))
        painter.drawEllipse(QRectF(x, middle - size / 2, size, size))
        painter.restore()
        inner = look.px(16)
        paint_icon(
            painter, entry.icon, x + (size - inner) / 2, middle - inner / 2, inner, tokens.colour(entry.tone)
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows get their heights from the view."""
        return QSize(0, theme().row_height(ENTRY_HEIGHT))


class TimelineView(QTableView):
    """A table of one column, because it can give month rows a height of their own without measuring all."""

    picked = Signal(object)  # Event
    opened = Signal(object)  # Event

    def __init__(self, fetch: Callable[..., None]) -> None:
        super().__init__()
        self.model_of_events = TimelineModel(lambda row: row.words, fetch, self)
        self.setModel(self.model_of_events)
        self.setItemDelegate(TimelineDelegate(self))
        dress_table(self, row=ENTRY_HEIGHT)
        self.horizontalHeader().hide()
        self.setAccessibleName(self.tr("Timeline"))
        self.model_of_events.modelReset.connect(lambda: self._size_rows(0))
        self.model_of_events.rowsInserted.connect(lambda _parent, first, _last: self._size_rows(first))
        self.selectionModel().currentChanged.connect(self._moved)
        self.activated.connect(self._open)

    def _size_rows(self, first: int) -> None:
        month = theme().px(MONTH_HEIGHT)
        for number, row in enumerate(self.model_of_events.rows()[first:], start=first):
            if isinstance(row, Month):
                self.setRowHeight(number, month)

    def current_event(self) -> "Event | None":
        """The chosen entry."""
        row = self.model_of_events.row_at(self.currentIndex())
        return row.event if isinstance(row, Entry) else None

    def choose(self, event: "Event | None") -> None:
        """Choose this entry if it is still there, else the newest."""
        rows = self.model_of_events.rows()
        entries = [number for number, row in enumerate(rows) if isinstance(row, Entry)]
        same = [
            number
            for number in entries
            if event is not None
            and isinstance(row := rows[number], Entry)
            and (row.event.kind, row.event.key) == (event.kind, event.key)
        ]
        if entries:
            self.setCurrentIndex(self.model_of_events.index((same or entries)[0], 0))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model_of_events.row_at(current)
        if isinstance(row, Entry):
            self.picked.emit(row.event)

    def _open(self, index: QModelIndex) -> None:
        row = self.model_of_events.row_at(index)
        if isinstance(row, Entry):
            self.opened.emit(row.event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the entry."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
