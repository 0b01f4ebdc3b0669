"""Codes to scan: QR by segno, Code 128 by reportlab, each as the operators of one filled path.

A code holds the bare number (`PL24`, `B319`) and nothing else. Sizes are whole dots, so that a thermal head
prints every bar as it was meant. Quiet zones (ISO/IEC 18004 and 15417): 4 modules round a QR code, 10 modules
on both sides of a Code 128; the layouts keep them free.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Final

import segno
from reportlab.graphics.barcode.code128 import Code128

QR_QUIET: Final = 4
BARS_QUIET: Final = 10


@dataclass(frozen=True, slots=True)
class Code:
    """A code: PDF operators that fill it, from its lower left corner, and its size without quiet zones."""

    path: str
    width: int
    height: int


@lru_cache(maxsize=256)
def qr(text: str, module: int) -> Code:
    """A QR code, each of its squares `module` dots wide.

    Letters beyond ASCII are UTF-8, as every scheme of payment says. Micro QR is switched off: segno would
    choose it for short text, and phones and scanners do not read it.
    """
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False, encoding="utf-8").matrix]
    side = len(rows) * module
    path = []
    for down, row in enumerate(rows):
        y, x = side - (down + 1) * module, 0
        for dark, run in groupby(row):
            width = len(list(run)) * module
            if dark:
                path.append(f"{x} {y} {width} {module} re")
            x += width
    return Code(" ".join([*path, "f"]), side, side)


def qr_picture(text: str, module: int = 8) -> bytes:
    """A QR code as a PNG with its quiet zone, for a screen."""
    written = BytesIO()
    made = segno.make(text, error="m", micro=False, encoding="utf-8")
    made.save(written, kind="png", scale=module, border=QR_QUIET)
    return written.getvalue()


@lru_cache(maxsize=256)
def code128(text: str, module: int, height: int) -> Code:
    """A Code 128, its narrowest bar `module` dots wide."""
    made = Code128(text, quiet=0)
    made.validate()  # type: ignore[no-untyped-call]
    made.encode()  # type: ignore[no-untyped-call]
    made.decompose()  # type: ignore[no-untyped-call]
    path, x = [], 0
    for element in made.decomposed:  # a letter per bar (capital) or gap (small), A to D for 1 to 4 modules
        width = (ord(element.upper()) - ord("A") + 1) * module
        if element.isupper():
            path.append(f"{x} 0 {width} {height} re")
        x += width
    return Code(" ".join([*path, "f"]), x, height)
