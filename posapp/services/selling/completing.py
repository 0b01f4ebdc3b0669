"""Completing a sale, inside a transaction: order, lines, money, each with what follows from it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import day_of
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, letter_of, number_text
from posapp.domain.catalogue.items import Item
from posapp.domain.catalogue.taxes import Tax
from posapp.domain.customers.customers import Customer
from posapp.domain.selling.amounts import LineAmounts, Settled
from posapp.domain.selling.carts import CartLine, LineKind, Sums
from posapp.domain.selling.ledger import Account
from posapp.domain.selling.orders import NOTE_LIMIT, OrderStatus
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.bookings.agenda import require_booking
from posapp.services.catalogue.stock import sell_stock
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.checking import approve, checked, held_sale
from posapp.services.selling.kinds.lines import SoldLine
from posapp.services.selling.kinds.table import LINES, take_money
from posapp.services.selling.kinds.tenders import Codes
from posapp.services.selling.order_commands import Sell
from posapp.services.selling.owed import Taxes, cost_of_job, deposits_for, owed_of_ticket
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
from posapp.services.selling.sales import Sale
from posapp.services.selling.tendering import deposits_of, settled

if TYPE_CHECKING:
    from posapp.storage.selling.orders import NewLine, OrderChange
    from posapp.storage.unit_of_work import UnitOfWork


def complete(
    uow: "UnitOfWork", command: Sell, customer: Customer | None, order_id: int | None
) -> tuple[int, Codes]:
    """Complete a sale that waits (`order_id`) or a new one; its key, and the codes of cards it sold."""
    sale = held_sale(uow, command, customer)
    book = open_book(uow)
    sale = replace(sale, cart=checked(sale, Taxes(uow, day_of(book.day))))
    sums = sale.cart.sums(sale.pricing.rules)
    approve(sale, sums)
    deposits = deposits_of(uow, sale.cart, sums)
    paid = settled(sale, sums, sum(deposits.values()))
    number = uow.counters.next(Letter.SALE)
    key = _write_order(sale, book, sums, number, order_id)
    _write_lines(sale, book, sums, key, number_text(Letter.SALE, number))
    _write_money(sale, book, key, deposits, paid)
    book.close()
    return key, tuple(sale.codes)


# -- what is written -----------------------------------------------------------------------------------------
def _write_order(sale: Sale, book: Book, sums: Sums, number: int, order_id: int | None) -> int:
    uow, key = sale.uow, order_id
    values = _values_of(sale, book, sums, number)
    if key is None:
        key = uow.orders.add(**values)
    else:
        uow.orders.update(key, **values)
    uow.ledger.add(
        Account.DEBT, sums.total_minor, customer_id=sale.customer_id, order_id=key, business_day=book.day
    )
    tenders: dict[str, int] = {}
    for one in sale.command.tenders:
        tenders[one.tender.value] = tenders.get(one.tender.value, 0) + one.amount_minor
    uow.journal.add(
        Action.ORDER_COMPLETED,
        "order",
        key,
        ref=number_text(Letter.SALE, number),
        after={"total_minor": sums.total_minor, "lines": len(sums.lines), "tenders": tenders},
    )
    if sale.customer_id is not None:
        uow.bookings.set_last_visit(sale.customer_id)
    return key


def _values_of(sale: Sale, book: Book, sums: Sums, number: int) -> "OrderChange":
    uow, rules = sale.uow, sale.pricing.rules
    at, by = uow.stamp
    return {
        "number": number,
        "status": OrderStatus.COMPLETED.value,
        "till": uow.actor.till,
        "source": sale.command.source.value,
        "customer_id": sale.customer_id,
        "note": clean_text(sale.command.note, NOTE_LIMIT, "note"),
        "cart": "",
        "includes_tax": rules.includes_tax,
        "exempt": sale.pricing.exempt,
        "total_minor": sums.total_minor,
        "net_minor": sums.net_minor,
        "discount_minor": sums.discount_minor,
        "business_day": book.day,
        "shift_id": book.shift.id,
        "completed_at": at,
        "completed_by": by,
    }


def _write_lines(sale: Sale, book: Book, sums: Sums, key: int, number: str) -> None:
    uow = sale.uow
    costed: set[tuple[str, int]] = set()
    new: list[tuple[Tax, Sequence[int], NewLine]] = []
    sold: list[tuple[Item, int]] = []
    counted = []
    for place, (line, amounts) in enumerate(zip(sale.cart.lines, sums.lines, strict=True), start=1):
        item = sale.items.get(line.item_id or 0) if line.kind is LineKind.ITEM else None
        cost = _cost_of(sale, line, item, costed)
        new.append((line.priced.tax, amounts.tax_minor, _new_line(sale, place, line, amounts, item, cost)))
        if item is not None:
            sold.append((item, line.quantity))
        name = item.kind.value if item else line.kind.value
        counted.append(Counted(name, line.kind.is_revenue, amounts, line.priced.tax.parts, cost))
    line_ids = uow.orders.add_lines(key, new)
    sell_stock(uow, sold, number)
    for place, (line, amounts) in enumerate(zip(sale.cart.lines, sums.lines, strict=True), start=1):
        done = SoldLine(place, line, amounts, key, line_ids[place - 1])
        LINES[line.kind].sold(sale, book, done)
    count_order(book, counted, name="sale", by=uow.actor.shown)


def _new_line(
    sale: Sale, place: int, line: CartLine, amounts: LineAmounts, item: Item | None, cost: int | None
) -> "NewLine":
    ticket, booking = sale.tickets.get(line.number), sale.bookings.get(line.number)
    job = next((one.id for one in ticket.jobs if one.position == line.job), None) if ticket else None
    return {
        "position": place,
        "kind": line.kind.value,
        "text": line.text,
        "sku": line.sku,
        "commodity_code": item.commodity_code if item else "",
        "item_id": line.item_id,
        "item_kind": item.kind.value if item else "",
        "ticket_id": ticket.id if ticket else None,
        "job_id": job,
        "booking_id": booking.id if booking else None,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "listed_minor": line.listed_minor,
        "priced_minor": amounts.priced_minor,
        "discount_minor": amounts.discount_minor,
        "net_minor": amounts.net_minor,
        "gross_minor": amounts.gross_minor,
        "cost_minor": cost,
    }


def _cost_of(sale: Sale, line: CartLine, item: Item | None, costed: set[tuple[str, int]]) -> int | None:
    """What the pieces of a line cost; a device's parts stand on its first line."""
    if item is not None:
        return None if item.cost_minor is None else item.cost_minor * line.quantity
    ticket = sale.tickets.get(line.number)
    if line.kind is not LineKind.TICKET or ticket is None:
        return None
    job = next(one for one in ticket.jobs if one.position == line.job)
    if (line.number, line.job) in costed or job.id in sale.uow.charges.of_devices(ticket.id):
        return 0
    costed.add((line.number, line.job))
    return cost_of_job(sale.uow, ticket, job)


