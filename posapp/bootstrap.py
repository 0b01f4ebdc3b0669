"""Wires everything and decides nothing: a place becomes an open shop with its desks.

Importing this module is cheap; SQLAlchemy is loaded by `open_shop`, behind the first frame of the window.
"""

import contextlib
import gc
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files, paths

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.clock import Clock
    from posapp.services.care.upgrades import Tell
    from posapp.services.desks import Shop
    from posapp.till_settings import TillSettings
    from posapp.ui.start.options import WindowOptions

DEMO_CUSTOMERS = 80


def open_shop(place: str | Path, *, clock: "Clock | None" = None, tell: "Tell | None" = None) -> "Shop":
    """Open a database, bring its schema up to date, and set up the desks.

    `tell` hears a sentence if the data was upgraded, and where the backup of before lies.
    """
    from posapp.domain.base.clock import SystemClock
    from posapp.services.base.changes import Changes
    from posapp.services.care.upgrades import bring_up
    from posapp.services.desks import Shop
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
    return Shop(store, changes)


def build_small_demo(place: str | Path) -> None:
    """A throw-away shop with believable data, enough to look around in."""
    from posapp.services.care.demo import build_demo

    build_demo(place, DEMO_CUSTOMERS)


def open_window(options: "WindowOptions") -> int:
    """Run the window; on a machine without a screen, the demonstration instead. Returns the exit status."""
    gc.disable()  # the window collects by itself, once the shop is open (`posapp.ui.start.collector`)
    from posapp.ui.start.application import run_window
    from posapp.ui.start.demonstration import run_demonstration

    is_demonstration = not has_screen()
    if is_demonstration:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if options.demo or is_demonstration:
        with _throw_away_folder() as folder:
            # Never the real shop: everything this process keeps goes into a folder of its own.
            os.environ["POSAPP_DATA_DIR"] = os.environ["POSAPP_CONFIG_DIR"] = folder
            if is_demonstration:
                return run_demonstration(open_shop, build_small_demo)
            return run_window(options, open_shop, build_small_demo)
    return run_window(options, open_shop, build_small_demo)


@contextlib.contextmanager
def _throw_away_folder() -> Iterator[str]:
    """A folder that goes with the program, also when the system asks it to end before a window can hear."""

    def leave(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for name in {"SIGTERM", "SIGHUP"} & set(dir(signal)):
        signal.signal(getattr(signal, name), leave)
    with tempfile.TemporaryDirectory(prefix="posapp-demo-", ignore_cleanup_errors=True) as folder:
        yield folder


def open_kiosk(shop: "Shop", actor: "Actor", till: "TillSettings") -> int:
    """Run the customers' own view on an open shop; refuses where there is no screen."""
    from posapp.domain.base.errors import EnvironmentFault

    if not has_screen():
        raise EnvironmentFault(
            "no_screen", "The kiosk needs a screen. Start it on the computer it stands on."
        )
    from posapp.ui.kiosk.program import run_kiosk

    return run_kiosk(shop, actor, till)


def has_screen() -> bool:
    """Whether Qt can show a window; without one it would abort, so look first."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
