"""One more device of a ticket that is open. `show_page("another_device", "T12")`."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.tickets import Ticket
from posapp.services.base.drafts import mark_of
from posapp.services.repairs.devices import DeviceStory
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.actions import Action, hint
from posapp.ui.fields import Form
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.presenter import Done, Failed, sentence_of
from posapp.ui.record.drafts import DraftKeeper, Forget, KeptForms
from posapp.ui.record.page import Saving
from posapp.ui.session import Session
from posapp.ui.tab_order import chain
from posapp.ui.theme import theme
from posapp.ui.ticket.place import TicketPlace
from posapp.ui.tickets.intake.device_panel import DevicePanel
from posapp.ui.tickets.intake.device_steps import FEWEST, LOOK_AFTER_MS, step_to_ticket
from posapp.ui.tickets.intake.draft import DEVICE_FIELDS, DeviceDraft, Sealing, parsed, photos_of_others
from posapp.ui.tickets.intake.photos import small_picture
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.tickets.ticket_page import TicketPage
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once

Added: TypeAlias = tuple[Ticket, tuple[str, ...]]
"""The ticket with the device, and why photos of it were not kept."""


class AnotherDeviceForm(Form):
    """The device as the intake asks for it; price and work are said on the ticket."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.device = DevicePanel(self)
        self.save = button(
            self.tr("Add the device"), kind="primary", size="l", icon="plus", key="Ctrl+Return"
        )
        self.set_save_button(self.save)
        rows(self.device, host=self)
        self.edited.connect(self.typed)
        self.device.changed.connect(self.typed)

    def submit(self) -> bool:
        """Ask for the reason where there is no serial, then check everything."""
        self.device.show_missing_reason()
        return super().submit()

    def name_of(self, value: str) -> str:
        """A few values are typed in fields of another name."""
        return DEVICE_FIELDS.get(value, value)


