"""The booking slip: when to come, for what, and the PL ID to name next time.

On a roll one column, like the claim ticket of the design; on A4 and Letter a letterhead, the customer and the
booking side by side, the appointment large, and the codes at the foot.
"""

from dataclasses import dataclass
from typing import Final

from posapp.domain.documents import BookingSlip, CopyMark, PaperSize
from posapp.printing import wording
from posapp.printing.codes import QR_QUIET, code128, qr
from posapp.printing.fonts import CAP_HEIGHT, Weight
from posapp.printing.layout import FRAMES, Sheet, badge_width
from posapp.printing.parts import coded, copy_mark, facts, logo_picture, person, shop_lines
from posapp.printing.text import Line, Style, fit, measure, one_line, wrap

TITLE: Final = "Booking"
THANKS: Final = "Thank you, see you soon."


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


def lay_out(slip: BookingSlip, paper: PaperSize, copy: CopyMark | None, logo: bytes | None) -> Sheet:
    """The slip on a paper; `y` of the result is where a roll may be cut, before its lower margin."""
    sheet = Sheet(FRAMES[paper])
    if paper.is_roll:
        _RollSlip(sheet, slip, _NARROW if paper is PaperSize.ROLL_58 else _WIDE).fill(copy, logo)
    else:
        _SheetSlip(sheet, slip).fill(copy, logo)
    return sheet


def _duration_and_zone(slip: BookingSlip) -> str:
    return ", ".join(part for part in (wording.length(slip.minutes), slip.zone_note) if part)


def _price(slip: BookingSlip) -> str:
    if slip.price_minor is None:
        return ""
    return wording.amount(slip.price_minor, slip.shop.currency, slip.shop.locale)


class _RollSlip:
    """One column on a roll."""

    def __init__(self, sheet: Sheet, slip: BookingSlip, sizes: _Roll) -> None:
        self.sheet, self.slip, self.sizes = sheet, slip, sizes
        self.left, self.width = sheet.frame.left, sheet.frame.width

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
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
        facts_beside = [TITLE, wording.moment(slip.made_at, slip.shop.locale), slip.made_by]
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
        lasts = wrap(_duration_and_zone(slip), Style(sizes.text), inner - clock.width - 20)
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
        rows = [("With", slip.with_whom), ("Price", _price(slip))]
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
        sheet.block(wrap(THANKS, small, self.width), self.left, self.width, "center")


_BODY: Final = 27
_SMALL: Final = 24
_FOOT: Final = 22
_CAPTION: Final = Style(_SMALL, Weight.SEMIBOLD)
_MOST_TERMS: Final = 5


