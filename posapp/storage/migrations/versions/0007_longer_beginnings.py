"""Beginnings of up to eight letters in SQLite's search index: a common name costs no more than a rare one.

No record changes. PostgreSQL finds every beginning in its index of words as it is.
"""

from alembic import op

from posapp.storage.base import sql_extras

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Build the index anew; the triggers that feed it stay."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TABLE customer_words")
    op.execute(sql_extras.SQLITE_SEARCH_TABLE)
    op.get_bind().exec_driver_sql(sql_extras.SQLITE_SEARCH_FILL, (0,))
    op.execute("INSERT INTO customer_words(customer_words) VALUES ('optimize')")
