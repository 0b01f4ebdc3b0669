"""The desk of all customers: lists in any order, what they come to, and a file of those who are chosen."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import begin_of_day, business_day, day_number, from_us, to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import decimals
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.customers.customers import ERASED
from posapp.domain.customers.pl_id import PlId
from posapp.domain.figures.customer_list import (
    CustomerFigures,
    CustomerLine,
    Listed,
    Reach,
    Segment,
    SortBy,
    TicketsHere,
    Wanted,
)
from posapp.domain.figures.periods import months_before
from posapp.services.base.table_files import Cell, write_table_file
from posapp.services.counter.search import SearchDesk

if TYPE_CHECKING:
    from posapp.domain.repairs.tickets import TicketState
    from posapp.storage.figures.customer_list import Edges, ListRow, Place
    from posapp.storage.figures.listing import Asked
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
PAGE = 200
MOST_FOUND = 2_000
"""So many customers at most answer to a number, an address or an ID that is typed."""
_PORTION = 2_000
_NEW_DAYS = 28
_UNSEEN_MONTHS = 6
_OF_MONEY = frozenset({Segment.OWES, Segment.TOP, SortBy.SPENT, SortBy.BALANCE})
HEAD = (
    "id",
    "name",
    "phone",
    "email",
    "visits",
    "bookings",
    "tickets",
    "open_tickets",
    "last_visit",
    "spent",
    "balance",
)
"""The columns of a file of customers."""


class CustomerListDesk:
    """Reads all customers."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def page(self, actor: Actor, wanted: Wanted, after: "Place | None" = None, limit: int = PAGE) -> Listed:
        """The next customers; by amounts only for who may know them."""
        _may(actor, wanted)
        found = self._found(actor, wanted)
        with self._store.look(actor, snapshot=True) as uow:
            reading = _Reading.of(uow, wanted, found)
            return Listed((), None) if reading is None else reading.page(after, limit)

    def keys(self, actor: Actor, wanted: Wanted) -> tuple[int, ...]:
        """The keys of all of them, in the order of the list: for work on many."""
        _may(actor, wanted)
        found = self._found(actor, wanted)
        with self._store.look(actor, snapshot=True) as uow:
            reading = _Reading.of(uow, wanted, found)
            return () if reading is None else tuple(reading.keys())

    def figures(self, actor: Actor) -> CustomerFigures:
        """What all customers come to, read in one moment."""
        actor.require(Permission.CUSTOMER_READ)
        knows = actor.may(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            edges, of = edges_of(uow), {}
            for segment in Segment:
                if knows or segment not in _OF_MONEY:
                    of[segment] = uow.customer_list.count(segment, edges)
            owed, credit, spent = uow.customer_list.amounts() if knows else (None, None, None)
            spenders = of.get(Segment.TOP, 0)
            return CustomerFigures(
                of[Segment.ALL],
                of[Segment.NEW],
                _came_back(uow),
                None if spent is None or not spenders else round(Decimal(spent) / spenders),
                owed,
                credit,
                of,
            )

    def save(
        self,
        actor: Actor,
        wanted: Wanted,
        file: Path,
        *,
        keys: Sequence[int] | None = None,
        limit: int | None = None,
        replace: bool = False,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> int:
        """Write a list, or the chosen customers of it, as CSV or XLSX; how many. Refuses like `files.check`.

        `goes_on` is asked now and then; once it says no, there is no file (`DomainError` cancelled). The
        journal tells of it once the file stands.
        """
        actor.require(Permission.PERSON_EXPORT)
        _may(actor, wanted)
        found = self._found(actor, wanted) if keys is None else tuple(keys)
        with self._store.look(actor, snapshot=True) as uow:
            reading = _Reading.of(uow, wanted, found)
            rows = () if reading is None else islice(reading.cells(goes_on), limit)
            mark = decimal_mark(uow.businesses.get().locale)
            made = write_table_file(file, HEAD, rows, decimal_mark=mark, replace=replace)
        self._tell(actor, made, file.suffix.lstrip(".").casefold())
        log.info("%d customers written to a file", made)
        return made

    def reach(self, actor: Actor, wanted: Wanted, *, keys: Sequence[int] | None = None) -> Reach:
        """Whom a message to a list, or to the chosen customers of it, may go to.

        The addresses leave the program by it: the journal tells of that as it does of a file.
        """
        actor.require(Permission.PERSON_EXPORT)
        _may(actor, wanted)
        found = self._found(actor, wanted) if keys is None else tuple(keys)
        with self._store.look(actor, snapshot=True) as uow:
            reading = _Reading.of(uow, wanted, found)
            reach = _reach(() if reading is None else reading.persons())
        if reach.reached:
            self._tell(actor, reach.reached, "message")
        return reach

    def _tell(self, actor: Actor, customers: int, output: str) -> None:
        with self._store.work(actor) as uow:
            told = {"customers": customers, "output": output}
            uow.journal.add(Action.CUSTOMERS_EXPORTED, "customer", 0, after=told)
            uow.commit()

    def _found(self, actor: Actor, wanted: Wanted) -> tuple[int, ...] | None:
        """Who answers to a text that is no name, as the Desk's search finds them; None where it is one."""
        text = wanted.text.strip()
        if not text:
            return None
        if not any(map(str.isdecimal, text)) and "@" not in text and ":" not in text:
            with self._store.look(actor) as uow:
                if uow.customer_list.is_named(text):
                    return None
        search = SearchDesk(self._store)
        try:
            hits = search.search(actor, text, limit=MOST_FOUND).hits
        finally:
            search.close()
        return tuple(dict.fromkeys(hit.customer_id for hit in hits if hit.customer_id))


class _Reading:
    """One list as it is read within a transaction."""

    def __init__(
        self, uow: "UnitOfWork", wanted: Wanted, asked: "Asked", edges: "Edges", keys: Sequence[int] | None
    ) -> None:
        self._uow, self._asked, self._edges = uow, asked, edges
        self._words, self._keys = wanted.text if keys is None else "", keys or ()
        self._business = uow.businesses.get()
        self._knows = uow.actor.may(Permission.ORDER_READ)
        self._is_agreed = wanted.is_agreed

    @classmethod
    def of(cls, uow: "UnitOfWork", wanted: Wanted, keys: Sequence[int] | None) -> "_Reading | None":
        """How a list is read; None where nobody answers to its text."""
        edges = edges_of(uow)
        asked = uow.customer_list.way(wanted, edges, keys)
        return None if asked is None else cls(uow, wanted, asked, edges, keys)

    def page(self, after: "Place | None", limit: int) -> Listed:
        """The next lines."""
        lines, next_place = self._lines(after, limit)
        if self._is_agreed:
            lines = tuple(one.line for one in self._persons(lines))
        return Listed(lines, next_place)

    def _lines(self, after: "Place | None", limit: int) -> "tuple[tuple[CustomerLine, ...], Place | None]":
        """The next ones in the order, whether they agreed or not."""
        rows = self._rows(after, limit + 1)
        more = len(rows) > limit
        rows = rows[:limit]
        here = self._here([row.id for row in rows if row.open_tickets])
        lines = tuple(self._line(row, here.get(row.id, _NOTHING)) for row in rows)
        return lines, (rows[-1].value, rows[-1].id) if more else None

    def keys(self) -> Iterator[int]:
        """All keys."""
        after: Place | None = None
        while rows := self._uow.customer_list.keys(
            self._asked, self._edges, _PORTION, after=after, words=self._words, keys=self._keys
        ):
            yield from (row[0] for row in rows)
            after = (rows[-1][1], rows[-1][0])

    def cells(self, goes_on: Callable[[], bool]) -> Iterator[list[Cell]]:
        """All lines as they go into a file."""
        for one in self.persons():
            if not goes_on():
                raise DomainError("cancelled", "The export was cancelled. No file was written.")
            yield self._cells(one)

    def persons(self) -> "Iterator[_Person]":
        """All lines, each with what its person agreed to and is reached by."""
        after: Place | None = None
        while True:
            lines, after = self._lines(after, _PORTION)
            yield from self._persons(lines)
            if after is None:
                return

    def _persons(self, lines: Sequence[CustomerLine]) -> "list[_Person]":
        """The persons of some lines; where only those are wanted, who agreed and can be reached."""
        keys = [line.id for line in lines]
        agreed = self._uow.consents.agreed(ConsentKind.MARKETING, keys)
        emails = self._uow.customer_list.emails(keys)
        found = [_Person(line, emails.get(line.id, ""), line.id in agreed) for line in lines]
        return [one for one in found if one.is_agreed and one.is_reached] if self._is_agreed else found

    def _rows(self, after: "Place | None", limit: int) -> "list[ListRow]":
        return self._uow.customer_list.page(
            self._asked, self._edges, limit, after=after, words=self._words, keys=self._keys
        )

    def _line(self, row: "ListRow", here: TicketsHere) -> CustomerLine:
        business = self._business
        pl_id = PlId(row.pl_number)
        seen = row.last_visit_at
        return CustomerLine(
            row.id,
            pl_id,
            f"{ERASED} {pl_id}" if row.erased_at is not None else row.name,
            PhoneNumber(row.phone_key, row.extension or "") if row.phone_key else None,
            row.visits,
            row.bookings,
            row.tickets,
            row.open_tickets,
            here.ready,
            here.late,
            here.waiting,
            _day(seen // _MINUTE, business.time_zone, business.cutover_minutes) if seen else None,
            row.spent_minor if self._knows else None,
            row.balance_minor if self._knows else None,
        )

    def _here(self, keys: Sequence[int]) -> dict[int, TicketsHere]:
        states, now = self._uow.tickets.states_by_id if keys else {}, self._uow.now
        found: dict[tuple[int, int], list[tuple[TicketState, bool]]] = {}
        for customer, ticket, due, state in self._uow.customer_list.here(keys):
            is_past = due is not None and from_us(due) < now
            found.setdefault((customer, ticket), []).append((states[state], is_past))
        summed: dict[int, TicketsHere] = {}
        for (customer, _), devices in found.items():
            summed[customer] = summed.get(customer, _NOTHING) + TicketsHere.of(devices)
        return summed

    def _cells(self, person: "_Person") -> list[Cell]:
        line = person.line
        scale = -decimals(self._business.currency)
        spent, balance = (
            None if minor is None else Decimal(minor).scaleb(scale)
            for minor in (line.spent_minor, line.balance_minor)
        )
        day = line.last_visit.isoformat() if line.last_visit else None
        counts = (line.visits, line.bookings, line.tickets, line.open_tickets)
        phone = line.phone.key if line.phone else None
        email = person.email or None
        return [str(line.pl_id), line.name, phone, email, *counts, day, spent, balance]


class _Person(NamedTuple):
    line: CustomerLine
    email: str
    is_agreed: bool

    @property
    def is_reached(self) -> bool:
        """Whether there is an address or a number."""
        return bool(self.email or self.line.phone)


def _reach(persons: "Iterable[_Person]") -> Reach:
    emails, phones = dict[str, None](), list[str]()
    reached = refused = unreachable = 0
    for one in persons:
        if not one.is_agreed:
            refused += 1
        elif not one.is_reached:
            unreachable += 1
        else:
            reached += 1
            emails |= {one.email: None} if one.email else {}
            phones += [one.line.phone.key] if one.line.phone else []
    return Reach(tuple(emails), tuple(phones), reached, refused, unreachable)


_NOTHING = TicketsHere(0, 0, 0)
_MINUTE = 60_000_000


@lru_cache(maxsize=4096)
def _day(minute: int, zone: str, cutover: int) -> date:
    return business_day(from_us(minute * _MINUTE), zone, cutover)


def _may(actor: Actor, wanted: Wanted) -> None:
    """An order by amounts tells of them."""
    actor.require(Permission.CUSTOMER_READ)
    if wanted.segment in _OF_MONEY or wanted.sort in _OF_MONEY:
        actor.require(Permission.ORDER_READ)


def edges_of(uow: "UnitOfWork") -> "Edges":
    """Since when customers are new, and since when somebody must have been here not to be missed."""
    from posapp.storage.figures.customer_list import Edges

    business = uow.businesses.get()
    today = business.day_of(uow.now)
    first = (today - timedelta(_NEW_DAYS - 1), months_before(today, _UNSEEN_MONTHS))
    cutover = timedelta(minutes=business.cutover_minutes)
    new, seen = (to_us(begin_of_day(day, business.time_zone) + cutover) for day in first)
    return Edges(new, seen)


def _came_back(uow: "UnitOfWork") -> int | None:
    """Thousandths of those seen in the last year who came on more than one day of it."""
    business = uow.businesses.get()
    first = months_before(business.day_of(uow.now), 12)
    begins = begin_of_day(first, business.time_zone) + timedelta(minutes=business.cutover_minutes)
    seen, again = uow.customer_list.seen(to_us(begins), day_number(first))
    return round(1000 * again / seen) if seen else None
