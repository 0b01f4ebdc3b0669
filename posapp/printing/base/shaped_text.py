"""Any script on a reportlab canvas: Qt shapes the text, the canvas fills the outlines.

reportlab's own shaping puts Arabic words in the wrong order and refuses Noto's CJK files, so text that Inter
cannot set by itself comes here: HarfBuzz, the bidirectional order and the search for a font that has the
letter are Qt's. This is the one module outside `ui` that imports Qt, and it does so on first need, on the
thread of the window where there is one: a font call of another thread and a window that paints can wait for
each other for ever.

Outlines are kept per text and weight, at one size, since a paper is printed, previewed and printed again.
Outlines cannot be searched; `layout` lays the letters that Inter has under them as invisible text.
"""

import logging
import sys
import threading
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Final

from posapp.paths import resources
from posapp.printing.base.fonts import Weight, is_plain
from posapp.threads import on_window_thread

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QGuiApplication, QPainterPath, QRawFont, QTextLayout, QTextOption

_log = logging.getLogger(__name__)

EM: Final = 100
"""Size in units at which outlines are made and kept."""

_FALLBACKS: Final = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Droid Sans Fallback",
    "NanumGothic",
    "Noto Emoji",
    "Segoe UI Symbol",
    "DejaVu Sans",
)
_OWN: Final = {"Hangul": "NanumGothic"}
_WEIGHTS: Final = {Weight.REGULAR: 400, Weight.SEMIBOLD: 600, Weight.BOLD: 700}
_FOLLOWERS: Final = ("Mn", "Mc", "Me", "Cf", "Sk")
_EMBOLDEN: Final = "3 w 1 j B"
"""Fill and draw round the edge: for scripts whose only font here is of regular weight."""
_RECTANGLE: Final = 5
_BOX: Final = "□"
_NO_SIGN: Final = ("Cc", "Cs", "Zs", "Zl", "Zp")
_UNSEEN: Final = frozenset("\u034f\u061c\u180b\u180c\u180d\u180e\ufeff") | {
    chr(code)
    for first, end in ((0x200B, 0x2010), (0x2028, 0x202F), (0x2060, 0x2070), (0xFE00, 0xFE10))
    for code in range(first, end)
}
"""What only says how the letters beside it are drawn: fonts need not have it."""
_starting = threading.Lock()
_own_application: "QGuiApplication | None" = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Shaped text at size `EM`: `code` are PDF operators that fill it, from the baseline's left end, y up.

    `width` is the advance, `above` and `below` the ink's reach from the baseline, all in units.
    `missing` counts letters that no font of this computer has; they are drawn as the font's empty box.
    """

    code: str
    width: float
    above: float
    below: float
    missing: int


@lru_cache(maxsize=1024)
def shape(text: str, weight: Weight, *, right_to_left: bool) -> Shape:
    """Shape one line of text; `right_to_left` is the direction of the paragraph it belongs to."""
    return on_window_thread(partial(_shape, text, weight, right_to_left))


def break_lines(text: str, weight: Weight, width: float, *, right_to_left: bool) -> list[str]:
    """Cut a paragraph into lines of at most `width` units, where its scripts allow a line to end."""
    return _cut(text, on_window_thread(partial(_line_ends, text, weight, width, right_to_left)))


def _shape(text: str, weight: Weight, right_to_left: bool) -> Shape:
    drawn = _with_fonts(text, weight)
    layout = _layout(drawn, weight, right_to_left)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    baseline, left = line.ascent(), line.naturalTextRect().left()
    code: list[str] = []
    above = below = 0.0
    missing = sum(before != after for before, after in zip(text, drawn, strict=True))
    for run in line.glyphRuns():
        font = run.rawFont()
        for index, at in zip(run.glyphIndexes(), run.positions(), strict=True):
            missing += index == 0
            glyph = _glyph(font.familyName(), font.styleName(), index, font)
            if glyph.code:
                is_light = weight is not Weight.REGULAR and font.styleName() == "Regular"
                paint = _EMBOLDEN if is_light else "f"
                at_baseline = f"{at.x() - left:.1f} {baseline - at.y():.1f}"
                code.append(f"q 1 0 0 1 {at_baseline} cm {glyph.code} {paint} Q")
                above = max(above, glyph.above + baseline - at.y())
                below = max(below, glyph.below - baseline + at.y())
    if missing:
        _log.warning("%d letters of a text have no font on this computer and print as empty boxes", missing)
    return Shape("\n".join(code), line.naturalTextWidth(), above, below, missing)


def _line_ends(text: str, weight: Weight, width: float, right_to_left: bool) -> list[int]:
    """Where the lines end, as Qt counts: in UTF-16 units."""
    from PySide6.QtGui import QTextOption

    wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    layout = _layout(_with_fonts(text, weight), weight, right_to_left, wrap)
    ends = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return ends


def _cut(text: str, ends: list[int]) -> list[str]:
    """Cut at positions as Qt counts them, in UTF-16 units, but never inside a letter: Qt 6.11 would do so."""
    units = list(accumulate((1 + (letter > "\uffff") for letter in text), initial=0))
    places = [bisect_left(units, end) for end in ends]
    return [text[a:b] for a, b in pairwise([0, *places])]


def _layout(
    text: str, weight: Weight, right_to_left: bool, mode: "QTextOption.WrapMode | None" = None
) -> "QTextLayout":
    """A text ready for lines, with a font for each of its scripts."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

    _ready()
    option = QTextOption()
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    option.setWrapMode(mode or QTextOption.WrapMode.NoWrap)
    option.setUseDesignMetrics(True)
    option.setFlags(QTextOption.Flag.DisableEmojiParsing)  # colour pictures have no outlines
    layout = QTextLayout(text, _font(weight, ""))
    layout.setTextOption(option)
    formats, start = [], 0
    for script, run in _runs(text):
        part = QTextLayout.FormatRange()
        part.start, part.length = start, len(run.encode("utf-16-le")) // 2
        part.format = QTextCharFormat()
        part.format.setFont(_font(weight, script))
        formats.append(part)
        start += part.length
    layout.setFormats(formats)
    return layout


