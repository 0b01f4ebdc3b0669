"""The ticket desk: devices taken in, followed from state to state, and handed back.

A ticket belongs to one customer and holds one or more jobs, a device each. What the status engine allows
is data of the shop (`StateMap`). Every change stands in the journal under the ticket: that is its
undeletable history.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.actor import Actor, Permission
from posapp.domain.bookings import BookingStatus, Source
from posapp.domain.clock import business_day, to_us
from posapp.domain.customers import Customer
from posapp.domain.devices import Device, DeviceKind, check_imei, check_serial
from posapp.domain.errors import DomainError
from posapp.domain.names import clean_name, clean_text
from posapp.domain.tickets import (
    BoardCard,
    Condition,
    Job,
    Outcome,
    StateGroup,
    StateMap,
    Ticket,
    TicketState,
)
from posapp.services.agenda import require_booking
from posapp.services.customers import FindOrCreate, contact_for, find_or_create, require_customer
from posapp.services.passcodes import Passcodes, check_passcode

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
FAULT_LIMIT, NOTE_LIMIT, REASON_LIMIT, SHORT_LIMIT = 2000, 4000, 200, 200
MOST_DEVICES, MAX_PRICE = 20, 10**12
PREPARED_BY = BookingStatus.ARRIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInDevice:
    """One device at the counter, as parsed at the edge.

    `device_id` names one of the register; else make, model and serial or IMEI say what it is.
    `no_serial_reason` says why neither can be read. `claim_of` is the warranty that is claimed.
    """

    fault: str
    kind: DeviceKind = DeviceKind.OTHER
    make: str = ""
    model: str = ""
    colour: str = ""
    serial: str = ""
    imei: str = ""
    no_serial_reason: str = ""
    device_id: int | None = None
    accessories: str = ""
    condition: tuple[tuple[str, Condition], ...] = ()
    passcode: str = ""
    price_minor: int | None = None
    technician_id: int | None = None
    shelf: str = ""
    claim_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """A ticket to open: `customer_id`, `who` or `booking` (its customer and person) say for whom."""

    devices: tuple[TakeInDevice, ...]
    customer_id: int | None = None
    who: FindOrCreate | None = None
    booking: str = ""
    person: str = ""
    due: datetime | None = None
    is_rush: bool = False
    note: str = ""
    source: Source = Source.COUNTER


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveJob:
    """A new state for one device of a ticket; `position` 1 is the first device."""

    number: str
    to: str
    position: int = 1
    reason: str = ""
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditJob:
    """New values for one device of a ticket; None leaves a part as it is, "" or 0 empties it."""

    number: str
    position: int = 1
    fault: str | None = None
    found: str | None = None
    accessories: str | None = None
    condition: tuple[tuple[str, Condition], ...] | None = None
    technician_id: int | None = None
    price_minor: int | None = None
    shelf: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandBack:
    """Devices that leave: all that are ready, or those at `positions`. `to` is who took them."""

    number: str
    outcome: Outcome
    to: str
    positions: tuple[int, ...] = ()
    signature: bytes | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The ticket, its customer, whether that record is new, and a typed name not yet on the account."""

    ticket: Ticket
    customer: Customer
    created: bool
    other_name: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The states of the shop with what is in each: at most `limit` cards a column, and the true counts."""

    now: datetime
    end_of_day: datetime
    untouched_hours: int
    states: StateMap
    columns: dict[int, tuple[BoardCard, ...]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class TicketDesk:
    """Takes in, follows and hands back."""

    def __init__(self, store: "Store", passcodes: Passcodes) -> None:
        self._store = store
        self._passcodes = passcodes

    # -- looking -----------------------------------------------------------------------------------
    def get(self, actor: Actor, number: str) -> Ticket:
        """The ticket of that number, such as "T12"."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return require_ticket(uow, number)

    def states(self, actor: Actor) -> StateMap:
        """The states of the shop and the moves it allows."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.tickets.state_map()

    def checklist(self, actor: Actor, kind: DeviceKind) -> list[str]:
        """What is looked at when a device of that kind is taken in."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.tickets.checklist(kind.value)

    def board(self, actor: Actor, *, limit: int = 200) -> Board:
        """Everything in the shop, a column a state, the longest waiting first."""
        from posapp.services.agenda import day_bounds

        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            states = uow.tickets.state_map()
            business = uow.businesses.get()
            today = business_day(uow.now, business.time_zone, business.cutover_minutes)
            _, end_of_day = day_bounds(today, today, business.time_zone)
            counts = uow.tickets.counts()
            columns = {
                state.id: tuple(uow.tickets.cards_in(state.id, limit))
                for state in states.states
                if counts.get(state.id)
            }
            hours = int(uow.tickets.setting("untouched_hours") or 48)
            return Board(uow.now, end_of_day, hours, states, columns, counts)

    def here_of_customer(self, actor: Actor, customer_id: int) -> list[BoardCard]:
        """What a customer has in the shop right now."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            require_customer(uow, customer_id)
            return uow.tickets.here_of_customer(customer_id)

    # -- taking in -----------------------------------------------------------------------------------
    def take_in(self, actor: Actor, command: TakeIn) -> TakenIn:
        """Open a ticket, all or nothing; a booking it came from is marked as arrived."""
        actor.require(Permission.TICKET_WRITE)
        if not 1 <= len(command.devices) <= MOST_DEVICES:
            raise DomainError(
                "devices_count", "Take in between 1 and 20 devices on one ticket.", field="device"
            )
        with self._store.work(actor) as uow:
            found = _customer_of(uow, command)
            ticket_id, number = self._insert(uow, command, found)
            for position, device in enumerate(command.devices, start=1):
                self._add_job(uow, ticket_id, position, device)
            ticket = require_ticket(uow, number)
            uow.journal.add("ticket.opened", "ticket", ticket_id, ref=number, after=_opened(ticket))
            uow.commit()
        log.info("ticket %s for %s, %s", number, ticket.pl_id, "created" if found.created else "reused")
        return TakenIn(ticket, found.customer, found.created, found.other_name)

    def add_device(self, actor: Actor, number: str, device: TakeInDevice) -> Ticket:
        """Put one more device on an open ticket."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            _refuse_closed(ticket)
            if len(ticket.jobs) >= MOST_DEVICES:
                raise DomainError("devices_count", "A ticket holds at most 20 devices. Open another ticket.")
            self._add_job(uow, ticket.id, ticket.jobs[-1].position + 1, device)
            after = require_ticket(uow, number)
            uow.journal.add(
                "ticket.device_added",
                "ticket",
                ticket.id,
                ref=ticket.number,
                after=_job_facts(after.jobs[-1]),
            )
            uow.commit()
        return after

    def _insert(self, uow: "UnitOfWork", command: TakeIn, found: "_For") -> tuple[int, str]:
        business = uow.businesses.get()
        contact_id = found.contact_id
        if clean_name(command.person):
            contact_id = contact_for(uow, found.customer, command.person)
        day = business_day(uow.now, business.time_zone, business.cutover_minutes)
        number = uow.counters.next("T")
        key = uow.tickets.add(
            number=number,
            customer_id=found.customer.id,
            contact_id=contact_id,
            booking_id=found.booking_id,
            due_at=to_us(command.due) if command.due else None,
            is_rush=command.is_rush,
            note=clean_text(command.note, NOTE_LIMIT, "note"),
            business_day=day.year * 10000 + day.month * 100 + day.day,
            source=command.source.value,
        )
        return key, f"T{number}"

    def _add_job(self, uow: "UnitOfWork", ticket_id: int, position: int, asked: TakeInDevice) -> None:
        states = uow.tickets.state_map()
        first = next(
            state for state in states.states if state.group == StateGroup.NEW and not state.is_archived
        )
        device = _registered(uow, asked)
        _refuse_here(uow, device)
        fault = clean_text(asked.fault, FAULT_LIMIT, "fault")
        if not fault:
            raise DomainError("fault_missing", "Say what is wrong, in the customer's words.", field="fault")
        key = uow.tickets.add_job(
            ticket_id,
            asked.condition,
            position=position,
            device_id=device.id,
            state_id=first.id,
            fault=fault,
            no_serial_reason=clean_text(asked.no_serial_reason, REASON_LIMIT, "no_serial_reason"),
            accessories=clean_text(asked.accessories, SHORT_LIMIT, "accessories"),
            price_minor=_price(asked.price_minor),
            technician_id=_technician(uow, asked.technician_id),
            shelf_id=_shelf(uow, asked.shelf),
        )
        if asked.passcode:
            sealed = self._passcodes.seal(check_passcode(asked.passcode), f"job:{key}")
            uow.tickets.update_job(key, passcode=sealed)
        if asked.claim_of is not None:
            uow.tickets.claim(key, asked.claim_of)

    # -- following -----------------------------------------------------------------------------------
    def move(self, actor: Actor, command: MoveJob) -> Ticket:
        """Put a device into another state, as the shop's map allows; back only with a reason.

        *Collected* is reached by `hand_back` alone, so that a loaner or an unpaid device is never forgotten.
        """
        actor.require(Permission.TICKET_WRITE)

        def change(
            uow: "UnitOfWork", ticket: Ticket, job: Job
        ) -> tuple[dict[str, object], dict[str, object]]:
            states = uow.tickets.state_map()
            after = states.by_code(command.to)
            if after.id == job.state.id:
                return {}, {}
            reason = clean_text(command.reason, REASON_LIMIT, "reason")
            self._check_move(uow, states, ticket, job, after, reason)
            is_here = not after.group.is_over or after.group == StateGroup.CANCELLED
            uow.tickets.set_state(job.id, after.id, is_here=is_here)
            if after.group == StateGroup.WORK:
                uow.tickets.update_job(job.id, quality_by="", quality_at=None)
            return {"state": job.state.code}, {"state": after.code, "reason": reason}

        return self._on_job(
            actor, command.number, command.position, "ticket.state", change, command.seen_version
        )

    def _check_move(
        self, uow: "UnitOfWork", states: StateMap, ticket: Ticket, job: Job, after: TicketState, reason: str
    ) -> None:
        if job.state.group == StateGroup.CLOSED:
            uow.actor.require(Permission.TICKET_REOPEN)
        states.check_move(job.state, after, reason)
        if after.code == "collected":
            raise DomainError(
                "hand_back_first", f"Hand {ticket.number} back to mark it as collected.", field="status"
            )
        if (
            after.group == StateGroup.READY
            and uow.tickets.setting("quality_check") == "yes"
            and not job.quality_by
        ):
            raise DomainError(
                "quality_first", "A second person must check the repair before it is ready.", field="status"
            )

    def edit_job(self, actor: Actor, command: EditJob) -> Ticket:
        """Correct or complete what is known of one device on a ticket."""
        actor.require(Permission.TICKET_WRITE)

        def change(
            uow: "UnitOfWork", ticket: Ticket, job: Job
        ) -> tuple[dict[str, object], dict[str, object]]:
            _refuse_closed(ticket)
            values = _edited(uow, job, command)
            if values:
                uow.tickets.update_job(job.id, **{name: value for name, (_, _, value) in values.items()})
            before = {name: old for name, (old, _, _) in values.items()}
            return before, {name: new for name, (_, new, _) in values.items()}

        return self._on_job(
            actor, command.number, command.position, "ticket.edited", change, command.seen_version
        )

    def edit(
        self,
        actor: Actor,
        number: str,
        *,
        due: datetime | None = None,
        is_rush: bool | None = None,
        note: str | None = None,
        seen_version: int | None = None,
    ) -> Ticket:
        """Promise another time, mark as rush, or change the internal note (which never prints)."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            _refuse_stale(ticket, seen_version)
            before: dict[str, object] = {}
            after: dict[str, object] = {}
            values: dict[str, object] = {}
            if due is not None and due != ticket.due:
                before["due"], after["due"] = _iso(ticket.due), _iso(due)
                values["due_at"] = to_us(due)
            if is_rush is not None and is_rush != ticket.is_rush:
                before["is_rush"], after["is_rush"], values["is_rush"] = ticket.is_rush, is_rush, is_rush
            if note is not None and (text := clean_text(note, NOTE_LIMIT, "note")) != ticket.note:
                before["note"], after["note"], values["note"] = ticket.note, text, text
            if values:
                uow.tickets.update(ticket.id, **values)
                uow.journal.add(
                    "ticket.edited", "ticket", ticket.id, ref=ticket.number, before=before, after=after
                )
            ticket = require_ticket(uow, number)
            uow.commit()
        return ticket

    def check_quality(self, actor: Actor, number: str, position: int = 1) -> Ticket:
        """A second person has looked at the repair; the one who repaired it cannot."""
        actor.require(Permission.TICKET_WRITE)

        def change(
            uow: "UnitOfWork", ticket: Ticket, job: Job
        ) -> tuple[dict[str, object], dict[str, object]]:
            if job.technician and job.technician == uow.actor.shown:
                raise DomainError("same_person", "Another person than the technician checks the repair.")
            uow.tickets.update_job(job.id, quality_by=uow.actor.shown, quality_at=to_us(uow.now))
            return {}, {"quality_by": uow.actor.shown}

        return self._on_job(actor, number, position, "ticket.quality", change, None)

    # -- passcode --------------------------------------------------------------------------------------
    def show_passcode(self, actor: Actor, number: str, position: int = 1) -> str:
        """The passcode in clear text; that it was shown, and to whom, stands in the journal."""
        actor.require(Permission.PASSCODE_SHOW)
        with self._store.work(actor) as uow:
            ticket = require_ticket(uow, number)
            job = require_job(ticket, position)
            sealed = uow.tickets.passcode(job.id)
            if sealed is None:
                raise DomainError("passcode_none", f"No passcode is kept for {ticket.number}.")
            passcode = self._passcodes.open(sealed, f"job:{job.id}")
            uow.journal.add(
                "passcode.shown", "ticket", ticket.id, ref=ticket.number, after={"device": job.device.name}
            )
            uow.commit()
        return passcode

    def wipe_passcodes(self, actor: Actor) -> int:
        """Empty the passcodes whose days after the hand-back are over; how many there were."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            wiped = uow.tickets.wipe_due_passcodes()
            if wiped:
                uow.journal.add("passcode.wiped", "job", 0, after={"jobs": sorted(wiped)})
                uow.commit()
        return len(wiped)

    # -- handing back ----------------------------------------------------------------------------------
    def hand_back(self, actor: Actor, command: HandBack) -> Ticket:
        """Devices leave the shop: who took them, and whether they were repaired. Loaners must be back."""
        actor.require(Permission.TICKET_WRITE)
        to = clean_name(command.to)
        if not to:
            raise DomainError("taker_missing", "Say who takes the device.", field="to")
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, command.number)
            jobs = _leaving(ticket, command.positions)
            _refuse_loaner(uow, ticket, jobs)
            states = uow.tickets.state_map()
            collected = states.by_code("collected")
            wipe_at = to_us(uow.now + timedelta(days=int(uow.tickets.setting("passcode_days") or 14)))
            for job in jobs:
                states.check_move(job.state, collected, clean_text(command.reason, REASON_LIMIT, "reason"))
                uow.tickets.set_state(job.id, collected.id, is_here=False)
                uow.tickets.update_job(
                    job.id,
                    outcome=command.outcome.value,
                    handed_to=to,
                    handed_at=to_us(uow.now),
                    signature=command.signature,
                    passcode_wipe_at=wipe_at,
                    shelf_id=None,
                )
                if command.outcome == Outcome.REPAIRED:
                    uow.estimates.start_warranties(job.id, job.device.id, uow.now)
            uow.journal.add(
                "ticket.handed_back",
                "ticket",
                ticket.id,
                ref=ticket.number,
                before={"state": jobs[0].state.code},
                after={
                    "contact": to,
                    "outcome": command.outcome.value,
                    "devices": [job.device.name for job in jobs],
                },
            )
            ticket = require_ticket(uow, command.number)
            uow.commit()
        return ticket

    # -- helpers that hold the transaction ---------------------------------------------------------------
    def _on_job(
        self,
        actor: Actor,
        number: str,
        position: int,
        action: str,
        change: "Callable[[UnitOfWork, Ticket, Job], tuple[dict[str, object], dict[str, object]]]",
        seen_version: int | None,
    ) -> Ticket:
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            job = require_job(ticket, position)
            if seen_version not in (None, job.stamps.version):
                raise _stale(ticket.number, job.stamps.updated_by)
            before, after = change(uow, ticket, job)
            if after:
                after = {**after, "device": job.device.name, "position": job.position}
                uow.journal.add(action, "ticket", ticket.id, ref=ticket.number, before=before, after=after)
            ticket = require_ticket(uow, number)
            uow.commit()
        return ticket


