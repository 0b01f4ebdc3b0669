"""Typefaces that the program brings along, and the type scale of the design.

Inter and IBM Plex Mono (SIL OFL 1.1) come first, Noto Sans, Droid Sans (Han) and NanumGothic (Hangul) catch
what they do not draw, the system catches the rest; so a name in any script can be shown. Figures are tabular
everywhere (`tnum`).
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QPixmapCache
from PySide6.QtWidgets import QApplication

from posapp.paths import resources

SANS = (
    "Inter",
    "Noto Sans",
    "Noto Sans Devanagari",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Gujarati",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Droid Sans Fallback",
    "NanumGothic",
    "Segoe UI",
    "sans-serif",
)
MONO = ("IBM Plex Mono", "Noto Sans Mono", "monospace")
_FIRST = ("Inter-*.ttf",)
_TABULAR = QFont.Tag("tnum")


class TypeSize(NamedTuple):
    """Pixels at 100 %: size of the letters, height of the line, and the usual weight."""

    size: int
    line: int
    weight: int


SCALE = {
    "caption": TypeSize(12, 16, 400),
    "small": TypeSize(13, 18, 400),
    "body": TypeSize(14, 20, 400),
    "field": TypeSize(15, 20, 400),
    "strong": TypeSize(16, 22, 600),
    "title": TypeSize(18, 24, 600),
    "figure": TypeSize(20, 26, 600),
    "name": TypeSize(24, 30, 600),
    "sum": TypeSize(30, 38, 700),
    "amount": TypeSize(32, 40, 700),
    "change": TypeSize(52, 60, 700),
}


@cache
def load_interface_fonts() -> int:
    """Give Qt the typefaces that the first frame needs; returns how many files there were."""
    return _load(path for pattern in _FIRST for path in sorted((resources() / "fonts").rglob(pattern)))


@cache
def load_fallback_fonts() -> int:
    """Give Qt the typefaces for serials and other scripts: large ones, so after the first frame.

    What was painted before is painted again: a list of names would keep its boxes until somebody moved.
    """
    known = {path for pattern in _FIRST for path in (resources() / "fonts").rglob(pattern)}
    count = _load(path for path in sorted((resources() / "fonts").rglob("*.ttf")) if path not in known)
    QPixmapCache.clear()  # letters may stand in what was drawn before
    for widget in QApplication.allWidgets():
        widget.updateGeometry()
        widget.update()
    return count


def _load(paths: Iterable[Path]) -> int:
    return sum(QFontDatabase.addApplicationFont(str(path)) >= 0 for path in paths)


def make_font(pixels: int, weight: int, *, mono: bool = False) -> QFont:
    """A font of the given pixel size and CSS weight with tabular figures."""
    font = QFont()
    font.setFamilies(list(MONO if mono else SANS))
    font.setPixelSize(max(1, pixels))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(_TABULAR, 1)
    return font
