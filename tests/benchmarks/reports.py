"""reports: the opening page and every page by a year, against the very statements that they read by sqlite3.

The yardstick sends what the page itself sent, with the same values, and fetches every row: what is above it
is what posapp does with the rows. The opening page reads totals of days alone, so its yardstick reads those.
A page over the latest year of the shop is told in its first way.
"""

import sqlite3
from datetime import timedelta
from functools import partial

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import day_of
from posapp.domain.figures.periods import Comparison, Period
from posapp.services.desks import Shop
from posapp.services.figures.pages.table import PAGES
from posapp.storage.base.shop_days import know_shop_days
from tests.benchmarks.measure import Case, Row, compared, in_turn, show
from tests.benchmarks.shops import opened, raw, shop_file, statements_of


def reports(customers: int) -> None:
    """The opening page, and each page once."""
    file = shop_file(customers)
    connection = raw(file)
    know_shop_days(connection)
    [last] = connection.execute("SELECT max(business_day) FROM day_total WHERE what = 'order'").fetchone()
    year = Period(day_of(last) - timedelta(364), day_of(last))
    rows: list[Row] = []
    with opened(file) as (shop, actor):
        opening = partial(shop.reports.opening, actor, year, Comparison.BEFORE)
        rows.append(_row("the opening page", shop, actor, connection, opening, most=4, rounds=50))
        for name, page in PAGES.items():
            case = partial(shop.reports.read, actor, name, year)
            words = f"{name} by {page.report.bys[0] or 'row'}"
            rows.append(_row(words, shop, actor, connection, case, most=2, rounds=5))
    connection.close()
    show(f"reports of a year up to {year.last} (yardstick: the same statements by sqlite3)", rows)


def _row(
    words: str,
    shop: Shop,
    actor: Actor,
    connection: sqlite3.Connection,
    case: Case,
    *,
    most: float,
    rounds: int,
) -> Row:
    said = statements_of(shop, actor, case)
    cases: dict[str, Case] = {
        "posapp": case,
        "raw": lambda: [connection.execute(one).fetchall() for one in said],
    }
    times = in_turn(cases, rounds)
    return compared(words, times["posapp"], times["raw"], most=most, spare=1.0)