# -- inside a transaction ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _For:
    customer: Customer
    created: bool
    other_name: str = ""
    booking_id: int | None = None
    contact_id: int | None = None


def require_ticket(uow: "UnitOfWork", number: str) -> Ticket:
    """The ticket of that number; refuses with `ticket_unknown`."""
    digits = number.strip().upper().removeprefix("T")
    found = uow.tickets.by_number(int(digits)) if digits.isdecimal() and len(digits) <= 15 else None
    if found is None:
        raise DomainError("ticket_unknown", f"There is no ticket {number.strip()[:20]}.", field="number")
    return found


def held_ticket(uow: "UnitOfWork", number: str) -> Ticket:
    """The ticket, kept from other tills' changes until this transaction ends."""
    uow.tickets.lock(require_ticket(uow, number).id)
    return require_ticket(uow, number)


def require_job(ticket: Ticket, position: int) -> Job:
    """The device at that position of a ticket, counted from 1."""
    found = next((job for job in ticket.jobs if job.position == position), None)
    if found is None:
        raise DomainError("job_unknown", f"{ticket.number} has no device {position}.", field="position")
    return found


def _customer_of(uow: "UnitOfWork", command: TakeIn) -> _For:
    if command.booking:
        booking = require_booking(uow, command.booking)
        if booking.status in (BookingStatus.BOOKED, BookingStatus.CONFIRMED):
            uow.bookings.update(booking.id, status=PREPARED_BY.value)
            uow.customers.set_last_visit(booking.customer_id)
            uow.journal.add(
                "booking.status",
                "booking",
                booking.id,
                ref=booking.number,
                before={"status": booking.status.value},
                after={"status": PREPARED_BY.value, "reason": ""},
            )
        customer = require_customer(uow, booking.customer_id)
        return _For(customer, False, booking_id=booking.id, contact_id=booking.contact_id)
    if command.customer_id is not None:
        return _For(require_customer(uow, command.customer_id), False)
    if command.who is None:
        raise DomainError("customer_missing", "Say whose device it is.", field="phone")
    found = find_or_create(uow, command.who)
    return _For(found.customer, found.created, found.other_name)


