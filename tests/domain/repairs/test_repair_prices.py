"""Which price of the list counts, and how many change at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.stamps import Stamps
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import (
    RepairPrice,
    changed_price,
    check_change,
    key_of_device,
    keys_for,
    parse_change,
    prices_for,
)
from tests.factories import NOW

STAMPS = Stamps(NOW, "Till 1", NOW, "Till 1")
PHONE, LAPTOP = DeviceKind.PHONE, DeviceKind.LAPTOP


def price(make: str = "", model: str = "", fault: str = "Battery", kind: DeviceKind | None = None):
    return RepairPrice(1, kind, make, model, fault, 100, 0, None, "", "", None, False, STAMPS)


LIST = [
    price(kind=PHONE),
    price("Samsung"),
    price("Samsung", kind=PHONE),
    price("Samsung", "Galaxy S22"),
    price("Samsung", "Galaxy S22", kind=PHONE),
    price("Samsung Galaxy"),
    price("Apple"),
]


def offered(device: str, kind: DeviceKind | None = PHONE, fault: str = "Battery", prices=LIST):
    keys = keys_for(device)
    return prices_for([one for one in prices if key_of_device(one.make, one.model) in keys], kind, fault)


@pytest.mark.parametrize(
    ("device", "kind", "name"),
    [
        ("Samsung Galaxy S22", PHONE, ("Samsung", "Galaxy S22", PHONE)),
        ("SAMSUNG  Galáxy s22", PHONE, ("Samsung", "Galaxy S22", PHONE)),
        ("Samsung Galaxy S22", LAPTOP, ("Samsung", "Galaxy S22", None)),
        ("Samsung S9", PHONE, ("Samsung", "", PHONE)),
        ("Samsung S9", None, ("Samsung", "", None)),
        ("Nokia 3310", PHONE, ("", "", PHONE)),
        ("", PHONE, ("", "", PHONE)),
    ],
)
def test_the_most_exact_price_counts(device: str, kind: DeviceKind | None, name: object):
    [found] = offered(device, kind)
    assert (found.make, found.model, found.kind) == name


def test_a_device_that_nothing_is_for_has_no_price():
    assert offered("Nokia 3310", LAPTOP) == []


def test_a_price_is_found_wherever_the_make_of_a_device_ends():
    assert key_of_device("Samsung", "Galaxy S22") == key_of_device("Samsung Galaxy", "S22")
    assert key_of_device("Samsung", "") != key_of_device("", "Samsung")


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        ("Cracked screen, Battery. It fell", ["Cracked screen", "Battery"]),
        ("battery is flat, CRACKED SCREEN", ["Battery", "Cracked screen"]),
        ("the screen flickers", ["Screen"]),
        ("batterypack", []),
        ("", ["Battery", "Cracked screen", "Screen"]),
    ],
)
def test_the_faults_that_are_told_are_offered_in_their_order(told: str, faults: list[str]):
    prices = [price("Samsung", fault=one) for one in ("Screen", "Battery", "Cracked screen")]
    assert [one.fault for one in offered("Samsung S9", fault=told, prices=prices)] == faults


@pytest.mark.parametrize(
    ("typed", "percent"), [("5", 50_000), ("+2,5 %", 25_000), ("-10%", -100_000), ("− 0.25", -2_500)]
)
def test_a_percentage_is_read_as_it_is_typed(typed: str, percent: int):
    assert parse_change(typed) == percent


@pytest.mark.parametrize("typed", ["", "five", "5%%", "1.23456", "--5", "5 5"])
def test_what_is_no_percentage_is_refused(typed: str):
    with pytest.raises(DomainError, match="per cent"):
        parse_change(typed)


@pytest.mark.parametrize(
    ("percent", "step", "code"),
    [
        (0, 1, "percent_invalid"),
        (-1_000_000, 1, "percent_invalid"),
        (10_000_001, 1, "percent_invalid"),
        (50_000, 0, "step_invalid"),
        (50_000, 10**12, "step_invalid"),
    ],
)
def test_a_change_out_of_reason_is_refused(percent: int, step: int, code: str):
    with pytest.raises(DomainError) as refused:
        check_change(percent, step)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("minor", "percent", "step", "after"),
    [
        (12_900, 50_000, 50, 13_550),
        (100, 25_000, 1, 103),
        (12_900, -100_000, 100, 11_600),
        (0, 50_000, 50, 0),
    ],
)
def test_a_price_changes_to_the_nearest_step(minor: int, percent: int, step: int, after: int):
    assert changed_price(minor, percent, step) == after


@given(st.integers(0, 10**9), st.integers(-999_999, 10_000_000), st.integers(1, 10**6))
def test_a_changed_price_is_a_step_and_never_further_than_half_of_one(minor: int, percent: int, step: int):
    after = changed_price(minor, percent, step)
    assert after % step == 0
    assert abs(2 * (after * 1_000_000 - minor * (1_000_000 + percent))) <= step * 1_000_000
