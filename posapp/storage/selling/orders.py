"""Orders with their lines and taxes: sales that wait, what was sold, what was given back."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, bindparam, literal, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.bookings.bookings import Source
from posapp.domain.catalogue.taxes import Tax
from posapp.domain.selling.carts import cart_of
from posapp.domain.selling.orders import HeldSale, Order, OrderStatus
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now
from posapp.storage.selling.order_reading import BY_KEY, BY_NUMBER, ORDERS, number_text_of_pl, whole_order
from posapp.storage.selling.order_tables import line_tax, order_line, sale_order

_WAITING = ("open", "held")
_WAITING_OF = Hot(
    ORDERS.where(
        and_(
            beside(ORDERS.selected_columns.business_id) == bindparam("business"),
            sale_order.c.customer_id == bindparam("customer"),
            sale_order.c.status.in_([literal(one) for one in _WAITING]),
        )
    ).order_by(sale_order.c.id)
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
        return whole_order(self._connection, self._business, BY_NUMBER, number_=number)

    def get(self, key: int) -> Order | None:
        """A completed order, whole."""
        return whole_order(self._connection, self._business, BY_KEY, key=key)

    def latest(self, limit: int, *, customer_id: int | None = None) -> list[Order]:
        """The orders that were completed last, the newest first, with what is on them."""
        wanted = select(sale_order.c.id).where(
            and_(
                beside(sale_order.c.business_id) == self._business
                if customer_id is not None
                else sale_order.c.business_id == self._business,
                sale_order.c.number.is_not(None),
            )
        )
        if customer_id is not None:
            wanted = wanted.where(sale_order.c.customer_id == customer_id)
        rows = self._connection.execute(wanted.order_by(sale_order.c.number.desc()).limit(limit))
        found = [self.get(key) for key in rows.scalars().all()]
        return [one for one in found if one is not None]

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
            ORDERS.selected_columns.business_id == self._business,
            sale_order.c.status.in_(_WAITING),
            sale_order.c.number.is_(None),
        )
        return [_held(row) for row in self._connection.execute(ORDERS.where(own).order_by(sale_order.c.id))]

    def waiting_of(self, customer_id: int) -> list[HeldSale]:
        """The sales of a customer that wait or are in hand at a till, the oldest first."""
        keys = {"business": self._business, "customer": customer_id}
        return [_held(row) for row in self._connection.execute(_WAITING_OF, keys)]

    def held(self, number: int) -> HeldSale | None:
        """The sale that waits under a reference; None once it is completed or dropped."""
        own = and_(
            sale_order.c.business_id == self._business,
            sale_order.c.held_number == number,
            sale_order.c.status.in_(_WAITING),
        )
        row = self._connection.execute(ORDERS.where(own)).first()
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
        return self.add_lines(order_id, [(tax, taxes, values)])[0]

    def add_lines(self, order_id: int, lines: Sequence[tuple[Tax, Sequence[int], NewLine]]) -> list[int]:
        """Insert lines, each with the parts of its tax and their amounts; returns their keys."""
        rows = [{**values, "order_id": order_id, "tax_name": tax.name} for tax, _, values in lines]
        keys = self._add_all(order_line, rows)
        parts = [
            {"line_id": key, "position": place, "name": part.name, "rate": part.rate, "tax_minor": minor}
            for key, (tax, taxes, _) in zip(keys, lines, strict=True)
            for place, (part, minor) in enumerate(zip(tax.parts, taxes, strict=True), start=1)
        ]
        self._add_all(line_tax, parts)
        return keys


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
        Source(row.source),
    )
