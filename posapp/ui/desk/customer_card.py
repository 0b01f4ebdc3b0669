"""The middle of the Desk: the customer at the counter, what can be done, what comes and what was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from posapp.ui.customers.inset import Inset
from posapp.ui.desk.bookings_list import BookingRow, BookingsList
from posapp.ui.desk.events import EventsList, event_row
from posapp.ui.desk.parts import Snug, band, with_icon
from posapp.ui.desk.presenter import Opened
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.cards import Card, Fact, FactStrip
from posapp.ui.widgets.labels import CountPill, Elided, PlBadge, label, line
from posapp.ui.widgets.messages import IconLabel, NoticeBar
from posapp.ui.widgets.paint import box
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_count

if TYPE_CHECKING:
    from datetime import date

    from posapp.domain.bookings import Booking
    from posapp.domain.customers import Customer, CustomerFacts

NOTE_LENGTH = 220


class NoteStrip(QFrame):
    """The note about a customer: amber where it was flagged as a warning, quiet otherwise."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._is_warning = False
        self._icon = IconLabel("message-square", "text2", 16)
        self._text = label("", "body", weight=500, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(7), px(12), px(7))
        row.setSpacing(px(8))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_note(self, note: str, *, is_warning: bool) -> None:
        """Show a note, cut where it is long; "" hides the strip."""
        self._is_warning = is_warning
        words = " ".join(note.split())
        cut = words if len(words) <= NOTE_LENGTH else words[: NOTE_LENGTH - 1].rstrip() + "…"
        self._text.setText(cut)
        self._text.setProperty("tone", "warning" if is_warning else "")
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
        self._icon.show_icon(
            "triangle-alert" if is_warning else "message-square", "warning" if is_warning else "text2"
        )
        self.setToolTip(note if cut != note else "")
        self.setAccessibleName(self.tr("Warning: {note}").format(note=note) if is_warning else note)
        self.setVisible(bool(note))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground."""
        tokens = theme().tokens
        painter = QPainter(self)
        ground = tokens.warning_soft if self._is_warning else tokens.sunken
        box(painter, QRectF(self.rect()), theme().px(8), ground)
        painter.end()


class CustomerCardView(Card):
    """Shows an `Opened` customer; every figure and row opens what is behind it."""

    book_asked = Signal()
    history_asked = Signal()
    edit_asked = Signal()
    person_asked = Signal()
    arrived = Signal(object)  # Booking
    booking_opened = Signal(object)  # Booking
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.opened: Opened | None = None
        self.notice = NoticeBar()
        self._lay_out()

    def _lay_out(self) -> None:
        px = theme().px
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(12), px(16), px(12))
        head.setSpacing(px(6))
        head.addLayout(self._name_row())
        head.addLayout(self._reach_row())
        self.people = Snug("", "body", tone="text2")
        self._people_row = with_icon("users", self.people)
        head.addWidget(self._people_row)
        self.note = NoteStrip()
        head.addSpacing(px(2))
        head.addWidget(self.note)
        self.facts = FactStrip()
        self.facts.opened.connect(self._open_fact)
        self.coming = BookingsList(self.tr("Bookings to come"), button=True)
        self.coming.setFixedHeight(0)
        self.coming.acted.connect(self._act)
        self.coming.opened.connect(lambda row: self.booking_opened.emit(row.booking))
        self._none_coming = label(self.tr("No booking to come."), "body", tone="text2")
        self._none_coming.setContentsMargins(px(16), px(14), px(16), px(14))
        self.events = EventsList(self.tr("Latest"))
        self.events.opened.connect(self.history_asked)
        self.events.setMinimumHeight(px(36))
        self._coming_count = CountPill()
        body = self.body
        body.addWidget(Inset(self.notice))
        body.addLayout(head)
        body.addWidget(line())
        body.addWidget(self.facts)
        body.addWidget(line())
        body.addLayout(self._actions())
        body.addWidget(band(self.tr("Bookings to come"), self._coming_count))
        body.addWidget(self._none_coming)
        body.addWidget(self.coming)
        body.addWidget(band(self.tr("Latest")))
        body.addSpacing(px(4))
        body.addWidget(self.events, 1)

    def _name_row(self) -> QHBoxLayout:
        px = theme().px
        self.badge = PlBadge(size="l")
        self.badge.copied.connect(self.copied)
        self.name = Elided("", "name", weight=600)
        self.edit = button(self.tr("Edit"), kind="quiet", size="s", icon="pencil", key="Alt+E")
        self.edit.clicked.connect(self.edit_asked)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.badge)
        row.addWidget(self.name, 1)
        row.addWidget(self.edit)
        return row

    def _reach_row(self) -> QHBoxLayout:
        self.phone = Snug("", "strong", weight=500)
        self.more_phones = Snug("", "small", tone="text2")
        self.email = Snug("", "body", tone="text2")
        self._reach = QHBoxLayout()
        self._reach.setSpacing(theme().px(16))
        self._phone_part = with_icon("phone", self.phone)
        self._email_part = with_icon("mail", self.email)
        self._reach.addWidget(self._phone_part)
        self._reach.addWidget(self.more_phones)
        self._reach.addWidget(self._email_part)
        self._reach.addStretch(1)
        return self._reach

    def _actions(self) -> QHBoxLayout:
        px = theme().px
        self.book = Button(self.tr("Book"), kind="primary", size="tile", icon="calendar-plus", key="Ctrl+B")
        self.history = Button(self.tr("History"), size="tile", icon="history", key="Ctrl+H")
        self.person = Button(self.tr("Another person"), size="tile", icon="users", key="Alt+P")
        self.person.setToolTip(self.tr("Another person on this phone"))
        for made, asked in (
            (self.book, self.book_asked),
            (self.history, self.history_asked),
            (self.person, self.person_asked),
        ):
            made.clicked.connect(asked)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(12), px(16), px(12))
        row.setSpacing(px(8))
        for made in (self.book, self.history, self.person):
            row.addWidget(made, 1)
        return row

    # -- showing -----------------------------------------------------------------------------------------
    def show_opened(self, opened: Opened, wording: Wording, today: "date") -> None:
        """Show a customer as read just now."""
        self.opened = opened
        customer = opened.card.customer
        self.badge.set_text(str(customer.pl_id))
        self.name.setText(customer.shown_name(wording.region))
        self._show_reach(customer, wording)
        self.people.setText(
            self.tr("With {names}").format(names=", ".join(c.name for c in customer.contacts))
        )
        self._people_row.setVisible(bool(customer.contacts))
        self.note.show_note(customer.note, is_warning=customer.is_flagged)
        self.facts.show_facts(self._facts(customer, opened.card.facts, wording))
        rows = [self._row(booking, wording, today) for booking in opened.coming]
        self.coming.show_rows(rows)
        self._coming_count.set_text(str(len(rows)) if len(rows) > 1 else "")
        self._none_coming.setVisible(not rows)
        self.coming.setVisible(bool(rows))
        self.events.show_rows([event_row(event, wording) for event in opened.events])
        self._fit()

    def _show_reach(self, customer: "Customer", wording: Wording) -> None:
        phones = [wording.phone(one.number) for one in customer.current_phones]
        reason = customer.no_phone_reason or self.tr("none is known")
        self.phone.setText(phones[0] if phones else self.tr("No phone: {reason}").format(reason=reason))
        self.more_phones.setText(self.tr("also {phones}").format(phones=", ".join(phones[1:])))
        self.more_phones.setVisible(len(phones) > 1)
        self.email.setText(customer.email)
        self._email_part.setVisible(bool(customer.email))

    def _facts(self, customer: "Customer", facts: "CustomerFacts", wording: Wording) -> list[Fact]:
        bookings = Fact(
            "bookings",
            self.tr("Bookings"),
            f"{facts.bookings:,}",
            shown_count(facts.visits, self.tr("visit"), self.tr("visits")),
        )
        if facts.did_not_come:
            missed = self.tr("{visits}, {count} missed").format(
                visits=bookings.note, count=facts.did_not_come
            )
            bookings = Fact(bookings.key, bookings.label, bookings.value, missed)
        return [
            self._next_fact(facts, wording),
            bookings,
            self._last_fact(facts, wording),
            self._since_fact(customer, wording),
        ]

    def _next_fact(self, facts: "CustomerFacts", wording: Wording) -> Fact:
        title = self.tr("Next booking")
        if facts.next_booking_at is None:
            return Fact("next", title, "–", self.tr("none to come"))
        here = wording.here(facts.next_booking_at)
        note = self.tr("{time} with {whom}").format(
            time=wording.time(here.time()), whom=facts.next_booking_with
        )
        return Fact("next", title, _capital(wording.day_in_list(here.date())), note)

    def _last_fact(self, facts: "CustomerFacts", wording: Wording) -> Fact:
        title = self.tr("Last visit")
        if facts.last_visit is None:
            return Fact("last", title, "–", self.tr("not here yet"))
        here = wording.here(facts.last_visit)
        return Fact("last", title, _capital(wording.day_in_list(here.date())), wording.time(here.time()))

    def _since_fact(self, customer: "Customer", wording: Wording) -> Fact:
        here = wording.here(customer.stamps.created_at)
        note = self.tr("by {who}").format(who=customer.stamps.created_by)
        return Fact("since", self.tr("Customer since"), _capital(wording.day_in_list(here.date())), note)

    def _row(self, booking: "Booking", wording: Wording, today: "date") -> BookingRow:
        when = f"{wording.day_in_list(booking.wall_start.date())} {wording.time(booking.wall_start.time())}"
        is_due = booking.wall_start.date() == today and booking.status in ("booked", "confirmed")
        second = self.tr("{number} with {whom}").format(number=booking.number, whom=booking.resource)
        if booking.contact_name:
            second = self.tr("{second}, for {person}").format(second=second, person=booking.contact_name)
        action = self.tr("Arrived") if is_due else self.tr("Open")
        return BookingRow(
            booking, _capital(when), booking.service, second, booking_look(booking.status), action
        )

    # -- doing -------------------------------------------------------------------------------------------
    def _act(self, row: BookingRow) -> None:
        (self.arrived if row.action == self.tr("Arrived") else self.booking_opened).emit(row.booking)

    def _open_fact(self, key: str) -> None:
        opened = self.opened
        if key == "next" and opened is not None:
            number = opened.card.facts.next_booking
            found = [one for one in opened.coming if one.number == number]
            if found:
                self.booking_opened.emit(found[0])
            else:
                self.book_asked.emit()
        else:
            self.history_asked.emit()

    # -- room --------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two lists share the height."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """What the parts need is known for sure only once they are shown."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # Two events stay in sight; the rest of the height goes to the bookings, in whole rows.
        look = theme()
        listed = self.coming.minimumHeight() if self.coming.isVisibleTo(self) else 0
        others = self.body.sizeHint().height() - self.events.sizeHint().height() - listed
        rows = max(1, (self.height() - others - 2 * look.row_height(36)) // look.row_height(52))
        self.coming.setFixedHeight(min(self.coming.full_height(), rows * look.row_height(52)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
