"""The tables of figures. They hold nothing of their own: whatever stands in them follows from other records.

The conventions are those of `storage.base.tables`.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, Table

import posapp.storage.figures.book_tables
import posapp.storage.figures.work_tables  # noqa: F401 - of this room, too
from posapp.storage.base.tables import Key, business_column, flag_column, index_where, metadata

# A row for each customer who is neither archived nor merged into another one, written with the records that
# it counts (`customer_figures`); `verify` counts them anew. It points at no customer, so that whoever takes
# customers away or merges them need not know of it. Each index is the order of a list; a visit at 0 is none.
customer_figure = Table(
    "customer_figure",
    metadata,
    business_column(is_key=True),
    Column("customer_id", Key, primary_key=True, autoincrement=False),
    Column("created_at", BigInteger, nullable=False),
    flag_column("has_phone"),
    Column("bookings", Integer, nullable=False),
    Column("no_shows", Integer, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("last_visit_at", BigInteger, nullable=False),
    Column("previous_visit_day", Integer, nullable=False),
    Column("tickets", Integer, nullable=False),
    Column("open_tickets", Integer, nullable=False),
    Column("devices_here", Integer, nullable=False),
    Column("spent_minor", BigInteger, nullable=False),
    Column("balance_minor", BigInteger, nullable=False),
    Column("credit_minor", BigInteger, nullable=False),
    Index("ix_customer_figure_created_at", "business_id", "created_at", "customer_id"),
    Index("ix_customer_figure_visits", "business_id", "visits", "customer_id"),
    # With the day of the visit before it: how many of those who were here came back is read from this alone.
    Index(
        "ix_customer_figure_last_visit_at",
        *("business_id", "last_visit_at", "customer_id", "previous_visit_day"),
    ),
    Index("ix_customer_figure_tickets", "business_id", "tickets", "customer_id"),
    Index("ix_customer_figure_spent_minor", "business_id", "spent_minor", "customer_id"),
    Index("ix_customer_figure_balance_minor", "business_id", "balance_minor", "customer_id"),
    index_where("ix_customer_figure_open", "business_id", "customer_id", where="open_tickets > 0"),
    index_where("ix_customer_figure_phoneless", "business_id", "customer_id", where="NOT has_phone"),
    sqlite_with_rowid=False,
)
