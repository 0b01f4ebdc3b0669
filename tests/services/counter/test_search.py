"""The search desk: any script, any order of words, any spelling of a number, and the worst texts."""

from dataclasses import replace

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.domain.customers.identity import Situation
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.storage.counter import search
from posapp.storage.counter.search import _BY_IMEI, _BY_SERIAL, SearchReader
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import a_booking, a_business, a_customer, a_phone, the_clock
from tests.old_data.factories import a_further_email, a_past_record, an_old_id
from tests.repairs import IMEI, a_device, a_ticket, handed_back, moved
from tests.sales import a_sale

NAMES = {
    "lukasz": "Łukasz Müller",
    "neha": "नेहा शर्मा",
    "wang": "王小明",
    "arabic": "فاطمة الزهراء",
    "irish": "Síle O’Brien-Ní Bhriain",
    "emoji": "Zoë 🦊 Fox",
}


@pytest.fixture
def people(shop: Shop, actor: Actor) -> dict[str, Customer]:
    return {
        key: a_customer(shop, actor, name, phone=a_phone(number))
        for number, (key, name) in enumerate(NAMES.items())
    }


def found(shop: Shop, actor: Actor, text: str) -> list[str]:
    return [hit.number for hit in shop.search.search(actor, text).hits]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("lukasz", "lukasz"),
        ("Łukasz", "lukasz"),
        ("MULLER", "lukasz"),
        ("Müller Łuk", "lukasz"),
        ("mul luk", "lukasz"),
        ("नेहा", "neha"),
        ("शर्मा नेहा", "neha"),
        ("neha", "neha"),
        ("王", "wang"),
        ("明", "wang"),
        ("小明", "wang"),
        ("فاطمة", "arabic"),
        ("الزهراء", "arabic"),
        ("obrien", "irish"),
        ("O'Brien", "irish"),
        ("sile bhriain", "irish"),
        ("zoe", "emoji"),
        ("🦊 fox", "emoji"),
    ],
)
def test_a_name_is_found_however_it_is_written(
    shop: Shop, actor: Actor, people: dict[str, Customer], typed: str, key: str
) -> None:
    assert found(shop, actor, typed) == [str(people[key].pl_id)]


@pytest.mark.parametrize(
    "typed", ["", "   ", "lukasz x", "zzz", "ukasz", "'", '"', "*", "()", "🦊", "\0", "\ud800", "@"]
)
def test_what_nobody_is_called_finds_nobody(
    shop: Shop, actor: Actor, people: dict[str, Customer], typed: str
) -> None:
    assert found(shop, actor, typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"lukasz',
        'lukasz"',
        "lukasz*",
        "(lukasz",
        "lukasz)",
        "lukasz:",
        "-lukasz",
        "^lukasz",
        "lukasz'",
        "lukasz\\",
        "lukasz & | !",
        "lukasz;--",
        "%lukasz",
        "lukasz\0",
        "lukasz\u202e",
        "\ufefflukasz",
        "lukasz " + " " * 10_000,
    ],
)
def test_signs_of_query_languages_are_only_signs(
    shop: Shop, actor: Actor, people: dict[str, Customer], typed: str
) -> None:
    assert found(shop, actor, typed) == ["PL1"]


@pytest.mark.parametrize(
    "typed",
    [
        "NEAR(a b)",
        "a AND b",
        "a OR b NOT c",
        "words:x",
        "x" * 10_000,
        "q " * 5_000,
        "9" * 10_000,
        "+" * 500,
        "😀" * 10_000,
        "\ud800@\0",
        "\0@\0",
        "a@" + "b" * 300,
        "𐍈" * 250,
        "\ud7ff",
        "\U0010ffff",
        "B" + "9" * 200,
        "PL" + "9" * 200,
        "'; DROP TABLE customer; --",
    ],
)
def test_the_worst_texts_are_answered(
    shop: Shop, actor: Actor, people: dict[str, Customer], typed: str
) -> None:
    assert found(shop, actor, typed) == []


