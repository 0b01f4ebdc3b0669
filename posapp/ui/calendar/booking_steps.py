"""What can be done with a booking in the calendar: follow it, move it, look at it, take all of that back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import OVERRIDABLE, Booking, BookingStatus
from posapp.services.bookings.bookings import MoveBooking
from posapp.ui.alive import while_alive
from posapp.ui.calendar.arrangement import minute_of
from posapp.ui.calendar.presenter import CalendarPresenter
from posapp.ui.calendar.sheet import BookingSheet, MoreSheet
from posapp.ui.calendar.spoken import when_words
from posapp.ui.calendar.view import CalendarView
from posapp.ui.presenter import sentence_of
from posapp.ui.sell.money_panel import MoneyPanel
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.notices import Step
from posapp.ui.window.undo import Turn
from posapp.ui.wording import shown_minutes

if TYPE_CHECKING:
    from posapp.ui.calendar.cursor import Trial
    from posapp.ui.window.shell import Shell


class BookingSteps(QObject):
    """Stands between the calendar, its question and the presenter, and tells the window."""

    change_asked = Signal(object)  # Booking: its form
    reload_asked = Signal()
    sheet_opened = Signal()

    def __init__(
        self, view: CalendarView, ask_bar: AskBar, presenter: CalendarPresenter, shell: "Shell"
    ) -> None:
        super().__init__(view)
        self._view, self._bar, self._presenter, self._shell = view, ask_bar, presenter, shell
        self._running: set[str] = set()
        view.opened.connect(self.open_sheet)
        view.more_asked.connect(self.open_more)
        view.status_asked.connect(self.ask_status)
        view.ticket_asked.connect(self.to_ticket)
        view.tried.connect(self._tried)
        view.dropped.connect(self.drop)

    # -- state -------------------------------------------------------------------------------------
    def ask_status(self, booking: Booking, status: BookingStatus) -> None:
        """Follow a booking; cancelling asks why, in the calendar itself."""
        if status != BookingStatus.CANCELLED:
            self._set_status(booking, status)
            return
        if booking.status == BookingStatus.CANCELLED:
            return
        self._shell.close_sheet()
        self._view.select(booking.number)
        name = booking.shown_name(self._presenter.wording.region)
        self._bar.say(
            self.tr("Why is {number} of {name} cancelled?").format(number=booking.number, name=name),
            tone="warning",
            word=self.tr("Cancel booking"),
            answer=lambda reason: self._set_status(booking, status, reason),
            closed=self._view.setFocus,
            at_top=self._view.is_low(),
        )

    def _set_status(self, booking: Booking, status: BookingStatus, reason: str = "") -> None:
        if self._shell.is_read_only:
            return
        self._view.keep_selected(booking.number)
        if booking.number in self._running:  # pressed again before the answer came
            return
        self._running.add(booking.number)
        self._presenter.set_status(
            booking,
            status,
            partial(self._followed, booking),
            partial(self._not_followed, booking),
            reason=reason,
        )
        self._view.setFocus()

    def _not_followed(self, booking: Booking, error: Exception) -> None:
        self._running.discard(booking.number)
        self._failed(error)

    def _followed(self, before: Booking, after: Booking) -> None:
        self._running.discard(after.number)
        if before.status != after.status:
            word = booking_look(after.status).word
            said = self.tr("{number} {name}: {word}").format(
                number=after.number, name=after.shown_name(self._presenter.wording.region), word=word
            )
            self._shell.notices.toast(
                said,
                undo=partial(self._turn_status, before),
                redo=partial(self._turn_status, after),
                about=after.customer_id,
            )
        if after.status == BookingStatus.ARRIVED:
            self._presenter.customer(after.customer_id, self._shell.set_counter, self._failed)
        self._refresh_sheet(after)
        self.reload_asked.emit()

    def _turn_status(self, then: Booking, turn: Turn) -> None:
        """Back or forth to the state of then; one that another till changed since is refused."""

        def done(after: Booking) -> None:
            turn.done()
            self._refresh_sheet(after)
            self.reload_asked.emit()

        self._presenter.restore_status(then, done, turn.failed)

    def _failed(self, error: Exception) -> None:
        self._bar.say(sentence_of(error))

    # -- moving ------------------------------------------------------------------------------------
    def _tried(self, trial: "Trial | None") -> None:
        self._bar.dismiss()
        if trial is None or not trial.is_changed:
            self._view.set_objection("")
            return
        self._presenter.objection(trial.wish, partial(self._objected, trial), self._failed, topic="move")

    def _objected(self, trial: "Trial", error: DomainError | None) -> None:
        if self._view.trial == trial:
            self._view.set_objection(error.sentence if error else "")

    def drop(self, trial: "Trial", anyway: str | None = None) -> None:
        """Save a move; a refusal keeps the booking in the air and asks what to do."""
        booking = trial.booking
        if booking is None:
            return
        command = MoveBooking(
            number=booking.number,
            starts=trial.starts,
            minutes=trial.minutes,
            resource_id=trial.resource_id,
            anyway=anyway,
            seen_version=booking.stamps.version,
        )
        self._view.keep_selected(booking.number)
        self._presenter.move(command, partial(self._moved, booking), partial(self._refused, trial))

    def _moved(self, before: Booking, after: Booking) -> None:
        self._view.put_back()
        self._view.setFocus()
        if before.minutes != after.minutes and before.starts == after.starts:
            said = self.tr("{number} takes {length}").format(
                number=after.number, length=shown_minutes(after.minutes)
            )
        else:
            said = self.tr("{number} moved to {when}").format(
                number=after.number, when=when_words(after, self._presenter.wording)
            )
        self._say_moved(said, before, after)
        self.reload_asked.emit()

    def _say_moved(self, said: str, before: Booking, after: Booking) -> None:
        undo, redo = partial(self.turn_move, before), partial(self.turn_move, after)
        self._shell.notices.toast(said, undo=undo, redo=redo)

    def say_changed(self, before: Booking, after: Booking) -> None:
        """The form saved other values for a booking."""
        said = self.tr("{number} changed: {when}").format(
            number=after.number, when=when_words(after, self._presenter.wording)
        )
        self._say_moved(said, before, after)

    def turn_move(self, then: Booking, turn: Turn) -> None:
        """Back or forth to the place of then."""

        def done(_after: Booking) -> None:
            turn.done()
            self._view.keep_selected(then.number)
            self.reload_asked.emit()

        self._presenter.move_back(then, done, turn.failed)

    def _refused(self, trial: "Trial", error: Exception) -> None:
        self._view.set_objection(sentence_of(error))
        steps = []
        following = error.facts.get("next_free") if isinstance(error, DomainError) else None
        if isinstance(following, datetime):
            later = replace(trial, day=following.date(), minute=minute_of(following))
            time = self._presenter.wording.time(following.time())
            if following.date() != trial.day:
                time = f"{self._presenter.wording.day(following.date()).rsplit(' ', 1)[0]} {time}"
            words = self.tr("Move to {time}").format(time=time)
            steps.append(Step(words, partial(self._drop_at, later)))
        if isinstance(error, DomainError) and error.code in OVERRIDABLE:
            steps.append(Step(self.tr("Move anyway"), partial(self._ask_anyway, trial, error)))
        self._view.is_asked = True
        self._bar.say(sentence_of(error), steps, closed=self._let_go, at_top=self._view.is_low())

    def _drop_at(self, trial: "Trial") -> None:
        self._bar.dismiss()
        self.drop(trial)

    def _ask_anyway(self, trial: "Trial", error: DomainError) -> None:
        self._bar.say(
            error.sentence,
            answer=partial(self.drop, trial),
            word=self.tr("Move anyway"),
            tone="warning",
            closed=self._let_go,
            at_top=self._view.is_low(),
        )

    def _let_go(self) -> None:
        self._view.put_back()
        self._view.setFocus()

    # -- looking -----------------------------------------------------------------------------------
    def open_sheet(self, booking: Booking) -> None:
        """Everything about a booking, over the right edge."""
        self.sheet_opened.emit()
        sheet = BookingSheet(
            booking,
            self._presenter.wording,
            MoneyPanel(self._shell, self._presenter.session),
            has_letters=self._presenter.session.till.plain_keys,
            is_read_only=self._shell.is_read_only,
        )
        sheet.status_asked.connect(self.ask_status)
        sheet.change_asked.connect(self._change)
        sheet.print_asked.connect(self.print)
        sheet.customer_asked.connect(self.open_customer)
        sheet.ticket_asked.connect(self.to_ticket)
        sheet.page_asked.connect(self._shell.leave_for)
        self._shell.open_sheet(booking.number, sheet)
        self._presenter.told(booking, while_alive(sheet, sheet.show_steps), self._failed)
        sheet.show_ticket(self._view.tickets)

    def _refresh_sheet(self, booking: Booking) -> None:
        shown = self._shell.sheet_content
        if isinstance(shown, BookingSheet) and shown.booking.number == booking.number:
            self.open_sheet(booking)

    def open_more(self, bookings: Sequence[Booking]) -> None:
        """The bookings behind a "+n"."""
        sheet = MoreSheet(bookings, self._presenter.wording)
        sheet.opened.connect(self.open_sheet)
        self._shell.open_sheet(self.tr("{count} more bookings").format(count=len(bookings)), sheet)

    def _change(self, booking: Booking) -> None:
        self._shell.close_sheet()
        self.change_asked.emit(booking)

    def print(self, booking: Booking) -> None:
        """The slip as it would be printed."""
        self._shell.show_page("preview", booking.number)

    # -- the ticket --------------------------------------------------------------------------------
    def to_ticket(self, booking: Booking) -> None:
        """Take the device in with all that the booking says; a ticket that it has already is opened."""
        if self._shell.is_read_only:
            return
        if not booking.status.takes_time:
            word = booking_look(booking.status).word
            said = self.tr("{number}: {word}. A ticket is made of a booking that came.")
            self._shell.notices.status(said.format(number=booking.number, word=word), "warning")
            return
        self._presenter.tickets([booking], partial(self._to_ticket, booking), self._failed, topic="ticket")

    def _to_ticket(self, booking: Booking, tickets: dict[str, str]) -> None:
        shell = self._shell
        shell.close_sheet()
        number = tickets.get(booking.number)
        if number is None:
            shell.show_page("intake", booking.number)
        else:
            shell.show_page("ticket", number)

    def open_customer(self, booking: Booking) -> None:
        """The customer on the Desk."""
        self._shell.close_sheet()
        self._shell.show_page("desk", booking.customer_id)
