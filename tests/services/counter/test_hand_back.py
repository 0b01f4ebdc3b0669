"""Devices leave once they are paid for: by a sale before, by one with them, on account, or for a reason."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.repairs.tickets import Outcome
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.counter.hand_back import HandedBack
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.ticket_commands import HandBack
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.selling.order_commands import Hold, Sell
from tests.factories import a_customer, the_clock
from tests.repairs import a_device, a_ticket, an_item, approved, asked, moved
from tests.sales import card, cash, sold


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.shifts.open(actor, 10_000)
    return actor


def ready(shop: Shop, actor: Actor, *prices: int | None) -> str:
    """A ticket with a device for each price, all ready."""
    devices = [a_device(price_minor=price) for price in prices]
    number = a_ticket(shop, actor, *devices).number
    for position in range(1, len(prices) + 1):
        moved(shop, actor, number, "ready", position=position)
    return number


def back(shop: Shop, actor: Actor, number: str, sale: Sell | None = None, **values: Any) -> HandedBack:
    unpaid = values.pop("unpaid", "")
    command = HandBack(number=number, **{"outcome": Outcome.REPAIRED, "to": "Marta", **values})
    return shop.counter.hand_back(actor, command, sale, unpaid=unpaid)


def paying(
    shop: Shop, actor: Actor, number: str, *tenders: Tendered, positions: tuple[int, ...] = ()
) -> Sell:
    return Sell(cart=Cart(shop.counter.owing(actor, number, positions).lines), tenders=tenders)


def refused(shop: Shop, actor: Actor, number: str, sale: Sell | None = None, **values: Any) -> DomainError:
    """What refuses a hand-back; nothing left and nothing was sold."""
    before = shop.tickets.get(actor, number), shop.orders.latest(actor, 9)
    with pytest.raises(DomainError) as error:
        back(shop, actor, number, sale, **values)
    assert (shop.tickets.get(actor, number), shop.orders.latest(actor, 9)) == before
    return error.value


def test_what_is_owed_keeps_a_device_here_until_a_sale_settles_it_with_the_hand_back(
    shop: Shop, till: Actor
) -> None:
    number = ready(shop, till, 8000)
    error = refused(shop, till, number)
    assert (error.code, error.field) == ("money_owed", "pay")
    assert error.sentence == "€80.00 is owed for T1. Take it first, or put it on account."
    assert error.facts == {"number": "T1", "owed_minor": 8000, "deposit_minor": 0, "left_minor": 8000}
    short = paying(shop, till, number, card(7000))
    assert refused(shop, till, number, short).code == "not_paid"
    made = back(shop, till, number, paying(shop, till, number, card(5000), cash(4000)))
    assert made.order is not None
    assert (made.order.number, made.order.total_minor, made.order.change_minor) == ("S1", 8000, 1000)
    assert (made.ticket.is_open, made.order.pl_id) == (False, str(made.ticket.pl_id))
    assert shop.ledger.standing(till, made.ticket.customer_id).balance_minor == 0


def test_a_sale_before_is_enough(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    sold(shop, till, number)
    made = back(shop, till, number)
    assert (made.order, made.ticket.is_open) == (None, False)


def test_a_sale_of_something_else_is_not(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    line = CartLine(kind=LineKind.TEXT, text="Strap", unit_minor=8000)
    sale = Sell(cart=Cart((line,)), tenders=(cash(8000),))
    assert refused(shop, till, number, sale).code == "money_owed"


def test_on_account_is_settled_here_and_owed_in_the_ledger(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    made = back(shop, till, number, paying(shop, till, number, Tendered(Tender.ACCOUNT, 8000)))
    assert made.order is not None and made.order.owed_minor == 8000
    assert shop.ledger.standing(till, made.ticket.customer_id).debt_minor == 8000


def test_a_deposit_is_taken_off_by_the_sale_and_what_is_left_is_said(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=number)
    sold(shop, till, cart=Cart((deposit,)))
    owing = shop.counter.owing(till, number)
    assert (owing.owed_minor, owing.deposit_minor, owing.left_minor) == (8000, 5000, 3000)
    assert refused(shop, till, number).facts["left_minor"] == 3000
    made = back(shop, till, number, paying(shop, till, number, card(3000)))
    assert made.order is not None
    assert [one.tender for one in made.order.payments] == [Tender.DEPOSIT, Tender.CARD]


def test_some_of_the_devices_are_paid_for_when_they_leave(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000, 3000)
    both = paying(shop, till, number, cash(8000), positions=(1,))
    assert refused(shop, till, number, both, positions=(1, 2)).facts["owed_minor"] == 3000
    made = back(shop, till, number, both, positions=(1,))
    assert [job.is_here for job in made.ticket.jobs] == [False, True]
    assert refused(shop, till, number).facts["owed_minor"] == 3000
    back(shop, till, number, paying(shop, till, number, cash(3000)))


@pytest.mark.parametrize("outcome", [Outcome.NOT_REPAIRED, Outcome.REFUSED])
def test_what_has_no_price_or_was_given_up_is_free(shop: Shop, till: Actor, outcome: Outcome) -> None:
    free = ready(shop, till, None)
    assert back(shop, till, free, outcome=outcome).order is None
    given_up = a_ticket(shop, till, a_device(price_minor=8000)).number
    moved(shop, till, given_up, "cancelled")
    assert back(shop, till, given_up, outcome=outcome).ticket.jobs[0].price_minor is None
    with pytest.raises(DomainError) as error:
        shop.orders.scanned(till, given_up)
    assert error.value.code == "nothing_owed"


def test_a_reason_lets_a_device_go_unpaid_with_permission_and_a_line_of_history(
    shop: Shop, till: Actor
) -> None:
    number = ready(shop, till, 8000)
    clerk = Actor(till.business, "Till 1", "Ann", frozenset(Permission) - {Permission.HAND_BACK_UNPAID})
    assert refused(shop, till, number, unpaid=" ").code == "money_owed"
    with pytest.raises(DomainError) as error:
        back(shop, clerk, number, unpaid="brings it on Monday")
    assert error.value.code == "not_allowed"
    back(shop, till, number, unpaid="brings it on Monday")
    step = shop.tickets.history(till, number)[-1]
    assert (step.after["unpaid"], step.after["owed_minor"]) == ("brings it on Monday", 8000)
    assert sold(shop, till, number).order.total_minor == 8000  # and it can be paid later


def test_there_is_no_other_way_to_be_collected(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    with pytest.raises(DomainError) as error:
        moved(shop, till, number, "collected")
    assert error.value.code == "hand_back_first"


def test_a_loaner_that_is_out_undoes_the_sale_with_it(shop: Shop, till: Actor) -> None:
    loaner = shop.loaners.save(till, SaveLoaner(name="Loan 1"))
    number = ready(shop, till, 8000)
    shop.loaners.out(till, number, loaner.id)
    sale = paying(shop, till, number, cash(8000))
    assert refused(shop, till, number, sale).code == "loaner_out"
    assert shop.shifts.x(till).drawer.expected_minor == 10_000


def test_the_sale_is_of_the_ticket_s_customer(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    other = replace(paying(shop, till, number, cash(8000)), customer_id=a_customer(shop, till).id)
    assert refused(shop, till, number, other).code == "customer_differs"


def test_reserved_parts_are_used_and_their_cost_stands_on_the_sale(shop: Shop, till: Actor) -> None:
    item = an_item(shop, till, 3, price_minor=100, entered_cost_minor=40)
    number = a_ticket(shop, till).number
    asked(shop, till, number, 8000)
    approved(shop, till, number)
    shop.parts.reserve(till, number, item.id)
    moved(shop, till, number, "ready")
    made = back(shop, till, number, paying(shop, till, number, cash(8000)))
    assert made.order is not None and made.order.lines[0].cost_minor == 40
    assert (shop.items.get(till, item.id).stock, shop.items.get(till, item.id).reserved) == (2, 0)


def test_storage_is_offered_and_never_forced(shop: Shop, till: Actor) -> None:
    shop.ticket_states.set_settings(till, RepairSettings(storage_fee_minor=150, storage_free_days=14))
    number = ready(shop, till, 8000)
    assert shop.orders.scanned(till, number).storage == ()
    the_clock(shop).advance(timedelta(days=16))
    owing = shop.counter.owing(till, number)
    [fee] = owing.storage
    assert (fee.kind, fee.unit_minor, fee.number) == (LineKind.TEXT, 300, number)
    scanned = shop.orders.scanned(till, number)
    assert (scanned.storage, scanned.lines) == ((fee,), owing.lines)
    assert shop.orders.counter(till, owing.customer_id).offers[0].storage == (fee,)
    paid = Sell(cart=Cart((*owing.lines, fee)), tenders=(cash(8300),))
    assert sold(shop, till, cart=paid.cart).order.total_minor == 8300
    assert shop.counter.owing(till, number).storage == ()  # asked for once
    back(shop, till, number)


def test_without_storage_it_leaves_as_well(shop: Shop, till: Actor) -> None:
    shop.ticket_states.set_settings(till, RepairSettings(storage_fee_minor=150, storage_free_days=1))
    number = ready(shop, till, 8000)
    sold(shop, till, number)
    the_clock(shop).advance(timedelta(days=5))
    assert shop.counter.owing(till, number).storage
    assert not back(shop, till, number).ticket.is_open


def test_the_sale_of_a_hand_back_may_have_waited_and_prints_its_receipt(shop: Shop, till: Actor) -> None:
    number = ready(shop, till, 8000)
    sale = paying(shop, till, number, cash(8000))
    held = shop.orders.hold(till, Hold(cart=sale.cart))
    made = back(
        shop, till, number, replace(sale, held=held.reference, output=Output(paper=PaperSize.ROLL_80))
    )
    assert made.order is not None
    assert shop.orders.held(till) == []
    assert [one.number for one in shop.papers.open_jobs(till)] == [made.order.number]
