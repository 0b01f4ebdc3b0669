"""Work away from the window: lanes of one thread each, and child processes for what takes long.

A lane keeps its jobs in order on one thread that lives as long as the lane, so a connection kept by the
thread stays. Only the number of a job crosses threads: work, answer and callbacks live in tables on the
window's side, so a worker never drops the last reference to anything of Qt's. What a job needs of Qt itself
(the shapes of a paper's letters) it has done on the window's thread (`Errands`).
"""

import json
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, SimpleQueue
from time import monotonic
from traceback import clear_frames
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Qt, Signal, Slot

from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.threads import hand_over_to

Work = Callable[[], Any]
Answer = Callable[[Any], object]
Failure = Callable[[Exception], object]
T = TypeVar("T")
PATIENCE = 20.0
"""Seconds that a lane waits for the window's thread: a window that stands still fails one paper only."""

_CLOSING_STEP = 0.005
log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Errand:
    work: Work
    is_done: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: BaseException | None = None


class Errands(QObject):
    """What a lane has done on the window's thread, one piece at a time, while the lane waits.

    The window's thread never waits for a lane without serving these: see `Lane.close`.
    """

    _asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: SimpleQueue[_Errand] = SimpleQueue()
        self._is_closed = False
        self._asked.connect(self.serve, Qt.ConnectionType.QueuedConnection)

    def call(self, work: Callable[[], T]) -> T:
        """On the lane: the result of `work`, or its error; `window_busy` if nobody comes to it."""
        errand = _Errand(work)
        self._waiting.put(errand)
        if self._is_closed:
            self.close()
        else:
            self._asked.emit()
        if not errand.is_done.wait(PATIENCE):
            raise _window_busy()
        if errand.error is not None:
            raise errand.error
        result: T = errand.result
        return result

    @Slot()
    def serve(self) -> None:
        """On the window's thread: do one piece that waits. Keys and painting come in before the next."""
        try:
            errand = self._waiting.get_nowait()
        except Empty:
            return
        try:
            errand.result = errand.work()
        except Exception as error:  # noqa: BLE001 - the lane that asked gets it
            clear_frames(error.__traceback__)  # what is Qt's in there goes here, not on the lane
            errand.error = error
        errand.is_done.set()

    def close(self) -> None:
        """Nobody serves any more: whoever waits is told so."""
        self._is_closed = True
        while True:
            try:
                errand = self._waiting.get_nowait()
            except Empty:
                return
            errand.error = _window_busy()
            errand.is_done.set()


def _window_busy() -> EnvironmentFault:
    return EnvironmentFault("window_busy", "The window was busy or closed. Do this again.")


@dataclass(slots=True)
class _Job:
    work: Work
    done: Answer
    failed: Failure
    topic: str | None
    is_dropped: bool = False


