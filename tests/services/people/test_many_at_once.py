"""Many programs at one moment: one user, one customer, and of many wrong tries few are answered."""

import contextlib
import io
import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from posapp.bootstrap import open_shop
from posapp.cli import main
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.privacy import Erase
from posapp.domain.people.secrets import FREE_TRIES
from posapp.domain.people.users import Role, User
from posapp.services.care.verify import verify
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.people import hashing
from posapp.services.people.customers_of_users import find_or_create_for_user
from posapp.services.people.users import SaveUser
from tests.factories import a_business, a_phone
from tests.fixtures import KINDS, empty_place, sqlite_template
from tests.several_tills import at_once, programs_at_once

__all__ = ["empty_place", "sqlite_template"]
PIN, WRONG, MANY = "482917", "730195", 16
Said = tuple[int, str, str]


def a_shop_with_ann(place: str) -> tuple[Shop, Actor]:
    """An open shop with its ADMIN."""
    shop = open_shop(place)
    a_business(shop, name="Harbour Lane Repairs")
    shop.users.save(shop.actor("Till 1"), SaveUser(name="Ann", role=Role.ADMIN, pin=PIN))
    [tile] = shop.sign_in.tiles(1)
    return shop, shop.sign_in.by_secret("Till 1", 1, tile.user_id, PIN).actor


def a_user(shop: Shop, admin: Actor, name: str, phone: str) -> User:
    number = PhoneNumber.parse(phone, region="IE")
    return shop.users.save(admin, SaveUser(name=name, role=Role.STAFF, phone=number, pin=PIN))


def own_customer(place: str, folder: str, name: str) -> Said:
    """`posapp user customer NAME` in a program of its own."""
    hashing.TIME_COST, hashing.MEMORY_COST, hashing.LANES = 1, 8, 1
    os.environ |= {"POSAPP_DATA_DIR": folder, "POSAPP_CONFIG_DIR": folder, "POSAPP_DATABASE": place}
    os.environ["POSAPP_PIN"] = PIN
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["user", "customer", name, "--user", "Ann", "--json"])
    return status, out.getvalue(), err.getvalue()


def each_own(place: str, folder: object, *names: str) -> list[Said]:
    return programs_at_once([partial(own_customer, place, str(folder), one) for one in names])


def kept(shop: Shop) -> list[str]:
    """The rules that do not hold, and how many customers there are."""
    return [one.rule for one in verify(shop.store) if not one.is_kept]


