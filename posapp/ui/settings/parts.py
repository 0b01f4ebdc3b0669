"""Parts: the catalogue with its stock; what is on the shelf changes with a reason."""

from typing import Any

from PySide6.QtWidgets import QHeaderView

from posapp.domain.base.errors import PosappError
from posapp.domain.base.money import Money
from posapp.domain.repairs.parts import Item
from posapp.services.repairs.parts import MOST_STOCK, SaveItem
from posapp.ui.actions import Action
from posapp.ui.settings.part_forms import PartForm, StockForm
from posapp.ui.settings.presenter import Known, SettingsPresenter
from posapp.ui.settings.table_section import Sheet, TableSection
from posapp.ui.tables import Column
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")

_SKU, _LEVEL = 1, 5
"""Columns of the table."""
_SKU_WIDTH, _COMPACT_SKU_WIDTH = 200, 132


def _stock(row: Item) -> str:
    is_low = row.reorder_level > 0 and row.is_low and not row.is_archived
    return _tr("{count}, order").format(count=row.stock) if is_low else str(row.stock)


class PartsSection(TableSection):
    """The table of parts."""

    is_ordered = False

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        columns = (
            Column(_tr("Part"), lambda row: row.name, lambda row: row.name.casefold()),
            Column(_tr("SKU"), lambda row: row.sku, lambda row: row.sku.casefold()),
            Column(_tr("Price"), self._price, lambda row: row.price_minor, True),
            Column(_tr("Stock"), _stock, lambda row: row.stock, True),
            Column(_tr("Reserved"), lambda row: str(row.reserved), lambda row: row.reserved, True),
            Column(
                _tr("Order at"),
                lambda row: str(row.reorder_level or "–"),
                lambda row: row.reorder_level,
                True,
            ),
        )
        super().__init__(
            _tr("Parts"),
            _tr("What repairs take from the shelf. Tickets reserve and use them."),
            columns,
            presenter,
            shell,
            add=_tr("Add part"),
        )
        self.stock_button = button(
            _tr("Change stock"), size="s", icon="pencil", key="Alt+K", run=self.change_stock
        )
        self.head.insertWidget(self.head.count() - 1, self.stock_button)

        self._is_compact = False
        self.table.horizontalHeader().setSectionResizeMode(_SKU, QHeaderView.ResizeMode.Fixed)
        theme().changed.connect(self._fit)
        self._fit()

    def compact_changed(self, is_compact: bool) -> None:
        """In narrow windows the name keeps its room: the level stands in the sheet, *order* in the stock."""
        self._is_compact = is_compact
        self._fit()

    def _fit(self) -> None:
        width = _COMPACT_SKU_WIDTH if self._is_compact else _SKU_WIDTH
        self.table.horizontalHeader().resizeSection(_SKU, theme().px(width))
        self.table.setColumnHidden(_LEVEL, self._is_compact)

    def _price(self, row: Item) -> str:
        return self.presenter.wording.price(row.price_minor)

    def records_in(self, known: Known) -> tuple[Item, ...]:
        """All parts."""
        return known.repairs.items

    def refresh(self) -> None:
        """Show the parts; without one there is no stock to change."""
        super().refresh()
        self.stock_button.setVisible(self.table.rows.rowCount() > 0)

    def more_actions(self) -> tuple[Action, ...]:
        """Alt+K changes the stock."""
        return (Action("settings_stock", _tr("Change stock"), "Alt+K", self.change_stock, on_record=True),)

    # -- a part ----------------------------------------------------------------------------------------
    def show_sheet(self, record: Item | None) -> None:
        """SKU, name, price, reorder level; a new one has its first count."""
        form = PartForm(self.presenter.wording, is_new=record is None)
        if record is not None:
            form.show_item(record, Money(record.price_minor, self.presenter.business.currency))
        form.accepted.connect(lambda: self._save(form, record))
        if record is None:
            sheet = Sheet(form, _tr("Add part"))
        else:
            other = _tr("Restore") if record.is_archived else _tr("Archive")
            sheet = Sheet(form, _tr("Save part"), other, lambda: self.archive(record))
        self.open_sheet(_tr("New part") if record is None else record.name, sheet)

    def archive(self, record: Item) -> None:
        """Out of the choices, or back."""
        self.put_away(record)

    def put_archived(self, key: int, *, archived: bool) -> None:
        """Archive a part or bring it back."""
        session = self.session
        item = session.shop.parts.item(session.actor, key)
        session.shop.parts.save_item(session.actor, _command_of(item, is_archived=archived))

    def _save(self, form: PartForm, record: Item | None) -> None:
        session, first, reason = self.session, form.first_count(), _tr("First count")

        def save(command: SaveItem) -> Item:
            made = session.shop.parts.save_item(session.actor, command)
            if command.id is None and first:
                return session.shop.parts.change_stock(session.actor, made.id, first, reason)
            return made

        before = None if record is None else _command_of(record, is_archived=record.is_archived)
        self.keep(form, before, form.command(record), save)

    # -- its stock -------------------------------------------------------------------------------------
    def change_stock(self) -> None:
        """Open the form of the chosen part's stock."""
        record = self.table.chosen()
        if record is None or record.is_archived or not self.isVisible():
            return
        form = StockForm(record, MOST_STOCK)
        form.accepted.connect(lambda: self._save_stock(form, record))
        self.open_sheet(record.name, Sheet(form, _tr("Change stock")))

    def _save_stock(self, form: StockForm, record: Item) -> None:
        session, by, reason = self.session, form.by.value(), form.reason.value()

        def put(pieces: int, why: str) -> Any:
            return session.shop.parts.change_stock(session.actor, record.id, pieces, why)

        def refused(error: Exception) -> None:
            form.set_saving(False)
            if isinstance(error, PosappError):
                form.show_error(error)

        form.set_saving(True)
        said = _tr("{name}: {by} pieces").format(name=record.name, by=f"{by:+d}".replace("-", "−"))
        undone = _tr("Taken back: {what}").format(what=reason)[:200]
        self.presenter.save(
            lambda: put(by, reason),
            said,
            failed=refused,
            undo=lambda: put(-by, undone),
            redo=lambda: put(by, reason),
            done=lambda _made: self.shell.close_sheet(),
        )


def _command_of(record: Item, *, is_archived: bool) -> SaveItem:
    return SaveItem(
        sku=record.sku,
        name=record.name,
        kind=record.kind,
        price_minor=record.price_minor,
        reorder_level=record.reorder_level,
        id=record.id,
        is_archived=is_archived,
    )
