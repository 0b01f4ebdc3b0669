"""What tickets and bookings ask for, as lines of a sale; inside a transaction.

A ticket costs what was agreed for its devices; nothing is owed before that, and nothing twice. The lines of
the approved estimate come one by one while they make the whole price, so that each bears the tax of its item.
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, letter_of
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.domain.catalogue.taxes import ShopTax, Tax
from posapp.domain.repairs.estimates import Estimate, EstimateLine, approved_of
from posapp.domain.repairs.parts import PartState
from posapp.domain.repairs.tickets import DISPOSED, Job, StateGroup, Ticket
from posapp.domain.selling.carts import TEXT_LIMIT, CartLine, LineKind
from posapp.services.bookings.agenda import require_booking
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.repairs.uncollected import fee_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_GONE = (BookingStatus.CANCELLED, BookingStatus.NO_SHOW)


class Taxes:
    """The taxes of a shop on a day."""

    def __init__(self, uow: "UnitOfWork", day: date) -> None:
        self._day = day
        self._known = {one.id: one for one in uow.taxes.all(with_archived=True)}
        self._on_day: dict[int, Tax] = {}
        self.default = next(one for one in self._known.values() if one.is_default)

    def of(self, tax_id: int | None) -> ShopTax:
        """The tax of that key, or the default one."""
        return self._known.get(tax_id, self.default) if tax_id is not None else self.default

    def line(self, line: CartLine, tax_id: int | None) -> CartLine:
        """A line with the tax of its day."""
        key = self.of(tax_id).id
        tax = self._on_day.get(key)
        if tax is None:
            tax = self._on_day[key] = self._known[key].on(self._day)
        return line if (line.tax_id, line.tax) == (key, tax) else replace(line, tax=tax, tax_id=key)


def owed_of_job(job: Job, charged: dict[int, tuple[int, str]]) -> int:
    """What is still to be asked for a device: its agreed price less what sales asked so far."""
    is_off = job.state.group is StateGroup.CANCELLED or job.state.code == DISPOSED
    if job.price_minor is None or is_off:
        return 0
    return max(job.price_minor - charged.get(job.id, (0, ""))[0], 0)


def owed_of_ticket(uow: "UnitOfWork", ticket: Ticket) -> int:
    """What sales still have to ask for a ticket; deposits are not taken off."""
    charged = uow.charges.of_devices(ticket.id)
    return sum(owed_of_job(job, charged) for job in ticket.jobs)


def ticket_lines(uow: "UnitOfWork", ticket: Ticket, taxes: Taxes, *, job: int = 0) -> list[CartLine]:
    """What is still owed for a ticket, or for its device at one position."""
    charged = uow.charges.of_devices(ticket.id)
    approved = approved_of(uow.estimates.of_ticket(ticket.id))
    found: list[CartLine] = []
    for one in ticket.jobs:
        owed = owed_of_job(one, charged)
        if owed and job in (0, one.position):
            found += _lines_of(uow, ticket, one, owed, approved, taxes)
    return found


def _lines_of(
    uow: "UnitOfWork", ticket: Ticket, job: Job, owed: int, approved: Estimate | None, taxes: Taxes
) -> list[CartLine]:
    lines = [line for line in approved.lines if line.job_id == job.id] if approved else []
    if lines and sum(line.amount_minor for line in lines) == owed == job.price_minor:
        found = [taxes.line(_estimated(ticket, job, line), _tax_of(uow, line)) for line in lines]
        return _told_apart(found)
    text = f"{job.device.name}: {job.fault}"[:TEXT_LIMIT]
    line = CartLine(kind=LineKind.TICKET, text=text, unit_minor=owed, number=ticket.number, job=job.position)
    return [taxes.line(line, None)]


def _estimated(ticket: Ticket, job: Job, line: EstimateLine) -> CartLine:
    return CartLine(
        kind=LineKind.TICKET,
        text=f"{job.device.name}: {line.text}"[:TEXT_LIMIT],
        unit_minor=line.unit_minor,
        quantity=line.quantity,
        number=ticket.number,
        job=job.position,
        item_id=line.item_id,
    )


def _told_apart(lines: list[CartLine]) -> list[CartLine]:
    """Those that say the same are numbered: a sale has each line of a ticket once, by what it says."""
    found: dict[str, CartLine] = {}
    for line in lines:
        text, count = line.text, 1
        while text in found:
            count += 1
            text = f"{line.text[: TEXT_LIMIT - 6]} ({count})"
        found[text] = line if count == 1 else replace(line, text=text)
    return list(found.values())


def _tax_of(uow: "UnitOfWork", line: EstimateLine) -> int | None:
    item = uow.items.get(line.item_id) if line.item_id is not None else None
    return item.tax_id if item else None


def storage_lines(uow: "UnitOfWork", ticket: Ticket, jobs: tuple[Job, ...], taxes: Taxes) -> list[CartLine]:
    """What storing devices has cost, as a line to offer, less what sales asked for it so far."""
    fee = sum(fee_of(uow, job) for job in jobs)
    left = fee - uow.charges.beside_devices(ticket.id) if fee else 0
    if left <= 0:
        return []
    line = CartLine(kind=LineKind.TEXT, text="Storage", unit_minor=left, number=ticket.number)
    return [taxes.line(line, None)]


def booking_lines(uow: "UnitOfWork", booking: Booking, taxes: Taxes) -> list[CartLine]:
    """What is still owed for a booking, unless a ticket came of it, which then asks for all."""
    if booking.price_minor is None or booking.status in _GONE or uow.tickets.of_booking(booking.id):
        return []
    owed = booking.price_minor - uow.charges.of_booking(booking.id)[0]
    if owed <= 0:
        return []
    line = CartLine(kind=LineKind.BOOKING, text=booking.service, unit_minor=owed, number=booking.number)
    return [taxes.line(line, None)]


def deposits_for(uow: "UnitOfWork", number: str) -> list[tuple[str, int]]:
    """The deposits that settle a ticket or booking: its own, then that of the booking it came of."""
    booked = require_ticket(uow, number).booking if letter_of(number) is Letter.TICKET else ""
    found = [(one, held_for(uow, one)) for one in filter(None, (number, booked))]
    return [(one, minor) for one, minor in found if minor]


def held_for(uow: "UnitOfWork", number: str) -> int:
    """What the shop holds for a ticket or booking, and for nothing else."""
    if letter_of(number) is Letter.BOOKING:
        return uow.ledger.held_for_booking(require_booking(uow, number).id)
    return uow.ledger.held_for_ticket(require_ticket(uow, number).id)


def refuse_settled(number: str, sale: str) -> DomainError:
    """Nothing is owed any more: another sale, at another till perhaps, asked for it."""
    if not sale:
        return DomainError(
            "nothing_owed", f"Nothing is owed for {number}: no price was agreed.", field="line"
        )
    return DomainError("settled_already", f"{number} was settled with {sale}.", field="line", number=sale)


def cost_of_job(uow: "UnitOfWork", ticket: Ticket, job: Job) -> int | None:
    """What the parts of a device cost the shop, as the catalogue knows it now; None: of one nobody knows."""
    total = 0
    for use in uow.parts.of_ticket(ticket.id):
        if use.position != job.position or use.state not in (PartState.USED, PartState.RESERVED):
            continue
        item = uow.items.get(use.item_id)
        if item is None or item.cost_minor is None:
            return None
        total += use.quantity * item.cost_minor
    return total
