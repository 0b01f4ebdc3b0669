"""The shell: rail, top bar, pages and key bar, and everything that any page may ask the window for.

Pages are made when they are first shown. Before the first frame nothing but Qt and the standard
library is needed.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from posapp.ui.actions import KeyWord
from posapp.ui.background import Lanes
from posapp.ui.focus_filter import application, focused
from posapp.ui.navigation import Page, PageEntry, choose_in
from posapp.ui.notices import Message, Notices, Step
from posapp.ui.scanner_fields import editor_of
from posapp.ui.shortcuts import Shortcuts, can_turn_text
from posapp.ui.theme import Theme
from posapp.ui.widgets.focus_ring import FocusRing
from posapp.ui.widgets.key_bar import KeyBar
from posapp.ui.widgets.messages import NoticeBar, SideSheet, Toast
from posapp.ui.widgets.nav_rail import NavRail
from posapp.ui.widgets.progress import ProgressLine
from posapp.ui.widgets.top_bar import AtCounter, TopBar

if TYPE_CHECKING:
    from posapp.ui.widgets.ask_bar import AskBar
    from posapp.ui.widgets.key_overlay import KeyOverlay
    from posapp.ui.widgets.search_everything import Provider, SearchEverything

SMALLEST = (1024, 720)
COMPACT_BELOW, WIDE_FROM = 1280, 1900
_REGIONS = ("database", "window", "upkeep")
"""Notices that stand above all screens, the gravest first."""


class MainWindow(QMainWindow):
    """The window of a till.

    For pages: `show_page`, `back`, `counter` and `set_counter`, `open_sheet`, `notices`, `shortcuts`,
    `lanes`, `loading`, `is_read_only`, `theme`.
    """

    counter_changed = Signal(object)  # the customer at the counter, or None
    read_only_changed = Signal(bool)
    page_changed = Signal(str)
    compact_changed = Signal(bool)
    closing = Signal()
    closed = Signal(bool)  # whether the lanes have ended

    def __init__(self, theme: Theme, *, till: str = "", shop: str = "", lanes: Lanes | None = None) -> None:
        super().__init__()
        self.theme = theme
        self.lanes = lanes or Lanes(parent=self)
        self.notices = Notices(self)
        self.shortcuts = Shortcuts(self)
        self._entries: dict[str, PageEntry] = {}
        self._pages: dict[str, Page] = {}
        self._trail: list[str] = []
        self._counter: AtCounter | None = None
        self._is_compact = False
        self._is_read_only = False
        self._raised: dict[str, Message] = {}
        self._before_close: Callable[[], bool] | None = None
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._bind()
        self.set_shop(shop)
        self.top_bar.till.show_state(till)

    # what is where

    def _build(self) -> None:
        self.rail, self.top_bar, self.key_bar = NavRail(), TopBar(), KeyBar()
        self.loading = ProgressLine()
        self._notice = NoticeBar()
        self._stack = QStackedWidget()
        self._work = QWidget()
        column = QVBoxLayout(self._work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.loading, self._notice):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        central = QWidget()
        grid = QGridLayout(central)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 3, 1)
        grid.addWidget(self.top_bar, 0, 1)
        grid.addWidget(self._work, 1, 1)
        grid.addWidget(self.key_bar, 2, 1)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(central)
        self._sheet = SideSheet(self._work)
        self._toast = Toast(self.key_bar, end=self.key_bar.states_start)
        self._toast.placed.connect(self.key_bar.make_room)
        self._ring = FocusRing(self)
        self._overlay: KeyOverlay | None = None
        self._search: SearchEverything | None = None
        self._ask: AskBar | None = None
        self._provider: Provider | None = None

    def _bind(self) -> None:
        self.rail.chosen.connect(self._enter)
        self.top_bar.chip.opened.connect(self._open_first_page)
        self.top_bar.chip.released.connect(lambda: self.set_counter(None))
        self.top_bar.search.clicked.connect(self.open_search)
        self.key_bar.messages_asked.connect(self.show_messages)
        self.notices.toasted.connect(self._toast.show_message)
        self.notices.toast_over.connect(self._toast.hide)
        self.notices.status_said.connect(self.key_bar.show_message)
        self.notices.notice_raised.connect(self._show_notice)
        self.notices.notice_withdrawn.connect(self._hide_notice)
        self._sheet.closed.connect(self._sheet_closed)
        self.theme.changed.connect(self._restyle)
        application().focusChanged.connect(self._focus_moved)
        add = self.shortcuts.add
        add("keys", self.tr("All keys"), "F1", self.toggle_overlay)
        add("search", self.tr("Search everything"), "Ctrl+K", self.open_search)
        add("full_screen", self.tr("Full screen"), "F11", self.toggle_full_screen)
        add("undo", self.tr("Undo"), "Ctrl+Z", self._undo)
        add("redo", self.tr("Do again"), ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo)
        self.shortcuts.in_front = lambda: self.in_front
        self.shortcuts.covered.connect(self._say_covered)
        self.notices.where = lambda: (self.current_page_id, getattr(self._counter, "id", None))
        add("messages", self.tr("Last messages"), "Ctrl+M", self.show_messages)
        add("escape", self.tr("Close, then go back"), "Esc", self.escape)
        for number in range(1, 10):
            add(f"choice_{number}", "", f"Alt+{number}", partial(self._choose, number))

    def set_shop(self, name: str) -> None:
        """The name of the shop: title of the window and mark in the rail."""
        self.setWindowTitle(f"{name} · posapp" if name else "posapp")
        self.rail.mark.set_name(name)

    # pages

    def add_page(self, entry: PageEntry) -> None:
        """Put a screen into the table; it is made when it is first shown."""
        self._entries[entry.id] = entry
        if entry.in_rail:
            self.rail.add(entry)
        if entry.key:
            self.shortcuts.add(f"page_{entry.id}", entry.word, entry.key, lambda: self._enter(entry.id))

    def page(self, page_id: str) -> Page:
        """The screen of that id, made now if it was never needed; KeyError for an unknown one."""
        if page_id not in self._pages:
            page = self._entries[page_id].make()
            page.shell = self
            self._pages[page_id] = page
            self._stack.addWidget(page)
            page.title_changed.connect(self._show_title)
            page.keys_changed.connect(self._show_keys)
            self.shortcuts.bind(page.own_actions(), page_id)
            page.entered()
            page.compact_changed(self._is_compact)
        return self._pages[page_id]

    @property
    def current_page(self) -> Page | None:
        """The screen in front."""
        return self._pages.get(self._trail[-1]) if self._trail else None

    @property
    def current_page_id(self) -> str:
        """Its id, "" before the first."""
        return self._trail[-1] if self._trail else ""

    def show_page(self, page_id: str, payload: object = None) -> Page:
        """Bring a screen to the front; it gets `payload` in `activated`."""
        page, before = self.page(page_id), self.current_page
        if before is not None and before is not page:
            if self._ask is not None:
                self._ask.dismiss()
            before.remember_focus()
            before.deactivated()
        self._remember(page_id)
        self._stack.setCurrentWidget(page)
        self.rail.show_current(page_id)
        self.shortcuts.enter_page(page_id)
        page.activated(payload)
        page.restore_focus()
        self._show_title()
        self._show_keys()
        self.page_changed.emit(page_id)
        return page

    def back(self) -> bool:
        """Return to the screen before; False on the first."""
        if len(self._trail) < 2:
            return False
        self.show_page(self._trail[-2])
        return True

    def _remember(self, page_id: str) -> None:
        if self._entries[page_id].in_rail:
            self._trail = [page_id]
        elif page_id in self._trail:
            self._trail = self._trail[: self._trail.index(page_id) + 1]
        else:
            self._trail.append(page_id)

    def leave_for(self, page_id: str, payload: object = None) -> None:
        """Bring a screen to the front over nothing: what lies over the present one is closed."""
        if self._overlay is not None and self._overlay.isVisible():
            self._overlay.close_overlay()
        self._sheet.close_sheet()
        self.show_page(page_id, payload)

    def _enter(self, page_id: str) -> None:
        self.leave_for(page_id)

    def _open_first_page(self) -> None:
        if self._entries:
            self._enter(next(iter(self._entries)))

    # the customer at the counter

    @property
    def counter(self) -> AtCounter | None:
        """Who stands at the counter; every screen asks here and never the clerk again."""
        return self._counter

    def set_counter(self, customer: AtCounter | None) -> None:
        """Somebody else came to the counter, or nobody is there any more."""
        self._counter = customer
        self._show_title()
        self.counter_changed.emit(customer)

    # sheet, overlay, search, messages

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
        from posapp.ui.widgets.ask_bar import AskBar

        if self._overlay is not None and self._overlay.isVisible():
            return self._overlay
        asked = AskBar.open_in(self)
        return asked[0] if asked else self._sheet.content

    def _say_covered(self) -> None:
        self.notices.status(self.tr("Close what lies in front first (Esc)"), "warning", seconds=4.0)

    def set_search_provider(self, provider: "Provider") -> None:
        """Who answers "search everything": see `SearchEverything`."""
        self._provider = provider
        if self._search is not None:
            self._search.set_provider(provider)

    def open_search(self) -> None:
        """Open "search everything"."""
        if self._provider is None:
            return
        if self._search is None:
            from posapp.ui.widgets.search_everything import SearchEverything

            self._search = SearchEverything(self)
            self._search.set_provider(self._provider)
        self._search.open_over(self)

    def toggle_overlay(self) -> None:
        """Show or hide all keys of this screen."""
        if self._overlay is None:
            from posapp.ui.widgets.key_overlay import KeyOverlay

            self._overlay = KeyOverlay(self)
        if self._overlay.isVisible():
            self._overlay.close_overlay()
        else:
            word = self._entries[self.current_page_id].word if self._trail else ""
            self._overlay.open_with(word, self.shortcuts.listed(), self.key_bar.keys())

    def show_messages(self) -> None:
        """Open the list of the last messages above the key bar."""
        from posapp.ui.widgets.message_list import MessageList

        listed = MessageList(self.notices, self)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.open_at(self.key_bar.mapToGlobal(QPoint(self.theme.px(12), -self.theme.px(6))))

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def escape(self) -> None:
        """Close the innermost thing: overlay, sheet, whatever the page has open, the page itself."""
        if self._overlay is not None and self._overlay.isVisible():
            self._overlay.close_overlay()
        elif self._ask is not None and self._ask.close_bar():
            return
        elif self._sheet.content is not None:
            self._sheet.close_sheet()
        elif self.current_page is not None and not self.current_page.escape():
            self.back()

    def _sheet_closed(self, has_focus: bool) -> None:
        if self.current_page is not None and not has_focus:
            self.current_page.restore_focus()

    def _undo(self) -> None:
        """First what is asked or in the air, then the last step; one of elsewhere only after a question."""
        if self._close_question():
            return
        if self.notices.steps.is_turning:
            self.notices.status(self.tr("One moment"))
        elif self.notices.belongs_elsewhere():
            self._ask_to_undo()
        elif not self.notices.undo_last():
            self.notices.status(self.tr("Nothing to undo"))

    def _redo(self) -> None:
        if self._close_question():
            return
        field = focused()
        if field is not None and can_turn_text(field, is_redo=True):
            editor = editor_of(field)
            assert editor is not None
            editor.redo()
        elif not self.notices.redo_last():
            self.notices.status(self.tr("Nothing to do again"))

    def _close_question(self) -> bool:
        """Close the keys, a question, or put back what is being moved; nothing else is done then."""
        if self._overlay is not None and self._overlay.isVisible():
            self._overlay.close_overlay()
            return True
        from posapp.ui.widgets.ask_bar import AskBar

        is_closed = any(bar.close_bar() for bar in AskBar.open_in(self))
        page = self.current_page
        return is_closed or (page is not None and page.close_question())

    def _ask_to_undo(self) -> None:
        """The last step was made elsewhere: name it and its place; the safe answer has the focus."""
        from posapp.ui.widgets.ask_bar import AskBar

        last = self.notices.steps.last
        assert last is not None
        if self._ask is None:
            self._ask = AskBar(self._work)
        page, _ = self.notices.where()
        words = self.tr("Take back “{what}”? It was done for another customer.")
        if last.page != page:
            words = self.tr("Take back “{what}”? It was done on the screen {screen}.")
        screen = self._entries[last.page].word if last.page in self._entries else ""
        ask = self._ask
        self._toast.hide()  # it offers the same as the question

        def take_back() -> None:
            ask.settle()
            if self.notices.steps.last is last:
                self.notices.undo_last()

        ask.say(
            words.format(what=last.text, screen=screen),
            (Step(self.tr("Take it back"), take_back),),
            tone="info",
            is_safe=True,
        )

    def _choose(self, number: int) -> None:
        """The nth choice of what is in front, else of the page."""
        front = self.in_front
        if front is not None:
            choose_in(front, number)
        elif self.current_page is not None:
            self.current_page.choose(number)

    # trouble

    @property
    def is_read_only(self) -> bool:
        """Whether screens only show because the database does not answer."""
        return self._is_read_only

    def set_read_only(self, sentence: str = "") -> None:
        """A sentence makes every screen read-only and stands above all; "" ends it."""
        if sentence:
            self.notices.raise_notice(sentence, region="database")
        else:
            self.notices.withdraw("database")
        if self._is_read_only != bool(sentence):
            self._is_read_only = bool(sentence)
            self.read_only_changed.emit(self._is_read_only)

    def _show_notice(self, message: Message) -> None:
        if message.region in _REGIONS:
            self._raised[message.region] = message
            self._show_gravest()

    def _hide_notice(self, region: str) -> None:
        if self._raised.pop(region, None) is not None:
            self._show_gravest()

    def _show_gravest(self) -> None:
        """One bar for what concerns the whole window: the gravest first, the others when that is over."""
        message = next((self._raised[region] for region in _REGIONS if region in self._raised), None)
        if message is None:
            self._notice.hide()
        else:
            self._notice.show_message(message)

    # size, look, focus, end

    @property
    def is_compact(self) -> bool:
        """Whether the window is narrower than 1280 (of the design)."""
        return self._is_compact

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows lose key hints, wide ones get a wider rail."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width() * 100 / self.theme.scale
        is_compact = width < COMPACT_BELOW
        self.rail.set_size_class("compact" if is_compact else "wide" if width >= WIDE_FROM else "normal")
        self.top_bar.search.set_compact(is_compact)
        self.key_bar.set_most(5 if is_compact else 99)
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            for page in self._pages.values():
                page.compact_changed(is_compact)
            self.compact_changed.emit(is_compact)

    def _restyle(self) -> None:
        self.top_bar.setFixedHeight(self.theme.px(56))
        self.key_bar.setFixedHeight(self.theme.px(32))
        self._fit()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_keys()

    def _show_title(self) -> None:
        page = self.current_page
        if page is None:
            return
        self.top_bar.show_title(page.title(), page.subtitle())
        self.top_bar.chip.show_customer(None if page.shows_customer else self._counter)
        self.top_bar.search.setVisible(self._provider is not None and not page.shows_search)

    def _show_keys(self) -> None:
        if self.current_page is not None:
            self.key_bar.show_keys([*self.current_page.keys(), KeyWord("F1", self.tr("All keys"))])

    def changeEvent(self, event: QEvent) -> None:
        """A window that is activated with the focus on nothing gives it to the page."""
        super().changeEvent(event)
        if event.type() != QEvent.Type.ActivationChange or not self.isActiveWindow() or focused() is not None:
            return
        if self.current_page is not None:
            self.current_page.restore_focus()

    def set_before_close(self, ask: Callable[[], bool]) -> None:
        """Ask before the window closes; False keeps it open."""
        self._before_close = ask

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell everybody, then wait for what was given to the lanes."""
        if self._before_close is not None and not self._before_close():
            event.ignore()
            return
        self.closing.emit()
        self.closed.emit(self.lanes.close())
        super().closeEvent(event)
