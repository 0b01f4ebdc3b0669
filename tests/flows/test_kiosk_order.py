"""What a customer ordered at the kiosk is rung up and paid at the till like a sale that was parked."""

from posapp.domain.base.actor import Actor
from posapp.services.counter.own_views import Order
from posapp.services.desks import Shop
from tests.factories import a_customer
from tests.flows.clerk import Clerk
from tests.flows.conftest import GLASS
from tests.kiosk import signed_in


def test_an_order_of_the_kiosk_is_recalled_and_paid_with_keys(
    behind: Shop, seller: Actor, till: Clerk
) -> None:
    customer = a_customer(behind, seller, "Marta Kowalczyk")
    behind.own.order(signed_in(behind, seller, customer), Order(sku=GLASS, quantity=2))
    till.press("F2")
    till.on("desk")
    till.type("Marta")
    till.press("Return", "alt+M")
    till.on("sell")
    assert till.page("sell").steps.sale.held == "H1"
    till.press("F9", "F9")
    order = behind.orders.latest(seller, 1)[0]
    assert (order.source, order.customer_id, order.total_minor) == ("kiosk", customer.id, 2980)
    assert behind.orders.held(seller) == []
