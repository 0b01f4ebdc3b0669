"""The ticket desk: devices taken in and followed from state to state; the counter hands them back.

A ticket belongs to one customer and holds one or more jobs, a device each. What the status engine allows
is data of the shop (`StateMap`). Every change stands in the journal under the ticket: that is its
undeletable history.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import JournalLine
from posapp.domain.repairs.board import Sight
from posapp.domain.repairs.tickets import BoardCard, StateMap, Ticket
from posapp.services.base.edits import refuse_stale
from posapp.services.base.passcodes import Passcodes
from posapp.services.repairs.approved_prices import refuse_price
from posapp.services.repairs.claims import Guarantees, guarantees_of, note_claims
from posapp.services.repairs.estimates import estimate_at_intake
from posapp.services.repairs.intake import (
    add_job,
    customer_of,
    job_facts,
    open_ticket,
    put_photos,
)
from posapp.services.repairs.papers import queue_intake
from posapp.services.repairs.second_look import checker_of, refuse_same_person
from posapp.services.repairs.shelves import Shelved, put_on_shelves
from posapp.services.repairs.ticket_board import board_of, cards_of, promised, sight_of
from posapp.services.repairs.ticket_commands import (
    UNCHANGED,
    Board,
    CardFilter,
    EditJob,
    EditTicket,
    HandBack,
    MoveJob,
    Promise,
    SaveTicket,
    TakeIn,
    TakeInDevice,
    TakenIn,
    Unchanged,
)
from posapp.services.repairs.ticket_edits import change_job, change_state, save_all
from posapp.services.repairs.ticket_steps import (
    held_ticket,
    note_on_job,
    refuse_closed,
    refuse_gone,
    require_job,
    require_ticket,
)
from posapp.services.repairs.whole_ticket import WholeTicket, steps_of, whole_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

__all__ = [
    "UNCHANGED",
    "Board",
    "CardFilter",
    "EditJob",
    "EditTicket",
    "HandBack",
    "MoveJob",
    "Promise",
    "SaveTicket",
    "Shelved",
    "TakeIn",
    "TakeInDevice",
    "TakenIn",
    "TicketDesk",
    "Unchanged",
    "WholeTicket",
]
WIPED_AT_ONCE = 200
log = logging.getLogger(__name__)
MOST_DEVICES = 20


def taken_in(uow: "UnitOfWork", passcodes: Passcodes, command: TakeIn) -> TakenIn:
    """A ticket opened inside a transaction, with its estimate and the papers that wait to be printed."""
    if not 1 <= len(command.devices) <= MOST_DEVICES:
        raise DomainError("devices_count", "Take in between 1 and 20 devices on one ticket.", field="device")
    found = customer_of(uow, command)
    ticket = open_ticket(uow, passcodes, command, found)
    if command.estimate:
        _refuse_two_prices(command)
        estimate_at_intake(uow, ticket, command.estimate, is_agreed=command.is_agreed)
        ticket = require_ticket(uow, ticket.number)
    job_ids = queue_intake(uow, ticket, command.output, command.labels)
    return TakenIn(ticket, found.customer, found.created, found.other_name, job_ids)


def _refuse_two_prices(command: TakeIn) -> None:
    """A device costs what its lines come to, once they are agreed to, or what was promised; never both."""
    for line in command.estimate:
        if (
            line.position <= len(command.devices)
            and command.devices[line.position - 1].price_minor is not None
        ):
            raise DomainError(
                "price_twice", "The lines say what this device costs. Leave its price empty.", field="price"
            )


class TicketDesk:
    """Takes in and follows."""

    def __init__(self, store: "Store", passcodes: Passcodes) -> None:
        self._store = store
        self._passcodes = passcodes

    # -- looking -----------------------------------------------------------------------------------
    def get(self, actor: Actor, number: str) -> Ticket:
        """The ticket of that number, such as "T12"."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return require_ticket(uow, number)

    def whole(self, actor: Actor, number: str) -> WholeTicket:
        """The ticket of that number with everything around it, as its sheet shows it."""
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return whole_ticket(uow, require_ticket(uow, number))

    def guarantees(self, actor: Actor, number: str) -> Guarantees:
        """What the devices of a ticket claim, and what else still runs on them."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return guarantees_of(uow, require_ticket(uow, number))

    def states(self, actor: Actor) -> StateMap:
        """The states of the shop and the moves it allows."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.tickets.states

    def board(self, actor: Actor) -> Board:
        """Everything in the shop, a column a state, each in its order."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return board_of(uow)

    def of_bookings(self, actor: Actor, booking_ids: Sequence[int]) -> dict[str, str]:
        """Which of these bookings became tickets: number of the booking -> of the ticket."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.tickets.of_bookings(booking_ids)

    def sight(self, actor: Actor) -> Sight:
        """This moment in the day of the shop: by it a device is late, or waits long."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return sight_of(uow)

    def cards(self, actor: Actor, wanted: CardFilter) -> list[BoardCard]:
        """The devices of a list."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return cards_of(uow, wanted)

    def history(self, actor: Actor, number: str) -> list[JournalLine]:
        """Everything that ever happened to a ticket, the oldest first; nothing of it can be deleted."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return steps_of(uow, require_ticket(uow, number))

    def promise(
        self,
        actor: Actor,
        *,
        minutes: int | None = None,
        technician_id: int | None = None,
        is_rush: bool = False,
    ) -> Promise:
        """When so much work (None: the first service's length) can be done, in the time bookings leave free.

        The devices that wait for the bench come first, each at the length of the first service; before a
        rush job only other rush jobs do.
        """
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return promised(uow, minutes, technician_id, is_rush=is_rush)

    # -- taking in -----------------------------------------------------------------------------------
    def take_in(self, actor: Actor, command: TakeIn) -> TakenIn:
        """Open a ticket, all or nothing; a booking it came from is marked as arrived."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            taken = taken_in(uow, self._passcodes, command)
            uow.commit()
        log.info("ticket %s for %s, %s", taken.ticket.number, taken.ticket.pl_id, taken.said)
        return taken

    def add_device(self, actor: Actor, number: str, device: TakeInDevice) -> Ticket:
        """Put one more device on an open ticket."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            refuse_closed(ticket)
            if len(ticket.jobs) >= MOST_DEVICES:
                raise DomainError("devices_count", "A ticket holds at most 20 devices. Open another ticket.")
            add_job(uow, self._passcodes, ticket.id, ticket.jobs[-1].position + 1, device)
            after = require_ticket(uow, number)
            refuse_price(uow, ticket, replace(after.jobs[-1], price_minor=None), device.price_minor)
            uow.journal.add(
                Action.TICKET_DEVICE_ADDED,
                "ticket",
                ticket.id,
                ref=ticket.number,
                after=job_facts(after.jobs[-1]),
            )
            note_claims(uow, after, (device,), after.jobs[-1:])
            put_photos(uow, after, (device,), after.jobs[-1:])
            uow.commit()
        return after

    # -- following -----------------------------------------------------------------------------------
    def move(self, actor: Actor, command: MoveJob) -> Ticket:
        """Put a device into another state, as the shop's map allows; back only with a reason.

        Devices leave through the counter's hand-back and disposal alone, so that a loaner or an unpaid device
        is never forgotten; one that has left comes back only with the permission to reopen.
        """
        actor.require(Permission.TICKET_WRITE)
        return self._changed(actor, command.number, lambda uow: change_state(uow, command))

    def move_back(self, actor: Actor, command: MoveJob) -> Ticket:
        """Put a device back into a state it was in, by the steps that the shop's map allows: all or none.

        Each step is a line of the ticket's history, with the reason of the command. Refuses like `move`.
        """
        actor.require(Permission.TICKET_WRITE)
        return self._changed(actor, command.number, lambda uow: change_state(uow, command, is_back=True))

    def edit_job(self, actor: Actor, command: EditJob) -> Ticket:
        """Correct or complete what is known of one device on a ticket."""
        actor.require(Permission.TICKET_WRITE)
        return self._changed(actor, command.number, lambda uow: change_job(uow, self._passcodes, command))

    def save(self, actor: Actor, command: SaveTicket) -> Ticket:
        """Write everything that was changed on a ticket, and perhaps a new state: all or nothing."""
        actor.require(Permission.TICKET_WRITE)
        return self._changed(actor, command.number, lambda uow: save_all(uow, self._passcodes, command))

    def _changed(self, actor: Actor, number: str, change: "Callable[[UnitOfWork], bool]") -> Ticket:
        """The ticket after a change, which is committed where there is any."""
        with self._store.work(actor) as uow:
            is_changed = change(uow)
            ticket = require_ticket(uow, number)
            if is_changed:
                uow.commit()
        return ticket

    def check_quality(
        self,
        actor: Actor,
        number: str,
        position: int = 1,
        *,
        by: str = "",
        seen_version: int | None = None,
    ) -> Ticket:
        """A second person has looked at the repair: who is signed in, else whom `by` names."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            job = require_job(ticket, position)
            refuse_stale(ticket.number, job.stamps, seen_version)
            refuse_gone(ticket, job)
            checker = checker_of(uow, job, by)
            refuse_same_person(uow, ticket, job, checker)
            uow.tickets.update_job(job.id, quality_by=checker, quality_at=to_us(uow.now))
            note_on_job(uow, Action.TICKET_QUALITY, ticket, job, after={"quality_by": checker})
            uow.commit()
            return require_ticket(uow, number)

    def shelve(self, actor: Actor, codes: Sequence[str]) -> list[Shelved]:
        """Say where devices are by scanning: the code of a shelf, then the tickets that lie there.

        "T12" means every device of that ticket that is here, "T12/2" its second one.
        """
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            moved = put_on_shelves(uow, codes)
            uow.commit()
        return moved

    # -- passcode --------------------------------------------------------------------------------------
    def show_passcode(self, actor: Actor, number: str, position: int = 1) -> str:
        """The passcode in clear text; that it was shown, and to whom, stands in the journal."""
        actor.require(Permission.PASSCODE_SHOW, number=number)
        with self._store.work(actor) as uow:
            ticket = require_ticket(uow, number)
            job = require_job(ticket, position)
            sealed = uow.tickets.passcode(job.id)
            if sealed is None:
                raise DomainError("passcode_none", f"No passcode is kept for {ticket.number}.")
            passcode = self._passcodes.open(sealed, f"job:{job.id}")
            uow.journal.add(
                Action.PASSCODE_SHOWN,
                "ticket",
                ticket.id,
                ref=ticket.number,
                after={"device": job.device.name},
            )
            uow.commit()
        return passcode

    def has_due_passcodes(self, actor: Actor) -> bool:
        """Whether a passcode waits to be wiped; a reader's look, so that a quiet day takes no write lock."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.tickets.has_due_passcodes()

    def wipe_passcodes(self, actor: Actor) -> int:
        """Empty the passcodes whose days after the hand-back are over; how many there were.

        Each is a line of its ticket's history. Many are wiped in several short transactions.
        """
        actor.require(Permission.TICKET_WRITE)
        count = 0
        while wiped := self._wipe_some(actor):
            count += wiped
        return count

    def _wipe_some(self, actor: Actor) -> int:
        if not self.has_due_passcodes(actor):
            return 0
        with self._store.work(actor) as uow:
            wiped = uow.tickets.wipe_due_passcodes(WIPED_AT_ONCE)
            for one in wiped:
                after = {"device": one.device, "position": one.position}
                uow.journal.add(Action.PASSCODE_WIPED, "ticket", one.ticket_id, ref=one.number, after=after)
            uow.commit()
        return len(wiped)
