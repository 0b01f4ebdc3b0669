"""The devices of an intake: one is in front, the others wait as drafts; and what they all cost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.errors import DomainError
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import MOST_DEVICES
from posapp.ui.session import Session
from posapp.ui.tickets.estimate.presenter import DraftLine, total_of
from posapp.ui.tickets.intake.draft import DeviceDraft, price_of
from posapp.ui.tickets.intake.frame import IntakeFrame
from posapp.ui.wording import Wording


class SeveralDevices(IntakeFrame):
    """Says which device is in front, and when one came or went."""

    device_shown = Signal()  # another device is in front: its photos and its story are wanted
    rearranged = Signal()  # a device came, went or is claimed for

    def __init__(self, session: Session) -> None:
        super().__init__(session.wording)
        self._session = session
        self._devices = [DeviceDraft()]
        self.at = 0
        """Which device is in front, counted from 0."""
        self.claim_of: int | None = None
        """The warranty that is claimed for it."""
        self.repairs = RepairSettings()
        """How the shop asks for deposits."""
        self.customer.claim_changed.connect(self._set_claim)
        self.strip.chosen.connect(self.show_device)
        self.another.clicked.connect(self.add_device)
        self.promise.changed.connect(self.show_money)

    @property
    def wording(self) -> Wording:
        """How this shop writes values."""
        return self._session.wording

    def first_of_device(self) -> QWidget:
        """Where the focus goes when it is known who came: what do they bring?"""
        if self.customer.device_buttons and not self.device.name():
            return self.customer.device_buttons[0]
        return self.device.kinds if not self.device.name() else self.device.fault.editor

    def devices(self) -> list[DeviceDraft]:
        """All devices as they are typed now."""
        now = self.device.draft()
        now.price, now.technician = self.promise.price.text(), self.promise.technician_id()
        now.lines, now.claim_of = list(self.promise.estimate.lines), self.claim_of
        self._devices[self.at] = now
        return self._devices

    def lines(self) -> list[DraftLine]:
        """What is to be charged for all devices; asked also while others are put in."""
        others = [line for at, one in enumerate(self._devices) if at != self.at for line in one.lines]
        return [*others, *self.promise.estimate.lines]

    def show_next(self) -> None:
        """Ctrl+PgDown: the device after the one in front."""
        count = len(self.devices())
        if count > 1:
            self.show_device((self.at + 1) % count)

    def show_device(self, at: int) -> None:
        """Put another device in front."""
        self.devices()
        self.at = at
        self._show_current()
        self.first_of_device().setFocus()

    def _show_current(self) -> None:
        draft = self._devices[self.at]
        self.clear_problems()
        self.claim_of = draft.claim_of
        self.device.show_draft(draft)
        self.promise.price.set_text(draft.price)
        self.promise.show_lines(draft.lines)
        self.promise.set_technician(draft.technician)
        self.customer.show_story(None)
        self.strip.show_devices(self._devices, self.at)
        self.show_money()
        self.order_tabs()
        self.device_shown.emit()

    def know_repairs(self, settings: RepairSettings) -> None:
        """How the shop repairs, as it is now."""
        self.repairs = settings
        self.show_money()

    def show_money(self) -> None:
        """What deposit is offered, and what the buttons take."""
        others = sum(self._price_of(one) for at, one in enumerate(self._devices) if at != self.at)
        lines, price = self.promise.estimate.lines, self.promise.price.text()
        asked = others + self._price_of(DeviceDraft(price=price, lines=lines))
        self.promise.deposit.show_offer(self.repairs.deposit_of(asked))
        minor = self.promise.deposit.minor()
        self.show_deposit(self.wording.price(minor) if minor else "")

    def _price_of(self, draft: DeviceDraft) -> int:
        """What a device costs as far as that is typed."""
        try:
            return total_of(draft.lines) if draft.lines else price_of(draft.price, self.wording) or 0
        except DomainError:
            return 0

    def add_device(self) -> None:
        """One more device of the same customer; begun only when there is one already."""
        devices = self.devices()
        if len(devices) >= MOST_DEVICES:
            self.summary.say(self.tr("A ticket holds at most 20 devices."), "danger")
            return
        empty = next((at for at, one in enumerate(devices) if one.is_empty), None)
        if empty is None:
            devices.append(DeviceDraft(kind=self.device.kind(), technician=self.promise.technician_id()))
            empty = len(devices) - 1
        self.rearranged.emit()
        self.show_device(empty)
        self.device.kinds.setFocus()

    def remove_device(self) -> DeviceDraft | None:
        """Take the device in front off the ticket; None while it is the only one."""
        devices = self.devices()
        if len(devices) < 2:
            return None
        gone = devices.pop(self.at)
        self.at = min(self.at, len(devices) - 1)
        self.rearranged.emit()
        self._show_current()
        self.device.kinds.setFocus()
        return gone

    def put_back(self, device: DeviceDraft) -> None:
        """A device that was taken off is wanted after all."""
        self.devices().append(device)
        self.at = len(self._devices) - 1
        self.rearranged.emit()
        self._show_current()

    def _set_claim(self, warranty_id: int | None) -> None:
        self.claim_of = warranty_id
        self.rearranged.emit()

    def _device_changed(self) -> None:
        self.rearranged.emit()
        if len(self._devices) > 1:
            self.strip.show_devices(self.devices(), self.at)
