"""What was typed stands out in what is found."""

import pytest

from posapp.domain.customers.matching import match_at_start, match_in_name, match_in_phone


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("Łukasz Müller", "luk", "Łuk"),
        ("Łukasz Müller", "mull", "Müll"),
        ("Marta Kowalczyk", "kow mar", "Mar"),
        ("नेहा शर्मा", "neha", "नेहा"),
        ("Marta Kowalczyk", "xyz", None),
    ],
)
def test_the_typed_part_of_a_name_is_found(name: str, typed: str, found: str | None) -> None:
    span = match_in_name(name, typed)
    assert (name[span[0] : span[0] + span[1]] if span else None) == found


@pytest.mark.parametrize(
    ("typed", "why", "found"),
    [
        ("0873", "final", "0873"),
        ("087914", "leading", "087 914"),
        ("+35387914", "leading", "87 914"),
        ("whatever", "name", None),
        ("0879140873", "phone", "087 914 0873"),
    ],
)
def test_the_typed_digits_of_a_number_are_found(typed: str, why: str, found: str | None) -> None:
    shown = "087 914 0873"
    span = match_in_phone(shown, typed, why)
    assert (shown[span[0] : span[0] + span[1]] if span else None) == found


def test_an_address_that_begins_as_typed_is_found_in_capitals_or_not() -> None:
    assert match_at_start("Marta@example.com", " marta@") == (0, 6)
    assert match_at_start("Marta@example.com", "example") is None
