"""Whose figures follow from the records that a transaction wrote."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from posapp.domain.base.images import Values
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


def _told(row: Values, places: tuple[int, ...]) -> tuple[int | None, ...]:
    return tuple([row[place] for place in places])  # type: ignore[misc]


def follow_customers(uow: "FigureRepositories", images: Sequence[Image]) -> None:
    """Count those customers anew of whom a transaction wrote something, or noted that it did."""
    of: dict[int, dict[str, set[int]]] = {}
    for image in images:
        kind = image.kind.name
        if kind in _WHOSE and (kind != "business" or image.before is not None):
            found = of.setdefault(image.owner, {"customer": set(), "job": set(), "business": set()})
            found[kind if kind in found else "customer"].update(_touched(image))
    if "facts" in vars(uow):  # somebody may have noted something
        of.setdefault(uow.actor.business, {"customer": set(), "job": set(), "business": set()})
    for owner, found in sorted(of.items()):
        if any(found.values()) or owner == uow.actor.business:
            uow.facts_in(owner).follow(
                found["customer"], tickets=sorted(found["job"]), is_whole=bool(found["business"])
            )
