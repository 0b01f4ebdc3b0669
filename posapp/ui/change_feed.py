"""What was written, told to the window: any thread may announce, screens hear it on the window's thread."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.services.base.changes import Changes


class ChangeFeed(QObject):
    """Screens connect to `changed` (a list of `Change`, in order) and read anew what they show of it."""

    actor_changed = Signal(object)  # Actor: somebody else works here now, or may do more or less
    changed = Signal(list)
    _arrived = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe: Callable[[], None] | None = None

    def listen_to(self, changes: "Changes") -> None:
        """Pass on what the desks of a shop announce; a shop that was listened to before is let go."""
        self.stop()
        self._unsubscribe = changes.subscribe(self.announce)

    def stop(self) -> None:
        """Listen no longer."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def announce(self, changes: "Sequence[Change]") -> None:
        """Tell the screens soon; may be called on any thread."""
        self._arrived.emit(list(changes))
