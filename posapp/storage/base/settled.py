"""What a shop has set up (hours, people, services, states), kept between the writes of one SQLite connection.

A booking needs it five times over, and it changes once a month. Within a transaction that sees one moment
SQLite says by a number whether another connection has written before that moment
(https://www.sqlite.org/pragma.html#pragma_data_version); what this one writes into these tables itself ends
all that is kept, and nothing is kept again before its next transaction, so that a rollback leaves nothing
behind. On a server every transaction reads anew.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event

SET_UP = frozenset(
    {
        "business",
        "day_exception",
        "resource",
        "service",
        "setting",
        "shelf",
        "tax",
        "tax_part",
        "tax_rate",
        "ticket_move",
        "ticket_state",
        "working_hours",
    }
)
"""The tables of which something is kept."""
_NAME = "posapp_settled"
_MOST = 500


class Settled:
    """What one connection keeps; used only in a transaction that sees one moment and changed none of it."""

    def __init__(self) -> None:
        self._version = -1
        self._kept: dict[object, Any] = {}
        self._is_open = self._is_changed = False

    def begin(self, driver: sqlite3.Connection) -> None:
        """A transaction has its moment from here on; what others have changed before it is forgotten."""
        [version] = driver.execute("PRAGMA data_version").fetchone()
        if self._is_changed or version != self._version or len(self._kept) > _MOST:
            self._kept.clear()
        self._version, self._is_changed, self._is_open = version, False, True

    def end(self) -> None:
        """The transaction is over."""
        self._is_open = False

    def changed(self) -> None:
        """This transaction writes into one of the tables."""
        self._is_changed = True
        self._kept.clear()

    def find(self, key: object, read: Callable[[], Any]) -> Any:
        """What is kept under a key, read if it is not; never changed by whoever gets it."""
        if not self._is_open or self._is_changed:
            return read()
        if key not in self._kept:
            self._kept[key] = read()
        return self._kept[key]


def settled_of(connection: Connection) -> Settled:
    """What this connection keeps."""
    found: Settled | None = connection.info.get(_NAME)
    if found is None:
        found = connection.info[_NAME] = Settled()
    return found


def watch_set_up(engine: Engine) -> None:
    """Hear of every statement of Core that may write into the tables; hot ones tell of themselves."""

    @event.listens_for(engine, "before_execute")
    def _before(connection: Connection, statement: Any, _many: Any, _one: Any, _options: Any) -> None:
        if not statement.is_select:
            table = getattr(statement, "table", None)
            if table is None or table.name in SET_UP:  # of a text nobody knows what it writes
                settled_of(connection).changed()
