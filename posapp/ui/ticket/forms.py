"""What can be edited on a ticket: found, price, technician, shelf of each device; promise and note."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from posapp.domain.base.errors import PosappError
from posapp.domain.base.money import Money
from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.repairs.shelves import check_shelf
from posapp.services.repairs.ticket_commands import Unchanged
from posapp.services.repairs.tickets import UNCHANGED, EditJob, EditTicket
from posapp.ui.fields import ComboField, LabeledField, MoneyField, NoteField, TextField
from posapp.ui.ticket.merging import MergingForm
from posapp.ui.tickets.intake.fields import OptionalDay, OptionalTime
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.widgets.buttons import CheckBox

NOBODY = 0
EVENING = time(18, 0)
"""A day without a time is till then."""


class DeviceEdits(MergingForm):
    """Of one device. Its fields stand in the left column and in the popups of the head."""

    def __init__(self, presenter: TicketPresenter, job: Job) -> None:
        super().__init__()
        self._presenter, self.job = presenter, job
        self.found = self.add_field(NoteField("found", self.tr("Fault found"), lines=2))
        self.price = self.add_field(MoneyField("price", self.tr("Price"), wording=presenter.wording))
        people = [(NOBODY, self.tr("Nobody")), *presenter.technicians()]
        if job.technician_id and job.technician_id not in dict(people):
            people.append((job.technician_id, job.technician))
        self._people = dict(people)
        self.technician = self.add_field(ComboField("technician", self.tr("Technician"), people))
        self.shelf = self.add_field(TextField("shelf", self.tr("Shelf"), read=check_shelf))
        self.show_job(job)

    def show_job(self, job: Job) -> None:
        """The device as it is now; what is being typed stays."""
        self.job = job
        price = None if job.price_minor is None else Money(job.price_minor, self._presenter.wording.currency)
        self.merge(
            {
                "found": job.found,
                "price": self.price.shown(price),
                "technician": self._people.get(job.technician_id or NOBODY, self.tr("Nobody")),
                "shelf": job.shelf,
            },
            job.stamps.updated_by,
        )

    def take_scan(self, code: str) -> bool:
        """A shelf that is scanned into its field."""
        if not self.shelf.editor.hasFocus():
            return False
        try:
            code = check_shelf(code)
        except PosappError:
            return False
        self.shelf.set_text(code)
        self.edited.emit()
        return True

    def command(self) -> EditJob | None:
        """What was changed; None for nothing."""
        names = self.typed()
        if not names:
            return None
        price = self.price.value() if "price" in names else None
        return EditJob(
            number=self._presenter.number,
            position=self.job.position,
            found=self.found.value() if "found" in names else None,
            price_minor=(price.minor if price else None) if "price" in names else UNCHANGED,
            technician_id=self.technician.value() if "technician" in names else None,
            shelf=self.shelf.value() if "shelf" in names else None,
            seen_version=self.job.stamps.version,
        )

    @staticmethod
    def back(command: EditJob, job: Job) -> EditJob:
        """What takes that change back, as the device was before."""
        is_priced = not isinstance(command.price_minor, Unchanged)
        return EditJob(
            number=command.number,
            position=command.position,
            found=job.found if command.found is not None else None,
            price_minor=job.price_minor if is_priced else UNCHANGED,
            technician_id=(job.technician_id or NOBODY) if command.technician_id is not None else None,
            shelf=job.shelf if command.shelf is not None else None,
        )


class TicketEdits(MergingForm):
    """Of the whole ticket: promised for when, rush, and the note that never prints."""

    def __init__(self, presenter: TicketPresenter, ticket: Ticket) -> None:
        super().__init__()
        self._presenter, self.ticket = presenter, ticket
        self.note = self.add_field(NoteField("note", self.tr("Note for us"), lines=3))
        self.day = self.add_field(OptionalDay("due", self.tr("Promised for"), wording=presenter.wording))
        when = OptionalTime("time", self.tr("Time"), wording=presenter.wording, day=self.day)
        self.time = self.add_field(when)
        self.rush = CheckBox(self.tr("Rush"))
        self.rush.setChecked(ticket.is_rush)
        self.rush.clicked.connect(lambda _on=False: self.edited.emit())
        self.show_ticket(ticket)

    def put(self, field: LabeledField, text: str) -> None:
        """Days and times are set as such, so that they are read again as what they are."""
        due = self.ticket.due
        if due is not None and field is self.day:
            self.day.set_day(self._presenter.wording.here(due).date())
        elif due is not None and field is self.time:
            self.time.set_time(self._presenter.wording.here(due).time())
        else:
            super().put(field, text)

    def show_ticket(self, ticket: Ticket) -> None:
        """The ticket as it is now; what is being typed stays."""
        if self.rush.isChecked() == self.ticket.is_rush:
            self.rush.setChecked(ticket.is_rush)
        self.ticket = ticket
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

    def typed(self) -> dict[str, str]:
        """With the tick."""
        found = super().typed()
        if self.rush.isChecked() != self.ticket.is_rush:
            found["rush"] = "1" if self.rush.isChecked() else ""
        return found

    def restore_typed(self, kept: Mapping[str, object]) -> None:
        """With the tick."""
        super().restore_typed(kept)
        if "rush" in kept:
            self.rush.setChecked(bool(kept["rush"]))

    def discard_typed(self) -> None:
        """With the tick."""
        super().discard_typed()
        self.rush.setChecked(self.ticket.is_rush)

    def promised(self) -> datetime | None:
        """What is typed as the promise; None for none, raises where it is none that can be read."""
        if self.day.is_empty():
            return None
        at = EVENING if self.time.is_empty() else self.time.value()
        return datetime.combine(self.day.value(), at, ZoneInfo(self._presenter.wording.zone))

    def wrong(self) -> LabeledField | None:
        """A day without a time is till evening."""
        if not self.day.is_empty() and self.time.is_empty():
            self.time.set_time(EVENING)
        return super().wrong()

    def command(self) -> EditTicket | None:
        """What was changed; None for nothing."""
        names = self.typed()
        if not names:
            return None
        return EditTicket(
            number=self.ticket.number,
            due=self.promised() if {"due", "time"} & set(names) else UNCHANGED,
            is_rush=self.rush.isChecked() if "rush" in names else None,
            note=self.note.value() if "note" in names else None,
            seen_version=self.ticket.stamps.version,
        )

    @staticmethod
    def back(command: EditTicket, ticket: Ticket) -> EditTicket:
        """What takes that change back, as the ticket was before."""
        return EditTicket(
            number=command.number,
            due=UNCHANGED if isinstance(command.due, Unchanged) else ticket.due,
            is_rush=None if command.is_rush is None else ticket.is_rush,
            note=None if command.note is None else ticket.note,
        )
