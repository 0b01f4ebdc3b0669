"""The export desk: all that the database holds as one JSON file, or as tables for a spreadsheet.

An export is of the whole database, with all businesses in it. Two exports of the same data are the same,
byte for byte. Passcodes, PINs, passwords and badges are not in it (`storage/care/exported_rows.py`), and
names of people are, as in a backup.
"""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from posapp import __version__, files
from posapp.domain.base.actor import Actor, Permission
from posapp.services.care.export_format import FORMAT, VERSION, Writer
from posapp.services.care.export_tables import TableWriter, shops_of
from posapp.storage.care.exported_columns import readable_columns
from posapp.storage.care.exported_lists import ExportedLists
from posapp.storage.care.exported_rows import ExportedRows, exported_tables
from posapp.storage.schema import HEAD
from posapp.storage.shop.tables import business

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Hears how many rows are written, and how many there are."""
_ROWS_BETWEEN_TELLING = 1000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: customers (merged ones aside), rows of all tables, and the files."""

    customers: int
    rows: int
    files: int = 1


class ExportDesk:
    """Writes everything that an open shop's database holds."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def to_json(
        self, actor: Actor, file: Path | None, *, replace: bool = False, progress: Progress | None = None
    ) -> Exported:
        """Write one JSON file, whole or not at all; to standard output if `file` is None.

        Refuses like `files.check`.
        """
        actor.require(Permission.DATA_MAINTAIN)
        identity = self._store.identity
        with _output(file, replace=replace) as out, self._store.look(actor, snapshot=True) as uow:
            made = _write(out, uow, identity, progress)
        log.info("exported as JSON: %s customers, %s rows", made.customers, made.rows)
        return made

    def to_csv(
        self, actor: Actor, folder: Path, *, replace: bool = False, progress: Progress | None = None
    ) -> Exported:
        """Write each table as CSV into a new or empty folder, all of them or none.

        Refuses like `files.written_folder`; with `replace` files of the same names go.
        """
        actor.require(Permission.DATA_MAINTAIN)
        with (
            files.written_folder(folder, replace=replace) as place,
            self._store.look(actor, snapshot=True) as uow,
        ):
            tables = ExportedRows(uow.connection)
            told = Counted(tables.count(), progress)
            writer = TableWriter(place, tables, shops_of(tables.rows(business)))
            for table in exported_tables():
                writer.write(table.name, readable_columns(table), told.over(tables.rows(table)))
            told.end()
            made = Exported(ExportedLists(uow.connection).count(), told.done, writer.files)
        log.info("exported as CSV: %s rows in %s files", made.rows, made.files)
        return made


@contextmanager
def _output(file: Path | None, *, replace: bool) -> Iterator[IO[bytes]]:
    if file is not None:
        with files.written(file, replace=replace) as opened:
            yield opened
        return
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _write(out: IO[bytes], uow: "UnitOfWork", identity: str, progress: Progress | None) -> Exported:
    lists, tables, writer = ExportedLists(uow.connection), ExportedRows(uow.connection), Writer(out)
    told = Counted(lists.count() + tables.count(), progress)
    writer.value("format", FORMAT)
    writer.value("version", VERSION)
    writer.value("program", __version__)
    writer.value("schema", HEAD)
    writer.value("identity", identity)
    writer.rows("businesses", lists.businesses())
    writer.rows("customers", told.over(lists.customers()))
    customers = told.done
    writer.rows("rejected", lists.notes("rejected", "reason"))
    writer.rows("warnings", lists.notes("warning", "code"))
    writer.rows("possible_duplicates", lists.pairs())
    writer.data((table.name, told.over(tables.rows(table))) for table in exported_tables())
    writer.close()
    told.end()
    return Exported(customers, told.done - customers)


class Counted:
    """Counts the rows that pass, and tells of them now and then."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self._total, self._progress = 0, total, progress

    def over(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """The same rows."""
        for row in rows:
            yield row
            self.done += 1
            if self._progress is not None and self.done % _ROWS_BETWEEN_TELLING == 0:
                self._progress(min(self.done, self._total), self._total)

    def end(self) -> None:
        """All of them have passed."""
        if self._progress is not None:
            self._progress(1, 1)
