"""receipt: a booking slip and a sale's receipt as PDFs, against a bare canvas with the same content."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from posapp.domain.papers.documents import Document, PaperSize
from posapp.printing import render
from posapp.printing.base import codes, layout
from posapp.printing.base.fonts import font_name
from posapp.printing.base.text import Line
from tests.benchmarks.measure import Case, compared, in_turn, show
from tests.printing.sale_samples import SALE
from tests.printing.samples import SLIP

ROUNDS = 150


def _bare(document: Document, paper: PaperSize) -> Callable[[int], bytes]:
    """Draws what one paper shows, with every place known beforehand; its codes say its number."""
    texts: list[tuple[Line, float, float]] = []
    spots: list[tuple[int, int]] = []
    size: list[float] = []
    draw_text, draw_code = layout._draw_text, layout._draw_code

    def see_text(line: Line, x: float, y: float, white: bool, canvas: Canvas, height: float) -> None:
        texts.append((line, x, height - y))
        size[:] = [height]
        draw_text(line, x, y, white, canvas, height)

    def see_code(code: codes.Code, x: int, top: int, canvas: Canvas, height: float) -> None:
        spots.append((x, round(height - top - code.height)))
        draw_code(code, x, top, canvas, height)

    with patch.object(layout, "_draw_text", see_text), patch.object(layout, "_draw_code", see_code):
        render.render_pdf(document, paper)
    width, letter = layout.FRAMES[paper].page_width, document.number[0]

    def make(number: int) -> bytes:
        written = BytesIO()
        page = (width * layout.POINT, size[0] * layout.POINT)
        canvas = Canvas(written, pagesize=page, invariant=1, pageCompression=1)
        canvas.scale(layout.POINT, layout.POINT)
        made = [codes.qr.__wrapped__(f"PL{number}", 8), codes.code128.__wrapped__(f"{letter}{number}", 3, 96)]
        for line, x, y in texts:
            canvas.setFont(font_name(line.style.weight), line.style.size)
            canvas.drawString(x, y, line.text, charSpace=line.style.tracking)
        for (x, y), code in zip(spots, made, strict=False):
            canvas.saveState()
            canvas.translate(x, y)
            canvas._code.append(code.path)  # type: ignore[attr-defined]
            canvas.restoreState()
        canvas.showPage()
        canvas.save()
        return written.getvalue()

    return make


def _next_paper(document: Document, paper: PaperSize, numbers: Iterator[int]) -> bytes:
    number = next(numbers)
    made = replace(document, number=f"{document.number[0]}{number}", pl_id=f"PL{number}")
    return render.render_pdf(made, paper)


def _next_bare(make: Callable[[int], bytes], numbers: Iterator[int]) -> bytes:
    return make(next(numbers))


def receipt(_customers: int) -> None:
    """One page on a roll and one on A4; every paper has numbers of its own."""
    rows = []
    for what, document in (("slip", SLIP), ("sale", SALE)):
        for paper in (PaperSize.ROLL_80, PaperSize.A4):
            bare = _bare(document, paper)
            cases: dict[str, Case] = {
                "posapp": partial(_next_paper, document, paper, itertools.count(100_000)),
                "bare": partial(_next_bare, bare, itertools.count(100_000)),
            }
            times = in_turn(cases, ROUNDS, warm_up=5)
            rows.append(compared(f"{what}, {paper.value}", times["posapp"], times["bare"], most=1.2))
    show("receipt (yardstick: a bare canvas with the same lines and codes)", rows)
