"""A customer with a record in every table that points at one, and all that a database holds."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import insert, select

from posapp.domain.base.actor import Actor
from posapp.domain.customers.customers import Customer
from posapp.domain.old_data.merging import Merge, Merged
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.storage.base.tables import metadata
from posapp.storage.counter.tables import kiosk_arrival
from posapp.storage.customers.tables import customer
from posapp.storage.old_data.tables import import_batch, legacy_id, past_record
from posapp.storage.people.tables import user_account
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import a_customer
from tests.whole_shops import a_whole_shop

GROWS = frozenset({"journal", "journal_personal", "journal_head", "customer_merge", "duplicate_pair"})
"""What a merge and its undo write for good, and suggestions, which are found anew."""
STAMPS = frozenset({"updated_at", "updated_by", "version"})


def merged(shop: Shop, actor: Actor, loser: Customer, survivor: Customer, **values: Any) -> Merged:
    """Let one customer be a part of another one."""
    return shop.merging.merge(actor, Merge(survivor_id=survivor.id, loser_id=loser.id, **values))


def fresh(shop: Shop, actor: Actor, one: Customer) -> Customer:
    """A customer as it is now."""
    return shop.customers.card(actor, one.id).customer


def with_everything(shop: Shop, actor: Actor) -> Customer:
    """A customer who has something in every table, in a shop that has something in every table."""
    a_whole_shop(shop, actor)
    with shop.store.work(actor) as uow:
        whole = _key(uow, select(customer.c.id).where(customer.c.name == "Whole Customer"))
        let_in = _key(
            uow, select(kiosk_arrival.c.customer_id).where(kiosk_arrival.c.customer_id.is_not(None))
        )
        of_user = _key(uow, select(user_account.c.customer_id).where(user_account.c.customer_id.is_not(None)))
        from_before(uow, whole)
        uow.commit()
    shop.customers.edit(actor, EditCustomer(customer_id=whole, email="whole@example.com"))
    shop.customers.edit(actor, EditCustomer(customer_id=let_in, email="let.in@example.com"))
    for key in (let_in, of_user):
        shop.merging.merge(actor, Merge(survivor_id=whole, loser_id=key))
    return shop.customers.card(actor, whole).customer


def _key(uow: UnitOfWork, asked: Any) -> int:
    found = uow.connection.execute(asked).scalars().first()
    assert found is not None
    return int(found)


def from_before(uow: UnitOfWork, customer_id: int) -> None:
    """Let a customer have come from another system, with a past record."""
    business, at = uow.actor.business, uow.stamp[0]
    made = {"created_at": at, "created_by": "x", "updated_at": at, "updated_by": "x"}
    kept = uow.connection.execute(
        insert(import_batch),
        {"business_id": business, "run": "r", "system": "000", "state": "applied"}
        | {"files": "[]", "settings": "{}", "result": "{}", "settled_at": at, **made},
    ).inserted_primary_key
    assert kept is not None
    batch = kept[0]
    code = f"CUST-{customer_id}"
    own = {"business_id": business, "customer_id": customer_id, "batch_id": batch, "system": "000"}
    own |= {"collection": "customers", "code": code, "code_fold": code.casefold()}
    uow.connection.execute(insert(legacy_id), own)
    uow.connection.execute(
        insert(past_record), {**own, "kind": "order", "at": at, "is_counted": True, "amount_minor": 700}
    )


def faults(shop: Shop) -> dict[str, tuple[str, ...]]:
    """What `verify` says, as of an import whose rows a test wrote by hand."""
    return {one.rule: tuple(one.examples) for one in verify(shop.store) if not one.is_kept}


def a_pair(shop: Shop, actor: Actor) -> tuple[Customer, Customer]:
    """A survivor and a loser, each with a number."""
    return a_customer(shop, actor, "Asha Kumar"), a_customer(shop, actor, "Asha Kumari")


def dump(shop: Shop, actor: Actor, but: Collection[str] = GROWS) -> dict[str, list[str]]:
    """Every table of the database, row by row, without stamps of changes."""
    found: dict[str, list[str]] = {}
    with shop.store.look(actor, snapshot=True) as uow:
        for table in metadata.sorted_tables:
            if table.name not in but:
                columns = [one for one in table.c if one.name not in STAMPS]
                rows = uow.connection.execute(select(*columns))
                found[table.name] = sorted(json.dumps([str(value) for value in row]) for row in rows)
    return found
