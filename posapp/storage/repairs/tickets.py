"""Tickets and their jobs."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple, Unpack

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    and_,
    bindparam,
    exists,
    select,
)

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.devices import Device, DeviceKind
from posapp.domain.repairs.tickets import (
    Condition,
    Job,
    Needed,
    Outcome,
    StateGroup,
    StateMap,
    Ticket,
    TicketState,
)
from posapp.storage.base.part import made_once
from posapp.storage.base.quick import Hands, Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, in_parts, linked, made_now, moment_of, stamps_of
from posapp.storage.bookings.tables import booking
from posapp.storage.customers.phones import phone_of, primary_phone
from posapp.storage.customers.tables import contact, customer, phone
from posapp.storage.repairs.columns import JobChange, NewJob, NewTicket, TicketChange
from posapp.storage.repairs.tables import (
    checklist,
    device,
    job,
    shelf,
    ticket,
    ticket_move,
    ticket_state,
    warranty_claim,
)
from posapp.storage.shop.tables import resource, setting

_BUSINESS: BindParameter[int] = bindparam("business")
_MAP = Hot(
    select(ticket_state, ticket_move.c.to_id)
    .select_from(
        ticket_state.outerjoin(
            ticket_move,
            and_(
                beside(ticket_move.c.business_id) == ticket_state.c.business_id,
                ticket_move.c.from_id == ticket_state.c.id,
            ),
        )
    )
    .where(ticket_state.c.business_id == _BUSINESS)
    .order_by(ticket_state.c.position, ticket_state.c.id)
)
"""Every state with each move that leads away from it; a state without moves once."""
_TICKET = (
    select(
        ticket,
        customer.c.pl_number,
        customer.c.name.label("customer_name"),
        contact.c.name.label("contact_name"),
        phone.c.key.label("phone_key"),
        phone.c.extension,
        phone.c.mark,
        booking.c.number.label("booking_number"),
    )
    .select_from(ticket)
    .join(customer, linked(ticket.c.customer_id, customer))
    .outerjoin(contact, linked(ticket.c.contact_id, contact))
    .outerjoin(booking, linked(ticket.c.booking_id, booking))
    .outerjoin(phone, primary_phone(ticket))
    .where(ticket.c.business_id == _BUSINESS)
)
_BY_NUMBER = Hot(_TICKET.where(ticket.c.number == bindparam("number")))
_BY_ID = Hot(_TICKET.where(ticket.c.id == bindparam("key")))
_JOBS = Hot(
    select(
        job,
        device.c.kind,
        device.c.make,
        device.c.model,
        device.c.colour,
        device.c.serial,
        device.c.imei,
        resource.c.name.label("technician"),
        shelf.c.code.label("shelf"),
        warranty_claim.c.warranty_id,
    )
    .select_from(job)
    .join(device, linked(job.c.device_id, device))
    .outerjoin(resource, linked(job.c.technician_id, resource))
    .outerjoin(shelf, linked(job.c.shelf_id, shelf))
    .outerjoin(warranty_claim, linked(warranty_claim.c.job_id, job))
    .where(and_(job.c.business_id == _BUSINESS, job.c.ticket_id == bindparam("ticket")))
    .order_by(job.c.position)
)
_NUMBER_OF_JOB = (
    select(ticket.c.number, job.c.position)
    .join(ticket, linked(job.c.ticket_id, ticket))
    .where(and_(job.c.business_id == _BUSINESS, job.c.id == bindparam("key")))
)
_SHELVES = Hot(
    select(shelf.c.code)
    .where(and_(shelf.c.business_id == _BUSINESS, shelf.c.archived_at.is_(None)))
    .order_by(shelf.c.code)
)
_CUSTOMER_OF = Hot(
    select(ticket.c.customer_id).where(
        and_(ticket.c.business_id == _BUSINESS, ticket.c.id == bindparam("key"))
    )
)


class WipedPasscode(NamedTuple):
    """The device whose passcode was wiped, by its ticket."""

    ticket_id: int
    number: str
    position: int
    device: str


def customer_of(connection: Hands, business: int, ticket_id: int) -> int | None:
    """The customer of a ticket, for what stands beside it under the same customer."""
    keys = {"business": business, "key": ticket_id}
    found: int | None = connection.execute(_CUSTOMER_OF, keys).scalar()
    return found


class Tickets(Repository):
    """The tickets of one business."""

    # -- states and settings -----------------------------------------------------------------------
    @made_once
    def states(self) -> StateMap:
        """The states of the shop and the moves it allows, as this unit of work first saw them."""
        return map_of(self._connection, self._business)

    @made_once
    def states_by_id(self) -> dict[int, TicketState]:
        """The states alone, in their order."""
        return {one.id: one for one in self.states.states}

    def setting(self, name: str) -> str:
        """A setting of repairs; "" for one that was never set."""
        found = select(setting.c.value).where(
            and_(setting.c.business_id == self._business, setting.c.name == name)
        )
        value: str | None = self._connection.execute(found).scalar()
        return value or ""

    def checklist(self, kind: str) -> list[str]:
        """What is looked at when a device of that kind is taken in."""
        found = (
            select(checklist.c.text)
            .where(and_(checklist.c.business_id == self._business, checklist.c.device_kind == kind))
            .order_by(checklist.c.position)
        )
        return list(self._connection.execute(found).scalars())

    # -- reading -----------------------------------------------------------------------------------
    def by_number(self, number: int) -> Ticket | None:
        """The ticket T<number>."""
        return self._ticket(_BY_NUMBER, number=number)

    def get(self, key: int) -> Ticket | None:
        """The ticket with that key."""
        return self._ticket(_BY_ID, key=key)

    def _ticket(self, statement: Any, **keys: object) -> Ticket | None:
        row = self._connection.execute(statement, {"business": self._business, **keys}).first()
        if row is None:
            return None
        jobs = self._connection.execute(_JOBS, {"business": self._business, "ticket": row.id})
        return _to_ticket(row, tuple(_to_job(one, self.states_by_id) for one in jobs))

    def number_of_job(self, key: int) -> tuple[int, int] | None:
        """Ticket number and position of a job."""
        row = self._connection.execute(_NUMBER_OF_JOB, {"business": self._business, "key": key}).first()
        return (row.number, row.position) if row else None

    def of_booking(self, booking_id: int) -> int | None:
        """The number of the ticket that was opened from a booking."""
        found: int | None = self._connection.execute(
            select(ticket.c.number).where(
                and_(ticket.c.business_id == self._business, ticket.c.booking_id == booking_id)
            )
        ).scalar()
        return found

    def of_bookings(self, booking_ids: Sequence[int]) -> dict[str, str]:
        """The tickets that were opened from bookings: number of the booking -> of the ticket."""
        wanted = select(booking.c.number, ticket.c.number).join(ticket, linked(ticket.c.booking_id, booking))
        found: dict[str, str] = {}
        for keys in in_parts(booking_ids):
            here = and_(booking.c.business_id == self._business, booking.c.id.in_(keys))
            rows = self._connection.execute(wanted.where(here))
            for of_booking, of_ticket in rows:
                found[number_text(Letter.BOOKING, of_booking)] = number_text(Letter.TICKET, of_ticket)
        return found

    # -- writing -----------------------------------------------------------------------------------
    def add(self, **values: Unpack[NewTicket]) -> int:
        """Insert a ticket and return its key."""
        return self._add(ticket, {**values, **made_now(self._at, self._by)})

    def add_job(
        self, ticket_id: int, condition: Sequence[tuple[str, Condition]], **values: Unpack[NewJob]
    ) -> int:
        """Put a device on a ticket and return the job's key."""
        return self._add(
            job,
            {
                **values,
                "ticket_id": ticket_id,
                "is_here": True,
                "condition": json.dumps(
                    [[text, state.value] for text, state in condition], ensure_ascii=False
                ),
                "state_since": self._at,
                "touched_at": self._at,
                **made_now(self._at, self._by),
            },
        )

    def lock(self, ticket_id: int) -> None:
        """Keep other tills from changing this ticket until this transaction ends."""
        here = and_(ticket.c.business_id == self._business, ticket.c.id == ticket_id)
        self._connection.execute(select(ticket.c.id).where(here).with_for_update())

    def update(self, ticket_id: int, **values: Unpack[TicketChange]) -> None:
        """Change columns of a ticket."""
        self._change(ticket, ticket_id, {**values, **changed_now(ticket, self._at, self._by)})

    def update_job(self, key: int, **values: Unpack[JobChange]) -> None:
        """Change columns of a job; it counts as touched."""
        touched = {"touched_at": self._at, **changed_now(job, self._at, self._by)}
        self._change(job, key, {**values, **touched})

    def set_state(self, key: int, state_id: int, *, is_here: bool) -> None:
        """Put a job into a state, from now on."""
        self.update_job(key, state_id=state_id, state_since=self._at, is_here=is_here)

    def claim(self, job_id: int, warranty_id: int) -> None:
        """Note that a job is a claim on a warranty."""
        self._add(warranty_claim, {"job_id": job_id, "warranty_id": warranty_id})

    # -- passcodes ---------------------------------------------------------------------------------
    def passcode(self, key: int) -> bytes | None:
        """The encrypted passcode of a job."""
        found: bytes | None = self._connection.execute(
            select(job.c.passcode).where(and_(job.c.business_id == self._business, job.c.id == key))
        ).scalar()
        return found

    def wipe_due_passcodes(self, limit: int) -> "list[WipedPasscode]":
        """Empty at most `limit` passcodes whose days after the hand-back are over, the oldest jobs first.

        What another till holds at this moment is left for the next time, so that nobody waits.
        """
        wanted = (
            select(job.c.id, job.c.ticket_id, job.c.position, ticket.c.number, device.c.make, device.c.model)
            .select_from(job)
            .join(ticket, linked(job.c.ticket_id, ticket))
            .join(device, linked(job.c.device_id, device))
            .where(self._has_due_passcode())
            .order_by(job.c.id)
            .limit(limit)
            .with_for_update(of=job, skip_locked=True)
        )
        found = self._connection.execute(wanted).all()
        keys = [row.id for row in found]
        wiped = {"passcode": None, **changed_now(job, self._at, self._by)}
        self._change(job, job.c.id.in_(keys), wiped)
        return [_wiped(row) for row in found]

    def has_due_passcodes(self) -> bool:
        """Whether a passcode is kept whose days after the hand-back are over."""
        return bool(self._connection.execute(select(exists().where(self._has_due_passcode()))).scalar())

    def _has_due_passcode(self) -> ColumnElement[bool]:
        return and_(
            job.c.business_id == self._business,
            job.c.passcode.is_not(None),
            job.c.passcode_wipe_at <= self._at,
        )

    # -- shelves -----------------------------------------------------------------------------------
    def shelves(self) -> tuple[str, ...]:
        """The codes of all shelves that are in use."""
        found: tuple[str, ...] = self._connection.settled(_SHELVES, {"business": self._business}, _to_codes)
        return found

    def shelf_of(self, code: str) -> int:
        """The shelf with that code, set up on first use."""
        here = and_(
            shelf.c.business_id == self._business, shelf.c.code == code, shelf.c.archived_at.is_(None)
        )
        found: int | None = self._connection.execute(select(shelf.c.id).where(here)).scalar()
        if found is not None:
            return found
        return self._add(shelf, {"code": code})


