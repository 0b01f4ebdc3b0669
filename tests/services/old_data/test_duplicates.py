"""Customers who may be one person are suggested with a score and reasons; nobody is by a name alone."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import update

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.customers import Customer
from posapp.domain.old_data.duplicates import MAYBE, STRONG, DuplicatePair, Reason
from posapp.domain.repairs.tickets import Outcome
from posapp.services.customers.customers import AddWithoutPhone
from posapp.services.desks import Shop
from posapp.storage.customers.tables import customer as customers
from tests.factories import a_business, a_customer, a_phone
from tests.repairs import a_device, a_ticket, handed_back, moved

SETS = Path(__file__).parents[4] / "shared" / "legacy"


def found(shop: Shop, actor: Actor) -> tuple[DuplicatePair, ...]:
    shop.duplicates.look_again(actor)
    return shop.duplicates.pairs(actor, None)


def told(pairs: tuple[DuplicatePair, ...]) -> list[tuple[str, str, int, str]]:
    return [(str(one.a.pl_id), str(one.b.pl_id), one.score, " ".join(one.reasons)) for one in pairs]


def without_phone(shop: Shop, actor: Actor, name: str, **values: str) -> Customer:
    return shop.customers.add_without_phone(actor, AddWithoutPhone(reason="Tourist", name=name, **values))


def test_one_email_and_nearly_one_name_are_suggested_first(shop: Shop, actor: Actor) -> None:
    first = a_customer(shop, actor, "Marta Kowalczyk", email="marta.k@example.eu")
    a_customer(shop, actor, "Marta Kowalczik", email="marta.k@example.eu")
    a_customer(shop, actor, "", email="soren@example.eu")
    a_customer(shop, actor, "Søren Kjær", email="soren@example.eu")
    a_customer(shop, actor, "Tom Byrne", email="tom@example.eu")
    pairs = found(shop, actor)
    assert told(pairs) == [
        ("PL1", "PL2", 96, "same_email similar_name"),
        ("PL3", "PL4", 81, "same_email"),
    ]
    assert first.phone is not None and pairs[0].a.phone == first.phone.key
    assert (pairs[0].a.name, pairs[0].b.name) == ("Marta Kowalczyk", "Marta Kowalczik")


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (("Anna Berg", "ANNA  BERG"), Reason.SAME_NAME),
        (("Łukasz Müller", "Lukasz Muller"), Reason.SAME_NAME),
        (("Anna Berg", "Berg, Anna"), Reason.SWAPPED_NAME),
        (("Anna Berg", "A. Berg"), Reason.SIMILAR_NAME),
        (("Anna Maria Berg", "Anna Berg"), Reason.SIMILAR_NAME),
        (("Anna Berg", "Tom Berg"), Reason.SAME_SURNAME),
        (("?!", "?!"), Reason.SAME_NAME),
    ],
)
def test_names_are_alike_in_these_ways(sqlite_shop: Shop, names: tuple[str, str], reason: Reason) -> None:
    actor = a_business(sqlite_shop, name="Names")
    for name in names:
        a_customer(sqlite_shop, actor, name, email="berg@example.com")
    (pair,) = found(sqlite_shop, actor)
    assert pair.reasons == (Reason.SAME_EMAIL, reason)


def test_a_common_name_alone_is_no_reason(shop: Shop, actor: Actor) -> None:
    for _ in range(3):
        a_customer(shop, actor, "Nguyen Thi Lan")
    for _ in range(12):
        without_phone(shop, actor, "Walk In")
    assert found(shop, actor) == ()
    without_phone(shop, actor, "Nguyen Thi Lan")
    assert told(found(shop, actor)) == [(f"PL{one}", "PL16", 74, "no_phone same_name") for one in (1, 2, 3)]


def test_numbers_devices_and_addresses_speak_beside_a_name(shop: Shop, actor: Actor) -> None:
    swapped = (
        PhoneNumber.parse("+353 85 123 4567", region="IE"),
        PhoneNumber.parse("+353 85 123 4576", region="IE"),
    )
    for phone in swapped:
        a_customer(shop, actor, "Rosa Diaz", phone=phone)
    old = a_customer(shop, actor, "Jonas Lindqvist", phone=a_phone(1))
    shop.phones.end_phone(actor, old.id, old.phones[0].id)
    a_customer(shop, actor, "Jonas Lindqvist", phone=a_phone(1))
    for name in ("Aisling Byrne", "Shane Byrne", "Olu Ade"):
        bringer = a_customer(shop, actor, name)
        ticket = a_ticket(shop, actor, a_device(serial="SN-77"), customer_id=bringer.id)
        moved(shop, actor, ticket.number, "cancelled")
        handed_back(shop, actor, ticket.number, outcome=Outcome.NOT_REPAIRED)
    for street in ("3 Mill Lane, Dublin 8", "3 Mill Ln Dublin"):
        a_customer(shop, actor, "Liam O’Connor", address=street)
    a_customer(shop, actor, "Nora O’Connor", address="3 Mill Lane, Dublin 8")
    assert told(found(shop, actor)) == [
        ("PL3", "PL4", 92, "former_number same_name"),
        ("PL5", "PL6", 88, "same_device same_surname"),
        ("PL1", "PL2", 86, "swapped_digits same_name"),
        ("PL8", "PL9", 70, "same_address same_name"),
    ]


def test_a_further_person_and_a_further_email_count(shop: Shop, actor: Actor) -> None:
    first = a_customer(shop, actor, "Tom Berg", email="tom@example.com")
    shop.customers.add_contact(actor, first.id, "Anna Berg", email="anna@example.com")
    a_customer(shop, actor, "Anna Berg", email="anna@example.com")
    (pair,) = found(shop, actor)
    assert (pair.score, pair.reasons) == (99, (Reason.SAME_EMAIL, Reason.SAME_NAME))
    assert pair.score >= STRONG > MAYBE


def test_whoever_is_retired_archived_or_forgotten_is_no_duplicate(shop: Shop, actor: Actor) -> None:
    people = [a_customer(shop, actor, "Ida Quinn", email="ida@example.com") for _ in range(3)]
    assert len(found(shop, actor)) == 3
    with shop.store.work(actor) as uow:
        for key, values in (
            (people[1].id, {"merged_into": people[0].id}),
            (people[2].id, {"archived_at": 1}),
        ):
            uow.connection.execute(update(customers).where(customers.c.id == key).values(**values))
        uow.commit()
    assert shop.duplicates.pairs(actor) == ()
    assert found(shop, actor) == ()


def test_a_pair_that_was_dismissed_comes_back_only_when_asked_for(shop: Shop, actor: Actor) -> None:
    a, b = (a_customer(shop, actor, "Ida Quinn", email="ida@example.com") for _ in range(2))
    assert len(found(shop, actor)) == 1
    for _ in range(2):
        shop.duplicates.dismiss(actor, b.id, a.id)
    assert found(shop, actor) == ()
    (pair,) = shop.duplicates.dismissed(actor)
    assert (pair.a.id, pair.b.id, pair.score) == (a.id, b.id, 99)
    shop.duplicates.take_back(actor, a.id, b.id)
    assert len(shop.duplicates.pairs(actor)) == 1
    assert shop.duplicates.dismissed(actor) == ()
    with pytest.raises(DomainError, match="two customers"):
        shop.duplicates.dismiss(actor, a.id, a.id)


def test_there_are_never_more_than_twice_as_many_pairs_as_customers(shop: Shop, actor: Actor) -> None:
    for _ in range(9):
        a_customer(shop, actor, "Unknown", email="none@example.com")
    sure = [a_customer(shop, actor, "Ida Quinn", email="ida@example.com") for _ in range(2)]
    pairs = found(shop, actor)
    assert len(pairs) == 22
    everybody = {key for one in pairs for key in (one.a.id, one.b.id)}
    assert len(everybody) == 11 and {one.id for one in sure} <= everybody


def test_a_look_that_is_stopped_changes_nothing(shop: Shop, actor: Actor) -> None:
    for _ in range(2):
        a_customer(shop, actor, "Ida Quinn", email="ida@example.com")
    before = found(shop, actor)
    a_customer(shop, actor, "Ida Quinn", email="ida@example.com")
    with pytest.raises(DomainError, match="stopped"):
        shop.duplicates.look_again(actor, cancelled=lambda: True)
    assert shop.duplicates.pairs(actor) == before
    steps: list[tuple[str, int, int]] = []
    shop.duplicates.look_again(actor, progress=lambda *step: steps.append(step))
    assert {name for name, _, _ in steps} == {"read", "block", "compare"}
    assert all(done == total for done, total in {name: (d, t) for name, d, t in steps}.values())


def test_two_tills_look_at_once(shop: Shop, actor: Actor) -> None:
    for _ in range(3):
        a_customer(shop, actor, "Ida Quinn", email="ida@example.com")
    with ThreadPoolExecutor(4) as tills:
        looks = [tills.submit(shop.duplicates.look_again, actor) for _ in range(4)]
        assert [one.result() for one in looks] == [3] * 4
    assert len(shop.duplicates.pairs(actor)) == 3


def test_each_business_has_duplicates_of_its_own(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="Other")
    for one in (actor, other):
        a_customer(shop, one, "Ida Quinn", email="ida@example.com")
    assert found(shop, actor) == found(shop, other) == ()
    a_customer(shop, other, "Ida Quinn", email="ida@example.com")
    assert len(found(shop, other)) == 1
    assert found(shop, actor) == ()
    assert len(shop.duplicates.pairs(other)) == 1


@pytest.mark.parametrize("given", sorted(SETS.rglob("expected.json")), ids=lambda file: file.parent.name)
def test_what_the_samples_must_suggest_is_suggested(sqlite_shop: Shop, given: Path) -> None:
    expected = json.loads(given.read_text())
    people = expected["customers"]
    for business in {one["business"] for one in people}:
        actor = a_business(sqlite_shop, name=f"Shop {business}")
        keys: dict[str, str] = {}
        for one in (person for person in people if person["business"] == business):
            phone = PhoneNumber.from_key(one["phones"][0])
            made = a_customer(sqlite_shop, actor, one["name"], phone=phone)
            keys[one["pl_id"]] = str(made.pl_id)
            _put(sqlite_shop, actor, made.id, one)
        pairs = {frozenset((str(one.a.pl_id), str(one.b.pl_id))) for one in found(sqlite_shop, actor)}
        for must in expected["possible_duplicates"]:
            if must["business"] == business:
                assert frozenset(keys[one] for one in must["pl_ids"]) in pairs
        assert len(pairs) <= 2 * len(keys)


def _put(shop: Shop, actor: Actor, key: int, person: dict[str, list[str]]) -> None:
    """Give a customer further names and addresses of e-mail as an import does."""
    with shop.store.work(actor) as uow:
        for name in person["other_names"]:
            uow.customers.add_contact(key, name, email="", note="")
        if person["emails"]:
            uow.customers.update(key, email=person["emails"][0])
        uow.commit()
