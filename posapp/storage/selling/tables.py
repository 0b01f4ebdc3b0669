"""The tables of selling: shifts, the cash that goes into and out of a drawer, what was verified.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

import posapp.storage.selling.gift_card_tables
import posapp.storage.selling.order_tables  # noqa: F401 - of this room, too
from posapp.storage.base.tables import (
    business_column,
    id_column,
    metadata,
    ref_column,
    unique_where,
)

# All that comes with the closing is empty until then, and never changes afterwards (`guards`).
shift = Table(
    "shift",
    metadata,
    id_column(),
    business_column(),
    Column("till", Text, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("float_minor", BigInteger, nullable=False),
    Column("number", Integer),
    Column("closed_at", BigInteger),
    Column("closed_by", Text),
    Column("expected_minor", BigInteger),
    Column("counted_minor", BigInteger),
    Column("difference_minor", BigInteger),
    # Notes and coins as they were counted, in minor units: "2000x3,50x4"; empty where a sum was told.
    Column("pieces", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    CheckConstraint("length(till) > 0", name="till"),
    CheckConstraint("float_minor >= 0", name="float_minor"),
    CheckConstraint("counted_minor >= 0", name="counted_minor"),
    CheckConstraint("difference_minor = counted_minor - expected_minor", name="difference_minor"),
    CheckConstraint(
        "(closed_at IS NULL) = (number IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL) "
        "AND (closed_at IS NULL) = (expected_minor IS NULL) "
        "AND (closed_at IS NULL) = (counted_minor IS NULL) "
        "AND (closed_at IS NULL) = (difference_minor IS NULL)",
        name="closing",
    ),
    unique_where(
        "uq_shift_open",
        "business_id",
        "till",
        where="closed_at IS NULL",
        refused=("shift_open", "This till has an open shift already. Close it first.", None),
    ),
    unique_where("uq_shift_number", "business_id", "number", where="number IS NOT NULL"),
    Index("ix_shift_business_day", "business_id", "business_day", "closed_at"),
)

cash_move = Table(
    "cash_move",
    metadata,
    id_column(),
    business_column(),
    ref_column("shift_id", "shift.id"),
    Column("kind", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("kind IN ('in', 'out')", name="kind"),
    CheckConstraint("amount_minor > 0", name="amount_minor"),
    CheckConstraint("length(reason) > 0", name="reason"),
    Index("ix_cash_move_shift_id", "shift_id"),
)

# Beside the count of whoever closed: a shift may be verified again, and all that was found is kept.
shift_check = Table(
    "shift_check",
    metadata,
    id_column(),
    business_column(),
    ref_column("shift_id", "shift.id"),
    Column("amount_minor", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("amount_minor >= 0", name="amount_minor"),
    Index("ix_shift_check_shift_id", "shift_id"),
)
