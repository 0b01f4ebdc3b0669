"""The tables of repairs: devices, tickets, estimates, parts, loaners, shelves, photos, prices.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from posapp.storage.base.tables import (
    Key,
    business_column,
    flag_column,
    id_column,
    index_where,
    metadata,
    ref_column,
    stamp_columns,
    unique_where,
)

ticket_state = Table(
    "ticket_state",
    metadata,
    id_column(),
    business_column(),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("group_code", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("limit_hours", Integer),
    Column("archived_at", BigInteger),
    # Names of what must be known of a device before it comes here, divided by commas.
    Column("needs", Text, nullable=False, server_default=""),
    flag_column("is_reserved"),
    UniqueConstraint("business_id", "code"),
    CheckConstraint(
        "group_code IN ('new', 'work', 'waiting', 'ready', 'closed', 'cancelled')", name="group_code"
    ),
    CheckConstraint("limit_hours > 0", name="limit_hours"),
)

ticket_move = Table(
    "ticket_move",
    metadata,
    business_column(is_key=True),
    Column(
        "from_id",
        Key,
        ForeignKey("ticket_state.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "to_id",
        Key,
        ForeignKey("ticket_state.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    ),
    CheckConstraint("from_id <> to_id", name="moves"),
)

device = Table(
    "device",
    metadata,
    id_column(),
    business_column(),
    Column("kind", Text, nullable=False),
    Column("make", Text, nullable=False, server_default=""),
    Column("model", Text, nullable=False, server_default=""),
    Column("colour", Text, nullable=False, server_default=""),
    Column("serial", Text, nullable=False, server_default=""),
    Column("serial_key", Text, nullable=False, server_default=""),
    Column("imei", Text, nullable=False, server_default=""),
    *stamp_columns(),
    CheckConstraint(
        "kind IN ('phone', 'tablet', 'laptop', 'desktop', 'console', 'watch', 'other')", name="kind"
    ),
    unique_where(
        "uq_device_serial",
        "business_id",
        "serial_key",
        where="serial_key <> ''",
        refused=("device_known", "This serial was entered at another till. Try again.", "serial"),
    ),
    unique_where(
        "uq_device_imei",
        "business_id",
        "imei",
        where="imei <> ''",
        refused=("device_known", "This IMEI was entered at another till. Try again.", "imei"),
    ),
    Index("ix_device_model", "business_id", "make", "model"),
)

shelf = Table(
    "shelf",
    metadata,
    id_column(),
    business_column(),
    Column("code", Text, nullable=False),
    Column("archived_at", BigInteger),
    CheckConstraint("length(code) > 0", name="code"),
    unique_where(
        "uq_shelf_code",
        "business_id",
        "code",
        where="archived_at IS NULL",
        refused=("shelf_exists", "This shelf was set up at another till. Try again.", "shelf"),
    ),
)

ticket = Table(
    "ticket",
    metadata,
    id_column(),
    business_column(),
    Column("number", BigInteger, nullable=False),
    ref_column("customer_id", "customer.id"),
    ref_column("contact_id", "contact.id", nullable=True),
    ref_column("booking_id", "booking.id", nullable=True),
    Column("due_at", BigInteger),
    flag_column("is_rush"),
    Column("note", Text, nullable=False, server_default=""),
    Column("business_day", Integer, nullable=False),
    Column("source", Text, nullable=False),
    # The picture that was signed when the devices were left here.
    Column("signature_hash", Text, nullable=False, server_default=""),
    *stamp_columns(),
    CheckConstraint("source IN ('counter', 'kiosk', 'web', 'import', 'cli', 'demo')", name="source"),
    Index("uq_ticket_number", "business_id", "number", unique=True),
    Index("ix_ticket_customer_id_created_at", "customer_id", "created_at"),
    Index("ix_ticket_business_day", "business_id", "business_day"),
    index_where("ix_ticket_contact_id", "contact_id", where="contact_id IS NOT NULL"),
    unique_where(
        "uq_ticket_booking_id",
        "booking_id",
        where="booking_id IS NOT NULL",
        refused=("booking_has_ticket", "This booking has a ticket already.", "booking"),
    ),
)

job = Table(
    "job",
    metadata,
    id_column(),
    business_column(),
    ref_column("ticket_id", "ticket.id"),
    Column("position", Integer, nullable=False),
    ref_column("device_id", "device.id"),
    ref_column("state_id", "ticket_state.id"),
    Column("state_since", BigInteger, nullable=False),
    # Still in the shop: not yet handed back or disposed of. Boards and lists read only these.
    flag_column("is_here"),
    Column("fault", Text, nullable=False),
    Column("found", Text, nullable=False, server_default=""),
    Column("no_serial_reason", Text, nullable=False, server_default=""),
    Column("accessories", Text, nullable=False, server_default=""),
    Column("condition", Text, nullable=False, server_default="[]"),
    ref_column("technician_id", "resource.id", nullable=True),
    ref_column("shelf_id", "shelf.id", nullable=True),
    Column("price_minor", BigInteger),
    # Encrypted with the shop's key, which is in no database and no backup.
    Column("passcode", LargeBinary),
    Column("passcode_wipe_at", BigInteger),
    Column("quality_by", Text, nullable=False, server_default=""),
    Column("quality_at", BigInteger),
    Column("outcome", Text),
    Column("handed_to", Text, nullable=False, server_default=""),
    Column("handed_at", BigInteger),
    # The picture that was signed at the hand-back; pictures are kept for good.
    Column("signature_hash", Text, nullable=False, server_default=""),
    Column("touched_at", BigInteger, nullable=False),
    *stamp_columns(),
    CheckConstraint("length(fault) > 0", name="fault"),
    CheckConstraint("price_minor >= 0", name="price_minor"),
    CheckConstraint("outcome IN ('repaired', 'not_repaired', 'refused')", name="outcome"),
    Index("uq_job_position", "ticket_id", "position", unique=True),
    Index("ix_job_device_id", "device_id"),
    index_where("ix_job_here", "business_id", "state_id", "state_since", where="is_here"),
    unique_where(
        "uq_job_device_here",
        "device_id",
        where="is_here",
        refused=("device_here", "This device was taken in at another till a moment ago.", "serial"),
    ),
    index_where("ix_job_passcode", "passcode_wipe_at", where="passcode IS NOT NULL"),
)

photo = Table(
    "photo",
    metadata,
    id_column(),
    business_column(),
    ref_column("job_id", "job.id"),
    Column("hash", Text, nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("removed_at", BigInteger),
    Index("ix_photo_job_id", "job_id"),
)

estimate = Table(
    "estimate",
    metadata,
    id_column(),
    business_column(),
    ref_column("ticket_id", "ticket.id"),
    ref_column("customer_id", "customer.id"),  # that of the ticket, so that a timeline reads them in order
    Column("version", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("limit_minor", BigInteger),
    Column("answered_by", Text, nullable=False, server_default=""),
    Column("answered_how", Text, nullable=False, server_default=""),
    Column("answered_at", BigInteger),
    Column("recorded_by", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    UniqueConstraint("ticket_id", "version"),
    Index("ix_estimate_customer_id_created_at", "customer_id", "created_at"),
    CheckConstraint("status IN ('asked', 'approved', 'declined', 'replaced')", name="status"),
    CheckConstraint("total_minor >= 0", name="total_minor"),
    CheckConstraint("limit_minor >= total_minor", name="limit_minor"),
)

estimate_line = Table(
    "estimate_line",
    metadata,
    id_column(),
    business_column(),
    ref_column("estimate_id", "estimate.id"),
    ref_column("job_id", "job.id"),
    ref_column("item_id", "item.id", nullable=True),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_minor", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("warranty_days", Integer, nullable=False, server_default="0"),
    CheckConstraint("quantity BETWEEN 1 AND 10000", name="quantity"),
    CheckConstraint("unit_minor >= 0 AND amount_minor = unit_minor * quantity", name="amount"),
    CheckConstraint("warranty_days BETWEEN 0 AND 3650", name="warranty_days"),
    Index("uq_estimate_line_position", "estimate_id", "position", unique=True),
    Index("ix_estimate_line_job_id", "job_id"),
)

part_use = Table(
    "part_use",
    metadata,
    id_column(),
    business_column(),
    ref_column("job_id", "job.id"),
    ref_column("item_id", "item.id"),
    Column("quantity", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    *stamp_columns(),
    CheckConstraint("state IN ('reserved', 'used', 'returned', 'scrapped')", name="state"),
    CheckConstraint("quantity BETWEEN 1 AND 10000", name="quantity"),
    Index("ix_part_use_job_id", "job_id"),
    index_where("ix_part_use_reserved", "item_id", where="state = 'reserved'"),
)

warranty = Table(
    "warranty",
    metadata,
    id_column(),
    business_column(),
    ref_column("line_job_id", "job.id"),
    ref_column("device_id", "device.id"),
    Column("text", Text, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    CheckConstraint("starts_at < ends_at", name="span"),
    Index("ix_warranty_device_id", "device_id"),
    Index("ix_warranty_line_job_id", "line_job_id"),
)

warranty_claim = Table(
    "warranty_claim",
    metadata,
    Column("job_id", Key, ForeignKey("job.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False),
    business_column(),
    ref_column("warranty_id", "warranty.id"),
    Index("ix_warranty_claim_warranty_id", "warranty_id"),
)

loaner = Table(
    "loaner",
    metadata,
    id_column(),
    business_column(),
    Column("name", Text, nullable=False),
    Column("serial", Text, nullable=False, server_default=""),
    Column("archived_at", BigInteger),
    CheckConstraint("length(name) > 0", name="name"),
    unique_where(
        "uq_loaner_name",
        "business_id",
        "name",
        where="archived_at IS NULL",
        refused=("loaner_exists", "There is already a loaner with this name.", "name"),
    ),
)

loan = Table(
    "loan",
    metadata,
    id_column(),
    business_column(),
    ref_column("loaner_id", "loaner.id"),
    ref_column("ticket_id", "ticket.id"),
    Column("out_at", BigInteger, nullable=False),
    Column("out_by", Text, nullable=False),
    Column("back_at", BigInteger),
    Column("back_by", Text),
    Column("note", Text, nullable=False, server_default=""),
    CheckConstraint("back_at >= out_at", name="span"),
    unique_where(
        "uq_loan_out",
        "loaner_id",
        where="back_at IS NULL",
        refused=("loaner_out", "This loaner is out already. Choose another one.", "loaner"),
    ),
    Index("ix_loan_ticket_id", "ticket_id"),
)

contact_log = Table(
    "contact_log",
    metadata,
    id_column(),
    business_column(),
    ref_column("ticket_id", "ticket.id"),
    ref_column("customer_id", "customer.id"),  # as in `estimate`
    Column("kind", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
    Column("step", Integer, nullable=False, server_default="0"),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("kind IN ('informed', 'reminder')", name="kind"),
    CheckConstraint("how IN ('phone', 'sms', 'email', 'chat', 'in_person', 'letter')", name="how"),
    Index("ix_contact_log_ticket_id", "ticket_id"),
    Index("ix_contact_log_customer_id_created_at", "customer_id", "created_at"),
)

checklist = Table(
    "checklist",
    metadata,
    id_column(),
    business_column(),
    Column("device_kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Index("uq_checklist_text", "business_id", "device_kind", "text", unique=True),
)

# Keys say by what a price is found: the folded device or make, and the folded fault.
repair_price = Table(
    "repair_price",
    metadata,
    id_column(),
    business_column(),
    Column("kind", Text, nullable=False, server_default=""),
    Column("make", Text, nullable=False, server_default=""),
    Column("model", Text, nullable=False, server_default=""),
    Column("device_key", Text, nullable=False, server_default=""),
    Column("fault", Text, nullable=False),
    Column("fault_key", Text, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("minutes", Integer, nullable=False, server_default="0"),
    ref_column("item_id", "item.id", nullable=True),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint(
        "kind IN ('', 'phone', 'tablet', 'laptop', 'desktop', 'console', 'watch', 'other')", name="kind"
    ),
    CheckConstraint("kind <> '' OR length(device_key) > 0", name="device"),
    CheckConstraint("length(fault_key) > 0", name="fault"),
    CheckConstraint("price_minor >= 0", name="price_minor"),
    CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
    unique_where(
        "uq_repair_price_device",
        "business_id",
        "device_key",
        "kind",
        "fault_key",
        where="archived_at IS NULL",
        refused=("price_exists", "There is already a price for this device and fault.", "fault"),
    ),
    Index("ix_repair_price_item_id", "item_id"),
)
