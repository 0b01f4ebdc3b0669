"""Services: what can be booked, how long it takes, what it costs."""

from posapp.domain.base.money import Money
from posapp.domain.base.names import check_name
from posapp.domain.shop.businesses import Service
from posapp.services.shop.businesses import SaveService
from posapp.ui.fields import Form, MinutesField, MoneyField, TextField
from posapp.ui.settings.presenter import Known, SettingsPresenter
from posapp.ui.settings.section import stacked
from posapp.ui.settings.table_section import Sheet, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording, shown_minutes, translator

_tr = translator("Settings")


class ServicesSection(TableSection):
    """The table of services."""

    kind = "service"

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        columns = (
            Column(_tr("Service"), lambda row: row.name, lambda row: row.name.casefold()),
            Column(_tr("Length"), lambda row: shown_minutes(row.minutes), lambda row: row.minutes, True),
            Column(_tr("Price"), self._price, lambda row: row.price_minor or 0, True),
        )
        super().__init__(
            _tr("Services"),
            _tr("What customers book. The length and the price are filled into a new booking."),
            columns,
            presenter,
            shell,
            add=_tr("Add service"),
        )

    def _price(self, row: Service) -> str:
        if row.price_minor is None:
            return _tr("on inspection")
        return self.presenter.wording.price(row.price_minor)

    def records_in(self, known: Known) -> tuple[Service, ...]:
        """All services."""
        return known.catalogue.services

    def show_sheet(self, record: Service | None) -> None:
        """Name, length, price."""
        form = ServiceForm(self.presenter.wording)
        if record is not None:
            form.show_service(record, self.presenter.business.currency)
        form.accepted.connect(lambda: self._save(form, record))
        title = _tr("New service") if record is None else record.name
        self.open_sheet(title, self._sheet(form, record))

    def archive(self, record: Service) -> None:
        """Out of the choices, or back."""
        self.put_away(record)

    def _sheet(self, form: "ServiceForm", record: Service | None) -> Sheet:
        if record is None:
            return Sheet(form, _tr("Add service"))
        other = _tr("Restore") if record.is_archived else _tr("Archive")
        return Sheet(form, _tr("Save service"), other, lambda: self.archive(record))

    def _save(self, form: "ServiceForm", record: Service | None) -> None:
        session = self.session
        desk = session.shop.businesses
        before = None if record is None else _command_of(record)
        self.keep(
            form,
            before,
            form.command(record),
            lambda command: desk.save_service(session.actor, command),
        )


def _command_of(record: Service) -> SaveService:
    return SaveService(id=record.id, name=record.name, minutes=record.minutes, price_minor=record.price_minor)


class ServiceForm(Form):
    """The fields of a service."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.name = self.add_field(TextField("name", self.tr("Name"), read=check_name))
        self.minutes = self.add_field(MinutesField("minutes", self.tr("Length")))
        self.price = self.add_field(MoneyField("price", self.tr("Price"), wording=wording))
        self.price.say(self.tr("Leave it empty when the price is set on inspection."))
        self.setLayout(stacked(self.name, self.minutes, self.price, spacing=12))
        self.minutes.set_minutes(30)

    def show_service(self, record: Service, currency: str) -> None:
        """Fill in what is known."""
        self.name.set_text(record.name)
        self.minutes.set_minutes(record.minutes)
        if record.price_minor is not None:
            self.price.set_money(Money(record.price_minor, currency))

    def command(self, record: Service | None) -> SaveService:
        """What to save; every field is right by now."""
        price = self.price.value()
        return SaveService(
            id=record.id if record is not None else None,
            name=self.name.value(),
            minutes=self.minutes.value(),
            price_minor=None if price is None else price.minor,
        )
