"""How much an import, or its undo, writes at a time beside a working shop."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

MOST_ROWS = 5_000
"""Rows of one portion."""
FIRST, SECONDS = 200, 0.06
"""The size of the first portion; so long one may keep the lock, near enough."""
_LEAST = 20


class Pace:
    """How large the next portion is, so that none keeps the lock for long."""

    def __init__(self) -> None:
        self.size = FIRST
        self._seconds = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """What the block takes."""
        begun = monotonic()
        yield
        self._seconds = monotonic() - begun

    def wrote(self, rows: int) -> None:
        """The last portion had so many rows."""
        wanted = int(self.size * SECONDS / max(self._seconds, 0.001))
        most = self.size * MOST_ROWS // max(rows, 1)
        self.size = max(_LEAST, min(2 * self.size, wanted, most, MOST_ROWS))
