"""The right column: the bookings of today, and the next free times."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from posapp.ui.customers.inset import Inset
from posapp.ui.desk.bookings_list import BookingRow, BookingsList
from posapp.ui.desk.lists import RowsView, SpokenDelegate
from posapp.ui.tables import TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import NoticeBar
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_minutes

if TYPE_CHECKING:
    from posapp.domain.bookings import Booking
    from posapp.services.agenda import FreeTime
    from posapp.ui.desk.presenter import Today

FREE_ROW = 48


class FreeTimeDelegate(SpokenDelegate):
    """A free time: when, and with whom."""

    height = FREE_ROW

    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.wording = wording

    def row_of(self, value: Any) -> TwoLineRow:
        """Day and time above, the person below."""
        return TwoLineRow(self._when(value), right=value.resource.name)

    def words_of(self, value: Any) -> str:
        """The row in one line."""
        return self.tr("{when} with {whom}").format(when=self._when(value), whom=value.resource.name)

    def _when(self, free: "FreeTime") -> str:
        day = self.wording.day_in_list(free.starts.date())
        return f"{day[:1].upper()}{day[1:]} {self.wording.time(free.starts.time())}"


class TodayColumn(QWidget):
    """Emits what the clerk wants of a booking or a free time."""

    arrived = Signal(object)  # Booking: mark it and bring the customer to the counter
    customer_asked = Signal(int, str)  # of a booking
    time_asked = Signal(object)  # FreeTime

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme().px
        self._wording = wording
        self._today: Today | None = None
        self._customer_id: int | None = None
        self.bookings = BookingsList(self.tr("Bookings today"), button=False)
        self.bookings.acted.connect(self._act)
        self.bookings.opened.connect(lambda row: self._ask_customer(row.booking))
        self._card = Card(self.tr("Bookings today"), key="F3")
        self.notice = NoticeBar()
        self._none = label("", "body", tone="text2", wrap=True)
        self._none.setContentsMargins(px(16), px(14), px(16), px(14))
        self._card.body.addWidget(Inset(self.notice))
        for part in (self._none, self.bookings):
            self._card.body.addWidget(part)
        self._delegate = FreeTimeDelegate(wording, self)
        self.free = RowsView(self.tr("Next free times"), self._delegate)
        self.free.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.free.opened.connect(self.time_asked)
        self._free_card = Card(self.tr("Next free times"))
        self._free_card.body.addWidget(self.free)
        self._no_free = label(self.tr("No free time in the next two weeks."), "body", tone="text2", wrap=True)
        self._no_free.setContentsMargins(px(16), px(14), px(16), px(14))
        self._free_card.body.addWidget(self._no_free)
        self._free_card.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(16))
        column.addWidget(self._card)
        column.addWidget(self._free_card, 1)

    def set_wording(self, wording: Wording) -> None:
        """The shop's habits changed."""
        self._wording = self._delegate.wording = wording

    def set_plain_keys(self, are_on: bool) -> None:
        """Whether the letter A acts on its own."""
        self.bookings.plain_keys = are_on

    def set_customer(self, customer_id: int | None) -> None:
        """Tint the rows of the customer at the counter."""
        if customer_id != self._customer_id:
            self._customer_id = customer_id
            self._refresh()

    def show_today(self, today: "Today") -> None:
        """Show a day as read just now."""
        self._today = today
        self.notice.hide()
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        """The day could not be read; what was shown stays."""
        self.notice.say(sentence, "danger")

    def _refresh(self) -> None:
        today = self._today
        if today is None:
            return
        shown = today.bookings
        left = sum(one.status in ("booked", "confirmed") for one in shown)
        self._card.count.set_text(self.tr("{count} left").format(count=left) if shown else "")
        self.bookings.show_rows([self._row(one) for one in shown])
        is_open = any(plan.open_spans for plan in today.agenda.plans if plan.day == today.day)
        self._none.setText(
            self.tr("No bookings today.") if is_open else self.tr("Closed today, no bookings.")
        )
        self._none.setVisible(not shown)
        self.bookings.setVisible(bool(shown))
        self._free_card.count.set_text(shown_minutes(today.minutes))
        self._no_free.setVisible(not today.free)
        self.free.setVisible(bool(today.free))
        self._fit()
        self._show_next()

    def _show_next(self) -> None:
        """Scroll to who comes next, with the one before in sight, unless the clerk is busy in the list."""
        view = self.bookings
        if view.hasFocus() or view.underMouse():
            return
        waiting = [place for place, row in enumerate(view.rows.rows()) if not row.is_past]
        first = max(waiting[0] - 1, 0) if waiting else view.rows.rowCount() - 1
        view.scrollTo(view.rows.index(first, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _row(self, booking: "Booking") -> BookingRow:
        wording = self._wording
        name = booking.contact_name or booking.customer_name
        if not name:
            name = wording.phone(booking.phone) if booking.phone else str(booking.pl_id)
        assert self._today is not None
        return BookingRow(
            booking,
            wording.time(booking.wall_start.time()),
            name,
            booking.service,
            booking_look(booking.status),
            self.tr("Arrived") if booking.status in ("booked", "confirmed") else "",
            is_here=booking.customer_id == self._customer_id,
            is_past=booking.status in ("done", "no_show"),
        )

    def _act(self, row: BookingRow) -> None:
        if row.action:
            self.arrived.emit(row.booking)
        else:
            self._ask_customer(row.booking)

    def _ask_customer(self, booking: "Booking") -> None:
        self.customer_asked.emit(booking.customer_id, booking.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height: bookings first, at least two free times below them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        heads = look.px(16) + 2 * look.px(48)
        step, row = look.row_height(FREE_ROW), look.row_height(50)
        room = self.height() - heads
        fewest = 2 * step if self._today and self._today.free else 0
        bookings = min(self.bookings.full_height(), max((room - fewest) // row, 3) * row)
        self.bookings.setFixedHeight(bookings)
        left = room - max(bookings, look.px(48))
        free = self._today.free[: max(left // step, 2)] if self._today else ()
        if tuple(self.free.rows.rows()) != free:
            self.free.rows.show_rows(free)
        self.free.setFixedHeight(len(free) * step)
