"""The timeline: month rows and entries, painted one call a row, read in pages while it is scrolled."""

from collections.abc import Callable
from itertools import takewhile

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from posapp.ui.history.entries import Entry, Month, Row, place_of
from posapp.ui.icons import paint_icon
from posapp.ui.mirror import mirror
from posapp.ui.tables import ROW, Column, Index, PagedModel
from posapp.ui.tables.painted_table import PaintedTable
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import cut, draw_pill, draw_text, pill_width

ENTRY_HEIGHT, MONTH_HEIGHT, HEAD_HEIGHT = 50, 30, 32
SIDE, ICON_AT, TEXT_AT, OWED_WIDTH = 16, 92, 132, 104
"""Where the columns begin, in pixels of the design: day and time, round icon, words; the last one's width."""
OWED_FROM = 560
"""Narrower lists have no room for what was owed."""


def owed_width(width: int) -> int:
    """The room that the last column takes of a list so wide."""
    return theme().px(OWED_WIDTH) if width >= theme().px(OWED_FROM) else 0


class TimelineModel(PagedModel):
    """Entries can be chosen, month rows cannot."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Month rows are passed over by the keys."""
        if isinstance(self.row_at(index), Month):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class TimelineDelegate(QStyledItemDelegate):
    """Date and time, a round icon, number and state, what it was, the amount, and what was owed after it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row, in the colours of now."""
        row = index.data(ROW)
        painter.save()
        if option.direction == Qt.LayoutDirection.RightToLeft:
            mirror(painter, option.rect)
        if isinstance(row, Month):
            self._paint_month(painter, option.rect, row)
        else:
            self._paint_entry(painter, option, row)
        painter.restore()

    def _paint_month(self, painter: QPainter, rect: QRect, month: Month) -> None:
        look, tokens = theme(), theme().tokens
        painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        middle = rect.center().y() + 0.5
        draw_text(
            painter, rect.x() + look.px(SIDE), middle, month.words, look.font("small", 600), tokens.text2
        )

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
        upper, lower, left = middle - px(9), middle + px(10), rect.x() + px(SIDE)
        day = look.font("small", 600)
        shown = cut(entry.day, day, px(ICON_AT - SIDE - 6))
        draw_text(painter, left, upper, shown, day, tokens.text)
        draw_text(painter, left, lower, entry.time, look.font("small"), tokens.text2)
        self._paint_icon(painter, rect.x() + px(ICON_AT), middle, entry)
        x, right = rect.x() + px(TEXT_AT), float(rect.right() + 1 - px(SIDE))
        owed = owed_width(rect.width())
        if owed:
            wide = look.metrics("body").horizontalAdvance(entry.owed)
            draw_text(painter, right - wide, middle, entry.owed, look.font("body"), tokens.text2)
            right -= owed
        if entry.price:
            weight, ink = (700, tokens.success) if entry.is_income else (None, tokens.text)
            wide = look.metrics("body", weight).horizontalAdvance(entry.price)
            draw_text(painter, right - wide, middle, entry.price, look.font("body", weight), ink)
            right -= wide + px(12)
        room = right - x - (pill_width(entry.pill) + px(8) if entry.pill else 0)
        title = QFont(look.font("body", 600))
        title.setStrikeOut(entry.pill is not None and entry.pill.is_struck)
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


class TimelineHead(QWidget):
    """The names of the columns; the rows themselves are one column to Qt."""

    def __init__(self, timeline: "TimelineView") -> None:
        super().__init__()
        self._timeline = timeline
        self.setFixedHeight(theme().px(HEAD_HEIGHT))
        timeline.verticalScrollBar().rangeChanged.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The names where the delegate paints what they name."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.sunken)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.border)
        if self.isRightToLeft():
            mirror(painter, self.rect())
        font, middle = look.font("small", 500), (self.height() - 1) / 2
        room = self._timeline.viewport().width() if self._timeline.isVisible() else self.width()
        end, owed = room - look.px(SIDE), owed_width(room)
        names = [(self.tr("Amount"), end - owed), *[(self.tr("Owed after"), end)] * bool(owed)]
        last = [(at - look.metrics("small", 500).horizontalAdvance(words), words) for words, at in names]
        first = [(look.px(SIDE), self.tr("When")), (look.px(TEXT_AT), self.tr("What"))]
        for x, words in (*first, *last):
            draw_text(painter, x, middle, words, font, tokens.text2)
        painter.end()


