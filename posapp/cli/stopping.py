"""How a long command is stopped so that it can tidy up."""

import signal
from types import FrameType


class Stop:
    """Turns Ctrl+C and a request to end into a wish that the work looks at, so that it can tidy up."""

    def __init__(self) -> None:
        self.is_wanted = False

    def __enter__(self) -> "Stop":
        self._before = {one: signal.signal(one, self._ask) for one in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_error: object) -> None:
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_wanted = True
