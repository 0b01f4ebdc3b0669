"""Deposits as lines of a sale: money for a ticket or booking that is owed to the customer until then."""

from functools import partial
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.carts import CartLine
from posapp.domain.selling.orders import Order, OrderLine
from posapp.services.selling.kinds.lines import Given, GivenLine, LineSteps, SoldLine, as_far_as
from posapp.services.selling.owed import held_for
from posapp.services.selling.records import Book, note_deposit
from posapp.services.selling.sales import Sale

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


class DepositLine(LineSteps):
    """Its ledger alone takes it back when its sale is void."""

    def checked(self, sale: Sale, line: CartLine) -> CartLine:
        """For a ticket or booking, and more than nothing."""
        if line.number not in sale.tickets and line.number not in sale.bookings:
            raise DomainError(
                "number_missing", "Say which ticket or booking the deposit is for.", field="line"
            )
        if not line.unit_minor:
            raise DomainError("amount_invalid", "Enter an amount above zero.", field="deposit")
        return line

    def sold(self, sale: Sale, book: Book, one: SoldLine) -> None:
        """The shop holds more."""
        assert sale.customer_id is not None
        ticket, booking = sale.tickets.get(one.line.number), sale.bookings.get(one.line.number)
        note_deposit(
            book,
            one.amounts.gross_minor,
            customer_id=sale.customer_id,
            ticket_id=ticket.id if ticket else None,
            booking_id=booking.id if booking else None,
            order_id=one.order_id,
        )

    def up_to_rest(self, uow: "UnitOfWork", given: list[Given], *, is_asked: bool) -> list[Given]:
        """As far as the shop still holds it."""
        return as_far_as(given, partial(held_for, uow), partial(_used, field="line"), is_asked=is_asked)

    def given_back(self, book: Book, one: GivenLine) -> None:
        """The shop holds less."""
        assert one.customer_id is not None
        note_deposit(
            book,
            one.given.amounts.gross_minor,
            customer_id=one.customer_id,
            ticket_id=one.ticket_id,
            booking_id=one.booking_id,
            order_id=one.order_id,
        )

    def refuse_void(self, uow: "UnitOfWork", order: Order, lines: list[OrderLine]) -> None:
        """As long as the shop still holds them."""
        for line in lines:
            if held_for(uow, line.number) < line.amounts.gross_minor:
                raise _used(line.number, field="number")


def _used(number: str, *, field: str) -> DomainError:
    return DomainError("deposit_used", f"The deposit for {number} was taken off already.", field=field)
