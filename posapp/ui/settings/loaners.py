"""Loaners: devices that the shop lends, and on which ticket each is out."""

from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.names import check_name, clean_text
from posapp.domain.repairs.loaners import Loaner
from posapp.services.repairs.loaners import SERIAL_LIMIT, SaveLoaner
from posapp.ui.fields import LabeledField, TextField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.table_section import Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


def _read_serial(text: str) -> str:
    return clean_text(text, SERIAL_LIMIT, "serial")


def _parts(_record: Loaner | None) -> dict[str, LabeledField]:
    serial = TextField("serial", _tr("Serial number"), read=_read_serial)
    return {"name": TextField("name", _tr("Name"), read=check_name), "serial": serial}


class LoanersSection(TableSection):
    """The table of loaners."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        declared = Table(
            title=_tr("Loaners"),
            about=_tr("Devices that customers borrow while theirs is here. They are lent on the ticket."),
            add=_tr("Add loaner"),
            new=_tr("New loaner"),
            save=_tr("Save loaner"),
            columns=(
                Column(_tr("Loaner"), lambda row: row.name),
                Column(_tr("Serial"), lambda row: row.serial or "–"),
                Column(_tr("Out on"), lambda row: row.loan.number if row.loan else _tr("in the shop")),
            ),
            rows=lambda known: known.repairs.loaners,
            parts=_parts,
            command=SaveLoaner,
            write=lambda shop, actor, command: shop.loaners.save(actor, command),
            is_ordered=False,
        )
        super().__init__(declared, presenter, shell)

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive a loaner or bring it back."""
        one = next(one for one in shop.loaners.all(actor, with_archived=True) if one.id == key)
        shop.loaners.save(actor, replace(self.command_of(one), is_archived=archived))
