"""The shift desk: a till's drawer is opened with a float, its cash moved with reasons, counted and closed.

Whoever closes tells what was counted before anything says what was expected. Nothing of a closed shift
changes; what somebody verifies later is a record of its own.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import day_number
from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day
from posapp.domain.base.money import LIMIT
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, kept_whole, number_text
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.shifts import (
    MOST_PIECES,
    NOTE_LIMIT,
    REASON_LIMIT,
    CashKind,
    CashMove,
    Drawer,
    Shift,
    TenderSum,
    Verified,
    card_sum,
    check_cash,
    counted_sum,
    needs_note,
)
from posapp.domain.selling.takings import NOTHING, Takings
from posapp.services.papers.content import PaperOf
from posapp.services.papers.giving_out import copy_mark, render
from posapp.services.papers.papers import Output, queue_paper
from posapp.services.selling.drawers import day_in, drawer_in, drawer_with, tenders_in
from posapp.services.selling.papers import ShiftPapers, require_closed, x_report

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Business
    from posapp.storage.unit_of_work import Store, UnitOfWork

DIFFERENCE = "shift_difference_minor"
"""The name under which the shop keeps it."""
_ACTIONS = {CashKind.IN: Action.SHIFT_CASH_IN, CashKind.OUT: Action.SHIFT_CASH_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseShift:
    """What was counted: a sum, or notes and coins by what each is worth and how many there are.

    `terminal_minor` is the total on the slip of the card terminal, None where nobody looked.
    With an `output` the Z is put into the print queue as it is closed.
    """

    counted_minor: int | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    note: str = ""
    terminal_minor: int | None = None
    output: Output | None = None


@dataclass(frozen=True, slots=True)
class ShiftSettings:
    """How the shop closes its drawers: above `difference_minor` a note is needed, 0 for never."""

    difference_minor: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A shift with its drawer; `is_forgotten`: it is still open although its business day is over.

    `takings` are told by X and Z.
    """

    shift: Shift
    drawer: Drawer
    moves: tuple[CashMove, ...]
    verified: tuple[Verified, ...]
    is_forgotten: bool
    tenders: tuple[TenderSum, ...] = ()
    takings: Takings = NOTHING


@dataclass(frozen=True, slots=True)
class TillDrawer:
    """A till before it is counted: nothing here tells what should be in its drawer.

    `shift` is the open one, if any; `moves` what went in and out since. `last` is the till's last closed one,
    whose count is what should lie in the drawer when the next shift opens.
    """

    shift: Shift | None
    moves: tuple[CashMove, ...]
    is_forgotten: bool
    last: Shift | None
    settings: ShiftSettings


@dataclass(frozen=True, slots=True)
class ListedShift:
    """A shift in the list; `is_unverified`: it is closed and nobody has verified it yet."""

    shift: Shift
    is_unverified: bool
    is_forgotten: bool


