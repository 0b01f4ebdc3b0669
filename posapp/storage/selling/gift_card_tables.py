"""The tables of gift cards: the cards, and the moves of which each balance is the sum.

The conventions are those of `storage.base.tables`; what stands never changes (`guards`).
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from posapp.storage.base.tables import (
    business_column,
    id_column,
    index_where,
    metadata,
    ref_column,
    says,
    stamp_columns,
    unique_where,
)

gift_card = Table(
    "gift_card",
    metadata,
    id_column(),
    business_column(),
    Column("number", Integer, nullable=False),
    # Of the code only this, keyed by the shop (setting `gift_card_key`), and its end.
    Column("code_hash", Text, nullable=False),
    Column("last_four", Text, nullable=False),
    ref_column("customer_id", "customer.id", nullable=True),
    Column("expires_on", Integer),
    *stamp_columns(),
    CheckConstraint("length(code_hash) = 64", name="code_hash"),
    CheckConstraint("length(last_four) = 4", name="last_four"),
    Index("uq_gift_card_number", "business_id", "number", unique=True),
    Index(
        "uq_gift_card_code_hash",
        "business_id",
        "code_hash",
        unique=True,
        info=says("giftcard_exists", "There is a gift card with this code already. Top it up.", "code"),
    ),
    index_where("ix_gift_card_customer_id", "customer_id", where="customer_id IS NOT NULL"),
)

# A line of an order loads a card or takes back what one loaded, a payment uses it or gives back what it paid.
gift_move = Table(
    "gift_move",
    metadata,
    id_column(),
    business_column(),
    ref_column("card_id", "gift_card.id"),
    Column("kind", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    ref_column("order_id", "sale_order.id", nullable=True),
    ref_column("line_id", "order_line.id", nullable=True),
    ref_column("payment_id", "payment.id", nullable=True),
    Column("business_day", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("kind IN ('sold', 'topped_up', 'used', 'returned', 'expired')", name="kind"),
    CheckConstraint(
        "CASE WHEN kind IN ('sold', 'topped_up') THEN amount_minor > 0 "
        "WHEN kind = 'returned' THEN amount_minor <> 0 ELSE amount_minor < 0 END",
        name="amount_minor",
    ),
    CheckConstraint(
        "(kind = 'expired') = (order_id IS NULL AND payment_id IS NULL) "
        "AND (line_id IS NULL OR (order_id IS NOT NULL AND payment_id IS NULL))",
        name="cause",
    ),
    Index("ix_gift_move_card_id", "card_id", "amount_minor"),
    index_where("ix_gift_move_order_id", "order_id", where="order_id IS NOT NULL"),
    index_where("ix_gift_move_expired", "business_id", "business_day", where="kind = 'expired'"),
    unique_where("uq_gift_move_line_id", "line_id", where="line_id IS NOT NULL"),
    unique_where("uq_gift_move_payment_id", "payment_id", where="payment_id IS NOT NULL"),
)
