"""The numbers of bookings, tickets, sales, payments and reports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import (
    LARGEST,
    DocumentNumber,
    Letter,
    is_own_number,
    kept_whole,
    letter_of,
    number_of,
    number_text,
)


@given(st.integers(1, LARGEST), st.sampled_from(Letter))
def test_numbers_read_back_from_their_text(number: int, letter: Letter) -> None:
    made = DocumentNumber(letter, number)
    assert DocumentNumber.parse(str(made).lower()) == made
    assert number_of(number_text(letter, number), letter) == number_of(str(number), letter) == number


@pytest.mark.parametrize("typed", ["319", "X319", "B", "B0", "BB1", "PL24", "B1234567890", "B-1", "B１"])
def test_anything_else_is_no_document_number(typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        DocumentNumber.parse(typed)
    assert (refused.value.code, refused.value.field) == ("number_invalid", "number")


def test_a_number_of_another_kind_is_refused_where_one_kind_is_meant() -> None:
    with pytest.raises(DomainError) as refused:
        DocumentNumber.parse("T5", (Letter.BOOKING,))
    assert refused.value.sentence == "A number is B and digits, such as B319. Enter one."


@pytest.mark.parametrize("number", [0, -1, LARGEST + 1])
def test_numbers_outside_the_range_cannot_be_made(number: int) -> None:
    with pytest.raises(DomainError):
        DocumentNumber(Letter.BOOKING, number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("T12", 12), (" t0012\n", 12), ("12", 12), ("B12", None), ("", None), ("T", None), ("1 2", None)],
)
def test_where_only_tickets_are_meant_the_letter_may_be_left_out(typed: str, number: int | None) -> None:
    assert number_of(typed, Letter.TICKET) == number
    assert number_of(typed, Letter.TICKET, bare=False) == (number if "t" in typed.lower() else None)


def test_a_number_says_by_its_letter_what_it_is_of() -> None:
    assert letter_of(" t5") is Letter.TICKET
    assert letter_of("5") is letter_of("") is None


def test_a_report_is_counted_but_its_number_is_no_code_that_is_scanned() -> None:
    assert is_own_number("P118") and not is_own_number("Z5")


@pytest.mark.parametrize("said", [None, "", "abc", "-1", "1.5", "٣", "7\n", "601", "9" * 5000])
def test_a_setting_that_is_no_whole_number_in_its_span_is_the_usual_one(said: str | None) -> None:
    assert kept_whole(said, 12, most=600) == 12
    assert kept_whole("600", 12, most=600) == 600 and kept_whole("007", 12) == 7
    assert kept_whole("999999999999", 0, most=10**12 - 1) == 999_999_999_999