class ShiftDesk:
    """Opens, reads and closes the drawers of the tills; each till has its own shift."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def open(self, actor: Actor, float_minor: int) -> Reading:
        """Begin a shift at the actor's till with what lies in its drawer; one is open at a time."""
        actor.require(Permission.SHIFT_OPEN)
        check_cash(float_minor, field="float")
        with self._store.work(actor) as uow:
            business = uow.businesses.get()
            other = uow.shifts.open_at(actor.till)
            if other is not None:
                raise _open_already(other, business)
            day = business.day_of(uow.now)
            key = uow.shifts.add(till=actor.till, business_day=day_number(day), float_minor=float_minor)
            after = {"till": actor.till, "float_minor": float_minor}
            uow.journal.add(Action.SHIFT_OPENED, "shift", key, ref=actor.till, after=after)
            made = _reading(uow, key)
            uow.commit()
        return made

    def cash_in(self, actor: Actor, amount_minor: int, reason: str) -> Reading:
        """Cash goes into the drawer that no sale brings."""
        actor.require(Permission.CASH_IN, amount_minor=amount_minor)
        return self._move(actor, CashKind.IN, amount_minor, reason)

    def cash_out(self, actor: Actor, amount_minor: int, reason: str) -> Reading:
        """Cash leaves the drawer that no refund takes; at most what should be in it."""
        actor.require(Permission.CASH_OUT, amount_minor=amount_minor)
        return self._move(actor, CashKind.OUT, amount_minor, reason)

    def _move(self, actor: Actor, kind: CashKind, amount_minor: int, reason: str) -> Reading:
        check_cash(amount_minor, field="amount", least=1)
        reason = clean_text(reason, REASON_LIMIT, "reason")
        if not reason:
            raise DomainError("reason_missing", "Enter a reason.", field="reason")
        with self._store.work(actor) as uow:
            shift = held_shift(uow)
            expected = drawer_in(uow, shift).expected_minor
            if kind is CashKind.IN:
                check_cash(expected + amount_minor, field="amount")
            elif amount_minor > expected:
                raise DomainError("drawer_short", "There is not so much cash in the drawer.", field="amount")
            uow.shifts.add_move(
                shift.id, kind, amount_minor=amount_minor, reason=reason, business_day=day_in(uow, shift)
            )
            after = {"amount_minor": amount_minor, "note": reason}
            uow.journal.add(_ACTIONS[kind], "shift", shift.id, ref=shift.till, after=after)
            made = _reading(uow, shift.id)
            uow.commit()
        return made

    def at_till(self, actor: Actor) -> TillDrawer:
        """The drawer of the actor's till, open or not, for whoever is about to count it."""
        actor.require(Permission.SHIFT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            shift = uow.shifts.open_at(actor.till)
            today = uow.businesses.get().day_of(uow.now)
            return TillDrawer(
                shift,
                tuple(uow.shifts.moves(shift.id)) if shift is not None else (),
                shift is not None and shift.is_forgotten(today),
                uow.shifts.last_closed(actor.till),
                shift_settings_of(uow),
            )

    def x(self, actor: Actor) -> Reading:
        """The open drawer of the actor's till as it is now; looking changes nothing."""
        actor.require(Permission.SHIFT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _whole_reading(uow, _require_open(uow).id)

    def save_x(self, actor: Actor, paper: PaperSize, path: Path, *, replace: bool = False) -> Reading:
        """Write what `x` tells to a new file; no copy is counted, because each is of its own moment."""
        actor.require(Permission.SHIFT_READ)
        made, pdf = self._x_paper(actor, paper)
        files.write(path, pdf, replace=replace)
        return made

    def print_x(self, actor: Actor, paper: PaperSize, printer: str) -> Reading:
        """Print what `x` tells and wait for the outcome; if it fails, the next one is as good."""
        actor.require(Permission.SHIFT_READ)
        from posapp.printing.base.system_queue import SystemQueue

        made, pdf = self._x_paper(actor, paper)
        queue = SystemQueue()
        queue.wait_for(queue.send(pdf, printer, title="posapp X", paper=paper))
        return made

    def _x_paper(self, actor: Actor, paper: PaperSize) -> tuple[Reading, bytes]:
        with self._store.look(actor, snapshot=True) as uow:
            shift = _require_open(uow)
            pdf = render(uow, x_report(uow, shift), paper, copy_mark(uow, 1))
            return _whole_reading(uow, shift.id), pdf

    def close(self, actor: Actor, command: CloseShift) -> Reading:
        """End the shift of the actor's till with what was counted; draws its Z, and only then tells more."""
        actor.require(Permission.SHIFT_CLOSE)
        counted = _counted(command)
        note = clean_text(command.note, NOTE_LIMIT, "note")
        with self._store.work(actor) as uow:
            shift = held_shift(uow)
            expected = drawer_in(uow, shift).expected_minor
            _require_note(uow, counted - expected, note)
            slip = _compared_slip(uow, shift, command, note)
            number = uow.counters.next(Letter.REPORT)
            uow.shifts.close(
                shift.id,
                number,
                expected_minor=expected,
                counted_minor=counted,
                pieces=command.pieces,
                note=note,
            )
            after = {"expected_minor": expected, "counted_minor": counted, "note": note, **slip}
            shown = number_text(Letter.REPORT, number)
            uow.journal.add(Action.SHIFT_CLOSED, "shift", shift.id, ref=shown, after=after)
            if command.output is not None:
                queue_paper(uow, ShiftPapers().content(uow, PaperOf(number=shown)), command.output)
            made = _whole_reading(uow, shift.id)
            uow.commit()
        return made

    def z(self, actor: Actor, number: str) -> Reading:
        """A closed shift by the number of its Z, and what was verified since."""
        actor.require(Permission.SHIFT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _whole_reading(uow, require_closed(uow, number).id)

    def latest(self, actor: Actor, limit: int, *, is_unverified: bool = False) -> list[Shift]:
        """The shifts of all tills, the newest first; or only closed ones that nobody has verified yet."""
        actor.require(Permission.SHIFT_READ)
        with self._store.look(actor) as uow:
            return uow.shifts.latest(limit, is_unverified=is_unverified)

    def listed(self, actor: Actor, limit: int) -> list[ListedShift]:
        """The shifts of all tills: those that nobody has verified first, then the others, newest first."""
        actor.require(Permission.SHIFT_READ)
        with self._store.look(actor, snapshot=True) as uow:
            today = uow.businesses.get().day_of(uow.now)
            waiting = uow.shifts.latest(limit, is_unverified=True)
            keys = {one.id for one in waiting}
            others = [one for one in uow.shifts.latest(limit) if one.id not in keys]
            return [ListedShift(one, one.id in keys, one.is_forgotten(today)) for one in (*waiting, *others)]

    def verify(self, actor: Actor, number: str, amount_minor: int) -> Reading:
        """Note what was found when a closed drawer was counted once more; what was found before stays."""
        actor.require(Permission.SHIFT_VERIFY, number=number, amount_minor=amount_minor)
        check_cash(amount_minor, field="amount")
        with self._store.work(actor) as uow:
            shift = require_closed(uow, number)
            assert shift.closing is not None
            uow.shifts.hold(shift.id)
            by = actor.answers_for(Permission.SHIFT_VERIFY)
            uow.shifts.add_verified(shift.id, amount_minor, by=by)
            after = {"amount_minor": amount_minor}
            uow.journal.add(Action.SHIFT_VERIFIED, "shift", shift.id, ref=shift.closing.number, after=after)
            made = _whole_reading(uow, shift.id)
            uow.commit()
        return made

    def take_over(self, actor: Actor, till: str) -> bool:
        """This till had that name before: its open shift goes on under its new one; whether there was one."""
        actor.require(Permission.SHIFT_OPEN)
        with self._store.work(actor) as uow:
            shift = uow.shifts.open_at(till)
            if shift is None:
                return False
            shift = _held(uow, shift)
            other = uow.shifts.open_at(actor.till)
            if other is not None:
                raise _open_already(other, uow.businesses.get())
            uow.shifts.rename_till(shift.id, actor.till)
            before, after = {"till": till}, {"till": actor.till}
            uow.journal.add(Action.SHIFT_TILL, "shift", shift.id, ref=actor.till, before=before, after=after)
            uow.commit()
        return True

    # -- settings ----------------------------------------------------------------------------------
    def settings(self, actor: Actor) -> ShiftSettings:
        """How the shop closes its drawers."""
        actor.require(Permission.SHIFT_READ)
        with self._store.look(actor) as uow:
            return shift_settings_of(uow)

    def set_settings(self, actor: Actor, settings: ShiftSettings) -> ShiftSettings:
        """Keep other settings; what did not change is not noted."""
        actor.require(Permission.SHOP_WRITE)
        wanted = check_cash(settings.difference_minor, field=DIFFERENCE)
        with self._store.work(actor) as uow:
            old = shift_settings_of(uow).difference_minor
            if wanted != old:
                uow.businesses.set_setting(DIFFERENCE, str(wanted))
                before, after = {DIFFERENCE: old}, {DIFFERENCE: wanted}
                uow.journal.add(
                    Action.SETTINGS_SHIFTS, "business", actor.business, before=before, after=after
                )
                uow.commit()
            return shift_settings_of(uow)


# -- inside a transaction ------------------------------------------------------------------------------
def held_shift(uow: "UnitOfWork") -> Shift:
    """The open shift of the actor's till, which nobody closes until this transaction ends.

    Whatever moves cash holds it first, so that nothing slips into a shift behind its Z.
    """
    return _held(uow, _require_open(uow))


def _held(uow: "UnitOfWork", seen: Shift) -> Shift:
    shift = uow.shifts.held(seen)
    if shift.closing is not None:
        when = uow.businesses.get().clock_of(shift.closing.at, uow.now)
        raise DomainError(
            "shift_closed",
            f"{shift.closing.by} closed this shift at {when}: "
            f"{shift.closing.number}. Open a new one to take money.",
            number=shift.closing.number,
        )
    return shift


def _require_open(uow: "UnitOfWork") -> Shift:
    found = uow.shifts.open_at(uow.actor.till)
    if found is None:
        raise DomainError(
            "shift_missing", f"No shift is open at {uow.actor.till}. Open the shift to take money."
        )
    return found


def _open_already(shift: Shift, business: "Business") -> DomainError:
    return DomainError(
        "shift_open",
        f"{shift.opened_by} opened the shift of {shift.till} on {local_day(shift.day, business.locale)} "
        "and it is still open. Close it first.",
        day=shift.day,
    )


def shift_settings_of(uow: "UnitOfWork") -> ShiftSettings:
    """How the shop closes its drawers, in a reading that is open."""
    return ShiftSettings(kept_whole(uow.businesses.settings().get(DIFFERENCE), 0, most=LIMIT - 1))


def _compared_slip(uow: "UnitOfWork", shift: Shift, command: CloseShift, note: str) -> dict[str, object]:
    """What the terminal took beside what was recorded, for the journal; nothing where nobody looked."""
    if command.terminal_minor is None:
        return {}
    check_cash(command.terminal_minor, field="terminal")
    recorded = card_sum(tenders_in(uow, shift))
    _require_note(uow, command.terminal_minor - recorded, note, "The card terminal")
    return {"terminal_minor": command.terminal_minor, "card_minor": recorded}


def _require_note(uow: "UnitOfWork", difference_minor: int, note: str, what: str = "The drawer") -> None:
    """Above the set difference somebody has to say something; by how much it differs is not told."""
    above = shift_settings_of(uow).difference_minor
    if needs_note(difference_minor, above) and not note:
        shown = uow.businesses.get().shown(above)
        raise DomainError("note_missing", f"{what} differs by more than {shown}. Enter a note.", field="note")


def _reading(uow: "UnitOfWork", key: int) -> Reading:
    shift = uow.shifts.get(key)
    assert shift is not None
    moves, tenders = tuple(uow.shifts.moves(key)), tenders_in(uow, shift)
    verified = uow.shifts.verified(key) if shift.closing is not None else []
    is_forgotten = shift.is_forgotten(uow.businesses.get().day_of(uow.now))
    drawer = drawer_with(shift, moves, tenders)
    return Reading(shift, drawer, moves, tuple(verified), is_forgotten, tenders)


def _whole_reading(uow: "UnitOfWork", key: int) -> Reading:
    """With what was sold, which takes longer the more that was."""
    return replace(_reading(uow, key), takings=uow.takings.of_shift(key))


def _counted(command: CloseShift) -> int:
    """What was counted, told once: as a sum or piece by piece."""
    for minor, count in command.pieces:
        check_cash(minor, field="counted", least=1)
        if not 0 <= count <= MOST_PIECES:
            raise DomainError("quantity_invalid", "Enter how many, as a whole number.", field="counted")
    told = counted_sum(command.pieces) if command.pieces else command.counted_minor
    if told is None or command.counted_minor not in (None, told):
        raise DomainError("amount_invalid", "Count the drawer, then enter what is in it.", field="counted")
    return check_cash(told, field="counted")
