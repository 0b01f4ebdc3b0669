"""The tables of the books: accounts that a shop numbers itself, and what was sent.

The conventions are those of `storage.base.tables`. What was sent never changes: a correction is a record of
its own.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from posapp.storage.base.tables import business_column, id_column, metadata, says

# What is not here has the number of its chart; without a tax it is meant for all of them.
book_account = Table(
    "book_account",
    metadata,
    id_column(),
    business_column(),
    Column("chart", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("tax", Text, nullable=False, server_default=""),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    CheckConstraint("length(number) > 0", name="number"),
    Index("uq_book_account_role", "business_id", "chart", "role", "tax", unique=True),
)

# The whole day first, then what differed from it: `sums` by account as JSON, with their digest.
book_sending = Table(
    "book_sending",
    metadata,
    id_column(),
    business_column(),
    Column("format", Text, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("correction", Integer, nullable=False, server_default="0"),
    Column("sums", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("correction >= 0", name="correction"),
    CheckConstraint("length(digest) = 64", name="digest"),
    Index(
        "uq_book_sending_day",
        "business_id",
        "format",
        "business_day",
        "correction",
        unique=True,
        info=says("books_sent", "Another till has just sent one of these days. Try again.", None),
    ),
)
