"""The refund desk: what was sold comes back, or the last sale is void; both are records of their own."""

import logging
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import day_number
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, letter_of, number_text
from posapp.domain.selling.ledger import Account
from posapp.domain.selling.orders import NOTE_LIMIT, Order, OrderLine, OrderStatus
from posapp.domain.selling.payments import Payment, Tender
from posapp.services.bookings.agenda import require_booking
from posapp.services.customers.customers import require_customer
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.card_moves import hold_cards_of
from posapp.services.selling.checking import hold_work
from posapp.services.selling.drawers import drawer_in
from posapp.services.selling.finding import require_order
from posapp.services.selling.kinds.lines import Given, GivenLine
from posapp.services.selling.kinds.table import LINES, TENDERS
from posapp.services.selling.kinds.tenders import Codes
from posapp.services.selling.order_commands import Refund, RefundPlan, Sell, Sold
from posapp.services.selling.order_papers import queue_receipt
from posapp.services.selling.records import (
    Book,
    Counted,
    Money,
    count_order,
    move_money,
    open_book,
)
from posapp.services.selling.refunding import given_back, plan_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)


class RefundDesk:
    """Gives back and takes sales back."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def plan(self, actor: Actor, command: Refund) -> RefundPlan:
        """What a refund would do; nothing changes."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            order = require_order(uow, command.number)
            return plan_of(uow, order, command, given_back(uow, order, command), is_asked=True)

    def refund(self, actor: Actor, command: Refund) -> Sold:
        """Give back lines, pieces or an amount: an order of its own with the money that goes out."""
        actor.require(Permission.REFUND, of=command)
        reason = clean_text(command.reason, NOTE_LIMIT, "reason")
        with self._store.work(actor) as uow:
            order = held_order(uow, command.number)
            given = given_back(uow, order, command)
            book = open_book(uow)
            plan = plan_of(uow, order, command, given)
            check_drawer(book, plan)
            key, codes = write_refund(book, plan, given, reason)
            book.close()
            made = uow.orders.get(key)
            assert made is not None
            job_id = queue_receipt(uow, made, command.output)
            uow.commit()
        log.info("refunded %s of %s", made.number, order.number)
        return Sold(made, job_id=job_id, codes=codes)

    def void(self, actor: Actor, number: str, reason: str) -> Order:
        """Take back the till's last sale of its open shift as if it had not been; its number stays."""
        actor.require(Permission.ORDER_VOID, number=number)
        reason = clean_text(reason, NOTE_LIMIT, "reason")
        if not reason:
            raise DomainError("reason_missing", "Say why.", field="reason")
        with self._store.work(actor) as uow:
            order = held_order(uow, number)
            book = open_book(uow)
            _refuse_void(book, order)
            _take_back(book, order, reason)
            book.close()
            made = require_order(uow, order.number)
            uow.commit()
        log.info("void %s", made.number)
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def held_order(uow: "UnitOfWork", number: str, beside: Sell | None = None) -> Order:
    """The order with its customer, tickets, bookings, items and gift cards kept from other tills.

    `beside` is sold in the same step: what it touches is held in its place, before shift and counters.
    """
    seen, lines = require_order(uow, number), beside.cart.lines if beside else ()
    customers = {seen.customer_id, beside.customer_id if beside else None}
    for customer in sorted(filter(None, customers)):
        uow.customers.hold(require_customer(uow, customer).id)
    hold_work(uow, {line.number for line in seen.lines} | {line.number for line in lines})
    items = {line.item_id for line in seen.lines} | {line.item_id for line in lines}
    for item in sorted(filter(None, items)):
        uow.items.hold(item)
    uow.orders.hold(seen.id)
    hold_cards_of(uow, seen, beside.tenders if beside else (), lines)
    return require_order(uow, seen.number)


def check_drawer(book: Book, plan: RefundPlan, kept_minor: int = 0) -> None:
    """Refuse to give out what is not there; `kept_minor` of it stays for what is sold in the same step."""
    _require_cash(book, cash_of(plan) - kept_minor, field="to")


def _require_cash(book: Book, minor: int, *, field: str) -> None:
    if minor > max(drawer_in(book.uow, book.shift).expected_minor, 0):
        raise DomainError("drawer_short", "There is not so much cash in the drawer.", field=field)


def cash_of(plan: RefundPlan) -> int:
    """The cash that goes out, in coins that there are."""
    return sum(one.amount_minor for one in plan.back if one.tender is Tender.CASH) + plan.rounding_minor


def write_refund(book: Book, plan: RefundPlan, given: list[Given], reason: str) -> tuple[int, Codes]:
    """The refund with everything that it moves; its key, and the code of a new gift card."""
    uow, order = book.uow, plan.order
    number = uow.counters.next(Letter.SALE)
    shown = number_text(Letter.SALE, number)
    key = _write_order(book, plan, number, -sum(one.back.net_minor for one in given), reason)
    counted = [_write_line(book, order, key, shown, place, one) for place, one in enumerate(given, start=1)]
    count_order(book, counted, name="refund", by=uow.actor.shown)
    codes: Codes = ()
    for back in plan.back:
        codes = (*codes, *TENDERS[back.tender].give_back(book, plan, key, back))
    after = {
        "total_minor": -plan.total_minor,
        "sale": order.number,
        "reason": reason,
        "tenders": {one.tender.value: -one.amount_minor for one in plan.back},
    }
    uow.journal.add(Action.ORDER_REFUNDED, "order", key, ref=shown, after=after)
    return key, codes


