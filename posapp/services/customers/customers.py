"""The customer desk: one customer per phone number, one PL ID for life.

`find_or_create` is the only way a customer with a phone comes to be; search, booking, command line and
(later) kiosk and import all use it. It is safe when two tills do it at once: both get the same customer.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import from_us, wall_of
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_name, clean_text, same_name
from posapp.domain.base.numbers import PL
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.stamps import Stamps
from posapp.domain.bookings.bookings import next_due
from posapp.domain.customers.customers import (
    ADDRESS_LIMIT,
    NOTE_LIMIT,
    REASON_LIMIT,
    TYPED_KEPT,
    Customer,
    CustomerCard,
    CustomerFacts,
    PhoneLine,
    PhoneOwner,
    Terms,
)
from posapp.domain.customers.pl_id import PlId
from posapp.services.base.edits import differing, refuse_stale, standing
from posapp.services.customers.terms import new_terms, told_terms

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.storage.customers.customers import CustomerChange
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
COMING = 50
"""So many bookings to come are looked at."""
FEW = 3
"""So many customers without a number are offered as the person who is typed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOrCreate:
    """A phone as parsed at the edge, and what else is known; a name is optional here."""

    phone: PhoneNumber
    name: str = ""
    email: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWithoutPhone:
    """A customer who cannot give a number, and why."""

    reason: str
    name: str
    email: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditCustomer:
    """New values for a customer; None leaves a field as it is. Terms need a permission of their own.

    `seen_version` is the version the form showed; a record changed elsewhere since is refused.
    """

    customer_id: int
    name: str | None = None
    email: str | None = None
    address: str | None = None
    note: str | None = None
    is_flagged: bool | None = None
    terms: Terms | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The customer of a number, and whether this call created the record."""

    customer: Customer
    created: bool
    other_name: str = ""
    """The name that was typed, where it is not yet on the account: offer it as a contact."""

    @property
    def said(self) -> str:
        """What happened, as it is shown and logged."""
        return f"created {self.customer.pl_id}" if self.created else f"reused {self.customer.pl_id}"


class CustomerDesk:
    """Finds, creates and changes customers."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- finding -------------------------------------------------------------------------------
    def who_has(self, actor: Actor, phone: PhoneNumber) -> PhoneOwner:
        """Who a number belongs to, or had it last; for forms while a clerk types."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            return phone_owner(uow, phone)

    def card(self, actor: Actor, customer_id: int) -> CustomerCard:
        """The customer with this key, and the facts."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            return card_of(uow, customer_id)

    def cards(self, actor: Actor, keys: Sequence[int]) -> list[Customer]:
        """The customers with these keys, in their order; keys that are gone are left out."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.customers.some(keys)

    def without_phone(self, actor: Actor, name: str, email: str = "") -> tuple[Customer, ...]:
        """Customers without a number who have this very name or address: perhaps it is one of them."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return tuple(uow.customers.some(uow.without_phone.like(name, email, FEW)))

    def resolve(self, actor: Actor, text: str) -> CustomerCard:
        """The customer that any form of an ID means: PL ID, phone, `user_<phone>`, an old system's ID."""
        from posapp.services.customers.resolving import resolve_key

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            return card_of(uow, resolve_key(uow, text))

    # -- creating ------------------------------------------------------------------------------
    def find_or_create(self, actor: Actor, command: FindOrCreate) -> Found:
        """The customer of a number, made with the next PL ID on first sight."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            found = find_or_create(uow, command)
            uow.commit()
        log.info("customer %s", found.said)
        return found

    def add_without_phone(self, actor: Actor, command: AddWithoutPhone) -> Customer:
        """A customer without a number; the reason stays on the record."""
        actor.require(Permission.CUSTOMER_WRITE)
        reason = clean_text(command.reason, REASON_LIMIT, "no_phone_reason")
        if not reason:
            raise DomainError("reason_missing", "Say why there is no phone number.", field="no_phone_reason")
        values = {
            "name": check_name(command.name),
            "email": check_email(command.email),
            "address": clean_text(command.address, ADDRESS_LIMIT, "address"),
            "note": clean_text(command.note, NOTE_LIMIT, "note"),
        }
        with self._store.work(actor) as uow:
            pl_id = PlId(uow.counters.next(PL))
            key = uow.customers.add(pl_id, no_phone_reason=reason, **values)
            uow.journal.add(
                Action.CUSTOMER_CREATED,
                "customer",
                key,
                ref=str(pl_id),
                after={**values, "no_phone_reason": reason},
            )
            customer = require_customer(uow, key)
            uow.commit()
        log.info("customer created %s", pl_id)
        return customer

    # -- changing ------------------------------------------------------------------------------
    def edit(self, actor: Actor, command: EditCustomer) -> Customer:
        """Correct a customer; shows everywhere at once, papers already printed stay as they were."""
        actor.require(Permission.CUSTOMER_WRITE)
        if command.terms is not None:
            actor.require(Permission.CUSTOMER_TERMS)
        with self._store.work(actor) as uow:
            customer = held_customer(uow, command.customer_id)
            then = "Look at the new values, then save again."
            stamps = customer.stamps
            refuse_stale(customer.pl_id, stamps, command.seen_version, then=then, version=stamps.version)
            changed = _edited(customer, command)
            was, is_now = standing(customer, changed), dict(changed)
            if command.terms is not None:
                terms = new_terms(uow, customer.terms, command.terms)
                was |= told_terms(uow, standing(customer.terms, terms))
                is_now |= told_terms(uow, terms)
                changed |= terms
            if changed:
                uow.customers.update(customer.id, **changed)
                if "name" in changed:
                    _refresh_words(uow, customer.id)
                uow.journal.add(
                    Action.CUSTOMER_EDITED,
                    "customer",
                    customer.id,
                    ref=str(customer.pl_id),
                    before=was,
                    after=is_now,
                )
            customer = require_customer(uow, command.customer_id)
            uow.commit()
        return customer

    def add_contact(
        self, actor: Actor, customer_id: int, name: str, *, email: str = "", note: str = ""
    ) -> Customer:
        """Put another person on an account; a name that is there already changes nothing."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            customer = held_customer(uow, customer_id)
            contact_for(uow, customer, name, email=email, note=note)
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def remove_contact(self, actor: Actor, customer_id: int, contact_id: int) -> Customer:
        """Take a person off an account; old bookings and papers keep the name."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            customer = held_customer(uow, customer_id)
            contact = next((one for one in customer.contacts if one.id == contact_id), None)
            if contact is None:
                raise DomainError("contact_unknown", f"This person is not on {customer.pl_id} any more.")
            uow.customers.archive_contact(contact_id)
            _refresh_words(uow, customer_id)
            uow.journal.add(
                Action.CONTACT_REMOVED,
                "customer",
                customer.id,
                ref=str(customer.pl_id),
                before={"contact": contact.name},
            )
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer


# -- inside a transaction: used by the booking desk, too ----------------------------------------------
def find_or_create(uow: "UnitOfWork", command: FindOrCreate) -> Found:
    """Look, hold the counter, look again, create. The counter is held only when there is nobody yet."""
    customer = uow.customers.of_phone(command.phone)
    if customer is None and not uow.is_sqlite:  # SQLite's writer is alone from its first statement
        uow.counters.hold(PL)
        customer = uow.customers.of_phone(command.phone)
    if customer is not None:
        if not uow.is_sqlite:  # where another till may merge them right now
            customer = _held(uow, customer.id)
        return Found(customer, created=False, other_name=_unknown_name(customer, command.name))
    values = {
        "name": clean_name(command.name) and check_name(command.name),
        "email": check_email(command.email),
        "address": clean_text(command.address, ADDRESS_LIMIT, "address"),
        "note": clean_text(command.note, NOTE_LIMIT, "note"),
    }
    pl_id = PlId(uow.counters.next(PL))
    key = uow.customers.add(pl_id, **values)
    line_id = uow.customers.add_phone(key, command.phone, is_primary=True)
    uow.journal.add(
        Action.CUSTOMER_CREATED, "customer", key, ref=str(pl_id), after={**values, "phone": command.phone.key}
    )
    return Found(_made(uow, key, pl_id, values, _line(uow, line_id, command.phone)), created=True)


def _line(uow: "UnitOfWork", key: int, phone: PhoneNumber) -> PhoneLine:
    """The first number of a new customer, as it will be read."""
    kept = PhoneNumber(phone.key, phone.extension, phone.mark, phone.typed[:TYPED_KEPT])
    return PhoneLine(key, kept, "", True, from_us(uow.stamp[0]))


def _made(uow: "UnitOfWork", key: int, pl_id: PlId, values: Mapping[str, str], line: PhoneLine) -> Customer:
    """A new customer with one number, as it will be read."""
    by, at = uow.stamp[1], line.started_at
    name, email, address, note = (values[name] for name in ("name", "email", "address", "note"))
    return Customer(
        key, pl_id, name, email, address, note, False, None, Stamps(at, by, at, by, 1), phones=(line,)
    )


def contact_for(
    uow: "UnitOfWork", customer: Customer, name: str, *, email: str = "", note: str = ""
) -> int | None:
    """The contact of that name on the account, added if need be; None for the account's own name."""
    name = check_name(name, field="contact")
    for holder in (customer, held_customer(uow, customer.id)):  # another till may have added the same person
        if holder.name and same_name(name, holder.name):
            return None
        known = next((one for one in holder.contacts if same_name(one.name, name)), None)
        if known is not None:
            return known.id
    key = uow.customers.add_contact(
        customer.id, name, email=check_email(email), note=clean_text(note, NOTE_LIMIT, "note")
    )
    _refresh_words(uow, customer.id)
    uow.journal.add(
        Action.CONTACT_ADDED, "customer", customer.id, ref=str(customer.pl_id), after={"contact": name}
    )
    return key


