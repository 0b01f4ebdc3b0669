"""The tables of orders: sales and refunds with their lines and taxes, payments, the ledger, totals of a day.

The conventions are those of `storage.base.tables`. Amounts of refunds, and payments that go out, are below
zero. What is completed never changes (`guards`): corrections are new records.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

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

sale_order = Table(
    "sale_order",
    metadata,
    id_column(),
    business_column(),
    # Drawn when it completes; until then a sale that waits is called by its reference H1, H2, ….
    Column("number", Integer),
    Column("held_number", Integer),
    Column("status", Text, nullable=False),
    Column("source", Text, nullable=False),
    # The till that has it in hand, and once it is completed the one that completed it.
    Column("till", Text, nullable=False, server_default=""),
    ref_column("customer_id", "customer.id", nullable=True),
    ref_column("refund_of_id", "sale_order.id", nullable=True),
    Column("note", Text, nullable=False, server_default=""),
    # The lines of a sale that waits, as JSON; empty from its completion on.
    Column("cart", Text, nullable=False, server_default=""),
    flag_column("includes_tax"),
    Column("exempt", Text, nullable=False, server_default=""),
    Column("total_minor", BigInteger, nullable=False, server_default="0"),
    Column("net_minor", BigInteger, nullable=False, server_default="0"),
    Column("discount_minor", BigInteger, nullable=False, server_default="0"),
    Column("business_day", Integer),
    ref_column("shift_id", "shift.id", nullable=True),
    Column("completed_at", BigInteger),
    Column("completed_by", Text, nullable=False, server_default=""),
    Column("voided_at", BigInteger),
    Column("voided_by", Text, nullable=False, server_default=""),
    Column("void_reason", Text, nullable=False, server_default=""),
    *stamp_columns(),
    CheckConstraint("status IN ('open', 'held', 'completed', 'voided')", name="status"),
    CheckConstraint("source IN ('counter', 'kiosk', 'web', 'import', 'cli', 'demo')", name="source"),
    CheckConstraint("number IS NOT NULL OR held_number IS NOT NULL", name="called"),
    CheckConstraint("status <> 'completed' OR number IS NOT NULL", name="numbered"),
    CheckConstraint(
        "(number IS NULL) = (completed_at IS NULL) AND (number IS NULL) = (business_day IS NULL) "
        "AND (number IS NULL) = (shift_id IS NULL)",
        name="completion",
    ),
    CheckConstraint(
        "CASE WHEN refund_of_id IS NULL THEN total_minor >= 0 ELSE total_minor <= 0 END", name="sign"
    ),
    unique_where("uq_sale_order_number", "business_id", "number", where="number IS NOT NULL"),
    unique_where("uq_sale_order_held_number", "business_id", "held_number", where="held_number IS NOT NULL"),
    index_where("ix_sale_order_waiting", "business_id", "status", where="number IS NULL"),
    index_where("ix_sale_order_refund_of_id", "refund_of_id", where="refund_of_id IS NOT NULL"),
    index_where(
        "ix_sale_order_customer_id_created_at", "customer_id", "created_at", where="customer_id IS NOT NULL"
    ),
    index_where("ix_sale_order_shift_id", "shift_id", "business_day", where="shift_id IS NOT NULL"),
    # Reports read orders by their day, and within it in the order of their keys.
    Index("ix_sale_order_business_day", "business_id", "business_day", "id"),
)

order_line = Table(
    "order_line",
    metadata,
    id_column(),
    business_column(),
    ref_column("order_id", "sale_order.id"),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sku", Text, nullable=False, server_default=""),
    Column("commodity_code", Text, nullable=False, server_default=""),
    ref_column("item_id", "item.id", nullable=True),
    ref_column("ticket_id", "ticket.id", nullable=True),
    ref_column("job_id", "job.id", nullable=True),
    ref_column("booking_id", "booking.id", nullable=True),
    ref_column("refunds_id", "order_line.id", nullable=True),
    Column("item_kind", Text, nullable=False, server_default=""),
    Column("quantity", Integer, nullable=False),
    Column("unit_minor", BigInteger, nullable=False),
    # What the catalogue asked for one, empty where nothing was listed.
    Column("listed_minor", BigInteger),
    Column("priced_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("gross_minor", BigInteger, nullable=False),
    Column("tax_name", Text, nullable=False, server_default=""),
    # What all its pieces cost the shop, frozen at the sale; empty where nobody knew it.
    Column("cost_minor", BigInteger),
    flag_column("is_restocked"),
    CheckConstraint("kind IN ('item', 'text', 'ticket', 'booking', 'deposit', 'giftcard')", name="kind"),
    CheckConstraint("length(text) > 0", name="text"),
    CheckConstraint("unit_minor >= 0", name="unit_minor"),
    # A refund by amount gives no pieces back.
    CheckConstraint(
        "(refunds_id IS NULL AND quantity > 0) OR (refunds_id IS NOT NULL AND quantity <= 0)", name="quantity"
    ),
    CheckConstraint(
        "(refunds_id IS NULL AND priced_minor = unit_minor * quantity "
        "AND discount_minor BETWEEN 0 AND priced_minor AND net_minor >= 0 AND gross_minor >= net_minor) "
        "OR (refunds_id IS NOT NULL AND net_minor <= 0 AND gross_minor <= net_minor)",
        name="amounts",
    ),
    Index("uq_order_line_position", "order_id", "position", unique=True),
    index_where("ix_order_line_item_id", "item_id", where="item_id IS NOT NULL"),
    index_where("ix_order_line_ticket_id", "ticket_id", where="ticket_id IS NOT NULL"),
    index_where("ix_order_line_booking_id", "booking_id", where="booking_id IS NOT NULL"),
    index_where("ix_order_line_refunds_id", "refunds_id", where="refunds_id IS NOT NULL"),
)

# The parts of a line's tax in the order in which they are shown (CGST, SGST); `rate` in millionths.
line_tax = Table(
    "line_tax",
    metadata,
    Column(
        "line_id",
        Key,
        ForeignKey("order_line.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    business_column(),
    Column("name", Text, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    CheckConstraint("rate BETWEEN 0 AND 1000000", name="rate"),
)

payment = Table(
    "payment",
    metadata,
    id_column(),
    business_column(),
    Column("number", Integer, nullable=False),
    ref_column("shift_id", "shift.id"),
    ref_column("order_id", "sale_order.id", nullable=True),
    ref_column("customer_id", "customer.id", nullable=True),
    ref_column("reverses_id", "payment.id", nullable=True),
    Column("tender", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("tendered_minor", BigInteger, nullable=False),
    Column("rounding_minor", BigInteger, nullable=False, server_default="0"),
    Column("reference", Text, nullable=False, server_default=""),
    Column("business_day", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint(
        "tender IN ('cash', 'card', 'transfer', 'qr', 'giftcard', 'credit', 'deposit')", name="tender"
    ),
    CheckConstraint("amount_minor <> 0 OR tender = 'cash'", name="amount_minor"),
    CheckConstraint("tender = 'cash' OR (tendered_minor = amount_minor AND rounding_minor = 0)", name="cash"),
    CheckConstraint("order_id IS NOT NULL OR customer_id IS NOT NULL", name="whose"),
    Index("uq_payment_number", "business_id", "number", unique=True),
    Index("ix_payment_shift_id", "shift_id", "business_day"),
    Index("ix_payment_business_day", "business_id", "business_day", "id"),
    index_where("ix_payment_order_id", "order_id", where="order_id IS NOT NULL"),
    index_where(
        "ix_payment_customer_id_created_at", "customer_id", "created_at", where="customer_id IS NOT NULL"
    ),
    unique_where(
        "uq_payment_reverses_id",
        "reverses_id",
        where="reverses_id IS NOT NULL",
        refused=("payment_reversed", "This payment was taken back already.", None),
    ),
)

# Above zero: the customer owes more. Debt is bound to the sale that asks for it, a deposit to its ticket or
# booking; credit is free.
ledger_entry = Table(
    "ledger_entry",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id", nullable=True),
    Column("account", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    ref_column("order_id", "sale_order.id", nullable=True),
    # The sale or refund that wrote it, where that is another one than the sale that asks for the debt.
    ref_column("source_id", "sale_order.id", nullable=True),
    ref_column("payment_id", "payment.id", nullable=True),
    ref_column("ticket_id", "ticket.id", nullable=True),
    ref_column("booking_id", "booking.id", nullable=True),
    Column("business_day", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("account IN ('debt', 'deposit', 'credit')", name="account"),
    CheckConstraint("amount_minor <> 0", name="amount_minor"),
    CheckConstraint("account = 'debt' OR customer_id IS NOT NULL", name="whose"),
    CheckConstraint(
        "(account = 'deposit') = (ticket_id IS NOT NULL OR booking_id IS NOT NULL) "
        "AND (ticket_id IS NULL OR booking_id IS NULL)",
        name="bound",
    ),
    index_where("ix_ledger_entry_customer_id", "customer_id", "id", where="customer_id IS NOT NULL"),
    # What customers owe and have is summed from this index alone.
    index_where(
        "ix_ledger_entry_owed",
        *("business_id", "account", "customer_id", "order_id", "business_day", "amount_minor"),
        where="customer_id IS NOT NULL",
    ),
    index_where("ix_ledger_entry_order_id", "order_id", where="order_id IS NOT NULL"),
    index_where("ix_ledger_entry_source_id", "source_id", where="source_id IS NOT NULL"),
    index_where("ix_ledger_entry_payment_id", "payment_id", where="payment_id IS NOT NULL"),
    index_where("ix_ledger_entry_ticket_id", "ticket_id", where="ticket_id IS NOT NULL"),
    index_where("ix_ledger_entry_booking_id", "booking_id", where="booking_id IS NOT NULL"),
    # Balances that were brought along.
    index_where(
        "ix_ledger_entry_opening",
        "business_id",
        "business_day",
        where="order_id IS NULL AND source_id IS NULL AND payment_id IS NULL",
    ),
)

# Sums of the records of a day, written with them; `verify` computes them anew. What is summed: all of a day
# (`what` 'order', `name` sale or refund), by tender, by part of a tax, by kind of thing, by who sold.
day_total = Table(
    "day_total",
    metadata,
    business_column(is_key=True),
    Column("business_day", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("gross_minor", BigInteger, nullable=False),
    Column("net_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("cost_minor", BigInteger, nullable=False),
    CheckConstraint("what IN ('order', 'tender', 'tax', 'kind', 'staff')", name="what"),
    sqlite_with_rowid=False,
)
