"""The hand-back: what was wrong, what was done, how long it is guaranteed, and who took it."""

from posapp.domain.repairs.papers import HandBackPaper, HandedLine
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, PagePaper
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, wrap

TAKEN, SIGN = "Taken by", "Signature of the person who took it"


def _facts(paper: HandBackPaper, device: HandedLine) -> list[tuple[str, str]]:
    """Who took a device stands with it only where not all were taken at once."""
    apart = len({one.taken for one in paper.devices}) > 1
    return [
        ("Reported", device.fault),
        ("Found", device.found),
        ("Warranty", device.warranty),
        ("Price", wording.amount(device.price_minor, paper.shop)),
        (TAKEN, device.taken if apart else ""),
    ]


class RollHandBack(RollPaper[HandBackPaper]):
    """The hand-back on a roll."""

    def body(self) -> None:
        """The devices, what stays, and who took them."""
        paper, sheet, sizes = self.document, self.sheet, self.sizes
        for position, device in enumerate(paper.devices, start=1):
            if position > 1:
                self.divide()
            self.device(device.device, device.mark, wording.place(position, len(paper.devices)))
            sheet.space(4)
            self.text(device.outcome, Style(sizes.text, Weight.SEMIBOLD))
            sheet.space(8)
            self.facts(_facts(paper, device))
        if paper.still_here.strip():
            self.divide()
            self.facts([("Still here", paper.still_here)])
        self.divide(dashed=False)
        if paper.taken_by.strip():
            self.boxed(TAKEN, paper.taken_by)
            sheet.space(14)

    def closing(self) -> None:
        """A line to sign on, then thanks."""
        self.signature(SIGN)
        super().closing()


class PageHandBack(PagePaper[HandBackPaper]):
    """The hand-back on A4 and Letter."""

    def paper_facts(self) -> list[tuple[str, str]]:
        """When the devices were handed back, and by whom."""
        made, by = super().paper_facts()
        return [("Handed back", made[1]), by]

    def body(self) -> None:
        """Who took them, then the devices and what stays."""
        paper, sheet = self.document, self.sheet
        if paper.taken_by.strip():
            self.panel(TAKEN, paper.taken_by, "")
        for position, device in enumerate(paper.devices, start=1):
            sheet.space(60 if position > 1 or paper.taken_by.strip() else 0)
            self.device(device.device, device.mark, wording.place(position, len(paper.devices)))
            self.flow(wrap(device.outcome, Style(BODY, Weight.SEMIBOLD), self.width), self.left, self.width)
            sheet.space(10)
            self.facts(_facts(paper, device))
        self.headed(paper.still_here, "Still here")

    def closing(self) -> None:
        """Lines to sign on."""
        self.signature(SIGN)
