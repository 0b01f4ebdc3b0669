"""Codes of customers for the kiosk, tries that went wrong there, and who waits for a nod."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_codes()
    _make_tries()
    _make_arrivals()


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _text(name: str, *, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _number(name: str, *, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _moment(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _stamps() -> list[Any]:
    return [
        _moment("created_at"),
        _text("created_by"),
        _moment("updated_at"),
        _text("updated_by"),
        _number("version", default="1"),
    ]


def _check(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _make(name: str, *parts: Any, is_of_customer: bool = False) -> None:
    """A table of businesses; references stay within one where the server can see to that."""
    columns: list[Any] = [
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{name}_business_id"), ondelete="RESTRICT"
        ),
    ]
    if is_of_customer:
        own, other = ["customer_id"], ["customer.id"]
        if not _is_sqlite():
            own, other = ["business_id", "customer_id"], ["customer.business_id", "customer.id"]
        named = op.f(f"fk_{name}_customer_id")
        columns.append(sa.ForeignKeyConstraint(own, other, name=named, ondelete="RESTRICT"))
    op.create_table(name, *columns, *parts)
    if not _is_sqlite():
        op.create_index(f"uq_{name}_record", name, ["business_id", "id"], unique=True)


def _index(name: str, table: str, columns: list[str], *, where: str = "", unique: bool = False) -> None:
    here = sa.text(where) if where else None
    op.create_index(name, table, columns, unique=unique, sqlite_where=here, postgresql_where=here)


def _make_codes() -> None:
    table = "access_code"
    _make(
        table,
        sa.Column("customer_id", _KEY, nullable=False),
        _text("code_hash"),
        _moment("expires_at"),
        _number("tries", default="0"),
        _text("state"),
        *_stamps(),
        _check(table, "code_hash", "length(code_hash) = 64"),
        _check(table, "state", "state IN ('open', 'used', 'replaced', 'spent')"),
        _check(table, "tries", "tries BETWEEN 0 AND 5"),
        _check(table, "spent", "state <> 'spent' OR tries = 5"),
        is_of_customer=True,
    )
    owner = ["business_id", "customer_id"]
    _index("uq_access_code_open", table, owner, where="state = 'open'", unique=True)
    _index("ix_access_code_customer_id", table, ["customer_id"])


def _make_tries() -> None:
    table = "kiosk_try"
    _make(
        table,
        _text("door"),
        _text("key_hash"),
        _number("tries"),
        _moment("last_at"),
        _check(table, "door", "door IN ('number', 'kiosk', 'arrivals')"),
        _check(table, "key_hash", "length(key_hash) = 64"),
        _check(table, "tries", "tries > 0"),
    )
    _index("uq_kiosk_try_door", table, ["business_id", "door", "key_hash"], unique=True)
    _index("ix_kiosk_try_last_at", table, ["business_id", "last_at"])


def _make_arrivals() -> None:
    table = "kiosk_arrival"
    _make(
        table,
        _text("phone_key", default=""),
        _text("extension", default=""),
        sa.Column("mark", sa.Text(), nullable=True),
        _text("name", default=""),
        _text("what", default=""),
        _text("state"),
        sa.Column("customer_id", _KEY, nullable=True),
        _number("business_day"),
        *_stamps(),
        _check(table, "state", "state IN ('waiting', 'let_in', 'turned_away')"),
        _check(table, "phone_key", "(state = 'waiting') = (phone_key <> '')"),
        _check(table, "emptied", "state = 'waiting' OR (name = '' AND what = '' AND extension = '')"),
        _check(table, "customer_id", "(state = 'let_in') = (customer_id IS NOT NULL)"),
        is_of_customer=True,
    )
    phone = ["business_id", "phone_key"]
    _index("uq_kiosk_arrival_waiting", table, phone, where="state = 'waiting'", unique=True)
    _index("ix_kiosk_arrival_customer_id", table, ["customer_id"], where="customer_id IS NOT NULL")
