"""What the Desk does with bookings: reads the day, marks who arrived, and leads to the calendar."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posapp.ui.front_desk.presenter import Today
from posapp.ui.front_desk.today import TodayColumn
from posapp.ui.theme import theme
from posapp.ui.window.undo import Work

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.services.bookings.agenda import FreeTime
    from posapp.ui.front_desk.page import DeskPage

MINUTE_MS = 60_000


class TodaySteps(QObject):
    """Steps of the page around the right column and its sheet."""

    def __init__(self, page: "DeskPage") -> None:
        super().__init__(page)
        self._page = page
        self._today: Today | None = None
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.read)
        self._bind(page.today)
        page.welcome.calendar_asked.connect(self._show_all)
        page.welcome.day_asked.connect(self._show_day)
        page.card.booking_opened.connect(lambda booking: page.shell.show_page("calendar", booking.number))
        page.card.arrived.connect(self.mark_arrived)

    def _bind(self, column: TodayColumn) -> None:
        column.arrived.connect(self.mark_arrived)
        column.customer_asked.connect(self._page.open_customer)
        column.time_asked.connect(self._book_at)
        column.tickets_asked.connect(self._page.ticket_steps.show_board)
        self._page.walk_in_steps.bind(column.walk_ins)

    # -- reading -----------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Read the day now and every minute: times pass."""
        self.read()
        self._minute.start()

    def read(self) -> None:
        """Read the day anew."""
        self._page.presenter.read_today(self._read, self._failed)

    def _read(self, today: Today) -> None:
        self._today = today
        self._page.welcome.show_today(today)
        self._page.arrange()
        for column in self.columns():
            column.show_today(today)

    def _failed(self, error: Exception) -> None:
        sentence = self._page.sentence_of(error, self.tr("The bookings could not be read."))
        for column in self.columns():
            column.show_problem(sentence)

    def columns(self) -> list[TodayColumn]:
        """The column, and its sheet if that is open."""
        sheet = self._page.shell.sheet_content
        return [self._page.today, sheet] if isinstance(sheet, TodayColumn) else [self._page.today]

    def _show_all(self) -> None:
        """A total was pressed: the bookings behind it, where they are not in sight already."""
        if self._page.shell.is_compact:
            self.show()
        else:
            self._page.shell.show_page("calendar")

    def show(self) -> None:
        """Go to the bookings of today: the column, or its sheet in a narrow window."""
        page = self._page
        if not page.shell.is_compact:
            page.today.show_bookings()
            page.today.first_stop().setFocus()
        elif isinstance(page.shell.sheet_content, TodayColumn):
            page.shell.close_sheet()
        else:
            self._open_sheet().first_stop().setFocus()

    def show_walk_ins(self) -> None:
        """Go to the queue: in the column, or in the sheet of a narrow window."""
        page = self._page
        column = page.today
        if page.shell.is_compact:
            shown = page.shell.sheet_content
            column = shown if isinstance(shown, TodayColumn) else self._open_sheet()
        column.show_walk_ins()
        column.walk_ins_stop().setFocus()

    def _open_sheet(self) -> TodayColumn:
        column = self._make_column()
        self._page.shell.open_sheet(self.tr("Today"), column)
        return column

    def _make_column(self) -> TodayColumn:
        page, px = self._page, theme().px
        column = TodayColumn(page.presenter.wording)
        layout = column.layout()
        if layout is not None:
            layout.setContentsMargins(px(16), px(4), px(16), px(16))
        column.set_plain_keys(page.session.till.plain_keys)
        opened = page.card.opened
        column.set_customer(page.shown_id, opened.words if opened and page.shown_id else "")
        column.walk_ins.show_services(page.session.catalogue.services)
        self._bind(column)
        if self._today is not None:
            column.show_today(self._today)
        return column

    # -- to the calendar ---------------------------------------------------------------------------------
    def book(self) -> None:
        """A new booking for the customer at the counter, or for nobody yet."""
        self._page.shell.close_sheet()
        self._page.shell.show_page("calendar", self._page.counter_id)

    def _book_at(self, free: "FreeTime") -> None:
        from posapp.ui.calendar.cursor import Slot
        from posapp.ui.calendar.page import CalendarPage

        minutes = self._today.minutes if self._today else None
        minute = free.starts.hour * 60 + free.starts.minute
        page = self._show_day(free.starts.date())
        if isinstance(page, CalendarPage):
            page.form_steps.open_at(Slot(free.starts.date(), minute, free.resource.id, minutes))

    def _show_day(self, day: date) -> object:
        from posapp.ui.calendar.page import CalendarPage

        self._page.shell.close_sheet()
        page = self._page.shell.show_page("calendar")
        if isinstance(page, CalendarPage):
            page.show_day(day)
        return page

    # -- arriving ----------------------------------------------------------------------------------------
    def mark_arrived(self, booking: "Booking") -> None:
        """The customer of a booking is here: mark it and bring them to the counter."""
        from posapp.domain.bookings.bookings import BookingStatus

        page, before = self._page, booking.status
        words = self.tr("{number} arrived").format(number=booking.number)

        def done(arrived: "Booking") -> None:
            def turn_to(status: BookingStatus) -> Work:
                return lambda turn: page.presenter.set_status(arrived, status, turn.done, turn.failed)

            page.shell.notices.toast(
                words,
                undo=turn_to(before),
                redo=turn_to(BookingStatus.ARRIVED),
                about=arrived.customer_id,
            )
            page.open_customer(arrived.customer_id, arrived.number)

        page.presenter.set_status(booking, BookingStatus.ARRIVED, done, page.said_no)
