"""Tables that come from a spreadsheet and go to one: CSV and XLSX, read and written for every part alike.

A file is recognised by what stands in it, not by its name. Its first row that is not empty names the columns
(case and outer spaces do not count); each row behind it keeps the number that a spreadsheet shows beside it,
so that a refusal can name it. Cells are text: a number is written without groups and with the shop's decimal
mark, a date as 2026-11-20. No formula is ever worked out or written: what a spreadsheet had stored as the
result of one is read, and text that looks like one goes out as text.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.services.base.xlsx_files import DamagedBook, PackedFlood, read_xlsx
from posapp.services.base.xlsx_writing import Cell, write_xlsx

__all__ = [
    "Cell",
    "RefusedRow",
    "Table",
    "TableRow",
    "read_table_file",
    "reading_of",
    "unreadable",
    "write_table_file",
]

MOST_BYTES: Final = 50_000_000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
FIELD: Final = "file"
_DELIMITERS: Final = ",;\t"
_SIGNS: Final = "=+-@＝＋－＠\t\r\n"
MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ZIP: Final = b"PK\x03\x04"
OLD_BOOK: Final = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx with a password


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a file: the number a spreadsheet shows, and its cells by the folded names of their columns.

    `fault` is a sentence where the row has more cells than the first row: its amounts may be torn apart.
    """

    line: int
    cells: Mapping[str, str]
    fault: str = ""

    def text(self, column: str) -> str:
        """What stands under a column, without outer spaces; empty where there is no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that are not empty, its columns by their folded names, and the file's SHA-256."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    digest: str

    def need(self, *columns: str) -> None:
        """Refuse a file that lacks a column (`DomainError` column_missing)."""
        missing = [one for one in columns if one not in self.columns]
        if missing:
            there = ", ".join(one for one in self.columns if one)[:200]
            raise DomainError(
                "column_missing",
                f"The file has no column {missing[0]}. Its columns are: {there}.",
                field=FIELD,
            )


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Why a row of a file is not taken."""

    line: int
    code: str
    sentence: str
    field: str = ""

    @classmethod
    def of(cls, line: int, error: DomainError) -> "RefusedRow":
        """The refusal of a rule, at the row that broke it."""
        return cls(line, error.code, error.sentence, error.field or "")


# -- read ------------------------------------------------------------------------------------------------
def read_table_file(path: Path, *, decimal_mark: str = ".") -> Table:
    """The table in a file. `decimal_mark`: how number cells of XLSX are written as text.

    Raises `DomainError` for a file that is no table (file_large, file_unreadable, file_empty, column_twice)
    and EnvironmentFault file_unread where the machine cannot read it.
    """
    data = _bytes(path)
    if data.startswith(ZIP):
        found = _read_xlsx(path, data, decimal_mark)
    elif data.startswith(OLD_BOOK):
        raise unreadable(path, "Save it as XLSX without a password, or as CSV")
    else:
        found = _read_csv(path, data)
    return _table(path, found, sha256(data).hexdigest())


def unreadable(path: Path, advice: str) -> DomainError:
    """The refusal of a file that is no table, and what to do about it."""
    return DomainError(
        "file_unreadable", f"{files.shown(path)} cannot be read as a table. {advice}.", field=FIELD
    )


def _large(path: Path) -> DomainError:
    said = f"{files.shown(path)} is too large: at most {MOST_ROWS} rows are read at once. Divide it."
    return DomainError("file_large", said, field=FIELD)


def _bytes(path: Path) -> bytes:
    with reading_of(path):
        if path.stat().st_size > MOST_BYTES:
            raise _large(path)
        return path.read_bytes()


@contextmanager
def reading_of(path: Path) -> Iterator[None]:
    """Read a file; EnvironmentFault file_unread where there is none or the machine cannot read it."""
    try:
        if not path.is_file():
            raise EnvironmentFault("file_unread", f"There is no file {files.shown(path)}.", field=FIELD)
        yield
    except (OSError, ValueError) as reason:  # ValueError: a name that the system cannot spell
        raise EnvironmentFault(
            "file_unread", f"{files.shown(path)} cannot be read.".replace("\0", "�"), field=FIELD
        ) from reason


