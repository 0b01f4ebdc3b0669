"""Taking in, inside a transaction: whose device it is, which one, and what is wrong with it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import from_us, to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.base.stamps import Stamps
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.devices import Device, check_imei, check_serial
from posapp.domain.repairs.estimates import Warranty
from posapp.domain.repairs.tickets import Condition, Job, StateGroup, Ticket, TicketState
from posapp.services.base.edits import check_price
from posapp.services.base.passcodes import Passcodes, check_passcode
from posapp.services.bookings.agenda import require_booking
from posapp.services.customers.customers import contact_for, find_or_create, usable_customer
from posapp.services.repairs.devices import require_device
from posapp.services.repairs.photos import put_photo
from posapp.services.repairs.shelves import check_shelf, shelf_of
from posapp.services.repairs.ticket_commands import EditJob, TakeIn, TakeInDevice, Unchanged
from posapp.services.repairs.ticket_steps import note_on_job, refuse_here, require_ticket

if TYPE_CHECKING:
    from posapp.storage.repairs.columns import JobChange, NewJob
    from posapp.storage.unit_of_work import UnitOfWork

FAULT_LIMIT, NOTE_LIMIT, REASON_LIMIT, SHORT_LIMIT, MOST_CONDITIONS = 2000, 4000, 200, 200, 40
ARRIVED = BookingStatus.ARRIVED


@dataclass(frozen=True, slots=True)
class Edits:
    """What a correction changes: as the journal tells it, and the columns."""

    before: dict[str, object]
    after: dict[str, object]
    columns: "JobChange"

    def note(self, name: str, before: object, after: object) -> None:
        """Tell what was and what is under that name."""
        self.before[name], self.after[name] = before, after


@dataclass(frozen=True, slots=True)
class For:
    """For whom a ticket is opened."""

    customer: Customer
    created: bool
    other_name: str = ""
    booking_id: int | None = None
    contact_id: int | None = None


def customer_of(uow: "UnitOfWork", command: TakeIn) -> For:
    """The customer of a ticket: of its booking, the one named, or found by phone and made on first sight."""
    if command.booking:
        return _of_booking(uow, command.booking)
    if command.customer_id is not None:
        return For(usable_customer(uow, command.customer_id), False)
    if command.who is None:
        raise DomainError("customer_missing", "Say whose device it is.", field="phone")
    found = find_or_create(uow, command.who)
    return For(found.customer, found.created, found.other_name)


def _of_booking(uow: "UnitOfWork", number: str) -> For:
    uow.customers.hold(require_booking(uow, number).customer_id)
    uow.bookings.lock(require_booking(uow, number).id)
    booking = require_booking(uow, number)
    ticket = uow.tickets.of_booking(booking.id)
    if ticket is not None:
        raise DomainError(
            "booking_has_ticket",
            f"{booking.number} has a ticket already: T{ticket}. Open that ticket.",
            field="booking",
            number=number_text(Letter.TICKET, ticket),
        )
    if booking.status in (BookingStatus.BOOKED, BookingStatus.CONFIRMED):
        uow.bookings.update(booking.id, status=ARRIVED.value)
        uow.bookings.set_last_visit(booking.customer_id)
        uow.journal.add(
            Action.BOOKING_STATUS,
            "booking",
            booking.id,
            ref=booking.number,
            before={"status": booking.status.value},
            after={"status": ARRIVED.value, "reason": ""},
        )
    customer = usable_customer(uow, booking.customer_id)
    return For(customer, False, booking_id=booking.id, contact_id=booking.contact_id)


def open_ticket(uow: "UnitOfWork", passcodes: Passcodes, command: TakeIn, found: For) -> Ticket:
    """A ticket with its devices, their photos and claims."""
    empty = _insert_ticket(uow, command, found)
    devices = enumerate(command.devices, start=1)
    jobs = tuple(add_job(uow, passcodes, empty.id, place, device) for place, device in devices)
    ticket = replace(empty, jobs=jobs)
    uow.journal.add(Action.TICKET_OPENED, "ticket", ticket.id, ref=ticket.number, after=_opened(ticket))
    note_claims(uow, ticket, command.devices, ticket.jobs)
    for device, job in zip(command.devices, ticket.jobs, strict=True):
        for photo in device.photos:
            put_photo(uow, ticket, job, photo)
    return ticket


def _insert_ticket(uow: "UnitOfWork", command: TakeIn, found: For) -> Ticket:
    """The ticket without its devices."""
    business = uow.businesses.get()
    contact_id = found.contact_id
    if clean_name(command.person):
        contact_id = contact_for(uow, found.customer, command.person)
    note = clean_text(command.note, NOTE_LIMIT, "note")
    number = uow.counters.next(Letter.TICKET)
    key = uow.tickets.add(
        number=number,
        customer_id=found.customer.id,
        contact_id=contact_id,
        booking_id=found.booking_id,
        due_at=to_us(command.due) if command.due else None,
        is_rush=command.is_rush,
        note=note,
        business_day=business.packed_day_of(uow.now),
        source=command.source.value,
    )
    shown = number_text(Letter.TICKET, number)
    if contact_id is not None or found.booking_id is not None:  # whose name and number are not at hand
        return require_ticket(uow, shown)
    return _made(uow, key, shown, found.customer, command, note)


def _made(uow: "UnitOfWork", key: int, number: str, customer: Customer, command: TakeIn, note: str) -> Ticket:
    """A new ticket of nobody but the customer, without devices, as it will be read."""
    return Ticket(
        key,
        number,
        customer.id,
        customer.pl_id,
        customer.name,
        next((line.number for line in customer.current_phones if line.is_primary), None),
        None,
        "",
        "",
        from_us(to_us(command.due)) if command.due else None,
        command.is_rush,
        note,
        (),
        _new(uow),
    )


def _new(uow: "UnitOfWork", version: int = 1) -> Stamps:
    """The stamps of what this transaction makes."""
    at, by = uow.stamp
    made = from_us(at)
    return Stamps(made, by, made, by, version)


def _opened(ticket: Ticket) -> dict[str, object]:
    """What the journal tells of a new ticket."""
    return {
        "customer": str(ticket.pl_id),
        "booking": ticket.booking,
        "due": iso(ticket.due),
        "devices": [{"device": job.device.name, "position": job.position} for job in ticket.jobs],
        "mark": ", ".join(filter(None, (job.device.mark for job in ticket.jobs))),
        "fault": "; ".join(job.fault for job in ticket.jobs),
    }


def job_facts(job: Job) -> dict[str, object]:
    """What the journal tells of a device that is taken in."""
    return {"device": job.device.name, "mark": job.device.mark, "fault": job.fault, "position": job.position}


def iso(at: datetime | None) -> str | None:
    """A moment as the journal keeps it."""
    return at.isoformat(timespec="minutes") if at else None


def add_job(
    uow: "UnitOfWork", passcodes: Passcodes, ticket_id: int, position: int, asked: TakeInDevice
) -> Job:
    """Put a device on a ticket, in the first state of the shop."""
    states = uow.tickets.states_by_id.values()
    first = next(one for one in states if one.group == StateGroup.NEW and not one.is_archived)
    device, condition = _device(uow, asked), _conditions(asked.condition)
    values: NewJob = {
        "position": position,
        "device_id": device.id,
        "state_id": first.id,
        "fault": _fault(asked.fault),
        "no_serial_reason": clean_text(asked.no_serial_reason, REASON_LIMIT, "no_serial_reason"),
        "accessories": clean_text(asked.accessories, SHORT_LIMIT, "accessories"),
        "price_minor": check_price(asked.price_minor),
        "technician_id": _technician(uow, asked.technician_id),
        "shelf_id": shelf_of(uow, asked.shelf),
    }
    key = uow.tickets.add_job(ticket_id, condition, **values)
    if asked.passcode:
        sealed = passcodes.seal(check_passcode(asked.passcode), f"job:{key}")
        uow.tickets.update_job(key, passcode=sealed)
    if asked.claim_of is not None:
        _check_claim(uow, device, asked)
        uow.tickets.claim(key, asked.claim_of)
    return _made_job(uow, key, values, device, first, condition, asked)


def _made_job(
    uow: "UnitOfWork",
    key: int,
    values: "NewJob",
    device: Device,
    state: TicketState,
    condition: tuple[tuple[str, Condition], ...],
    asked: TakeInDevice,
) -> Job:
    """A device that was just taken in, as it will be read; a passcode is its second version."""
    stamps = _new(uow, 2 if asked.passcode else 1)
    people = uow.businesses.resources() if values["technician_id"] else []
    return Job(
        key,
        values["position"],
        device,
        state,
        stamps.created_at,
        values["fault"],
        "",
        values["no_serial_reason"],
        values["accessories"],
        condition,
        values["technician_id"],
        next((one.name for one in people if one.id == values["technician_id"]), ""),
        values["shelf_id"],
        check_shelf(asked.shelf),
        values["price_minor"],
        bool(asked.passcode),
        "",
        None,
        "",
        None,
        "",
        stamps.created_at,
        asked.claim_of,
        stamps,
    )


def _device(uow: "UnitOfWork", asked: TakeInDevice) -> Device:
    """The device of the register that is meant, added on first sight; refused while it is in the shop."""
    if asked.device_id is not None:
        known: Device | None = require_device(uow, asked.device_id)
        serial = imei = ""
    else:
        serial = check_serial(asked.serial)
        imei = check_imei(asked.imei) if asked.imei.strip() else ""
        known = uow.devices.find(serial=serial, imei=imei)
    if known is None:
        return _added(uow, asked, serial, imei)
    refuse_here(uow, known.id, f"{known.name} {known.mark}".strip())
    return known


def _added(uow: "UnitOfWork", asked: TakeInDevice, serial: str, imei: str) -> Device:
    """Put a device into the register."""
    make, model = clean_text(asked.make, SHORT_LIMIT, "make"), clean_text(asked.model, SHORT_LIMIT, "model")
    if not make and not model:
        raise DomainError(
            "device_missing", "Say which device it is: make and model, or a few words.", field="model"
        )
    if not serial and not imei and not clean_text(asked.no_serial_reason, REASON_LIMIT, "no_serial_reason"):
        reason = "Enter the serial or IMEI, or say why it cannot be read."
        raise DomainError("serial_missing", reason, field="serial")
    colour = clean_text(asked.colour, SHORT_LIMIT, "colour")
    return uow.devices.add(asked.kind, make=make, model=model, colour=colour, serial=serial, imei=imei)


def _fault(text: str) -> str:
    fault = clean_text(text, FAULT_LIMIT, "fault")
    if not fault:
        raise DomainError("fault_missing", "Say what is wrong, in the customer's words.", field="fault")
    return fault


def _conditions(lines: Sequence[tuple[str, Condition]]) -> tuple[tuple[str, Condition], ...]:
    if len(lines) > MOST_CONDITIONS:
        raise DomainError("lines_count", "A checklist has at most 40 lines.", field="condition")
    return tuple((clean_text(text, SHORT_LIMIT, "condition"), Condition(state)) for text, state in lines)


def _technician(uow: "UnitOfWork", key: int | None) -> int | None:
    if not key:
        return None
    if key not in {one.id for one in uow.businesses.resources()}:
        raise DomainError("technician_unknown", "Choose a person of this shop.", field="technician")
    return key


# -- warranty ------------------------------------------------------------------------------------------
def _check_claim(uow: "UnitOfWork", device: Device, asked: TakeInDevice) -> None:
    warranty = _warranty(uow, asked)
    if warranty.device_id != device.id:
        raise DomainError(
            "warranty_other", f"The warranty of {warranty.number} is on another device.", field="claim"
        )
    if warranty.is_over(uow.now) and not clean_text(asked.claim_anyway, REASON_LIMIT, "claim_anyway"):
        raise DomainError(
            "warranty_over",
            f"The warranty on {warranty.text} ended on {warranty.ends_at:%d %b %Y}. "
            "Say why it is honoured, or take the device in without it.",
            field="claim",
            ended=warranty.ends_at,
        )


def _warranty(uow: "UnitOfWork", asked: TakeInDevice) -> Warranty:
    found = uow.estimates.warranty(asked.claim_of) if asked.claim_of is not None else None
    if found is None:
        raise DomainError("warranty_unknown", "There is no such warranty in this shop.", field="claim")
    return found


def note_claims(
    uow: "UnitOfWork", ticket: Ticket, devices: Sequence[TakeInDevice], jobs: Sequence[Job]
) -> None:
    """Write each claim into the history of both tickets: that of today and that of the repair."""
    for asked, job in zip(devices, jobs, strict=True):
        if asked.claim_of is None:
            continue
        warranty = _warranty(uow, asked)
        told: dict[str, object] = {
            "warranty": warranty.text,
            "days_left": warranty.days_left(uow.now),
            "claims": warranty.claims,
            "anyway": clean_text(asked.claim_anyway, REASON_LIMIT, "claim_anyway"),
        }
        note_on_job(uow, Action.WARRANTY_CLAIM, ticket, job, after={**told, "of": warranty.number})
        origin = require_ticket(uow, warranty.number)
        after = {**told, "by": ticket.number}
        uow.journal.add(Action.WARRANTY_CLAIMED, "ticket", origin.id, ref=origin.number, after=after)


# -- correcting ----------------------------------------------------------------------------------------
def edited(uow: "UnitOfWork", passcodes: Passcodes, job: Job, command: EditJob) -> Edits:
    """What a correction changes."""
    found = Edits({}, {}, {})
    if command.fault is not None and (fault := _fault(command.fault)) != job.fault:
        found.note("fault", job.fault, fault)
        found.columns["fault"] = fault
    if command.found is not None:
        text = clean_text(command.found, FAULT_LIMIT, "found")
        if text != job.found:
            found.note("found", job.found, text)
            found.columns["found"] = text
    if command.accessories is not None:
        text = clean_text(command.accessories, SHORT_LIMIT, "accessories")
        if text != job.accessories:
            found.note("accessories", job.accessories, text)
            found.columns["accessories"] = text
    _edit_work(uow, job, command, found)
    if command.condition is not None and command.condition != job.condition:
        pairs = [[text, state.value] for text, state in _conditions(command.condition)]
        found.note("condition", [[text, state.value] for text, state in job.condition], pairs)
        found.columns["condition"] = json.dumps(pairs, ensure_ascii=False)
    if command.passcode is not None and (command.passcode or job.has_passcode):
        code = check_passcode(command.passcode) if command.passcode else ""
        sealed = passcodes.seal(code, f"job:{job.id}") if code else None
        found.note("passcode", _kept(job.has_passcode), _kept(sealed is not None))
        found.columns["passcode"] = sealed
    return found


def _edit_work(uow: "UnitOfWork", job: Job, command: EditJob, found: Edits) -> None:
    """Who repairs it, for how much, and where it lies."""
    if command.technician_id is not None and (command.technician_id or None) != job.technician_id:
        key = _technician(uow, command.technician_id)
        names = {one.id: one.name for one in uow.businesses.resources()}
        found.note("technician_id", job.technician, names.get(key or 0, ""))
        found.columns["technician_id"] = key
    if not isinstance(command.price_minor, Unchanged) and command.price_minor != job.price_minor:
        price = check_price(command.price_minor)
        found.note("price_minor", job.price_minor, price)
        found.columns["price_minor"] = price
    if command.shelf is not None:
        code = clean_text(command.shelf, SHORT_LIMIT, "shelf").upper()
        if code != job.shelf:
            found.note("shelf_id", job.shelf, code)
            found.columns["shelf_id"] = shelf_of(uow, code)


def _kept(is_kept: bool) -> str:
    """All that the journal ever says of a passcode."""
    return "kept" if is_kept else "none"
