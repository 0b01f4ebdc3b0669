"""Puts the screens of the table into the window, and what reaches across them: search everything, scanner."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from posapp.domain.base.actor import Permission
from posapp.domain.base.codes import other_layout
from posapp.domain.people.secrets import BADGE
from posapp.ui.actions import Action
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.scanner import Scanner
from posapp.ui.session import Session
from posapp.ui.start.loading import SCREENS, Screen, page_class
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.places import place_of
from posapp.ui.window.search_everything import Answered, Hit
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posapp.domain.catalogue.items import Item
    from posapp.services.counter.search import Hit as Found
    from posapp.services.counter.search import Hits
    from posapp.ui.login.at_till import AtTill

_tr = translator("Screens")
MOST_ITEMS = 8


def add_screens(window: MainWindow, session: Session) -> "Reach":
    """Put every screen into the window's table; none is made yet."""
    from posapp.ui.approval.asking import AskManager
    from posapp.ui.preview.print_watch import watch_printing
    from posapp.ui.shift.till_watch import TillWatch

    def make(screen: Screen, shell: Shell) -> Page:
        page: Page = page_class(screen)(shell, session)
        return page

    for one in SCREENS:
        made = partial(make, one)
        window.add_page(
            PageEntry(one.id, one.word(), one.icon, one.key, made, one.is_in_rail, one.needs, one.under)
        )
    session.ask_manager = AskManager(window, session, window.shortcuts.press)
    watch_printing(window, session)
    TillWatch(window, session)
    window.shortcuts.bind(everywhere(window))
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


def everywhere(window: Shell) -> tuple[Action, ...]:
    """What works whatever screen is in front; a new ticket is for whoever is at the counter."""
    return (
        Action("help", _tr("Help"), "Shift+F1", lambda: window.show_page("settings", "help")),
        Action(
            "new_ticket",
            _tr("New ticket"),
            "Ctrl+T",
            lambda: window.show_page("intake", getattr(window.counter, "id", None)),
            needs=Permission.TICKET_WRITE,
        ),
    )


def _sentence(error: Exception) -> str:
    return sentence_of(error, _tr("The search did not work. Try again."))


def _is_badge(code: str) -> bool:
    """Whether it lets somebody in: then it is not shown, nor searched for."""
    return code.upper().startswith(BADGE)


class Reach(Presenter):
    """Answers "search everything" and scans, whatever screen is in front."""

    topic = "everything"

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(session)
        self._window = window
        self.at_till: AtTill | None = None
        """Takes badges; the program says."""

    def search(self, text: str, done: Answered) -> None:
        """Customers, bookings, tickets, closed shifts, items and screens that answer to the text."""
        if not text.strip():
            done(self._screens(""))
            return
        self.read(
            lambda shop, actor: (
                shop.search.search(actor, text).hits,
                shop.items.find(actor, text, limit=MOST_ITEMS) if actor.may(Permission.SHOP_READ) else (),
            ),
            lambda found: done([*self._hits(text, *found), *self._screens(text)]),
            lambda error: done(self._screens(text), _sentence(error)),
            lane=self.session.lanes.search,
        )

    def _hits(self, text: str, found: "Sequence[Found]", items: "Sequence[Item]") -> list[Hit]:
        """People and papers, then items; a whole code means that item and stands first."""
        open_here = [one for one in found if self._may_open(place_of(one)[0])]
        hits, others = list(map(self._hit, open_here)), list(map(self._item, items))
        if not self._window.may(Permission.ITEM_WRITE):
            others = []  # they open in the settings
        return [*others, *hits] if items and items[0].is_coded(text.strip()) else [*hits, *others]

    def _may_open(self, screen: str) -> bool:
        return self._window.may(next(one.needs for one in SCREENS if one.id == screen))

    def _item(self, item: "Item") -> Hit:
        show = partial(self._window.show_page, "settings", ("items", item.sku))
        price = self.session.wording.price(item.price_minor)
        return Hit(_tr("Items"), item.name, show, second=f"{item.sku} · {price}", icon="scan-barcode")

    def _hit(self, found: "Found") -> Hit:
        phone = found.phone.shown(self.session.region) if found.phone else ""
        show = partial(self._window.show_page, *place_of(found))
        numbered = {
            "booking": (_tr("Bookings"), "calendar"),
            "ticket": (_tr("Tickets"), "wrench"),
            "shift": (_tr("Shifts"), "banknote"),
            "sale": (_tr("Sales"), "receipt-text"),
            "payment": (_tr("Payments"), "banknote"),
        }
        if found.kind in numbered:
            group, icon = numbered[found.kind]
            return Hit(group, found.name or phone, show, badge=found.number, icon=icon)
        from posapp.ui.front_desk.lists import old_id_words

        why = old_id_words(found) if found.is_by_old_id else found.found or found.email
        second = " · ".join(filter(None, (phone if found.name else "", why)))
        return Hit(_tr("Customers"), found.name or phone, show, second=second, badge=str(found.pl_id))

    def _screens(self, text: str) -> list[Hit]:
        return [
            Hit(_tr("Actions"), one.word(), partial(self._window.show_page, one.id), icon=one.icon)
            for one in SCREENS
            if one.key
            and self._window.may(one.needs)
            and one.word().casefold().startswith(text.strip().casefold())
        ]

    # -- scanner -------------------------------------------------------------------------------------
    def scanned(self, code: str) -> None:
        """Open what a code means; an unknown one is said in the key bar and offered for search."""
        page = self._window.current_page
        if self._window.locking.is_covered and self.at_till is not None:
            self.at_till.take_scan(code)
            return
        readings = other_layout(code)
        if readings:
            self._misread(code, readings)
            return
        question = QApplication.activeModalWidget()
        if question is not None:
            take = getattr(question, "take_scan", None)
            if take is not None:
                take(code)
                return
            words = _tr("Scanned {code}. Answer the question first.").format(code=code)
            self._say(_tr("Badge scanned. Answer the question first.") if _is_badge(code) else words)
            return
        if self.at_till is not None and self.at_till.take_scan(code):
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
            self._look_for_goods(code)
            return
        self._window.notices.status(_tr("Scanned {code}").format(code=code), "success")
        self._window.leave_for(*place_of(found))

    def _look_for_goods(self, code: str) -> None:
        """What is for sale goes into the sale, whatever screen is in front."""
        self.read(
            lambda shop, actor: shop.items.by_code(actor, code),
            lambda _item: self._sell(code),
            lambda _error: self._unknown(code),
            topic="scan",
        )

    def _sell(self, code: str) -> None:
        self._window.notices.status(_tr("Scanned {code}").format(code=code), "success")
        self._window.leave_for("sell", code)

    def _unknown(self, code: str) -> None:
        if _is_badge(code):
            self._say(_tr("Nobody signs in here by this badge"))
            return
        self._window.notices.status(
            _tr("Unknown code {code}").format(code=code),
            "danger",
            steps=(Step(_tr("Search"), partial(self._window.show_page, "desk", code)),),
        )
