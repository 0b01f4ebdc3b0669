"""Saves everything that was changed on a ticket at once."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.tickets import SaveTicket
from posapp.ui.presenter import Done, Failed
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.window.undo import Work

if TYPE_CHECKING:
    from posapp.services.desks import Shop

Version = Callable[[Ticket], int]
Record = tuple[Hashable, Version]


def _version_of(job_id: int, ticket: Ticket) -> int:
    return next(job.stamps.version for job in ticket.jobs if job.id == job_id)


def _records(command: SaveTicket, left: Ticket) -> list[Record]:
    """What a save writes: the ticket itself and devices of it."""
    moves = () if command.move is None else (command.move,)
    positions = sorted({part.position for part in (*command.jobs, *moves)})
    ids = [job.id for job in left.jobs if job.position in positions]
    found: list[Record] = [(("job", key), partial(_version_of, key)) for key in ids]
    if command.ticket is not None:
        found.insert(0, (("ticket", left.number), lambda ticket: ticket.stamps.version))
    return found


def _seen(command: SaveTicket, left: Ticket, versions: dict[Hashable, int | None]) -> SaveTicket:
    """The command with the versions that the desk has to find."""
    by_place = {job.position: versions.get(("job", job.id)) for job in left.jobs}
    ticket, move = command.ticket, command.move
    return replace(
        command,
        ticket=ticket and replace(ticket, seen_version=versions.get(("ticket", left.number))),
        jobs=tuple(replace(job, seen_version=by_place[job.position]) for job in command.jobs),
        move=move and replace(move, seen_version=by_place[move.position]),
    )


class TicketWriter(TicketPresenter):
    """Of one ticket at a time."""

    def save(
        self,
        command: SaveTicket,
        left: Ticket,
        done: Done[Ticket],
        failed: Failed,
        saved: Callable[[], object] | None = None,
    ) -> None:
        """Write it over the ticket as this window shows it (or `left` it)."""
        own = self.session.own

        def write(
            shop: "Shop", actor: Actor, rest: list[Record], versions: dict[Hashable, int | None]
        ) -> Ticket:
            if not rest:
                return shop.tickets.save(actor, _seen(command, left, versions))
            (record, version), *others = rest
            return own.write(
                record,
                version(left),
                lambda seen: write(shop, actor, others, {**versions, record: seen}),
                version,
            )

        records = _records(command, left)
        self.do(lambda shop, actor: write(shop, actor, records, {}), done, failed, saved=saved)

    def turn_save(self, command: SaveTicket, left: Ticket) -> Work:
        """The same as a step of Ctrl+Z or Ctrl+Y; the screen may be closed by then."""
        return lambda turn: self.save(command, left, turn.done, turn.failed)
