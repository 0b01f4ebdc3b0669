"""Shifts: the drawer from float to count, the cash that goes in and out, what was verified."""

import sqlalchemy as sa
from alembic import op

from posapp.storage.selling import guards

revision = "0009"
down_revision = "0008"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and what keeps a closed shift as it is."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    _make_shift()
    _make_cash_move(is_sqlite=is_sqlite)
    _make_shift_check(is_sqlite=is_sqlite)
    for statement in guards.SQLITE_SHIFT_GUARDS if is_sqlite else guards.POSTGRES_SHIFT_GUARDS:
        op.get_bind().exec_driver_sql(statement)


def _make_shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("float_minor", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("expected_minor", sa.BigInteger(), nullable=True),
        sa.Column("counted_minor", sa.BigInteger(), nullable=True),
        sa.Column("difference_minor", sa.BigInteger(), nullable=True),
        sa.Column("pieces", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("length(till) > 0", name=op.f("ck_shift_till")),
        sa.CheckConstraint("float_minor >= 0", name=op.f("ck_shift_float_minor")),
        sa.CheckConstraint("counted_minor >= 0", name=op.f("ck_shift_counted_minor")),
        sa.CheckConstraint(
            "difference_minor = counted_minor - expected_minor", name=op.f("ck_shift_difference_minor")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (number IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL) "
            "AND (closed_at IS NULL) = (expected_minor IS NULL) "
            "AND (closed_at IS NULL) = (counted_minor IS NULL) "
            "AND (closed_at IS NULL) = (difference_minor IS NULL)",
            name=op.f("ck_shift_closing"),
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_shift_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    for name, column, where in (
        ("uq_shift_open", "till", "closed_at IS NULL"),
        ("uq_shift_number", "number", "number IS NOT NULL"),
    ):
        op.create_index(
            name,
            "shift",
            ["business_id", column],
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    _be_pointed_at("shift")


def _make_cash_move(*, is_sqlite: bool) -> None:
    op.create_table(
        "cash_move",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("shift_id", _KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('in', 'out')", name=op.f("ck_cash_move_kind")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_cash_move_amount_minor")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_cash_move_reason")),
        *_references("cash_move", is_sqlite=is_sqlite),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_move")),
    )
    op.create_index("ix_cash_move_shift_id", "cash_move", ["shift_id"])
    _be_pointed_at("cash_move")


def _make_shift_check(*, is_sqlite: bool) -> None:
    op.create_table(
        "shift_check",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("shift_id", _KEY, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_shift_check_amount_minor")),
        *_references("shift_check", is_sqlite=is_sqlite),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_check")),
    )
    op.create_index("ix_shift_check_shift_id", "shift_check", ["shift_id"])
    _be_pointed_at("shift_check")


def _references(table: str, *, is_sqlite: bool) -> list[sa.ForeignKeyConstraint]:
    """To the business, and to the shift, on PostgreSQL together with the business."""
    own, there = (["shift_id"], ["shift.id"])
    if not is_sqlite:
        own, there = (["business_id", "shift_id"], ["shift.business_id", "shift.id"])
    return [
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{table}_business_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(own, there, name=op.f(f"fk_{table}_shift_id"), ondelete="RESTRICT"),
    ]


def _be_pointed_at(table: str) -> None:
    """On PostgreSQL: let a key be found together with its business."""
    if op.get_bind().dialect.name != "sqlite":
        op.create_index(f"uq_{table}_record", table, ["business_id", "id"], unique=True)
