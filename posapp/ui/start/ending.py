"""The system asks the program to end: by a signal, or because somebody logs out.

The window then closes as it does by Alt+F4: what is half typed is kept, and what was given to the lanes is
finished.
"""

import os
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")


class Ending(QObject):
    """Closes the window when the program is to end. A signal wakes the loop of events through a socket."""

    def __init__(
        self, app: QGuiApplication, window: QWidget, close: Callable[[], object] | None = None
    ) -> None:
        """`close` closes a window that refuses to be closed by whoever stands before it."""
        super().__init__(app)
        self._end = close or window.close
        app.commitDataRequest.connect(lambda _manager: self._end())
        if os.name == "nt":  # there a session that ends is told above, and there are no signals
            return
        self._heard, self._said = socket.socketpair()
        for end in (self._heard, self._said):
            end.setblocking(False)
        signal.set_wakeup_fd(self._said.fileno(), warn_on_full_buffer=False)
        for name in SIGNALS:
            signal.signal(getattr(signal, name), lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._asked)

    def watch(self, window: QWidget) -> None:
        """Close this window from now on."""
        self._end = window.close

    def _asked(self) -> None:
        self._heard.recv(64)
        self._end()
