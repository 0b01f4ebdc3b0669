"""The right column: bookings today or walk-ins, and below what is ready to collect or the next free times."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from posapp.ui.customers.parts import Inset
from posapp.ui.front_desk.bookings_list import BookingRow, BookingsList
from posapp.ui.front_desk.kiosk_parts import ArrivalBar
from posapp.ui.front_desk.parts import padded_words
from posapp.ui.front_desk.ready import FREE_ROW, FreeTimesCard, ReadyCard
from posapp.ui.front_desk.walk_ins import WalkIns, walk_in_rows
from posapp.ui.layout import STRETCH, columns, held, put, rows, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Choice, ChoiceButton, Segmented
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.customers.customers import Customer
    from posapp.services.counter.counter import Day

HEAD, GAP, BOTH_FROM, FEWEST_BOOKINGS = 48, 16, 900, 3
BOOKINGS, WALK_INS = "bookings", "walk-ins"


def words_of(customer: "Customer") -> str:
    """A customer in a few words, who may join the queue under them."""
    return customer.name or str(customer.pl_id)


class TodayColumn(QWidget):
    """Emits what the clerk wants of a booking, a walk-in, a device that waits or a free time."""

    arrived = Signal(object)  # Booking: mark it and bring the customer to the counter
    customer_asked = Signal(int, str)  # and the number of a booking

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._today: Day | None = None
        self._customer_id: int | None = None
        self._customer_words = ""
        self._make_day()
        self.ready = ReadyCard(wording, self.tr("Ready to collect"))
        self.ready.list.opened.connect(lambda one: self.customer_asked.emit(one.card.customer_id, ""))
        self.free_card = FreeTimesCard(wording, self.tr("Next free times"))
        self.free = self.free_card.list
        rows(self._card, wide(self.ready), wide(self.free_card), gap=GAP, host=self)
        self.ready.hide()

    def _make_day(self) -> None:
        self.bookings = BookingsList(self.tr("Bookings today"), button=False)
        self.bookings.acted.connect(self._act)
        self.bookings.opened.connect(lambda row: self._ask_customer(row.booking))
        self.walk_ins = WalkIns()
        self.walk_ins.customer_asked.connect(self.customer_asked)
        self.which = Segmented(self._choices(0, 0), name=self.tr("Bookings or walk-ins"))
        self.which.set_current(BOOKINGS)
        self.which.chosen.connect(lambda _key: self._refresh())
        self._card = Card(self.tr("Day"), key="F3")
        self._card.title.hide()
        self._card.head.insertWidget(0, self.which)
        self.notice = NoticeBar()
        self._none = padded_words()
        self.over = button("", kind="quiet", size="s", run=self._unfold)
        self._shows_over = False
        self._over_row = held(columns(self.over, STRETCH, pad=(8, 2)))
        self.arrivals = ArrivalBar()
        put(self._card.body, Inset(self.notice), self.arrivals, self._none, self._over_row)
        put(self._card.body, self.bookings, self.walk_ins)
        self.walk_ins.hide()

    def _choices(self, left: int, queue: int) -> list[Choice]:
        return [
            Choice(BOOKINGS, self.tr("Bookings"), tally=left or None),
            Choice(WALK_INS, self.tr("Walk-ins"), tally=queue or None),
        ]

    def set_wording(self, wording: Wording) -> None:
        """The shop's habits changed."""
        self._wording = self.free_card.delegate.wording = self.ready.delegate.wording = wording

    def set_plain_keys(self, are_on: bool) -> None:
        """Whether the letters A and X act on their own."""
        self.bookings.plain_keys = self.walk_ins.list.plain_keys = are_on

    def set_customer(self, customer_id: int | None, words: str = "") -> None:
        """Tint the rows of the customer at the counter, who can join the queue under these words."""
        if (customer_id, words) != (self._customer_id, self._customer_words):
            self._customer_id, self._customer_words = customer_id, words
            self.ready.set_customer(customer_id)
            self._refresh()

    def show_today(self, today: "Day") -> None:
        """Show a day as read just now."""
        self._today = today
        self.notice.hide()
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """The day could not be read; what was shown stays."""
        self.notice.say(sentence, "danger")

    def show_walk_ins(self) -> None:
        """Turn to the queue."""
        self.which.set_current(WALK_INS)
        self._refresh()

    def show_bookings(self) -> None:
        """Turn to the bookings."""
        self.which.set_current(BOOKINGS)
        self._refresh()

    def first_stop(self) -> QWidget:
        """Where Ctrl+. leads: the bookings, or what stands below where there are none."""
        if not self.bookings.isHidden():
            return self.bookings
        return self.free if self.ready.isHidden() else self.ready.list

    def walk_ins_stop(self) -> QWidget:
        """Where the key of the queue leads."""
        stop = self.walk_ins.first_stop()
        return self.which if stop is self.walk_ins else stop

    def stops(self) -> list[QWidget]:
        """Everything in the column that Tab can reach, in reading order."""
        walk_ins = self.walk_ins
        queue = [walk_ins.list, walk_ins.call, walk_ins.leave, walk_ins.service, walk_ins.add]
        nod = [self.arrivals.yes, self.arrivals.no]
        return [
            self.which,
            *nod,
            self.over,
            self.bookings,
            *queue,
            self.ready.list,
            self.ready.all,
            self.free,
        ]

    # -- showing -----------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        today = self._today
        if today is None:
            return
        self._show_head(today)
        self.arrivals.show_arrivals(today.arrivals, self._wording)
        is_queue = self.which.current() == WALK_INS
        self.walk_ins.setVisible(is_queue)
        self._show_bookings(today, is_shown=not is_queue)
        rows = walk_in_rows(today.queue, today.free_slot, self._customer_id, self._wording)
        self.walk_ins.show_rows(rows, self._customer_words if self._customer_id is not None else "")
        self.ready.show_waiting(today.waiting)
        self.free_card.show_today(today)
        self._fit()

    def _show_head(self, today: "Day") -> None:
        choices = self._choices(today.tally.to_come, len(today.queue))
        for made, choice in zip(self.which.findChildren(ChoiceButton), choices, strict=True):
            if made.choice != choice:  # the same buttons: the focus may be in them
                made.choice = choice
                tally = "" if choice.tally is None else f" {choice.tally}"
                made.setAccessibleName(choice.text + tally)
                made.updateGeometry()
                made.update()

    def _show_bookings(self, today: "Day", *, is_shown: bool) -> None:
        all_of_day, left = today.bookings, today.still_of_interest
        shown = all_of_day if self._shows_over else left
        self.bookings.show_rows([self._row(one) for one in shown])
        self._show_over(len(all_of_day) - len(left), is_shown=is_shown)
        is_open = any(plan.open_spans for plan in today.agenda.plans if plan.day == today.day)
        closed = self.tr("No bookings today.") if is_open else self.tr("Closed today, no bookings.")
        self._none.setText(self.tr("Nobody is still to come today.") if all_of_day else closed)
        self._none.setVisible(is_shown and not shown)
        self.bookings.setVisible(is_shown and bool(shown))

    def _show_over(self, count: int, *, is_shown: bool) -> None:
        """What is over is folded, so that the list begins with who is here or comes next."""
        self._over_row.setVisible(is_shown and count > 0)
        words = self.tr("Hide {n} that are over") if self._shows_over else self.tr("{n} are over")
        if count == 1:
            words = self.tr("Hide 1 that is over") if self._shows_over else self.tr("1 is over")
        self.over.setText(words.format(n=count))
        self.over.set_icon("chevron-up" if self._shows_over else "chevron-down")

    def _unfold(self) -> None:
        self._shows_over = not self._shows_over
        self._refresh()
        left = self._today.still_of_interest if self._today is not None else []
        if self._shows_over and left:
            self.bookings.start_at(left[0].number)

    def _row(self, booking: "Booking") -> BookingRow:
        wording = self._wording
        return BookingRow(
            booking,
            wording.booked(booking),
            booking.shown_name(wording.region),
            booking.service,
            booking_look(booking.status),
            self.tr("Arrived") if booking.status.is_due else "",
            is_here=booking.customer_id == self._customer_id,
            is_past=booking.status.is_over,
        )

    def _act(self, row: BookingRow) -> None:
        if row.action:
            self.arrived.emit(row.booking)
        else:
            self._ask_customer(row.booking)

    def _ask_customer(self, booking: "Booking") -> None:
        self.customer_asked.emit(booking.customer_id, booking.number)

    # -- room --------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height: the day first, some rows of what stands below it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look, today = theme(), self._today
        has_ready = today is not None and today.waiting.count > 0
        free_row, card = look.row_height(FREE_ROW), look.px(HEAD) + look.px(GAP)
        height = self.contentsRect().height() - look.px(HEAD) - (card if has_ready else 0)
        all_ready = self.ready.wanted_height() if has_ready else 0
        # Free times stand where all that is above has room, and beside many devices in a high window.
        spare = height - self._wanted_day() - all_ready - card
        has_free = not has_ready or self.height() >= look.px(BOTH_FROM) or spare >= 2 * free_row
        self.ready.setVisible(has_ready)
        self.free_card.setVisible(has_free)
        room = height - (card if has_free else 0)
        if spare >= 2 * free_row:
            kept = all_ready + 2 * free_row
        else:
            kept = self.ready.fewest(5 if has_free else 3) if has_ready else 0
            kept += (3 if has_ready else 2) * free_row if has_free else 0
        upper = self._fit_day(room - kept)
        free = 0
        if has_free:
            free = room - upper - all_ready if not has_ready or spare >= 2 * free_row else 3 * free_row
            self.free_card.fit(free)
        if has_ready:
            self.ready.fit(room - upper - free)

    def _above(self) -> int:
        """What stands above the bookings or the queue."""
        over = 0 if self._over_row.isHidden() else self._over_row.sizeHint().height()
        return self.arrivals.wanted_height() + over

    def _wanted_day(self) -> int:
        """What the upper card would take with room for everything."""
        is_queue = not self.walk_ins.isHidden()
        wanted = self.walk_ins.wanted_height() if is_queue else self.bookings.full_height()
        return max(wanted, theme().px(HEAD)) + self._above()

    def _fit_day(self, room: int) -> int:
        """Fit the upper card into a height; returns what it takes."""
        look, above = theme(), self._above()
        room -= above
        if not self.walk_ins.isHidden():
            self.walk_ins.fit(room)
            return min(self.walk_ins.wanted_height(), room) + above
        row = look.row_height(self.bookings.delegate.height)
        bookings = min(self.bookings.full_height(), max(room // row, FEWEST_BOOKINGS) * row)
        self.bookings.stand(bookings, least=FEWEST_BOOKINGS)
        return max(bookings, look.px(HEAD)) + above
