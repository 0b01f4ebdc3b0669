"""What a screen and its parts may ask of the window; they are handed it when they are made.

A part that needs less gets less (a form, a presenter, the notices), and answers its page by signals.
"""

from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.ui.background import Lanes
from posapp.ui.theme import Theme
from posapp.ui.widgets.progress import ProgressLine
from posapp.ui.window.notices import Notices
from posapp.ui.window.shortcuts import Shortcuts

Part = TypeVar("Part", bound=QObject)


class CounterCustomer(Protocol):
    """What the window must know of who stands at the counter; screens may hand in anything that has it."""

    @property
    def pl_id(self) -> object:
        """Its `str` is the badge, such as PL24."""

    @property
    def name(self) -> str:
        """The name that stands beside the badge."""


class Shell(Protocol):
    """The window of a till, as its screens know it."""

    @property
    def theme(self) -> Theme:
        """Colours, fonts and lengths of this till."""

    @property
    def lanes(self) -> Lanes:
        """Where work is done that the window must not wait for."""

    @property
    def notices(self) -> Notices:
        """What is said to the clerk (toasts, key bar, trouble above all screens), and what can be undone."""

    @property
    def shortcuts(self) -> Shortcuts:
        """The table of keys."""

    @property
    def loading(self) -> ProgressLine:
        """The line under the top bar while something loads."""

    # who works here

    def may(self, permission: Permission | None) -> bool:
        """Whether whoever works here may do this: for what is hidden; the desks refuse all the same."""

    # screens

    def show_page(self, page_id: str, payload: object = None) -> object:
        """Bring a screen to the front; it gets `payload` in `activated`."""

    def leave_for(self, page_id: str, payload: object = None) -> None:
        """The same, and what lies over the present screen is closed."""

    def back(self) -> bool:
        """Return to the screen before; False on the first."""

    def is_in_front(self, page: QWidget) -> bool:
        """Whether this screen is the one that is shown."""

    # the customer at the counter

    @property
    def counter(self) -> CounterCustomer | None:
        """Who stands at the counter; every screen asks here and never the clerk again."""

    def set_counter(self, customer: CounterCustomer | None) -> None:
        """Somebody else came to the counter, or nobody is there any more."""

    @property
    def counter_changed(self) -> SignalInstance:
        """Somebody else stands at the counter: the customer, or None."""

    # the side sheet

    def open_sheet(self, title: str, content: QWidget) -> None:
        """Show details over the right edge; the sheet owns `content` and frees it when it closes."""

    def close_sheet(self) -> None:
        """Close the side sheet, if one is open."""

    @property
    def sheet_content(self) -> QWidget | None:
        """What the side sheet shows, None while it is closed."""

    # the state of the window

    @property
    def is_read_only(self) -> bool:
        """Whether screens only show because the database does not answer."""

    @property
    def read_only_changed(self) -> SignalInstance:
        """The database went away (True) or is back."""

    @property
    def is_compact(self) -> bool:
        """Whether the window is narrower than 1280 (of the design)."""

    @property
    def closing(self) -> SignalInstance:
        """The window closes; what is given to the lanes now is still done."""

    def close(self) -> bool:
        """Close the window, as its frame does."""

    def beside(self, kind: type[Part]) -> Part | None:
        """What the window has one of beside its screens: the scanner, the watch over papers."""