def _write_order(book: Book, plan: RefundPlan, number: int, net_minor: int, reason: str) -> int:
    uow, order = book.uow, plan.order
    at, by = uow.stamp
    key = uow.orders.add(
        number=number,
        status=OrderStatus.COMPLETED.value,
        till=uow.actor.till,
        source="counter",
        customer_id=order.customer_id,
        refund_of_id=order.id,
        note=reason,
        includes_tax=order.includes_tax,
        exempt=order.exempt,
        total_minor=-plan.total_minor,
        net_minor=net_minor,
        business_day=book.day,
        shift_id=book.shift.id,
        completed_at=at,
        completed_by=by,
    )
    uow.ledger.add(
        Account.DEBT,
        -plan.total_minor,
        customer_id=order.customer_id,
        order_id=order.id,
        source_id=key,
        business_day=book.day,
    )
    return key


def _write_line(book: Book, order: Order, key: int, number: str, place: int, one: Given) -> Counted:
    uow, line, amounts = book.uow, one.line, one.amounts
    ticket, booking = _about(uow, line.number)
    cost = None if one.cost_minor is None else -one.cost_minor
    line_id = uow.orders.add_line(
        key,
        line.tax,
        amounts.tax_minor,
        position=place,
        kind=line.kind.value,
        text=line.text,
        sku=line.sku,
        commodity_code=line.commodity_code,
        item_id=line.item_id,
        item_kind=line.item_kind,
        ticket_id=ticket,
        booking_id=booking,
        refunds_id=line.id,
        quantity=-one.back.units,
        unit_minor=line.unit_minor,
        priced_minor=amounts.priced_minor,
        discount_minor=0,
        net_minor=amounts.net_minor,
        gross_minor=amounts.gross_minor,
        cost_minor=cost,
        is_restocked=one.is_restocked,
    )
    given = GivenLine(one, order.customer_id, key, line_id, number, ticket, booking)
    LINES[line.kind].given_back(book, given)
    return Counted(line.counted_as, line.kind.is_revenue, amounts, line.tax.parts, cost)


def _about(uow: "UnitOfWork", number: str) -> tuple[int | None, int | None]:
    if letter_of(number) is Letter.TICKET:
        return require_ticket(uow, number).id, None
    return None, require_booking(uow, number).id if letter_of(number) is Letter.BOOKING else None


# -- void ----------------------------------------------------------------------------------------------
def _refuse_void(book: Book, order: Order) -> None:
    uow = book.uow
    if order.status is not OrderStatus.COMPLETED or order.is_refund:
        raise DomainError("void_invalid", f"{order.number} cannot be void.", field="number")
    if uow.orders.last_at(uow.actor.till, book.shift.id) != order.id:
        raise DomainError(
            "void_late",
            f"Only the last sale of this till's open shift can be void. Refund {order.number} instead.",
            field="number",
        )
    refunds = uow.orders.refunds_of(order.id)
    if refunds:
        raise DomainError(
            "void_refunded", f"{refunds[0]} gave something back of {order.number}.", field="number"
        )
    if order.total_minor - order.owed_minor != order.paid_minor:
        raise DomainError(
            "void_paid", f"A later payment settled {order.number}. Refund it instead.", field="number"
        )
    cash = sum(one.amount_minor for one in order.payments if one.tender is Tender.CASH)
    _require_cash(book, cash, field="number")
    for kind, steps in LINES.items():
        steps.refuse_void(uow, order, [line for line in order.lines if line.kind is kind])
    for account, _, _, minor in uow.ledger.bound_to(order.id):
        is_spent = account is Account.CREDIT and minor < 0 and order.customer_id is not None
        if is_spent and uow.ledger.standing(order.customer_id or 0).credit_minor < -minor:
            raise DomainError("credit_short", f"The credit from {order.number} was used.", field="number")


def _take_back(book: Book, order: Order, reason: str) -> None:
    uow = book.uow
    at, by = uow.stamp
    uow.orders.update(
        order.id, status=OrderStatus.VOIDED.value, voided_at=at, voided_by=by, void_reason=reason
    )
    uow.ledger.add(
        Account.DEBT,
        -order.total_minor,
        customer_id=order.customer_id,
        order_id=order.id,
        business_day=book.day,
    )
    for payment in order.payments:
        _reverse(book, order, payment)
    for account, ticket, booking, minor in uow.ledger.bound_to(order.id):
        whose = {"customer_id": order.customer_id, "source_id": order.id, "business_day": book.day}
        uow.ledger.add(account, -minor, ticket_id=ticket, booking_id=booking, **whose)  # type: ignore[arg-type]
    counted = [_uncounted(book, order, line) for line in order.lines]
    count_order(book, counted, name="sale", by=order.by, sign=-1, day=day_number(order.day))
    uow.journal.add(Action.ORDER_VOIDED, "order", order.id, ref=order.number, after={"reason": reason})


def _uncounted(book: Book, order: Order, line: OrderLine) -> Counted:
    LINES[line.kind].taken_back(book, order, line)
    return Counted(line.counted_as, line.kind.is_revenue, line.amounts, line.tax.parts, line.cost_minor)


def _reverse(book: Book, order: Order, payment: Payment) -> None:
    reversing, _ = move_money(
        book,
        Money(
            tender=payment.tender,
            amount_minor=-payment.amount_minor,
            tendered_minor=-payment.amount_minor,
            rounding_minor=-payment.rounding_minor,
            reference=payment.reference,
            order_id=order.id,
            customer_id=order.customer_id,
            reverses_id=payment.id,
            settles=((order.id, -payment.settled_minor),),
        ),
    )
    TENDERS[payment.tender].taken_back(book, order, payment, reversing)
