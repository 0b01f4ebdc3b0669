"""The list of all formats: how the books are written into a file of each."""

import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from posapp import files
from posapp.domain.figures.books import BookDocument
from posapp.domain.figures.charts import BookFormat
from posapp.services.figures.book_files import datev, plain_text, quickbooks, xero
from posapp.services.figures.book_files.batch import Batch

Lines = Callable[[Batch, Iterable[BookDocument]], Iterator[str]]
Rows = Callable[[Batch, Iterable[BookDocument]], Iterator[list[str]]]


def _as_csv(rows: Rows) -> Lines:
    def lines(batch: Batch, documents: Iterable[BookDocument]) -> Iterator[str]:
        for row in rows(batch, documents):
            line = StringIO()
            csv.writer(line, lineterminator="").writerow([files.safe_cell(cell) for cell in row])
            yield line.getvalue()

    return lines


_LINES: dict[BookFormat, tuple[Lines, str, str]] = {
    BookFormat.DATEV: (datev.lines, "cp1252", "\r\n"),
    BookFormat.XERO: (_as_csv(xero.rows), "utf-8", "\r\n"),
    BookFormat.QUICKBOOKS: (_as_csv(quickbooks.rows), "utf-8", "\r\n"),
    BookFormat.LEDGER: (plain_text.ledger, "utf-8", "\n"),
    BookFormat.BEANCOUNT: (plain_text.beancount, "utf-8", "\n"),
}


def written(of: BookFormat, batch: Batch, documents: Iterable[BookDocument]) -> Iterator[bytes]:
    """A file, line by line; what its letters cannot write becomes a question mark."""
    lines, letters, end = _LINES[of]
    for line in lines(batch, documents):
        yield f"{line}{end}".encode(letters, "replace")
