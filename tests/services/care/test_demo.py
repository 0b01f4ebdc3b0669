"""The demonstration shop: believable, whole, and the same again for the same seed."""

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import phonenumbers
import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import latin, search_words
from posapp.domain.base.names import check_name
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.repairs.devices import check_imei
from posapp.services.care.demo import build_demo
from posapp.services.care.demo_names import ABROAD, FEATURED, HOME, PHONES
from posapp.services.care.demo_repairs import imei_of
from posapp.services.care.verify import verify
from posapp.services.selling.order_commands import Refund
from posapp.storage.base.database import Database
from posapp.storage.base.verify_journal import read_story
from posapp.storage.schema import bring_up_to_date
from tests.books import check_books, ledger_of

THURSDAY = FixedClock(datetime(2026, 3, 12, 14, 32, tzinfo=UTC))
SUNDAY = FixedClock(datetime(2026, 7, 12, 10, 20, tzinfo=UTC))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


def rows(file: Path, sql: str) -> list[tuple]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def scalar(file: Path, sql: str) -> object:
    return rows(file, sql)[0][0]


@pytest.mark.parametrize("customers", [1, 80, 1500])
def test_every_customer_has_a_number_three_bookings_and_nothing_breaks_a_rule(file: Path, customers: int):
    made = build_demo(file, customers, clock=THURSDAY)

    assert (made.customers, made.bookings, made.tickets) == (customers, 3 * customers, customers)
    sales = (
        "SELECT {} FROM sale_order o WHERE refund_of_id IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.kind = 'deposit')"
    )
    assert scalar(file, sales.format("count(*)")) == 2 * customers
    assert rows(file, sales.format("customer_id") + " GROUP BY 1 HAVING count(*) <> 2") == []
    assert scalar(file, "SELECT count(*) FROM sale_order") == made.orders
    assert (
        rows(
            file,
            "SELECT id FROM sale_order s WHERE number <> id OR EXISTS (SELECT 1 FROM sale_order o "
            "WHERE o.id = s.id + 1 AND o.completed_at < s.completed_at)",
        )
        == []
    )
    assert rows(file, "SELECT id FROM shift WHERE closed_at IS NULL") == []
    assert rows(file, "PRAGMA foreign_key_check") == []
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "SELECT customer_id FROM booking GROUP BY 1 HAVING count(*) <> 3") == []
    assert rows(file, "SELECT customer_id FROM ticket GROUP BY 1 HAVING count(*) <> 1") == []
    assert dict(rows(file, "SELECT name, last FROM counter WHERE name IN ('PL', 'B', 'T')")) == {
        "PL": customers,
        "B": 3 * customers,
        "T": customers,
    }
    assert scalar(file, "SELECT count(*) FROM phone WHERE is_primary") == customers
    assert scalar(file, "SELECT count(*) FROM document") == 0
    assert rows(file, "SELECT id FROM customer WHERE pl_number <> id OR created_at > updated_at") == []
    assert (
        rows(
            file,
            "SELECT c.id FROM customer c WHERE last_visit_at IS NOT (SELECT max(starts_at) FROM booking b "
            "WHERE b.customer_id = c.id AND b.status IN ('arrived', 'in_service', 'done'))",
        )
        == []
    )
    assert (
        rows(
            file,
            "SELECT r.id FROM resource r WHERE longest_busy <> "
            "(SELECT coalesce(max(busy_until - starts_at), 0) FROM booking b WHERE b.resource_id = r.id)",
        )
        == []
    )


@pytest.mark.parametrize("clock", [THURSDAY, SUNDAY])
def test_money_comes_in_every_way_and_every_sum_agrees(file: Path, clock: FixedClock):
    build_demo(file, 400, clock=clock)
    tenders = dict(rows(file, "SELECT tender, count(*) FROM payment GROUP BY 1"))
    assert set(tenders) == {"cash", "card", "transfer", "deposit", "giftcard"}
    assert scalar(file, "SELECT count(*) FROM sale_order WHERE refund_of_id IS NOT NULL") != 0
    assert scalar(file, "SELECT count(*) FROM gift_card") in range(3, 20)
    moved = "(SELECT sum(quantity) FROM stock_move m WHERE m.item_id = i.id)"
    assert rows(file, f"SELECT sku FROM item i WHERE stock < 0 OR stock <> {moved}") == []
    assert rows(file, "SELECT kind FROM stock_move GROUP BY 1 ORDER BY 1") == [
        ("received",),
        ("returned",),
        ("sold",),
    ]
    shop = open_shop(file, clock=clock)
    try:
        actor = shop.actor("Till 1")
        ledger = ledger_of(shop, actor)
        assert ledger["debt"] > 0 > ledger["deposit"]
        check_books(shop, actor, last=30)
        assert shop.gift_cards.balance(actor, "6035 7100 0001").number == "G1"
        number = shop.orders.latest(actor, 1)[0].number
        shop.shifts.open(actor, 10_000)
        shop.refunds.refund(actor, Refund(number=number))
        check_books(shop, actor, last=30)
    finally:
        shop.close()


