"""Who was at this till lately: keys and times in a file of the till, names read anew from the shop."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posapp.ui.session import Session

NAME, KEPT = "recents", 8


class Recents:
    """The last eight customers of this till, the latest first."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        kept = session.drafts.load(NAME) or {}
        rows = kept.get("customers") if kept.get("business") == session.actor.business else None
        self._rows: list[tuple[int, str]] = []
        for row in rows if isinstance(rows, list) else []:
            match row:
                case [int(key), str(at)]:
                    self._rows.append((key, at))

    @property
    def keys(self) -> list[int]:
        """The customers' keys, the latest first."""
        return [key for key, _ in self._rows]

    def at(self, customer_id: int) -> datetime | None:
        """When a customer was here last, an aware instant."""
        for key, at in self._rows:
            if key == customer_id:
                try:
                    return datetime.fromisoformat(at)
                except ValueError:
                    return None
        return None

    def remember(self, customer_id: int, at: datetime) -> None:
        """A customer came to the counter at this (aware) instant."""
        self._rows = [row for row in self._rows if row[0] != customer_id]
        self._rows.insert(0, (customer_id, at.isoformat(timespec="seconds")))
        del self._rows[KEPT:]
        session, rows = self._session, [list(row) for row in self._rows]
        values = {"business": session.actor.business, "customers": rows}
        session.lanes.database.run(
            lambda: session.drafts.save(NAME, values), done=lambda _none: None, failed=lambda _error: None
        )