def _read_xlsx(path: Path, data: bytes, decimal_mark: str) -> Iterator[Sequence[str]]:
    try:
        # The row of names, and one that tells that there are too many.
        yield from read_xlsx(BytesIO(data), decimal_mark, MOST_ROWS + 2, MOST_COLUMNS)
    except DamagedBook as reason:
        raise unreadable(path, "Open it in a spreadsheet and save it anew") from reason
    except PackedFlood as reason:
        raise _large(path) from reason


def _read_csv(path: Path, data: bytes) -> Iterator[Sequence[str]]:
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
        if "\0" in text:
            raise unreadable(path, "Choose a CSV or XLSX file")
        yield from csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    except UnicodeDecodeError as reason:
        raise unreadable(path, "Save it as “CSV UTF-8” or as XLSX") from reason
    except csv.Error as reason:
        raise unreadable(path, "A cell in it is too long or a quotation mark stays open") from reason


def _delimiter(text: str) -> str:
    """What divides the names of the columns: the sign that stands there most often outside of quotes."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _table(path: Path, found: Iterable[Sequence[str]], digest: str) -> Table:
    numbered = ((line, cells) for line, cells in enumerate(found, 1) if any(one.strip() for one in cells))
    _, head = next(numbered, (0, ()))
    columns = tuple(one.strip().casefold() for one in head)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        raise DomainError(
            "file_empty",
            f"{files.shown(path)} is empty. Its first row names the columns.",
            field=FIELD,
        )
    twice = next((one for one in columns if one and columns.count(one) > 1), None)
    if twice is not None or len(columns) > MOST_COLUMNS:
        said = f"The column {twice} stands there twice." if twice else "The file has too many columns."
        raise DomainError("column_twice", f"{said[:100]} Leave one of them.", field=FIELD)
    rows = tuple(_row(line, columns, cells, len(head)) for line, cells in islice(numbered, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise _large(path)
    return Table(columns, rows, digest)


def _row(line: int, columns: tuple[str, ...], cells: Sequence[str], width: int) -> TableRow:
    """A row of a table whose first row has `width` cells, the last ones perhaps empty."""
    known = {name: _unguarded(text.strip()) for name, text in zip(columns, cells, strict=False) if name}
    spare = any(one.strip() for one in cells[len(columns) :])
    fault = "The row has more cells than the first row has columns: put texts with commas in quotes."
    return TableRow(line, known, fault if spare or len(cells) > width else "")


def _unguarded(text: str) -> str:
    """Without the apostrophe that `files.safe_cell` puts before what looks like a formula."""
    return text[1:] if text[:1] == "'" and text[1:].lstrip()[:1] in tuple(_SIGNS) else text


# -- written ---------------------------------------------------------------------------------------------
def write_table_file(
    path: Path,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    decimal_mark: str = ".",
    formats: Sequence[str] = (),
    sheet: str = "",
    replace: bool = False,
) -> int:
    """Write a table as its name ends, `.csv` or `.xlsx`, whole or not at all, and say how many rows it has.

    CSV is divided by semicolons where the decimal mark is a comma, as spreadsheets expect there; `formats`
    and the name of the `sheet` are for XLSX (`write_xlsx`). Raises what `files.written` raises, and
    `DomainError` file_kind for another ending.
    """
    ending = path.suffix.casefold()
    if ending == ".xlsx":
        return write_xlsx(path, head, rows, formats=formats, sheet=sheet, replace=replace)
    if ending != ".csv":
        raise DomainError("file_kind", "Name a file that ends in .csv or .xlsx.", field=FIELD)
    texts = ([_text(cell, decimal_mark) for cell in row] for row in rows)
    delimiter = ";" if decimal_mark == "," else ","
    return files.write_table(path, head, texts, delimiter=delimiter, replace=replace)


def _text(cell: Cell, decimal_mark: str) -> str:
    if cell is None:
        return ""
    return f"{cell:f}".replace(".", decimal_mark) if isinstance(cell, Decimal) else str(cell)
