"""What could be paid for a ticket or booking now, read in one snapshot: a price, a debt, a deposit."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.numbers import Letter, letter_of, number_text
from posapp.domain.bookings.bookings import Booking
from posapp.domain.repairs.estimates import asked_of
from posapp.domain.repairs.tickets import Ticket
from posapp.services.bookings.agenda import require_booking
from posapp.services.repairs.ticket_states import settings_of
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.owed import Taxes, booking_lines, deposits_for, owed_of_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Paying:
    """Of a booking that a ticket came of, all is about the ticket.

    `price_minor` is what was agreed, None before that. Of it `owed_minor` was asked by no sale yet;
    `due_minor` is what the sale `due` left on account. `held_minor` are the deposits that will be taken off,
    which the sales `deposits` took. `deposit_minor` is what the shop's percent asks for now.
    """

    number: str
    customer_id: int
    price_minor: int | None
    owed_minor: int
    held_minor: int
    deposit_minor: int
    may_deposit: bool
    due: str = ""
    due_minor: int = 0
    deposits: tuple[str, ...] = ()

    @property
    def left_minor(self) -> int:
        """What the customer has to bring for what was agreed."""
        return max(self.owed_minor - self.held_minor, 0)


def paying_of(uow: "UnitOfWork", number: str) -> Paying:
    """What could be paid for it."""
    if letter_of(number) is not Letter.BOOKING:
        return _of_ticket(uow, require_ticket(uow, number))
    booking = require_booking(uow, number)
    ticket = uow.tickets.of_booking(booking.id)
    if ticket is not None:
        return _of_ticket(uow, require_ticket(uow, number_text(Letter.TICKET, ticket)))
    return _of_booking(uow, booking)


def _of_ticket(uow: "UnitOfWork", ticket: Ticket) -> Paying:
    prices = [job.price_minor for job in ticket.jobs if job.price_minor is not None]
    owed, price = owed_of_ticket(uow, ticket), sum(prices) if prices else None
    sales = [last for _, last in uow.charges.of_devices(ticket.id).values()]
    due, due_minor = _due(uow, ticket.customer_id, sales)
    is_agreed = price is not None
    asked = owed if is_agreed else _estimated(uow, ticket)
    taken = uow.charges.deposits_of(ticket_id=ticket.id)
    if ticket.booking:
        taken += uow.charges.deposits_of(booking_id=require_booking(uow, ticket.booking).id)
    held = sum(minor for _, minor in deposits_for(uow, ticket.number))
    return Paying(
        ticket.number,
        ticket.customer_id,
        price,
        owed,
        held,
        _offered(uow, asked, held),
        ticket.is_open and (bool(owed) or not is_agreed),
        due,
        due_minor,
        tuple(taken) if held else (),
    )


def _of_booking(uow: "UnitOfWork", booking: Booking) -> Paying:
    taxes = Taxes(uow, uow.businesses.get().day_of(uow.now))
    owed = sum(line.unit_minor for line in booking_lines(uow, booking, taxes))
    held = sum(minor for _, minor in deposits_for(uow, booking.number))
    charged = uow.charges.of_booking(booking.id)[1]
    due, due_minor = _due(uow, booking.customer_id, [charged])
    is_gone = not booking.status.takes_time
    return Paying(
        booking.number,
        booking.customer_id,
        booking.price_minor,
        owed,
        held,
        _offered(uow, owed, held),
        not is_gone and not charged,
        due,
        due_minor,
        tuple(uow.charges.deposits_of(booking_id=booking.id)) if held else (),
    )


def _estimated(uow: "UnitOfWork", ticket: Ticket) -> int:
    """What waits for the customer's yes."""
    asked = asked_of(uow.estimates.of_ticket(ticket.id))
    return asked.total_minor if asked is not None else 0


def _offered(uow: "UnitOfWork", asked: int, held: int) -> int:
    """The shop's percent of what is asked, less what is held already."""
    return max(settings_of(uow).deposit_of(asked) - held, 0)


def _due(uow: "UnitOfWork", customer_id: int, sales: list[str]) -> tuple[str, int]:
    """The oldest of these sales that still asks for money."""
    found = [(due.number, due.owed_minor) for _, due in uow.ledger.dues(customer_id) if due.number in sales]
    return next(((number, minor) for number, minor in found if minor > 0), ("", 0))
