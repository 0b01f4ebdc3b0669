"""How a match is shown: what was typed stands out, and marks stand at the end."""

import pytest

from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.pl_id import PlId
from posapp.services.counter.search import Hit
from posapp.ui.customers.rows import hit_row, match_in_name, match_in_phone, spoken_hit
from posapp.ui.wording import Wording


def _hit(**more: object) -> Hit:
    values: dict[str, object] = {
        "kind": "customer",
        "number": "PL24",
        "customer_id": 1,
        "pl_id": PlId(24),
        "name": "Łukasz Müller",
        "phone": PhoneNumber.parse("087 914 0873", region="IE"),
        "email": "",
        "is_flagged": False,
        "is_former": False,
        "why": "name",
    }
    return Hit(**{**values, **more})  # type: ignore[arg-type]


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


def test_marks_stand_at_the_end() -> None:
    assert hit_row(_hit(is_flagged=True), "luk", Wording()).right == "note"
    assert hit_row(_hit(is_former=True), "087", Wording()).right == "former"
    booking = hit_row(_hit(kind="booking", number="B319", why="booking"), "b319", Wording())
    assert booking.pill is not None and booking.pill.word == "B319"


def test_a_customer_without_a_name_is_called_by_the_number() -> None:
    row = hit_row(_hit(name=""), "087", Wording())
    assert row.name == "087 914 0873"


def test_a_row_is_spoken_in_one_line() -> None:
    assert spoken_hit(_hit(is_flagged=True), Wording()) == "PL24, Łukasz Müller, 087 914 0873, has a note"
