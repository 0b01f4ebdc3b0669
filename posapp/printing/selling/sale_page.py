"""Receipt and invoice on A4 and Letter: both parties, the table of lines, taxes and total, how to pay."""

from collections.abc import Callable
from typing import Final, Generic, NamedTuple, TypeVar

from posapp.domain.papers.documents import CopyMark, PaperSize
from posapp.domain.selling.sale_papers import Invoice, SalePaper, SaleReceipt, SoldLine, TaxLine
from posapp.printing.base import wording
from posapp.printing.base.codes import QR_QUIET, qr
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import AMOUNT_ROOM, BODY, CAPTION, SMALL, PagePaper
from posapp.printing.base.text import Line, Style, fit, measure, one_line, wrap
from posapp.printing.selling import words
from posapp.printing.selling.swiss_bill import put_bill

_ROW: Final = 46
"""Dots of a row of sums."""
_TAXES, _TOTALS, _TAX_LABEL = 0.46, 0.42, 0.32
"""Parts of the width that taxes and total take beside each other; parts of the former for what a tax is."""
_MODULE: Final = 5
_GAP: Final = 0.015
"""Parts of the width between two columns."""

S = TypeVar("S", bound=SalePaper)


class Column(NamedTuple):
    """A column of figures: its head, its room in parts of the width, what stands in it."""

    head: str
    room: float
    text: Callable[[SoldLine], str]


