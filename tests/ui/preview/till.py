"""A till with history and preview in a real window over a real SQLite shop; the clerk has only keys."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.actor import Actor
from posapp.services.base.drafts import Drafts
from posapp.services.desks import Shop
from posapp.till_settings import TillSettings
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.focus_filter import focused
from posapp.ui.history.page import HistoryPage
from posapp.ui.preview.page import PreviewPage
from posapp.ui.preview.print_watch import watch_printing
from posapp.ui.session import Session
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.shell import Shell
from tests.factories import TILL
from tests.ui.other_page import OtherPage

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PATIENCE = 60_000
"""Milliseconds that a printer of the private CUPS may take on a machine that has much else to do."""


@dataclass
class Till:
    """The window as a clerk has it."""

    window: MainWindow
    session: Session
    bot: QtBot

    @property
    def shop(self) -> Shop:
        return self.session.shop

    @property
    def actor(self) -> Actor:
        return self.session.actor

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key stroke on whatever has the focus, and all that follows from it."""
        QTest.keyClick(self.focus, key, modifiers)
        self.quiet()

    def tab_to(self, name: str) -> None:
        """Tab until the part of that name has the focus."""
        been = []
        for _ in range(30):
            been.append(self.focus.accessibleName() or getattr(self.focus, "text", str)())
            if been[-1].startswith(name):
                return
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}, only to {been}")

    @property
    def focus(self) -> QWidget:
        """What has the focus; it is never on nothing."""
        now = focused()
        assert now is not None
        return now

    def quiet(self) -> None:
        """Wait until every lane has answered and every screen has heard of it."""

        def is_quiet() -> bool:
            QCoreApplication.processEvents()
            return not self.window.lanes.is_busy

        self.bot.waitUntil(is_quiet, timeout=PATIENCE)
        self.bot.waitUntil(is_quiet, timeout=PATIENCE)

    def show(self, page: str, payload: object) -> None:
        """Open a page and wait until it is filled."""
        self.window.show_page(page, payload)
        self.quiet()

    @property
    def history(self) -> HistoryPage:
        page = self.window.page("history")
        assert isinstance(page, HistoryPage)
        return page

    @property
    def preview(self) -> PreviewPage:
        page = self.window.page("preview")
        assert isinstance(page, PreviewPage)
        return page

    def opened(self) -> tuple[str, object]:
        """Which page is in front, and what it was shown with."""
        page = self.window.current_page
        return self.window.current_page_id, page.payload if isinstance(page, OtherPage) else None

    def said(self) -> str:
        """The newest message."""
        return self.window.notices.messages()[0].text


def cups(*command: str) -> None:
    """Tell the private CUPS something, as whoever looks after the printer would."""
    path = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])
    program = shutil.which(command[0], path=path) or command[0]
    subprocess.run([program, *command[1:]], check=True, capture_output=True)


def words_on(widget: QWidget) -> str:
    """All that can be read on a widget."""
    labels = [one for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join(one.accessibleName() or one.text() for one in labels)


def open_till(
    look: Theme, shop: Shop, drafts: Path, bot: QtBot, *, size: tuple[int, int] = (1366, 768), **till: Any
) -> Till:
    """A window over an open shop, with all pages; the Desk is in front."""
    window = MainWindow(look, till=TILL, shop="Harbour Lane Repairs")
    bot.addWidget(window)
    feed = ChangeFeed(window)
    feed.listen_to(shop.changes)
    actor = shop.actor(TILL)
    session = Session(
        shop=shop,
        actor=actor,
        till=TillSettings(**{"name": TILL, "receipt_printer": "PDF", "a4_printer": "PDF", **till}),
        drafts=Drafts(drafts, "shop-1"),
        catalogue=shop.businesses.catalogue(actor),
        lanes=window.lanes,
        feed=feed,
        save_till=lambda _till: None,
    )
    window.closing.connect(feed.stop)
    makers: dict[str, Callable[[Shell], Page]] = {
        "desk": OtherPage,
        "calendar": OtherPage,
        "history": lambda shell: HistoryPage(shell, session),
        "preview": lambda shell: PreviewPage(shell, session),
        "ticket": OtherPage,
        "estimate": OtherPage,
        "sell": OtherPage,
    }
    for place, (name, make) in enumerate(makers.items()):
        key = f"F{place + 2}" if make is OtherPage else ""
        window.add_page(PageEntry(name, name.title(), "history", key, make, in_rail=make is OtherPage))
    watch_printing(window, session)
    window.resize(*size)
    window.show_page("desk")
    with bot.waitExposed(window):
        window.show()
    window.activateWindow()
    bot.waitUntil(window.isActiveWindow)
    opened = Till(window, session, bot)
    opened.quiet()
    return opened
