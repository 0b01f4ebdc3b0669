"""People and benches: whom and what a booking takes, how many at once, and the pause after each."""

from posapp.domain.base.names import check_name
from posapp.domain.shop.businesses import Resource, ResourceKind
from posapp.services.shop.businesses import SaveResource
from posapp.ui.fields import LabeledField, TextField
from posapp.ui.settings.fields import WholeField
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Captioned
from posapp.ui.settings.table_section import Table, TableSection
from posapp.ui.tables import Column
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_minutes, translator

_tr = translator("Settings")


def _kind(kind: ResourceKind) -> str:
    return _tr("Person") if kind is ResourceKind.STAFF else _tr("Bench")


def _pause(row: Resource) -> str:
    return shown_minutes(row.buffer_minutes) if row.buffer_minutes else "–"


def _parts(_record: Resource | None) -> dict[str, LabeledField | Captioned]:
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
        parts=_parts,
        command=SaveResource,
        write=lambda shop, actor, command: shop.businesses.save_resource(actor, command),
        kind="resource",
    )
    return TableSection(declared, presenter, shell)
