"""Gift cards and the moves of what is on them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from posapp.storage.selling import guards

revision = "0015"
down_revision = "0014"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and what keeps them as they are."""
    _make_cards()
    _make_moves()
    for statement in guards.SQLITE_CARD_GUARDS if _is_sqlite() else guards.POSTGRES_CARD_GUARDS:
        op.get_bind().exec_driver_sql(statement)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


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


def _make_cards() -> None:
    _make(
        "gift_card",
        sa.Column("number", sa.Integer(), nullable=False),
        _text("code_hash"),
        _text("last_four"),
        sa.Column("customer_id", _KEY, nullable=True),
        sa.Column("expires_on", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _text("created_by"),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        _text("updated_by"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        _check("gift_card", "code_hash", "length(code_hash) = 64"),
        _check("gift_card", "last_four", "length(last_four) = 4"),
        customer_id="customer",
    )
    _index("uq_gift_card_number", "gift_card", ["business_id", "number"], unique=True)
    _index("uq_gift_card_code_hash", "gift_card", ["business_id", "code_hash"], unique=True)
    _index("ix_gift_card_customer_id", "gift_card", ["customer_id"], where="customer_id IS NOT NULL")


def _make_moves() -> None:
    targets = {"card_id": "gift_card", "order_id": "sale_order", "line_id": "order_line"}
    _make(
        "gift_move",
        sa.Column("card_id", _KEY, nullable=False),
        _text("kind"),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("line_id", _KEY, nullable=True),
        sa.Column("payment_id", _KEY, nullable=True),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _text("created_by"),
        _check("gift_move", "kind", "kind IN ('sold', 'topped_up', 'used', 'returned', 'expired')"),
        _check(
            "gift_move",
            "amount_minor",
            "CASE WHEN kind IN ('sold', 'topped_up') THEN amount_minor > 0 "
            "WHEN kind = 'returned' THEN amount_minor <> 0 ELSE amount_minor < 0 END",
        ),
        _check(
            "gift_move",
            "cause",
            "(kind = 'expired') = (order_id IS NULL AND payment_id IS NULL) "
            "AND (line_id IS NULL OR (order_id IS NOT NULL AND payment_id IS NULL))",
        ),
        **targets,
        payment_id="payment",
    )
    _index("ix_gift_move_card_id", "gift_move", ["card_id", "amount_minor"])
    _index("ix_gift_move_order_id", "gift_move", ["order_id"], where="order_id IS NOT NULL")
    _index("uq_gift_move_line_id", "gift_move", ["line_id"], where="line_id IS NOT NULL", unique=True)
    _index(
        "uq_gift_move_payment_id", "gift_move", ["payment_id"], where="payment_id IS NOT NULL", unique=True
    )
