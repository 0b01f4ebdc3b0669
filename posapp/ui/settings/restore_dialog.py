"""A long command and how far it is; a backup takes the place of the shop, after a question."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLayout, QProgressBar, QWidget

from posapp.services.care.last_numbers import read_numbers
from posapp.services.care.restore_refusals import SKIPPED
from posapp.ui.background import ChildProcess, Lane
from posapp.ui.fields.edits import LineEdit
from posapp.ui.fields.text import TextField
from posapp.ui.layout import STRETCH, Placed, columns, held, rows, space
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.printers import Outcome
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.services.care.backup_sight import Seen
    from posapp.services.desks import Shop

_tr = translator("Settings")
LONGEST_SECONDS = 3600
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
        token: str = "",
    ) -> None:
        """Run `posapp ARGUMENTS`; `said` is the sentence of success, `done` hears whether it went well."""
        if self.is_running:
            return
        self._said, self._done, self.refused = said, done, ""
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.outcome.say("")
        self._running.show()
        self._child.start(arguments, database=database, token=token)
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
        self.busy_changed.emit(False)  # before *Cancel* goes, so that its focus can be taken elsewhere
        self._running.hide()
        told = self._said if went_well else sentence.removeprefix("posapp: ")
        self.outcome.say(told, "success" if went_well else "danger")
        self._done(went_well)


class _Dialog(QDialog):
    """A question that the window waits for; Enter presses nothing in it, for a scanner ends with Enter."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_tr("Restore a backup"))
        self.setFixedWidth(theme().px(width))

    @staticmethod
    def foot(*buttons: Button, above: int = 0) -> QLayout:
        for one in buttons:
            one.setAutoDefault(False)
        return columns(STRETCH, *buttons, gap=8, pad=(0, above, 0, 0))


class RestoreDialog(_Dialog):
    """Names the shop inside, asks what has to be decided, says what stays; the safe answer is in front."""

    def __init__(self, parent: QWidget, what: str, seen: "Seen") -> None:
        super().__init__(parent, 520)
        self._seen = seen
        after = (
            self.tr("What was entered after that is not in it."),
            self.tr("What is there now is kept beside it, so this can be mended by hand."),
            self.tr("The backup is examined first. Other tills should be closed before."),
        )
        words = self.tr("Numbers of the newest papers, scanned or typed")
        self.numbers = TextField("last", words, read=_checked_numbers)
        if seen.needs_numbers:
            self._ask_numbers()
        self.keep = button(self.tr("Keep what is there"), size="l", run=self.reject)
        self.restore = button(self.tr("Restore"), kind="danger", size="l", run=self.accept)
        rows(
            label(self.tr("Go back to {what}?").format(what=what), "title", wrap=True),
            label(self._inside(), "body", weight=500, wrap=True),
            *(label(sentence, "body", tone="danger", wrap=True) for sentence in self._warnings()),
            *(label(sentence, "body", tone="text2", wrap=True) for sentence in after),
            self.numbers,
            space(4),
            self.foot(self.restore, self.keep),
            gap=12,
            pad=(20, 18, 20, 16),
            host=self,
        )
        self.numbers.setVisible(seen.needs_numbers)
        self.keep.setFocus()

    def _inside(self) -> str:
        seen = self._seen
        inside = self.tr("It holds {shop}.").format(shop=seen.businesses or self.tr("a shop without a name"))
        if seen.till:
            inside += " " + self.tr("It was made at {till}.").format(till=seen.till)
        return inside

    def _warnings(self) -> list[str]:
        warnings = []
        if self._seen.is_other:
            warnings.append(self.tr("That is another shop than the one that is here."))
        if not self._seen.is_vouched_for:
            warnings.append(
                self.tr("Nothing beside it shows that it is as it was made. All that can be is examined.")
            )
        return warnings

    def _ask_numbers(self) -> None:
        """Nobody knows what was given out after the backup, unless it stands on a paper."""
        words = self.tr("Such as PL120 B80 T33. A kind that is left out goes on {count} further.")
        self.numbers.say(words.format(count=f"{SKIPPED:,}"))
        edit = self.numbers.editor
        assert isinstance(edit, LineEdit)
        edit.returnPressed.connect(lambda: edit.setText(f"{edit.text().strip()} "))

    def accept(self) -> None:
        """Only with numbers that can be read."""
        problem = self.numbers.check()
        if problem is None:
            super().accept()
        else:
            self.numbers.setFocus()

    def options(self) -> list[str]:
        """What was agreed to, as `posapp restore` takes it."""
        seen, last = self._seen, self.numbers.text().strip()
        return [
            *([] if seen.is_vouched_for else ["--unproven"]),
            *(["--other-shop"] if seen.is_other else []),
            *(["--last", last] if last else []),
        ]

    @classmethod
    def ask(cls, parent: QWidget, what: str, seen: "Seen") -> list[str] | None:
        """What was agreed to, None for keeping what is there."""
        dialog = cls(parent, what, seen)
        answer = dialog.options() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return answer


