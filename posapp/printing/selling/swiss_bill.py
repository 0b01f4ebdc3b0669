"""The payment part of a Swiss QR bill with its receipt: the lower 105 mm of an A4 page.

Measures and words follow the style guide of SIX (implementation guidelines QR-bill 2.3): the receipt is 62 mm
wide, the payment part 148 mm, the code 46 mm with a cross of 7 mm in its middle. All of it is read from the
payload, so that paper and code say the same.
"""

from typing import Final

from posapp.domain.selling.qr_payments import SwissLines
from posapp.printing.base.codes import Code, qr
from posapp.printing.base.fonts import Weight
from posapp.printing.base.layout import DPI, RULE, Sheet
from posapp.printing.base.text import Style, measure, wrap

_MM: Final = DPI / 25.4
_PT: Final = DPI / 72
_PAGE, _BILL, _RECEIPT, _EDGE = 297 * _MM, 105 * _MM, 62 * _MM, 5 * _MM
_CODE: Final = 46 * _MM
_CROSS: Final = 7 * _MM


def put_bill(sheet: Sheet, payload: str) -> None:
    """A page of its own with the bill at its lower edge, to be torn off."""
    bill = SwissLines.read(payload)
    sheet.new_page()
    top = _PAGE - _BILL
    _cut(sheet, top)
    _receipt(sheet, bill, top + _EDGE)
    _payment(sheet, bill, payload, top + _EDGE)


def _cut(sheet: Sheet, top: float) -> None:
    """Lines to tear along, and what they are."""
    sheet.y = top - 5 * _MM
    words = "Separate before paying in"
    sheet.block([measure(words, Style(8 * _PT))], _RECEIPT, 148 * _MM, "center")
    sheet.y = top
    sheet.rule(dashed=True, x=0, width=210 * _MM)
    line = f"0 0 {RULE} {round(_BILL)} re f"
    sheet.code(Code(line, RULE, round(_BILL)), _RECEIPT, top)


def _receipt(sheet: Sheet, bill: "SwissLines", top: float) -> None:
    room = _RECEIPT - 2 * _EDGE
    sheet.y = top
    _title(sheet, "Receipt", _EDGE)
    sheet.y = top + 7 * _MM
    parts = (("Account / Payable to", bill.creditor), ("Reference", bill.shown_reference))
    for head, text in parts:
        _part(sheet, head, text, _EDGE, room, 6, 8)
    _blank(sheet, _EDGE, 52, 20, 6)
    sheet.y = top + 63 * _MM
    _amount(sheet, bill, _EDGE, 6, 8)
    sheet.y = top + 77 * _MM
    sheet.block([measure("Acceptance point", Style(6 * _PT, Weight.BOLD))], _EDGE, room, "right")


def _payment(sheet: Sheet, bill: "SwissLines", payload: str, top: float) -> None:
    left = _RECEIPT + _EDGE
    sheet.y = top
    _title(sheet, "Payment part", left)
    _code(sheet, payload, left, top + 12 * _MM)
    sheet.y = top + 63 * _MM
    _amount(sheet, bill, left, 8, 10)
    x = _RECEIPT + 56 * _MM
    room = 210 * _MM - x - _EDGE
    sheet.y = top
    parts = (
        ("Account / Payable to", bill.creditor),
        ("Reference", bill.shown_reference),
        ("Additional information", bill.message),
    )
    for head, text in parts:
        _part(sheet, head, text, x, room, 8, 10)
    _blank(sheet, x, 65, 25, 8)


def _title(sheet: Sheet, text: str, x: float) -> None:
    sheet.block([measure(text, Style(11 * _PT, Weight.BOLD))], x, 51 * _MM, "left")


def _part(sheet: Sheet, head: str, text: str, x: float, room: float, small: float, size: float) -> None:
    if not text:
        return
    sheet.block([measure(head, Style(small * _PT, Weight.BOLD))], x, room, "left")
    sheet.block(wrap(text, Style(size * _PT), room), x, room, "left")
    sheet.space(2 * _MM)


def _amount(sheet: Sheet, bill: "SwissLines", x: float, small: float, size: float) -> None:
    """Currency and amount beside each other, thousands apart."""
    top = sheet.y
    whole, _, cents = bill.amount.partition(".")
    shown = f"{int(whole):,}.{cents}".replace(",", " ")
    for head, text, place in (("Currency", bill.currency, 0.0), ("Amount", shown, 14 * _MM)):
        sheet.y = top
        sheet.block([measure(head, Style(small * _PT, Weight.BOLD))], x + place, 40 * _MM, "left")
        sheet.block([measure(text, Style(size * _PT))], x + place, 40 * _MM, "left")


def _blank(sheet: Sheet, x: float, wide: float, high: float, small: float) -> None:
    """Room for whoever pays, between four corners."""
    words = "Payable by (name/address)"
    sheet.block([measure(words, Style(small * _PT, Weight.BOLD))], x, wide * _MM, "left")
    sheet.space(_MM)
    width, height, arm = round(wide * _MM), round(high * _MM), round(3 * _MM)
    right, over, end = width - arm, height - RULE, width - RULE
    corners = [
        *((at, down, arm, RULE) for at in (0, right) for down in (0, over)),
        *((at, down, RULE, arm) for at in (0, end) for down in (0, height - arm)),
    ]
    path = " ".join(" ".join(map(str, (*corner, "re"))) for corner in corners)
    sheet.code(Code(f"{path} f", width, height), x, sheet.y)
    sheet.y += height


def _code(sheet: Sheet, payload: str, x: float, top: float) -> None:
    """The code at 46 mm, whatever it has of squares, and the cross in its middle."""
    made = qr(payload, 1)
    scale = _CODE / made.width
    sheet.code(Code(f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm {made.path}", round(_CODE), round(_CODE)), x, top)
    middle = (_CODE - _CROSS) / 2
    sheet.code(Code(_cross(), round(_CROSS), round(_CROSS)), x + middle, top + middle)


def _cross() -> str:
    """White, in it black, in it a white cross: 7 mm, of which the black is 6 mm."""
    unit = _CROSS / 7
    black = f"0 g {unit / 2:.2f} {unit / 2:.2f} {unit * 6:.2f} {unit * 6:.2f} re f"
    arm, length, start, side = unit * 1.1, unit * 3.9, unit * 1.55, unit * 2.95
    bars = (
        f"{side:.2f} {start:.2f} {arm:.2f} {length:.2f} re {start:.2f} {side:.2f} {length:.2f} {arm:.2f} re"
    )
    return f"1 g 0 0 {_CROSS:.2f} {_CROSS:.2f} re f {black} 1 g {bars} f 0 g"
