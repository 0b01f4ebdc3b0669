"""PINs, passwords, badges and waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.people.secrets import (
    LONGEST_WAIT,
    check_password,
    check_pin,
    is_pin,
    new_badge,
    new_pin,
    plain_badge,
    wait_after,
    wait_left,
)

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def code_of(call: object) -> str:
    with pytest.raises(DomainError) as refused:
        call()  # type: ignore[operator]
    return refused.value.code


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "123456",
        "654321",
        "890123",
        "121212",
        "123123",
        "112112",
        "123321",
        "111222",
        "112233",
        "998877",
    ],
)
def test_a_pin_with_a_pattern_is_refused(pin: str) -> None:
    assert code_of(lambda: check_pin(pin, 6)) == "pin_weak"


@pytest.mark.parametrize("pin", ["1234", "4321", "1111", "1212", "1984", "2026", "0000"])
def test_so_is_a_short_one_and_a_year(pin: str) -> None:
    assert code_of(lambda: check_pin(pin, 4)) == "pin_weak"


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "１２３４５６", "12 456", "-12345"])
def test_what_has_not_its_digits_is_no_pin(pin: str) -> None:
    assert code_of(lambda: check_pin(pin, 6)) == "pin_invalid"


def test_the_end_of_ones_own_number_is_no_pin() -> None:
    assert check_pin("734962", 6) == "734962"
    assert code_of(lambda: check_pin("734962", 6, phone="+353851734962")) == "pin_weak"


@given(st.sampled_from((4, 5, 6)))
def test_a_pin_by_chance_is_always_good_enough(length: int) -> None:
    pin = new_pin(length)
    assert is_pin(pin)
    if not (length == 4 and pin[:2] in ("19", "20")):
        assert check_pin(pin, length) == pin


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "1234567890123", "Niamh Walsh1"])
def test_a_poor_password_is_refused(password: str) -> None:
    assert code_of(lambda: check_password(password, name="Niamh Walsh")) == "password_weak"


def test_a_badge_is_told_from_everything_else() -> None:
    code = new_badge()
    assert plain_badge(f" {code.lower()}\n") == code
    for other in ("", "PL24", "BADGE-", code[:-1], code + "A", "4006381333931"):
        assert plain_badge(other) == ""


def test_waits_begin_after_five_and_double_to_a_quarter_of_an_hour() -> None:
    waits = [int(wait_after(failures).total_seconds()) for failures in range(12)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert wait_after(10**9) == LONGEST_WAIT


@given(st.integers(0, 40), st.integers(-(10**6), 10**6))
def test_no_clock_makes_a_wait_longer_than_it_is(failures: int, seconds: int) -> None:
    left = wait_left(failures, NOW, NOW + timedelta(seconds=seconds))
    assert timedelta() <= left <= wait_after(failures)
    assert wait_left(failures, None, NOW) == timedelta()
