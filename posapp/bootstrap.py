"""Wires everything and decides nothing: a place becomes an open shop with its desks.

Importing this module is cheap; SQLAlchemy is loaded by `open_shop`, behind the first frame of the window.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files, paths

if TYPE_CHECKING:
    from posapp.domain.base.clock import Clock
    from posapp.services.care.upgrades import Tell
    from posapp.services.desks import Shop
    from posapp.ui.start.program import WindowOptions

DEMO_CUSTOMERS = 80


def open_shop(place: str | Path, *, clock: "Clock | None" = None, tell: "Tell | None" = None) -> "Shop":
    """Open a database, bring its schema up to date, and set up the desks.

    `tell` hears a sentence if the data was upgraded, and where the backup of before lies.
    """
    from posapp.domain.base.clock import SystemClock
    from posapp.services.base.changes import Changes
    from posapp.services.base.passcodes import Passcodes
    from posapp.services.bookings.bookings import BookingDesk
    from posapp.services.bookings.walk_ins import WalkInDesk
    from posapp.services.care.upgrades import bring_up
    from posapp.services.care.upkeep import UpkeepDesk
    from posapp.services.counter.counter import CounterDesk
    from posapp.services.counter.search import SearchDesk
    from posapp.services.customers.customers import CustomerDesk
    from posapp.services.customers.phones import PhoneDesk
    from posapp.services.desks import Shop
    from posapp.services.figures.history import HistoryDesk
    from posapp.services.papers.papers import PaperDesk
    from posapp.services.repairs.devices import DeviceDesk
    from posapp.services.repairs.estimates import EstimateDesk
    from posapp.services.repairs.informing import InformingDesk
    from posapp.services.repairs.loaners import LoanerDesk
    from posapp.services.repairs.parts import PartDesk
    from posapp.services.repairs.photos import PhotoDesk
    from posapp.services.repairs.ticket_states import TicketStateDesk
    from posapp.services.repairs.tickets import TicketDesk
    from posapp.services.repairs.uncollected import UncollectedDesk
    from posapp.services.shop.businesses import BusinessDesk
    from posapp.storage.base.database import Database
    from posapp.storage.unit_of_work import Store

    if str(place) == str(paths.default_database()):
        files.make_folder(paths.data_dir())  # any other folder is its owner's to make
    database = Database(place)
    changes = Changes()
    store = Store(database, clock or SystemClock(), changes.publish)
    try:
        bring_up(store, tell)
    except BaseException:
        database.close()
        raise
    tickets = TicketDesk(store, Passcodes(paths.data_dir()))
    uncollected, walk_ins = UncollectedDesk(store), WalkInDesk(store)
    return Shop(
        store,
        changes,
        BusinessDesk(store),
        CustomerDesk(store),
        PhoneDesk(store),
        BookingDesk(store),
        PaperDesk(store),
        HistoryDesk(store),
        SearchDesk(store),
        tickets,
        EstimateDesk(store),
        PartDesk(store),
        LoanerDesk(store),
        DeviceDesk(store),
        PhotoDesk(store),
        InformingDesk(store),
        uncollected,
        TicketStateDesk(store),
        walk_ins,
        CounterDesk(store),
        UpkeepDesk(store, tickets, walk_ins, uncollected),
    )


def build_small_demo(place: str | Path) -> None:
    """A throw-away shop with believable data, enough to look around in."""
    from posapp.services.care.demo import build_demo

    build_demo(place, DEMO_CUSTOMERS)


def open_window(options: "WindowOptions") -> int:
    """Run the window; on a machine without a screen, the demonstration instead. Returns the exit status."""
    from posapp.ui.start.application import run_window
    from posapp.ui.start.demonstration import run_demonstration

    is_demonstration = not has_screen()
    if is_demonstration:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if options.demo or is_demonstration:
        with tempfile.TemporaryDirectory(prefix="posapp-demo-", ignore_cleanup_errors=True) as folder:
            # Never the real shop: everything this process keeps goes into a folder of its own.
            os.environ["POSAPP_DATA_DIR"] = os.environ["POSAPP_CONFIG_DIR"] = folder
            if is_demonstration:
                return run_demonstration(open_shop, build_small_demo)
            return run_window(options, open_shop, build_small_demo)
    return run_window(options, open_shop, build_small_demo)


def has_screen() -> bool:
    """Whether Qt can show a window; without one it would abort, so look first."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