def test_numbers_rise_with_time(file: Path):
    build_demo(file, 500, clock=THURSDAY)
    for table in ("customer", "booking", "ticket"):
        made = [at for (at,) in rows(file, f"SELECT created_at FROM {table} ORDER BY id")]
        assert all(first <= second for first, second in pairwise(made))
    assert (
        rows(
            file,
            "SELECT b.id FROM booking b JOIN customer c ON c.id = b.customer_id "
            "WHERE b.created_at < c.created_at",
        )
        == []
    )
    now = THURSDAY.now().timestamp() * 1e6
    for table in ("booking", "ticket", "job"):
        assert rows(file, f"SELECT id FROM {table} WHERE created_at > {now} OR updated_at > {now}") == []
    assert (
        rows(
            file,
            "SELECT t.id FROM ticket t JOIN customer c ON c.id = t.customer_id "
            "WHERE t.created_at < c.created_at",
        )
        == []
    )
    assert rows(file, "SELECT id FROM job WHERE state_since < created_at OR handed_at <= created_at") == []


@pytest.mark.parametrize("clock", [THURSDAY, SUNDAY])
def test_bookings_keep_the_hours_and_nobody_is_taken_twice(file: Path, clock: FixedClock):
    build_demo(file, 900, clock=clock)
    shop = open_shop(file, clock=clock)
    try:
        actor = shop.actor("Till 1")
        today = clock.now().date()
        agenda = shop.bookings.agenda(actor, today - timedelta(days=20), today + timedelta(days=20))
        plans = {(plan.resource_id, plan.day): plan.open_spans for plan in agenda.plans}
        for booking in agenda.bookings:
            starts = booking.wall_start.hour * 60 + booking.wall_start.minute
            spans = plans[booking.resource_id, booking.wall_start.date()]
            assert any(opens <= starts and starts + booking.minutes <= closes for opens, closes in spans)
        for resource in agenda.resources:
            taken = [
                one for one in agenda.bookings if one.resource_id == resource.id and one.status.takes_time
            ]
            for at in {one.starts for one in taken}:
                assert sum(one.starts <= at < one.ends for one in taken) <= resource.capacity
    finally:
        shop.close()


@pytest.mark.parametrize("clock", [THURSDAY, SUNDAY])
@pytest.mark.parametrize("customers", [1, 7, 80, 1500])
def test_nothing_breaks_a_rule(file: Path, customers: int, clock: FixedClock):
    build_demo(file, customers, clock=clock)
    shop = open_shop(file, clock=clock)
    try:
        assert [(one.rule, one.examples) for one in verify(shop.store) if not one.is_kept] == []
    finally:
        shop.close()


@pytest.mark.parametrize("clock", [THURSDAY, SUNDAY])
@pytest.mark.parametrize("customers", [80, 3000])
def test_the_board_is_full_with_each_state_some_late_some_due(file: Path, customers: int, clock: FixedClock):
    build_demo(file, customers, clock=clock)
    shop = open_shop(file, clock=clock)
    try:
        board = shop.tickets.board(shop.actor("Till 1"))
        counts = {board.states.by_id(key).code: count for key, count in board.counts.items()}
        assert counts == {
            "received": 6,
            "diagnosing": 4,
            "needs_approval": 3,
            "waiting_parts": 4,
            "in_repair": 4,
            "ready": 7,
        }
        cards = [card for column in board.columns.values() for card in column]
        assert {card.technician for card in cards} >= {"", "Tomasz", "Aino", "Ravi"}
        assert all(card.shelf and card.due for card in cards)
        assert any(one.is_late for state in board.shown_states for one in board.seen(state))
        assert rows(file, "SELECT count(*) FROM estimate WHERE status = 'asked'") == [(3,)]
    finally:
        shop.close()


def test_imeis_are_valid_and_never_the_same():
    numbers = [*range(1, 3000), 10**6, 10**7, 10**9]
    made = [imei_of(number) for number in numbers]
    assert len(set(made)) == len(numbers)
    assert all(check_imei(one) == one for one in made)


