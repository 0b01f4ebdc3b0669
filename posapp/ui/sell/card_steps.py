"""Gift cards at the counter: sold or topped up as a line; a scanned one pays, or tells its worth."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.domain.selling.gift_cards import plain_code
from posapp.ui.alive import while_alive
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.sell.card_sheet import GiftCardSheet
from posapp.ui.sell.pay_steps import PaySteps
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.sale_steps import SaleSteps
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.sell.words import about_card
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.selling.carts import CartLine
    from posapp.domain.selling.gift_cards import GiftCard
    from posapp.services.selling.order_commands import Scanned


class CardSteps(QObject):
    """Owns the sheet of a card while it is open."""

    def __init__(
        self, view: SaleView, steps: SaleSteps, pay: PaySteps, presenter: SellPresenter, shell: Shell
    ) -> None:
        super().__init__(view)
        self._view, self._steps, self._pay = view, steps, pay
        self._presenter, self._shell = presenter, shell
        view.quick.card_asked.connect(self.open)
        steps.card_found.connect(self.found)

    def open(self) -> GiftCardSheet:
        """Sell a card, or top one up."""
        sheet = GiftCardSheet(self._presenter.wording)
        sheet.code_read.connect(partial(self._read, sheet))
        sheet.accepted.connect(partial(self._add, sheet))
        sheet.closed.connect(self._shell.close_sheet)
        self._shell.open_sheet(self.tr("Gift card"), sheet)
        return sheet

    # -- scanned -------------------------------------------------------------------------------------
    def found(self, code: str, card: "GiftCard") -> None:
        """It pays as far as it reaches where something is to pay, else it may be topped up."""
        is_to_pay = any(line.kind.is_revenue for line in self._steps.sale.cart.lines)
        if card.balance_minor and (is_to_pay or self._pay.debt is not None):
            self._view.pay.take_gift_card(code, card.balance_minor)
            words = about_card(card, self._presenter.wording)
            self._shell.notices.status(words, "success", seconds=10.0)
        else:
            sheet = self.open()
            sheet.take_code(code)
            sheet.show_card(card)

    def take_scan(self, code: str) -> bool:
        """While its sheet is open a scanned card comes into it; everything else goes its way."""
        sheet = self._shell.sheet_content
        if not isinstance(sheet, GiftCardSheet) or not plain_code(code):
            return False
        self._presenter.scanned(
            code,
            self._steps.customer_id,
            while_alive(sheet, partial(self._scanned, sheet, code)),
            while_alive(sheet, partial(self._not_known, sheet, code)),
        )
        return True

    def _scanned(self, sheet: GiftCardSheet, code: str, found: "Scanned") -> None:
        if found.gift_card is None:
            self._shell.close_sheet()
            self._steps.scan(code)
            return
        sheet.take_code(code)
        sheet.show_card(found.gift_card)

    def _not_known(self, sheet: GiftCardSheet, code: str, error: Exception) -> None:
        sheet.take_code(code)
        if code_of(error) not in ("item_unknown", "nothing_found"):
            sheet.refuse(error)

    def _read(self, sheet: GiftCardSheet, code: str) -> None:
        self._presenter.card(code, while_alive(sheet, sheet.show_card), lambda _error: None)

    # -- added ---------------------------------------------------------------------------------------
    def _add(self, sheet: GiftCardSheet) -> None:
        sheet.set_saving(True)
        self._presenter.card_line(
            sheet.minor(),
            sheet.code.value(),
            while_alive(sheet, partial(self._ring_up, sheet)),
            while_alive(sheet, sheet.refuse),
        )

    def _ring_up(self, sheet: GiftCardSheet, found: "tuple[CartLine, str]") -> None:
        sheet.set_saving(False)
        line, printed = found
        error = self._steps.ring_up_card(line, printed)
        if error is not None:
            sheet.summary.say(sentence_of(error), "danger")
            return
        self._shell.close_sheet()
        self._view.field.edit.setFocus()
