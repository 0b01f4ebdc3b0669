"""The desk of past records: where a customer came from, and old repairs that go on as tickets of ours.

A record of an old system is never changed. What it is taken in as stands beside it, once: from then on the
ticket is what is paid for, and the old record's amount no longer counts by itself.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import PastKind
from posapp.domain.old_data.past import OldId, PastRecord
from posapp.domain.repairs.devices import check_imei, check_serial
from posapp.domain.repairs.tickets import FAULT_LIMIT, NOTE_LIMIT
from posapp.services.base.passcodes import Passcodes
from posapp.services.counter.intake import Arrived, arrived_of
from posapp.services.customers.customers import refuse_unknown, usable_customer
from posapp.services.repairs.ticket_commands import TakeIn, TakeInDevice, TakenIn
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.repairs.tickets import taken_in

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

NO_SERIAL = "Taken in with the old system"
MOST_IDS = 50
"""So many old IDs of one customer are told."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OldRepair:
    """An old ticket that is to be taken in: whose it is, what is told of the device, and what to note."""

    record: PastRecord
    arrived: Arrived
    device: TakeInDevice
    note: str


class PastDesk:
    """Tells what came from old systems; takes old repairs in."""

    def __init__(self, store: "Store", passcodes: Passcodes) -> None:
        self._store = store
        self._passcodes = passcodes

    def ids(self, actor: Actor, customer_id: int) -> tuple[OldId, ...]:
        """The IDs that a customer had in old systems, each with the import that brought it."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            refuse_unknown(uow, customer_id)
            return tuple(uow.past.ids_of(customer_id, MOST_IDS))

    def of_ticket(self, actor: Actor, number: str) -> PastRecord | None:
        """What a ticket was taken in from, if it came from an old system."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.past.of_ticket(require_ticket(uow, number).id)

    def repair(self, actor: Actor, past_id: int) -> OldRepair:
        """What the intake form begins with, for an old ticket that says too little or is looked at first."""
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            record = require_open(uow, past_id)
            arrived = arrived_of(uow, record.customer_id)
            return OldRepair(record, arrived, _device(record), note_of(record))

    def take_in(self, actor: Actor, past_id: int, command: TakeIn | None = None) -> TakenIn:
        """An old ticket goes on as one of ours: as the intake form says, or as the old system told it.

        Once, whichever tills try. Refuses with `past_taken`, `past_over`, and, where nothing was typed and
        the record does not say what the device is and what is wrong with it, `past_says_too_little`.
        """
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            usable_customer(uow, require_record(uow, past_id).customer_id)
            record = require_open(uow, past_id)
            made = taken_in(
                uow, self._passcodes, _of_same(uow, record, command) if command else _command(record)
            )
            if not uow.past.take_in(record.id, made.ticket.id):
                raise _taken(require_record(uow, past_id))
            uow.journal.add(
                Action.TICKET_FROM_OLD,
                "ticket",
                made.ticket.id,
                ref=made.ticket.number,
                after={"record": record.shown},
            )
            uow.commit()
        log.info("past record %s goes on as %s", past_id, made.ticket.number)
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def require_record(uow: "UnitOfWork", past_id: int) -> PastRecord:
    """The past record with this key; refuses with `past_unknown`."""
    record = uow.past.get(past_id)
    if record is None:
        raise DomainError("past_unknown", "This record of the old system is not in this shop any more.")
    return record


def require_open(uow: "UnitOfWork", past_id: int) -> PastRecord:
    """An old repair that is not at its end and was not taken in yet."""
    record = require_record(uow, past_id)
    if record.ticket:
        raise _taken(record)
    if not record.is_open:
        words = "This is no repair." if record.kind is not PastKind.TICKET else "This old repair is over."
        raise DomainError("past_over", f"{words} Take the device in anew.")
    return record


def past_of(uow: "UnitOfWork", customer_id: int, past_id: int) -> PastRecord:
    """A past record of that customer."""
    record = require_record(uow, past_id)
    if record.customer_id != customer_id:
        raise DomainError("past_unknown", "This record belongs to another customer now.")
    return record if uow.actor.may(Permission.ORDER_READ) else _without_amount(record)


def _without_amount(record: PastRecord) -> PastRecord:
    return replace(record, amount_minor=0) if record.kind is PastKind.ORDER else record


def _taken(record: PastRecord) -> DomainError:
    sentence = f"This old repair goes on as {record.ticket} already. Open that ticket."
    return DomainError("past_taken", sentence, number=record.ticket)


def _of_same(uow: "UnitOfWork", record: PastRecord, command: TakeIn) -> TakeIn:
    """The order of the intake form, which is about that customer and nobody else."""
    customer = uow.customers.get(command.customer_id) if command.customer_id is not None else None
    if customer is None or customer.id != record.customer_id or command.booking:
        raise DomainError(
            "past_of_other", "The old repair is another customer's. Open it in their history.", field="phone"
        )
    return command


def note_of(record: PastRecord) -> str:
    """What the note of the ticket begins with: where it came from, and what was noted there."""
    known = ", ".join(filter(None, (record.number or record.code, record.status)))
    first = f"From the old system ({record.system}): {known}, {record.at:%Y-%m-%d}"
    return "\n".join(filter(None, (first, record.device.note)))[:NOTE_LIMIT]


def _command(record: PastRecord) -> TakeIn:
    if not record.device.is_enough:
        raise DomainError(
            "past_says_too_little",
            "The old system does not say which device it is, or what is wrong with it. Complete the intake.",
            field="device",
        )
    return TakeIn(devices=(_device(record),), customer_id=record.customer_id, note=note_of(record))


def _device(record: PastRecord) -> TakeInDevice:
    old = record.device
    serial, imei = _usable(check_serial, old.serial), _usable(check_imei, old.imei)
    return TakeInDevice(
        kind=old.kind,
        make=old.make,
        model=old.model,
        serial=serial,
        imei=imei,
        no_serial_reason="" if serial or imei else NO_SERIAL,
        fault=old.fault[:FAULT_LIMIT],
    )


def _usable(check: Callable[[str], str], text: str) -> str:
    """A serial or IMEI as it may be kept; "" for what is none."""
    try:
        return check(text) if text else ""
    except DomainError:
        return ""
