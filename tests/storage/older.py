"""Shops as older programs left them: what a shop of today holds, written under an older revision."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, insert, select, text

from posapp.storage import migrations
from posapp.storage.base.database import Database
from posapp.storage.base.tables import metadata

ASIDE = {"journal", "journal_personal", "journal_head", "identity"}
"""Tables that say nothing about the trade; an old shop of these tests has an empty journal."""

Rows = dict[str, list[dict[str, Any]]]


def rows_of(place: str) -> Rows:
    """Everything a shop of the newest revision holds."""
    database = Database(place)
    with database.connection(writes=False) as connection:
        found = {
            table.name: [
                dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
            if table.name not in ASIDE
        }
    database.close()
    return found


def lay_back(place: str, revision: str, rows: Rows) -> None:
    """Fill an empty place with the schema of an older revision, and with rows as far as it has columns.

    What it has no table for is left out, and so are services, which were no items then.
    """
    database = Database(place)
    with database.connection(writes=True) as connection:
        _create(connection, revision)
        old = MetaData()
        old.reflect(connection, only=lambda name, _: name in rows)
        for name, content in rows.items():
            if name not in old.tables:
                continue
            table = old.tables[name]
            if name == "counter" and revision < "0011":
                content = [row for row in content if row["name"] not in ("G", "H")]
            if name == "item" and "keeps_stock" not in table.c:
                content = [row for row in content if row["kind"] != "service"]
            key = [column.name for column in table.primary_key]
            columns = (
                [column.name for column in table.columns if column.name in content[0]] if content else []
            )
            taken = {
                tuple(row[part] for part in key): {part: row[part] for part in columns} for row in content
            }
            if taken:
                connection.execute(insert(table), list(taken.values()))
            if connection.dialect.name != "sqlite" and "id" in table.c:
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "
                        f"(SELECT coalesce(max(id), 0) + 1 FROM {name}), false)"
                    )
                )
        connection.commit()
    database.close()


def _create(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(str(migrations.__file__)).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
