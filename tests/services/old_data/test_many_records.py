"""Records that came or went in one go are told by count and weight: who tampers with them is found."""

from collections.abc import Iterable

import pytest
from sqlalchemy import delete, select, text

from posapp.domain.base.actor import Actor
from posapp.domain.base.spans import spans_of
from posapp.domain.customers.customers import Customer
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.storage.base.records import weigh
from posapp.storage.customers.tables import alias, customer
from posapp.storage.old_data.bulk import words_at_the_end
from posapp.storage.old_data.tables import import_batch, legacy_id, past_record
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import a_customer

BATCHES = (7, 9)
WEIGHED = (import_batch, legacy_id, past_record)
_BATCH = (
    "INSERT INTO import_batch (id, business_id, run, system, state, files, settings, created_at, created_by, "
    "updated_at, updated_by) VALUES (:key, :business, 'r', '000', 'applied', '[]', '{}', 1, 'x', 1, 'x')"
)
_ID = (
    "INSERT INTO legacy_id (id, business_id, customer_id, batch_id, system, collection, code, code_fold) "
    "VALUES (:key, :business, :customer, :batch, '000', 'customers', :code, :code)"
)
_PAST = (
    "INSERT INTO past_record (id, business_id, customer_id, batch_id, kind, system, collection, code, "
    "code_fold, at, status, is_counted, amount_minor, body) VALUES (:key, :business, :customer, :batch, "
    "'booking', '000', 'bookings', :code, :code, 1, 'done', :counted, :amount, 'Screen')"
)


def brought(uow: UnitOfWork, batch: int, person: int, keys: Iterable[int]) -> None:
    """A batch as an import writes it: past any notes, then told by count and weight."""
    told = {"business": uow.actor.business, "customer": person, "batch": batch}
    uow.connection.execute(text(_BATCH), {"key": batch, "business": uow.actor.business})
    keys = list(keys)
    for key in keys:
        values = {**told, "key": key, "code": f"code-{key}"}
        uow.connection.execute(text(_ID), values)
        uow.connection.execute(text(_PAST), {**values, "amount": 100 * key, "counted": True})
    tell = {
        table.name: weigh(uow.connection, table, keys, business=uow.actor.business, is_sqlite=uow.is_sqlite)
        for table in WEIGHED[1:]
    }
    batch_told = weigh(
        uow.connection, import_batch, [batch], business=uow.actor.business, is_sqlite=uow.is_sqlite
    )
    uow.journal.tell_many(added={**tell, "import_batch": batch_told})


@pytest.fixture
def person(shop: Shop, actor: Actor) -> Customer:
    """Whom the records of two batches belong to."""
    someone = a_customer(shop, actor)
    for batch, first in zip(BATCHES, (20, 30), strict=True):
        with shop.store.work(actor) as uow:
            brought(uow, batch, someone.id, range(first, first + 4))
            uow.commit()
    return someone


def strays(shop: Shop) -> tuple[str, ...]:
    [found] = [one for one in verify(shop.store) if one.rule == "records"]
    return found.examples


@pytest.mark.usefixtures("person")
def test_records_that_came_in_one_go_are_explained(shop: Shop) -> None:
    assert strays(shop) == ()


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE past_record SET amount_minor = amount_minor + 1 WHERE id = 31",
        "UPDATE past_record SET status = 'void' WHERE id = 20",
        "UPDATE past_record SET body = '' WHERE id = 20",
        "UPDATE past_record SET is_counted = false WHERE id = 22",
        "DELETE FROM past_record WHERE id = 33",
        "DELETE FROM legacy_id WHERE batch_id = 9",
        "UPDATE legacy_id SET batch_id = 9 WHERE id = 20",
        # two records change places, or their values
        "UPDATE legacy_id SET batch_id = CASE batch_id WHEN 7 THEN 9 ELSE 7 END WHERE id IN (20, 33)",
        "UPDATE past_record SET amount_minor = CASE id WHEN 20 THEN 2100 ELSE 2000 END WHERE id IN (20, 21)",
        "INSERT INTO legacy_id (business_id, customer_id, batch_id, system, collection, code, code_fold) "
        "SELECT business_id, customer_id, batch_id, system, collection, 'code-x', code_fold FROM legacy_id "
        "WHERE id = 20",
    ],
)
def test_one_that_is_changed_taken_put_in_or_swapped_by_hand_is_missed(shop: Shop, change: str) -> None:
    with shop.store.database.connection(writes=True) as connection:
        if not shop.store.database.is_sqlite:  # as a sequence stands that has given these keys out
            connection.execute(text("SELECT setval(pg_get_serial_sequence('legacy_id', 'id'), 100)"))
        assert connection.execute(text(change)).rowcount
        connection.commit()
    assert strays(shop) != ()


