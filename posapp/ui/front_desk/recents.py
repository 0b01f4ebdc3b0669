"""Who was at this till lately: marks and times in a file of the till, names read anew from the shop."""

from contextlib import suppress
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
        self._at: dict[str, datetime] = {}
        rows = (session.drafts.load(NAME) or {}).get("customers")
        for row in rows if isinstance(rows, list) else []:
            match row:
                case [str(mark), str(at)] if key_of(mark) is not None:
                    with suppress(ValueError):
                        self._at[mark] = datetime.fromisoformat(at)

    @property
    def keys(self) -> list[int]:
        """The customers' keys, the latest first."""
        return [key for mark in self._at if (key := key_of(mark)) is not None]

    def at(self, customer: "Customer") -> datetime | None:
        """When a customer was here last, an aware instant; None if it was somebody else who had the key."""
        return self._at.get(mark_of(customer, customer.pl_id))

    def remember(self, customer: "Customer", at: datetime) -> None:
        """A customer came to the counter at this (aware) instant."""
        others = [(mark, then) for mark, then in self._at.items() if key_of(mark) != customer.id]
        self._at = dict([(mark_of(customer, customer.pl_id), at), *others][:KEPT])
        rows = [[mark, then.isoformat(timespec="seconds")] for mark, then in self._at.items()]
        self._session.keep(self._session.drafts.keeping(NAME, {"customers": rows}))
