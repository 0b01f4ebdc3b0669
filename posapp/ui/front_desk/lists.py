"""Rows and views of the left column: matches, the row that makes a customer, and who was here lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.ui.customers.rows import hit_row, spoken_hit
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
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


class RowsView(OpenList):
    """A list of what its delegate can say and paint."""

    def __init__(self, name: str, delegate: SpokenDelegate) -> None:
        super().__init__(name, delegate, delegate.words_of)
        self.delegate = delegate


class ShortCard(Card):
    """A list in a card that shows as many rows as have room, at least two."""

    def __init__(self, title: str, delegate: SpokenDelegate, *, key: str = "") -> None:
        super().__init__(title, key=key)
        self.list = RowsView(title, delegate)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_some(self, rows: Sequence[Any], room: int) -> Sequence[Any]:
        """Show what has room of these rows, and say what that is."""
        step = theme().row_height(self.list.delegate.height)
        shown = rows[: max(room // step, 2)]
        if tuple(self.list.rows.rows()) != shown:
            self.list.rows.show_rows(shown)
        self.list.setFixedHeight(len(shown) * step)
        return shown
