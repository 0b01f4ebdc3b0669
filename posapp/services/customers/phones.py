"""The phone desk: numbers come, go, change hands, and never belong to two customers.

All changes of numbers go through one door, the PL counter, so that two tills cannot both take a number.
"""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import PL
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.customers import LABEL_LIMIT, Customer, PhoneLine
from posapp.services.customers.customers import (
    FindOrCreate,
    Found,
    find_or_create,
    held_customer,
    require_customer,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

ENDED, PASSED_ON = "The number ended.", "Another person has the number now."
"""Why a customer has no number after the last one went (rule 1 of `posapp.domain`)."""


class PhoneDesk:
    """Adds, ends, moves and labels the numbers of customers."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def add_phone(
        self,
        actor: Actor,
        customer_id: int,
        phone: PhoneNumber,
        *,
        label: str = "",
        make_primary: bool = False,
    ) -> Customer:
        """Give a customer a further number; refused if it belongs to another one."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            _add_phone(uow, customer, phone, label=label, make_primary=make_primary)
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def give_number(self, actor: Actor, customer_id: int, phone: PhoneNumber) -> Customer:
        """A customer without a number has this one now; refused where they have another, or it an owner."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            if customer.current_phones and customer.phone != phone:
                raise DomainError(
                    "phone_known",
                    f"{customer.pl_id} has a number by now. Ask whether it is the same person.",
                    field="phone",
                    pl_id=str(customer.pl_id),
                )
            if not customer.current_phones:
                _add_phone(uow, customer, phone, label="", make_primary=True)
                customer = require_customer(uow, customer_id)
                uow.commit()
        return customer

    def label_phone(self, actor: Actor, customer_id: int, line_id: int, label: str) -> Customer:
        """Name a number: mobile, work, mother."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            customer = held_customer(uow, customer_id)
            line = _line(customer, line_id)
            label = clean_text(label, LABEL_LIMIT, "label")
            uow.customers.set_phone_label(line.id, label)
            uow.journal.add(
                Action.PHONE_LABELLED,
                "customer",
                customer.id,
                ref=str(customer.pl_id),
                before={"phone": line.number.key, "label": line.label},
                after={"phone": line.number.key, "label": label},
            )
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def make_primary(self, actor: Actor, customer_id: int, line_id: int) -> Customer:
        """Choose the number that stands beside the name."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            line = _line(customer, line_id)
            uow.customers.set_primary(customer.id, line.id)
            uow.journal.add(
                Action.PHONE_PRIMARY,
                "customer",
                customer.id,
                ref=str(customer.pl_id),
                before={"phone": customer.phone.key if customer.phone else None},
                after={"phone": line.number.key},
            )
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def change_number(self, actor: Actor, customer_id: int, old_line_id: int, new: PhoneNumber) -> Customer:
        """The customer has a new number instead of an old one; the old one stays searchable as "former"."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            line = _line(customer, old_line_id)
            _end_phone(uow, customer, line, is_former=True, is_replaced=True)
            _add_phone(
                uow, require_customer(uow, customer_id), new, label=line.label, make_primary=line.is_primary
            )
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def end_phone(
        self, actor: Actor, customer_id: int, line_id: int, *, was_mistaken: bool = False
    ) -> Customer:
        """The number is the customer's no longer; it stays searchable as "former", unless it never was.

        Then whoever had it before is called its former owner again.
        """
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            line = _line(customer, line_id)
            _end_phone(uow, customer, line, is_former=not was_mistaken)
            if was_mistaken:
                uow.former_marks.give_back(line)
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def pass_on(self, actor: Actor, command: FindOrCreate) -> Found:
        """Another person has this number now: its customer loses it, dated; the person gets a new PL ID."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            key = uow.customers.owner_of(command.phone)
            if key is None:
                found = find_or_create(uow, command)
            else:
                old = require_customer(uow, key)
                line = _line_of(old, command.phone)
                reason = _end_line(uow, old, line, is_former=False, reason=PASSED_ON)
                found = find_or_create(uow, command)
                _tell_passed(uow, old, line, reason, found.customer)
            uow.commit()
        return found

    def move_phone(
        self, actor: Actor, customer_id: int, phone: PhoneNumber, *, ends: int | None = None
    ) -> Customer:
        """Give a number that belongs to another customer to this one; the other keeps the history.

        It may stand instead of one of theirs: `ends` is the line of that, which stays searchable as "former",
        and gives its label to the new one, and its place if it was the main number.
        """
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            owner = uow.customers.owner_of(phone)
            if owner == customer.id:
                _refuse_taken(uow, phone, customer)
            instead = None if ends is None else _line(customer, ends)
            if owner is not None:
                other = require_customer(uow, owner)
                line = _line_of(other, phone)
                reason = _end_line(uow, other, line, is_former=False, reason=PASSED_ON)
                _tell_passed(uow, other, line, reason, customer)
            _add_phone(
                uow,
                customer,
                phone,
                label=instead.label if instead else "",
                make_primary=instead is not None and instead.is_primary,
            )
            customer = require_customer(uow, customer_id)
            if ends is not None:
                _end_phone(uow, customer, _line(customer, ends), is_former=True)
                customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def swap(self, actor: Actor, customer_id: int, line_id: int, phone: PhoneNumber) -> Customer:
        """Two customers exchange a number each: `phone` is another one's, and gets this customer's instead.

        Both keep the history of the number that they had, dated; neither is called "former", because somebody
        has it. `DomainError` phone_nobodys, phone_own, phone_ended.
        """
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            owner = uow.customers.owner_of(phone)
            for key in sorted({customer_id, customer_id if owner is None else owner}):
                uow.customers.hold(key)
            customer = held_customer(uow, customer_id)
            mine = _line(customer, line_id)
            if owner is None:
                raise DomainError("phone_nobodys", "Nobody has this number: change it.", field="phone")
            if owner == customer.id:
                _refuse_taken(uow, phone, customer)
            other = held_customer(uow, owner)
            theirs = _line_of(other, phone)
            for line in (mine, theirs):
                uow.customers.end_phone(line, is_former=False)
            _exchange(uow, customer, mine, theirs, other)
            _exchange(uow, other, theirs, mine, customer)
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer

    def take_back(self, actor: Actor, customer_id: int, phone: PhoneNumber) -> Customer:
        """A former number is this customer's again ("It is PL7 again")."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            customer = held_customer(uow, customer_id)
            _refuse_taken(uow, phone, customer)
            line = next((one for one in customer.phones if one.is_former and one.number == phone), None)
            if line is None:
                raise DomainError(
                    "phone_not_former", f"{customer.pl_id} has not had this number.", field="phone"
                )
            uow.customers.reopen_phone(line, is_primary=not customer.current_phones)
            if customer.no_phone_reason:
                uow.customers.update(customer.id, no_phone_reason=None)
            uow.journal.add(
                Action.PHONE_TAKEN_BACK,
                "customer",
                customer.id,
                ref=str(customer.pl_id),
                before={"no_phone_reason": customer.no_phone_reason},
                after={"phone": phone.key, "no_phone_reason": None},
            )
            customer = require_customer(uow, customer_id)
            uow.commit()
        return customer


def renumber(uow: "UnitOfWork", customer_id: int, old: PhoneNumber | None, new: PhoneNumber) -> None:
    """Let a customer have `new` instead of `old`, which stays searchable as "former"; the counter is held.

    Refuses a number of somebody else with `phone_taken`.
    """
    customer = held_customer(uow, customer_id)
    if any(one.number == new for one in customer.current_phones):
        return
    line = next((one for one in customer.current_phones if one.number == old), None)
    if line is None:
        _add_phone(uow, customer, new, label="", make_primary=False)
        return
    _end_phone(uow, customer, line, is_former=True, is_replaced=True)
    customer = require_customer(uow, customer_id)
    _add_phone(uow, customer, new, label=line.label, make_primary=line.is_primary)


def _line(customer: Customer, line_id: int) -> PhoneLine:
    line = next((one for one in customer.current_phones if one.id == line_id), None)
    if line is None:
        raise DomainError("phone_ended", f"This number is no longer one of {customer.pl_id}.", field="phone")
    return line


def _line_of(customer: Customer, phone: PhoneNumber) -> PhoneLine:
    """The line of a number that is one of theirs now."""
    return next(one for one in customer.current_phones if one.number == phone)


def _refuse_taken(uow: "UnitOfWork", phone: PhoneNumber, customer: Customer) -> None:
    owner = uow.customers.owner_of(phone)
    if owner is None:
        return
    if owner == customer.id:
        raise DomainError("phone_own", f"{customer.pl_id} already has this number.", field="phone")
    other = require_customer(uow, owner)
    raise DomainError(
        "phone_taken",
        f"Belongs to {other.pl_id} {other.name}".rstrip() + ". Open it, or move the number.",
        field="phone",
        customer_id=other.id,
        pl_id=str(other.pl_id),
        name=other.name,
    )


def _add_phone(
    uow: "UnitOfWork", customer: Customer, phone: PhoneNumber, *, label: str, make_primary: bool
) -> None:
    _refuse_taken(uow, phone, customer)
    label = clean_text(label, LABEL_LIMIT, "label")
    first = not customer.current_phones
    line_id = uow.customers.add_phone(customer.id, phone, label=label, is_primary=first)
    if make_primary and not first:
        uow.customers.set_primary(customer.id, line_id)
    if customer.no_phone_reason:
        uow.customers.update(customer.id, no_phone_reason=None)
    uow.journal.add(
        Action.PHONE_ADDED,
        "customer",
        customer.id,
        ref=str(customer.pl_id),
        before={"no_phone_reason": customer.no_phone_reason},
        after={"phone": phone.key, "label": label, "no_phone_reason": None},
    )


def _exchange(uow: "UnitOfWork", customer: Customer, old: PhoneLine, new: PhoneLine, other: Customer) -> None:
    """Give a customer a number in the place of one that has ended."""
    uow.customers.add_phone(customer.id, new.number, label=old.label, is_primary=old.is_primary)
    uow.journal.add(
        Action.PHONES_SWAPPED,
        "customer",
        customer.id,
        ref=str(customer.pl_id),
        before={"phone": old.number.key},
        after={"phone": new.number.key, "other": str(other.pl_id)},
    )


def _end_phone(
    uow: "UnitOfWork", customer: Customer, line: PhoneLine, *, is_former: bool, is_replaced: bool = False
) -> None:
    """End a number and tell it."""
    reason = _end_line(uow, customer, line, is_former=is_former, is_replaced=is_replaced)
    uow.journal.add(
        Action.PHONE_ENDED,
        "customer",
        customer.id,
        ref=str(customer.pl_id),
        before={"phone": line.number.key, "no_phone_reason": customer.no_phone_reason},
        after={"no_phone_reason": reason, "mistaken_line": None if is_former else line.id},
    )


def _end_line(
    uow: "UnitOfWork",
    customer: Customer,
    line: PhoneLine,
    *,
    is_former: bool,
    is_replaced: bool = False,
    reason: str = ENDED,
) -> str | None:
    """End a number; one that goes without another in its place leaves the reason why there is none."""
    uow.customers.end_phone(line, is_former=is_former)
    rest = [one for one in customer.current_phones if one.id != line.id]
    if line.is_primary and rest:
        uow.customers.set_primary(customer.id, rest[0].id)
    if rest or is_replaced:
        return None
    uow.customers.update(customer.id, no_phone_reason=reason)
    return reason


def _tell_passed(
    uow: "UnitOfWork", old: Customer, line: PhoneLine, reason: str | None, new: Customer
) -> None:
    """Either customer's story names the other one."""
    number = line.number.key
    uow.journal.add(
        Action.PHONE_PASSED_ON,
        "customer",
        old.id,
        ref=str(old.pl_id),
        before={"phone": number, "no_phone_reason": old.no_phone_reason},
        after={"no_phone_reason": reason, "other": str(new.pl_id)},
    )
    uow.journal.add(
        Action.PHONE_TAKEN_OVER,
        "customer",
        new.id,
        ref=str(new.pl_id),
        after={"phone": number, "other": str(old.pl_id)},
    )
