"""The paper as a place to put things: measures in dots, and a sheet that remembers what to draw.

All lengths here and in the papers are dots of 1/203 inch, the pitch of a thermal head; y counts down from the
top edge. A roll's page is as wide as the paper and as tall as its content, known only at the end: therefore a
`Sheet` collects what to draw while the layout runs once, and draws it when the height is known.

Widths of a roll: an 80 mm roll has a head of 576 dots (72 mm), a 58 mm roll one of 384 (48 mm), in the middle
of the paper. The page is the whole paper in whole dots (640 are 80.08 mm, 464 are 58.06 mm), so that a raster
of it at 203 dpi, with 32 or 40 white dots cut off on both sides, is what the head prints dot for dot. Labels
are whole dots too, a fraction of one smaller than the label, so that none ever needs a second one.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from posapp.domain.papers.documents import PaperSize
from posapp.printing.base.codes import Code
from posapp.printing.base.fonts import CAP_HEIGHT, Weight, font_name, is_plain
from posapp.printing.base.shaped_text import EM
from posapp.printing.base.text import Line, Style, measure

DPI: Final = 203
POINT: Final = 72 / DPI
"""Points in a dot."""

RULE: Final = 2
"""Dots of the thinnest line."""

Align = Literal["start", "left", "center", "right"]
"""Where lines stand in their column; `start` is left, and right for paragraphs that read from the right."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A paper's measures in dots. `height` is None for a roll; `left` and `top` are the white margins."""

    paper: PaperSize
    page_width: float
    height: float | None
    left: int
    top: int
    width: int

    @property
    def right(self) -> int:
        """The right end of what may be printed."""
        return self.left + self.width

    @property
    def lying(self) -> "Frame":
        """The same sheet, turned by a quarter: wide instead of high."""
        assert self.height is not None
        return Frame(
            self.paper,
            self.height,
            self.page_width,
            self.left,
            self.top,
            math.floor(self.height) - 2 * self.left,
        )


def _millimetres(length: float) -> float:
    return length / 25.4 * DPI


FRAMES: Final = {
    PaperSize.ROLL_80: Frame(PaperSize.ROLL_80, 640, None, 32 + 26, 40, 576 - 52),
    PaperSize.ROLL_58: Frame(PaperSize.ROLL_58, 464, None, 40 + 12, 32, 384 - 24),
    PaperSize.A4: Frame(PaperSize.A4, _millimetres(210), _millimetres(297), 160, 160, 1358),
    PaperSize.LETTER: Frame(PaperSize.LETTER, _millimetres(215.9), _millimetres(279.4), 160, 160, 1405),
    PaperSize.LABEL_57: Frame(PaperSize.LABEL_57, 455, 255, 20, 16, 455 - 40),
    PaperSize.LABEL_62: Frame(PaperSize.LABEL_62, 495, 231, 20, 14, 495 - 40),
    PaperSize.BADGE: Frame(PaperSize.BADGE, 431, 679, 24, 28, 431 - 48),
}


class Sheet:
    """What one paper shows, page by page. `y` is where the next thing of the running column goes."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.y: float = frame.top
        self.pages: list[list[Callable[[Canvas, float], None]]] = [[]]

    def new_page(self) -> None:
        """Go on at the top of another page."""
        self.pages.append([])
        self.y = self.frame.top

    def space(self, dots: float) -> None:
        """Leave room in the column."""
        self.y += dots

    def put(
        self, line: Line, x: float, baseline: float, align: Align = "left", *, white: bool = False
    ) -> None:
        """One line with its left end, middle or right end at `x`."""
        x -= {"center": line.width / 2, "right": line.width}.get(align, 0.0)
        draw = _draw_text if line.outlines is None else _draw_outlines
        self._add(partial(draw, line, round(x, 1), round(baseline, 1), white))

    def block(self, lines: Iterable[Line], x: float, width: float, align: Align = "start") -> None:
        """Lines below each other in a column of their own."""
        places: dict[Align, float] = {"left": x, "center": x + width / 2, "right": x + width}
        for line in lines:
            side = align if align != "start" else "right" if line.right_to_left else "left"
            self.put(line, places[side], self.y + line.above, side)
            self.y += line.height

    def rule(self, *, dashed: bool = False, x: float | None = None, width: float | None = None) -> None:
        """A line across the column, or dashes; with `x` and `width` across a part of it."""
        left = self.frame.left if x is None else round(x)
        width = self.frame.width if width is None else round(width)
        bars = [(x, min(8, width - x)) for x in range(0, width, 13)] if dashed else [(0, width)]
        self._add(partial(_draw_bars, [(left + x, length) for x, length in bars], round(self.y)))
        self.y = round(self.y) + RULE

    def box(self, x: float, top: float, width: float, height: float, *, filled: bool = False) -> None:
        """A box with round corners, of lines 3 dots strong, or filled black."""
        self._add(partial(_draw_box, x, top, width, height, filled))

    def blocks(self, rects: Iterable[tuple[float, float, float, float]]) -> None:
        """Black blocks with sharp corners, by left, top, width and height: the bars of a chart."""
        self._add(partial(_draw_blocks, [tuple(round(one, 1) for one in rect) for rect in rects]))

    def code(self, code: Code, x: float, top: float) -> None:
        """A code to scan, its upper left corner on a whole dot."""
        self._add(partial(_draw_code, code, round(x), round(top)))

    def picture(self, image: ImageReader, x: float, top: float, width: float, height: float) -> None:
        """A picture."""
        self._add(partial(_draw_picture, image, round(x), round(top), width, height))

    def badge(self, text: str, size: int, x: float, middle: float) -> float:
        """A word white on black, as on screen, around the height `middle`; returns its width."""
        line = measure(text, Style(size, Weight.BOLD))
        width, height = badge_width(text, size), round(size * 1.5)
        self.box(round(x), round(middle - height / 2), width, height, filled=True)
        self.put(line, x + width / 2, middle + CAP_HEIGHT / 2 * size, "center", white=True)
        return width

    def draw(self, canvas: Canvas, end: float) -> None:
        """Draw all pages; `end` is the height of a roll's page in dots."""
        height = self.frame.height or end
        for page in self.pages:
            canvas.setPageSize((self.frame.page_width * POINT, height * POINT))
            canvas.scale(POINT, POINT)
            for each in page:
                each(canvas, height)
            canvas.showPage()

    def _add(self, draw: Callable[[Canvas, float], None]) -> None:
        self.pages[-1].append(draw)


