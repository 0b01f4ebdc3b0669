"""From the front desk to the other screens, with whoever is at the counter."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.front_desk.counter_steps import CounterSteps
from posapp.ui.front_desk.steps import FrontDeskSteps
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.services.bookings.agenda import FreeTime


class Ways(FrontDeskSteps):
    """Each closes the side sheet where it would lie over the other screen."""

    def __init__(self, shell: Shell, counter: CounterSteps, parent: QObject) -> None:
        super().__init__(shell, parent)
        self._counter = counter

    def _go(self, page_id: str, payload: object = None) -> None:
        self.shell.close_sheet()
        self.shell.show_page(page_id, payload)

    def take_in(self) -> None:
        """A new ticket for the customer at the counter, or for nobody yet."""
        self._go("intake", self._counter.shown_id)

    def open_ticket(self, number: str) -> None:
        """A ticket in full."""
        self.shell.show_page("tickets", number)

    def hand_over(self, number: str) -> None:
        """Give the devices of a ticket back."""
        self._go("hand_back", number)

    def show_board(self) -> None:
        """Everything that is in the shop."""
        self._go("tickets")

    def show_history(self) -> None:
        """What was with the customer."""
        customer_id = self._counter.counter_id
        if customer_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
        else:
            self._go("history", customer_id)

    def book(self) -> None:
        """A new booking for the customer at the counter, or for nobody yet."""
        self._go("calendar", self._counter.counter_id)

    def book_at(self, free: "FreeTime", minutes: int | None) -> None:
        """A new booking at a free time."""
        from posapp.ui.calendar.cursor import Slot

        starts = free.starts
        self._go("calendar", Slot(starts.date(), starts.hour * 60 + starts.minute, free.resource.id, minutes))

    def open_booking(self, booking: "Booking") -> None:
        """A booking in the calendar."""
        self.shell.show_page("calendar", booking.number)

    def show_day(self, day: date) -> None:
        """A day in the calendar."""
        self._go("calendar", day)
