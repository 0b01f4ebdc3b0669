"""The window of the kiosk: one page at a time over the whole screen, and a bar that runs out.

There is no way from here to anything else of the computer: keys that lead out do nothing, closing is refused
until somebody of the shop has confirmed it, and whatever somebody typed or looked at is forgotten when they
are done, or when nobody has touched anything for a minute.
"""

import logging

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from posapp.ui.focus_filter import application
from posapp.ui.kiosk.arrival import ArrivalPage
from posapp.ui.kiosk.booking import BookingPage
from posapp.ui.kiosk.frame import KioskPage
from posapp.ui.kiosk.history import HistoryPage
from posapp.ui.kiosk.leaving import LeavingPage
from posapp.ui.kiosk.me import MePage
from posapp.ui.kiosk.order import OrderPage
from posapp.ui.kiosk.pads import BACK
from posapp.ui.kiosk.parts import MARGIN, Head, IdleBar
from posapp.ui.kiosk.presenter import KioskPresenter
from posapp.ui.kiosk.sign_in import SignInPage
from posapp.ui.kiosk.thanks import ThanksPage
from posapp.ui.layout import held, rows, wide

log = logging.getLogger(__name__)
IDLE_SECONDS = 60
START = "start"
_TOUCHES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.KeyPress,
    QEvent.Type.Wheel,
)
_HELD = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_LEAVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class KioskWindow(QWidget):
    """Owns its presenter and its pages; `end` closes it for good."""

    def __init__(self, presenter: KioskPresenter) -> None:
        super().__init__()
        self.presenter = presenter
        self._may_close = False
        self.left = IDLE_SECONDS
        place = presenter.place
        self.setWindowTitle(place.business.name)
        self.setMinimumSize(1024, 720)
        self.setObjectName("kiosk")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(False)
        self.head, self.bar = Head(place.business.name, presenter.wording), IdleBar()
        stays = self.bar.sizePolicy()
        stays.setRetainSizeWhenHidden(True)  # what stands above keeps its place
        self.bar.setSizePolicy(stays)
        self.pages: dict[str, KioskPage] = {
            START: SignInPage(presenter),
            "arrive": ArrivalPage(presenter),
            "me": MePage(presenter),
            "booking": BookingPage(presenter),
            "order": OrderPage(presenter),
            "history": HistoryPage(presenter),
            "thanks": ThanksPage(),
            "leave": LeavingPage(presenter),
        }
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
            page.wanted.connect(self.go)
            page.done.connect(self.start_again)
        foot = rows(self.bar, pad=(MARGIN, 28, MARGIN, 12))
        rows(self.head, wide(self._stack), held(foot), gap=0, host=self)
        self.head.mark.held.connect(self.ask_to_leave)
        leave = self.pages["leave"]
        assert isinstance(leave, LeavingPage)
        leave.confirmed.connect(self.end)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.tick)
        self._tick.start()
        application().installEventFilter(self)
        self.start_again()

    # -- where somebody is ---------------------------------------------------------------------------
    @property
    def page(self) -> KioskPage:
        """The page in front."""
        found = self._stack.currentWidget()
        assert isinstance(found, KioskPage)
        return found

    @property
    def page_id(self) -> str:
        """What it is called."""
        return next(name for name, one in self.pages.items() if one is self.page)

    def go(self, name: str) -> None:
        """Show a page; after a word of thanks nobody is signed in any more."""
        if name == "thanks":
            self._forget_all()
        self._stack.setCurrentWidget(self.pages[name])
        self.touched()
        self.page.opened()

    def start_again(self) -> None:
        """Whoever was here is gone, and so is all of it."""
        self._forget_all()
        self._stack.setCurrentWidget(self.pages[START])
        self.touched()

    def _forget_all(self) -> None:
        self.presenter.forget()
        for page in self.pages.values():
            page.forget()

    def went_wrong(self) -> None:
        """Something failed that nobody expected: begin anew, and say so calmly."""
        self.start_again()
        self.page.say(self.tr("Something went wrong. Ask at the counter."))

    # -- time ----------------------------------------------------------------------------------------
    def touched(self) -> None:
        """Somebody is here."""
        self.left = IDLE_SECONDS
        self._show_left()

    def tick(self) -> None:
        """A second later."""
        self.head.tell_time()
        self.left = max(0, self.left - 1)
        if not self.left:
            self.start_again()
        self._show_left()

    def _show_left(self) -> None:
        self.bar.setVisible(self.page_id != START)
        self.bar.show_left(self.left, IDLE_SECONDS)

    # -- keys, and the way out -----------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch and key counts; keys that lead out are swallowed, others are typed into the page."""
        if event.type() in _TOUCHES:
            self.touched()
        if event.type() == QEvent.Type.ContextMenu:
            return True
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut):
            event.accept()
            return event.type() == QEvent.Type.Shortcut
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.windowHandle() or not isinstance(watched, QWidget):
                return False  # it comes once more, to the widget
            self._key(event)
            return True
        return event.type() == QEvent.Type.KeyRelease and isinstance(watched, QWidget)

    def _key(self, event: QKeyEvent) -> None:
        held_keys = event.modifiers() & _HELD
        if held_keys == _LEAVE and event.key() == Qt.Key.Key_Q:
            self.ask_to_leave()
        elif held_keys:
            return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.page.enter()
        elif event.key() == Qt.Key.Key_Tab:
            self.page.next_line()
        elif event.key() == Qt.Key.Key_Backspace:
            self.page.take(BACK)
        elif event.text().isprintable() and event.text():
            self.page.take(event.text())

    def ask_to_leave(self) -> None:
        """Somebody of the shop wants out: whoever was signed in is not any more."""
        self._forget_all()
        self.go("leave")

    def end(self) -> None:
        """Close for good: confirmed by the shop, or asked for by the system."""
        self._may_close = True
        self._tick.stop()
        application().removeEventFilter(self)
        self.close()
        QApplication.quit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refused until somebody of the shop has confirmed it."""
        if self._may_close:
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Neither small nor away: what took it off the whole screen is undone."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and not self._may_close and self.isMinimized():
            self.showFullScreen()
