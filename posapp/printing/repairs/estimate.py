"""The estimate: lines with quantity, price and warranty, their total, and the answer or room to give it."""

from typing import Final

from posapp.domain.repairs.papers import EstimatePaper, PricedLine
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, CAPTION, SMALL, PagePaper
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, measure, one_line, wrap

SIGN: Final = "I agree to this estimate"


class RollEstimate(RollPaper[EstimatePaper]):
    """The estimate on a roll."""

    def beside(self) -> list[str]:
        """What it is with its version, when it was made, and by whom."""
        _, made, by = super().beside()
        return [wording.estimate_title(self.document), made, by]

    def body(self) -> None:
        """The devices, the lines, the total, and the answer if there is one."""
        paper, sheet, sizes = self.document, self.sheet, self.sizes
        self.text(paper.devices, Style(sizes.strong, Weight.BOLD))
        self.divide()
        for number, line in enumerate(paper.lines):
            sheet.space(8 * bool(number))
            self._line(line)
        self.divide(dashed=False)
        self.amount("Total", wording.amount(paper.total_minor, paper.shop), Style(sizes.total, Weight.BOLD))
        if paper.answer.strip():
            self.divide()
            self.text(paper.answer, Style(sizes.text, Weight.SEMIBOLD))
        self.divide(dashed=False)

    def _line(self, line: PricedLine) -> None:
        shop, sizes = self.document.shop, self.sizes
        style, small = Style(sizes.text, Weight.SEMIBOLD), Style(sizes.small)
        self.amount(line.text, wording.amount(line.amount_minor, shop), style)
        self.text(wording.times(line, shop), small)
        self.text(line.detail, small)

    def closing(self) -> None:
        """A line to agree on, until there is an answer; then thanks."""
        if self.document.answer.strip():
            super().closing()
        else:
            self.signature(SIGN)


class PageEstimate(PagePaper[EstimatePaper]):
    """The estimate on A4 and Letter; the head of the table repeats on each page."""

    def paper_facts(self) -> list[tuple[str, str]]:
        """When it was made and by whom, and its version."""
        paper = self.document
        version = str(paper.version) if paper.version > 1 else ""
        return [*super().paper_facts(), ("Version", version)]

    def body(self) -> None:
        """The devices, the table, its total, and the answer if there is one."""
        paper = self.document
        devices = wrap(paper.devices, Style(34, Weight.SEMIBOLD), self.width)
        self.flow(devices, self.left, self.width)
        self.sheet.space(40 if devices else 0)
        self.turn(260)
        self._head()
        for line in paper.lines:
            self._line(line)
        self._total()
        self.headed(paper.answer, "Answer")

    def closing(self) -> None:
        """Lines to agree on, until there is an answer."""
        if not self.document.answer.strip():
            self.signature(SIGN)

    @property
    def _columns(self) -> tuple[float, float, float]:
        """Where the item ends, and the right ends of quantity and price."""
        return self.width * 0.52, self.left + self.width * 0.6, self.left + self.width * 0.8

    def _head(self) -> None:
        sheet = self.sheet
        _, quantity, price = self._columns
        item = measure("Item", CAPTION)
        baseline = sheet.y + item.above
        sheet.put(item, self.left, baseline)
        for word, right in (("Qty", quantity), ("Price", price), ("Total", self.right)):
            sheet.put(measure(word, CAPTION), right, baseline, "right")
        sheet.space(item.height + 10)
        sheet.rule()
        sheet.space(14)

    def _line(self, line: PricedLine) -> None:
        sheet, shop = self.sheet, self.document.shop
        width, quantity, price = self._columns
        strong, plain = Style(BODY, Weight.SEMIBOLD), Style(BODY)
        texts = wrap(line.text, strong, width)
        self.turn(sum(text.height for text in texts[:4]) + 40, self._head)
        baseline = sheet.y + measure("0", plain).above
        figures = (
            (str(line.quantity), plain, quantity, self.width * 0.08),
            (wording.amount(line.unit_minor, shop), plain, price, self.width * 0.19),
            (wording.amount(line.amount_minor, shop), strong, self.right, self.width * 0.19),
        )
        for figure, style, right, most in figures:
            sheet.put(one_line(figure, style, most), right, baseline, "right")
        self.flow(texts, self.left, width, self._head)
        self.flow(wrap(line.detail, Style(SMALL), width), self.left, width, self._head)
        sheet.space(18)

    def _total(self) -> None:
        sheet, paper = self.sheet, self.document
        self.turn(90)
        sheet.rule()
        sheet.space(14)
        figure = one_line(
            wording.amount(paper.total_minor, paper.shop), Style(38, Weight.BOLD), self.width * 0.45
        )
        baseline = sheet.y + figure.above
        sheet.put(figure, self.right, baseline, "right")
        sheet.put(measure("Total", Style(BODY, Weight.BOLD)), self.left + self.width * 0.5, baseline)
        sheet.space(figure.height)
