"""The draft of an estimate: its lines as they are edited, compared with the newest version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from posapp.domain.bookings.bookings import MAX_MINUTES, MIN_MINUTES
from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.estimates import MOST_PIECES, Estimate, approved_limit, asked_of
from posapp.domain.repairs.lines import current_of
from posapp.domain.repairs.repair_prices import USUAL_WARRANTY, RepairPrice
from posapp.services.base.drafts import key_of, mark_of
from posapp.services.repairs.estimates import LineAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine(LineAsked):
    """A line as the table shows it; `device` is the name, for tickets with several.

    `item` is the mark of the part (`mark_of`), by which a draft knows it again; `minutes` is how long the
    work takes, 0 where the price list does not say.
    """

    device: str = ""
    item: str = field(default="", compare=False)
    minutes: int = field(default=0, compare=False)

    @property
    def amount_minor(self) -> int:
        """What it comes to, before the desk says so."""
        return self.unit_minor * self.quantity

    def more(self, pieces: int) -> "DraftLine":
        """The same, so many more of it."""
        return replace(self, quantity=min(self.quantity + pieces, MOST_PIECES))


def total_of(lines: Sequence[DraftLine]) -> int:
    """What lines come to, in minor units."""
    return sum(line.amount_minor for line in lines)


def minutes_of(lines: Iterable[DraftLine]) -> int | None:
    """How long the work of lines takes, as far as the price list says; None where it says nothing."""
    total = sum(line.minutes * line.quantity for line in lines)
    return min(max(total, MIN_MINUTES), MAX_MINUTES) if total else None


def line_of_price(price: RepairPrice, items: Mapping[int, Item], position: int, device: str) -> DraftLine:
    """The line that a price of the list makes, with its part."""
    item = items.get(price.item_id or 0)
    return DraftLine(
        position=position,
        device=device,
        text=price.fault,
        unit_minor=price.price_minor,
        warranty_days=USUAL_WARRANTY,
        item_id=price.item_id,
        item=mark_of(item, item.sku) if item is not None else "",
        minutes=price.minutes,
    )


def put_line(lines: list[DraftLine], place: int | None, made: DraftLine) -> int:
    """Change the line at a place, or (None, or it is gone) add one; says where it stands."""
    if place is None or place >= len(lines):
        lines.append(made)
        return len(lines) - 1
    lines[place] = made
    return place


def restored_lines(kept: object) -> list[DraftLine]:
    """The lines that a draft on disk kept; what makes no sense (another version wrote it) is left out.

    They come without their parts: a key may mean another part by now. `linked_lines` puts them back.
    """
    lines = []
    for values in kept if isinstance(kept, list) else ():
        try:
            lines.append(replace(DraftLine(**values), item_id=None))
        except TypeError:
            continue
    return lines


def linked_lines(lines: Sequence[DraftLine], items: Mapping[int, Item]) -> list[DraftLine]:
    """Restored lines with the parts that still are the same."""
    linked = []
    for line in lines:
        item = items.get(key_of(line.item) or 0)
        is_same = line.item_id is None and item is not None and mark_of(item, item.sku) == line.item
        linked.append(replace(line, item_id=item.id) if is_same and item is not None else line)
    return linked


class EstimateDraft:
    """Lines that are being written. They follow the newest version until the first own change."""

    def __init__(self) -> None:
        self.lines: list[DraftLine] = []
        self.versions: tuple[Estimate, ...] = ()
        self.seen_version = 0
        self._base: list[DraftLine] = []

    @property
    def latest(self) -> Estimate | None:
        """The newest version."""
        return self.versions[0] if self.versions else None

    @property
    def waits(self) -> bool:
        """Whether the newest version waits for an answer."""
        return asked_of(self.versions) is not None

    @property
    def is_changed(self) -> bool:
        """Whether something is written that no version says."""
        return self.lines != self._base

    def count_changes(self) -> int:
        """How many lines no version says, or are gone that the newest one has."""
        added = [line for line in self.lines if line not in self._base]
        gone = [line for line in self._base if line not in self.lines]
        return max(len(added), len(gone)) or int(self.is_changed)

    @property
    def total_minor(self) -> int:
        """What all lines come to."""
        return total_of(self.lines)

    def follow(self, versions: tuple[Estimate, ...], devices: dict[int, str]) -> bool:
        """The versions as they are now; False if another till made one while lines were being written."""
        newest = versions[0].version if versions else 0
        was_changed, is_newer = self.is_changed, newest != self.seen_version
        self.versions = versions
        current = current_of(versions)
        base = [
            DraftLine(
                position=line.position,
                device=devices.get(line.position, ""),
                text=line.text,
                quantity=line.quantity,
                unit_minor=line.unit_minor,
                warranty_days=line.warranty_days,
                item_id=line.item_id,
            )
            for line in (current.lines if current is not None else ())
        ]
        if not was_changed:
            self.lines = list(base)
        self._base, self.seen_version = base, newest
        return not (was_changed and is_newer) or self.lines == base

    def kept(self) -> dict[str, object]:
        """What a draft on disk keeps, in JSON; empty if nothing is written that no version says."""
        if not self.is_changed:
            return {}
        return {"seen": self.seen_version, "lines": [asdict(line) for line in self.lines]}

    @classmethod
    def restored(cls, values: Mapping[str, Any]) -> "EstimateDraft":
        """What `kept` gave, to `follow` the versions as they are now."""
        draft, seen = cls(), values.get("seen")
        draft.lines = restored_lines(values.get("lines"))
        draft.seen_version = seen if isinstance(seen, int) else 0
        return draft

    def know_items(self, items: Mapping[int, Item]) -> None:
        """The parts of the shop: what was restored finds its own again."""
        marked = []
        for line in linked_lines(self.lines, items):
            item = items.get(line.item_id or 0)
            marked.append(line if item is None else replace(line, item=mark_of(item, item.sku)))
        self.lines = marked

    def discard(self) -> None:
        """Back to the newest version."""
        self.lines = list(self._base)

    def limit_minor(self) -> int | None:
        """How far the customer lets the price go, from the newest yes."""
        return approved_limit(self.versions)
