"""The table of screens, and what reaches across them: search everything and the scanner."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from posapp.domain.base.codes import other_layout
from posapp.ui.actions import Action
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.scanner import Scanner
from posapp.ui.session import Session
from posapp.ui.start.loading import page_class
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.search_everything import Answered, Hit
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.services.counter.search import Hit as Found
    from posapp.services.counter.search import Hits

_tr = translator("Screens")


def add_screens(window: MainWindow, session: Session) -> "Reach":
    """Put every screen into the window's table; none is made yet."""
    from posapp.ui.help.keys import bind_help
    from posapp.ui.preview.print_watch import watch_printing

    def make(page_id: str, shell: Shell) -> Page:
        page: Page = page_class(page_id)(shell, session)
        return page

    for page_id, title, icon, key in (
        ("desk", _tr("Desk"), "house", "F2"),
        ("calendar", _tr("Calendar"), "calendar-days", "F3"),
        ("tickets", _tr("Tickets"), "wrench", "F4"),
        ("settings", _tr("Settings"), "settings", "F8"),
        ("intake", _tr("New ticket"), "plus", ""),
        ("estimate", _tr("Estimate"), "file-text", ""),
        ("hand_back", _tr("Hand over"), "check", ""),
        ("history", _tr("History"), "history", ""),
        ("preview", _tr("Preview"), "printer", ""),
    ):
        entry = PageEntry(page_id, title, icon, key, make=partial(make, page_id), in_rail=bool(key))
        window.add_page(entry)
    watch_printing(window, session)
    bind_help(window)
    new_ticket = Action("new_ticket", _tr("New ticket"), "Ctrl+T", partial(_new_ticket, window))
    window.shortcuts.bind([new_ticket])
    reach = Reach(window, session)
    window.set_search_provider(reach.search)
    till = session.till
    scanner = Scanner(
        window, gap_ms=till.scanner_gap_ms, prefix=till.scanner_prefix, suffix=till.scanner_suffix
    )
    scanner.scanned.connect(reach.scanned)
    scanner.said.connect(lambda words: window.notices.status(words, "warning", seconds=6.0))
    scanner.begun_alone.connect(window.shortcuts.press)
    return reach


def _new_ticket(window: MainWindow) -> None:
    """For the customer at the counter, else for whoever is typed in."""
    window.show_page("intake", getattr(window.counter, "id", None))


def _sentence(error: Exception) -> str:
    return sentence_of(error, _tr("The search did not work. Try again."))


class Reach(Presenter):
    """Answers "search everything" and scans, whatever screen is in front."""

    topic = "everything"

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(session)
        self._window = window

    def search(self, text: str, done: Answered) -> None:
        """Customers, bookings, tickets and screens that answer to the text."""
        if not text.strip():
            done(self._screens(""))
            return
        self.read(
            lambda shop, actor: shop.search.search(actor, text),
            lambda hits: done([*self._found(hits), *self._screens(text)]),
            lambda error: done(self._screens(text), _sentence(error)),
            lane=self.session.lanes.search,
        )

    def _found(self, hits: "Hits") -> list[Hit]:
        return [self._hit(hit) for hit in hits.hits]

    def _hit(self, found: "Found") -> Hit:
        phone = found.phone.shown(self.session.region) if found.phone else ""
        if found.kind == "booking":
            return Hit(
                _tr("Bookings"),
                found.name or phone,
                partial(self._window.show_page, "calendar", found.number),
                badge=found.number,
                icon="calendar",
            )
        if found.kind == "ticket":
            return Hit(
                _tr("Tickets"),
                found.name or phone,
                partial(self._window.show_page, "tickets", found.number),
                badge=found.number,
                icon="wrench",
            )
        return Hit(
            _tr("Customers"),
            found.name or phone,
            partial(self._window.show_page, "desk", found.customer_id),
            second=" · ".join(filter(None, (phone if found.name else "", found.email))),
            badge=str(found.pl_id),
        )

    def _screens(self, text: str) -> list[Hit]:
        screens = (
            ("desk", _tr("Desk"), "house"),
            ("calendar", _tr("Calendar"), "calendar-days"),
            ("tickets", _tr("Tickets"), "wrench"),
            ("settings", _tr("Settings"), "settings"),
        )
        return [
            Hit(_tr("Actions"), word, partial(self._window.show_page, page_id), icon=icon)
            for page_id, word, icon in screens
            if word.casefold().startswith(text.strip().casefold())
        ]

    # -- scanner -------------------------------------------------------------------------------------
    def scanned(self, code: str) -> None:
        """Open what a code means; an unknown one is said in the key bar and offered for search."""
        page = self._window.current_page
        readings = other_layout(code)
        if readings:
            self._misread(code, readings)
            return
        if QApplication.activeModalWidget() is not None:
            self._say(_tr("Scanned {code}. Answer the question first.").format(code=code))
            return
        if page is not None and page.take_scan(code):
            self._window.notices.status(_tr("Scanned {code}").format(code=code), "success")
            return
        self.read(
            lambda shop, actor: shop.search.search(actor, code, limit=2),
            lambda hits: self._open(code, hits),
            lambda error: self._window.notices.status(_sentence(error), "danger", seconds=6.0),
            topic="scan",
            lane=self.session.lanes.search,
        )

    def _say(self, words: str) -> None:
        self._window.notices.status(words, "danger", seconds=8.0)

    def _misread(self, code: str, readings: tuple[str, ...]) -> None:
        """Told, never acted upon: under another layout a code can be several."""
        meant = _tr(" It may mean {code}.").format(code=readings[0]) if len(readings) == 1 else ""
        words = _tr(
            "“{code}”: the scanner is set to another keyboard layout.{meant} Set it to the layout of this "
            "computer, as its manual says."
        )
        self._say(words.format(code=code, meant=meant))

    def _open(self, code: str, hits: "Hits") -> None:
        found = hits.exact
        if found is None:
            self._unknown(code)
            return
        self._window.notices.status(_tr("Scanned {code}").format(code=code), "success")
        if found.kind == "booking":
            self._window.leave_for("calendar", found.number)
        elif found.kind == "ticket":
            self._window.leave_for("tickets", found.number)
        else:
            self._window.leave_for("desk", found.customer_id)

    def _unknown(self, code: str) -> None:
        self._window.notices.status(
            _tr("Unknown code {code}").format(code=code),
            "danger",
            steps=(Step(_tr("Search"), partial(self._window.show_page, "desk", code)),),
        )
