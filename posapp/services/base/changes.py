"""What a commit wrote: screens listen here and refresh themselves."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.base.journal import NO_BUSINESS, Change

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
    """Asks the journal what other tills, and the command line, have written since the last time.

    It follows the chain of its own business and that of what belongs to none: what another shop in the same
    database does is no news here.
    """

    def __init__(self, store: "Store", actor: Actor) -> None:
        """What is written from now on counts as news."""
        from posapp.storage.base.journal import last_key

        self._store = store
        self._actor = actor
        with store.look(actor) as uow:
            chains = dict.fromkeys((actor.business, NO_BUSINESS))
            self._last = {chain: last_key(uow.connection, chain) for chain in chains}

    def news(self) -> list[Change]:
        """Changes of other programs since the last call."""
        from posapp.storage.base.journal import entries_after

        with self._store.look(self._actor) as uow:
            found = {chain: entries_after(uow.connection, chain, last) for chain, last in self._last.items()}
        own = self._store.own_entries
        news = dict.fromkeys(
            change for chain, entries in found.items() for key, change in entries if (chain, key) not in own
        )
        for chain, entries in found.items():
            if entries:
                self._last[chain] = entries[-1][0]
        own.difference_update([(chain, key) for chain, key in own if key <= self._last.get(chain, key)])
        return list(news)
