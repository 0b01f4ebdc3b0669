"""What the front desk does with the day: reads it, marks who arrived, calls who waits, leads elsewhere."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.domain.base.errors import PosappError
from posapp.domain.bookings.bookings import OVERRIDABLE, BookingStatus
from posapp.ui.front_desk.counter_steps import CounterSteps, FrontDeskSteps, Ways
from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.front_desk.today import TodayColumn, words_of
from posapp.ui.presenter import sentence_of
from posapp.ui.theme import theme
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Turn

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.bookings.walk_ins import QueueLine, WalkIn
    from posapp.services.bookings.agenda import FreeTime
    from posapp.services.bookings.walk_ins import Served
    from posapp.services.counter.counter import Day
    from posapp.ui.front_desk.walk_ins import WalkInRow

MINUTE_MS = 60_000


class Counter(Protocol):
    """Who is served, and the way to them."""

    @property
    def shown_id(self) -> int | None:
        """The key of who is served."""

    def open(self, customer_id: int, booking: str = "") -> None:
        """Bring a customer to the counter."""


class WalkInSteps(FrontDeskSteps):
    """Around the queue, in the column, in its sheet and beside the calendar."""

    def __init__(
        self, shell: Shell, presenter: FrontDeskPresenter, counter: Counter, parent: QObject
    ) -> None:
        super().__init__(shell, parent)
        self._presenter, self._counter = presenter, counter

    def add(self, service_id: int) -> None:
        """The customer at the counter joins the queue."""
        customer_id = self._counter.shown_id
        if customer_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
        else:
            self._presenter.add_walk_in(customer_id, service_id, self._added, self.said_no)

    def _added(self, line: "QueueLine") -> None:
        words = self.tr("{pl} waits at place {n}").format(pl=line.walk_in.pl_id, n=line.position)
        out, back = self._presenter.turns_of_queue(line.walk_in.id)
        self.shell.notices.toast(words, undo=out, redo=back)

    def call(self, row: "WalkInRow", anyway: str | None = None) -> None:
        """It is somebody's turn, at once or in the time of somebody who did not come."""
        self._presenter.serve_walk_in(
            row.line, row.slot_of, anyway, self._served, partial(self._not_served, row)
        )

    def _served(self, served: "Served") -> None:
        booking = served.booking
        words = self.tr("{number}: {name} is called to {whom}").format(
            number=booking.number, name=booking.customer_name or booking.pl_id, whom=booking.resource
        )
        self.shell.notices.toast(words)
        self._counter.open(booking.customer_id, booking.number)

    def _not_served(self, row: "WalkInRow", error: Exception) -> None:
        if not isinstance(error, PosappError) or error.code not in OVERRIDABLE:
            self.said_no(error)
            return
        anyway = Step(
            self.tr("Call anyway"), partial(self.call, row, self.tr("Walk-in called at the counter"))
        )
        self.shell.notices.status(error.sentence, "warning", steps=(anyway,), seconds=10.0)

    def leave(self, row: "WalkInRow") -> None:
        """Somebody does not want to wait any longer."""
        self._presenter.leave_queue(row.line.walk_in.id, self._gone, self.said_no)

    def _gone(self, gone: "WalkIn") -> None:
        words = self.tr("{pl} left the queue").format(pl=gone.pl_id)
        out, back = self._presenter.turns_of_queue(gone.id)
        self.shell.notices.toast(words, undo=back, redo=out)


