"""The refund desk: what was sold comes back, or the last sale is void; both are records of their own."""

import logging
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import day_number
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, letter_of, number_text
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.gift_cards import CardMoveKind
from posapp.domain.selling.ledger import Account
from posapp.domain.selling.orders import Order, OrderStatus
from posapp.domain.selling.payments import Payment, Tender
from posapp.services.bookings.agenda import require_booking
from posapp.services.catalogue.stock import held_item, move_stock
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.card_moves import (
    hold_cards_of,
    move_card,
    refuse_used,
    require_card,
    shares_of,
)
from posapp.services.selling.completing import NOTE_LIMIT, Codes
from posapp.services.selling.drawers import drawer_in
from posapp.services.selling.finding import require_order
from posapp.services.selling.order_commands import Back, Refund, RefundPlan, Sold
from posapp.services.selling.order_papers import queue_receipt
from posapp.services.selling.owed import held_for
from posapp.services.selling.records import (
    Book,
    Counted,
    Money,
    count_order,
    move_money,
    note_credit,
    note_deposit,
    open_book,
)
from posapp.services.selling.refunding import Given, given_back, plan_of

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
            return plan_of(uow, order, command, given_back(uow, order, command))

    def refund(self, actor: Actor, command: Refund) -> Sold:
        """Give back lines, pieces or an amount: an order of its own with the money that goes out."""
        actor.require(Permission.REFUND)
        reason = clean_text(command.reason, NOTE_LIMIT, "reason")
        with self._store.work(actor) as uow:
            order = _held(uow, command.number)
            given = given_back(uow, order, command)
            book = open_book(uow)
            plan = plan_of(uow, order, command, given)
            _check_drawer(book, plan)
            key, codes = _write(book, plan, given, reason)
            book.close()
            made = uow.orders.get(key)
            assert made is not None
            job_id = queue_receipt(uow, made, command.output)
            uow.commit()
        log.info("refunded %s of %s", made.number, order.number)
        return Sold(made, job_id=job_id, codes=codes)

    def void(self, actor: Actor, number: str, reason: str) -> Order:
        """Take back the till's last sale of its open shift as if it had not been; its number stays."""
        actor.require(Permission.ORDER_VOID)
        reason = clean_text(reason, NOTE_LIMIT, "reason")
        if not reason:
            raise DomainError("reason_missing", "Say why.", field="reason")
        with self._store.work(actor) as uow:
            order = _held(uow, number)
            book = open_book(uow)
            _refuse_void(book, order)
            _take_back(book, order, reason)
            book.close()
            made = require_order(uow, order.number)
            uow.commit()
        log.info("void %s", made.number)
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def _held(uow: "UnitOfWork", number: str) -> Order:
    """The order with its customer, tickets, bookings and items kept from other tills."""
    seen = require_order(uow, number)
    if seen.customer_id is not None:
        uow.customers.hold(seen.customer_id)
    for about in sorted({line.number for line in seen.lines if line.number}):
        if letter_of(about) is Letter.BOOKING:
            uow.bookings.lock(require_booking(uow, about).id)
        elif letter_of(about) is Letter.TICKET:
            uow.tickets.lock(require_ticket(uow, about).id)
    for item in sorted({line.item_id for line in seen.lines if line.item_id}):
        uow.items.hold(item)
    uow.orders.hold(seen.id)
    hold_cards_of(uow, seen)
    return require_order(uow, seen.number)


def _check_drawer(book: Book, plan: RefundPlan) -> None:
    out = sum(one.amount_minor for one in plan.back if one.tender is Tender.CASH) + plan.rounding_minor
    if out > drawer_in(book.uow, book.shift).expected_minor:
        raise DomainError("drawer_short", "There is not so much cash in the drawer.", field="to")


def _write(book: Book, plan: RefundPlan, given: list[Given], reason: str) -> tuple[int, Codes]:
    uow, order = book.uow, plan.order
    number = uow.counters.next(Letter.SALE)
    shown = number_text(Letter.SALE, number)
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
        net_minor=-sum(one.back.net_minor for one in given),
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
    counted = [_write_line(book, order, key, shown, place, one) for place, one in enumerate(given, start=1)]
    count_order(book, counted, name="refund", by=by)
    codes: Codes = ()
    for back in plan.back:
        if back.tender is Tender.GIFT_CARD:
            codes = _back_to_cards(book, plan, key, back.amount_minor)
        else:
            _pay_out(book, plan, key, back)
    after = {
        "total_minor": -plan.total_minor,
        "sale": order.number,
        "reason": reason,
        "tenders": {one.tender.value: -one.amount_minor for one in plan.back},
    }
    uow.journal.add(Action.ORDER_REFUNDED, "order", key, ref=shown, after=after)
    return key, codes