def codes(said: list[Said]) -> Counter[str]:
    return Counter("done" if status == 0 else json.loads(err)["error"]["code"] for status, _, err in said)


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_sixteen_programs_find_the_one_customer_of_a_user(empty_place: str, tmp_path: Any) -> None:
    shop, ann = a_shop_with_ann(empty_place)
    bob = a_user(shop, ann, "Bob", "085 123 4567")
    said = each_own(empty_place, tmp_path, *["Bob"] * MANY)
    assert codes(said) == {"done": MANY}
    found = [json.loads(out) for _, out, _ in said]
    assert {one["pl_id"] for one in found} == {"PL1"}
    assert Counter(one["created"] for one in found) == {True: 1, False: MANY - 1}
    assert shop.users.customer_of(ann, bob.id).customer.phone == bob.phone
    assert kept(shop) == []
    shop.close()


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_of_two_users_whose_phones_meet_on_one_customer_one_gets_it(empty_place: str, tmp_path: Any) -> None:
    shop, ann = a_shop_with_ann(empty_place)
    bob, mia = (a_user(shop, ann, name, f"085 123 000{at}") for at, name in enumerate(("Bob", "Mia")))
    assert bob.phone
    assert mia.phone
    both = shop.customers.find_or_create(ann, FindOrCreate(phone=bob.phone, name="Both")).customer
    shop.phones.add_phone(ann, both.id, mia.phone)
    said = each_own(empty_place, tmp_path, *["Bob", "Mia"] * (MANY // 2))
    assert codes(said) == {"done": MANY // 2, "customer_of_other_user": MANY // 2}
    assert {json.loads(out)["pl_id"] for status, out, _ in said if status == 0} == {"PL1"}
    linked = [one.name for one in shop.users.all(ann) if one.customer_id == both.id]
    assert len(linked) == 1
    assert {json.loads(out)["name"] for status, out, _ in said if status == 0} == {"Both"}
    another = shop.customers.find_or_create(ann, FindOrCreate(phone=a_phone())).customer
    assert another.pl_id.number == 2
    assert kept(shop) == []
    shop.close()


def a_wrong_try(shop: Shop, actor: Actor, *, user_id: int) -> str:
    hashing.TIME_COST, hashing.MEMORY_COST, hashing.LANES = 1, 8, 1
    try:
        shop.sign_in.by_secret(actor.till, actor.business, user_id, WRONG)
    except DomainError as error:
        return error.code
    return "in"


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_of_sixteen_wrong_tries_five_are_answered(empty_place: str) -> None:
    shop, ann = a_shop_with_ann(empty_place)
    bob = a_user(shop, ann, "Bob", "085 123 4567")
    told = Counter(at_once(empty_place, [partial(a_wrong_try, user_id=bob.id)] * MANY))
    assert told == {"pin_wrong": FREE_TRIES - 1, "locked_out": MANY - FREE_TRIES + 1}
    with shop.store.look(ann) as uow:
        proof = uow.users.proof(bob.id)
    assert proof is not None
    assert proof.failures == FREE_TRIES
    with pytest.raises(DomainError, match="Too many wrong tries"):
        shop.sign_in.by_secret("Till 1", 1, bob.id, PIN)
    shop.close()


def a_demotion(shop: Shop, _till: Actor, *, by: Actor, whom: User) -> str:
    command = SaveUser(id=whom.id, name=whom.name, role=Role.STAFF)
    try:
        shop.users.save(by, command)
    except DomainError as error:
        return error.code
    return "done"


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_of_two_admins_who_take_each_other_s_role_away_one_stays(empty_place: str) -> None:
    shop, ann = a_shop_with_ann(empty_place)
    zoe = shop.users.save(ann, SaveUser(name="Zoe", role=Role.ADMIN, pin=PIN))
    other = shop.sign_in.by_secret("Till 2", 1, zoe.id, PIN).actor
    first = shop.users.get(ann, ann.user_id or 0)
    both = [partial(a_demotion, by=ann, whom=zoe), partial(a_demotion, by=other, whom=first)]
    said = at_once(empty_place, both * 4)
    assert set(said) <= {"done", "last_admin", "not_allowed", "changed_elsewhere"}
    assert said.count("done") >= 1
    assert len([one for one in shop.users.all(ann) if one.role is Role.ADMIN]) == 1
    assert kept(shop) == []
    shop.close()


@pytest.mark.postgres
@pytest.mark.parametrize("empty_place", ["postgres"], indirect=True)
def test_who_is_linked_to_a_customer_waits_while_that_one_is_forgotten(empty_place: str) -> None:
    (shop, ann), other = a_shop_with_ann(empty_place), open_shop(empty_place)
    bob = a_user(shop, ann, "Bob", "085 123 4567")
    assert bob.phone
    shop.customers.find_or_create(ann, FindOrCreate(phone=bob.phone, name="Bob"))
    with shop.store.work(ann) as forgets, other.store.work(ann) as waits:
        forgets.counters.hold(PL)  # as whoever forgets a customer does
        waits.connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            find_or_create_for_user(waits, bob.id)
    other.close()
    shop.close()


@pytest.mark.postgres
@pytest.mark.parametrize("empty_place", ["postgres"], indirect=True)
def test_who_forgets_a_customer_holds_their_user_before_numbers_as_everybody_does(empty_place: str) -> None:
    (shop, ann), other = a_shop_with_ann(empty_place), open_shop(empty_place)
    zoe = shop.users.save(ann, SaveUser(name="Zoe", role=Role.CUSTOMER, pin=PIN, phone=a_phone()))
    key = shop.users.customer_of(ann, zoe.id).customer.id
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    erase = Erase(customer_id=key, reason="Asked for it")
    with ThreadPoolExecutor(1) as thread, shop.store.work(ann) as moves:
        moves.users.hold(zoe.id)  # as whoever gives her another number does
        erased = thread.submit(other.privacy.erase, ann, erase)
        while not erased.done() and not moves.connection.execute(waiting).scalar_one():
            pass
        moves.connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        moves.counters.hold(PL)
        moves.connection.rollback()
        assert erased.result(20).pl_id == "PL1"
    other.close()
    shop.close()


def a_first_admin(shop: Shop, actor: Actor, *, number: int) -> str:
    hashing.TIME_COST, hashing.MEMORY_COST, hashing.LANES = 1, 8, 1
    try:
        shop.users.save(actor, SaveUser(name=f"First {number}", role=Role.ADMIN, pin=PIN))
    except DomainError as error:
        return error.code
    return "made"


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_of_tills_that_make_the_first_admin_at_once_one_does(empty_place: str) -> None:
    shop = open_shop(empty_place)
    a_business(shop, name="Harbour Lane Repairs")
    told = Counter(at_once(empty_place, [partial(a_first_admin, number=one) for one in range(8)]))
    assert told == {"made": 1, "sign_in_needed": 7}
    assert len(shop.sign_in.tiles(1)) == 1
    assert kept(shop) == []
    shop.close()


def a_rival_disabled(shop: Shop, actor: Actor, *, who: Actor, key: int) -> str:
    try:
        shop.users.disable(who, key)
    except DomainError as error:
        return error.code
    return "done"


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_of_two_admins_who_disable_each_other_at_once_one_stays(empty_place: str) -> None:
    shop, ann = a_shop_with_ann(empty_place)
    assert ann.user_id is not None
    key = ann.user_id
    for number in range(4):
        bea = shop.users.save(ann, SaveUser(name=f"Bea {number}", role=Role.ADMIN, pin=PIN))
        as_bea = shop.sign_in.by_secret("Till 2", 1, bea.id, PIN).actor
        both = [
            partial(a_rival_disabled, who=ann, key=bea.id),
            partial(a_rival_disabled, who=as_bea, key=key),
        ]
        said = at_once(empty_place, both)
        assert sorted(said) == ["done", "not_allowed"]
        if said[1] == "done":
            shop.users.disable(as_bea, key, disabled=False)
            shop.users.disable(ann, bea.id)
    assert kept(shop) == []
    shop.close()
