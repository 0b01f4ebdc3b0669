"""A long command as the window shows it: what runs, how far it is, *Cancel*, and how it ended."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from posapp.ui.background import ChildProcess
from posapp.ui.layout import Placed, columns, held, rows
from posapp.ui.settings.printers import Outcome
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label

Done = Callable[[bool], object]


class Job(QWidget):
    """Runs one command of posapp at a time in a process of its own."""

    busy_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._child = ChildProcess(self)
        self._child.progress.connect(self._step)
        self._child.finished.connect(self._end)
        self._done: Done = lambda _went_well: None
        self._said = ""
        self.refused = ""
        """The code of the refusal that ended the last command, empty if none did."""
        self.words = label("", "body", weight=500)
        self.bar = QProgressBar()
        self.bar.setProperty("size", "l")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = button(self.tr("Cancel"), size="s", run=self._child.cancel)
        self.outcome = Outcome()
        bar = Placed(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self._running = held(columns(self.words, bar, self.cancel, gap=12))
        rows(self._running, self.outcome, host=self)
        self._running.hide()

    @property
    def is_running(self) -> bool:
        """Whether a command runs."""
        return self._child.is_running

    def start(
        self,
        words: str,
        arguments: Sequence[str],
        said: str,
        done: Done = lambda _went_well: None,
        *,
        database: str = "",
    ) -> None:
        """Run `posapp ARGUMENTS`; `said` is the sentence of success, `done` hears whether it went well."""
        if self.is_running:
            return
        self._said, self._done, self.refused = said, done, ""
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.outcome.say("")
        self._running.show()
        self._child.start(arguments, database=database)
        self.busy_changed.emit(True)

    def _step(self, step: dict[str, object]) -> None:
        self.refused = str(step.get("refused", ""))
        told = step.get("progress", step)
        if not isinstance(told, dict):
            return
        done, total = told.get("done"), told.get("total")
        if isinstance(done, int) and isinstance(total, int) and total > 0:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _end(self, went_well: bool, sentence: str) -> None:
        self._running.hide()
        told = self._said if went_well else sentence.removeprefix("posapp: ")
        self.outcome.say(told, "success" if went_well else "danger")
        self.busy_changed.emit(False)
        self._done(went_well)
