"""Files of old data: what stands in them is found row by row, whatever is broken around it."""

import csv
import json
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.services.old_data import reading_base, reading_csv, reading_json, splitting
from posapp.services.old_data.reading import Source, open_source

Rows = list[tuple[int, dict[str, object] | None]]


def saved(tmp_path: Path, data: bytes | str, name: str) -> Path:
    file = tmp_path / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def read(source: Source) -> Rows:
    return [(number, values) for number, values in source.rows()]


def csv_rows(tmp_path: Path, data: bytes | str, known: tuple[str, ...] = ()) -> Rows:
    return read(open_source(saved(tmp_path, data, "list.csv"), known))


def json_rows(tmp_path: Path, data: bytes | str) -> Rows:
    return read(open_source(saved(tmp_path, data, "list.json")))


def refusal(file: Path) -> str:
    with pytest.raises((DomainError, EnvironmentFault)) as refused:
        list(open_source(file).rows())
    assert refused.value.field == "file" and refused.value.sentence.endswith(".")
    return refused.value.code


# -- CSV -------------------------------------------------------------------------------------------------
def test_rows_of_a_csv_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    text = 'id,note\n1,"two\r\nlines"\n\n2,b\n   \n3,c'
    assert csv_rows(tmp_path, text) == [
        (2, {"id": "1", "note": "two\r\nlines"}),
        (4, {"id": "2", "note": "b"}),
        (6, {"id": "3", "note": "c"}),
    ]


def test_rows_of_another_width_are_malformed(tmp_path: Path) -> None:
    assert csv_rows(tmp_path, "a,b\n1\n1,2,3\n1,2\n,\n") == [
        (2, None),
        (3, None),
        (4, {"a": "1", "b": "2"}),
        (5, {"a": "", "b": ""}),
    ]


@pytest.mark.parametrize("tail", ['3,"open', '3,"open\n4,d\n', '3,"open ""quoted""'])
def test_quotes_that_stay_open_make_one_malformed_row(tmp_path: Path, tail: str) -> None:
    assert csv_rows(tmp_path, f"a,b\n1,2\n{tail}") == [(2, {"a": "1", "b": "2"}), (3, None)]


def test_a_last_row_without_a_line_end_is_whole(tmp_path: Path) -> None:
    assert csv_rows(tmp_path, 'a,b\r\n1,"2"') == [(2, {"a": "1", "b": "2"})]


def test_null_texts_are_empty_in_every_column(tmp_path: Path) -> None:
    assert csv_rows(tmp_path, 'a,b,c\nNULL,\\N,null\n" NULL","\\N",NULLS\n') == [
        (2, {"a": "", "b": "", "c": "null"}),
        (3, {"a": " NULL", "b": "", "c": "NULLS"}),
    ]


@pytest.mark.parametrize(
    ("head", "known", "delimiter"),
    [
        ("id;name,first;phone", (), ";"),
        ("id,name;x;y;z,phone", ("id", "phone"), ","),
        ("id\tname, first\tphone", ("id", "phone"), "\t"),
        ('"id";"name";"phone"', ("id", "name", "phone"), ";"),
        ("id", ("id",), ","),
    ],
)
def test_the_delimiter_makes_the_most_known_names(
    tmp_path: Path, head: str, known: tuple[str, ...], delimiter: str
) -> None:
    source = open_source(saved(tmp_path, head + "\n", "list.csv"), known)
    assert (source.kind, source.delimiter) == ("csv", delimiter)


def test_names_of_columns_are_found_and_told_apart(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path, '\ufeff"id", name ,,name\n1,a,b,c\n', "x.csv"))
    assert source.columns == ("id", "name", "Column 3", "name (2)")
    assert read(source) == [(2, {"id": "1", "name": "a", "Column 3": "b", "name (2)": "c"})]


