"""Wires everything and decides nothing: a place becomes an open shop with its desks.

Importing this module is cheap; SQLAlchemy is loaded by `open_shop`, behind the first frame of the window.
"""

from pathlib import Path

from posapp.domain.clock import Clock, SystemClock
from posapp.services.shop import Shop


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
