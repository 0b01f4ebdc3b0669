"""Around a wanted time: the free times nearest to it, and what the same customer has booked then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import resolve_wall
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import Booking
from posapp.services.bookings.agenda import FreeTime, free_times

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_LOOKED_AT = 96
"""So many free times are those of at least one whole day."""
_MOST_COMING = 20


@dataclass(frozen=True, slots=True)
class AlsoBooked:
    """A booking that the customer has on that day; `is_then`: at the very time."""

    booking: Booking
    is_then: bool


def near_times(
    uow: "UnitOfWork", wanted: datetime, minutes: int, resource_id: int | None, *, limit: int, but: int = 0
) -> list[FreeTime]:
    """The free times nearest to a wanted one, in order of time.

    Nearest is the same day, then the same hour. Where the person or bench has no time then and somebody else
    has, theirs is among them.
    """
    day = wanted.date()
    found = free_times(uow, day, minutes, resource_id, limit=_LOOKED_AT, but=but)
    others: Sequence[FreeTime] = ()
    if resource_id is not None and all(one.starts != wanted for one in found):
        others = free_times(uow, day, minutes, None, limit=_LOOKED_AT, but=but)
    same = [one for one in others if one.starts == wanted][:1]
    nearest = sorted(found, key=lambda one: _distance(one.starts, wanted))[: limit - len(same)]
    return sorted([*same, *nearest], key=lambda one: one.starts)


def _distance(at: datetime, wanted: datetime) -> tuple[int, timedelta, datetime]:
    days = abs((at.date() - wanted.date()).days)
    return days, abs(at - wanted - timedelta(days=(at.date() - wanted.date()).days)), at


def also_booked(
    uow: "UnitOfWork",
    customer_id: int,
    wall: datetime,
    minutes: int,
    *,
    offset: timedelta | None = None,
    but: int = 0,
) -> list[AlsoBooked]:
    """What a customer has booked at that time or on that day, the one at the very time first."""
    try:
        starts = resolve_wall(wall, uow.businesses.get().time_zone, offset=offset)
    except DomainError:  # an hour that the clocks skip: nobody has anything then
        return []
    ends, found = starts + timedelta(minutes=minutes), []
    for one in uow.bookings.coming(customer_id, wall.date() - timedelta(days=1), limit=_MOST_COMING):
        is_then = one.starts < ends and starts < one.ends
        if one.id != but and (is_then or one.wall_start.date() == wall.date()):
            found.append(AlsoBooked(one, is_then))
    return sorted(found, key=lambda one: (not one.is_then, one.booking.starts))
