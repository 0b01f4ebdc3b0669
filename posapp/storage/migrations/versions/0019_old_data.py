"""Old data: batches, staged rows, past records, IDs of old systems, further addresses, merges, duplicates."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_emails()
    _make_batches()
    _make_staged()
    _make_notes()
    _make_past()
    _make_legacy()
    _make_mappings()
    _make_merges()
    _make_pairs()
    _index_references()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _text(name: str, *, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _maybe_text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=True)


def _number(name: str, *, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _large(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable, server_default=default)


def _key(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _KEY, nullable=nullable)


def _stamps() -> list[Any]:
    return [
        _large("created_at"),
        _text("created_by"),
        _large("updated_at"),
        _text("updated_by"),
        _number("version", default="1"),
    ]


def _check(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _make(name: str, *parts: Any, **targets: str) -> None:
    """A table of businesses; references stay within one where the server can see to that."""
    columns: list[Any] = [
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{name}_business_id"), ondelete="RESTRICT"
        ),
    ]
    for column, target in targets.items():
        own, other = [column], [f"{target}.id"]
        if not _is_sqlite():
            own, other = ["business_id", column], [f"{target}.business_id", f"{target}.id"]
        named = op.f(f"fk_{name}_{column}")
        columns.append(sa.ForeignKeyConstraint(own, other, name=named, ondelete="RESTRICT"))
    op.create_table(name, *columns, *parts)
    if not _is_sqlite():
        op.create_index(f"uq_{name}_record", name, ["business_id", "id"], unique=True)


def _index(name: str, table: str, columns: list[str], *, where: str = "", unique: bool = False) -> None:
    here = sa.text(where) if where else None
    op.create_index(name, table, columns, unique=unique, sqlite_where=here, postgresql_where=here)


def _make_emails() -> None:
    table = "further_email"
    _make(
        table,
        _key("customer_id"),
        _text("email"),
        _large("created_at"),
        _check(table, "email", "length(email) > 0"),
        customer_id="customer",
    )
    _index("uq_further_email_email", table, ["customer_id", "email"], unique=True)
    op.create_index(
        "ix_further_email_email",
        table,
        ["business_id", "email"],
        postgresql_ops={"email": "text_pattern_ops"},
    )


def _make_batches() -> None:
    table = "import_batch"
    _make(
        table,
        *map(_text, ("run", "system", "state", "files", "settings")),
        _text("result", default=""),
        _text("made", default="{}"),
        _number("done", default="0"),
        _large("settled_at", nullable=True),
        _large("emptied_at", nullable=True),
        *_stamps(),
        _check(table, "state", "state IN ('staged', 'applying', 'applied', 'undoing', 'undone')"),
    )
    _index("ix_import_batch_created_at", table, ["business_id", "created_at"])


def _make_staged() -> None:
    table = "staged_record"
    _make(
        table,
        _key("batch_id"),
        _number("file"),
        _number("row"),
        _text("collection"),
        _number("role"),
        _text("code"),
        _maybe_text("code_fold"),
        _large("code_number", nullable=True),
        _large("at", nullable=True),
        *map(_maybe_text, ("phone_key", "email", "owner", "group_key")),
        _large("amount_minor", nullable=True),
        _maybe_text("status"),
        _large("pl_number", nullable=True),
        *map(_maybe_text, ("fault", "phone_fault", "warns")),
        _text("body", default=""),
        _key("customer_id", nullable=True),
        batch_id="import_batch",
    )
    _index("ix_staged_record_code", table, ["batch_id", "collection", "code"])
    _index("ix_staged_record_group_key", table, ["batch_id", "group_key"])
    table = "staged_group"
    _make(
        table,
        _key("batch_id"),
        _number("place"),
        _text("key"),
        _large("pl_number", nullable=True),
        _key("customer_id", nullable=True),
        sa.Column("is_made", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        batch_id="import_batch",
    )
    _index("uq_staged_group_key", table, ["batch_id", "key"], unique=True)
    _index("ix_staged_group_place", table, ["batch_id", "place"])


def _make_notes() -> None:
    table = "import_note"
    _make(
        table,
        _key("batch_id"),
        _text("kind"),
        _text("file"),
        _number("row"),
        _text("code"),
        _text("message", default=""),
        _text("raw", default=""),
        _check(table, "kind", "kind IN ('rejected', 'warning', 'update')"),
        batch_id="import_batch",
    )
    _index("ix_import_note_batch_id", table, ["batch_id", "kind"])


def _make_past() -> None:
    table = "past_record"
    _make(
        table,
        _key("customer_id"),
        _key("batch_id"),
        *map(_text, ("kind", "system", "collection", "code", "code_fold")),
        _large("at"),
        _text("status", default=""),
        sa.Column("is_counted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _large("amount_minor", default="0"),
        _text("body", default=""),
        _key("ticket_id", nullable=True),
        _check(table, "kind", "kind IN ('booking', 'ticket', 'order', 'appointment')"),
        _check(table, "amount_minor", "amount_minor >= 0"),
        customer_id="customer",
        batch_id="import_batch",
        ticket_id="ticket",
    )
    _index("uq_past_record_code", table, ["business_id", "system", "collection", "code"], unique=True)
    _index("ix_past_record_customer_id_at", table, ["customer_id", "at"])
    _index("ix_past_record_code_fold", table, ["business_id", "code_fold"])
    _index("ix_past_record_batch_id", table, ["batch_id"])
    _index("ix_past_record_ticket_id", table, ["ticket_id"], where="ticket_id IS NOT NULL")


def _make_legacy() -> None:
    table = "legacy_id"
    _make(
        table,
        _key("customer_id"),
        _key("batch_id"),
        *map(_text, ("system", "collection", "code", "code_fold")),
        _text("told", default=""),
        customer_id="customer",
        batch_id="import_batch",
    )
    _index("uq_legacy_id_code", table, ["business_id", "system", "collection", "code"], unique=True)
    _index("ix_legacy_id_code_fold", table, ["business_id", "code_fold"])
    _index("ix_legacy_id_customer_id", table, ["customer_id"])
    _index("ix_legacy_id_batch_id", table, ["batch_id"])
    _make("legacy_business", _text("system"), _text("code"))
    _index("uq_legacy_business_code", "legacy_business", ["system", "code"], unique=True)


def _make_mappings() -> None:
    _make("column_mapping", _text("columns"), _text("mapping"), *_stamps())
    _index("uq_column_mapping_columns", "column_mapping", ["business_id", "columns"], unique=True)


def _make_merges() -> None:
    table = "customer_merge"
    _make(
        table,
        _key("survivor_id"),
        _key("loser_id"),
        _text("moved"),
        _text("told"),
        _large("undone_at", nullable=True),
        *_stamps(),
        _check(table, "two", "survivor_id <> loser_id"),
        survivor_id="customer",
        loser_id="customer",
    )
    _index("ix_customer_merge_survivor_id", table, ["survivor_id"])
    _index("ix_customer_merge_loser_id", table, ["loser_id"])


def _make_pairs() -> None:
    sides = {"a_id": "customer", "b_id": "customer"}
    table = "duplicate_pair"
    _make(
        table,
        _key("a_id"),
        _key("b_id"),
        _number("score"),
        _text("reasons"),
        _check(table, "in_order", "a_id < b_id"),
        _check(table, "score", "score BETWEEN 0 AND 100"),
        **sides,
    )
    _index("uq_duplicate_pair_a_id", table, ["a_id", "b_id"], unique=True)
    _index("ix_duplicate_pair_b_id", table, ["b_id"])
    _index("ix_duplicate_pair_score", table, ["business_id", "score"])
    table = "not_duplicate"
    _make(
        table,
        _key("a_id"),
        _key("b_id"),
        _large("created_at"),
        _text("created_by"),
        _check(table, "in_order", "a_id < b_id"),
        **sides,
    )
    _index("uq_not_duplicate_a_id", table, ["a_id", "b_id"], unique=True)
    _index("ix_not_duplicate_b_id", table, ["b_id"])


def _index_references() -> None:
    """What a merge moves and an undone import takes away is asked for by whom it points at."""
    for table, column in (
        ("booking", "contact_id"),
        ("ticket", "contact_id"),
        ("document", "customer_id"),
        ("customer", "merged_into"),
    ):
        _index(f"ix_{table}_{column}", table, [column], where=f"{column} IS NOT NULL")
    _index("ix_walk_in_customer_id", "walk_in", ["customer_id"])
