"""A shop with believable data, of any size: for trying posapp out, for screenshots and for measuring it.

The same seed, size and moment give the same shop. It is a repair shop in Dublin with customers from
everywhere, ten years of bookings and repairs, a diary around today and a full board. Nothing in it is a
document, and `verify` finds nothing wrong with it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import Clock, SystemClock, from_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL, Letter
from posapp.domain.catalogue.items import ItemKind
from posapp.domain.selling.gift_cards import CardMoveKind, plain_code
from posapp.domain.shop.businesses import ResourceKind, WeekRow
from posapp.services.care.demo_books import (
    CLOSING,
    ENTRY,
    GOODS,
    LINE,
    MOVE,
    ORDER,
    PAYMENT,
    SHIFT,
    TAX,
    VAT,
    Books,
    Portion,
)
from posapp.services.care.demo_diary import (
    BENCH,
    BOOKING,
    CLOSES,
    LUNCH,
    OPENS,
    PEOPLE,
    SERVICES,
    Days,
    Diary,
    longest,
)
from posapp.services.care.demo_people import CONTACT, CUSTOMER, PHONE, Batch, People
from posapp.services.care.demo_repairs import DEVICE, JOB, SHELVES, TICKET, TIME, Keys, Repairs
from posapp.services.care.demo_sales import FLOAT, Sales

if TYPE_CHECKING:
    from posapp.storage.old_data.bulk import BulkLoad
    from posapp.storage.unit_of_work import UnitOfWork

BUSINESS = "Harbour Lane Repairs"
ZONE = "Europe/Dublin"
TILL = "Till 1"
SMALL = 80
"""Customers enough for every screen, and made in a blink."""
MOST = 10_000_000
# How the time is shared: customers, bookings, sales, then indexes and search words.
_PEOPLE_SHARE, _BOOKINGS_SHARE, _SALES_SHARE = 0.2, 0.2, 0.3

_NAME = CUSTOMER.index("name")

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was made."""

    business: str
    customers: int
    phones: int
    contacts: int
    bookings: int
    tickets: int
    orders: int
    digest: str


