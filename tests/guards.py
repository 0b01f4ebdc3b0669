"""Takes the guards of the journal off, as somebody would who wants to forge it."""

from sqlalchemy import Connection, text


def without_guards(connection: Connection) -> None:
    """Drop every trigger of the journal's tables; a server is told to leave them out."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal%'"
        for name in connection.execute(text(asked)).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        return
    for table in ("journal", "journal_personal", "journal_head"):
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
