"""A sheet of rows as a workbook of spreadsheets (XLSX): numbers and days are real ones, and nothing runs.

xlsxwriter writes row by row in constant memory, so that a million rows need no more room than one. Text is
written as text whatever it begins with.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any, Final

from posapp import files
from posapp.domain.base.errors import DomainError

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Cell = str | int | Decimal | date | None
"""What is written into a cell: text, a whole number, an amount in major units, a day, nothing."""

MOST_ROWS: Final = 1_048_575
"""A sheet has no more below its head."""
DAY_FORMAT: Final = "yyyy-mm-dd"
_BAD_SIGNS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 32_767  # characters of a cell
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_LOOKED_AT: Final = 200
"""So many rows say how wide their columns are."""
_NARROWEST, _WIDEST = 8, 60


def write_xlsx(
    path: Path,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    formats: Sequence[str] = (),
    sheet: str = "",
    replace: bool = False,
) -> int:
    """Write a workbook of one sheet whose first row stays in sight, and say how many rows are below it.

    `formats` are the number formats of the columns, "" for what a cell says by itself. Raises what
    `files.written` raises, and `DomainError` rows_many for what no sheet holds.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with (
        files.written(path, replace=replace) as file,
        TemporaryDirectory(prefix="posapp-", ignore_cleanup_errors=True) as room,
    ):
        target = _Target(file)
        try:
            with Workbook(target, {"constant_memory": True, "tmpdir": room}) as book:
                book.use_zip64()
                count = _Sheet(book, sheet, formats).fill(head, rows)
        except FileCreateError as reason:  # it wraps what the disk said of the rows that wait
            raise OSError(*reason.args[0].args) from reason
        if target.fault is not None:
            raise target.fault
        return count


class _Target:
    """The file of a book. A disk that refuses is told of at the end, when the archive above it is closed.

    zipfile would else go on writing when it is collected, into a file that is long gone.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.fault: OSError | None = None

    def write(self, data: bytes) -> int:
        """As of a file; how much was taken."""
        self._try(lambda: self._file.write(data))
        return len(data)

    def seek(self, place: int, whence: int = 0) -> int:
        """As of a file."""
        return self._try(lambda: self._file.seek(place, whence))

    def tell(self) -> int:
        """As of a file."""
        return self._try(self._file.tell)

    def flush(self) -> None:
        """As of a file."""
        self._try(self._file.flush)

    def _try(self, call: Callable[[], int | None]) -> int:
        if self.fault is None:
            try:
                return call() or 0
            except OSError as reason:
                self.fault = reason
        return 0


class _Sheet:
    """The one sheet of a book while it is written."""

    def __init__(self, book: "Workbook", name: str, formats: Sequence[str]) -> None:
        self._sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", name).strip("' ")[:_LONGEST_NAME] or None)
        self._book = book
        self._looks = [book.add_format({"num_format": one}) if one else None for one in formats]
        self._known: dict[str, Any] = {}
        self._quoted = book.add_format({"quote_prefix": True})

    def fill(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
        """Head and rows; how many rows there are."""
        bold = self._book.add_format({"bold": True})
        self._looks += [None] * (len(head) - len(self._looks))
        for place, words in enumerate(head):
            self._sheet.write_string(0, place, _text(words), bold)
        widths, count = [len(words) + 3 for words in head], 0  # the arrow of the filter lies over the words
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise DomainError(
                    "rows_many", f"A workbook holds {MOST_ROWS:,} rows. Choose CSV.", field="file"
                )
            self._row(count, row)
            if count <= _LOOKED_AT:
                widths = [max(most, _width(cell)) for most, cell in zip(widths, row, strict=True)]
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, count, len(head) - 1)
        for place, width in enumerate(widths):
            self._sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, width + 1)))
        return count

    def _row(self, number: int, row: Sequence[Cell]) -> None:
        write_string, write_number = self._sheet.write_string, self._sheet.write_number
        for place, (value, look) in enumerate(zip(row, self._looks, strict=True)):
            kind = type(value)
            if kind is str:
                text = _text(value)  # type: ignore[arg-type]  # its type was just asked for
                write_string(number, place, text, None if _is_harmless(text) else self._quoted)
            elif kind is int or (kind is Decimal and look is not None):
                write_number(number, place, value, look)
            elif value is not None:
                self._exact(number, place, value, look)

    def _exact(self, number: int, place: int, value: Any, look: Any) -> None:
        """An amount with the decimals that it has, a day as a day; unless the column says otherwise."""
        if isinstance(value, date):
            self._sheet.write_datetime(number, place, value, look or self._look(DAY_FORMAT))
            return
        places = max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
        self._sheet.write_number(
            number, place, value, look or self._look(f"0.{'0' * places}" if places else "0")
        )

    def _look(self, number_format: str) -> Any:
        if number_format not in self._known:
            self._known[number_format] = self._book.add_format({"num_format": number_format})
        return self._known[number_format]


def _is_harmless(text: str) -> bool:
    """Whether it is text, too, for whoever edits the cell; most begin with a letter or a digit."""
    return text[:1].isalnum() or files.safe_cell(text) is text


def _text(value: str) -> str:
    if value.isprintable() and len(value) <= _LONGEST:
        return value
    return _BAD_SIGNS.sub("�", value)[:_LONGEST]


def _width(cell: Cell) -> int:
    return 0 if cell is None else len(str(cell)) + 2 * isinstance(cell, Decimal)
