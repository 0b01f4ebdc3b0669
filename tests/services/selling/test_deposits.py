"""Deposits from the first euro to the last: taken, taken off, given back, whichever way the work goes."""

from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.repairs.tickets import Outcome
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, deposit_line
from posapp.domain.selling.ledger import Standing
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.ticket_commands import HandBack
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.selling.order_commands import Pay, Refund
from posapp.services.shop.businesses import SaveService
from tests.books import check_verified
from tests.factories import a_booking
from tests.repairs import a_device, a_ticket, approved, asked, handed_back, moved
from tests.sales import card, cash, goods, sold


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.shifts.open(actor, 50_000)
    return actor


def deposit(shop: Shop, actor: Actor, number: str, minor: int) -> str:
    """A deposit in cash; the number of its sale."""
    return sold(shop, actor, cart=Cart((deposit_line(number, minor),))).order.number


def standing(shop: Shop, actor: Actor, number: str) -> Standing:
    return shop.ledger.standing(actor, shop.counter.paying(actor, number).customer_id)


def booked(shop: Shop, actor: Actor, minor: int = 8000) -> str:
    service = shop.businesses.save_service(actor, SaveService(name="Screen", minutes=30, price_minor=minor))
    return a_booking(shop, actor, service_id=service.id).number


def refused(shop: Shop, actor: Actor, sale: str) -> str:
    with pytest.raises(DomainError) as error:
        shop.refunds.refund(actor, Refund(number=sale))
    return error.value.code


# -- what could be paid --------------------------------------------------------------------------------------
def test_before_a_price_is_agreed_only_a_deposit_can_be_taken(shop: Shop, till: Actor) -> None:
    number = a_ticket(shop, till).number
    paying = shop.counter.paying(till, number)
    assert (paying.price_minor, paying.owed_minor, paying.deposit_minor) == (None, 0, 0)
    assert paying.may_deposit
    asked(shop, till, number, 10_000)
    assert shop.counter.paying(till, number).deposit_minor == 2000
    assert shop.counter.paying(till, number).owed_minor == 0


def test_the_shop_s_percent_of_what_was_agreed_is_asked_for_less_what_is_held(
    shop: Shop, till: Actor
) -> None:
    number = a_ticket(shop, till).number
    asked(shop, till, number, 9999)
    assert approved(shop, till, number).deposit_minor == 2000
    deposit(shop, till, number, 1500)
    paying = shop.counter.paying(till, number)
    assert (paying.owed_minor, paying.held_minor, paying.left_minor) == (9999, 1500, 8499)
    assert (paying.deposit_minor, paying.deposits) == (500, ("S1",))
    shop.ticket_states.set_settings(till, RepairSettings(deposit_percent=0))
    assert shop.counter.paying(till, number).deposit_minor == 0


def test_what_a_ticket_left_on_account_is_what_it_still_asks_for(shop: Shop, till: Actor) -> None:
    number = a_ticket(shop, till, a_device(price_minor=8000)).number
    sale = sold(shop, till, number, tenders=(cash(3000), Tendered(Tender.ACCOUNT, 5000))).order.number
    paying = shop.counter.paying(till, number)
    assert (paying.owed_minor, paying.due, paying.due_minor) == (0, sale, 5000)
    assert not paying.may_deposit
    shop.orders.pay(till, Pay(number=sale, tenders=(card(5000),)))
    assert shop.counter.paying(till, number).due_minor == 0


# -- a booking that becomes a ticket -----------------------------------------------------------------------
def test_the_deposit_of_a_booking_is_taken_off_by_its_sale(shop: Shop, till: Actor) -> None:
    number = booked(shop, till)
    assert shop.counter.paying(till, number).deposit_minor == 1600
    deposit(shop, till, number, 2000)
    made = sold(shop, till, number, tenders=(card(6000),)).order
    assert [(one.tender, one.reference) for one in made.payments] == [
        (Tender.DEPOSIT, number),
        (Tender.CARD, ""),
    ]
    assert standing(shop, till, number).balance_minor == 0


def test_the_deposit_of_a_booking_is_taken_off_by_the_ticket_that_came_of_it(shop: Shop, till: Actor) -> None:
    booking = booked(shop, till)
    deposit(shop, till, booking, 2000)
    ticket = a_ticket(shop, till, a_device(price_minor=5000), booking=booking).number
    deposit(shop, till, ticket, 1000)
    paying = shop.counter.paying(till, booking)
    assert (paying.number, paying.held_minor, paying.left_minor) == (ticket, 3000, 2000)
    assert paying.deposits == ("S2", "S1")
    [own, bookings] = sorted(standing(shop, till, ticket).deposits, key=lambda one: one.ticket)
    assert (own.number, own.ticket, bookings.number, bookings.ticket) == (ticket, "", booking, ticket)
    moved(shop, till, ticket, "ready")
    assert shop.counter.owing(till, ticket).left_minor == 2000
    made = sold(shop, till, ticket, tenders=(card(2000),)).order
    assert [(one.reference, one.amount_minor) for one in made.payments] == [
        (ticket, 1000),
        (booking, 2000),
        ("", 2000),
    ]
    assert standing(shop, till, ticket).balance_minor == 0
    assert [one for one in verify(shop.store) if not one.is_kept] == []


def test_what_two_deposits_come_to_above_the_price_stays_as_credit(shop: Shop, till: Actor) -> None:
    booking = booked(shop, till)
    deposit(shop, till, booking, 2000)
    ticket = a_ticket(shop, till, a_device(price_minor=900), booking=booking).number
    deposit(shop, till, ticket, 1000)
    sold(shop, till, ticket, tenders=())
    left = standing(shop, till, ticket)
    assert (left.credit_minor, left.deposits, left.debt_minor) == (2100, (), 0)
    assert (refused(shop, till, "S1"), refused(shop, till, "S2")) == ("deposit_used", "deposit_used")
    assert [one for one in verify(shop.store) if not one.is_kept] == []


