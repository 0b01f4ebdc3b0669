"""A document becomes a PDF: the one that is previewed, saved and printed."""

import threading
from io import BytesIO
from typing import Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from posapp.domain.documents import CopyMark, Document, PaperSize
from posapp.printing import booking_slip, fonts, wording
from posapp.printing.layout import POINT

_drawing: Final = threading.Lock()
rl_config.useA85 = 0  # streams as bytes, not spelt out in letters: smaller and quicker


def render_pdf(
    document: Document, paper: PaperSize, *, copy: CopyMark | None = None, logo: bytes | None = None
) -> bytes:
    """The paper as a PDF at its true size; the same document gives the same bytes.

    `copy` says which printing this is, `logo` is the picture behind the shop's hash. May be called from any
    thread; the first call of a process takes longer (`warm_up`).
    """
    with _drawing:  # reportlab keeps the letters a font's subset has so far in the font, for all canvases
        sheet = booking_slip.lay_out(document, paper, copy, logo)
        end = round(sheet.y + sheet.frame.top)
        written = BytesIO()
        size = (sheet.frame.page_width * POINT, (sheet.frame.height or end) * POINT)
        canvas = Canvas(written, pagesize=size, invariant=1, pageCompression=1)
        canvas.setTitle(f"{wording.TITLE} {document.number}")
        canvas.setSubject(document.pl_id)
        canvas.setAuthor(document.shop.name)
        canvas.setCreator("posapp")
        sheet.draw(canvas, end)
        canvas.save()
        return written.getvalue()


def warm_up() -> None:
    """Load what the first paper of a process needs, so that the first customer does not wait for it."""
    fonts.register_all()
