"""Users, and the passes that a window gives to its own children."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_accounts()
    _make_passes()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _text(name: str, *, is_empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="" if is_empty else None, nullable=False)


def _check(name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_user_account_{name}"))


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


def _unique(name: str, table: str, columns: list[str], where: str = "") -> None:
    here = sa.text(where) if where else None
    op.create_index(name, table, columns, unique=True, sqlite_where=here, postgresql_where=here)


def _make_accounts() -> None:
    roles = "'admin', 'manager', 'staff', 'technician', 'customer'"
    _make(
        "user_account",
        _text("name"),
        _text("name_fold"),
        _text("role"),
        sa.Column("phone_key", sa.Text(), nullable=True),
        _text("phone_extension", is_empty=True),
        sa.Column("phone_mark", sa.Text(), nullable=True),
        _text("phone_typed", is_empty=True),
        _text("email", is_empty=True),
        sa.Column("customer_id", _KEY, nullable=True),
        sa.Column("discount_limit", sa.Integer(), nullable=True),
        *(_text(name, is_empty=True) for name in ("pin_hash", "password_hash", "badge_hash")),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_in_at", sa.BigInteger(), nullable=True),
        _text("last_in_till", is_empty=True),
        sa.Column("disabled_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _text("created_by"),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        _text("updated_by"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        _check("name", "length(name) > 0"),
        _check("role", f"role IN ({roles})"),
        _check("phone_mark", "phone_mark IN ('possible', 'local')"),
        _check("discount_limit", "discount_limit BETWEEN 0 AND 1000000"),
        _check("failures", "failures >= 0"),
        customer_id="customer",
    )
    table = "user_account"
    _unique("uq_user_account_name", table, ["business_id", "name_fold"])
    _unique("uq_user_account_phone", table, ["business_id", "phone_key"], "phone_key IS NOT NULL")
    _unique("uq_user_account_email", table, ["business_id", "email"], "email <> ''")
    _unique("uq_user_account_customer", table, ["customer_id"], "customer_id IS NOT NULL")
    _unique("uq_user_account_badge", table, ["badge_hash"], "badge_hash <> ''")


def _make_passes() -> None:
    _make(
        "user_pass",
        sa.Column("user_id", _KEY, nullable=False),
        _text("token_hash"),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        user_id="user_account",
    )
    _unique("uq_user_pass_token_hash", "user_pass", ["token_hash"])
    op.create_index("ix_user_pass_user_id", "user_pass", ["user_id"])
