"""Serials and IMEIs: what is one, what compares equal, and the check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.devices import (
    Device,
    DeviceKind,
    check_imei,
    check_serial,
    describe,
    looks_like_imei,
    serial_key,
    told_apart,
)

# The example of 3GPP TS 23.003 annex B and one of a real phone's box.
KNOWN = ("490154203237518", "356938035643809")


def code_of(text: str) -> str:
    with pytest.raises(DomainError) as refused:
        check_imei(text)
    return refused.value.code


@pytest.mark.parametrize("imei", KNOWN)
def test_an_imei_is_taken_however_it_is_grouped(imei: str) -> None:
    grouped = f" {imei[:2]}-{imei[2:8]} {imei[8:14]}/{imei[14:]} "
    assert check_imei(imei) == check_imei(grouped) == imei
    assert check_imei(imei[:14]) == imei  # the check digit is computed
    assert check_imei(imei[:14] + "07") == imei  # an IMEISV: its software version is dropped


@pytest.mark.parametrize("imei", KNOWN)
def test_any_one_wrong_digit_is_found(imei: str) -> None:
    for place in range(15):
        for digit in "0123456789":
            if digit != imei[place]:
                assert code_of(imei[:place] + digit + imei[place + 1 :]) == "imei_wrong"


@pytest.mark.parametrize("text", ["", "1234", "4901542032375189999", "49015420323751A", "٤٩٠١٥٤٢٠٣٢٣٧٥١٨"])
def test_what_has_no_fifteen_digits_is_no_imei(text: str) -> None:
    assert code_of(text) == "imei_length"
    assert not looks_like_imei(text)


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_a_computed_check_digit_is_a_right_one(body: str) -> None:
    assert check_imei(check_imei(body)) == check_imei(body)
    assert looks_like_imei(body)


@pytest.mark.parametrize("text", ["c02-xk1 ", "C02 XK1", "c02xk1", "C-0-2-X-K-1"])
def test_serials_compare_by_letters_and_digits(text: str) -> None:
    assert serial_key(text) == "C02XK1"


def test_a_serial_is_kept_as_written_up_to_its_limit() -> None:
    assert check_serial("  C02-xk1 ") == "C02-xk1"
    assert check_serial("x" * 60) == "x" * 60
    with pytest.raises(DomainError) as refused:
        check_serial("x" * 61)
    assert (refused.value.code, refused.value.field) == ("serial_long", "serial")


@pytest.mark.parametrize(
    ("text", "make", "model"),
    [("Samsung Galaxy S22", "Samsung", "Galaxy S22"), ("  iPhone ", "iPhone", ""), ("", "", "")],
)
def test_one_line_is_make_and_model(text: str, make: str, model: str) -> None:
    assert describe(text) == (make, model)


def test_a_device_is_called_by_its_imei_before_its_serial() -> None:
    device = Device(1, DeviceKind.PHONE, "Samsung", "", "", "SN1", "")
    assert (device.name, device.mark) == ("Samsung", "SN1")
    assert Device(1, DeviceKind.PHONE, "", "S22", "", "SN1", KNOWN[0]).mark == KNOWN[0]


def test_devices_of_one_name_are_told_apart_by_mark_colour_or_place() -> None:
    marks = (("", "SN1", ""), ("", "SN2", "3569"), ("Red", "", ""), ("", "", ""))
    alike = [Device(1, DeviceKind.PHONE, "Apple", "iPhone 13", *one) for one in marks]
    other = Device(1, DeviceKind.TABLET, "Apple", "iPad", "", "SN5", "")
    assert told_apart([*alike, other]) == [
        "Apple iPhone 13 · SN1",
        "Apple iPhone 13 · 3569",
        "Apple iPhone 13 · Red",
        "Apple iPhone 13 · 4",
        "Apple iPad",
    ]
