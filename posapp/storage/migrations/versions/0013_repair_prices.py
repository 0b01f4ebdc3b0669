"""The price list of repairs."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = "'', 'phone', 'tablet', 'laptop', 'desktop', 'console', 'watch', 'other'"


def upgrade() -> None:
    """Make the table."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    own, there = ["item_id"], ["item.id"]
    if not is_sqlite:
        own, there = ["business_id", "item_id"], ["item.business_id", "item.id"]
    op.create_table(
        "repair_price",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.Text(), server_default="", nullable=False)
            for name in ("kind", "make", "model")
        ),
        sa.Column("device_key", sa.Text(), server_default="", nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("fault_key", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("item_id", _KEY, nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_repair_price_kind")),
        sa.CheckConstraint("kind <> '' OR length(device_key) > 0", name=op.f("ck_repair_price_device")),
        sa.CheckConstraint("length(fault_key) > 0", name=op.f("ck_repair_price_fault")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_repair_price_price_minor")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_repair_price_minutes")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_repair_price_business_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(own, there, name=op.f("fk_repair_price_item_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_price")),
    )
    where = sa.text("archived_at IS NULL")
    op.create_index(
        "uq_repair_price_device",
        "repair_price",
        ["business_id", "device_key", "kind", "fault_key"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_index("ix_repair_price_item_id", "repair_price", ["item_id"])
    if not is_sqlite:  # so that a key can be found together with its business
        op.create_index("uq_repair_price_record", "repair_price", ["business_id", "id"], unique=True)
