"""The first sheet of a workbook as a source of rows."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from io import FileIO
from pathlib import Path
from typing import Final

from posapp.services.base.table_files import reading_of, unreadable
from posapp.services.base.xlsx_files import DamagedBook, PackedFlood, read_xlsx
from posapp.services.old_data.reading_base import RawRow, Source
from posapp.services.old_data.reading_csv import EMPTY, distinct

_MOST_ROWS: Final = 1_048_576  # no sheet has more
_MOST_COLUMNS: Final = 1_000
_SPARE: Final = 20  # columns behind the last named one in which a stray cell is still seen


@dataclass(slots=True)
class XlsxSource(Source):
    """A workbook of a spreadsheet."""

    def rows(self) -> Generator[RawRow, None, None]:
        """The rows behind the names of the columns, numbered as a spreadsheet shows them; empty ones not."""
        width = len(self.columns)
        if not width:
            return
        with self.reading() as file:
            found = _filled(self.path, file, width + _SPARE)
            next(found)  # the names
            for number, cells in found:
                if any(cells[width:]):
                    yield RawRow(number, None)
                    continue
                padded = [*cells[:width], *[""] * (width - len(cells))]
                yield RawRow(number, dict(zip(self.columns, padded, strict=True)))


def open_xlsx(path: Path) -> XlsxSource:
    """The workbook in a file.

    Raises `DomainError` file_unreadable where it is damaged, or holds more than any list.
    """
    with reading_of(path), FileIO(path) as file:
        digest, size = file_digest(file, "sha256").hexdigest(), file.tell()
        _, head = next(_filled(path, file, _MOST_COLUMNS), (0, []))
    return XlsxSource(path, "xlsx", digest, size, distinct([name.strip() for name in head]))


def _filled(path: Path, file: FileIO, columns: int) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, without the empty cells at their ends."""
    try:
        for number, row in enumerate(read_xlsx(file, ".", _MOST_ROWS, columns), 1):
            cells = _without_end(row)
            if cells:
                yield number, cells
    except DamagedBook as reason:
        raise unreadable(path, "Open it in a spreadsheet and save it anew, as XLSX or CSV") from reason
    except PackedFlood as reason:
        raise unreadable(path, "More is packed into it than any list has: save it as CSV") from reason


def _without_end(row: Sequence[str]) -> list[str]:
    cells = ["" if cell in EMPTY else cell for cell in row]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
