"""The tables of the kiosk: codes that were given, tries that went wrong, and who waits for a nod.

The conventions are those of `storage.base.tables`. Once somebody was let in or turned away, the number, the
name and the words go: what is kept of a person stands with the customer.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from posapp.storage.base.tables import (
    business_column,
    id_column,
    index_where,
    metadata,
    ref_column,
    stamp_columns,
    unique_where,
)

access_code = Table(
    "access_code",
    metadata,
    id_column(),
    business_column(),
    ref_column("customer_id", "customer.id"),
    Column("code_hash", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("state", Text, nullable=False),
    *stamp_columns(),
    CheckConstraint("length(code_hash) = 64", name="code_hash"),
    CheckConstraint("state IN ('open', 'used', 'replaced', 'spent')", name="state"),
    CheckConstraint("tries BETWEEN 0 AND 5", name="tries"),
    CheckConstraint("state <> 'spent' OR tries = 5", name="spent"),
    # A newer code ends the older one.
    unique_where("uq_access_code_open", "business_id", "customer_id", where="state = 'open'"),
    Index("ix_access_code_customer_id", "customer_id"),
)

# Of a number and of a kiosk's name only the hash: numbers that nobody here has are counted, too.
kiosk_try = Table(
    "kiosk_try",
    metadata,
    id_column(),
    business_column(),
    Column("door", Text, nullable=False),
    Column("key_hash", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    CheckConstraint("door IN ('number', 'kiosk', 'arrivals')", name="door"),
    CheckConstraint("length(key_hash) = 64", name="key_hash"),
    CheckConstraint("tries > 0", name="tries"),
    Index("uq_kiosk_try_door", "business_id", "door", "key_hash", unique=True),
    Index("ix_kiosk_try_last_at", "business_id", "last_at"),
)

kiosk_arrival = Table(
    "kiosk_arrival",
    metadata,
    id_column(),
    business_column(),
    Column("phone_key", Text, nullable=False, server_default=""),
    Column("extension", Text, nullable=False, server_default=""),
    Column("mark", Text),
    Column("name", Text, nullable=False, server_default=""),
    Column("what", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False),
    ref_column("customer_id", "customer.id", nullable=True),
    Column("business_day", Integer, nullable=False),
    *stamp_columns(),
    CheckConstraint("state IN ('waiting', 'let_in', 'turned_away')", name="state"),
    CheckConstraint("(state = 'waiting') = (phone_key <> '')", name="phone_key"),
    CheckConstraint("state = 'waiting' OR (name = '' AND what = '' AND extension = '')", name="emptied"),
    CheckConstraint("(state = 'let_in') = (customer_id IS NOT NULL)", name="customer_id"),
    unique_where("uq_kiosk_arrival_waiting", "business_id", "phone_key", where="state = 'waiting'"),
    index_where("ix_kiosk_arrival_customer_id", "customer_id", where="customer_id IS NOT NULL"),
)
