"""Small tables: what can be booked, with whom and at which bench, and what is lent."""

from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.names import check_name
from posapp.domain.shop.businesses import Resource, ResourceKind, Service
from posapp.services.repairs.loaners import SERIAL_LIMIT, SaveLoaner
from posapp.services.shop.businesses import SaveResource, SaveService
from posapp.ui.fields import LabeledField, MinutesField, TextField
from posapp.ui.settings.fields import MinorField, WholeField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Captioned
from posapp.ui.settings.table_section import Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_minutes, translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop

_tr = translator("Settings")


def services(presenter: SettingsPresenter, shell: Shell) -> TableSection:
    """The table of services: how long each takes, what it costs."""

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


def _kind(kind: ResourceKind) -> str:
    return _tr("Person") if kind is ResourceKind.STAFF else _tr("Bench")


def _pause(row: Resource) -> str:
    return shown_minutes(row.buffer_minutes) if row.buffer_minutes else "–"


def _person_parts(_record: Resource | None) -> dict[str, LabeledField | Captioned]:
    kinds = Segmented([Choice(kind, _kind(kind)) for kind in (ResourceKind.STAFF, ResourceKind.BENCH)])
    kinds.set_current(ResourceKind.STAFF)
    capacity = WholeField("capacity", _tr("Bookings at once"), 1, 100_000)
    capacity.put(1)
    capacity.say(_tr("1 for a person; more where several devices fit."))
    pause = WholeField("buffer_minutes", _tr("Pause after each, in minutes"), 0, 240)
    pause.put(0)
    name, kind = TextField("name", _tr("Name"), read=check_name), Captioned(_tr("Kind"), kinds)
    return {"name": name, "kind": kind, "capacity": capacity, "buffer_minutes": pause}


def people(presenter: SettingsPresenter, shell: Shell) -> TableSection:
    """The table of people and benches: each is a column of the calendar."""
    declared = Table(
        title=_tr("People and benches"),
        about=_tr("Each is a column of the calendar. Their own hours stand under Hours."),
        add=_tr("Add person or bench"),
        new=_tr("New person or bench"),
        save=_tr("Save"),
        add_new=_tr("Add"),
        columns=(
            Column(_tr("Name"), lambda row: row.name),
            Column(_tr("Kind"), lambda row: _kind(row.kind)),
            Column(_tr("At once"), lambda row: str(row.capacity), is_figure=True),
            Column(_tr("Pause after"), _pause, is_figure=True),
        ),
        rows=lambda known: known.catalogue.resources,
        parts=_person_parts,
        command=SaveResource,
        write=lambda shop, actor, command: shop.businesses.save_resource(actor, command),
        kind="resource",
    )
    return TableSection(declared, presenter, shell)


class LoanersSection(TableSection):
    """The table of loaners, and on which ticket each is out."""

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
            parts=lambda _record: {
                "name": TextField("name", _tr("Name"), read=check_name),
                "serial": TextField("serial", _tr("Serial number"), limit=SERIAL_LIMIT),
            },
            command=SaveLoaner,
            write=lambda shop, actor, command: shop.loaners.save(actor, command),
            is_ordered=False,
        )
        super().__init__(declared, presenter, shell)

    def put_archived(self, shop: "Shop", actor: "Actor", key: int, *, archived: bool) -> None:
        """Archive a loaner or bring it back."""
        one = next(one for one in shop.loaners.all(actor, with_archived=True) if one.id == key)
        shop.loaners.save(actor, replace(self.command_of(one), is_archived=archived))
