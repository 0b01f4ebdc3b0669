"""Rows and views of the left column: matches, the row that makes a customer, and who was here lately."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from posapp.ui.customers.rows import hit_row, spoken_hit
from posapp.ui.tables import ROW, RowListModel, TwoLineDelegate, TwoLineRow, dress_list
from posapp.ui.theme import theme
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer
    from posapp.services.counter.search import Hit


@dataclass(frozen=True, slots=True)
class Match:
    """A match, the text that found it, and until when a former number was the customer's."""

    hit: "Hit"
    typed: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The row that makes a customer of an unknown number."""

    number: "PhoneNumber"


@dataclass(frozen=True, slots=True)
class Recent:
    """A customer who was at this till, and when, in words."""

    customer: "Customer"
    at: str


class SpokenDelegate(TwoLineDelegate):
    """Paints rows and says them in one line, for screen readers."""

    def words_of(self, value: Any) -> str:
        """The row in one line."""
        raise NotImplementedError


class FinderDelegate(SpokenDelegate):
    """Matches, the row of a newcomer, and recents."""

    height = 60

    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.wording = wording

    def row_of(self, value: Any) -> TwoLineRow:
        """How each kind looks."""
        if isinstance(value, Match):
            return _match_row(value, self.wording)
        if isinstance(value, Newcomer):
            return TwoLineRow(self.words_of(value), self.tr("Nobody has this number yet"), icon="user-plus")
        customer: Customer = value.customer
        phone = self.wording.phone(customer.phone) if customer.phone else self.tr("No phone number")
        name = customer.shown_name(self.wording.region)
        return TwoLineRow(name, phone, badge=str(customer.pl_id), right=value.at)

    def words_of(self, value: Any) -> str:
        """A row in one line, for screen readers."""
        if isinstance(value, Match):
            return spoken_hit(value.hit, self.wording, value.until)
        if isinstance(value, Newcomer):
            return self.tr("New customer with {phone}").format(phone=self.wording.phone(value.number))
        customer: Customer = value.customer
        return f"{customer.pl_id}, {customer.shown_name(self.wording.region)}, {value.at}"


@lru_cache(maxsize=256)
def _match_row(match: Match, wording: Wording) -> TwoLineRow:
    """Folding names takes longer than painting them, and a row is painted many times."""
    return hit_row(match.hit, match.typed, wording, match.until)


class RowsView(QListView):
    """A list whose row is opened by Enter or a click."""

    opened = Signal(object)

    def __init__(self, name: str, delegate: SpokenDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_list(self)
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self.delegate = delegate
        self.rows = RowListModel(delegate.words_of, self)
        self.setModel(self.rows)
        self.setItemDelegate(delegate)
        self.clicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def current_row(self) -> Any:
        """The value of the current row, None if there is none."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(row, 0))

    def full_height(self) -> int:
        """How high it would be without scrolling."""
        return self.rows.rowCount() * theme().row_height(self.delegate.height)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list that is entered by key starts at its first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.choose(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)
