"""Versions of records that this window wrote itself, so that its own save never counts as somebody else's.

A form says with each write which version it showed. A second write may be asked for before the answer to
the first one is shown; then it still names the version of before. What this window made of that version is
looked up here, on the lane that writes, in the order of the writes. A change of another till makes a version
that nobody noted here, so it is noticed as ever.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar

from posapp.domain.base.errors import DomainError

T = TypeVar("T")


class OwnWrites:
    """Used on the database lane only. A record is named by anything that can be a key."""

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, int], int] = {}

    def write(
        self,
        record: Hashable,
        seen: int,
        work: Callable[[int | None], T],
        version: Callable[[T], int],
        *,
        always: bool = False,
    ) -> T:
        """Call `work` with the version that the desk has to find; `version` reads the new one of its answer.

        `seen` is the version that the form showed. What is to be done `always` (an undo, a step that is right
        in any case) is done even if another till changed the record since; their change is then not taken
        for our own.
        """
        now = self._now(record, seen)
        try:
            made = work(now)
        except DomainError as error:
            if not always or error.code != "changed_elsewhere":
                raise
            return work(None)
        if version(made) > now:
            self._made[record, now] = version(made)
        return made

    def _now(self, record: Hashable, version: int) -> int:
        while (after := self._made.get((record, version))) is not None:
            version = after
        return version
