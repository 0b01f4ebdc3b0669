"""Whom an intake is for: looked for while it is typed, brought from the desk, changed elsewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.ui.focus_filter import focused
from posapp.ui.presenter import sentence_of
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.presenter import FromBooking, IntakePresenter
from posapp.ui.tickets.intake.recall import Arrived

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.services.counter.search import Answer


class CustomerSteps(QObject):
    """Between the box that finds, the panel that shows, and the desks."""

    came = Signal()
    """A customer stands in the form."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter) -> None:
        super().__init__(form)
        self._form, self._presenter = form, presenter
        self.person = ""
        """Who of the account comes, until its card is there."""
        form.who.typed.connect(self.search)
        form.who.picked.connect(self.bring)
        form.who.taken_back.connect(self._take_back)
        form.customer.owner_picked.connect(self.bring)

    def search(self, text: str) -> None:
        """Look for what is typed."""
        self._presenter.search(
            text, self._found, lambda error: self._form.who.show_problem(sentence_of(error))
        )

    def _found(self, answer: "Answer | None") -> None:
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
        self._presenter.booking(number, self._show_booking, self._form.failed)

    def show(self, arrived: Arrived) -> None:
        """This is the customer; the focus goes on to the device unless it is there already."""
        form, now = self._form, focused()
        had_focus = now is None or not form.isAncestorOf(now) or form.who.isAncestorOf(now)
        with form.keeper.filling():
            form.who.show_card(arrived.card)
            if self.person:
                form.who.person.show()
                form.who.person.set_text(self.person)
            self.person = ""
            self._show_devices(arrived)
        form.customer.owner.hide()
        if had_focus:
            form.first_of_device().setFocus()
        form.customer.dress()
        self.came.emit()

    def _show_devices(self, arrived: Arrived) -> None:
        if self._is_here(arrived):
            self._form.customer.show_devices(arrived)

    def _is_here(self, arrived: Arrived) -> bool:
        card = self._form.who.card
        return card is not None and card.customer.id == arrived.card.customer.id

    def _show_booking(self, found: FromBooking) -> None:
        form = self._form
        self.person = self.person or found.booking.contact_name
        with form.keeper.filling():
            self.show(found.arrived)
            form.set_booking(found.booking)
            form.prefill(found.booking)
        form.first_of_device().setFocus()
        form.customer.dress()

    def _take_back(self, customer_id: int, phone: "PhoneNumber") -> None:
        self._presenter.take_back_phone(
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
