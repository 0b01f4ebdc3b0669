"""A customer at the kiosk sees and does their own things, and whatever they name of others is not there."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.catalogue.items import ItemKind
from posapp.domain.papers.documents import PaperSize
from posapp.domain.people.roles import OWN
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.steps import Step
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.items import SaveItem
from posapp.services.counter.own_views import AskBooking, Order, OwnKind
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import DeclineEstimate
from posapp.services.repairs.tickets import CardFilter
from posapp.services.selling.order_commands import Hold, Sell
from posapp.services.shop.businesses import SaveService
from tests.factories import DAY, a_booking, a_customer, at, the_clock
from tests.kiosk import a_kiosk, signed_in
from tests.repairs import a_device, a_ticket, approved, asked, moved
from tests.sales import a_cart, a_sale, busy_till, cash, goods
from tests.several_tills import at_once


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_one_s_own_page_tells_of_devices_money_and_bookings_and_of_nobody_else(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor, "Marta Kowalczyk", note="pays late")
    own = signed_in(shop, actor, marta)
    shop.shifts.open(actor, 10_000)
    ready = a_ticket(shop, actor, a_device(model="Buds 2", price_minor=2400), customer_id=marta.id).number
    moved(shop, actor, ready, "in_repair", "ready")
    work = a_ticket(shop, actor, a_device(fault="Page keys"), customer_id=marta.id).number
    asked(shop, actor, work, 4000)
    moved(shop, actor, work, "waiting_parts")
    booking = a_booking(shop, actor, marta, starts=at(14, 30))
    a_booking(shop, actor, starts=at(15))
    a_ticket(shop, actor)
    me = shop.own.me(own)
    assert (me.pl_id, me.first_name, me.phones) == (
        marta.pl_id,
        "Marta",
        (marta.phones[0].number.shown("IE"),),
    )
    assert me.to_pay_minor == 2400 and me.credit_minor == 0
    assert [(one.number, one.progress.step, one.price_minor) for one in me.devices] == [
        (ready, Step.READY, 2400),
        (work, Step.IN_REPAIR, 4000),
    ]
    assert me.devices[1].progress.said == "Waiting for parts" and not me.devices[1].is_agreed
    assert me.next_booking is not None and me.next_booking.number == booking.number
    assert len(me.bookings) == 1 and not me.next_booking.is_near
    assert "pays late" not in repr(me)


def test_a_device_is_told_with_what_the_newest_estimate_asks_for_it(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    own = signed_in(shop, actor, marta)
    number = a_ticket(shop, actor, a_device(), a_device(), customer_id=marta.id).number
    asked(shop, actor, number, 1000)
    asked(shop, actor, number, 2740, position=2)  # the newest alone counts
    cards = shop.tickets.cards(actor, CardFilter(is_here=True))
    assert sorted((one.position, one.estimated_minor) for one in cards) == [(1, None), (2, 2740)]
    board = shop.tickets.board(actor)
    assert {one.estimated_minor for column in board.columns.values() for one in column} == {None, 2740}
    assert {one.price_minor for one in shop.own.me(own).devices} == {None, 2740}
    decline = DeclineEstimate(number=number, by="Marta", how=ContactHow.PHONE, then="")
    shop.estimates.decline(actor, decline)
    assert {one.estimated_minor for one in shop.tickets.cards(actor, CardFilter())} == {None}
    assert {one.price_minor for one in shop.own.me(own).devices} == {None}
    asked(shop, actor, number, 500, 600)
    approved(shop, actor, number)
    [first] = [one for one in shop.tickets.cards(actor, CardFilter()) if one.position == 1]
    assert (first.price_minor, first.estimated_minor, first.about_minor) == (1100, None, 1100)


def test_debts_and_deposits_count_in_what_is_to_pay(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    item = goods(shop, actor, 1000)
    shop.customers.edit(actor, EditCustomer(customer_id=marta.id))
    shop.shifts.open(actor, 10_000)
    cart = a_cart(shop, actor, item.sku, customer_id=marta.id)
    shop.orders.sell(actor, Sell(cart=cart, tenders=(Tendered(Tender.ACCOUNT, 1000),), customer_id=marta.id))
    me = shop.own.me(signed_in(shop, actor, marta))
    assert me.to_pay_minor == 1000 == shop.customers.card(actor, marta.id).facts.balance_minor


def test_history_is_told_in_words_for_customers_page_by_page(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    own = signed_in(shop, actor, marta)
    shop.shifts.open(actor, 10_000)
    busy_till(shop, actor, marta.id)
    number = a_ticket(shop, actor, customer_id=marta.id).number
    asked(shop, actor, number, 500)
    approved(shop, actor, number)
    story = shop.own.history(own)
    assert {one.kind for one in story.events} == set(OwnKind)
    theirs = shop.history.page(actor, marta.id)
    assert {one.number for one in story.events} <= {one.number for one in theirs.events}
    assert all(one.said or one.kind is OwnKind.PAYMENT for one in story.events)
    marks = set()
    page = story
    while page.next_mark is not None:
        marks.add(page.next_mark)
        page = shop.own.history(own, page.next_mark)
    assert len(marks) == (page.next_mark is None) * len(marks)


def test_a_booking_of_one_s_own_keeps_hours_and_capacity(shop: Shop, actor: Actor) -> None:
    own = signed_in(shop, actor, a_customer(shop, actor))
    service = shop.own.services(own)[0]
    day = shop.own.free_times(own, service.id)[0]
    assert day.day == DAY and day.times[0] == at(9)
    made = shop.own.book(own, AskBooking(starts=at(10), service_id=service.id, note="Screen"))
    kept = shop.bookings.get(actor, made.number)
    assert (kept.customer_id, kept.source, kept.status) == (own.customer_id, "kiosk", BookingStatus.BOOKED)
    assert kept.note == "Screen" and kept.stamps.created_by == own.user
    again = [
        (at(10), service.id, "taken"),
        (at(22), service.id, "closed"),
        (at(9, day=DAY - timedelta(days=1)), service.id, "past"),
        (at(11, day=DAY + timedelta(days=90)), service.id, "too_far_ahead"),
        (at(11), 999, "service_unknown"),
    ]
    for starts, service_id, code in again:
        wanted = AskBooking(starts=starts, service_id=service_id)
        assert code_of(partial(shop.own.book, own, wanted)) == code
    for hour in (11, 12):
        shop.own.book(own, AskBooking(starts=at(hour), service_id=service.id))
    wanted = AskBooking(starts=at(13), service_id=service.id)
    assert code_of(lambda: shop.own.book(own, wanted)) == "bookings_many"


def test_check_in_is_for_one_s_own_booking_when_it_is_near_and_else_for_the_queue(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor)
    own = signed_in(shop, actor, marta)
    booking = a_booking(shop, actor, marta, starts=at(14))
    assert code_of(lambda: shop.own.check_in(own, booking.number)) == "not_yet"
    the_clock(shop).advance(timedelta(hours=5, minutes=20))
    for _ in range(2):
        shop.own.check_in(own, booking.number)
    assert shop.bookings.get(actor, booking.number).status is BookingStatus.ARRIVED
    for _ in range(2):
        assert shop.own.check_in(own).is_waiting
    assert [one.walk_in.customer_id for one in shop.counter.day(actor).queue] == [marta.id]


def test_an_order_is_put_together_alone_and_paid_at_the_counter(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    own = signed_in(shop, actor, marta)
    case, cable = goods(shop, actor, 1250), goods(shop, actor, 800, name="Cable")
    assert {one.sku for one in shop.own.offered(own)} >= {case.sku, cable.sku}
    shop.own.order(own, Order(item_id=case.id, quantity=2))
    order = shop.own.order(own, Order(sku=cable.sku))
    assert order.reference == "H1" and order.total_minor == 3300
    assert shop.own.orders(own) == [order] == list(shop.own.me(own).orders)
    [held] = shop.orders.held(actor)
    assert held.is_from_kiosk and held.customer_id == marta.id
    assert shop.counter.at_counter(actor, marta.id).orders == (held,)
    left = shop.own.cancel_line(own, "H1", 0)
    assert left is not None and [one.text for one in left.lines] == ["Cable"]
    shop.shifts.open(actor, 10_000)
    recalled = shop.orders.recall(actor, "H1")
    assert code_of(lambda: shop.own.order(own, Order(sku=case.sku))) == "order_in_hand"
    assert code_of(lambda: shop.own.cancel_line(own, "H1", 0)) == "order_in_hand"
    sold = shop.orders.sell(actor, Sell(cart=recalled.cart, tenders=(cash(800),), held="H1")).order
    assert (sold.customer_id, sold.source, sold.total_minor) == (marta.id, "kiosk", 800)
    assert shop.own.orders(own) == []


def test_the_last_line_that_is_taken_off_ends_the_order(shop: Shop, actor: Actor) -> None:
    own = signed_in(shop, actor, a_customer(shop, actor))
    shop.own.order(own, Order(item_id=goods(shop, actor).id))
    assert code_of(lambda: shop.own.cancel_line(own, "H1", 5)) == "line_unknown"
    assert shop.own.cancel_line(own, "h1", 0) is None
    assert shop.own.orders(own) == [] and shop.orders.held(actor) == []


def test_parts_what_is_gone_and_what_has_no_price_cannot_be_ordered(shop: Shop, actor: Actor) -> None:
    own = signed_in(shop, actor, a_customer(shop, actor))
    hidden = [
        goods(shop, actor, kind=ItemKind.PART),
        goods(shop, actor, 0, entered_cost_minor=0),
        goods(shop, actor, opening=0),
        goods(shop, actor),
    ]
    gone = hidden[-1]
    kept = SaveItem(
        id=gone.id, sku=gone.sku, name=gone.name, kind=gone.kind, price_minor=1250, is_archived=True
    )
    shop.items.save(actor, kept)
    assert not {one.sku for one in shop.own.offered(own)} & {one.sku for one in hidden}
    for one in hidden:
        for wanted in (Order(item_id=one.id), Order(sku=one.sku)):
            assert code_of(partial(shop.own.order, own, wanted)) == "item_unknown"
    few = goods(shop, actor, opening=2)
    for quantity, code in ((0, "quantity_invalid"), (21, "quantity_invalid"), (3, "item_short")):
        wanted = Order(item_id=few.id, quantity=quantity)
        assert code_of(partial(shop.own.order, own, wanted)) == code
    for text in ("T1", "B1", "giftcard", "12.50 strap", "-5", ""):
        assert code_of(partial(shop.own.order, own, Order(sku=text))) == "item_unknown"
    assert shop.orders.held(actor) == []


def test_an_order_that_a_clerk_holds_is_not_added_to(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    own = signed_in(shop, actor, marta)
    item = goods(shop, actor)
    shop.orders.hold(actor, Hold(cart=a_cart(shop, actor, item.sku), customer_id=marta.id))
    assert shop.own.order(own, Order(item_id=item.id)).reference == "H2"
    assert code_of(lambda: shop.own.cancel_line(own, "H1", 0)) == "order_unknown"


def test_whatever_somebody_names_of_others_is_not_there(shop: Shop, actor: Actor) -> None:
    other = a_customer(shop, actor, "Somebody Else")
    own = signed_in(shop, actor, a_customer(shop, actor))
    booking = a_booking(shop, actor, other, starts=at(9))
    ticket = a_ticket(shop, actor, customer_id=other.id)
    number = a_sale(shop, actor, customer_id=other.id).number
    theirs = signed_in(shop, actor, other)
    shop.own.order(theirs, Order(item_id=goods(shop, actor).id))
    the_clock(shop).advance(timedelta(minutes=45))
    for text in (booking.number, "B999", ticket.number, number, str(other.pl_id)):
        assert code_of(partial(shop.own.check_in, own, text)) == "booking_unknown"
    assert code_of(lambda: shop.own.cancel_line(own, "H1", 0)) == "order_unknown"
    mark = shop.history.page(actor, other.id).events[0].mark
    assert shop.own.history(own, mark).events == ()
    desks: list[Callable[[], object]] = [
        lambda: shop.customers.card(own, other.id),
        lambda: shop.customers.resolve(own, str(other.pl_id)),
        lambda: shop.search.search(own, "Somebody"),
        lambda: shop.tickets.get(own, ticket.number),
        lambda: shop.tickets.whole(own, ticket.number),
        lambda: shop.orders.get(own, number),
        lambda: shop.orders.held(own),
        lambda: shop.orders.scanned(own, number),
        lambda: shop.bookings.get(own, booking.number),
        lambda: shop.papers.preview(own, number, PaperSize.A4),
        lambda: shop.photos.jpeg(own, 1),
        lambda: shop.history.page(own, other.id),
        lambda: shop.counter.at_counter(own, other.id),
        lambda: shop.kiosk.give_code(own, other.id),
        lambda: shop.counter.day(own).arrivals,
        lambda: shop.ledger.standing(own, other.id),
    ]
    for call in desks:
        assert code_of(call) == "not_allowed"


def test_who_is_no_customer_has_no_page(shop: Shop, actor: Actor) -> None:
    service = shop.businesses.catalogue(actor).services[0].id
    nobody = Actor(actor.business, "Kiosk", permissions=OWN)
    for one in (actor, nobody):
        calls: list[Callable[[Actor], object]] = [
            shop.own.me,
            shop.own.history,
            shop.own.services,
            shop.own.offered,
            shop.own.orders,
            shop.own.check_in,
            lambda who: shop.own.free_times(who, service),
            lambda who: shop.own.book(who, AskBooking(starts=at(10), service_id=service)),
            lambda who: shop.own.order(who, Order(item_id=1)),
            lambda who: shop.own.cancel_line(who, "H1", 0),
        ]
        for call in calls:
            assert code_of(partial(call, one)) == "not_a_customer"
    kiosk = a_kiosk(actor)
    assert not any(kiosk.may(one) for one in Permission if one is not Permission.KIOSK_SIGN_IN)


def test_a_customer_who_is_taxed_or_priced_otherwise_sees_that_price(shop: Shop, actor: Actor) -> None:
    shop.businesses.save_service(actor, SaveService(name="Check", minutes=20, price_minor=2500))
    own = signed_in(shop, actor, a_customer(shop, actor))
    assert ("Check", 20, 2500) in [(one.name, one.minutes, one.price_minor) for one in shop.own.services(own)]


# -- many at once ----------------------------------------------------------------------------------------
def orders_one(shop: Shop, actor: Actor) -> str:
    own = Actor(actor.business, actor.till, "PL1", permissions=OWN, customer_id=1)
    return shop.own.order(own, Order(item_id=1)).reference


def test_two_kiosks_at_once_put_one_order_together(place: str, shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor)
    assert goods(shop, actor, 500).id == 1
    assert set(at_once(place, [orders_one] * 4, clock=shop.store.clock)) == {"H1"}
    [held] = shop.orders.held(actor)
    assert sum(line.quantity for line in held.cart.lines) == 4
