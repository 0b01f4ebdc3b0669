"""The Z reports beside the books, and the documents that explain why they differ."""

from PySide6.QtCore import Signal

from posapp.domain.figures.reconciliation import Compared, Explanation, Reconciliation
from posapp.ui.layout import put, wide
from posapp.ui.reports.table import FigureTable
from posapp.ui.reports.values import NOTHING
from posapp.ui.sell.tenders import tender_words
from posapp.ui.tables import Column, OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.labels import StatusPill
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording, shown_count

_LEAST_NAME = 110


def signed(minor: int, wording: Wording) -> str:
    """`+€2.00`, `−€2.00`, `–`."""
    if not minor:
        return NOTHING
    return f"{'+' if minor > 0 else '−'}{wording.price(abs(minor))}"


class ComparedCard(Card):
    """One row a drawer and tender."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(self.tr("Compared with the Z reports"))
        self._wording = wording
        self.table = FigureTable(self.title.text(), self._columns(), key=_key)
        self.table.least_wide = _LEAST_NAME
        self.table.setSortingEnabled(False)
        self.empty = EmptyState(self.tr("No drawer took money on these days."))
        put(self.body, wide(self.table), wide(self.empty))
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column, ...]:
        def price(minor: int) -> str:
            return self._wording.price(minor)

        return (
            Column("", self._name, _key),
            Column(
                self.tr("Z report"),
                lambda row: price(row.z_minor) if row.report else self.tr("open"),
                lambda row: row.z_minor,
                True,
            ),
            Column(self.tr("Books"), lambda row: price(row.books_minor), lambda row: row.books_minor, True),
            Column(
                self.tr("Difference"),
                lambda row: signed(-row.difference_minor, self._wording),
                lambda row: -row.difference_minor,
                True,
            ),
        )

    def _name(self, row: Compared) -> str:
        return " ".join(filter(None, (row.report, row.till))) + f", {tender_words(row.tender).lower()}"

    def show_rows(self, told: Reconciliation, wording: Wording) -> None:
        """Other days."""
        self._wording = wording
        self.table.show_rows(told.rows)
        self.table.setVisible(bool(told.rows))
        self.empty.setVisible(not told.rows)


def _key(row: Compared) -> tuple[str, str, str, str]:
    return row.day.isoformat(), row.till, row.report, row.tender.value


class _Delegate(TwoLineDelegate):
    height, lead_room = 44, 60

    def row_of(self, value: object) -> TwoLineRow:
        """How a document looks."""
        assert isinstance(value, ReasonRow)
        return value.look


class ReasonRow:
    """A document that explains a difference, as it is shown."""

    def __init__(self, why: Explanation, wording: Wording) -> None:
        self.number = why.number
        first, _, rest = why.text.partition(": ")
        second = rest or " · ".join(filter(None, (wording.day(why.day), why.customer)))
        amount = signed(-why.amount_minor, wording)
        tone = "text" if why.is_enough else "warning"
        name = first[:1].upper() + first[1:]
        self.look = TwoLineRow(name, second, badge=why.number, right=amount, right_tone=tone)

    def spoken(self) -> str:
        """All of it in one line."""
        look = self.look
        return ", ".join(filter(None, (self.number, look.name, look.second, look.right)))


class ReasonsCard(Card):
    """`opened` tells the number of a document."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Why they differ"))
        self.pill = StatusPill()
        self.head.addWidget(self.pill)
        self.list = OpenList(self.title.text(), _Delegate())
        self.list.opened.connect(lambda row: self.opened.emit(row.number))
        self.list.setMinimumHeight(theme().px(88))
        self.empty = EmptyState(self.tr("Z reports and books say the same."))
        put(self.body, wide(self.list), wide(self.empty))
        self.setFocusProxy(self.list)

    def show_reasons(self, told: Reconciliation, wording: Wording) -> None:
        """Each document that explains a difference, and whether all are explained."""
        rows = [ReasonRow(why, wording) for row in told.rows for why in row.explanations]
        self.list.rows.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        differs = any(row.difference_minor for row in told.rows)
        self.pill.set_look(self._look(told.unexplained) if differs else None)

    def _look(self, unexplained: int) -> StatusLook:
        if not unexplained:
            return StatusLook("check", self.tr("All explained"), "success")
        said = shown_count(unexplained, self.tr("not explained"), self.tr("not explained"))
        return StatusLook("triangle-alert", said, "warning")
