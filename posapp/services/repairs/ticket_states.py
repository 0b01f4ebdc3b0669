"""The desk where a manager sets up repairs: states, allowed moves, checklists, settings.

The groups of states are fixed, and so are the codes that the desks themselves use. No change may leave a
state from which a device could not go on to be collected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import divided
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.ticket_states import (
    FIXED,
    NAME_LIMIT,
    check_lines,
    check_map,
    check_state_name,
    code_of,
)
from posapp.domain.repairs.tickets import READY, Needed, StateGroup, StateMap, TicketState
from posapp.services.base.edits import check_price

if TYPE_CHECKING:
    from posapp.storage.repairs.ticket_states import StateChange
    from posapp.storage.unit_of_work import Store, UnitOfWork

TERMS_LIMIT, MOST_STATES = 4000, 30
LONGEST_LIMIT, LONGEST_DAYS, MOST_REMINDERS = 10_000, 3650, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AddState:
    """A further state of a group, and the states from which and to which it can be reached."""

    name: str
    group: StateGroup
    limit_hours: int | None = None
    needs: frozenset[Needed] = frozenset()
    is_reserved: bool = False
    after: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditState:
    """Other values for a state; None leaves one as it is, `limit_hours` 0 takes the limit away.

    `then` are all the states that a device may go to from it.
    """

    code: str
    name: str | None = None
    limit_hours: int | None = None
    needs: frozenset[Needed] | None = None
    is_reserved: bool | None = None
    position: int | None = None
    then: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RepairSettings:
    """How the shop repairs; days and hours as whole numbers, money in minor units."""

    passcode_days: int = 14
    untouched_hours: int = 48
    uncollected_days: int = 7
    reminder_days: tuple[int, ...] = (7, 14, 30, 60)
    dispose_days: int = 90
    storage_fee_minor: int = 0
    storage_free_days: int = 14
    quality_check: bool = False
    claim_terms: str = ""
    deposit_percent: int = 20
    """What part of an agreed price is asked for at once; 0 asks for nothing."""

    def deposit_of(self, price_minor: int) -> int:
        """The deposit that the shop asks for at this price."""
        return divided(price_minor * self.deposit_percent, 100)


class TicketStateDesk:
    """Edits the status engine and what else is set up for repairs."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- states ------------------------------------------------------------------------------------
    def map(self, actor: Actor) -> StateMap:
        """The states, archived ones included, and the moves."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.ticket_states.map()

    def add(self, actor: Actor, command: AddState) -> TicketState:
        """Add a state; a closed one cannot be added, for devices leave by hand-back or disposal alone."""
        actor.require(Permission.SHOP_WRITE)
        name = check_state_name(command.name)
        if command.group == StateGroup.CLOSED:
            raise DomainError("group_closed", "Devices leave as collected or disposed of.", field="group")
        with self._store.work(actor) as uow:
            states = _held_map(uow)
            _refuse_double(states, name, "")
            if len(states.states) >= MOST_STATES:
                raise DomainError("states_many", "A shop has at most 30 states.")
            code = code_of(name, (one.code for one in states.states))
            key = uow.ticket_states.add(
                code=code,
                name=name,
                group_code=command.group.value,
                position=max(one.position for one in states.states) + 1,
                limit_hours=_hours(command.limit_hours),
                needs=_needs(command.needs, command.group),
                is_reserved=command.is_reserved,
            )
            before = [(states.by_code(one).id, key) for one in command.after]
            after = [(key, states.by_code(one).id) for one in command.then]
            uow.ticket_states.add_moves(list(dict.fromkeys(before + after)))
            return self._checked(
                uow, Action.STATE_ADDED, code, after={"state": name, "group": command.group.value}
            )

    def edit(self, actor: Actor, command: EditState) -> TicketState:
        """Rename a state, set its time limit and where it leads, move it elsewhere: all of it or nothing."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            states = _held_map(uow)
            state = states.by_code(command.code)
            # First, so that a refusal calls the state as it was called.
            if command.then is not None and {*command.then} != {one.code for one in states.next_of(state)}:
                _lead(uow, states, state, command.then)
            values: StateChange = {}
            if command.name is not None:
                values["name"] = check_state_name(command.name)
                _refuse_double(states, values["name"], state.code)
            if command.limit_hours is not None:
                values["limit_hours"] = _hours(command.limit_hours)
            if command.needs is not None:
                values["needs"] = _needs(command.needs, state.group)
            if command.is_reserved is not None:
                values["is_reserved"] = command.is_reserved
            if values:
                uow.ticket_states.update(state.id, **values)
            if command.position is not None:
                _place(uow, states, state, command.position)
                values["position"] = command.position
            told = {("state" if name == "name" else name): value for name, value in values.items()}
            old: dict[str, object] = {"state": state.name, "limit_hours": state.limit_hours}
            old |= {"position": state.position, "is_reserved": state.is_reserved}
            old["needs"] = _needs(state.needs, state.group)
            before = {name: value for name, value in old.items() if name in told}
            return self._checked(uow, Action.STATE_CHANGED, state.code, before=before, after=told)

    def archive(self, actor: Actor, code: str) -> TicketState:
        """Take a state out of use; refused while a device is in it, or the desks need it."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            state = _held_map(uow).by_code(code)
            if state.code in FIXED:
                raise DomainError("state_fixed", f"{state.name} is needed. Rename it instead.")
            here = uow.ticket_states.jobs_here_in(state.id)
            if here:
                raise DomainError(
                    "state_used", f"{here} devices are in {state.name}. Move them first.", count=here
                )
            uow.ticket_states.set_archived(state.id, is_archived=True)
            return self._checked(uow, Action.STATE_ARCHIVED, state.code, after={"state": state.name})

    def bring_back(
        self, actor: Actor, code: str, *, after: Sequence[str] = (), then: Sequence[str] = (READY,)
    ) -> TicketState:
        """Use an archived state again, with moves from `after` and to `then`."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            states = _held_map(uow)
            state = states.by_code(code)
            if not state.is_archived:
                return state
            _refuse_double(states, state.name, state.code)
            uow.ticket_states.set_archived(state.id, is_archived=False)
            pairs = [(states.by_code(one).id, state.id) for one in after]
            pairs += [(state.id, states.by_code(one).id) for one in then]
            uow.ticket_states.add_moves(list(dict.fromkeys(pairs)))
            return self._checked(uow, Action.STATE_USED_AGAIN, state.code, after={"state": state.name})

    def _checked(
        self,
        uow: "UnitOfWork",
        action: Action,
        code: str,
        *,
        before: dict[str, object] | None = None,
        after: dict[str, object],
    ) -> TicketState:
        """Keep the change if the map still holds; else the error undoes it."""
        states = uow.ticket_states.map()
        check_map(states)
        state = states.by_code(code)
        uow.journal.add(action, "ticket_state", state.id, ref=code, before=before, after=after)
        uow.commit()
        return state

    # -- checklists --------------------------------------------------------------------------------
    def checklist(self, actor: Actor, kind: DeviceKind) -> list[str]:
        """What is looked at when a device of that kind is taken in."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.tickets.checklist(kind.value)

    def set_checklist(self, actor: Actor, kind: DeviceKind, texts: Sequence[str]) -> list[str]:
        """Replace it; tickets that are there keep their lines."""
        actor.require(Permission.SHOP_WRITE)
        lines = list(dict.fromkeys(filter(None, (clean_text(one, NAME_LIMIT, "text") for one in texts))))
        check_lines(lines)
        with self._store.work(actor) as uow:
            before = uow.tickets.checklist(kind.value)
            if before != lines:
                uow.ticket_states.set_checklist(kind.value, lines)
                uow.journal.add(
                    Action.CHECKLIST_CHANGED,
                    "checklist",
                    0,
                    ref=kind.value,
                    before={"lines": before},
                    after={"lines": lines},
                )
                uow.commit()
        return lines

    # -- settings ----------------------------------------------------------------------------------
    def settings(self, actor: Actor) -> RepairSettings:
        """How the shop repairs."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return settings_of(uow)

    def set_settings(self, actor: Actor, settings: RepairSettings) -> RepairSettings:
        """Keep other settings; what did not change is not noted."""
        actor.require(Permission.SHOP_WRITE)
        wanted = _texts(_checked_settings(settings))
        with self._store.work(actor) as uow:
            old = _texts(settings_of(uow))
            changed = [name for name in wanted if wanted[name] != old[name]]
            for name in changed:
                uow.businesses.set_setting(name, wanted[name])
            if changed:
                uow.journal.add(
                    Action.SETTINGS_REPAIRS,
                    "business",
                    actor.business,
                    before={name: old[name] for name in changed},
                    after={name: wanted[name] for name in changed},
                )
                uow.commit()
            return settings_of(uow)


