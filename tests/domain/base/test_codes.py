import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base import codes
from posapp.domain.base.codes import is_product_code, other_layout
from posapp.domain.base.numbers import is_own_number

LAYOUTS = codes._LAYOUTS


def typed(text: str, scanner: str, computer: str) -> str:
    """What arrives when a scanner set to one layout types into a computer set to another."""
    keys = codes._keys_of(scanner)
    return "".join(LAYOUTS[computer][shifted][place] for place, shifted in (keys[sign][0] for sign in text))


def test_numbers_of_the_shop_and_product_codes_are_known() -> None:
    assert all(map(is_own_number, ("PL24", "t1042", "B319", "S2207", "P118")))
    assert not any(map(is_own_number, ("PL", "T", "A4", "24", "T1a", "T-1", "T\u0661", "PL1234567890")))
    assert all(map(is_product_code, ("5012345678900", "96385074", "036000291452", "10012345678902")))
    assert not any(map(is_product_code, ("5012345678901", "501234567", "12345", "", "501234567890O")))


@pytest.mark.parametrize(
    ("scanner", "computer", "arrived"),
    [
        ("US", "French", "PL("),
        ("French", "US", "PL%"),
        ("US", "Czech", "PLř"),
        ("US", "Russian", "ЗД5"),
        ("US", "Hebrew", "PL5"),
    ],
)
def test_pl5_arrives_otherwise_under_another_layout(scanner: str, computer: str, arrived: str) -> None:
    assert typed("PL5", scanner, computer) == arrived
    if arrived != "PL5":
        assert "PL5" in other_layout(arrived)


@given(
    number=st.from_regex(r"(PL|T|B|S|P)[1-9]\d{0,5}", fullmatch=True),
    scanner=st.sampled_from(sorted(LAYOUTS)),
    computer=st.sampled_from(sorted(LAYOUTS)),
)
def test_a_number_that_arrives_changed_is_never_taken_for_another_one(
    number: str, scanner: str, computer: str
) -> None:
    keys = codes._keys_of(scanner)
    if any(sign not in keys for sign in number):
        return  # such a keyboard cannot type it
    arrived = typed(number, scanner, computer)
    if " " in arrived:
        return  # a key that types nothing by itself
    assert arrived == number or not is_own_number(arrived)
    if arrived != number and not arrived.isascii():
        assert number in other_layout(arrived)


@pytest.mark.parametrize(
    "text", ["PL5", "T2", "A4", "5012345678900", "12345", "SN-1234(A)", "Anna", "PLAN", "", "Müller", "1"]
)
def test_what_makes_sense_as_it_is_was_not_misread(text: str) -> None:
    assert other_layout(text) == ()
