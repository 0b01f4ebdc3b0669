"""Bookings, and what they take of people and benches."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, bindparam, func, literal, or_, select, update

from posapp.domain.base.clock import from_us, to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.domain.customers.pl_id import PlId
from posapp.storage.base.faults import ELSEWHERE
from posapp.storage.base.quick import Hands, Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now, stamps_of
from posapp.storage.bookings.tables import booking
from posapp.storage.customers.phones import phone_of, primary_phone
from posapp.storage.customers.tables import contact, customer, phone
from posapp.storage.shop.tables import resource, service

WALL = "%Y-%m-%dT%H:%M"
_MOST_OFFSET = timedelta(hours=14)
"""So far ahead of UTC is the zone that is farthest ahead."""
_LEAST_OFFSET = timedelta(hours=12)
"""So far behind UTC is the zone that is farthest behind."""
_ONE_DAY = timedelta(days=1)
_VISITS = [state.value for state in BookingStatus if state.is_visit]
_FREE = [state.value for state in BookingStatus if not state.takes_time]
_LINES = (
    select(
        booking,
        customer.c.pl_number,
        customer.c.name.label("customer_name"),
        phone.c.key.label("phone_key"),
        phone.c.extension,
        phone.c.mark,
        contact.c.name.label("contact_name"),
        service.c.name.label("service_name"),
        resource.c.name.label("resource_name"),
    )
    .select_from(booking)
    .join(customer, linked(booking.c.customer_id, customer))
    .join(service, linked(booking.c.service_id, service))
    .join(resource, linked(booking.c.resource_id, resource))
    .outerjoin(phone, primary_phone(booking))
    .outerjoin(contact, linked(booking.c.contact_id, contact))
)
_BY_NUMBER = Hot(
    _LINES.where(
        and_(booking.c.business_id == bindparam("business"), booking.c.number == bindparam("number"))
    )
)
_OF_CUSTOMER = (
    _LINES.where(
        and_(booking.c.business_id == bindparam("business"), booking.c.customer_id == bindparam("customer"))
    )
    .order_by(booking.c.starts_at.desc(), booking.c.id.desc())
    .limit(bindparam("limit"))
)
_PENDING = [literal(state.value) for state in BookingStatus if state.is_pending]
_COMING = Hot(
    _LINES.where(
        and_(
            booking.c.business_id == bindparam("business"),
            booking.c.customer_id == bindparam("customer"),
            booking.c.starts_at >= bindparam("earliest"),  # what the index answers
            or_(booking.c.wall_start >= bindparam("day"), booking.c.ends_at > bindparam("now")),
            booking.c.status.in_(_PENDING),
        )
    )
    .order_by(booking.c.starts_at, booking.c.id)
    .limit(bindparam("limit"))
)
_ON_DAYS = Hot(
    _LINES.where(
        and_(
            booking.c.business_id == bindparam("business"),
            booking.c.resource_id == bindparam("resource"),
            # What the index answers: generously, since a shop may have been in another zone.
            booking.c.starts_at >= bindparam("earliest"),
            booking.c.starts_at < bindparam("latest"),
            booking.c.ends_at > bindparam("since"),
            booking.c.wall_start >= bindparam("day_before"),
            booking.c.wall_start < bindparam("day_after"),
        )
    ).order_by(booking.c.starts_at, booking.c.id)
)
_TAKEN = (
    booking.c.business_id == bindparam("business"),
    booking.c.resource_id == bindparam("resource"),
    booking.c.starts_at < bindparam("until"),
    booking.c.starts_at > bindparam("earliest"),
    booking.c.busy_until > bindparam("since"),
    *(booking.c.status != state for state in _FREE),
    booking.c.id != bindparam("but"),
)
_COUNT_TAKEN = Hot(select(func.count()).where(and_(*_TAKEN)))
_SPANS_TAKEN = Hot(
    select(booking.c.starts_at, booking.c.busy_until).where(and_(*_TAKEN)).order_by(booking.c.starts_at)
)
_SPANS_OF_ALL = Hot(
    select(booking.c.resource_id, booking.c.starts_at, booking.c.busy_until)
    .select_from(resource)
    .join(
        booking,
        and_(
            booking.c.resource_id == resource.c.id,
            beside(booking.c.business_id) == resource.c.business_id,
            booking.c.starts_at < bindparam("until"),
            # What began longer ago than the longest booking there cannot reach into the window.
            booking.c.starts_at > bindparam("since") - resource.c.longest_busy,
            booking.c.busy_until > bindparam("since"),
            *(booking.c.status != state for state in _FREE),
            booking.c.id != bindparam("but"),
        ),
    )
    .where(resource.c.business_id == bindparam("business"))
    .order_by(booking.c.starts_at)
)
_HOLD = select(resource.c.capacity, resource.c.buffer_minutes, resource.c.longest_busy).where(
    and_(resource.c.business_id == bindparam("business"), resource.c.id == bindparam("resource"))
)
_LIMITS = Hot(_HOLD)
_HOLD_LOCKED = Hot(_HOLD.with_for_update(key_share=True))
_LONGER = Hot(
    update(resource)
    .where(
        and_(
            resource.c.business_id == bindparam("business"),
            resource.c.id == bindparam("which"),
            resource.c.longest_busy < bindparam("length"),
        )
    )
    .values(longest_busy=bindparam("length"))
)
_LOCK = (
    select(booking.c.id)
    .where(and_(booking.c.business_id == bindparam("business"), booking.c.id == bindparam("key")))
    .with_for_update(key_share=True)
)


class NewBooking(TypedDict):
    """The columns of a booking when it is made, beside its times."""

    number: int
    customer_id: int
    contact_id: int | None
    service_id: int
    resource_id: int
    zone: str
    minutes: int
    business_day: int
    status: str
    override_reason: str | None
    price_minor: int | None
    note: str
    source: str


class BookingChange(TypedDict, total=False):
    """What changes of a booking, beside its times."""

    service_id: int
    zone: str
    minutes: int
    status: str
    reason: str
    override_reason: str | None
    price_minor: int | None
    note: str


class Bookings(Repository):
    """The bookings of one business."""

    def __init__(self, hands: Hands, business: int, stamp: tuple[int, str]) -> None:
        super().__init__(hands, business, stamp)
        self._held: dict[int, Any] = {}  # limits of people and benches that nobody else can change now

    def lock(self, key: int) -> None:
        """Keep others from changing a booking until this transaction ends; read it afterwards."""
        self._connection.execute(_LOCK, {"business": self._business, "key": key})

    def hold(self, resource_id: int) -> tuple[int, int]:
        """Keep others from booking a person or bench until this ends; its capacity and buffer in minutes."""
        row = self._limits(_HOLD_LOCKED, resource_id)
        self._held[resource_id] = row
        return row.capacity, row.buffer_minutes

    def _limits(self, statement: Hot, resource_id: int) -> Any:
        keys = {"business": self._business, "resource": resource_id}
        row = self._connection.settled(statement, keys, _only)
        if row is None:
            raise DomainError(*ELSEWHERE)
        return row

    def _longest(self, resource_id: int) -> int:
        """The longest span of any booking there, in microseconds."""
        row = self._held.get(resource_id)
        if row is None:
            row = self._limits(_LIMITS, resource_id)
        return int(row.longest_busy)

    def _window(self, resource_id: int, since: datetime, until: datetime, but: int) -> dict[str, int]:
        # What began longer ago than the longest booking of this bench cannot reach into the window.
        return {
            "business": self._business,
            "resource": resource_id,
            "since": to_us(since),
            "until": to_us(until),
            "earliest": to_us(since) - self._longest(resource_id),
            "but": but,
        }

    def count_taken(self, resource_id: int, since: datetime, until: datetime, *, but: int = 0) -> int:
        """How many bookings touch a span of a person or bench, `but` the one with that key."""
        taken = self._connection.execute(_COUNT_TAKEN, self._window(resource_id, since, until, but))
        return int(taken.scalar_one())

    def spans_taken(
        self, resource_id: int, since: datetime, until: datetime, *, but: int = 0
    ) -> list[tuple[datetime, datetime]]:
        """From when until when (buffer included) bookings take a person or bench."""
        rows = self._connection.execute(_SPANS_TAKEN, self._window(resource_id, since, until, but))
        return [(from_us(row.starts_at), from_us(row.busy_until)) for row in rows]

    def spans_by_resource(
        self, since: datetime, until: datetime, *, but: int = 0
    ) -> dict[int, list[tuple[datetime, datetime]]]:
        """From when until when (buffer included) bookings take anybody and any bench."""
        window = {"business": self._business, "since": to_us(since), "until": to_us(until), "but": but}
        found: dict[int, list[tuple[datetime, datetime]]] = {}
        for row in self._connection.execute(_SPANS_OF_ALL, window):
            span = (from_us(row.starts_at), from_us(row.busy_until))
            found.setdefault(row.resource_id, []).append(span)
        return found

    def add(
        self,
        *,
        starts: datetime,
        ends: datetime,
        busy_until: datetime,
        wall_start: datetime,
        **values: Unpack[NewBooking],
    ) -> int:
        """Insert a booking and return its key."""
        times = self._times(values["resource_id"], starts, ends, busy_until, wall_start)
        return self._add(booking, {**values, **times, **made_now(self._at, self._by)})

    def _times(
        self, resource_id: int, starts: datetime, ends: datetime, busy_until: datetime, wall_start: datetime
    ) -> dict[str, object]:
        length = to_us(busy_until) - to_us(starts)
        if length > self._longest(resource_id):
            self._held.pop(resource_id, None)
            longer = {"business": self._business, "which": resource_id, "length": length}
            self._connection.execute(_LONGER, longer)
        return {
            "starts_at": to_us(starts),
            "ends_at": to_us(ends),
            "busy_until": to_us(busy_until),
            "wall_start": wall_start.isoformat(timespec="minutes"),
        }

    def move(
        self,
        key: int,
        resource_id: int,
        *,
        starts: datetime,
        ends: datetime,
        busy_until: datetime,
        wall_start: datetime,
        **values: Unpack[BookingChange],
    ) -> None:
        """Give a booking another time, length, person or bench."""
        times = self._times(resource_id, starts, ends, busy_until, wall_start)
        moved = {"resource_id": resource_id, **times, **values}
        self._change(booking, key, {**moved, **changed_now(booking, self._at, self._by)})

    def update(self, key: int, **values: Unpack[BookingChange]) -> None:
        """Change columns of a booking."""
        self._change(booking, key, {**values, **changed_now(booking, self._at, self._by)})

    def set_last_visit(self, customer_id: int) -> None:
        """Compute a customer's last visit anew (the order of search results leans on it)."""
        last = (
            select(func.max(booking.c.starts_at))
            .where(
                and_(
                    beside(booking.c.business_id) == self._business,
                    booking.c.customer_id == customer_id,
                    booking.c.status.in_(_VISITS),
                )
            )
            .scalar_subquery()
        )
        self._change(customer, customer_id, {"last_visit_at": last})

    def by_number(self, number: int) -> Booking | None:
        """The booking B<number>."""
        row = self._connection.execute(_BY_NUMBER, {"business": self._business, "number": number}).first()
        return _booking(row) if row else None

    def of_customer(self, customer_id: int, *, limit: int) -> list[Booking]:
        """A customer's bookings, latest first."""
        return [
            _booking(row)
            for row in self._connection.execute(
                _OF_CUSTOMER, {"business": self._business, "customer": customer_id, "limit": limit}
            )
        ]

    def coming(self, customer_id: int, day: date, *, limit: int) -> list[Booking]:
        """A customer's bookings that still matter, from a day of the shop's clock on or running now."""
        values = {
            "business": self._business,
            "customer": customer_id,
            "earliest": to_us(datetime.combine(day - _ONE_DAY, time(), UTC) - _MOST_OFFSET),
            "now": self._at,
            "day": day.isoformat(),
            "limit": limit,
        }
        return [_booking(row) for row in self._connection.execute(_COMING, values)]

    def on_days(self, resource_id: int, first: date, last: date) -> list[Booking]:
        """The bookings of a person or bench that some days see by the bookings' own clock, both included."""
        since = to_us(datetime.combine(first, time(), UTC) - _MOST_OFFSET)
        keys = {
            "business": self._business,
            "resource": resource_id,
            "earliest": since - self._longest(resource_id),
            "latest": to_us(datetime.combine(last + _ONE_DAY, time(), UTC) + _LEAST_OFFSET),
            "since": since,
            "day_before": (first - _ONE_DAY).isoformat(),
            "day_after": (last + _ONE_DAY).isoformat(),
        }
        found = (_booking(row) for row in self._connection.execute(_ON_DAYS, keys))
        return [one for one in found if one.wall_start.date() >= first or one.minutes_of(first)]


def _only(rows: list[Any]) -> Any:
    return rows[0] if rows else None


def _booking(row: Row[Any]) -> Booking:
    return Booking(
        row.id,
        number_text(Letter.BOOKING, row.number),
        row.customer_id,
        PlId(row.pl_number),
        row.customer_name,
        phone_of(row),
        row.contact_id,
        row.contact_name or "",
        row.service_id,
        row.service_name,
        row.resource_id,
        row.resource_name,
        from_us(row.starts_at),
        from_us(row.ends_at),
        datetime.fromisoformat(row.wall_start),  # strptime takes ten times as long
        row.zone,
        row.minutes,
        BookingStatus(row.status),
        row.reason,
        row.override_reason,
        row.price_minor,
        row.note,
        row.source,
        stamps_of(row),
    )
