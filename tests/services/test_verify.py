"""posapp verify: quiet where all is well, and each kind of damage is named by its rule."""

from pathlib import Path

import pytest
from sqlalchemy import text

from posapp.domain.actor import Actor
from posapp.domain.bookings import BookingStatus
from posapp.domain.documents import PaperSize
from posapp.domain.pl_id import PlId
from posapp.services.bookings import MakeBooking, MoveBooking
from posapp.services.customers import AddWithoutPhone, EditCustomer
from posapp.services.ids import IdDesk
from posapp.services.papers import Output
from posapp.services.shop import Shop
from posapp.services.verify import verify
from posapp.storage.verify import RULES
from tests.factories import a_bench, a_booking, a_business, a_customer, a_phone, at
from tests.guards import without_guards
from tests.repairs import busy_bench


@pytest.fixture
def busy(shop: Shop, actor: Actor, tmp_path: Path) -> Shop:
    """A shop in which everything has happened that can happen."""
    marta = a_customer(shop, actor, "Marta Müller", phone=a_phone(1), email="m@example.com")
    tom = a_customer(shop, actor, "Tom नेहा", phone=a_phone(2))
    shop.customers.add_contact(actor, marta.id, "Björn Åkesson")
    shop.phones.add_phone(actor, marta.id, a_phone(3))
    shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(4))
    shop.phones.move_phone(actor, tom.id, a_phone(3))
    a_customer(shop, actor, "New", phone=a_phone(1))
    shop.customers.add_without_phone(actor, AddWithoutPhone(reason="abroad", name="Ida"))
    shop.customers.edit(actor, EditCustomer(customer_id=tom.id, name="王小明 Tom", note="x"))
    IdDesk(shop.store).init(actor, 23)
    bench = a_bench(shop, actor, capacity=2, buffer_minutes=10)
    for _ in range(2):
        a_booking(shop, actor, starts=at(10), resource_id=bench.id)
    a_booking(shop, actor, starts=at(10), resource_id=bench.id, anyway="urgent")
    booking = a_booking(shop, actor, marta, starts=at(12))
    for size in (PaperSize.ROLL_80, PaperSize.ROLL_58, PaperSize.A4, PaperSize.LETTER):
        shop.papers.save_pdf(actor, booking.number, size, tmp_path / f"{size}.pdf")
    shop.bookings.move(actor, MoveBooking(number=booking.number, starts=at(13)))
    shop.bookings.set_status(actor, booking.number, BookingStatus.ARRIVED)
    command = MakeBooking(starts=at(15), customer_id=marta.id, output=Output(paper=PaperSize.A4))
    shop.bookings.book(actor, command)
    busy_bench(shop, actor)
    a_booking(shop, a_business(shop, name="Next door", region="IN", time_zone="Asia/Kolkata"))
    return shop


