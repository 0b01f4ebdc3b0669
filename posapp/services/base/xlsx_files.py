"""The rows of the first sheet of a workbook of spreadsheets (XLSX).

openpyxl reads row by row, so a stray cell in the last of a million rows costs nothing. Nothing in a workbook
is run: of a formula the stored result is read. How one is written stands in `xlsx_writing`.
"""

import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Final
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

_MOST_UNPACKED: Final = 500_000_000
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
