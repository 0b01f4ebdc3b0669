"""Notes and coins: each currency has its own, in its own decimals."""

from decimal import Decimal

import pytest

from posapp.domain.base.money import CURRENCIES, Money
from posapp.domain.selling.cash import _TABLE, denominations


def shown(currency: str, minor: int) -> str:
    return str(Money(minor, currency).as_decimal())


def test_euros_are_counted_from_the_largest_note_to_one_cent() -> None:
    euro = denominations("EUR")
    assert euro is not None
    assert euro.notes == (50_000, 20_000, 10_000, 5000, 2000, 1000, 500)
    assert euro.coins == (200, 100, 50, 20, 10, 5, 2, 1)


def test_decimals_are_those_of_the_currency() -> None:
    yen, dinar = denominations("JPY"), denominations("KWD")
    assert yen is not None and dinar is not None
    assert (yen.notes[0], yen.coins[-1]) == (10_000, 1)
    assert [shown("KWD", one) for one in dinar.notes[-2:]] == ["0.500", "0.250"]
    assert shown("KWD", dinar.coins[-1]) == "0.005"


@pytest.mark.parametrize("currency", sorted(_TABLE))
def test_each_piece_is_listed_once_the_largest_first(currency: str) -> None:
    found = denominations(currency)
    assert found is not None
    assert currency in CURRENCIES
    for kind, written in zip((found.notes, found.coins), _TABLE[currency], strict=True):
        assert list(kind) == sorted(set(kind), reverse=True)
        assert [Money(one, currency).as_decimal() for one in kind] == [
            Decimal(one) for one in written.split()
        ]


def test_another_currency_is_counted_as_a_sum() -> None:
    assert denominations("ISK") is None