@pytest.mark.parametrize(
    "data",
    [
        "id,name\n1,Zoë\n".encode(),
        "\ufeffid,name\n1,Zoë\n".encode(),
        "id,name\n1,Zoë\n".encode("cp1252"),
        "\ufeffid,name\n1,Zoë\n".encode("utf-16-le"),
        "\ufeffid,name\n1,Zoë\n".encode("utf-16-be"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    source = open_source(saved(tmp_path, data, "list.csv"))
    assert (source.size, source.digest) == (len(data), sha256(data).hexdigest())
    assert read(source) == [(2, {"id": "1", "name": "Zoë"})]
    assert source.at == source.size


def test_a_late_byte_makes_all_of_it_windows_1252(tmp_path: Path) -> None:
    data = "id,name\n1,Zoë\n".encode() + b"2,x\n" * 100_000 + b"3,Zo\x81\xeb\n"
    rows = csv_rows(tmp_path, data)
    assert rows[0] == (2, {"id": "1", "name": "ZoÃ«"})
    assert rows[-1] == (100_003, {"id": "3", "name": "Zo\x81ë"})


def test_a_broken_letter_behind_a_byte_order_mark_is_replaced(tmp_path: Path) -> None:
    assert csv_rows(tmp_path, b"\xef\xbb\xbfid,name\n1,a\xff\n") == [(2, {"id": "1", "name": "a�"})]
    assert csv_rows(tmp_path, "\ufeffid,name\n1,".encode("utf-16-le") + b"\x3d\xd8\n\0") == [
        (2, {"id": "1", "name": "�"})
    ]


def test_a_text_without_end_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_csv, "LONGEST_ROW", 1000)
    rows = csv_rows(tmp_path, 'a,b\n1,"' + "x\n" * 600 + "2,b\n")
    assert rows[0] == (2, None) and rows[-1][1] == {"a": "2", "b": "b"}


def test_long_cells_and_zero_bytes_are_read_and_the_limit_is_given_back(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    rows = csv_rows(tmp_path, "a,b\n1," + "x" * 200_000 + "\n2,a\0b\n")
    assert [len(str(values and values["b"])) for _, values in rows] == [200_000, 3]
    assert csv.field_size_limit() == before


def test_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    for data in ("", "\n\n", "\ufeff"):
        source = open_source(saved(tmp_path, data, "list.csv"))
        assert (source.columns, read(source)) == ((), [])


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=6))
@settings(max_examples=20)
def test_whatever_the_csv_module_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    kept = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in cells]
    file = tmp_path_factory.mktemp("csv") / "list.csv"
    with file.open("w", newline="", encoding="utf-8-sig") as made:
        csv.writer(made, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *kept])
    wanted = [{"a": a, "b": b} for a, b in kept]
    wanted = [{key: "" if cell in ("NULL", "\\N") else cell for key, cell in row.items()} for row in wanted]
    assert [values for _, values in open_source(file).rows()] == wanted


# -- JSON lines ------------------------------------------------------------------------------------------
def test_lines_are_counted_and_each_is_one_object_or_malformed(tmp_path: Path) -> None:
    text = '{"a":1}\r\n\n[1]\n"x"\n{"a":2} {"a":3}\n{"a":4,}\n null\n \t{"a":"\u2028\x85"} \n{"a":'
    assert json_rows(tmp_path, text) == [
        (1, {"a": 1}),
        (3, None),
        (4, None),
        (5, None),
        (6, None),
        (7, None),
        (8, {"a": "\u2028\x85"}),
        (9, None),
    ]


@pytest.mark.parametrize("as_array", [False, True])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":"\\ud83d"}', {"a": "�"}),
        ('{"a":["\\uD83D\\ude00 \\udc00"],"\\ud800":{"b":"\\ud800x"}}', {"a": ["😀 �"], "�": {"b": "�x"}}),
        ('{"a":NaN}', None),
        ('{"a":-Infinity}', None),
        ('{"a":1e999}', {"a": float("inf")}),
        ('{"a":"x\ty"}', None),
        ('{"a":' + "9" * 5000 + "}", {"a": "9" * 5000}),
        ('{"a":' + "[" * 150 + "]" * 150 + "}", ...),
        ('{"a":' + "[" * 300 + "]" * 300 + "}", None),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", None),
        ('{"a":[' + ",".join("[{}]" * 1 for _ in range(300)) + "]}", ...),
        ('{"a":"b\0c"}', None),
        ('{"a":"b\\u0000c"}', {"a": "b\0c"}),
    ],
)
def test_values_that_few_readers_survive(tmp_path: Path, text: str, value: object, as_array: bool) -> None:
    whole = f'[{{"b":1}},{text},{{"b":2}}]' if as_array else f'{{"b":1}}\n{text}\n{{"b":2}}\n'
    rows = json_rows(tmp_path, whole)
    assert [rows[0][1], rows[2][1], len(rows)] == [{"b": 1}, {"b": 2}, 3]
    assert rows[1][1] == (json.loads(text) if value is ... else value)


def test_a_line_that_is_too_long_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_json, "LONGEST_ROW", 1000)
    text = '{"a":1}\n{"a":"' + "x" * 5000 + '"}\n{"a":2}\n'
    assert json_rows(tmp_path, text) == [(1, {"a": 1}), (2, None), (3, {"a": 2})]


