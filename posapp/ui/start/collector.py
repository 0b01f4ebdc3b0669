"""Python's collector of cyclic garbage, on the window's thread and when nobody notices.

By itself it runs on whichever thread allocates. On a lane it would free the Python half of a widget that the
window still draws, and its full pass walks every object of the program: 50 ms once the libraries are loaded.
So from the start on it never runs by itself. What stands when the shop is open lives as long as the program
and is left out for good; what is made later is looked through by a timer of the window: young objects
often, all of them while nobody types or points.
"""

import gc
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from posapp.ui.focus_filter import FocusFilter

TICK_MS = 250
_YOUNG = 2000
"""So many objects more than at the last pass are worth one (under 1 ms)."""

_MIDDLE_EVERY = 10
_QUIET_SECONDS = 2.0
_FULL_SECONDS, _LATEST_SECONDS = 20.0, 600.0
"""A full pass comes after so long when it is quiet, and at the latest after so long."""

_INPUT = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchUpdate,
)


def rest() -> None:
    """No collection until a `Collector` is made; what is garbage meanwhile is little."""
    gc.disable()


class Collector(FocusFilter):
    """Collects as long as its window stands. Make it when the shop is open and the first screen is shown."""

    def __init__(
        self, window: QWidget, *, tick_ms: int = TICK_MS, full_seconds: float = _FULL_SECONDS
    ) -> None:
        super().__init__(window)
        gc.disable()
        gc.freeze()
        self._full_seconds = full_seconds
        self._passes = 0
        self._grown = False
        self._input_at = self._full_at = monotonic()
        self._timer = QTimer(self, interval=tick_ms)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody works; swallows nothing."""
        if event.type() in _INPUT:
            self._input_at = monotonic()
        return False

    def _tick(self) -> None:
        now = monotonic()
        if self._grown and self._is_time_for_all(now):
            gc.collect()
            self._full_at, self._grown = monotonic(), False
        elif gc.get_count()[0] >= _YOUNG:
            self._passes += 1
            gc.collect(0 if self._passes % _MIDDLE_EVERY else 1)
            self._grown = True

    def _is_time_for_all(self, now: float) -> bool:
        is_quiet = now - self._input_at >= _QUIET_SECONDS
        since = now - self._full_at
        return since >= _LATEST_SECONDS or (is_quiet and since >= self._full_seconds)
