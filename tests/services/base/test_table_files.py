"""Tables of spreadsheets: read as they come from there, written so that nothing in them runs."""

import csv
import errno
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import load_workbook as read_workbook

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.services.base import table_files
from posapp.services.base.table_files import Cell, RefusedRow, read_table_file, write_table_file

HEAD = ("name", "price")


def saved(tmp_path: Path, data: bytes, name: str = "list.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


def book(tmp_path: Path, *rows: Iterable[object]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    file = tmp_path / "list.xlsx"
    made.save(file)
    return file


def refusal(file: Path) -> str:
    with pytest.raises((DomainError, EnvironmentFault)) as refused:
        read_table_file(file)
    assert str(refused.value).endswith(".")
    return refused.value.code


# -- CSV ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [
        b"name,price\r\nScreen,129.00\r\n",
        b"\xef\xbb\xbf Name ;PRICE\nScreen;129.00",
        b"name\tprice\rScreen\t129.00\r",
        "name,price\nScreen,129.00\n".encode("utf-16"),
        b'\n\n"name","price"\n"Screen","129.00"\n\n',
        b'"name",price,\nScreen,129.00,\n',
    ],
)
def test_a_table_is_read_whatever_divides_marks_and_ends_it(tmp_path: Path, data: bytes):
    table = read_table_file(saved(tmp_path, data))
    assert table.columns == HEAD
    assert [row.cells for row in table.rows] == [{"name": "Screen", "price": "129.00"}]


def test_rows_keep_the_number_that_a_spreadsheet_shows(tmp_path: Path):
    table = read_table_file(saved(tmp_path, b'name,price\n\n"a\nb",1\n,\nc,2\n'))
    assert [(row.line, row.text("name")) for row in table.rows] == [(3, "a\nb"), (5, "c")]


def test_a_semicolon_in_a_quoted_head_divides_nothing(tmp_path: Path):
    table = read_table_file(saved(tmp_path, b'"a;b;c",price\nx,1\n'))
    assert table.columns == ("a;b;c", "price")


def test_a_row_that_is_too_long_says_so_and_a_short_one_is_empty_there(tmp_path: Path):
    data = b"name,price,note\nScreen,129,00,\nBattery\n"
    table = read_table_file(saved(tmp_path, data))
    assert "more cells" in table.rows[0].fault
    assert table.rows[1].fault == ""
    assert table.rows[1].text("price") == "" == table.rows[1].text("nowhere")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\n , \n", "file_empty"),
        (b"name,NAME\n", "column_twice"),
        (b"name\nM\xfcller\n", "file_unreadable"),
        (b"name\n\0\n", "file_unreadable"),
        (b"name\n" + b"x" * 200_000, "file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_unreadable"),
        (b"PK\x03\x04 and no more", "file_unreadable"),
        (b",".join(b"%d" % number for number in range(300)), "column_twice"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, data: bytes, code: str):
    assert refusal(saved(tmp_path, data)) == code


def test_what_is_no_file_is_refused_in_a_sentence(tmp_path: Path):
    for file in (tmp_path, tmp_path / "missing.csv", Path("a\0b.csv"), Path("x" * 300)):
        assert refusal(file) == "file_unread"


def test_a_file_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table_files, "MOST_ROWS", 2)
    assert len(read_table_file(saved(tmp_path, b"name\n1\n2\n")).rows) == 2
    assert refusal(saved(tmp_path, b"name\n1\n2\n3\n")) == "file_large"
    assert refusal(book(tmp_path, ["name"], [1], [2], [3])) == "file_large"
    monkeypatch.setattr(table_files, "MOST_BYTES", 3)
    assert refusal(saved(tmp_path, b"name\n1\n2\n")) == "file_large"


def test_a_missing_column_is_named(tmp_path: Path):
    table = read_table_file(saved(tmp_path, b"Name,Cost\n"))
    table.need("name")
    with pytest.raises(DomainError, match=r"no column price. Its columns are: name, cost"):
        table.need("name", "price")


def test_a_refusal_of_a_rule_becomes_that_of_a_row():
    row = RefusedRow.of(7, DomainError("price_invalid", "Enter a price.", field="price"))
    assert row == RefusedRow(7, "price_invalid", "Enter a price.", "price")


# -- XLSX --------------------------------------------------------------------------------------------------
def test_numbers_of_a_workbook_are_texts_with_the_mark_of_the_shop(tmp_path: Path):
    file = book(tmp_path, ["Name", " PRICE"], [4006381333931, 129.0], ["a", 0.1], ["b", True], [None, 1e-7])
    assert [row.text("price") for row in read_table_file(file, decimal_mark=",").rows] == [
        "129", "0,1", "true", "0,0000001",
    ]  # fmt: skip
    assert read_table_file(file).rows[0].text("name") == "4006381333931"


def test_a_stray_cell_in_the_last_row_costs_nothing(tmp_path: Path):
    made = Workbook()
    assert made.active is not None
    made.active.append(["name"])
    made.active.cell(1_048_576, 16_384, "x")
    made.save(tmp_path / "list.xlsx")
    assert read_table_file(tmp_path / "list.xlsx").rows == ()


def test_a_formula_of_a_workbook_is_not_worked_out(tmp_path: Path):
    assert read_table_file(book(tmp_path, HEAD, ["=1+1", 2])).rows[0].text("name") == ""


def test_a_packed_flood_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("posapp.services.base.xlsx_files._MOST_UNPACKED", 100)
    assert refusal(book(tmp_path, HEAD)) == "file_large"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=30))
