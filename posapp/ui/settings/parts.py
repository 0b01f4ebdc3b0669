"""Parts: the catalogue with its stock; what is on the shelf changes with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.catalogue.items import MOST_STOCK, Item, MoveKind, check_code
from posapp.services.catalogue.items import REASON_LIMIT, MoveStock, SaveItem
from posapp.ui.actions import Action
from posapp.ui.fields import LabeledField, TextField
from posapp.ui.settings.fields import MinorField, PiecesField, WholeField
from posapp.ui.settings.presenter import SettingsPresenter, Work
from posapp.ui.settings.table_section import RowForm, Sheet, Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")

_SKU, _LEVEL = 1, 5
"""Columns of the table."""
_SKU_WIDTH, _COMPACT_SKU_WIDTH = 200, 132


def _stock(row: Item) -> str:
    is_low = row.reorder_level > 0 and row.is_low and not row.is_archived
    return _tr("{count}, order").format(count=row.stock) if is_low else str(row.stock)


def _read_reason(text: str) -> str:
    reason = clean_text(text, REASON_LIMIT, "reason")
    if not reason:
        raise DomainError("reason_missing", "Say why.", field="reason")
    return reason


class PartsSection(TableSection):
    """The table of parts."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(self._declare(presenter), presenter, shell)
        self._change = Action(
            "settings_stock",
            _tr("Change stock"),
            "Alt+K",
            self.change_stock,
            "pencil",
            self.isVisible,
            on_record=True,
        )
        self.stock_button = action_button(self._change, size="s")
        self.head.insertWidget(self.head.count() - 1, self.stock_button)
        self._is_compact = False
        self.table.horizontalHeader().setSectionResizeMode(_SKU, QHeaderView.ResizeMode.Fixed)
        theme().changed.connect(self._fit)
        self._fit()

    def _declare(self, presenter: SettingsPresenter) -> Table:
        return Table(
            title=_tr("Parts"),
            about=_tr("What repairs take from the shelf. Tickets reserve and use them."),
            add=_tr("Add part"),
            new=_tr("New part"),
            save=_tr("Save part"),
            columns=(
                Column(_tr("Part"), lambda row: row.name),
                Column(_tr("SKU"), lambda row: row.sku),
                Column(_tr("Price"), lambda row: presenter.wording.price(row.price_minor), is_figure=True),
                Column(_tr("Stock"), _stock, is_figure=True),
                Column(_tr("Reserved"), lambda row: str(row.reserved), is_figure=True),
                Column(_tr("Order at"), lambda row: str(row.reorder_level or "–"), is_figure=True),
            ),
            rows=lambda known: known.repairs.items,
            parts=self._parts,
            command=SaveItem,
            write=self._write,
            is_ordered=False,
        )

    def compact_changed(self, is_compact: bool) -> None:
        """In narrow windows the name keeps its room: the level stands in the sheet, *order* in the stock."""
        self._is_compact = is_compact
        self._fit()

    def _fit(self) -> None:
        width = _COMPACT_SKU_WIDTH if self._is_compact else _SKU_WIDTH
        self.table.horizontalHeader().resizeSection(_SKU, theme().px(width))
        self.table.setColumnHidden(_LEVEL, self._is_compact)

    def refresh(self) -> None:
        """Show the parts; without one there is no stock to change."""
        super().refresh()
        self.stock_button.setVisible(self.table.rows.rowCount() > 0)

    def more_actions(self) -> Sequence[Action]:
        """Alt+K changes the stock."""
        return (self._change,)

    # -- a part ----------------------------------------------------------------------------------------
    def _parts(self, record: Item | None) -> dict[str, LabeledField]:
        most = MOST_STOCK // 10
        level = WholeField("reorder_level", _tr("Order at"), 0, most, is_optional=True)
        level.say(_tr("When no more than this many are free, the part is marked. Empty for never."))
        parts: dict[str, LabeledField] = {
            "sku": TextField("sku", _tr("SKU"), read=partial(check_code, field="sku")),
            "name": TextField("name", _tr("Name"), read=check_name),
            "price_minor": MinorField("price", _tr("Price"), self.presenter.wording, empty=0),
            "reorder_level": level,
        }
        if record is None:
            parts["opening"] = WholeField("quantity", _tr("In stock now"), 0, most, is_optional=True)
        return parts

    def _write(self, shop: "Shop", actor: "Actor", command: SaveItem) -> Item:
        return shop.items.save(actor, command)

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive a part or bring it back."""
        item = shop.items.get(actor, key)
        shop.items.save(actor, replace(self.command_of(item), is_archived=archived))

    # -- its stock -------------------------------------------------------------------------------------
    def change_stock(self) -> None:
        """Open the form of the chosen part's stock."""
        record = self.table.chosen()
        if record is None or record.is_archived:
            return
        by = PiecesField("quantity", _tr("Pieces in or out"), MOST_STOCK)
        words = _tr("{stock} in stock, {reserved} reserved. Write -2 for two that went out.")
        by.say(words.format(stock=record.stock, reserved=record.reserved))
        reason = TextField("reason", _tr("Reason"), read=_read_reason)
        reason.say(_tr("Such as delivery, count, broken."))
        form = RowForm({"by": by, "reason": reason}, None)
        form.accepted.connect(lambda: self._save_stock(form, record, **form.values()))
        self.open_sheet(record.name, Sheet(form, _tr("Change stock")))

    def _save_stock(self, form: RowForm, record: Item, by: int, reason: str) -> None:
        def put(pieces: int, why: str) -> Work:
            move = MoveStock(item_id=record.id, kind=MoveKind.COUNTED, quantity=pieces, note=why)
            return lambda shop, actor: shop.items.move(actor, move)

        said = _tr("{name}: {by} pieces").format(name=record.name, by=f"{by:+d}".replace("-", "−"))
        undone = _tr("Taken back: {what}").format(what=reason)[:200]
        self.save_sheet(form, put(by, reason), said, put(-by, undone), put(by, reason))