def _registered(uow: "UnitOfWork", asked: TakeInDevice) -> Device:
    """The device of the register that is meant, added on first sight."""
    if asked.device_id is not None:
        known = uow.devices.get(asked.device_id)
        if known is None:
            raise DomainError("device_unknown", "This device is not in this shop's register.", field="device")
        return known
    serial = check_serial(asked.serial)
    imei = check_imei(asked.imei) if asked.imei.strip() else ""
    known = uow.devices.find(serial=serial, imei=imei)
    if known is not None:
        return known
    make, model = clean_text(asked.make, SHORT_LIMIT, "make"), clean_text(asked.model, SHORT_LIMIT, "model")
    if not make and not model:
        raise DomainError(
            "device_missing", "Say which device it is: make and model, or a few words.", field="model"
        )
    if not serial and not imei and not clean_text(asked.no_serial_reason, REASON_LIMIT, "no_serial_reason"):
        reason = "Enter the serial or IMEI, or say why it cannot be read."
        raise DomainError("serial_missing", reason, field="serial")
    colour = clean_text(asked.colour, SHORT_LIMIT, "colour")
    key = uow.devices.add(asked.kind, make=make, model=model, colour=colour, serial=serial, imei=imei)
    made = uow.devices.get(key)
    assert made is not None  # it was added a line above
    return made


