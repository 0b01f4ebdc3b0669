"""The table of screens; what they are made of is imported in slices on the window's thread.

The classes of Qt are built when they are first met, without a lock, so nothing that imports Qt may be
imported on a lane while the window works. All at once it would stop the window for a quarter of a second:
`plan` (on a lane) reads the modules, says in which order each comes after those that it imports, and imports
whatever of that knows no Qt; `load` then runs as many of them as fit between two events. The front desk comes
first, so that the clerk works while the other screens are on their way; one that is asked for before its turn
is imported at once.
"""

import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from opcode import opmap
from time import perf_counter
from types import CodeType
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from posapp.domain.base.actor import Permission

_tr = partial(QCoreApplication.translate, "Screens")


class Screen(NamedTuple):
    """A line of the table: id, word, icon and key; its room and what it is called there.

    Those without an F-key of their own are opened by others too, and stand in no rail.
    """

    id: str
    word: Callable[[], str]
    icon: str
    key: str
    room: str
    name: str
    under: str = ""
    """Which screen of the rail it belongs to: that one stays marked."""

    @property
    def is_in_rail(self) -> bool:
        """Whether the rail leads to it."""
        return self.key.startswith("F")

    @property
    def needs(self) -> Permission | None:
        """What somebody must be allowed to do to open it."""
        return _NEEDS.get(self.id)


SCREENS = (
    Screen("desk", lambda: _tr("Desk"), "house", "F2", "front_desk", "FrontDeskPage"),
    Screen("calendar", lambda: _tr("Calendar"), "calendar-days", "F3", "calendar", "CalendarPage"),
    Screen("tickets", lambda: _tr("Tickets"), "wrench", "F4", "tickets", "TicketsPage"),
    Screen("sell", lambda: _tr("Sell"), "shopping-cart", "F5", "sell", "SellPage"),
    Screen("customers", lambda: _tr("Customers"), "users", "F6", "customer_list", "CustomerListPage"),
    Screen("reports", lambda: _tr("Reports"), "chart-column", "F7", "reports", "ReportsPage"),
    Screen("settings", lambda: _tr("Settings"), "settings", "F8", "settings", "SettingsPage"),
    Screen("shift", lambda: _tr("Shift"), "banknote", "Shift+F5", "shift", "ShiftPage"),
    Screen(
        "merging", lambda: _tr("Merge customers"), "users", "Shift+F6", "merging", "MergingPage", "customers"
    ),
    Screen("ticket", lambda: _tr("Ticket"), "wrench", "", "ticket", "WholeTicketPage", "tickets"),
    Screen("intake", lambda: _tr("New ticket"), "plus", "", "tickets.intake", "IntakePage", "tickets"),
    Screen(
        "estimate", lambda: _tr("Estimate"), "file-text", "", "tickets.estimate", "EstimatePage", "tickets"
    ),
    Screen(
        "hand_back", lambda: _tr("Hand over"), "check", "", "tickets.hand_back", "HandBackPage", "tickets"
    ),
    Screen(
        "another_device",
        lambda: _tr("Another device"),
        "plus",
        "",
        "tickets.another_device",
        "AnotherDevicePage",
        "tickets",
    ),
    Screen("books", lambda: _tr("Books"), "landmark", "", "reports.books", "BooksPage", "reports"),
    Screen("history", lambda: _tr("History"), "history", "", "history", "HistoryPage"),
    Screen("import", lambda: _tr("Import"), "upload", "", "imports", "ImportPage"),
    Screen("preview", lambda: _tr("Preview"), "printer", "", "preview", "PreviewPage"),
)
"""Every screen of an open shop, in the order of the rail."""
_NEEDS = {
    "desk": Permission.CUSTOMER_READ,
    "calendar": Permission.BOOKING_READ,
    "tickets": Permission.TICKET_READ,
    "sell": Permission.ORDER_READ,
    "customers": Permission.CUSTOMER_READ,
    "reports": Permission.REPORT_READ,
    "books": Permission.REPORT_READ,
    "shift": Permission.SHIFT_READ,
    "merging": Permission.CUSTOMER_MERGE,
    "ticket": Permission.TICKET_READ,
    "intake": Permission.TICKET_WRITE,
    "estimate": Permission.TICKET_WRITE,
    "hand_back": Permission.TICKET_WRITE,
    "another_device": Permission.TICKET_WRITE,
    "history": Permission.CUSTOMER_READ,
    "import": Permission.DATA_MAINTAIN,
    "preview": Permission.PAPER_PRINT,
}
"""Settings is for everybody: of its sections each shows what it may."""

