"""What is sold every day, one press each; the shop chooses which."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from posapp.domain.catalogue.items import Item
from posapp.ui.layout import emptied
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import cut, draw_text
from posapp.ui.wording import Wording

IN_ROW, ROWS, ROWS_NARROW, HIGH = 4, 3, 2, 46


class QuickItem(QPushButton):
    """46 high: name and price below each other. A press leaves the focus where it is."""

    def __init__(self, name: str, price: str) -> None:
        super().__init__(name.replace("&", "&&"))
        self._name, self._price = name, price
        self.setProperty("kind", "quick")
        self.setAccessibleDescription(price)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme().px(120), theme().tool_height(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame from the style sheet, the words in the colours of now."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        look, tokens, painter = theme(), theme().tokens, QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        room = self.width() - look.px(22)
        for text, step, middle, ink in (
            (self._name, "body", 0.34, tokens.text),
            (self._price, "small", 0.69, tokens.text2),
        ):
            font = look.font(step, 500 if step == "body" else None)
            shown = cut(text, font, room)
            x: float = look.px(11)
            if self.isRightToLeft():
                x = self.width() - x - look.metrics(step).horizontalAdvance(shown)
            draw_text(painter, x, self.height() * middle, shown, font, ink)
        painter.end()


class QuickItems(QFrame):
    """Rows of four; the last one is a gift card, whose value is asked for."""

    chosen = Signal(str)  # a SKU
    card_asked = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._items: Sequence[Item] = ()
        self._is_narrow = False
        self.setProperty("role", "sunken")
        self._grid = QGridLayout(self)
        px = theme().px
        self._grid.setContentsMargins(px(12), px(10), px(12), px(10))
        self._grid.setSpacing(px(8))
        self.buttons: list[QuickItem] = []
        self._fill()

    def show_items(self, items: Sequence[Item]) -> None:
        """Offer these."""
        self._items = tuple(items)
        self._fill()

    def set_narrow(self, is_narrow: bool) -> None:
        """Two rows where the window is small."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._fill()

    def _fill(self) -> None:
        emptied(self._grid)
        most = IN_ROW * (ROWS_NARROW if self._is_narrow else ROWS)
        self.buttons = []
        for item in self._items[: most - 1]:
            made = QuickItem(item.name, self._wording.price(item.price_minor))
            made.clicked.connect(partial(self._press, item))
            self.buttons.append(made)
        card = QuickItem(self.tr("Gift card"), self.tr("choose value"))
        card.clicked.connect(self._ask_card)
        self.buttons.append(card)
        for place, made in enumerate(self.buttons):
            self._grid.addWidget(made, place // IN_ROW, place % IN_ROW)

    def choose(self, place: int) -> None:
        """The one at a place, counted from 0, as if it were pressed."""
        if place < len(self._items):
            self.chosen.emit(self._items[place].sku)

    def _ask_card(self, _checked: bool = False) -> None:
        self.card_asked.emit()

    def _press(self, item: Item, _checked: bool = False) -> None:
        self.chosen.emit(item.sku)
