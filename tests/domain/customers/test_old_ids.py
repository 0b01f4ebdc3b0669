"""An ID of an old system as it is typed."""

import pytest

from posapp.domain.customers.old_ids import TypedOldId, old_ids_meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" CUST-001 ", (("CUST-001", "", ""),)),
        ("12345", ()),
        ("002:12345", (("12345", "002", ""), ("002:12345", "", ""))),
        (
            "Square:customers:A",
            (("A", "square", "customers"), ("customers:A", "square", ""), ("Square:customers:A", "", "")),
        ),
        ("000:", (("000:", "", ""),)),
        ("", ()),
    ],
)
def test_the_most_exact_meaning_comes_first(text: str, meant: tuple[tuple[str, str, str], ...]) -> None:
    assert old_ids_meant(text) == tuple(TypedOldId(*one) for one in meant)
