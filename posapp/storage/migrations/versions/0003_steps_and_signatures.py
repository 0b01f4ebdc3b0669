"""What a state asks for and who brings devices there; estimates by customer; signatures for good."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_job = sa.table(
    "job",
    sa.column("id", sa.BigInteger),
    sa.column("signature", sa.LargeBinary),
    sa.column("signature_hash", sa.Text),
)
_picture = sa.table("picture", sa.column("hash", sa.Text), sa.column("png", sa.LargeBinary))


def upgrade() -> None:
    """Add the columns, and fill those that follow from what is there."""
    op.add_column("ticket_state", sa.Column("needs", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "ticket_state",
        sa.Column("is_reserved", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    for table in ("estimate", "contact_log"):
        _add_customer(table)
    _keep_signatures()


def _add_customer(table: str) -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    name = op.f(f"fk_{table}_customer_id")
    if op.get_bind().dialect.name == "sqlite":  # which names no constraint of a column that is added
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN customer_id INTEGER "
            f"CONSTRAINT {name} REFERENCES customer (id) ON DELETE RESTRICT"
        )
    else:
        op.add_column(table, sa.Column("customer_id", key, nullable=True))
        op.create_foreign_key(name, table, "customer", ["customer_id"], ["id"], ondelete="RESTRICT")
    op.execute(
        f"UPDATE {table} SET customer_id = "
        f"(SELECT customer_id FROM ticket WHERE ticket.id = {table}.ticket_id)"
    )
    op.create_index(f"ix_{table}_customer_id_created_at", table, ["customer_id", "created_at"])


def _keep_signatures() -> None:
    op.add_column("job", sa.Column("signature_hash", sa.Text(), server_default="", nullable=False))
    connection = op.get_bind()
    kept = set(connection.execute(sa.select(_picture.c.hash)).scalars())
    signed = sa.select(_job.c.id, _job.c.signature).where(_job.c.signature.is_not(None))
    for key, signature in connection.execute(signed).all():
        name = hashlib.sha256(signature).hexdigest()
        if name not in kept:
            connection.execute(sa.insert(_picture).values(hash=name, png=signature))
            kept.add(name)
        connection.execute(sa.update(_job).where(_job.c.id == key).values(signature_hash=name))
    op.drop_column("job", "signature")
