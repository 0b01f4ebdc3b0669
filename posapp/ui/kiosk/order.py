"""Ordering: what the shop sells as large tiles, beside it the own order; it is paid at the counter."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from posapp.services.counter.own_views import Offered, OwnOrder
from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.parts import GUTTER, BigButton, Tile
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label

COLUMNS, ROWS = 3, 4
OFTEN, GOODS, WORK = "often", "goods", "work"


class OrderPage(KioskPage):
    """Each touch puts one more into the order, which waits for its customer at the counter."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._offered: list[Offered] = []
        self._orders: list[OwnOrder] = []
        self._group, self._first = OFTEN, 0
        self.groups = {
            OFTEN: Tile(self.tr("Often"), height=56),
            GOODS: Tile(self.tr("Goods"), height=56),
            WORK: Tile(self.tr("Services"), height=56),
        }
        for group, tile in self.groups.items():
            tile.clicked.connect(partial(self._choose, group))
        self.turn = Tile(self.tr("More"), width=150, height=56)
        self.turn.clicked.connect(self._turn)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme().px(12))
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.empty = label("", "title", tone="text2", weight=400, wrap=True)
        self.lines = rows(gap=8)
        self.sum = label("", "amount")
        self.back = BigButton(self.tr("Back"), icon="arrow-left", run=lambda: self.wanted.emit("me"))
        self.pay = BigButton(self.tr("Pay at the counter"), icon="wallet", run=self.done.emit)
        left = rows(
            columns(*self.groups.values(), STRETCH, self.turn, gap=12),
            held(self._grid),
            self.empty,
            STRETCH,
            gap=16,
        )
        body = columns(wide(held(left), 808), wide(self._cart(), 376), gap=GUTTER)
        self.arrange(heading(self.tr("Order")), wide(body), (self.pay, self.back))

    def _cart(self) -> Card:
        card = Card()
        card.body.setContentsMargins(0, 0, 0, 0)
        caption = label(self.tr("Your order"), "title", weight=600)
        inner = rows(caption, self.lines, STRETCH, self.sum, gap=12, pad=(24, 20))
        card.body.addLayout(inner)
        return card

    def opened(self) -> None:
        """What there is, and what was ordered before."""
        self.forget()
        self._presenter.offered(self._show_offered, self.failed)
        self._presenter.orders(self._show_orders, self.failed)

    def forget(self) -> None:
        """Nothing is ordered by anybody."""
        super().forget()
        self._offered, self._group, self._first = [], OFTEN, 0
        self.empty.setText("")
        self._show_orders([])
        self._show()

    def _show_offered(self, offered: list[Offered]) -> None:
        self._offered = offered
        groups = [group for group in self.groups if self._of_group(group)]
        self._group = groups[0] if groups else OFTEN
        self._show()
        none = self.tr("Nothing can be ordered here. Ask at the counter.")
        self.empty.setText("" if offered else none)

    def _of_group(self, group: str) -> list[Offered]:
        match group:
            case "often":
                return [one for one in self._offered if one.is_often]
            case "goods":
                return [one for one in self._offered if not one.is_service]
            case _:
                return [one for one in self._offered if one.is_service]

    def _show(self) -> None:
        for group, tile in self.groups.items():
            tile.setChecked(group == self._group)
        found, most = self._of_group(self._group), COLUMNS * ROWS
        self._first = self._first if self._first < len(found) else 0
        self.turn.setVisible(len(found) > most)
        tiles: list[QWidget] = []
        for one in found[self._first : self._first + most]:
            tile = Tile(one.name, self._presenter.wording.price(one.price_minor), height=84)
            tile.clicked.connect(partial(self._add, tile, one))
            tiles.append(tile)
        self._refill(tiles)

    def _refill(self, tiles: list[QWidget]) -> None:
        refill(self._grid, ())
        for place, tile in enumerate(tiles):
            self._grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
            tile.show()

    def _choose(self, group: str, _checked: bool = False) -> None:
        self._group, self._first = group, 0
        self._show()

    def _turn(self) -> None:
        self.turn.setChecked(False)
        self._first += COLUMNS * ROWS
        self._show()

    def _add(self, tile: Tile, one: Offered, _checked: bool = False) -> None:
        tile.setChecked(False)
        self.say("")
        self._presenter.order(one.id, self._ordered, self.failed)

    def _ordered(self, order: OwnOrder) -> None:
        others = [one for one in self._orders if one.reference != order.reference]
        self._show_orders([*others, order])

    def _show_orders(self, orders: list[OwnOrder]) -> None:
        self._orders = orders
        wording = self._presenter.wording
        shown: list[QWidget] = []
        for order in orders:
            for place, line in enumerate(order.lines):
                words = f"{line.quantity} × {line.text}" if line.quantity > 1 else line.text
                name = Elided(words, "strong", weight=400)
                price = label(wording.price(line.amount_minor), "strong", weight=600)
                off = Button("", kind="plain", size="l", icon="x")
                off.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                off.setAccessibleName(self.tr("Take {item} off").format(item=line.text))
                off.setEnabled(not order.is_in_hand)
                off.clicked.connect(partial(self._cancel, order.reference, place))
                shown.append(held(columns(wide(name), price, off, gap=8)))
        refill(self.lines, shown)
        total = sum(one.total_minor for one in orders)
        self.sum.setText(wording.price(total) if shown else "")
        self.pay.setEnabled(bool(shown))
        self.pay.set_filled(bool(shown))
        words = self.tr("{sum}, say your name there").format(sum=wording.price(total))
        self.pay.set_words(self.tr("Pay at the counter"), words if shown else self.tr("Touch what you want"))

    def _cancel(self, reference: str, place: int, _checked: bool = False) -> None:
        def gone(order: OwnOrder | None) -> None:
            others = [one for one in self._orders if one.reference != reference]
            self._show_orders([*others, order] if order is not None else others)

        self._presenter.cancel_line(reference, place, gone, self.failed)
