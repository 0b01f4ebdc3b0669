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
    from posapp.domain.clock import Clock
    from posapp.services.shop import Shop
    from posapp.services.upgrades import Tell
    from posapp.ui.start.program import WindowOptions

DEMO_CUSTOMERS = 80


def open_shop(place: str | Path, *, clock: "Clock | None" = None, tell: "Tell | None" = None) -> "Shop":
    """Open a database, bring its schema up to date, and set up the desks.

    `tell` hears a sentence if the data was upgraded, and where the backup of before lies.
    """
    from posapp.domain.clock import SystemClock
    from posapp.services.bookings import BookingDesk
    from posapp.services.businesses import BusinessDesk
    from posapp.services.changes import Changes
    from posapp.services.counter_desk import CounterDesk
    from posapp.services.customers import CustomerDesk
    from posapp.services.devices import DeviceDesk
    from posapp.services.estimates import EstimateDesk
    from posapp.services.history import HistoryDesk
    from posapp.services.informing import InformingDesk
    from posapp.services.loaners import LoanerDesk
    from posapp.services.papers import PaperDesk
    from posapp.services.parts import PartDesk
    from posapp.services.passcodes import Passcodes
    from posapp.services.phones import PhoneDesk
    from posapp.services.photos import PhotoDesk
    from posapp.services.search import SearchDesk
    from posapp.services.shop import Shop
    from posapp.services.ticket_states import TicketStateDesk
    from posapp.services.tickets import TicketDesk
    from posapp.services.uncollected import UncollectedDesk
    from posapp.services.upgrades import bring_up
    from posapp.services.upkeep import UpkeepDesk
    from posapp.services.walk_ins import WalkInDesk
    from posapp.storage.database import Database
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
    from posapp.services.demo import build_demo

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