def broken(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {result.rule: result.examples for result in verify(shop.store) if not result.is_kept}


def test_a_shop_in_which_all_is_well_keeps_every_rule(busy: Shop) -> None:
    results = verify(busy.store)
    assert [(one.rule, one.failed, one.examples) for one in results] == [
        (code, 0, ()) for code, _, _ in RULES
    ]
    assert all(one.checked > 0 for one in results)


def test_an_empty_shop_keeps_every_rule(shop: Shop) -> None:
    assert broken(shop) == {}


def test_progress_names_each_rule_as_it_begins(shop: Shop) -> None:
    said: list[tuple[str, int, int]] = []
    verify(shop.store, progress=lambda *step: said.append(step))
    assert said == [(code, number, len(RULES)) for number, (code, _, _) in enumerate(RULES)]


NO_INDEX = "DROP INDEX {}"
DAMAGE: dict[str, tuple[str, list[str]]] = {
    "a number that two customers have": (
        "phones",
        [
            NO_INDEX.format("uq_phone_key"),
            "UPDATE phone SET key = '+353851000002', reversed = '200000158353'",
        ],
    ),
    "a number that is not canonical": ("phones", ["UPDATE phone SET reversed = '1' WHERE id = 1"]),
    "a former number that somebody has": (
        "phones",
        ["UPDATE phone SET is_former = true WHERE ended_at IS NOT NULL"],
    ),
    "no primary number": ("primary_phones", ["UPDATE phone SET is_primary = false"]),
    "one PL ID for two": (
        "pl_ids",
        [NO_INDEX.format("uq_customer_pl_number"), "UPDATE customer SET pl_number = 1 WHERE pl_number = 2"],
    ),
    "a PL ID above the counter": ("pl_ids", ["UPDATE counter SET last = 1 WHERE name = 'PL'"]),
    "a PL ID that is missing": ("pl_gaps", ["UPDATE counter SET last = 99 WHERE name = 'PL'"]),
    "a booking number that is missing": (
        "booking_numbers",
        ["UPDATE counter SET last = 99 WHERE name = 'B'"],
    ),
    "a booking number above the counter": (
        "booking_numbers",
        ["UPDATE counter SET last = 1 WHERE name = 'B'"],
    ),
    "a last visit that never was": ("last_visits", ["UPDATE customer SET last_visit_at = 1 WHERE id = 1"]),
    "a last visit that is missing": ("last_visits", ["UPDATE customer SET last_visit_at = NULL"]),
    "words of another name": ("search_words", ["UPDATE customer SET name_fold = 'x' WHERE id = 1"]),
    "words of a contact missing": ("search_words", ["UPDATE customer SET more_words = NULL"]),
    "bookings beyond capacity": ("capacity", ["UPDATE booking SET override_reason = NULL"]),
    "a capacity that shrank": ("capacity", ["UPDATE resource SET capacity = 1"]),
    "a time that is not the wall clock's": (
        "times",
        [
            "UPDATE booking SET starts_at = starts_at + 60000000, ends_at = ends_at + 60000000,"
            " busy_until = busy_until + 60000000"
        ],
    ),
    "an end that is not the length's": ("times", ["UPDATE booking SET minutes = minutes + 5"]),
    "a zone that does not exist": ("times", ["UPDATE booking SET zone = 'Mars/Olympus'"]),
    "a paper that cannot be read": ("documents", ["UPDATE document SET snapshot = '{}'"]),
    "a paper of another booking": ("documents", ["UPDATE document SET number = 'B77'"]),
    "a copy that is missing": ("copies", ["UPDATE print_job SET copy = copy + 1 WHERE copy = 4"]),
    "personal values that were changed": (
        "journal",
        ["UPDATE journal_personal SET body = replace(body, 'Marta', 'Maria')"],
    ),
    "a head that is not the last": (
        "journal",
        ["UPDATE journal_head SET last_id = last_id - 1 WHERE business_id = 1"],
    ),
    "a counter that is missing": ("businesses", ["DELETE FROM counter WHERE name = 'Z'"]),
}


@pytest.mark.parametrize(("rule", "statements"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_named_by_its_rule(busy: Shop, actor: Actor, rule: str, statements: list[str]) -> None:
    with busy.store.work(actor) as uow:
        without_guards(uow.connection)
        for statement in statements:
            uow.connection.execute(text(statement))
        uow.commit()
    assert rule in broken(busy)


def test_a_booking_for_another_business_s_customer_is_named(busy: Shop, actor: Actor) -> None:
    with busy.store.work(actor) as uow:
        if not busy.store.database.is_sqlite:  # which refuses it by itself
            uow.connection.execute(text("ALTER TABLE booking DROP CONSTRAINT fk_booking_customer_id"))
        uow.connection.execute(text("UPDATE booking SET customer_id = 1 WHERE business_id = 2"))
        uow.commit()
    assert "businesses" in broken(busy)


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
    assert broken(busy)["journal"][0] == "entry 3 of business 1"


def test_personal_values_that_were_emptied_are_missed(busy: Shop, actor: Actor) -> None:
    with busy.store.work(actor) as uow:
        emptied = "UPDATE journal_personal SET body = '', salt = '' WHERE business_id = 1 AND journal_id = 2"
        uow.connection.execute(text(emptied))
        uow.commit()
    assert broken(busy)["journal"] == ("personal values of entry 2 of business 1 are gone",)


# -- what only SQLite can suffer -------------------------------------------------------------------------
def test_a_reference_to_nowhere_is_found(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor("Till 1")
    a_booking(sqlite_shop, actor)
    with sqlite_shop.store.database.connection(writes=False) as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("UPDATE booking SET contact_id = 77")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    assert broken(sqlite_shop)["references"] == ("booking 1: contact_id 77",)


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
            name = "".join(chr(code) for code in range(start, start + 0x40) if not 0xD800 <= code < 0xE000)
            if name:
                uow.customers.add(PlId(uow.counters.next("PL")), name=name)
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
