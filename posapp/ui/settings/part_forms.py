"""The forms of a part: what it is, and a change of its stock."""

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.domain.base.names import check_name, clean_name, clean_text
from posapp.domain.repairs.parts import Item, ItemKind
from posapp.services.repairs.parts import MOST_STOCK, REASON_LIMIT, SKU_LIMIT, SaveItem
from posapp.ui.fields import Form, LabeledField, LineEdit, MoneyField, TextField
from posapp.ui.settings.section import stacked
from posapp.ui.settings.whole import OptionalWholeField
from posapp.ui.wording import Wording


def _read_sku(text: str) -> str:
    sku = clean_name(text)
    if not sku or len(sku) > SKU_LIMIT:
        raise DomainError("sku_missing", "Enter a SKU of at most 40 characters.", field="sku")
    return sku


def _read_reason(text: str) -> str:
    reason = clean_text(text, REASON_LIMIT, "reason")
    if not reason:
        raise DomainError("reason_missing", "Say why.", field="reason")
    return reason


class PartForm(Form):
    """The fields of a part; the stock of one that exists has its own form."""

    def __init__(self, wording: Wording, *, is_new: bool) -> None:
        super().__init__()
        self.sku = self.add_field(TextField("sku", self.tr("SKU"), read=_read_sku))
        self.name = self.add_field(TextField("name", self.tr("Name"), read=check_name))
        self.price = self.add_field(MoneyField("price", self.tr("Price"), wording=wording))
        self.level = self.add_field(
            OptionalWholeField("reorder_level", self.tr("Order at"), 0, MOST_STOCK // 10)
        )
        self.level.say(self.tr("When no more than this many are free, the part is marked. Empty for never."))
        self.count = OptionalWholeField("quantity", self.tr("In stock now"), 0, MOST_STOCK // 10)
        self.add_field(self.count)
        self.setLayout(stacked(self.sku, self.name, self.price, self.level, self.count, spacing=12))
        self.count.setVisible(is_new)

    def show_item(self, record: Item, price: Money) -> None:
        """Fill in what is known."""
        self.sku.set_text(record.sku)
        self.name.set_text(record.name)
        self.price.set_money(price)
        self.level.put(record.reorder_level)

    def first_count(self) -> int:
        """How many of a new part there are."""
        return self.count.value()

    def command(self, record: Item | None) -> SaveItem:
        """What to save; every field is right by now."""
        price = self.price.value()
        return SaveItem(
            sku=self.sku.value(),
            name=self.name.value(),
            kind=ItemKind.PART if record is None else record.kind,
            price_minor=0 if price is None else price.minor,
            reorder_level=self.level.value(),
            id=None if record is None else record.id,
            is_archived=record is not None and record.is_archived,
            seen_version=None if record is None else record.stamps.version,
        )


class PiecesField(LabeledField):
    """How many came in, or went out with a minus before them."""

    def __init__(self, name: str, text: str, most: int) -> None:
        edit = LineEdit()
        super().__init__(name, text, edit)
        self._most = most

    def value(self) -> int:
        """The number, never zero; raises `DomainError` quantity_invalid."""
        typed = self.text().strip().replace("−", "-").replace(" ", "")
        digits = typed[1:] if typed[:1] in ("+", "-") else typed
        if not digits.isdecimal() or len(digits) > 10 or not 0 < int(digits) <= self._most:
            sentence = self.tr("Enter how many came in, such as 5, or went out, such as -2.")
            raise DomainError("quantity_invalid", sentence, field=self.name)
        return -int(digits) if typed.startswith("-") else int(digits)


class StockForm(Form):
    """A change of the stock, with its reason."""

    def __init__(self, record: Item, most: int) -> None:
        super().__init__()
        self.by = self.add_field(PiecesField("quantity", self.tr("Pieces in or out"), most))
        words = self.tr("{stock} in stock, {reserved} reserved. Write -2 for two that went out.")
        self.by.say(words.format(stock=record.stock, reserved=record.reserved))
        self.reason = self.add_field(TextField("reason", self.tr("Reason"), read=_read_reason))
        self.reason.say(self.tr("Such as delivery, count, broken."))
        self.setLayout(stacked(self.by, self.reason, spacing=12))