def test_a_number_or_id_that_is_whole_comes_first(shop: Shop, actor: Actor) -> None:
    first = a_customer(shop, actor, "Marta", phone=a_phone(1))
    booking = a_booking(shop, actor, first)
    for text, why in {"PL1": "pl", "pl 1": "pl", "1": "pl", "085 100 0001": "phone", "b1": "booking"}.items():
        exact = shop.search.search(actor, text).exact
        assert exact is not None, text
        assert (exact.customer_id, exact.why) == (first.id, why)
    assert found(shop, actor, "B1") == [booking.number]


def test_a_whole_number_with_its_letter_means_that_record_alone(shop: Shop, actor: Actor) -> None:
    first = a_customer(shop, actor, "Marta")
    a_customer(shop, actor, "Pl1 B1", email="b1@example.com")
    a_booking(shop, actor, first)
    assert found(shop, actor, "PL1") == ["PL1"]
    assert found(shop, actor, "b1") == ["B1"]
    assert found(shop, actor, "1") == ["PL1"]
    assert found(shop, actor, "b1@") == found(shop, actor, "pl1 b") == ["PL2"]


def test_names_that_begin_so_come_first_whenever_they_were_made(
    shop: Shop, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that are no longer among the newest that have such a word."""
    monkeypatch.setattr(search, "NEWEST", 3)
    a_customer(shop, actor, "Ana Old")
    for number in range(4):
        a_customer(shop, actor, f"Mia Ana {number}")
    a_customer(shop, actor, "Ana New")
    assert found(shop, actor, "ana")[:2] == ["PL6", "PL1"]


@pytest.mark.parametrize(
    "typed", ["0001", "100 0001", "0851000001", "085 100", "0851", "+353 85 1000001", "00353851000001"]
)
def test_a_phone_is_found_by_final_and_leading_digits(shop: Shop, actor: Actor, typed: str) -> None:
    a_customer(shop, actor, "Marta", phone=a_phone(1))
    assert found(shop, actor, typed) == ["PL1"]


def test_three_final_digits_are_no_search_for_a_phone(shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor, "Marta", phone=a_phone(555))
    assert found(shop, actor, "555") == []
    assert found(shop, actor, "0555") == ["PL1"]


def test_an_email_is_found_by_its_beginning(shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor, "Marta", email="marta.k@example.com")
    a_customer(shop, actor, "Tom", email="tom@example.com")
    for text in ("marta.k@", "MARTA.K@example.com", "marta.k@ex"):
        assert found(shop, actor, text) == ["PL1"], text


def test_a_whole_name_comes_before_a_longer_one_and_recent_visitors_before_others(
    shop: Shop, actor: Actor
) -> None:
    a_customer(shop, actor, "Ann Li")
    a_customer(shop, actor, "Ann")
    a_customer(shop, actor, "Joanna Ann")
    visitor = a_customer(shop, actor, "Ann Zeta")
    booking = a_booking(shop, actor, visitor)
    shop.bookings.set_status(actor, booking.number, type(booking.status).ARRIVED)
    assert found(shop, actor, "ann") == ["PL2", "PL4", "PL1", "PL3"]


def test_a_list_that_was_cut_says_so(shop: Shop, actor: Actor) -> None:
    for number in range(4):
        a_customer(shop, actor, f"Ann {number}")
    cut = shop.search.search(actor, "ann", limit=3)
    assert (len(cut.hits), cut.has_more) == (3, True)
    assert not shop.search.search(actor, "ann", limit=4).has_more


def test_a_changed_name_is_found_and_the_old_one_is_not(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor, "Łucja Żak")
    shop.customers.edit(actor, EditCustomer(customer_id=customer.id, name="Иван Петров"))
    assert found(shop, actor, "lucja") == []
    assert found(shop, actor, "иван") == found(shop, actor, "ivan") == ["PL1"]


def test_newer_customers_stand_before_older_ones_of_the_same_rank(shop: Shop, actor: Actor) -> None:
    from datetime import timedelta

    for name in ("Kim Lee", "Kim Park"):
        a_customer(shop, actor, name)
        the_clock(shop).advance(timedelta(minutes=1))
    assert found(shop, actor, "kim") == ["PL2", "PL1"]


def test_an_interrupted_search_says_so_and_the_next_one_works(shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor, "Marta")
    shop.search.interrupt()
    shop.search.search(actor, "marta")
    shop.search.interrupt()
    assert found(shop, actor, "marta") == ["PL1"]


def test_a_ticket_number_means_its_ticket_and_a_scan_opens_it(shop: Shop, actor: Actor) -> None:
    ticket = a_ticket(shop, actor)
    for typed in (ticket.number, ticket.number.lower(), "T0001"):
        best = shop.search.search(actor, typed).exact
        assert best is not None
        assert (best.kind, best.number, best.customer_id) == ("ticket", ticket.number, ticket.customer_id)
    assert shop.search.search(actor, "T99").exact is None


@pytest.mark.parametrize("typed", ["C02-XK1 abc", "c02xk1abc", "C02XK1ABC"])
def test_a_serial_means_the_latest_ticket_of_its_device(shop: Shop, actor: Actor, typed: str) -> None:
    first = a_ticket(shop, actor, a_device(serial="C02XK1ABC"))
    moved(shop, actor, first.number, "ready")
    handed_back(shop, actor, first.number)
    second = a_ticket(shop, actor, a_device(serial="C02XK1ABC"), customer_id=first.customer_id)
    assert found(shop, actor, typed) == [second.number]


@pytest.mark.parametrize("typed", [IMEI, "35 693803 564380 9", IMEI[:14], f"{IMEI[:14]}01"])
def test_an_imei_is_found_in_each_form(shop: Shop, actor: Actor, typed: str) -> None:
    ticket = a_ticket(shop, actor, a_device(imei=IMEI))
    assert found(shop, actor, typed)[0] == ticket.number


def test_a_ticket_of_another_business_is_not_found(shop: Shop, actor: Actor) -> None:
    ticket = a_ticket(shop, actor, a_device(serial="XK77AB"))
    other = Actor(actor.business + 1, actor.till)
    reader = SearchReader(shop.store.database)
    wanted = {"ticket": int(ticket.number[1:]), "serial": "XK77AB"}
    assert len(reader.look_up(actor.business, wanted, 5)) == 2
    assert not reader.look_up(other.business, wanted, 5)
    reader.close()


@pytest.mark.parametrize(("typed", "index"), [("XK77AB", "uq_device_serial"), (IMEI, "uq_device_imei")])
def test_devices_are_found_by_their_index(shop: Shop, actor: Actor, typed: str, index: str) -> None:
    statement = _BY_IMEI if index == "uq_device_imei" else _BY_SERIAL
    with shop.store.look(actor) as uow:
        if not shop.store.database.is_sqlite:
            pytest.skip("the planner of PostgreSQL scans small tables whatever their indexes")
        driver = uow.connection.connection.driver_connection
        assert driver is not None
        plan = driver.execute(
            f"EXPLAIN QUERY PLAN {statement}", {"business": 1, "imei": typed, "serial": typed}
        ).fetchall()
    assert any(index in str(row) for row in plan)
    assert not any("SCAN" in str(row) for row in plan)


def test_a_serial_of_digits_alone_is_found_after_phones(shop: Shop, actor: Actor) -> None:
    ticket = a_ticket(shop, actor, a_device(serial="4711004711"))
    assert ticket.number in found(shop, actor, "4711004711")


def test_an_answer_says_whose_number_is_typed_and_until_when_a_former_one_was_theirs(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor, "Marta Kowalczyk", phone=a_phone(1))
    typed = a_phone(1).shown("IE")
    answer = shop.search.answer(actor, typed)
    assert (answer.text, answer.identity.situation) == (typed, Situation.KNOWN)
    assert answer.identity.card is not None and answer.identity.card.customer == marta
    shop.phones.end_phone(actor, marta.id, marta.phones[0].id)
    answer = shop.search.answer(actor, typed)
    assert answer.identity.situation == Situation.FORMER
    assert answer.until == {marta.id: answer.identity.former[0].until}
    assert shop.search.answer(actor, "marta").identity.situation == Situation.NO_PHONE


def test_the_number_of_a_z_means_its_shift_and_nobody_s_name(shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor, "Z1 Zebra")
    assert a_closed_shift(shop, actor) == "Z1"
    an_open_shift(shop, actor)
    [hit] = shop.search.search(actor, " z01 ").hits
    assert (hit.kind, hit.number, hit.name, hit.pl_id, hit.phone) == ("shift", "Z1", actor.till, None, None)
    assert shop.search.search(actor, "Z1").exact == hit
    assert shop.search.answer(actor, "Z1").hits.hits == (hit,)
    assert "Z2" not in found(shop, actor, "Z2")
    assert "Z1" not in found(shop, actor, "1")
    assert "Z1" not in found(shop, a_business(shop, name="Next door"), "Z1")


def test_who_may_not_see_shifts_finds_none(shop: Shop, actor: Actor) -> None:
    a_closed_shift(shop, actor)
    without = replace(actor, permissions=frozenset(Permission) - {Permission.SHIFT_READ})
    assert found(shop, without, "Z1") == []


def test_a_sale_and_a_payment_are_found_by_their_numbers(shop: Shop, actor: Actor) -> None:
    """With its customer, or by the till where it is nobody's."""
    a_sale(shop, actor)
    customer = a_customer(shop, actor, "Ann Lee")
    a_sale(shop, actor, customer_id=customer.id)
    found = {
        text: [
            (one.kind, one.number, one.customer_id, one.name) for one in shop.search.search(actor, text).hits
        ]
        for text in ("S1", "s2", "P2", "S3")
    }
    assert found == {
        "S1": [("sale", "S1", 0, actor.till)],
        "s2": [("sale", "S2", customer.id, "Ann Lee")],
        "P2": [("payment", "P2", customer.id, "Ann Lee")],
        "S3": [],
    }


@pytest.mark.parametrize(
    ("typed", "why", "found_by"),
    [
        ("CUST-001", "old_id", "000:customers:CUST-001"),
        ("cust-001", "old_id", "000:customers:CUST-001"),
        ("000:CUST-001", "id_in_system", "000:customers:CUST-001"),
        ("000:customers:cust-001", "id_in_system", "000:customers:CUST-001"),
        ("6504F0bc98fb298b28fbccf4", "old_id", "001:users:6504f0bc98fb298b28fbccf4"),
        ("16A90FC1-c8b9-4c1c-8dbd-385d7357737d", "old_id", "004:c:16a90fc1-c8b9-4c1c-8dbd-385d7357737d"),
        ("002:12345", "id_in_system", "002:customers:12345"),
        ("BOOK-DJJBX80Q5", "old_record", "004:bookings:BOOK-DJJBX80Q5"),
        ("004:book-djjbx80q5", "record_in_system", "004:bookings:BOOK-DJJBX80Q5"),
        ("second@", "email", "second@example.com"),
        ("seco", "email", "second@example.com"),
    ],
)
def test_an_id_of_an_old_system_finds_the_customer(
    shop: Shop, actor: Actor, typed: str, why: str, found_by: str
) -> None:
    a_customer(shop, actor)
    customer = a_customer(shop, actor, "Łukasz")
    for system, collection, code in (
        ("000", "customers", "CUST-001"),
        ("001", "users", "6504f0bc98fb298b28fbccf4"),
        ("002", "customers", "12345"),
        ("004", "c", "16a90fc1-c8b9-4c1c-8dbd-385d7357737d"),
    ):
        an_old_id(shop, actor, customer.id, code, system=system, collection=collection)
    a_past_record(shop, actor, customer.id, kind="booking", code="BOOK-DJJBX80Q5")
    a_further_email(shop, actor, customer.id, "second@example.com")
    [hit] = shop.search.search(actor, typed).hits
    assert (hit.why, hit.found, hit.customer_id) == (why, found_by, customer.id)
    if why != "email":
        assert shop.customers.resolve(actor, typed).customer.id == customer.id
    other = a_business(shop, name="Next door")
    assert not shop.search.search(other, typed).hits


def test_digits_alone_mean_a_pl_id_or_a_phone_and_no_old_id(shop: Shop, actor: Actor) -> None:
    first = a_customer(shop, actor)
    an_old_id(shop, actor, a_customer(shop, actor).id, "1")
    an_old_id(shop, actor, a_customer(shop, actor).id, "123456")
    assert found(shop, actor, "1") == [str(first.pl_id)]
    assert found(shop, actor, "123456") == []
    assert shop.customers.resolve(actor, "1").customer.id == first.id
    with pytest.raises(DomainError, match="No customer"):
        shop.customers.resolve(actor, "123456")


def test_an_id_that_two_systems_had_shows_both(shop: Shop, actor: Actor) -> None:
    one, two = a_customer(shop, actor), a_customer(shop, actor)
    an_old_id(shop, actor, one.id, "CUST-001")
    an_old_id(shop, actor, two.id, "cust-001", system="square")
    assert found(shop, actor, "CUST-001") == [str(one.pl_id), str(two.pl_id)]
    assert found(shop, actor, "square:CUST-001") == [str(two.pl_id)]
    assert shop.customers.resolve(actor, "square:customers:CUST-001").customer.id == two.id
    with pytest.raises(DomainError, match=r"PL1 \(000:customers:CUST-001\) or PL2 \(square:") as refused:
        shop.customers.resolve(actor, "CUST-001")
    assert refused.value.code == "id_ambiguous"


def test_old_records_are_found_by_whoever_may_read_tickets(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    a_past_record(shop, actor, customer.id, code="BOOK-1")
    blind = replace(actor, permissions=frozenset({Permission.CUSTOMER_READ}))
    assert found(shop, actor, "BOOK-1") == [str(customer.pl_id)]
    assert not shop.search.search(blind, "BOOK-1").hits


@pytest.mark.parametrize(
    "typed",
    [
        "kowalzcyk",
        "kowalcyk",
        "kowalczyyk",
        "kwoalczyk",
        "Kowalzcyk Mar",
        "marta kowalzcyk",
        "kovalczyk",
        "kowalzc",
    ],
)
def test_a_misspelt_name_finds_its_people_when_nothing_else_does(
    shop: Shop, actor: Actor, people: dict[str, Customer], typed: str
) -> None:
    marta = a_customer(shop, actor, "Marta Kowalczyk")
    hits = shop.search.search(actor, typed).hits
    assert [(hit.number, hit.why) for hit in hits] == [(str(marta.pl_id), "alike")]


def test_the_fewest_slips_come_first_and_a_right_name_ends_the_guessing(shop: Shop, actor: Actor) -> None:
    near, far = a_customer(shop, actor, "Ida Johannsen"), a_customer(shop, actor, "Per Johansson")
    assert found(shop, actor, "johannson") == [str(far.pl_id), str(near.pl_id)]
    right = a_customer(shop, actor, "Ola Johannson")
    assert found(shop, actor, "johannson") == [str(right.pl_id)]


def test_another_shops_people_are_not_guessed(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Quay Phones")
    a_customer(shop, other, "Marta Kowalczyk")
    assert found(shop, actor, "kowalzcyk") == []
    assert found(shop, actor, "kow2lzcyk") == []
