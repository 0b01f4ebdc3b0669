"""Loaners: devices that the shop lends, and on which ticket each is out."""

from posapp.domain.base.names import check_name, clean_text
from posapp.domain.repairs.loaners import Loaner
from posapp.services.repairs.loaners import SERIAL_LIMIT, SaveLoaner
from posapp.ui.fields import Form, TextField
from posapp.ui.settings.presenter import Known, SettingsPresenter
from posapp.ui.settings.section import stacked
from posapp.ui.settings.table_section import Sheet, TableSection
from posapp.ui.tables import Column
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

_tr = translator("Settings")


def _out(row: Loaner) -> str:
    return _tr("in the shop") if row.loan is None else row.loan.number


class LoanersSection(TableSection):
    """The table of loaners."""

    is_ordered = False

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        columns = (
            Column(_tr("Loaner"), lambda row: row.name, lambda row: row.name.casefold()),
            Column(_tr("Serial"), lambda row: row.serial or "–", lambda row: row.serial),
            Column(_tr("Out on"), _out, _out),
        )
        super().__init__(
            _tr("Loaners"),
            _tr("Devices that customers borrow while theirs is here. They are lent on the ticket."),
            columns,
            presenter,
            shell,
            add=_tr("Add loaner"),
        )

    def records_in(self, known: Known) -> tuple[Loaner, ...]:
        """All loaners."""
        return known.repairs.loaners

    def show_sheet(self, record: Loaner | None) -> None:
        """Name and serial."""
        form = LoanerForm()
        if record is not None:
            form.show_loaner(record)
        form.accepted.connect(lambda: self._save(form, record))
        if record is None:
            sheet = Sheet(form, _tr("Add loaner"))
        else:
            other = _tr("Restore") if record.is_archived else _tr("Archive")
            sheet = Sheet(form, _tr("Save loaner"), other, lambda: self.archive(record))
        self.open_sheet(_tr("New loaner") if record is None else record.name, sheet)

    def archive(self, record: Loaner) -> None:
        """No longer lent, or lent again."""
        self.put_away(record)

    def put_archived(self, key: int, *, archived: bool) -> None:
        """Archive a loaner or bring it back."""
        session = self.session
        desk = session.shop.loaners
        one = next(one for one in desk.all(session.actor, with_archived=True) if one.id == key)
        desk.save(session.actor, SaveLoaner(name=one.name, serial=one.serial, id=key, is_archived=archived))

    def _save(self, form: "LoanerForm", record: Loaner | None) -> None:
        session = self.session
        desk = session.shop.loaners
        before = None if record is None else _command_of(record)
        self.keep(form, before, form.command(record), lambda command: desk.save(session.actor, command))


def _command_of(record: Loaner) -> SaveLoaner:
    return SaveLoaner(name=record.name, serial=record.serial, id=record.id, is_archived=record.is_archived)


class LoanerForm(Form):
    """The fields of a loaner."""

    def __init__(self) -> None:
        super().__init__()
        self.name = self.add_field(TextField("name", self.tr("Name"), read=check_name))
        self.serial = self.add_field(
            TextField(
                "serial",
                self.tr("Serial number"),
                read=lambda text: clean_text(text, SERIAL_LIMIT, "serial"),
            )
        )
        self.setLayout(stacked(self.name, self.serial, spacing=12))

    def show_loaner(self, record: Loaner) -> None:
        """Fill in what is known."""
        self.name.set_text(record.name)
        self.serial.set_text(record.serial)

    def command(self, record: Loaner | None) -> SaveLoaner:
        """What to save; every field is right by now."""
        return SaveLoaner(
            name=self.name.value(),
            serial=self.serial.value(),
            id=None if record is None else record.id,
            is_archived=record is not None and record.is_archived,
        )
