"""What a manager sets up for repairs: states, moves, checklists."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select

from posapp.domain.repairs.tickets import StateMap
from posapp.storage.base.repository import Repository
from posapp.storage.repairs.board import IS_HERE
from posapp.storage.repairs.tables import checklist, job, ticket_move, ticket_state
from posapp.storage.repairs.tickets import map_of


class NewState(TypedDict):
    """The columns of a further state."""

    code: str
    name: str
    group_code: str
    position: int
    limit_hours: int | None
    needs: str
    is_reserved: bool


class StateChange(TypedDict, total=False):
    """What changes of a state."""

    name: str
    position: int
    limit_hours: int | None
    needs: str
    is_reserved: bool


class TicketStates(Repository):
    """The status engine of one business as data."""

    def map(self) -> StateMap:
        """The states, archived ones included, and the moves, as they are now."""
        return map_of(self._connection, self._business)

    def hold(self) -> None:
        """Keep other tills from changing the map until this transaction ends."""
        self._connection.execute(
            select(ticket_state.c.id)
            .where(ticket_state.c.business_id == self._business)
            .order_by(ticket_state.c.id)
            .with_for_update()
        )

    def add(self, **values: Unpack[NewState]) -> int:
        """Insert a state and return its key."""
        return self._add(ticket_state, {**values})

    def update(self, key: int, **values: Unpack[StateChange]) -> None:
        """Change columns of a state."""
        self._change(ticket_state, key, {**values})

    def set_archived(self, key: int, *, is_archived: bool) -> None:
        """Take a state out of use, or back into it; an archived one has no moves."""
        self._change(ticket_state, key, {"archived_at": self._at if is_archived else None})
        if is_archived:
            touches = or_(ticket_move.c.from_id == key, ticket_move.c.to_id == key)
            self._remove_moves(touches)

    def _remove_moves(self, which: ColumnElement[bool]) -> None:
        here = and_(ticket_move.c.business_id == self._business, which)
        self._connection.execute(delete(ticket_move).where(here))

    def set_moves(self, key: int, targets: Sequence[int]) -> None:
        """Replace the moves that lead away from a state."""
        self._remove_moves(ticket_move.c.from_id == key)
        self.add_moves([(key, target) for target in targets])

    def add_moves(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Allow further moves."""
        for before, after in pairs:
            self._add(ticket_move, {"from_id": before, "to_id": after})

    def jobs_here_in(self, key: int) -> int:
        """How many devices of the shop are in a state right now."""
        here = and_(job.c.business_id == self._business, IS_HERE, job.c.state_id == key)
        return int(self._connection.execute(select(func.count()).where(here)).scalar_one())

    # -- checklists --------------------------------------------------------------------------------
    def set_checklist(self, kind: str, texts: Sequence[str]) -> None:
        """Replace what is looked at when a device of that kind is taken in; old tickets keep their lines."""
        here = and_(checklist.c.business_id == self._business, checklist.c.device_kind == kind)
        self._connection.execute(delete(checklist).where(here))
        if texts:
            self._connection.execute(
                insert(checklist),
                [
                    {"business_id": self._business, "device_kind": kind, "text": text, "position": place}
                    for place, text in enumerate(texts, start=1)
                ],
            )
