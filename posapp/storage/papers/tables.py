"""The tables of papers: snapshots and the print queue.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text, UniqueConstraint

from posapp.storage.base.tables import business_column, id_column, index_where, metadata, ref_column, says

document = Table(
    "document",
    metadata,
    id_column(),
    business_column(),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    ref_column("customer_id", "customer.id", nullable=True),
    ref_column("booking_id", "booking.id", nullable=True),
    Column("snapshot", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("length(kind) > 0", name="kind"),
    Index("ix_document_number", "business_id", "number"),
    Index("ix_document_booking_id", "booking_id"),
    index_where("ix_document_customer_id", "customer_id", where="customer_id IS NOT NULL"),
)

print_job = Table(
    "print_job",
    metadata,
    id_column(),
    business_column(),
    ref_column("document_id", "document.id"),
    Column("copy", Integer, nullable=False),
    Column("paper", Text, nullable=False),
    Column("output", Text, nullable=False),
    Column("till", Text, nullable=False),
    Column("printer", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False),
    Column("problem", Text, nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint(
        "document_id",
        "copy",
        info=says("copy_taken", "This paper is being printed at another till. Try again.", None),
    ),
    CheckConstraint("copy >= 1", name="copy"),
    CheckConstraint("output IN ('print', 'pdf')", name="output"),
    CheckConstraint("state IN ('queued', 'done', 'failed', 'cancelled')", name="state"),
    index_where("ix_print_job_open", "till", where="state IN ('queued', 'failed')"),
)