class Lane(QObject):
    """One thread that does jobs in order and answers on the thread that asked."""

    busy_changed = Signal(bool)
    _finished = Signal(int)

    def __init__(
        self,
        name: str,
        *,
        interrupt: Callable[[], None] | None = None,
        errands: Errands | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`interrupt` is called when newer work of the same topic makes the running job useless.

        Lanes that may wait for each other (for the database) share their `errands`.
        """
        super().__init__(parent)
        self._name = name
        self._interrupt = interrupt
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}
        self._outcomes: dict[int, tuple[Any, Exception | None]] = {}
        self._queue: SimpleQueue[int] = SimpleQueue()
        self._running = 0
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._errands = errands or Errands(self)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a job waits or runs."""
        return bool(self._jobs)

    def set_interrupt(self, interrupt: Callable[[], None] | None) -> None:
        """Say how running work is broken off; needed where that is known only after the database opened."""
        self._interrupt = interrupt

    def run(self, work: Work, *, done: Answer, failed: Failure, topic: str | None = None) -> int:
        """Call `work` on the lane, then `done(result)` or `failed(error)` here; returns the job's number.

        With a `topic`, earlier jobs of that topic are dropped: their answers never come.
        A `PosappError` goes to `failed` alone; any other error is a bug and also goes to `sys.excepthook`.
        A lane that was closed with its window takes nothing more: timers and late answers may still ask.
        """
        if self._is_closed:
            log.debug("lane %s is closed", self._name)
            return 0
        if topic is not None:
            self.drop_topic(topic)
        job = next(self._numbers)
        was_busy = self.is_busy
        self._jobs[job] = _Job(work, done, failed, topic)
        self._start()
        self._queue.put(job)
        if not was_busy:
            self.busy_changed.emit(True)
        return job

    def drop(self, job: int) -> None:
        """Forget a job: not begun if it waits, broken off if it runs; its answer never comes."""
        found = self._jobs.get(job)
        if found is None or found.is_dropped:
            return
        found.is_dropped = True
        if self._running == job and self._interrupt is not None:
            self._interrupt()

    def drop_topic(self, topic: str) -> None:
        """Forget all jobs of a topic."""
        for number, job in list(self._jobs.items()):
            if job.topic == topic:
                self.drop(number)

    def close(self, seconds: float = 10.0) -> bool:
        """Finish what was given, take nothing new, deliver nothing more; False if work still runs then.

        What the lane has done on this thread meanwhile is done, or both would wait for each other.
        """
        self._is_closed = True
        for job in self._jobs.values():
            job.is_dropped = job.is_dropped or job.topic is not None
        self._queue.put(0)
        if self._thread is None:
            return True
        end = monotonic() + seconds
        while self._thread.is_alive() and monotonic() < end:
            self._thread.join(_CLOSING_STEP)
            self._errands.serve()
        return not self._thread.is_alive()

    def _start(self) -> None:
        if self._thread is None:
            # A Python thread, not a pool of Qt's: there, thread-local connections vanish after each job.
            self._thread = threading.Thread(target=self._serve, name=f"lane-{self._name}", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        hand_over_to(self._errands.call)
        while number := self._queue.get():
            self._running = number
            if not self._jobs[number].is_dropped:
                self._outcomes[number] = self._outcome(number)
            self._running = 0
            try:
                self._finished.emit(number)
            except RuntimeError:  # the lane's Qt half is gone: the program ends
                return

    def _outcome(self, number: int) -> tuple[Any, Exception | None]:
        job = self._jobs[number]
        try:
            return job.work(), None
        except Exception as error:  # noqa: BLE001 - a lane hands every error to the thread that asked
            if getattr(error, "code", "") != "interrupted" or job.is_dropped:
                return None, error
        return self._outcome(number)  # it was meant for the job before, which had ended meanwhile

    @Slot(int)
    def _deliver(self, number: int) -> None:
        job = self._jobs.pop(number)
        result, error = self._outcomes.pop(number, (None, None))
        if not self._jobs:
            self.busy_changed.emit(False)
        if job.is_dropped or self._is_closed:
            return
        if error is None:
            job.done(result)
            return
        if not isinstance(error, PosappError):
            sys.excepthook(type(error), error, error.__traceback__)
        job.failed(error)


class Lanes(QObject):
    """The lanes of the window: `search` reads, `database` does short work in order, `paper` prints.

    `files` keeps what is half typed, so that no slow server and no long query holds that up; `figures` reads
    reports, which may take long: neither a search nor what is saved waits for one.
    """

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = Errands(self)
        self.search = Lane("search", errands=self._errands, parent=self)
        self.database = Lane("database", errands=self._errands, parent=self)
        self.paper = Lane("paper", errands=self._errands, parent=self)
        self.files = Lane("files", errands=self._errands, parent=self)
        self.figures = Lane("figures", errands=self._errands, parent=self)

    @property
    def _all(self) -> tuple[Lane, ...]:
        return (self.files, self.figures, self.search, self.database, self.paper)

    @property
    def is_busy(self) -> bool:
        """Whether any lane has work."""
        return any(lane.is_busy for lane in self._all)

    def close(self, seconds: float = 10.0) -> bool:
        """Close all of them and wait for them; False if one did not end in time."""
        ended = [lane.close(seconds) for lane in self._all]
        self._errands.close()
        return all(ended)


class ChildProcess(QObject):
    """A long command of posapp in a process of its own: it tells its steps and can be ended at any time."""

    progress = Signal(dict)  # one JSON object per step, as written on standard error
    finished = Signal(bool, str)  # whether it went well, and its last sentence

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardError.connect(self._read_steps)
        self._process.readyReadStandardOutput.connect(self._read_output)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._refused)
        self._rest = b""
        self._sentence = ""
        self._output = b""
        self._is_cancelled = False

    @property
    def output(self) -> str:
        """All that the command wrote on standard output."""
        return self._output.decode("utf-8", "replace").strip()

    @property
    def is_cancelled(self) -> bool:
        """Whether the command that ran last was asked to end."""
        return self._is_cancelled

    @property
    def is_running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, arguments: Sequence[str], *, database: str = "", token: str = "") -> None:
        """Run `posapp ARGUMENTS --progress`; one command at a time.

        `database` goes by the environment: a server's password must not stand in a list of processes. `token`
        is the pass of whoever works here, if anybody does; it goes by standard input.
        """
        if self.is_running:
            raise RuntimeError("a command is still running")
        self._rest, self._sentence, self._output, self._is_cancelled = b"", "", b"", False
        program = [] if getattr(sys, "frozen", False) else ["-m", "posapp"]
        environment = QProcessEnvironment.systemEnvironment()
        if database:
            environment.insert("POSAPP_DATABASE", database)
        self._process.setProcessEnvironment(environment)
        proof = ["--pass-stdin"] if token else []
        self._process.start(sys.executable, [*program, *arguments, *proof, "--progress"])
        if token:
            self._process.write(f"{token}\n".encode())
            self._process.closeWriteChannel()

    def cancel(self) -> None:
        """Ask the command to end; it undoes what is half done by itself."""
        self._is_cancelled = True
        self._process.terminate()

    def kill(self) -> None:
        """End the command at once: what it has not finished is found by whoever looks next."""
        self._is_cancelled = True
        self._process.kill()

    def _read_steps(self) -> None:
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardError().data())).split(b"\n")
        for line in lines:
            self._read_step(line.decode("utf-8", "replace").strip())

    def _read_step(self, line: str) -> None:
        try:
            step = json.loads(line)
        except ValueError:
            step = None
        if isinstance(step, dict) and isinstance(step.get("error"), dict):
            self._sentence = str(step["error"].get("message", ""))
            self.progress.emit({"refused": step["error"].get("code", "")})
        elif isinstance(step, dict):
            self.progress.emit(step)
        elif line:
            self._sentence = line

    def _read_output(self) -> None:
        self._output += bytes(self._process.readAllStandardOutput().data())

    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_steps()
        self._read_output()
        self._read_step(self._rest.decode("utf-8", "replace").strip())
        went_well = code == 0 and status == QProcess.ExitStatus.NormalExit
        said = self.output.splitlines()
        sentence = said[-1] if went_well and said else self._sentence
        if not went_well and not sentence:
            sentence = self.tr("Stopped.") if self._is_cancelled else self.tr("The command ended early.")
        self.finished.emit(went_well, sentence)

    def _refused(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.finished.emit(False, self.tr("The command could not be started."))
