"""PL IDs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import LARGEST
from posapp.domain.customers.pl_id import PlId


@pytest.mark.parametrize("typed", ["PL24", "pl24", " Pl0024\n", "pL000000000024"])
def test_a_pl_id_is_read_in_any_case_and_with_zeros(typed: str) -> None:
    assert PlId.parse(typed) == PlId(24)


@pytest.mark.parametrize(
    "typed", ["", "PL", "PL0", "24", "PL1234567890", "P L1", "PL-1", "PL1.0", "XPL1", "PL１"]
)
def test_anything_else_is_no_pl_id(typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        PlId.parse(typed)
    assert (refused.value.code, refused.value.field) == ("pl_id_invalid", "pl_id")


def test_a_bare_number_is_a_pl_id_where_that_is_asked_for() -> None:
    for typed in ("024", " 24 ", "2-4", "PL-24", "pl 24"):
        assert PlId.parse(typed, bare=True) == PlId(24)
    for typed in ("0000000024", "24A", ""):
        with pytest.raises(DomainError):
            PlId.parse(typed, bare=True)


@given(st.integers(1, LARGEST))
def test_pl_ids_read_back_from_their_text(number: int) -> None:
    assert PlId.parse(str(PlId(number))) == PlId(number)


def test_pl_ids_sort_by_number() -> None:
    assert sorted([PlId(10), PlId(9)]) == [PlId(9), PlId(10)]


@pytest.mark.parametrize("number", [0, -1, LARGEST + 1])
def test_numbers_outside_the_range_cannot_be_made(number: int) -> None:
    with pytest.raises(DomainError):
        PlId(number)
