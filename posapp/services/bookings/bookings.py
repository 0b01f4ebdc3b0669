"""The booking desk: promised times that cannot overlap, whichever till makes them."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import from_us, resolve_wall, wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.base.stamps import Stamps
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.bookings.bookings import (
    IN_THE_WAY_BACK,
    OVERRIDABLE,
    Booking,
    BookingStatus,
    Source,
    check_minutes,
    check_move,
    way_back,
)
from posapp.domain.customers.customers import Customer
from posapp.domain.shop.businesses import Business, Resource, Service
from posapp.services.bookings.agenda import (
    Agenda,
    FreeTime,
    Slot,
    agenda_of,
    free_times,
    refuse_clash,
    refuse_closed,
    require_booking,
)
from posapp.services.bookings.papers import slip_of
from posapp.services.customers.customers import FindOrCreate, contact_for, find_or_create, require_customer
from posapp.services.papers.papers import Output, queue_paper

if TYPE_CHECKING:
    from posapp.storage.bookings.bookings import BookingChange
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
NOTE_LIMIT, REASON_LIMIT = 1000, 200
MOVE_UNDONE = "Move undone"
LONGEST_AGENDA = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeBooking:
    """What the form or the command line asks for, already parsed.

    Either `customer_id` or `who` is given. `starts` is the shop's wall clock; `offset` (of UTC) chooses
    between the two readings of a doubled hour. `service_id`, `resource_id` None: the first service,
    whoever is free first. `minutes` None: as long as the service takes. `anyway` is the reason for booking
    over a refusal (closed, past, taken); it needs the permission to override.
    """

    starts: datetime
    customer_id: int | None = None
    who: FindOrCreate | None = None
    person: str = ""
    service_id: int | None = None
    resource_id: int | None = None
    minutes: int | None = None
    note: str = ""
    offset: timedelta | None = None
    anyway: str | None = None
    source: Source = Source.COUNTER
    output: Output | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBooking:
    """Another time, length, person or bench for a booking; None leaves a part as it is."""

    number: str
    starts: datetime | None = None
    minutes: int | None = None
    resource_id: int | None = None
    service_id: int | None = None
    note: str | None = None
    offset: timedelta | None = None
    anyway: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A saved booking, its customer, whether that record is new, and the print job if there is a paper."""

    booking: Booking
    customer: Customer
    created: bool
    job_id: int | None = None
    other_name: str = ""


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
    ) -> list[FreeTime]:
        """The next free times from a day on (looking two weeks ahead), never in the past."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            ignored = require_booking(uow, but).id if but else 0
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
                _place(
                    uow, starts, check_minutes(minutes), resource_id, offset=offset, anyway=None, but=ignored
                )
            except DomainError as objection:
                return objection
        return None

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
            actor.require(Permission.BOOKING_OVERRIDE)
        with self._store.work(actor) as uow:
            before = _held_with_customer(uow, command.number, command.seen_version)
            service_id = command.service_id or before.service_id
            note = before.note if command.note is None else clean_text(command.note, NOTE_LIMIT, "note")
            values: BookingChange = {"service_id": service_id, "note": note}
            if service_id != before.service_id:
                values["price_minor"] = _service(uow, service_id).price_minor
            if _moves(before, command):
                zone = values["zone"] = uow.businesses.get().time_zone
                wall = wall_of(before.starts, zone).replace(fold=0)  # the shop may have moved since
                starts = command.starts or wall
                minutes = check_minutes(command.minutes or before.minutes)
                offset = command.offset
                if offset is None and starts == wall:  # a doubled hour stays the one it was
                    offset = wall - before.starts.replace(tzinfo=None)
                slot = _place(
                    uow,
                    starts,
                    minutes,
                    command.resource_id or before.resource_id,
                    offset=offset,
                    anyway=command.anyway,
                    but=before,
                )
                values["minutes"], values["override_reason"] = minutes, slot.override_reason
                uow.bookings.move(
                    before.id,
                    slot.resource.id,
                    starts=slot.starts,
                    ends=slot.ends,
                    busy_until=slot.busy_until,
                    wall_start=slot.wall_start,
                    **values,
                )
                if before.status.is_visit:
                    uow.bookings.set_last_visit(before.customer_id)
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
            before = _held_with_customer(uow, number, seen_version)
            if before.status == status:
                return before
            after = _follow(uow, before, status, reason)
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
            booking = _held_with_customer(uow, number, seen_version)
            for step in way_back(booking.status, status):
                booking = _follow(uow, booking, step, reason if step == status else "")
            uow.commit()
        return booking

    def move_back(self, actor: Actor, then: Booking, *, seen_version: int | None = None) -> Booking:
        """Put a booking where it was then. That may be past or closed by now, which is no reason against."""
        actor.require(Permission.BOOKING_WRITE)
        command = MoveBooking(
            number=then.number,
            starts=then.wall_start,
            minutes=then.minutes,
            resource_id=then.resource_id,
            service_id=then.service_id,
            note=then.note,
            offset=then.wall_start - then.starts.replace(tzinfo=None),
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
def insert_booking(
    uow: "UnitOfWork", command: MakeBooking, customer: Customer, contact_id: int | None
) -> Booking:
    """Put a booking where it fits, within a transaction that does more: the queue of walk-ins books, too."""
    business = uow.businesses.get()
    service = _service(uow, command.service_id)
    minutes = check_minutes(command.minutes or service.minutes)
    slot = _place(
        uow,
        command.starts,
        minutes,
        command.resource_id,
        offset=command.offset,
        anyway=command.anyway,
    )
    note = clean_text(command.note, NOTE_LIMIT, "note")
    number = uow.counters.next(Letter.BOOKING)
    day = business.packed_day_of(uow.now)
    key = uow.bookings.add(
        number=number,
        customer_id=customer.id,
        contact_id=contact_id,
        service_id=service.id,
        zone=business.time_zone,
        business_day=day,
        status=BookingStatus.BOOKED.value,
        override_reason=slot.override_reason,
        price_minor=service.price_minor,
        note=note,
        source=command.source.value,
        resource_id=slot.resource.id,
        minutes=minutes,
        starts=slot.starts,
        ends=slot.ends,
        busy_until=slot.busy_until,
        wall_start=slot.wall_start,
    )
    uow.journal.add(
        Action.BOOKING_MADE,
        "booking",
        key,
        ref=number_text(Letter.BOOKING, number),
        after={
            "customer": str(customer.pl_id),
            "at": slot.wall_start.isoformat(timespec="minutes"),
            "minutes": minutes,
            "service": service.name,
            "with": slot.resource.name,
            "anyway": slot.override_reason,
            "note": note,
        },
    )
    if contact_id is not None:  # whose name is not at hand
        return require_booking(uow, number_text(Letter.BOOKING, number))
    return _made(uow, key, number, customer, service, slot, minutes, note, command.source)


def _made(
    uow: "UnitOfWork",
    key: int,
    number: int,
    customer: Customer,
    service: Service,
    slot: Slot,
    minutes: int,
    note: str,
    source: Source,
) -> Booking:
    """A new booking for nobody but the customer, as it will be read."""
    at, by = uow.stamp
    made = from_us(at)
    return Booking(
        key,
        number_text(Letter.BOOKING, number),
        customer.id,
        customer.pl_id,
        customer.name,
        next((line.number for line in customer.current_phones if line.is_primary), None),
        None,
        "",
        service.id,
        service.name,
        slot.resource.id,
        slot.resource.name,
        slot.starts,
        slot.ends,
        slot.wall_start.replace(second=0, microsecond=0, fold=0),
        uow.businesses.get().time_zone,
        minutes,
        BookingStatus.BOOKED,
        "",
        slot.override_reason,
        service.price_minor,
        note,
        source.value,
        Stamps(made, by, made, by, 1),
    )


def _held(uow: "UnitOfWork", number: str) -> Booking:
    """The booking, kept from other tills' changes until this transaction ends."""
    uow.bookings.lock(require_booking(uow, number).id)
    return require_booking(uow, number)


