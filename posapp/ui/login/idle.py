"""How long nobody has touched key, mouse or screen, in whatever window of the program."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

LOOK_MS = 5000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)
_BOOT = getattr(time, "CLOCK_BOOTTIME", None)


def _seconds() -> float:
    """A clock that nobody can set; where there is one, it goes on while the computer sleeps."""
    return time.monotonic() if _BOOT is None else time.clock_gettime(_BOOT)


class Idle(QObject):
    """Emits `passed` once the minutes are over. It sits where input comes in: on the system's windows."""

    passed = Signal()

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        """`minutes` is asked each time; 0 is never."""
        super().__init__(parent)
        self._minutes = minutes
        self.seconds = _seconds
        """The clock."""
        self._touched = self.seconds()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Somebody is here: count from now."""
        self._touched = self.seconds()
        self._watch()
        self._timer.start()

    def stop(self) -> None:
        """Nobody is signed in: nothing is counted."""
        self._timer.stop()

    def look(self) -> None:
        """Tell it if the time is over; and watch the windows that came meanwhile."""
        self._watch()
        minutes = self._minutes()
        if minutes and self.seconds() - self._touched >= minutes * 60:
            self._touched = self.seconds()
            self.passed.emit()

    def _watch(self) -> None:
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is here."""
        if event.type() in _TOUCHES:
            self._touched = self.seconds()
        return False
