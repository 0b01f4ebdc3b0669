"""The middle of the Desk: the customer at the counter, what can be done, what comes and what was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from posapp.ui.customers.parts import Inset
from posapp.ui.front_desk.bookings_list import BookingRow, BookingsList
from posapp.ui.front_desk.counter_steps import Ways
from posapp.ui.front_desk.events import EventsList, event_row
from posapp.ui.front_desk.parts import NoteStrip, Snug, band, padded_words, with_icon
from posapp.ui.front_desk.reach import Reach
from posapp.ui.front_desk.ready import warning_words
from posapp.ui.front_desk.tickets_list import TicketRow, TicketsHead, TicketsList, ticket_row
from posapp.ui.history.header import balance_fact
from posapp.ui.history.money import owes_words
from posapp.ui.layout import columns, least_height, put, rows, space, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.cards import Card, Fact, FactStrip
from posapp.ui.widgets.labels import CountPill, Elided, PlBadge, line
from posapp.ui.widgets.paint import key_words
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording, shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.customers.customers import CustomerFacts
    from posapp.services.counter.counter import AtCounter

_tr = translator("CustomerFacts")

KEYS_FROM = 580
"""Narrower cards (pixels of the design) need the room of a key's name for number and address."""


class CustomerCardView(Card):
    """Shows who is `AtCounter`; every figure and row opens what is behind it."""

    arrived = Signal(object)  # Booking

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self._ways = ways
        self.shown: AtCounter | None = None
        self.notice = NoticeBar()
        self._lay_out()

    def _lay_out(self) -> None:
        self.people = Snug("", "body", tone="text2")
        self._people_row = with_icon("users", self.people)
        self.note = NoteStrip()
        self.waiting = NoteStrip("disc-check")
        self.money = NoteStrip("wallet")
        self.ordered = NoteStrip("shopping-cart")
        head = rows(
            self._name_row(),
            self._reach_row(),
            self._people_row,
            space(2),
            self.note,
            self.waiting,
            self.money,
            self.ordered,
            gap=6,
            pad=(16, 12),
        )
        self.facts = FactStrip()
        self.facts.opened.connect(self._open_fact)
        self._make_lists()
        body = self.body
        put(body, Inset(self.notice), head, line(), self.facts, line(), self._actions())
        put(body, self._nothing, self._tickets_head, self.tickets, self._coming_band, self.coming)
        put(body, band(self.tr("Latest")), space(4), wide(self.events))

    def _make_lists(self) -> None:
        px, ways = theme().px, self._ways
        self.tickets = TicketsList(self.tr("Open tickets"))
        self.tickets.stand(0)
        self.tickets.acted.connect(self._act_on_ticket)
        self.tickets.opened.connect(lambda row: ways.open_ticket(row.number))
        self._tickets_head = TicketsHead(self.tickets)
        self.coming = BookingsList(self.tr("Bookings to come"), button=True)
        self.coming.stand(0)
        self.coming.acted.connect(self._act)
        self.coming.opened.connect(lambda row: ways.open_booking(row.booking))
        self._nothing = padded_words(self.tr("No open ticket, no booking to come."), above=4)
        self._nothing.setWordWrap(False)
        self.events = EventsList(self.tr("Latest"))
        self.events.opened.connect(ways.show_history)
        self.events.setMinimumHeight(px(36))
        self._coming_count = CountPill()
        self._coming_band = band(self.tr("Bookings to come"), self._coming_count)

    def _name_row(self) -> QHBoxLayout:
        self.badge = PlBadge(size="l")
        self.name = Elided("", "name", weight=600)
        self.edit = button(self.tr("Edit"), kind="quiet", size="s", icon="pencil", key="Alt+E")
        words = self.tr("{key}: to the counter").format(key=key_words("Return"))
        self.glance = Snug(words, "small", tone="text2")
        self.glance.hide()
        return columns(self.badge, wide(self.name), self.glance, self.edit, gap=10)

    def _reach_row(self) -> QHBoxLayout:
        self.person = button(self.tr("Another person"), kind="quiet", size="s", icon="users", key="Alt+P")
        self.person.setToolTip(self.tr("Another person on this phone"))
        self.reach = Reach(self.person)
        return columns(wide(self.reach))

    def _actions(self) -> QHBoxLayout:
        ways = self._ways
        self.hand_over = Button(self.tr("Hand over"), kind="primary", size="tile", icon="circle-check")
        self.new_ticket = Button(
            self.tr("New ticket"), kind="primary", size="tile", icon="wrench", key="Ctrl+T"
        )
        self.book = Button(self.tr("Book"), size="tile", icon="calendar-plus", key="Ctrl+B")
        self.history = Button(self.tr("History"), size="tile", icon="history", key="Ctrl+H")
        tiles = (self.hand_over, self.new_ticket, self.book, self.history)
        asked = (self._hand_over_first, ways.take_in, ways.book, ways.show_history)
        for made, run in zip(tiles, asked, strict=True):
            made.clicked.connect(run)
        self.hand_over.hide()
        return columns(*map(wide, tiles), gap=8, pad=(16, 12))

    # -- showing -----------------------------------------------------------------------------------------
    def show_customer(self, shown: "AtCounter", wording: Wording, *, is_glance: bool = False) -> None:
        """Show a customer as read just now; one who is only looked at is not at the counter yet."""
        self.shown = shown
        customer = shown.card.customer
        self.glance.setVisible(is_glance)
        self.badge.set_text(str(customer.pl_id))
        self.name.setText(customer.shown_name(wording.region))
        self.reach.show_customer(customer, wording)
        self.people.setText(
            self.tr("With {names}").format(names=", ".join(c.name for c in customer.contacts))
        )
        self._people_row.setVisible(bool(customer.contacts))
        self.note.show_note(customer.note, is_warning=customer.is_flagged)
        words = warning_words(shown.here)
        self.waiting.show_note(words, is_warning=any(one.waits_long for one in shown.here))
        facts = shown.card.facts
        self.money.show_note(owes_words(facts, wording), is_warning=facts.debt_minor > 0)
        self.ordered.show_note(ordered_words(shown), is_warning=False)
        self.facts.show_facts(customer_facts(shown, wording))
        self._show_tickets([ticket_row(one, wording) for one in shown.here])
        rows = [self._row(booking, wording, is_due=shown.is_due(booking)) for booking in shown.coming]
        self.coming.show_rows(rows)
        self._coming_count.set_text(str(len(rows)) if len(rows) > 1 else "")
        self._nothing.setVisible(not rows and not shown.here)
        for part in (self._coming_band, self.coming):
            part.setVisible(bool(rows))
        self.events.show_rows([event_row(event, wording) for event in shown.events])
        self._fit()

    def _show_tickets(self, rows: list[TicketRow]) -> None:
        self.tickets.show_rows(rows)
        for part in (self._tickets_head, self.tickets):
            part.setVisible(bool(rows))
        self._tickets_head.update()
        # What is ready may be handed over at once; only where nothing else is here is it the likeliest wish.
        is_all_ready = bool(rows) and all(row.is_ready for row in rows)
        self.hand_over.setVisible(is_all_ready)
        self.new_ticket.set_kind("" if is_all_ready else "primary")

    def _row(self, booking: "Booking", wording: Wording, *, is_due: bool) -> BookingRow:
        when = f"{wording.day_in_list(booking.wall_start.date())} {wording.booked(booking)}"
        second = self.tr("{number} with {whom}").format(number=booking.number, whom=booking.resource)
        if booking.contact_name:
            second = self.tr("{second}, for {person}").format(second=second, person=booking.contact_name)
        action = self.tr("Arrived") if is_due else self.tr("Open")
        return BookingRow(
            booking, _capital(when), booking.service, second, booking_look(booking.status), action
        )

    def choose(self, number: str) -> bool:
        """Mark a booking or a ticket; False if it is not here any more."""
        devices = [row.key for row in self.tickets.rows.rows() if row.number == number]
        return self.tickets.choose(devices[0]) if devices else self.coming.choose(number)

    # -- doing -------------------------------------------------------------------------------------------
    def _act(self, row: BookingRow) -> None:
        (self.arrived.emit if row.action == self.tr("Arrived") else self._ways.open_booking)(row.booking)

    def _act_on_ticket(self, row: TicketRow) -> None:
        (self._ways.hand_over if row.is_ready else self._ways.open_ticket)(row.number)

    def _hand_over_first(self) -> None:
        ready = [row for row in self.tickets.rows.rows() if row.is_ready]
        if ready:
            self._ways.hand_over(ready[0].number)

    def _open_fact(self, key: str) -> None:
        shown, ways = self.shown, self._ways
        if shown is None or key == "spent":
            ways.show_history()
        elif key == "balance":
            ways.settle(shown.card.facts.debt_minor)
        elif key == "tickets":
            self._open_tickets(shown)
        elif (following := shown.next_booking) is not None:
            ways.open_booking(following)
        else:
            ways.book()

    def _open_tickets(self, shown: "AtCounter") -> None:
        numbers = {one.card.number for one in shown.here}
        if len(numbers) == 1:
            self._ways.open_ticket(numbers.pop())
        elif numbers:
            self.tickets.setFocus()
        else:
            self._ways.take_in()

    # -- room --------------------------------------------------------------------------------------------
    def heightForWidth(self, width: int) -> int:
        """The least it can do with: what it likes beyond that is no reason to scroll."""
        return least_height(self, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two lists share the height."""
        super().resizeEvent(event)
        self.person.set_key("Alt+P" if self.width() >= theme().px(KEYS_FROM) else "")
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """What the parts need is known for sure only once they are shown."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # Tickets come first, then bookings, in whole rows; at least one event stays in sight, two with room.
        look = theme()
        row = look.row_height(52)
        lists = [one for one in (self.tickets, self.coming) if one.isVisibleTo(self)]
        wanted = sum(one.rows.rowCount() for one in lists)
        listed = sum(one.sizeHint().height() for one in lists)
        # Notes wrap: what they take depends on the width.
        total = max(self.body.heightForWidth(self.width()), 0) or self.body.sizeHint().height()
        others = total - self.events.sizeHint().height() - listed
        left = self.height() - others - look.row_height(36)
        room = (left - look.row_height(36)) // row
        room = room if room >= wanted else left // row
        for place, one in enumerate(lists):
            kept = len(lists) - place - 1  # at least one row for each list below
            rows = min(one.rows.rowCount(), max(1, room - kept))
            one.stand(rows * row)
            room -= rows
        self._tickets_head.update()


def ordered_words(shown: "AtCounter") -> str:
    """What the customer ordered at the kiosk and has not paid yet, "" for nothing."""
    if not shown.orders:
        return ""
    first = shown.orders[0]
    count = shown_count(first.cart.pieces, _tr("item"), _tr("items"))
    words = _tr("Ordered at the kiosk: {number}, {count}. {key} rings it up.")
    return words.format(number=first.reference, count=count, key=key_words("Alt+M"))


def customer_facts(shown: "AtCounter", wording: Wording) -> list[Fact]:
    """The four figures: balance, open tickets, next booking, what was spent; no money where none is told."""
    facts = shown.card.facts
    others = [_tickets(shown), _next(facts, wording)]
    if not facts.tells_money:
        return others
    return [balance_fact(facts, wording), *others, _spent(facts, wording)]


def _tickets(shown: "AtCounter") -> Fact:
    title = _tr("Open tickets")
    tickets = {one.card.number for one in shown.here}
    ready = sum(one.waits for one in shown.here)
    if not tickets:
        return Fact("tickets", title, "0", _tr("nothing here"))
    if ready:
        note = _tr("{n} ready to collect").format(n=ready)
    else:
        note = shown_count(len(shown.here), _tr("device here"), _tr("devices here"))
    return Fact("tickets", title, str(len(tickets)), note)


def _spent(facts: "CustomerFacts", wording: Wording) -> Fact:
    note = shown_count(facts.visits, _tr("visit"), _tr("visits"))
    if facts.did_not_come:
        note = _tr("{visits}, {count} missed").format(visits=note, count=facts.did_not_come)
    return Fact("spent", _tr("Spent"), wording.price(facts.spent_minor), note)


def _next(facts: "CustomerFacts", wording: Wording) -> Fact:
    title = _tr("Next booking")
    if facts.next_booking_at is None or facts.next_booking_wall is None:
        return Fact("next", title, "–", _tr("none to come"))
    at, wall = facts.next_booking_at, facts.next_booking_wall
    note = _tr("{time} with {whom}").format(time=wording.time_at(at, wall), whom=facts.next_booking_with)
    return Fact("next", title, _capital(wording.day_in_list(wall.date())), note)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