def test_keys_are_the_columns_of_json(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path, '{"a":1}\n' * 60 + '{"b":1,"a":2}\n', "list.jsonl"))
    assert (source.kind, source.columns) == ("jsonl", ("a",))
    list(source.rows())
    assert source.columns == ("a", "b")


# -- JSON arrays -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[]", []),
        ("\ufeff \n [ ]\n", []),
        ("\xa0[{}]", [(1, {})]),
        ('[{"a":1},{"a":2}]', [(1, {"a": 1}), (2, {"a": 2})]),
        ('[{"a":1},7,"x,]",null,[{}]]', [(1, {"a": 1}), (2, None), (3, None), (4, None), (5, None)]),
        ('[{"a":1},{bad},{"a":2}]', [(1, {"a": 1}), (2, None), (3, {"a": 2})]),
        ('[{"a":1}{"a":2},{"a":3}]', [(1, None), (2, {"a": 3})]),
        ('[{"a":1},,{"a":3}]', [(1, {"a": 1}), (2, None), (3, {"a": 3})]),
        ('[{"a":1},]', [(1, {"a": 1})]),
        ('[{"a":1},{"a":', [(1, {"a": 1}), (2, None)]),
        ('[{"a":1},{"a":"cut off', [(1, {"a": 1}), (2, None)]),
        ('[{"a":1},{"a":2}', [(1, {"a": 1}), (2, {"a": 2})]),
        ('[{"a":1},', [(1, {"a": 1})]),
        ('[{"a":1}] [{"a":2}]', [(1, {"a": 1}), (2, None)]),
        ('[{"a":"open},\n{"a":2},\n{"a":3}\n]', [(1, None), (2, {"a": 2}), (3, {"a": 3})]),
        ('[\n{"a":[1},\r\n{"a":2},\r\n{"a":3}\n]', [(1, None), (2, {"a": 2}), (3, {"a": 3})]),
        ('[{"a":{"b":[{"c":"]},{"},\n{"d":1}]}},\n{"a":2}]', [(1, ...), (2, {"a": 2})]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunk", [1, 5, 2**20])
def test_elements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, rows: list[tuple[int, object]], chunk: int
) -> None:
    monkeypatch.setattr(splitting, "_CHUNK", chunk)
    found = json_rows(tmp_path, text)
    assert [(n, ... if (n, ...) in rows else values) for n, values in found] == rows


@given(
    st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=10),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
            ),
            max_leaves=8,
        ),
        max_size=6,
    ),
    st.integers(1, 40),
    st.sampled_from([None, 0, 1]),
    st.booleans(),
)
@settings(max_examples=60)
def test_any_array_comes_apart_into_its_elements(
    tmp_path_factory: pytest.TempPathFactory,
    values: list[object],
    chunk: int,
    indent: int | None,
    ascii: bool,
) -> None:
    file = tmp_path_factory.mktemp("array") / "list.json"
    text = json.dumps(values, indent=indent, ensure_ascii=ascii)
    file.write_bytes(text.encode("utf-8", "replace"))
    wanted = json.loads(file.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splitting, "_CHUNK", chunk)
        found = [values for _, values in open_source(file).rows()]
    assert found == [one if isinstance(one, dict) else None for one in wanted]


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3), max_size=5), st.data())
@settings(max_examples=60)
def test_wherever_an_array_is_cut_every_complete_element_counts(
    tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, str]], data: st.DataObject
) -> None:
    text = json.dumps(values)
    cut = data.draw(st.integers(1, len(text)))
    file = tmp_path_factory.mktemp("cut") / "list.json"
    file.write_text(text[:cut])
    found = [row for _, row in open_source(file).rows()]
    whole = [json.loads(json.dumps(one)) for one in values]
    complete = [one for one in found if one is not None]
    assert complete == [reading_json._mended(one) for one in whole[: len(complete)]]
    assert len(found) - len(complete) in (0, 1)
    ends = [len(json.dumps(values[:count])) - 1 for count in range(1, len(values) + 1)]
    assert len(complete) == sum(end <= cut for end in ends)


def test_an_element_of_any_length_is_followed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    follow = splitting._follow

    def counted(text: str, at: int, stop: int, depth: int) -> tuple[int, int, int | None]:
        nonlocal looked_at
        looked_at += stop - at
        return follow(text, at, stop, depth)

    monkeypatch.setattr(splitting, "_CHUNK", 1000)
    monkeypatch.setattr(splitting, "_follow", counted)
    long = json.dumps({"a": "x" * 500_000, "b": ["y" * 9] * 50_000})
    rows = json_rows(tmp_path, f'[{long},{{"c":1}}]')
    assert [len(values or ()) for _, values in rows] == [2, 1]
    assert looked_at < 4 * len(long) * 2  # twice: once for the keys of the first rows


