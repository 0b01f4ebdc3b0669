"""customers: the first page of all customers in any order and segment, against the barest statement."""

import sqlite3
from functools import partial
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.services.desks import Shop
from posapp.services.figures.customer_list import edges_of
from tests.benchmarks.measure import Case, Row, Times, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw

_PAGE = 200
_ROUNDS = 30
_MOST = 50
"""Milliseconds that a first page may take."""
_COLUMNS = (
    "f.customer_id, c.pl_number, c.name, p.key, f.visits, f.bookings, f.tickets, f.open_tickets, "
    "f.last_visit_at, f.spent_minor, f.balance_minor"
)
_BESIDE = (
    "JOIN customer c ON c.id = f.customer_id "
    "LEFT JOIN phone p ON p.customer_id = f.customer_id AND p.is_primary AND p.ended_at IS NULL"
)
_ORDERS = {
    SortBy.ID: "c.pl_number",
    SortBy.NAME: "c.name_fold",
    SortBy.PHONE: "p.key",
    SortBy.VISITS: "f.visits",
    SortBy.TICKETS: "f.tickets",
    SortBy.LAST_VISIT: "f.last_visit_at",
    SortBy.SPENT: "f.spent_minor",
    SortBy.BALANCE: "f.balance_minor",
}
_WHOLE = {
    SortBy.ID: f"SELECT {_COLUMNS} FROM customer c CROSS JOIN customer_figure f ON f.business_id = 1 "
    "AND f.customer_id = c.id LEFT JOIN phone p ON p.customer_id = c.id AND p.is_primary "
    "AND p.ended_at IS NULL WHERE c.business_id = 1",
    SortBy.PHONE: f"SELECT {_COLUMNS} FROM phone p INDEXED BY uq_phone_key CROSS JOIN customer_figure f "
    "ON f.business_id = 1 AND f.customer_id = p.customer_id JOIN customer c ON c.id = p.customer_id "
    "WHERE p.business_id = 1 AND p.ended_at IS NULL AND p.is_primary",
}
_WHOLE[SortBy.NAME] = _WHOLE[SortBy.ID]
_SEGMENTS = {
    Segment.OWES: "f.balance_minor > 0",
    Segment.OPEN_TICKET: "f.open_tickets > 0",
    Segment.NOT_SEEN: "f.last_visit_at > 0 AND f.last_visit_at < ?",
    Segment.NEW: "f.created_at >= ?",
    Segment.TOP: "f.spent_minor > 0",
}
_STEP = 37
"""Every so many-th customer owes something: the demo lets nobody."""


def customers(customers: int) -> None:
    """Every segment in every order, downwards; the ways of the whole list and of its segments apart."""
    with copied(customers) as file:
        connection = raw(file)
        connection.execute(
            f"UPDATE customer_figure SET balance_minor = customer_id WHERE customer_id % {_STEP} = 0"
        )
        with opened(file) as (shop, actor):
            rows = []
            for segment in Segment:
                for sort in SortBy:
                    wanted = Wanted(segment, sort)
                    cases: dict[str, Case] = {
                        "posapp": partial(shop.customer_list.page, actor, wanted, None, _PAGE),
                        "raw": _bare(connection, _edges(shop, actor), segment, sort),
                    }
                    times = in_turn(cases, _ROUNDS, warm_up=2)
                    rows.append(_row(f"{segment}, by {sort}", times["posapp"], times["raw"]))
            sums = in_turn({"posapp": partial(shop.customer_list.figures, actor)}, 5)["posapp"]
            rows.append(Row("what all come to", (f"{sums.p50:.3f} ms",)))
        connection.close()
    show(f"customers, {customers:,} (yardstick: the barest statement for it by sqlite3)", rows)


def _edges(shop: Shop, actor: Actor) -> tuple[int, int]:
    with shop.store.look(actor) as uow:
        return edges_of(uow)


def _row(what: str, posapp: Times, yardstick: Times) -> Row:
    row = compared(what, posapp, yardstick, most=2)
    is_met = bool(row.is_met) and posapp.p50 <= _MOST
    return Row(row.what, row.figures, f"{row.goal}; <= {_MOST} ms", is_met)


def _bare(connection: sqlite3.Connection, edges: tuple[int, int], segment: Segment, sort: SortBy) -> Case:
    """What answers it with the indexes that there are, as the planner of SQLite likes it best."""
    tail = f"ORDER BY {_ORDERS[sort]} DESC LIMIT {_PAGE}"
    values: tuple[Any, ...] = {Segment.NEW: edges[:1], Segment.NOT_SEEN: edges[1:]}.get(segment, ())
    plain = f"SELECT {_COLUMNS} FROM customer_figure f {_BESIDE} WHERE f.business_id = 1"
    if segment is Segment.ALL:
        sql = f"{_WHOLE.get(sort, plain)} {tail}"
    else:
        sql = f"{plain} AND {_SEGMENTS[segment]} {tail}"
    return lambda: connection.execute(sql, values).fetchall()
