"""A hint below the time: whoever it is for is booked then, or on that day, already."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from posapp.services.bookings.near import AlsoBooked
from posapp.ui.layout import columns, top, wide
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.ui.calendar.cursor import Wish
    from posapp.ui.calendar.form import BookingForm
    from posapp.ui.calendar.presenter import CalendarPresenter

_THEN, _THAT_DAY = ("triangle-alert", "warning"), ("info", "info")


class AlsoNote(QWidget):
    """Hidden while they have nothing on that day."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._icon = IconLabel("info", "info", 16)
        self._words = label("", "small", wrap=True)
        columns(top(self._icon), wide(self._words), gap=6, host=self)
        self.hide()

    def text(self) -> str:
        """What it says, "" while it says nothing."""
        return "" if self.isHidden() else self._words.text()

    def show_bookings(self, found: Sequence[AlsoBooked]) -> None:
        """What they have, the one at the very time first."""
        before = self.text()
        if found:
            self._words.setText(self._sentence(found))
            self._icon.show_icon(*_THEN if found[0].is_then else _THAT_DAY)
        self.setVisible(bool(found))
        if found and self.text() != before:
            announce(self, self.text())

    def _sentence(self, found: Sequence[AlsoBooked]) -> str:
        one = found[0].booking
        words = self.tr("{name} is booked on this day already: {what}")
        if found[0].is_then:
            words = self.tr("{name} is booked then already: {what}")
        what = self.tr("{time} {service} with {who} ({number})").format(
            time=self._wording.booked(one),
            service=one.service,
            who=one.resource,
            number=one.number,
        )
        return words.format(name=one.shown_name(self._wording.region), what=what)


class AlsoSteps(QObject):
    """Asks what the customer of the form has booked already, whenever another time or customer is named."""

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
