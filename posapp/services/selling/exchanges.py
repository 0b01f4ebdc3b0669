"""The exchange desk: a refund and a new sale in one step, all of it or nothing.

What comes back pays what goes out as far as both reach: through the credit of a customer, through the drawer
for a walk-in, who has none. What gift cards paid goes back to them and pays nothing here.
"""

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.selling.amounts import rounded_cash
from posapp.domain.selling.orders import NOTE_LIMIT, Order
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.customers.customers import require_customer
from posapp.services.selling.completing import complete
from posapp.services.selling.deposit_money import paid_for
from posapp.services.selling.finding import require_order
from posapp.services.selling.kinds.lines import Given
from posapp.services.selling.order_commands import (
    Back,
    Exchange,
    Exchanged,
    ExchangePlan,
    RefundPlan,
    Sell,
    Sold,
)
from posapp.services.selling.order_papers import queue_receipt
from posapp.services.selling.pricing import pricing_of
from posapp.services.selling.records import open_book
from posapp.services.selling.refunding import check_way, given_back, plan_of
from posapp.services.selling.refunds import check_drawer, held_order, write_refund
from posapp.services.selling.tendering import deposits_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)


class ExchangeDesk:
    """Takes goods back and gives others out for them."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def plan(self, actor: Actor, command: Exchange) -> ExchangePlan:
        """What an exchange would do; nothing changes."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            order = require_order(uow, command.refund.number)
            given = given_back(uow, order, command.refund)
            return _weighed(uow, order, command, given, is_asked=True).plan

    def exchange(self, actor: Actor, command: Exchange) -> Exchanged:
        """Give back and sell: two orders with their payments, in one transaction."""
        actor.require(Permission.REFUND, of=command)
        actor.require(Permission.ORDER_WRITE)
        reason = clean_text(command.refund.reason, NOTE_LIMIT, "reason")
        with self._store.work(actor) as uow:
            order = held_order(uow, command.refund.number, command.sale)
            given = given_back(uow, order, command.refund)
            weighed = _weighed(uow, order, command, given)
            plan, book = weighed.plan, open_book(uow)
            check_drawer(book, plan.refund, plan.paid_minor if weighed.by is Tender.CASH else 0)
            key, codes = write_refund(book, plan.refund, given, reason)
            book.close()
            back = _made(uow, key)
            own = (Tendered(weighed.by, weighed.laid_minor),) if weighed.laid_minor else ()
            sale = replace(weighed.sale, tenders=(*own, *weighed.sale.tenders))
            customer = require_customer(uow, sale.customer_id) if sale.customer_id is not None else None
            key, sold_codes = complete(uow, sale, customer, None)
            sold = _made(uow, key)
            jobs = (
                queue_receipt(uow, back, command.refund.output),
                queue_receipt(uow, sold, sale.output),
            )
            uow.commit()
        log.info("exchanged %s for %s", back.number, sold.number)
        return Exchanged(
            Sold(back, job_id=jobs[0], codes=codes), Sold(sold, job_id=jobs[1], codes=sold_codes)
        )


# -- inside a transaction ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Weighed:
    """The plan, by what the one pays the other, and the sale with its customer.

    `laid_minor` lies on the table for the sale: what the one pays, or the coins that rounding takes off.
    """

    plan: ExchangePlan
    by: Tender
    sale: Sell
    laid_minor: int


def _weighed(
    uow: "UnitOfWork", order: Order, command: Exchange, given: list[Given], *, is_asked: bool = False
) -> _Weighed:
    sale = _sale_of(order, command.sale)
    by = Tender.CREDIT if order.customer_id is not None else Tender.CASH
    step = uow.businesses.get().cash_rounding_minor if by is Tender.CASH else 0
    check_way(order, command.refund.to, given)
    whole = plan_of(uow, order, replace(command.refund, to=by), given, is_asked=is_asked)
    refund = whole
    asked = _asked(uow, sale)
    due = rounded_cash(asked, step)
    if command.refund.to is not by:
        by_tender = paid_for(uow, order.id).items()
        money = max(sum(minor for one, minor in by_tender if one.rules.returns_as_money), 0)
        refund = _parted(uow, whole, by, due, command.refund.to, money)
    paid = min(rounded_cash(_by(refund, by), step), due)
    laid = paid if due else asked
    return _Weighed(ExchangePlan(refund, paid, asked - paid if due > paid else 0), by, sale, laid)


def _sale_of(order: Order, sale: Sell) -> Sell:
    """The new sale is of the same customer, if the old one has one."""
    if sale.who is not None or sale.held:
        raise DomainError("exchange_invalid", "An exchange is a sale of its own.", field="line")
    if order.customer_id is None:
        return sale
    if sale.customer_id not in (None, order.customer_id):
        raise DomainError(
            "customer_differs",
            f"{order.number} belongs to {order.pl_id}, not to this customer.",
            field="line",
        )
    return replace(sale, customer_id=order.customer_id)


def _asked(uow: "UnitOfWork", command: Sell) -> int:
    """What the new sale asks for once its deposits are off."""
    if not command.cart.lines:
        raise DomainError("cart_empty", "Add an item first.", field="line")
    customer = require_customer(uow, command.customer_id) if command.customer_id is not None else None
    sums = command.cart.sums(pricing_of(uow, customer).rules)
    return sums.total_minor - sum(deposits_of(uow, command.cart, sums).values())


def _by(plan: RefundPlan, tender: Tender) -> int:
    return sum(one.amount_minor for one in plan.back if one.tender is tender)


def _parted(uow: "UnitOfWork", whole: RefundPlan, by: Tender, due: int, to: Tender, money: int) -> RefundPlan:
    """What the sale does not need goes where it is asked for, as far as money paid for it."""
    has = _by(whole, by)
    rest = min(has - min(has, due), money)
    parts = {one.tender: one.amount_minor for one in whole.back}
    parts[by] = has - rest
    parts[to] = parts.get(to, 0) + rest
    cash = parts.get(Tender.CASH, 0)
    rounding = rounded_cash(cash, uow.businesses.get().cash_rounding_minor) - cash
    back = tuple(Back(tender, minor) for tender, minor in parts.items() if minor)
    return replace(whole, back=back, rounding_minor=rounding)


def _made(uow: "UnitOfWork", key: int) -> Order:
    made = uow.orders.get(key)
    assert made is not None
    return made
