"""Keeps at this till what is written on estimates and not asked yet, ticket by ticket, also half a line."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from posapp.services.base.drafts import number_of
from posapp.ui.record.drafts import KeptForms

if TYPE_CHECKING:
    from posapp.ui.session import Session

DRAFT, EVERY_MS = "estimates", 400

Written = tuple[str, dict[str, Any]]
"""The mark of a ticket (`mark_of`) and what is written on its estimate, empty if nothing is."""


class EstimateKeeper(QObject):
    """Asks `written` a moment after each change; None: the ticket was not read yet, so nothing is known."""

    def __init__(self, session: "Session", written: Callable[[], Written | None], parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = KeptForms(session, DRAFT)
        self._written = written
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(self.keep)

    def soon(self) -> None:
        """Something was written."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep what is written now."""
        self._timer.stop()
        found = self._written()
        if found is None:
            return
        mark, values = found
        if values:
            self._drafts.keep(mark, values)
        else:
            self._drafts.drop(mark)

    def of(self, mark: str) -> dict[str, Any]:
        """What was written on the estimate of that ticket."""
        return self._drafts.of(mark) or {}

    def of_another(self, mark: str) -> str | None:
        """The mark of another ticket that had the same number here before the shop was restored.

        Only if something is written on its estimate, and still kept.
        """
        return next(
            (one for one in self._drafts.marks if one != mark and number_of(one) == number_of(mark)), None
        )

    def hand_over(self, before: str, mark: str) -> None:
        """What was written for one ticket is meant for another."""
        self._drafts.keep(mark, self.of(before))
        self._drafts.drop(before)

    def forget(self, mark: str) -> None:
        """What was written is not wanted."""
        self._drafts.drop(mark)
