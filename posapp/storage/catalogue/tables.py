"""The tables of the catalogue: taxes, price levels, items with codes, what moved their stock, counts.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, Table, Text, text

from posapp.storage.base.sql_item_words import POSTGRES_ITEM_WORDS
from posapp.storage.base.tables import (
    business_column,
    flag_column,
    id_column,
    metadata,
    on_postgres,
    ref_column,
    says,
    stamp_columns,
    unique_where,
)

tax = Table(
    "tax",
    metadata,
    id_column(),
    business_column(),
    Column("name", Text, nullable=False),
    flag_column("is_default"),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("length(name) > 0", name="name"),
    CheckConstraint("archived_at IS NULL OR NOT is_default", name="is_default"),
    unique_where(
        "uq_tax_name",
        "business_id",
        "name",
        where="archived_at IS NULL",
        refused=("tax_exists", "There is already a tax with this name.", "name"),
    ),
    unique_where(
        "uq_tax_default",
        "business_id",
        where="is_default",
        refused=("tax_default", "Another till has just chosen a default tax. Try again.", "tax"),
    ),
)

# Rates are only added: of two that begin on one day the later one counts.
tax_rate = Table(
    "tax_rate",
    metadata,
    id_column(),
    business_column(),
    ref_column("tax_id", "tax.id"),
    Column("starts_on", Integer, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("rate BETWEEN 0 AND 1000000", name="rate"),
    Index("ix_tax_rate_tax_id", "tax_id", "starts_on"),
)

tax_part = Table(
    "tax_part",
    metadata,
    id_column(),
    business_column(),
    ref_column("rate_id", "tax_rate.id"),
    Column("name", Text, nullable=False),
    Column("rate", Integer, nullable=False),
    CheckConstraint("length(name) > 0", name="name"),
    CheckConstraint("rate BETWEEN 0 AND 1000000", name="rate"),
    Index("uq_tax_part_name", "rate_id", "name", unique=True),
)

price_level = Table(
    "price_level",
    metadata,
    id_column(),
    business_column(),
    Column("name", Text, nullable=False),
    Column("percent_off", Integer, nullable=False),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("length(name) > 0", name="name"),
    CheckConstraint("percent_off BETWEEN 0 AND 1000000", name="percent_off"),
    unique_where(
        "uq_price_level_name",
        "business_id",
        "name",
        where="archived_at IS NULL",
        refused=("price_level_exists", "There is already a price level with this name.", "name"),
    ),
)

item = Table(
    "item",
    metadata,
    id_column(),
    business_column(),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    # What the item is found by: the SKU whatever its case, and the folded words of name and SKU.
    Column("sku_fold", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False, server_default="part"),
    Column("price_minor", BigInteger, nullable=False, server_default="0"),
    Column("entered_cost_minor", BigInteger),
    # What was received cost this much on the average; `verify` computes it anew from the moves.
    Column("average_minor", BigInteger),
    ref_column("tax_id", "tax.id", nullable=True),
    Column("keeps_stock", Boolean(create_constraint=False), nullable=False, server_default=text("true")),
    # The sum of the moves, and how much of it is promised to open jobs.
    Column("stock", Integer, nullable=False, server_default="0"),
    Column("reserved", Integer, nullable=False, server_default="0"),
    Column("reorder_level", Integer, nullable=False, server_default="0"),
    # What authorities call goods or work of its kind: HSN, SAC and the like.
    Column("commodity_code", Text, nullable=False, server_default=""),
    # The place among the few items that are sold with one key.
    Column("quick_position", Integer),
    Column("archived_at", BigInteger),
    *stamp_columns(),
    CheckConstraint("kind IN ('part', 'goods', 'service')", name="kind"),
    CheckConstraint("price_minor >= 0", name="price_minor"),
    CheckConstraint("entered_cost_minor >= 0 AND average_minor >= 0", name="cost"),
    CheckConstraint(
        "stock >= 0",
        name="stock",
        info=says("stock_short", "There are too few of this item in stock.", "quantity"),
    ),
    CheckConstraint(
        "reserved >= 0 AND (reserved = 0 OR reserved <= stock OR NOT keeps_stock)",
        name="reserved",
        info=says("stock_short", "There are too few of this item in stock.", "quantity"),
    ),
    CheckConstraint("keeps_stock OR stock = 0", name="keeps_stock"),
    CheckConstraint("kind <> 'service' OR NOT keeps_stock", name="service"),
    CheckConstraint(
        "quick_position >= 1 AND quick_position <= 12 AND archived_at IS NULL OR quick_position IS NULL",
        name="quick_position",
    ),
    unique_where(
        "uq_item_quick_position", "business_id", "quick_position", where="quick_position IS NOT NULL"
    ),
    Index("ix_item_name", "business_id", "name"),
    Index(
        "ix_item_sku_fold", "business_id", "sku_fold", info=on_postgres(ops={"sku_fold": "text_pattern_ops"})
    ),
    Index("ix_item_words", text(POSTGRES_ITEM_WORDS), info=on_postgres(using="gin")).ddl_if(
        dialect="postgresql"
    ),
    unique_where(
        "uq_item_sku",
        "business_id",
        "sku",
        where="archived_at IS NULL",
        refused=("sku_exists", "There is already an item with this SKU.", "sku"),
    ),
)

# The codes of an item that is archived are archived with it, so that another item may carry them.
item_barcode = Table(
    "item_barcode",
    metadata,
    id_column(),
    business_column(),
    ref_column("item_id", "item.id"),
    Column("code", Text, nullable=False),
    Column("archived_at", BigInteger),
    CheckConstraint("length(code) > 0", name="code"),
    unique_where(
        "uq_item_barcode_code",
        "business_id",
        "code",
        where="archived_at IS NULL",
        refused=("barcode_exists", "There is already an item with this barcode.", "barcode"),
    ),
    Index("ix_item_barcode_item_id", "item_id"),
)

stock_move = Table(
    "stock_move",
    metadata,
    id_column(),
    business_column(),
    ref_column("item_id", "item.id"),
    Column("kind", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_cost_minor", BigInteger),
    Column("number", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("business_day", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("unit_cost_minor >= 0", name="unit_cost_minor"),
    CheckConstraint(
        "(kind IN ('opening', 'received', 'returned') AND quantity > 0) "
        "OR (kind IN ('sold', 'used', 'scrapped') AND quantity < 0) "
        "OR (kind = 'counted' AND quantity <> 0)",
        name="quantity",
    ),
    Index("ix_stock_move_item_id", "item_id", "id"),
)

# A count that is going on at every till; what it finds is booked when it is closed, or not at all.
stock_count = Table(
    "stock_count",
    metadata,
    id_column(),
    business_column(),
    Column("note", Text, nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("closed_at", BigInteger),
    Column("closed_by", Text),
    flag_column("is_booked"),
    CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
    CheckConstraint("closed_at IS NOT NULL OR NOT is_booked", name="is_booked"),
    unique_where(
        "uq_stock_count_open",
        "business_id",
        where="closed_at IS NULL",
        refused=("count_open", "A count is going on already.", None),
    ),
)

# A line a scan, with the stock of that moment; a code that is no item's has neither item nor stock.
stock_count_line = Table(
    "stock_count_line",
    metadata,
    id_column(),
    business_column(),
    ref_column("count_id", "stock_count.id"),
    ref_column("item_id", "item.id", nullable=True),
    Column("code", Text, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("stock", Integer),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("length(code) > 0", name="code"),
    CheckConstraint("pieces <> 0", name="pieces"),
    CheckConstraint("(item_id IS NULL) = (stock IS NULL)", name="stock"),
    Index("ix_stock_count_line_count_id", "count_id"),
)
