"""What was approved binds the price of each device, whichever way it comes, inside a transaction.

The limit is that of the version that holds, for the devices that this version prices. A device beside it has
the price it was taken in at; more is asked for in a new version, as is more than the limit.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.estimates import Estimate, approved_limit, approved_of, asked_of
from posapp.domain.repairs.tickets import Job, Ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def refuse_price(uow: "UnitOfWork", ticket: Ticket, job: Job, price_minor: int | None) -> None:
    """Refuse a new price for a device that goes beyond what the customer agreed to, or was asked."""
    if price_minor is None or price_minor <= (job.price_minor or 0):
        return
    versions = uow.estimates.of_ticket(ticket.id)
    holding, asked, limit = approved_of(versions), asked_of(versions), approved_limit(versions)
    if holding is not None and limit is not None:
        if job.position not in holding.positions or _together(ticket, job, price_minor, holding) > limit:
            raise _above(uow, ticket, limit)
    elif asked is not None and job.position in asked.positions:
        raise DomainError(
            "estimate_waits",
            f"Estimate {asked.version} of {ticket.number} waits for the customer. Note the answer first.",
            field="price",
            number=ticket.number,
        )


def limit_left(ticket: Ticket, versions: Sequence[Estimate]) -> int | None:
    """How far the customer lets the price of what is still here go; what left took its part of the limit."""
    holding, limit = approved_of(versions), approved_limit(versions)
    if holding is None or limit is None:
        return None
    gone = (one for one in ticket.jobs if not one.is_here and one.position in holding.positions)
    return limit - sum(one.price_minor or 0 for one in gone)


def _together(ticket: Ticket, job: Job, price_minor: int, holding: Estimate) -> int:
    """What the devices of the version that holds would cost."""
    others = (one for one in ticket.jobs if one.id != job.id and one.position in holding.positions)
    return price_minor + sum(one.price_minor or 0 for one in others)


def _above(uow: "UnitOfWork", ticket: Ticket, limit: int) -> DomainError:
    shown = uow.businesses.get().shown(limit)
    return DomainError(
        "limit_exceeded",
        f"{shown} were approved for {ticket.number}. Ask the customer with a new estimate.",
        field="price",
        number=ticket.number,
        limit_minor=limit,
    )
