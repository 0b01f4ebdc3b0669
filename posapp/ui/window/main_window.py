"""The window of a till: rail, top bar, pages and key bar put together.

Pages are made when they are first shown. Before the first frame nothing but Qt and the standard
library is needed.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from posapp.domain.base.actor import Actor, Permission
from posapp.ui.actions import Action, bar
from posapp.ui.background import Lanes
from posapp.ui.focus_filter import application, focused
from posapp.ui.layout import columns, held, rows, wide
from posapp.ui.own_keys import own_keys
from posapp.ui.theme import Theme
from posapp.ui.widgets.focus_ring import FocusRing
from posapp.ui.widgets.progress import ProgressLine
from posapp.ui.window.front import Front
from posapp.ui.window.key_bar import KeyBar
from posapp.ui.window.locking import Locking
from posapp.ui.window.notice_bar import TroubleBar
from posapp.ui.window.notices import Notices
from posapp.ui.window.page import Page, PageEntry, choose_in
from posapp.ui.window.pages import Pages, PageStack
from posapp.ui.window.rail import NavRail
from posapp.ui.window.shell import CounterCustomer, Part
from posapp.ui.window.shortcuts import Shortcuts
from posapp.ui.window.side_sheet import SideSheet
from posapp.ui.window.toast import Toast
from posapp.ui.window.top_bar import TopBar
from posapp.ui.window.undoing import Undoing

if TYPE_CHECKING:
    from posapp.ui.window.search_everything import Provider, SearchEverything

SMALLEST = (1024, 720)
COMPACT_BELOW, WIDE_FROM = 1280, 1900


class MainWindow(QMainWindow):
    """The window of a till; its screens know it as `Shell`."""

    counter_changed = Signal(object)  # the customer at the counter, or None
    read_only_changed = Signal(bool)
    closing = Signal()
    closed = Signal(bool)  # whether the lanes have ended

    def __init__(self, theme: Theme, *, till: str = "", shop: str = "", lanes: Lanes | None = None) -> None:
        super().__init__()
        self.theme = theme
        self.lanes = lanes or Lanes(parent=self)
        self.notices = Notices(self)
        self.shortcuts = Shortcuts(self)
        self._pages = Pages(self)
        self.counter: CounterCustomer | None = None
        """Who stands at the counter; every screen asks here and never the clerk again."""
        self.is_compact = False
        """Whether the window is narrower than 1280 (of the design)."""
        self.is_read_only = False
        """Whether screens only show because the database does not answer."""
        self.who: Callable[[], Actor] = lambda: Actor(0, till)
        """Who works here; the session says."""
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._bind()
        self._bind_keys()
        self.set_shop(shop)
        self.top_bar.till.show_state(till)

    # what is where

    def _build(self) -> None:
        self.rail, self.top_bar, self.key_bar = NavRail(), TopBar(), KeyBar()
        self.loading, self._notice = ProgressLine(), TroubleBar(self.notices)
        self._stack = PageStack()
        self._work = held(rows(self.loading, self._notice, wide(self._stack), gap=0))
        right = rows(self.top_bar, wide(self._work), self.key_bar, gap=0)
        frame = held(columns(self.rail, wide(right), gap=0))
        self._sheet = SideSheet(self._work)
        self._toast = Toast(self.key_bar, end=self.key_bar.states_start)
        FocusRing(self)
        self._front = Front(self, self._sheet)
        self._undoing = Undoing(self._work, self.notices, self._pages, self._front)
        self.locking = Locking(self, self, frame, self._front, self._pages)
        self._search: SearchEverything | None = None
        self._provider: Provider | None = None

    def _bind(self) -> None:
        self.rail.chosen.connect(self.leave_for)
        self.top_bar.chip.opened.connect(lambda: self.leave_for(self.first_page_id))
        self.top_bar.chip.released.connect(lambda: self.set_counter(None))
        self.top_bar.search.clicked.connect(self.open_search)
        self.key_bar.messages_asked.connect(self.show_messages)
        self.notices.toasted.connect(self._toast.show_message)
        self.notices.toast_over.connect(self._toast.hide)
        self.notices.status_said.connect(self.key_bar.show_message)
        self.notices.where = lambda: (self.current_page_id, getattr(self.counter, "id", None))
        self._toast.placed.connect(self.key_bar.make_room)
        self._undoing.asked.connect(self._toast.hide)
        self._sheet.closed.connect(self._sheet_closed)
        self.shortcuts.in_front = self._front.top
        self.shortcuts.covered.connect(self._say_covered)
        self.shortcuts.may = self.may
        self.shortcuts.refused.connect(self._say_refused)
        self.theme.changed.connect(self._restyle)
        own_keys().changed.connect(self._show_keys)
        application().focusChanged.connect(self._focus_moved)

    def _bind_keys(self) -> None:
        tr = self.tr
        self._all_keys = Action("keys", tr("All keys"), "F1", self.toggle_overlay)
        choices = (
            Action(f"choice_{number}", "", f"Alt+{number}", partial(self._choose, number))
            for number in range(1, 10)
        )
        self.shortcuts.bind(
            (
                self._all_keys,
                Action("search", tr("Search everything"), "Ctrl+K", self.open_search),
                Action("full_screen", tr("Full screen"), "F11", self.toggle_full_screen),
                Action("undo", tr("Undo"), "Ctrl+Z", self._undoing.undo),
                Action("redo", tr("Do again"), "Ctrl+Y Ctrl+Shift+Z", self._undoing.redo),
                Action("messages", tr("Last messages"), "Ctrl+M", self.show_messages),
                Action("escape", tr("Close, then go back"), "Esc", self.escape),
                *choices,
            )
        )

    def set_shop(self, name: str) -> None:
        """The name of the shop: title of the window and mark in the rail."""
        self.setWindowTitle(f"{name} · posapp" if name else "posapp")
        self.rail.mark.set_name(name)

    # pages

    def add_page(self, entry: PageEntry) -> None:
        """Put a screen into the table; it is made when it is first shown."""
        self._pages.add(entry)
        if entry.in_rail:
            self.rail.add(entry)
        if entry.key:
            run = partial(self.leave_for, entry.id)
            enter = Action(f"page_{entry.id}", entry.word, entry.key, run, needs=entry.needs)
            self.shortcuts.bind([enter])

    def prepare_page(self, page_id: str) -> None:
        """Make a screen ahead; it takes its place in the window when it is needed."""
        self._pages.make(page_id)

    def page(self, page_id: str) -> Page:
        """The screen of that id, made now if it was never needed; KeyError for an unknown one."""
        page = self._pages.make(page_id)
        if self._stack.take_in(page):
            page.title_changed.connect(self._show_title)
            page.keys_changed.connect(self._show_keys)
            self.shortcuts.bind(page.own_actions(), page_id)
            page.compact_changed(self.is_compact)
        return page

    @property
    def current_page(self) -> Page | None:
        """The screen in front."""
        return self._pages.current

    @property
    def current_page_id(self) -> str:
        """Its id, "" before the first."""
        return self._pages.current_id

    def is_in_front(self, page: QWidget) -> bool:
        """Whether this screen is the one that is shown."""
        return self._pages.current is page

    def show_page(self, page_id: str, payload: object = None) -> Page:
        """Bring a screen to the front; it gets `payload` in `activated`.

        One that whoever works here may not open stays away, and the key bar says so.
        """
        before = self.current_page
        if before is not None and not self.may(self._pages.needs(page_id)):
            self._say_refused()
            return before
        page = self.page(page_id)
        if before is not None and before is not page:
            self._undoing.dismiss()
            before.remember_focus()
            before.deactivated()
        self._pages.go_to(page_id)
        self._stack.bring_up(page)
        self.rail.show_current(self._pages.marked(page_id))
        self.shortcuts.enter_page(page_id)
        page.activated(payload)
        page.restore_focus()
        self.show_state()
        return page

    def back(self) -> bool:
        """Return to the screen before; False on the first."""
        before = self._pages.before_id
        if before:
            self.show_page(before)
        return bool(before)

    def leave_for(self, page_id: str, payload: object = None) -> None:
        """Bring a screen to the front over nothing: what lies over the present one is closed."""
        self._front.close_keys()
        self._sheet.close_sheet()
        self.show_page(page_id, payload)

    @property
    def first_page_id(self) -> str:
        """The first screen of the rail that whoever works here may open, "" if there is none."""
        return self._pages.first(self.may)

    # who works here

    def may(self, permission: Permission | None) -> bool:
        """Whether whoever works here may do this."""
        return permission is None or self.who().may(permission)

    def _say_refused(self) -> None:
        words = self.tr("{name} may not do this. Ask a manager.")
        self.notices.status(words.format(name=self.who().shown), "warning", seconds=6.0)

    # the customer at the counter

    def set_counter(self, customer: CounterCustomer | None) -> None:
        """Somebody else came to the counter, or nobody is there any more."""
        self.counter = customer
        self._show_title()
        self.counter_changed.emit(customer)

    # sheet, list of keys, search, messages

    def open_sheet(self, title: str, content: QWidget) -> None:
        """Show details over the right edge; the sheet owns `content` and frees it when it closes."""
        self._sheet.open_with(title, content)

    def close_sheet(self) -> None:
        """Close the side sheet, if one is open."""
        self._sheet.close_sheet()

    @property
    def sheet_content(self) -> QWidget | None:
        """What the side sheet shows, None while it is closed."""
        return self._sheet.content

    @property
    def in_front(self) -> QWidget | None:
        """What lies over the page and gets the keys first: the list of keys, a question, the side sheet."""
        return self._front.top()

    def _say_covered(self) -> None:
        self.notices.status(self.tr("Close what lies in front first (Esc)"), "warning", seconds=4.0)

    def set_search_provider(self, provider: "Provider") -> None:
        """Who answers "search everything": see `SearchEverything`."""
        self._provider = provider

    def open_search(self) -> None:
        """Open "search everything"."""
        if self._provider is None:
            return
        if self._search is None:
            from posapp.ui.window.search_everything import SearchEverything

            self._search = SearchEverything(self, self._provider)
        self._search.open_over(self)

    def forget_search(self) -> None:
        """What was typed there is nobody else's."""
        if self._search is not None:
            self._search.deleteLater()
            self._search = None

    def toggle_overlay(self) -> None:
        """Show or hide all keys of this screen."""
        word = self._pages.word(self._pages.current_id)
        self._front.toggle_keys(word, self.shortcuts.listed(), self.key_bar.keys())

    def show_messages(self) -> None:
        """Open the list of the last messages above the key bar."""
        from posapp.ui.window.message_list import MessageList

        listed = MessageList(self.notices, self)
        listed.open_at(self.key_bar.mapToGlobal(QPoint(self.theme.px(12), -self.theme.px(6))))

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def escape(self) -> None:
        """Close the innermost thing: list of keys, sheet, whatever the page has open, the page itself."""
        if self._front.close_keys() or self._undoing.close():
            return
        if self._sheet.content is not None:
            self._sheet.close_sheet()
        elif self.current_page is not None and not self.current_page.escape():
            self.back()

    def _sheet_closed(self, has_focus: bool) -> None:
        if self.current_page is not None and not has_focus:
            self.current_page.restore_focus()
        self._show_keys()

    def _choose(self, number: int) -> None:
        """The nth choice of what is in front, else of the page."""
        front = self.in_front
        if front is not None:
            choose_in(front, number)
        elif self.current_page is not None:
            self.current_page.choose(number)

    def beside(self, kind: type[Part]) -> Part | None:
        """What the window has one of beside its screens: the scanner, the watch over papers."""
        return self.findChild(kind)

    # trouble

    def set_read_only(self, sentence: str = "") -> None:
        """A sentence makes every screen read-only and stands above all; "" ends it."""
        if sentence:
            self.notices.raise_notice(sentence, region="database")
        else:
            self.notices.withdraw("database")
        if self.is_read_only != bool(sentence):
            self.is_read_only = bool(sentence)
            self.read_only_changed.emit(self.is_read_only)

    # size, look, focus, end

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows lose key hints, wide ones get a wider rail."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width() * 100 / self.theme.scale
        is_compact = width < COMPACT_BELOW
        self.rail.set_size_class("compact" if is_compact else "wide" if width >= WIDE_FROM else "normal")
        self.top_bar.set_compact(is_compact)
        self.key_bar.set_most(5 if is_compact else 99)
        if is_compact != self.is_compact:
            self.is_compact = is_compact
            for page in self._pages:
                page.compact_changed(is_compact)

    def _restyle(self) -> None:
        self.top_bar.setFixedHeight(self.theme.px(56))
        self.key_bar.setFixedHeight(self.theme.px(32))
        self._fit()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_keys()

    def show_state(self) -> None:
        """Title and keys as they are now."""
        self._show_title()
        self._show_keys()

    def _show_title(self) -> None:
        page = self.current_page
        if page is None:
            return
        self.top_bar.show_title(page.title(), page.subtitle())
        self.top_bar.show_waiting(page.beside_title())
        self.top_bar.chip.show_customer(None if page.shows_customer else self.counter)
        self.top_bar.search.setVisible(self._provider is not None and not page.shows_search)

    def _show_keys(self) -> None:
        if self.current_page is not None:
            self.key_bar.show_keys([*self.current_page.keys(), *bar([self._all_keys])])

    def changeEvent(self, event: QEvent) -> None:
        """A window that is activated with the focus on nothing gives it to the page.

        Qt says so before it gives the focus back to where it was, which is known by then.
        """
        super().changeEvent(event)
        if event.type() != QEvent.Type.ActivationChange or not self.isActiveWindow() or focused() is not None:
            return
        kept: QWidget | None = self.focusWidget()
        if kept is None or not kept.isVisible():
            self.locking.restore_focus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell everybody, then wait for what was given to the lanes."""
        self.closing.emit()
        self.closed.emit(self.lanes.close())
        super().closeEvent(event)
