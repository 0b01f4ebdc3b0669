"""Text for papers: made clean, measured, broken into lines and fitted into its place.

Sizes and widths are dots (see `layout`). A line is either plain, set as searchable text in Inter, or shaped,
drawn as outlines by `shaped_text`; nothing above this module needs to know which.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from posapp.printing.base import fonts
from posapp.printing.base.fonts import CAP_HEIGHT, Weight, is_plain
from posapp.printing.base.shaped_text import EM, Shape, break_lines, shape

SMALLEST: Final = 20
"""Dots of the smallest text a thermal head prints readably (2.5 mm at 203 dpi)."""

LEADING: Final = 1.3
ELLIPSIS: Final = "…"
_TIGHT_FROM: Final = 30
_SPACE: Final = re.compile(r"[^\S\n]+")
_ACCENT: Final = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_TOO_MANY: Final = re.compile(f"({_ACCENT}{{4}}){_ACCENT}+")
_JOINERS: Final = "\u200c\u200d\u200e\u200f"


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: size in dots, weight, and dots between letters for text that is set apart."""

    size: float
    weight: Weight = Weight.REGULAR
    apart: float = 0.0

    @property
    def tracking(self) -> float:
        """Dots added after each letter; large text is set a little tighter, as in the design."""
        return self.apart or (-0.02 * self.size if self.size >= _TIGHT_FROM else 0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, measured. `above` and `below` are its share of height over and under the baseline.

    `outlines` is None for plain text. `right_to_left` is the direction of its paragraph.
    """

    text: str
    style: Style
    width: float
    above: float
    below: float
    outlines: Shape | None = None
    right_to_left: bool = False

    @property
    def height(self) -> float:
        """Dots from this line's top to the next one's."""
        return self.above + self.below


def clean(text: str) -> str:
    """What can be printed: composed letters, plain spaces, line ends as `\\n`, no control characters.

    Overrides of the writing direction go too, since one in a name would turn the rest of the line around; and
    stacks of more than four accents, which would run over the lines above.
    """
    if text.isascii() and text.isprintable():
        return _SPACE.sub(" ", text).strip()
    text = unicodedata.normalize("NFC", re.sub(r"\r\n?|\u2028|\u2029|\v|\f|\x85", "\n", text))
    text = "".join(c for c in text if c in "\n\t" or c in _JOINERS or unicodedata.category(c)[0] != "C")
    return _TOO_MANY.sub(r"\1", _SPACE.sub(" ", text)).strip()


def reads_right_to_left(text: str) -> bool:
    """The direction of a paragraph: that of its first strong letter (UAX 9, rules P2 and P3)."""
    if is_plain(text):
        return False
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def measure(text: str, style: Style, *, right_to_left: bool | None = None) -> Line:
    """One line of clean text."""
    size = style.size
    above = (LEADING + CAP_HEIGHT) / 2 * size
    below = LEADING * size - above
    if is_plain(text):
        width = fonts.advance(text, style.weight) * size + style.tracking * len(text)
        return Line(text, style, width, above, below)
    if right_to_left is None:
        right_to_left = reads_right_to_left(text)
    made = shape(text, style.weight, right_to_left=right_to_left)
    scale = size / EM
    reach_up, reach_down = made.above * scale + size * 0.08, made.below * scale + size * 0.08
    return Line(
        text, style, made.width * scale, max(above, reach_up), max(below, reach_down), made, right_to_left
    )


def one_line(text: str, style: Style, width: float | None = None) -> Line:
    """A single line for a text that must be there whole; set smaller where it would be wider than `width`."""
    line = measure(clean(text).replace("\n", " "), style)
    while width is not None and line.width > width:
        ratio = min(0.99, width / line.width)
        style = replace(style, size=style.size * ratio, apart=style.apart * ratio)
        line = measure(line.text, style)
    return line


def wrap(text: str, style: Style, width: float) -> list[Line]:
    """All of a text in lines no wider than `width`. Line ends are kept, more than one empty line is not."""
    lines: list[Line] = []
    cleaned = clean(text)
    if not cleaned:
        return []
    for paragraph in re.sub(r"\n(?: ?\n){2,}", "\n\n", cleaned).split("\n"):
        lines += _paragraph(paragraph.strip(), style, width) or [measure("", style)]
    return lines


def fit(text: str, style: Style, width: float, lines: int = 2) -> list[Line]:
    """A text in at most `lines` lines: wrapped, else set smaller, else cut with an ellipsis."""
    flat = clean(text).replace("\n", " ")
    least = max(SMALLEST, style.size * 0.7)
    while True:
        found = _paragraph(flat, style, width)
        if len(found) <= lines:
            return found
        if style.size <= least:
            break
        style = replace(style, size=max(least, style.size * 0.9))
    kept = found[: lines - 1]
    rest = " ".join(line.text for line in found[lines - 1 : lines + 1])
    return [*kept, _cut(rest, style, width, reads_right_to_left(flat))]


def _paragraph(text: str, style: Style, width: float) -> list[Line]:
    """Lines of one paragraph, each as full as it can be."""
    turned = reads_right_to_left(text)
    if is_plain(text):
        parts = _plain_parts(text, style, width)
    else:
        parts = break_lines(text, style.weight, width / style.size * EM, right_to_left=turned)
    return [_line(part, style, width, turned) for part in parts if part.strip()]


def _plain_parts(text: str, style: Style, width: float) -> list[str]:
    if _advance(text, style) <= width:
        return [text]
    parts, current, used = [], "", 0.0
    for word in _words(text, style, width):
        if current and used + _advance(word.rstrip(), style) > width:
            parts.append(current)
            current, used = "", 0.0
        current += word
        used += _advance(word, style)
    return [*parts, current]


def _words(text: str, style: Style, width: float) -> Iterator[str]:
    """Words with the space after them; a word wider than the line comes letter by letter."""
    for word in re.findall(r"\S+\s*", text):
        if _advance(word.rstrip(), style) <= width:
            yield word
        else:
            yield from word


def _advance(text: str, style: Style) -> float:
    return measure(text, style).width if text else 0.0


def _line(text: str, style: Style, width: float, turned: bool) -> Line:
    line = measure(text.strip(), style, right_to_left=turned)
    return line if line.width <= width else _squeezed(line, width)


def _squeezed(line: Line, width: float) -> Line:
    """The same line, drawn narrower. Only where letters that join are wider than their parts were."""
    return replace(line, width=width)


def _cut(text: str, style: Style, width: float, turned: bool) -> Line:
    """As many letters as fit beside an ellipsis."""
    room = width - _advance(ELLIPSIS, style)
    kept, used = "", 0.0
    for letter in _letters(text):
        used += _advance(letter, style)
        if used > room:
            break
        kept += letter
    return _line(kept.rstrip() + ELLIPSIS, style, width, turned)


def _letters(text: str) -> Iterator[str]:
    """What a reader calls letters, near enough to cut between: a base with its marks, a joined emoji."""
    letter = ""
    for each in text:
        if letter and not (
            unicodedata.category(each) in ("Mn", "Mc", "Me", "Cf", "Sk") or letter[-1] == "\u200d"
        ):
            yield letter
            letter = ""
        letter += each
    if letter:
        yield letter
