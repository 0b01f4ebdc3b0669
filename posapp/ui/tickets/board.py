"""The board: a column a state, cards that move by keys and by dragging."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.tables import Index, RowListModel, dress_list
from posapp.ui.theme import theme
from posapp.ui.tickets.cards import CardDelegate
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.presenter import Column, ShownCard
from posapp.ui.widgets.paint import draw_key_cap, draw_text, key_cap_width

MIME = "application/x-posapp-job"
WIDTH_COMPACT = 190


class CardModel(RowListModel):
    """The cards of a column; each can be dragged and dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda card: card.words, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be dragged; the column takes drops itself."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Our own kind only."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The key of the dragged job."""
        data = QMimeData()
        data.setData(MIME, QByteArray(str(self.row_at(indexes[0]).card.job_id).encode()))
        return data


class ColumnView(QListView):
    """One column's cards. Keys that a column cannot answer itself go to the board."""

    dropped = Signal(int, int)  # job key, state key
    asked = Signal(str, object)  # what was pressed, ShownCard or None
    left_for = Signal(int)  # -1 to the column before, 1 to the next

    def __init__(self, state_id: int, name: str) -> None:
        super().__init__()
        self.state_id = state_id
        self.model_of_cards = CardModel(self)
        self.setModel(self.model_of_cards)
        self.setItemDelegate(CardDelegate(self))
        dress_list(self)
        self.setProperty("role", "column")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAccessibleName(name)
        self.plain_keys = True
        self.doubleClicked.connect(lambda _index: self.asked.emit("open", self.current_card()))

    def current_card(self) -> ShownCard | None:
        """The card with the focus."""
        row: ShownCard | None = self.model_of_cards.row_at(self.currentIndex())
        return row

    def choose(self, job_id: int | None) -> None:
        """Give the focus to a card if it is here, else to the first one."""
        cards = self.model_of_cards.rows()
        place = next((n for n, one in enumerate(cards) if one.card.job_id == job_id), 0)
        if cards:
            self.setCurrentIndex(self.model_of_cards.index(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A column that is entered has a current card."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sideways to the neighbours, digits set the state, letters act; the rest is the list's."""
        key, card = event.key(), self.current_card()
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in sideways and not event.modifiers():
            self.left_for.emit(sideways[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.asked.emit("open", card)
        elif self.plain_keys and not event.modifiers() and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.asked.emit(str(key - Qt.Key.Key_0), card)
        elif self.plain_keys and not event.modifiers() and key in (Qt.Key.Key_A, Qt.Key.Key_N):
            self.asked.emit("assign" if key == Qt.Key.Key_A else "note", card)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only cards are taken."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere in the column."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move; the card goes over once it is saved."""
        if not event.mimeData().hasFormat(MIME):
            return
        job_id = int(bytes(event.mimeData().data(MIME).data()))
        event.setDropAction(Qt.DropAction.CopyAction)  # the model takes nothing away by itself
        event.accept()
        self.dropped.emit(job_id, self.state_id)


class ColumnHead(QWidget):
    """Shape, name, count, and the digit that moves a card here."""

    def __init__(self, column: Column, number: int) -> None:
        super().__init__()
        self._column = column
        self._number = number
        self.setFixedHeight(theme().px(32))
        self.setAccessibleName(f"{column.state.name}, {column.count}")

    def show_column(self, column: Column) -> None:
        """Another count."""
        self._column = column
        self.setAccessibleName(f"{column.state.name}, {column.count}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(theme().px(120), theme().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line."""
        look, tokens, px = theme(), theme().tokens, theme().px
        painter = QPainter(self)
        state = ticket_look(self._column.state)
        _, ink = state.colours(tokens)
        middle = self.height() / 2
        paint_icon(painter, state.icon, px(3), middle - px(9), px(18), ink)
        cap = key_cap_width(str(self._number))
        draw_key_cap(painter, self.width() - cap, middle, str(self._number))
        x = px(28) + draw_text(painter, px(28), middle, state.word, look.font("body", 600), tokens.text)
        count = f"{len(self._column.cards)}" if self._column.cards else str(self._column.count)
        draw_text(painter, x + px(8), middle, count, look.font("small"), tokens.text2)
        painter.end()


class Board(QScrollArea):
    """All columns side by side; sideways scrolling where they do not fit."""

    asked = Signal(str, object)
    move_asked = Signal(object, object)  # ShownCard, TicketState

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "board")
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(12))
        self.setWidget(self._inner)
        self._columns: list[Column] = []
        self._heads: list[ColumnHead] = []
        self._views: list[ColumnView] = []
        self._kept: int | None = None
        self._plain_keys = True

    def set_plain_keys(self, plain: bool) -> None:
        """Whether single letters and digits act."""
        self._plain_keys = plain
        for view in self._views:
            view.plain_keys = plain

    def show_columns(self, columns: list[Column]) -> None:
        """Replace what is shown; the card with the focus keeps it, wherever it went."""
        focused = self._focused()
        kept = focused.current_card() if focused is not None else None
        self._kept = kept.card.job_id if kept is not None else self._kept
        if [one.state for one in columns] != [one.state for one in self._columns]:
            self._rebuild(columns)
        self._columns = columns
        for head, view, column in zip(self._heads, self._views, columns, strict=True):
            head.show_column(column)
            view.model_of_cards.show_rows(column.cards)
        if focused is not None:
            self.focus_card(self._kept)

    def _rebuild(self, columns: list[Column]) -> None:
        while (taken := self._row.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.deleteLater()
        self._heads, self._views = [], []
        for number, column in enumerate(columns, start=1):
            head, view = ColumnHead(column, number), ColumnView(column.state.id, column.state.name)
            view.plain_keys = self._plain_keys
            view.asked.connect(self._asked)
            view.dropped.connect(self._dropped)
            view.left_for.connect(self._go_sideways)
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(theme().px(8))
            inner.addWidget(head)
            inner.addWidget(view, 1)
            holder.setMinimumWidth(theme().px(WIDTH_COMPACT))
            holder.setMaximumWidth(theme().px(280))
            self._row.addWidget(holder, 1)
            self._heads.append(head)
            self._views.append(view)

    def focus_card(self, job_id: int | None) -> None:
        """Give the focus to a card, else to the first column that has any."""
        holding = [
            view for view in self._views if any(c.card.job_id == job_id for c in view.model_of_cards.rows())
        ]
        filled = [view for view in self._views if view.model_of_cards.rowCount()]
        target = next(iter(holding or filled or self._views), None)
        if target is not None:
            target.setFocus()
            target.choose(job_id)
            self.ensureWidgetVisible(target)

    def current_card(self) -> ShownCard | None:
        """The card with the focus, or the one that had it last."""
        view = self._focused()
        if view is not None and view.current_card() is not None:
            return view.current_card()
        cards = [card for column in self._columns for card in column.cards]
        return next((card for card in cards if card.card.job_id == self._kept), None)

    def _focused(self) -> ColumnView | None:
        return next((view for view in self._views if view.hasFocus()), None)

    def _go_sideways(self, step: int) -> None:
        view = self._focused()
        if view is None:
            return
        row = max(view.currentIndex().row(), 0)
        later = self._views[::step]
        following = later[later.index(view) + 1 :]
        target = next((one for one in following if one.model_of_cards.rowCount()), None)
        if target is not None:
            target.setFocus()
            place = min(row, target.model_of_cards.rowCount() - 1)
            target.setCurrentIndex(target.model_of_cards.index(place))
            self.ensureWidgetVisible(target)

    def _asked(self, what: str, card: ShownCard | None) -> None:
        if card is None:
            return
        self._kept = card.card.job_id
        if what.isdecimal():
            place = int(what) - 1
            if place < len(self._columns):
                self.move_asked.emit(card, self._columns[place].state)
            return
        self.asked.emit(what, card)

    def _dropped(self, job_id: int, state_id: int) -> None:
        cards = [card for column in self._columns for card in column.cards]
        card = next((one for one in cards if one.card.job_id == job_id), None)
        state = next(one.state for one in self._columns if one.state.id == state_id)
        if card is not None and card.state.id != state_id:
            self.move_asked.emit(card, state)
