"""What is where while a sale is rung up: the customer and the cart at the left, the money at the right."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from posapp.ui.actions import Action
from posapp.ui.layout import STRETCH, columns, held, put, rows, sides, wide
from posapp.ui.record.draft_bar import DraftBar
from posapp.ui.sell.cart_table import CartTable
from posapp.ui.sell.customer_strip import CustomerStrip
from posapp.ui.sell.item_field import ChoiceDelegate, ItemField
from posapp.ui.sell.line_form import LineForm
from posapp.ui.sell.pay_panel import PayPanel
from posapp.ui.sell.quick_items import QuickItems
from posapp.ui.sell.sale import Sale
from posapp.ui.sell.sums_panel import SumsPanel
from posapp.ui.tab_order import chain, stops_in
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.labels import line
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording

PAY_WIDE, PAY_NARROW = 428, 380
_TOOLS = ("sell_discount", "sell_whole", "sell_note", "sell_park")


class SaleView(QWidget):
    """Widgets only; `actions` are the page's, whose buttons stand below the lines."""

    def __init__(self, wording: Wording, actions: Mapping[str, Action]) -> None:
        super().__init__()
        self._wording = wording
        self.draft, self.notice, self.coming = DraftBar(self), NoticeBar(), NoticeBar()
        self.coming.hide()
        self.strip = CustomerStrip(wording)
        self.field = ItemField(
            ChoiceDelegate(wording),
            key="F5",
            name=self.tr("Item, ticket or price"),
            placeholder=self.tr("Scan or type an item, ticket or price"),
        )
        self.table = CartTable(wording)
        self.quick, self.sums = QuickItems(wording), SumsPanel(wording)
        self.pay = PayPanel(wording)
        self.remove = button(self.tr("Remove"), size="s", icon="trash-2", key="Delete")
        self.tools = {one: action_button(actions[one], size="s") for one in _TOOLS}
        for one in ("sell_whole", "sell_note"):
            self.tools[one].set_key("")  # F1 tells them
        for tool in (*self.tools.values(), self.remove):
            tool.keep_words()
        self._lay_out()
        self.form = LineForm(self._cart, wording)
        self.order_tabs()

    def _lay_out(self) -> None:
        px = theme().px
        self._cart = card = Card()
        empty = EmptyState(
            self.tr("Nothing is rung up. Scan an item, or type its name, a ticket or a price.")
        )
        self._lines = Stack()
        for part in (empty, self.table):
            self._lines.addWidget(part)
        tools = self.tools
        left = [tools[one] for one in _TOOLS[:3]]
        row = columns(*left, self.remove, STRETCH, tools["sell_park"], gap=8, pad=(12, 7))
        self._row = held(row)
        field = held(rows(self.field, pad=(12, 10)))
        put(card.body, field, wide(self._lines), line(), self._row, line(), self.quick, line(), self.sums)
        self.pay.setFixedWidth(px(PAY_WIDE))
        left_side = rows(self.draft, self.notice, self.coming, self.strip, wide(card), gap=12)
        sides(wide(left_side), self.pay, gap=16, pad=(16, 16), host=self)

    def set_narrow(self, is_narrow: bool) -> None:
        """A narrower panel, no column for discounts, and the tools that are used least stand in F1 alone."""
        self.pay.setFixedWidth(theme().px(PAY_NARROW if is_narrow else PAY_WIDE))
        self.strip.set_narrow(is_narrow)
        self.table.set_narrow(is_narrow)
        self.quick.set_narrow(is_narrow)
        self.tools["sell_note"].setVisible(not is_narrow)
        self.tools["sell_whole"].setVisible(not is_narrow)

    def show_sale(self, sale: Sale, place: int) -> None:
        """Lines, sums and money as they are now."""
        self._lines.setCurrentIndex(0 if sale.is_empty else 1)
        self.table.show_lines(sale.cart.lines, sale.sums.lines, place)
        self.sums.show_sale(sale)
        changing = (*(self.tools[name] for name in ("sell_discount", "sell_whole", "sell_park")), self.remove)
        for tool in changing:
            tool.setEnabled(not sale.is_empty)

    def order_tabs(self) -> None:
        """As it is read; offers and notices come and go."""
        notices = [one for bar in (self.draft, self.notice, self.coming) for one in stops_in(bar)]
        stops = [
            *notices,
            *self.strip.stops(),
            self.field,
            self.table,
            *self._tools_in_order(),
            *self.quick.buttons,
        ]
        chain([*stops, *self.pay.stops()])

    def _tools_in_order(self) -> list[QWidget]:
        *first, park = (self.tools[name] for name in _TOOLS)
        return [*first, self.remove, park]
