"""Asking for a booking: what for, on which day, at which of the free times."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QScroller

from posapp.services.counter.own_views import AskBooking, OwnBooking, OwnDay, OwnService
from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.parts import BigButton, Tile, choose
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.layout import held, refill, rows, wide
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import shown_minutes

MOST_DAYS, FEW, MOST_TIMES = 6, 12, 24


class BookingPage(KioskPage):
    """Three rows of large choices; nothing is written before the last button."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._service: OwnService | None = None
        self._days: list[OwnDay] = []
        self._time: datetime | None = None
        self.services, self.days, self.times = FlowLayout(gap=12), FlowLayout(gap=12), FlowLayout(gap=12)
        self.empty = label("", "title", tone="text2", weight=400)
        self.go = BigButton(self.tr("Book it"), icon="calendar-check", run=self.enter)
        self.back = BigButton(self.tr("Back"), icon="arrow-left", run=lambda: self.wanted.emit("me"))
        parts = []
        for words, flow in (
            (self.tr("What is it about?"), self.services),
            (self.tr("Which day?"), self.days),
            (self.tr("At what time?"), self.times),
        ):
            parts += [label(words, "title", weight=600), held(flow)]
        content = rows(*parts, self.empty, gap=12)
        content.addStretch(1)
        body = Scroller(held(content))
        QScroller.grabGesture(body.viewport(), QScroller.ScrollerGestureType.LeftMouseButtonGesture)
        self.arrange(heading(self.tr("Ask for a booking")), wide(body), (self.go, self.back))
        self._show()

    def opened(self) -> None:
        """What can be booked."""
        self.forget()
        self._presenter.services(self._show_services, self.failed)

    def forget(self) -> None:
        """Nothing is chosen."""
        super().forget()
        self._service, self._days, self._time = None, [], None
        for flow in (self.services, self.days, self.times):
            refill(flow, ())
        self.empty.setText("")
        self._show()

    def _show_services(self, services: list[OwnService]) -> None:
        tiles = []
        for one in services:
            tile = Tile(one.name, self._priced(one), height=76)
            tile.clicked.connect(partial(self._choose_service, tile, one))
            tiles.append(tile)
        refill(self.services, tiles)

    def _priced(self, service: OwnService) -> str:
        length = shown_minutes(service.minutes)
        if service.price_minor is None:
            return length
        return f"{length} · {self._presenter.wording.price(service.price_minor)}"

    def _choose_service(self, tile: Tile, service: OwnService, _checked: bool = False) -> None:
        choose(self.services, tile)
        self._service, self._time, self._days = service, None, []
        refill(self.days, ())
        refill(self.times, ())
        self._presenter.free_times(service.id, self._show_days, self.failed)
        self._show()

    def _show_days(self, days: list[OwnDay]) -> None:
        self._days = days[:MOST_DAYS]
        tiles = []
        for day in self._days:
            shown = self._presenter.wording.day_in_list(day.day)
            note = self._presenter.wording.day(day.day).rpartition(" ")[0]
            tile = Tile(f"{shown[:1].upper()}{shown[1:]}", note, width=144, height=76)
            tile.clicked.connect(partial(self._choose_day, tile, day))
            tiles.append(tile)
        refill(self.days, tiles)
        none = self.tr("Nothing is free in the next two weeks. Ask at the counter.")
        self.empty.setText("" if tiles else none)
        if tiles:
            self._choose_day(tiles[0], self._days[0])

    def _choose_day(self, tile: Tile, day: OwnDay, _checked: bool = False) -> None:
        choose(self.days, tile)
        self._time = None
        tiles = []
        for starts in few_of(day.times):
            made = Tile(self._presenter.wording.time(starts.time()), width=108)
            made.clicked.connect(partial(self._choose_time, made, starts))
            tiles.append(made)
        refill(self.times, tiles)
        self._show()

    def _choose_time(self, tile: Tile, starts: datetime, _checked: bool = False) -> None:
        choose(self.times, tile)
        self._time = starts
        self.say("")
        self._show()

    def _show(self) -> None:
        wording = self._presenter.wording
        is_whole = self._service is not None and self._time is not None
        self.go.setEnabled(is_whole)
        self.go.set_filled(is_whole)
        if self._time is None:
            self.go.set_words(self.tr("Book it"), self.tr("Choose a time first"))
        else:
            when = f"{wording.day(self._time.date())}, {wording.time(self._time.time())}"
            self.go.set_words(self.tr("Book it"), when)

    def enter(self) -> None:
        """Book."""
        if self._service is None or self._time is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        command = AskBooking(starts=self._time, service_id=self._service.id)
        self._presenter.book(command, self._booked, self._refused)

    def _booked(self, _booking: OwnBooking) -> None:
        self.wanted.emit("me")

    def _refused(self, error: Exception) -> None:
        self.failed(error)
        if self._service is not None:  # the time went to somebody else
            self._presenter.free_times(self._service.id, self._show_days, self.failed)


def few_of(times: tuple[datetime, ...]) -> list[datetime]:
    """Not more times than can be chosen from at a glance: the full and half hours where there are many."""
    if len(times) <= FEW:
        return list(times)
    even = [one for one in times if one.minute in (0, 30)] or list(times)
    return even[:MOST_TIMES]
