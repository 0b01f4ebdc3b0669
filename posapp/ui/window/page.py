"""What a screen is to the window: an entry in the table of pages, made at first sight, and a base class."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.ui.actions import Action, KeyWord, bar
from posapp.ui.focus_filter import focused
from posapp.ui.layout import least_height
from posapp.ui.window.shell import Shell


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A screen in the table of the window. `make` gets the shell when the screen is first needed.

    `key` is its F-key ("F2"); with `in_rail` False (history, preview) it is opened by code and Esc goes back.
    `needs` is what somebody must be allowed to do to open it; None: it is for everybody.
    """

    id: str
    word: str
    icon: str
    key: str
    make: Callable[[Shell], "Page"]
    in_rail: bool = True
    needs: Permission | None = None
    under: str = ""
    """The screen whose mark in the rail stays while this one is in front, "" for the last one."""


class Page(QWidget):
    """Base of every screen. Override what differs; the window calls, the page answers."""

    title_changed = Signal()
    keys_changed = Signal()

    shows_customer = False
    """Whether the customer is shown large here, so that the chip in the top bar is left out."""
    shows_search = False
    """Whether the page has a search of its own, so that the search button is left out."""

    def __init__(self, shell: Shell) -> None:
        """`shell`: the window, as far as a screen may ask it."""
        super().__init__()
        self.shell = shell
        self.setProperty("ring", False)
        self._last_focus: QWidget | None = None

    def heightForWidth(self, width: int) -> int:
        """The least it can do with: what it likes beyond that is no reason to scroll."""
        return least_height(self, width)

    def title(self) -> str:
        """What stands in the top bar."""
        return ""

    def subtitle(self) -> str:
        """What stands beside it in grey: the date, or the number of the thing that is edited."""
        return ""

    def beside_title(self) -> Action | None:
        """What waits and is one press away, in the top bar; None while nothing does."""
        return None

    def own_actions(self) -> Sequence[Action]:
        """What can be done here, most useful first; their keys are bound when the page is made."""
        return ()

    def keys(self) -> list[KeyWord]:
        """The keys that work right now, most useful first; asked again whenever the focus moves."""
        return bar(one for one in self.own_actions() if self.shell.may(one.needs))

    def activated(self, payload: object = None) -> None:
        """Called whenever the page comes to the front; `payload` is what `show_page` was given."""

    def deactivated(self) -> None:
        """Called when another page comes to the front."""

    def first_field(self) -> QWidget | None:
        """Where the focus goes when the page is entered with its F-key; None: where it was last."""
        return None

    def escape(self) -> bool:
        """Close the innermost thing of the page; False if there was none."""
        return False

    def close_question(self) -> bool:
        """Before Ctrl+Z: put back what is in the air and not decided; False if there is nothing."""
        return False

    def take_scan(self, code: str) -> bool:
        """Whether the page takes a scanned code for itself (an empty serial field); else it is looked up."""
        return False

    def compact_changed(self, is_compact: bool) -> None:
        """Called when the window became narrower than 1280 or wider again, and once before first sight."""

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+9: the nth choice of the group with the focus, else of the first one in sight."""
        return choose_in(self, number)

    def remember_focus(self) -> None:
        """Keep which widget of the page has the focus, for `restore_focus`."""
        focus = focused()
        if focus is not None and self.isAncestorOf(focus):
            self._last_focus = focus

    def restore_focus(self) -> None:
        """Put the focus into the first field, or back to where it was, so that it is never on nothing."""
        kept = self._last_focus
        target = self.first_field() or (kept if kept is not None and self.isAncestorOf(kept) else None)
        (target or self._first_stop() or self).setFocus()

    def _first_stop(self) -> QWidget | None:
        step = self.nextInFocusChain()
        while step is not None and step is not self and self.isAncestorOf(step):
            if step.focusPolicy() & Qt.FocusPolicy.TabFocus and step.isVisibleTo(self) and step.isEnabled():
                return step
            step = step.nextInFocusChain()
        return None


def choose_in(host: QWidget, number: int) -> bool:
    """The nth choice of the group with the focus, else of the first one in sight; False without a group."""
    from posapp.ui.widgets.choices import ChoiceGroup

    groups = [group for group in host.findChildren(ChoiceGroup) if group.isVisible()]
    focus = focused()
    held = [] if focus is None else [group for group in groups if group.isAncestorOf(focus)]
    return any(group.choose_number(number) for group in (held or groups)[:1])