def build_demo(
    place: str | Path,
    customers: int = SMALL,
    *,
    seed: int = 1,
    business: str = BUSINESS,
    clock: Clock | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DemoSummary:
    """Fill a new database; refused where there is one already.

    `progress` hears the share done, from 0 to 1, about a hundred times. When `cancelled` says true, a
    `DomainError` "stopped" is raised and nothing is left behind.
    """
    if not 1 <= customers <= MOST:
        raise DomainError("customers_invalid", f"Choose between 1 and {MOST:,} customers.", field="customers")
    from posapp.storage.care.new_database import new_database
    from posapp.storage.old_data.bulk import bulk_load

    builder = _Builder(customers, seed, business, clock or SystemClock(), progress, cancelled)
    with new_database(place) as database, bulk_load(database, is_stopped=builder.is_stopped) as load:
        return builder.build(load, is_sqlite=database.is_sqlite)


class _Builder:
    def __init__(
        self,
        customers: int,
        seed: int,
        business: str,
        clock: Clock,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._customers, self._business = customers, business
        self._seed = seed
        self._now = clock.now()
        self._days = Days(self._now, ZONE)
        self._people = People(seed)
        self._diary = Diary(self._days, customers, seed)
        self._progress, self._cancelled = progress, cancelled
        self._digest = hashlib.sha256()

    def is_stopped(self) -> bool:
        """Whether somebody wants an end; asked by SQLite, too, which swallows what a callback raises."""
        return self._cancelled is not None and self._cancelled()

    def _reached(self, share: float) -> None:
        if self.is_stopped():
            raise DomainError("stopped", "Stopped. Nothing was kept.")
        if self._progress is not None:
            self._progress(min(share, 1.0))

    def build(self, load: "BulkLoad", *, is_sqlite: bool) -> DemoSummary:
        """Everything, committed."""
        from posapp.storage.figures.anew import write_anew
        from posapp.storage.unit_of_work import UnitOfWork

        founded = from_us(self._days.instant(OPENS))
        uow = UnitOfWork(load.connection, Actor(0, TILL), founded, is_sqlite=is_sqlite)
        services, resources = self._shop(uow)
        sales = Sales(self._days, self._customers, self._seed, TILL)
        repairs = Repairs(self._days, self._customers, self._seed, _keys(uow, resources[:-1]), sales)
        self._load_people(load, uow.actor.business, repairs)
        # The bench is as large as its busiest day asks for, which is known only now.
        uow.businesses.save_resource(resources[-1], capacity=self._diary.capacity)
        self._load_bookings(load, uow, services, resources)
        books = Books(TILL, _goods(uow, self._days.first), self._customers)
        self._load_sales(load, uow, sales, books)
        self._ask(load, uow, repairs, is_sqlite=is_sqlite)
        steps = load.finishing()
        for done, step in enumerate(steps):
            self._reached(_PEOPLE_SHARE + _BOOKINGS_SHARE + _SALES_SHARE + 0.3 * done / len(steps))
            step()
        write_anew(load.connection)
        summary = DemoSummary(
            self._business,
            self._customers,
            self._people.phones,
            self._people.contacts,
            self._diary.bookings,
            repairs.tickets,
            books.orders,
            self._digest.hexdigest(),
        )
        uow.counters.set(Letter.SALE, books.orders)
        uow.counters.set(Letter.PAYMENT, books.payments)
        uow.counters.set(Letter.REPORT, books.shifts)
        uow.counters.set(Letter.GIFT_CARD, books.cards)
        self._close(load, uow, summary, is_sqlite=is_sqlite)
        self._reached(1.0)
        return summary

    def _shop(self, uow: "UnitOfWork") -> tuple[list[int], list[int]]:
        """The shop, its services, people, bench and hours; the keys of services and of people and bench."""
        shop = uow.businesses
        key = shop.add(
            name=self._business,
            region="IE",
            currency="EUR",
            locale="en-IE",
            time_zone=ZONE,
            address="14 Harbour Lane, Dublin 2",
            phone="+35315550142",
            email="hello@example.com",
            website="www.example.com",
            tax_id="IE1234567T",
            terms="Repairs carry a guarantee of 90 days. We keep your things for 90 days.",
            prices_include_tax=True,
        )
        uow.act_as(Actor(key, TILL))
        uow.seed()
        shop = uow.businesses
        services = [
            shop.save_service(None, name=name, minutes=minutes, price_minor=price)
            for name, minutes, price in SERVICES
        ]
        people = [
            shop.save_resource(None, kind=ResourceKind.STAFF.value, name=name, capacity=1)
            for name, _ in PEOPLE
        ]
        bench = shop.save_resource(None, kind=ResourceKind.BENCH.value, name=BENCH, capacity=1)
        weekdays = self._days.weekdays
        uow.hours.set_week(None, [WeekRow(None, weekday, "open", OPENS, CLOSES) for weekday in weekdays])
        for person, (_, lunch) in zip(people, PEOPLE, strict=True):
            uow.hours.set_week(
                person,
                [WeekRow(person, weekday, "break", lunch, lunch + LUNCH, "Lunch") for weekday in weekdays],
            )
        return services, [*people, bench]

    def _load_people(self, load: "BulkLoad", business: int, repairs: Repairs) -> None:
        from posapp.storage.customers.tables import contact, customer, phone
        from posapp.storage.figures.work_tables import job_time
        from posapp.storage.repairs.tables import device, job, ticket

        portion = max(1, min(20_000, self._customers // 40))
        made_by = {"created_by": TILL, "updated_by": TILL}
        for first in range(0, self._customers, portion):
            self._reached(_PEOPLE_SHARE * first / self._customers)
            batch = Batch()
            for index in range(first, min(first + portion, self._customers)):
                self._people.add(batch, index + 1, *self._diary.draw(index))
            work = repairs.draw(first, [row[_NAME] for row in batch.customers])
            self._digest.update("".join((*batch.said, *work.said)).encode())
            load.add(customer, CUSTOMER, batch.customers, business_id=business, **made_by)
            load.add(phone, PHONE, batch.phones, business_id=business, started_by=TILL)
            load.add(contact, CONTACT, batch.contacts, business_id=business, **made_by)
            load.add(device, DEVICE, work.devices, business_id=business, **made_by)
            load.add(ticket, TICKET, work.tickets, business_id=business, source="demo", **made_by)
            load.add(job, JOB, work.jobs, business_id=business, **made_by)
            load.add(job_time, TIME, work.times, business_id=business)

    def _load_bookings(
        self, load: "BulkLoad", uow: "UnitOfWork", services: list[int], resources: list[int]
    ) -> None:
        from posapp.storage.bookings.tables import booking

        same: dict[str, int | str] = {
            "business_id": uow.actor.business,
            "zone": ZONE,
            "source": "demo",
            "created_by": TILL,
            "updated_by": TILL,
        }
        lengths: dict[object, int] = {}
        done = 0
        for rows in self._diary.rows(services, resources):
            self._reached(_PEOPLE_SHARE + _BOOKINGS_SHARE * done / self._diary.bookings)
            load.add(booking, BOOKING, rows, **same)
            longest(rows, lengths)
            done += len(rows)
        for key in resources:
            uow.businesses.save_resource(key, longest_busy=lengths.get(key, 0))

    def _load_sales(self, load: "BulkLoad", uow: "UnitOfWork", sales: Sales, books: Books) -> None:
        from posapp.storage.catalogue.tables import item, stock_move
        from posapp.storage.selling.order_tables import (
            ledger_entry,
            line_tax,
            order_line,
            payment,
            sale_order,
        )
        from posapp.storage.selling.tables import shift

        own, done, cards = {"business_id": uow.actor.business}, 0, Portion()
        for made in sales.rows(books):
            share = _SALES_SHARE * done / sales.waiting
            self._reached(_PEOPLE_SHARE + _BOOKINGS_SHARE + share)
            load.add(shift, SHIFT, made.shifts, **own, till=TILL, opened_by=TILL, float_minor=FLOAT)
            same: dict[str, int | str] = {"status": "completed", "source": "demo", "includes_tax": True}
            load.add(sale_order, ORDER, made.orders, **own, **same)
            load.add(order_line, LINE, made.lines, **own, discount_minor=0)
            part = VAT.parts[0]
            load.add(line_tax, TAX, made.taxes, **own, position=1, name=part.name, rate=part.rate)
            load.add(payment, PAYMENT, made.payments, **own, created_by=TILL)
            load.add(ledger_entry, ENTRY, made.entries, **own, created_by=TILL)
            load.add(stock_move, MOVE, made.moves, **own, created_by=TILL)
            load.change(shift, CLOSING, made.closings, closed_by=TILL)
            cards.cards += made.cards
            cards.uses += made.uses
            done += len(made.orders)
        levels = [
            (level, cost if is_known else None, key)
            for level, is_known, key, (*_, cost) in zip(
                books.levels, books.received, books.items, GOODS, strict=True
            )
        ]
        load.change(item, ("stock", "average_minor", "id"), levels)
        self._load_cards(load, uow, cards)

    def _load_cards(self, load: "BulkLoad", uow: "UnitOfWork", sold: Portion) -> None:
        """The few gift cards; their codes are those of cards that a printer delivered."""
        from posapp.storage.unit_of_work import UnitOfWork

        keys: dict[int, int] = {}
        for one in sold.cards:
            then = UnitOfWork(load.connection, uow.actor, from_us(one.at), is_sqlite=uow.is_sqlite)
            code = plain_code(f"6035 7100 {one.number:04}")
            key = then.gift_cards.add(one.number, code, customer_id=one.customer, expires_on=None)
            cause = {"order_id": one.order, "line_id": one.line, "business_day": one.day}
            then.gift_cards.move(key, CardMoveKind.SOLD, one.minor, **cause)
            keys[one.number] = key
        for use in sold.uses:
            then = UnitOfWork(load.connection, uow.actor, from_us(use.at), is_sqlite=uow.is_sqlite)
            cause = {"order_id": use.order, "payment_id": use.payment, "business_day": use.day}
            then.gift_cards.move(keys[use.number], CardMoveKind.USED, -use.minor, **cause)

    def _ask(self, load: "BulkLoad", uow: "UnitOfWork", repairs: Repairs, *, is_sqlite: bool) -> None:
        """The estimates that wait for an answer."""
        from posapp.storage.unit_of_work import UnitOfWork

        for asked in repairs.asked:
            then = UnitOfWork(load.connection, uow.actor, from_us(asked.at), is_sqlite=is_sqlite)
            price = asked.price_minor
            line = {"job_id": asked.job_id, "text": asked.text, "quantity": 1, "unit_minor": price}
            then.estimates.add(asked.ticket_id, [{**line, "amount_minor": price, "warranty_days": 90}])

    def _close(self, load: "BulkLoad", uow: "UnitOfWork", made: DemoSummary, *, is_sqlite: bool) -> None:
        """Counters, one entry in the journal for the whole batch, commit."""
        from posapp.storage.unit_of_work import UnitOfWork

        uow.counters.set(PL, made.customers)
        uow.counters.set(Letter.BOOKING, made.bookings)
        uow.counters.set(Letter.TICKET, made.tickets)
        last = UnitOfWork(load.connection, uow.actor, self._now, is_sqlite=is_sqlite)
        last.journal.add(
            Action.DEMO_BUILT,
            "business",
            uow.actor.business,
            ref=self._business,
            after={
                "customers": made.customers,
                "phones": made.phones,
                "contacts": made.contacts,
                "bookings": made.bookings,
                "tickets": made.tickets,
                "orders": made.orders,
                "digest": made.digest,
            },
        )
        last.journal.count_all()
        last.commit()


def _keys(uow: "UnitOfWork", people: list[int]) -> Keys:
    """What the repairs point to; the shelves are set up for them."""
    states = {state.code: state.id for state in uow.tickets.states.states}
    return Keys(states, people, [uow.tickets.shelf_of(code) for code in SHELVES])


def _goods(uow: "UnitOfWork", first: date) -> list[int]:
    """The catalogue and the tax of the shop; the keys of what it sells."""
    vat = uow.taxes.add(VAT.name)
    uow.taxes.add_rate(vat, first, VAT.rate, ())
    uow.taxes.set_default(vat)
    return [
        uow.items.add(
            keeps_stock=True,
            sku=sku,
            name=name,
            kind=ItemKind.GOODS.value,
            price_minor=price,
            entered_cost_minor=cost,
            tax_id=vat,
            reorder_level=4,
            commodity_code="",
        )
        for sku, name, price, cost in GOODS
    ]
