"""The tables of bookings and of the walk-in queue.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from posapp.storage.base.tables import (
    business_column,
    id_column,
    index_where,
    metadata,
    ref_column,
    stamp_columns,
)

booking = Table(
    "booking",
    metadata,
    id_column(),
    business_column(),
    Column("number", BigInteger, nullable=False),
    ref_column("customer_id", "customer.id"),
    ref_column("contact_id", "contact.id", nullable=True),
    ref_column("service_id", "service.id"),
    ref_column("resource_id", "resource.id"),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    # End plus the buffer of its person or bench: what the overlap check looks at.
    Column("busy_until", BigInteger, nullable=False),
    # Wall clock and zone win if the rules of a zone change (rule 7 of `posapp.domain`).
    Column("wall_start", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("override_reason", Text),
    Column("price_minor", BigInteger),
    Column("note", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    *stamp_columns(),
    CheckConstraint(
        "status IN ('booked', 'confirmed', 'arrived', 'in_service', 'done', 'no_show', 'cancelled')",
        name="status",
    ),
    CheckConstraint("source IN ('counter', 'kiosk', 'web', 'import', 'cli', 'demo')", name="source"),
    CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
    CheckConstraint("starts_at < ends_at AND ends_at <= busy_until", name="span"),
    Index("uq_booking_number", "business_id", "number", unique=True),
    Index("ix_booking_resource_id_starts_at", "resource_id", "starts_at"),
    Index("ix_booking_customer_id_starts_at", "customer_id", "starts_at"),
    Index("ix_booking_business_day", "business_id", "business_day", "id"),
    index_where("ix_booking_contact_id", "contact_id", where="contact_id IS NOT NULL"),
)

walk_in = Table(
    "walk_in",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    ref_column("service_id", "service.id"),
    ref_column("booking_id", "booking.id", nullable=True),
    Column("minutes", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("business_day", Integer, nullable=False),
    *stamp_columns(),
    CheckConstraint("state IN ('waiting', 'served', 'left')", name="state"),
    CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
    index_where("ix_walk_in_waiting", "business_id", "created_at", where="state = 'waiting'"),
    Index("ix_walk_in_customer_id", "customer_id"),
)