def _refuse_here(uow: "UnitOfWork", device: Device) -> None:
    job_id = uow.devices.job_here(device.id)
    if job_id is None:
        return
    found = uow.tickets.number_of_job(job_id)
    number = f"T{found[0]}" if found else ""
    raise DomainError(
        "device_here",
        f"{device.name} {device.mark} is in the shop already, on {number}. Open that ticket.",
        field="serial",
        number=number,
    )


def _technician(uow: "UnitOfWork", key: int | None) -> int | None:
    if not key:
        return None
    if key not in {one.id for one in uow.businesses.resources()}:
        raise DomainError("technician_unknown", "Choose a person of this shop.", field="technician")
    return key


def _shelf(uow: "UnitOfWork", code: str) -> int | None:
    code = clean_text(code, 40, "shelf").upper()
    return uow.tickets.shelf_of(code) if code else None


def _price(minor: int | None) -> int | None:
    if minor is not None and not 0 <= minor < MAX_PRICE:
        raise DomainError("price_invalid", "Enter a price of zero or more.", field="price")
    return minor


def _edited(uow: "UnitOfWork", job: Job, command: EditJob) -> dict[str, tuple[object, object, object]]:
    """Column -> the value before and after as the journal tells it, and the value to store."""
    import json

    found: dict[str, tuple[object, object, object]] = {}
    for name, limit in (("fault", FAULT_LIMIT), ("found", FAULT_LIMIT), ("accessories", SHORT_LIMIT)):
        asked = getattr(command, name)
        if asked is not None and (text := clean_text(asked, limit, name)) != getattr(job, name):
            if name == "fault" and not text:
                raise DomainError(
                    "fault_missing", "Say what is wrong, in the customer's words.", field="fault"
                )
            found[name] = (getattr(job, name), text, text)
    if command.technician_id is not None and (command.technician_id or None) != job.technician_id:
        key = _technician(uow, command.technician_id)
        names = {one.id: one.name for one in uow.businesses.resources()}
        found["technician_id"] = (job.technician, names.get(key or 0, ""), key)
    if command.price_minor is not None and command.price_minor != job.price_minor:
        found["price_minor"] = (job.price_minor, command.price_minor, _price(command.price_minor))
    if command.shelf is not None and (code := clean_text(command.shelf, 40, "shelf").upper()) != job.shelf:
        found["shelf_id"] = (job.shelf, code, _shelf(uow, code))
    if command.condition is not None and command.condition != job.condition:
        pairs = [[text, state.value] for text, state in command.condition]
        old = [[text, state.value] for text, state in job.condition]
        found["condition"] = (old, pairs, json.dumps(pairs, ensure_ascii=False))
    return found


