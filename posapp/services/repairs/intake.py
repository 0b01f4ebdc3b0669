"""Taking in, inside a transaction: whose device it is, which one, and what is wrong with it."""

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
from posapp.domain.repairs.tickets import (
    FAULT_LIMIT,
    NOTE_LIMIT,
    REASON_LIMIT,
    SHORT_LIMIT,
    Condition,
    Job,
    StateGroup,
    Ticket,
    TicketState,
)
from posapp.services.base.edits import check_price
from posapp.services.base.passcodes import Passcodes, check_passcode
from posapp.services.bookings.agenda import require_booking
from posapp.services.customers.customers import contact_for, find_or_create, usable_customer
from posapp.services.repairs.claims import check_claim, note_claims
from posapp.services.repairs.devices import require_device
from posapp.services.repairs.photos import put_photo
from posapp.services.repairs.shelves import check_shelf, shelf_of
from posapp.services.repairs.signatures import kept_signature
from posapp.services.repairs.ticket_commands import TakeIn, TakeInDevice
from posapp.services.repairs.ticket_steps import refuse_here, require_ticket

if TYPE_CHECKING:
    from posapp.storage.repairs.columns import NewJob
    from posapp.storage.unit_of_work import UnitOfWork

MOST_CONDITIONS = 40
ARRIVED = BookingStatus.ARRIVED


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
    put_photos(uow, ticket, command.devices, ticket.jobs)
    return ticket


def put_photos(
    uow: "UnitOfWork", ticket: Ticket, devices: Sequence[TakeInDevice], jobs: Sequence[Job]
) -> None:
    """The pictures that came with devices."""
    for device, job in zip(devices, jobs, strict=True):
        for photo in device.photos:
            put_photo(uow, ticket, job, photo)


def _insert_ticket(uow: "UnitOfWork", command: TakeIn, found: For) -> Ticket:
    """The ticket without its devices."""
    business = uow.businesses.get()
    contact_id = found.contact_id
    if clean_name(command.person):
        contact_id = contact_for(uow, found.customer, command.person)
    check_due(uow, command.due)
    note = clean_text(command.note, NOTE_LIMIT, "note")
    signature = kept_signature(uow, command.signature)
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
        signature_hash=signature,
    )
    shown = number_text(Letter.TICKET, number)
    if contact_id is not None or found.booking_id is not None:  # whose name and number are not at hand
        return require_ticket(uow, shown)
    return _made(uow, key, shown, found.customer, command, note, signature)


def check_due(uow: "UnitOfWork", due: datetime | None) -> None:
    """Refuse a promise that cannot be kept any more."""
    if due is not None and due <= uow.now:
        raise DomainError("due_past", "Promise a time that is still to come.", field="due")


def _made(
    uow: "UnitOfWork", key: int, number: str, customer: Customer, command: TakeIn, note: str, signature: str
) -> Ticket:
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
        signature,
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
        "signature": ticket.signature,
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
    device, condition = _device(uow, asked), check_conditions(asked.condition)
    values: NewJob = {
        "position": position,
        "device_id": device.id,
        "state_id": first.id,
        "fault": check_fault(asked.fault),
        "no_serial_reason": clean_text(asked.no_serial_reason, REASON_LIMIT, "no_serial_reason"),
        "accessories": clean_text(asked.accessories, SHORT_LIMIT, "accessories"),
        "price_minor": check_price(asked.price_minor),
        "technician_id": technician_of(uow, asked.technician_id),
        "shelf_id": shelf_of(uow, asked.shelf),
    }
    key = uow.tickets.add_job(ticket_id, condition, **values)
    if asked.passcode:
        sealed = passcodes.seal(check_passcode(asked.passcode), f"job:{key}")
        uow.tickets.update_job(key, passcode=sealed)
    check_claim(uow, device, asked)
    if asked.claim_of is not None:
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


def check_fault(text: str) -> str:
    """The fault in the customer's words; refuses none."""
    fault = clean_text(text, FAULT_LIMIT, "fault")
    if not fault:
        raise DomainError("fault_missing", "Say what is wrong, in the customer's words.", field="fault")
    return fault


def check_conditions(lines: Sequence[tuple[str, Condition]]) -> tuple[tuple[str, Condition], ...]:
    """A checklist as it is kept; refuses one that nobody would go through."""
    if len(lines) > MOST_CONDITIONS:
        raise DomainError("lines_count", "A checklist has at most 40 lines.", field="condition")
    return tuple((clean_text(text, SHORT_LIMIT, "condition"), Condition(state)) for text, state in lines)


def technician_of(uow: "UnitOfWork", key: int | None) -> int | None:
    """The key of a person of the shop, None for nobody."""
    if not key:
        return None
    if key not in {one.id for one in uow.businesses.resources()}:
        raise DomainError("technician_unknown", "Choose a person of this shop.", field="technician")
    return key
