"""What a commit wrote: screens listen here and refresh themselves."""

import threading
from collections.abc import Callable, Sequence

from posapp.domain.journal import Change

Listener = Callable[[Sequence[Change]], None]


class Changes:
    """Passes the changes of each commit to its listeners, on the thread that committed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every commit from now on; the returned call ends it."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._unsubscribe(listener)

    def _unsubscribe(self, listener: Listener) -> None:
        with self._lock:
            self._listeners.remove(listener)

    def publish(self, changes: Sequence[Change]) -> None:
        """Tell every listener."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)
