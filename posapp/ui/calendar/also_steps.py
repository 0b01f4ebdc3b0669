"""Asks what the customer of the booking form has booked already."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.services.bookings.near import AlsoBooked

if TYPE_CHECKING:
    from posapp.ui.calendar.cursor import Wish
    from posapp.ui.calendar.form import BookingForm
    from posapp.ui.calendar.presenter import CalendarPresenter


class AlsoSteps(QObject):
    """Asks whenever another time or customer is named."""

    def __init__(self, form: "BookingForm", presenter: "CalendarPresenter") -> None:
        super().__init__(form)
        self._form, self._presenter = form, presenter
        self._asked: tuple[int, Wish] | None = None
        form.who.changed.connect(self._ask)
        form.when.changed.connect(self._ask)

    def ask_again(self) -> None:
        """Bookings changed."""
        self._asked = None
        self._ask()

    def _question(self) -> "tuple[int, Wish] | None":
        form = self._form
        wish = form.when.wish()
        key = form.booking.customer_id if form.booking is not None else form.key()
        if key is None or wish is None or form.when.is_being_typed():
            return None
        return key, form.with_number(wish)

    def _ask(self) -> None:
        question = self._question()
        if question == self._asked:
            return
        self._asked = question
        if question is None:
            self._form.when.also.show_bookings(())
        else:
            self._presenter.also_booked(*question, partial(self._show, question))

    def _show(self, question: "tuple[int, Wish]", found: Sequence[AlsoBooked]) -> None:
        if question == self._question():
            self._form.when.also.show_bookings(found)
