"""People and benches: whom and what a booking takes, how many at once, and the pause after each."""

from posapp.domain.base.names import check_name
from posapp.domain.shop.businesses import Resource, ResourceKind
from posapp.services.shop.businesses import SaveResource
from posapp.ui.fields import Form, TextField
from posapp.ui.settings.presenter import Known, SettingsPresenter
from posapp.ui.settings.section import captioned, stacked
from posapp.ui.settings.table_section import Sheet, TableSection
from posapp.ui.settings.whole import WholeField
from posapp.ui.tables import Column
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.window.shell import Shell
from posapp.ui.wording import shown_minutes, translator

_tr = translator("Settings")


def kind_words(kind: ResourceKind) -> str:
    """A kind as people call it."""
    return _tr("Person") if kind is ResourceKind.STAFF else _tr("Bench")


def _pause(row: Resource) -> str:
    return shown_minutes(row.buffer_minutes) if row.buffer_minutes else "–"


class PeopleSection(TableSection):
    """The table of people and benches: each is a column of the calendar."""

    kind = "resource"

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        columns = (
            Column(_tr("Name"), lambda row: row.name, lambda row: row.name.casefold()),
            Column(_tr("Kind"), lambda row: kind_words(row.kind), lambda row: row.kind.value),
            Column(_tr("At once"), lambda row: str(row.capacity), lambda row: row.capacity, True),
            Column(_tr("Pause after"), _pause, lambda row: row.buffer_minutes, True),
        )
        super().__init__(
            _tr("People and benches"),
            _tr("Each is a column of the calendar. Their own hours stand under Hours."),
            columns,
            presenter,
            shell,
            add=_tr("Add person or bench"),
        )

    def records_in(self, known: Known) -> tuple[Resource, ...]:
        """All of them."""
        return known.catalogue.resources

    def show_sheet(self, record: Resource | None) -> None:
        """Kind, name, capacity, pause."""
        form = ResourceForm()
        if record is not None:
            form.show_resource(record)
        form.accepted.connect(lambda: self._save(form, record))
        if record is None:
            sheet = Sheet(form, _tr("Add"))
        else:
            other = _tr("Restore") if record.is_archived else _tr("Archive")
            sheet = Sheet(form, _tr("Save"), other, lambda: self.archive(record))
        self.open_sheet(_tr("New person or bench") if record is None else record.name, sheet)

    def archive(self, record: Resource) -> None:
        """Out of the calendar, or back."""
        self.put_away(record)

    def _save(self, form: "ResourceForm", record: Resource | None) -> None:
        session = self.session
        desk = session.shop.businesses
        before = None if record is None else _command_of(record)
        self.keep(
            form,
            before,
            form.command(record),
            lambda command: desk.save_resource(session.actor, command),
        )


def _command_of(record: Resource) -> SaveResource:
    return SaveResource(
        id=record.id,
        kind=record.kind,
        name=record.name,
        capacity=record.capacity,
        buffer_minutes=record.buffer_minutes,
    )


class ResourceForm(Form):
    """The fields of a person or bench."""

    def __init__(self) -> None:
        super().__init__()
        kinds = (
            Choice(ResourceKind.STAFF.value, kind_words(ResourceKind.STAFF)),
            Choice(ResourceKind.BENCH.value, kind_words(ResourceKind.BENCH)),
        )
        self.kind = Segmented(kinds)
        self.kind.set_current(ResourceKind.STAFF.value)
        self.name = self.add_field(TextField("name", self.tr("Name"), read=check_name))
        self.capacity = self.add_field(WholeField("capacity", self.tr("Bookings at once"), 1, 100_000))
        self.pause = self.add_field(
            WholeField("buffer_minutes", self.tr("Pause after each, in minutes"), 0, 240)
        )
        self.setLayout(
            stacked(self.name, captioned(self.tr("Kind"), self.kind), self.capacity, self.pause, spacing=12)
        )
        self.capacity.put(1)
        self.pause.put(0)
        self.capacity.say(self.tr("1 for a person; more where several devices fit."))

    def show_resource(self, record: Resource) -> None:
        """Fill in what is known."""
        self.kind.set_current(record.kind.value)
        self.name.set_text(record.name)
        self.capacity.put(record.capacity)
        self.pause.put(record.buffer_minutes)

    def command(self, record: Resource | None) -> SaveResource:
        """What to save; every field is right by now."""
        return SaveResource(
            id=record.id if record is not None else None,
            kind=ResourceKind(self.kind.current()),
            name=self.name.value(),
            capacity=self.capacity.value(),
            buffer_minutes=self.pause.value(),
        )
