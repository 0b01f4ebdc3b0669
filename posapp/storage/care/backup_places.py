"""The two places of a restore: `Target`, the shop that is replaced, and `Aside`, the copy examined before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from posapp.storage.base.database import Database
from posapp.storage.base.manifests import Facts

Progress = Callable[[int, int], None]
"""Called with what is copied so far and all there is to copy."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What lies where a backup is to go: nothing, a shop that can be read whole, or what is left of one."""

    is_there: bool
    is_whole: bool
    facts: Facts = field(default_factory=Facts)
    """Of a damaged shop what could be read."""


class Target(Protocol):
    """The place of a shop that a restore replaces."""

    @property
    def kept_as(self) -> str | None:
        """Where what is replaced goes, None where there is nothing."""

    def standing(self) -> Standing:
        """What is there now, unchanged; refuses while somebody works with it, and another program's data."""

    def close_off(self) -> None:
        """Let nobody in from here on, as far as the place allows; refuses if somebody is."""

    def put(self, aside: "Aside") -> None:
        """Let the examined copy be the shop."""

    def release(self) -> None:
        """Let everybody in again."""


class Aside(Protocol):
    """A copy beside the shop, which becomes the shop or nothing."""

    def fill(self, file: Path, tell: Progress | None = None, *, digest: str = "") -> None:
        """Fill it from a backup; refuses one whose bytes are not those of `digest`, if there is one."""

    def examine(self) -> Facts:
        """Look at every page and reference and say what is in it; refuses what is not whole."""

    def database(self) -> Database:
        """The copy, opened."""

    def seal(self) -> None:
        """Make it ready to be the shop, safe on the disk; after that nothing is written to it."""

    def tidy(self) -> None:
        """Take away what did not become the shop."""
