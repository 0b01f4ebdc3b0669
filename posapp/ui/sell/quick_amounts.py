"""What a customer is likely to hand over: exactly that, or the next notes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import columns
from posapp.ui.sell.num_pad import short_price
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button
from posapp.ui.wording import Wording

_MOST, _NOTES = 3, 20


def likely_amounts(minor: int, notes: Sequence[int]) -> list[int]:
    """The sums in notes that are handed over for an amount, the smallest first: 50, 60, 100 for 46.40.

    Nobody pays with more than twenty notes of a kind.
    """
    if minor <= 0:
        return []
    found = {-(-minor // note) * note for note in notes if note * _NOTES >= minor} - {minor}
    return sorted(found)[:_MOST]


class QuickAmounts(QWidget):
    """The exact amount, and up to three in notes; `chosen` tells minor units."""

    chosen = Signal(int)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._minors: list[int] = []
        self.buttons = [Button(size="m") for _ in range(_MOST + 1)]
        for place, one in enumerate(self.buttons):
            one.clicked.connect(lambda _=False, place=place: self.chosen.emit(self._minors[place]))
        columns(*self.buttons, gap=6, host=self)
        self.show_amounts(0, ())

    def show_amounts(self, exact: int, notes: Sequence[int]) -> None:
        """Offer what fits an amount."""
        self._minors = [exact, *likely_amounts(exact, notes)] if exact > 0 else []
        for place, one in enumerate(self.buttons):
            is_there = place < len(self._minors)
            one.setVisible(is_there)
            if is_there:
                words = self.tr("Exact {price}") if place == 0 else "{price}"
                exactly = self._wording.price(self._minors[place])
                shown = exactly if place == 0 else short_price(self._minors[place], self._wording)
                one.setText(words.format(price=shown))
                one.setMinimumWidth(theme().px(40))
