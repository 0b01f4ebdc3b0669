"""No statement of a day's work reads a table that grows from end to end, on either engine.

The statements are those that the desks really run, caught on their way to the driver.
"""

import contextlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.books import AccountKey, Role
from posapp.domain.figures.charts import BookFormat
from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.domain.figures.periods import Period
from posapp.services.care.demo import build_demo
from posapp.services.care.journal import JournalAsked
from posapp.services.desks import Shop
from posapp.services.figures.pages.table import PAGES
from posapp.services.repairs.tickets import CardFilter
from posapp.storage.base.quick import _Compiled
from posapp.storage.base.tables import metadata
from posapp.storage.counter.search import SearchReader, _postgres
from tests.factories import DAY, NOW, TILL, at
from tests.fixtures import KINDS
from tests.old_data.factories import a_past_record
from tests.repairs import IMEI
from tests.storage.own_business import named_in
from tests.whole_shops import a_whole_shop

FEW = {
    "book_account", "business", "checklist", "counter", "day_exception", "identity", "journal_head", "loaner",
    "price_level",
    "resource", "service", "setting", "shelf", "tax", "tax_part", "tax_rate", "ticket_move", "ticket_state",
    "user_account", "user_pass", "working_hours",
}  # fmt: skip
"""What a shop sets up: tens of rows in its tenth year, too."""
GROWING = set(metadata.tables) - FEW
SHORT = {
    "ix_job_here",
    "ix_walk_in_waiting",
    "ix_print_job_open",
    "ix_job_passcode",
    "ix_part_use_reserved",
    "uq_loan_out",
    "uq_shift_open",
    "uq_stock_count_open",
    "uq_item_quick_position",
    "uq_kiosk_arrival_waiting",
    "ix_duplicate_pair_score",
    "ix_customer_figure_open",
    "ix_customer_figure_phoneless",
}
"""Indexes of only what is there right now, which may be read whole; of suggestions the first page is."""
_NEWEST = re.compile(r"ORDER BY \w+\.id DESC\s+LIMIT", re.I)
"""One record is read, from the newest end."""
TYPED = (
    "whole customer", "cust", "PL1", "1", "B2", "T3", IMEI, "SN000001", "0851", "4567", "+35385", "a@b.ie",
    "OLD-1", "marta kow", "custoemr", "CUST-001", "000:CUST-1", "000:customers:CUST-1", "further@x",
)  # fmt: skip
Asked = dict[str, Any]
"""Statement, as the driver gets it, to one set of its values."""


