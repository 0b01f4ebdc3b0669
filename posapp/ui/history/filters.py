"""The filters of the timeline: a chip for each kind of entry, with how many there are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.ui.fields.edits import Combo
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.services.figures.history import Counts

_tr = translator("HistoryFilters")
WIDTH = 132
"""Of the boxes beside the chips: six chips stand in one line with both in the narrowest window."""


def parts_of(kind: str) -> tuple[tuple[str, str], ...]:
    """The parts of a kind of entry that can be shown alone, as key and words; the whole of it is ""."""
    parts: dict[str, tuple[tuple[str, str], ...]] = {
        "ticket": (
            ("", _tr("All of tickets")),
            ("tickets", _tr("Tickets alone")),
            ("estimates", _tr("Estimates")),
            ("calls", _tr("Calls")),
            ("messages", _tr("Other messages")),
        ),
        "change": (("", _tr("All changes")), ("numbers", _tr("Numbers")), ("merges", _tr("Merges"))),
    }
    return parts.get(kind, ())


class PartBox(Combo):
    """Beside the chips: what of the chosen kind can be shown alone; absent where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_tr("Part"))
        self.setFixedSize(theme().px(WIDTH), theme().tool_height())
        self.hide()

    def offer(self, kind: str) -> None:
        """The parts of another kind, the whole of it first."""
        self.clear()
        for part, words in parts_of(kind):
            self.addItem(words, part)
        self.setVisible(self.count() > 0)


class KindChips(ChipGroup):
    """What came from an old system has its chip where the customer has something of it."""

    def __init__(self) -> None:
        self._all = (
            Choice("all", _tr("All")),
            Choice("booking", _tr("Bookings")),
            Choice("ticket", _tr("Tickets")),
            Choice("order", _tr("Sales")),
            Choice("payment", _tr("Payments")),
            Choice("change", _tr("Changes")),
            Choice("past", _tr("Old system")),
        )
        self.choices: Sequence[Choice] = self._all[:-1]
        """Those that are shown."""
        super().__init__(self.choices, name=_tr("Show"))

    def show_counts(self, counts: "Counts | None") -> None:
        """The tallies; the chips stay, and with them the focus and the order of Tab."""
        tallies: Sequence[int | None] = [None] * len(self._all)
        if counts is not None:
            money = (counts.sales, counts.payments) if counts.tells_money else (None, None)
            tallies = (counts.all, counts.bookings, counts.repairs, *money, counts.changes, counts.past)
        shown = [one._replace(tally=tally) for one, tally in zip(self._all, tallies, strict=True)]
        has_past = bool(counts is not None and counts.past) or self.current() == "past"
        self.choices = shown if has_past else shown[:-1]
        self.set_choices(self.choices)