def entry_cells() -> tuple[Column, ...]:
    """What the cells of a row say to those who do not see it; a month stands in the first one."""

    def said(words: str) -> str:
        return QCoreApplication.translate("TimelineModel", words)

    def of_entry(text: Callable[[Entry], str]) -> Callable[[Row], str]:
        return lambda row: text(row) if isinstance(row, Entry) else ""

    return (
        Column(said("When"), lambda row: f"{row.day} {row.time}" if isinstance(row, Entry) else row.words),
        Column(said("Number"), of_entry(lambda row: row.title)),
        Column(said("Status"), of_entry(lambda row: row.pill.word if row.pill else "")),
        Column(said("What"), of_entry(lambda row: row.second)),
        Column(said("Amount"), of_entry(lambda row: row.price)),
        Column(said("Owed after"), of_entry(lambda row: row.owed)),
    )


class TimelineView(PaintedTable):
    """A table, because it can give month rows a height of their own without measuring all."""

    picked = Signal(object)  # Event
    opened = Signal(object)  # Event

    def __init__(self, fetch: Callable[..., None]) -> None:
        super().__init__(row=ENTRY_HEIGHT)
        self._months: list[int] = []
        self._y: int | None = None
        self.model_of_events = TimelineModel(lambda row: row.words, fetch, self, cells=entry_cells())
        self.setModel(self.model_of_events)
        self.setItemDelegate(TimelineDelegate(self))
        self.setAccessibleName(self.tr("Timeline"))
        self.model_of_events.modelAboutToBeReset.connect(self._note_place)
        self.model_of_events.modelReset.connect(self._size_all)
        self.model_of_events.rowsInserted.connect(lambda _parent, first, _last: self._size_from(first))
        self.selectionModel().currentChanged.connect(self._moved)
        self.activated.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        theme().changed.connect(self._dress)

    # -- heights and pages -------------------------------------------------------------------------------
    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(ENTRY_HEIGHT))
        self._size_all()

    def _size_all(self) -> None:
        """The header keeps heights by place, whatever row stands there now."""
        usual = self.verticalHeader().defaultSectionSize()
        for number in takewhile(lambda number: number < self.model_of_events.rowCount(), self._months):
            self.setRowHeight(number, usual)
        self._months.clear()
        self._size_from(0)

    def _size_from(self, first: int) -> None:
        month = theme().px(MONTH_HEIGHT)
        for number, row in enumerate(self.model_of_events.rows()[first:], start=first):
            if isinstance(row, Month):
                self.setRowHeight(number, month)
                self._months.append(number)

    def _look_ahead(self, value: int) -> None:
        """Ask for the next page two screens before the end, so that scrolling never waits for it."""
        bar = self.verticalScrollBar()
        if value > bar.maximum() - 2 * bar.pageStep() and self.model_of_events.canFetchMore():
            self.model_of_events.fetchMore()

    # -- the chosen entry --------------------------------------------------------------------------------
    def current_entry(self) -> Entry | None:
        """The chosen entry."""
        row = self.model_of_events.row_at(self.currentIndex())
        return row if isinstance(row, Entry) else None

    def choose(self, kept: Entry | None) -> None:
        """Choose this entry again after the rows were replaced, at the same height; None: the newest."""
        place = place_of(self.model_of_events.rows(), kept)
        if place is None:
            return
        y, self._y = self._y, None
        self.doItemsLayout()
        self.setCurrentIndex(self.model_of_events.index(place, 0))
        if kept is not None and y is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(place) - y)

    def _note_place(self) -> None:
        """At the very top new entries may push the others down; anywhere else nothing moves."""
        is_inside = self.verticalScrollBar().value() > 0 and self.currentIndex().isValid()
        self._y = self.rowViewportPosition(self.currentIndex().row()) if is_inside else None

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model_of_events.row_at(current)
        if not isinstance(row, Entry):
            return
        above = self.model_of_events.index(current.row() - 1, 0)
        if isinstance(self.model_of_events.row_at(above), Month):
            self.scrollTo(above)  # an entry is seen with its month
        self.picked.emit(row.event)

    def _open(self, index: QModelIndex) -> None:
        row = self.model_of_events.row_at(index)
        if isinstance(row, Entry):
            self.opened.emit(row.event)

    # -- keys --------------------------------------------------------------------------------------------
    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End are the newest and the oldest; a page never ends on a month row."""
        if action == QTableView.CursorAction.MoveHome:
            return self._entry_near(0, 1)
        if action == QTableView.CursorAction.MoveEnd:
            return self._entry_near(self.model_of_events.rowCount() - 1, -1)
        found = super().moveCursor(action, modifiers)
        step = 1 if found.row() >= self.currentIndex().row() else -1
        return self._entry_near(found.row(), step)

    def _entry_near(self, number: int, step: int) -> QModelIndex:
        rows = self.model_of_events.rows()
        while 0 <= number < len(rows):
            if isinstance(rows[number], Entry):
                return self.model_of_events.index(number, 0)
            number += step
        return self.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the entry."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not event.isAutoRepeat():
                self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
