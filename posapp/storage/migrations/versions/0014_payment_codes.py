"""What a shop says of itself so that it can be paid by QR code; all of it is empty at first."""

from alembic import op

revision = "0014"
down_revision = "0013"

_TEXTS = ("name", "iban", "bic", "upi", "pix", "promptpay", "street", "house", "postcode", "city")


def upgrade() -> None:
    """Add the columns."""
    for name in _TEXTS:
        op.execute(f"ALTER TABLE business ADD COLUMN payment_{name} TEXT DEFAULT '' NOT NULL")