def test_the_bench_holds_every_drop_off_of_ten_years(file: Path):
    build_demo(file, 3000, clock=THURSDAY)
    [(bench, capacity)] = rows(file, "SELECT id, capacity FROM resource WHERE kind = 'bench'")
    edges = rows(
        file,
        f"SELECT starts_at, 1 FROM booking WHERE resource_id = {bench} UNION ALL "
        f"SELECT busy_until, -1 FROM booking WHERE resource_id = {bench} ORDER BY 1, 2",
    )
    running = peak = 0
    for _, step in edges:
        running += step
        peak = max(peak, running)
    assert peak <= capacity


def test_the_wall_clock_and_the_instant_of_a_booking_agree_in_summer_and_winter(file: Path):
    build_demo(file, 300, clock=THURSDAY)
    from posapp.domain.base.clock import from_us, wall_of

    for starts, wall, zone in rows(file, "SELECT starts_at, wall_start, zone FROM booking"):
        assert f"{wall_of(from_us(starts), zone):%Y-%m-%dT%H:%M}" == wall


def test_today_has_bookings_around_now_with_fitting_states(file: Path):
    build_demo(file, clock=THURSDAY)
    shop = open_shop(file, clock=THURSDAY)
    try:
        today = THURSDAY.now().date()
        bookings = shop.bookings.agenda(shop.actor("Till 1"), today, today).bookings
        names = {one.customer_name for one in bookings}
        assert {"Marta Kowalczyk", "Aisling Byrne", "नेहा शर्मा"} & names
        assert {one.resource for one in bookings} >= {"Tomasz", "Aino", "Ravi"}
        for one in bookings:
            if one.ends <= THURSDAY.now():
                assert one.status in (BookingStatus.DONE, BookingStatus.NO_SHOW, BookingStatus.CANCELLED)
            elif one.starts > THURSDAY.now() + timedelta(minutes=10):
                assert one.status in (BookingStatus.BOOKED, BookingStatus.CONFIRMED)
            assert one.status != BookingStatus.CANCELLED or one.reason
        assert any(one.status == BookingStatus.BOOKED for one in bookings)
    finally:
        shop.close()


def test_search_words_are_those_that_the_program_would_write(file: Path):
    build_demo(file, 2000, clock=THURSDAY)
    contacts: dict[int, str] = dict(rows(file, "SELECT customer_id, name FROM contact"))
    for key, name, folded, more in rows(file, "SELECT id, name, name_fold, more_words FROM customer"):
        assert check_name(name) == name
        expected, spelling = search_words(name)
        further = search_words(contacts[key]) if key in contacts else ()
        assert folded == expected
        assert (more or "") == " ".join(filter(None, (spelling, *further)))


def test_everybody_is_found_by_name_phone_and_id(file: Path):
    build_demo(file, clock=THURSDAY)
    shop = open_shop(file, clock=THURSDAY)
    try:
        actor = shop.actor("Till 1")
        for number, name, region, *_ in FEATURED:
            assert f"PL{number}" in [hit.number for hit in shop.search.search(actor, name).hits]
            customer = shop.customers.resolve(actor, f"PL{number}").customer
            assert customer.phone is not None
            assert customer.phone.key.startswith("+" + PHONES[region][0])
            found = shop.search.search(actor, customer.phone.shown("IE")).exact
            assert found is not None
            assert found.number == f"PL{number}"
    finally:
        shop.close()


def test_the_index_of_words_goes_on_with_new_customers(file: Path):
    build_demo(file, 5, clock=THURSDAY)
    names = "SELECT name, sql FROM sqlite_master ORDER BY name"
    plain = file.with_name("plain.db")
    database = Database(plain)
    bring_up_to_date(database)
    database.close()
    made = {name: re.sub(r"\s+", " ", sql or "") for name, sql in rows(file, names)}
    assert made == {name: re.sub(r"\s+", " ", sql or "") for name, sql in rows(plain, names)}


def test_phones_are_valid_and_never_the_same(file: Path):
    build_demo(file, 3000, clock=THURSDAY)
    keys = [key for (key,) in rows(file, "SELECT key FROM phone")]
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert phonenumbers.is_valid_number(phonenumbers.parse(key))


