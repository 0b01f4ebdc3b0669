"""Debts by their age, and what the shop owes, as they stood at the end of a day."""

from datetime import date, timedelta

from posapp.domain.base.actor import Actor
from posapp.domain.figures.periods import Period
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Pay, Refund, RefundLine
from tests.factories import DAY, a_customer, the_clock
from tests.sales import a_cart, a_sale, card, goods, sold


def _at(day: date) -> Period:
    return Period(date(2020, 1, 1), day)


def _on_account(shop: Shop, actor: Actor, price: int, who: int) -> str:
    cart = a_cart(shop, actor, *(goods(shop, actor, price).sku,) * 2, customer_id=who)
    account = (Tendered(Tender.ACCOUNT, 2 * price),)
    return sold(shop, actor, cart=cart, customer_id=who, tenders=account).order.number


def test_a_debt_grows_older_by_its_sale_and_payments_settle_the_oldest(shop: Shop, actor: Actor) -> None:
    who = a_customer(shop, actor, "=1+1")
    shop.shifts.open(actor, 10_000)
    first = _on_account(shop, actor, 1000, who.id)
    the_clock(shop).advance(timedelta(days=31))
    second = _on_account(shop, actor, 300, who.id)
    the_clock(shop).advance(timedelta(days=60))
    later = DAY + timedelta(days=91)
    [row] = shop.reports.read(actor, "debts", _at(later)).rows
    assert row.cells == (str(who.pl_id), "=1+1", "", None, 0, 600, 0, 2000, 2600)
    assert shop.ledger.standing(actor, who.id).aged(later) == row.cells[4:-1]
    shop.orders.pay(actor, Pay(customer_id=who.id, tenders=(card(500),)))
    shop.refunds.refund(actor, Refund(number=first, lines=(RefundLine(position=1, quantity=1),)))
    rows = shop.reports.read(actor, "debts", _at(later), by="sale").rows
    assert [(row.id, row.cells[3], *row.cells[4:]) for row in rows] == [
        (first, DAY, 0, 0, 0, 500, 500),
        (second, DAY + timedelta(days=31), 0, 600, 0, 0, 600),
    ]
    assert shop.ledger.standing(actor, who.id).aged(later) == (0, 600, 0, 500)
    behind = shop.reports.behind(actor, "debts", _at(later), str(who.pl_id))
    assert [(one.number, one.amount) for one in behind] == [(first, 500), (second, 600)]
    # As it stood a month before, whatever was paid since.
    [before] = shop.reports.read(actor, "debts", _at(DAY + timedelta(days=30))).rows
    assert before.cells[4:] == (2000, 0, 0, 0, 2000)


def test_a_refund_of_last_year_s_sale_counts_on_its_own_day_and_names_the_sale(
    shop: Shop, actor: Actor
) -> None:
    sale = a_sale(shop, actor, price_minor=5000)
    the_clock(shop).advance(timedelta(days=60))
    back = shop.refunds.refund(actor, Refund(number=sale.number, reason="faulty")).order
    year = Period(date(2027, 1, 1), date(2027, 12, 31))
    told = shop.reports.read(actor, "refunds", year, by="document")
    [row] = told.rows
    assert (row.id, row.cells[3], row.cells[4], row.cells[5]) == (back.number, "faulty", sale.number, DAY)
    assert row.cells[-2:] == (1, 5000)
    [by_reason] = shop.reports.read(actor, "refunds", year).rows
    assert (by_reason.id, by_reason.cells[-1]) == ("faulty", 5000)
    [revenue] = shop.reports.read(actor, "revenue", year, by="month").rows
    assert revenue.cells[3] == -5000


def test_work_and_goods_without_a_cost_are_told_apart(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    known, unknown = goods(shop, actor, 1000), goods(shop, actor, 400, entered_cost_minor=None)
    sold(shop, actor, known.sku, unknown.sku, "5.00 screen glued")
    told = shop.reports.read(actor, "profit", Period(DAY, DAY), by="line")
    assert [(row.id, *row.cells[2:]) for row in told.rows] == [
        ("S1/1", 1000, 500, 500, 0),
        ("S1/2", 400, 0, 400, 400),
        ("S1/3", 500, 0, 500, 500),
    ]
    assert told.foot[2:] == (1900, 500, 1400, 900)
