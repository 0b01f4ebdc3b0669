"""Alembic's entry: runs on the connection that `storage.schema` hands it."""

from alembic import context

from posapp.storage import tables
from posapp.storage.base.tables import metadata

assert tables.TABLES[0].metadata is metadata  # imported so that its tables are known, too
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
