"""What is promised daily or after some days: asked for here, done beside the work in a child process."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from posapp.services.care.upkeep import Due
from posapp.ui.background import ChildProcess
from posapp.ui.presenter import Presenter
from posapp.ui.session import Session
from posapp.ui.settings.place import child_place
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step

FIRST_MS, MINUTE_MS = 10_000, 60_000
AGAIN = timedelta(hours=1)
REGION = "upkeep"


class Upkeep(QObject):
    """Asks soon after the start, every hour, and at the turn of the shop's day what is due, and has it done.

    A minute's timer compares clocks: it outlasts sleep and a clock that is set. A run that failed is said and
    tried again with the next hour.
    """

    def __init__(self, window: MainWindow, session: Session, *, first_ms: int = FIRST_MS) -> None:
        super().__init__(window)
        self._window, self._session, self._presenter = window, session, Presenter(session)
        self._asked_at: datetime | None = None
        self._asked_on: date | None = None
        self._reminded_on: date | None = None
        self._reminders = 0
        self._has_failed = False
        self.child = ChildProcess(self)
        self.child.finished.connect(self._finished)
        self._timer = QTimer(self, interval=first_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.closing.connect(self._stop)
        window.read_only_changed.connect(self._database_changed)

    def look(self) -> None:
        """Ask what is due if an hour has passed, the day has turned, or the clock went back."""
        self._timer.setInterval(MINUTE_MS)
        now, day = self._session.shop.store.clock.now(), self._today()
        asked = self._asked_at
        if asked is not None and day == self._asked_on and timedelta() <= now - asked < AGAIN:
            return
        till = self._session.as_till  # what was promised does not wait for somebody with the permission
        # When it fails nothing was asked: the next minute asks again.
        self._presenter.read(
            lambda shop, _actor: shop.upkeep.due(till), lambda due: self._answered(due, now, day)
        )

    def _today(self) -> date:
        return self._session.catalogue.business.day_of(self._session.shop.store.clock.now())

    def _answered(self, due: Due, now: datetime, day: date) -> None:
        self._asked_at, self._asked_on = now, day
        if self._reminded_on != day:
            self._reminded_on, self._reminders = day, due.reminders
        if due.is_due:
            self.begin()
        else:
            self._remind()

    def begin(self) -> None:
        """Have done what is due, unless that is under way."""
        if self.child.is_running:
            return
        self._window.notices.withdraw(REGION)
        name = self._session.catalogue.business.name
        arguments = ["upkeep", f"--business={name}", f"--till={self._session.actor.till}"]
        self.child.start(arguments, database=child_place(self._session.shop))

    def _remind(self) -> None:
        """Once a day, and last: the key bar shows one message at a time."""
        count, self._reminders = self._reminders, 0
        if not count:
            return
        many = self.tr("{count} devices that nobody collects: reminders are due").format(count=count)
        self._window.notices.status(
            self.tr("A device that nobody collects: a reminder is due") if count == 1 else many,
            "warning",
            steps=(Step(self.tr("Show"), self._show_uncollected),),
            seconds=10,
        )

    def _show_uncollected(self) -> None:
        from posapp.ui.tickets.tools import UNCOLLECTED

        self._window.show_page("tickets", UNCOLLECTED)

    def _database_changed(self, is_away: bool) -> None:
        """What failed for want of the database is done as soon as that is back."""
        if self._has_failed and not is_away:
            self.begin()

    def _finished(self, went_well: bool, sentence: str) -> None:
        self._has_failed = not went_well
        if went_well:
            self._window.notices.status(self.tr("Daily work: {what}").format(what=sentence), "success")
            self._remind()
            return
        self._window.notices.raise_notice(
            self.tr("The daily work is not finished: {reason} It is tried again within the hour.").format(
                reason=sentence
            ),
            tone="warning",
            steps=(Step(self.tr("Try now"), self.begin),),
            region=REGION,
        )

    def _stop(self) -> None:
        self._timer.stop()
        self.child.cancel()
