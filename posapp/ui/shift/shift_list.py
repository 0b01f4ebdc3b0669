"""The shifts of all tills: those that nobody has verified first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.services.selling.shifts import ListedShift
from posapp.ui.layout import rows, wide
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.session import Session
from posapp.ui.tables import Column
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.window.notice_bar import NoticeBar

MOST = 200
"""So many are listed, and so many of those that wait to be verified."""


class ShiftList(QWidget):
    """`opened` tells the number of a Z; an open shift has none and is not opened."""

    opened = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._presenter = Presenter(session)
        self.notice = NoticeBar()
        self.table = SortedTable(
            self.tr("Shifts of all tills"),
            self._columns(),
            key=lambda row: row.shift.id,
            letters={},
            wide=1,
            is_fitted=True,
        )
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.pressed_key.connect(lambda _key: self._open())
        self._card = Card()
        self._card.body.addWidget(self.table)
        self._empty = EmptyState(self.tr("No till was opened yet."))
        self._empty.hide()
        rows(self.notice, wide(self._card), wide(self._empty), gap=12, host=self)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("State"), self._state, _rank),
            Column(self.tr("Till"), lambda row: row.shift.till),
            Column(self.tr("Z"), _number, lambda row: int(_number(row)[1:] or 0)),
            Column(
                self.tr("Day"),
                lambda row: self._session.wording.day(row.shift.day),
                lambda row: row.shift.day,
            ),
            Column(self.tr("Closed by"), lambda row: row.shift.closing.by if row.shift.closing else ""),
            Column(self.tr("Counted"), lambda row: self._price(row, "counted_minor"), _counted, True),
            Column(
                self.tr("Difference"), lambda row: self._price(row, "difference_minor"), _difference, True
            ),
        )

    def _state(self, row: ListedShift) -> str:
        if row.is_unverified:
            return self.tr("Not verified")
        if row.shift.closing is not None:
            return self.tr("Verified")
        return self.tr("Forgotten") if row.is_forgotten else self.tr("Open")

    def _price(self, row: ListedShift, name: str) -> str:
        closing = row.shift.closing
        return self._session.wording.price(getattr(closing, name)) if closing is not None else ""

    def read(self) -> None:
        """Read the list anew."""
        self._presenter.read(lambda shop, actor: shop.shifts.listed(actor, MOST), self._show, self._failed)

    def _show(self, found: list[ListedShift]) -> None:
        had_focus = self.table.hasFocus()
        self.notice.hide()
        self.table.show_rows(found)
        self._card.setVisible(bool(found))
        self._empty.setVisible(not found)
        if had_focus and found:
            self.table.setFocus()

    def _failed(self, error: Exception) -> None:
        self.notice.offer_again(sentence_of(error, self.tr("The list cannot be read.")), self.read)

    def number(self) -> str:
        """The Z of the chosen row, "" for none."""
        row = self.table.current()
        return _number(row) if row is not None else ""

    def _open(self) -> None:
        if self.number():
            self.opened.emit(self.number())


def _number(row: ListedShift) -> str:
    return row.shift.closing.number if row.shift.closing is not None else ""


def _rank(row: ListedShift) -> tuple[int, int]:
    """What waits first, then what is open, then the rest; of each the newest first."""
    is_open = row.shift.closing is None
    return (0 if row.is_unverified else 1 if is_open else 2, -row.shift.id)


def _counted(row: ListedShift) -> int:
    return row.shift.closing.counted_minor if row.shift.closing is not None else -1


def _difference(row: ListedShift) -> int:
    return row.shift.closing.difference_minor if row.shift.closing is not None else 0
