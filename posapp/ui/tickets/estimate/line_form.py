"""One line of an estimate: words or a part of the stock, quantity, price of one, warranty."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.estimates import LONGEST_WARRANTY, MOST_PIECES
from posapp.domain.repairs.repair_prices import USUAL_WARRANTY
from posapp.services.base.drafts import mark_of
from posapp.ui.fields import ComboField, Form, MoneyField, TextField
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.widgets.buttons import button
from posapp.ui.wording import Wording


def whole_number(least: int, most: int, field: str, sentence: str) -> Callable[[str], str]:
    """Reads a whole number; nothing typed is the least one."""

    def read(text: str) -> str:
        digits = text.strip() or str(least)
        if not digits.isdecimal() or not least <= int(digits) <= most:
            raise DomainError(f"{field}_invalid", sentence, field=field)
        return digits

    return read


class PricedForm(Form):
    """What every line has that is typed: how many pieces, the price of one, the days of warranty."""

    quantity: TextField
    price: MoneyField
    warranty: TextField

    def add_priced_fields(self, wording: Wording) -> None:
        """Add the three at this place of the form."""
        pieces = whole_number(1, MOST_PIECES, "quantity", self.tr("Enter a quantity from 1 to 10,000."))
        self.quantity = self.add_field(TextField("quantity", self.tr("Quantity"), read=pieces))
        self.price = self.add_field(
            MoneyField(
                "price",
                self.tr("Price of one"),
                wording=wording,
                required=True,
                missing=self.tr("Enter a price, or 0 for free."),
            )
        )
        days = whole_number(0, LONGEST_WARRANTY, "warranty", self.tr("Enter 0 to 3,650 days."))
        self.warranty = self.add_field(TextField("warranty", self.tr("Warranty days"), read=days))


class LineForm(PricedForm):
    """Emits `made` with the line. Choosing a part fills its words and its price where nothing is typed."""

    made = Signal(object)  # DraftLine
    closed = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._items: dict[int, Item] = {}
        self._devices: dict[int, str] = {}
        self._minutes = 0
        self.item = self.add_field(ComboField("item", self.tr("Part from stock")))
        self.text_of = self.add_field(
            TextField("text", self.tr("What for"), missing=self.tr("Say what the line is for."))
        )
        self.add_priced_fields(wording)
        self.device = self.add_field(ComboField("device", self.tr("Device")))
        save = button(self.tr("Put it on the estimate"), kind="primary", icon="check", key="Ctrl+Return")
        self.set_save_button(save)
        top = columns(wide(self.item, 2), wide(self.text_of, 3), wide(self.device, 2), gap=10)
        low = columns(wide(self.quantity), wide(self.price), wide(self.warranty), gap=10)
        leave = button(self.tr("Leave it"), kind="quiet", run=self.closed.emit)
        foot = columns(save, leave, STRETCH, gap=8)
        self._rows = (top, low)
        self._column = rows(top, low, self.summary, foot, gap=10, pad=(16, 12, 16, 14), host=self)
        self.item.committed.connect(self._take_item)
        self.accepted.connect(self._make)

    def stack(self) -> None:
        """Put the fields below each other, for the side sheet."""
        for row in self._rows:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        self._column.addStretch(1)

    # -- values --------------------
    # -- opening --------------------
    def set_items(self, items: Sequence[Item]) -> None:
        """The parts of the shop, with what is free of each."""
        self._items = {one.id: one for one in items}
        stock = self.tr("{name} · {n} in stock · {price}")
        choices: list[tuple[int, str]] = [(0, self.tr("No part"))]
        for one in items:
            words = stock.format(name=one.name, n=one.free, price=self._wording.price(one.price_minor))
            choices.append((one.id, words))
        self.item.set_choices(choices)
        if self.item.combo.currentIndex() < 0:
            self.item.choose(0)

    def set_devices(self, devices: dict[int, str]) -> None:
        """The devices that a line can be for; only asked where there are several."""
        self._devices = devices
        self.device.set_choices(list(devices.items()))
        self.device.setVisible(len(devices) > 1)
        if self.device.combo.currentIndex() < 0 and devices:
            self.device.choose(next(iter(devices)))

    def begin(self, line: DraftLine | None) -> None:
        """A new line, or one to change."""
        self.clear_problems()
        self.item.choose((line.item_id or 0) if line else 0)
        self.text_of.set_text(line.text if line else "")
        self.quantity.set_text(str(line.quantity) if line else "1")
        self.price.set_money(Money(line.unit_minor, self._wording.currency) if line else None)
        self.warranty.set_text(str(line.warranty_days if line else USUAL_WARRANTY))
        self._minutes = line.minutes if line else 0
        if line is not None:
            self.device.choose(line.position)
        self._show_stock()
        self.text_of.editor.setFocus()

    def _take_item(self) -> None:
        item = self._items.get(self.item.value())
        if item is not None:
            names = {one.name for one in self._items.values()}
            if self.text_of.is_empty() or self.text_of.text() in names:
                self.text_of.set_text(item.name)
            minor = item.price_minor  # 0: the catalogue has no price, so it is asked for
            self.price.set_money(Money(minor, self._wording.currency) if minor else None)
        self._show_stock()

    def _show_stock(self) -> None:
        item = self._items.get(self.item.value() if self.item.problem() is None else 0)
        if item is None:
            self.item.say("")
        elif item.free < 1:
            self.item.say(self.tr("None in stock"), "warning")
        else:
            self.item.say(self.tr("{n} in stock").format(n=item.free))

    def _make(self) -> None:
        price = self.price.value()
        assert price is not None  # it is required
        position = self.device.value() if self.device.isVisibleTo(self) else next(iter(self._devices), 1)
        item = self._items.get(self.item.value())
        self.made.emit(
            DraftLine(
                position=position,
                device=self._devices.get(position, ""),
                text=self.text_of.value(),
                quantity=int(self.quantity.value()),
                unit_minor=price.minor,
                warranty_days=int(self.warranty.value()),
                item_id=self.item.value() or None,
                item=mark_of(item, item.sku) if item is not None else "",
                minutes=self._minutes,
            )
        )
