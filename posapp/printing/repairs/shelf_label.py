"""Labels for shelves: the code in letters to be read from afar, and below it to be scanned.

A code is bars, as wide as they have room; a square where it is long or has letters that bars do not know.
"""

from typing import Final

from posapp.domain.repairs.papers import ShelfLabels
from posapp.printing.base.codes import BARS_QUIET, Code, code128, qr
from posapp.printing.base.fonts import CAP_HEIGHT, Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.text import SMALLEST, Line, Style, measure

_LARGEST: Final = 110
_LARGEST_MARKED: Final = 64
"""Letters that reach above the height of capitals, or below the line, need room for it."""
_MODULES: Final = (4, 3, 2)
_LEAST_BARS: Final = 80
"""Dots of the bars' height: a hand that holds the scanner at an angle still meets all of them."""


def put_shelf_labels(sheet: Sheet, labels: ShelfLabels) -> None:
    """Each shelf a page."""
    for place, shelf in enumerate(labels.shelves):
        if place:
            sheet.new_page()
        _put(sheet, shelf)


def _put(sheet: Sheet, shelf: str) -> None:
    assert sheet.frame.height is not None
    left, width = sheet.frame.left, sheet.frame.width
    letters = _letters(shelf, width)
    is_plain = shelf.isascii()
    baseline = sheet.y + (CAP_HEIGHT * letters.style.size + 2 if is_plain else letters.above)
    sheet.put(letters, left + (width - letters.width) / 2, baseline)
    top = round(baseline + letters.below * (0.6 if is_plain else 1) + 6)
    bottom = round(sheet.frame.height - sheet.frame.top)
    code = _code(shelf, sheet.frame.page_width, bottom - top)
    sheet.code(code, round((sheet.frame.page_width - code.width) / 2), bottom - code.height)


def _letters(shelf: str, width: float) -> Line:
    """As large as there is room for: a code is never cut."""
    largest = _LARGEST if shelf.isascii() else _LARGEST_MARKED
    made = (measure(shelf, Style(size, Weight.BOLD)) for size in range(largest, SMALLEST, -2))
    return next((line for line in made if line.width <= width), measure(shelf, Style(SMALLEST, Weight.BOLD)))


def _code(shelf: str, page_width: float, height: int) -> Code:
    for module in _MODULES if shelf.isascii() else ():
        bars = code128(shelf, module, max(height, _LEAST_BARS))
        if bars.width + 2 * BARS_QUIET * module <= page_width:
            return bars
    return qr(shelf, max(height // qr(shelf, 1).width, 2))
