"""The form of an item: what it is, what it costs, under which codes it is found, and what moved its stock."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from posapp.domain.base.names import check_name
from posapp.domain.catalogue.items import (
    COMMODITY_LIMIT,
    MOST_STOCK,
    Item,
    ItemKind,
    MoveKind,
    StockMove,
    check_code,
)
from posapp.domain.catalogue.taxes import ShopTax
from posapp.ui.fields import ComboField, Form, LabeledField, TextField
from posapp.ui.layout import grid, rows
from posapp.ui.settings.fields import MinorField, WholeField
from posapp.ui.settings.section import Captioned
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import label, remark
from posapp.ui.wording import Wording, translator

_tr = translator("Settings")
_COUNTED = "counted"


class CodesField(TextField):
    """Several barcodes with spaces or commas between them."""

    def value(self) -> Any:
        """The codes, each once; raises `DomainError` for one that is none."""
        typed = self.text().replace(",", " ").replace(";", " ").split()
        return tuple(dict.fromkeys(check_code(one, "barcode") for one in typed))

    def put(self, value: Any) -> None:
        """Show these codes."""
        self.set_text(", ".join(value))


def kind_word(kind: ItemKind) -> str:
    """What a kind of item is called."""
    words = {ItemKind.GOODS: _tr("Goods"), ItemKind.PART: _tr("Part"), ItemKind.SERVICE: _tr("Work")}
    return words[kind]


def move_word(kind: MoveKind) -> str:
    """Why a stock changed."""
    words = {
        MoveKind.OPENING: _tr("opened"),
        MoveKind.RECEIVED: _tr("received"),
        MoveKind.COUNTED: _tr("counted"),
        MoveKind.SOLD: _tr("sold"),
        MoveKind.USED: _tr("used"),
        MoveKind.RETURNED: _tr("returned"),
        MoveKind.SCRAPPED: _tr("scrapped"),
    }
    return words[kind]


class ItemForm(Form):
    """A new item, or one that is there; its stock is not typed here but moved."""

    most_moves = 10

    def __init__(self, record: Item | None, taxes: Sequence[ShopTax], wording: Wording) -> None:
        super().__init__()
        self._record, self._wording = record, wording
        self._parts: dict[str, LabeledField | Captioned] = {}
        add = self._add
        sku = add("sku", TextField("sku", _tr("SKU"), read=self._read_sku))
        name = add("name", TextField("name", _tr("Name"), read=check_name))
        kinds = Segmented([Choice(one, kind_word(one)) for one in ItemKind])
        kinds.set_current(ItemKind.PART)
        kind = self._parts["kind"] = Captioned(_tr("Kind"), kinds)
        kind.setParent(self)  # before the fields below it, for Tab
        price = add("price_minor", MinorField("price", _tr("Price"), wording, empty=0))
        cost = add("entered_cost_minor", MinorField("cost", _tr("Cost"), wording))
        tax = add("tax_id", ComboField("tax", _tr("Tax"), _tax_choices(taxes)))
        level = WholeField("reorder_level", _tr("Order at"), 0, MOST_STOCK // 10, is_optional=True)
        add("reorder_level", level)
        codes = add("barcodes", CodesField("barcode", _tr("Barcodes")))
        commodity = TextField("commodity_code", _tr("Commodity code"), limit=COMMODITY_LIMIT)
        add("commodity_code", commodity)
        lines: list[Any] = [
            sku,
            name,
            kind,
            _pair(price, cost),
            _pair(tax, level),
            codes,
            commodity,
        ]
        if record is None:
            lines.append(self._stock_of_new())
        else:
            self._put(record, cost)
        self._moves = remark("")
        self._moves.setVisible(False)
        self._moves_head = label(_tr("What moved its stock"), "field", weight=600)
        self._moves_head.setVisible(False)
        rows(*lines, self._moves_head, self._moves, gap=12, host=self)

    def _add(self, key: str, field: LabeledField) -> LabeledField:
        self._parts[key] = self.add_field(field)
        return field

    def _put(self, record: Item, cost: LabeledField) -> None:
        for key, part in self._parts.items():
            part.put(getattr(record, key))
        if record.average_minor is not None:
            said = _tr("{cost} on the average of what was received.")
            cost.say(said.format(cost=self._wording.price(record.average_minor)))

    def _stock_of_new(self) -> Any:
        keeps = Segmented([Choice(_COUNTED, _tr("Count it")), Choice("", _tr("Do not count it"))])
        keeps.set_current(_COUNTED)
        stock = self._parts["keeps_stock"] = Captioned(_tr("Stock"), keeps)
        stock.setParent(self)
        opening = WholeField("quantity", _tr("In stock now"), 0, MOST_STOCK // 10, is_optional=True)
        self._add("opening", opening)
        return _pair(stock, opening)

    def _read_sku(self, text: str) -> str:
        """A SKU from before the rules of today may stay."""
        if self._record is not None and text.strip() == self._record.sku:
            return self._record.sku
        return partial(check_code, field="sku")(text)

    def values(self) -> dict[str, Any]:
        """What is typed; every field is right by now. Work has no stock."""
        found = {key: part.value() for key, part in self._parts.items()}
        if self._record is None:
            is_work = found["kind"] == ItemKind.SERVICE
            found["keeps_stock"] = found["keeps_stock"] == _COUNTED and not is_work
            found["opening"] = found["opening"] if found["keeps_stock"] else 0
        return {**found, "kind": ItemKind(found["kind"])}

    def show_moves(self, moves: Sequence[StockMove]) -> None:
        """The newest moves of the stock, each in a line."""
        self._moves.setText("\n".join(map(self._line, moves)))
        for part in (self._moves, self._moves_head):
            part.setVisible(bool(moves))

    def _line(self, move: StockMove) -> str:
        by = f"{move.quantity:+d}".replace("-", "−")
        cost = "" if move.unit_cost_minor is None else self._wording.price(move.unit_cost_minor)
        facts = (move_word(move.kind), cost, move.number, move.note, move.by)
        return f"{self._wording.moment(move.at)}  {by}  {' · '.join(filter(None, facts))}"


def _pair(one: QWidget, other: QWidget) -> QLayout:
    return grid((one, other), gap=(12, 8), shares=(1, 1), align=Qt.AlignmentFlag.AlignTop)


def _tax_choices(taxes: Sequence[ShopTax]) -> list[tuple[int | None, str]]:
    usual = next((one.name for one in taxes if one.is_default), "")
    default = (None, _tr("{name} (default)").format(name=usual))
    return [default, *((one.id, one.name) for one in taxes if not one.is_default)]