_UI = "posapp.ui."
FIRST = (
    "posapp.ui.start.pulse",
    "posapp.ui.start.screens",
    "posapp.ui.login.at_till",
    "posapp.ui.preview.print_watch",
    "posapp.ui.shift.till_watch",
    f"{_UI}{SCREENS[0].room}.page",
)
"""Without these nobody can work."""
LATER = (
    *(f"{_UI}{screen.room}.page" for screen in SCREENS[1:]),
    "posapp.ui.start.upkeep",
    "posapp.ui.imports.unfinished",
    "posapp.ui.login.page",
    "posapp.ui.approval.dialog",
)
"""What is there by the time that somebody asks for it."""
_IMPORTS, _ASKS, _LONGER = opmap["IMPORT_NAME"], opmap["LOAD_NAME"], opmap["EXTENDED_ARG"]
_PASSES = {opmap[name] for name in ("POP_JUMP_FORWARD_IF_FALSE", "POP_JUMP_IF_FALSE") if name in opmap}
"""Two bytes a step (https://docs.python.org/3.11/library/dis.html); the jump over a block counts in steps."""
_SLICE = 0.006
"""Seconds; a slice ends with the module that passes it."""


class _Read(MetaPathFinder):
    """Finds the modules whose code a lane has read already, so that no file is read twice."""

    def __init__(self) -> None:
        self.specs: dict[str, ModuleSpec] = {}

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Once for each module."""
        return self.specs.pop(name, None)


_read = _Read()


def plan(wanted: tuple[str, ...]) -> list[str]:
    """On a lane: the window's modules in the order in which to import them; all others are imported now."""
    order: list[str] = []
    if _read not in sys.meta_path:
        sys.meta_path.insert(0, _read)
    seen: set[str] = set()
    for name in wanted:
        order += _after_its_imports(name, seen)
    return order


def _after_its_imports(name: str, seen: set[str]) -> Iterator[str]:
    if name in seen or name in sys.modules:
        return
    seen.add(name)
    if not name.startswith(_UI):
        import_module(name)
        return
    for other in (name.rpartition(".")[0], *_imported_by(name)):
        yield from _after_its_imports(other, seen)
    yield name


def _imported_by(name: str) -> list[str]:
    """Modules of the program that this one names outside its functions, told without running it."""
    spec = _spec(name)
    loader: Any = spec.loader if spec is not None else None
    code = loader.get_code(name) if hasattr(loader, "get_code") else None
    if spec is None or code is None:
        return []

    def once(_name: str) -> object:
        del loader.get_code
        return code

    loader.get_code = once
    _read.specs[name] = spec
    return [one for one in _imports(code) if one.startswith("posapp.")]


def _imports(code: CodeType) -> Iterator[str]:
    """What a module imports when it runs: what stands there for the types alone is passed over."""
    passed = longer = 0
    asked = ""
    for at, (step, low) in enumerate(zip(code.co_code[::2], code.co_code[1::2], strict=True)):
        argument = longer << 8 | low
        longer = argument if step == _LONGER else 0
        if step == _LONGER or at < passed:
            continue
        if step in _PASSES and asked == "TYPE_CHECKING":
            passed = at + 1 + argument
        if step == _IMPORTS:
            yield code.co_names[argument]
        asked = code.co_names[argument] if step == _ASKS else ""


@cache
def _spec(name: str) -> ModuleSpec | None:
    """Where a module lies; unlike `importlib.util.find_spec` it imports no package on the way."""
    parent = name.rpartition(".")[0]
    above = _spec(parent) if parent else None
    path = above.submodule_search_locations if above is not None else None
    found = (finder.find_spec(name, path) for finder in sys.meta_path if finder is not _read)
    return next((spec for spec in found if spec is not None), None)


def load(names: list[str]) -> None:
    """Import what fits into one slice, and take it off the list."""
    end = perf_counter() + _SLICE
    while names and perf_counter() < end:
        import_module(names.pop(0))
    if not names and _read in sys.meta_path:
        sys.meta_path.remove(_read)
        _spec.cache_clear()


def page_class(screen: Screen) -> Any:
    """The class of a screen."""
    return getattr(import_module(f"{_UI}{screen.room}.page"), screen.name)
