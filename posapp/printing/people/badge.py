"""A badge, as large as a bank card: shop, name, and the code that signs in, as a square and in letters."""

from typing import Final

from posapp.domain.people.papers import Badge
from posapp.printing.base.codes import QR_QUIET, qr
from posapp.printing.base.fonts import Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.text import SMALLEST, Style, fit

_SHOP: Final = Style(26, Weight.SEMIBOLD)
_NAME: Final = Style(42, Weight.BOLD)
_SMALL: Final = Style(SMALLEST)
_BY: Final = 8
"""Letters of the code that stand together, so that it can be typed."""


def put_badge(sheet: Sheet, badge: Badge, code: str) -> None:
    """The code is on no other paper: whoever prints the badge hands it in."""
    left, width = sheet.frame.left, sheet.frame.width
    sheet.block(fit(badge.shop.name, _SHOP, width, lines=2), left, width, "center")
    sheet.space(10)
    sheet.rule()
    sheet.space(16)
    sheet.block(fit(badge.customer_name, _NAME, width, lines=2), left, width, "center")
    side = qr(code, 1).width
    module = width // (side + 2 * QR_QUIET)
    made = qr(code, module)
    sheet.space(QR_QUIET * module)
    sheet.code(made, left + (width - made.width) // 2, round(sheet.y))
    sheet.y = round(sheet.y) + made.height + QR_QUIET * module
    kind, _, rest = code.partition("-")
    groups = " ".join(rest[at : at + _BY] for at in range(0, len(rest), _BY))
    sheet.block(fit(f"{kind}-{groups}", _SMALL, width, lines=2), left, width, "center")
    if badge.shop.phone:
        sheet.space(8)
        found = f"Found? Call {badge.shop.phone}."
        sheet.block(fit(found, _SMALL, width, lines=1), left, width, "center")
