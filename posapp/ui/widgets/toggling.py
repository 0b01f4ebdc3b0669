"""Buttons with a mark, pressed by a screen reader: its "Toggle" turns the mark over without a click."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Base
else:
    _Base = object


class HearsToggle(_Base):
    """Mixin of checkable buttons; `clicked` comes however the mark was turned over by somebody.

    Qt's accessible action calls `toggle` (QAccessibleButton::doAction), which emits `toggled` alone. What
    the program itself does goes through `setChecked` and `nextCheckState`, and is told to nobody.
    """

    _is_own = False

    def hear_toggle(self) -> None:
        """To be called once the button is made."""
        self.toggled.connect(self._turned)

    def setChecked(self, checked: bool) -> None:
        """Turn the mark over without a word."""
        self._is_own = True
        super().setChecked(checked)
        self._is_own = False

    def nextCheckState(self) -> None:
        """A click, which is told anyway."""
        self._is_own = True
        super().nextCheckState()
        self._is_own = False

    def _turned(self, checked: bool) -> None:
        if not self._is_own:
            self.clicked[bool].emit(checked)  # type: ignore[index]  # the overload with a value
