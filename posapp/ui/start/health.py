"""Whether the shop's data answers, shown on the whole window: bar, till's dot, screens that only show.

The program asks every second what is new elsewhere; that question is also the ping. While it fails for want
of the database the window says why, once; the first answer after that takes all of it back and has the
screens read anew, so that no sentence about it stays behind.
"""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.domain.base.errors import EnvironmentFault
from posapp.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change

TROUBLE = frozenset(
    {
        "database_unreachable",
        "database_denied",
        "database_unopened",
        "database_damaged",
        "database_disk",
    }
)
"""Faults after which nothing can be read or written; one that is busy or full still shows what it has."""
SHOWN = ("catalogue", "customer", "booking", "ticket", "walk_in", "loaner", "ticket_state", "document")
"""What screens read anew once the database is back."""
log = logging.getLogger(__name__)


class Health(QObject):
    """Told of every answer and every failure of the ping."""

    def __init__(self, window: MainWindow, announce: "Callable[[Sequence[Change]], None]") -> None:
        """`announce` has the screens read anew."""
        super().__init__(window)
        self._window = window
        self._announce = announce
        self._sentence = ""

    def failed(self, error: Exception) -> None:
        """The ping failed; other faults than the database's are none of this."""
        if not isinstance(error, EnvironmentFault) or error.code not in TROUBLE:
            return
        if error.sentence == self._sentence:
            return  # said already: a bar that is raised anew is read aloud anew
        self._sentence = error.sentence
        log.warning("database: %s", error.code)
        self._window.set_read_only(
            self.tr("{what} What you type is kept; work goes on by itself.").format(what=error.sentence)
        )
        self._window.top_bar.till.show_tone("danger")

    def answered(self) -> None:
        """The ping was answered."""
        if not self._sentence:
            return
        from posapp.domain.base.journal import Change

        self._sentence = ""
        log.info("database: answers again")
        self._window.set_read_only("")
        self._window.top_bar.till.show_tone("success")
        self._window.notices.status(self.tr("The shop's data answers again"), "success")
        self._announce([Change(subject, 0) for subject in SHOWN])
