"""Which records of a customer hang together: what is of a sale or a ticket goes where that goes."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Table, and_, select

from posapp.domain.base.numbers import Letter, number_text
from posapp.storage.base.quick import beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.bookings.tables import booking
from posapp.storage.old_data.references import links, owned_tables
from posapp.storage.papers.tables import document
from posapp.storage.repairs.tables import ticket
from posapp.storage.selling.order_tables import order_line, payment, sale_order

Record = tuple[str, int]
"""The table and key of a record."""
_NUMBERED = ((ticket, Letter.TICKET), (sale_order, Letter.SALE), (payment, Letter.PAYMENT))


class Ties(Repository):
    """Reads the records of one business."""

    def groups(self, customer_id: int) -> list[list[Record]]:
        """The records of a customer, those together that hang together."""
        leader: dict[Record, Record] = {}
        for one, other in self._tied(customer_id):
            _join(leader, one, other)
        found: dict[Record, list[Record]] = {}
        for record in leader:
            found.setdefault(_first_of(leader, record), []).append(record)
        return list(found.values())

    def _tied(self, customer_id: int) -> Iterator[tuple[Record, Record]]:
        """Each record with itself, and with what it points at."""
        mine: set[Record] = set()
        pairs: list[tuple[Record, Record]] = []
        for table in owned_tables():
            columns = [one for one in links() if one.table is table]
            for key, *targets in self._own(table, customer_id, [table.c[one.column] for one in columns]):
                record = (table.name, key)
                mine.add(record)
                pairs.append((record, record))
                for one, target in zip(columns, targets, strict=True):
                    if target is not None:
                        pairs.append((record, (one.target.name, target)))
        pairs += self._sold(customer_id)
        pairs += self._papers(customer_id)
        return ((one, other) for one, other in pairs if one in mine and other in mine)

    def _own(self, table: Table, customer_id: int, columns: Iterable[Column[Any]]) -> Iterator[Any]:
        here = and_(beside(table.c.business_id) == self._business, table.c.customer_id == customer_id)
        yield from self._connection.execute(select(table.c.id, *columns).where(here))

    def _sold(self, customer_id: int) -> Iterator[tuple[Record, Record]]:
        """Sales with the tickets and bookings that they asked money for."""
        asked = (
            select(order_line.c.order_id, order_line.c.ticket_id, order_line.c.booking_id)
            .join(sale_order, linked(order_line.c.order_id, sale_order))
            .where(
                and_(
                    beside(sale_order.c.business_id) == self._business,
                    sale_order.c.customer_id == customer_id,
                )
            )
            .distinct()
        )
        for order, of_ticket, of_booking in self._connection.execute(asked):
            for name, key in ((ticket.name, of_ticket), (booking.name, of_booking)):
                if key is not None:
                    yield (sale_order.name, order), (name, key)

    def _papers(self, customer_id: int) -> Iterator[tuple[Record, Record]]:
        """Papers that belong to their record by its number alone."""
        records: dict[str, Record] = {}
        for table, letter in _NUMBERED:
            for key, number in self._own(table, customer_id, [table.c.number]):
                if number is not None:
                    records[number_text(letter, number)] = (table.name, key)
        for key, number in self._own(document, customer_id, [document.c.number]):
            if number in records:
                yield (document.name, key), records[number]


def _first_of(leader: dict[Record, Record], one: Record) -> Record:
    """Who stands for the records that hang together with this one."""
    while leader.setdefault(one, one) != one:
        leader[one] = leader[leader[one]]
        one = leader[one]
    return one


def _join(leader: dict[Record, Record], one: Record, other: Record) -> None:
    leader[_first_of(leader, one)] = _first_of(leader, other)
