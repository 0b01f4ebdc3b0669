"""What points at a customer, read from the schema itself, so that a merge forgets no table."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Table

from posapp.storage.base.tables import metadata, references
from posapp.storage.customers.tables import customer

PAIRS = frozenset({"customer_merge", "not_duplicate", "duplicate_pair"})
"""Tables that tell of two customers: what becomes of them is decided pair by pair."""


class Reference(NamedTuple):
    """A column that points at a customer."""

    table: Table
    column: str

    @property
    def name(self) -> str:
        """How the record of a merge calls it."""
        return f"{self.table.name}.{self.column}"


class Link(NamedTuple):
    """A column of a customer's record that points at another record of the same customer."""

    table: Table
    column: str
    target: Table


@cache
def of_customers() -> tuple[Reference, ...]:
    """Every column that moves with a customer, those that are pointed to first."""
    return tuple(
        Reference(table, column)
        for table in metadata.sorted_tables
        if table.name not in PAIRS
        for column, target in references(table).items()
        if target is customer
    )


@cache
def owned_tables() -> tuple[Table, ...]:
    """The tables whose records are each of one customer."""
    return tuple(one.table for one in of_customers() if one.table is not customer)


@cache
def links() -> tuple[Link, ...]:
    """How records of one customer hang together."""
    owned = owned_tables()
    return tuple(
        Link(table, column, target)
        for table in owned
        for column, target in references(table).items()
        if target in owned
    )
