"""A new database at its place: a file is built beside it and moved there when it is whole and on the disk.

So no half-built one is ever found.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from posapp import files
from posapp.domain.base.errors import DomainError
from posapp.storage.base.database import Database, database_url
from posapp.storage.schema import bring_up_to_date
from posapp.storage.shop.tables import business


@contextmanager
def new_database(place: str | Path) -> Iterator[Database]:
    """An empty database with the schema; a file appears at its place only if the block ends well."""
    url = database_url(place)
    if url.get_backend_name() != "sqlite":
        database = Database(place)
        try:
            bring_up_to_date(database)
            _refuse_filled(database)
            yield database
        finally:
            database.close()
        return
    file = Path(url.database or "")
    if os.path.lexists(file):
        raise _exists(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = files.temporary(file)
    database = Database(aside)
    try:
        bring_up_to_date(database)
        yield database
        with database.connection(writes=False) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        database.close()
        _keep(aside, file)
    finally:
        database.close()
        _remove(aside)


def _refuse_filled(database: Database) -> None:
    with database.connection(writes=False) as connection:
        if connection.execute(business.select().limit(1)).first():
            raise DomainError(
                "database_exists", "This database has a shop already. Choose an empty one.", field="database"
            )


def _keep(aside: Path, file: Path) -> None:
    """Bring a finished file to the disk and to its name, unless another program has taken that meanwhile."""
    try:
        files.settle(aside)
        files.put(aside, file, replace=False)
    except FileExistsError as error:
        raise _exists(file) from error
    except OSError as error:
        raise files.unwritten(file, error) from error


def _exists(file: Path) -> DomainError:
    return DomainError(
        "database_exists", f"{file.name} exists already. Choose another file.", field="database"
    )


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
