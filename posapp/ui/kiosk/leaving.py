"""Closing the kiosk: for the shop's own people. This is the one way out of it."""

from functools import partial

from PySide6.QtCore import Signal

from posapp.domain.people.secrets import PIN_LENGTHS
from posapp.domain.people.users import Seat
from posapp.ui.kiosk.frame import KioskPage, heading
from posapp.ui.kiosk.pads import BACK, Line, Pad
from posapp.ui.kiosk.parts import GUTTER, BigButton, Tile, choose
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.layout import STRETCH, columns, held, refill, rows, space, wide
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label


class LeavingPage(KioskPage):
    """Asks who it is and for their PIN; where nobody signs in, nothing but whether that is meant."""

    confirmed = Signal()

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._who: Seat | None = None
        words = self.tr("The kiosk closes and the computer can be used for other things.")
        self.people = FlowLayout(gap=12)
        self.pin = Line(self.tr("PIN"), self.tr("Touch the digits"), most=max(PIN_LENGTHS), is_secret=True)
        self.pad = Pad()
        self.pad.typed.connect(self.take)
        self.use_lines(self.pin)
        self.close_it = BigButton(self.tr("Close the kiosk"), icon="log-out", run=self.enter)
        self.stay = BigButton(self.tr("Stay"), icon="arrow-left", run=self.done.emit)
        self.stay.set_filled(True)
        said = label(words, "title", tone="text2", weight=400, wrap=True)
        left = rows(held(self.people), self.pin, STRETCH, gap=20)
        self._proof = held(columns(wide(left, 3), space(24), wide(rows(self.pad, STRETCH), 2), gap=GUTTER))
        body = rows(said, wide(self._proof), STRETCH, gap=20)
        self.arrange(heading(self.tr("Close the kiosk?")), wide(body), (self.stay, self.close_it))
        self.forget()

    def opened(self) -> None:
        """Who could close it."""
        self._presenter.people(self._show_people, self.failed)

    def forget(self) -> None:
        """Nobody is asked for anything yet."""
        super().forget()
        self._who = None
        refill(self.people, ())
        self._proof.hide()
        self.close_it.setEnabled(False)

    def _show_people(self, people: list[Seat]) -> None:
        tiles = []
        for one in people:
            tile = Tile(one.tile.name)
            tile.clicked.connect(partial(self._choose, tile, one))
            tiles.append(tile)
        refill(self.people, tiles)
        self._proof.setVisible(bool(people))
        self.close_it.setEnabled(True)

    def _choose(self, tile: Tile, who: Seat, _checked: bool = False) -> None:
        self._who = who
        choose(self.people, tile)

    def take(self, sign: str) -> None:
        """Digits alone."""
        if sign == BACK or sign.isdecimal():
            super().take(sign)

    def enter(self) -> None:
        """Close it, once somebody has proved that they may."""
        if not self.close_it.isEnabled():
            return
        if self._proof.isHidden():
            self.confirmed.emit()
        elif self._who is None:
            self.say(self.tr("Touch your name first."))
        else:
            self.close_it.setEnabled(False)
            self._presenter.may_close(self._who, self.pin.text, self._proved, self._refused)

    def _proved(self, _none: None) -> None:
        self.confirmed.emit()

    def _refused(self, error: Exception) -> None:
        self.pin.set_text("")
        self.close_it.setEnabled(True)
        self.failed(error)
