"""Who is at the counter: asked for, read, let go; and the ways to the other screens with them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.presenter import code_of, ignore, sentence_of, why_not_saved
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.services.bookings.agenda import FreeTime
    from posapp.services.counter.counter import AtCounter

Then = Callable[[], object] | None
GLANCE_AFTER_MS = 80
"""So long nobody moves on before a customer is read who is only looked at."""


class FrontDeskSteps(QObject):
    """A row of things that the front desk does; made with what it uses, it answers by signals."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.shell = shell

    def said_no(self, error: Exception) -> None:
        """A desk refused: say so in the key bar, long enough to read it."""
        sentence = why_not_saved(error)
        self.shell.notices.status(sentence, "danger", seconds=6.0)


class CounterSteps(FrontDeskSteps):
    """Reads a customer for the card; the card and everything around it follow by the signals."""

    came = Signal(object, str)  # AtCounter, and the number of what to mark
    refreshed = Signal(object)  # AtCounter: the same customer, read anew
    left = Signal()
    not_read = Signal(object)  # Message
    glanced = Signal(object)  # AtCounter of somebody who is only looked at, None for nobody any more

    def __init__(self, shell: Shell, presenter: FrontDeskPresenter, parent: QObject) -> None:
        super().__init__(shell, parent)
        self._presenter = presenter
        self.shown: AtCounter | None = None
        self._opening: int | None = None
        self._glance: AtCounter | None = None
        self._glance_id = 0
        self._soon = QTimer(self, singleShot=True, interval=GLANCE_AFTER_MS)
        self._soon.timeout.connect(self._read_glance)
        shell.counter_changed.connect(self._changed)

    @property
    def shown_id(self) -> int | None:
        """The key of the customer on the card."""
        return self.shown.card.customer.id if self.shown is not None else None

    @property
    def counter_id(self) -> int | None:
        """Whom keys mean that work everywhere: who stands at the counter, read into the card or not yet."""
        key = getattr(self.shell.counter, "id", None)
        return key if isinstance(key, int) else self.shown_id

    def open(self, customer_id: int, booking: str = "", *, then: Then = None) -> None:
        """Bring a customer to the counter, their booking or ticket marked; `then` is called after that."""
        self._opening = customer_id
        self._forget_glance()
        self.shell.loading.begin(self.tr("Loading customer"))
        self._presenter.customer(
            customer_id, partial(self._was_read, booking, then), partial(self._not_opened, customer_id)
        )

    # -- looking at somebody who is not at the counter yet ------------------------------------------------
    @property
    def is_glancing(self) -> bool:
        """Whether somebody is about to be read who is only looked at."""
        return self._soon.isActive()

    def glance(self, customer_id: int) -> None:
        """Show a customer without bringing them to the counter, once moving has paused; 0 shows nobody."""
        if customer_id == self._glance_id:
            return
        self._forget_glance()
        if customer_id and customer_id not in (self.shown_id, self._opening):
            self._glance_id = customer_id
            self._soon.start()
        else:
            self.glanced.emit(None)

    def take(self) -> None:
        """Whoever is looked at stands at the counter: something is to be done for them."""
        if self._glance is not None:
            shown = self._glance
            self._forget_glance()
            self._opened("", None, shown)

    def _forget_glance(self) -> None:
        self._soon.stop()
        self._glance, self._glance_id = None, 0
        self._presenter.forget("glance")

    def _read_glance(self) -> None:
        self._presenter.glance(self._glance_id, self._glanced)

    def _glanced(self, shown: "AtCounter") -> None:
        if self._glance_id:  # a merged customer leads to another one
            self._glance = shown
            self.glanced.emit(shown)

    def refresh(self) -> None:
        """Read the customer on the card again, without a word."""
        if self.shown_id is not None and self._opening is None:
            self._presenter.customer(self.shown_id, self._read_again, ignore)

    def _was_read(self, booking: str, then: Then, shown: "AtCounter") -> None:
        if self._opening is None:
            self.shell.loading.end()  # let go while they were read: they do not come back by that
        else:
            self._opened(booking, then, shown)

    def _opened(self, booking: str, then: Then, shown: "AtCounter") -> None:
        self.shell.loading.end()
        self._opening, self.shown = None, shown
        self.came.emit(shown, booking)
        if then is not None:
            then()

    def _read_again(self, shown: "AtCounter") -> None:
        if shown.card.customer.id == self.shown_id:
            self.shown = shown
            self.refreshed.emit(shown)

    def _not_opened(self, customer_id: int, error: Exception) -> None:
        self.shell.loading.end()
        self._opening = None
        sentence = sentence_of(error, self.tr("The customer could not be read."))
        if code_of(error) == "customer_unknown":
            self.shell.notices.status(sentence, "danger")
        else:
            again = Step(self.tr("Try again"), lambda: self.open(customer_id))
            self.not_read.emit(Message(sentence, "danger", (again,)))

    def _changed(self, customer: object) -> None:
        key = getattr(customer, "id", None)
        if customer is None:
            self.shown, self._opening = None, None
            self._forget_glance()
            self.left.emit()
        elif isinstance(key, int) and key not in (self.shown_id, self._opening):
            self.open(key)


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
        self._counter.take()
        self._go("intake", self._counter.shown_id)

    def open_ticket(self, number: str) -> None:
        """A ticket in full."""
        self._counter.take()
        self.shell.show_page("ticket", number)

    def hand_over(self, number: str) -> None:
        """Give the devices of a ticket back."""
        self._counter.take()
        self._go("hand_back", number)

    def show_board(self) -> None:
        """Everything that is in the shop."""
        self._go("tickets")

    def show_history(self) -> None:
        """What was with the customer."""
        self._counter.take()
        customer_id = self._counter.counter_id
        if customer_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
        else:
            self._go("history", customer_id)

    def settle(self, debt_minor: int) -> None:
        """Take what the customer owes; where nothing is owed, what was: the history."""
        self._counter.take()
        if debt_minor > 0:
            from posapp.services.selling.order_commands import Offer

            self._go("sell", Offer("", "", debt_minor))
        else:
            self.show_history()

    def ring_up(self, reference: str) -> None:
        """A sale that waits, at the till."""
        self._counter.take()
        self._go("sell", reference)

    def book(self) -> None:
        """A new booking for the customer at the counter, or for nobody yet."""
        self._counter.take()
        self._go("calendar", self._counter.counter_id)

    def book_at(self, free: "FreeTime", minutes: int | None) -> None:
        """A new booking at a free time."""
        from posapp.ui.calendar.cursor import Slot

        starts = free.starts
        self._go("calendar", Slot(starts.date(), starts.hour * 60 + starts.minute, free.resource.id, minutes))

    def open_booking(self, booking: "Booking") -> None:
        """A booking in the calendar."""
        self._counter.take()
        self.shell.show_page("calendar", booking.number)

    def show_day(self, day: date) -> None:
        """A day in the calendar."""
        self._go("calendar", day)
