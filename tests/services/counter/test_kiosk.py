"""The kiosk lets in who has a code, tells nothing to who has none, and announces who came without one."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.counter.kiosk import Door
from posapp.domain.customers.customers import Customer
from posapp.domain.people.roles import OWN
from posapp.domain.people.users import Role
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.counter.kiosk import Arrive
from posapp.services.desks import Shop
from posapp.storage.base.journal import lines_about
from posapp.storage.counter.kiosk import KEY
from tests.factories import a_business, a_customer, a_phone, the_clock
from tests.kiosk import a_kiosk, signed_in
from tests.people import PIN, a_user, an_admin
from tests.several_tills import at_once

SENTENCE = "That did not work. Ask at the counter."
WRONG = "00000000"


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def phone_of(customer: Customer) -> PhoneNumber:
    assert customer.phone is not None
    return customer.phone


def test_a_code_lets_its_customer_in_once_as_nobody_else(shop: Shop, actor: Actor) -> None:
    marta, kiosk = a_customer(shop, actor), a_kiosk(actor)
    code = shop.kiosk.give_code(actor, marta.id)
    assert len(code) == 8 and code.isdecimal()
    spaced = f" {code[:4]} {code[4:]}"
    own = shop.kiosk.sign_in(kiosk, phone_of(marta), spaced)
    assert own == Actor(
        actor.business,
        "Kiosk 1",
        str(marta.pl_id),
        permissions=frozenset({Permission.OWN_READ, Permission.OWN_WRITE}),
        customer_id=marta.id,
    )
    assert code_of(lambda: shop.kiosk.sign_in(kiosk, phone_of(marta), code)) == "sign_in_failed"


def test_unknown_numbers_and_wrong_used_old_and_replaced_codes_get_one_answer(
    shop: Shop, actor: Actor
) -> None:
    kiosk = a_kiosk(actor)
    used, late, newer, wrong, none = [a_customer(shop, actor) for _ in range(5)]
    old = {one.id: shop.kiosk.give_code(actor, one.id) for one in (used, late, newer, wrong)}
    shop.kiosk.sign_in(kiosk, phone_of(used), old[used.id])
    the_clock(shop).advance(timedelta(hours=24))
    shop.kiosk.give_code(actor, newer.id)
    tries = [
        (a_phone(), WRONG),
        (phone_of(none), WRONG),
        (phone_of(used), old[used.id]),
        (phone_of(late), old[late.id]),
        (phone_of(newer), old[newer.id]),
        (phone_of(wrong), "no code at all"),
    ]
    for phone, code in tries:
        with pytest.raises(DomainError) as refused:
            shop.kiosk.sign_in(kiosk, phone, code)
        assert (refused.value.code, refused.value.sentence) == ("sign_in_failed", SENTENCE)
        assert not refused.value.facts


def test_the_fifth_wrong_try_ends_a_code_however_long_somebody_waits(shop: Shop, actor: Actor) -> None:
    marta, kiosk = a_customer(shop, actor), a_kiosk(actor)
    code = shop.kiosk.give_code(actor, marta.id)
    for _ in range(5):
        assert code_of(lambda: shop.kiosk.sign_in(kiosk, phone_of(marta), WRONG)) == "sign_in_failed"
        the_clock(shop).advance(timedelta(hours=2))
    assert code_of(lambda: shop.kiosk.sign_in(kiosk, phone_of(marta), code)) == "sign_in_failed"
    the_clock(shop).advance(timedelta(hours=2))
    assert signed_in(shop, actor, marta).customer_id == marta.id


@pytest.mark.parametrize("is_known", [True, False])
def test_who_guesses_at_a_number_waits_longer_each_time_at_whatever_kiosk(
    shop: Shop, actor: Actor, is_known: bool
) -> None:
    phone = phone_of(a_customer(shop, actor)) if is_known else a_phone()
    waits: list[int] = []
    for turn in range(6):
        kiosk = a_kiosk(actor, f"Kiosk {turn}")
        assert code_of(partial(shop.kiosk.sign_in, kiosk, phone, WRONG)) == "sign_in_failed"
        with pytest.raises(DomainError) as refused:
            shop.kiosk.sign_in(kiosk, phone, WRONG)
        if refused.value.code == "sign_in_failed":
            continue
        assert refused.value.code == "kiosk_wait"
        waits.append(int(str(refused.value.facts["seconds"])))
        the_clock(shop).advance(timedelta(seconds=waits[-1]))
    assert waits == sorted(waits) and waits[0] == 15 and waits[-1] > waits[0]


def test_a_kiosk_that_is_played_with_waits_and_another_one_does_not(shop: Shop, actor: Actor) -> None:
    kiosk, marta = a_kiosk(actor), a_customer(shop, actor)
    for _ in range(8):
        assert code_of(lambda: shop.kiosk.sign_in(kiosk, a_phone(), WRONG)) == "sign_in_failed"
    code = shop.kiosk.give_code(actor, marta.id)
    assert code_of(lambda: shop.kiosk.sign_in(kiosk, phone_of(marta), code)) == "kiosk_wait"
    the_clock(shop).advance(timedelta(seconds=-600))  # a clock that is set back ends no wait
    assert code_of(lambda: shop.kiosk.sign_in(kiosk, phone_of(marta), code)) == "kiosk_wait"
    other = a_kiosk(actor, "Kiosk 2")
    assert shop.kiosk.sign_in(other, phone_of(marta), code).customer_id == marta.id


def test_the_journal_tells_of_codes_and_tries_without_a_code_or_an_unknown_number(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor)
    code = shop.kiosk.give_code(actor, marta.id)
    stranger = a_phone()
    code_of(lambda: shop.kiosk.sign_in(a_kiosk(actor), stranger, WRONG))
    shop.kiosk.sign_in(a_kiosk(actor), phone_of(marta), code)
    with shop.store.look(actor) as uow:
        own = [one.action for one in lines_about(uow.connection, actor.business, "customer", marta.id)]
        nobody = [one.action for one in lines_about(uow.connection, actor.business, "customer", 0)]
        bodies = uow.connection.exec_driver_sql("SELECT body FROM journal").scalars().all()
    assert own == ["customer.created", "kiosk.code", "kiosk.signed_in"] and nobody == ["kiosk.refused"]
    assert not any(code in body or stranger.digits in body for body in bodies)


def test_a_customer_without_a_number_gets_no_code(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    shop.phones.end_phone(actor, marta.id, marta.phones[0].id)
    assert code_of(lambda: shop.kiosk.give_code(actor, marta.id)) == "phone_missing"


def test_an_unknown_number_waits_for_the_nod_and_a_known_one_stands_in_the_queue(
    shop: Shop, actor: Actor
) -> None:
    kiosk, marta = a_kiosk(actor), a_customer(shop, actor)
    stranger = a_phone()
    for _ in range(2):  # whoever says so twice waits once
        shop.kiosk.arrive(kiosk, Arrive(phone=stranger, name="Ines", what="Screen"))
        shop.kiosk.arrive(kiosk, Arrive(phone=phone_of(marta), name="Ines", what="Battery"))
    [waits] = shop.counter.day(actor).arrivals
    assert (waits.phone, waits.name, waits.what) == (stranger, "Ines", "Screen")
    assert shop.customers.who_has(actor, stranger).customer is None
    [line] = shop.counter.day(actor).queue
    assert line.walk_in.customer_id == marta.id and line.walk_in.note == "Battery, Ines"
    found = shop.kiosk.nod(actor, waits.id)
    assert found.said == f"created {found.customer.pl_id}" and found.customer.name == "Ines"
    assert [one.walk_in.customer_id for one in shop.counter.day(actor).queue] == [marta.id, found.customer.id]
    assert shop.counter.day(actor).arrivals == ()
    assert code_of(lambda: shop.kiosk.nod(actor, waits.id)) == "arrival_unknown"


def test_somebody_who_was_made_a_customer_meanwhile_is_let_in_as_that(shop: Shop, actor: Actor) -> None:
    stranger = a_phone()
    shop.kiosk.arrive(a_kiosk(actor), Arrive(phone=stranger, name="Ines"))
    known = a_customer(shop, actor, "Ines Costa", phone=stranger)
    shop.walk_ins.add(actor, AddWalkIn(customer_id=known.id))
    found = shop.kiosk.nod(actor, shop.counter.day(actor).arrivals[0].id)
    assert found.said == f"reused {known.pl_id}" and len(shop.counter.day(actor).queue) == 1


def test_whoever_is_turned_away_or_came_yesterday_leaves_nothing(shop: Shop, actor: Actor) -> None:
    kiosk, stranger = a_kiosk(actor), a_phone()
    shop.kiosk.arrive(kiosk, Arrive(phone=stranger, name="Ines"))
    shop.kiosk.turn_away(actor, shop.counter.day(actor).arrivals[0].id)
    shop.kiosk.arrive(kiosk, Arrive(phone=stranger, name="Ines"))
    the_clock(shop).advance(timedelta(days=1))
    assert shop.counter.day(actor).arrivals == ()
    assert shop.upkeep.due(actor).has_records and shop.upkeep.run(actor).walk_ins == 1
    assert not shop.kiosk.has_past(actor) and shop.kiosk.close_past(actor) == 0
    shop.kiosk.arrive(kiosk, Arrive(phone=stranger, name="Ines"))
    assert len(shop.counter.day(actor).arrivals) == 1
    with shop.store.look(actor) as uow:
        wanted = "SELECT state, phone_key, name FROM kiosk_arrival ORDER BY id"
        rows = [tuple(row) for row in uow.connection.exec_driver_sql(wanted)]
        kept = uow.connection.exec_driver_sql("SELECT body FROM journal_personal").scalars().all()
    assert not any("Ines" in body or stranger.digits in body for body in kept)
    assert rows[:2] == [("turned_away", "", ""), ("turned_away", "", "")] and rows[2][0] == "waiting"


def test_a_shop_that_wants_no_nod_lets_unknown_numbers_in_at_once(shop: Shop, actor: Actor) -> None:
    assert shop.kiosk.wants_nod(actor)
    shop.kiosk.set_nod(actor, is_wanted=False)
    shop.kiosk.set_nod(actor, is_wanted=False)
    assert not shop.kiosk.wants_nod(actor)
    stranger = a_phone()
    shop.kiosk.arrive(a_kiosk(actor), Arrive(phone=stranger, name="Ines"))
    assert shop.counter.day(actor).arrivals == ()
    [line] = shop.counter.day(actor).queue
    assert line.walk_in.phone == stranger and line.walk_in.customer_name == "Ines"


def test_a_kiosk_that_announces_too_many_has_to_wait(shop: Shop, actor: Actor) -> None:
    kiosk = a_kiosk(actor)
    for _ in range(12):
        shop.kiosk.arrive(kiosk, Arrive(phone=a_phone(), name="Ines"))
    assert code_of(lambda: shop.kiosk.arrive(kiosk, Arrive(phone=a_phone(), name="Ines"))) == "kiosk_wait"
    shop.kiosk.arrive(a_kiosk(actor, "Kiosk 2"), Arrive(phone=a_phone(), name="Ines"))
    the_clock(shop).advance(timedelta(hours=2))
    shop.kiosk.arrive(kiosk, Arrive(phone=a_phone(), name="Ines"))


def test_a_name_is_needed_and_a_long_one_refused(shop: Shop, actor: Actor) -> None:
    kiosk = a_kiosk(actor)
    assert code_of(lambda: shop.kiosk.arrive(kiosk, Arrive(phone=a_phone(), name=" "))) == "name_missing"
    long = Arrive(phone=a_phone(), name="x" * 150)
    assert code_of(lambda: shop.kiosk.arrive(kiosk, long)) == "text_too_long"
    assert shop.counter.day(actor).arrivals == ()


def test_two_businesses_know_nothing_of_each_other_s_codes_and_arrivals(shop: Shop, actor: Actor) -> None:
    other = a_business(shop, name="The shop next door")
    marta = a_customer(shop, actor)
    twin = a_customer(shop, other, phone=phone_of(marta))
    code = shop.kiosk.give_code(actor, marta.id)
    assert code_of(lambda: shop.kiosk.sign_in(a_kiosk(other), phone_of(twin), code)) == "sign_in_failed"
    shop.kiosk.arrive(a_kiosk(actor), Arrive(phone=a_phone(), name="Ines"))
    assert shop.counter.day(other).arrivals == ()
    waits = shop.counter.day(actor).arrivals[0]
    for call in (shop.kiosk.nod, shop.kiosk.turn_away):
        assert code_of(partial(call, other, waits.id)) == "arrival_unknown"
    with pytest.raises(DomainError):
        shop.kiosk.give_code(other, marta.id + 1_000)


def test_a_customer_with_a_pin_signs_in_by_it_and_staff_do_not(shop: Shop, actor: Actor) -> None:
    kiosk, number, staff_number = a_kiosk(actor), a_phone(), a_phone()
    admin = an_admin(shop, actor)
    a_user(shop, admin, Role.CUSTOMER, phone=number, name="Ines Costa")
    a_user(shop, admin, phone=staff_number)
    own = shop.kiosk.sign_in_by_pin(kiosk, number, PIN)
    assert own.permissions == OWN and own.customer_id is not None
    assert shop.own.me(own).first_name == "Ines"
    for phone, pin in ((number, "111222"), (staff_number, PIN), (a_phone(), PIN)):
        with pytest.raises(DomainError) as refused:
            shop.kiosk.sign_in_by_pin(kiosk, phone, pin)
        assert (refused.value.code, refused.value.sentence) == ("sign_in_failed", SENTENCE)
    guessed = a_phone()
    codes = [code_of(partial(shop.kiosk.sign_in_by_pin, kiosk, guessed, "111222")) for _ in range(4)]
    assert codes == ["sign_in_failed"] * 3 + ["kiosk_wait"]


def test_looking_whether_somebody_has_to_wait_writes_nothing(shop: Shop, actor: Actor) -> None:
    with shop.store.look(actor) as uow:
        assert uow.kiosk.tried(Door.KIOSK, "Kiosk 1") is None
        assert KEY not in uow.businesses.settings()


# -- many at once ----------------------------------------------------------------------------------------
NEW = "+353851777777"


def arrives(shop: Shop, actor: Actor) -> str:
    shop.kiosk.arrive(a_kiosk(actor, actor.till), Arrive(phone=PhoneNumber.from_key(NEW), name="Ines"))
    return ""


def tries_code(code: str, key: str, shop: Shop, actor: Actor) -> str:
    try:
        shop.kiosk.sign_in(a_kiosk(actor, actor.till), PhoneNumber.from_key(key), code)
    except DomainError as refused:
        return refused.code
    return "in"


@pytest.mark.parametrize("nod", [True, False])
def test_kiosks_at_once_with_one_new_number_make_one_customer_and_one_arrival(
    place: str, shop: Shop, actor: Actor, nod: bool
) -> None:
    shop.kiosk.set_nod(actor, is_wanted=nod)
    assert at_once(place, [arrives] * 8, clock=shop.store.clock) == [""] * 8
    assert len(shop.counter.day(actor).arrivals) == int(nod)
    if nod:
        shop.kiosk.nod(actor, shop.counter.day(actor).arrivals[0].id)
    assert len(shop.counter.day(actor).queue) == 1
    assert str(shop.customers.resolve(actor, NEW).customer.pl_id) == "PL1"


def test_of_many_who_type_one_code_at_once_one_gets_in(place: str, shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    act = partial(tries_code, shop.kiosk.give_code(actor, marta.id), phone_of(marta).key)
    said = at_once(place, [act] * 8, clock=shop.store.clock)
    assert said.count("in") == 1 and set(said) <= {"in", "sign_in_failed", "kiosk_wait"}
