"""Whose intake is begun, put aside and brought back: one draft for one customer at the counter."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from posapp.services.base.kept_forms import Draft
from posapp.ui.tickets.intake.customer_steps import CustomerSteps
from posapp.ui.tickets.intake.device_steps import DeviceSteps
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.presenter import IntakePresenter
from posapp.ui.tickets.intake.recall import Recalled
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once


class DraftSteps(QObject):
    """An intake opened for somebody is for them; what was typed for another is kept under their mark."""

    def __init__(
        self,
        form: IntakeForm,
        presenter: IntakePresenter,
        shell: Shell,
        customers: CustomerSteps,
        devices: DeviceSteps,
    ) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self._customers, self._devices = customers, devices
        customers.came.connect(self._came)
        form.draft_bar.discarded.connect(self.clear)

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
            self._customers.bring(customer_id)

    def begin_from(self, number: str) -> None:
        """A ticket for a booking that arrived."""
        booking = self._form.booking
        if booking is None or booking.number != number:
            self._put_aside()
            self._customers.bring_booking(number)

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
        self._customers.person = str(values.get("person") or "")
        self._presenter.recall(values, partial(self._recalled, mark), form.failed)
        if not mark and form.who.field.text().strip():
            self._customers.search(form.who.field.text())
        form.customer.dress()

    def _recalled(self, mark: str, found: Recalled) -> None:
        """What the draft refers to, as far as it is the same here; else it is asked for again."""
        form = self._form
        if form.restored_for != mark:
            return  # the form is about somebody else by now
        form.restored_for = None
        if found.arrived is not None and form.who.card is None:
            self._customers.show(found.arrived)
        elif mark and form.who.card is None:
            self._customers.person = ""
            form.who.ask_again(mark)
        if found.booking is not None and found.arrived is not None:
            form.set_booking(found.booking)
        form.reconnect(found.devices)
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
