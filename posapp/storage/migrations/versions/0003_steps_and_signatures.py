"""What a state wants to know of a device, who may bring one there; signatures become pictures for good."""

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
    """Give each job the hash of its signature, and each signature a place among the pictures."""
    op.add_column("ticket_state", sa.Column("needs", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "ticket_state",
        sa.Column("is_reserved", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
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
