"""The lines of a ticket as the bench works by them: what became of the parts that they ask for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.repairs.estimates import Estimate, EstimateLine, approved_limit, approved_of, asked_of
from posapp.domain.repairs.parts import PartState, PartUse


class LineState(StrEnum):
    """Work needs no part; a part waits until it is set aside, and is used once it went into the device."""

    WORK = "work"
    WAITING = "waiting"
    RESERVED = "reserved"
    USED = "used"


class Wanted(Protocol):
    """A line that may take a part of the stock, on paper or as it is written."""

    @property
    def position(self) -> int: ...
    @property
    def item_id(self) -> int | None: ...
    @property
    def quantity(self) -> int: ...


L = TypeVar("L", bound=Wanted)


@dataclass(frozen=True, slots=True)
class LineSight(Generic[L]):
    """A line with the pieces that were taken for it; `missing` ones are neither set aside nor used."""

    line: L
    state: LineState
    parts: tuple[PartUse, ...] = ()
    missing: int = 0


@dataclass(frozen=True, slots=True)
class TicketLines:
    """The version that the bench works by, and how far its price may go.

    `beside` are parts that were taken though no line asks for them.
    """

    versions: tuple[Estimate, ...]
    lines: tuple[LineSight[EstimateLine], ...]
    beside: tuple[PartUse, ...]
    parts: tuple[PartUse, ...]
    items: Mapping[int, Item]

    @property
    def current(self) -> Estimate | None:
        """The version whose lines these are."""
        return current_of(self.versions)

    @property
    def asked(self) -> Estimate | None:
        """The version that waits for an answer."""
        return asked_of(self.versions)

    @property
    def holding(self) -> Estimate | None:
        """The version that was approved."""
        return approved_of(self.versions)

    @property
    def limit_minor(self) -> int | None:
        """How far the customer lets the price go."""
        return approved_limit(self.versions)

    @property
    def total_minor(self) -> int:
        """What the lines come to."""
        return self.current.total_minor if self.current is not None else 0


def current_of(versions: Sequence[Estimate]) -> Estimate | None:
    """The version that everybody works by: the one that is asked, else the one that holds, else the last."""
    return asked_of(versions) or approved_of(versions) or (versions[0] if versions else None)


def sight_of(
    versions: Sequence[Estimate], parts: Sequence[PartUse], items: Mapping[int, Item]
) -> TicketLines:
    """The lines with their parts; `items` are those that lines and parts name."""
    current = current_of(versions)
    lines, beside = dealt(current.lines if current is not None else (), parts, items)
    return TicketLines(tuple(versions), lines, beside, tuple(parts), items)


def dealt(
    lines: Sequence[L], parts: Sequence[PartUse], items: Mapping[int, Item]
) -> tuple[tuple[LineSight[L], ...], tuple[PartUse, ...]]:
    """Parts dealt out to lines in their order, and those that no line asks for."""
    left = {part.id: part.quantity for part in parts if part.state in (PartState.USED, PartState.RESERVED)}
    found = []
    for line in lines:
        item = items.get(line.item_id) if line.item_id is not None else None
        is_part = item is not None and item.kind is not ItemKind.SERVICE
        found.append(_with_parts(line, parts, left) if is_part else LineSight(line, LineState.WORK))
    return tuple(found), tuple(part for part in parts if left.get(part.id))


def _with_parts(line: L, parts: Sequence[PartUse], left: dict[int, int]) -> LineSight[L]:
    """Used pieces count first, then those that are set aside; `left` keeps what no line took so far."""
    found, pieces = [], Counter[PartState]()
    for state in (PartState.USED, PartState.RESERVED):
        for part in parts:
            is_its = (part.position, part.item_id, part.state) == (line.position, line.item_id, state)
            taken = min(left.get(part.id, 0), line.quantity - pieces.total()) if is_its else 0
            if taken > 0:
                left[part.id] -= taken
                pieces[state] += taken
                found.append(part)
    missing = line.quantity - pieces.total()
    became = LineState.RESERVED if pieces[PartState.RESERVED] else LineState.USED
    return LineSight(line, LineState.WAITING if missing else became, tuple(found), missing)