def test_a_later_change_of_one_is_told_like_any_other(shop: Shop, actor: Actor, person: Customer) -> None:
    other = a_customer(shop, actor)
    with shop.store.work(actor) as uow:
        moved = legacy_id.update().where(legacy_id.c.id == 21)
        uow.connection.execute(moved.values(customer_id=other.id))
        uow.connection.execute(delete(past_record).where(past_record.c.id == 32))
        uow.commit()
    assert strays(shop) == ()
    with shop.store.database.connection(writes=True) as connection:
        connection.execute(text("UPDATE legacy_id SET customer_id = :old WHERE id = 21"), {"old": person.id})
        connection.commit()
    assert strays(shop) == ("legacy_id 21 was changed without an entry",)


def test_records_that_went_in_one_go_are_explained_beside_one_that_was_told(
    shop: Shop, actor: Actor, person: Customer
) -> None:
    with shop.store.work(actor) as uow:
        uow.connection.execute(legacy_id.update().where(legacy_id.c.id == 30).values(code_fold="x"))
        uow.commit()
    with shop.store.work(actor) as uow:
        gone = [31, 32, 33]
        uow.journal.tell_many(
            removed={
                "legacy_id": weigh(
                    uow.connection, legacy_id, gone, business=uow.actor.business, is_sqlite=uow.is_sqlite
                )
            }
        )
        uow.connection.execute(text("DELETE FROM legacy_id WHERE id BETWEEN 31 AND 33"))
        uow.connection.execute(delete(legacy_id).where(legacy_id.c.id == 30))
        uow.commit()
    assert strays(shop) == ()
    with shop.store.database.connection(writes=True) as connection:
        told = {"business": actor.business, "customer": person.id, "batch": 9, "key": 31, "code": "code-31"}
        connection.execute(text(_ID), told)
        connection.commit()
    assert strays(shop) != ()


def test_what_is_rolled_back_is_told_to_nobody(shop: Shop, actor: Actor, person: Customer) -> None:
    with shop.store.work(actor) as uow:
        brought(uow, 11, person.id, [50, 51])
    with shop.store.work(actor) as uow:
        uow.connection.execute(customer.update().values(note="door 4"))
        uow.commit()
    assert strays(shop) == ()


@pytest.mark.usefixtures("person")
def test_all_that_is_counted_at_once_needs_no_word_beside_it(shop: Shop, actor: Actor) -> None:
    with shop.store.work(actor) as uow:
        brought(uow, 11, 1, [50, 51])
        uow.journal.count_all()
        uow.commit()
    assert strays(shop) == ()


def test_only_the_keys_asked_for_are_weighed(shop: Shop, actor: Actor) -> None:
    """Other tills add records meanwhile, and their keys stand between those of an import."""
    assert list(spans_of([3, 4, 5, 9, 11, 12])) == [(3, 5), (9, 9), (11, 12)]
    assert list(spans_of([])) == []
    someone = a_customer(shop, actor)
    with shop.store.work(actor) as uow:
        for key in (4, 5, 6):
            values = {"id": key, "business_id": 1, "customer_id": someone.id, "code": f"PL00{key}"}
            uow.connection.execute(alias.insert(), {**values, "created_at": key})
        count, both = weigh(
            uow.connection, alias, [4, 6], business=uow.actor.business, is_sqlite=uow.is_sqlite
        )
        each = [
            weigh(uow.connection, alias, [key], business=uow.actor.business, is_sqlite=uow.is_sqlite)[1]
            for key in (4, 6)
        ]
    assert (count, both) == (2, sum(each))


def test_customers_who_come_at_once_are_found_and_so_are_the_next(shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor, name="Ida Berg")
    with shop.store.work(actor) as uow:
        with words_at_the_end(uow.connection, is_sqlite=uow.is_sqlite):
            for key in (40, 41):
                values = {
                    "id": key,
                    "pl_number": key,
                    "name": f"Anna Berg {key}",
                    "name_fold": f"anna berg {key}",
                }
                stamps = {"created_at": 1, "created_by": "x", "updated_at": 1, "updated_by": "x"}
                told = {"business_id": 1, "no_phone_reason": "none", **values, **stamps}
                uow.connection.execute(customer.insert(), told)
        uow.counters.set("PL", 41)
        uow.commit()
    if not shop.store.database.is_sqlite:
        with shop.store.database.connection(writes=True) as connection:
            connection.execute(text("SELECT setval(pg_get_serial_sequence('customer', 'id'), 100)"))
            connection.commit()
    a_customer(shop, actor, name="Otto Berg")
    shop.customers.edit(actor, EditCustomer(customer_id=41, name="Anna Hill"))
    with shop.store.look(actor) as uow:
        names = set(uow.connection.execute(select(customer.c.name)).scalars())
    assert {"Anna Hill", "Otto Berg"} <= names
    broken = {one.rule for one in verify(shop.store) if not one.is_kept}
    assert not broken & {"search_words", "schema", "records"}
