"""An import into a database that is not there yet: built beside its place, and there once it is whole."""

import tempfile
from dataclasses import replace
from pathlib import Path

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import Clock, SystemClock
from posapp.domain.old_data.imports import ImportOrder, ImportResult
from posapp.services.old_data.imports import bring_in
from posapp.services.old_data.running import Cancelled, Progress
from posapp.storage.base.database import Database, database_url
from posapp.storage.care.new_database import new_database
from posapp.storage.old_data.bulk import BUILDING
from posapp.storage.unit_of_work import Store


def import_new(
    place: str | Path,
    order: ImportOrder,
    till: str,
    *,
    name: str = "",
    dry_run: bool = False,
    clock: Clock | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportResult:
    """Bring files into a new database, with a shop in the region's usual zone for each that they hold.

    A file appears at its place only if all went well; a dry run says the same and makes none.
    """
    if dry_run and database_url(place).get_backend_name() == "sqlite":
        with tempfile.TemporaryDirectory(prefix="posapp-import-") as folder:
            aside = Path(folder) / "trial.db"
            made = import_new(aside, order, till, clock=clock, progress=progress, cancelled=cancelled)
            return replace(made, batches=(), is_trial=True)
    with new_database(place) as database:
        _hasten(database)
        store = Store(database, clock or SystemClock(), lambda _changes: None)
        return bring_in(store, Actor(0, till), order, name=name, progress=progress, cancelled=cancelled)


def _hasten(database: Database) -> None:
    if database.is_sqlite:
        with database.connection(writes=False) as connection:
            for pragma in BUILDING:
                connection.exec_driver_sql(f"PRAGMA {pragma}")
