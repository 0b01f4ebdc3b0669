"""The whole schema: the tables of all parts on one metadata."""

from functools import cache

from sqlalchemy import Table

from posapp.storage.base.tables import keep_in_business, metadata, take_postgres_options
from posapp.storage.bookings import tables as _bookings
from posapp.storage.catalogue import tables as _catalogue
from posapp.storage.counter import tables as _counter
from posapp.storage.customers import tables as _customers
from posapp.storage.figures import tables as _figures
from posapp.storage.old_data import tables as _old_data
from posapp.storage.papers import tables as _papers
from posapp.storage.people import tables as _people
from posapp.storage.repairs import tables as _repairs
from posapp.storage.selling import tables as _selling
from posapp.storage.shop import tables as _shop

PARTS = (
    *(_shop, _papers, _customers, _people, _bookings, _catalogue, _repairs, _selling, _old_data, _counter),
    _figures,
)
"""The rooms that have tables of their own."""


@cache
def whole_schema() -> tuple[Table, ...]:
    """Every table, those that are pointed to first, with all that the schema of either engine says of it.

    Whoever makes a schema or compares it asks for this once; to read and write records the tables suffice.
    """
    for table in metadata.tables.values():
        keep_in_business(table)
        for index in table.indexes:
            take_postgres_options(index)
    return tuple(metadata.sorted_tables)
