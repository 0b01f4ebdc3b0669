"""What an import leaves, in one call: a batch, IDs of an old system, past records."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, insert

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import to_us
from posapp.services.desks import Shop
from posapp.storage.customers.tables import further_email
from posapp.storage.old_data.tables import (
    column_mapping,
    import_batch,
    import_note,
    legacy_business,
    legacy_id,
    past_record,
    staged_group,
    staged_record,
)
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import NOW

CAME = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)
THEN = datetime(2023, 3, 1, 12, 0, tzinfo=UTC)
_codes = itertools.count(1)


@contextmanager
def _writing(shop: Shop, actor: Actor) -> Iterator[UnitOfWork]:
    """A unit of work that keeps what it writes."""
    with shop.store.work(actor) as uow:
        yield uow
        uow.commit()


def _put(uow: UnitOfWork, table: Table, **values: Any) -> int:
    own = {"business_id": uow.actor.business, **values}
    made = uow.connection.execute(insert(table), own).inserted_primary_key
    assert made is not None
    return int(made[0])


def a_batch(shop: Shop, actor: Actor, *, system: str = "000", state: str = "applied", **values: Any) -> int:
    """The key of an import that came in on 2 May 2026."""
    at = to_us(values.pop("at", CAME))
    made = {"created_at": at, "created_by": "Till 1", "updated_at": at, "updated_by": "Till 1"}
    text = {"run": f"run-{next(_codes)}", "files": "[]", "settings": "{}", "result": ""}
    with _writing(shop, actor) as uow:
        row = {**text, "system": system, "state": state, "settled_at": at, **made, **values}
        return _put(uow, import_batch, **row)


def an_old_id(
    shop: Shop,
    actor: Actor,
    customer_id: int,
    code: str = "",
    *,
    system: str = "000",
    collection: str = "customers",
    batch_id: int | None = None,
    told: str = "",
) -> str:
    """Let a customer have had an ID in an old system; the ID."""
    batch_id = batch_id or a_batch(shop, actor, system=system)
    code = code or f"CUST-{next(_codes):03}"
    with _writing(shop, actor) as uow:
        _put(
            uow,
            legacy_id,
            customer_id=customer_id,
            batch_id=batch_id,
            system=system,
            collection=collection,
            code=code,
            code_fold=code.casefold(),
            told=told,
        )
    return code


def a_past_record(
    shop: Shop,
    actor: Actor,
    customer_id: int,
    *,
    kind: str = "ticket",
    code: str = "",
    system: str = "004",
    status: str = "in_progress",
    amount_minor: int = 0,
    is_counted: bool = True,
    at: datetime = THEN,
    batch_id: int | None = None,
    **told: Any,
) -> int:
    """The key of a booking, ticket, order or appointment of an old system; `told` are its other fields."""
    batch_id = batch_id or a_batch(shop, actor, system=system)
    code = code or f"{kind.upper()}-{next(_codes)}"
    with _writing(shop, actor) as uow:
        return _put(
            uow,
            past_record,
            customer_id=customer_id,
            batch_id=batch_id,
            kind=kind,
            system=system,
            collection=f"{kind}s",
            code=code,
            code_fold=code.casefold(),
            at=to_us(at),
            status=status,
            is_counted=is_counted,
            amount_minor=amount_minor,
            body=json.dumps(told, ensure_ascii=False) if told else "",
        )


def an_open_old_ticket(shop: Shop, actor: Actor, customer_id: int, **values: Any) -> int:
    """An old repair that is not at its end, with all that is needed to take it in."""
    told = {
        "ticket_number": "T-61868",
        "device_type": "phone",
        "device_model": "Galaxy A52",
        "issue_description": "Charging port",
        "notes": "two\nlines",
    }
    return a_past_record(shop, actor, customer_id, **{**told, **values})


def a_whole_import(shop: Shop, actor: Actor, customer_id: int) -> None:
    """Something in every table that an import writes, about one customer; one old repair goes on here."""
    batch = a_batch(shop, actor, at=NOW)
    code = f"{actor.business}-{customer_id}"
    an_old_id(shop, actor, customer_id, f"CUST-{code}", batch_id=batch, told="{}")
    own: dict[str, Any] = {"system": "000", "batch_id": batch}
    a_past_record(shop, actor, customer_id, kind="order", code=f"O-{code}", amount_minor=700, **own)
    shop.past.take_in(actor, an_open_old_ticket(shop, actor, customer_id, code=f"T-{code}", **own))
    a_further_email(shop, actor, customer_id, f"further{code}@example.com")
    at = to_us(CAME)
    made = {"created_at": at, "created_by": "Till 1", "updated_at": at, "updated_by": "Till 1"}
    row = {"batch_id": batch, "row": 1, "code": "CUST-7"}
    with _writing(shop, actor) as uow:
        _put(uow, staged_record, **row, file=0, collection="customers", role=0)
        _put(uow, staged_group, batch_id=batch, place=1, key=code, customer_id=customer_id)
        _put(uow, import_note, **row, kind="rejected", file="customers.json")
        _put(uow, legacy_business, system="002", code=code)
        _put(uow, column_mapping, columns="digest", mapping='{"Name": "name"}', **made)


def a_further_email(shop: Shop, actor: Actor, customer_id: int, email: str) -> None:
    """A further address of a customer, as an import brings it."""
    with _writing(shop, actor) as uow:
        _put(uow, further_email, customer_id=customer_id, email=email, created_at=to_us(CAME))