class AnotherDevicePage(TicketPage):
    """Ctrl+Enter puts it on the ticket, Esc goes back and keeps what is typed."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        sealing = Sealing(session)
        forms = KeptForms(session, "another-device", seal=sealing.seal, unseal=sealing.unseal)
        self.form, self._intake = AnotherDeviceForm(), IntakePresenter(session)
        self.keeper = DraftKeeper(forms, self._mark, self._values, self)
        self._cancel = button(self.tr("Cancel"), kind="quiet", size="l", key="Esc", run=self.leave)
        card = Card()
        card.body.addWidget(Scroller(held(rows(self.form, STRETCH))))
        does = columns(STRETCH, self._cancel, self.form.save, gap=10)
        host = held(rows(self.head(), self.notice, wide(card), self.form.summary, does, gap=12))
        host.setMaximumWidth(theme().px(860))
        columns(STRETCH, wide(host, 20), STRETCH, pad=16, host=self)
        self._saving = Saving(self.form, self.keeper, is_read_only=lambda: shell.is_read_only)
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._bind()

    def _bind(self) -> None:
        device = self.form.device
        self._look_soon.timeout.connect(self._look)
        device.mark_typed.connect(self._look_soon.start)
        device.model_typed.connect(lambda: self._intake.models(device.name(), device.learn))
        device.photos.brought.connect(self._keep_photo)
        device.photos.removed.connect(self._photo_removed)
        device.rearranged.connect(self._order_tabs)
        self.form.typed.connect(self.keeper.soon)
        self.form.accepted.connect(self._add)
        self.notice.discarded.connect(self._discard)
        self.shell.closing.connect(self.keeper.keep)
        self._intake.checklists(device.set_checklists)
        self._intake.models("", device.learn)

    # -- the window's questions --------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Another device")

    def own_actions(self) -> tuple[Action, ...]:
        """The keys of the intake that fit here."""
        tr, device = self.tr, self.form.device
        return (
            hint("Tab", tr("Next field")),
            hint("Alt+1…7", tr("Device type")),
            Action("device_rest", tr("Rest works"), "Alt+A", device.condition.rest_works),
            Action("device_none", tr("No serial can be read"), "Alt+N", device.ask_reason, in_bar=False),
            Action("device_photos", tr("Add photos"), "Ctrl+O", device.photos.ask, word=tr("Photos")),
            Action("device_paste", tr("Paste a photo"), "Ctrl+Shift+V", self._paste, in_bar=False),
            Action("device_add", tr("Add the device"), "Ctrl+Return", self.form.submit),
            hint("Esc", tr("Back")),
        )

    def activated(self, payload: object = None) -> None:
        """For a ticket by its number, or the one of before."""
        self.form.device.condition.has_digits = self.session.till.plain_keys
        super().activated(payload)

    def deactivated(self) -> None:
        """What is half typed is kept."""
        if self.keeper.keep():
            self.shell.notices.toast(self.tr("Draft kept"))

    def first_field(self) -> QWidget | None:
        """What do they bring?"""
        return self.form.device.kinds

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+7: the kind of device."""
        return self.form.device.kinds.choose_number(number)

    def compact_changed(self, is_compact: bool) -> None:
        """Two fields beside each other instead of four."""
        self.form.device.set_compact(is_compact)

    def take_scan(self, code: str) -> bool:
        """The serial, while that is empty."""
        return self.form.device.take_scan(code)

    # -- reading --------------------
    def begin_another(self) -> None:
        """The form is emptied; what was typed for the other ticket stays kept."""
        self.keeper.keep()
        self.keeper.begin()
        self._show_device(DeviceDraft())

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """Whose ticket it is, and what was typed for it before."""
        if not is_first:
            return
        self.keeper.settle()
        draft = self.keeper.found()
        if draft is not None:
            [kept] = draft.values["devices"]
            self._show_device(DeviceDraft.restored({**kept, "device_id": None, "claim_of": None}))
            self._look()
            self.notice.show_draft(draft, self.session.wording)
        self._order_tabs()

    def _show_device(self, draft: DeviceDraft) -> None:
        self.form.clear_problems()
        self.form.device.show_draft(draft)
        for file in list(self.form.device.waiting_photos):
            self._keep_photo(Path(file))

    def _mark(self) -> str | None:
        return mark_of(self.whole.ticket, self.whole.ticket.number) if self.whole else None

    def _values(self) -> Mapping[str, Any]:
        draft = self.form.device.draft()
        return {} if draft.is_empty else {"devices": [asdict(draft)]}

    def _discard(self) -> None:
        self.notice.hide()
        self.keeper.forget()
        self._show_device(DeviceDraft())
        self.keeper.settle()
        self.restore_focus()

    def _order_tabs(self) -> None:
        chain([*self.form.device.stops(), self._cancel, self.form.save])

    # -- what the register knows --------------------
    def _look(self) -> None:
        mark = self.form.device.mark.text().strip()
        if len(mark) < FEWEST:
            self.form.device.show_story(None, None)
            return
        self._intake.read(
            lambda shop, actor: shop.devices.look(actor, mark), partial(self._looked, mark), topic="look"
        )

    def _looked(self, mark: str, story: DeviceStory | None) -> None:
        if self.form.device.mark.text().strip() != mark:
            return
        self.form.device.show_story(story, step_to_ticket(story, self.shell))

    # -- photos --------------------
    def _keep_photo(self, source: Path | bytes) -> None:
        self._intake.keep_photo(source, small_picture, self._photo_kept, self._photo_refused)

    def _photo_kept(self, kept: tuple[str, QImage]) -> None:
        self.form.device.add_photo(*kept)

    def _photo_refused(self, error: Exception) -> None:
        self.shell.notices.status(sentence_of(error), "danger", seconds=6.0)

    def _photo_removed(self, _file: str, put_back: Any) -> None:
        self.shell.notices.toast(self.tr("Photo removed"), undo=at_once(put_back))

    def _paste(self) -> None:
        if not self.form.device.photos.take(QApplication.clipboard().mimeData()):
            self.shell.notices.status(self.tr("There is no picture to paste"))

    # -- saving --------------------
    def _add(self) -> None:
        draft = self.form.device.draft()
        try:
            device = parsed(draft, self.session.wording)
        except DomainError as error:
            self.form.show_error(error)
            return
        number, photos = self.presenter.number, draft.photos
        forgets_photos = self._intake.forgetting((photos,), photos_of_others(self.keeper.forms, self._mark()))

        def ask(done: Done[Added], failed: Failed, forget: Forget) -> None:
            def saved() -> None:
                forget()
                forgets_photos()

            self._intake.add_device(number, device, photos, done, failed, saved)

        self._saving.save(ask, self._added)

    def _added(self, made: Added) -> None:
        ticket, lost = made
        device = ticket.jobs[-1]
        words = self.tr("{device} is on {number}")
        self.shell.notices.toast(words.format(device=device.device.name, number=ticket.number))
        if lost:
            self.shell.notices.raise_notice(" ".join(lost), tone="warning")
        self._show_device(DeviceDraft())
        self.keeper.settle()
        self.presenter.number, self.whole = "", None
        self.shell.show_page("ticket", TicketPlace(ticket.number, device.position))
