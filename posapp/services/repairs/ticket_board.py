"""What is in the shop, as the board and lists of devices show it; read within a transaction."""

from typing import TYPE_CHECKING

from posapp.domain.base.clock import wall_of
from posapp.domain.base.names import clean_name
from posapp.domain.bookings.bookings import check_minutes
from posapp.domain.repairs.board import Sight, in_order
from posapp.domain.repairs.tickets import BoardCard, StateGroup
from posapp.services.bookings.agenda import day_bounds, usual_minutes
from posapp.services.bookings.bench_time import done_at
from posapp.services.repairs.ticket_commands import Board, CardFilter, Promise
from posapp.services.repairs.ticket_states import settings_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def sight_of(uow: "UnitOfWork") -> Sight:
    """This moment, in the day of the shop, with its settings."""
    business = uow.businesses.get()
    today = wall_of(uow.now, business.time_zone).date()
    start, end = day_bounds(today, today, business.time_zone)
    rules = settings_of(uow)
    return Sight(uow.now, start, end, rules.untouched_hours, rules.uncollected_days)


def board_of(uow: "UnitOfWork") -> Board:
    """Everything in the shop, a column a state."""
    states = uow.tickets.states
    found: dict[int, list[BoardCard]] = {}
    for card in uow.board.here():
        found.setdefault(card.state_id, []).append(card)
    columns = {one.id: in_order(found[one.id], one) for one in states.states if one.id in found}
    return Board(sight_of(uow), states, columns, uow.tickets.shelves())


def cards_of(uow: "UnitOfWork", wanted: CardFilter) -> list[BoardCard]:
    """The devices of a list."""
    known = uow.tickets.states
    states = [known.by_code(code) for code in wanted.states]
    # What is in another than a closed state is here; the index of what is here is short.
    is_open = bool(states) and all(one.group != StateGroup.CLOSED for one in states)
    return uow.board.cards(
        is_here=wanted.is_here or is_open,
        states=[one.id for one in states],
        kind=wanted.kind.value if wanted.kind else None,
        technician_id=wanted.technician_id,
        customer_id=wanted.customer_id,
        words=clean_name(wanted.words),
        limit=wanted.limit,
    )


def promised(uow: "UnitOfWork", minutes: int | None, technician_id: int | None, *, is_rush: bool) -> Promise:
    """When so much work can be done after what waits for the bench; None is the usual length."""
    usual = usual_minutes(uow)
    length = check_minutes(usual if minutes is None else minutes)
    groups = (StateGroup.NEW, StateGroup.WORK)
    states = [one.id for one in uow.tickets.states.states if one.group in groups]
    ahead = uow.board.load(states, technician_id=technician_id, only_rush=is_rush)
    due = done_at(uow, ahead * usual, length, technician_id)
    return Promise(due, ahead, length)
