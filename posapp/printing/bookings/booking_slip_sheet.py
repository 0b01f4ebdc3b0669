"""The booking slip on A4 and Letter: the appointment large in a box, then what is booked."""

from posapp.domain.bookings.papers import BookingSlip
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, CAPTION, PagePaper
from posapp.printing.base.text import Style, measure, one_line, wrap


class SheetSlip(PagePaper[BookingSlip]):
    """A page of A4 or Letter; a long note or long terms go on over further pages."""

    def body(self) -> None:
        """Day and time, what is booked, and the note."""
        slip = self.document
        clock = wording.clock(slip.starts, slip.shop.locale)
        self.panel(
            "When",
            wording.day_with_weekday(slip.day, slip.shop.locale),
            wording.duration_and_zone(slip),
            one_line(clock, Style(76, Weight.BOLD), self.width * 0.33),
        )
        self.sheet.space(60)
        self._work()
        self.headed(slip.note, "Note")

    def _work(self) -> None:
        """The table of what is booked: one line, with its head."""
        sheet, slip = self.sheet, self.document
        amount = wording.amount(slip.price_minor, slip.shop)
        price = one_line(amount, Style(BODY, Weight.SEMIBOLD), self.width * 0.25)
        service_width, with_x = self.width * 0.46, self.left + self.width * 0.5
        with_width = self.width * 0.24
        top = sheet.y
        sheet.block([measure("Service", CAPTION)], self.left, service_width)
        end = sheet.y
        for word, x, width in (("With", with_x, with_width), ("Price", self.right - 300, 300)):
            shown = slip.with_whom if word == "With" else price.text
            if shown.strip():
                sheet.y = top
                sheet.block([measure(word, CAPTION)], x, width, "left" if word == "With" else "right")
        sheet.y = end + 10
        sheet.rule()
        sheet.space(14)
        top = sheet.y
        sheet.put(price, self.right, top + price.above, "right")
        sheet.block(wrap(slip.with_whom, Style(BODY), with_width), with_x, with_width, "left")
        end, sheet.y = sheet.y, top
        style = Style(BODY, Weight.SEMIBOLD)
        sheet.block(wrap(slip.service, style, service_width), self.left, service_width, "left")
        sheet.y = max(end, sheet.y)
