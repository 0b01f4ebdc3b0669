"""Workbooks of spreadsheets (XLSX): the first sheet's rows, and a sheet of rows.

openpyxl reads row by row, so a stray cell in the last of a million rows costs nothing. Nothing in a workbook
is run: of a formula the stored result is read, and none is written.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from posapp import files

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | Decimal | None
"""What is written into a cell: text, a whole number, an amount in major units, nothing."""

_MOST_UNPACKED: Final = 500_000_000
_BAD_SIGNS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 32_767  # characters of a cell
# What a damaged workbook raises in openpyxl: it checks little of what it is handed.
_DAMAGE: Final = (
    BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError,
    RuntimeError, EOFError, OSError, AssertionError, ArithmeticError,
)  # fmt: skip


class DamagedBook(Exception):
    """What was to be read is no workbook, or a broken one."""


class PackedFlood(Exception):
    """More is packed into a workbook than any list has."""


def read_xlsx(
    file: IO[bytes], decimal_mark: str, most_rows: int, most_columns: int | None
) -> Iterator[Sequence[str]]:
    """The first `most_rows` rows of the first sheet as texts; raises `DamagedBook` or `PackedFlood`."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(file) as packed:
            if sum(one.file_size for one in packed.infolist()) > _MOST_UNPACKED:
                raise PackedFlood
        with catch_warnings():
            simplefilter("ignore")  # of styles and rules that are not read
            book = load_workbook(file, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            found = sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
            for row in found:
                yield [_read(value, decimal_mark) for value in row]
    except (*_DAMAGE, InvalidFileException) as reason:
        raise DamagedBook from reason


def _read(value: object, decimal_mark: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value == value and abs(value) != float("inf"):
            number = Decimal(repr(value))
            whole = number == number.to_integral_value()
            return f"{int(number)}" if whole else f"{number:f}".replace(".", decimal_mark)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)


def write_xlsx(
    path: Path, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, replace: bool = False
) -> int:
    """Write a workbook of one sheet whose first row stays in sight; raises what `files.written` raises."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    with files.written(path, replace=replace) as file:
        try:
            count = _fill(sheet, head, rows)
        finally:
            sheet.close()
        book.save(file)
    return count


def _fill(sheet: "WriteOnlyWorksheet", head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    sheet.append([_cell(sheet, one) for one in head])
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])
        count += 1
    return count


def _cell(sheet: "WriteOnlyWorksheet", value: Cell) -> "SheetCell | int | None":
    from openpyxl.cell import WriteOnlyCell

    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # the stubs do not know of Decimal
        places = max(0, -int(value.as_tuple().exponent))
        cell.number_format = f"0.{'0' * places}" if places else "0"
        return cell
    text = _BAD_SIGNS.sub("�", value)[:_LONGEST]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # text also where it looks like a formula or an error
    cell.quotePrefix = text.startswith("=")
    return cell
