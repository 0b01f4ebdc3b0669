"""Finds strays: records that point to a record of another business. Right data has none.

PostgreSQL refuses them and the repositories make none, so on SQLite only a hand at the file does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, FromClause, Select, and_, select

from posapp.storage.repair_tables import TABLES
from posapp.storage.tables import references


@dataclass(frozen=True, slots=True)
class Stray:
    """A record by table and key, the column that points astray, and both businesses."""

    table: str
    key: int
    column: str
    business: int
    other: int


def strays(connection: Connection) -> Iterator[Stray]:
    """Every record that points to a record of another business, whichever reference it is."""
    for table, column, question in stray_questions():
        for row in connection.execute(question):
            yield Stray(table, row.key, column, row.business, row.other)


def stray_questions() -> Iterator[tuple[str, str, Select[tuple[int, int, int]]]]:
    """Table, column and the question for its strays, for each reference of the schema."""
    for table in TABLES:
        for column, parent in sorted(references(table).items()):
            target: FromClause = parent.alias("target")
            key = next(each for each in table.primary_key.columns if each.name != "business_id")
            business, other = table.c.business_id, target.c.business_id
            yield (
                table.name,
                column,
                select(key.label("key"), business.label("business"), other.label("other"))
                .join(target, and_(target.c.id == table.c[column], other != business))
                .order_by(key),
            )
