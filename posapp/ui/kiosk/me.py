"""The own page: devices with their steps, what is to pay, the next booking, and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.domain.base.clock import marked
from posapp.services.counter.own_views import Me
from posapp.ui.kiosk.cards import HIGH, BookingCard, DeviceCard, PayCard
from posapp.ui.kiosk.frame import KioskPage
from posapp.ui.kiosk.parts import GUTTER, Badge, BigButton, Tile
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.layout import STRETCH, at, columns, emptied, held, put, rows, space, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label

SHOWN = 2
"""So many devices at once."""


class MePage(KioskPage):
    """Nothing of anybody else is on it; of the name only the first word."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._me: Me | None = None
        self._first = 0
        self.badge, self.hello = Badge(), Elided("", "amount", weight=600)
        self.more = Tile(self.tr("More devices"), width=200, height=44)
        self.order = Tile(self.tr("Order"), width=200, height=44)
        self.story = Tile(self.tr("My history"), width=170, height=44)
        self.more.clicked.connect(self._turn)
        self.order.clicked.connect(lambda: self._open(self.order, "order"))
        self.story.clicked.connect(lambda: self._open(self.story, "history"))
        self.pay, self.booking = PayCard(), BookingCard()
        self._devices = rows(gap=GUTTER)
        self.here = BigButton(self.tr("I am here"), icon="map-pin", run=self._check_in)
        self.ask = BigButton(
            self.tr("Ask for a booking"),
            self.tr("Choose a day and a time"),
            icon="calendar-plus",
            run=lambda: self.wanted.emit("booking"),
        )
        self.leave = BigButton(self.tr("Done"), self.tr("Close my page"), icon="log-out", run=self.done.emit)
        head = columns(self.badge, wide(self.hello), self.more, self.order, self.story, gap=GUTTER)
        right = rows(wide(self.pay, 100), wide(self.booking, 100), STRETCH, gap=GUTTER)
        body = columns(wide(held(self._devices), 808), wide(held(right), 376), gap=GUTTER)
        self.arrange(head, wide(body), (self.here, self.ask, self.leave))
        bar = self.layout().itemAt(self.layout().count() - 1).layout()  # type: ignore[union-attr]
        for place, share in enumerate((488, 392, 288)):
            bar.setStretch(place, share)  # type: ignore[union-attr]

    def opened(self) -> None:
        """Read anew."""
        self._presenter.me(self.show_me, self.failed)

    def forget(self) -> None:
        """Nobody's page."""
        super().forget()
        self._me, self._first = None, 0
        self.badge.set_text("")
        self.hello.setText("")
        emptied(self._devices)
        self.pay.amount.setText("")
        self.pay.foot.setText("")
        for words in (self.booking.when, self.booking.what, self.booking.who):
            words.setText("")
        self.order.setText(self.tr("Order"))
        for card in (self, self.pay, self.booking):
            card.setAccessibleName("")

    def show_me(self, me: Me) -> None:
        """This customer."""
        self._me, wording = me, self._presenter.wording
        self.badge.set_text(str(me.pl_id))
        hello = self.tr("Hello, {name}").format(name=me.first_name) if me.first_name else self.tr("Hello")
        self.hello.setText(hello)
        self.pay.show_me(me, wording)
        self.booking.show_booking(me.next_booking, wording)
        total = sum(one.total_minor for one in me.orders)
        words = self.tr("Order · {sum}").format(sum=wording.price(total)) if total else self.tr("Order")
        self.order.setText(words)
        self._show_devices()
        self._show_here(me)

    def _show_devices(self) -> None:
        emptied(self._devices)
        devices = self._me.devices if self._me is not None else ()
        self._first = self._first if self._first < len(devices) else 0
        shown = devices[self._first : self._first + SHOWN]
        for device in shown:
            card = DeviceCard(device, self._presenter.wording)
            self._devices.addWidget(card, 100)
        if not devices:
            self._devices.addWidget(self._nothing())
        put(self._devices, STRETCH)
        self.more.setVisible(len(devices) > SHOWN)
        last = min(self._first + SHOWN, len(devices))
        words = self.tr("{first}–{last} of {all}, more")
        self.more.setText(words.format(first=self._first + 1, last=last, all=len(devices)))

    def _nothing(self) -> QWidget:
        card = Card()
        card.setMaximumHeight(theme().px(HIGH))
        words = label(self.tr("Nothing of yours is in the shop."), "figure", tone="text2", weight=500)
        card.body.addLayout(rows(STRETCH, at(Qt.AlignmentFlag.AlignCenter, words), STRETCH, space(4)))
        card.setMinimumHeight(theme().px(150))
        return card

    def _show_here(self, me: Me) -> None:
        booking, wording = me.next_booking, self._presenter.wording
        is_near = booking is not None and booking.is_near
        self.here.setEnabled(not me.is_waiting or is_near)
        self.here.set_filled(is_near)
        if booking is not None and is_near:
            words = self.tr("I am here for {time}").format(
                time=marked(wording.time(booking.starts.time()), booking.mark)
            )
            self.here.set_words(words, self.tr("Check in, we call you"))
        elif me.is_waiting:
            self.here.set_words(self.tr("You are in the queue"), self.tr("We call you"))
        else:
            self.here.set_words(self.tr("I am here"), self.tr("Check in, we call you"))

    def _turn(self) -> None:
        self.more.setChecked(False)
        self._first += SHOWN
        self._show_devices()

    def _open(self, tile: Tile, page: str) -> None:
        tile.setChecked(False)
        self.wanted.emit(page)

    def _check_in(self) -> None:
        booking = self._me.next_booking if self._me is not None else None
        number = booking.number if booking is not None and booking.is_near else ""
        self.here.setEnabled(False)
        self._presenter.check_in(number, self._checked_in, self._refused)

    def _checked_in(self, me: Me) -> None:
        self.show_me(me)
        self.wanted.emit("thanks")

    def _refused(self, error: Exception) -> None:
        self.here.setEnabled(True)
        self.failed(error)
