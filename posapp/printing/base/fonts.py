"""The typeface of the papers: Inter, embedded as a subset, registered once per process.

Inter (SIL OFL 1.1) draws Latin, Greek and Cyrillic. Text with any other letter goes to `shaped_text`.
"""

import threading
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from posapp.paths import resources

CAP_HEIGHT: Final = 0.727
"""Height of Inter's capitals and figures, in parts of the type size (OS/2 table: 2048 units of em 2816)."""

_registering = threading.Lock()


class Weight(StrEnum):
    """The weights that papers use; the value is the file's."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


def font_name(weight: Weight) -> str:
    """The name under which reportlab knows a weight; registers it on first use."""
    _face(weight)
    return f"Inter-{weight}"


@lru_cache(maxsize=4096)
def advance(text: str, weight: Weight) -> float:
    """Width of plain text (see `is_plain`) in parts of the type size."""
    widths: dict[int, float] = _face(weight).face.charWidths
    return sum(widths[code] for code in map(ord, text)) / 1000


def is_plain(text: str) -> bool:
    """Whether Inter has every letter and none needs shaping, so that it can be set as searchable text."""
    return _plain_letters().issuperset(text)


def register_all() -> None:
    """Read all weights now; later papers of this process find them ready."""
    for weight in Weight:
        _face(weight)
    _plain_letters()


@cache
def _face(weight: Weight) -> TTFont:
    with _registering:
        name = f"Inter-{weight}"
        if name not in pdfmetrics.getRegisteredFontNames():
            path = resources() / "fonts" / f"{name}.ttf"
            # asciiReadable would put all of ASCII into every subset: larger files and slower papers.
            pdfmetrics.registerFont(TTFont(name, str(path), asciiReadable=False))
        font = pdfmetrics.getFont(name)
        assert isinstance(font, TTFont)
        return font


@cache
def _plain_letters() -> frozenset[str]:
    """Letters that all three weights have; no combining marks, and nothing that only steers other letters."""
    codes = set.intersection(*(set(_face(weight).face.charToGlyph) for weight in Weight))
    letters = (chr(code) for code in codes if code >= 0x20)
    return frozenset(
        each for each in letters if unicodedata.category(each) not in ("Mn", "Me", "Mc", "Cf", "Cc")
    )
