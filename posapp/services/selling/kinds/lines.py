"""What each kind of line does beside being stored: when it is sold, given back, or its sale is void.

A kind says only what is its own; `LineSteps` is a line that does no more than earn money. All of them stand
in `table.LINES`, and the steps of a sale ask there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.amounts import LineAmounts, Refunded
from posapp.domain.selling.carts import CartLine
from posapp.domain.selling.orders import Order, OrderLine
from posapp.services.selling.records import Book
from posapp.services.selling.sales import Sale

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line that was stored with its sale."""

    place: int
    line: CartLine
    amounts: LineAmounts
    order_id: int
    line_id: int


@dataclass(frozen=True, slots=True)
class Given:
    """What goes back of one line, at or above zero; `cost_minor` is what returns to the shelf with it."""

    line: OrderLine
    back: Refunded
    is_restocked: bool
    cost_minor: int | None

    @property
    def amounts(self) -> LineAmounts:
        """As it is stored: below zero."""
        taxes = tuple(-minor for minor in self.back.tax_minor)
        priced = -self.line.unit_minor * self.back.units
        return LineAmounts(priced, 0, -self.back.net_minor, taxes, -self.back.gross_minor)


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What goes back of a line, stored with its refund: the keys of both, of its ticket or booking."""

    given: Given
    customer_id: int | None
    order_id: int
    line_id: int
    number: str
    ticket_id: int | None
    booking_id: int | None


class LineSteps:
    """A kind of line at each step of a sale."""

    def checked(self, sale: Sale, line: CartLine) -> CartLine:
        """The line as it is sold today; refuses what cannot be sold so."""
        return line

    def sold(self, sale: Sale, book: Book, one: SoldLine) -> None:
        """What follows once its line is stored."""

    def up_to_rest(self, uow: "UnitOfWork", given: list[Given], *, is_asked: bool) -> list[Given]:
        """What of such lines can still go back; refuses where nothing can and it `is_asked` for."""
        return given

    def given_back(self, book: Book, one: GivenLine) -> None:
        """What follows once the line of a refund is stored."""

    def refuse_void(self, uow: "UnitOfWork", order: Order, lines: list[OrderLine]) -> None:
        """Refuse to take back a sale of such lines if what they gave was used since."""

    def taken_back(self, book: Book, order: Order, line: OrderLine) -> None:
        """Undo a line of a sale that is void, but for its ledger and its totals."""


def as_far_as(
    given: list[Given], rest_of: Callable[[str], int], used: Callable[[str], DomainError], *, is_asked: bool
) -> list[Given]:
    """What goes back of lines whose numbers have only so much left; `used` is said where there is nothing."""
    kept: list[Given] = []
    left: dict[str, int] = {}
    for one in given:
        number, gross = one.line.number, one.back.gross_minor
        has = left.get(number, rest_of(number))
        minor = min(gross, has)
        left[number] = has - minor
        if minor:
            kept.append(one if minor == gross else replace(one, back=Refunded(0, minor, ())))
        elif is_asked:
            raise used(number)
    return kept