class PageSale(PagePaper[S], Generic[S]):
    """What both have in common."""

    last_words = wording.THANKS

    def fill(self, copy: CopyMark | None, logo: bytes | None) -> None:
        """The paper, and after it a page to pay by where the code asks for one (Swiss bills)."""
        super().fill(copy, logo)
        if self.document.scheme == "swiss" and self.sheet.frame.paper is PaperSize.A4:
            put_bill(self.sheet, self.document.payment)

    def paper_facts(self) -> list[tuple[str, str]]:
        """When, by whom, about which tickets, and whether it is paid."""
        paper = self.document
        about = ", ".join(dict.fromkeys(line.number for line in paper.lines if line.number))
        made = wording.moment(paper.made_at, paper.shop.locale)
        status = [("Status", self._status())] if not paper.refund_of else []
        return [("Date", made), ("Served by", paper.made_by), ("About", about), *status]

    def _status(self) -> str:
        paper = self.document
        if paper.voided:
            return "Voided"
        if paper.owed_minor:
            return f"{words.LEFT} {wording.amount(paper.owed_minor, paper.shop)}"
        return "Paid in full"

    def columns(self) -> list[Column]:
        """The columns of figures."""
        shop = self.document.shop
        return [
            Column("Qty", 0.06, lambda line: words.pieces(line.quantity)),
            Column("Price", 0.1, lambda line: wording.amount(line.unit_minor, shop)),
            Column("Discount", 0.1, self._discount),
            Column("Tax", 0.08, lambda line: words.rate_of(self.document, line.letter)),
            Column("Total", 0.14, lambda line: wording.amount(line.amount_minor, shop)),
        ]

    def body(self) -> None:
        """The lines, then taxes and total beside each other, then what is said about them."""
        paper = self.document
        if paper.voided:
            self.panel("Voided", paper.voided, "")
            self.sheet.space(50)
        self.turn(260)
        self._head()
        for line in paper.lines:
            self._line(line)
        self._sums()
        self.told()
        self._payment()

    def told(self) -> None:
        """What is said about the sums."""
        paper = self.document
        self.headed(paper.exempt, words.NO_TAX)

    # -- lines -------------------------------------------------------------------------------------------
    def _discount(self, line: SoldLine) -> str:
        return wording.amount(abs(line.discount_minor), self.document.shop) if line.discount_minor else "–"

    def _places(self) -> list[tuple[Column, float]]:
        """Each column with its right end, beside each other up to the right margin."""
        places, right = [], float(self.right)
        for column in reversed(self.columns()):
            places.append((column, right))
            right -= self.width * (column.room + _GAP)
        return places

    def _item_room(self) -> float:
        return self.width * (1 - sum(column.room + _GAP for column in self.columns()))

    def _head(self) -> None:
        sheet = self.sheet
        item = measure("Item", CAPTION)
        baseline = sheet.y + item.above
        sheet.put(item, self.left, baseline)
        for column, right in self._places():
            head = one_line(column.head, CAPTION, self.width * column.room)
            sheet.put(head, right, baseline, "right")
        sheet.space(item.height + 10)
        sheet.rule()
        sheet.space(14)

    def _line(self, line: SoldLine) -> None:
        sheet, room = self.sheet, self._item_room()
        strong, plain = Style(BODY, Weight.SEMIBOLD), Style(BODY)
        texts = wrap(words.name(line), strong, room)
        below = wrap("\n".join(filter(None, (line.sku, line.detail))), Style(SMALL), room)
        self.turn(sum(one.height for one in [*texts[:4], *below[:2]]) + 20, self._head)
        baseline = sheet.y + measure("0", plain).above
        for column, right in self._places():
            style = strong if right == self.right else plain
            figure = one_line(column.text(line), style, self.width * column.room)
            sheet.put(figure, right, baseline, "right")
        self.flow(texts, self.left, room, self._head)
        self.flow(below, self.left, room, self._head)
        sheet.space(18)

    # -- sums --------------------------------------------------------------------------------------------
    def _sums(self) -> None:
        """Left the taxes, right the total and the payments."""
        sheet = self.sheet
        taxes, sums = self._tax_rows(), self._rows()
        sheet.space(30)
        self.turn(max(self._tax_height(taxes), self._total_height(sums)))
        top = sheet.y
        if taxes:
            self._tax_table(taxes)
        end, sheet.y = sheet.y, top
        self._total(sums)
        sheet.y = max(end, sheet.y)

    def _tax_height(self, rows: list[tuple[str, str, str, str]]) -> float:
        style, room = Style(SMALL), self.width * _TAXES * _TAX_LABEL
        return sum(10 + line.height for row in rows for line in wrap(row[0], style, room)) + _ROW

    def _total_height(self, rows: list[tuple[str, int, Style]]) -> float:
        room = self.width * _TOTALS * (1 - AMOUNT_ROOM)
        labels = [line for label, _, style in rows for line in fit(label, style, room)]
        taxes = 0 if self.document.is_inside else len(self.document.taxes) + 1
        return sum(10 + line.height for line in labels) + (2 + 2 * taxes) * _ROW

    def _tax_rows(self) -> list[tuple[str, str, str, str]]:
        rows = [self._tax_row(row) for row in self.document.taxes]
        if len({row.letter for row in self.document.taxes}) > 1:
            rows.append(self._sum_row())
        return rows

    def _tax_row(self, row: TaxLine) -> tuple[str, str, str, str]:
        shop = self.document.shop
        net, tax = wording.amount(row.net_minor, shop), wording.amount(row.tax_minor, shop)
        return words.tax(row), net, tax, wording.amount(row.gross_minor, shop)

    def _sum_row(self) -> tuple[str, str, str, str]:
        firsts = [row for row in self.document.taxes if row.gross_minor is not None]
        net = sum(row.net_minor for row in firsts)
        tax = sum(row.tax_minor for row in self.document.taxes)
        shop = self.document.shop
        return "Sum", wording.amount(net, shop), wording.amount(tax, shop), wording.amount(net + tax, shop)

    def _tax_table(self, rows: list[tuple[str, str, str, str]]) -> None:
        sheet, width = self.sheet, self.width * _TAXES
        for number, row in enumerate([("Tax", "Net", "Tax", "Gross"), *rows]):
            is_sum = number == len(rows) and row[0] == "Sum"
            style = CAPTION if not number else Style(SMALL, Weight.SEMIBOLD if is_sum else Weight.REGULAR)
            lines = wrap(row[0], style, width * _TAX_LABEL)
            baseline = sheet.y + measure("0", style).above
            for text, right in zip(row[1:], (0.56, 0.77, 1.0), strict=True):
                sheet.put(one_line(text, style, width * 0.2), self.left + width * right, baseline, "right")
            sheet.block(lines, self.left, width * _TAX_LABEL, "left")
            sheet.space(10)
            if not number:
                sheet.rule(x=self.left, width=width)
                sheet.space(12)

    def _rows(self) -> list[tuple[str, int, Style]]:
        paper, text = self.document, Style(BODY)
        rows = [(words.ROUNDING, paper.rounding_minor, text)] * bool(paper.rounding_minor)
        rows += [(words.paid(one, paper.shop.locale), one.amount_minor, text) for one in paper.payments]
        if paper.change_minor:
            rows.append((words.CHANGE, paper.change_minor, text))
        if not paper.refund_of and not paper.voided:
            rows.append((words.LEFT, paper.owed_minor, Style(BODY, Weight.BOLD)))
        return rows

    def _total(self, rows: list[tuple[str, int, Style]]) -> None:
        sheet, paper, width = self.sheet, self.document, self.width * _TOTALS
        x = self.right - width
        if not paper.is_inside and paper.taxes:
            self._sum(words.SUBTOTAL, paper.net_minor, Style(BODY), x)
            for row in paper.taxes:
                self._sum(words.tax(row), row.tax_minor, Style(BODY), x)
        total = one_line(wording.amount(paper.total_minor, paper.shop), Style(60, Weight.BOLD), width * 0.7)
        baseline = sheet.y + total.above
        sheet.put(total, self.right, baseline, "right")
        sheet.put(measure(words.TOTAL, Style(36, Weight.BOLD)), x, baseline)
        sheet.space(total.height + 8)
        sheet.rule(x=x, width=width)
        sheet.space(16)
        for label, minor, style in rows:
            self._sum(label, minor, style, x)

    def _sum(self, label: str, minor: int, style: Style, x: float) -> None:
        self.amount(label, wording.amount(minor, self.document.shop), style, x, self.right - x)

    # -- codes to pay by, and of tax offices ---------------------------------------------------------------
    def _payment(self) -> None:
        paper = self.document
        if paper.payment and paper.scheme != "swiss":
            amount = wording.amount(paper.owed_minor, paper.shop)
            strong = measure(words.pay_with(paper.scheme), Style(BODY, Weight.SEMIBOLD))
            self._square(paper.payment, [strong, measure(f"{amount}, {paper.number}", Style(BODY))])
        if paper.stamp:
            self._square(paper.stamp, [])

    def _square(self, payload: str, beside: list[Line]) -> None:
        """A code with its words to the right."""
        sheet, code = self.sheet, qr(payload, _MODULE)
        quiet = QR_QUIET * _MODULE
        sheet.space(40)
        self.turn(code.height + quiet)
        top = sheet.y
        sheet.code(code, self.left + quiet, top)
        x = self.left + code.width + 3 * quiet
        sheet.block(beside, x, self.right - x, "left")
        sheet.y = top + code.height + quiet


