"""All that a shop holds of a person, on pages: headings, records, and their values by name."""

from typing import Final

from posapp.domain.customers.papers import DataLine, PersonDataPaper
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, SMALL, PagePaper
from posapp.printing.base.text import Style, measure, wrap

_LABELS: Final = 0.3
"""How much of the width the names of values take."""


class PagePersonData(PagePaper[PersonDataPaper]):
    """The data of a person on A4 and Letter."""

    last_words = "All that this shop keeps about you. Ask us to correct or to erase it."

    def body(self) -> None:
        """The lines in their order; a heading never stands alone at the foot of a page."""
        for line in self.document.lines:
            (self._heading, self._record, self._value)[line.level](line)

    def _heading(self, line: DataLine) -> None:
        self.turn(320)
        self.sheet.space(34)
        self.sheet.block([measure(line.label, Style(34, Weight.BOLD))], self.left, self.width)
        self.sheet.space(6)
        self.sheet.rule()

    def _record(self, line: DataLine) -> None:
        self.turn(160)
        self.sheet.space(18)
        words = " ".join(filter(None, (line.label, line.value)))
        self.sheet.block(wrap(words, Style(BODY, Weight.SEMIBOLD), self.width), self.left, self.width)
        self.sheet.space(4)

    def _value(self, line: DataLine) -> None:
        style, x = Style(SMALL), self.left + self.width * _LABELS
        room = self.width * (1 - _LABELS)
        lines = wrap(line.value, style, room)
        if not lines:
            return
        label = wrap(line.label, Style(SMALL, Weight.SEMIBOLD), self.width * _LABELS - 20)[0]
        self.turn(lines[0].height + 4)
        self.sheet.put(label, self.left, self.sheet.y + max(label.above, lines[0].above))
        self.flow(lines, x, room)
        self.sheet.space(4)
