"""A clock that is set back during a lock-out makes its wait begin anew: never shorter, never longer."""

from datetime import timedelta

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.people.users import Role
from posapp.services.desks import Shop
from posapp.services.people.users import SaveUser
from tests.factories import NOW

PIN, WRONG = "482917", "730195"


def test_a_clock_set_back_begins_the_wait_anew(sqlite_shop: Shop) -> None:
    shop, clock = sqlite_shop, sqlite_shop.store.clock
    assert isinstance(clock, FixedClock)
    ann = shop.users.save(Actor(1, "Till 1"), SaveUser(name="Ann", role=Role.ADMIN, pin=PIN)).id

    def code(secret: str) -> str:
        try:
            shop.sign_in.by_secret("Till 1", 1, ann, secret)
        except DomainError as error:
            return f"{error.code} {error.facts.get('seconds', '')}".strip()
        return "in"

    assert [code(WRONG) for _ in range(5)] == ["pin_wrong"] * 4 + ["locked_out 30"]
    clock.set(NOW - timedelta(days=3))
    assert code(PIN) == "locked_out 30"
    clock.advance(timedelta(seconds=29))
    assert code(PIN) == "locked_out 1"
    clock.advance(timedelta(seconds=1))
    assert code(PIN) == "in"
    assert code(WRONG) == "pin_wrong"


def test_the_wait_doubles_and_is_the_same_at_every_till(sqlite_shop: Shop) -> None:
    shop, clock = sqlite_shop, sqlite_shop.store.clock
    assert isinstance(clock, FixedClock)
    ann = shop.users.save(Actor(1, "Till 1"), SaveUser(name="Ann", role=Role.ADMIN, pin=PIN)).id
    waits = []
    for number in range(12):
        with pytest.raises(DomainError) as refused:
            shop.sign_in.by_secret(f"Till {number}", 1, ann, WRONG)
        wait = int(str(refused.value.facts.get("seconds", 0)))
        waits.append(wait)
        clock.advance(timedelta(seconds=wait))
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
