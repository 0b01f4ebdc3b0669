"""The books: accounts, and what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text()


def upgrade() -> None:
    """Make both tables, and let the records of a day be found by the shifts of it."""
    _accounts()
    _sendings()
    op.create_index("ix_shift_business_day", "shift", ["business_id", "business_day", "closed_at"])
    _index_where(
        "ix_ledger_entry_opening",
        "ledger_entry",
        "order_id IS NULL AND source_id IS NULL AND payment_id IS NULL",
    )
    _index_where("ix_gift_move_expired", "gift_move", "kind = 'expired'")
    if op.get_bind().dialect.name != "sqlite":  # so that a key can be found together with its business
        for table in ("book_account", "book_sending"):
            op.create_index(f"uq_{table}_record", table, ["business_id", "id"], unique=True)


def _index_where(name: str, table: str, where: str) -> None:
    said = sa.text(where)
    op.create_index(name, table, ["business_id", "business_day"], sqlite_where=said, postgresql_where=said)


def _accounts() -> None:
    op.create_table(
        "book_account",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("chart", _TEXT, nullable=False),
        sa.Column("role", _TEXT, nullable=False),
        sa.Column("tax", _TEXT, server_default="", nullable=False),
        sa.Column("number", _TEXT, nullable=False),
        sa.Column("name", _TEXT, server_default="", nullable=False),
        sa.CheckConstraint("length(number) > 0", name=op.f("ck_book_account_number")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_book_account_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_account")),
    )
    columns = ["business_id", "chart", "role", "tax"]
    op.create_index("uq_book_account_role", "book_account", columns, unique=True)


def _sendings() -> None:
    op.create_table(
        "book_sending",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("format", _TEXT, nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("correction", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sums", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", _TEXT, nullable=False),
        sa.CheckConstraint("correction >= 0", name=op.f("ck_book_sending_correction")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_book_sending_digest")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_book_sending_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_sending")),
    )
    columns = ["business_id", "format", "business_day", "correction"]
    op.create_index("uq_book_sending_day", "book_sending", columns, unique=True)
