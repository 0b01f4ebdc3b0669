"""The walk-in desk: who came without a booking, when their turn is, and the booking that serves them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.bookings.bookings import Booking, BookingStatus, Source, check_minutes
from posapp.domain.bookings.walk_ins import QueueLine, WalkIn, WalkInState
from posapp.services.bookings.agenda import require_booking
from posapp.services.bookings.bench_time import turns
from posapp.services.bookings.booking_commands import MakeBooking
from posapp.services.bookings.placing import insert_booking
from posapp.services.customers.customers import (
    FindOrCreate,
    find_or_create,
    require_customer,
    usable_customer,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
NOTE_LIMIT, REASON_LIMIT, LONGEST_QUEUE = 500, 200, 100
DAY_OVER = "The day is over"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWalkIn:
    """Somebody joins the queue: a customer, known or found by phone, and what for.

    `service_id` None is the shop's first service; `minutes` None is its length.
    """

    customer_id: int | None = None
    who: FindOrCreate | None = None
    service_id: int | None = None
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeWalkIn:
    """It is somebody's turn: with whom (None: who is free), or in the slot of a booking that did not come.

    `minutes` shortens or lengthens the time; `anyway` is the reason for serving against a refusal.
    """

    walk_in_id: int
    resource_id: int | None = None
    slot_of: str = ""
    minutes: int | None = None
    anyway: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """The walk-in and the booking that serves them now."""

    walk_in: WalkIn
    booking: Booking


class WalkInDesk:
    """Keeps the queue of today."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def queue(self, actor: Actor) -> list[QueueLine]:
        """Who waits today, in order of coming, and when their turn is by the calendar."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return queue_of(uow)

    def add(self, actor: Actor, command: AddWalkIn) -> QueueLine:
        """Somebody joins the end of the queue."""
        actor.require(Permission.BOOKING_WRITE)
        with self._store.work(actor) as uow:
            line = join_queue(uow, command)
            uow.commit()
        return line

    def serve(self, actor: Actor, command: ServeWalkIn) -> Served:
        """Book the walk-in for now and mark them as arrived; their ticket can be opened from the booking."""
        actor.require(Permission.BOOKING_WRITE)
        if command.anyway is not None:
            actor.require(Permission.BOOKING_OVERRIDE)
        with self._store.work(actor) as uow:
            walk_in = _waiting(uow, command.walk_in_id)
            uow.customers.hold(walk_in.customer_id)
            customer = require_customer(uow, walk_in.customer_id)
            booking = insert_booking(uow, _booking_of(uow, walk_in, command), customer, None)
            uow.bookings.update(booking.id, status=BookingStatus.ARRIVED.value)
            uow.bookings.set_last_visit(customer.id)
            uow.walk_ins.update(walk_in.id, state=WalkInState.SERVED.value, booking_id=booking.id)
            uow.journal.add(
                Action.WALK_IN_SERVED,
                "walk_in",
                walk_in.id,
                ref=str(walk_in.pl_id),
                after={"booking": booking.number, "slot_of": command.slot_of},
            )
            uow.journal.add(
                Action.BOOKING_STATUS,
                "booking",
                booking.id,
                ref=booking.number,
                before={"status": BookingStatus.BOOKED.value},
                after={"status": BookingStatus.ARRIVED.value, "reason": ""},
            )
            served = Served(_require(uow, walk_in.id), require_booking(uow, booking.number))
            uow.commit()
        log.info("walk-in %s served as %s", walk_in.pl_id, booking.number)
        return served

    def left(self, actor: Actor, walk_in_id: int, *, reason: str = "") -> WalkIn:
        """Somebody did not want to wait; `come_back` puts them at their place again."""
        actor.require(Permission.BOOKING_WRITE)
        reason = clean_text(reason, REASON_LIMIT, "reason")
        with self._store.work(actor) as uow:
            walk_in = _waiting(uow, walk_in_id)
            return self._set(uow, walk_in, WalkInState.LEFT, reason)

    def come_back(self, actor: Actor, walk_in_id: int) -> WalkIn:
        """Somebody who had left waits again, at their old place."""
        actor.require(Permission.BOOKING_WRITE)
        with self._store.work(actor) as uow:
            uow.walk_ins.hold(walk_in_id)
            walk_in = _require(uow, walk_in_id)
            if walk_in.state != WalkInState.LEFT:
                raise DomainError("walk_in_state", f"{walk_in.pl_id} has not left the queue.")
            if _day(uow, walk_in.came_at) != _today(uow):
                raise DomainError("walk_in_over", f"{walk_in.pl_id} came on an earlier day. Add them again.")
            _refuse_waiting(uow.walk_ins.waiting(_today(uow)), walk_in.customer_id)
            return self._set(uow, walk_in, WalkInState.WAITING, "")

    def has_past(self, actor: Actor) -> bool:
        """Whether somebody still stands in the queue of an earlier day."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor) as uow:
            return uow.walk_ins.has_waiting_before(_today(uow))

    def close_past(self, actor: Actor) -> int:
        """Whoever still stands in the queue of an earlier day has left; how many there were."""
        actor.require(Permission.BOOKING_WRITE)
        if not self.has_past(actor):
            return 0
        with self._store.work(actor) as uow:
            past = uow.walk_ins.leave_before(_today(uow))
            for key, pl_id in past:
                uow.journal.add(
                    Action.WALK_IN_LEFT,
                    "walk_in",
                    key,
                    ref=str(pl_id),
                    before={"state": WalkInState.WAITING.value},
                    after={"state": WalkInState.LEFT.value, "reason": DAY_OVER},
                )
            uow.commit()
        return len(past)

    def _set(self, uow: "UnitOfWork", walk_in: WalkIn, state: WalkInState, reason: str) -> WalkIn:
        uow.walk_ins.update(walk_in.id, state=state.value)
        uow.journal.add(
            Action(f"walk_in.{state.value}"),
            "walk_in",
            walk_in.id,
            ref=str(walk_in.pl_id),
            before={"state": walk_in.state.value},
            after={"state": state.value, "reason": reason},
        )
        after = _require(uow, walk_in.id)
        uow.commit()
        return after


