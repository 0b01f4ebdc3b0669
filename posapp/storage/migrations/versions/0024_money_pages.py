"""Reports of money find sales, payments and debts by their day."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_OWED = sa.text("customer_id IS NOT NULL")


def upgrade() -> None:
    """Three indexes; nothing else changes."""
    op.create_index("ix_sale_order_business_day", "sale_order", ["business_id", "business_day", "id"])
    op.create_index("ix_payment_business_day", "payment", ["business_id", "business_day", "id"])
    op.create_index(
        "ix_ledger_entry_owed",
        "ledger_entry",
        ["business_id", "account", "customer_id", "order_id", "business_day", "amount_minor"],
        sqlite_where=_OWED,
        postgresql_where=_OWED,
    )
