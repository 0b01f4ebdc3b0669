"""Orders with their lines and taxes: sales that wait, what was sold, what was given back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import BindParameter, Row, and_, bindparam, func, select

from posapp.domain.base.clock import day_of, from_us
from posapp.domain.base.numbers import PL, Letter, number_text
from posapp.domain.catalogue.taxes import UNTAXED, Tax, TaxPart
from posapp.domain.selling.amounts import LineAmounts, Refunded
from posapp.domain.selling.carts import LineKind, cart_of
from posapp.domain.selling.orders import HeldSale, Order, OrderLine, OrderStatus
from posapp.domain.selling.payments import Tender
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now, moment_of
from posapp.storage.bookings.tables import booking
from posapp.storage.customers.tables import customer
from posapp.storage.repairs.tables import job, ticket
from posapp.storage.selling.gift_card_tables import gift_card, gift_move
from posapp.storage.selling.order_tables import ledger_entry, line_tax, order_line, payment, sale_order
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
_ORDERS = (
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
_BY_NUMBER = Hot(_ORDERS.where(and_(_HERE, sale_order.c.number == bindparam("number_"))))
_BY_KEY = Hot(_ORDERS.where(and_(_HERE, sale_order.c.id == bindparam("key"))))
_WAITING = ("open", "held")
_LINES = Hot(
    select(
        order_line,
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
    .where(
        and_(
            beside(order_line.c.business_id) == _BUSINESS,
            order_line.c.order_id == bindparam("of_order"),
        )
    )
    .order_by(order_line.c.position)
)
_OF_LINES = and_(
    beside(order_line.c.business_id) == _BUSINESS, order_line.c.order_id == bindparam("of_order")
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
_CHARGED = Hot(
    select(
        order_line.c.job_id,
        func.sum(order_line.c.priced_minor).label("priced_minor"),
        func.max(sale_order.c.number).label("number"),
    )
    .join(sale_order, linked(order_line.c.order_id, sale_order))
    .where(
        and_(
            beside(order_line.c.business_id) == _BUSINESS,
            order_line.c.ticket_id == bindparam("of_ticket"),
            order_line.c.kind == "ticket",
            order_line.c.refunds_id.is_(None),
            sale_order.c.status == "completed",
        )
    )
    .group_by(order_line.c.job_id)
)
_CHARGED_BESIDE = Hot(
    select(func.coalesce(func.sum(order_line.c.priced_minor), 0))
    .join(sale_order, linked(order_line.c.order_id, sale_order))
    .where(
        and_(
            beside(order_line.c.business_id) == _BUSINESS,
            order_line.c.ticket_id == bindparam("of_ticket"),
            order_line.c.kind == "text",
            order_line.c.refunds_id.is_(None),
            sale_order.c.status == "completed",
        )
    )
)
_PRICED = Hot(
    select(ticket.c.number)
    .join(job, and_(job.c.ticket_id == ticket.c.id, beside(job.c.business_id) == ticket.c.business_id))
    .where(
        and_(
            beside(ticket.c.business_id) == _BUSINESS,
            ticket.c.customer_id == bindparam("of_customer"),
            job.c.is_here,
            job.c.price_minor > 0,
        )
    )
    .group_by(ticket.c.number)
    .order_by(ticket.c.number)
)
_CHARGED_BOOKING = Hot(
    select(
        func.coalesce(func.sum(order_line.c.priced_minor), 0).label("priced_minor"),
        func.max(sale_order.c.number).label("number"),
    )
    .join(sale_order, linked(order_line.c.order_id, sale_order))
    .where(
        and_(
            beside(order_line.c.business_id) == _BUSINESS,
            order_line.c.booking_id == bindparam("of_booking"),
            order_line.c.kind == "booking",
            order_line.c.refunds_id.is_(None),
            sale_order.c.status == "completed",
        )
    )
)


_PAID_BY = Hot(
    select(payment.c.tender, (-func.sum(ledger_entry.c.amount_minor)).label("amount_minor"))
    .join(payment, linked(ledger_entry.c.payment_id, payment))
    .where(
        and_(
            beside(ledger_entry.c.business_id) == _BUSINESS,
            ledger_entry.c.order_id == bindparam("of_order"),
            ledger_entry.c.account == "debt",
        )
    )
    .group_by(payment.c.tender)
)


class NewLine(TypedDict, total=False):
    """A line as it is stored."""

    position: int
    kind: str
    text: str
    sku: str
    commodity_code: str
    item_id: int | None
    ticket_id: int | None
    job_id: int | None
    booking_id: int | None
    refunds_id: int | None
    item_kind: str
    quantity: int
    unit_minor: int
    listed_minor: int | None
    priced_minor: int
    discount_minor: int
    net_minor: int
    gross_minor: int
    tax_name: str
    cost_minor: int | None
    is_restocked: bool


class OrderChange(TypedDict, total=False):
    """What a step changes on an order."""

    number: int
    status: str
    till: str
    source: str
    customer_id: int | None
    note: str
    cart: str
    includes_tax: bool
    exempt: str
    total_minor: int
    net_minor: int
    discount_minor: int
    business_day: int
    shift_id: int
    completed_at: int
    completed_by: str
    refund_of_id: int
    voided_at: int
    voided_by: str
    void_reason: str


class Orders(Repository):
    """The orders of one business."""

    # -- read ----------------------------------------------------------------------------------------
    def by_number(self, number: int) -> Order | None:
        """The order of a number, whole."""
        return self._whole(_BY_NUMBER, number_=number)

    def get(self, key: int) -> Order | None:
        """A completed order, whole."""
        return self._whole(_BY_KEY, key=key)

    def latest(self, limit: int, *, till: str = "", customer_id: int | None = None) -> list[Order]:
        """The orders that were completed last, the newest first, with what is on them."""
        wanted = select(sale_order.c.id).where(
            and_(
                beside(sale_order.c.business_id) == self._business
                if customer_id is not None
                else sale_order.c.business_id == self._business,
                sale_order.c.number.is_not(None),
            )
        )
        if till:
            wanted = wanted.where(sale_order.c.till == till)
        if customer_id is not None:
            wanted = wanted.where(sale_order.c.customer_id == customer_id)
        rows = self._connection.execute(wanted.order_by(sale_order.c.number.desc()).limit(limit))
        found = [self.get(key) for key in rows.scalars().all()]
        return [one for one in found if one is not None]

    def _whole(self, statement: Hot, **keys: object) -> Order | None:
        row = self._connection.execute(statement, {"business": self._business, **keys}).first()
        if row is None or row.number is None:
            return None
        payments = Payments(self._connection, self._business).of_order(row.id)
        return _order(row, self._lines(row.id), tuple(payments))

    def _lines(self, key: int) -> tuple[OrderLine, ...]:
        keys = {"business": self._business, "of_order": key}
        taxes: dict[int, list[Any]] = defaultdict(list)
        for tax in self._connection.execute(_TAXES, keys):
            taxes[tax.line_id].append(tax)
        units = {row.id: row for row in self._connection.execute(_GIVEN, keys)}
        back: dict[int, list[int]] = defaultdict(list)
        if units:
            for row in self._connection.execute(_GIVEN_TAXES, keys):
                back[row.id].append(int(row.tax_minor))
        rows = self._connection.execute(_LINES, keys).all()
        places = {row.id: row.position for row in rows}
        return tuple(
            _line(row, taxes[row.id], units.get(row.id), back[row.id], self._refunds(row, places))
            for row in rows
        )

    def _refunds(self, row: Any, places: dict[int, int]) -> int | None:
        if row.refunds_id is None:
            return None
        found = self._connection.execute(
            select(order_line.c.position).where(
                and_(order_line.c.business_id == self._business, order_line.c.id == row.refunds_id)
            )
        )
        place: int = found.scalar_one()
        return place

    def charged(self, ticket_id: int) -> dict[int, tuple[int, str]]:
        """What sales asked for each device of a ticket so far, and the last of them."""
        keys = {"business": self._business, "of_ticket": ticket_id}
        return {
            row.job_id: (int(row.priced_minor), number_text(Letter.SALE, row.number))
            for row in self._connection.execute(_CHARGED, keys)
        }

    def charged_beside(self, ticket_id: int) -> int:
        """What sales asked for in words about a ticket, beside its devices: storage."""
        keys = {"business": self._business, "of_ticket": ticket_id}
        return int(self._connection.execute(_CHARGED_BESIDE, keys).scalar_one())

    def priced_tickets(self, customer_id: int) -> list[str]:
        """The tickets of a customer with a price on a device that is here, the oldest first."""
        keys = {"business": self._business, "of_customer": customer_id}
        rows = self._connection.execute(_PRICED, keys)
        return [number_text(Letter.TICKET, row.number) for row in rows]

    def charged_booking(self, booking_id: int) -> tuple[int, str]:
        """What sales asked for a booking so far, and the last of them ("" for none)."""
        keys = {"business": self._business, "of_booking": booking_id}
        row = self._connection.execute(_CHARGED_BOOKING, keys).one()
        return int(row.priced_minor), number_text(Letter.SALE, row.number) if row.number else ""

    def paid_by(self, order_id: int) -> dict[Tender, int]:
        """What each tender paid for a sale, less what refunds gave back by it."""
        keys = {"business": self._business, "of_order": order_id}
        rows = self._connection.execute(_PAID_BY, keys)
        return {Tender(row.tender): int(row.amount_minor) for row in rows if row.amount_minor}

    def last_at(self, till: str, shift_id: int) -> int | None:
        """The key of what a till completed last in a shift."""
        wanted = select(sale_order.c.id).where(
            and_(
                beside(sale_order.c.business_id) == self._business,
                sale_order.c.shift_id == shift_id,
                sale_order.c.till == till,
            )
        )
        found = self._connection.execute(wanted.order_by(sale_order.c.number.desc()).limit(1)).scalar()
        return None if found is None else int(found)

    def refunds_of(self, order_id: int) -> list[str]:
        """The numbers of what gave something back of a sale."""
        wanted = select(sale_order.c.number).where(
            and_(beside(sale_order.c.business_id) == self._business, sale_order.c.refund_of_id == order_id)
        )
        rows = self._connection.execute(wanted.order_by(sale_order.c.number)).scalars()
        return [number_text(Letter.SALE, number) for number in rows]

    # -- held sales ----------------------------------------------------------------------------------
    def waiting(self) -> list[HeldSale]:
        """The sales that wait or are in hand at a till, the oldest first."""
        own = and_(
            _ORDERS.selected_columns.business_id == self._business,
            sale_order.c.status.in_(_WAITING),
            sale_order.c.number.is_(None),
        )
        return [_held(row) for row in self._connection.execute(_ORDERS.where(own).order_by(sale_order.c.id))]

    def held(self, number: int) -> HeldSale | None:
        """The sale that waits under a reference; None once it is completed or dropped."""
        own = and_(
            sale_order.c.business_id == self._business,
            sale_order.c.held_number == number,
            sale_order.c.status.in_(_WAITING),
        )
        row = self._connection.execute(_ORDERS.where(own)).first()
        return _held(row) if row else None

    def hold(self, key: int) -> None:
        """Keep other tills from an order until this transaction ends; read it afterwards."""
        self._connection.execute(
            select(sale_order.c.id)
            .where(and_(sale_order.c.business_id == self._business, sale_order.c.id == key))
            .with_for_update()
        )

    # -- write ---------------------------------------------------------------------------------------
    def add(self, *, held_number: int | None = None, **values: Unpack[OrderChange]) -> int:
        """Insert an order and return its key."""
        stamps = made_now(self._at, self._by)
        return self._add(sale_order, {**values, "held_number": held_number, **stamps})

    def update(self, key: int, **values: Unpack[OrderChange]) -> None:
        """Let an order be so from now on."""
        self._change(sale_order, key, {**values, **changed_now(sale_order, self._at, self._by)})

    def add_line(self, order_id: int, tax: Tax, taxes: Sequence[int], **values: Unpack[NewLine]) -> int:
        """Insert a line with the parts of its tax; returns its key."""
        key = self._add(order_line, {**values, "order_id": order_id, "tax_name": tax.name})
        for place, (part, minor) in enumerate(zip(tax.parts, taxes, strict=True), start=1):
            parts = {"name": part.name, "rate": part.rate, "tax_minor": minor}
            self._add(line_tax, {"line_id": key, "position": place, **parts})
        return key


def _order(row: Row[Any], lines: tuple[OrderLine, ...], payments: Any) -> Order:
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


def _line(row: Any, taxes: Sequence[Any], given: Any, back: Sequence[int], refunds: int | None) -> OrderLine:
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
        number=number,
        job=row.job_position or 0,
        refunds=refunds,
        refunded=Refunded(int(given.units), int(given.gross_minor), tuple(back) or nothing)
        if given
        else Refunded(0, 0, nothing),
    )


def _held(row: Row[Any]) -> HeldSale:
    return HeldSale(
        row.id,
        number_text(Letter.HELD, row.held_number),
        OrderStatus(row.status),
        row.till if row.status == "open" else "",
        row.customer_id,
        number_text_of_pl(row.pl_number),
        row.customer_name or "",
        row.note,
        cart_of(row.cart),
        from_us(row.updated_at),
        row.updated_by,
        row.version,
    )
