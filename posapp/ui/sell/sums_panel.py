"""The foot of the cart: how many things for how much, the taxes, what is taken off, and the deposits."""

from PySide6.QtWidgets import QLabel, QWidget

from posapp.ui.layout import columns, held, rows, wide
from posapp.ui.sell.sale import Sale
from posapp.ui.sell.words import discount_words, tax_words
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.wording import Wording, shown_count


class SumsPanel(QWidget):
    """Lines that are not needed are not there; the first two keep their places."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._lines = [self._line(tone) for tone in ("", "text2", "text2", "", "")]
        self.items, self.taxes, self.off, self.deposit, self.coming = self._lines
        rows(*(host for host, _, _ in self._lines), gap=4, pad=(16, 8), host=self)
        self.show_sale(Sale())

    @staticmethod
    def _line(tone: str) -> tuple[QWidget, Elided, QLabel]:
        words, amount = Elided("", "field", tone=tone), label("", "field", tone=tone)
        return held(columns(wide(words), amount, gap=12)), words, amount

    def show_sale(self, sale: Sale) -> None:
        """What the sale comes to now."""
        sums, wording = sale.sums, self._wording
        count = shown_count(sale.cart.pieces, self.tr("item"), self.tr("items"))
        self._say(self.items, count, wording.price(sums.total_minor))
        taxes = tax_words(sums.taxes, sale.rules, wording)
        self._say(self.taxes, taxes or self.tr("No tax"), wording.price(sums.tax_minor))
        self.taxes[0].setVisible(bool(sale.cart.lines))
        off = self.tr("Discounts")
        if sale.cart.discount.percent or sale.cart.discount.minor:
            of_whole = discount_words(sale.cart.discount, wording)
            off = self.tr("Discounts, {discount} on the whole").format(discount=of_whole)
        self._say(self.off, off if sums.discount_minor else "", f"−{wording.price(sums.discount_minor)}")
        self._show_deposits(sale)

    def _show_deposits(self, sale: Sale) -> None:
        numbers = ", ".join(number for number, _ in sale.deposits)
        words = self.tr("Deposit for {number}").format(number=numbers) if numbers else ""
        minor = sum(minor for _, minor in sale.deposits)
        self._say(self.deposit, words, f"−{self._wording.price(minor)}")
        words = ""
        if sale.coming is not None:
            words = self.tr("Comes back from {number}").format(number=sale.coming.refund.number)
        self._say(self.coming, words, f"−{self._wording.price(sale.coming_minor)}")

    @staticmethod
    def _say(line: tuple[QWidget, Elided, QLabel], words: str, amount: str) -> None:
        host, said, shown = line
        host.setVisible(bool(words))
        said.setText(words)
        shown.setText(amount)