class TodaySteps(FrontDeskSteps):
    """Around the right column and its sheet."""

    was_read = Signal(object)  # Day
    let_in = Signal(object)  # Arrival
    turned_away = Signal(object)  # Arrival

    def __init__(
        self,
        shell: Shell,
        presenter: FrontDeskPresenter,
        counter: CounterSteps,
        ways: Ways,
        parent: QObject,
    ) -> None:
        super().__init__(shell, parent)
        self._presenter, self._counter, self._ways = presenter, counter, ways
        self._today: Day | None = None
        self._queue = WalkInSteps(shell, presenter, counter, self)
        self.column = self._make_column()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self.read)

    def _make_column(self) -> TodayColumn:
        column, session = TodayColumn(self._presenter.wording), self._presenter.session
        column.set_plain_keys(session.till.plain_keys)
        column.walk_ins.show_services(session.catalogue.services)
        column.arrived.connect(self.mark_arrived)
        column.customer_asked.connect(self._counter.open)
        column.free_card.list.opened.connect(self._book_at)
        column.ready.all.clicked.connect(self._ways.show_board)
        column.walk_ins.added.connect(self._queue.add)
        column.walk_ins.called.connect(self._queue.call)
        column.walk_ins.left.connect(self._queue.leave)
        column.arrivals.let_in.connect(self.let_in)
        column.arrivals.turned_away.connect(self.turned_away)
        return column

    # -- reading -----------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Read the day now and every minute: times pass."""
        self.read()
        self._minute.start()

    def read(self) -> None:
        """Read the day anew."""
        self._presenter.day(self._read, self._failed)

    def _read(self, today: "Day") -> None:
        self._today = today
        self.was_read.emit(today)
        for column in self.columns():
            column.show_today(today)

    def _failed(self, error: Exception) -> None:
        sentence = sentence_of(error, self.tr("The bookings could not be read."))
        for column in self.columns():
            column.show_problem(sentence)

    def columns(self) -> list[TodayColumn]:
        """The column, and its sheet if that is open."""
        sheet = self.shell.sheet_content
        return [self.column, sheet] if isinstance(sheet, TodayColumn) else [self.column]

    def catalogue_changed(self) -> None:
        """The shop's habits or services are others."""
        for column in self.columns():
            column.set_wording(self._presenter.wording)
            column.walk_ins.show_services(self._presenter.session.catalogue.services)

    # -- going there -------------------------------------------------------------------------------------
    def show_all(self) -> None:
        """A total was pressed: the bookings behind it, where they are not in sight already."""
        if self.shell.is_compact:
            self.show()
        else:
            self.shell.show_page("calendar")

    def show(self) -> None:
        """Go to the bookings of today: the column, or its sheet in a narrow window."""
        if not self.shell.is_compact:
            self.column.show_bookings()
            self.column.first_stop().setFocus()
        elif isinstance(self.shell.sheet_content, TodayColumn):
            self.shell.close_sheet()
        else:
            self._open_sheet().first_stop().setFocus()

    def show_walk_ins(self) -> None:
        """Go to the queue: in the column, or in the sheet of a narrow window."""
        column, sheet = self.column, self.shell.sheet_content
        if self.shell.is_compact:
            column = sheet if isinstance(sheet, TodayColumn) else self._open_sheet()
        column.show_walk_ins()
        column.walk_ins_stop().setFocus()

    def _open_sheet(self) -> TodayColumn:
        column, px = self._make_column(), theme().px
        layout = column.layout()
        if layout is not None:
            layout.setContentsMargins(px(16), px(4), px(16), px(16))
        shown = self._counter.shown
        column.set_customer(
            self._counter.shown_id, words_of(shown.card.customer) if shown is not None else ""
        )
        if self._today is not None:
            column.show_today(self._today)
        self.shell.open_sheet(self.tr("Today"), column)
        return column

    def _book_at(self, free: "FreeTime") -> None:
        self._ways.book_at(free, self._today.minutes if self._today is not None else None)

    # -- arriving ----------------------------------------------------------------------------------------
    def mark_arrived(self, booking: "Booking") -> None:
        """The customer of a booking is here: mark it and bring them to the counter."""
        before = booking.status

        def done(arrived: "Booking") -> None:
            self.shell.notices.toast(
                self.tr("{number} arrived").format(number=arrived.number),
                undo=partial(self._turn, arrived, before),
                redo=partial(self._turn, arrived, BookingStatus.ARRIVED),
                about=arrived.customer_id,
            )
            self._counter.open(arrived.customer_id, arrived.number)

        self._presenter.set_status(booking, BookingStatus.ARRIVED, done, self.said_no)

    def _turn(self, booking: "Booking", status: BookingStatus, turn: Turn) -> None:
        self._presenter.set_status(booking, status, turn.done, turn.failed)
