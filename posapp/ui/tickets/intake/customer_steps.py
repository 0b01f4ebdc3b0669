"""Whom an intake is for: looked for, brought from the desk, changed elsewhere; what was typed for each."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from posapp.domain.base.phone import PhoneNumber
from posapp.services.base.kept_forms import Draft
from posapp.services.counter.intake import Arrived, Recalled
from posapp.services.counter.past import OldRepair
from posapp.services.counter.search import Answer
from posapp.ui.focus_filter import focused
from posapp.ui.presenter import Done, sentence_of
from posapp.ui.tickets.intake.device_steps import DeviceSteps
from posapp.ui.tickets.intake.draft import DeviceDraft
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once


class DraftSteps(QObject):
    """An intake opened for somebody is for them; what was typed for another is kept under their mark."""

    def __init__(
        self, form: IntakeForm, presenter: IntakePresenter, shell: Shell, devices: DeviceSteps
    ) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell, self._devices = form, presenter, shell, devices
        self._person = ""
        """Who of the account comes, until its card is there."""
        self._past: list[Any] = []
        """Key and whole ID of the old repair that a draft is about."""
        form.who.typed.connect(self.search)
        form.who.picked.connect(self.bring)
        form.who.taken_back.connect(self._take_back)
        form.who.given.connect(self._give)
        form.who.named.connect(self._ask_without_phone)
        form.customer.owner_picked.connect(self.bring)
        form.draft_bar.discarded.connect(self.clear)

    # -- the customer ----------------------------------------------------------------------------------
    def search(self, text: str) -> None:
        """Look for what is typed."""
        self._presenter.search(
            text, self._found, lambda error: self._form.who.show_problem(sentence_of(error))
        )

    def _found(self, answer: Answer | None) -> None:
        who = self._form.who
        if answer is not None:
            who.show_answer(answer)
            if who.card is not None:
                self._presenter.customer(who.card.customer.id, self._show_devices, self._form.failed)

    def bring(self, customer_id: int) -> None:
        """Read a customer and choose them."""
        self._presenter.customer(customer_id, self.show, self._form.failed)

    def bring_booking(self, number: str) -> None:
        """Read a booking that arrived, with its customer."""
        self._presenter.read(
            lambda shop, actor: shop.intake.arrived_with(actor, number),
            self._show_booking,
            self._form.failed,
            topic="customer",
        )

    def show(self, arrived: Arrived) -> None:
        """This is the customer; the focus goes on to the device unless it is there already."""
        form, now = self._form, focused()
        had_focus = now is None or not form.isAncestorOf(now) or form.who.isAncestorOf(now)
        with form.keeper.filling():
            form.who.show_card(arrived.card)
            if self._person:
                form.who.person.show()
                form.who.person.set_text(self._person)
            self._person = ""
            self._show_devices(arrived)
        form.customer.owner.hide()
        if had_focus:
            form.first_of_device().setFocus()
        form.customer.dress()
        self._came()

    def _show_devices(self, arrived: Arrived) -> None:
        if self._is_here(arrived):
            self._form.customer.show_devices(arrived)

    def _is_here(self, arrived: Arrived) -> bool:
        card = self._form.who.card
        return card is not None and card.customer.id == arrived.card.customer.id

    def _show_booking(self, found: Arrived) -> None:
        form, booking = self._form, found.booking
        assert booking is not None  # it was asked for by its number
        self._person = self._person or booking.contact_name
        with form.keeper.filling():
            self.show(found)
            form.set_booking(booking)
            form.prefill(booking)
        form.first_of_device().setFocus()
        form.customer.dress()

    def _read_past(self, past_id: int, done: Done[OldRepair]) -> None:
        self._presenter.read(
            lambda shop, actor: shop.past.repair(actor, past_id), done, self._form.failed, topic="past"
        )

    def _show_past(self, old: OldRepair) -> None:
        form = self._form
        with form.keeper.filling():
            self.show(old.arrived)
            form.set_past(old.record)
            form.prefill_past(old)
        form.first_of_device().setFocus()
        form.customer.dress()

    def _same_past(self, whole: str, old: OldRepair) -> None:
        """The old repair that a draft is about, if it still is the same one and nobody took it in."""
        card = self._form.who.card
        if old.record.whole_id == whole and card is not None and card.customer.id == old.record.customer_id:
            self._form.set_past(old.record)

    def _take_back(self, customer_id: int, phone: PhoneNumber) -> None:
        self._presenter.take_back_phone(
            customer_id, phone, lambda customer: self.bring(customer.id), self._form.failed
        )

    def _ask_without_phone(self, name: str, email: str) -> None:
        self._presenter.without_phone(name, email, self._form.who.show_without_phone)

    def _give(self, customer_id: int, phone: PhoneNumber) -> None:
        self._presenter.give_number(
            customer_id, phone, lambda customer: self.bring(customer.id), self._form.failed
        )

    def refresh(self) -> None:
        """Another screen or till changed a customer: whoever is shown here is read again."""
        card = self._form.who.card
        if card is not None and not self._form.who.field.edit.hasFocus():
            self._presenter.customer(card.customer.id, self._refreshed, self._form.failed)

    def _refreshed(self, arrived: Arrived) -> None:
        if self._is_here(arrived):
            with self._form.keeper.filling():
                self._form.who.card = arrived.card
                self._form.customer.dress()

    # -- opening ---------------------------------------------------------------------------------------
    def begin(self) -> None:
        """The program starts: what was typed last is there again, whosever it is."""
        self._form.start()
        latest = self._form.keeper.forms.latest
        if latest is not None:
            self._restore(self._form.keeper.forms.draft(latest))

    def begin_for(self, customer_id: int) -> None:
        """A ticket for this customer."""
        card = self._form.who.card
        if card is None or card.customer.id != customer_id:
            self._put_aside()
            self.bring(customer_id)

    def begin_from(self, number: str) -> None:
        """A ticket for a booking that arrived."""
        booking = self._form.booking
        if booking is None or booking.number != number:
            self._put_aside()
            self.bring_booking(number)

    def begin_past(self, past_id: int) -> None:
        """A ticket for an old repair that goes on here."""
        past = self._form.past
        if past is None or past.id != past_id:
            self._put_aside()
            self._read_past(past_id, self._show_past)

    def go_on(self, customer_id: int | None) -> None:
        """The screen comes to the front: with what is typed, else for whoever is at the counter."""
        form = self._form
        if form.keeper.is_typed:
            return
        if customer_id is not None:
            self.begin_for(customer_id)
        elif not form.is_for_nobody():
            form.start()
            self._restore(form.keeper.found())

    def _came(self) -> None:
        """A customer stands in a form in which nothing is typed: was something typed for them before?"""
        if not self._form.keeper.is_typed:
            self._restore(self._form.keeper.found())

    def _put_aside(self) -> None:
        form = self._form
        if form.is_for_nobody():
            return  # what is typed for nobody yet is for whoever comes
        if form.keeper.keep():
            self._shell.notices.toast(
                self.tr("The intake that was half typed is put aside"),
                undo=at_once(partial(self._bring_back, form.values())),
            )
        form.start()

    def _bring_back(self, values: Mapping[str, Any]) -> None:
        self._form.start()
        self._put(values)
        self._form.first_empty().setFocus()

    # -- restoring -------------------------------------------------------------------------------------
    def _restore(self, draft: Draft | None) -> None:
        if draft is None:
            return
        if draft.is_on_its_way:
            words = self.tr("This intake was being saved when the program ended. Look whether it is there.")
            self._shell.notices.status(words, "warning", seconds=10.0)
        self._put(draft.values)
        self._form.show_draft(draft)

    def _put(self, values: Mapping[str, Any]) -> None:
        form, mark = self._form, str(values.get("customer") or "")
        form.restore_values(values)
        form.restored_for = mark
        form.keeper.found()
        self._person = str(values.get("person") or "")
        past = values.get("past")
        self._past = past if isinstance(past, list) and len(past) == 2 else []
        devices = [DeviceDraft.restored(one) for one in values["devices"]]
        keys = [one.device_id for one in devices]
        self._presenter.read(
            lambda shop, actor: shop.intake.recall(actor, mark, values.get("booking"), keys),
            partial(self._recalled, mark, devices),
            form.failed,
            topic="recall",
        )
        if not mark and form.who.field.text().strip():
            self.search(form.who.field.text())
        form.customer.dress()

    def _recalled(self, mark: str, devices: list[DeviceDraft], found: Recalled) -> None:
        """What the draft refers to, as far as it is the same here; else it is asked for again."""
        form = self._form
        if form.restored_for != mark:
            return  # the form is about somebody else by now
        form.restored_for = None
        if found.arrived is not None and form.who.card is None:
            self.show(found.arrived)
        elif mark and form.who.card is None:
            self._person = ""
            form.who.ask_again(mark)
        if found.booking is not None and found.arrived is not None:
            form.set_booking(found.booking)
        form.reconnect(devices, found)
        past = self._past
        if past and found.arrived is not None:
            self._read_past(int(past[0]), partial(self._same_past, str(past[1])))
        self._devices.tell_story()
        form.customer.dress()

    # -- leaving ---------------------------------------------------------------------------------------
    def leave(self) -> None:
        """Esc: back to the screen before; what is typed stays."""
        if self._form.keeper.keep():
            self._shell.notices.toast(self.tr("Draft kept"))
        if not self._shell.back():
            self._form.first_empty().setFocus()

    def clear(self) -> None:
        """Begin again with an empty form; that can be taken back."""
        values = self._form.values()
        self._empty()
        self._shell.notices.toast(
            self.tr("The form is empty"),
            undo=at_once(partial(self._bring_back, values)),
            redo=at_once(self._empty),
        )

    def _empty(self) -> None:
        self._form.keeper.forget()
        self._form.start()
        self._form.first_empty().setFocus()