def _held_with_customer(uow: "UnitOfWork", number: str, seen_version: int | None) -> Booking:
    """The booking as whoever asks saw it; its customer is held first, as everywhere."""
    uow.customers.hold(require_booking(uow, number).customer_id)
    booking = _held(uow, number)
    _refuse_stale(booking, seen_version)
    return booking


def _follow(uow: "UnitOfWork", before: Booking, status: BookingStatus, reason: str) -> Booking:
    """One step to another state, with its entry."""
    check_move(before.number, before.status, status)
    reason = clean_text(reason, REASON_LIMIT, "reason")
    if status == BookingStatus.CANCELLED and not reason:
        raise DomainError("reason_missing", "Say why the booking is cancelled.", field="reason")
    if status.takes_time and not before.status.takes_time:
        _retake(uow, before)
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


def _customer_of(uow: "UnitOfWork", command: MakeBooking) -> tuple[Customer, bool, str]:
    if command.customer_id is not None:
        return require_customer(uow, command.customer_id), False, ""
    if command.who is None:
        raise DomainError("customer_missing", "Say who the booking is for.", field="phone")
    found = find_or_create(uow, command.who)
    return found.customer, found.created, found.other_name


def _service(uow: "UnitOfWork", key: int | None) -> Service:
    service = uow.businesses.service(key) if key is not None else next(iter(uow.businesses.services()), None)
    if service is None:
        raise DomainError("service_unknown", "Choose a service.", field="service")
    return service


