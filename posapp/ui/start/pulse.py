"""Asks every second what another till or a command wrote; the answer also shows that the data is there.

While it fails for want of the database the window says why, once: bar, till's dot, screens that only show.
The first answer after that takes all of it back and has the screens read anew: no sentence about it stays.

It keeps the shop's clock in the top bar. After midnight, and where the shop's day begins later then too, it
has everything read anew that says *today*.
"""

import logging
from collections.abc import Sequence
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.base.journal import Change
from posapp.ui.presenter import Presenter
from posapp.ui.session import Session
from posapp.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from posapp.services.base.changes import Elsewhere
    from posapp.services.shop.businesses import Catalogue

ELSEWHERE_MS = 900
TROUBLE = frozenset(
    {
        "database_unreachable",
        "database_denied",
        "database_unopened",
        "database_damaged",
        "database_disk",
    }
)
"""Faults after which nothing can be read or written; one that is busy or full still shows what it has."""
SHOWN = (
    "catalogue",
    "customer",
    "booking",
    "ticket",
    "walk_in",
    "kiosk_arrival",
    "loaner",
    "ticket_state",
    "document",
    "shift",
    "order",
    "payment",
)
"""What screens read anew once the database is back, and when a day begins."""
_CATALOGUE = frozenset({"business", "service", "resource"})
log = logging.getLogger(__name__)


class Pulse(QObject):
    """Announces what is new; what the session knows of the shop itself is read anew with it."""

    def __init__(self, window: MainWindow, session: Session, elsewhere: "Elsewhere | None") -> None:
        super().__init__(window)
        self._window, self._session, self._elsewhere = window, session, elsewhere
        self._presenter = Presenter(session)
        self._sentence = ""
        self._timer = QTimer(self, interval=ELSEWHERE_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._days: tuple[date, date] | None = None
        """The day of the clock, and the day that sales count for."""
        # Words of a clock take some loading, which no window waits for.
        warm = partial(session.wording.time, time())
        session.lanes.database.run(warm, done=self._begin_clock, failed=self._failed, topic="clock")
        session.feed.changed.connect(self._changed)

    def _begin_clock(self, _words: str) -> None:
        self._days = self._both_days()
        self._show_clock()

    def _beat(self) -> None:
        self._show_clock()
        self._ask()

    def _show_clock(self) -> None:
        """The time by the shop's clock; when its day turns over, all that says *today* is read anew."""
        if self._days is None:
            return
        wording = self._session.wording
        now = wording.now()
        self._window.top_bar.show_time(wording.time(now.time()))
        if (days := self._both_days()) != self._days:
            self._days = days
            self._session.feed.announce([Change(subject, 0) for subject in SHOWN])
            self._window.show_state()

    def _both_days(self) -> tuple[date, date]:
        session = self._session
        return session.today(), session.catalogue.business.day_of(session.shop.store.clock.now())

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()

    def _ask(self) -> None:
        lane, elsewhere = self._session.lanes.database, self._elsewhere
        if elsewhere is not None and not lane.is_busy:
            lane.run(elsewhere.news, done=self._heard, failed=self._failed, topic="elsewhere")

    def _failed(self, error: Exception) -> None:
        """Other faults than the database's are none of this."""
        if not isinstance(error, EnvironmentFault) or error.code not in TROUBLE:
            return
        if error.sentence == self._sentence:
            return  # said already: a bar that is raised anew is read aloud anew
        self._sentence = error.sentence
        log.warning("database: %s", error.code)
        self._show(self.tr("{what} What you type is kept; work goes on by itself."), "danger")

    def _heard(self, news: Sequence[Change]) -> None:
        if self._sentence:
            self._sentence = ""
            log.info("database: answers again")
            self._show("", "success")
            self._window.notices.status(self.tr("The shop's data answers again"), "success")
            self._session.feed.announce([Change(subject, 0) for subject in SHOWN])
        if news:
            self._session.feed.announce(news)

    def _show(self, words: str, tone: str) -> None:
        self._window.set_read_only(words.format(what=self._sentence))
        self._window.top_bar.till.show_tone(tone)

    def _changed(self, changes: Sequence[Change]) -> None:
        if {change.subject for change in changes} & _CATALOGUE:
            self._session.shop.search.forget_shop()
            till = self._session.as_till  # read on whoever is signed in, or nobody
            self._presenter.read(lambda shop, _actor: shop.businesses.catalogue(till), self._read)

    def _read(self, catalogue: "Catalogue") -> None:
        self._session.catalogue = catalogue
        self._window.set_shop(catalogue.business.name)
        self._session.feed.announce([Change("catalogue", 0)])
