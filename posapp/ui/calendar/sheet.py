"""Everything about one booking, over the right edge: what, when, who, the steps so far, what comes next."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.bookings.bookings import MOVES, Booking, BookingStatus
from posapp.ui.calendar.cursor import can_move
from posapp.ui.calendar.view import LETTERS, TICKET_LETTER
from posapp.ui.history.words import step_words, who_words
from posapp.ui.layout import STRETCH, columns, emptied, held, put, rows, top, wide
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, PlBadge, StatusPill, label, line
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.domain.base.journal import JournalLine
    from posapp.ui.actions import Keys
    from posapp.ui.sell.money_panel import MoneyPanel

_LETTER_OF = {status: chr(key) for key, status in LETTERS.items()}
_ORDER = (
    BookingStatus.ARRIVED,
    BookingStatus.IN_SERVICE,
    BookingStatus.DONE,
    BookingStatus.CONFIRMED,
    BookingStatus.BOOKED,
    BookingStatus.NO_SHOW,
    BookingStatus.CANCELLED,
)


class BookingSheet(QWidget):
    """Shows a booking at once and its steps when they are read; its buttons only ask."""

    status_asked = Signal(object, object)  # Booking, BookingStatus
    change_asked = Signal(object)  # Booking
    print_asked = Signal(object)
    customer_asked = Signal(object)
    ticket_asked = Signal(object)
    page_asked = Signal(str, int)  # screen, key of the booking's customer

    def __init__(
        self,
        booking: Booking,
        wording: Wording,
        money: "MoneyPanel",
        *,
        has_letters: bool,
        is_read_only: bool,
    ) -> None:
        super().__init__()
        self.booking, self.money = booking, money
        self._wording, self._has_letters, self._is_read_only = wording, has_letters, is_read_only
        self.steps = rows(gap=8)
        self.status_buttons: dict[BookingStatus, Button] = {}
        states = () if is_read_only else (self._statuses(), self._ticket_button())
        steps = label(self.tr("Steps so far"), "body", weight=600)
        money.show_number(booking.number)
        parts = (self._head(), self._facts(), *states, line(), money, line(), steps, self.steps, STRETCH)
        inside = Scroller(held(rows(*parts, gap=14, pad=(16, 4, 16, 16))))
        rows(wide(inside), line(), self._actions(), gap=0, host=self)
        # The sheet itself: a key or a second click that was meant for the calendar presses no button here.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)
        self.setAccessibleName(booking.number)

    def _head(self) -> QVBoxLayout:
        booking = self.booking
        name = wide(Elided(booking.shown_name(self._wording.region), "strong"))
        pill = StatusPill(booking_look(booking.status), self)
        who = columns(PlBadge(str(booking.pl_id)), name, pill, gap=10)
        parts = [booking.customer_name if booking.contact_name else ""]
        parts.append(self._wording.phone(booking.phone) if booking.phone else "")
        below = " · ".join(filter(None, parts))
        return rows(who, label(below, "body", tone="text2", wrap=True) if below else None, gap=4)

    def _facts(self) -> QVBoxLayout:
        booking, wording = self.booking, self._wording
        when = self.tr("{day}, {starts} to {ends}").format(
            day=wording.day(booking.wall_start.date()),
            starts=wording.booked(booking),
            ends=wording.time_at(booking.ends, booking.wall_ends),
        )
        price = self.tr("price on inspection")
        if booking.price_minor is not None:
            price = wording.price(booking.price_minor)
        length = shown_minutes(booking.minutes).replace(" ", "\u00a0")  # `(1` and `h)` on two lines says less
        facts = [
            (self.tr("When"), f"{when} ({length})"),
            (self.tr("With"), booking.resource),
            (self.tr("Service"), f"{booking.service} · {price}"),
            (self.tr("Note"), booking.note),
            (self.tr("Reason"), booking.reason),
            (self.tr("Booked anyway"), booking.override_reason or ""),
        ]
        return rows(*(self._fact(name, value) for name, value in facts if value), gap=8)

    def _fact(self, name: str, value: str) -> QHBoxLayout:
        key = label(name, "small", tone="text2")
        key.setFixedWidth(theme().px(96))
        return columns(top(key), wide(label(value, "body", wrap=True)), gap=12)

    def _statuses(self) -> QWidget:
        flow = FlowLayout(gap=8)
        main = self._main_status()
        for status in _ORDER:
            if status not in MOVES[self.booking.status]:
                continue
            look = booking_look(status)
            key = _LETTER_OF.get(status, "") if self._has_letters else ""
            kind = "primary" if status == main else "danger" if status == BookingStatus.CANCELLED else ""
            word = self.tr("Cancel booking") if status == BookingStatus.CANCELLED else look.word
            ask = partial(self.status_asked.emit, self.booking, status)
            made = button(word, kind=kind, size="s", icon=look.icon, key=key, run=ask)
            self.status_buttons[status] = made
            flow.addWidget(made)
        return held(flow)

    def _ticket_button(self) -> Button:
        key, run = chr(TICKET_LETTER) if self._has_letters else "", self._of(self.ticket_asked)
        self.ticket = button(self.tr("Make a ticket"), icon="wrench", key=key, run=run)
        if not self.booking.status.takes_time:
            self.ticket.hide()
        return self.ticket

    def _of(self, signal: SignalInstance) -> Callable[[], None]:
        return lambda: signal.emit(self.booking)

    def show_ticket(self, tickets: dict[str, str]) -> None:
        """The ticket of the booking, if it has one, is opened instead of made."""
        number = tickets.get(self.booking.number)
        if number and not self._is_read_only:
            self.ticket.setText(self.tr("Open {number}").format(number=number))

    def front_keys(self) -> "Keys":
        """While it is in front, the keys of the window mean this booking and its customer."""
        key = self.booking.customer_id
        pages = {"Ctrl+H": "history", "Ctrl+B": "calendar", "Ctrl+T": "intake"}
        found = {name: partial(self.page_asked.emit, page, key) for name, page in pages.items()}
        return {**found, "Ctrl+P": self._of(self.print_asked), "F9": self.money.take}

    def _main_status(self) -> BookingStatus:
        following = {
            BookingStatus.ARRIVED: BookingStatus.IN_SERVICE,
            BookingStatus.IN_SERVICE: BookingStatus.DONE,
        }
        return following.get(self.booking.status, BookingStatus.ARRIVED)

    def _actions(self) -> QWidget:
        self.change = button(self.tr("Change"), icon="pencil", run=self._of(self.change_asked))
        self.print = button(self.tr("Print"), icon="printer", key="Ctrl+P", run=self._of(self.print_asked))
        self.open_customer = button(self.tr("Desk"), icon="user", run=self._of(self.customer_asked))
        self.open_customer.setAccessibleName(self.tr("Open the customer on the Desk"))
        self.open_customer.setToolTip(self.tr("Open the customer on the Desk"))
        host = held(columns(self.change, self.print, self.open_customer, STRETCH, gap=8, pad=(16, 10)))
        self.change.setVisible(can_move(self.booking) and not self._is_read_only)
        return host

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters on the buttons work here as in the calendar."""
        is_letter = self._has_letters and not event.modifiers()
        status = LETTERS.get(Qt.Key(event.key())) if is_letter else None
        if is_letter and event.key() == TICKET_LETTER and not self._is_read_only:
            self.ticket_asked.emit(self.booking)
        elif status in self.status_buttons:
            self.status_asked.emit(self.booking, status)
        else:
            super().keyPressEvent(event)

    def show_steps(self, steps: "Sequence[JournalLine]") -> None:
        """The steps, oldest first."""
        emptied(self.steps)
        for step in steps:
            who = Elided(f"{who_words(step)} · {self._wording.moment(step.at)}", "small", tone="text2")
            put(self.steps, label(step_words(step, self._wording), "body", wrap=True), who)


class _Rows(TwoLineDelegate):
    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def row_of(self, value: Booking) -> TwoLineRow:
        return TwoLineRow(
            value.shown_name(self._wording.region),
            f"{self._wording.booked(value)} · {value.service} · {value.resource}",
            badge=str(value.pl_id),
            pill=booking_look(value.status),
        )


class MoreSheet(OpenList):
    """The bookings behind a "+n", as a list over the right edge; Enter or a click opens one."""

    def __init__(self, bookings: Sequence[Booking], wording: Wording) -> None:
        self._wording = wording
        super().__init__("", _Rows(wording), self._words)
        self.setAccessibleName(self.tr("Bookings"))
        self.rows.show_rows(bookings)
        self.choose_at(0)

    def _words(self, booking: Booking) -> str:
        time, name = self._wording.booked(booking), booking.shown_name(self._wording.region)
        word = booking_look(booking.status).word
        return ", ".join((time, name, word, booking.service, booking.resource, booking.number))
