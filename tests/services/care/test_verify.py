"""posapp verify as a whole: quiet where all is well, and nothing that is damaged keeps it from an answer.

What each rule finds stands in `tests/storage/care/test_verify.py`.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.names import clean_name
from posapp.domain.customers.pl_id import PlId
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.storage.care.verify import RULES
from tests.factories import a_booking, a_customer, a_phone, at
from tests.guards import without_guards
from tests.repairs import a_ticket, moved


@pytest.fixture
def busy(shop: Shop, actor: Actor) -> Shop:
    """A shop with a few people and what they came for."""
    a_customer(shop, actor, "Marta Müller", phone=a_phone(1))
    a_booking(shop, actor, starts=at(10))
    a_ticket(shop, actor)
    return shop


def broken(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {result.rule: result.examples for result in verify(shop.store) if not result.is_kept}


def test_an_empty_shop_keeps_every_rule(shop: Shop) -> None:
    assert broken(shop) == {}


def test_a_clock_that_was_set_back_makes_no_other_history(place: str) -> None:
    clock = FixedClock(datetime.now(UTC))
    shop = open_shop(place, clock=clock)
    actor = shop.actor("Till 1")
    a_ticket(shop, actor)
    clock.advance(timedelta(minutes=50))
    moved(shop, actor, "T1", "diagnosing")
    clock.advance(timedelta(minutes=-40))
    moved(shop, actor, "T1", "in_repair")
    clock.advance(timedelta(minutes=60))
    assert broken(shop) == {}
    shop.close()


def test_progress_names_each_rule_as_it_begins(shop: Shop) -> None:
    said: list[tuple[str, int, int]] = []
    verify(shop.store, progress=lambda *step: said.append(step))
    assert said == [(code, number, len(RULES)) for number, (code, _, _) in enumerate(RULES)]


@pytest.mark.parametrize("table", ["journal", "customer", "ticket_state", "picture", "identity"])
def test_a_table_that_is_missing_is_named_and_does_not_end_the_run(
    busy: Shop, actor: Actor, table: str
) -> None:
    with busy.store.database.engine.connect() as connection:
        if busy.store.database.is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        cascade = "" if busy.store.database.is_sqlite else " CASCADE"
        connection.exec_driver_sql(f"DROP TABLE {table}{cascade}")
        connection.commit()
    results = verify(busy.store)
    assert [one.rule for one in results] == [code for code, _, _ in RULES]
    found = {one.rule: one.examples for one in results if not one.is_kept}
    assert any(f"table {table} is missing" in example for example in found["schema"])
    assert {"file", "hours", "settings"}.isdisjoint(found)
    told = [example for examples in found.values() for example in examples if "cannot tell" in example]
    assert all(table in example for example in told)
    assert "primary_phones" not in found


def test_a_booking_that_is_lost_is_missed_by_the_journal(busy: Shop, actor: Actor) -> None:
    with busy.store.work(actor) as uow:
        uow.connection.execute(text("DELETE FROM booking WHERE number = 1 AND business_id = 1"))
        uow.commit()
    found = broken(busy)
    assert found["journalled"] == ("B1 is lost",)
    assert found["booking_numbers"] == ("B1 to B1 are missing",)


@pytest.mark.parametrize("change", ["till = 'x'", "body = '{'", "hash = ''", "at = at + 1"])
def test_a_changed_journal_entry_is_found(busy: Shop, actor: Actor, change: str) -> None:
    with busy.store.work(actor) as uow:
        without_guards(uow.connection)
        uow.connection.execute(text(f"UPDATE journal SET {change} WHERE id = 3"))
        uow.commit()
    [said, *_] = broken(busy)["journal"]
    assert said.startswith("entry 3 of business 1 (2026-11-18 08:00 UTC) was altered")


def test_personal_values_that_were_emptied_are_missed(busy: Shop, actor: Actor) -> None:
    with busy.store.work(actor) as uow:
        emptied = "UPDATE journal_personal SET body = '', salt = '' WHERE business_id = 1 AND journal_id = 2"
        uow.connection.execute(text(emptied))
        uow.commit()
    assert broken(busy)["journal"] == ("personal values of entry 2 of business 1 are gone",)


# -- what only SQLite can suffer -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO customer_words(customer_words) VALUES ('delete-all')",
        "INSERT INTO customer_words(rowid, words) VALUES (1, 'stranger')",
        "INSERT INTO customer_words(customer_words, rowid, words) VALUES ('delete', 1, 'marta kowalczyk')",
    ],
)
def test_a_search_index_that_is_not_the_records_is_found(sqlite_shop: Shop, change: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_customer(sqlite_shop, actor)
    with sqlite_shop.store.work(actor) as uow:
        uow.connection.exec_driver_sql(change)
        uow.commit()
    found = broken(sqlite_shop)
    assert set(found) == {"search_words"}
    assert set(found["search_words"]) == {"index entry of customer 1"}


def test_every_script_verifies(sqlite_shop: Shop) -> None:
    """The index is compared with one that SQLite builds, so odd letters raise no false alarm."""
    actor = sqlite_shop.actor("Till 1")
    with sqlite_shop.store.work(actor) as uow:
        for start in range(0x20, 0x2FFFF, 0x40):
            letters = (chr(code) for code in range(start, start + 0x40) if not 0xD800 <= code < 0xE000)
            name = clean_name("".join(letters))
            if name:
                uow.customers.add(PlId(uow.counters.next("PL")), name=name, no_phone_reason="none")
        uow.commit()
    assert broken(sqlite_shop) == {}


def test_a_damaged_file_is_named_and_does_not_end_the_report(sqlite_shop: Shop, sqlite_place: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    for _ in range(30):
        a_customer(sqlite_shop, actor)
    with sqlite_shop.store.database.connection(writes=False) as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_phone_reversed'"
        ).scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    sqlite_shop.close()
    with Path(sqlite_place).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    found = broken(sqlite_shop)
    assert "file" in found
