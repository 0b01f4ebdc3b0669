"""The accounts of the shown days: number, name, entries, debit and credit, and whether they balance."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.base.locales import shown_number
from posapp.domain.figures.books import BookRow, BookTable, NumberedAccount
from posapp.ui.layout import STRETCH, columns, put, wide
from posapp.ui.reports.table import PAD, FigureTable
from posapp.ui.reports.values import NOTHING
from posapp.ui.tables import Column
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording

Pair = tuple[NumberedAccount, BookRow]
_ENTRIES, _DEBIT, _CREDIT = 2, 3, 4
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BalanceFoot(QWidget):
    """60 high: *Balanced* with both sums, each under its column, or by how much they differ."""

    def __init__(self, table: FigureTable) -> None:
        super().__init__()
        self._table, self._tone = table, "success"
        self.icon = IconLabel("circle-check", "success", 18)
        self.words = label("", "strong", tone="success", weight=600)
        self.debit = label("", "strong", tone="success", weight=700)
        self.credit = label("", "strong", tone="success", weight=700)
        said = columns(self.icon, self.words, gap=16)
        self._row = columns(said, STRETCH, self.debit, self.credit, gap=0, pad=(16, 0), host=self)
        for part in (self.debit, self.credit):
            part.setAlignment(_END)
        table.horizontalHeader().sectionResized.connect(self._align)
        table.horizontalHeader().geometriesChanged.connect(self._align)
        self.setMinimumHeight(theme().px(60))

    def _align(self) -> None:
        """As wide as the columns above; beside a scroll bar as far from the edge as they are."""
        head, pad = self._table.horizontalHeader(), theme().px(PAD)
        for place, part in ((_DEBIT, self.debit), (_CREDIT, self.credit)):
            part.setFixedWidth(head.sectionSize(place))
        end = pad + self._table.width() - self._table.viewport().width()
        sides = (end, 0, pad, 0) if self.isRightToLeft() else (pad, 0, end, 0)
        self._row.setContentsMargins(*sides)

    def _make_room(self) -> None:
        """The columns are as wide as their sums."""
        metrics, room = theme().metrics("strong", 700), theme().px(2 * PAD + 4)
        texts = {_DEBIT: self.debit.text(), _CREDIT: self.credit.text()}
        self._table.make_room({one: metrics.horizontalAdvance(text) + room for one, text in texts.items()})
        self._align()

    def show_sums(self, told: BookTable, wording: Wording) -> None:
        """Both sums, in words and tone."""
        self._tone = "success" if told.is_balanced else "danger"
        differs = wording.price(abs(told.debit_minor - told.credit_minor))
        words = self.tr("Balanced") if told.is_balanced else self.tr("Differs by {amount}")
        self.words.setText(words.format(amount=differs))
        self.icon.show_icon("circle-check" if told.is_balanced else "triangle-alert", self._tone)
        self.debit.setText(wording.price(told.debit_minor))
        self.credit.setText(wording.price(told.credit_minor))
        for part in (self.words, self.debit, self.credit):
            set_look(part, tone=self._tone)
        self._make_room()
        self.setAccessibleName(f"{self.words.text()}, {self.debit.text()}, {self.credit.text()}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the soft ground of its tone."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().tokens.soft(self._tone))
        painter.fillRect(0, 0, self.width(), 1, theme().tokens.border)
        painter.end()


class AccountsCard(Card):
    """`opened` tells the account."""

    opened = Signal(object)  # NumberedAccount

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.table = FigureTable(
            self.tr("Accounts"), self._columns(), wide=1, key=lambda pair: pair[1].account
        )
        self.table.pressed_key.connect(self._open)
        self.empty = EmptyState(self.tr("Nothing was booked on these days."))
        self.foot = BalanceFoot(self.table)
        put(self.body, wide(self.table), wide(self.empty), self.foot)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column, ...]:
        def price(minor: int) -> str:
            return self._wording.price(minor) if minor else NOTHING

        def count(pair: Pair) -> str:
            return shown_number(pair[1].entries, self._wording.locale)

        def debit(pair: Pair) -> int:
            return pair[1].debit_minor

        def credit(pair: Pair) -> int:
            return pair[1].credit_minor

        return (
            Column(self.tr("Account"), lambda pair: pair[0].number, lambda pair: pair[0].number),
            Column(self.tr("Name"), lambda pair: pair[0].name, lambda pair: pair[0].name.casefold()),
            Column(self.tr("Entries"), count, lambda pair: pair[1].entries, True),
            Column(self.tr("Debit"), lambda pair: price(debit(pair)), debit, True),
            Column(self.tr("Credit"), lambda pair: price(credit(pair)), credit, True),
        )

    def show_table(self, told: BookTable, wording: Wording) -> None:
        """The accounts of some days; order and cursor stay."""
        self._wording = wording
        self.table.show_rows(told.rows)
        self.table.setVisible(bool(told.rows))
        self.empty.setVisible(not told.rows)
        self.foot.show_sums(told, wording)

    def set_narrow(self, is_narrow: bool) -> None:
        """Without the number of entries."""
        self.table.setColumnHidden(_ENTRIES, is_narrow)

    def _open(self, _key: str) -> None:
        pair = self.table.current()
        if pair is not None:
            self.opened.emit(pair[0])
