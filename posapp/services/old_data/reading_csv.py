"""CSV as old systems write it: RFC 4180, divided by commas, semicolons or tabs, of any length."""

import csv
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import StringIO, TextIOWrapper
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Final

from posapp.services.base.table_files import unreadable
from posapp.services.old_data.reading_base import LONGEST_ROW, RawRow, Source, Text

EMPTY: Final = ("NULL", "\\N")
"""Texts that mean empty in every column."""

_DELIMITERS: Final = ",;\t"
_limit = Lock()
_users: list[int] = []


@dataclass(slots=True)
class CsvSource(Source):
    """A CSV file."""

    text: Text = field(kw_only=True)

    def rows(self) -> Generator[RawRow, None, None]:
        """All records behind the names of the columns; blank lines are counted and passed over."""
        columns, width = self.columns, len(self.columns)
        for number, cells in self._records():
            if cells is None or len(cells) != width:
                yield RawRow(number, None)
                continue
            if "NULL" in cells or "\\N" in cells:
                cells = ["" if cell in EMPTY else cell for cell in cells]
            yield RawRow(number, dict(zip(columns, cells, strict=True)))

    def _records(self) -> Iterator[tuple[int, list[str] | None]]:
        if not self.columns:
            return
        with self.reading() as file, self.text.opened(file, "") as lines, _long_cells():
            found = _numbered(lines, self.delimiter)
            next(found)  # the names
            yield from found


def open_csv(path: Path, text: Text, known: Collection[str]) -> CsvSource:
    """The CSV in a file whose text was looked at; `known` are names that its columns may have.

    Raises `DomainError` file_unreadable where its first row cannot be read.
    """
    heads = [(_head(path, text, sign), sign) for sign in _DELIMITERS]
    head, delimiter = max(heads, key=lambda one: (sum(name in known for name in set(one[0])), len(one[0])))
    return CsvSource(
        path, "csv", text.digest, text.size, distinct(head), delimiter=delimiter if head else "", text=text
    )


def _head(path: Path, text: Text, delimiter: str) -> list[str]:
    try:
        with _long_cells():
            first = next(_numbered(StringIO(text.head, newline=""), delimiter), None)
    except csv.Error as reason:
        raise unreadable(path, "A quotation mark in its first row stays open") from reason
    if first is not None and first[1] is None:
        raise unreadable(path, "A quotation mark in its first row stays open")
    return [] if first is None or first[1] is None else [name.strip() for name in first[1]]


def distinct(head: list[str]) -> tuple[str, ...]:
    """Names of columns, each one once: a nameless one by its place, the second of a name with a number."""
    names: dict[str, None] = {}
    for place, name in enumerate(head, 1):
        wanted, count = name or f"Column {place}", 1
        while (chosen := wanted if count == 1 else f"{wanted} ({count})") in names:
            count += 1
        names[chosen] = None
    return tuple(names)


def _numbered(lines: TextIOWrapper | StringIO, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """The records that are not blank, each with its number; None: not closed, or too long to be read."""
    ended: list[bool] = []
    pieces = iter(partial(lines.readline, LONGEST_ROW), "")
    reader = csv.reader(chain(pieces, _note_end(ended)), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
            continue
        if ended:  # a record that had to be ended because nothing came any more
            yield number, None
        elif len(cells) > 1 or (cells and cells[0].strip()):
            yield number, cells


def _note_end(ended: list[bool]) -> Iterator[str]:
    ended.append(True)
    yield from ()


@contextmanager
def _long_cells() -> Iterator[None]:
    """Cells may have any length that a row may have; the limit is the process's own, so it is given back."""
    with _limit:
        _users.append(csv.field_size_limit(LONGEST_ROW))
    try:
        yield
    finally:
        with _limit:
            before = _users.pop()
            if not _users:
                csv.field_size_limit(before)
