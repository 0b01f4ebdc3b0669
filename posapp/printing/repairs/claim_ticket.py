"""The claim ticket: what was left here, in which condition, about what it costs and when it is ready.

Of a device it names what the customer may read. Passcode and internal note are not in the document at all.
"""

from posapp.domain.repairs.papers import ClaimTicket, DeviceLine
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, PagePaper
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, one_line, wrap

READY, PAY, SIGN, CLAIM = "Ready by", "About to pay", "Customer signature", "Warranty"


def _condition(device: DeviceLine) -> list[tuple[str, str]]:
    return [
        ("Faulty", device.faulty),
        ("Works", device.works),
        ("Untested", device.untested),
        ("Left here", device.accessories),
    ]


def _ready(ticket: ClaimTicket) -> tuple[str, ...]:
    """Day and time, or nothing."""
    return wording.day_and_time(ticket.ready_by, ticket.shop.locale) if ticket.ready_by else ()


class RollClaimTicket(RollPaper[ClaimTicket]):
    """The claim ticket on a roll."""

    def beside(self) -> list[str]:
        """What it is, when the devices were checked in, and by whom."""
        title, made, by = super().beside()
        return [f"{title} checked in", made, by]

    def customer_facts(self) -> list[tuple[str, str]]:
        """The person, and the booking that the devices came with."""
        return [*super().customer_facts(), ("Booking", self.document.booking)]

    def body(self) -> None:
        """The devices, about what it costs, and when it is ready."""
        ticket, sheet, sizes = self.document, self.sheet, self.sizes
        for position, device in enumerate(ticket.devices, start=1):
            if position > 1:
                self.divide(dashed=False)
            self._device(device, wording.place(position, len(ticket.devices)))
        if ticket.claims:
            self.divide()
            self.facts([(CLAIM, ticket.claims)])
        self.divide(dashed=False)
        if price := wording.amount(ticket.about_minor, ticket.shop):
            self.amount(PAY, price, Style(sizes.strong, Weight.BOLD))
            sheet.space(10)
        if ready := _ready(ticket):
            self.boxed(READY, *(ready if sizes.is_narrow else (", ".join(ready),)))
            sheet.space(14)

    def _device(self, device: DeviceLine, place: str) -> None:
        self.device(device.device, device.mark, place)
        self.sheet.space(8)
        self.text(device.fault, Style(self.sizes.text))
        rows = [(label, value) for label, value in _condition(device) if value.strip()]
        if rows:
            self.divide()
            self.facts(rows)

    def closing(self) -> None:
        """A line to sign on."""
        self.signature(SIGN)


class PageClaimTicket(PagePaper[ClaimTicket]):
    """The claim ticket on A4 and Letter."""

    def paper_facts(self) -> list[tuple[str, str]]:
        """When the devices were checked in, by whom, and the booking they came with."""
        made, by = super().paper_facts()
        return [("Checked in", made[1]), by, ("Booking", self.document.booking)]

    def body(self) -> None:
        """When it is ready and about what it costs, then the devices."""
        ticket = self.document
        price, ready = wording.amount(ticket.about_minor, ticket.shop), ", ".join(_ready(ticket))
        if ready and price:
            figure = one_line(price, Style(48, Weight.BOLD), self.width * 0.35)
            self.panel(READY, ready, "", figure, PAY)
        elif ready or price:
            self.panel(READY if ready else PAY, ready or price, "")
        for position, device in enumerate(ticket.devices, start=1):
            self.sheet.space(60 if position > 1 or ready or price else 0)
            self.device(device.device, device.mark, wording.place(position, len(ticket.devices)))
            self.flow(wrap(device.fault, Style(BODY), self.width), self.left, self.width)
            self.sheet.space(16)
            self.facts(_condition(device))
        self.headed(ticket.claims, CLAIM)

    def closing(self) -> None:
        """Lines to sign on."""
        self.signature(SIGN)
