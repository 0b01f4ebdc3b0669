"""The booking desk: promised times that cannot overlap, whichever till makes them."""

import logging
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.bookings.bookings import (
    IN_THE_WAY_BACK,
    NOTE_LIMIT,
    REASON_LIMIT,
    Booking,
    BookingStatus,
    check_minutes,
    check_move,
    way_back,
)
from posapp.domain.customers.customers import Customer
from posapp.services.base.edits import refuse_stale
from posapp.services.bookings.agenda import (
    Agenda,
    FreeTime,
    agenda_of,
    free_times,
    outside_of,
    require_booking,
)
from posapp.services.bookings.booking_commands import Booked, MakeBooking, MoveBooking
from posapp.services.bookings.near import AlsoBooked, also_booked, near_times
from posapp.services.bookings.papers import slip_of
from posapp.services.bookings.placing import (
    insert_booking,
    move_to,
    moves,
    place,
    retake,
    service_of,
)
from posapp.services.customers.customers import (
    contact_for,
    find_or_create,
    require_customer,
    usable_customer,
)
from posapp.services.papers.papers import queue_paper

if TYPE_CHECKING:
    from posapp.storage.bookings.bookings import BookingChange
    from posapp.storage.unit_of_work import Store, UnitOfWork

__all__ = ["Booked", "BookingDesk", "MakeBooking", "MoveBooking"]
log = logging.getLogger(__name__)
MOVE_UNDONE = "Move undone"
LONGEST_AGENDA = timedelta(days=45)


class BookingDesk:
    """Makes, moves and follows bookings."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- looking -----------------------------------------------------------------------------------
    def get(self, actor: Actor, number: str) -> Booking:
        """The booking of that number, such as "B12"."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor) as uow:
            return require_booking(uow, number)

    def of_customer(self, actor: Actor, customer_id: int, *, limit: int = 50) -> list[Booking]:
        """A customer's bookings, latest first."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor) as uow:
            require_customer(uow, customer_id)
            return uow.bookings.of_customer(customer_id, limit=limit)

    def agenda(self, actor: Actor, first: date, last: date) -> Agenda:
        """Bookings, hours and people of some days (both included), for calendars and lists."""
        actor.require(Permission.BOOKING_READ)
        if last - first > LONGEST_AGENDA:
            raise DomainError("days_too_many", "Choose at most 45 days.", field="from")
        with self._store.look(actor, snapshot=True) as uow:
            return agenda_of(uow, first, last)

    def free_times(
        self,
        actor: Actor,
        day: date,
        minutes: int,
        resource_id: int | None = None,
        *,
        limit: int = 4,
        but: str | None = None,
        wanted: time | None = None,
    ) -> list[FreeTime]:
        """The next free times from a day on (looking two weeks ahead), never in the past.

        With a `wanted` time those nearest to it.
        """
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            ignored = require_booking(uow, but).id if but else 0
            if wanted is not None:
                at, minutes = datetime.combine(day, wanted), check_minutes(minutes)
                return near_times(uow, at, minutes, resource_id, limit=limit, but=ignored)
            return free_times(uow, day, check_minutes(minutes), resource_id, limit=limit, but=ignored)

    def objection(
        self,
        actor: Actor,
        starts: datetime,
        minutes: int,
        resource_id: int | None,
        *,
        but: str | None = None,
        offset: timedelta | None = None,
    ) -> DomainError | None:
        """What stands against a time, asked while a form is filled or a block dragged; None if nothing."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            try:
                ignored = require_booking(uow, but) if but else None
                place(
                    uow, starts, check_minutes(minutes), resource_id, offset=offset, anyway=None, but=ignored
                )
            except DomainError as objection:
                return objection
        return None

    def outside_hours(self, actor: Actor, first: date, last: date) -> list[Booking]:
        """The bookings to come of some days that no longer fit the hours: asked when hours have changed."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return outside_of(uow, first, min(last, first + LONGEST_AGENDA))

    def also_booked(
        self,
        actor: Actor,
        customer_id: int,
        starts: datetime,
        minutes: int,
        *,
        but: str | None = None,
        offset: timedelta | None = None,
    ) -> list[AlsoBooked]:
        """What a customer has booked at that time or on that day already, for a hint beside the form."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            require_customer(uow, customer_id)
            ignored = require_booking(uow, but).id if but else 0
            return also_booked(uow, customer_id, starts, check_minutes(minutes), offset=offset, but=ignored)

    # -- writing -----------------------------------------------------------------------------------
    def book(self, actor: Actor, command: MakeBooking) -> Booked:
        """Book a time for a customer, found or created by phone, all or nothing."""
        actor.require(Permission.BOOKING_WRITE)
        if command.anyway is not None:
            actor.require(Permission.BOOKING_OVERRIDE)
        with self._store.work(actor) as uow:
            customer, created, other_name = _customer_of(uow, command)
            contact_id = contact_for(uow, customer, command.person) if clean_name(command.person) else None
            booking = insert_booking(uow, command, customer, contact_id)
            job_id = queue_paper(uow, slip_of(uow, booking), command.output) if command.output else None
            uow.commit()
        log.info("booked %s for %s, %s", booking.number, booking.pl_id, "created" if created else "reused")
        return Booked(booking, customer, created, job_id, other_name)

    def move(self, actor: Actor, command: MoveBooking) -> Booking:
        """Give a booking another time, length, person, service or note."""
        actor.require(Permission.BOOKING_WRITE)
        if command.anyway is not None:
            actor.require(Permission.BOOKING_OVERRIDE, number=command.number)
        with self._store.work(actor) as uow:
            before = held_booking(uow, command.number, command.seen_version)
            service_id = command.service_id or before.service_id
            note = before.note if command.note is None else clean_text(command.note, NOTE_LIMIT, "note")
            values: BookingChange = {"service_id": service_id, "note": note}
            if service_id != before.service_id:
                values["price_minor"] = service_of(uow, service_id).price_minor
            if moves(before, command):
                move_to(uow, before, command, values)
            else:
                uow.bookings.update(before.id, **values)
            after = require_booking(uow, command.number)
            uow.journal.add(
                Action.BOOKING_MOVED,
                "booking",
                before.id,
                ref=before.number,
                before=_facts(before),
                after=_facts(after),
            )
            uow.commit()
        return after

    def set_status(
        self,
        actor: Actor,
        number: str,
        status: BookingStatus,
        *,
        reason: str = "",
        seen_version: int | None = None,
    ) -> Booking:
        """Follow a booking: confirmed, arrived, in service, done, did not come, cancelled (with a reason)."""
        actor.require(Permission.BOOKING_WRITE)
        with self._store.work(actor) as uow:
            before = held_booking(uow, number, seen_version)
            if before.status == status:
                return before
            after = follow(uow, before, status, reason)
            uow.commit()
        return after

    def restore_status(
        self,
        actor: Actor,
        number: str,
        status: BookingStatus,
        *,
        reason: str = "",
        seen_version: int | None = None,
    ) -> Booking:
        """Give a booking the state it had before, by the steps that the trade knows, all of them or none."""
        actor.require(Permission.BOOKING_WRITE)
        with self._store.work(actor) as uow:
            booking = held_booking(uow, number, seen_version)
            for step in way_back(booking.status, status):
                booking = follow(uow, booking, step, reason if step == status else "")
            uow.commit()
        return booking

    def move_back(self, actor: Actor, then: Booking, *, seen_version: int | None = None) -> Booking:
        """Put a booking where it was then. That may be past or closed by now, which is no reason against."""
        actor.require(Permission.BOOKING_WRITE)
        with self._store.look(actor) as uow:
            wall = wall_of(then.starts, uow.businesses.get().time_zone).replace(fold=0)
        command = MoveBooking(
            number=then.number,
            starts=wall,
            minutes=then.minutes,
            resource_id=then.resource_id,
            service_id=then.service_id,
            note=then.note,
            offset=wall - then.starts.replace(tzinfo=None),
            anyway=then.override_reason,
            seen_version=seen_version,
        )
        try:
            return self.move(actor, command)
        except DomainError as refusal:
            if refusal.code not in IN_THE_WAY_BACK:
                raise
        return self.move(actor, replace(command, anyway=MOVE_UNDONE))


