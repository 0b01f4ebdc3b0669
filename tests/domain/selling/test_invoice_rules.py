"""What invoices of a country are called and carry."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from posapp.domain.base.locales import check_region
from posapp.domain.base.money import Money
from posapp.domain.selling.amount_words import number_in_words, rupees_in_words
from posapp.domain.selling.invoice_rules import RULES, Stamped, rule_of, tlv

NOON = datetime(2026, 3, 12, 15, 0, tzinfo=timezone(timedelta(hours=3)))


def test_every_row_is_of_a_country_and_names_its_source() -> None:
    for region, rule in RULES.items():
        assert check_region(region) == region
        assert rule.source


@pytest.mark.parametrize(
    ("region", "with_number", "without", "untaxed", "refund"),
    [
        ("IE", "Invoice", "Invoice", "Invoice", "Credit note"),
        ("AU", "Tax invoice", "Tax invoice", "Invoice", "Adjustment note"),
        ("IN", "Tax invoice", "Tax invoice", "Bill of supply", "Credit note"),
        ("SA", "Tax invoice", "Simplified tax invoice", "Invoice", "Credit note"),
        ("JP", "Invoice", "Invoice", "Invoice", "Credit note"),
    ],
)
def test_an_invoice_is_called_as_its_country_says(
    region: str, with_number: str, without: str, untaxed: str, refund: str
) -> None:
    heading = rule_of(region).heading
    assert heading(is_refund=False, is_taxed=True, buyer_tax_id="29AAGCB7383J1Z4") == with_number
    assert heading(is_refund=False, is_taxed=True, buyer_tax_id="") == without
    assert heading(is_refund=False, is_taxed=False, buyer_tax_id="") == untaxed
    assert heading(is_refund=True, is_taxed=True, buyer_tax_id="") == refund


def test_the_saudi_code_is_that_of_the_standard() -> None:
    """The example of ZATCA's developer portal."""
    bobs = Stamped(
        "Bobs Records",
        "310122393500003",
        datetime(2022, 4, 25, 15, 30, tzinfo=UTC),
        Money(100000, "SAR"),
        Money(15000, "SAR"),
    )
    assert tlv(bobs) == (
        "AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMUMjAyMi0wNC0yNVQxNTozMDowMFoEBzEwMDAuMDAFBjE1MC4wMA=="
    )


def test_a_long_arabic_name_is_cut_between_letters() -> None:
    stamped = Stamped("ورشة " * 100, "310122393500003", NOON, Money(11500, "SAR"), Money(1500, "SAR"))
    body = base64.b64decode(tlv(stamped))
    assert body[0] == 1
    assert body[1] <= 255
    assert body[2 : 2 + body[1]].decode().startswith("ورشة ورشة")
    assert b"2026-03-12T12:00:00Z" in body


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Zero"),
        (13, "Thirteen"),
        (40, "Forty"),
        (99, "Ninety-Nine"),
        (100, "One Hundred"),
        (100_000, "One Lakh"),
        (123_456, "One Lakh Twenty-Three Thousand Four Hundred Fifty-Six"),
        (10_000_000, "One Crore"),
        (
            1_234_567_890,
            "One Hundred Twenty-Three Crore Forty-Five Lakh Sixty-Seven Thousand Eight Hundred Ninety",
        ),
    ],
)
def test_numbers_are_counted_in_lakh_and_crore(number: int, words: str) -> None:
    assert number_in_words(number) == words


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (Money(123_450, "INR"), "Rupees One Thousand Two Hundred Thirty-Four and Fifty Paise Only"),
        (Money(-100, "INR"), "Minus Rupees One Only"),
        (Money(5, "INR"), "Rupees Zero and Five Paise Only"),
        (Money(100, "EUR"), ""),
    ],
)
def test_rupees_are_written_out(money: Money, words: str) -> None:
    assert rupees_in_words(money) == words
