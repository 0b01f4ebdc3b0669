"""Orders with lines and taxes, payments, the ledger, the totals of a day; counters of held sales."""

import sqlalchemy as sa
from alembic import op

from posapp.storage.selling import guards

revision = "0011"
down_revision = "0010"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, what keeps a completed sale as it is, and the counters that every shop has."""
    for make in (_make_sale_order, _make_order_line, _make_line_tax, _make_payment, _make_ledger_entry):
        make()
    _make_day_total()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in guards.SQLITE_ORDER_GUARDS if is_sqlite else guards.POSTGRES_ORDER_GUARDS:
        op.get_bind().exec_driver_sql(statement)
    _count_more(is_sqlite=is_sqlite)


_NAMES = "name IN ('PL', 'B', 'T', 'S', 'P', 'Z', 'G', 'H')"
_COUNTER = f"""
CREATE TABLE new_counter (
    business_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    last BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (business_id, name),
    CONSTRAINT ck_counter_name CHECK ({_NAMES}),
    CONSTRAINT ck_counter_last CHECK (last >= 0),
    CONSTRAINT fk_counter_business_id FOREIGN KEY(business_id) REFERENCES business (id) ON DELETE RESTRICT
)
"""


def _count_more(*, is_sqlite: bool) -> None:
    """SQLite takes no other check: there the table is made anew."""
    if is_sqlite:
        op.execute(_COUNTER)
        op.execute("INSERT INTO new_counter SELECT business_id, name, last FROM counter")
        op.execute("DROP TABLE counter")
        op.execute("ALTER TABLE new_counter RENAME TO counter")
    else:
        op.drop_constraint("ck_counter_name", "counter")
        op.create_check_constraint(op.f("ck_counter_name"), "counter", _NAMES)
    for letter in ("G", "H"):
        op.execute(f"INSERT INTO counter (business_id, name, last) SELECT id, '{letter}', 0 FROM business")


def _make_sale_order() -> None:
    op.create_table(
        "sale_order",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("held_number", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), server_default="", nullable=False),
        sa.Column("customer_id", _KEY, nullable=True),
        sa.Column("refund_of_id", _KEY, nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("cart", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "includes_tax",
            sa.Boolean(create_constraint=False),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("exempt", sa.Text(), server_default="", nullable=False),
        sa.Column("total_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("net_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=True),
        sa.Column("shift_id", _KEY, nullable=True),
        sa.Column("completed_at", sa.BigInteger(), nullable=True),
        sa.Column("completed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.Column("voided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("void_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "source IN ('counter', 'kiosk', 'web', 'import', 'cli', 'demo')",
            name=op.f("ck_sale_order_source"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'held', 'completed', 'voided')", name=op.f("ck_sale_order_status")
        ),
        sa.CheckConstraint(
            "number IS NOT NULL OR held_number IS NOT NULL", name=op.f("ck_sale_order_called")
        ),
        sa.CheckConstraint(
            "status <> 'completed' OR number IS NOT NULL", name=op.f("ck_sale_order_numbered")
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (completed_at IS NULL) AND (number IS NULL) = (business_day IS NULL) "
            "AND (number IS NULL) = (shift_id IS NULL)",
            name=op.f("ck_sale_order_completion"),
        ),
        sa.CheckConstraint(
            "CASE WHEN refund_of_id IS NULL THEN total_minor >= 0 ELSE total_minor <= 0 END",
            name=op.f("ck_sale_order_sign"),
        ),
        *_references(
            "sale_order", {"refund_of_id": "sale_order", "shift_id": "shift", "customer_id": "customer"}
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_order")),
    )
    op.create_index(
        "ix_sale_order_customer_id_created_at",
        "sale_order",
        ["customer_id", "created_at"],
        sqlite_where=sa.text("customer_id IS NOT NULL"),
        postgresql_where=sa.text("customer_id IS NOT NULL"),
    )
    op.create_index(
        "ix_sale_order_refund_of_id",
        "sale_order",
        ["refund_of_id"],
        sqlite_where=sa.text("refund_of_id IS NOT NULL"),
        postgresql_where=sa.text("refund_of_id IS NOT NULL"),
    )
    op.create_index(
        "ix_sale_order_shift_id",
        "sale_order",
        ["shift_id", "business_day"],
        sqlite_where=sa.text("shift_id IS NOT NULL"),
        postgresql_where=sa.text("shift_id IS NOT NULL"),
    )
    op.create_index(
        "ix_sale_order_waiting",
        "sale_order",
        ["business_id", "status"],
        sqlite_where=sa.text("number IS NULL"),
        postgresql_where=sa.text("number IS NULL"),
    )
    op.create_index(
        "uq_sale_order_held_number",
        "sale_order",
        ["business_id", "held_number"],
        unique=True,
        sqlite_where=sa.text("held_number IS NOT NULL"),
        postgresql_where=sa.text("held_number IS NOT NULL"),
    )
    op.create_index(
        "uq_sale_order_number",
        "sale_order",
        ["business_id", "number"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    _be_pointed_at("sale_order", "refund_of_id")


def _make_order_line() -> None:
    op.create_table(
        "order_line",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), server_default="", nullable=False),
        sa.Column("commodity_code", sa.Text(), server_default="", nullable=False),
        sa.Column("item_id", _KEY, nullable=True),
        sa.Column("ticket_id", _KEY, nullable=True),
        sa.Column("job_id", _KEY, nullable=True),
        sa.Column("booking_id", _KEY, nullable=True),
        sa.Column("refunds_id", _KEY, nullable=True),
        sa.Column("item_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_minor", sa.BigInteger(), nullable=False),
        sa.Column("listed_minor", sa.BigInteger(), nullable=True),
        sa.Column("priced_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_name", sa.Text(), server_default="", nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=True),
        sa.Column(
            "is_restocked",
            sa.Boolean(create_constraint=False),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(refunds_id IS NULL AND quantity > 0) OR (refunds_id IS NOT NULL AND quantity <= 0)",
            name=op.f("ck_order_line_quantity"),
        ),
        sa.CheckConstraint(
            "(refunds_id IS NULL AND priced_minor = unit_minor * quantity AND discount_minor BETWEEN 0 "
            "AND priced_minor AND net_minor >= 0 AND gross_minor >= net_minor) OR (refunds_id IS NOT NULL "
            "AND net_minor <= 0 AND gross_minor <= net_minor)",
            name=op.f("ck_order_line_amounts"),
        ),
        sa.CheckConstraint(
            "kind IN ('item', 'text', 'ticket', 'booking', 'deposit', 'giftcard')",
            name=op.f("ck_order_line_kind"),
        ),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_order_line_text")),
        sa.CheckConstraint("unit_minor >= 0", name=op.f("ck_order_line_unit_minor")),
        *_references(
            "order_line",
            {
                "order_id": "sale_order",
                "refunds_id": "order_line",
                "job_id": "job",
                "item_id": "item",
                "ticket_id": "ticket",
                "booking_id": "booking",
            },
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    op.create_index(
        "ix_order_line_booking_id",
        "order_line",
        ["booking_id"],
        sqlite_where=sa.text("booking_id IS NOT NULL"),
        postgresql_where=sa.text("booking_id IS NOT NULL"),
    )
    op.create_index(
        "ix_order_line_item_id",
        "order_line",
        ["item_id"],
        sqlite_where=sa.text("item_id IS NOT NULL"),
        postgresql_where=sa.text("item_id IS NOT NULL"),
    )
    op.create_index(
        "ix_order_line_refunds_id",
        "order_line",
        ["refunds_id"],
        sqlite_where=sa.text("refunds_id IS NOT NULL"),
        postgresql_where=sa.text("refunds_id IS NOT NULL"),
    )
    op.create_index(
        "ix_order_line_ticket_id",
        "order_line",
        ["ticket_id"],
        sqlite_where=sa.text("ticket_id IS NOT NULL"),
        postgresql_where=sa.text("ticket_id IS NOT NULL"),
    )
    op.create_index("uq_order_line_position", "order_line", ["order_id", "position"], unique=True)
    _be_pointed_at("order_line", "refunds_id")


def _make_line_tax() -> None:
    op.create_table(
        "line_tax",
        sa.Column("line_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("rate BETWEEN 0 AND 1000000", name=op.f("ck_line_tax_rate")),
        *_references("line_tax", {"line_id": "order_line"}),
        sa.PrimaryKeyConstraint("line_id", "position", name=op.f("pk_line_tax")),
    )
    _be_pointed_at("line_tax")


def _make_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shift_id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("customer_id", _KEY, nullable=True),
        sa.Column("reverses_id", _KEY, nullable=True),
        sa.Column("tender", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tendered_minor", sa.BigInteger(), nullable=False),
        sa.Column("rounding_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reference", sa.Text(), server_default="", nullable=False),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "tender = 'cash' OR (tendered_minor = amount_minor AND rounding_minor = 0)",
            name=op.f("ck_payment_cash"),
        ),
        sa.CheckConstraint("order_id IS NOT NULL OR customer_id IS NOT NULL", name=op.f("ck_payment_whose")),
        sa.CheckConstraint("amount_minor <> 0 OR tender = 'cash'", name=op.f("ck_payment_amount_minor")),
        sa.CheckConstraint(
            "tender IN ('cash', 'card', 'transfer', 'qr', 'giftcard', 'credit', 'deposit')",
            name=op.f("ck_payment_tender"),
        ),
        *_references(
            "payment",
            {
                "order_id": "sale_order",
                "customer_id": "customer",
                "shift_id": "shift",
                "reverses_id": "payment",
            },
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index(
        "ix_payment_customer_id_created_at",
        "payment",
        ["customer_id", "created_at"],
        sqlite_where=sa.text("customer_id IS NOT NULL"),
        postgresql_where=sa.text("customer_id IS NOT NULL"),
    )
    op.create_index(
        "ix_payment_order_id",
        "payment",
        ["order_id"],
        sqlite_where=sa.text("order_id IS NOT NULL"),
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_index("ix_payment_shift_id", "payment", ["shift_id", "business_day"])
    op.create_index("uq_payment_number", "payment", ["business_id", "number"], unique=True)
    op.create_index(
        "uq_payment_reverses_id",
        "payment",
        ["reverses_id"],
        unique=True,
        sqlite_where=sa.text("reverses_id IS NOT NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    _be_pointed_at("payment", "reverses_id")


def _make_ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("id", _KEY, autoincrement=True, nullable=False),
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("customer_id", _KEY, nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("order_id", _KEY, nullable=True),
        sa.Column("source_id", _KEY, nullable=True),
        sa.Column("payment_id", _KEY, nullable=True),
        sa.Column("ticket_id", _KEY, nullable=True),
        sa.Column("booking_id", _KEY, nullable=True),
        sa.Column("business_day", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_ledger_entry_amount_minor")),
        sa.CheckConstraint("account IN ('debt', 'deposit', 'credit')", name=op.f("ck_ledger_entry_account")),
        sa.CheckConstraint("account = 'debt' OR customer_id IS NOT NULL", name=op.f("ck_ledger_entry_whose")),
        sa.CheckConstraint(
            "(account = 'deposit') = (ticket_id IS NOT NULL OR booking_id IS NOT NULL) "
            "AND (ticket_id IS NULL OR booking_id IS NULL)",
            name=op.f("ck_ledger_entry_bound"),
        ),
        *_references(
            "ledger_entry",
            {
                "customer_id": "customer",
                "ticket_id": "ticket",
                "order_id": "sale_order",
                "booking_id": "booking",
                "source_id": "sale_order",
                "payment_id": "payment",
            },
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index(
        "ix_ledger_entry_booking_id",
        "ledger_entry",
        ["booking_id"],
        sqlite_where=sa.text("booking_id IS NOT NULL"),
        postgresql_where=sa.text("booking_id IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_customer_id",
        "ledger_entry",
        ["customer_id", "id"],
        sqlite_where=sa.text("customer_id IS NOT NULL"),
        postgresql_where=sa.text("customer_id IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_order_id",
        "ledger_entry",
        ["order_id"],
        sqlite_where=sa.text("order_id IS NOT NULL"),
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_payment_id",
        "ledger_entry",
        ["payment_id"],
        sqlite_where=sa.text("payment_id IS NOT NULL"),
        postgresql_where=sa.text("payment_id IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_source_id",
        "ledger_entry",
        ["source_id"],
        sqlite_where=sa.text("source_id IS NOT NULL"),
        postgresql_where=sa.text("source_id IS NOT NULL"),
    )
    op.create_index(
        "ix_ledger_entry_ticket_id",
        "ledger_entry",
        ["ticket_id"],
        sqlite_where=sa.text("ticket_id IS NOT NULL"),
        postgresql_where=sa.text("ticket_id IS NOT NULL"),
    )
    _be_pointed_at("ledger_entry")


def _make_day_total() -> None:
    op.create_table(
        "day_total",
        sa.Column("business_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("business_day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "what IN ('order', 'tender', 'tax', 'kind', 'staff')", name=op.f("ck_day_total_what")
        ),
        *_references("day_total", {}),
        sa.PrimaryKeyConstraint("business_id", "business_day", "what", "name", name=op.f("pk_day_total")),
        sqlite_with_rowid=False,
    )


def _references(table: str, targets: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    """To the business, and to other records, on PostgreSQL together with the business."""
    found = [
        sa.ForeignKeyConstraint(
            ["business_id"], ["business.id"], name=op.f(f"fk_{table}_business_id"), ondelete="RESTRICT"
        )
    ]
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for column, target in targets.items():
        if target == table and not is_sqlite:
            continue  # once the index of the key is there
        own, there = ([column], [f"{target}.id"])
        if not is_sqlite:
            own, there = (["business_id", column], [f"{target}.business_id", f"{target}.id"])
        found.append(
            sa.ForeignKeyConstraint(own, there, name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")
        )
    return found


def _be_pointed_at(table: str, own: str = "") -> None:
    """On PostgreSQL: let a key be found together with its business, and `own` point into the same table."""
    if op.get_bind().dialect.name == "sqlite":
        return
    keys = ["line_id", "position"] if table == "line_tax" else ["id"]
    op.create_index(f"uq_{table}_record", table, ["business_id", *keys], unique=True)
    if own:
        op.create_foreign_key(
            op.f(f"fk_{table}_{own}"),
            table,
            table,
            ["business_id", own],
            ["business_id", "id"],
            ondelete="RESTRICT",
        )
