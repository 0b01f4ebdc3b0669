"""Completed orders as they are read: with their lines, taxes, payments and what was given back since."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, func, select

from posapp.domain.base.clock import day_of, from_us
from posapp.domain.base.numbers import PL, Letter, number_text
from posapp.domain.catalogue.taxes import UNTAXED, Tax, TaxPart
from posapp.domain.selling.amounts import LineAmounts, Refunded
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.orders import Order, OrderLine, OrderStatus
from posapp.domain.selling.payments import Payment
from posapp.storage.base.quick import Hands, Hot, beside
from posapp.storage.base.rows import linked, moment_of
from posapp.storage.bookings.tables import booking
from posapp.storage.customers.tables import customer
from posapp.storage.repairs.tables import job, ticket
from posapp.storage.selling.gift_card_tables import gift_card, gift_move
from posapp.storage.selling.order_tables import ledger_entry, line_tax, order_line, sale_order
from posapp.storage.selling.payments import Payments

_BUSINESS: BindParameter[int] = bindparam("business")
_REFUNDED = sale_order.alias("refunded")
_OWED = (
    select(func.coalesce(func.sum(ledger_entry.c.amount_minor), 0))
    .where(
        and_(
            ledger_entry.c.order_id == sale_order.c.id,
            beside(ledger_entry.c.business_id) == sale_order.c.business_id,
            ledger_entry.c.account == "debt",
        )
    )
    .scalar_subquery()
    .label("owed_minor")
)
ORDERS = (
    select(
        sale_order,
        customer.c.pl_number,
        customer.c.name.label("customer_name"),
        _REFUNDED.c.number.label("refund_of"),
        _OWED,
    )
    .outerjoin(customer, linked(sale_order.c.customer_id, customer))
    .outerjoin(_REFUNDED, linked(sale_order.c.refund_of_id, _REFUNDED))
)
_HERE = sale_order.c.business_id == _BUSINESS
BY_NUMBER = Hot(ORDERS.where(and_(_HERE, sale_order.c.number == bindparam("number_"))))
BY_KEY = Hot(ORDERS.where(and_(_HERE, sale_order.c.id == bindparam("key"))))
_OF_LINES = and_(
    beside(order_line.c.business_id) == _BUSINESS, order_line.c.order_id == bindparam("of_order")
)
_ORIGIN = order_line.alias("origin")
_LINES = Hot(
    select(
        order_line,
        _ORIGIN.c.position.label("refunds"),
        ticket.c.number.label("ticket_number"),
        booking.c.number.label("booking_number"),
        job.c.position.label("job_position"),
        gift_card.c.number.label("card_number"),
    )
    .outerjoin(ticket, linked(order_line.c.ticket_id, ticket))
    .outerjoin(booking, linked(order_line.c.booking_id, booking))
    .outerjoin(job, linked(order_line.c.job_id, job))
    .outerjoin(
        gift_move,
        and_(
            gift_move.c.line_id == order_line.c.id,
            beside(gift_move.c.business_id) == order_line.c.business_id,
        ),
    )
    .outerjoin(gift_card, linked(gift_move.c.card_id, gift_card))
    .outerjoin(_ORIGIN, linked(order_line.c.refunds_id, _ORIGIN))
    .where(_OF_LINES)
    .order_by(order_line.c.position)
)
_TAXES = Hot(
    select(line_tax)
    .join(order_line, linked(line_tax.c.line_id, order_line))
    .where(_OF_LINES)
    .order_by(line_tax.c.line_id, line_tax.c.position)
)
_BACK = order_line.alias("given_back")
_GIVEN = Hot(
    select(
        order_line.c.id,
        (-func.sum(_BACK.c.quantity)).label("units"),
        (-func.sum(_BACK.c.gross_minor)).label("gross_minor"),
    )
    .join(_BACK, and_(_BACK.c.refunds_id == order_line.c.id, beside(_BACK.c.business_id) == _BUSINESS))
    .where(_OF_LINES)
    .group_by(order_line.c.id)
)
_GIVEN_TAXES = Hot(
    select(order_line.c.id, line_tax.c.position, (-func.sum(line_tax.c.tax_minor)).label("tax_minor"))
    .join(_BACK, and_(_BACK.c.refunds_id == order_line.c.id, beside(_BACK.c.business_id) == _BUSINESS))
    .join(line_tax, and_(line_tax.c.line_id == _BACK.c.id, beside(line_tax.c.business_id) == _BUSINESS))
    .where(_OF_LINES)
    .group_by(order_line.c.id, line_tax.c.position)
    .order_by(order_line.c.id, line_tax.c.position)
)


def whole_order(hands: Hands, business: int, statement: Hot, **keys: object) -> Order | None:
    """The completed order that one of the statements above finds, with its payments."""
    row = hands.execute(statement, {"business": business, **keys}).first()
    if row is None or row.number is None:
        return None
    payments = Payments(hands, business).of_order(row.id)
    return _order(row, _lines(hands, {"business": business, "of_order": row.id}), tuple(payments))


def _lines(hands: Hands, keys: dict[str, int]) -> tuple[OrderLine, ...]:
    taxes: dict[int, list[Any]] = defaultdict(list)
    for tax in hands.execute(_TAXES, keys):
        taxes[tax.line_id].append(tax)
    units = {row.id: row for row in hands.execute(_GIVEN, keys)}
    back: dict[int, list[int]] = defaultdict(list)
    if units:
        for row in hands.execute(_GIVEN_TAXES, keys):
            back[row.id].append(int(row.tax_minor))
    rows = hands.execute(_LINES, keys)
    return tuple(_line(row, taxes[row.id], units.get(row.id), back[row.id]) for row in rows)


def _order(row: Row[Any], lines: tuple[OrderLine, ...], payments: tuple[Payment, ...]) -> Order:
    return Order(
        id=row.id,
        number=number_text(Letter.SALE, row.number),
        status=OrderStatus(row.status),
        source=row.source,
        till=row.till,
        day=day_of(row.business_day),
        at=from_us(row.completed_at),
        by=row.completed_by,
        customer_id=row.customer_id,
        pl_id=number_text_of_pl(row.pl_number),
        customer_name=row.customer_name or "",
        note=row.note,
        includes_tax=bool(row.includes_tax),
        exempt=row.exempt,
        total_minor=row.total_minor,
        net_minor=row.net_minor,
        tax_minor=row.total_minor - row.net_minor,
        discount_minor=row.discount_minor,
        owed_minor=int(row.owed_minor),
        refund_of=number_text(Letter.SALE, row.refund_of) if row.refund_of else "",
        voided_at=moment_of(row.voided_at),
        voided_by=row.voided_by,
        void_reason=row.void_reason,
        lines=lines,
        payments=payments,
    )


def number_text_of_pl(number: int | None) -> str:
    """A PL ID as it is shown, "" for nobody."""
    return f"{PL}{number}" if number else ""


def _line(row: Any, taxes: Sequence[Any], given: Any, back: Sequence[int]) -> OrderLine:
    minors = tuple(int(tax.tax_minor) for tax in taxes)
    parts = tuple(TaxPart(tax.name, tax.rate) for tax in taxes)
    number = ""
    if row.ticket_number:
        number = number_text(Letter.TICKET, row.ticket_number)
    elif row.booking_number:
        number = number_text(Letter.BOOKING, row.booking_number)
    elif row.card_number:
        number = number_text(Letter.GIFT_CARD, row.card_number)
    nothing = (0,) * len(parts)
    return OrderLine(
        id=row.id,
        position=row.position,
        kind=LineKind(row.kind),
        text=row.text,
        sku=row.sku,
        commodity_code=row.commodity_code,
        quantity=row.quantity,
        unit_minor=row.unit_minor,
        amounts=LineAmounts(row.priced_minor, row.discount_minor, row.net_minor, minors, row.gross_minor),
        tax=Tax(row.tax_name, parts) if parts else UNTAXED,
        cost_minor=row.cost_minor,
        item_id=row.item_id,
        item_kind=row.item_kind,
        number=number,
        job=row.job_position or 0,
        refunds=row.refunds,
        refunded=Refunded(int(given.units), int(given.gross_minor), tuple(back) or nothing)
        if given
        else Refunded(0, 0, nothing),
    )
