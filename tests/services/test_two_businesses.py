"""Two businesses in one database do not see each other, whatever key a call is handed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.papers.documents import PaperSize
from posapp.domain.shop.businesses import ResourceKind, WeekRow
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.shop.businesses import SaveResource, SaveService
from tests.factories import DAY, a_booking, a_business, a_customer, a_phone, at

Call = Callable[[Shop, Actor, "Theirs"], object]


class Theirs:
    """What the other business has."""

    def __init__(self, shop: Shop) -> None:
        self.actor = a_business(shop, name="The shop next door")
        self.customer = a_customer(shop, self.actor, "Theirs Alone", phone=a_phone(1))
        shop.customers.add_contact(self.actor, self.customer.id, "Their Contact")
        self.customer = shop.customers.card(self.actor, self.customer.id).customer
        self.line = self.customer.phones[0].id
        self.booking = a_booking(shop, self.actor, self.customer)
        catalogue = shop.businesses.catalogue(self.actor)
        self.bench, self.service = catalogue.resources[0].id, catalogue.services[0].id
        with shop.store.work(self.actor) as uow:
            uow.customers.add_alias(self.customer.id, "OLD-1")
            uow.commit()
        self.job = 0

    def with_job(self, shop: Shop) -> int:
        from posapp.services.bookings.papers import slip_of
        from posapp.services.papers.papers import queue_paper

        with shop.store.work(self.actor) as uow:
            self.job = queue_paper(uow, slip_of(uow, self.booking), Output(paper=PaperSize.A4))
            uow.commit()
        return self.job


REFUSED: dict[str, Call] = {
    "card": lambda s, a, t: s.customers.card(a, t.customer.id),
    "at the counter": lambda s, a, t: s.counter.at_counter(a, t.customer.id),
    "resolve a PL ID": lambda s, a, t: s.customers.resolve(a, "PL1"),
    "resolve a phone": lambda s, a, t: s.customers.resolve(a, "0851000001"),
    "resolve an alias": lambda s, a, t: s.customers.resolve(a, "OLD-1"),
    "edit": lambda s, a, t: s.customers.edit(a, EditCustomer(customer_id=t.customer.id, note="x")),
    "add contact": lambda s, a, t: s.customers.add_contact(a, t.customer.id, "X"),
    "remove contact": lambda s, a, t: s.customers.remove_contact(a, t.customer.id, t.customer.contacts[0].id),
    "add phone": lambda s, a, t: s.phones.add_phone(a, t.customer.id, a_phone(2)),
    "label phone": lambda s, a, t: s.phones.label_phone(a, t.customer.id, t.line, "x"),
    "make primary": lambda s, a, t: s.phones.make_primary(a, t.customer.id, t.line),
    "change number": lambda s, a, t: s.phones.change_number(a, t.customer.id, t.line, a_phone(2)),
    "end phone": lambda s, a, t: s.phones.end_phone(a, t.customer.id, t.line),
    "move phone": lambda s, a, t: s.phones.move_phone(a, t.customer.id, a_phone(2)),
    "take back": lambda s, a, t: s.phones.take_back(a, t.customer.id, a_phone(1)),
    "book them": lambda s, a, t: s.bookings.book(a, MakeBooking(starts=at(12), customer_id=t.customer.id)),
    "book their bench": lambda s, a, t: s.bookings.book(
        a, MakeBooking(starts=at(12), who=FindOrCreate(phone=a_phone(3)), resource_id=t.bench)
    ),
    "book their service": lambda s, a, t: s.bookings.book(
        a, MakeBooking(starts=at(12), who=FindOrCreate(phone=a_phone(3)), service_id=t.service)
    ),
    "their booking": lambda s, a, t: s.bookings.get(a, "B1"),
    "move booking": lambda s, a, t: s.bookings.move(a, MoveBooking(number="B1", minutes=60)),
    "set status": lambda s, a, t: s.bookings.set_status(a, "B1", BookingStatus.ARRIVED),
    "bookings of": lambda s, a, t: s.bookings.of_customer(a, t.customer.id),
    "free times around": lambda s, a, t: s.bookings.free_times(a, DAY, 30, but="B1"),
    "also booked": lambda s, a, t: s.bookings.also_booked(a, t.customer.id, at(12), 30),
    "history": lambda s, a, t: s.history.page(a, t.customer.id),
    "history counts": lambda s, a, t: s.history.story(a, t.customer.id).counts,
    "history detail": lambda s, a, t: s.history.detail(
        a, t.customer.id, s.history.page(t.actor, t.customer.id).events[0]
    ),
    "statement": lambda s, a, t: s.ledger.statement(a, t.customer.id, None, DAY),
    "statement on paper": lambda s, a, t: s.ledger.save_statement(
        a, t.customer.id, None, DAY, PaperSize.A4, Path("never-written.pdf")
    ),
    "preview": lambda s, a, t: s.papers.preview(a, "B1", PaperSize.A4),
    "print": lambda s, a, t: s.papers.print(a, "B1", Output(paper=PaperSize.A4)),
    "run a job": lambda s, a, t: s.papers.run(a, t.with_job(s)),
    "cancel a job": lambda s, a, t: s.papers.cancel(a, t.with_job(s)),
    "change a service": lambda s, a, t: s.businesses.save_service(
        a, SaveService(id=t.service, name="X", minutes=30)
    ),
    "change a bench": lambda s, a, t: s.businesses.save_resource(
        a, SaveResource(id=t.bench, kind=ResourceKind.BENCH, name="X")
    ),
    "archive a service": lambda s, a, t: s.businesses.archive(a, "service", t.service),
    "archive a bench": lambda s, a, t: s.businesses.archive(a, "resource", t.bench),
    "hours of a bench": lambda s, a, t: s.hours.set_week(a, t.bench, [WeekRow(t.bench, 0, "open", 60, 120)]),
    "days of a bench": lambda s, a, t: s.hours.set_exceptions(a, t.bench, DAY, []),
}


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED.keys())
def test_a_key_of_another_business_is_refused_and_changes_nothing(
    shop: Shop, actor: Actor, call: Call
) -> None:
    theirs = Theirs(shop)
    before = _state(shop, theirs)
    with pytest.raises(DomainError):
        call(shop, actor, theirs)
    assert _state(shop, theirs) == before


def _state(shop: Shop, theirs: Theirs) -> tuple[object, ...]:
    actor, number = theirs.actor, theirs.booking.number
    return (
        shop.customers.card(actor, theirs.customer.id),
        shop.bookings.get(actor, number),
        shop.businesses.catalogue(actor, with_archived=True),
        shop.history.story(actor, theirs.customer.id).counts,
    )


def test_search_and_agenda_show_only_the_own_business(shop: Shop, actor: Actor) -> None:
    theirs = Theirs(shop)
    for text in ("PL1", "1", "B1", "theirs", "alone", "contact", "0851000001", "0001", "35385", "OLD-1"):
        assert shop.search.search(actor, text).hits == (), text
        assert shop.search.search(theirs.actor, text).hits != () or text == "alone", text
    assert shop.bookings.agenda(actor, DAY, DAY).bookings == ()
    assert shop.customers.who_has(actor, a_phone(1)).customer is None
    assert shop.papers.open_jobs(actor) == []


def test_a_name_that_the_other_business_has_often_is_found_nevertheless(shop: Shop, actor: Actor) -> None:
    mine = a_customer(shop, actor, "Asha Kumar")
    other = a_business(shop, name="Next door")
    with shop.store.work(other) as uow:
        from posapp.domain.customers.pl_id import PlId

        for _ in range(250):  # more than the search ranks
            uow.customers.add(PlId(uow.counters.next("PL")), name="Ravi Kumar")
        uow.commit()
    assert [hit.customer_id for hit in shop.search.search(actor, "kumar").hits] == [mine.id]


def test_the_same_number_is_a_customer_of_each_business_with_numbers_of_its_own(
    shop: Shop, actor: Actor
) -> None:
    theirs = Theirs(shop)
    found = shop.customers.find_or_create(actor, FindOrCreate(phone=a_phone(1), name="Mine"))
    assert found.said == "created PL1"
    assert found.customer.id != theirs.customer.id
    assert a_booking(shop, actor, found.customer).number == "B1"
    assert shop.bookings.agenda(actor, DAY, date(2026, 11, 19)).bookings[0].customer_id == found.customer.id
