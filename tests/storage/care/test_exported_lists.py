"""The lists of an export: customers with what hung on them in old systems, and what the last import said."""

from typing import Any

from sqlalchemy import insert, update

from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from posapp.storage.care import exported_lists
from posapp.storage.care.exported_lists import ExportedLists
from posapp.storage.customers.tables import customer
from posapp.storage.old_data.tables import (
    customer_merge,
    import_note,
    legacy_business,
)
from tests.factories import NOW, a_business, a_customer, a_phone
from tests.old_data.factories import a_batch, a_further_email, a_past_record, an_old_id

MADE = {"created_at": 1, "created_by": "Till", "updated_at": 1, "updated_by": "Till"}


def customers(shop: Shop) -> list[dict[str, Any]]:
    with shop.store.look(Actor(0, ""), snapshot=True) as uow:
        return list(ExportedLists(uow.connection).customers())


def put(shop: Shop, actor: Actor, *statements: Any) -> None:
    with shop.store.work(actor) as uow:
        for statement in statements:
            uow.connection.execute(statement)
        uow.commit()


def merged(actor: Actor, loser: int, survivor: int) -> list[Any]:
    undo = {
        "business_id": actor.business,
        "survivor_id": survivor,
        "loser_id": loser,
        "moved": "",
        "told": "",
    }
    return [
        update(customer).where(customer.c.id == loser).values(merged_into=survivor),
        insert(customer_merge).values(**undo, **MADE),
    ]


def test_a_customer_has_numbers_names_addresses_ids_and_records_in_their_order(
    shop: Shop, actor: Actor
) -> None:
    one = a_customer(shop, actor, "Anna Berg", phone=a_phone(1), email="anna@example.com")
    shop.phones.add_phone(actor, one.id, a_phone(2))
    second = shop.customers.card(actor, one.id).customer.phones[-1]
    shop.phones.make_primary(actor, one.id, second.id)
    shop.customers.add_contact(actor, one.id, "Tom Berg")
    gone = shop.customers.add_contact(actor, one.id, "Gone").contacts[-1]
    shop.customers.remove_contact(actor, one.id, gone.id)
    a_further_email(shop, actor, one.id, "berg@example.com")
    batch = a_batch(shop, actor)
    for code in ("CUST-9", "CUST-1"):
        an_old_id(shop, actor, one.id, code, batch_id=batch)
    later = a_past_record(shop, actor, one.id, kind="booking", code="B-2", amount_minor=150, batch_id=batch)
    earlier = NOW.replace(year=2020)
    a_past_record(
        shop, actor, one.id, kind="booking", code="B-1", amount_minor=50, at=earlier, batch_id=batch
    )
    a_past_record(
        shop, actor, one.id, kind="order", code="7", is_counted=False, amount_minor=9, batch_id=batch
    )
    assert later
    with shop.store.work(actor) as uow:
        for code in ("PL77", "CUST-OLD", "pl0005"):
            uow.customers.add_alias(one.id, code)
        uow.commit()

    [told] = customers(shop)

    assert told == {
        "business": "Harbour Lane Repairs",
        "pl_id": "PL1",
        "old_pl_ids": ["PL5", "PL77"],
        "phones": [a_phone(2).key, a_phone(1).key],
        "name": "Anna Berg",
        "other_names": ["Tom Berg"],
        "emails": ["anna@example.com", "berg@example.com"],
        "legacy_ids": ["000:customers:CUST-9", "000:customers:CUST-1"],
        "bookings": ["B-1", "B-2"],
        "tickets": [],
        "orders": ["7"],
        "appointments": [],
        "total_spent_minor": 200,
        "balance_minor": 0,
        "created_at": f"{one.stamps.created_at:%Y-%m-%dT%H:%M:%SZ}",
    }


def test_who_was_merged_is_no_customer_any_more_and_found_by_the_old_id(
    shop: Shop, actor: Actor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(exported_lists, "_PORTION", 2)
    first, second, third, fourth = (a_customer(shop, actor, f"Number {n}") for n in range(4))
    put(shop, actor, *merged(actor, third.id, second.id), *merged(actor, second.id, first.id))
    told = customers(shop)
    assert [(one["pl_id"], one["old_pl_ids"]) for one in told] == [
        (str(first.pl_id), [str(second.pl_id), str(third.pl_id)]),
        (str(fourth.pl_id), []),
    ]


def test_businesses_are_called_as_their_old_system_called_them(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Next door")
    a_customer(shop, actor)
    a_customer(shop, other)
    put(shop, other, insert(legacy_business).values(business_id=other.business, system="002", code="42"))
    with shop.store.look(Actor(0, ""), snapshot=True) as uow:
        told = list(ExportedLists(uow.connection).businesses())
    assert [(one["business"], one["name"], one["next_pl_id"]) for one in told] == [
        ("Harbour Lane Repairs", "Harbour Lane Repairs", "PL2"),
        ("42", "Next door", "PL2"),
    ]
    assert [one["business"] for one in customers(shop)] == ["Harbour Lane Repairs", "42"]


def test_refused_rows_and_warnings_are_those_of_the_latest_import_that_was_not_undone(
    shop: Shop, actor: Actor
) -> None:
    old, latest = a_batch(shop, actor, run="one"), a_batch(shop, actor, run="two")
    undone = a_batch(shop, actor, run="three", state="undone")
    same = {"business_id": actor.business, "file": "f.csv"}
    put(
        shop,
        actor,
        *(
            insert(import_note).values(**same, batch_id=batch, kind=kind, row=row, code=code)
            for batch, kind, row, code in (
                (old, "rejected", 1, "orphan"),
                (latest, "rejected", 9, "orphan"),
                (latest, "rejected", 2, "phone_missing"),
                (latest, "warning", 3, "phone_local"),
                (undone, "rejected", 4, "orphan"),
            )
        ),
    )
    with shop.store.look(Actor(0, ""), snapshot=True) as uow:
        lists = ExportedLists(uow.connection)
        assert list(lists.notes("rejected", "reason")) == [
            {"file": "f.csv", "row": 2, "reason": "phone_missing"},
            {"file": "f.csv", "row": 9, "reason": "orphan"},
        ]
        assert list(lists.notes("warning", "code")) == [{"file": "f.csv", "row": 3, "code": "phone_local"}]


def test_pairs_name_the_lower_number_first_and_nobody_who_was_merged(shop: Shop, actor: Actor) -> None:
    names = ("Ida Quinn", "IDA  quinn", "Ida Quinn", "Ida Quinn", "Tom Quinn")
    one, two, three, four, _ = (a_customer(shop, actor, name, email="ida@example.com") for name in names)
    a_customer(shop, actor, "Ida Quinn", email="other@example.com")
    shop.customers.add_contact(actor, a_customer(shop, actor, "Ted").id, "Ida Quinn", email="ida@example.com")
    shop.duplicates.dismiss(actor, two.id, four.id)
    put(shop, actor, *merged(actor, three.id, one.id))
    with shop.store.look(actor, snapshot=True) as uow:
        told = list(ExportedLists(uow.connection).pairs())
    assert {one["business"] for one in told} == {"Harbour Lane Repairs"}
    assert [one["pl_ids"] for one in told] == [
        ["PL1", "PL2"],
        ["PL1", "PL4"],
        ["PL1", "PL7"],
        ["PL2", "PL7"],
        ["PL4", "PL7"],
    ]