@contextmanager
def _caught(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """Every statement on its way to the driver with its values: by Core, by the quick way, by search."""
    asked: Asked = {}
    run, rows = _Compiled.run, SearchReader._rows

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        asked[statement] = values[0] if many else values

    def run_heard(compiled: _Compiled, driver: Any, values: Any) -> Any:
        asked[compiled.sql] = [values.get(name, compiled.own.get(name)) for name in compiled.order]
        return run(compiled, driver, values)

    def rows_heard(reader: SearchReader, sql: str, values: dict[str, Any]) -> Any:
        asked[sql] = values
        return rows(reader, sql, values)

    event.listen(shop.store.database.engine, "before_cursor_execute", hear)
    monkeypatch.setattr(_Compiled, "run", run_heard)
    monkeypatch.setattr(SearchReader, "_rows", rows_heard)
    yield asked
    monkeypatch.undo()
    event.remove(shop.store.database.engine, "before_cursor_execute", hear)


def _a_day(shop: Shop) -> None:
    """Booking, intake, states, estimates, parts, hand-back; then what the screens ask for."""
    actor = shop.actor(TILL)
    a_whole_shop(shop, actor)
    for typed in TYPED:
        shop.search.search(actor, typed)
    customer = shop.search.search(actor, "whole").hits[0].customer_id
    for typed in ("CBL", "cab", "4006381333931"):
        shop.items.find(actor, typed)
    shop.customers.card(actor, customer)
    for segment in Segment:
        if segment is not Segment.ALL:  # counting everybody reads everybody
            for sort in SortBy:
                for wanted in (
                    Wanted(segment, sort),
                    Wanted(segment, sort, is_descending=False, text="whole c"),
                ):
                    shop.customer_list.page(actor, wanted)
    for sort in SortBy:
        first = shop.customer_list.page(actor, Wanted(sort=sort), None, 1)
        shop.customer_list.page(actor, Wanted(sort=sort), first.after, 1)
    shop.customer_list.reach(actor, Wanted(), keys=[customer])
    shop.customers.without_phone(actor, "Of No Number", "further@example.com")
    shop.further_emails.of_customer(actor, customer)
    shop.past.ids(actor, customer)
    shop.past.of_ticket(actor, "T1")
    with contextlib.suppress(DomainError):
        shop.customers.resolve(actor, "000:customers:CUST-1")
    page = shop.history.page(actor, customer)
    for found in page.events:
        shop.history.detail(actor, customer, found)
    shop.history.story(actor, customer)
    for asked in (
        JournalAsked(),
        JournalAsked(who="Till 1", since=DAY, until=DAY),
        JournalAsked(about="sales"),
        JournalAsked(number="T1"),
    ):
        shop.journal.page(actor, asked)
    shop.journal.entry(actor, 1)
    shop.journal.names(actor)
    shop.bookings.agenda(actor, DAY, DAY)
    shop.bookings.free_times(actor, DAY, 30)
    shop.bookings.of_customer(actor, customer)
    shop.bookings.also_booked(actor, customer, at(10), 30)
    shop.tickets.board(actor)
    shop.tickets.cards(actor, CardFilter())
    shop.counter.at_counter(actor, customer)
    shop.intake.arrived(actor, customer)
    shop.repair_prices.offers(actor, "Samsung Galaxy S22", "Cracked screen")
    shop.uncollected.list(actor)
    shop.papers.open_jobs(actor)
    shop.books.day(actor, DAY)
    shop.books.entries(actor, Period(DAY, DAY), AccountKey(Role.CASH))
    shop.books.sending(actor, Period(DAY, DAY), BookFormat.DATEV)
    shop.shifts.x(actor)
    shop.shifts.at_till(actor)
    shop.shifts.z(actor, "Z1")
    _a_look_at_the_figures(shop, actor)
    for number in ("T1", "T2"):
        shop.tickets.history(actor, number)
        shop.tickets.whole(actor, number)


def _a_look_at_the_figures(shop: Shop, actor: Actor) -> None:
    """Every page of the reports by every way, and what is behind a row of it.

    What is owed and what is on gift cards is asked of all customers and cards.
    """
    day = Period(DAY, DAY)
    for name, page in PAGES.items():
        # What is on cards is on all of them, what is in stock is all of it, and debts are those of all.
        for by in page.report.bys if name not in ("debts", "giftcards", "stock") else ():
            for row in shop.reports.read(actor, name, day, by=by).rows[:1]:
                shop.reports.behind(actor, name, day, row.id, by=by, after=1)


@pytest.mark.parametrize("empty_place", KINDS, indirect=True)
def test_no_statement_of_a_day_reads_a_growing_table_from_end_to_end(
    empty_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_demo(empty_place, 300, clock=FixedClock(NOW))
    shop = open_shop(empty_place, clock=FixedClock(NOW))
    a_past_record(shop, shop.actor(TILL), 1)  # of a table without a row the planner learns nothing
    with _caught(shop, monkeypatch) as asked:
        _a_day(shop)
    questions = {
        statement: values
        for statement, values in asked.items()
        if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)\b", statement) and not _is_newest(statement)
    }
    assert len(questions) > 120
    plan = _read_on_sqlite if shop.store.database.is_sqlite else _read_on_postgres
    if not shop.store.database.is_sqlite:
        _let_it_be_large(shop)
    with shop.store.database.connection(writes=False, snapshot=True) as connection:
        faults = {
            statement: read
            for statement, values in questions.items()
            if (read := sorted(plan(connection, statement, values)))
        }
    shop.close()
    assert faults == {}


def _is_newest(statement: str) -> bool:
    """Whether the newest record of a table is asked for, and nothing else of it."""
    return bool(_NEWEST.search(statement)) and statement.count("=") == 1 and "AND" not in statement


def _let_it_be_large(shop: Shop) -> None:
    """Tell PostgreSQL's planner of a million rows in each table, all of one business."""
    with shop.store.database.connection(writes=True) as connection:
        for name in sorted(GROWING):
            for column in metadata.tables[name].c:
                # Of a few rows it would learn what does not hold of many.
                how = "(n_distinct = 1)" if column.name == "business_id" else "STATISTICS 0"
                connection.execute(text(f"ALTER TABLE {name} ALTER COLUMN {column.name} SET {how}"))
            connection.execute(text(f"ANALYZE {name}"))
        large = "UPDATE pg_class SET reltuples = 1000000, relpages = greatest(relpages, 1) WHERE oid IN "
        tables = ", ".join(f"CAST('{name}' AS regclass)" for name in sorted(GROWING))
        connection.execute(text(f"{large} ({tables})"))
        growing = f"SELECT indexrelid FROM pg_index WHERE indrelid IN ({tables})"
        short = ", ".join(f"CAST('{name}' AS regclass)" for name in sorted(SHORT))
        connection.execute(text(f"{large} ({growing} AND indexrelid NOT IN ({short}))"))
        connection.commit()


def _read_on_sqlite(connection: Any, statement: str, values: Any) -> Iterator[str]:
    """The steps of a plan that read a growing table whole, or all that a business has of it."""
    tables = named_in(statement)
    driver = connection.connection.driver_connection
    for *_, step in driver.execute(f"EXPLAIN QUERY PLAN {statement}", values):
        found = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        if found is None or "VIRTUAL TABLE" in step or tables.get(found[2], found[2]) not in GROWING:
            continue
        by = re.search(r"\(([^)]*)\)", step)
        is_whole = found[1] == "SCAN" or (by is not None and by[1] == "business_id=?")
        if is_whole and found[3] not in SHORT:
            yield step


def _read_on_postgres(connection: Any, statement: str, values: Any) -> Iterator[str]:
    """The same, where reading from end to end is forbidden as far as there is any other way."""
    driver = connection.connection.driver_connection
    driver.execute("SET LOCAL enable_seqscan = off")
    words = _postgres(statement) if ":business" in statement else statement
    [plan] = driver.execute(f"EXPLAIN (FORMAT JSON) {words}", values).fetchone()
    for read in _whole(plan[0]["Plan"], ""):
        # The newest first until a page is full: it counts what is here, and takes the short index if few.
        if not ("pk_job" in read and "job.is_here" in statement):
            yield read


def _whole(step: dict[str, Any], table: str) -> Iterator[str]:
    table = step.get("Relation Name", table)  # the look into an index for a bitmap names only the index
    if table in GROWING and "Scan" in step["Node Type"] and step["Node Type"] != "Bitmap Heap Scan":
        condition = step.get("Index Cond", "")
        others = len(re.findall(r" (?:=|@@|[~<>]\S*) ", condition)) - condition.count("business_id = ")
        if others < 1 and step.get("Index Name") not in SHORT:
            yield f"{step['Node Type']} {table} {step.get('Index Name', '')} {condition}"
    for part in step.get("Plans", ()):
        yield from _whole(part, table)
