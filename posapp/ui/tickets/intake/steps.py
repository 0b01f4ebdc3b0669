"""What the intake form asks for and what becomes of it: answers, photos, drafts, the check-in."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from posapp.domain.base.errors import PosappError
from posapp.ui.customers.identity import just_created
from posapp.ui.tickets.intake.draft import DeviceDraft
from posapp.ui.tickets.intake.papers import TicketPapers
from posapp.ui.tickets.intake.photos import small_picture
from posapp.ui.window.notices import Step
from posapp.ui.window.undo import at_once

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.services.repairs.devices import DeviceStory
    from posapp.services.repairs.tickets import Promise, TakeIn
    from posapp.ui.front_desk.presenter import Answer
    from posapp.ui.tickets.intake.page import IntakePage
    from posapp.ui.tickets.intake.presenter import Arrived, CheckedIn, FromBooking, Recalled

_LOOK_AFTER_MS, _FEWEST = 120, 4


class IntakeSteps(QObject):
    """Owned by the page: stands between the form and the presenter."""

    def __init__(self, page: "IntakePage") -> None:
        super().__init__(page)
        self._page = page
        self._person = ""  # who of the account comes, until its card is there
        self._restoring: Mapping[str, Any] | None = None  # the draft whose people are being looked up
        self.papers = TicketPapers(page.session, self)
        self._look_soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._look_soon.timeout.connect(self.look)
        self._learn_soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._learn_soon.timeout.connect(self._learn)
        form = page.form
        form.who.typed.connect(self._search)
        form.who.picked.connect(self.bring)
        form.who.taken_back.connect(self._take_back)
        form.customer.device_picked.connect(self._take_device)
        form.customer.owner_picked.connect(self.bring)
        form.device.mark_typed.connect(lambda _mark: self._look_soon.start())
        form.device.model_typed.connect(lambda _name: self._learn_soon.start())
        form.device.photos.brought.connect(self._photo_brought)
        form.device.photos.removed.connect(self._photo_removed)
        form.device_shown.connect(self._device_shown)
        form.strip.remove_asked.connect(self._take_off)
        form.promise.load_asked.connect(self.ask_load)
        form.draft_due.connect(self.keep_draft)
        form.submitted.connect(self._check_in)
        form.cancelled.connect(self.leave)

    # -- coming and going ----------------------------------------------------------------------------
    def begin(self) -> None:
        """An empty form, or the draft of before, when the page is first entered."""
        page = self._page
        page.form.start()
        page.presenter.prepare(page.form.device.set_checklists, self._failed)
        page.presenter.models("", page.form.device.learn)
        values = page.presenter.draft()
        if values is not None:
            if values.get("is_on_its_way"):
                words = self.tr(
                    "This intake was being saved when the program ended. Look whether it is there."
                )
                page.shell.notices.status(words, "warning", seconds=10.0)
            else:
                page.shell.notices.status(self.tr("The intake that was half typed is back"))
            self._put(values)

    def _put(self, values: Mapping[str, Any]) -> None:
        form = self._page.form
        form.restore_values(values)
        self._person = str(values.get("person") or "")
        self._restoring = values
        self._page.presenter.recall(values, partial(self._recalled, values), self._failed)
        if not values.get("customer") and form.who.field.text().strip():
            self._search(form.who.field.text())
        form.customer.dress()

    def _recalled(self, values: Mapping[str, Any], found: "Recalled") -> None:
        """What the draft refers to, as far as it is the same here; else it is asked for again."""
        if self._restoring is not values:
            return  # the form is about somebody else by now
        self._restoring = None
        form = self._page.form
        mark = values.get("customer")
        if found.arrived is not None and form.who.card is None:
            self._show_customer(found.arrived)
        elif mark and form.who.card is None:
            self._person = ""
            form.who.ask_again(str(mark))
        if found.booking is not None and found.arrived is not None:
            form.set_booking(found.booking)
        form.reconnect(found.devices)
        self._tell_story()
        form.customer.dress()

    def begin_for(self, customer_id: int) -> None:
        """A ticket for this customer; what was half typed for another one can be taken back."""
        form = self._page.form
        card = form.who.card
        if card is not None and card.customer.id == customer_id:
            return
        self._put_aside()
        self.bring(customer_id)

    def begin_from(self, number: str) -> None:
        """A ticket for a booking that arrived."""
        form = self._page.form
        if form.booking is not None and form.booking.number == number:
            return
        self._put_aside()
        self._page.presenter.booking(number, self._show_booking, self._failed)

    def _put_aside(self) -> None:
        form = self._page.form
        self._restoring = None
        if form.is_touched and not form.is_for_nobody():
            values = form.values()
            self._page.shell.notices.toast(
                self.tr("The intake that was half typed is put aside"),
                undo=at_once(partial(self._bring_back, values)),
            )
            form.start()

    def _bring_back(self, values: dict[str, Any]) -> None:
        self._page.form.start()
        self._put(values)
        self._page.form.first_empty().setFocus()

    def leave(self) -> None:
        """Esc: back to the screen before; what is typed stays."""
        page = self._page
        if page.form.is_touched:
            self.keep_draft()
            page.shell.notices.toast(self.tr("Draft kept"))
        if not page.shell.back():
            page.form.first_empty().setFocus()

    def clear(self) -> None:
        """Begin again with an empty form; that can be taken back."""
        page = self._page
        values = page.form.values()
        self._empty()
        page.shell.notices.toast(
            self.tr("The form is empty"),
            undo=at_once(partial(self._bring_back, values)),
            redo=at_once(self._empty),
        )

    def _empty(self) -> None:
        page = self._page
        self._restoring = None
        page.form.start()
        page.presenter.drop_draft()
        page.say_kept(is_kept=False)
        page.form.first_empty().setFocus()

    def keep_draft(self, *, is_on_its_way: bool = False) -> None:
        """Keep what is half typed, or what is being saved: if the program dies now, nobody knows."""
        form = self._page.form
        if form.is_touched and not form.is_saving:
            self._page.presenter.keep_draft({**form.values(), "is_on_its_way": is_on_its_way})
            self._page.say_kept(is_kept=True)

    # -- the customer ----------------------------------------------------------------------------------
    def _search(self, text: str) -> None:
        self._page.presenter.search(text, self._found, self._search_failed)

    def _found(self, answer: "Answer | None") -> None:
        form = self._page.form
        if answer is None:
            return
        form.who.show_answer(answer)
        if form.who.card is not None:
            key = form.who.card.customer.id
            self._page.presenter.customer(key, self._show_devices, self._failed)

    def _search_failed(self, error: Exception) -> None:
        if isinstance(error, PosappError) and error.code != "interrupted":
            self._page.form.who.show_problem(error.sentence)

    def bring(self, customer_id: int) -> None:
        """Read a customer and choose them."""
        self._page.presenter.customer(customer_id, self._show_customer, self._failed)

    def _show_customer(self, arrived: "Arrived") -> None:
        form = self._page.form
        now = self._page.focused()
        had_focus = now is None or form.who.isAncestorOf(now)
        form.who.show_card(arrived.card)
        if self._person:
            self._name_person(self._person)
        self._person = ""
        self._show_devices(arrived)
        form.customer.owner.hide()
        if had_focus:
            form.first_of_device().setFocus()
        form.customer.dress()

    def _name_person(self, person: str) -> None:
        who = self._page.form.who
        who.person.show()
        who.person.set_text(person)

    def _show_devices(self, arrived: "Arrived") -> None:
        form = self._page.form
        if form.who.card is not None and form.who.card.customer.id == arrived.card.customer.id:
            form.customer.show_devices(arrived)

    def _show_booking(self, found: "FromBooking") -> None:
        form = self._page.form
        self._person = self._person or found.booking.contact_name
        self._show_customer(found.arrived)
        form.set_booking(found.booking)
        form.prefill(found.booking)
        form.first_of_device().setFocus()
        form.customer.dress()

    def _take_back(self, customer_id: int, phone: Any) -> None:
        self._page.presenter.take_back_phone(
            customer_id, phone, lambda customer: self.bring(customer.id), self._failed
        )

    # -- the device ------------------------------------------------------------------------------------
    def _take_device(self, device_id: int) -> None:
        self._page.presenter.story(device_id, self._picked, self._failed)

    def _picked(self, story: "DeviceStory") -> None:
        form = self._page.form
        draft = DeviceDraft()
        draft.take_over(story.device)
        form.device.take_over(draft)
        self._show_story(story)
        target = form.device.mark if form.device.mark.objection else form.device.fault
        target.editor.setFocus()

    def look(self) -> None:
        """What does the register know about the serial that is typed?"""
        mark = self._page.form.device.mark.text().strip()
        if len(mark) < _FEWEST:
            self._show_story(None)
            return
        self._page.presenter.look(mark, partial(self._looked, mark), self._failed)

    def _looked(self, mark: str, story: "DeviceStory | None") -> None:
        if self._page.form.device.mark.text().strip() == mark:
            self._show_story(story)

    def _show_story(self, story: "DeviceStory | None") -> None:
        form = self._page.form
        step = None
        if story is not None and story.here:
            words = self.tr("Open {number}").format(number=story.here)
            step = Step(words, partial(self._open_ticket, story.here))
        form.device.show_story(story, step)
        form.customer.show_story(story, form.claim_of)

    def _open_ticket(self, number: str) -> None:
        self.keep_draft()
        self._page.shell.show_page("tickets", number)

    def _device_shown(self) -> None:
        form = self._page.form
        for file in list(form.device.waiting_photos):
            self._keep_photo(Path(file))
        self._tell_story()

    def _tell_story(self) -> None:
        form = self._page.form
        device_id = form.devices()[form.at].device_id
        if device_id is not None and not form.device.mark.text().strip():
            self._page.presenter.story(device_id, self._show_story, self._failed)
        elif form.device.mark.text().strip():
            self.look()

    def ask_load(self) -> None:
        """When could it be promised, as full as the bench is now?"""
        promise = self._page.form.promise

        def show(found: "Promise") -> None:
            promise.show_load(found.due, found.ahead)

        self._page.presenter.promise(promise.technician_id(), is_rush=promise.rush.isChecked(), done=show)

    def _take_off(self) -> None:
        form = self._page.form
        gone = form.remove_device()
        if gone is not None:
            words = self.tr("{device} is taken off the ticket").format(
                device=gone.name or self.tr("The device")
            )
            self._page.shell.notices.toast(words, undo=at_once(partial(form.put_back, gone)))

    def _learn(self) -> None:
        device = self._page.form.device
        self._page.presenter.models(device.name(), device.learn)

    # -- photos ----------------------------------------------------------------------------------------
    def _photo_brought(self, source: Path | bytes) -> None:
        self._keep_photo(source)

    def _keep_photo(self, source: Path | bytes) -> None:
        at = self._page.form.at
        self._page.presenter.keep_photo(
            source, small_picture, partial(self._photo_kept, at), partial(self._photo_refused, source)
        )

    def _photo_kept(self, at: int, kept: tuple[str, QImage]) -> None:
        form = self._page.form
        file, image = kept
        if at == form.at:
            form.device.add_photo(file, image)
        elif at < len(form.devices()) and file not in form.devices()[at].photos:
            form.devices()[at].photos.append(file)

    def _photo_refused(self, source: Path | bytes, error: Exception) -> None:
        waiting = self._page.form.device.waiting_photos
        if str(source) in waiting:
            waiting.remove(str(source))
        self._page.shell.notices.status(_sentence(error), "danger", seconds=6.0)

    def _photo_removed(self, _file: str, put_back: Callable[[], None]) -> None:
        self._page.shell.notices.toast(self.tr("Photo removed"), undo=at_once(put_back))

    # -- checking in -----------------------------------------------------------------------------------
    def _check_in(self, command: "TakeIn", photos: tuple[tuple[str, ...], ...]) -> None:
        page = self._page
        if page.shell.is_read_only:
            page.form.summary.say(self.tr("The database does not answer. The draft is kept."), "danger")
            return
        self.keep_draft(is_on_its_way=True)
        page.form.set_saving(True)
        prints = page.form.promise.prints.isChecked()
        command = self.papers.ordered(command) if prints else command
        page.presenter.check_in(
            command, photos, partial(self._checked_in, prints, command.who is not None), self._not_saved
        )

    def _not_saved(self, error: Exception) -> None:
        form = self._page.form
        form.set_saving(False)
        if not isinstance(error, PosappError):
            form.summary.say(_sentence(error), "danger")
            return
        form.show_error(error)
        if error.code == "device_here":
            self.look()

    def _checked_in(self, prints: bool, is_new: bool, saved: "CheckedIn") -> None:
        page = self._page
        ticket = saved.taken.ticket
        page.form.set_saving(False)
        page.form.start()
        page.say_kept(is_kept=False)
        shell = page.shell
        if prints:
            self.papers.give_out(shell, saved.taken)
        again = Step(self.tr("Print again"), partial(self.papers.print_again, shell, ticket))
        said = self.tr("{number} checked in").format(number=ticket.number)
        if is_new and not saved.taken.created:
            now = page.session.shop.store.clock.now()
            said = " · ".join(filter(None, (said, just_created(saved.taken.customer, now))))
        shell.notices.toast(said, step=self._contact_step(saved) or again)
        if saved.lost:
            words = self.tr("{number} is saved. Not all photos were kept: {why}").format(
                number=ticket.number, why=" ".join(saved.lost)
            )
            shell.notices.raise_notice(words, tone="warning")
        shell.set_counter(saved.taken.customer)
        shell.show_page("tickets", ticket.number)

    def _contact_step(self, saved: "CheckedIn") -> Step | None:
        """Another till saved the number a moment ago under another name: offer the typed one as a person."""
        taken = saved.taken
        if not taken.other_name:
            return None
        words = self.tr("Add {name} to {pl}").format(name=taken.other_name, pl=taken.customer.pl_id)
        key, name, presenter = taken.customer.id, taken.other_name, self._page.presenter
        return Step(words, lambda: presenter.add_contact(key, name, lambda _done: None, self._failed))

    # -- news ------------------------------------------------------------------------------------------
    def changed(self, changes: "list[Change]") -> None:
        """Another screen or till changed something that is shown here."""
        form = self._page.form
        subjects = {change.subject for change in changes}
        if "catalogue" in subjects:
            form.refresh_catalogue()
        if not self._page.isVisible():
            return
        if subjects & {"ticket", "device"} and form.device.mark.text().strip():
            self._look_soon.start()
        if subjects & {"ticket", "booking", "catalogue"}:
            self.ask_load()
        card = form.who.card
        if card is not None and "customer" in subjects and not form.who.field.edit.hasFocus():
            self._page.presenter.customer(card.customer.id, self._refresh_customer, self._failed)

    def _refresh_customer(self, arrived: "Arrived") -> None:
        form = self._page.form
        if form.who.card is not None and form.who.card.customer.id == arrived.card.customer.id:
            form.who.card = arrived.card
            form.customer.dress()

    def _failed(self, error: Exception) -> None:
        self._page.form.summary.say(_sentence(error), "danger")


def _sentence(error: Exception) -> str:
    return error.sentence if isinstance(error, PosappError) else str(error)
