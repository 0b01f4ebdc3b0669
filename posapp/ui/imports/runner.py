"""The child processes of the assistant, one after the other; a newer order overtakes what it answers."""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.ui.background import ChildProcess
from posapp.ui.imports.stages import How, Progress, Stage, share
from posapp.ui.presenter import Presenter, code_of, sentence_of
from posapp.ui.session import Session
from posapp.ui.settings.place import child_place

SOON_MS = 450
"""A choice that is followed by another one is not tried by itself."""
_OVERTAKEN = {Stage.READ, Stage.TRIAL}
"""Stages that change nothing, so that a newer order ends them."""


class Runner(QObject):
    """Runs `posapp import …` for one window, by whoever works there."""

    stepped = Signal(object, object)  # Stage, Progress
    answered = Signal(object, str)  # Stage, what the command wrote
    refused = Signal(object, str, str)  # Stage, code and sentence; the code is "stopped" after `cancel`

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._presenter = session, Presenter(session)
        self._child = ChildProcess(self)
        self._child.progress.connect(self._step)
        self._child.finished.connect(self._end)
        self._stage: Stage | None = None
        self._next: tuple[Stage, list[str]] | None = None
        self._number = 0
        self._is_overtaken = False
        self._code = ""
        self._begun, self._share = 0.0, 0
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._run_soon)
        self._later: tuple[Stage, list[str]] | None = None

    @property
    def stage(self) -> Stage | None:
        """What is under way or comes next, None if nothing is."""
        if self._next is not None:
            return self._next[0]
        return self._stage if not self._is_overtaken else None

    @property
    def is_busy(self) -> bool:
        """Whether something is under way or comes soon."""
        return self.stage is not None or self._soon.isActive()

    def run(self, stage: Stage, arguments: Sequence[str]) -> None:
        """Run `posapp ARGUMENTS`; what changes nothing gives way, everything else is waited for."""
        self._soon.stop()
        self._next = (stage, list(arguments))
        if self._stage is None:
            self._begin()
        elif self._stage in _OVERTAKEN and not self._is_overtaken:
            self._is_overtaken = True
            self._child.cancel()

    def run_soon(self, stage: Stage, arguments: Sequence[str]) -> None:
        """The same once nothing newer came for a moment."""
        self._later = (stage, list(arguments))
        self._soon.start()

    def _run_soon(self) -> None:
        later, self._later = self._later, None
        if later is not None:
            self.run(*later)

    def forget(self) -> None:
        """Nobody waits any more for what was read or tried."""
        self._soon.stop()
        self._next = None
        if self._stage in _OVERTAKEN:
            self._is_overtaken = True
            self._child.cancel()

    def cancel(self) -> None:
        """Ask what is under way to end; it takes back what it has done."""
        self._next = None
        self._child.cancel()

    def stop(self) -> None:
        """The window closes: what is applied by then is found at the next start, which offers to go on."""
        self._soon.stop()
        self._next = None
        self._is_overtaken = True
        if self._child.is_running:
            self._child.kill()

    # -- one command -----------------------------------------------------------------------------------
    def _begin(self) -> None:
        assert self._next is not None
        (self._stage, arguments), self._next = self._next, None
        self._number += 1
        number = self._number
        self._is_overtaken, self._code, self._begun = False, "", monotonic()
        self._share = 0
        self.stepped.emit(self._stage, Progress(How.RUNS))
        if self._session.actor.user_id is None:
            self._start(arguments, "")
            return
        self._presenter.do(
            lambda shop, actor: shop.sign_in.give_pass(actor),
            lambda token: self._start(arguments, token) if number == self._number else None,
            lambda error: self._settle(False, code_of(error), sentence_of(error)),
        )

    def _start(self, arguments: list[str], token: str) -> None:
        if self._is_overtaken:
            self._settle(False, "", "")
            return
        session = self._session
        told = [*arguments, "--json", f"--till={session.actor.till}"]
        if not token:
            told.append(f"--business={session.catalogue.business.name}")
        self._child.start(told, database=child_place(session.shop), token=token)

    def _step(self, step: dict[str, object]) -> None:
        self._code = str(step.get("refused", self._code))
        told = step.get("progress")
        if not isinstance(told, dict) or self._stage is None or self._is_overtaken:
            return
        done, total = told.get("done"), told.get("total")
        if isinstance(done, int) and isinstance(total, int):
            now = share(self._stage, str(told.get("step", "")), done, total)
            self._share = max(self._share, now)  # a bar that goes back says nothing
            self.stepped.emit(self._stage, Progress(How.RUNS, self._share, 100, monotonic() - self._begun))

    def _end(self, went_well: bool, sentence: str) -> None:
        code = "stopped" if self._child.is_cancelled and not went_well else self._code
        self._settle(went_well, code, sentence)

    def _settle(self, went_well: bool, code: str, sentence: str) -> None:
        stage, is_overtaken = self._stage, self._is_overtaken
        self._stage, self._is_overtaken = None, False
        if stage is not None and not is_overtaken:
            how = How.DONE if went_well else How.FAILED
            self.stepped.emit(stage, Progress(how, seconds=monotonic() - self._begun))
            if went_well:
                self.answered.emit(stage, self._child.output)
            else:
                self.refused.emit(stage, code, sentence.removeprefix("posapp: "))
        if self._next is not None and self._stage is None:
            self._begin()
