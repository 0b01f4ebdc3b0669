"""Tables of customers: what columns mean, dates, numbers and rows as people keep them in spreadsheets."""

from datetime import UTC, datetime, timedelta

import pytest

from posapp.domain.old_data.columns import digest_of, folded, guess, guessed
from posapp.domain.old_data.imports import ImportField as Field
from posapp.domain.old_data.table_dates import DayOrder, order_of, read_date
from posapp.domain.old_data.table_phones import PhoneFault, read_phones
from posapp.domain.old_data.table_rows import RowFault, TablePerson, TableReading
from posapp.domain.old_data.values import ValueFault


# -- columns ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("E-Mail", (Field.EMAIL, True)),
        ("e_mail address", (Field.EMAIL, True)),
        ("Vorname", (Field.FIRST_NAME, True)),
        ("Téléphone", (Field.PHONE, True)),
        ("Straße", (Field.ADDRESS, True)),
        ("PLZ", (Field.POSTCODE, True)),
        ("Customer phone (old)", (Field.PHONE, False)),
        ("Email opt-in", (None, True)),
        ("Birthday", (None, False)),
        ("", (None, True)),
    ],
)
def test_columns_are_guessed_by_their_names(name: str, meant: tuple[Field | None, bool]) -> None:
    assert guess(name) == meant


def test_a_field_that_has_one_column_is_given_once() -> None:
    found = guessed(["City", "Town", "Phone", "Mobile"])
    assert found == {
        "City": (Field.TOWN, True),
        "Town": (None, False),
        "Phone": (Field.PHONE, True),
        "Mobile": (Field.PHONE, True),
    }


def test_a_table_is_known_again_by_its_columns_in_any_order() -> None:
    assert digest_of(["Name", "E-Mail"]) == digest_of(["email", "NAME "]) != digest_of(["Name"])
    assert folded(" Größe №1 ") == "grosseno1"


# -- dates -----------------------------------------------------------------------------------------------
def day(text: str, order: DayOrder = DayOrder.DAY) -> str | None:
    micros = read_date(text, order)
    if micros is None:
        return None
    return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("text", "by_day", "by_month"),
    [
        ("2025-12-31", "2025-12-31 00:00:00", ...),
        ("2025-12-31T10:30:00", "2025-12-31 10:30:00", ...),
        ("2025-12-31 10:30", "2025-12-31 10:30:00", ...),
        ("2026-05-29 10:15:00 -0400", "2026-05-29 14:15:00", ...),
        ("31.12.2025", "2025-12-31 00:00:00", ...),
        ("1.2.25", "2025-02-01 00:00:00", ...),
        ("1.2.85 7:05", ValueFault, ...),  # before 1990
        ("01/02/2025", "2025-02-01 00:00:00", "2025-01-02 00:00:00"),
        ("1/2/2025 12:05 AM", "2025-02-01 00:05:00", "2025-01-02 00:05:00"),
        ("1/2/2025, 7:05:09 p.m.", "2025-02-01 19:05:09", "2025-01-02 19:05:09"),
        ("2025/12/31", "2025-12-31 00:00:00", ...),
        ("12/31/2025", ValueFault, "2025-12-31 00:00:00"),
        ("  ", None, ...),
        ("yesterday", ValueFault, ...),
        ("31.02.2025", ValueFault, ...),
        ("1/2/2025 13:05 AM", ValueFault, ...),
    ],
)
def test_dates_of_tables(text: str, by_day: object, by_month: object) -> None:
    for order, wanted in ((DayOrder.DAY, by_day), (DayOrder.MONTH, by_day if by_month is ... else by_month)):
        if wanted is ValueFault:
            with pytest.raises(ValueFault):
                day(text, order)
        else:
            assert day(text, order) == wanted


def test_what_comes_first_is_told_by_the_column_else_by_the_country() -> None:
    assert order_of(["01/02/2025", "", "31/12/2025"], "US") is DayOrder.DAY
    assert order_of(["01/02/2025", "12/31/2025"], "GB") is DayOrder.MONTH
    assert order_of(["01/02/2025"], "GB") is DayOrder.DAY
    assert order_of(["01/02/2025"], "us") is DayOrder.MONTH
    assert order_of(["2025-01-02", "31.12.2025", "x"], "US") is None


# -- numbers ---------------------------------------------------------------------------------------------
def numbers(*cells: str, region: str = "US", splits: bool = True) -> list[str] | str:
    try:
        return [number.key for number in read_phones(cells, region, splits=splits).numbers]
    except PhoneFault as fault:
        return fault.code