class _SheetSlip:
    """A page of A4 or Letter; a long note or long terms go on over further pages."""

    def __init__(self, sheet: Sheet, slip: BookingSlip) -> None:
        assert sheet.frame.height is not None
        self.sheet, self.slip = sheet, slip
        self.left, self.width, self.right = sheet.frame.left, sheet.frame.width, sheet.frame.right
        self.bars = code128(slip.number, 3, _BARS_HIGH)
        self.page_end = sheet.frame.height - sheet.frame.top
        self.foot = self.page_end - 250
        self.terms = wrap(slip.terms or THANKS, Style(_SMALL), self.width - self.bars.width - 120)

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        self._letterhead(copy, logo)
        self.sheet.space(70)
        self._customer_and_facts()
        self.sheet.space(60)
        self._when()
        self.sheet.space(60)
        self._work()
        self._flow(wrap(self.slip.note, Style(_BODY), self.width), "Note")
        if len(self.terms) > _MOST_TERMS:
            self._flow(wrap(self.slip.terms, Style(_SMALL), self.width), "Terms")
            self.terms = wrap(THANKS, Style(_SMALL), self.width / 2)
        self._feet()

    def _letterhead(self, copy: CopyMark | None, logo: bytes | None) -> None:
        sheet, slip = self.sheet, self.slip
        top, x, half = sheet.y, self.left, self.width * 0.62
        bottom = top
        if found := logo_picture(logo, 360, 150):
            image, wide, high = found
            sheet.picture(image, x, top, wide, high)
            x, half, bottom = x + wide + 30, half - wide - 30, top + high
        sheet.block(fit(slip.shop.name, Style(42, Weight.BOLD), half), x, half, "left")
        sheet.space(4)
        sheet.block(shop_lines(slip.shop, _SMALL, half), x, half, "left")
        bottom = max(bottom, sheet.y)
        sheet.y = top - 10
        rest = self.width * 0.34
        sheet.block([measure(TITLE, Style(64, Weight.BOLD))], self.right - rest, rest, "right")
        number = one_line(slip.number, Style(38, Weight.SEMIBOLD), rest)
        sheet.block([number], self.right - rest, rest, "right")
        if copy is not None and copy.is_copy:
            sheet.space(8)
            sheet.block(
                [measure(f"COPY {copy.count}", Style(30, Weight.BOLD))], self.right - rest, rest, "right"
            )
            said = f"{wording.moment(copy.at, slip.shop.locale)}, {copy.by}"
            sheet.block(wrap(said, Style(_SMALL), rest), self.right - rest, rest, "right")
        sheet.y = max(bottom, sheet.y)

    def _customer_and_facts(self) -> None:
        sheet, slip = self.sheet, self.slip
        top = sheet.y
        square = qr(slip.pl_id, 7)
        coded(sheet, square, slip.pl_id, self.right - square.width, top, _SMALL, QR_QUIET * 7)
        column = self.width * 0.44
        sheet.block([measure("Customer", _CAPTION)], self.left, column)
        sheet.space(6)
        name = Style(34, Weight.SEMIBOLD)
        person(sheet, slip.pl_id, slip.customer_name, 30, name, self.left, column)
        sheet.space(10)
        sheet.block(wrap(slip.customer_phone, Style(_BODY), column), self.left, column, "left")
        if slip.contact_name.strip():
            facts(sheet, [("Contact", slip.contact_name)], _BODY, self.left, column)
        end, sheet.y = sheet.y, top
        x = self.left + column + 50
        rows = [("Made", wording.moment(slip.made_at, slip.shop.locale)), ("By", slip.made_by)]
        facts(sheet, rows, _BODY, x, self.right - square.width - 60 - x, 110)
        sheet.y = max(end, sheet.y, top + square.height + 52)

    def _when(self) -> None:
        """Day and time in a box across the page."""
        sheet, slip = self.sheet, self.slip
        top, pad = sheet.y, 40
        inner = self.width - 2 * pad
        sheet.space(24)
        clock = one_line(wording.clock(slip.starts, slip.shop.locale), Style(76, Weight.BOLD), inner * 0.35)
        column = inner - clock.width - 60
        start = sheet.y
        sheet.block([measure("When", _CAPTION)], self.left + pad, column)
        day_text = wording.day_with_weekday(slip.day, slip.shop.locale)
        sheet.block(fit(day_text, Style(48, Weight.BOLD), column), self.left + pad, column, "left")
        sheet.block(wrap(_duration_and_zone(slip), Style(_BODY), column), self.left + pad, column, "left")
        middle = (start + sheet.y) / 2
        sheet.put(clock, self.right - pad, middle + 76 * CAP_HEIGHT / 2, "right")
        sheet.space(24)
        sheet.box(self.left + 1, top + 1, self.width - 2, sheet.y - top - 2)

    def _work(self) -> None:
        """The table of what is booked: one line, with its head."""
        sheet, slip = self.sheet, self.slip
        price = one_line(_price(slip), Style(_BODY, Weight.SEMIBOLD), self.width * 0.25)
        service_width, with_x = self.width * 0.46, self.left + self.width * 0.5
        with_width = self.width * 0.24
        top = sheet.y
        sheet.block([measure("Service", _CAPTION)], self.left, service_width)
        end = sheet.y
        for word, x, width in (("With", with_x, with_width), ("Price", self.right - 300, 300)):
            shown = slip.with_whom if word == "With" else price.text
            if shown.strip():
                sheet.y = top
                sheet.block([measure(word, _CAPTION)], x, width, "left" if word == "With" else "right")
        sheet.y = end + 10
        sheet.rule()
        sheet.space(14)
        top = sheet.y
        sheet.put(price, self.right, top + price.above, "right")
        sheet.block(wrap(slip.with_whom, Style(_BODY), with_width), with_x, with_width, "left")
        end, sheet.y = sheet.y, top
        style = Style(_BODY, Weight.SEMIBOLD)
        sheet.block(wrap(slip.service, style, service_width), self.left, service_width, "left")
        sheet.y = max(end, sheet.y)

    def _flow(self, lines: list[Line], heading: str) -> None:
        """A headed text that goes on over the next page where it must."""
        sheet = self.sheet
        if not lines:
            return
        sheet.space(50)
        head = measure(heading, _CAPTION)
        if sheet.y + head.height + 2 * lines[0].height > self.foot - 40:
            sheet.new_page()
        sheet.block([head], self.left, self.width)
        sheet.space(6)
        for line in lines:
            if sheet.y + line.height > self.foot - 40:
                sheet.new_page()
            sheet.block([line], self.left, self.width)

    def _feet(self) -> None:
        """The foot of every page, once it is known how many there are."""
        pages = self.sheet.pages
        for page in range(len(pages)):
            self.sheet.pages = pages[page : page + 1]
            self._foot(f"Page {page + 1} of {len(pages)}")
        self.sheet.pages = pages

    def _foot(self, page: str) -> None:
        sheet, slip = self.sheet, self.slip
        sheet.y = self.foot
        sheet.rule()
        sheet.space(30)
        coded(sheet, self.bars, slip.number, self.right - self.bars.width, sheet.y, _SMALL)
        width = self.width - self.bars.width - 120
        sheet.block(self.terms, self.left, width)
        last = measure(page, Style(_FOOT))
        baseline = self.page_end - last.below
        sheet.put(last, self.right, baseline, "right")
        whose = f" · {TITLE} {slip.number} · {slip.pl_id}"
        shop = fit(slip.shop.name, Style(_FOOT), self.width - last.width - 500, lines=1)[:1]
        x: float = self.left
        for line in [*shop, measure(whose if shop else whose[3:], Style(_FOOT))]:
            sheet.put(line, x, baseline)
            x += line.width
