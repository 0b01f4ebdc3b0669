"""Repairs: tickets, devices, estimates, parts, warranty, loaners, shelves, the walk-in queue."""

import sqlalchemy as sa
from alembic import op

from posapp.domain.repairs.tickets import DEFAULT_MOVES, DEFAULT_STATES
from posapp.storage.repairs.repair_defaults import CHECKLISTS, SETTINGS

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create everything, and give each shop the usual states and checklists."""
    _create_tables()
    connection = op.get_bind()
    for business_id in connection.execute(sa.text("SELECT id FROM business")).scalars().all():
        _seed(connection, business_id)


def _seed(connection: sa.Connection, business_id: int) -> None:
    """The usual states, moves, checklists and settings, in the tables as this revision makes them."""
    ids = {"business_id": business_id}
    for position, (code, name, group, limit) in enumerate(DEFAULT_STATES, start=1):
        state = {"code": code, "name": name, "group": group.value, "position": position, "hours": limit}
        connection.execute(
            sa.text(
                "INSERT INTO ticket_state (business_id, code, name, group_code, position, limit_hours) "
                "VALUES (:business_id, :code, :name, :group, :position, :hours)"
            ),
            ids | state,
        )
    for before, after in DEFAULT_MOVES:
        connection.execute(
            sa.text(
                "INSERT INTO ticket_move (from_id, to_id) SELECT b.id, a.id "
                "FROM ticket_state b, ticket_state a WHERE b.business_id = :business_id AND b.code = :before "
                "AND a.business_id = :business_id AND a.code = :after"
            ),
            ids | {"before": before, "after": after},
        )
    for kind, texts in CHECKLISTS.items():
        for position, text in enumerate(texts, start=1):
            connection.execute(
                sa.text(
                    "INSERT INTO checklist (business_id, device_kind, text, position) "
                    "VALUES (:business_id, :kind, :text, :position)"
                ),
                ids | {"kind": kind, "text": text, "position": position},
            )
    for name, value in SETTINGS.items():
        connection.execute(
            sa.text("INSERT INTO setting (business_id, name, value) VALUES (:business_id, :name, :value)"),
            ids | {"name": name, "value": value},
        )


def _create_tables() -> None:
    op.create_table(
        "checklist",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device_kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_checklist_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
    )
    op.create_index("uq_checklist_text", "checklist", ["business_id", "device_kind", "text"], unique=True)
    op.create_table(
        "device",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("make", sa.Text(), server_default="", nullable=False),
        sa.Column("model", sa.Text(), server_default="", nullable=False),
        sa.Column("colour", sa.Text(), server_default="", nullable=False),
        sa.Column("serial", sa.Text(), server_default="", nullable=False),
        sa.Column("serial_key", sa.Text(), server_default="", nullable=False),
        sa.Column("imei", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('phone', 'tablet', 'laptop', 'desktop', 'console', 'watch', 'other')",
            name=op.f("ck_device_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_device_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
    )
    op.create_index("ix_device_model", "device", ["business_id", "make", "model"], unique=False)
    op.create_index(
        "uq_device_imei",
        "device",
        ["business_id", "imei"],
        unique=True,
        sqlite_where=sa.text("imei <> ''"),
        postgresql_where=sa.text("imei <> ''"),
    )
    op.create_index(
        "uq_device_serial",
        "device",
        ["business_id", "serial_key"],
        unique=True,
        sqlite_where=sa.text("serial_key <> ''"),
        postgresql_where=sa.text("serial_key <> ''"),
    )
    op.create_table(
        "item",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="part", nullable=False),
        sa.Column("price_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stock", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reorder_level", sa.Integer(), server_default="0", nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("kind IN ('part', 'goods')", name=op.f("ck_item_kind")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_item_price_minor")),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_item_stock")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_item_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
    )
    op.create_index(
        "uq_item_sku",
        "item",
        ["business_id", "sku"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "loaner",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), server_default="", nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_loaner_name")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_loaner_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loaner")),
    )
    op.create_index(
        "uq_loaner_name",
        "loaner",
        ["business_id", "name"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "setting",
        sa.Column(
            "business_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_setting_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("business_id", "name", name=op.f("pk_setting")),
    )
    op.create_table(
        "shelf",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("length(code) > 0", name=op.f("ck_shelf_code")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_shelf_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf")),
    )
    op.create_index(
        "uq_shelf_code",
        "shelf",
        ["business_id", "code"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "ticket_state",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group_code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("limit_hours", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "group_code IN ('new', 'work', 'waiting', 'ready', 'closed', 'cancelled')",
            name=op.f("ck_ticket_state_group_code"),
        ),
        sa.CheckConstraint("limit_hours > 0", name=op.f("ck_ticket_state_limit_hours")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_ticket_state_business_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_state")),
        sa.UniqueConstraint("business_id", "code", name=op.f("uq_ticket_state_business_id_code")),
    )
    op.create_table(
        "ticket_move",
        sa.Column(
            "from_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_ticket_move_moves")),
        sa.ForeignKeyConstraint(
            ["from_id"], ["ticket_state.id"], name=op.f("fk_ticket_move_from_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["ticket_state.id"], name=op.f("fk_ticket_move_to_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id", name=op.f("pk_ticket_move")),
    )
    op.create_table(
        "ticket",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("booking_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("is_rush", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "source IN ('counter', 'kiosk', 'web', 'import', 'cli', 'demo')", name=op.f("ck_ticket_source")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_ticket_booking_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_ticket_business_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_ticket_contact_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_ticket_customer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
    )
    op.create_index("ix_ticket_customer_id_created_at", "ticket", ["customer_id", "created_at"], unique=False)
    op.create_index(
        "uq_ticket_booking_id",
        "ticket",
        ["booking_id"],
        unique=True,
        sqlite_where=sa.text("booking_id IS NOT NULL"),
        postgresql_where=sa.text("booking_id IS NOT NULL"),
    )
    op.create_index("uq_ticket_number", "ticket", ["business_id", "number"], unique=True)
    op.create_table(
        "walk_in",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("booking_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'served', 'left')", name=op.f("ck_walk_in_state")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 1440", name=op.f("ck_walk_in_minutes")),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name=op.f("fk_walk_in_booking_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_walk_in_business_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_walk_in_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_walk_in_service_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_in")),
    )
    op.create_index(
        "ix_walk_in_waiting",
        "walk_in",
        ["business_id", "created_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "contact_log",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "how IN ('phone', 'sms', 'email', 'chat', 'in_person', 'letter')", name=op.f("ck_contact_log_how")
        ),
        sa.CheckConstraint("kind IN ('informed', 'reminder')", name=op.f("ck_contact_log_kind")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_contact_log_ticket_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_log")),
    )
    op.create_index("ix_contact_log_ticket_id", "contact_log", ["ticket_id"], unique=False)
    op.create_table(
        "estimate",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("limit_minor", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_how", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('asked', 'approved', 'declined', 'replaced')", name=op.f("ck_estimate_status")
        ),
        sa.CheckConstraint("limit_minor >= total_minor", name=op.f("ck_estimate_limit_minor")),
        sa.CheckConstraint("total_minor >= 0", name=op.f("ck_estimate_total_minor")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_estimate_ticket_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estimate")),
        sa.UniqueConstraint("ticket_id", "version", name=op.f("uq_estimate_ticket_id_version")),
    )
    op.create_table(
        "job",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("business_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state_since", sa.BigInteger(), nullable=False),
        sa.Column("is_here", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), server_default="", nullable=False),
        sa.Column("no_serial_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("accessories", sa.Text(), server_default="", nullable=False),
        sa.Column("condition", sa.Text(), server_default="[]", nullable=False),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("shelf_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("passcode", sa.LargeBinary(), nullable=True),
        sa.Column("passcode_wipe_at", sa.BigInteger(), nullable=True),
        sa.Column("quality_by", sa.Text(), server_default="", nullable=False),
        sa.Column("quality_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("handed_to", sa.Text(), server_default="", nullable=False),
        sa.Column("handed_at", sa.BigInteger(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("outcome IN ('repaired', 'not_repaired', 'refused')", name=op.f("ck_job_outcome")),
        sa.CheckConstraint("length(fault) > 0", name=op.f("ck_job_fault")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_job_price_minor")),
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f("fk_job_business_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_job_device_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["shelf_id"], ["shelf.id"], name=op.f("fk_job_shelf_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["state_id"], ["ticket_state.id"], name=op.f("fk_job_state_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["resource.id"], name=op.f("fk_job_technician_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_job_ticket_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_device_id", "job", ["device_id"], unique=False)
    op.create_index(
        "ix_job_here",
        "job",
        ["business_id", "state_id", "state_since"],
        unique=False,
        sqlite_where=sa.text("is_here"),
        postgresql_where=sa.text("is_here"),
    )
    op.create_index(
        "ix_job_passcode",
        "job",
        ["passcode_wipe_at"],
        unique=False,
        sqlite_where=sa.text("passcode IS NOT NULL"),
        postgresql_where=sa.text("passcode IS NOT NULL"),
    )
    op.create_index(
        "uq_job_device_here",
        "job",
        ["device_id"],
        unique=True,
        sqlite_where=sa.text("is_here"),
        postgresql_where=sa.text("is_here"),
    )
    op.create_index("uq_job_position", "job", ["ticket_id", "position"], unique=True)
    op.create_table(
        "loan",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("loaner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("out_at", sa.BigInteger(), nullable=False),
        sa.Column("out_by", sa.Text(), nullable=False),
        sa.Column("back_at", sa.BigInteger(), nullable=True),
        sa.Column("back_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("back_at >= out_at", name=op.f("ck_loan_span")),
        sa.ForeignKeyConstraint(
            ["loaner_id"], ["loaner.id"], name=op.f("fk_loan_loaner_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_loan_ticket_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
    )
    op.create_index("ix_loan_ticket_id", "loan", ["ticket_id"], unique=False)
    op.create_index(
        "uq_loan_out",
        "loan",
        ["loaner_id"],
        unique=True,
        sqlite_where=sa.text("back_at IS NULL"),
        postgresql_where=sa.text("back_at IS NULL"),
    )
    op.create_table(
        "estimate_line",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("estimate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("warranty_days", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 10000", name=op.f("ck_estimate_line_quantity")),
        sa.CheckConstraint(
            "unit_minor >= 0 AND amount_minor = unit_minor * quantity", name=op.f("ck_estimate_line_amount")
        ),
        sa.CheckConstraint("warranty_days BETWEEN 0 AND 3650", name=op.f("ck_estimate_line_warranty_days")),
        sa.ForeignKeyConstraint(
            ["estimate_id"], ["estimate.id"], name=op.f("fk_estimate_line_estimate_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_estimate_line_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_estimate_line_job_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_estimate_line")),
    )
    op.create_index("uq_estimate_line_position", "estimate_line", ["estimate_id", "position"], unique=True)
    op.create_table(
        "part_use",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "state IN ('reserved', 'used', 'returned', 'scrapped')", name=op.f("ck_part_use_state")
        ),
        sa.CheckConstraint("quantity BETWEEN 1 AND 10000", name=op.f("ck_part_use_quantity")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_part_use_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_part_use_job_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_use")),
    )
    op.create_index("ix_part_use_job_id", "part_use", ["job_id"], unique=False)
    op.create_index(
        "ix_part_use_reserved",
        "part_use",
        ["item_id"],
        unique=False,
        sqlite_where=sa.text("state = 'reserved'"),
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.create_table(
        "photo",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_photo_job_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index("ix_photo_job_id", "photo", ["job_id"], unique=False)
    op.create_table(
        "warranty",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("line_job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_warranty_span")),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_warranty_device_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_job_id"], ["job.id"], name=op.f("fk_warranty_line_job_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warranty")),
    )
    op.create_index("ix_warranty_device_id", "warranty", ["device_id"], unique=False)
    op.create_index("ix_warranty_line_job_id", "warranty", ["line_job_id"], unique=False)
    op.create_table(
        "warranty_claim",
        sa.Column(
            "job_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("warranty_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_warranty_claim_job_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["warranty_id"], ["warranty.id"], name=op.f("fk_warranty_claim_warranty_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_warranty_claim")),
    )
    op.create_index("ix_warranty_claim_warranty_id", "warranty_claim", ["warranty_id"], unique=False)
