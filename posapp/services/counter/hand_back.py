"""Handing back with payment, inside a transaction: devices leave once they are paid for.

What was agreed for a device is asked for when it leaves, by a sale in the same transaction unless one did so
before; what that sale puts on account is settled here and owed in the ledger. Storage is offered, not asked.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.tickets import REASON_LIMIT, Job, Ticket
from posapp.domain.selling.carts import CartLine, LineKind
from posapp.domain.selling.orders import Order
from posapp.services.customers.customers import require_customer
from posapp.services.papers.papers import queue_paper
from posapp.services.repairs.hand_back import hand_over, leaving
from posapp.services.repairs.papers import paper_of_ticket
from posapp.services.repairs.ticket_commands import HandBack
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.checking import hold_work
from posapp.services.selling.completing import complete
from posapp.services.selling.order_commands import Sell
from posapp.services.selling.order_papers import queue_receipt
from posapp.services.selling.orders import waiting_sale
from posapp.services.selling.owed import Taxes, deposits_for, owed_of_job, storage_lines, ticket_lines

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Owing:
    """What is still to pay before devices leave.

    `lines` come to `owed_minor`; of it `deposit_minor` is held already and taken off by itself. `storage` is
    offered with them where the devices waited too long.
    """

    number: str
    customer_id: int
    lines: tuple[CartLine, ...]
    owed_minor: int
    deposit_minor: int
    storage: tuple[CartLine, ...] = ()

    @property
    def left_minor(self) -> int:
        """What the customer has to bring."""
        return self.owed_minor - self.deposit_minor


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The ticket after its devices left, and the sale that was completed with it."""

    ticket: Ticket
    order: Order | None = None


def owing_of(uow: "UnitOfWork", ticket: Ticket, positions: tuple[int, ...]) -> Owing:
    """What devices of a ticket still cost: the named ones, or all that are done."""
    jobs = leaving(ticket, positions)
    taxes = Taxes(uow, uow.businesses.get().day_of(uow.now))
    lines = tuple(line for job in jobs for line in ticket_lines(uow, ticket, taxes, job=job.position))
    owed = sum(line.unit_minor * line.quantity for line in lines)
    held = min(sum(minor for _, minor in deposits_for(uow, ticket.number)), owed)
    storage = tuple(storage_lines(uow, ticket, jobs, taxes))
    return Owing(ticket.number, ticket.customer_id, lines, owed, held, storage)


def handed_back(uow: "UnitOfWork", command: HandBack, sale: Sell | None, unpaid: str) -> HandedBack:
    """Complete the sale, see that nothing is owed, let the devices go: all of it or nothing."""
    waiting = waiting_sale(uow, sale.held) if sale is not None and sale.held else None
    seen = require_ticket(uow, command.number)
    customer = require_customer(uow, seen.customer_id)
    uow.customers.hold(customer.id)
    hold_work(uow, {seen.number, *(line.number for line in sale.cart.lines)} if sale else {seen.number})
    ticket = require_ticket(uow, seen.number)
    jobs = leaving(ticket, command.positions)
    order = None
    if sale is not None:
        if sale.who is not None or sale.customer_id not in (None, customer.id):
            raise DomainError(
                "customer_differs",
                f"{ticket.number} belongs to {ticket.pl_id}, not to this customer.",
                field="line",
            )
        _hold_items(uow, jobs, sale)
        if waiting is not None and waiting.is_from_kiosk:
            sale = replace(sale, source=waiting.source)
        key, _ = complete(uow, sale, customer, waiting.id if waiting else None)
        order = uow.orders.get(key)
        assert order is not None
        queue_receipt(uow, order, sale.output)
    unpaid_facts = _refuse_unpaid(uow, ticket, jobs, unpaid)
    ticket = hand_over(uow, ticket, command, unpaid_facts)
    if command.output is not None:
        queue_paper(uow, paper_of_ticket(uow, ticket, PaperKind.HAND_BACK), command.output)
    return HandedBack(ticket, order)


def _hold_items(uow: "UnitOfWork", jobs: tuple[Job, ...], sale: Sell) -> None:
    """The parts of the devices and what else is sold, in the order in which everybody holds items."""
    parts = {use.item_id for job in jobs for use in uow.parts.reserved_for(job.id)}
    sold = {line.item_id for line in sale.cart.lines if line.kind is LineKind.ITEM and line.item_id}
    for key in sorted(parts | sold):
        uow.items.hold(key)


def _refuse_unpaid(
    uow: "UnitOfWork", ticket: Ticket, jobs: tuple[Job, ...], unpaid: str
) -> dict[str, object]:
    """What the journal says of money that is still owed; refuses it without a reason."""
    charged = uow.charges.of_devices(ticket.id)
    owed = sum(owed_of_job(job, charged) for job in jobs)
    if not owed:
        return {}
    reason = clean_text(unpaid, REASON_LIMIT, "unpaid")
    if reason:
        uow.actor.require(Permission.HAND_BACK_UNPAID, number=ticket.number, amount_minor=owed)
        return {"unpaid": reason, "owed_minor": owed}
    shown = uow.businesses.get().shown(owed)
    held = min(sum(minor for _, minor in deposits_for(uow, ticket.number)), owed)
    raise DomainError(
        "money_owed",
        f"{shown} is owed for {ticket.number}. Take it first, or put it on account.",
        field="pay",
        number=ticket.number,
        owed_minor=owed,
        deposit_minor=held,
        left_minor=owed - held,
    )
