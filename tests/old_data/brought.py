"""An import as it stands once it is applied: rows put in past any notes, told by count and weight."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, text

from posapp.domain.base.actor import Actor
from posapp.domain.base.folding import search_words
from posapp.domain.base.numbers import PL
from posapp.domain.old_data.batches import Made, result_text
from posapp.domain.old_data.imports import BatchState, ImportFile, ImportResult, System
from posapp.services.desks import Shop
from posapp.storage.base.records import weigh
from posapp.storage.base.tables import metadata
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import a_phone

THEN = 1_600_000_000_000_000
_codes = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Brought:
    """A batch: its key and those of the customers whom it made."""

    batch: int
    people: tuple[int, ...]


def plainly(uow: UnitOfWork, name: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Put rows in without a note, then tell how many and how heavy they are; their keys."""
    if not rows:
        return []
    table = metadata.tables[name]
    first = uow.connection.execute(text(f"SELECT coalesce(max(id), 0) + 1 FROM {name}")).scalar_one()
    keys = list(range(first, first + len(rows)))
    for key, row in zip(keys, rows, strict=True):
        values = {"id": key, "business_id": uow.actor.business, **row}
        marks = ", ".join(f":{one}" for one in values)
        uow.connection.execute(text(f"INSERT INTO {name} ({', '.join(values)}) VALUES ({marks})"), values)
    _move_on(uow, table)
    uow.journal.tell_many(
        added={name: weigh(uow.connection, table, keys, business=uow.actor.business, is_sqlite=uow.is_sqlite)}
    )
    return keys


def _move_on(uow: UnitOfWork, table: Table) -> None:
    if not uow.is_sqlite:
        uow.connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT max(id) FROM {table.name}))"
            )
        )


def brought(
    shop: Shop,
    actor: Actor,
    people: int = 3,
    *,
    found: Sequence[int] = (),
    owes: int = 0,
    state: BatchState = BatchState.APPLIED,
) -> Brought:
    """A batch that made some customers, each with two past records, and added to some who were `found`."""
    with shop.store.work(actor) as uow:
        files = [ImportFile("customers", "customers.json", rows=people)]
        batch = uow.batches.add(f"run-{next(_codes)}", System.BOOKING_SYSTEM, files, "{}", state)
        last = uow.counters.hold(PL)
        stamps = {"created_by": "Till 1", "updated_at": uow.stamp[0], "updated_by": "Till 1"}
        numbers = range(last + 1, last + 1 + people)
        rows = [_person(number) | stamps for number in numbers]
        made = {"customer": plainly(uow, "customer", rows)}
        uow.counters.set(PL, last + people)
        made["phone"] = plainly(uow, "phone", [_phone(key, uow.stamp[0]) for key in made["customer"]])
        both = [*made["customer"], *found]
        numbered = dict(zip(made["customer"], numbers, strict=True))
        made["contact"] = plainly(
            uow,
            "contact",
            [
                {"customer_id": key, "name": f"Tom {numbered.get(key, key)}"}
                | {"created_at": uow.stamp[0]}
                | stamps
                for key in both
            ],
        )
        mails = [
            {"customer_id": key, "email": f"a{key}@b.example", "created_at": uow.stamp[0]} for key in both
        ]
        made["further_email"] = plainly(uow, "further_email", mails)
        if owes:
            opening = {"account": "debt", "amount_minor": owes, "business_day": 20261118}
            opening |= {"created_at": uow.stamp[0], "created_by": "Till 1"}
            made["ledger_entry"] = plainly(
                uow, "ledger_entry", [{"customer_id": key} | opening for key in made["customer"]]
            )
        plainly(uow, "legacy_id", [_old_id(key, batch) for key in both])
        plainly(uow, "past_record", [_past(key, batch) for key in both for _ in range(2)])
        for key in found:
            _called(uow, key)
        uow.facts.note(both)
        uow.batches.note_made(batch, made)
        result = ImportResult(System.BOOKING_SYSTEM, rows=len(both) * 4, created=people, past=2 * len(both))
        if state is BatchState.APPLIED:
            uow.batches.settle(batch, state, result=result_text(result))
        uow.commit()
    return Brought(batch, tuple(made["customer"]))


def a_staged_row(shop: Shop, actor: Actor, batch: int) -> None:
    """A row that waits, and a refused one as it came."""
    with shop.store.work(actor) as uow:
        row = {"batch_id": batch, "file": 0, "row": 2, "collection": "customers", "role": 0, "code": "C1"}
        plain = {"body": '{"name": "Zelda Quist"}', "phone_key": "+353850001234"}
        uow.connection.execute(
            metadata.tables["staged_record"].insert(), {"business_id": actor.business, **row, **plain}
        )
        said = {"batch_id": batch, "kind": "rejected", "file": "customers.json", "row": 3}
        uow.connection.execute(
            metadata.tables["import_note"].insert(),
            {"business_id": actor.business, **said, "code": "phone_missing", "raw": "C2,Zelda Quist,,"},
        )
        uow.commit()


def _person(number: int) -> dict[str, Any]:
    name = f"Old Person {number}"
    folded, _ = search_words(name)
    words = " ".join(search_words(f"Tom {number}")[:1])
    told = {"pl_number": number, "name": name, "name_fold": folded, "more_words": words, "created_at": THEN}
    return told | {"no_phone_reason": None}


def _phone(key: int, at: int) -> dict[str, Any]:
    number = a_phone()
    told = {"key": number.key, "reversed": number.reversed_digits, "typed": number.typed}
    return {"customer_id": key, **told, "is_primary": True, "started_at": at, "started_by": "Till 1"}


def _old_id(key: int, batch: int) -> dict[str, Any]:
    code = f"CUST-{next(_codes):04}"
    old = {"system": "000", "collection": "customers", "code": code, "code_fold": code.casefold()}
    return {"customer_id": key, "batch_id": batch, **old}


def _past(key: int, batch: int) -> dict[str, Any]:
    code = f"BOOK-{next(_codes):04}"
    old = {"system": "000", "collection": "bookings", "code": code, "code_fold": code.casefold()}
    told = {"kind": "booking", "at": THEN, "status": "done", "is_counted": True, "amount_minor": 1500}
    return {"customer_id": key, "batch_id": batch, **old, **told, "body": json.dumps({"note": "x"})}


def _called(uow: UnitOfWork, key: int) -> None:
    """Whoever was here is found by the new name, too."""
    person = uow.customers.get(key)
    assert person is not None
    uow.customers.refresh_words(key, person.name, [one.name for one in person.contacts])


def made_of(shop: Shop, actor: Actor, batch: int) -> Made:
    """What a batch remembers of what it made."""
    with shop.store.look(actor) as uow:
        return uow.batches.made(batch)
