"""What lies over the page and gets the keys first: the list of keys, a question, the side sheet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.ui.actions import Action, KeyWord
from posapp.ui.window.side_sheet import SideSheet

if TYPE_CHECKING:
    from posapp.ui.window.key_overlay import KeyOverlay


class Front:
    """Knows what is on top and closes it; list of keys and questions are loaded at first need."""

    def __init__(self, window: QWidget, sheet: SideSheet) -> None:
        self._window, self._sheet = window, sheet
        self._overlay: KeyOverlay | None = None

    def top(self) -> QWidget | None:
        """The thing that keys act on, None for the page itself."""
        from posapp.ui.window.ask_bar import AskBar

        if self._overlay is not None and self._overlay.isVisible():
            return self._overlay
        asked = AskBar.open_in(self._window)
        return asked[0] if asked else self._sheet.content

    def toggle_keys(self, page: str, actions: Sequence[Action], bar: Sequence[KeyWord]) -> None:
        """Show or hide all keys of this screen."""
        if self._overlay is None:
            from posapp.ui.window.key_overlay import KeyOverlay

            self._overlay = KeyOverlay(self._window)
        if not self.close_keys():
            self._overlay.open_with(page, actions, bar)

    def close_keys(self) -> bool:
        """Hide the list of keys; False if it was not open."""
        if self._overlay is None or not self._overlay.isVisible():
            return False
        self._overlay.close_overlay()
        return True

    def close_questions(self) -> bool:
        """Close the list of keys, else what is asked; False if there was neither."""
        from posapp.ui.window.ask_bar import AskBar

        return self.close_keys() or any(bar.close_bar() for bar in AskBar.open_in(self._window))
