"""What the window has to say, in one place: toasts, notices, messages of the key bar, and what can be undone.

Screens speak to `Notices`; how it is shown is the window's matter. The last 20 messages are kept.
"""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, SignalInstance

from posapp.domain.base.clock import SystemClock
from posapp.ui.window.undo import KEPT, Done, Steps, Work

_numbers = count(1)


class Step(NamedTuple):
    """A button of a message; `key` is the key that does the same, where whoever shows the message has one."""

    text: str
    run: Callable[[], object]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said: `tone` is info, success, warning or danger; `region` says where a notice belongs."""

    text: str
    tone: str = "info"
    steps: tuple[Step, ...] = ()
    seconds: float = 5.0
    region: str = ""
    number: int = field(default_factory=lambda: next(_numbers))
    at: datetime = field(default_factory=lambda: SystemClock().now().astimezone())


class Notices(QObject):
    """The message centre of a window."""

    toasted = Signal(object)  # Message, for the bottom of the window
    toast_over = Signal()
    """What the toast offers to take back was taken back otherwise: it says too much now."""
    status_said = Signal(object)  # Message, for the key bar
    notice_raised = Signal(object)  # Message, stays until withdrawn
    notice_withdrawn = Signal(str)  # region

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: deque[Message] = deque(maxlen=KEPT)
        self._notices: dict[str, Message] = {}
        self.steps = Steps()
        self._offered: Done | None = None
        self._kept_steps: dict[Hashable, Steps] = {None: self.steps}
        self._held: list[tuple[SignalInstance, Message]] | None = None
        self.where: Callable[[], tuple[str, int | None]] = lambda: ("", None)
        """The screen in front and the key of the customer at the counter; the window says."""

    def toast(
        self,
        text: str,
        *,
        undo: Work | None = None,
        redo: Work | None = None,
        about: int | None = None,
        step: Step | None = None,
    ) -> None:
        """Confirm what the user just did. With `undo` the toast stays 10 s and Ctrl+Z takes it back.

        `redo` does it again after that (Ctrl+Y); `about` is a customer who comes to the counter by it.
        """
        steps: tuple[Step, ...] = (step,) if step else ()
        self._offered = None
        if undo is not None:
            page, customer = self.where()
            entry = Done(text, undo, redo, page, frozenset({customer, customer if about is None else about}))
            self.steps.push(entry)
            self._offered = entry
            steps = (*steps, Step(self.tr("Undo"), lambda: self._take_back(entry)))
        message = Message(text, "info", steps, 10.0 if undo is not None else 5.0)
        self._kept.append(message)
        self._say(self.toasted, message)

    def status(
        self, text: str, tone: str = "info", *, steps: Sequence[Step] = (), seconds: float = 2.0
    ) -> None:
        """Say something in the key bar for a moment: a scan that was known or not, a print that went out."""
        message = Message(text, tone, tuple(steps), seconds)
        self._kept.append(message)
        self._say(self.status_said, message)

    def raise_notice(
        self, text: str, *, tone: str = "danger", steps: Sequence[Step] = (), region: str = "window"
    ) -> None:
        """Show trouble on top of a region until withdrawn: what happened, what is safe, one action."""
        message = Message(text, tone, tuple(steps), 0.0, region)
        before = self._notices.get(region)
        self._notices[region] = message
        if before is None or before.text != text:
            self._kept.append(message)
        self._say(self.notice_raised, message)

    def withdraw(self, region: str = "window") -> None:
        """Take the notice of a region away."""
        if self._notices.pop(region, None) is not None:
            self.notice_withdrawn.emit(region)

    def messages(self) -> list[Message]:
        """The last messages, newest first."""
        return list(reversed(self._kept))

    def belongs_elsewhere(self) -> bool:
        """Whether what Ctrl+Z would take back was done on another screen or for another customer."""
        last = self.steps.last
        page, customer = self.where()
        if last is None:
            return False
        return last.page != page or (customer is not None and customer not in last.customers)

    def undo_last(self) -> bool:
        """Take back the newest undoable action; False if there is none."""
        last = self.steps.last
        return last is not None and self._take_back(last)

    def redo_last(self) -> bool:
        """Do again what was taken back last; False if there is nothing."""
        return self.steps.do_again(self._done_again)

    def forget_undo(self) -> None:
        """Another database: nothing of before can be taken back."""
        self.steps.forget()
        if self._offered is not None:
            self.toast_over.emit()

    # -- who works here ------------------------------------------------------------------------------
    def work_for(self, who: Hashable) -> None:
        """Somebody else works here: each takes back their own steps, and reads no message of another."""
        if self._kept_steps.setdefault(who, Steps()) is not self.steps:
            self.steps = self._kept_steps[who]
            self._offered = None
            self._kept.clear()
            self.toast_over.emit()

    def hold(self) -> None:
        """Nobody is signed in: what is said from now on is neither shown nor spoken."""
        self.toast_over.emit()
        self._held = []

    def release(self) -> None:
        """Somebody is signed in again: trouble that stays is said now; what was for a moment is over."""
        held, self._held = self._held or [], None
        for signal, message in held:
            if self._notices.get(message.region) is message:
                signal.emit(message)

    def _say(self, signal: SignalInstance, message: Message) -> None:
        if self._held is None:
            signal.emit(message)
        else:
            self._held.append((signal, message))

    def _take_back(self, entry: Done) -> bool:
        is_begun = self.steps.take_back(entry, self._taken_back)
        if is_begun and entry is self._offered:
            self.toast_over.emit()
        return is_begun

    def _taken_back(self, entry: Done, error: Exception | None) -> None:
        self._say_turned(self.tr("Undone: {what}"), self.tr("Not undone: {what}. {why}"), entry, error)

    def _done_again(self, entry: Done, error: Exception | None) -> None:
        self._say_turned(
            self.tr("Done again: {what}"), self.tr("Not done again: {what}. {why}"), entry, error
        )

    def _say_turned(self, words: str, refused: str, entry: Done, error: Exception | None) -> None:
        if error is None:
            self.status(words.format(what=entry.text), "success", seconds=5.0)
            return
        why = getattr(error, "sentence", self.tr("That did not work."))
        self.status(refused.format(what=entry.text, why=why), "danger", seconds=8.0)
