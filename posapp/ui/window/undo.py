"""What can be taken back and done again: the last 20 steps of whoever works at this till.

A step carries two pieces of work, back and forth. Each gets a `Turn` and tells it how it went, since the
desks answer later. A step of a record keeps the version that it left behind, and both ways ask for it
(`posapp.ui.own_writes` follows what this window did since): a record that another till changed is refused by
its desk, never forced.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

KEPT = 20


class Turn:
    """How taking back, or doing again, went: `done` or `failed` is called once."""

    def __init__(self, done: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        self._done, self._failed = done, failed
        self._is_over = False

    def done(self, *_answer: object) -> None:
        """It is as it was wanted; what a desk answered does not matter."""
        if not self._is_over:
            self._is_over = True
            self._done()

    def failed(self, error: Exception) -> None:
        """It was refused: the step cannot be taken back any more."""
        if not self._is_over:
            self._is_over = True
            self._failed(error)


Work = Callable[[Turn], object]


def at_once(work: Callable[[], object]) -> Work:
    """Work that asks nobody, such as putting a line back into a form."""

    def run(turn: Turn) -> None:
        work()
        turn.done()

    return run


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """A step: what it says, the ways back and forth (None: cannot be done again), and where it was made."""

    text: str
    undo: Work
    redo: Work | None
    page: str = ""
    customers: frozenset[int | None] = frozenset({None})
    """Who stood at the counter, and whom it is about."""


class Steps:
    """Both lists. A new step empties the list of those that can be done again."""

    def __init__(self) -> None:
        self._back: deque[Done] = deque(maxlen=KEPT)
        self._forth: deque[Done] = deque(maxlen=KEPT)
        self.is_turning = False
        """Whether a step is on its way back or forth: the next one waits for it."""

    def push(self, step: Done) -> None:
        """Something was done."""
        self._back.append(step)
        self._forth.clear()
        self.is_turning = False

    def forget(self) -> None:
        """Somebody else works here now, or with another database."""
        self._back.clear()
        self._forth.clear()

    @property
    def last(self) -> Done | None:
        """What would be taken back."""
        return self._back[-1] if self._back else None

    @property
    def next(self) -> Done | None:
        """What would be done again."""
        return self._forth[-1] if self._forth else None

    def take_back(self, step: Done, ended: Callable[[Done, Exception | None], object]) -> bool:
        """Go back by this step; False if it was taken back before, or another one is on its way."""
        if step not in self._back or self.is_turning:
            return False
        self._back.remove(step)
        self._turn(step, step.undo, self._forth if step.redo is not None else None, ended)
        return True

    def do_again(self, ended: Callable[[Done, Exception | None], object]) -> bool:
        """Do again what was taken back last."""
        step = self.next
        if step is None or step.redo is None or self.is_turning:
            return False
        self._forth.pop()
        self._turn(step, step.redo, self._back, ended)
        return True

    def _turn(
        self,
        step: Done,
        work: Work,
        goes_to: deque[Done] | None,
        ended: Callable[[Done, Exception | None], object],
    ) -> None:
        def done() -> None:
            self.is_turning = False
            if goes_to is not None:
                goes_to.append(step)
            ended(step, None)

        def failed(error: Exception) -> None:
            self.is_turning = False
            ended(step, error)

        self.is_turning = True
        work(Turn(done, failed))
