"""The booking slip on A4 and Letter.

A letterhead, the customer and the booking side by side, the appointment large, and the codes at the foot.
"""

from typing import Final

from posapp.domain.documents import BookingSlip, CopyMark
from posapp.printing import wording
from posapp.printing.codes import QR_QUIET, code128, qr
from posapp.printing.fonts import CAP_HEIGHT, Weight
from posapp.printing.layout import Sheet
from posapp.printing.parts import coded, facts, logo_picture, person, shop_lines
from posapp.printing.text import Line, Style, fit, measure, one_line, wrap

_BARS_HIGH: Final = 96
_BODY: Final = 27
_SMALL: Final = 24
_FOOT: Final = 22
_CAPTION: Final = Style(_SMALL, Weight.SEMIBOLD)
_MOST_TERMS: Final = 5


class SheetSlip:
    """A page of A4 or Letter; a long note or long terms go on over further pages."""

    def __init__(self, sheet: Sheet, slip: BookingSlip) -> None:
        assert sheet.frame.height is not None
        self.sheet, self.slip = sheet, slip
        self.left, self.width, self.right = sheet.frame.left, sheet.frame.width, sheet.frame.right
        self.bars = code128(slip.number, 3, _BARS_HIGH)
        self.page_end = sheet.frame.height - sheet.frame.top
        self.foot = self.page_end - 250
        self.terms = wrap(slip.terms or wording.THANKS, Style(_SMALL), self.width - self.bars.width - 120)

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        """Put everything on the page, and on further ones where notes and terms are long."""
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
            self.terms = wrap(wording.THANKS, Style(_SMALL), self.width / 2)
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
        sheet.block([measure(wording.TITLE, Style(64, Weight.BOLD))], self.right - rest, rest, "right")
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
        sheet.block(
            wrap(wording.duration_and_zone(slip), Style(_BODY), column), self.left + pad, column, "left"
        )
        middle = (start + sheet.y) / 2
        sheet.put(clock, self.right - pad, middle + 76 * CAP_HEIGHT / 2, "right")
        sheet.space(24)
        sheet.box(self.left + 1, top + 1, self.width - 2, sheet.y - top - 2)

    def _work(self) -> None:
        """The table of what is booked: one line, with its head."""
        sheet, slip = self.sheet, self.slip
        price = one_line(wording.price(slip), Style(_BODY, Weight.SEMIBOLD), self.width * 0.25)
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
        whose = f" · {wording.TITLE} {slip.number} · {slip.pl_id}"
        shop = fit(slip.shop.name, Style(_FOOT), self.width - last.width - 500, lines=1)[:1]
        x: float = self.left
        for line in [*shop, measure(whose if shop else whose[3:], Style(_FOOT))]:
            sheet.put(line, x, baseline)
            x += line.width
