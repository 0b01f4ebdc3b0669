"""How long nobody may try after wrong PINs, counted down where the window shows it."""

from collections.abc import Iterable
from math import ceil
from time import monotonic


class Waits:
    """By the key of a user. The database says how long; the till's clock of seconds counts it down."""

    def __init__(self) -> None:
        self._until: dict[int | None, float] = {}

    def read(self, waits: Iterable[tuple[int, int]]) -> None:
        """What the database says now."""
        now = monotonic()
        self._until = {user: now + seconds for user, seconds in waits if seconds}

    def begin(self, user: int | None, seconds: int) -> None:
        """One more wrong try."""
        self._until[user] = monotonic() + seconds

    def left(self, user: int | None) -> int:
        """Seconds, 0 for none."""
        return max(0, ceil(self._until.get(user, 0.0) - monotonic()))

    def any(self) -> bool:
        """Whether anything is to be counted down."""
        return any(self.left(user) for user in self._until)
