"""The price list of repairs: its table, the form of a price, many changed by per cent, files in and out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView

from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import MOST_MINUTES, RepairPrice
from posapp.services.repairs.repair_prices import PriceImport, SavePrice
from posapp.ui.actions import Action
from posapp.ui.fields import ComboField, LabeledField, TextField
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.settings.fields import MinorField, WholeField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.price_forms import ImportForm, PercentForm
from posapp.ui.settings.table_section import Sheet, Table, TableSection
from posapp.ui.settings.ticket_rules import kind_words
from posapp.ui.tables import Column
from posapp.ui.tickets.intake.choices import usual_faults
from posapp.ui.tickets.intake.fields import WordsField
from posapp.ui.widgets.buttons import action_button
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_count, shown_minutes, translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")
_FAULT, _PART = 1, 4
"""Columns of the table."""


def device_words(row: RepairPrice) -> str:
    """For which devices a price is."""
    kind = kind_words(row.kind).lower() if row.kind is not None else ""
    if row.model:
        return f"{row.device} ({kind})" if kind else row.device
    if row.make:
        return _tr("{make}, {kind}").format(make=row.make, kind=kind or _tr("all devices"))
    return _tr("All {kind}").format(kind=kind)


class _KindField(ComboField):
    """A kind of device, or any."""

    def __init__(self) -> None:
        choices = [("", _tr("Any kind")), *((kind.value, kind_words(kind)) for kind in DeviceKind)]
        super().__init__("kind", _tr("Kind of device"), choices)
        self.choose("")

    def value(self) -> DeviceKind | None:
        """The kind, None for any."""
        found = super().value()
        return DeviceKind(found) if found else None

    def put(self, value: object) -> None:
        """Choose this kind."""
        self.choose(value)


class PricesSection(TableSection):
    """The table of prices."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(self._declare(presenter), presenter, shell)
        here = self.isVisible
        tr = _tr
        self._change = Action(
            "settings_percent", tr("Change all by per cent"), "Alt+K", self.change_many, "pencil", here
        )
        self._import = Action("settings_import", tr("Import"), "Ctrl+O", self.ask_import, "download", here)
        self._export = Action("settings_export", tr("Export"), "Ctrl+E", self.ask_export, "upload", here)
        self.buttons = [
            action_button(self._change, words=tr("By per cent"), size="s"),
            action_button(self._import, size="s"),
            action_button(self._export, size="s"),
        ]
        self.show_tools(*self.buttons)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(_FAULT, QHeaderView.ResizeMode.Stretch)

    def _declare(self, presenter: SettingsPresenter) -> Table:
        return Table(
            title=_tr("Price list"),
            about=_tr(
                "What a fault costs. Of several prices that fit a device, the most exact one is offered."
            ),
            add=_tr("Add price"),
            new=_tr("New price"),
            save=_tr("Save price"),
            columns=(
                Column(_tr("Device"), device_words),
                Column(_tr("Fault"), lambda row: row.fault),
                Column(_tr("Price"), lambda row: presenter.wording.price(row.price_minor), is_figure=True),
                Column(
                    _tr("Time"),
                    lambda row: shown_minutes(row.minutes) if row.minutes else "–",
                    is_figure=True,
                ),
                Column(_tr("Part"), lambda row: row.sku or "–"),
            ),
            rows=lambda known: known.repairs.prices,
            parts=self._parts,
            command=SavePrice,
            write=lambda shop, actor, command: shop.repair_prices.save(actor, command),
            is_ordered=False,
        )

    def compact_changed(self, is_compact: bool) -> None:
        """In narrow windows the part stands in the sheet alone."""
        self.table.setColumnHidden(_PART, is_compact)

    def more_actions(self) -> Sequence[Action]:
        """What is done with the whole list."""
        return (self._change, self._import, self._export)

    # -- a price ---------------------------------------------------------------------------------------
    def _parts(self, record: RepairPrice | None) -> dict[str, LabeledField]:
        known = self.presenter.known.repairs
        faults = dict.fromkeys(fault for kind in DeviceKind for fault in usual_faults(kind))
        make = WordsField("make", _tr("Brand"), dict.fromkeys(one.make for one in known.prices))
        make.say(_tr("Empty for every brand of a kind."))
        model = WordsField("model", _tr("Model"))
        model.say(_tr("Empty for all models."))
        fault = WordsField(
            "fault", _tr("Fault"), dict.fromkeys([*faults, *(one.fault for one in known.prices)])
        )
        fault.say(_tr("As it is told at the counter."))
        minutes = WholeField("minutes", _tr("Minutes of work"), 0, MOST_MINUTES, is_optional=True)
        minutes.say(_tr("Counts for the time that is promised."))
        part = TextField("sku", _tr("Part"), placeholder=_tr("SKU or barcode"))
        part.say(
            record.part if record is not None else _tr("What it takes from the shelf; empty for nothing.")
        )
        missing = _tr("Enter a price, or 0 for free.")
        price = MinorField("price", _tr("Price"), self.presenter.wording, missing=missing)
        return {
            "make": make,
            "model": model,
            "kind": _KindField(),
            "fault": fault,
            "price_minor": price,
            "minutes": minutes,
            "sku": part,
        }

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Take a price off the list or bring it back."""
        found = shop.repair_prices.find(actor, with_archived=True)
        one = next(one for one in found if one.id == key)
        shop.repair_prices.save(actor, replace(self.command_of(one), is_archived=archived))

    # -- many ------------------------------------------------------------------------------------------
    def change_many(self) -> None:
        """Open the form that shows what a percentage does, and does it."""
        form = PercentForm(self.presenter)
        form.accepted.connect(lambda: self._change_many(form))
        self.open_sheet(_tr("Change prices"), Sheet(form, _tr("Change prices")))

    def _change_many(self, form: PercentForm) -> None:
        command = form.command()
        if command is None:
            return  # what is typed was not shown yet
        count = len(command.seen or ())
        said = _tr("{prices} changed").format(prices=shown_count(count, _tr("price"), _tr("prices")))
        self.save_sheet(form, lambda shop, actor: shop.repair_prices.change(actor, command), said)

    # -- files -----------------------------------------------------------------------------------------
    def ask_import(self) -> None:
        """Choose a file."""
        name, _ = FileDialog.getOpenFileName(
            self.window(), _tr("Import prices"), "", _tr("Tables (*.csv *.xlsx)")
        )
        if name:
            self.look_into(Path(name))

    def look_into(self, file: Path) -> None:
        """Show what a file would bring, before it is brought."""

        def work(shop: "Shop", actor: "Actor") -> PriceImport:
            return shop.repair_prices.import_file(actor, file, dry_run=True)

        self.presenter.do(work, partial(self._offer_import, file), self.presenter.say_failure)

    def _offer_import(self, file: Path, found: PriceImport) -> None:
        form = ImportForm(file.name, found)
        form.accepted.connect(lambda: self._bring_in(form, file))
        self.open_sheet(_tr("Import prices"), Sheet(form, _tr("Import")))

    def _bring_in(self, form: ImportForm, file: Path) -> None:
        if not form.brings_something:
            self.shell.close_sheet()
            return
        count = form.found.added + form.found.changed
        said = _tr("{prices} imported").format(prices=shown_count(count, _tr("price"), _tr("prices")))
        self.save_sheet(form, lambda shop, actor: shop.repair_prices.import_file(actor, file), said)

    def ask_export(self) -> None:
        """Choose where to."""
        name, _ = FileDialog.getSaveFileName(
            self.window(), _tr("Export prices"), "prices.xlsx", _tr("Workbook (*.xlsx);;Table (*.csv)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, file: Path) -> None:
        """Write the list; the dialog has asked whether a file may be replaced."""
        path = file if file.suffix else file.with_suffix(".xlsx")

        def written(count: int) -> None:
            prices = shown_count(count, _tr("price"), _tr("prices"))
            self.shell.notices.toast(_tr("{prices} written to {name}").format(prices=prices, name=path.name))

        self.presenter.read(
            lambda shop, actor: shop.repair_prices.export_file(actor, path, replace=path == file),
            written,
            self.presenter.say_failure,
            topic="export",
        )