def _write_line(book: Book, order: Order, key: int, number: str, place: int, one: Given) -> Counted:
    uow, line, amounts = book.uow, one.line, one.amounts
    ticket, booking = _about(uow, line.number)
    item = uow.items.get(line.item_id) if line.item_id is not None else None
    kind = item.kind.value if item is not None and line.kind is LineKind.ITEM else ""
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
        item_kind=kind,
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
    if item is not None and one.is_restocked and one.back.units:
        move_stock(uow, held_item(uow, item.id), MoveKind.RETURNED, one.back.units, number=number)
    if line.kind is LineKind.GIFT_CARD:
        card, kind_of_move = require_card(uow, line.number), CardMoveKind.RETURNED
        move_card(uow, card, kind_of_move, amounts.gross_minor, day=book.day, order_id=key, line_id=line_id)
    if line.kind is LineKind.DEPOSIT and order.customer_id is not None:
        note_deposit(
            book,
            amounts.gross_minor,
            customer_id=order.customer_id,
            ticket_id=ticket,
            booking_id=booking,
            order_id=key,
        )
    return Counted(kind or line.kind.value, line.kind.is_revenue, amounts, line.tax.parts, cost)


def _about(uow: "UnitOfWork", number: str) -> tuple[int | None, int | None]:
    if letter_of(number) is Letter.TICKET:
        return require_ticket(uow, number).id, None
    return None, require_booking(uow, number).id if letter_of(number) is Letter.BOOKING else None


def _back_to_cards(book: Book, plan: RefundPlan, key: int, minor: int) -> Codes:
    """What gift cards paid goes back to them; the code of a new card, if one takes a part."""
    shares, code = shares_of(book, plan.order, minor)
    for card, share in shares:
        payment = _pay_out(book, plan, key, Back(Tender.GIFT_CARD, share), reference=card.number)
        returned = CardMoveKind.RETURNED
        move_card(book.uow, card, returned, share, day=book.day, order_id=key, payment_id=payment)
    return ((0, code),) if code else ()


def _pay_out(book: Book, plan: RefundPlan, key: int, back: Back, *, reference: str = "") -> int:
    order = plan.order
    rounding = plan.rounding_minor if back.tender is Tender.CASH else 0
    amount = -(back.amount_minor + rounding)
    payment, _ = move_money(
        book,
        Money(
            tender=back.tender,
            amount_minor=amount,
            tendered_minor=amount,
            rounding_minor=-rounding,
            reference=reference,
            order_id=key,
            customer_id=order.customer_id,
            settles=((order.id, -back.amount_minor),),
        ),
    )
    if back.tender is Tender.CREDIT and order.customer_id is not None:
        note_credit(book, back.amount_minor, customer_id=order.customer_id, order_id=key, payment_id=payment)
    return payment


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
    refuse_used(uow, order)
    for line in order.lines:
        if line.kind is LineKind.DEPOSIT and held_for(uow, line.number) < line.amounts.gross_minor:
            raise DomainError(
                "deposit_used", f"The deposit for {line.number} was taken off already.", field="number"
            )
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
        if payment.tender is Tender.GIFT_CARD:
            _void_use(book, order, payment, reversing)
    for account, ticket, booking, minor in uow.ledger.bound_to(order.id):
        whose = {"customer_id": order.customer_id, "source_id": order.id, "business_day": book.day}
        uow.ledger.add(account, -minor, ticket_id=ticket, booking_id=booking, **whose)  # type: ignore[arg-type]
    counted = [_void_line(book, order, place) for place in range(len(order.lines))]
    count_order(book, counted, name="sale", by=order.by, sign=-1, day=day_number(order.day))
    uow.journal.add(Action.ORDER_VOIDED, "order", order.id, ref=order.number, after={"reason": reason})


def _void_use(book: Book, order: Order, payment: Payment, reversing: int) -> None:
    """The card has again what it paid."""
    card, returned = require_card(book.uow, payment.reference), CardMoveKind.RETURNED
    move_card(
        book.uow,
        card,
        returned,
        payment.amount_minor,
        day=book.day,
        order_id=order.id,
        payment_id=reversing,
    )


def _void_line(book: Book, order: Order, place: int) -> Counted:
    line, uow = order.lines[place], book.uow
    kind = line.kind.value
    if line.kind is LineKind.ITEM and line.item_id is not None:
        item = held_item(uow, line.item_id)
        kind = item.kind.value
        if item.keeps_stock:
            move_stock(uow, item, MoveKind.RETURNED, line.quantity, number=order.number)
    if line.kind is LineKind.GIFT_CARD:
        card, returned = require_card(uow, line.number), CardMoveKind.RETURNED
        move_card(uow, card, returned, -line.amounts.gross_minor, day=book.day, order_id=order.id)
    return Counted(kind, line.kind.is_revenue, line.amounts, line.tax.parts, line.cost_minor)