def badge_width(text: str, size: int) -> int:
    """Dots from the left to the right end of a badge."""
    return round(measure(text, Style(size, Weight.BOLD)).width + size * 0.85)


def _draw_text(line: Line, x: float, y: float, white: bool, canvas: Canvas, height: float) -> None:
    canvas.setFont(font_name(line.style.weight), line.style.size)
    if white:
        canvas.setFillGray(1)
    canvas.drawString(x, height - y, line.text, charSpace=line.style.tracking)
    if white:
        canvas.setFillGray(0)


def _draw_outlines(line: Line, x: float, y: float, _white: bool, canvas: Canvas, height: float) -> None:
    """Fill the outlines, and lay the text under them for readers of the file.

    ActualText (ISO 32000-1, 14.9.4) gives the whole text to programs that know it. All others find the
    letters that Inter has, figures among them, as invisible text of the same width.
    """
    assert line.outlines is not None
    down, across = line.style.size / EM, line.width / (line.outlines.width or 1)
    meant = line.text.encode("utf-16-be").hex()
    canvas.addLiteral(f"/Span <</ActualText <feff{meant}>>> BDC")
    canvas.addLiteral(f"q {across:.5f} 0 0 {down:.5f} {x} {height - y:.1f} cm\n{line.outlines.code}\nQ")
    known = " ".join("".join(each if is_plain(each) else " " for each in line.text).split())
    if known:
        plain = measure(known, Style(line.style.size))
        hidden = canvas.beginText(x, height - y)
        hidden.setFont(font_name(Weight.REGULAR), line.style.size)
        hidden.setTextRenderMode(3)
        hidden.setHorizScale(100 * line.width / plain.width)
        hidden.textOut(known)
        hidden.setHorizScale(100)
        hidden.setTextRenderMode(0)
        canvas.drawText(hidden)
    canvas.addLiteral("EMC")


def _draw_bars(bars: list[tuple[int, int]], top: int, canvas: Canvas, height: float) -> None:
    y = height - top - RULE
    canvas.addLiteral(" ".join(f"{x} {y:.1f} {width} {RULE} re" for x, width in bars) + " f")


def _draw_blocks(rects: list[tuple[float, ...]], canvas: Canvas, height: float) -> None:
    for x, top, width, block_height in rects:
        canvas.rect(x, height - top - block_height, width, block_height, stroke=0, fill=1)


def _draw_box(
    x: float, top: float, width: float, box_height: float, filled: bool, canvas: Canvas, height: float
) -> None:
    canvas.setLineWidth(3)
    radius = 7 if filled else 12
    canvas.roundRect(x, height - top - box_height, width, box_height, radius, stroke=not filled, fill=filled)


def _draw_code(code: Code, x: int, top: int, canvas: Canvas, height: float) -> None:
    canvas.addLiteral(f"q 1 0 0 1 {x} {height - top - code.height:.1f} cm {code.path} Q")


def _draw_picture(
    image: ImageReader, x: int, top: int, width: float, picture_height: float, canvas: Canvas, height: float
) -> None:
    canvas.drawImage(image, x, height - top - picture_height, width, picture_height)
