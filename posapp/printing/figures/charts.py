"""Charts in black on white: bars over time, and lying bars that show the parts of a whole."""

from typing import Final

from posapp.domain.figures.papers import ReportLine, ReportPaper
from posapp.printing.base.fonts import Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.page import CAPTION, SMALL
from posapp.printing.base.text import Style, measure, one_line

HIGH: Final = 250
"""Dots of a chart over time, its words included."""
SHARES: Final = 10
"""So many parts are drawn; what remains is one more."""
_ROW: Final = 40
_BAR: Final = 22
_TEXT: Final = Style(SMALL - 2)


def height_of(paper: ReportPaper) -> float:
    """How high its chart is; 0 where there is nothing to draw."""
    drawn = [line for line in paper.lines if line.value]
    if not paper.chart or not drawn:
        return 0
    return HIGH if paper.chart == "bars" else 50 + _ROW * min(len(drawn), SHARES + 1)


def draw(sheet: Sheet, paper: ReportPaper) -> None:
    """The chart at the place of the running column, which goes on below it."""
    end = sheet.y + height_of(paper)
    sheet.block([measure(paper.charted, CAPTION)], sheet.frame.left, sheet.frame.width)
    sheet.space(12)
    (_bars if paper.chart == "bars" else _shares)(sheet, paper)
    sheet.y = end


def _bars(sheet: Sheet, paper: ReportPaper) -> None:
    """A bar for each row at its place in time; what is below nothing hangs down."""
    lines, frame = paper.lines, sheet.frame
    top, bottom = sheet.y + 34, sheet.y + HIGH - 90
    highest = max(lines, key=lambda one: one.value)
    lowest = min(lines, key=lambda one: one.value)
    most, least = max(0, highest.value), min(0, lowest.value)
    per = (bottom - top) / (most - least)
    base = top + most * per
    slots = max(line.place for line in lines) + 1
    slot = frame.width / max(slots, 12)
    sheet.blocks(
        (
            frame.left + line.place * slot + slot * 0.15,
            base - max(0.0, line.value * per),
            max(1.0, min(slot * 0.7, 60)),
            abs(line.value * per),
        )
        for line in lines
        if line.value
    )
    here, sheet.y = sheet.y, base
    sheet.rule()
    sheet.y = here
    for line, y in ((highest, top - 8), (lowest, bottom + 24)) if least else ((highest, top - 8),):
        if line.value:
            told = measure(f"{line.cells[0]}: {_told(paper, line)}", _TEXT)
            x = frame.left + line.place * slot
            sheet.put(told, min(x, frame.right - told.width), y)
    _axis(sheet, lines, slot, bottom + 24 + 30 * bool(least))


def _axis(sheet: Sheet, lines: tuple[ReportLine, ...], slot: float, baseline: float) -> None:
    """What the first and the last bar are about, where there is room for both."""
    first, last = measure(lines[0].cells[0], _TEXT), measure(lines[-1].cells[0], _TEXT)
    sheet.put(first, sheet.frame.left, baseline)
    x = min(sheet.frame.right - last.width, sheet.frame.left + lines[-1].place * slot)
    if x > sheet.frame.left + first.width + 30:
        sheet.put(last, x, baseline)


def _shares(sheet: Sheet, paper: ReportPaper) -> None:
    """The largest rows and what remains, each with its part of the sum; what is below nothing has no bar."""
    rows = sorted((line for line in paper.lines if line.value), key=lambda one: -one.value)
    parts = [(_name(paper, line), line.value) for line in rows[:SHARES]]
    if rest := rows[SHARES:]:
        parts.append((f"{len(rest)} more", sum(line.value for line in rest)))
    whole = sum(max(0, value) for _, value in parts) or 1
    most = max([1, *(value for _, value in parts)])
    left, words = sheet.frame.left, sheet.frame.width * 0.26
    room = sheet.frame.width - words - 130
    for name, value in parts:
        line = one_line(name, _TEXT, words - 20)
        middle = sheet.y + _ROW / 2
        sheet.put(line, left, middle + 8)
        long = max(0, value) / most * room
        sheet.blocks([(left + words, middle - _BAR / 2, long, _BAR)] if long else [])
        share = measure(f"{100 * max(0, value) / whole:.0f} %", Style(_TEXT.size, Weight.SEMIBOLD))
        sheet.put(share, left + words + long + 14, middle + 8)
        sheet.space(_ROW)


def _name(paper: ReportPaper, line: ReportLine) -> str:
    """What a row is about: what stands in its first two columns of text."""
    pairs = zip(paper.columns, line.cells, strict=True)
    return "  ".join([cell for column, cell in pairs if cell and not column.is_figure][:2])


def _told(paper: ReportPaper, line: ReportLine) -> str:
    place = next((at for at, one in enumerate(paper.columns) if one.words == paper.charted), -1)
    return line.cells[place]