def require_customer(uow: "UnitOfWork", key: int) -> Customer:
    """The customer with this key; refuses with `customer_unknown`."""
    customer = uow.customers.get(key)
    if customer is None:
        raise _no_customer()
    return customer


def usable_customer(uow: "UnitOfWork", key: int) -> Customer:
    """The customer with this key, for whom something new is made; nothing is for somebody anonymised."""
    # On a server another till may forget the person, or merge it into another one, right now.
    customer = require_customer(uow, key) if uow.is_sqlite else _held(uow, key)
    refuse_erased(customer)
    return customer


def refuse_erased(customer: Customer) -> None:
    """Refuse what would tell of a person anew who is forgotten."""
    if customer.erased_at is not None:
        raise DomainError(
            "person_erased",
            f"{customer.pl_id} was anonymised. Make a new customer.",
            pl_id=str(customer.pl_id),
        )


def refuse_unknown(uow: "UnitOfWork", key: int) -> None:
    """Refuse a key that is no customer's, where nothing of the customer is needed."""
    if not uow.customers.has(key):
        raise _no_customer()


def _no_customer() -> DomainError:
    return DomainError("customer_unknown", "This customer is not in this shop.")


def held_customer(uow: "UnitOfWork", key: int) -> Customer:
    """The customer, kept from other tills' changes until this transaction ends.

    Everybody takes what they hold in one order, or two tills would wait for each other for ever: the PL
    counter (the door that all changes of numbers go through), customer, booking, person or bench, the
    counter of bookings, the journal's head.
    """
    customer = _held(uow, key)
    refuse_erased(customer)
    return customer


