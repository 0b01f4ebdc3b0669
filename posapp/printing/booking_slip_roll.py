"""The booking slip on a roll: one column, like the claim ticket of the design."""

from dataclasses import dataclass
from typing import Final

from posapp.domain.documents import BookingSlip, CopyMark, PaperSize
from posapp.printing import wording
from posapp.printing.codes import QR_QUIET, code128, qr
from posapp.printing.fonts import CAP_HEIGHT, Weight
from posapp.printing.layout import Sheet, badge_width
from posapp.printing.parts import coded, copy_mark, facts, logo_picture, person, shop_lines
from posapp.printing.text import Line, Style, fit, measure, one_line, wrap


@dataclass(frozen=True, slots=True)
class _Roll:
    """Sizes in dots of what stands on a roll."""

    shop: int
    number: int
    strong: int
    badge: int
    text: int
    small: int
    clock: int
    bar: int
    is_narrow: bool


_WIDE: Final = _Roll(38, 76, 28, 26, 24, 20, 44, 3, is_narrow=False)
_NARROW: Final = _Roll(30, 60, 24, 24, 22, 20, 36, 2, is_narrow=True)
_BARS_HIGH: Final = 96


class RollSlip:
    """One column, as long as it gets."""

    def __init__(self, sheet: Sheet, slip: BookingSlip) -> None:
        self.sheet, self.slip = sheet, slip
        self.sizes = _NARROW if sheet.frame.paper is PaperSize.ROLL_58 else _WIDE
        self.left, self.width = sheet.frame.left, sheet.frame.width

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        """Put everything on the sheet, from the shop's name to the thanks."""
        sheet, slip, sizes = self.sheet, self.slip, self.sizes
        self._shop(logo)
        if sheet.y > sheet.frame.top:
            self._divide(dashed=False)
        self._number()
        copy_mark(sheet, copy, slip.shop.locale, sizes.strong, sizes.small)
        sheet.space(10)
        self._customer()
        self._divide()
        self._when()
        sheet.space(14)
        self._work()
        self._divide(dashed=False)
        self._codes()
        self._farewell()

    def _divide(self, *, dashed: bool = True) -> None:
        self.sheet.space(14)
        self.sheet.rule(dashed=dashed)
        self.sheet.space(14)

    def _text(self, text: str, style: Style) -> None:
        self.sheet.block(wrap(text, style, self.width), self.left, self.width)

    def _shop(self, logo: bytes | None) -> None:
        sheet, shop = self.sheet, self.slip.shop
        if found := logo_picture(logo, self.width, 144):
            image, width, height = found
            sheet.picture(image, self.left + (self.width - width) / 2, sheet.y, width, height)
            sheet.space(height + 10)
        name = fit(shop.name, Style(self.sizes.shop, Weight.BOLD), self.width)
        sheet.block(name, self.left, self.width, "center")
        sheet.block(shop_lines(shop, self.sizes.small, self.width), self.left, self.width, "center")

    def _number(self) -> None:
        """The booking's number, and beside it, where there is room, when and by whom it was made."""
        sheet, slip, sizes = self.sheet, self.slip, self.sizes
        number = one_line(slip.number, Style(sizes.number, Weight.BOLD), self.width)
        facts_beside = [wording.TITLE, wording.moment(slip.made_at, slip.shop.locale), slip.made_by]
        beside: list[Line] = []
        for fact in facts_beside:
            beside += fit(fact, Style(sizes.small), self.width * (1 if sizes.is_narrow else 0.56))
        top, tall = sheet.y, number.style.size
        if not sizes.is_narrow and number.width + 24 + max(line.width for line in beside) <= self.width:
            room = sum(line.height for line in beside)
            sheet.y = top + max(0.0, (tall - room) / 2)
            sheet.block(beside, self.left, self.width, "right")
            middle = max(tall, room) / 2
            sheet.put(number, self.left - 3, top + middle + tall * CAP_HEIGHT / 2)
            sheet.y = max(sheet.y, top + tall)
        else:
            sheet.put(number, self.left - 3, top + tall * 0.9)
            sheet.y = top + tall
            sheet.block(beside, self.left, self.width, "left")

    def _customer(self) -> None:
        sheet, slip, sizes = self.sheet, self.slip, self.sizes
        style, small = Style(sizes.text, Weight.SEMIBOLD), Style(sizes.small)
        phone = one_line(slip.customer_phone, small, self.width)
        name = one_line(slip.customer_name, style)
        taken = badge_width(slip.pl_id, sizes.badge) + name.width + phone.width
        beside = taken + 2 * sizes.badge <= self.width
        top = sheet.y
        person(sheet, slip.pl_id, slip.customer_name, sizes.badge, style, self.left, self.width)
        rows = [("Phone", slip.customer_phone)] * (not beside) + [("Contact", slip.contact_name)]
        if beside:
            middle = (top + sheet.y) / 2
            sheet.put(phone, self.left + self.width, middle + CAP_HEIGHT / 2 * small.size, "right")
        if any(value.strip() for _, value in rows):
            sheet.space(8)
        facts(sheet, rows, sizes.small, self.left, self.width, self._labels())

    def _labels(self) -> float:
        return 104 if self.sizes.is_narrow else 131

    def _when(self) -> None:
        """The box that the paper is kept for: day and time."""
        sheet, slip, sizes = self.sheet, self.slip, self.sizes
        pad = 18
        inner = self.width - 2 * pad
        top = sheet.y
        word = measure("When", Style(sizes.text, Weight.SEMIBOLD))
        day_text = wording.day_with_weekday(slip.day, slip.shop.locale)
        day = fit(day_text, Style(sizes.strong, Weight.BOLD), inner - word.width - 20)
        clock = one_line(
            wording.clock(slip.starts, slip.shop.locale), Style(sizes.clock, Weight.BOLD), inner * 0.55
        )
        lasts = wrap(wording.duration_and_zone(slip), Style(sizes.text), inner - clock.width - 20)
        sheet.space(10)
        sheet.put(word, self.left + pad, sheet.y + max(word.above, day[0].above))
        sheet.block(day, self.left + pad, inner, "right")
        baseline = sheet.y + max(clock.above, lasts[0].above) - 4
        sheet.put(clock, self.left + pad + inner, baseline, "right")
        sheet.y = baseline - lasts[0].above
        sheet.block(lasts, self.left + pad, inner, "left")
        sheet.y = max(sheet.y + 8, baseline + clock.below + 4)
        sheet.box(self.left + 1, top + 1, self.width - 2, sheet.y - top - 2)

    def _work(self) -> None:
        sheet, slip, sizes = self.sheet, self.slip, self.sizes
        self._text(slip.service, Style(sizes.strong, Weight.BOLD))
        sheet.space(6)
        rows = [("With", slip.with_whom), ("Price", wording.price(slip))]
        facts(sheet, rows, sizes.small, self.left, self.width, self._labels())
        if note := wrap(slip.note, Style(sizes.text), self.width):
            sheet.space(8)
            sheet.block(note, self.left, self.width)

    def _codes(self) -> None:
        """Code 128 left and QR right, or below each other where the roll is narrow."""
        sheet, slip, sizes = self.sheet, self.slip, self.sizes
        module = 5
        quiet = QR_QUIET * module
        square = qr(slip.pl_id, module)
        bars = code128(slip.number, sizes.bar, _BARS_HIGH)
        top, size = sheet.y + 8, sizes.small
        if sizes.is_narrow:
            middle = self.left + self.width / 2
            end = coded(sheet, bars, slip.number, middle - bars.width / 2, top, size)
            end = coded(sheet, square, slip.pl_id, middle - square.width / 2, end + quiet, size, quiet)
        else:
            bottom = top + square.height
            right = self.left + self.width - square.width
            coded(sheet, bars, slip.number, self.left, bottom - bars.height, size, quiet)
            end = coded(sheet, square, slip.pl_id, right, top, size, quiet)
        sheet.y = end

    def _farewell(self) -> None:
        sheet, small = self.sheet, Style(self.sizes.small)
        if terms := wrap(self.slip.terms, small, self.width):
            sheet.space(16)
            sheet.block(terms, self.left, self.width)
        sheet.space(16)
        sheet.block(wrap(wording.THANKS, small, self.width), self.left, self.width, "center")