def _place(
    uow: "UnitOfWork",
    wall: datetime,
    minutes: int,
    resource_id: int | None,
    *,
    offset: timedelta | None,
    anyway: str | None,
    but: Booking | None = None,
) -> Slot:
    """Find the person or bench for a time and refuse what cannot be, inside the writing transaction."""
    business = uow.businesses.get()
    starts = resolve_wall(wall, business.time_zone, offset=offset)
    reason = None
    if anyway is not None:
        reason = clean_text(anyway, REASON_LIMIT, "anyway")
        if not reason:
            raise DomainError("reason_missing", "Say why you book it anyway.", field="anyway")
    refusals: list[DomainError] = []
    candidates = _candidates(uow, resource_id)
    for resource in candidates:
        try:
            if but is None or but.starts != starts:  # one that is running may still become longer
                _refuse_past(uow, business, starts, wall)
            refuse_closed(uow, wall, minutes, resource)
            ignored = but.id if but else 0
            return refuse_clash(uow, business, resource, wall, starts, minutes, but=ignored)
        except DomainError as refusal:
            refusals.append(refusal)
    if reason is not None and all(one.code in OVERRIDABLE for one in refusals):
        uow.bookings.hold(candidates[0].id)  # others who ask whether there is room wait for this one
        return Slot.of(candidates[0], wall, starts, minutes, override_reason=reason)
    # "Anyone": the refusal that is nearest to a yes is the most useful one.
    raise next((one for one in refusals if one.code == "taken"), refusals[0])


def _candidates(uow: "UnitOfWork", resource_id: int | None) -> list[Resource]:
    resources = uow.businesses.resources(with_archived=resource_id is not None)
    chosen = [one for one in resources if resource_id in (None, one.id)]
    if not chosen:
        raise DomainError("resource_unknown", "Choose a person or bench.", field="with")
    return chosen


def _refuse_past(uow: "UnitOfWork", business: Business, starts: datetime, wall: datetime) -> None:
    if starts >= uow.now - timedelta(minutes=1):
        return
    now = wall_of(uow.now, business.time_zone)
    raise DomainError(
        "past",
        f"{wall:%H:%M} on {shown_day(wall)} is past; it is {now:%H:%M} now. "
        "Choose a later time, or book it anyway.",
        field="starts",
    )


def _retake(uow: "UnitOfWork", booking: Booking) -> None:
    """A cancelled booking comes back: its time may have been given away since."""
    if booking.override_reason is not None:
        return
    resource = next(
        one for one in uow.businesses.resources(with_archived=True) if one.id == booking.resource_id
    )
    business = uow.businesses.get()
    refuse_clash(uow, business, resource, booking.wall_start, booking.starts, booking.minutes, but=booking.id)


def _refuse_stale(booking: Booking, seen_version: int | None) -> None:
    if seen_version not in (None, booking.stamps.version):
        raise DomainError(
            "changed_elsewhere",
            f"{booking.number} was changed by {booking.stamps.updated_by} a moment ago. "
            "Look at it, then try again.",
        )


def _moves(before: Booking, command: MoveBooking) -> bool:
    return (
        (command.starts is not None and command.starts != before.wall_start)
        or (command.minutes is not None and command.minutes != before.minutes)
        or (command.resource_id is not None and command.resource_id != before.resource_id)
        or command.offset is not None
    )


def _facts(booking: Booking) -> dict[str, object]:
    return {
        "at": booking.wall_start.isoformat(timespec="minutes"),
        "minutes": booking.minutes,
        "service": booking.service,
        "with": booking.resource,
        "note": booking.note,
        "anyway": booking.override_reason,
    }
