"""The keys of this till: each can be moved to another one, and every screen follows at once.

A key has one meaning over all screens (`Ctrl+P` prints, whatever is in front), so it is the key that moves,
not what it does on one screen. The program calls every key by its standard name; only two places translate:
`Shortcuts` when it binds, and `key_words` when a key is shown.

Keys are written as Qt's portable text.
"""

import logging
import re
from collections.abc import Mapping
from functools import cache, partial

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from posapp.domain.base.errors import DomainError

_log = logging.getLogger(__name__)
_tr = partial(QCoreApplication.translate, "Keys")

FIXED = frozenset(
    {
        *(
            "Esc",
            "Ctrl+Return",
            "Ctrl+Enter",
            "Ctrl+Space",
            "Alt+Space",
            "Ctrl+Tab",
            "Alt+Tab",
            "F10",
            "Alt+F4",
        ),
        *(
            "Ctrl+A",
            "Ctrl+C",
            "Ctrl+V",
            "Ctrl+X",
            "Ctrl+Z",
            "Ctrl+Y",
            "Ctrl+Shift+Z",
            "Ctrl+Ins",
            "Shift+Ins",
        ),
        *("Ctrl+Home", "Ctrl+End", "Alt+Del", "Ctrl++", "Ctrl+-", "Ctrl+=", "Alt+Left", "Alt+Right"),
        *(f"Alt+{digit}" for digit in range(10)),
        *(f"Ctrl+{digit}" for digit in range(10)),
    }
)
"""What fields, lists, choices, forms or the system need: no action can have one of them instead."""
_POSSIBLE = re.compile(
    r"((Ctrl|Shift|Ctrl\+Shift)\+)?F\d{1,2}|(Ctrl|Alt|Ctrl\+Shift|Alt\+Shift)\+([A-Z.,;]|PgUp|PgDown|Home|End|Ins|Del)"
)
"""An F key, or Ctrl or Alt with a key of every keyboard; Ctrl and Alt together type characters."""


def standard_keys() -> dict[str, str]:
    """Every key that can be moved, and in words what it does; in the order in which they are listed."""
    return {
        "F1": _tr("All keys of the screen"),
        "F2": _tr("Desk; the customer of a new ticket"),
        "F3": _tr("Calendar"),
        "F4": _tr("Tickets"),
        "F5": _tr("Sell"),
        "F6": _tr("Customers"),
        "F7": _tr("Reports"),
        "F8": _tr("Settings"),
        "F9": _tr("Pay and complete; open and close the shift"),
        "F11": _tr("Full screen"),
        "Shift+F1": _tr("Help"),
        "Shift+F5": _tr("Shift of this till"),
        "Shift+F6": _tr("Merge customers"),
        "Ctrl+K": _tr("Search everything"),
        "Ctrl+N": _tr("New customer; who buys"),
        "Ctrl+B": _tr("New booking"),
        "Ctrl+T": _tr("New ticket"),
        "Ctrl+H": _tr("History of the customer"),
        "Ctrl+P": _tr("Print"),
        "Ctrl+Shift+P": _tr("Papers that wait"),
        "Ctrl+S": _tr("Save as PDF"),
        "Ctrl+M": _tr("Last messages"),
        "Ctrl+.": _tr("What stands beside: bookings of today, details"),
        "Ctrl+F": _tr("Find on the board or a customer; the other customer of a merge"),
        "Ctrl+L": _tr("Add a line"),
        "Ctrl+D": _tr("Discount; another device"),
        "Ctrl+Shift+D": _tr("Discount on the whole sale"),
        "Ctrl+O": _tr("Add photos; import"),
        "Ctrl+E": _tr("Export"),
        "Ctrl+Shift+V": _tr("Paste a photo"),
        "Ctrl+PgDown": _tr("Next device"),
        "Ctrl+Del": _tr("Empty the form or the sale"),
        "Alt+A": _tr("On a sheet; the rest works"),
        "Alt+B": _tr("Back up now"),
        "Alt+C": _tr("Confirm the count; copy the day"),
        "Alt+D": _tr("Deposit of a new ticket; demo shop"),
        "Alt+E": _tr("Edit the customer"),
        "Alt+G": _tr("Gift card; go to a day"),
        "Alt+Home": _tr("Today in the calendar"),
        "Alt+I": _tr("Cash in"),
        "Alt+J": _tr("Let in from the kiosk"),
        "Alt+K": _tr("Change the stock; change all prices"),
        "Alt+L": _tr("Board or list; price of the list; shifts of all tills"),
        "Alt+M": _tr("Order from the kiosk; my jobs; message to customers"),
        "Alt+N": _tr("Note; add a row; no serial; declined; not a duplicate"),
        "Alt+O": _tr("Parked sales; cash out"),
        "Alt+P": _tr("Park the sale; another person; agreed price"),
        "Alt+Q": _tr("Walk-ins; quick item"),
        "Alt+R": _tr("Give back; recent customers; standard keys; look for duplicates"),
        "Alt+S": _tr("Statement of the customer; note what was said"),
        "Alt+T": _tr("Chart or table; take an old repair in"),
        "Alt+U": _tr("Code for the kiosk; take an import back"),
        "Alt+W": _tr("Day or week"),
        "Alt+X": _tr("X report; exchange for other goods; swap who stays"),
        "Alt+Y": _tr("Approved"),
        "Alt+Z": _tr("It is the customer without a number"),
    }


@cache
def portable(key: str) -> str:
    """A key as Qt writes it: "Ctrl+Delete" is "Ctrl+Del"."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


class OwnKeys(QObject):
    """Which keys this till has moved, standard name to own. There is one for the program: `own_keys()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._moved: dict[str, str] = {}

    def wear(self, moved: Mapping[str, str]) -> None:
        """Take over the keys of the till at once; one that cannot be is left where it was, and logged."""
        before, self._moved = self._moved, dict(moved)
        while (wrong := next(filter(None, map(self._refused, self._moved.items())), None)) is not None:
            _log.warning("key %s is not moved to %s: %s", wrong[0], self._moved.pop(wrong[0]), wrong[1])
        if self._moved != before:
            self._tell()

    def of(self, key: str) -> str:
        """The key that is pressed here for a standard one; any other text is given back."""
        return self._moved.get(portable(key), key) if self._moved else key

    def check(self, key: str, own: str) -> None:
        """Raise the `DomainError` that says why a standard key cannot be moved there."""
        problem = self._problem(key, own)
        if problem is not None:
            raise DomainError("key_not_possible", problem, field="key")

    def _refused(self, moved: tuple[str, str]) -> tuple[str, str] | None:
        problem = self._problem(*moved)
        return (moved[0], problem) if problem is not None else None

    def _problem(self, key: str, own: str) -> str | None:
        words = standard_keys()
        if own in FIXED:
            return _tr("{key} is needed by fields, lists or the system.").format(key=own)
        if key not in words or not _POSSIBLE.fullmatch(own):
            return _tr("Take an F key, or a letter together with Ctrl or Alt.")
        holder = next((one for one in words if one != key and self.of(one) == own), None)
        if holder is not None:
            return _tr("{key} is taken: {words}.").format(key=own, words=words[holder])
        return None

    def _tell(self) -> None:
        self.changed.emit()
        for widget in QApplication.allWidgets():
            hear = getattr(widget, "keys_moved", None)  # what says a key otherwise than by painting it
            if hear is not None:
                hear()
            widget.update()


_own_keys: list[OwnKeys] = []


def own_keys() -> OwnKeys:
    """The keys of this till."""
    if not _own_keys:
        _own_keys.append(OwnKeys())
    return _own_keys[0]
