"""Items: the catalogue with its stock; found by typing, and what is on the shelf changes with a reason."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.catalogue.items import MOST_STOCK, Item, MoveKind
from posapp.domain.papers.documents import PaperSize
from posapp.services.catalogue.items import REASON_LIMIT, MoveStock, SaveItem
from posapp.services.catalogue.labels import MOST_LABELS, LabelOf
from posapp.ui.actions import Action
from posapp.ui.alive import while_alive
from posapp.ui.fields import SearchField, TextField
from posapp.ui.layout import columns, sides, wide
from posapp.ui.preview.print_watch import paper_output
from posapp.ui.settings.fields import PiecesField, WholeField
from posapp.ui.settings.item_files import ImportForm, ask_source, ask_target, why
from posapp.ui.settings.item_form import ItemForm
from posapp.ui.settings.presenter import SettingsPresenter, Work
from posapp.ui.settings.table_section import RowForm, Sheet, Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import action_button, button
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.catalogue.item_files import ItemsImported
    from posapp.services.desks import Shop

_tr = translator("Settings")

SHOWN = 200
"""So many are listed; who looks for another one types."""
_SKU, _LEVEL = 1, 5
"""Columns of the table."""
_SKU_WIDTH, _COMPACT_SKU_WIDTH = 200, 132
_TOPIC = "items"


def _stock(row: Item) -> str:
    if not row.keeps_stock:
        return "–"
    is_low = row.reorder_level > 0 and row.is_low and not row.is_archived
    return _tr("{count}, order").format(count=row.stock) if is_low else str(row.stock)


def _read_reason(text: str) -> str:
    reason = clean_text(text, REASON_LIMIT, "reason")
    if not reason:
        raise DomainError("reason_missing", "Say why.", field="reason")
    return reason


class ItemsSection(TableSection):
    """The table of items: those that answer to what is typed above it."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        self._found: Sequence[Item] = ()
        super().__init__(self._declare(presenter), presenter, shell)
        self.search = SearchField(_tr("Find an item"), _tr("Name, SKU or barcode"))
        self.search.follow(self.table)
        self.search.textChanged.connect(lambda _text: self._ask())
        self.search.opened.connect(self.open_row)
        self.first = self.search
        self._labels = Action(
            "settings_labels",
            _tr("Labels"),
            "Ctrl+P",
            self.print_labels,
            "printer",
            self.isVisible,
            on_record=True,
        )
        labels = action_button(self._labels, size="s")
        files = columns(labels, *self._file_buttons(), gap=8)
        above = sides(wide(self.search), files, gap=8, pad=(16, 10, 16, 0))
        self.body.insertLayout(self.body.count() - 3, above)  # below the head, above what it is about
        self._change = self._action("settings_stock", _tr("Change stock"), "Alt+K", self.change_stock)
        self._quick = self._action("settings_quick", _tr("Quick item"), "Alt+Q", self.turn_quick)
        own = [action_button(one, size="s") for one in (self._quick, self._change)]
        self.buttons = [labels, *own]
        self.show_tools(*own)
        self._is_compact = False
        self.table.horizontalHeader().setSectionResizeMode(_SKU, QHeaderView.ResizeMode.Fixed)
        theme().changed.connect(self._fit)
        self._fit()

    def _action(self, key: str, words: str, keys: str, run: Callable[[], None]) -> Action:
        return Action(key, words, keys, run, "pencil", self.isVisible, on_record=True)

    def _declare(self, presenter: SettingsPresenter) -> Table:
        return Table(
            title=_tr("Items"),
            about=_tr("Goods, parts and work. Tickets reserve and use parts, sales take all of them."),
            add=_tr("Add item"),
            new=_tr("New item"),
            save=_tr("Save item"),
            columns=(
                Column(_tr("Item"), lambda row: row.name),
                Column(_tr("SKU"), lambda row: row.sku),
                Column(_tr("Price"), lambda row: presenter.wording.price(row.price_minor), is_figure=True),
                Column(_tr("Stock"), _stock, is_figure=True),
                Column(_tr("Reserved"), lambda row: str(row.reserved or "–"), is_figure=True),
                Column(_tr("Order at"), lambda row: str(row.reorder_level or "–"), is_figure=True),
            ),
            rows=lambda _known: self._found,
            parts=lambda _record: {},
            command=SaveItem,
            write=lambda shop, actor, command: shop.items.save(actor, command),
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

    # -- what is listed --------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Read the items that answer to what is typed; all by name where nothing is."""
        self._ask()

    def look_for(self, text: str) -> None:
        """List what a text means."""
        self.search.setText(text)

    def take_scan(self, code: str) -> bool:
        """List the item with the code; a sheet that is open is left alone."""
        if self.shell.sheet_content is not None:
            return False
        self.look_for(code)
        return True

    def _ask(self) -> None:
        words, gone = self.search.text(), self.archived.isChecked()

        def read(shop: "Shop", actor: "Actor") -> list[Item]:
            return shop.items.find(actor, words, with_archived=gone, limit=SHOWN + 1)

        self.presenter.read(read, self._show, topic=_TOPIC)

    def _show(self, found: Sequence[Item]) -> None:
        self._found = found[:SHOWN]
        self.count.set_text(f"{SHOWN}+" if len(found) > SHOWN else str(len(found)))
        self.table.show_rows(self._found)
        for one in self.buttons:
            one.setVisible(bool(found))  # without an item there is no stock to change

    def stored(self, shop: "Shop", actor: "Actor", key: int) -> object:
        """The item as it is now, but for its stamps."""
        return replace(shop.items.get(actor, key), stamps=None)  # type: ignore[arg-type]

    def more_actions(self) -> Sequence[Action]:
        """Alt+K changes the stock, Alt+Q gives an item a key of its own, Ctrl+P prints its labels."""
        return (self._change, self._quick, self._labels)

    # -- an item ---------------------------------------------------------------------------------------
    def make_form(self, record: Item | None) -> ItemForm:
        """The whole form of an item, with what moved its stock."""
        known = self.presenter.known
        form = ItemForm(record, [one for one in known.taxes if not one.is_archived], self.presenter.wording)
        if record is not None:
            key = record.id
            self.presenter.read(
                lambda shop, actor: shop.items.moves(actor, key, limit=form.most_moves),
                form.show_moves,
                topic="moves",
            )
        return form

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive an item or bring it back."""
        item = shop.items.get(actor, key)
        shop.items.save(actor, replace(self.command_of(item), is_archived=archived))

    def turn_quick(self) -> None:
        """Sell the chosen item with a key of its own, or no longer."""
        record = self.table.chosen()
        if record is None or record.is_archived:
            return
        before = [one.id for one in self.presenter.known.quick_items]
        gone = record.id in before
        after = [key for key in before if key != record.id] if gone else [*before, record.id]
        words = _tr("{name} is no quick item any more") if gone else _tr("{name} is a quick item")
        self.presenter.exchange(
            lambda shop, actor, keys: shop.items.set_quick(actor, keys),
            before,
            after,
            words.format(name=record.name),
            self.presenter.say_failure,
            now=lambda shop, actor: [one.id for one in shop.items.quick(actor)],
        )

    # -- labels ----------------------------------------------------------------------------------------
    def print_labels(self) -> None:
        """Ask how many labels of the chosen item."""
        record = self.table.chosen()
        if record is None or record.is_archived:
            return
        copies = WholeField("copies", _tr("How many"), 1, MOST_LABELS)
        copies.put(1)
        words = _tr("{name}, {price}. One goes on each piece; {stock} are in stock.")
        if not record.keeps_stock:
            words = _tr("{name}, {price}.")
        price = self.presenter.wording.price(record.price_minor)
        copies.say(words.format(name=record.name, price=price, stock=record.stock))
        form = RowForm({"copies": copies}, None)
        form.accepted.connect(lambda: self._print_labels(form, record, **form.values()))
        self.open_sheet(record.name, Sheet(form, _tr("Print labels")))
        copies.editor.selectAll()  # type: ignore[union-attr]  # a line, not a note

    def _print_labels(self, form: RowForm, record: Item, copies: int) -> None:
        output = paper_output(self.presenter.session, PaperSize(self.presenter.session.till.label_paper))
        form.set_saving(True)
        words = _tr("1 label of {name} printed") if copies == 1 else _tr("{n} labels of {name} printed")

        def printed(_count: int) -> None:
            self.shell.close_sheet()
            self.shell.notices.toast(words.format(n=copies, name=record.name))

        self.presenter.do(
            lambda shop, actor: shop.labels.print(
                actor, [LabelOf(record.id, copies)], output.paper, output.printer
            ),
            while_alive(form, printed),
            while_alive(form, form.refuse),
            lane=self.presenter.session.lanes.paper,
        )

    # -- files -----------------------------------------------------------------------------------------
    def _file_buttons(self) -> tuple[QWidget, QWidget]:
        return (
            button(_tr("Import…"), size="s", icon="upload", run=lambda: self.bring_in(ask_source(self))),
            button(_tr("Export…"), size="s", icon="download", run=lambda: self.write_out(ask_target(self))),
        )

    def bring_in(self, file: Path | None) -> None:
        """Show what a file would do; its sheet does it."""
        if file is None:
            return
        self.presenter.do(
            lambda shop, actor: shop.item_files.import_file(actor, file, dry_run=True),
            lambda found: self._show_import(file, found),
            self._file_failed,
        )

    def _show_import(self, file: Path, found: "ItemsImported") -> None:
        form = ImportForm(found)
        said = _tr("{name} is brought in").format(name=file.name)
        form.accepted.connect(
            lambda: self.save_sheet(form, lambda shop, actor: shop.item_files.import_file(actor, file), said)
        )
        self.open_sheet(file.name, Sheet(form, _tr("Bring in")))

    def write_out(self, file: Path | None) -> None:
        """Write the items in use into a file."""
        if file is None:
            return
        words = _tr("{count} items in {name}")
        self.presenter.do(
            lambda shop, actor: shop.item_files.export_file(actor, file, replace=True),
            lambda count: self.shell.notices.toast(words.format(count=count, name=file.name)),
            self._file_failed,
        )

    def _file_failed(self, error: Exception) -> None:
        self.shell.notices.status(why(error), "danger", seconds=8.0)

    # -- its stock -------------------------------------------------------------------------------------
    def change_stock(self) -> None:
        """Open the form of the chosen item's stock."""
        record = self.table.chosen()
        if record is None or record.is_archived:
            return
        if not record.keeps_stock:
            self.shell.notices.status(_tr("No stock is kept of {name}").format(name=record.name), "warning")
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
