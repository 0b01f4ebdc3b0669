"""customers: the first page of all customers in any order and segment, by its own statements."""

import sqlite3
from functools import partial

from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from tests.benchmarks.measure import Row, Times, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw, statements_of

_PAGE = 200
_ROUNDS = 15
_MOST = 50
"""Milliseconds that a first page may take."""
_STEP = 37
"""Every so many-th customer owes something: the demo lets nobody."""


def customers(customers: int) -> None:
    """Every segment in every order, downwards."""
    with copied(customers) as file:
        connection = raw(file)
        connection.execute(
            f"UPDATE customer_figure SET balance_minor = customer_id WHERE customer_id % {_STEP} = 0"
        )
        with opened(file) as (shop, actor):
            rows = []
            for segment in Segment:
                for sort in SortBy:
                    case = partial(shop.customer_list.page, actor, Wanted(segment, sort), None, _PAGE)
                    said = partial(_sent, connection, statements_of(shop, actor, case))
                    times = in_turn({"posapp": case, "raw": said}, _ROUNDS, warm_up=2)
                    rows.append(_row(f"{segment}, by {sort}", times["posapp"], times["raw"]))
            sums = in_turn({"posapp": partial(shop.customer_list.figures, actor)}, 3)["posapp"]
            rows.append(Row("what all come to", (f"{sums.p50:.3f} ms",)))
        connection.close()
    show(f"customers, {customers:,} (yardstick: the same indexed statements by sqlite3)", rows)


def _sent(connection: sqlite3.Connection, statements: list[str]) -> None:
    for one in statements:
        connection.execute(one).fetchall()


def _row(what: str, posapp: Times, yardstick: Times) -> Row:
    row = compared(what, posapp, yardstick, most=2)
    is_met = bool(row.is_met) and posapp.p50 <= _MOST
    return Row(row.what, row.figures, f"{row.goal}; <= {_MOST} ms", is_met)
