"""Taking money for what is already owed, inside a transaction: one sale, or the oldest debts first."""

from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.customers.customers import Customer
from posapp.domain.selling.amounts import Settled, settle
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import check_cash
from posapp.services.customers.customers import require_customer
from posapp.services.selling.card_moves import Cards, check_cards, hold_cards
from posapp.services.selling.finding import require_order
from posapp.services.selling.kinds.table import take_money
from posapp.services.selling.order_commands import Paid, Pay
from posapp.services.selling.records import Money, open_book
from posapp.services.selling.tendering import check_credit

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

Dues = list[tuple[int | None, int]]
"""Keys of the sales that still ask for money (None: a debt without one), and how much, the oldest first."""


def pay_debt(uow: "UnitOfWork", command: Pay) -> Paid:
    """Payments in the order of the tenders; each settles what is then the oldest."""
    order = require_order(uow, command.number) if command.number else None
    customer_id = order.customer_id if order else command.customer_id
    customer = None
    if customer_id is not None:
        uow.customers.hold(customer_id)
        customer = require_customer(uow, customer_id)
    if order is not None:
        uow.orders.hold(order.id)
        order = require_order(uow, command.number)
    cards = hold_cards(uow, command.tenders)
    book = open_book(uow)
    dues = _dues(uow, order, customer_id)
    settled = _settled(uow, command, dues, customer)
    check_cards(uow, cards, command.tenders, _payable_by_card(uow, dues))
    numbers = []
    shares = _shares(command, settled, cards, order_id=order.id if order else None, customer_id=customer_id)
    for one in shares:
        money = replace(one, settles=_take(dues, one.amount_minor - one.rounding_minor))
        key, number = take_money(book, money)
        numbers.append(number)
        after = {"amount_minor": one.amount_minor, "tender": one.tender.value}
        after["sale"] = order.number if order else ""
        uow.journal.add(Action.PAYMENT_TAKEN, "payment", key, ref=number, after=after)
    book.close()
    found = [uow.payments.by_number(number_of(one, Letter.PAYMENT) or 0) for one in numbers]
    return Paid(
        tuple(one for one in found if one is not None),
        settled.change_minor,
        require_order(uow, command.number) if order else None,
        uow.ledger.standing(customer_id) if customer_id is not None else None,
    )


def _dues(uow: "UnitOfWork", order: Order | None, customer_id: int | None) -> Dues:
    if order is not None:
        return [(order.id, order.owed_minor)] if order.owed_minor > 0 else []
    if customer_id is None:
        raise DomainError("customer_missing", "Choose the customer first.", field="phone")
    return [(key, due.owed_minor) for key, due in uow.ledger.dues(customer_id) if due.owed_minor > 0]


def _settled(uow: "UnitOfWork", command: Pay, dues: Dues, customer: Customer | None) -> Settled:
    total = sum(minor for _, minor in dues)
    if not total:
        raise DomainError("nothing_owed", "Nothing is owed.", field="amount")
    cash: int | None = None
    others = 0
    for one in command.tenders:
        check_cash(one.amount_minor, field="amount", least=1)
        if not one.tender.rules.settles_debts:
            raise DomainError("tender_invalid", "A debt is not paid this way.", field="tender")
        if one.tender is Tender.CASH:
            cash = (cash or 0) + one.amount_minor
        else:
            others += one.amount_minor
    if not command.tenders:
        raise DomainError("amount_invalid", "Enter an amount above zero.", field="amount")
    check_credit(uow, customer, command.tenders)
    return settle(total, others, cash, step=uow.businesses.get().cash_rounding_minor)


def _payable_by_card(uow: "UnitOfWork", dues: Dues) -> int:
    """What a gift card may pay of the debts: nothing of a sale that sold one."""
    minor = 0
    for key, due in dues:
        order = uow.orders.get(key) if key is not None else None
        if order is None or all(line.kind is not LineKind.GIFT_CARD for line in order.lines):
            minor += due
    return minor


def _shares(
    command: Pay, settled: Settled, cards: Cards, *, order_id: int | None, customer_id: int | None
) -> list[Money]:
    """Each payment, without what it settles; all cash is one."""
    found = [
        Money(
            tender=one.tender,
            amount_minor=one.amount_minor,
            tendered_minor=one.amount_minor,
            reference=cards.reference(one),
            order_id=order_id,
            customer_id=customer_id,
        )
        for one in command.tenders
        if one.tender is not Tender.CASH
    ]
    cash = sum(one.amount_minor for one in command.tenders if one.tender is Tender.CASH)
    if cash:
        found.append(
            Money(
                tender=Tender.CASH,
                amount_minor=cash - settled.change_minor,
                tendered_minor=cash,
                rounding_minor=settled.rounding_minor,
                order_id=order_id,
                customer_id=customer_id,
            )
        )
    return found


def _take(dues: Dues, minor: int) -> tuple[tuple[int | None, int], ...]:
    """Share an amount over the oldest debts, which it lowers."""
    taken = []
    for place, (key, due) in enumerate(dues):
        part = min(due, minor)
        if part:
            taken.append((key, part))
            dues[place] = (key, due - part)
            minor -= part
    return tuple(taken)
