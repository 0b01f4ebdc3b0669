"""Takes the guards of the journal and of money off, as somebody would who wants to forge them."""

from sqlalchemy import Connection, text

GUARDED = (
    "journal",
    "journal_personal",
    "journal_head",
    "gift_card",
    "gift_move",
    "order_line",
    "line_tax",
    "payment",
    "ledger_entry",
    "consent",
)


def without_guards(connection: Connection) -> None:
    """Drop every trigger of the tables that never change; a server is told to leave them out."""
    if connection.dialect.name == "sqlite":
        tables = ", ".join(f"'{table}'" for table in GUARDED)
        asked = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({tables})"
        for name in connection.execute(text(asked)).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        return
    for table in GUARDED:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
