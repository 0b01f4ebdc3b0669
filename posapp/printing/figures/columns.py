"""How wide the columns of a table are, and how large its letters must be to fit beside each other."""

from dataclasses import dataclass
from typing import Final

from posapp.domain.figures.papers import ReportPaper
from posapp.printing.base.fonts import Weight
from posapp.printing.base.text import Style, clean, measure

GAP: Final = 26
SIZE: Final = 23
"""Dots of the letters where all columns have room: a month by day fits on a page."""
_WIDEST_TEXT: Final = 460
_LEAST_TEXT: Final = 150
_SMALLEST: Final = 15
_LONGEST_LOOKED_AT: Final = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths in dots, one for each column of the table, and the size of its letters."""

    widths: tuple[float, ...]
    size: float

    def places(self, left: float) -> list[float]:
        """Where each of them begins."""
        found = []
        for width in self.widths:
            found.append(left)
            left += width + GAP
        return found


def wanted(paper: ReportPaper) -> Columns:
    """The columns as wide as what stands in them, texts up to a bound."""
    rows = [*paper.lines, *paper.foot]
    widths = [
        _width(column.words, [row.cells[place] for row in rows], is_figure=column.is_figure)
        for place, column in enumerate(paper.columns)
    ]
    return Columns(tuple(widths), SIZE)


def needed(columns: Columns) -> float:
    """How wide all of them are together."""
    return sum(columns.widths) + GAP * (len(columns.widths) - 1)


def fitted(columns: Columns, paper: ReportPaper, room: float) -> Columns:
    """The columns in a width: texts share what is left, or give way; else all letters become smaller."""
    over = needed(columns) - room
    texts = [place for place, one in enumerate(paper.columns) if not one.is_figure]
    widths = list(columns.widths)
    if over <= 0:
        wider = texts or range(len(widths))
        whole = sum(widths[place] for place in wider)
        for place in wider:
            widths[place] -= over * widths[place] / whole
        return Columns(tuple(widths), columns.size)
    spare = sum(max(0.0, widths[place] - _LEAST_TEXT) for place in texts)
    for place in texts:
        if spare:
            widths[place] -= min(1.0, over / spare) * max(0.0, widths[place] - _LEAST_TEXT)
    gaps = GAP * (len(widths) - 1)
    scale = min(1.0, (room - gaps) / sum(widths))
    return Columns(tuple(one * scale for one in widths), max(_SMALLEST, columns.size * scale))


def _width(words: str, cells: list[str], *, is_figure: bool) -> float:
    """The longest texts by their letters are measured; the longest word of the head must fit, too."""
    longest = sorted(set(cells), key=len)[-_LONGEST_LOOKED_AT:]
    bold = Style(SIZE, Weight.SEMIBOLD)
    inside = max([0.0, *(measure(clean(one), bold).width for one in longest)])
    head = max([0.0, *(measure(one, bold).width for one in clean(words).split())])
    return max(head, inside if is_figure else min(inside, _WIDEST_TEXT)) + 2