@pytest.mark.parametrize("region", sorted(PHONES))
def test_numbers_of_a_pattern_belong_to_its_region(region: str):
    code, beginnings, free = PHONES[region]
    for start in beginnings.split():
        for serial in range(0, 10**free, 10**free // 40 + 1):
            number = phonenumbers.parse(f"+{code}{start}{serial:0{free}}")
            assert phonenumbers.is_valid_number(number), (start, serial)


def test_every_word_of_a_name_has_a_latin_spelling_for_addresses():
    for tongue in (HOME, *ABROAD):
        assert all(latin(text).isascii() for text in (*tongue.given, *tongue.family))
    assert len({tongue.region for tongue in (HOME, *ABROAD)}) >= 25


def test_names_repeat_as_peoples_names_do(file: Path):
    """Nobody is called like one in a hundred, and most of a village have a name of their own."""
    build_demo(file, 6000, clock=THURSDAY)
    shared = [count for (count,) in rows(file, "SELECT count(*) FROM customer GROUP BY name_fold")]
    assert len(shared) > 4500
    assert max(shared) < 12
    for tongue in (HOME, *ABROAD):
        assert len(set(tongue.given)) == len(tongue.given) >= 30
        assert len(set(tongue.family)) == len(tongue.family) >= 30


def test_the_same_seed_makes_the_same_shop_and_another_one_another(tmp_path: Path):
    made = [
        build_demo(tmp_path / f"{number}.db", 200, seed=seed, clock=THURSDAY)
        for number, seed in enumerate((1, 1, 2))
    ]
    assert made[0] == made[1]
    assert made[0].digest != made[2].digest
    tables = (
        "customer",
        "phone",
        "contact",
        "booking",
        "device",
        "ticket",
        "job",
        "resource",
        "service",
        "working_hours",
    )
    for table in tables:
        assert rows(tmp_path / "0.db", f"SELECT * FROM {table}") == rows(
            tmp_path / "1.db", f"SELECT * FROM {table}"
        )


def test_the_journal_has_one_entry_with_counts_and_its_chain_holds(file: Path):
    made = build_demo(file, 50, clock=THURSDAY)
    [(action, body)] = rows(file, "SELECT action, body FROM journal WHERE business_id = 1")
    assert action == "demo.built"
    assert made.digest in body
    database = Database(file)
    try:
        with database.connection(writes=False) as connection:
            assert read_story(connection).broken == []
    finally:
        database.close()


def test_progress_rises_to_the_end(file: Path):
    heard: list[float] = []
    build_demo(file, 4000, clock=THURSDAY, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 50


@pytest.mark.parametrize("calls", [0, 5, 60])
def test_a_cancelled_build_leaves_no_file(tmp_path: Path, calls: int):
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > calls

    with pytest.raises(DomainError) as refusal:
        build_demo(tmp_path / "shop.db", 4000, clock=THURSDAY, cancelled=cancelled)
    assert refusal.value.code == "stopped"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_left_alone(file: Path):
    file.write_text("my shop")
    with pytest.raises(DomainError) as refusal:
        build_demo(file, 5, clock=THURSDAY)
    assert refusal.value.code == "database_exists"
    assert file.read_text() == "my shop"


def test_a_size_that_cannot_be_is_refused(file: Path):
    with pytest.raises(DomainError):
        build_demo(file, 0, clock=THURSDAY)
    assert not file.exists()


@pytest.mark.postgres
def test_postgresql_holds_the_same_shop_and_goes_on_with_new_records(postgres_url: str, file: Path):
    import uuid

    from sqlalchemy import create_engine, make_url, text

    name = f"demo_{uuid.uuid4().hex}"
    url = make_url(postgres_url)
    server = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    place = url.set(database=name).render_as_string(hide_password=False)
    assert build_demo(place, 400, clock=THURSDAY) == build_demo(file, 400, clock=THURSDAY)
    shop = open_shop(place, clock=THURSDAY)
    try:
        from posapp.domain.base.phone import PhoneNumber
        from posapp.services.customers.customers import FindOrCreate

        actor = shop.actor("Till 1")
        command = FindOrCreate(phone=PhoneNumber.parse("+353870000001", region="IE"), name="Zoë New")
        assert str(shop.customers.find_or_create(actor, command).customer.pl_id) == "PL401"
        assert [hit.number for hit in shop.search.search(actor, "zoe").hits] == ["PL401"]
        assert shop.search.search(actor, "marta kow").hits[0].number == "PL24"
        with pytest.raises(DomainError) as refusal:
            build_demo(place, 5, clock=THURSDAY)
        assert refusal.value.code == "database_exists"
    finally:
        shop.close()
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()
