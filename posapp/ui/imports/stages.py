"""How far it is: read, tried, imported, with a bar; and what can be done next."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from posapp.ui.actions import Action
from posapp.ui.imports.words import shown_seconds
from posapp.ui.layout import STRETCH, columns, rows, top, wide
from posapp.ui.theme import set_look
from posapp.ui.widgets.buttons import Button, action_button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, label
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import translator

_tr = translator("Import")


class Stage(StrEnum):
    """A step of an import, or what a child process of it does besides."""

    READ = "read"
    TRIAL = "trial"
    IMPORT = "import"
    RESUME = "resume"
    UNDO = "undo"


class How(StrEnum):
    """How a stage stands."""

    WAITS = "waits"
    RUNS = "runs"
    DONE = "done"
    FAILED = "failed"


_SPANS = {
    Stage.READ: {"read": (0, 100)},
    Stage.TRIAL: {"read": (0, 75), "plan": (75, 100)},
    Stage.IMPORT: {
        "backup": (0, 5),
        "read": (5, 35),
        "plan": (35, 45),
        "apply": (45, 95),
        "index": (95, 100),
    },
    Stage.RESUME: {"plan": (0, 15), "apply": (15, 95), "index": (95, 100)},
}
"""How many per cent of a stage each step of its command takes, near enough."""


def share(stage: Stage, step: str, done: int, total: int) -> int:
    """Per cent of a stage, where a step of its command has come so far."""
    first, last = _SPANS.get(stage, {}).get(step, (0, 100))
    return first + (last - first) * min(done, total) // max(total, 1)


_ICONS = {
    How.WAITS: ("ring-dashed", "text3"),
    How.RUNS: ("ring-half", "primary"),
    How.DONE: ("circle-check", "success"),
    How.FAILED: ("circle-x", "danger"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is: `done` of `total` after so many seconds."""

    how: How = How.WAITS
    done: int = 0
    total: int = 0
    seconds: float = 0.0

    @property
    def left(self) -> float | None:
        """Seconds that it will most likely take, None while that cannot be known."""
        if self.how is not How.RUNS or not self.done or self.seconds < 1:
            return None
        return self.seconds / self.done * max(self.total - self.done, 0)


def progress_words(progress: Progress, rows: int = 0) -> str:
    """`3,102 of 15,538, about 40 s`; without rows `20 %`."""
    words = _tr("{count} %").format(count=progress.done)
    if rows:
        done = rows * progress.done // max(progress.total, 1)
        words = _tr("{done} of {total}").format(done=f"{done:,}", total=f"{rows:,}")
    left = progress.left
    if left is None:
        return words
    about = _tr("about {time}").format(time=shown_seconds(left))
    return _tr("{words}, {about}").format(words=words, about=about)


class StageLine(QWidget):
    """Icon, name, and how it stands."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = label(name, "body")
        self.icon = IconLabel("ring-dashed", "text3", 16)
        self.words = Elided("", "small", tone="text2")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        columns(self.icon, self.name, wide(self.words), gap=8, host=self)

    def show_how(self, how: How, words: str) -> None:
        """How it stands."""
        self.icon.show_icon(*_ICONS[how])
        set_look(self.name, weight="600" if how is How.RUNS else "")
        set_look(self.words, tone="danger" if how is How.FAILED else "text2")
        self.words.setText(words)
        self.setAccessibleName(f"{self.name.text()}: {words}")


class StagesCard(Card):
    """Three lines, a bar, what is safe to know, and the buttons."""

    def __init__(self, import_: Action, save: Action, cancel: Action) -> None:
        super().__init__()
        self.lines = {
            Stage.READ: StageLine(_tr("Read")),
            Stage.TRIAL: StageLine(_tr("Trial run")),
            Stage.IMPORT: StageLine(_tr("Import")),
        }
        self.bar = QProgressBar()
        self.bar.setProperty("variant", "l")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_tr("Progress"))
        self.notes = [
            _Note("hard-drive", _tr("A backup is made first. The till can be used meanwhile.")),
            _Note("undo-2", _tr("Undo takes back what came; changed fields stay.")),
        ]
        self._is_low = False
        self.main = action_button(import_, kind="primary", size="l")
        self.save = action_button(save, size="m")
        self.cancel = action_button(cancel, size="m")
        for one in (self.main, self.save):
            one.keep_words()
        foot = columns(wide(self.save, 2), wide(self.cancel, 1), gap=8)
        stack = rows(*self.lines.values(), self.bar, gap=7)
        notes = rows(*self.notes, gap=5)
        buttons = rows(self.main, foot, gap=8)
        self.body.addLayout(rows(stack, notes, STRETCH, buttons, gap=12, pad=(16, 14, 16, 12)))

    def show_stage(self, stage: Stage, progress: Progress, words: str) -> None:
        """How a stage stands; the bar is that of the one that runs."""
        if stage in self.lines:
            self.lines[stage].show_how(progress.how, words)

    def show_bar(self, progress: Progress) -> None:
        """How far the stage is that runs, an empty bar where none does."""
        runs = progress.how is How.RUNS
        self.bar.setRange(0, progress.total if progress.total else 0 if runs else 1)
        self.bar.setValue(progress.done)

    def show_notes(self, first: str, second: str) -> None:
        """Two sentences that are good to know now."""
        for note, words in zip(self.notes, (first, second), strict=True):
            note.say(words)
            note.setVisible(bool(words) and not self._is_low)

    def set_low(self, is_low: bool) -> None:
        """A low window leaves out what is only good to know."""
        if is_low != self._is_low:
            self._is_low = is_low
            for note in self.notes:
                note.setVisible(bool(note.words.text()) and not is_low)

    def buttons(self) -> list[Button]:
        """In the order of Tab."""
        return [self.main, self.save, self.cancel]


class _Note(QWidget):
    def __init__(self, icon: str, words: str) -> None:
        super().__init__()
        self.words: QLabel = label(words, "small", tone="text2", wrap=True)
        columns(top(IconLabel(icon, "text2", 16)), wide(self.words), gap=8, host=self)

    def say(self, words: str) -> None:
        self.words.setText(words)
