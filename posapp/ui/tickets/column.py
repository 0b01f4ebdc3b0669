"""One column of the board: its head, its cards, and how many lie below the edge."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.layout import rows, wide
from posapp.ui.tables import Column as CellColumn
from posapp.ui.tables import Index, RowListModel
from posapp.ui.tables.painted_table import PaintedTable
from posapp.ui.theme import theme
from posapp.ui.tickets.cards import CARD_HEIGHT, GAP, CardDelegate
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.presenter import Column, ShownCard
from posapp.ui.widgets.buttons import Button
from posapp.ui.widgets.lines import cut_line, line
from posapp.ui.widgets.paint import box, draw_key_cap, key_cap_width

MIME = "application/x-posapp-job"
WIDTH_COMPACT, WIDTH_FOLDED, WIDTH_WIDEST, WIDTH_MOST, GUTTER = 190, 44, 280, 420, 12
PLAIN_KEYS = {
    Qt.Key.Key_A: "assign",
    Qt.Key.Key_M: "mine",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_T: "tell",
    **{Qt.Key(Qt.Key.Key_0 + digit): str(digit) for digit in range(1, 10)},
}
"""What plain keys mean for a card; a digit puts it into the column of that number."""


class CardModel(RowListModel):
    """The cards of a column; each can be dragged and dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(lambda card: card.words, parent, cells=card_cells())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be dragged; the column takes drops itself."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Our own kind only."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The key of the dragged job."""
        data = QMimeData()
        data.setData(MIME, QByteArray(str(self.row_at(indexes[0]).card.job_id).encode()))
        return data


def card_cells() -> tuple[CellColumn, ...]:
    """What the cells of a card say to those who do not see it."""

    def said(words: str) -> str:
        return QCoreApplication.translate("CardModel", words)

    return (
        CellColumn(said("Ticket"), lambda one: one.number),
        CellColumn(said("Customer"), lambda one: one.card.customer_name or f"PL{one.card.pl_number}"),
        CellColumn(said("Device"), lambda one: one.card.device),
        CellColumn(said("Fault"), lambda one: one.card.fault),
        CellColumn(said("Status"), lambda one: one.state.name),
        CellColumn(said("Due"), lambda one: one.due_words),
        CellColumn(said("Technician"), lambda one: one.card.technician),
        CellColumn(said("Price"), lambda one: one.price),
    )


class ColumnView(PaintedTable):
    """One column's cards. Keys that a column cannot answer itself go to the board."""

    dropped = Signal(int, int)  # job key, state key
    asked = Signal(str, object)  # what was pressed, ShownCard or None
    left_for = Signal(int)  # -1 to the column before, 1 to the next
    scrolled = Signal()
    plain_keys = True

    def __init__(self, state_id: int, name: str) -> None:
        super().__init__(row=CARD_HEIGHT + GAP)
        self.state_id = state_id
        self.model_of_cards = CardModel(self)
        self.setModel(self.model_of_cards)
        self.setItemDelegate(CardDelegate(self))
        self.setProperty("role", "column")
        self.setMinimumWidth(1)  # of a folded column there is only the head
        self.setProperty("ring", False)  # the current card shows the focus
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(PaintedTable.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.scrolled.emit())
        self.doubleClicked.connect(lambda _index: self.asked.emit("open", self.current_card()))
        theme().changed.connect(self._fit_rows)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Cards are no rows of a list: touch mode leaves their height."""
        self.verticalHeader().setDefaultSectionSize(theme().px(CARD_HEIGHT + GAP))

    def current_card(self) -> ShownCard | None:
        """The card with the focus."""
        row: ShownCard | None = self.model_of_cards.row_at(self.currentIndex())
        return row

    def show_cards(self, cards: Sequence[ShownCard]) -> None:
        """Replace the cards; the current one stays where it is on the screen, whatever slid in above."""
        if tuple(cards) == tuple(self.model_of_cards.rows()):
            return
        kept, row = self.current_card(), self.currentIndex().row()
        height = self.rowViewportPosition(row)
        bar = self.verticalScrollBar()
        value = bar.value()
        self.model_of_cards.show_rows(cards)
        if kept is None or not cards:
            bar.setValue(value)
            return
        places = [place for place, one in enumerate(cards) if one.card.job_id == kept.card.job_id]
        self.setCurrentIndex(self.model_of_cards.index((places or [min(row, len(cards) - 1)])[0], 0))
        bar.setValue(value)
        if places:
            bar.setValue(value + self.rowViewportPosition(places[0]) - height)

    def hidden_below(self) -> int:
        """How many cards lie wholly or half below the lower edge."""
        px = theme().px
        seen = self.viewport().height() + px(GAP) + self.verticalScrollBar().value() + 1
        return max(self.model_of_cards.rowCount() - seen // px(CARD_HEIGHT + GAP), 0)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Take the card along, as it looks."""
        index = self.currentIndex()
        if not index.isValid():
            return
        drag = QDrag(self)
        drag.setMimeData(self.model_of_cards.mimeData([index]))
        rect = self.row_rect(index.row())
        drag.setPixmap(self.viewport().grab(rect))
        drag.setHotSpot(self.viewport().mapFromGlobal(QCursor.pos()) - rect.topLeft())
        drag.exec(actions, Qt.DropAction.MoveAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height hides other cards."""
        super().resizeEvent(event)
        self.scrolled.emit()

    def cards(self) -> Sequence[ShownCard]:
        """What it shows."""
        rows: Sequence[ShownCard] = self.model_of_cards.rows()
        return rows

    def choose(self, job_id: int | None) -> None:
        """Give the focus to a card if it is here, else to the first one."""
        cards = self.model_of_cards.rows()
        place = next((n for n, one in enumerate(cards) if one.card.job_id == job_id), 0)
        if cards:
            self.setCurrentIndex(self.model_of_cards.index(place, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A column that is entered has a current card, and shows it: keys act on it."""
        if not self.currentIndex().isValid():  # first: Qt would make one current without choosing it
            self.choose(None)
        super().focusInEvent(event)
        if not self.selectionModel().isSelected(self.currentIndex()):
            self.setCurrentIndex(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sideways to the neighbours, digits set the state, letters act; the rest is the list's."""
        key, card = event.key(), self.current_card()
        forward = -1 if self.isRightToLeft() else 1
        sideways = {Qt.Key.Key_Left: -forward, Qt.Key.Key_Right: forward}
        if key in sideways and not event.modifiers():
            self.left_for.emit(sideways[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.asked.emit("open", card)
        elif key == Qt.Key.Key_Space and not event.modifiers():
            self.asked.emit("look", card)
        elif self.plain_keys and not event.modifiers() and key in PLAIN_KEYS:
            self.asked.emit(PLAIN_KEYS[Qt.Key(key)], card)
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
        self._number = number
        self.setFixedHeight(theme().px(32))
        self.show_column(column)

    def show_column(self, column: Column) -> None:
        """Another count."""
        self._column = column
        self.setAccessibleName(f"{column.state.name}, {len(column.cards)}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(theme().px(120), theme().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line; the count and the digit are never cut, the name is."""
        tokens, px = theme().tokens, theme().px
        painter = QPainter(self)
        state = ticket_look(self._column.state)
        _, ink = state.colours(tokens)
        middle = self.height() / 2
        paint_icon(painter, state.icon, self._x(px(1), px(18)), middle - px(9), px(18), ink)
        cap = key_cap_width(str(self._number))
        draw_key_cap(painter, self._x(self.width() - cap, cap), middle, str(self._number))
        if self.width() < px(80):
            painter.end()
            return
        count = line(str(len(self._column.cards)), "caption", 500)
        wide = count.width + px(14)
        room = self.width() - cap - wide - px(25 + 8 + 6)
        step = "body" if line(state.word, "body", 600).width <= room else "small"
        word = cut_line(state.word, room, step, 600)
        word.draw(painter, self._x(px(25), word.width), middle, tokens.text)
        x = self._x(px(25) + word.width + px(8), wide)
        box(painter, QRectF(x, middle - px(10), wide, px(20)), px(10), tokens.neutral_soft)
        count.draw(painter, x + px(7), middle, tokens.neutral)
        painter.end()

    def _x(self, at: float, width: float) -> float:
        """Where something begins that is so wide; from the other side where one reads from there."""
        return self.width() - at - width if self.isRightToLeft() else at


class MoreButton(Button):
    """ "2 more" with a dashed line, below cards that do not fit; pressing it shows them."""

    def __init__(self) -> None:
        super().__init__("", kind="plain", size="s")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys, the arrows go there
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, then the words."""
        tokens, painter = theme().tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.control, 1, Qt.PenStyle.DashLine))
        painter.setBrush(tokens.sunken if self.underMouse() else Qt.BrushStyle.NoBrush)
        radius = theme().px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._paint_row(painter)
        painter.end()

    def ink(self) -> QColor:
        """Quieter than the cards."""
        return theme().tokens.text2


class BoardColumn(QWidget):
    """Head, cards, and "2 more"."""

    def __init__(self, column: Column, number: int) -> None:
        super().__init__()
        self.head, self.more = ColumnHead(column, number), MoreButton()
        self.view = ColumnView(column.state.id, column.state.name)
        self._row = rows(self.head, wide(self.view), self.more, gap=8, host=self)
        self.more.clicked.connect(self._page_down)
        self.view.scrolled.connect(self._count)
        self.set_folded(False, theme().px(WIDTH_WIDEST))

    def show_column(self, column: Column) -> None:
        """Other cards."""
        self.head.show_column(column)
        self.view.show_cards(column.cards)
        self._fit_cards()
        self._count()

    def set_folded(self, folded: bool, widest: int) -> None:
        """Fold to its shape and its digit, or be as wide as the others, at most so many pixels."""
        px = theme().px
        self.setMinimumWidth(px(WIDTH_FOLDED if folded else WIDTH_COMPACT))
        self.setMaximumWidth(px(WIDTH_FOLDED) if folded else widest)
        self.setToolTip(self.view.accessibleName() if folded else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for other cards."""
        super().resizeEvent(event)
        self._fit_cards()

    def _fit_cards(self) -> None:
        """Where not all cards have room the last one is whole: "2 more" moves up to it."""
        card, gaps = theme().px(CARD_HEIGHT + GAP), 2 * self._row.spacing()
        room = self.height() - self.head.height() - self.more.sizeHint().height() - gaps
        has_more = self.view.model_of_cards.rowCount() * card - theme().px(GAP) > room >= card
        self._row.setContentsMargins(0, 0, 0, room % card if has_more else 0)

    def _count(self) -> None:
        below = self.view.hidden_below()
        self.more.setText(self.tr("{n} more").format(n=below))
        self.more.setVisible(below > 0)

    def _page_down(self) -> None:
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
