"""A document becomes a PDF: the one that is previewed, saved and printed."""

import threading
from io import BytesIO
from typing import Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from posapp.domain.papers.documents import CopyMark, Document, PaperSize
from posapp.printing.base import fonts, wording
from posapp.printing.base.layout import FRAMES, POINT, Sheet
from posapp.printing.base.part import Additions
from posapp.printing.bookings import part as bookings
from posapp.printing.catalogue import part as catalogue
from posapp.printing.customers import part as customers
from posapp.printing.figures import part as figures
from posapp.printing.people import part as people
from posapp.printing.repairs import part as repairs
from posapp.printing.selling import part as selling

_PUT: Final = {
    **customers.PAPERS,
    **people.PAPERS,
    **bookings.PAPERS,
    **catalogue.PAPERS,
    **repairs.PAPERS,
    **selling.PAPERS,
    **figures.PAPERS,
}
"""What puts each paper on a sheet, part by part."""
_drawing: Final = threading.Lock()
rl_config.useA85 = 0  # streams as bytes, not spelt out in letters: smaller and quicker


def render_pdf(
    document: Document,
    paper: PaperSize,
    *,
    copy: CopyMark | None = None,
    logo: bytes | None = None,
    signature: bytes | None = None,
    secret: str = "",
) -> bytes:
    """The paper as a PDF at its true size; the same document gives the same bytes.

    `paper` is one of the sizes of the document's kind. `copy` says which printing this is; `logo` and
    `signature` are the pictures behind the document's hashes, `secret` the code of a gift card that was just
    sold, or of a badge. May be called from any thread; the first call of a process takes longer (`warm_up`).
    """
    sheet = Sheet(FRAMES[paper])
    _PUT[type(document)](sheet, document, Additions(copy, logo, signature, secret))
    end = round(sheet.y + sheet.frame.top)
    written = BytesIO()
    size = (sheet.frame.page_width * POINT, (sheet.frame.height or end) * POINT)
    # reportlab keeps the letters a font's subset has so far in the font, for all canvases. No text is shaped
    # under this lock: whoever waits for the window's thread there would hold up a paper that it draws itself.
    with _drawing:
        canvas = Canvas(written, pagesize=size, invariant=1, pageCompression=1)
        canvas.setTitle(wording.named(document))
        canvas.setSubject(document.pl_id)
        canvas.setAuthor(document.shop.name)
        canvas.setCreator("posapp")
        sheet.draw(canvas, end)
        canvas.save()
        return written.getvalue()


def warm_up() -> None:
    """Load what the first paper of a process needs, so that the first customer does not wait for it."""
    fonts.register_all()
