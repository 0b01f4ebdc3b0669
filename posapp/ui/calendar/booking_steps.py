"""What can be done with a booking in the calendar: follow it, move it, look at it, take all of that back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.services.bookings.bookings import MoveBooking
from posapp.ui.calendar.clash import OVERRIDABLE
from posapp.ui.calendar.more_sheet import MoreSheet
from posapp.ui.calendar.painting import shown_name
from posapp.ui.calendar.sheet import BookingSheet
from posapp.ui.customers.alive import while_alive
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.notices import Step
from posapp.ui.window.undo import Turn
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.ui.calendar.cursor import Trial
    from posapp.ui.calendar.page import CalendarPage


def when_words(booking: Booking, wording: Wording) -> str:
    """`Thu 15:00 with Ravi`, with the day of the month where it is not this week's."""
    day = wording.day(booking.wall_start.date())
    return QCoreApplication.translate("Calendar", "{day} {time} with {who}").format(
        day=day.rsplit(" ", 1)[0], time=wording.time(booking.wall_start.time()), who=booking.resource
    )


def sentence_of(error: Exception) -> str:
    """What to tell the clerk."""
    if isinstance(error, PosappError):
        return error.sentence
    return QCoreApplication.translate("Calendar", "This did not work. The data is as it was.")


class BookingSteps(QObject):
    """Owned by the page; asks its presenter and tells the window."""

    change_asked = Signal(object)  # Booking: its form
    reload_asked = Signal()

    def __init__(self, page: "CalendarPage") -> None:
        super().__init__(page)
        self._page = page
        self._running: set[str] = set()
        view = page.view
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
        page = self._page
        page.shell.close_sheet()
        page.view.select(booking.number)
        name = shown_name(booking, page.wording)
        page.ask_bar.say(
            self.tr("Why is {number} of {name} cancelled?").format(number=booking.number, name=name),
            tone="warning",
            word=self.tr("Cancel booking"),
            answer=lambda reason: self._set_status(booking, status, reason),
            closed=page.view.setFocus,
            at_top=page.view.is_low(),
        )

    def _set_status(self, booking: Booking, status: BookingStatus, reason: str = "") -> None:
        page = self._page
        if page.shell.is_read_only:
            return
        page.view.keep_selected(booking.number)
        if booking.number in self._running:  # pressed again before the answer came
            return
        self._running.add(booking.number)
        page.presenter.set_status(
            booking,
            status,
            partial(self._followed, booking),
            partial(self._not_followed, booking),
            reason=reason,
        )
        page.view.setFocus()

    def _not_followed(self, booking: Booking, error: Exception) -> None:
        self._running.discard(booking.number)
        self._failed(error)

    def _followed(self, before: Booking, after: Booking) -> None:
        page = self._page
        self._running.discard(after.number)
        if before.status != after.status:
            word = booking_look(after.status).word
            said = self.tr("{number} {name}: {word}").format(
                number=after.number, name=shown_name(after, page.wording), word=word
            )
            page.shell.notices.toast(
                said,
                undo=partial(self._turn_status, before),
                redo=partial(self._turn_status, after),
                about=after.customer_id,
            )
        if after.status == BookingStatus.ARRIVED:
            page.presenter.customer(after.customer_id, page.shell.set_counter, self._failed)
        self._refresh_sheet(after)
        self.reload_asked.emit()

    def _turn_status(self, then: Booking, turn: Turn) -> None:
        """Back or forth to the state of then; one that another till changed since is refused."""

        def done(after: Booking) -> None:
            turn.done()
            self._refresh_sheet(after)
            self.reload_asked.emit()

        self._page.presenter.restore_status(then, done, turn.failed)

    def _failed(self, error: Exception) -> None:
        self._page.ask_bar.say(sentence_of(error))

    # -- moving ------------------------------------------------------------------------------------
    def _tried(self, trial: "Trial | None") -> None:
        page = self._page
        page.ask_bar.dismiss()
        if trial is None or not trial.is_changed:
            page.view.set_objection("")
            return
        page.presenter.objection_to(trial, partial(self._objected, trial), self._failed)

    def _objected(self, trial: "Trial", error: DomainError | None) -> None:
        if self._page.view.trial == trial:
            self._page.view.set_objection(error.sentence if error else "")

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
        self._page.view.keep_selected(booking.number)
        self._page.presenter.move(command, partial(self._moved, booking), partial(self._refused, trial))

    def _moved(self, before: Booking, after: Booking) -> None:
        page = self._page
        page.view.put_back()
        page.view.setFocus()
        if before.minutes != after.minutes and before.starts == after.starts:
            said = self.tr("{number} takes {length}").format(
                number=after.number, length=shown_minutes(after.minutes)
            )
        else:
            said = self.tr("{number} moved to {when}").format(
                number=after.number, when=when_words(after, page.wording)
            )
        page.shell.notices.toast(
            said, undo=partial(self.turn_move, before), redo=partial(self.turn_move, after)
        )
        self.reload_asked.emit()

    def turn_move(self, then: Booking, turn: Turn) -> None:
        """Back or forth to the place of then."""
        page = self._page

        def done(_after: Booking) -> None:
            turn.done()
            page.view.keep_selected(then.number)
            self.reload_asked.emit()

        page.presenter.move_back(then, done, turn.failed)

    def _refused(self, trial: "Trial", error: Exception) -> None:
        page = self._page
        page.view.set_objection(sentence_of(error))
        steps = []
        following = error.facts.get("next_free") if isinstance(error, DomainError) else None
        if isinstance(following, datetime):
            later = replace(trial, day=following.date(), minute=following.hour * 60 + following.minute)
            time = page.wording.time(following.time())
            if following.date() != trial.day:
                time = f"{page.wording.day(following.date()).rsplit(' ', 1)[0]} {time}"
            words = self.tr("Move to {time}").format(time=time)
            steps.append(Step(words, partial(self._drop_at, later)))
        if isinstance(error, DomainError) and error.code in OVERRIDABLE:
            steps.append(Step(self.tr("Move anyway"), partial(self._ask_anyway, trial, error)))
        page.view.is_asked = True
        page.ask_bar.say(sentence_of(error), steps, closed=self._let_go, at_top=page.view.is_low())

    def _drop_at(self, trial: "Trial") -> None:
        self._page.ask_bar.dismiss()
        self.drop(trial)

    def _ask_anyway(self, trial: "Trial", error: DomainError) -> None:
        def give(reason: str) -> None:
            self.drop(trial, reason)

        self._page.ask_bar.say(
            error.sentence,
            answer=give,
            word=self.tr("Move anyway"),
            tone="warning",
            closed=self._let_go,
            at_top=self._page.view.is_low(),
        )

    def _let_go(self) -> None:
        self._page.view.put_back()
        self._page.view.setFocus()

    # -- looking -----------------------------------------------------------------------------------
    def open_sheet(self, booking: Booking) -> None:
        """Everything about a booking, over the right edge."""
        page = self._page
        page.look_at_view()
        sheet = BookingSheet(
            booking,
            page.wording,
            has_letters=page.session.till.plain_keys,
            is_read_only=page.shell.is_read_only,
        )
        sheet.status_asked.connect(self.ask_status)
        sheet.change_asked.connect(self._change)
        sheet.print_asked.connect(self.print)
        sheet.customer_asked.connect(self.open_customer)
        sheet.ticket_asked.connect(self.to_ticket)
        sheet.page_asked.connect(page.shell.leave_for)
        page.shell.open_sheet(booking.number, sheet)
        page.presenter.detail(booking, while_alive(sheet, sheet.show_detail), self._failed)
        sheet.show_ticket(page.view.tickets)

    def _refresh_sheet(self, booking: Booking) -> None:
        shown = self._page.shell.sheet_content
        if isinstance(shown, BookingSheet) and shown.booking.number == booking.number:
            self.open_sheet(booking)

    def open_more(self, bookings: Sequence[Booking]) -> None:
        """The bookings behind a "+n"."""
        page = self._page
        sheet = MoreSheet(bookings, page.wording)
        sheet.opened.connect(self.open_sheet)
        page.shell.open_sheet(self.tr("{count} more bookings").format(count=len(bookings)), sheet)

    def _change(self, booking: Booking) -> None:
        self._page.shell.close_sheet()
        self.change_asked.emit(booking)

    def print(self, booking: Booking) -> None:
        """The slip as it would be printed."""
        self._page.shell.show_page("preview", booking.number)

    # -- the ticket --------------------------------------------------------------------------------
    def to_ticket(self, booking: Booking) -> None:
        """Take the device in with all that the booking says; a ticket that it has already is opened."""
        page = self._page
        if page.shell.is_read_only:
            return
        if not booking.status.takes_time:
            word = booking_look(booking.status).word
            said = self.tr("{number}: {word}. A ticket is made of a booking that came.")
            page.shell.notices.status(said.format(number=booking.number, word=word), "warning")
            return
        page.presenter.tickets([booking], partial(self._to_ticket, booking), self._failed, topic="ticket")

    def _to_ticket(self, booking: Booking, tickets: dict[str, str]) -> None:
        shell = self._page.shell
        shell.close_sheet()
        number = tickets.get(booking.number)
        if number is None:
            shell.show_page("intake", booking.number)
        else:
            shell.show_page("tickets", number)

    def open_customer(self, booking: Booking) -> None:
        """The customer on the Desk."""
        self._page.shell.close_sheet()
        self._page.shell.show_page("desk", booking.customer_id)