def test_a_damaged_workbook_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, at: int, junk: bytes
):
    made, whole = BytesIO(), Workbook()
    whole.save(made)
    packed = BytesIO()
    with (
        ZipFile(made) as source,
        ZipFile(packed, "w") as target,
    ):  # not compressed: the junk stands in the XML
        for name in source.namelist():
            target.writestr(name, source.read(name))
    data = packed.getvalue()
    at = 4 + at % (len(data) - 4)
    file = saved(tmp_path_factory.mktemp("damaged"), data[:at] + junk + data[at + len(junk) :])
    try:
        read_table_file(file)
    except DomainError as refused:
        assert refused.code in ("file_unreadable", "file_empty", "file_large")


# -- written -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["list.csv", "LIST.XLSX"])
@pytest.mark.parametrize("mark", [".", ","])
def test_what_is_written_is_read_back(tmp_path: Path, name: str, mark: str):
    rows: list[list[Cell]] = [
        ["=1+1", Decimal("129.00"), 12],
        ["007", None, 0],
        ["a;b,\"c\"\nd", Decimal("0.125"), -3],
        ["#N/A", Decimal("5"), None],
        ["-5", Decimal("1234567.5"), None],
    ]  # fmt: skip
    file = tmp_path / name
    assert write_table_file(file, ["Name", "Price", "Count"], rows, decimal_mark=mark) == 5
    found = read_table_file(file, decimal_mark=mark)
    assert found.columns == ("name", "price", "count")
    assert [row.text("name") for row in found.rows] == ["=1+1", "007", 'a;b,"c"\nd', "#N/A", "-5"]
    assert [row.text("count") for row in found.rows] == ["12", "0", "-3", "", ""]
    prices = [row.text("price").replace(mark, ".") for row in found.rows]
    assert [Decimal(one or 0) for one in prices] == [129, 0, Decimal("0.125"), 5, Decimal("1234567.5")]


def test_nothing_that_is_written_is_a_formula(tmp_path: Path):
    evil = ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", " =1", "-1+1", "-5-1", "\t=1", "＝1"]
    write_table_file(tmp_path / "list.csv", ["name"], [[one] for one in evil])
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == [f"'{one}" for one in evil]
    write_table_file(tmp_path / "list.xlsx", ["name"], [[one] for one in evil])
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells] == [(one, "s") for one in evil]
    assert all(cell.quotePrefix for cell in cells)  # whoever edits the cell runs nothing either
    assert [row[0] for row in read_workbook(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python()] == [
        "name",
        *evil,
    ]


def test_a_number_below_zero_stays_a_number(tmp_path: Path):
    write_table_file(tmp_path / "list.csv", ["a", "b"], [[Decimal("-0.05"), -3]], decimal_mark=",")
    assert (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "-0,05;-3"
    write_table_file(tmp_path / "list.xlsx", ["a", "b"], [[Decimal("-0.05"), -3]])
    assert read_workbook(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python()[1] == [-0.05, -3]


def test_days_and_formats_of_columns_are_those_of_a_spreadsheet(tmp_path: Path):
    file, day = tmp_path / "list.xlsx", date(2026, 3, 29)
    write_table_file(
        file,
        ["day", "month", "price", "text"],
        [[day, day, Decimal("1.5"), "a"], [None, None, None, None]],
        formats=["", "yyyy-mm", "[$€]#,##0.00", ""],
        sheet="A/B: [name] that is longer than any sheet's",
    )
    book = load_workbook(file)
    sheet = book.active
    assert sheet is not None
    assert [one.number_format for one in sheet[2]] == ["yyyy-mm-dd", "yyyy-mm", "[$€]#,##0.00", "General"]
    assert read_workbook(file).get_sheet_by_index(0).to_python()[1] == [day, day, 1.5, "a"]
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == (
        "A B   name  that is longer than",
        "A2",
        "A1:D3",
    )
    assert read_table_file(file).rows[0].text("day") == "2026-03-29"


def test_more_rows_than_a_sheet_holds_are_refused_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("posapp.services.base.xlsx_writing.MOST_ROWS", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(DomainError, match=r"holds 2 rows") as refused:
        write_table_file(tmp_path / "list.xlsx", ["name"], [["a"], ["b"], ["c"]])
    assert refused.value.code == "rows_many"
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    class Full(BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("posapp.files.open_private", lambda *_: Full())
    with pytest.raises(EnvironmentFault) as full:
        write_table_file(tmp_path / "list.xlsx", ["name"], [["a"]])
    assert full.value.code == "disk_full"


def test_signs_that_no_workbook_holds_are_replaced(tmp_path: Path):
    write_table_file(tmp_path / "list.xlsx", ["name"], [["a\0b\x1fc\ufffe"], ["x" * 40_000]])
    rows = read_table_file(tmp_path / "list.xlsx").rows
    assert rows[0].text("name") == "a�b�c�"
    assert len(rows[1].text("name")) == 32_767


def test_a_file_is_replaced_only_when_asked_for(tmp_path: Path):
    for name in ("list.csv", "list.xlsx"):
        write_table_file(tmp_path / name, ["name"], [])
        with pytest.raises(DomainError, match="already a file"):
            write_table_file(tmp_path / name, ["name"], [])
        write_table_file(tmp_path / name, ["name"], [], replace=True)
        assert (tmp_path / name).stat().st_mode & 0o777 == files.PRIVATE


def test_another_ending_is_refused(tmp_path: Path):
    with pytest.raises(DomainError, match=r"ends in .csv or .xlsx"):
        write_table_file(tmp_path / "list.ods", ["name"], [])
