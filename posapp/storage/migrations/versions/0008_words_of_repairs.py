"""SQLite gets an index of the words of repairs, so that a list of all years is answered by it.

No record changes. PostgreSQL reads the list as before.
"""

from alembic import op

from posapp.storage.base import sql_words

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the index, fill it, and let triggers keep it."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql(sql_words.JOB_WORDS_TABLE)
    connection.exec_driver_sql(sql_words.JOB_WORDS_FILL)
    connection.exec_driver_sql("INSERT INTO job_words(job_words) VALUES ('optimize')")
    for statement in sql_words.JOB_WORDS_TRIGGERS.values():
        connection.exec_driver_sql(statement)
