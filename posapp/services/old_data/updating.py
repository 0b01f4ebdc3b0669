"""Rows of a table that came before and say something else now; what a table knows of somebody who is here.

The plan of a table marks rows whose ID is known; here their customers get what the rows say now, field by
field, where nobody changed it in the shop since.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL
from posapp.domain.base.phone import PhoneMark, PhoneNumber
from posapp.domain.customers.customers import ADDRESS_LIMIT, NOTE_LIMIT, Customer
from posapp.domain.old_data.imports import System
from posapp.domain.old_data.staging import KNOWN, Told
from posapp.domain.old_data.table_updates import FieldChange, Said, Standing, changes
from posapp.services.customers.customers import held_customer
from posapp.services.customers.phones import renumber
from posapp.storage.old_data.staging import Staging

if TYPE_CHECKING:
    from posapp.services.old_data.applying import Person
    from posapp.storage.customers.customers import CustomerChange
    from posapp.storage.unit_of_work import UnitOfWork

PORTION = 200
Note = tuple[str, int, str, str, str]
"""File, row, code, message, and nothing of the row itself."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A row whose ID is known and that says something else than before."""

    key: int
    file: int
    row: int
    legacy: int
    customer_id: int
    told: Told
    was: Said
    standing: Standing

    @property
    def now(self) -> Said:
        """What it says now."""
        return read_said(self.told.rest)

    def numbers(self) -> list[PhoneNumber]:
        """The numbers in it; the first one's key is that of the row."""
        keys = [str(one) for one in _listed(self.now, "phones")]
        parts = [self.told.phone or ("", "", ""), *(one[1:] for one in self.told.phones)]
        return [
            PhoneNumber(key, extension, PhoneMark(mark) if mark else None, typed)
            for key, (extension, mark, typed) in zip(keys, parts, strict=False)
        ]


def read_said(text: str) -> Said:
    """What a row said, as it was kept."""
    found = json.loads(text) if text.startswith("{") else {}
    return found if isinstance(found, dict) else {}


def _listed(said: Said, name: str) -> Sequence[object]:
    found = said.get(name, ())
    return found if isinstance(found, list) else ()


class Updates:
    """The changed rows of one batch, read where it was planned."""

    def __init__(self, planned: Staging, batch: int, business: int, system: System) -> None:
        self._planned = planned
        self._bound = {"b": batch, "shop": business, "system": system.value}

    def portions(self) -> Iterator[list[Changed]]:
        """All of them, in the order of the file."""
        last = 0
        while rows := self._rows(last):
            last = rows[-1].id
            found = [one for one in map(self._changed, rows) if one is not None]
            if found:
                yield found

    def _rows(self, last: int) -> list[Any]:
        return list(
            self._planned.run(
                "SELECT s.id, s.file, s.row, s.body, k.id AS legacy, k.told, c.id AS customer_id, c.name, "
                "c.email, c.address, c.note FROM staged_record s JOIN legacy_id k ON k.business_id = :shop "
                "AND k.system = :system AND k.collection = s.collection AND k.code = s.code "
                f"JOIN customer c ON c.id = k.customer_id WHERE s.batch_id = :b AND s.fault = '{KNOWN}' "
                "AND c.erased_at IS NULL AND s.id > :last ORDER BY s.id LIMIT :most",
                last=last,
                most=10 * PORTION,
                **self._bound,
            )
        )

    def _changed(self, row: Any) -> Changed | None:
        told = Told.read(row.body)
        was = read_said(row.told)
        if was == read_said(told.rest):
            return None
        standing = Standing(row.name, row.email, row.address, row.note)
        return Changed(row.id, row.file, row.row, row.legacy, row.customer_id, told, was, standing)

    def planned_notes(self, files: Sequence[str]) -> Iterator[list[Note]]:
        """What would be changed, as far as nobody works in the shop meanwhile."""
        for portion in self.portions():
            owners = self._planned.owners(
                int(self._bound["shop"]),
                [key for one in portion for key in map(str, _listed(one.now, "phones"))],
            )
            notes: list[Note] = []
            for one in portion:
                mine = [key for key, owner in owners.items() if owner == one.customer_id]
                found = changes(replace(one.standing, phones=mine), one.was, one.now)
                told = (replace(each, is_kept=each.is_kept or each.after in owners) for each in found)
                notes += notes_of(files[one.file], one.row, told)
            yield notes


def notes_of(file: str, row: int, found: "Iterator[FieldChange] | list[FieldChange]") -> list[Note]:
    """What is told of a row, a note for each field."""
    return [(file, row, f"{one.field}_kept" if one.is_kept else one.field, one.sentence, "") for one in found]


def update(uow: "UnitOfWork", portion: Sequence[Changed], files: Sequence[str]) -> list[Note]:
    """Change the customers of some rows as they say now; what is told of that."""
    uow.counters.hold(PL)
    notes: list[Note] = []
    for one in portion:
        try:
            customer = held_customer(uow, one.customer_id)
        except DomainError:  # forgotten or gone since the rows were read
            continue
        found = changes(_standing(customer), one.was, one.now)
        values = {each.field: each.after for each in found if not each.is_kept and each.field != "phone"}
        edit(uow, customer, values)
        numbers = {number.key: number for number in one.numbers()}
        told = [
            _added(uow, customer, each, numbers[each.after]) if each.field == "phone" else each
            for each in found
            if each.field != "phone" or each.after in numbers
        ]
        uow.mappings.retell(one.legacy, one.told.rest)
        notes += notes_of(files[one.file], one.row, told)
    return notes


def _standing(customer: Customer) -> Standing:
    phones = [line.number.key for line in customer.current_phones]
    return Standing(customer.name, customer.email, customer.address, customer.note, phones)


def _added(uow: "UnitOfWork", customer: Customer, change: FieldChange, number: PhoneNumber) -> FieldChange:
    if uow.customers.owner_of(number) is not None:
        return replace(change, is_kept=True)
    renumber(uow, customer.id, None, number)
    return change


def edit(uow: "UnitOfWork", customer: Customer, values: dict[str, str]) -> None:
    """Change fields of a customer as a clerk would."""
    if not values:
        return
    limits = {"address": ADDRESS_LIMIT, "note": NOTE_LIMIT}
    changed: CustomerChange = {}
    for name, text in values.items():
        changed[name] = text[: limits.get(name)].rstrip()  # type: ignore[literal-required]
    uow.customers.update(customer.id, **changed)
    if "name" in values:
        contacts = [contact.name for contact in customer.contacts]
        uow.customers.refresh_words(customer.id, values["name"], contacts)
    uow.journal.add(
        Action.CUSTOMER_EDITED,
        "customer",
        customer.id,
        ref=str(customer.pl_id),
        before={name: getattr(customer, name) for name in values},
        after=dict(changed),
    )


def fill(uow: "UnitOfWork", customer: Customer, person: "Person") -> bool:
    """Give somebody who is here what a table tells and the record lacks; whether that was anything."""
    told = {
        "name": next(iter(person.names), ""),
        "email": next(iter(person.emails), ""),
        "address": person.address,
        "note": person.note,
    }
    values = {name: text for name, text in told.items() if text and not getattr(customer, name)}
    edit(uow, customer, values)
    return bool(values)
