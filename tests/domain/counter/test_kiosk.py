"""Codes of the kiosk, and how long somebody waits after wrong ones."""

from datetime import UTC, datetime, timedelta

from posapp.domain.counter.kiosk import (
    CODE_DIGITS,
    FORGOTTEN_AFTER,
    Door,
    Tried,
    code_hash,
    new_code,
    plain_code,
    shown_code,
    wait_after,
)

NOW = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)


def test_a_code_is_eight_digits_and_reads_back_as_it_is_shown() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) > 45
    for code in codes:
        assert len(code) == CODE_DIGITS and code.isdecimal()
        assert plain_code(shown_code(code)) == code == plain_code(f" {code[:3]}-{code[3:]} ")


def test_what_is_kept_of_a_code_depends_on_the_shop_and_the_customer() -> None:
    kept = {code_hash("12345678", key, customer) for key in ("a", "b") for customer in (1, 2)}
    assert len(kept) == 4 and all(len(one) == 64 for one in kept)


def test_waits_double_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(count, Door.NUMBER) for count in range(12)]
    assert waits[:6] == [0, 0, 0, 15, 30, 60] and waits[-1] == 900


def test_a_clock_that_is_set_back_ends_no_wait_and_time_does() -> None:
    tried = Tried(5, NOW)
    assert tried.wait_at(NOW, Door.NUMBER) == 60 == tried.wait_at(NOW - timedelta(days=1), Door.NUMBER)
    assert tried.wait_at(NOW + timedelta(seconds=59), Door.NUMBER) == 1
    assert tried.wait_at(NOW + timedelta(seconds=60), Door.NUMBER) == 0
    assert tried.count_at(NOW + FORGOTTEN_AFTER) == 5
    assert tried.count_at(NOW + FORGOTTEN_AFTER + timedelta(seconds=1)) == 0