def settings_of(uow: "UnitOfWork") -> RepairSettings:
    """The settings of repairs, those of a new shop where one was never set."""
    kept = uow.businesses.settings()
    usual = RepairSettings()

    def number(name: str) -> int:
        return int(kept.get(name) or getattr(usual, name))

    days = kept.get("reminder_days", "7,14,30,60")
    return RepairSettings(
        number("passcode_days"),
        number("untouched_hours"),
        number("uncollected_days"),
        tuple(int(one) for one in days.split(",") if one.strip()),
        number("dispose_days"),
        number("storage_fee_minor"),
        number("storage_free_days"),
        kept.get("quality_check") == "yes",
        kept.get("claim_terms", ""),
        number("deposit_percent"),
    )


def _checked_settings(settings: RepairSettings) -> RepairSettings:
    days = {
        "passcode_days": settings.passcode_days,
        "uncollected_days": settings.uncollected_days,
        "dispose_days": settings.dispose_days,
        "storage_free_days": settings.storage_free_days,
    }
    for name, value in days.items():
        if not 0 <= value <= LONGEST_DAYS:
            raise DomainError("days_invalid", "Enter 0 to 3,650 days.", field=name)
    if not 1 <= settings.untouched_hours <= LONGEST_LIMIT:
        raise DomainError("hours_invalid", "Enter 1 to 10,000 hours.", field="untouched_hours")
    if not 0 <= settings.deposit_percent <= 100:
        raise DomainError("percent_invalid", "Enter 0 to 100 per cent.", field="deposit_percent")
    steps = settings.reminder_days
    if (
        len(steps) > MOST_REMINDERS
        or list(steps) != sorted(set(steps))
        or any(not 1 <= one <= LONGEST_DAYS for one in steps)
    ):
        raise DomainError(
            "reminders_invalid", "Enter days in rising order, such as 7, 14, 30.", field="reminder_days"
        )
    check_price(settings.storage_fee_minor, field="storage_fee_minor")
    clean_text(settings.claim_terms, TERMS_LIMIT, "claim_terms")
    return settings


