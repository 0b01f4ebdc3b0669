"""The pad for fingers: digits, notes that are added to the amount, and one that takes a digit back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from posapp.ui.mirror import as_on_a_telephone
from posapp.ui.theme import theme
from posapp.ui.widgets.pad_key import PadKey
from posapp.ui.wording import Wording

HIGHEST = 52
_DIGITS = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), ("00", "0", "."))
_STEPS = 3


class NumPad(QWidget):
    """Four rows of four."""

    typed = Signal(str)
    added = Signal(int)  # minor units
    erased = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        as_on_a_telephone(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(6))
        self._steps = [PadKey("", "step") for _ in range(_STEPS)]
        self._notes: list[int] = []
        for row, digits in enumerate(_DIGITS):
            for column, text in enumerate(digits):
                self._grid.addWidget(self._digit(text), row, column)
        for row, step in enumerate(self._steps):
            step.clicked.connect(partial(self._add, row))
            self._grid.addWidget(step, row, 3)
        back = PadKey("", "step", "delete")
        back.setAccessibleName(self.tr("Take the last digit back"))
        back.clicked.connect(self._erase)
        self._grid.addWidget(back, _STEPS, 3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(theme().px(4 * HIGHEST + 18))
        self.show_notes(())

    def _digit(self, text: str) -> PadKey:
        from posapp.domain.base.locales import decimal_mark

        shown = decimal_mark(self._wording.locale) if text == "." else text
        key = PadKey(shown)
        key.clicked.connect(lambda: self.typed.emit(shown))
        return key

    def show_notes(self, notes: Sequence[int]) -> None:
        """What the upper keys at the end add: three notes, the smallest above."""
        self._notes = list(notes)[:_STEPS]
        for place, step in enumerate(self._steps):
            is_there = place < len(self._notes)
            step.setText(f"+{short_price(self._notes[place], self._wording)}" if is_there else "")
            step.setEnabled(is_there)

    def _erase(self, _checked: bool = False) -> None:
        self.erased.emit()

    def _add(self, place: int) -> None:
        self.added.emit(self._notes[place])


def short_price(minor: int, wording: Wording) -> str:
    """A note as people say it: `€50`; with its decimals where it has some."""
    from posapp.domain.base.locales import decimal_mark
    from posapp.domain.base.money import decimals

    whole = 10 ** decimals(wording.currency)
    shown = wording.price(minor)
    if minor % whole or whole == 1:
        return shown
    return shown.replace(f"{decimal_mark(wording.locale)}{'0' * (len(str(whole)) - 1)}", "")
