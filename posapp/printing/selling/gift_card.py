"""A gift card: what it is worth, until when, and (on the one print that knows it) its code."""

from typing import Final

from posapp.domain.selling.sale_papers import GiftCardPaper
from posapp.printing.base import wording
from posapp.printing.base.codes import code128
from posapp.printing.base.fonts import Weight
from posapp.printing.base.page import PagePaper
from posapp.printing.base.parts import coded
from posapp.printing.base.roll import RollPaper
from posapp.printing.base.text import Style, one_line
from posapp.printing.selling import words

_BARS_HIGH: Final = 110


def _facts(card: GiftCardPaper) -> list[tuple[str, str]]:
    return [
        ("Code ends in", card.last_four),
        ("Valid until", words.day(card.expires, card.shop.locale)),
    ]


class RollGiftCard(RollPaper[GiftCardPaper]):
    """A gift card on a roll."""

    def body(self) -> None:
        """Its worth, what tells it from others, the code."""
        card, sheet, sizes = self.document, self.sheet, self.sizes
        worth = wording.amount(card.balance_minor, card.shop)
        self.amount("Worth", worth, Style(sizes.total, Weight.BOLD))
        sheet.space(10)
        self.facts(_facts(card))
        self.divide(dashed=False)
        if self.secret:
            bars = code128(self.secret, self.sizes.bar if self._fits(self.sizes.bar) else 2, _BARS_HIGH)
            x = self.left + (self.width - bars.width) / 2
            sheet.y = coded(sheet, bars, self.secret, x, sheet.y + 8, sizes.text)

    def _fits(self, module: int) -> bool:
        return code128(self.secret, module, _BARS_HIGH).width <= self.width


class PageGiftCard(PagePaper[GiftCardPaper]):
    """A gift card on A4 and Letter."""

    def body(self) -> None:
        """Its worth, large, what tells it from others, the code."""
        card, sheet = self.document, self.sheet
        figure = one_line(
            wording.amount(card.balance_minor, card.shop), Style(64, Weight.BOLD), self.width * 0.5
        )
        self.panel("Gift card", card.number, "", figure, "Worth")
        sheet.space(50)
        self.facts(_facts(card), column=240)
        if self.secret:
            bars = code128(self.secret, 3, _BARS_HIGH)
            self.turn(_BARS_HIGH + 80)
            coded(sheet, bars, self.secret, self.left, sheet.y + 40, 30)
