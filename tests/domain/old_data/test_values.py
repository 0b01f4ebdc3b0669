"""Values of old records: every rule that the old systems' data is cleaned by."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.old_data.values import (
    ValueFault,
    clean_email,
    clean_id,
    clean_name,
    is_empty,
    minor_decimals,
    raw_phone,
    read_amount,
    read_moment,
    read_whole,
    text_of,
)


def amount(value: object, decimals: int = 2, *, semicolon: bool = False) -> int | str:
    try:
        return read_amount(value, decimals, semicolon=semicolon)
    except ValueFault as fault:
        return fault.code


def moment(value: object, object_id: object = None) -> str:
    try:
        micros = read_moment(value, object_id)
    except ValueFault as fault:
        return fault.code
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).isoformat()


# -- IDs, names, addresses -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("  CUST-1 ", "CUST-1"),
        ("6255EA45B9282A7A5E88B856", "6255ea45b9282a7a5e88b856"),
        ({"$oid": "6255EA45B9282A7A5E88B856"}, "6255ea45b9282a7a5e88b856"),
        ("94EFBEE3-061E-4F49-B1EC-B9B4697A689E", "94efbee3-061e-4f49-b1ec-b9b4697a689e"),
        (17, "17"),
        (17.0, "17"),
        ({"$numberLong": "17"}, "17"),
        ({"$numberDouble": "17.0"}, "17"),
        (10**30, str(10**30)),
        ("", ""),
        (None, ""),
        (" \u3000", ""),
        (True, ""),
        ([], ""),
        ({}, ""),
        ({"$oid": 7}, ""),
        ("Zero-Padded-Twenty-Four!", "Zero-Padded-Twenty-Four!"),
        ("a\0b", "a�b"),
    ],
)
def test_an_id_is_a_trimmed_text(value: object, code: str) -> None:
    assert clean_id(value) == code


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("  Anna\t\r\n  Berg\u2028 ", "Anna Berg"),
        ("Zoe\u0308", "Zoë"),
        ("=1+1", "=1+1"),
        ('O\'Brien "Bob" <b>', 'O\'Brien "Bob" <b>'),
        ("x" * 5000, "x" * 5000),
        ("a\0b", "a b"),
        (None, ""),
        (42, "42"),
        (["a"], ""),
    ],
)
def test_a_name_is_cleaned_and_never_shortened(value: object, name: str) -> None:
    assert clean_name(value) == name


@pytest.mark.parametrize(
    ("value", "address"),
    [(" Anna@Example.COM\n", "anna@example.com"), ("none", ""), (None, ""), ("", ""), (7, "")],
)
def test_an_address_has_an_at_sign(value: object, address: str) -> None:
    assert clean_email(value) == address


def test_nothing_but_white_space_is_empty() -> None:
    assert all(is_empty(value) for value in (None, "", " \t\n\u3000"))
    full: tuple[object, ...] = (0, False, "0", [], {})
    assert not any(is_empty(value) for value in full)


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ({"$numberLong": "4155550123"}, "4155550123"),
        (4155550123.0, "4155550123"),
        (" x ", " x "),
        (None, None),
        (True, True),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_a_wrapped_number_is_a_phone_of_digits(value: object, raw: object) -> None:
    assert raw_phone(value) == raw


def test_a_number_is_the_text_of_its_digits() -> None:
    assert [text_of(one) for one in (1.5, Decimal("2.50"), 3, "x", {"$uuid": "A"}, False)] == [
        "1.5", "2.50", "3", "x", "A", "",
    ]  # fmt: skip


# -- moments ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("2023-05-04", "2023-05-04T00:00:00+00:00"),
        ("2023-05-04 11:57:27", "2023-05-04T11:57:27+00:00"),
        ("2023-05-04T11:57:27Z", "2023-05-04T11:57:27+00:00"),
        ("2023-05-04 11:57:27.5+00", "2023-05-04T11:57:27.500000+00:00"),
        ("2023-05-04 11:57:27.123456789", "2023-05-04T11:57:27.123456+00:00"),
        ("2023-05-04 11:57:27+0530", "2023-05-04T06:27:27+00:00"),
        ("2023-05-04 11:57:27-05:30", "2023-05-04T17:27:27+00:00"),
        ({"$date": "2023-05-04T11:57:27.294Z"}, "2023-05-04T11:57:27.294000+00:00"),
        ({"$date": 1683201447294}, "2023-05-04T11:57:27.294000+00:00"),
        ({"$date": {"$numberLong": "1683201447294"}}, "2023-05-04T11:57:27.294000+00:00"),
        ("1990-01-01", "1990-01-01T00:00:00+00:00"),
        ("2099-12-31 23:59:59.999999", "2099-12-31T23:59:59.999999+00:00"),
        ("2100-01-01 00:30:00+01", "2099-12-31T23:30:00+00:00"),
        ("2024-02-29", "2024-02-29T00:00:00+00:00"),
    ],
)
def test_forms_of_a_moment(value: object, at: str) -> None:
    assert moment(value) == at


@pytest.mark.parametrize(
    "value",
    [
        "", None, " ", "yesterday", "2023-02-29", "2023-13-01", "2023-05-04 24:00:00", "2023-05-04 11:60:00",
        "2023-05-04 11:57:60", "2023-05-04 11:57", "2023-05-04T11:57:27z", "2023-05-04+01:00", "2023-5-4",
        "2023-05-04 11:57:27 +01", "2023-05-04 11:57:27.", "2023-05-04 11:57:27.1234567890", "0000-00-00",
        "2023-05-04 11:57:27+24", "2023-05-04 11:57:27+01:60", "٢٠٢٣-٠٥-٠٤", " 2023-05-04", "04.05.2023",
        "1970-01-01", "1989-12-31 23:59:59.999999", "2100-01-01", "1990-01-01 00:30:00+01", 1683201447294,
        {"$date": ""}, {"$date": None}, {"$date": True}, {"$date": "soon"}, {"$date": {"$numberLong": "x"}},
        {"$date": float("nan")}, {"$date": 1e300}, {"$date": {"$date": 1}}, {}, [], True, {"$oid": "5" * 24},
    ],
)  # fmt: skip
def test_everything_else_is_no_moment(value: object) -> None:
    assert moment(value) == "date_invalid"


def test_an_empty_moment_is_that_of_the_object_id() -> None:
    assert moment("", {"$oid": "645399A7" + "0" * 16}) == "2023-05-04T11:40:23+00:00"
    assert moment(None, {"$oid": "645399a7" + "f" * 16}) == "2023-05-04T11:40:23+00:00"
    assert moment("soon", {"$oid": "645399a7" + "f" * 16}) == "date_invalid"
    assert moment(None, {"$oid": "00000000" + "f" * 16}) == "date_invalid"  # of 1970
    assert moment(None, "645399a7" + "f" * 16) == "date_invalid"  # a text is no ObjectId
    assert moment(None, {"$oid": None}) == "date_invalid"


@given(
    st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30)),  # noqa: DTZ001
    st.integers(-23 * 60, 23 * 60),
)
def test_any_moment_is_the_instant_that_it_names(at: datetime, offset: int) -> None:
    sign, (hours, minutes) = "-" if offset < 0 else "+", divmod(abs(offset), 60)
    text = f"{at:%Y-%m-%d %H:%M:%S.%f}{sign}{hours:02}:{minutes:02}"
    utc = at.replace(tzinfo=UTC) - timedelta(minutes=offset)
    assert read_moment(text) == (utc - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


# -- amounts ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "point", "comma"),
    [
        ("", 0, 0),
        (" 5 ", 500, 500),
        ("99.5", 9950, 9950),
        ("99,95", 9995, 9995),
        (".5", 50, 50),
        ("1,234.56", 123456, 123456),
        ("1.234,56 €", 123456, 123456),
        ("€ 1.234,5", 123450, 123450),
        ("₹1,23,456.00", 12345600, 12345600),
        ("1,234,567", 123456700, 123456700),
        ("1.234.567", 123456700, 123456700),
        ("12,34,567", 123456700, 123456700),
        ("1,234", 123400, "amount_invalid"),
        ("1.234", "amount_invalid", 123400),
        ("123.456,7", 12345670, 12345670),
        ("-5", "amount_negative", "amount_negative"),
        ("-€5.00", "amount_negative", "amount_negative"),
        ("−5.00 €", "amount_negative", "amount_negative"),
        ("-0.00", 0, 0),
        ("9999999999.99", 999_999_999_999, 999_999_999_999),
        ("0009999999999.99", 999_999_999_999, 999_999_999_999),
    ],
)
def test_amounts_as_texts(value: str, point: int | str, comma: int | str) -> None:
    assert amount(value) == point
    assert amount(value, semicolon=True) == comma


@pytest.mark.parametrize(
    "value",
    [
        "free", "NaN", "Infinity", "1e5", "5.", ",", ".", "-", "€", "€5€", "$5$", "5 USD", "1 234",
        "1.2.3", "12,34,5", "1,23.456,7", "1,2345", "1234,567", "12.345,678", "--5", "5-", "٤", "1234.567",
        "10000000000.00", "9" * 5000, "0x10", "+5", "5,,5", "1,234.", "1.23.4,56",
    ],
)  # fmt: skip
def test_texts_that_are_no_amount(value: str) -> None:
    assert amount(value) == "amount_invalid"


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        (None, 0),
        (5, 500),
        (20.020000000001, 2002),
        (0.125, 13),
        (1.005, 101),
        ({"$numberDecimal": "5.465"}, 547),
        ({"$numberInt": "0"}, 0),
        ({"$numberDouble": "50.05"}, 5005),
        (-0.0, 0),
        (-0.001, "amount_negative"),
        ({"$numberInt": "-1"}, "amount_negative"),
        (9999999999.99, 999_999_999_999),
        (9999999999.995, "amount_invalid"),
        (10**4000, "amount_invalid"),
        (float("nan"), "amount_invalid"),
        (float("inf"), "amount_invalid"),
        ({"$numberDouble": "NaN"}, "amount_invalid"),
        ({"$numberDecimal": "1E+999999"}, "amount_invalid"),
        ({"$numberDecimal": "x"}, "amount_invalid"),
        (True, "amount_invalid"),
        ([], "amount_invalid"),
        ({}, "amount_invalid"),
    ],
)
def test_amounts_as_numbers_are_rounded(value: object, minor: int | str) -> None:
    assert amount(value) == minor


def test_decimals_are_those_of_the_currency() -> None:
    assert [minor_decimals(code) for code in ("USD", "JPY", "KWD", "XAF", "EUR")] == [2, 0, 3, 0, 2]
    assert [amount("1,234", places) for places in (0, 2, 3)] == [1234, 123400, 1234000]
    assert [amount("5.00", places) for places in (0, 2, 3)] == ["amount_invalid", 500, 5000]
    assert [amount(5.5, places) for places in (0, 2, 3)] == [6, 550, 5500]


@given(st.integers(0, 10**12 - 1), st.sampled_from([2, 3]), st.sampled_from([",.", ".,"]), st.booleans())
def test_a_grouped_amount_reads_back(minor: int, places: int, marks: str, is_indian: bool) -> None:
    group, mark = marks[0], marks[1]
    whole, fraction = divmod(minor, 10**places)
    digits = f"{whole:,}" if not is_indian else _indian(str(whole))
    text = f"{digits.replace(',', group)}{mark}{fraction:0{places}}"
    is_clear = places == 2 or whole > 999  # else three digits behind one mark may be a group
    if is_clear:
        assert amount(text, places) == amount(text, places, semicolon=True) == minor


def _indian(digits: str) -> str:
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(pairs), tail])


@given(st.one_of(st.text(alphabet="0123456789.,-€$ ", max_size=14), st.floats(), st.integers()))
def test_no_value_does_more_than_be_refused(value: object) -> None:
    found = amount(value)
    assert found in ("amount_invalid", "amount_negative") or (isinstance(found, int) and 0 <= found < 10**12)


@pytest.mark.parametrize(
    ("value", "minor"),
    [
        ("", 0), (" 12 ", 12), ("-1250", -1250), ("12.5", "amount_invalid"), ("1,5", "amount_invalid"),
        ("abc", "amount_invalid"), ("999999999999", 999_999_999_999), ("1" + "0" * 12, "amount_invalid"),
        ("9" * 5000, "amount_invalid"), ("-0", 0), ("+5", "amount_invalid"), (None, 0), (7, 7),
    ],
)  # fmt: skip
def test_whole_numbers_of_minor_units(value: object, minor: int | str) -> None:
    try:
        found: int | str = read_whole(value, may_be_negative=True)
    except ValueFault as fault:
        found = fault.code
    assert found == minor


def test_an_order_is_never_below_zero() -> None:
    with pytest.raises(ValueFault, match="amount_negative"):
        read_whole("-1")
