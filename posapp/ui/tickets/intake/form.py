"""The intake form: customer, devices, promise. It emits one frozen command and knows no desk."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.base.money import Money
from posapp.domain.bookings.bookings import Booking
from posapp.domain.bookings.weeks import week_of
from posapp.domain.old_data.past import PastRecord
from posapp.services.base.drafts import mark_of
from posapp.services.base.kept_forms import Draft
from posapp.services.counter.intake import Recalled
from posapp.services.counter.past import OldRepair
from posapp.services.repairs.tickets import TakeIn
from posapp.ui.presenter import sentence_of
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.session import Session
from posapp.ui.tickets.estimate.presenter import linked_lines
from posapp.ui.tickets.intake.draft import DEVICE_FIELDS, DeviceDraft, lines_of, parsed, photos_of_others
from posapp.ui.tickets.intake.several import SeveralDevices

# What a desk calls a value, and the field in which it is typed here.
_FIELDS = {**DEVICE_FIELDS, "contact": "phone", "due": "due_time"}


class IntakeForm(SeveralDevices):
    """`who.typed`, `device.mark_typed` and the like are answered by the steps."""

    submitted = Signal(object, object, int)  # TakeIn, photos by device, the deposit to take
    here_already = Signal()  # a desk says that the device in front is in the shop

    def __init__(self, session: Session, forms: KeptForms) -> None:
        super().__init__(session)
        self.booking: Booking | None = None
        self.past: PastRecord | None = None
        """The old repair that goes on with this ticket."""
        self.restored_for: str | None = None
        """The mark of the customer of a draft, while it is looked up who that is."""
        self._takes_deposit = True
        self.keeper = DraftKeeper(forms, self.mark, self.values, self)
        self._bind()
        self.refresh_catalogue()

    def _bind(self) -> None:
        for part in (self.customer, self.device, self.promise):
            part.rearranged.connect(self.order_tabs)
        self.edited.connect(self.keeper.soon)
        self.rearranged.connect(self.keeper.soon)
        self.device.changed.connect(self._device_changed)
        self.promise.changed.connect(self.keeper.soon)
        self.without.clicked.connect(self._submit_without)
        self.who.changed.connect(self._who_changed)
        self.who.settled.connect(self._who_settled)
        self.customer.change.clicked.connect(self.change_customer)
        self.accepted.connect(self._accept)

    def refresh_catalogue(self) -> None:
        """People and hours of the shop, as they are now."""
        catalogue = self._session.catalogue
        week = week_of(None, catalogue.week, catalogue.special_days)
        self.promise.set_shop(catalogue.technicians, week)

    # -- customer ------------------------------------------------------------------------------------
    def change_customer(self) -> None:
        """It is somebody else, or nobody was chosen yet: go to the field."""
        if self.who.card is not None:
            self.who.clear()
            self._who_changed()
        self.customer.dress()
        self.who.show()
        self.who.field.show()
        self.who.field.editor.setFocus()

    def _who_changed(self) -> None:
        if self.who.card is None:
            self._forget_customer()
        self.keeper.soon()

    def _forget_customer(self) -> None:
        self.set_booking(None)
        self.set_past(None)
        self.customer.show_devices(None)
        self.promise.signing.clear()

    def _who_settled(self) -> None:
        target = self.who.name.editor if self.who.card is None else self.first_of_device()
        target.setFocus()
        self.customer.dress()

    def _next_field(self) -> None:
        if self.who.card is not None and self.who.field.edit.hasFocus():
            self._who_settled()
        else:
            super()._next_field()

    def set_booking(self, booking: Booking | None) -> None:
        """The ticket is for a booking that arrived."""
        self.booking = booking
        self.customer.show_booking(booking)

    def set_past(self, record: PastRecord | None) -> None:
        """The ticket is an old repair that goes on here."""
        self.past = record
        self.customer.show_past((record.number or record.code) if record is not None else "")

    def first_empty(self) -> QWidget:
        """Where the focus belongs when the page comes to the front."""
        if self.who.card is None and self.who.number is None:
            return self.who.field.editor
        return self.first_of_device()

    # -- typing ----------------------------------------------------------------------------------------
    def start(self) -> None:
        """An empty form; what was typed into it stays kept."""
        self.keeper.begin()
        self.restored_for = None
        self.draft_bar.hide()
        self._devices, self.at = [DeviceDraft()], 0
        self.who.clear()
        self._forget_customer()
        self.promise.clear(prints=self._session.till.slip_output != "none")
        self._show_current()
        self.customer.dress()
        self.clear_problems()
        self.keeper.settle()

    # -- saving ----------------------------------------------------------------------------------------
    def submit(self) -> bool:
        """Ask for the reason where there is no serial, then check everything."""
        self.device.show_missing_reason()
        return super().submit()

    def _accept(self) -> None:
        try:
            command = self.command()
        except DomainError as error:
            self.show_error(error)
            return
        photos = tuple(tuple(one.photos) for one in self._devices)
        deposit = self.promise.deposit.minor() if self._takes_deposit else 0
        self.submitted.emit(command, photos, deposit)

    def _submit_without(self) -> None:
        self._takes_deposit = False
        self.submit()
        self._takes_deposit = True

    def command(self) -> TakeIn:
        """The checked values; raises `DomainError`, with the device that it is about in front."""
        made = []
        for at, draft in enumerate(self.devices()):
            try:
                made.append(parsed(draft, self.wording))
            except DomainError:
                if at != self.at:
                    self.show_device(at)
                    self.device.show_missing_reason()
                raise
        card = self.who.card
        command = TakeIn(
            devices=tuple(made),
            estimate=lines_of(self._devices),
            is_agreed=self.promise.estimate.agreed.isChecked(),
            customer_id=card.customer.id if card else None,
            who=self.who.who(),
            person=self._person(),
            due=self.promise.due(),
            is_rush=self.promise.rush.isChecked(),
            note=self.promise.note.value(),
            signature=self.promise.signing.pad.png(),
        )
        if self.booking is not None:
            return replace(command, booking=self.booking.number, customer_id=None)
        return command

    def _person(self) -> str:
        card = self.who.card
        person = self.who.contact() if card else ""
        return "" if card is not None and person == card.customer.name else person

    def show_error(self, error: PosappError) -> None:
        """A refusal at its field, with the device that it is about in front."""
        if error.code == "device_here":
            self._show_device_of(str(error.sentence))
        super().show_error(error)
        if error.code == "device_here":
            self.here_already.emit()

    def failed(self, error: Exception) -> None:
        """Something that the form asked for could not be had."""
        self.summary.say(sentence_of(error), "danger")

    def name_of(self, value: str) -> str:
        """A few values are typed in fields of another name."""
        return _FIELDS.get(value, value)

    def _show_device_of(self, sentence: str) -> None:
        bare = "".join(sentence.split())
        for at, one in enumerate(self.devices()):
            if one.mark and "".join(one.mark.split()) in bare and at != self.at:
                self.show_device(at)
                return

    # -- drafts ----------------------------------------------------------------------------------------
    def mark(self) -> str:
        """Whose draft it is; "" while nobody knows."""
        card = self.who.card
        if self.restored_for is not None:
            return self.restored_for
        return mark_of(card.customer, card.customer.pl_id) if card else ""

    def show_draft(self, draft: Draft) -> None:
        """Say that what was typed is here again."""
        self.draft_bar.show_draft(draft, self.wording)
        self.order_tabs()

    def photos_of_others(self) -> set[str]:
        """The pictures of drafts that are kept for somebody else."""
        return photos_of_others(self.keeper.forms, self.mark())

    def values(self) -> dict[str, Any]:
        """Everything that is half typed. Passcodes stand in clear text: they are sealed for the disk."""
        who = self.who
        card = who.card
        return {
            "devices": [asdict(one) for one in self.devices()],
            "at": self.at,
            "customer": mark_of(card.customer, card.customer.pl_id) if card else "",
            "booking": mark_of(self.booking, self.booking.number) if self.booking else "",
            "past": [self.past.id, self.past.whole_id] if self.past else [],
            "new": who.number is not None,
            "person": who.contact() if card else "",
            "who": {one.name: one.text() for one in (who.field, who.name, who.email)},
            "ticket": self.promise.kept(),
        }

    def restore_values(self, values: Mapping[str, Any]) -> None:
        """Put the text of a draft back; what it refers to, the page looks up and brings (`reconnect`)."""
        found = values.get("devices")
        devices = [DeviceDraft.restored(one) for one in found if isinstance(one, dict)] if found else []
        for one in devices:
            one.device_id = one.claim_of = None
        self._devices = devices or [DeviceDraft()]
        at = values.get("at")
        self.at = at if isinstance(at, int) and 0 <= at < len(self._devices) else 0
        who = values.get("who")
        for field in (self.who.field, self.who.name, self.who.email):
            field.set_text(str(who.get(field.name) or "") if isinstance(who, dict) else "")
        ticket = values.get("ticket")
        if isinstance(ticket, dict):
            self.promise.restore(ticket)
        self._show_current()

    def reconnect(self, kept: Sequence[DeviceDraft], known: Recalled) -> None:
        """Devices as a draft `kept` them are those of the register again, and their lines have their parts.

        What was typed since stays as it is.
        """
        for at, (now, before) in enumerate(zip(self.devices(), kept, strict=False)):
            device = known.devices.get(before.device_id or 0)
            if device is not None and before.is_of(device) and now.is_of(device):
                now.device_id, now.claim_of = before.device_id, before.claim_of
            now.lines = linked_lines(now.lines, known.items)
            if at == self.at:
                self.claim_of = now.claim_of
                self.device.device_id = now.device_id
                self.promise.show_lines(now.lines)

    def prefill(self, booking: Booking) -> None:
        """What is known from the booking: what is to be done, about what price, and who does it."""
        self.device.fault.set_text(". ".join(filter(None, (booking.service, booking.note))))
        if booking.price_minor is not None:
            self.promise.price.set_money(Money(booking.price_minor, self.wording.currency))
        self.promise.set_technician(booking.resource_id)
        self.keeper.soon()

    def prefill_past(self, old: OldRepair) -> None:
        """What an old system says of the device, and what to note; what is missing is asked for."""
        told, device = old.device, self.device.draft()
        device.kind, device.make, device.model = told.kind.value, told.make, told.model
        device.mark, device.reason = told.imei or told.serial, told.no_serial_reason
        device.fault = told.fault
        self._devices[self.at] = device
        self._show_current()
        self.promise.note.set_text(old.note)
        self.keeper.soon()

    def is_for_nobody(self) -> bool:
        """Whether it was not said yet who came."""
        return self.who.card is None and self.who.number is None and self.who.field.is_empty()
