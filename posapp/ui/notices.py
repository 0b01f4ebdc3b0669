"""What the window has to say, in one place: toasts, notices, messages of the key bar, and what can be undone.

Screens speak to `Notices`; how it is shown is the window's matter. The last 20 messages are kept.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

KEPT = 20
_numbers = count(1)


class Step(NamedTuple):
    """A button of a message."""

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said: `tone` is info, success, warning or danger; `region` says where a notice belongs."""

    text: str
    tone: str = "info"
    steps: tuple[Step, ...] = ()
    seconds: float = 5.0
    region: str = ""
    number: int = field(default_factory=lambda: next(_numbers))
    at: datetime = field(default_factory=lambda: datetime.now().astimezone())


class Notices(QObject):
    """The message centre of a window."""

    toasted = Signal(object)  # Message, for the bottom of the window
    status_said = Signal(object)  # Message, for the key bar
    notice_raised = Signal(object)  # Message, stays until withdrawn
    notice_withdrawn = Signal(str)  # region
    undo_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: deque[Message] = deque(maxlen=KEPT)
        self._undo: deque[Step] = deque(maxlen=KEPT)
        self._notices: dict[str, Message] = {}

    def toast(self, text: str, *, undo: Callable[[], object] | None = None, step: Step | None = None) -> None:
        """Confirm what the user just did. With `undo` the toast stays 10 s and Ctrl+Z takes it back."""
        steps: tuple[Step, ...] = (step,) if step else ()
        if undo is not None:
            entry = Step(text, undo)
            self._undo.append(entry)
            self.undo_changed.emit()
            steps = (*steps, Step(self.tr("Undo"), lambda: self._take_back(entry)))
        message = Message(text, "info", steps, 10.0 if undo is not None else 5.0)
        self._kept.append(message)
        self.toasted.emit(message)

    def status(
        self, text: str, tone: str = "info", *, steps: Sequence[Step] = (), seconds: float = 2.0
    ) -> None:
        """Say something in the key bar for a moment: a scan that was known or not, a print that went out."""
        message = Message(text, tone, tuple(steps), seconds)
        self._kept.append(message)
        self.status_said.emit(message)

    def raise_notice(
        self, text: str, *, tone: str = "danger", steps: Sequence[Step] = (), region: str = "window"
    ) -> None:
        """Show trouble on top of a region until withdrawn: what happened, what is safe, one action."""
        message = Message(text, tone, tuple(steps), 0.0, region)
        before = self._notices.get(region)
        self._notices[region] = message
        if before is None or before.text != text:
            self._kept.append(message)
        self.notice_raised.emit(message)

    def withdraw(self, region: str = "window") -> None:
        """Take the notice of a region away."""
        if self._notices.pop(region, None) is not None:
            self.notice_withdrawn.emit(region)

    def messages(self) -> list[Message]:
        """The last messages, newest first."""
        return list(reversed(self._kept))

    def undo_text(self) -> str:
        """What Ctrl+Z would take back now, "" for nothing."""
        return self._undo[-1].text if self._undo else ""

    def undo_last(self) -> bool:
        """Take back the newest undoable action; False if there is none."""
        if not self._undo:
            return False
        self._take_back(self._undo[-1])
        return True

    def forget_undo(self) -> None:
        """Another user or another database: nothing of before can be taken back."""
        self._undo.clear()
        self.undo_changed.emit()

    def _take_back(self, entry: Step) -> None:
        if entry not in self._undo:
            return
        self._undo.remove(entry)
        self.undo_changed.emit()
        entry.run()