# -- no repair, some of it, and after it --------------------------------------------------------------------
def test_a_deposit_for_work_that_costs_nothing_in_the_end_stays_as_credit(shop: Shop, till: Actor) -> None:
    number = booked(shop, till)
    deposit(shop, till, number, 2000)
    lines = shop.orders.scanned(till, number).lines
    sale = sold(shop, till, cart=Cart(lines, Discount(percent=1_000_000)), tenders=()).order
    left = standing(shop, till, number)
    assert (sale.total_minor, left.credit_minor, left.deposits) == (0, 2000, ())
    check_verified(shop)
    shop.refunds.void(till, sale.number, "not for nothing")
    left = standing(shop, till, number)
    assert (left.credit_minor, left.deposits[0].amount_minor) == (0, 2000)
    check_verified(shop)


def test_a_ticket_that_is_given_up_asks_for_nothing_and_its_deposit_goes_back(
    shop: Shop, till: Actor
) -> None:
    number = a_ticket(shop, till, a_device(price_minor=8000)).number
    sale = deposit(shop, till, number, 5000)
    moved(shop, till, number, "cancelled")
    handed_back(shop, till, number, outcome=Outcome.NOT_REPAIRED)
    paying = shop.counter.paying(till, number)
    assert (paying.owed_minor, paying.held_minor, paying.may_deposit) == (0, 5000, False)
    assert paying.deposits == (sale,)
    back = shop.refunds.refund(till, Refund(number=sale)).order
    assert [(one.tender, one.amount_minor) for one in back.payments] == [(Tender.CASH, -5000)]
    assert standing(shop, till, number).balance_minor == 0
    assert shop.counter.paying(till, number).deposits == ()
    assert refused(shop, till, sale) == "refund_too_much"


def test_a_deposit_that_was_used_in_part_goes_back_as_far_as_it_is_held(shop: Shop, till: Actor) -> None:
    devices = a_device(price_minor=3000), a_device(price_minor=4000)
    number = a_ticket(shop, till, *devices).number
    sale = deposit(shop, till, number, 5000)
    moved(shop, till, number, "ready")
    made = shop.counter.owing(till, number)
    assert (made.owed_minor, made.left_minor) == (3000, 0)
    sold(shop, till, cart=Cart(made.lines), tenders=())
    moved(shop, till, number, "cancelled", position=2)
    assert standing(shop, till, number).deposits[0].amount_minor == 2000
    back = shop.refunds.refund(till, Refund(number=sale)).order
    assert back.total_minor == -2000
    assert standing(shop, till, number).balance_minor == 0
    assert refused(shop, till, sale) == "deposit_used"
    assert [one for one in verify(shop.store) if not one.is_kept] == []


def test_after_the_hand_back_a_refund_gives_what_the_deposit_paid_too_and_asks_for_nothing_anew(
    shop: Shop, till: Actor
) -> None:
    number = a_ticket(shop, till, a_device(price_minor=8000)).number
    deposit(shop, till, number, 5000)
    moved(shop, till, number, "ready")
    sale = sold(shop, till, number, tenders=(card(3000),)).order.number
    shop.counter.hand_back(till, HandBack(number=number, outcome=Outcome.REPAIRED, to="Marta"))
    back = shop.refunds.refund(till, Refund(number=sale, reason="came back")).order
    assert [(one.tender, one.amount_minor) for one in back.payments] == [(Tender.CASH, -8000)]
    paying = shop.counter.paying(till, number)
    assert (paying.owed_minor, paying.held_minor, paying.due_minor) == (0, 0, 0)
    assert standing(shop, till, number).balance_minor == 0
    assert [one for one in verify(shop.store) if not one.is_kept] == []


def test_a_sale_that_is_void_binds_its_deposit_again(shop: Shop, till: Actor) -> None:
    number = a_ticket(shop, till, a_device(price_minor=3000)).number
    deposit(shop, till, number, 5000)
    sale = sold(shop, till, number, tenders=()).order.number
    assert standing(shop, till, number).credit_minor == 2000
    shop.refunds.void(till, sale, "wrong ticket")
    left = standing(shop, till, number)
    assert (left.credit_minor, left.deposits[0].amount_minor) == (0, 5000)
    assert [one for one in verify(shop.store) if not one.is_kept] == []


# -- papers ------------------------------------------------------------------------------------------------
def test_each_payment_of_a_debt_has_its_receipt_in_the_queue(shop: Shop, till: Actor, tmp_path: Path) -> None:
    customer = a_ticket(shop, till).customer_id
    account = (Tendered(Tender.ACCOUNT, 5000),)
    sold(shop, till, goods(shop, till, 5000).sku, customer_id=customer, tenders=account)
    output = Output(paper=PaperSize.ROLL_80, printer="nowhere")
    paid = shop.orders.pay(till, Pay(customer_id=customer, tenders=(card(2000), cash(3000)), output=output))
    assert len(paid.job_ids) == 2
    waiting = {job.id: job.number for job in shop.papers.open_jobs(till)}
    assert [waiting[one] for one in paid.job_ids] == [one.number for one in paid.payments]
    without = shop.orders
    sold(
        shop, till, goods(shop, till, 100).sku, customer_id=customer, tenders=(Tendered(Tender.ACCOUNT, 100),)
    )
    assert without.pay(till, Pay(customer_id=customer, tenders=(cash(100),))).job_ids == ()
