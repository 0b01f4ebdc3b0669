"""The booking slip on a roll: when to come, large in a box, then for what."""

from posapp.domain.bookings.papers import BookingSlip
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, one_line, wrap


class RollSlip(RollPaper[BookingSlip]):
    """One column, as long as it gets."""

    narrow_labels = 104

    def body(self) -> None:
        """When, and for what."""
        self._when()
        self.sheet.space(14)
        self._work()
        self.divide(dashed=False)

    def _when(self) -> None:
        """The box that the paper is kept for: day and time."""
        sheet, slip, sizes = self.sheet, self.document, self.sizes
        pad = 18
        inner = self.width - 2 * pad
        top = sheet.y
        clock = one_line(
            wording.clock(slip.starts, slip.shop.locale), Style(sizes.clock, Weight.BOLD), inner * 0.55
        )
        lasts = wrap(wording.duration_and_zone(slip), Style(sizes.text), inner - clock.width - 20)
        sheet.space(10)
        self.box_row("When", wording.day_with_weekday(slip.day, slip.shop.locale))
        baseline = sheet.y + max(clock.above, lasts[0].above) - 4
        sheet.put(clock, self.left + pad + inner, baseline, "right")
        sheet.y = baseline - lasts[0].above
        sheet.block(lasts, self.left + pad, inner, "left")
        sheet.y = max(sheet.y + 8, baseline + clock.below + 4)
        self.close_box(top)

    def _work(self) -> None:
        slip, sizes = self.document, self.sizes
        self.text(slip.service, Style(sizes.strong, Weight.BOLD))
        self.sheet.space(6)
        self.facts([("With", slip.with_whom), ("Price", wording.amount(slip.price_minor, slip.shop))])
        if slip.note.strip():
            self.sheet.space(8)
            self.text(slip.note, Style(sizes.text))