# -- inside a transaction ------------------------------------------------------------------------------
def _held(uow: "UnitOfWork", number: str) -> Booking:
    """The booking, kept from other tills' changes until this transaction ends."""
    uow.bookings.lock(require_booking(uow, number).id)
    return require_booking(uow, number)


def held_booking(uow: "UnitOfWork", number: str, seen_version: int | None = None) -> Booking:
    """The booking as whoever asks saw it; its customer is held first, as everywhere."""
    uow.customers.hold(require_booking(uow, number).customer_id)
    booking = _held(uow, number)
    refuse_stale(booking.number, booking.stamps, seen_version)
    return booking


def _customer_of(uow: "UnitOfWork", command: MakeBooking) -> tuple[Customer, bool, str]:
    if command.customer_id is not None:
        return usable_customer(uow, command.customer_id), False, ""
    if command.who is None:
        raise DomainError("customer_missing", "Say who the booking is for.", field="phone")
    found = find_or_create(uow, command.who)
    return found.customer, found.created, found.other_name


def follow(uow: "UnitOfWork", before: Booking, status: BookingStatus, reason: str) -> Booking:
    """One step to another state, with its entry."""
    check_move(before.number, before.status, status)
    reason = clean_text(reason, REASON_LIMIT, "reason")
    if status == BookingStatus.CANCELLED and not reason:
        raise DomainError("reason_missing", "Say why the booking is cancelled.", field="reason")
    if status.takes_time and not before.status.takes_time:
        usable_customer(uow, before.customer_id)
        retake(uow, before)
    uow.bookings.update(before.id, status=status.value, reason=reason)
    if status.is_visit or before.status.is_visit:
        uow.bookings.set_last_visit(before.customer_id)
    uow.journal.add(
        Action.BOOKING_STATUS,
        "booking",
        before.id,
        ref=before.number,
        before={"status": before.status.value},
        after={"status": status.value, "reason": reason},
    )
    return require_booking(uow, before.number)


def _facts(booking: Booking) -> dict[str, object]:
    return {
        "at": booking.wall_start.isoformat(timespec="minutes"),
        "minutes": booking.minutes,
        "service": booking.service,
        "with": booking.resource,
        "note": booking.note,
        "anyway": booking.override_reason,
    }
