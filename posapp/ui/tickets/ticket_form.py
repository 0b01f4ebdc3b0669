"""What belongs to the whole ticket: promised for when, rush, and the note that never prints."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.ticket_commands import Unchanged
from posapp.services.repairs.tickets import UNCHANGED
from posapp.ui.fields import LabeledField, NoteField
from posapp.ui.layout import columns, rows, wide
from posapp.ui.tickets.intake.fields import OptionalDay, OptionalTime
from posapp.ui.tickets.merging_form import MergingForm
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.widgets.buttons import CheckBox, button


class TicketForm(MergingForm):
    """Saved with its button or Ctrl+Enter."""

    def __init__(self, presenter: TicketPresenter, ticket: Ticket) -> None:
        super().__init__()
        self._presenter, self._ticket = presenter, ticket
        self.note = self.add_field(NoteField("note", self.tr("Note for us"), lines=2))
        self.day = self.add_field(OptionalDay("due", self.tr("Promised for"), wording=presenter.wording))
        when = OptionalTime("time", self.tr("Time"), wording=presenter.wording, day=self.day)
        self.time = self.add_field(when)
        self.rush = CheckBox(self.tr("Rush"))
        save = button(self.tr("Save"), icon="save", key="Ctrl+Return")
        self.set_save_button(save)
        promise = columns(wide(self.day, 3), wide(self.time, 2), gap=10)
        foot = columns(wide(self.rush), wide(save), gap=10)
        rows(self.note, promise, foot, self.summary, gap=8, host=self)
        self.show_ticket(ticket)
        self.rush.setChecked(ticket.is_rush)
        self.accepted.connect(self._save)
        self.saved.connect(self._keep)

    def put(self, field: LabeledField, text: str) -> None:
        """Days and times are set as such, so that they are read again as what they are."""
        due = self._ticket.due
        if due is not None and field is self.day:
            self.day.set_day(self._presenter.wording.here(due).date())
        elif due is not None and field is self.time:
            self.time.set_time(self._presenter.wording.here(due).time())
        else:
            super().put(field, text)

    def show_ticket(self, ticket: Ticket) -> None:
        """The ticket as it is now; what is being typed stays."""
        if self.rush.isChecked() == self._ticket.is_rush:
            self.rush.setChecked(ticket.is_rush)
        self._ticket = ticket
        wording = self._presenter.wording
        here = wording.here(ticket.due) if ticket.due else None
        self.merge(
            {
                "note": ticket.note,
                "due": wording.day(here.date()) if here else "",
                "time": wording.time(here.time()) if here else "",
            },
            ticket.stamps.updated_by,
        )

    def _keep(self, _before: Ticket, after: Ticket) -> None:
        self._ticket = after  # a second press before it is read again saves nothing twice

    def _due(self) -> datetime | Unchanged | None:
        if not self.changed() & {"due", "time"}:
            return UNCHANGED
        if self.day.is_empty():
            return None
        zone = ZoneInfo(self._presenter.wording.zone)
        return datetime.combine(self.day.value(), self.time.value(), zone)

    def submit(self) -> bool:
        """A day without a time is till evening."""
        if not self.day.is_empty() and self.time.is_empty():
            self.time.set_text("18:00")
        return super().submit()

    def _save(self) -> None:
        before, names = self._ticket, self.changed()
        is_rush = self.rush.isChecked()
        if not names and is_rush == before.is_rush:
            return
        due, note = self._due(), self.note.value() if "note" in names else None
        write = partial(
            self._presenter.write_ticket,
            before.stamps.version,
            lambda shop, actor, seen: shop.tickets.edit(
                actor,
                before.number,
                due=due,
                is_rush=is_rush if is_rush != before.is_rush else None,
                note=note,
                seen_version=seen,
            ),
        )
        self.send(write, before, lambda ticket: ticket)