def _texts(settings: RepairSettings) -> dict[str, str]:
    return {
        "passcode_days": str(settings.passcode_days),
        "untouched_hours": str(settings.untouched_hours),
        "uncollected_days": str(settings.uncollected_days),
        "reminder_days": ",".join(map(str, settings.reminder_days)),
        "dispose_days": str(settings.dispose_days),
        "storage_fee_minor": str(settings.storage_fee_minor),
        "storage_free_days": str(settings.storage_free_days),
        "quality_check": "yes" if settings.quality_check else "no",
        "claim_terms": clean_text(settings.claim_terms, TERMS_LIMIT, "claim_terms"),
        "deposit_percent": str(settings.deposit_percent),
    }


def _held_map(uow: "UnitOfWork") -> StateMap:
    uow.ticket_states.hold()
    return uow.ticket_states.map()


def _refuse_double(states: StateMap, name: str, code: str) -> None:
    wanted = clean_name(name).casefold()
    if any(
        one.name.casefold() == wanted and one.code != code and not one.is_archived for one in states.states
    ):
        raise DomainError("state_exists", "There is already a state with this name.", field="name")


def _hours(hours: int | None) -> int | None:
    if not hours:
        return None
    if not 1 <= hours <= LONGEST_LIMIT:
        raise DomainError("hours_invalid", "Enter 1 to 10,000 hours, or leave it empty.", field="limit_hours")
    return hours


def _needs(needs: frozenset[Needed], group: StateGroup) -> str:
    """As it is stored; where devices begin or end without a repair nothing is asked for."""
    if needs and not group.may_need:
        raise DomainError("needs_early", "Nothing is asked for before a device comes here.", field="needs")
    return ",".join(one.value for one in Needed if one in needs)


def _lead(uow: "UnitOfWork", states: StateMap, state: TicketState, to: Sequence[str]) -> None:
    targets = dict.fromkeys(states.by_code(one).id for one in to)
    targets.pop(state.id, None)
    before = sorted(one.code for one in states.next_of(state))
    uow.ticket_states.set_moves(state.id, list(targets))
    check_map(uow.ticket_states.map())
    uow.journal.add(
        Action.STATE_MOVES,
        "ticket_state",
        state.id,
        ref=state.code,
        before={"to": before},
        after={"to": sorted(set(to))},
    )


def _place(uow: "UnitOfWork", states: StateMap, state: TicketState, position: int) -> None:
    order = [one for one in states.states if one.id != state.id]
    order.insert(max(0, min(position - 1, len(order))), state)
    for place, one in enumerate(order, start=1):
        if one.position != place:
            uow.ticket_states.update(one.id, position=place)
