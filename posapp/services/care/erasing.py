"""Forgetting a person, inside the transaction that does it: what stands in the way, what goes, what stays."""

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import day_number, to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.customers.customers import Customer
from posapp.domain.customers.privacy import Blocker, Share, tax_cutoff
from posapp.domain.people.users import Role, folded
from posapp.services.customers.tax_years import years_of
from posapp.storage.care.persons import Held

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

EMPTIED = "tax_papers_emptied"
"""The setting: for which year and years the tax papers of forgotten people were seen to."""


def blockers(uow: "UnitOfWork", customer: Customer, held: Held) -> tuple[Blocker, ...]:
    """What is not at its end yet."""
    pl, found = customer.pl_id, uow.persons.open_things(held, to_us(uow.now))
    standing, business = uow.ledger.standing(customer.id), uow.businesses.get()
    blocked = [Blocker("device_here", f"{one} has a device in the shop.") for one in found.here]
    blocked += [Blocker("loaner_out", f"A loaner of {one} is not back.") for one in found.lent]
    blocked += [Blocker("booking_ahead", f"{one} lies ahead.") for one in found.bookings]
    if found.is_waiting:
        blocked.append(Blocker("walk_in_waiting", f"{pl} waits in the queue."))
    blocked += [Blocker("sale_waiting", f"The sale {one} waits.") for one in found.held]
    users = [uow.users.get(key) for key in held.users]
    blocked += [
        Blocker("user_linked", f"{pl} is the customer of {one.name}, who works here. Disable the user first.")
        for one in users
        if one is not None and one.is_active and one.role is not Role.CUSTOMER
    ]
    if standing.debt_minor:
        blocked.append(Blocker("debt_open", f"{pl} owes {business.shown(standing.debt_minor)}."))
    if standing.all_credit_minor:
        blocked.append(
            Blocker("credit_open", f"The shop owes {pl} {business.shown(standing.all_credit_minor)}.")
        )
    return tuple(blocked)


def shares(uow: "UnitOfWork", customer: Customer, held: Held, entries: int) -> tuple[Share, ...]:
    """What goes, by kind; what there is none of is left out."""
    counted = {
        "phones": len(customer.phones),
        "contacts": len(customer.contacts),
        "consents": len(uow.consents.of_customer(customer.id)),
        "bookings": len(held.bookings) + len(held.walk_ins),
        "tickets": len(held.tickets),
        "devices": len(held.own_devices),
        "photos": len(held.photos),
        "papers": len(held.papers),
        "old_records": uow.person_of_old_data.count(held.customers),
        "entries": entries,
    }
    return tuple(Share(what, count) for what, count in counted.items() if count)


def staying(held: Held) -> tuple[Share, ...]:
    """What stays: the books without the name, and tax papers with it."""
    counted = {
        "orders": len(held.orders),
        "payments": len(held.payments),
        "gift_cards": len(held.gift_cards),
        "tax_papers": len(held.tax_papers),
    }
    return tuple(Share(what, count) for what, count in counted.items() if count)


def forget(uow: "UnitOfWork", customer: Customer, held: Held, reason: str) -> list[int]:
    """Empty the records and what the journal keeps beside its entries; the entries that were emptied."""
    entries = uow.erasing.entries(held)
    for key, ticket_id, number in uow.erasing.photos(held):
        ref = number_text(Letter.TICKET, number)
        uow.journal.add(Action.PHOTO_REMOVED, "ticket", ticket_id, ref=ref, after={"photo": key})
    for key, paper in uow.erasing.cancel_prints(held):
        uow.journal.add(Action.PAPER_CANCELLED, "document", key, ref=paper)
    uow.erasing.signatures(held)
    uow.person_of_old_data.forget(held.customers)  # while it is known how they are called
    uow.erasing.records(held)
    for key in held.users:
        _forget_user(uow, key, str(customer.pl_id))
    empty_tax_papers(uow, held)
    uow.journal.empty(uow.actor.business, entries)
    uow.journal.add(
        Action.PERSON_ERASED,
        "customer",
        customer.id,
        ref=str(customer.pl_id),
        after={"reason": reason, "entries": entries},
    )
    return entries


def _forget_user(uow: "UnitOfWork", key: int, pl_id: str) -> None:
    """End the person's own way in; of somebody who worked here the name stays, as on all that they did."""
    user = uow.users.get(key)
    assert user is not None
    called = pl_id if user.role is Role.CUSTOMER else user.name
    uow.users.update(
        key,
        name=called,
        name_fold=folded(called),
        email="",
        phone_key=None,
        phone_extension="",
        phone_mark=None,
        phone_typed="",
        pin_hash="",
        password_hash="",
        badge_hash="",
        customer_id=None,
        disabled_at=uow.stamp[0],
    )
    uow.journal.add(Action.USER_DISABLED, "user", key)


def empty_tax_papers(uow: "UnitOfWork", held: Held) -> int:
    """Empty those tax papers that have been kept for their years; how many."""
    business = uow.businesses.get()
    day = tax_cutoff(business.day_of(uow.now), years_of(uow))
    until = datetime.combine(day, time(), ZoneInfo(business.time_zone)).astimezone(UTC)
    return uow.erasing.tax_papers(held, to_us(until), day_number(day))


def refuse_named(reason: str, customer: Customer) -> None:
    """The reason stays: it must not name the person."""
    said = reason.casefold()
    digits = "".join(one for one in reason if one.isdecimal())
    named = [customer.name, customer.email, *(one.name for one in customer.contacts)]
    is_named = any(one and one.casefold() in said for one in named)
    if is_named or any(one.number.key.lstrip("+") in digits for one in customer.phones):
        raise DomainError(
            "reason_names", "The reason stays on record: say it without name and number.", field="reason"
        )
