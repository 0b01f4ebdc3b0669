"""Money: amounts read, added and shown without a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import (
    CURRENCIES,
    LIMIT,
    Money,
    decimals,
    format_money,
    parse_amount,
    read_amount,
    read_plain_amount,
)


@pytest.mark.parametrize(
    ("typed", "currency", "mark", "minor"),
    [
        ("50", "EUR", ".", 5000), ("12.5", "EUR", ",", 1250), ("12,50", "EUR", ".", 1250),
        (".5", "EUR", ".", 50),
        ("1,234.56", "EUR", ",", 123456), ("1.234,56", "EUR", ".", 123456), ("1.234", "EUR", ",", 123400),
        ("1,234", "EUR", ".", 123400), ("1.234.567", "EUR", ".", 123456700),
        ("1,23,456.00", "INR", ".", 12345600),
        (" €50 ", "EUR", ".", 5000), ("50\u00a0€", "EUR", ".", 5000), ("CHF 12.50", "CHF", ".", 1250),
        ("12.50 chf", "CHF", ".", 1250), ("1 234,50", "EUR", ",", 123450), ("1’234.50", "CHF", ".", 123450),
        ("٥٠", "EUR", ".", 5000), ("12", "JPY", ".", 12), ("1.234", "KWD", ".", 1234),
        ("1234.567", "KWD", ".", 1234567),
        ("1.234,000", "KWD", ",", 1234000), ("1234", "KWD", ",", 1234000),
        ("", "EUR", ".", 0), ("-0", "EUR", ".", 0),
        ("9999999999.99", "EUR", ".", 999999999999),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_a_clerk_types_it(typed: str, currency: str, mark: str, minor: int) -> None:
    assert parse_amount(typed, currency, decimal_mark=mark) == Money(minor, currency)


@pytest.mark.parametrize(
    "typed",
    [
        "abc", "1e5", "NaN", "5.", "1.2.3", "1,2345", "12.345,67.8", "€€5", "€", "EUR", "-", "1.234", "0,500",
        "12.345", "50 USD", "10000000000", "9" * 10_000, "1 2", "²", "50" + " " * 100 + "x",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_amount(typed, "EUR", decimal_mark=".", field="price")
    assert (refused.value.code, refused.value.field) == ("amount_invalid", "price")


@pytest.mark.parametrize(("typed", "mark"), [("1.234", ","), ("1,234", "."), ("KWD 12,400", ".")])
def test_a_group_that_could_be_three_decimals_is_refused_with_both_readings(typed: str, mark: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_amount(typed, "KWD", decimal_mark=mark)
    whole, fraction = typed.removeprefix("KWD ").split("," if mark == "." else ".")
    assert f"could be {whole}{mark}{fraction} or {whole}{fraction}." in refused.value.sentence


def test_what_stands_on_a_note_has_no_decimals_where_they_are_zero() -> None:
    shown = [
        format_money(Money(minor, currency), locale, is_short=True)
        for minor, currency, locale in (
            (5000, "EUR", "en-IE"),
            (50, "EUR", "en-IE"),
            (5000, "EUR", "de-DE"),
            (1000, "JPY", "ja-JP"),
            (250, "KWD", "en-KW"),
            (20_000, "KWD", "en-KW"),
        )
    ]
    assert shown == ["€50", "€0.50", "50\u00a0€", "￥1,000", "KWD\u00a00.250", "KWD\u00a020"]


def test_an_amount_below_zero_is_refused() -> None:
    for typed in ("-5", "−5 €", "€-5"):
        with pytest.raises(DomainError) as refused:
            parse_amount(typed, "EUR", decimal_mark=".")
        assert refused.value.code == "amount_negative"


def test_more_decimals_than_the_currency_has_are_refused() -> None:
    with pytest.raises(DomainError, match="JPY has no decimals"):
        parse_amount("12.5", "JPY", decimal_mark=".")


def test_imports_know_no_groups_with_spaces() -> None:
    with pytest.raises(DomainError):
        read_amount("1 234", "EUR", decimal_mark=".")


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "shown"),
    [
        (123456, "EUR", "en_IE", "€1,234.56"),
        (-5, "EUR", "en-IE", "−€0.05"),
        (123456, "EUR", "de-DE", "1.234,56\u00a0€"),
        (12345600, "INR", "en-IN", "₹1,23,456.00"),
        (1234, "JPY", "en-US", "¥1,234"),
        (1234567, "IQD", "en-US", "IQD\u00a01,234.567"),
        (5000, "LBP", "en-US", "LBP\u00a050.00"),
        (5000, "EUR", "xx", "€50.00"),
    ],
)
def test_an_amount_shows_its_currency_and_its_own_decimals(
    minor: int, currency: str, locale: str, shown: str
) -> None:
    assert format_money(Money(minor, currency), locale) == shown


# fmt: off
HOMES = st.sampled_from([
    ("en-IE", "EUR"), ("de-DE", "EUR"), ("fr-FR", "EUR"), ("en-US", "USD"), ("en-IN", "INR"),
    ("hi-IN", "INR"), ("ja-JP", "JPY"), ("de-CH", "CHF"), ("en-GB", "GBP"), ("es-ES", "EUR"),
    ("ko-KR", "KRW"), ("en-KW", "KWD"), ("fr-CM", "XAF"), ("fr-SN", "XOF"), ("en-US", "IQD"),
    ("sv-SE", "SEK"),
])
# fmt: on


@given(minor=st.integers(0, LIMIT - 1), home=HOMES)
def test_a_shown_amount_reads_back_as_the_same(minor: int, home: tuple[str, str]) -> None:
    locale, currency = home
    money = Money(minor, currency)
    shown = format_money(money, locale)
    assert parse_amount(shown, currency, decimal_mark=decimal_mark(locale), locale=locale) == money


@given(minor=st.integers(0, LIMIT - 1), home=HOMES)
def test_a_shown_amount_is_read_back_in_scripts_and_tables_too(minor: int, home: tuple[str, str]) -> None:
    locale, currency = home
    money, mark = Money(minor, currency), decimal_mark(locale)
    shown = format_money(money, locale)
    assert read_plain_amount(shown, currency, decimal_mark=mark, locale=locale) == money


@pytest.mark.parametrize(
    ("typed", "currency", "mark", "readings"),
    [
        ("2,400", "EUR", ",", "2,40 or 2400"), ("2.400", "EUR", ".", "2.40 or 2400"),
        ("2,405", "EUR", ",", "2,405 or 2405"), ("12.000", "EUR", ".", "12.00 or 12000"),
    ],
)  # fmt: skip
def test_three_digits_after_the_own_mark_are_refused_with_both_readings(
    typed: str, currency: str, mark: str, readings: str
) -> None:
    for read in (parse_amount, read_plain_amount):
        with pytest.raises(DomainError) as refused:
            read(typed, currency, decimal_mark=mark)
        assert f"“{typed}” could be {readings}." in refused.value.sentence


@given(st.text(max_size=80), st.sampled_from(CURRENCIES), st.sampled_from(".,"))
def test_any_text_is_an_amount_or_refused(text: str, currency: str, mark: str) -> None:
    try:
        assert 0 <= parse_amount(text, currency, decimal_mark=mark).minor < LIMIT
    except DomainError as refused:
        assert refused.code in ("amount_invalid", "amount_negative")


@given(st.integers(), st.integers(), st.integers(-100, 100))
def test_amounts_add_and_multiply_exactly(a: int, b: int, times: int) -> None:
    first, second = Money(a, "EUR"), Money(b, "EUR")
    assert first + second - second == first
    assert times * first == first * times == Money(a * times, "EUR")
    assert (first < second) == (a < b)
    assert -first + first == Money.zero("EUR")
    assert bool(first) == bool(a)
    assert abs(first).minor == abs(a)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="do not mix"):
        Money(1, "EUR") + Money(1, "USD")
    assert Money(1, "EUR") != Money(1, "USD")


def test_floats_are_no_money() -> None:
    with pytest.raises(TypeError):
        Money(1.0, "EUR")  # type: ignore[arg-type]


def test_decimals_are_those_of_the_standard() -> None:
    assert [decimals(code) for code in ("EUR", "UGX", "ISK", "TND", "CLF")] == [2, 0, 0, 3, 4]
    with pytest.raises(DomainError) as refused:
        decimals("eur")
    assert refused.value.code == "currency_unknown"