# -- inside a transaction ------------------------------------------------------------------------------
def _today(uow: "UnitOfWork") -> int:
    return _day(uow, uow.now)


def _day(uow: "UnitOfWork", at: datetime) -> int:
    return uow.businesses.get().packed_day_of(at)


def join_queue(uow: "UnitOfWork", command: AddWalkIn) -> QueueLine:
    """Somebody joins the end of the queue of today."""
    note = clean_text(command.note, NOTE_LIMIT, "note")
    customer = _customer(uow, command)
    waiting = uow.walk_ins.waiting(_today(uow))
    _refuse_waiting(waiting, customer)
    if len(waiting) >= LONGEST_QUEUE:
        raise DomainError("queue_full", "The queue is full.")
    services = uow.businesses.services()
    service = next((one for one in services if command.service_id in (None, one.id)), None)
    if service is None:
        raise DomainError("service_unknown", "Choose a service.", field="service")
    minutes = check_minutes(command.minutes or service.minutes)
    key = uow.walk_ins.add(
        customer_id=customer,
        service_id=service.id,
        minutes=minutes,
        note=note,
        business_day=_today(uow),
    )
    uow.journal.add(
        Action.WALK_IN_CAME,
        "walk_in",
        key,
        ref=str(require_customer(uow, customer).pl_id),
        after={"service": service.name, "minutes": minutes, "note": note},
    )
    return next(one for one in queue_of(uow) if one.walk_in.id == key)


def is_in_queue(uow: "UnitOfWork", customer_id: int) -> bool:
    """Whether a customer waits in the queue of today."""
    return any(one.customer_id == customer_id for one in uow.walk_ins.waiting(_today(uow)))


def _customer(uow: "UnitOfWork", command: AddWalkIn) -> int:
    if command.customer_id is not None:
        uow.customers.hold(command.customer_id)
        return usable_customer(uow, command.customer_id).id
    if command.who is None:
        raise DomainError("customer_missing", "Say who is waiting.", field="phone")
    return find_or_create(uow, command.who).customer.id


def _refuse_waiting(waiting: Sequence[WalkIn], customer_id: int) -> None:
    """Nobody stands in the queue twice."""
    if any(one.customer_id == customer_id for one in waiting):
        raise DomainError("walk_in_waits", "This customer is in the queue already.", field="customer")


def queue_of(uow: "UnitOfWork") -> list[QueueLine]:
    """Who waits today, in order of coming, and when their turn is by the free times of the calendar."""
    waiting = uow.walk_ins.waiting(_today(uow))
    found = turns(uow, [one.minutes for one in waiting])
    return [
        QueueLine(
            walk_in,
            position,
            max(0, -int((uow.now - turn.instant).total_seconds() // 60)) if turn else None,
            turn.starts if turn else None,
            turn.resource.id if turn else None,
            turn.resource.name if turn else "",
        )
        for position, (walk_in, turn) in enumerate(zip(waiting, found, strict=True), start=1)
    ]


def _booking_of(uow: "UnitOfWork", walk_in: WalkIn, command: ServeWalkIn) -> MakeBooking:
    zone = uow.businesses.get().time_zone
    now = wall_of(uow.now, zone).replace(second=0, microsecond=0)
    offset: timedelta | None = now - uow.now.replace(second=0, microsecond=0, tzinfo=None)
    resource_id, minutes = command.resource_id, command.minutes or walk_in.minutes
    starts = now.replace(fold=0)
    if command.slot_of:
        slot = _free_slot(uow, command.slot_of)
        resource_id = slot.resource_id
        if slot.starts > uow.now:
            starts = wall_of(slot.starts, zone)
            offset = starts.replace(fold=0) - slot.starts.replace(tzinfo=None)
        if command.minutes is None:  # no longer than what the slot still holds
            rest = int((slot.ends - max(slot.starts, uow.now)).total_seconds() // 60)
            minutes = min(minutes, max(rest, 5))
    return MakeBooking(
        starts=starts,
        minutes=check_minutes(minutes),
        customer_id=walk_in.customer_id,
        service_id=walk_in.service_id,
        resource_id=resource_id,
        note=walk_in.note,
        offset=offset,
        anyway=command.anyway,
        source=Source.COUNTER,
    )


def _free_slot(uow: "UnitOfWork", number: str) -> Booking:
    slot = require_booking(uow, number)
    if slot.status.takes_time:
        raise DomainError(
            "slot_taken", f"{slot.number} still holds its time. Mark it as did not come first.", field="slot"
        )
    if slot.ends <= uow.now:
        raise DomainError("slot_over", f"The time of {slot.number} is over.", field="slot")
    return slot


def _waiting(uow: "UnitOfWork", key: int) -> WalkIn:
    uow.walk_ins.hold(key)
    walk_in = _require(uow, key)
    if walk_in.state != WalkInState.WAITING:
        word = "was served already" if walk_in.state == WalkInState.SERVED else "has left the queue"
        raise DomainError("walk_in_state", f"{walk_in.pl_id} {word}.")
    return walk_in


def _require(uow: "UnitOfWork", key: int) -> WalkIn:
    found = uow.walk_ins.get(key)
    if found is None:
        raise DomainError("walk_in_unknown", "This walk-in is not in the queue.")
    return found
