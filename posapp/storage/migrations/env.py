"""Alembic's entry: runs on the connection that `storage.schema` hands it."""

from alembic import context

from posapp.storage.base.tables import metadata
from posapp.storage.tables import whole_schema

whole_schema()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