def _leaving(ticket: Ticket, positions: tuple[int, ...]) -> tuple[Job, ...]:
    """The devices that are handed back: the named ones, or all that are still here and done."""
    if positions:
        return tuple(require_job(ticket, position) for position in positions)
    done = tuple(
        job
        for job in ticket.jobs
        if job.handed_at is None and job.state.group in (StateGroup.READY, StateGroup.CANCELLED)
    )
    if not done:
        raise DomainError("nothing_ready", f"No device of {ticket.number} is ready to be handed back.")
    return done


def _refuse_loaner(uow: "UnitOfWork", ticket: Ticket, leaving: tuple[Job, ...]) -> None:
    """The last device stays until the loaner is back."""
    staying = [job for job in ticket.jobs if job.handed_at is None and job not in leaving]
    loans = uow.tickets.open_loans(ticket.id)
    if loans and not staying:
        raise DomainError(
            "loaner_out",
            f"{', '.join(loans)} is still out on {ticket.number}. Take it back first.",
            field="loaner",
        )


def _refuse_closed(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise DomainError(
            "ticket_closed", f"{ticket.number} is closed. A manager can open it again with a reason."
        )


def _refuse_stale(ticket: Ticket, seen_version: int | None) -> None:
    if seen_version not in (None, ticket.stamps.version):
        raise _stale(ticket.number, ticket.stamps.updated_by)


def _stale(number: str, who: str) -> DomainError:
    return DomainError(
        "changed_elsewhere", f"{number} was changed by {who} a moment ago. Look at it, then try again."
    )


def _opened(ticket: Ticket) -> dict[str, object]:
    return {
        "customer": str(ticket.pl_id),
        "booking": ticket.booking,
        "due": _iso(ticket.due),
        "devices": [_job_facts(job) for job in ticket.jobs],
    }


def _job_facts(job: Job) -> dict[str, object]:
    return {"device": job.device.name, "mark": job.device.mark, "fault": job.fault, "position": job.position}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="minutes") if at else None
