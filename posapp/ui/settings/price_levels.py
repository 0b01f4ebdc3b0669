"""Price levels: groups of customers who pay less."""

from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.names import check_name
from posapp.domain.catalogue.taxes import percent_text
from posapp.services.catalogue.price_levels import SavePriceLevel
from posapp.ui.fields import TextField
from posapp.ui.settings.fields import PercentField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.table_section import Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


class PriceLevelsSection(TableSection):
    """The table of price levels; which one a customer has is said on the customer."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        declared = Table(
            title=_tr("Price levels"),
            about=_tr("Groups of customers who pay less. Which one a customer has is said on the customer."),
            add=_tr("Add price level"),
            new=_tr("New price level"),
            save=_tr("Save price level"),
            columns=(
                Column(_tr("Price level"), lambda row: row.name),
                Column(_tr("Off"), lambda row: f"{percent_text(row.percent_off)} %", is_figure=True),
            ),
            rows=lambda known: known.price_levels,
            parts=lambda _record: {
                "name": TextField("name", _tr("Name"), read=check_name),
                "percent_off": PercentField("percent", _tr("Per cent off every price")),
            },
            command=SavePriceLevel,
            write=lambda shop, actor, command: shop.price_levels.save(actor, command),
            is_ordered=False,
        )
        super().__init__(declared, presenter, shell)

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive a price level or bring it back."""
        one = next(one for one in shop.price_levels.all(actor, with_archived=True) if one.id == key)
        shop.price_levels.save(actor, replace(self.command_of(one), is_archived=archived))