def test_an_array_of_broken_elements_is_not_read_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "_CHUNK", 1000)
    text = "[" + ",\n".join('{"a":[1}' for _ in range(3000)) + "]"
    assert [number for number, values in json_rows(tmp_path, text) if values is None] == [*range(1, 3001)]


@pytest.mark.parametrize(
    "text",
    [
        '{"customers":[{"id":1},{"id":2}],"meta":{"total_pages":1}}',
        '{"success": true, "message": "Ok", "data": {"customerData": [\n{"id":1},\n{"id":2}\n]}}',
    ],
)
def test_the_list_that_an_answer_wraps_is_read(tmp_path: Path, text: str) -> None:
    assert json_rows(tmp_path, text) == [(1, {"id": 1}), (2, {"id": 2})]


def test_lines_that_hold_lists_are_lines(tmp_path: Path) -> None:
    line = '{"id":1,"items":[{"x":1}]}\n'
    assert [number for number, _ in json_rows(tmp_path, line * 2)] == [1, 2]


# -- XLSX and what is none -------------------------------------------------------------------------------
def book(tmp_path: Path, *rows: tuple[object, ...], name: str = "list.xlsx") -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    made.create_sheet("other").append(["not", "read"])
    made.save(tmp_path / name)
    return tmp_path / name


def test_the_first_sheet_of_a_workbook(tmp_path: Path) -> None:
    file = book(
        tmp_path,
        ("Name", "Phone", "Since", "Note"),
        ("Anna", 32444412345.0, datetime(2025, 12, 31), "NULL"),  # noqa: DTZ001
        (),
        ("Tom", 1.5, datetime(2025, 12, 31, 10, 30), True),  # noqa: DTZ001
        ("Ida", "0151 23", None, None, "stray"),
        ("Ben",),
    )
    source = open_source(file)
    assert (source.kind, source.columns) == ("xlsx", ("Name", "Phone", "Since", "Note"))
    assert read(source) == [
        (2, {"Name": "Anna", "Phone": "32444412345", "Since": "2025-12-31", "Note": ""}),
        (4, {"Name": "Tom", "Phone": "1.5", "Since": "2025-12-31T10:30:00", "Note": "true"}),
        (5, None),
        (6, {"Name": "Ben", "Phone": "", "Since": "", "Note": ""}),
    ]
    assert source.digest == sha256(file.read_bytes()).hexdigest()


def test_a_book_is_told_by_what_stands_in_it(tmp_path: Path) -> None:
    assert open_source(book(tmp_path, ("a", "b"), name="list.csv")).kind == "xlsx"
    assert open_source(saved(tmp_path, '[{"a":1}]', "list.txt")).kind == "json"
    assert open_source(saved(tmp_path, '{"a":1}', "list.txt")).kind == "jsonl"
    assert open_source(saved(tmp_path, "[id],[name]\n1,2\n", "list.txt")).kind == "csv"
    assert open_source(saved(tmp_path, "id,name\n1,2\n", "list.json")).kind == "csv"
    assert open_source(saved(tmp_path, "", "list.json")).kind == "jsonl"


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        b"PK\x03\x04 no book",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"%PDF-1.7 text",
        bytes(range(256)) * 20,
        "a,b\n1,2\n".encode("utf-16-le"),
        b"\0" * 1000,
        b"SQLite format 3\0" + b"x" * 5000,
    ],
)
def test_files_that_are_no_table(tmp_path: Path, data: bytes) -> None:
    assert refusal(saved(tmp_path, data, "list.csv")) == "file_unreadable"


def test_a_flood_packed_into_a_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posapp.services.base.xlsx_files._MOST_UNPACKED", 10**6)
    with ZipFile(tmp_path / "bomb.xlsx", "w", ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b" " * 2 * 10**6)
    assert refusal(tmp_path / "bomb.xlsx") == "file_unreadable"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "file_unread"
    assert refusal(tmp_path) == "file_unread"
    assert refusal(Path("a\0b")) == "file_unread"


def test_an_open_quote_in_the_first_row_is_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, 'a,"b\n1,2\n', "list.csv")) == "file_unreadable"


def test_how_far_it_has_come_is_told(tmp_path: Path) -> None:
    source = open_source(saved(tmp_path, "a,b\n" + "1,2\n" * 400_000, "list.csv"))
    rows = source.rows()
    next(rows)
    before = source.at
    assert 0 < before < source.size
    assert len(list(islice(rows, 300_000))) == 300_000
    assert before < source.at <= source.size
    assert reading_base.LONGEST_ROW > 100_000_000