def _held(uow: "UnitOfWork", key: int) -> Customer:
    """The customer that is held: of a merged one the survivor, whom nobody merges meanwhile either."""
    held = uow.customers.hold(key)
    customer = require_customer(uow, key)
    return customer if customer.id == held else _held(uow, customer.id)  # merged while this one waited


def phone_owner(uow: "UnitOfWork", phone: PhoneNumber) -> PhoneOwner:
    """Who a number belongs to, or had it last."""
    key = uow.customers.owner_of(phone)
    if key is not None:
        return PhoneOwner(card_of(uow, key))
    return PhoneOwner(None, uow.customers.former_owners(phone))


def card_of(uow: "UnitOfWork", key: int) -> CustomerCard:
    """A customer with the facts; refuses with `customer_unknown`."""
    customer = require_customer(uow, key)
    return CustomerCard(customer, facts_of(uow, customer.id))


def facts_of(uow: "UnitOfWork", key: int, coming: "Sequence[Booking] | None" = None) -> CustomerFacts:
    """The facts of a customer, as far as the actor may know them; `coming` if it was read already."""
    business = uow.businesses.get()
    if coming is None:
        coming = uow.bookings.coming(key, wall_of(uow.now, business.time_zone).date(), limit=COMING)
    following = next_due(coming)
    facts = replace(
        uow.facts.of_customer(key),
        next_booking=following.number if following else None,
        next_booking_at=following.starts if following else None,
        next_booking_wall=following.wall_start if following else None,
        next_booking_with=following.resource if following else None,
    )
    return facts if uow.actor.may(Permission.ORDER_READ) else facts.without_money


def _unknown_name(customer: Customer, typed: str) -> str:
    name = clean_name(typed)
    known = (customer.name, *(contact.name for contact in customer.contacts))
    return "" if not name or any(same_name(name, one) for one in known) else name


def _edited(customer: Customer, command: EditCustomer) -> "CustomerChange":
    wanted: CustomerChange = {}
    if command.name is not None:
        name = clean_name(command.name)
        wanted["name"] = check_name(name) if name or customer.name else ""
    if command.email is not None:
        wanted["email"] = check_email(command.email)
    if command.address is not None:
        wanted["address"] = clean_text(command.address, ADDRESS_LIMIT, "address")
    if command.note is not None:
        wanted["note"] = clean_text(command.note, NOTE_LIMIT, "note")
    if command.is_flagged is not None:
        wanted["is_flagged"] = command.is_flagged
    return differing(customer, wanted)


def _refresh_words(uow: "UnitOfWork", key: int) -> None:
    customer = require_customer(uow, key)
    uow.customers.refresh_words(key, customer.name, [contact.name for contact in customer.contacts])
