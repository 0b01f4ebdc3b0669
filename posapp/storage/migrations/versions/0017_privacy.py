"""What customers agreed to, and since when somebody is anonymised.

What is added is empty, so no record counts otherwise than before.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from posapp.storage.customers import guards

revision = "0017"
down_revision = "0016"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table and what keeps it as it is, let customers grow."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("ALTER TABLE customer ADD COLUMN erased_at BIGINT")
    op.create_index(
        "ix_customer_erased",
        "customer",
        ["business_id"],
        sqlite_where=sa.text("erased_at IS NOT NULL"),
        postgresql_where=sa.text("erased_at IS NOT NULL"),
    )
    own, other = ["customer_id"], ["customer.id"]
    if not is_sqlite:
        own, other = ["business_id", "customer_id"], ["customer.business_id", "customer.id"]
    columns: list[Any] = [
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("customer_id", _KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_given", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('messages', 'marketing', 'photos', 'keep_data')", name=op.f("ck_consent_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_consent_business_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(own, other, name=op.f("fk_consent_customer_id"), ondelete="RESTRICT"),
    ]
    op.create_table("consent", *columns)
    op.create_index("ix_consent_customer_id", "consent", ["customer_id"])
    if not is_sqlite:
        op.create_index("uq_consent_record", "consent", ["business_id", "id"], unique=True)
    for statement in guards.SQLITE_CONSENT_GUARDS if is_sqlite else guards.POSTGRES_CONSENT_GUARDS:
        op.get_bind().exec_driver_sql(statement)
