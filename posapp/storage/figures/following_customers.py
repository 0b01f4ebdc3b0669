"""Whose figures follow from the records that a transaction wrote."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from posapp.domain.base.images import Values
from posapp.domain.bookings.bookings import BookingStatus
from posapp.storage.base.records import Image, Kind, kept_columns

if TYPE_CHECKING:
    from posapp.storage.figures.part import FigureRepositories

_WHOSE = {
    "customer": ("id", "created_at", "merged_into", "archived_at"),
    "phone": ("customer_id", "is_primary", "ended_at"),
    "booking": ("customer_id", "status", "starts_at"),
    "ticket": ("customer_id", "created_at", "business_day"),
    "job": ("ticket_id", "is_here", "handed_at"),
    "sale_order": ("customer_id", "status", "completed_at", "business_day"),
    "ledger_entry": ("customer_id", "amount_minor", "account"),
    "past_record": ("customer_id", "amount_minor", "is_counted", "ticket_id"),
    "business": ("id", "time_zone", "cutover_minutes"),
}
"""By table whose a record is, and what else of it counts: a change of anything else is none of a figure."""


@cache
def _places(kind: Kind) -> tuple[int, ...]:
    """Where those columns stand in an image."""
    names = [column.name for column in kept_columns(kind.table)]
    return tuple(names.index(name) for name in _WHOSE.get(kind.name, ()))


def _touched(image: Image) -> Iterator[int]:
    """Whom a change was and is about; nobody if it changes no figure."""
    places = _places(image.kind)
    told = [_told(row, places) for row in (image.before, image.after) if row is not None]
    if places and (len(told) == 1 or told[0] != told[1]):
        yield from (whose for whose, *_ in told if whose is not None)


def _told(row: Values, places: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple([row[place] for place in places])


_VISITED = frozenset({"visits", "last_visit_at", "previous_visit_day"})
_TICKETS = frozenset({"tickets", "open_tickets", "devices_here"}) | _VISITED
_CHANGED = {
    "phone": frozenset({"has_phone"}),
    "booking": frozenset({"bookings", "no_shows"}),
    "ticket": _TICKETS,
    "job": _TICKETS,
    "sale_order": _VISITED | {"spent_minor"},
    "ledger_entry": frozenset({"balance_minor", "credit_minor"}),
    "past_record": frozenset({"spent_minor"}),
}
"""By table which figures can be others than before; of a new customer none else is counted."""


def _changed(image: Image) -> frozenset[str]:
    """The figures that a change of a record can make others; a booking is a visit only in some states."""
    if image.kind.name != "booking":
        return _CHANGED.get(image.kind.name, frozenset())
    place = _places(image.kind)[1]
    states = {str(row[place]) for row in (image.before, image.after) if row is not None}
    is_visit = any(BookingStatus(state).is_visit for state in states)
    return _CHANGED["booking"] | (_VISITED if is_visit else frozenset())


class _Touched:
    """What the images say of one business: figures by customer and by ticket, and who is new or whole."""

    def __init__(self) -> None:
        self.customers: dict[int, frozenset[str]] = {}
        self.tickets: dict[int, frozenset[str]] = {}
        self.new: set[int] = set()
        self.whole: set[int] = set()
        self.is_whole = False

    def hear(self, image: Image) -> None:
        """One record."""
        kind = image.kind.name
        for key in _touched(image):
            if kind == "business":
                self.is_whole = self.is_whole or image.before is not None
            elif kind == "customer":
                (self.new if image.before is None else self.whole).add(key)
            else:
                found = self.tickets if kind == "job" else self.customers
                found[key] = found.get(key, frozenset()) | _changed(image)


def follow_customers(uow: "FigureRepositories", images: Sequence[Image]) -> None:
    """Count those customers anew of whom a transaction wrote something, or noted that it did."""
    of: dict[int, _Touched] = {}
    for image in images:
        if image.kind.name in _WHOSE:
            of.setdefault(image.owner, _Touched()).hear(image)
    if "facts" in vars(uow):  # somebody may have noted something
        of.setdefault(uow.actor.business, _Touched())
    for owner, found in sorted(of.items()):
        uow.facts_in(owner).follow(
            found.customers, tickets=found.tickets, new=found.new, whole=found.whole, is_whole=found.is_whole
        )
