"""Wires everything and decides nothing: a place becomes an open shop with its desks.

Importing this module is cheap; SQLAlchemy is loaded by `open_shop`, behind the first frame of the window.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.actor import Actor
from posapp.domain.clock import Clock, SystemClock
from posapp.domain.errors import DomainError

if TYPE_CHECKING:
    from posapp.services.bookings import BookingDesk
    from posapp.services.businesses import BusinessDesk
    from posapp.services.changes import Changes
    from posapp.services.customers import CustomerDesk
    from posapp.services.history import HistoryDesk
    from posapp.services.papers import PaperDesk
    from posapp.services.search import SearchDesk
    from posapp.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Shop:
    """An open database with its desks; `close` when done."""

    store: "Store"
    changes: "Changes"
    businesses: "BusinessDesk"
    customers: "CustomerDesk"
    bookings: "BookingDesk"
    papers: "PaperDesk"
    history: "HistoryDesk"
    search: "SearchDesk"

    def actor(self, till: str, business: str = "") -> Actor:
        """The actor for a till in the business of that name, or in the only one there is."""
        found = self.businesses.all()
        chosen = [one for one in found if business in ("", one.name)]
        if not found:
            raise DomainError(
                "no_business", "There is no shop in this database yet. Set one up: posapp init."
            )
        if not chosen:
            raise DomainError(
                "business_unknown", f"There is no business “{business}” here.", field="business"
            )
        if len(chosen) > 1:
            names = ", ".join(one.name for one in chosen)
            raise DomainError("business_missing", f"Name one of the businesses: {names}.", field="business")
        return Actor(chosen[0].id, till)

    def close(self) -> None:
        """Close every connection."""
        self.search.close()
        self.store.database.close()


def open_shop(place: str | Path, *, clock: Clock | None = None) -> Shop:
    """Open a database, bring its schema up to date, and set up the desks."""
    from posapp.services.bookings import BookingDesk
    from posapp.services.businesses import BusinessDesk
    from posapp.services.changes import Changes
    from posapp.services.customers import CustomerDesk
    from posapp.services.history import HistoryDesk
    from posapp.services.papers import PaperDesk
    from posapp.services.search import SearchDesk
    from posapp.storage.database import Database
    from posapp.storage.schema import bring_up_to_date
    from posapp.storage.unit_of_work import Store

    database = Database(place)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    changes = Changes()
    store = Store(database, clock or SystemClock(), changes.publish)
    return Shop(
        store,
        changes,
        BusinessDesk(store),
        CustomerDesk(store),
        BookingDesk(store),
        PaperDesk(store),
        HistoryDesk(store),
        SearchDesk(store),
    )
