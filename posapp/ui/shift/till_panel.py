"""The till while its shift is open: since when, what went in and out by hand, and what can be done."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from posapp.domain.selling.shifts import CashKind, CashMove
from posapp.services.selling.shifts import TillDrawer
from posapp.ui.actions import Action
from posapp.ui.layout import STRETCH, rows, sides, wide
from posapp.ui.shift.facts import FactLine, FactRows
from posapp.ui.shift.open_panel import NARROW, WIDE
from posapp.ui.shift.words import kind_words, opening_time
from posapp.ui.tables import Column
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, action_button
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.labels import line
from posapp.ui.wording import Wording


class TillPanel(QWidget):
    """The first of `actions` is the main one."""

    def __init__(self, wording: Wording, actions: Sequence[Action]) -> None:
        super().__init__()
        self._wording = wording
        self.table = SortedTable(
            self.tr("Cash in and out"),
            self._columns(),
            key=lambda move: move.id,
            letters={},
            wide=2,
            is_fitted=True,
        )
        self.card = Card(self.tr("Cash in and out"))
        self._empty = EmptyState(self.tr("No cash went in or out by hand."))
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self._empty, 1)
        self.facts = FactRows()
        self.buttons = [self._button(action, is_main=place == 0) for place, action in enumerate(actions)]
        about = Card(self.tr("This shift"))
        about.body.addLayout(rows(self.facts, pad=(16, 8)))
        about.body.addWidget(line())
        about.body.addLayout(rows(*self.buttons, gap=8, pad=(16, 14)))
        self.side = QWidget()
        rows(about, STRETCH, host=self.side)
        self.side.setFixedWidth(theme().px(WIDE))
        sides(wide(self.card), self.side, gap=16, host=self)

    @staticmethod
    def _button(action: Action, *, is_main: bool) -> Button:
        return action_button(action, kind="primary" if is_main else "", size="xl" if is_main else "l")

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("When"), lambda move: self._wording.moment(move.at), lambda move: move.at),
            Column(self.tr("What"), lambda move: kind_words(move.kind)),
            Column(self.tr("Reason"), lambda move: move.reason),
            Column(self.tr("By"), lambda move: move.by),
            Column(self.tr("Amount"), self._amount, _signed, True),
        )

    def _amount(self, move: CashMove) -> str:
        return self._wording.price(_signed(move))

    def set_narrow(self, is_narrow: bool) -> None:
        """Leave the table its room."""
        self.side.setFixedWidth(theme().px(NARROW if is_narrow else WIDE))

    def show_drawer(self, drawer: TillDrawer, wording: Wording) -> None:
        """The shift as it was opened, and what was moved since; not what should be in the drawer."""
        self._wording, shift = wording, drawer.shift
        if shift is None:
            return
        self.facts.show_lines(
            (
                FactLine(self.tr("Opened"), opening_time(shift.opened_at, wording)),
                FactLine(self.tr("By"), shift.opened_by),
                FactLine(self.tr("Opening cash"), wording.price(shift.float_minor)),
            )
        )
        self.table.show_rows(drawer.moves)
        self.table.setVisible(bool(drawer.moves))
        self._empty.setVisible(not drawer.moves)

    def first(self) -> QWidget:
        """The main button."""
        return self.buttons[0]


def _signed(move: CashMove) -> int:
    return move.amount_minor if move.kind is CashKind.IN else -move.amount_minor
