"""What a commit wrote: screens listen here and refresh themselves."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.domain.actor import Actor
from posapp.domain.journal import Change

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store

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


class Elsewhere:
    """Asks the journal what other tills, and the command line, have written since the last time."""

    def __init__(self, store: "Store", actor: Actor) -> None:
        """What is written from now on counts as news."""
        from posapp.storage.journal import last_key

        self._store = store
        self._actor = actor
        with store.look(actor) as uow:
            self._last = last_key(uow.connection)

    def news(self) -> list[Change]:
        """Changes of other programs since the last call."""
        from posapp.storage.journal import entries_after

        with self._store.look(self._actor) as uow:
            found = entries_after(uow.connection, self._last)
        own = self._store.own_entries
        news = dict.fromkeys(change for key, change in found if key not in own)
        self._last = found[-1][0] if found else self._last
        own.difference_update([key for key in own if key <= self._last])
        return list(news)
