"""The paper at the till, on a roll: what was sold, the taxes in it, how it was paid."""

from typing import Final

from posapp.domain.selling.sale_papers import SaleReceipt, SoldLine, TaxLine
from posapp.printing.base import wording
from posapp.printing.base.codes import QR_QUIET, qr
from posapp.printing.base.fonts import Weight
from posapp.printing.base.parts import coded
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, fit, measure, one_line, wrap
from posapp.printing.selling import words

_LETTER: Final = 30
"""Dots of the column of tax letters."""
_MODULES: Final = (5, 4, 3)


class RollSale(RollPaper[SaleReceipt]):
    """A sale or a refund on a roll."""

    def heading(self) -> None:
        """What it is and its number, day and time to the right, then who sold."""
        sheet, sizes, paper = self.sheet, self.sizes, self.document
        style, small = Style(30, Weight.BOLD), Style(sizes.small)
        day, clock = (one_line(text, small, self.width) for text in self._moment())
        title = wording.title(paper) if paper.refund_of else wording.named(paper)
        lines = fit(title, style, self.width - (0 if sizes.is_narrow else day.width + 20))
        if paper.refund_of:
            lines.append(one_line(paper.number, style, self.width))
        if sizes.is_narrow:
            sheet.block(lines, self.left, self.width, "left")
            for text in (f"{day.text}, {clock.text}", paper.made_by):
                sheet.block(wrap(text, small, self.width), self.left, self.width, "left")
        else:
            sheet.put(day, self.left + self.width, sheet.y + lines[0].above, "right")
            sheet.block(lines, self.left, self.width, "left")
            by = wrap(paper.made_by, small, self.width - clock.width - 20)
            sheet.put(clock, self.left + self.width, sheet.y + clock.above, "right")
            sheet.block(by, self.left, self.width, "left")
            sheet.space(0 if by else clock.height)

    def _moment(self) -> tuple[str, str]:
        day, clock = self.document.made_at.split("T")
        locale = self.document.shop.locale
        return words.day(day, locale), wording.clock(clock, locale)

    def body(self) -> None:
        """Lines, total, payments, taxes, what is still owed."""
        paper, sheet, sizes = self.document, self.sheet, self.sizes
        if paper.voided:
            self.boxed("VOIDED", "")
            self.text(paper.voided, Style(sizes.small))
            self.divide()
        for number, line in enumerate(paper.lines):
            sheet.space(8 * bool(number))
            self._line(line)
        self.divide(dashed=False)
        self._total()
        self._payments()
        if (paper.is_inside and paper.taxes) or len({row.letter for row in paper.taxes}) > 1:
            self.divide()
            self._taxes()
        if paper.exempt:
            self.divide()
            self.text(f"{words.NO_TAX}: {paper.exempt}", Style(sizes.small))
        if paper.dues:
            self.divide()
            self._dues()
        self._squares()
        self.divide(dashed=False)

    # -- lines -------------------------------------------------------------------------------------------
    def _line(self, line: SoldLine) -> None:
        paper, sizes = self.document, self.sizes
        style, small = Style(sizes.text, Weight.SEMIBOLD), Style(sizes.small)
        figure = wording.figure(line.amount_minor, paper.shop)
        if sizes.is_narrow:
            self.text(words.name(line), style)
            self._lettered(self._times(line), figure, line.letter, Style(sizes.text))
        else:
            self._lettered(words.name(line), figure, line.letter, style)
            self.text(self._times(line), small)
        self.text(line.detail, small)

    def _lettered(self, text: str, figure: str, letter: str, style: Style) -> None:
        """A row with its tax letter in a column of its own, so that all figures end below each other."""
        whole, has_letters = self.width, any(line.letter for line in self.document.lines)
        self.width -= _LETTER * has_letters
        baseline = self.amount(text, figure, style)
        self.width = whole
        self.sheet.put(measure(letter, style), self.left + whole, baseline, "right")

    def _times(self, line: SoldLine) -> str:
        """ "2 × 12.50, less 2.50"; nothing for one at its price."""
        shop = self.document.shop
        times = (
            f"{abs(line.quantity)} × {wording.figure(line.unit_minor, shop)}"
            if abs(line.quantity) != 1 or line.discount_minor
            else ""
        )
        off = f"less {wording.figure(abs(line.discount_minor), shop)}" if line.discount_minor else ""
        return ", ".join(filter(None, (times, off)))

    # -- sums --------------------------------------------------------------------------------------------
    def _total(self) -> None:
        paper, text = self.document, Style(self.sizes.text)
        if not paper.is_inside and paper.taxes:
            self.amount(words.SUBTOTAL, wording.figure(paper.net_minor, paper.shop), text)
            for row in paper.taxes:
                label = " ".join(filter(None, (row.letter, words.tax(row))))
                self.amount(label, wording.figure(row.tax_minor, paper.shop), text)
            self.sheet.space(6)
        total = wording.amount(paper.total_minor, paper.shop)
        self.amount(words.TOTAL, total, Style(self.sizes.total, Weight.BOLD))

    def _payments(self) -> None:
        paper, shop, sizes = self.document, self.document.shop, self.sizes
        text, strong = Style(sizes.text), Style(sizes.strong, Weight.BOLD)
        rows = [(words.paid(one, shop.locale), one.amount_minor, text) for one in paper.payments]
        if paper.rounding_minor:
            rows.insert(0, (words.ROUNDING, paper.rounding_minor, text))
        if paper.change_minor:
            rows.append((words.CHANGE, paper.change_minor, strong))
        if paper.owed_minor:
            rows.append((words.LEFT, paper.owed_minor, strong))
        if rows:
            self.divide()
        for label, minor, style in rows:
            self.amount(label, wording.figure(minor, shop), style)

    def _taxes(self) -> None:
        """Rate, net, tax, gross; without the net where the roll is narrow."""
        gross = self.left + self.width
        tax = self.left + self.width * (0.68 if self.sizes.is_narrow else 0.77)
        net = None if self.sizes.is_narrow else self.left + self.width * 0.545
        self._tax_row("Tax", "Net", "Tax", "Gross", (net, tax, gross))
        for row in self.document.taxes:
            self._tax_row(*self._tax_texts(row), (net, tax, gross))

    def _tax_texts(self, row: TaxLine) -> tuple[str, str, str, str]:
        shop = self.document.shop
        label = " ".join(filter(None, (row.letter, words.tax(row))))
        gross = "" if row.gross_minor is None else wording.figure(row.gross_minor, shop)
        return label, wording.figure(row.net_minor, shop), wording.figure(row.tax_minor, shop), gross

    def _tax_row(
        self, label: str, net: str, tax: str, gross: str, places: tuple[float | None, float, float]
    ) -> None:
        sheet, style = self.sheet, Style(self.sizes.small)
        room = self.width * (0.42 if self.sizes.is_narrow else 0.34)
        lines = wrap(label, style, room)
        baseline = sheet.y + measure("0", style).above
        for text, place in zip((net, tax, gross), places, strict=True):
            if place is not None:
                sheet.put(one_line(text, style, self.width * 0.24), place, baseline, "right")
        sheet.block(lines, self.left, room, "left")

    def _dues(self) -> None:
        paper, style = self.document, Style(self.sizes.text)
        for one in paper.dues:
            label = ", ".join(filter(None, (words.OWED, words.due(one, paper.shop.locale))))
            self.amount(label, wording.figure(one.owed_minor, paper.shop), style)

    # -- codes to pay by, and of tax offices ---------------------------------------------------------------
    def _squares(self) -> None:
        paper = self.document
        if paper.payment:
            self.divide()
            amount = wording.amount(paper.owed_minor, paper.shop)
            self._square(paper.payment, words.pay_with(paper.scheme), f"{amount}, {paper.number}")
        if paper.stamp:
            self.divide()
            self._square(paper.stamp, "", "")

    def _square(self, payload: str, above: str, below: str) -> None:
        """A large code in the middle, its squares as wide as the roll allows."""
        sheet, strong = self.sheet, Style(self.sizes.text, Weight.SEMIBOLD)
        code = next(
            (made for module in _MODULES if (made := qr(payload, module)).width <= self.width * 0.75),
            qr(payload, _MODULES[-1]),
        )
        sheet.block(wrap(above, strong, self.width), self.left, self.width, "center")
        quiet = QR_QUIET * _MODULES[0]
        top, x = sheet.y + quiet, self.left + (self.width - code.width) / 2
        if below:
            sheet.y = coded(sheet, code, below, x, top, self.sizes.small, quiet)
        else:
            sheet.code(code, x, top)
            sheet.y = top + code.height + quiet
