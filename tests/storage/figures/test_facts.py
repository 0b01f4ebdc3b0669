"""What a customer's card says of money is what orders and ledger say, added up another way."""

from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from tests.factories import a_customer
from tests.old_data.factories import a_past_record
from tests.sales import busy_till


def test_balance_credit_and_spent_are_those_of_the_orders(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 100_000)
    customer = a_customer(shop, actor)
    busy_till(shop, actor, customer.id)
    facts = shop.customers.card(actor, customer.id).facts
    standing = shop.orders.counter(actor, customer.id).standing
    assert standing is not None
    assert (facts.balance_minor, facts.credit_minor) == (standing.balance_minor, standing.all_credit_minor)
    orders = shop.orders.latest(actor, 100, customer_id=customer.id)
    spent = [
        line.amounts.gross_minor
        for order in orders
        for line in order.lines
        if order.status == "completed" and line.kind.is_revenue
    ]
    assert facts.spent_minor == sum(spent) > 0
    assert facts.credit_minor > 0


def test_past_records_that_count_are_part_of_what_a_customer_spent(shop: Shop, actor: Actor) -> None:
    customer, other = a_customer(shop, actor), a_customer(shop, actor)
    a_past_record(shop, actor, customer.id, amount_minor=250)
    a_past_record(shop, actor, customer.id, amount_minor=50)
    a_past_record(shop, actor, customer.id, amount_minor=999, is_counted=False)
    a_past_record(shop, actor, other.id, amount_minor=7)
    spent = [shop.customers.card(actor, one.id).facts.spent_minor for one in (customer, other)]
    assert spent == [300, 7]
