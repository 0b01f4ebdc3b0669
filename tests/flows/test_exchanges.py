"""An exchange: the receipt is scanned, a line chosen, other goods scanned, and one difference paid."""

from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender
from posapp.services.desks import Shop
from tests.factories import a_customer
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import CABLE, GLASS
from tests.sales import card, sold
from tests.ui.wedge import Wedge

pytestmark = pytest.mark.timeout(60)


def _exchange(clerk: Clerk, number: str, *codes: str) -> None:
    """Scan the receipt, take its first line back, scan what goes out."""
    wedge = Wedge(clerk.window)
    page = clerk.page("sell")
    wedge.rest()
    wedge.scan(number)
    clerk.quiet()
    until(page.is_giving_back)
    clerk.press("Space")
    until(page.refund.exchange.isEnabled)
    clerk.press("alt+X")
    until(page.is_selling)
    for code in codes:
        wedge.rest()
        wedge.scan(code)
        clerk.quiet()


def _done(clerk: Clerk) -> Any:
    page = clerk.page("sell")
    until(page.is_done, "the exchange was never done")
    return page.after.outcome


def _last(shop: Shop, actor: Actor) -> tuple[Order, Order]:
    sale, back = shop.orders.latest(actor, 2)
    return back, sale


def test_the_difference_is_paid_in_one_step(till: Clerk, behind: Shop, seller: Actor) -> None:
    sold(behind, seller, CABLE)
    _exchange(till, "S1", GLASS)
    pay = till.page("sell").sale.pay
    assert (pay.to_pay.text(), pay.complete.text()) == ("€2.40", "Complete exchange")
    till.press("alt+P")
    assert till.said()[0] == "Complete the exchange first, or leave it."
    till.press("F9", "alt+2", "F9")
    assert (_done(till).title, _done(till).others[0][0]) == ("Exchange done", "S2")
    back, sale = _last(behind, seller)
    assert (back.total_minor, back.note, sale.total_minor, sale.number) == (-1250, "Exchange", 1490, "S3")
    assert {one.tender: one.amount_minor for one in sale.payments} == {Tender.CASH: 1250, Tender.CARD: 240}
    page = till.page("sell")
    page.done.papers[0].click()
    till.quiet()
    assert page.after._presenter.number == "S2"
    till.press("Return")
    assert page.steps.sale.coming is None


def test_what_is_left_goes_back_as_it_was_paid(till: Clerk, behind: Shop, seller: Actor) -> None:
    customer = a_customer(behind, seller, "Marta Kowalczyk")
    sold(behind, seller, GLASS, customer_id=customer.id, tenders=(card(1490),))
    _exchange(till, "S1", CABLE)
    until(lambda: till.window.counter is not None)
    pay = till.page("sell").sale.pay
    assert (pay._title.text(), pay.to_pay.text()) == ("To give back: Card", "€2.40")
    till.press("F9", "F9")
    _done(till)
    back, sale = _last(behind, seller)
    assert {one.tender: one.amount_minor for one in back.payments} == {
        Tender.CREDIT: -1250,
        Tender.CARD: -240,
    }
    assert (sale.customer_id, sale.owed_minor) == (customer.id, 0)


def test_an_exchange_is_left_and_nothing_comes_back(till: Clerk, behind: Shop, seller: Actor) -> None:
    sold(behind, seller, CABLE)
    _exchange(till, "S1", GLASS)
    till.tab_to("Leave the exchange")
    till.press("Return")
    assert till.page("sell").sale.pay.to_pay.text() == "€14.90"
    till.press("F9", "F9")
    assert _done(till).title == "Sale done"
    assert [one.total_minor for one in behind.orders.latest(seller, 9)] == [1490, 1250]
