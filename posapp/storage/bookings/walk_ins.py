"""The queue of those who came without a booking."""

from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, select

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.bookings.walk_ins import WalkIn, WalkInState
from posapp.domain.customers.pl_id import PlId
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now, stamps_of
from posapp.storage.bookings.tables import booking, walk_in
from posapp.storage.customers.phones import phone_of, primary_phone
from posapp.storage.customers.tables import customer, phone
from posapp.storage.shop.tables import service

_ROWS = (
    select(
        walk_in,
        customer.c.pl_number,
        customer.c.name.label("customer_name"),
        service.c.name.label("service_name"),
        booking.c.number.label("booking_number"),
        phone.c.key.label("phone_key"),
        phone.c.extension,
        phone.c.mark,
    )
    .select_from(walk_in)
    .join(customer, linked(walk_in.c.customer_id, customer))
    .join(service, linked(walk_in.c.service_id, service))
    .outerjoin(booking, linked(walk_in.c.booking_id, booking))
    .outerjoin(phone, primary_phone(walk_in))
)
_WAITING = Hot(
    _ROWS.where(
        and_(
            walk_in.c.business_id == bindparam("business"),
            walk_in.c.state == WalkInState.WAITING.value,
            walk_in.c.business_day == bindparam("day"),
        )
    ).order_by(walk_in.c.created_at, walk_in.c.id)
)


class NewWalkIn(TypedDict):
    """The columns of somebody who joins the queue."""

    customer_id: int
    service_id: int
    minutes: int
    note: str
    business_day: int


class WalkInChange(TypedDict, total=False):
    """What changes of somebody in the queue."""

    state: str
    booking_id: int


class WalkIns(Repository):
    """The walk-ins of one business."""

    def waiting(self, business_day: int) -> list[WalkIn]:
        """Who waits today, in order of coming."""
        rows = self._connection.execute(_WAITING, {"business": self._business, "day": business_day})
        return [_walk_in(row) for row in rows]

    def has_waiting_before(self, business_day: int) -> bool:
        """Whether somebody still waits in the queue of an earlier day."""
        return bool(self._connection.execute(select(exists().where(self._past(business_day)))).scalar())

    def leave_before(self, business_day: int) -> list[tuple[int, PlId]]:
        """Whoever waits in the queue of an earlier day has left: their keys and who they are."""
        wanted = (
            select(walk_in.c.id, customer.c.pl_number)
            .join(customer, linked(walk_in.c.customer_id, customer))
            .where(self._past(business_day))
            .order_by(walk_in.c.id)
            .with_for_update(of=walk_in, skip_locked=True)
        )
        found = self._connection.execute(wanted).all()
        for row in found:
            self.update(row.id, state=WalkInState.LEFT.value)
        return [(row.id, PlId(row.pl_number)) for row in found]

    def _past(self, business_day: int) -> ColumnElement[bool]:
        return and_(
            walk_in.c.business_id == self._business,
            walk_in.c.state == WalkInState.WAITING.value,
            walk_in.c.business_day < business_day,
        )

    def get(self, key: int) -> WalkIn | None:
        """One of them."""
        return next(iter(self._all(walk_in.c.id == key)), None)

    def _all(self, which: Any) -> list[WalkIn]:
        wanted = _ROWS.where(and_(walk_in.c.business_id == self._business, which))
        rows = self._connection.execute(wanted.order_by(walk_in.c.created_at, walk_in.c.id))
        return [_walk_in(row) for row in rows]

    def hold(self, key: int) -> None:
        """Keep other tills from serving the same person until this transaction ends; read it afterwards."""
        self._connection.execute(
            select(walk_in.c.id)
            .where(and_(walk_in.c.business_id == self._business, walk_in.c.id == key))
            .with_for_update()
        )

    def add(self, **values: Unpack[NewWalkIn]) -> int:
        """Put somebody at the end of the queue and return the key."""
        waiting = {"state": WalkInState.WAITING.value, **made_now(self._at, self._by)}
        return self._add(walk_in, {**values, **waiting})

    def update(self, key: int, **values: Unpack[WalkInChange]) -> None:
        """Change columns of a walk-in."""
        self._change(walk_in, key, {**values, **changed_now(walk_in, self._at, self._by)})


def _walk_in(row: Row[Any]) -> WalkIn:
    return WalkIn(
        row.id,
        row.customer_id,
        PlId(row.pl_number),
        row.customer_name,
        phone_of(row),
        row.service_id,
        row.service_name,
        row.minutes,
        WalkInState(row.state),
        row.note,
        number_text(Letter.BOOKING, row.booking_number) if row.booking_number else "",
        stamps_of(row),
    )
