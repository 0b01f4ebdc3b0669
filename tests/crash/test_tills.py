"""Several tills at once, on one file and on one server: nothing doubled, nothing lost, none refused."""

from collections import Counter

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.shop.businesses import SaveResource
from tests.crash.tills import (
    EXPECTED,
    WAYS,
    anything,
    book_the_same,
    meet_every_way,
    run,
    take_the_slot,
)
from tests.factories import DAY, a_bench, a_phone

TILLS, PHONES = 8, 20


def broken(shop: Shop) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.rule, one.examples) for one in verify(shop.store) if not one.is_kept]


def set_capacity(shop: Shop, actor: Actor, capacity: int) -> None:
    [bench] = shop.businesses.catalogue(actor).resources
    command = SaveResource(id=bench.id, kind=ResourceKind.BENCH, name=bench.name, capacity=capacity)
    shop.businesses.save_resource(actor, command)


def test_eight_tills_that_book_the_same_twenty_new_phones_make_twenty_customers(
    shop: Shop, actor: Actor, place: str
) -> None:
    set_capacity(shop, actor, TILLS * PHONES)
    shop.close()
    made = run(place, [(book_the_same, PHONES, seed) for seed in range(TILLS)])
    shop = open_shop(place)
    customers = {pl_id for till in made for pl_id, _ in till}
    assert customers == {f"PL{number}" for number in range(1, PHONES + 1)}
    numbers = sorted(int(number[1:]) for till in made for _, number in till)
    assert numbers == list(range(1, TILLS * PHONES + 1))
    agenda = shop.bookings.agenda(actor, DAY, DAY)
    assert Counter(str(one.pl_id) for one in agenda.bookings) == dict.fromkeys(customers, TILLS)
    for booking in agenda.bookings:
        assert len(shop.customers.card(actor, booking.customer_id).customer.contacts) == 1
    assert broken(shop) == []
    shop.close()


def test_one_new_phone_by_every_way_at_once_is_one_customer_and_nobody_is_turned_away(
    shop: Shop, actor: Actor, place: str
) -> None:
    set_capacity(shop, actor, TILLS * PHONES)
    shop.close()
    told = run(place, [(meet_every_way, PHONES // 2, seed) for seed in range(TILLS)])
    # Whoever adds a number as a further one learns whose it is; the queue takes a customer once; who was cut
    # off after the commit and tries again finds the device here.
    refused = {
        "add_phone": {"phone_taken", "phone_own"},
        "walk_in": {"walk_in_waits"},
        "ticket": {"device_here"},
    }
    for way in WAYS:
        codes = {code for till in told for code in till[way]}
        assert "done" in codes or way == "add_phone"
        assert codes <= {"done"} | refused.get(way, set()), way
    shop = open_shop(place)
    owners = [shop.customers.who_has(actor, a_phone(number)).customer for number in range(PHONES // 2)]
    assert all(owners)
    assert broken(shop) == []
    shop.close()


@pytest.mark.parametrize("capacity", [1, 3])
def test_of_eight_tills_that_want_one_slot_as_many_win_as_there_is_room(
    shop: Shop, actor: Actor, place: str, capacity: int
) -> None:
    set_capacity(shop, actor, capacity)
    shop.close()
    answers = run(place, [(take_the_slot, phone) for phone in range(TILLS)])
    assert answers.count("taken") == TILLS - capacity
    assert {f"B{number}" for number in range(1, capacity + 1)} <= set(answers)
    shop = open_shop(place)
    assert len(shop.bookings.agenda(actor, DAY, DAY).bookings) == capacity
    assert broken(shop) == []
    shop.close()


@pytest.mark.slow
def test_eight_tills_that_do_everything_at_once_never_wait_for_each_other_for_ever(
    shop: Shop, actor: Actor, place: str
) -> None:
    set_capacity(shop, actor, 2)
    a_bench(shop, actor, "Bench 2")
    shop.close()
    counts: Counter[str] = Counter()
    for answer in run(place, [(anything, 4.0, seed) for seed in range(TILLS)]):
        counts.update(answer)
    refused = {code: count for code, count in counts.items() if "_" in code or code == "taken"}
    assert set(refused) <= EXPECTED, refused
    assert counts["book"] > 0
    shop = open_shop(place)
    assert broken(shop) == []
    shop.close()
