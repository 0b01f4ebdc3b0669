"""The way back from an export: its rows go into a database that holds no shop yet, just as they were.

The new database has the identity of the one that was exported: it is that shop, whose papers, drafts and
backups name it. What an export has not (PINs, passwords, badges, passcodes) is missing there.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.services.care.export_format import (
    VERSION,
    Digest,
    Reader,
    damaged,
    is_export,
    line_of,
    unpack,
)
from posapp.storage.care.loaded_rows import NotLoadable, database_without_shop, loading
from posapp.storage.schema import HEAD, KNOWN

if TYPE_CHECKING:
    from posapp.storage.care.loaded_rows import RowLoad

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Hears how many bytes are read, and how many there are."""
_START = 4096
_ROWS_BETWEEN_TELLING = 1000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came in: names of the businesses, customers (merged ones, too), rows, and users without a PIN."""

    businesses: tuple[str, ...]
    customers: int
    rows: int
    users: int


def is_own_export(file: Path) -> bool:
    """Whether a file is an export of ours; False also for one that cannot be read."""
    try:
        with file.open("rb") as opened:
            return is_export(opened.read(_START))
    except (OSError, ValueError):
        return False


def load_export(place: str | Path, file: Path, *, progress: Progress | None = None) -> Loaded:
    """Fill a database with an export of ours; all of it comes in, or nothing.

    `DomainError` database_exists where there is a shop, export_newer, export_damaged; EnvironmentFault
    file_unread.
    """
    try:
        with file.open("rb") as opened:
            size = file.stat().st_size
            if not is_export(opened.read(_START)):
                raise damaged("it does not begin like one")
            opened.seek(0)
            made = _load(place, opened, Told(opened, size, progress))
    except OSError as error:
        raise EnvironmentFault(
            "file_unread",
            f"{files.shown(file)} cannot be read ({error.strerror or error}).",
            field="file",
        ) from error
    log.info("an export was loaded: %s rows", made.rows)
    return made


class Told:
    """Tells now and then how far a file is read."""

    def __init__(self, file: IO[bytes], size: int, progress: Progress | None) -> None:
        self._file, self._size, self._progress = file, size, progress
        self._rows = 0

    def row(self) -> None:
        """One more."""
        self._rows += 1
        if self._progress is not None and self._rows % _ROWS_BETWEEN_TELLING == 0:
            self._progress(min(self._file.tell(), self._size), self._size)


def _load(place: str | Path, file: IO[bytes], told: Told) -> Loaded:
    reader = Reader(file)
    members = reader.members()
    _check_head(reader, members)
    with database_without_shop(place) as database:
        try:
            with loading(database) as load:
                return _Loading(load, told).all(reader, members)
        except NotLoadable as error:
            raise damaged("its rows do not fit") from error


def _check_head(reader: Reader, members: Iterator[str]) -> None:
    """Read on to the data, with all that must be known before it."""
    head: dict[str, Any] = {}
    for name in members:
        if name == "data":
            break
        if name in ("version", "schema"):
            head[name] = reader.value()
        else:
            reader.skip()
    else:
        raise damaged("it has no data")
    version, schema = head.get("version"), head.get("schema")
    if not isinstance(version, int) or not isinstance(schema, str):
        raise damaged("nothing tells its version")
    if version > VERSION or schema > KNOWN[-1]:
        raise DomainError(
            "export_newer",
            "This export was written by a newer posapp. Update this one, then import it.",
            field="file",
        )
    if schema != HEAD:
        raise DomainError(
            "export_older",
            "This export was written by an older posapp. Import it with that one; then open the shop with "
            "this one, which brings it up to date.",
            field="file",
        )


class _Loading:
    """Reads the tables of an export into a database."""

    def __init__(self, load: "RowLoad", told: Told) -> None:
        self._load, self._told = load, told
        self._digest = Digest()
        self._names: list[str] = []
        self._counts: dict[str, int] = {}

    def all(self, reader: Reader, members: Iterator[str]) -> Loaded:
        """The tables, and all that stands behind them; what was loaded is kept only if the digest fits."""
        for table in reader.members():
            if table not in self._load.tables or table in self._counts:
                raise damaged(f"there is no table {table[:40]}")
            self._load.add(table, self._rows(table, reader))
        digest = ""
        for name in members:
            if name in ("data", "version", "schema"):
                raise damaged("it says something twice")
            if name == "digest":
                digest = reader.value()
            else:
                reader.skip()
        reader.end()
        if digest != self._digest.shown:
            raise damaged("its data were changed")
        counts = self._counts
        return Loaded(
            tuple(self._names), counts.get("customer", 0), sum(counts.values()), counts.get("user_account", 0)
        )

    def _rows(self, table: str, reader: Reader) -> Iterator[Mapping[str, Any]]:
        self._counts[table] = 0
        self._digest.begin(table)
        for row in reader.rows():
            self._counts[table] += 1
            self._told.row()
            self._digest.row(line_of(row))
            if table == "business":
                self._names.append(str(row.get("name", "")))
            yield unpack(row)