def _write_money(sale: Sale, book: Book, key: int, deposits: dict[str, int], paid: Settled) -> None:
    for number, minor in deposits.items():
        _use_deposit(sale, book, key, number, minor)
    _free_deposits(sale, book, key)
    left = [one for one in sale.command.tenders if one.tender is not Tender.ACCOUNT]
    cash = [one for one in left if one.tender is Tender.CASH]
    for one in left:
        if one.tender is not Tender.CASH:
            _take(sale, book, key, one)
    if cash:
        tendered = sum(one.amount_minor for one in cash)
        _take_cash(sale, book, key, tendered, paid)


def _take(sale: Sale, book: Book, key: int, one: Tendered) -> None:
    take_money(
        book,
        Money(
            tender=one.tender,
            amount_minor=one.amount_minor,
            tendered_minor=one.amount_minor,
            reference=sale.cards.reference(one),
            order_id=key,
            customer_id=sale.customer_id,
            settles=((key, one.amount_minor),),
        ),
    )


def _take_cash(sale: Sale, book: Book, key: int, tendered: int, paid: Settled) -> None:
    amount = tendered - paid.change_minor
    move_money(
        book,
        Money(
            tender=Tender.CASH,
            amount_minor=amount,
            tendered_minor=tendered,
            rounding_minor=paid.rounding_minor,
            order_id=key,
            customer_id=sale.customer_id,
            settles=((key, amount - paid.rounding_minor),),
        ),
    )


def _use_deposit(sale: Sale, book: Book, key: int, number: str, minor: int) -> None:
    """Take a deposit off."""
    assert sale.customer_id is not None
    payment, _ = move_money(
        book,
        Money(
            tender=Tender.DEPOSIT,
            amount_minor=minor,
            tendered_minor=minor,
            reference=number,
            order_id=key,
            customer_id=sale.customer_id,
            settles=((key, minor),),
        ),
    )
    _lower_deposit(sale, book, key, number, minor, payment)


def _free_deposits(sale: Sale, book: Book, key: int) -> None:
    """What is left of the deposits for work that is settled, if only by a discount, stays as credit."""
    for number in dict.fromkeys(line.number for line in sale.cart.lines if line.kind.rules.is_work):
        ticket = sale.tickets.get(number)
        if ticket is not None and owed_of_ticket(sale.uow, ticket):
            continue
        for held_number, rest in deposits_for(sale.uow, number):
            assert sale.customer_id is not None
            _lower_deposit(sale, book, key, held_number, rest)
            note_credit(book, rest, customer_id=sale.customer_id, order_id=key)


def _lower_deposit(
    sale: Sale, book: Book, key: int, number: str, minor: int, payment: int | None = None
) -> None:
    assert sale.customer_id is not None
    is_booking = letter_of(number) is Letter.BOOKING
    note_deposit(
        book,
        -minor,
        customer_id=sale.customer_id,
        ticket_id=None if is_booking else require_ticket(sale.uow, number).id,
        booking_id=require_booking(sale.uow, number).id if is_booking else None,
        order_id=key,
        payment_id=payment,
    )
