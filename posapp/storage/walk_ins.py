"""The queue of those who came without a booking."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, insert, select, update

from posapp.domain.pl_id import PlId
from posapp.domain.walk_ins import WalkIn, WalkInState
from posapp.storage.repair_tables import walk_in
from posapp.storage.rows import changed_now, made_now, phone_of, stamps_of
from posapp.storage.tables import booking, customer, phone, service

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
    .join(customer, customer.c.id == walk_in.c.customer_id)
    .join(service, service.c.id == walk_in.c.service_id)
    .outerjoin(booking, booking.c.id == walk_in.c.booking_id)
    .outerjoin(
        phone,
        and_(phone.c.customer_id == walk_in.c.customer_id, phone.c.is_primary, phone.c.ended_at.is_(None)),
    )
)


class WalkIns:
    """The walk-ins of one business."""

    def __init__(self, connection: Connection, business: int, stamp: tuple[int, str]) -> None:
        self._connection = connection
        self._business = business
        self._at, self._by = stamp

    def waiting(self, business_day: int) -> list[WalkIn]:
        """Who waits today, in order of coming."""
        return self._all(
            and_(
                walk_in.c.state == WalkInState.WAITING.value,
                walk_in.c.business_day == business_day,
            )
        )

    def has_waiting_before(self, business_day: int) -> bool:
        """Whether somebody still waits in the queue of an earlier day."""
        return bool(self._connection.execute(select(exists().where(self._past(business_day)))).scalar())

    def leave_before(self, business_day: int) -> list[tuple[int, PlId]]:
        """Whoever waits in the queue of an earlier day has left: their keys and who they are."""
        wanted = (
            select(walk_in.c.id, customer.c.pl_number)
            .join(customer, customer.c.id == walk_in.c.customer_id)
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

    def add(self, **values: object) -> int:
        """Put somebody at the end of the queue and return the key."""
        made = self._connection.execute(
            insert(walk_in),
            {
                **values,
                "business_id": self._business,
                "state": WalkInState.WAITING.value,
                **made_now(self._at, self._by),
            },
        ).inserted_primary_key
        assert made is not None
        return int(made[0])

    def update(self, key: int, **values: object) -> None:
        """Change columns of a walk-in."""
        self._connection.execute(
            update(walk_in)
            .where(walk_in.c.id == key)
            .values(**values, **changed_now(walk_in, self._at, self._by))
        )


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
        f"B{row.booking_number}" if row.booking_number else "",
        stamps_of(row),
    )
