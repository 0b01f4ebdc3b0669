"""Which customers of a list are chosen, however many there are. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Chosen:
    """Keys of customers; where all are chosen, `keys` are those that are not."""

    keys: set[int] = field(default_factory=set)
    is_all: bool = False

    def __contains__(self, key: int) -> bool:
        """Whether this customer is chosen."""
        return (key in self.keys) != self.is_all

    def count(self, listed: int) -> int:
        """How many are chosen of a list of so many."""
        return max(listed - len(self.keys), 0) if self.is_all else len(self.keys)

    def toggle(self, key: int) -> None:
        """Choose one who is not, or let go one who is."""
        self.keys ^= {key}

    def add(self, keys: Iterable[int]) -> None:
        """These, too."""
        if self.is_all:
            self.keys.difference_update(keys)
        else:
            self.keys.update(keys)

    def choose_all(self) -> None:
        """Everybody of the list."""
        self.keys.clear()
        self.is_all = True

    def clear(self) -> None:
        """Nobody."""
        self.keys.clear()
        self.is_all = False

    def copy(self) -> "Chosen":
        """As it is now."""
        return Chosen(set(self.keys), self.is_all)
