"""Prices of the list that fit what is repaired: Alt+L goes to them, Enter takes one."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.base.names import same_name
from posapp.domain.repairs.repair_prices import RepairPrice
from posapp.ui.focus_filter import focused
from posapp.ui.layout import refill
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.widgets.buttons import Button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.wording import Wording, shown_minutes

KEY = "Alt+L"
_MOST, _LONGEST = 8, 26


class Offer(NamedTuple):
    """A price for the device at a position; its name stands on it where a ticket has several."""

    position: int
    device: str
    price: RepairPrice


class _OfferButton(Button):
    """Arrows go to the neighbours; Enter and Space take it."""

    def __init__(self, text: str, key: str, group: "PriceOffers") -> None:
        super().__init__(text, size="s", icon="plus", key=key, parent=group)
        self._group = group

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The rest is the button's."""
        if not self._group.walk(self, event.key()):
            super().keyPressEvent(event)


class PriceOffers(QWidget):
    """A row of prices that wraps; hidden while none fits. What stands on a line is no longer offered."""

    taken = Signal(object)  # Offer
    changed = Signal()  # others are offered

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._offers: Sequence[Offer] = ()
        self._lines: Sequence[DraftLine] = ()
        self._shown: list[Offer] = []
        self.buttons: list[Button] = []
        self._flow = FlowLayout(gap=6)
        self.setLayout(self._flow)
        self.setAccessibleName(self.tr("Prices that fit"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_offers(self, offers: Iterable[Offer]) -> None:
        """Others fit now."""
        self._offers = tuple(offers)
        self._refresh()

    def know_lines(self, lines: Sequence[DraftLine]) -> None:
        """What is charged already."""
        self._lines = tuple(lines)
        self._refresh()

    def has_any(self) -> bool:
        """Whether there is something to take."""
        return bool(self._shown)

    def enter(self) -> None:
        """Go to the first one."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return list(self.buttons)

    def walk(self, button: Button, key: int) -> bool:
        """Go to the neighbour; False for a key that is no arrow."""
        later = (Qt.Key.Key_Down, Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right)
        earlier = (Qt.Key.Key_Up, Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left)
        if key not in (*later, *earlier):
            return False
        place = self.buttons.index(button) + (1 if key in later else -1)
        self.buttons[place % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _refresh(self) -> None:
        wanted = [one for one in self._offers if not any(_is_on(line, one) for line in self._lines)][:_MOST]
        if wanted == self._shown:
            return
        self._shown = wanted
        now = focused()
        had_focus = now is not None and self.isAncestorOf(now)
        self.buttons = [self._button(place, one) for place, one in enumerate(wanted)]
        refill(self._flow, self.buttons)
        self.setVisible(bool(wanted))
        self.updateGeometry()
        self.changed.emit()
        if had_focus:
            self.enter()

    def _button(self, place: int, offer: Offer) -> Button:
        price = offer.price
        words = self._words(offer)
        made = _OfferButton(words, "" if place else KEY, self)
        made.setAccessibleName(self.tr("Price list: {words}").format(words=words))
        told = [offer.device or price.device, price.fault, self._wording.price(price.price_minor)]
        told.append(shown_minutes(price.minutes) if price.minutes else "")
        made.setToolTip(" · ".join(filter(None, told)))
        made.clicked.connect(lambda _checked=False: self.taken.emit(offer))
        return made

    def _words(self, offer: Offer) -> str:
        price = offer.price
        parts = [f"{offer.device}:"] if offer.device else []
        fault = price.fault if len(price.fault) <= _LONGEST else f"{price.fault[:_LONGEST]}…"
        parts += [fault, self._wording.price(price.price_minor)]
        words = " ".join(parts)
        is_short = price.item_id is not None and price.free is not None and price.free < 1
        return self.tr("{words}, part out of stock").format(words=words) if is_short else words


def _is_on(line: DraftLine, offer: Offer) -> bool:
    return line.position == offer.position and same_name(line.text, offer.price.fault)
