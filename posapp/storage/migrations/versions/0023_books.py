"""The books: accounts, and what was sent."""

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Nothing yet."""
