"""Services: what can be booked, how long it takes, what it costs."""

from posapp.domain.base.names import check_name
from posapp.domain.shop.businesses import Service
from posapp.services.shop.businesses import SaveService
from posapp.ui.fields import LabeledField, MinutesField, TextField
from posapp.ui.settings.fields import MinorField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.table_section import Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_minutes, translator

_tr = translator("Settings")


def services(presenter: SettingsPresenter, shell: Shell) -> TableSection:
    """The table of services."""

    def price(row: Service) -> str:
        if row.price_minor is None:
            return _tr("on inspection")
        return presenter.wording.price(row.price_minor)

    def parts(_record: Service | None) -> dict[str, LabeledField]:
        minutes = MinutesField("minutes", _tr("Length"))
        minutes.set_minutes(30)
        price = MinorField("price", _tr("Price"), presenter.wording)
        price.say(_tr("Leave it empty when the price is set on inspection."))
        name = TextField("name", _tr("Name"), read=check_name)
        return {"name": name, "minutes": minutes, "price_minor": price}

    declared = Table(
        title=_tr("Services"),
        about=_tr("What customers book. The length and the price are filled into a new booking."),
        add=_tr("Add service"),
        new=_tr("New service"),
        save=_tr("Save service"),
        columns=(
            Column(_tr("Service"), lambda row: row.name),
            Column(_tr("Length"), lambda row: shown_minutes(row.minutes), is_figure=True),
            Column(_tr("Price"), price, is_figure=True),
        ),
        rows=lambda known: known.catalogue.services,
        parts=parts,
        command=SaveService,
        write=lambda shop, actor, command: shop.businesses.save_service(actor, command),
        kind="service",
    )
    return TableSection(declared, presenter, shell)