def _checked_numbers(text: str) -> str:
    read_numbers(text)
    return text.strip()


def restore_words(when: str) -> str:
    """The backup as the question names it."""
    return _tr("the backup of {when}").format(when=when)


class RestoringDialog(_Dialog):
    """Keeps everybody out while the data is exchanged, and says how far it is.

    The database lane is held for as long: nothing else of this window opens the data meanwhile. `ended`
    tells whether it went well, and the sentence.
    """

    ended = Signal(bool, str)
    _closed = Signal()

    def __init__(self, parent: QWidget, lane: Lane, shop: "Shop | None" = None) -> None:
        super().__init__(parent, 480)
        self._shop, self._lane = shop, lane
        self._free = threading.Event()
        self._begin_with: Callable[..., None] = lambda: None
        self._is_over = False
        self.job = Job()
        # Asked where the backup is the one that was made, but the shop broke a rule already then.
        self.keep = button(self.tr("Keep what is there"), size="l", run=lambda: self._finish(False))
        words = self.tr("Restore it with its faults")
        self.faulty = button(words, kind="danger", size="l", run=self._restore_faulty)
        self.question = held(self.foot(self.faulty, self.keep, above=4))
        title = label(self.tr("The backup takes the place of the shop"), "title", wrap=True)
        rows(title, self.job, self.question, gap=12, pad=(20, 18), host=self)
        self.question.hide()
        self._closed.connect(self._start_job, Qt.ConnectionType.QueuedConnection)

    def _restore_faulty(self) -> None:
        self.question.hide()
        self._begin_with("--with-faults")

    def start(self, arguments: Sequence[str], *, database: str = "") -> None:
        """Close the shop, hold its lane, and run `posapp ARGUMENTS`."""
        said = self.tr("The backup is restored. posapp starts again.")
        self._begin_with = lambda *more: self.job.start(
            self.tr("Restoring"), [*arguments, *more], said, self._end, database=database
        )
        free, shop, closed = self._free, self._shop, self._closed

        def hold() -> None:
            if shop is not None:
                shop.close()
            closed.emit()
            free.wait(LONGEST_SECONDS)

        self._lane.run(hold, done=lambda _none: None, failed=self._refused)
        self.show()

    def _start_job(self) -> None:
        self._begin_with()

    def reject(self) -> None:
        """Esc ends nothing here; *Cancel* does."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """The dialog goes by itself when it is over."""
        if self._is_over:
            super().closeEvent(event)
        else:
            event.ignore()

    def _refused(self, error: Exception) -> None:
        self.job.outcome.say(sentence_of(error, str(error)), "danger")
        self._finish(False)

    def _end(self, went_well: bool) -> None:
        if not went_well and self.job.refused == "backup_faulty":
            self.question.show()
            self.keep.setFocus()
        else:
            self._finish(went_well)

    def _finish(self, went_well: bool) -> None:
        sentence = self.job.outcome.text()
        self._is_over = True
        self._free.set()
        self.close()
        self.ended.emit(went_well, sentence)
        self.deleteLater()
