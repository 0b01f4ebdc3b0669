"""The board: a column a state, cards that move by keys and by dragging."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from posapp.ui.layout import columns, emptied, held
from posapp.ui.theme import theme
from posapp.ui.tickets.column import GUTTER, WIDTH_MOST, WIDTH_WIDEST, BoardColumn, ColumnView
from posapp.ui.tickets.presenter import Column, ShownCard


class Board(QScrollArea):
    """All columns side by side; sideways scrolling where they do not fit."""

    asked = Signal(str, object)  # what was pressed, list of ShownCard
    move_asked = Signal(object, object)  # list of ShownCard, TicketState

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "board")
        self._row = columns(gap=GUTTER)
        self._inner = held(self._row)
        self.setWidget(self._inner)
        self._columns: list[Column] = []
        self._holders: list[BoardColumn] = []
        self._kept: int | None = None
        self._folds = False
        self._plain_keys = True

    def set_folding(self, folds: bool) -> None:
        """In a narrow window empty columns fold, and the board scrolls sideways."""
        self._folds = folds
        self._fold()

    def set_plain_keys(self, plain: bool) -> None:
        """Whether single letters and digits act."""
        self._plain_keys = plain
        for view in self.views():
            view.plain_keys = plain

    def show_columns(self, columns: list[Column]) -> None:
        """Replace what is shown; the card with the focus keeps it, wherever it went."""
        focused = self._focused()
        kept = focused.current_card() if focused is not None else None
        self._kept = kept.card.job_id if kept is not None else self._kept
        is_new = [one.state for one in columns] != [one.state for one in self._columns]
        if is_new:
            self._rebuild(columns)
        self._columns = columns
        for holder, column in zip(self._holders, columns, strict=True):
            holder.show_column(column)
        self._fold()
        if focused is not None and (
            is_new or not any(one.card.job_id == self._kept for one in focused.cards())
        ):
            self.focus_card(self._kept, near=focused)

    def _fold(self) -> None:
        widest = self._widest()
        for holder in self._holders:
            holder.set_folded(self._folds and holder.view.model_of_cards.rowCount() == 0, widest)

    def _widest(self) -> int:
        """As wide as the design says; more where a gap as wide as a column would be left beside them."""
        px, count = theme().px, max(len(self._holders), 1)
        usual, each = px(WIDTH_WIDEST), (self.viewport().width() - px(GUTTER) * (count - 1)) // count
        return min(each, px(WIDTH_MOST)) if (each - usual) * count > usual else usual

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Much room is shared."""
        super().resizeEvent(event)
        self._fold()

    def _rebuild(self, columns: list[Column]) -> None:
        emptied(self._row)
        self._holders = [BoardColumn(column, number) for number, column in enumerate(columns, start=1)]
        for holder in self._holders:
            view = holder.view
            view.plain_keys = self._plain_keys
            view.asked.connect(self._asked)
            view.dropped.connect(self._dropped)
            view.left_for.connect(self._go_sideways)
            self._row.addWidget(holder, 1)
        self._row.addStretch()

    def focus_card(self, job_id: int | None, *, near: ColumnView | None = None) -> None:
        """Give the focus to a card, else to the column `near`, else to the first one that has any."""
        target = self.view_of(job_id, near=near)
        if target is not None:
            if _holds(target, job_id) or not target.currentIndex().isValid():
                target.choose(job_id)
            target.setFocus()
            self.ensureWidgetVisible(target)

    def view_of(self, job_id: int | None, *, near: ColumnView | None = None) -> ColumnView | None:
        """The list of a card, else the column `near`, else the first one that has any."""
        holding = [view for view in self.views() if _holds(view, job_id)]
        filled = [view for view in self.views() if view.model_of_cards.rowCount()]
        return next(iter(holding or [one for one in filled if one is near] or filled or self.views()), None)

    def views(self) -> list[ColumnView]:
        """The lists of cards, from the first column on."""
        return [holder.view for holder in self._holders]

    def columns(self) -> list[BoardColumn]:
        """The columns."""
        return list(self._holders)

    def last_job(self) -> int | None:
        """The key of the card that had the focus last."""
        card = self.current_card()
        return card.card.job_id if card else None

    def focused_card(self) -> ShownCard | None:
        """The card with the focus, None where the focus is elsewhere."""
        view = self._focused()
        return view.current_card() if view is not None else None

    def current_card(self) -> ShownCard | None:
        """The card with the focus, or the one that had it last."""
        focused = self.focused_card()
        if focused is not None:
            return focused
        cards = [card for column in self._columns for card in column.cards]
        return next((card for card in cards if card.card.job_id == self._kept), None)

    def _focused(self) -> ColumnView | None:
        return next((view for view in self.views() if view.hasFocus()), None)

    def _go_sideways(self, step: int) -> None:
        view = self._focused()
        if view is None:
            return
        row = max(view.currentIndex().row(), 0)
        later = self.views()[::step]
        following = later[later.index(view) + 1 :]
        target = next((one for one in following if one.model_of_cards.rowCount()), None)
        if target is not None:
            target.setFocus()
            place = min(row, target.model_of_cards.rowCount() - 1)
            target.setCurrentIndex(target.model_of_cards.index(place, 0))
            self.ensureWidgetVisible(target)

    def _asked(self, what: str, card: ShownCard | None) -> None:
        if card is not None:
            self._kept = card.card.job_id
            self.asked.emit(what, [card])

    def _dropped(self, job_id: int, state_id: int) -> None:
        cards = [card for column in self._columns for card in column.cards]
        card = next((one for one in cards if one.card.job_id == job_id), None)
        state = next(one.state for one in self._columns if one.state.id == state_id)
        if card is not None and card.state.id != state_id:
            self.move_asked.emit([card], state)


def _holds(view: ColumnView, job_id: int | None) -> bool:
    return any(one.card.job_id == job_id for one in view.model_of_cards.rows())
