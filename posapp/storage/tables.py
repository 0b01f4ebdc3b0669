"""The whole schema: the tables of all parts on one metadata."""

from posapp.storage.base.tables import keep_in_business, metadata, take_postgres_options
from posapp.storage.bookings import tables as _bookings
from posapp.storage.customers import tables as _customers
from posapp.storage.papers import tables as _papers
from posapp.storage.repairs import tables as _repairs
from posapp.storage.shop import tables as _shop

PARTS = (_shop, _papers, _customers, _bookings, _repairs)
"""The rooms that have tables of their own."""

for _table in list(metadata.tables.values()):
    keep_in_business(_table)
    for _index in _table.indexes:
        take_postgres_options(_index)
TABLES = tuple(metadata.sorted_tables)
"""Every table of the schema, those that are pointed to first."""
