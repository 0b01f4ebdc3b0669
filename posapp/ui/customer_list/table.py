"""The table of all customers: a cursor, any number of chosen ones, and either end one key away.

Space, Shift with the arrows and Ctrl+A choose; so do a click on the ID, Ctrl and a click, Shift and a click.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from posapp.domain.figures.customer_list import SortBy
from posapp.ui.customer_list.chosen import Chosen
from posapp.ui.customer_list.delegate import ROW_HEIGHT, CustomerDelegate, id_width
from posapp.ui.customer_list.model import CustomerModel, Fetch
from posapp.ui.customer_list.widths import widths_in
from posapp.ui.customer_list.words import AMOUNTS, ORDER, CustomerWords, begins_descending
from posapp.ui.tables.painted_table import PaintedTable
from posapp.ui.theme import theme

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_TOWARDS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DIRECTIONS = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}
_WALKS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class CustomerTable(PaintedTable):
    """`opened`: Enter or a double click; `erase_asked`: Del; `sort_asked`: a column, whether downwards."""

    opened = Signal()
    erase_asked = Signal()
    sort_asked = Signal(object, bool)
    chosen_changed = Signal()
    moved = Signal()

    def __init__(self, words: CustomerWords, fetch: Fetch) -> None:
        super().__init__(row=ROW_HEIGHT)
        self.chosen = Chosen()
        columns = tuple(words.columns())
        self.customers = CustomerModel(self._spoken, columns, fetch, self)
        self._words, self._without = words, AMOUNTS
        self._sort, self._is_descending = SortBy.ID, True
        self._edge: bool | None = True  # the cursor goes to the first row next (True), or to the last
        self._kept: tuple[int, int, int, int] | None = None
        self._anchor, self._base = QPersistentModelIndex(), Chosen()
        self._widest = "PL000"
        self.setModel(self.customers)
        self.setItemDelegate(CustomerDelegate(self, self.chosen, columns))
        self.setAccessibleName(self.tr("Customers"))
        self._dress_head()
        self._bind()

    def _dress_head(self) -> None:
        head = self.horizontalHeader()
        head.show()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sectionClicked.connect(self._head_clicked)

    def _bind(self) -> None:
        model = self.customers
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._settle)
        model.rowsInserted.connect(self._grown)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        theme().changed.connect(self._dress)

    # -- what is shown -----------------------------------------------------------------------------------
    def start_over(self) -> None:
        """Another list: its first row is the current one."""
        self._edge = True
        self.customers.begin()

    def refresh(self) -> None:
        """Read the same list anew, as far as one has looked; what is seen stays where it is."""
        if self._edge is not None:  # on its way to an end
            self.customers.begin(from_end=not self._edge)
            return
        count, height = self.customers.rowCount(), max(self.viewport().height(), 1)
        last = self.rowAt(height - 1)
        seen = (last if last >= 0 else count - 1) + 1
        if self.customers.is_from_end:
            seen = count - max(self.rowAt(0), 0)
        self.customers.begin(from_end=self.customers.is_from_end, rows=seen + height // self._row_height())

    def show_sort(self, sort: SortBy, *, is_descending: bool) -> None:
        """Which column the list is put in order by."""
        self._sort, self._is_descending = sort, is_descending
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(ORDER.index(sort), order)

    def show_amounts(self, *, are_known: bool) -> None:
        """Who may not know amounts has no columns of them."""
        self._without = frozenset() if are_known else AMOUNTS
        self._fit()

    def current(self) -> Any:
        """The customer under the cursor, None for nobody."""
        return self.customers.row_at(self.currentIndex())

    def subject(self) -> object:
        """What a key would act on."""
        return self.current()

    def _spoken(self, line: Any) -> str:
        return self._words.whole(line, is_chosen=line.id in self.chosen)

    # -- columns -----------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = widths_in(self.viewport().width(), id_width(self._widest), self._without)
        for place, one in enumerate(ORDER):
            self.setColumnHidden(place, one not in shown)
            if one in shown:
                self.setColumnWidth(place, shown[one])
        self.viewport().update()

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._row_height())
        self._fit()

    def _row_height(self) -> int:
        return theme().row_height(ROW_HEIGHT)

    # -- place -------------------------------------------------------------------------------------------
    def _keep_place(self) -> None:
        index = self.currentIndex()
        line = self.current()
        row, count = index.row(), self.customers.rowCount()
        self._kept = None if line is None else (line.id, row, count - row, self.rowViewportPosition(row))

    def _settle(self) -> None:
        """New rows: at an end where that was asked for, else as they were."""
        count, edge, kept = self.customers.rowCount(), self._edge, self._kept
        self._edge = None
        self._make_room()
        if not count:
            self.moved.emit()
        elif edge is not None or kept is None:
            self._go(count - 1 if edge is False else 0)
        else:
            self._put_back(kept, count)

    def _put_back(self, kept: tuple[int, int, int, int], count: int) -> None:
        key, from_first, from_last, y = kept
        row = self.customers.place_of(key)
        if row is None:  # gone: whoever stands there now
            row = count - from_last if self.customers.is_from_end else from_first
        row = min(max(row, 0), count - 1)
        self.doItemsLayout()
        self.setCurrentIndex(self.customers.index(row, 0))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(row) - y)
        self._look_ahead()

    def _go(self, row: int) -> None:
        self.doItemsLayout()
        self.setCurrentIndex(self.customers.index(row, 0))
        bar = self.verticalScrollBar()
        bar.setValue(bar.minimum() if row == 0 else bar.maximum())

    def _make_room(self) -> None:
        """For the widest number that was met."""
        widest = max((str(line.pl_id) for line in self.customers.rows()), key=len, default="")
        if len(widest) > len(self._widest):
            self._widest = "PL" + "0" * (len(widest) - 2)
            self._fit()

    def _grown(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Rows before those that are seen push nothing away."""
        self._make_room()
        if first == 0 and self.customers.is_from_end:
            bar, value = self.verticalScrollBar(), self.verticalScrollBar().value()
            self.doItemsLayout()
            bar.setValue(value + (last + 1) * self._row_height())
        QTimer.singleShot(0, self, self._look_ahead)

    def _look_ahead(self, _value: int = 0) -> None:
        """Ask for the next page two screens before the edge, so that scrolling never waits for it."""
        bar = self.verticalScrollBar()
        room = 2 * max(bar.pageStep(), 1)
        near_end = bar.value() > bar.maximum() - room
        if bar.value() < room if self.customers.is_from_end else near_end:
            self.customers.go_on()

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        for index in (before, now):
            if index.isValid():
                self.viewport().update(self.row_rect(index.row()))
        self.moved.emit()

    # -- keys --------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space and Shift choose, Alt with an arrow sorts; everything else moves."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        run = self._meant(key, held)
        if run is not None:
            run()
        elif held == _SHIFT and key in _WALKS:
            self._stretch_by(partial(super().keyPressEvent, event))
        else:
            self._anchor = QPersistentModelIndex()
            super().keyPressEvent(event)

    def _meant(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Any:
        if held == _NONE:
            plain = {
                Qt.Key.Key_Return: self.opened.emit,
                Qt.Key.Key_Enter: self.opened.emit,
                Qt.Key.Key_Space: self._toggle,
                Qt.Key.Key_Delete: self.erase_asked.emit,
            }
            return plain.get(key)
        if held == _CTRL and key == Qt.Key.Key_A:
            return self.choose_all
        if held == _ALT and key in _TOWARDS:
            return partial(self._step_sort, _TOWARDS[key])
        if held == _ALT and key in _DIRECTIONS:
            return partial(self.sort_asked.emit, self._sort, _DIRECTIONS[key])
        return None

    def keyboardSearch(self, search: str) -> None:
        """Names are typed into the field above."""

    def moveCursor(self, action: PaintedTable.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End are those of the whole list, read or not."""
        is_first = action == PaintedTable.CursorAction.MoveHome
        is_edge = is_first or action == PaintedTable.CursorAction.MoveEnd
        if not is_edge or self.customers.is_whole or is_first != self.customers.is_from_end:
            return super().moveCursor(action, modifiers)
        self._edge = is_first
        self.customers.begin(from_end=not is_first)
        return self.currentIndex()

    def _step_sort(self, step: int) -> None:
        """The next column; in a right-to-left window it stands at the left."""
        shown = [one for place, one in enumerate(ORDER) if not self.isColumnHidden(place)]
        now = shown.index(self._sort) if self._sort in shown else 0
        sort = shown[(now + (-step if self.isRightToLeft() else step)) % len(shown)]
        self.sort_asked.emit(sort, begins_descending(sort))

    def _head_clicked(self, place: int) -> None:
        sort = ORDER[place]
        is_same = sort is self._sort
        self.sort_asked.emit(sort, not self._is_descending if is_same else begins_descending(sort))

    # -- choosing ----------------------------------------------------------------------------------------
    def choose_all(self) -> None:
        """Everybody of the list, read or not."""
        self.chosen.choose_all()
        self._chose()

    def choose_none(self) -> None:
        """Nobody."""
        self._anchor = QPersistentModelIndex()
        self.chosen.clear()
        self._chose()

    def _toggle(self) -> None:
        line = self.current()
        if line is not None:
            self.chosen.toggle(line.id)
            self._chose()

    def _stretch_by(self, move: Any) -> None:
        """Choose from where Shift was first held to where the cursor goes."""
        if not self._anchor.isValid():
            self._anchor, self._base = QPersistentModelIndex(self.currentIndex()), self.chosen.copy()
        move()
        first, last = sorted((self._anchor.row(), self.currentIndex().row()))
        if first >= 0:
            self._take(self.customers.rows()[first : last + 1])

    def _take(self, lines: Sequence[Any]) -> None:
        self.chosen.keys, self.chosen.is_all = set(self._base.keys), self._base.is_all
        self.chosen.add(line.id for line in lines)
        self._chose()

    def _chose(self) -> None:
        self.viewport().update()
        self.chosen_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click moves the cursor; on the ID, with Ctrl or with Shift it chooses."""
        position = event.position().toPoint()
        index, held = self.indexAt(position), event.modifiers()
        move = partial(super().mousePressEvent, event)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            move()
        elif held & _SHIFT:
            self._stretch_by(partial(self.setCurrentIndex, index))
        elif held & _CTRL or self.columnAt(position.x()) == ORDER.index(SortBy.ID):
            self.setCurrentIndex(index)
            self._toggle()
        else:
            self._anchor = QPersistentModelIndex()
            move()
