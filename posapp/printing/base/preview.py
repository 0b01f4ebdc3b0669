"""A PDF as pictures: what the screen shows and what a raster printer gets.

PDFium is not safe for threads, so one picture is made at a time.
"""

import threading
from typing import Final

import pypdfium2
import pypdfium2.raw

_rendering: Final = threading.Lock()
_JUST_BELOW: Final = 1 - 1e-6
"""Keeps a page of 640 dots from becoming 641 pixels: sizes are rounded up, and points are floats."""


def page_images(pdf: bytes, dpi: float = 203) -> list[tuple[int, int, bytes]]:
    """The pages of a PDF as width, height and rows of red, green, blue, alpha bytes without padding.

    Opaque, on white. 203 dpi is a pixel for each dot of a thermal head.
    """
    with _rendering:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_rendered(page, dpi / 72 * _JUST_BELOW) for page in document]
        finally:
            document.close()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    with _rendering:
        document = pypdfium2.PdfDocument(pdf)
        try:
            sizes = [document.get_page_size(page) for page in range(len(document))]
        finally:
            document.close()
    return [(width / 72 * 25.4, height / 72 * 25.4) for width, height in sizes]


def _rendered(page: pypdfium2.PdfPage, scale: float) -> tuple[int, int, bytes]:
    bitmap = page.render(
        scale=scale,
        rev_byteorder=True,
        force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA,
        no_smoothimage=True,
    )
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    rows = bytes(bitmap.buffer)
    bitmap.close()
    if stride != width * 4:
        rows = b"".join(rows[at : at + width * 4] for at in range(0, stride * height, stride))
    return width, height, rows