def _wiped(row: Row[Any]) -> WipedPasscode:
    name = f"{row.make} {row.model}".strip()
    return WipedPasscode(row.ticket_id, number_text(Letter.TICKET, row.number), row.position, name)


def map_of(connection: Hands, business: int) -> StateMap:
    """The states of a shop and the moves it allows, as they are now."""
    found: StateMap = connection.settled(_MAP, {"business": business}, _to_map)
    return found


def _to_codes(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    return tuple(row.code for row in rows)


def _to_map(rows: Sequence[Row[Any]]) -> StateMap:
    states = {row.id: row for row in rows}
    moves = frozenset((row.id, row.to_id) for row in rows if row.to_id is not None)
    return StateMap(tuple(map(_to_state, states.values())), moves)


def _to_state(row: Row[Any]) -> TicketState:
    """A stored state as a value."""
    return TicketState(
        row.id,
        row.code,
        row.name,
        StateGroup(row.group_code),
        row.position,
        row.limit_hours,
        row.archived_at is not None,
        frozenset(map(Needed, filter(None, row.needs.split(",")))),
        bool(row.is_reserved),
    )


def _to_job(row: Row[Any], states: dict[int, TicketState]) -> Job:
    condition = tuple((text, Condition(state)) for text, state in json.loads(row.condition))
    owned = Device(row.device_id, DeviceKind(row.kind), row.make, row.model, row.colour, row.serial, row.imei)
    return Job(
        row.id,
        row.position,
        owned,
        states[row.state_id],
        from_us(row.state_since),
        row.fault,
        row.found,
        row.no_serial_reason,
        row.accessories,
        condition,
        row.technician_id,
        row.technician or "",
        row.shelf_id,
        row.shelf or "",
        row.price_minor,
        row.passcode is not None,
        row.quality_by,
        Outcome(row.outcome) if row.outcome else None,
        row.handed_to,
        moment_of(row.handed_at),
        row.signature_hash,
        from_us(row.touched_at),
        row.warranty_id,
        stamps_of(row),
    )


def _to_ticket(row: Row[Any], jobs: tuple[Job, ...]) -> Ticket:
    return Ticket(
        row.id,
        number_text(Letter.TICKET, row.number),
        row.customer_id,
        PlId(row.pl_number),
        row.customer_name,
        phone_of(row),
        row.contact_id,
        row.contact_name or "",
        number_text(Letter.BOOKING, row.booking_number) if row.booking_number else "",
        moment_of(row.due_at),
        bool(row.is_rush),
        row.note,
        row.signature_hash,
        jobs,
        stamps_of(row),
    )