@pytest.mark.parametrize(
    ("cell", "region", "keys"),
    [
        ("415-555-0123", "US", ["+14155550123"]),
        ("415-555-0123|415-555-0124", "US", ["+14155550123", "+14155550124"]),
        ("415-555-0123, 415-555-0124", "US", ["+14155550123", "+14155550124"]),
        ("415-555-0123;415-555-0124;", "US", ["+14155550123", "+14155550124"]),
        ("415-555-0123/415-555-0124", "US", ["+14155550123", "+14155550124"]),
        ("415-555-0123\r\n415-555-0124\nn/a", "US", ["+14155550123", "+14155550124"]),
        ("4155550123 ::: 4155550124", "US", ["+14155550123", "+14155550124"]),
        ("415-555-0123 / 415-555-0123", "US", ["+14155550123"]),
        ("0151/23456789", "DE", ["+4915123456789"]),
        ("0171 1234567 oder 030 123456", "DE", "phone_unparseable"),
        ("415-555-0123, call first", "US", "phone_unparseable"),
        ("3.24444E+10", "US", "phone_destroyed"),
        ("4,15E+09", "DE", "phone_destroyed"),
        ("000-000-0000", "US", "phone_placeholder"),
        ("12", "US", "phone_unparseable"),
        ("n/a", "US", []),
        ("", "US", []),
        ("7911123456", "GB", ["+447911123456"]),
        ("15112345678", "DE", ["+4915112345678"]),
        ("612345678", "IT", ["+390612345678"]),
        ("'0612345678", "IT", ["+390612345678"]),
    ],
)
def test_numbers_of_a_cell(cell: str, region: str, keys: list[str] | str) -> None:
    assert numbers(cell, region=region) == keys


def test_several_numbers_refuse_the_row_where_that_is_wanted() -> None:
    assert numbers("415-555-0123|415-555-0124", splits=False) == "phone_several"
    assert numbers("415-555-0123|415-555-0123", splits=False) == ["+14155550123"]
    assert numbers("415-555-0123", "415-555-0124", splits=False) == ["+14155550123", "+14155550124"]


def test_beside_a_good_number_a_bad_one_is_left_out_and_named() -> None:
    found = read_phones(["415-555-0123", "ask", "555x"], "US", splits=True)
    assert ([one.key for one in found.numbers], found.left_out) == (["+14155550123"], ("555x",))
    assert numbers("12", "000-000-0000") == "phone_unparseable"


# -- rows ------------------------------------------------------------------------------------------------
NAMES = {
    "No": Field.ID,
    "First": Field.FIRST_NAME,
    "Last": Field.LAST_NAME,
    "Firm": Field.COMPANY,
    "Mail": Field.EMAIL,
    "Phone": Field.PHONE,
    "Street": Field.ADDRESS,
    "Town": Field.TOWN,
    "Zip": Field.POSTCODE,
    "State": Field.STATE,
    "Land": Field.COUNTRY,
    "Note": Field.NOTE,
    "Since": Field.CREATED_AT,
    "Spent": Field.SPENT,
}


def person(region: str = "US", **values: object) -> TablePerson:
    found = TableReading(NAMES, region).person(values)
    assert found is not None
    return found


def test_a_row_is_put_together() -> None:
    found = person(
        No=" 17 ", First="Anna", Last="Berg", Firm="Berg & Co", Mail="Anna@Example.com; a@b.c",
        Phone="4155550123", Street="1 Main St", Town="Reno", Zip="89501", State="NV", Land="US", Note="VIP",
        Since="2020-01-02", Spent="$12.50",
    )  # fmt: skip
    assert found.told() == {
        "name": "Anna Berg",
        "emails": ["anna@example.com", "a@b.c"],
        "phones": ["+14155550123"],
        "address": "1 Main St\nReno, NV 89501",
        "note": "VIP\nCompany: Berg & Co\nSpent before: $12.50",
    }
    assert (found.code, found.has_own_code, found.warns) == ("17", True, ())
    assert person("DE", First="A", Town="Ulm", Zip="89073", Land="AT").address == "89073 Ulm\nAT"
    assert person(Firm="Berg & Co", Spent="0.00").note == ""


def test_a_row_without_an_id_is_known_by_what_it_has() -> None:
    assert person(First="A", Phone="4155550123", Mail="a@b.c").code == "+14155550123"
    assert person(First="A", Mail="a@b.c").code == "a@b.c"
    one, other = person(First="A", Note="x").code, person(First="A", Note="y").code
    assert one.startswith("row:") and one != other
    assert one == person(Note="x", First="A").code


def test_what_cannot_be_read_is_kept_as_a_remark() -> None:
    with pytest.raises(PhoneFault, match="phone_unparseable"):
        person(First="A", Phone="612")
    found = person(First="A", Mail="anna at home", Since="last May", Note="x" * 3000)
    assert found.warns == ("email_left_out", "date_unread", "text_cut")
    assert (found.at, len(found.note)) == (None, 2000)


def test_rows_that_name_nobody() -> None:
    assert TableReading(NAMES, "US").person({"First": " ", "Other": None}) is None
    for values in ({"Other": "x"}, {"No": "7", "Street": "1 Main St"}):
        with pytest.raises(RowFault, match="row_nobody"):
            TableReading(NAMES, "US").person(values)


def test_values_of_json_are_texts_and_lists() -> None:
    found = person(No=7, First="A", Mail=["a@b.c", None, {"x": 1}], Phone=[4155550123, "415 555 0124"])
    assert (found.code, found.emails) == ("7", ("a@b.c",))
    assert [one.key for one in found.numbers] == ["+14155550123", "+14155550124"]


def test_apostrophes_and_tags_of_some_products_are_no_part_of_a_text() -> None:
    reading = TableReading(NAMES, "DE", apostrophes=True, tags=True)
    found = reading.person(
        {"No": "'007", "First": "O'Neill", "Zip": "'01067", "Note": "<p>a&amp;b</p><i>c</i>"}
    )
    assert found is not None
    assert (found.code, found.name, found.address, found.note) == ("007", "O'Neill", "01067", "a&b\nc")
