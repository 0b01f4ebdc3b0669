"""Ticket states: how the shop calls them, how long a device may stay in one, and where it may go next."""

from posapp.domain.base.errors import PosappError
from posapp.domain.repairs.tickets import StateGroup, StateMap, TicketState
from posapp.services.repairs.ticket_states import AddState, EditState
from posapp.ui.settings.presenter import Known, SettingsPresenter
from posapp.ui.settings.state_form import StateForm, StateValues, group_words
from posapp.ui.settings.table_section import Sheet, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")

Ways = tuple[tuple[str, ...], tuple[str, ...]]
"""The codes from which a state is reached, and those to which it leads."""
_OPEN = (StateGroup.NEW, StateGroup.WORK, StateGroup.WAITING)


def _limit(row: TicketState) -> str:
    return _tr("{count} h").format(count=f"{row.limit_hours:,}") if row.limit_hours else "–"


class StatesSection(TableSection):
    """The table of states in the order of the board."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        self._ways: dict[int, Ways] = {}
        columns = (
            Column(_tr("State"), lambda row: row.name, lambda row: row.name.casefold()),
            Column(_tr("Group"), lambda row: group_words(row.group), lambda row: row.group.order),
            Column(_tr("Time limit"), _limit, lambda row: row.limit_hours or 0, True),
            Column(_tr("Next states"), self._next, self._next, True),
        )
        super().__init__(
            _tr("States"),
            _tr("The columns of the board, in this order. What is over its time limit is marked late."),
            columns,
            presenter,
            shell,
            add=_tr("Add state"),
        )

    def _next(self, row: TicketState) -> str:
        return "–" if row.is_archived else str(len(self._map.next_of(row)))

    @property
    def _map(self) -> StateMap:
        return self.presenter.known.repairs.states

    def records_in(self, known: Known) -> tuple[TicketState, ...]:
        """All states."""
        return known.repairs.states.states

    # -- a state ---------------------------------------------------------------------------------------
    def show_sheet(self, record: TicketState | None) -> None:
        """Name, limit, next states; a new one has a group and the states before it as well."""
        form = StateForm(self._map, record)
        form.accepted.connect(lambda: self._save(form, record))
        if record is None:
            sheet = Sheet(form, _tr("Add state"))
        elif record.is_archived:
            sheet = Sheet(form, _tr("Save state"), _tr("Restore"), lambda: self.archive(record))
        else:
            sheet = Sheet(form, _tr("Save state"), _tr("Archive"), lambda: self.archive(record))
        self.open_sheet(_tr("New state") if record is None else record.name, sheet)

    def _save(self, form: StateForm, record: TicketState | None) -> None:
        before = None if record is None else values_of(self._map, record)
        self.keep(form, before, form.command(), self._write)

    def _write(self, values: StateValues) -> TicketState:
        desk, actor = self.session.shop.ticket_states, self.session.actor
        if not values.code:
            return desk.add(
                actor,
                AddState(
                    name=values.name,
                    group=values.group,
                    limit_hours=values.limit_hours,
                    needs=values.needs,
                    is_reserved=values.is_reserved,
                    after=values.after,
                    then=values.then,
                ),
            )
        states = desk.map(actor)
        known = values_of(states, states.by_code(values.code))
        if set(values.then) != set(known.then):
            desk.set_moves(actor, values.code, values.then)
        try:
            return desk.edit(
                actor,
                EditState(
                    code=values.code,
                    name=values.name,
                    limit_hours=values.limit_hours,
                    needs=values.needs,
                    is_reserved=values.is_reserved,
                ),
            )
        except PosappError:
            if set(values.then) != set(known.then):
                desk.set_moves(actor, values.code, known.then)  # both or nothing
            raise

    # -- archive and order -----------------------------------------------------------------------------
    def archive(self, record: TicketState) -> None:
        """Out of the board, or back."""
        if not record.is_archived:
            before = tuple(one.code for one in self._map.states if (one.id, record.id) in self._map.moves)
            self._ways[record.id] = before, tuple(one.code for one in self._map.next_of(record))
        self.put_away(record)

    def put_archived(self, key: int, *, archived: bool) -> None:
        """Archive a state; one that comes back has the ways it had, or those of a new one."""
        desk, actor = self.session.shop.ticket_states, self.session.actor
        states = desk.map(actor)
        code = states.by_id(key).code
        if archived:
            desk.archive(actor, code)
            return
        is_open = tuple(one.code for one in states.states if one.group in _OPEN and not one.is_archived)
        after, then = self._ways.get(key, (is_open, (*is_open, "ready")))
        usable = {one.code for one in states.states if not one.is_archived}
        desk.bring_back(
            actor,
            code,
            after=[one for one in after if one in usable],
            then=[one for one in then if one in usable],
        )

    def put_order(self, moved: int, keys: list[int]) -> None:
        """Behind the state before it; archived ones keep their places."""
        desk, actor = self.session.shop.ticket_states, self.session.actor
        states = desk.map(actor)
        others = [one.id for one in states.states if one.id != moved]
        place = keys.index(moved)
        position = others.index(keys[place - 1]) + 2 if place else 1
        desk.edit(actor, EditState(code=states.by_id(moved).code, position=position))


def values_of(states: StateMap, record: TicketState) -> StateValues:
    """A state as its form would write it."""
    return StateValues(
        code=record.code,
        name=record.name,
        group=record.group,
        limit_hours=record.limit_hours or 0,
        needs=record.needs,
        is_reserved=record.is_reserved,
        then=tuple(one.code for one in states.next_of(record)),
    )