def _with_fonts(text: str, weight: Weight) -> str:
    """The text with a box for each letter or mark that no font of this computer has.

    Asked for the glyphs of one of a script that needs shaping (Kannada, Khmer, Syriac), Qt 6.11 ends the
    whole program. Letters beyond U+FFFF are left to Qt, which draws its own box: none of them is of those.
    """
    _ready()
    return "".join(letter if _has_font(letter, weight) else _BOX for letter in text)


@lru_cache(maxsize=4096)
def _has_font(letter: str, weight: Weight) -> bool:
    from PySide6.QtGui import QFontMetricsF

    if is_plain(letter) or not "\u0300" <= letter <= "\uffff" or letter in _UNSEEN:
        return True
    if unicodedata.category(letter) in _NO_SIGN:
        return True
    return QFontMetricsF(_font(weight, _script(letter))).inFontUcs4(ord(letter))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Runs of one script, named as Unicode names its letters; empty for what Inter has.

    Marks, spaces, figures and signs go with the letters before them, the first ones with those behind.
    """
    script = next((_script(letter) for letter in text if letter.isalpha()), "")

    def script_of(letter: str) -> str:
        nonlocal script
        if letter.isalpha() or not (is_plain(letter) or unicodedata.category(letter) in _FOLLOWERS):
            script = _script(letter)
        return script

    return ((name, "".join(run)) for name, run in groupby(text, script_of))


def _script(letter: str) -> str:
    return "" if is_plain(letter) else unicodedata.name(letter, "-").split()[0].title()


@dataclass(frozen=True, slots=True)
class _Glyph:
    code: str
    above: float
    below: float


_glyphs: dict[tuple[str, str, int], _Glyph] = {}


def _glyph(family: str, style: str, index: int, font: "QRawFont") -> _Glyph:
    found = _glyphs.get((family, style, index))
    if found is None:
        path = font.pathForGlyph(index)
        bounds = path.boundingRect()
        found = _Glyph(" ".join(_operators(path)), max(0.0, -bounds.top()), max(0.0, bounds.bottom()))
        _glyphs[family, style, index] = found
    return found


def _operators(path: "QPainterPath") -> Iterator[str]:
    """PDF path operators of Qt's path, y turned up. Qt closes each contour by returning to its start."""
    from PySide6.QtGui import QPainterPath

    kind = QPainterPath.ElementType
    count, i = path.elementCount(), 0
    while i < count:
        each = path.elementAt(i)
        if each.type == kind.CurveToElement:
            second, end = path.elementAt(i + 1), path.elementAt(i + 2)
            yield f"{each.x:.2f} {-each.y:.2f} {second.x:.2f} {-second.y:.2f} {end.x:.2f} {-end.y:.2f} c"
            i += 2
        elif i == 1 and count == _RECTANGLE:
            # PDFium takes a bare rectangle (I, l) for a thin line and draws it too strong; no rectangle has a
            # curve, and this one is straight
            yield f"{each.x:.2f} {-each.y:.2f} {each.x:.2f} {-each.y:.2f} v"
        else:
            yield f"{each.x:.2f} {-each.y:.2f} {'m' if each.type == kind.MoveToElement else 'l'}"
        i += 1


@cache
def _font(weight: Weight, script: str) -> "QFont":
    """Inter, or for another script the family that is shipped for it; Qt adds the system's others.

    Qt warns when it tries a font that cannot shape a script, so Inter must not be asked for Devanagari.
    """
    from PySide6.QtGui import QFont, QFontDatabase

    own = _OWN.get(script, f"Noto Sans {script}")
    font = QFont()
    font.setFamilies(["Inter"] if not script else [own] if QFontDatabase.hasFamily(own) else list(_FALLBACKS))
    font.setPixelSize(EM)
    font.setWeight(QFont.Weight(_WEIGHTS[weight]))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _ready() -> None:
    """See that Qt can find fonts: an application object, and the typefaces the program brings along."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    global _own_application  # noqa: PLW0603
    with _starting:
        if QGuiApplication.instance() is None:
            # On the command line nobody has made one. Linux may have no screen, and Qt would then abort.
            screenless = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
            _own_application = QGuiApplication(["posapp", *screenless])
        for path in sorted((resources() / "fonts").glob("*.ttf")):
            if path.name.split("-")[0] != "IBMPlexMono":
                QFontDatabase.addApplicationFont(str(path))
