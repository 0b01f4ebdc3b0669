"""The lines of a ticket as they are written, each with what became of its part, and how they are worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.repairs.lines import LineSight, LineState, dealt
from posapp.domain.repairs.parts import PartState, PartUse
from posapp.services.base.drafts import mark_of
from posapp.services.repairs.line_choices import LineChoice
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.tickets.words import shown_days
from posapp.ui.wording import shown_count, shown_minutes, translator

_tr = translator("LinesPanel")
ICONS = {
    LineState.WORK: ("wrench", "text2"),
    LineState.WAITING: ("ring-pause", "warning"),
    LineState.RESERVED: ("bookmark", "info"),
    LineState.USED: ("check", "success"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of the table; `sight` is None for a part that no line asks for, which is then `beside`."""

    text: str
    second: str
    state: LineState
    state_words: str
    warranty: str
    amount_minor: int | None
    sight: LineSight[DraftLine] | None = None
    beside: PartUse | None = None

    @property
    def parts(self) -> tuple[PartUse, ...]:
        """The pieces that were taken for it."""
        if self.beside is not None:
            return (self.beside,)
        return self.sight.parts if self.sight is not None else ()

    @property
    def is_missing(self) -> bool:
        """Whether pieces are asked for that were not taken so far."""
        return self.sight is not None and self.sight.missing > 0

    @property
    def can_be_used(self) -> bool:
        """Whether pieces are set aside or missing."""
        return self.is_missing or self.taken(PartState.RESERVED) is not None

    def taken(self, state: PartState) -> PartUse | None:
        """The first of its pieces in a state."""
        return next((part for part in self.parts if part.state is state), None)


def rows_of(
    lines: Sequence[DraftLine],
    parts: Sequence[PartUse],
    items: Mapping[int, Item],
    shown: int,
) -> list[LineRow]:
    """The lines in their order, then what was taken beside them; `shown` is the device in front."""
    sights, beside = dealt(lines, parts, items)
    return [
        *(_row(sight, items, shown) for sight in sights),
        *(_beside(part) for part in beside),
    ]


def _row(sight: LineSight[DraftLine], items: Mapping[int, Item], shown: int) -> LineRow:
    line = sight.line
    item = items.get(line.item_id or 0)
    is_part = item is not None and item.kind is not ItemKind.SERVICE
    second = [line.device if line.position != shown else "", item.sku if item is not None else ""]
    if is_part or line.quantity > 1:
        second.append(_pieces(line.quantity))
    if item is not None and is_part and item.keeps_stock and sight.state is not LineState.USED:
        second.append(_tr("{n} left").format(n=max(item.free, 0)))
    second.append(shown_minutes(line.minutes) if line.minutes else "")
    return LineRow(
        line.text,
        " · ".join(filter(None, second)),
        sight.state,
        state_words(sight),
        warranty_words(line.warranty_days),
        line.amount_minor,
        sight,
    )


def _pieces(count: int) -> str:
    return shown_count(count, _tr("piece"), _tr("pieces"))


def _beside(part: PartUse) -> LineRow:
    state = LineState(part.state.value)
    second = f"{part.sku} · {_pieces(part.quantity)} · {_tr('not on the estimate')}"
    return LineRow(part.name, second, state, _word(state), "", None, beside=part)


def _word(state: LineState) -> str:
    return {
        LineState.WORK: _tr("Work"),
        LineState.WAITING: _tr("Waiting"),
        LineState.RESERVED: _tr("Reserved"),
        LineState.USED: _tr("Used"),
    }[state]


def state_words(sight: LineSight[DraftLine]) -> str:
    """`Waiting`, and for how many where some are there."""
    words = _word(sight.state)
    is_some = 0 < sight.missing < sight.line.quantity
    return _tr("{state}, {n}").format(state=words, n=sight.missing) if is_some else words


def warranty_words(days: int) -> str:
    """`90 days`, or that there is none."""
    return shown_days(days) if days else _tr("none")


def none_words(*, is_here: bool) -> str:
    """What is said where there is no line, for a device that is here or one that left."""
    return _tr("No line yet. Scan or type the first one above.") if is_here else _tr("No line was written.")


def line_of(choice: LineChoice, unit_minor: int, position: int, device: str, quantity: int) -> DraftLine:
    """The line that a choice makes at a price."""
    item = choice.item
    return DraftLine(
        position=position,
        device=device,
        text=choice.text,
        quantity=quantity,
        unit_minor=unit_minor,
        warranty_days=choice.warranty_days,
        item_id=item.id if item is not None else None,
        item=mark_of(item, item.sku) if item is not None else "",
        minutes=choice.minutes,
    )
