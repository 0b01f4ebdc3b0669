"""The paper of a payment: a deposit, a debt that was paid, money that went back."""

from posapp.domain.selling.sale_papers import PaymentReceipt
from posapp.printing.base import wording
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import BODY, PagePaper
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, one_line
from posapp.printing.selling import words


def _rows(paper: PaymentReceipt) -> list[tuple[str, int]]:
    """What lay on the table, what went back, what is left of the sale."""
    rows = [(words.tender(paper.tender, paper.reference), paper.tendered_minor)]
    rows += [(words.ROUNDING, paper.rounding_minor)] * bool(paper.rounding_minor)
    rows += [(words.CHANGE, paper.change_minor)] * bool(paper.change_minor)
    if paper.left_minor is not None:
        rows.append((words.LEFT, paper.left_minor))
    return rows


def _word(paper: PaymentReceipt) -> str:
    return "Paid" if paper.amount_minor >= 0 else "Paid back"


class RollPayment(RollPaper[PaymentReceipt]):
    """A payment on a roll."""

    def body(self) -> None:
        """What it is for, how much it was, how it was paid."""
        paper, sizes = self.document, self.sizes
        self.text(paper.about, Style(sizes.text, Weight.SEMIBOLD))
        self.divide(dashed=False)
        paid = wording.amount(paper.amount_minor, paper.shop)
        self.amount(_word(paper), paid, Style(sizes.total, Weight.BOLD))
        self.divide()
        for label, minor in _rows(paper):
            self.amount(label, wording.figure(minor, paper.shop), Style(sizes.text))
        self.divide(dashed=False)


class PagePayment(PagePaper[PaymentReceipt]):
    """A payment on A4 and Letter."""

    def body(self) -> None:
        """How much it was and what for, large, then how it was paid."""
        paper = self.document
        figure = one_line(
            wording.amount(paper.amount_minor, paper.shop), Style(48, Weight.BOLD), self.width * 0.4
        )
        self.panel(_word(paper), paper.about, "", figure)
        self.sheet.space(50)
        for label, minor in _rows(paper):
            amount = wording.amount(minor, paper.shop)
            self.amount(label, amount, Style(BODY), self.left, self.width * 0.6)
