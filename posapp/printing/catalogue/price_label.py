"""Price labels: what it is, what it costs, and the code that rings it up.

A code is bars where it fits, else a square: a long SKU, or letters that bars do not know.
"""

from typing import Final

from posapp.domain.catalogue.papers import LabelLine, PriceLabels
from posapp.domain.papers.documents import ShopHeader
from posapp.printing.base import wording
from posapp.printing.base.codes import BARS_QUIET, QR_QUIET, Code, code128, qr
from posapp.printing.base.fonts import CAP_HEIGHT, Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.parts import coded
from posapp.printing.base.text import SMALLEST, Style, fit, one_line

_NAME: Final = Style(26, Weight.SEMIBOLD)
_PRICE: Final = Style(56, Weight.BOLD)
_CODE: Final = Style(SMALLEST, Weight.SEMIBOLD)
_GAP: Final = 6
_MODULE: Final = 2


def put_price_labels(sheet: Sheet, labels: PriceLabels) -> None:
    """Each label a page, as many of each item as are wanted."""
    is_first = True
    for line in labels.lines:
        for _ in range(line.copies):
            if not is_first:
                sheet.new_page()
            is_first = False
            _put(sheet, line, labels.shop)


def _put(sheet: Sheet, line: LabelLine, shop: ShopHeader) -> None:
    left, width = sheet.frame.left, sheet.frame.width
    sheet.block(fit(line.text, _NAME, width, lines=2), left, width)
    baseline = sheet.y + CAP_HEIGHT * _PRICE.size + 6
    price = one_line(wording.amount(line.price_minor, shop), _PRICE, width)
    sheet.put(price, left, baseline)
    assert sheet.frame.height is not None
    bottom, top = round(sheet.frame.height - sheet.frame.top), round(baseline + 14)
    bars = _bars(line.code, round(bottom - top - _GAP - CAP_HEIGHT * _CODE.size))
    if bars is not None and bars.width + 2 * BARS_QUIET * _MODULE <= sheet.frame.page_width:
        coded(sheet, bars, line.code, max(left, BARS_QUIET * _MODULE), top, _CODE.size, _GAP)
    else:
        _put_square(sheet, line.code, top, bottom)


def _bars(code: str, height: int) -> Code | None:
    return code128(code, _MODULE, height) if code.isascii() else None


def _put_square(sheet: Sheet, code: str, top: int, bottom: int) -> None:
    """The code as a square at the start, its text beside it."""
    left, width = sheet.frame.left, sheet.frame.width
    squares = qr(code, 1).width
    module = max((bottom - top) // squares, 2)
    made = qr(code, module)
    sheet.code(made, left, bottom - made.height)
    beside = left + made.width + QR_QUIET * module
    lines = fit(code, _CODE, width - (beside - left), lines=3)
    sheet.y = bottom - sum(line.height for line in lines)
    sheet.block(lines, beside, width - (beside - left))