class PageReceipt(PageSale[SaleReceipt]):
    """The paper at the till, on a sheet."""

    def told(self) -> None:
        """What is said about the sums, and what the customer owes for other sales."""
        super().told()
        paper = self.document
        if not paper.dues:
            return
        self.sheet.space(40)
        self.turn(170)
        whole = sum(one.owed_minor for one in paper.dues)
        figure = one_line(wording.amount(whole, paper.shop), Style(38, Weight.BOLD), self.width * 0.3)
        self.panel(f"{words.OWED} on account", "", self._which_dues(), figure)

    def _which_dues(self) -> str:
        paper = self.document
        return "; ".join(words.due(one, paper.shop.locale) for one in paper.dues)


class PageInvoice(PageSale[Invoice]):
    """A sale with both parties, their tax numbers and the day of supply."""

    last_words = ""

    def paper_facts(self) -> list[tuple[str, str]]:
        """The day of issue, that of supply, and whether it is paid."""
        paper = self.document
        locale = paper.shop.locale
        date, by, about, *status = super().paper_facts()
        supplied = ("Supplied", words.day(paper.supplied, locale))
        return [date, supplied, by, about, ("Refund of", paper.refund_of), *status]

    def customer_facts(self) -> list[tuple[str, str]]:
        """The buyer's address and tax number."""
        paper = self.document
        return [("Address", paper.buyer_address), (paper.tax_id_label, paper.buyer_tax_id)]

    def columns(self) -> list[Column]:
        """With the codes of the goods where a country asks for them, and the net where prices hold tax."""
        paper, shop = self.document, self.document.shop
        codes = [Column(paper.codes_label, 0.08, lambda line: line.code or "–")]
        net = [Column("Net", 0.11, lambda line: wording.amount(line.net_minor, shop))]
        return [
            *codes * bool(paper.codes_label),
            Column("Qty", 0.045, lambda line: words.pieces(line.quantity)),
            Column("Price", 0.1, lambda line: wording.amount(line.unit_minor, shop)),
            Column("Discount", 0.09, self._discount),
            *net * paper.is_inside,
            Column("Tax", 0.06, lambda line: words.rate_of(paper, line.letter)),
            Column("Total", 0.11, lambda line: wording.amount(line.amount_minor, shop)),
        ]

    def told(self) -> None:
        """The total in words where a country asks for them."""
        super().told()
        self.headed(self.document.words, "Total in words")

    def closing(self) -> None:
        """A line to sign on where a country asks for one."""
        if self.document.signed_by:
            self.signature(self.document.signed_by)
