"""Work that belongs to the thread of the window, wherever it is asked for.

A library that may be used from one thread only (Qt with its fonts) is called through `on_window_thread`. A
thread that a window keeps beside its own says with `hand_over_to` who does such work for it; everywhere
else (the command line, child processes) it is done at once, by whoever asks.
"""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Caller(Protocol):
    """Has a piece of work done on another thread, waits for it, and gives its result or raises its error."""

    def __call__(self, work: Callable[[], T], /) -> T: ...


class _Known(threading.local):
    call: Caller | None = None


_known = _Known()


def hand_over_to(call: Caller) -> None:
    """From now on `call` does what this thread must not do itself."""
    _known.call = call


def on_window_thread(work: Callable[[], T]) -> T:
    """The result of `work`, done where it may be done; may raise what `work` or the caller raises."""
    return work() if _known.call is None else _known.call(work)
