"""Who was at this till lately: marks and times in a file of the till, names read anew from the shop."""

from datetime import datetime
from typing import TYPE_CHECKING

from posapp.services.base.drafts import key_of, mark_of

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer
    from posapp.ui.session import Session

NAME, KEPT = "recents", 8


class Recents:
    """The last eight customers of this till, the latest first."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        kept = session.drafts.load(NAME) or {}
        rows = kept.get("customers")
        self._rows: list[tuple[str, str]] = []
        for row in rows if isinstance(rows, list) else []:
            match row:
                case [str(mark), str(at)] if key_of(mark) is not None:
                    self._rows.append((mark, at))

    @property
    def keys(self) -> list[int]:
        """The customers' keys, the latest first."""
        return [key for mark, _ in self._rows if (key := key_of(mark)) is not None]

    def has(self, customer: "Customer") -> bool:
        """Whether it is this customer who was here, and nobody else who has the key by now."""
        mark = mark_of(customer, customer.pl_id)
        return any(one == mark for one, _ in self._rows)

    def at(self, customer: "Customer") -> datetime | None:
        """When a customer was here last, an aware instant."""
        mark = mark_of(customer, customer.pl_id)
        for one, at in self._rows:
            if one == mark:
                try:
                    return datetime.fromisoformat(at)
                except ValueError:
                    return None
        return None

    def remember(self, customer: "Customer", at: datetime) -> None:
        """A customer came to the counter at this (aware) instant."""
        mark = mark_of(customer, customer.pl_id)
        self._rows = [row for row in self._rows if key_of(row[0]) != customer.id]
        self._rows.insert(0, (mark, at.isoformat(timespec="seconds")))
        del self._rows[KEPT:]
        rows = [list(row) for row in self._rows]
        self._session.keep(self._session.drafts.keeping(NAME, {"customers": rows}))
