"""Ticket states: how the shop calls them, how long a device may stay in one, and where it may go next."""

from typing import TYPE_CHECKING, Any

from posapp.domain.repairs.tickets import READY, StateMap, TicketState
from posapp.services.repairs.ticket_states import AddState, EditState
from posapp.ui.fields import Form
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.state_form import OPEN, StateForm, group_words
from posapp.ui.settings.table_section import Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")

Ways = tuple[tuple[str, ...], tuple[str, ...]]
"""The codes from which a state is reached, and those to which it leads."""


def _limit(row: TicketState) -> str:
    return _tr("{count} h").format(count=f"{row.limit_hours:,}") if row.limit_hours else "–"


class StatesSection(TableSection):
    """The table of states in the order of the board."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        self._ways: dict[int, Ways] = {}
        declared = Table(
            title=_tr("States"),
            about=_tr("The columns of the board, in this order. What is over its time limit is marked late."),
            add=_tr("Add state"),
            new=_tr("New state"),
            save=_tr("Save state"),
            columns=(
                Column(_tr("State"), lambda row: row.name),
                Column(_tr("Group"), lambda row: group_words(row.group)),
                Column(_tr("Time limit"), _limit, is_figure=True),
                Column(_tr("Next states"), self._next, is_figure=True),
            ),
            rows=lambda known: known.repairs.states.states,
            parts=lambda _record: {},  # they have a form of their own
            command=EditState,
            write=_write,
        )
        super().__init__(declared, presenter, shell)

    def _next(self, row: TicketState) -> str:
        return "–" if row.is_archived else str(len(self._map.next_of(row)))

    @property
    def _map(self) -> StateMap:
        return self.presenter.known.repairs.states

    # -- a state ---------------------------------------------------------------------------------------
    def make_form(self, record: TicketState | None) -> Form:
        """Name, limit, next states; a new one has a group and the states before it as well."""
        return StateForm(self._map, record)

    def command_of(self, record: TicketState) -> EditState:
        """A state as its form would write it."""
        return EditState(
            code=record.code,
            name=record.name,
            limit_hours=record.limit_hours or 0,
            needs=record.needs,
            is_reserved=record.is_reserved,
            then=tuple(one.code for one in self._map.next_of(record)),
        )

    def command_in(self, form: Any, record: TicketState | None) -> Any:
        """What the form asks for."""
        return form.command()

    # -- archive and order -----------------------------------------------------------------------------
    def archive(self, record: TicketState) -> None:
        """Out of the board, or back."""
        if not record.is_archived:
            before = tuple(one.code for one in self._map.states if (one.id, record.id) in self._map.moves)
            self._ways[record.id] = before, tuple(one.code for one in self._map.next_of(record))
        super().archive(record)

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive a state; one that comes back has the ways it had, or those of a new one."""
        desk = shop.ticket_states
        states = desk.map(actor)
        code = states.by_id(key).code
        if archived:
            desk.archive(actor, code)
            return
        is_open = tuple(one.code for one in states.states if one.group in OPEN and not one.is_archived)
        usable = {one.code for one in states.states if not one.is_archived}
        after, then = (
            [one for one in codes if one in usable]
            for codes in self._ways.get(key, (is_open, (*is_open, READY)))
        )
        desk.bring_back(actor, code, after=after, then=then)

    def put_order(self, shop: "Shop", actor: "Actor", moved: int, keys: list[int]) -> None:
        """Behind the state before it; archived ones keep their places."""
        states = shop.ticket_states.map(actor)
        others = [one.id for one in states.states if one.id != moved]
        place = keys.index(moved)
        position = others.index(keys[place - 1]) + 2 if place else 1
        shop.ticket_states.edit(actor, EditState(code=states.by_id(moved).code, position=position))


def _write(shop: "Shop", actor: "Actor", command: AddState | EditState) -> TicketState:
    desk = shop.ticket_states
    return desk.add(actor, command) if isinstance(command, AddState) else desk.edit(actor, command)
