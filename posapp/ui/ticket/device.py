"""One device of a ticket, in the left column: what it is, what was reported and found, how it came in."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from posapp.domain.repairs.tickets import Condition, Job, StateGroup
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.layout import STRETCH, Part, columns, held, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.ticket.forms import DeviceEdits
from posapp.ui.ticket.photos import PhotoStrip
from posapp.ui.ticket.steps import TicketSteps
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.tickets.words import outcome_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import translator

PASSCODE_MS = 10_000
"""How long a passcode stays on the screen."""
_MASK = "••••••"
_LOOKS = {
    Condition.FAULTY: ("x", "danger"),
    Condition.UNTESTED: ("minus", "text2"),
    Condition.WORKS: ("check", "success"),
}
_tr = translator("Device")


def _condition_words(condition: Condition) -> str:
    words = {
        Condition.FAULTY: _tr("Faulty"),
        Condition.UNTESTED: _tr("Untested"),
        Condition.WORKS: _tr("Works"),
    }
    return words[condition]


class Passcode(QWidget):
    """Masked; shown for a while on demand, which the journal notes."""

    def __init__(self, steps: TicketSteps) -> None:
        super().__init__()
        self._steps = steps
        self.job: Job | None = None
        self.text = label(_MASK, "body")
        self.text.setAccessibleName(self.tr("Passcode"))
        self.eye = button(self.tr("Show"), kind="quiet", size="s", run=self.toggle)
        self.eye.setFixedHeight(theme().px(28))
        self.eye.setAccessibleName(self.tr("Show passcode"))
        self._timer = QTimer(self, singleShot=True, interval=PASSCODE_MS)
        self._timer.timeout.connect(self.hide_again)
        columns(self.text, self.eye, STRETCH, gap=0, host=self)

    @property
    def is_shown(self) -> bool:
        """Whether it can be read now."""
        return self._timer.isActive()

    def show_job(self, job: Job) -> None:
        """Another device, or the same anew."""
        self.job = job
        if not job.has_passcode:
            self.hide_again()

    def toggle(self) -> None:
        """Ask the desk, or hide it before its time."""
        if self.is_shown:
            self.hide_again()
        elif self.job is not None:
            self._steps.show_passcode(self.job, self._reveal)

    def _reveal(self, passcode: str) -> None:
        self.text.setFont(theme().font("body", 600, mono=True))
        self.text.setText(passcode)
        self.eye.setText(self.tr("Hide"))
        self.eye.setAccessibleName(self.tr("Hide passcode"))
        self._timer.start()

    def hide_again(self) -> None:
        """It has been seen."""
        self._timer.stop()
        self.text.setText(_MASK)
        self.eye.setText(self.tr("Show"))
        self.eye.setAccessibleName(self.tr("Show passcode"))


class Checklist(QWidget):
    """How the device was taken in: what did not simply work, all of it on demand."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[tuple[str, Condition], ...] = ()
        self._is_whole = False
        self.more = button("", kind="quiet", size="s", run=self._toggle)
        self.more.setFixedHeight(theme().px(28))
        self._rows = rows(gap=4)
        title = label(self.tr("As taken in"), "field", weight=600)
        rows(columns(title, STRETCH, self.more), self._rows, gap=4, host=self)
        self._fill()

    def show_condition(self, condition: tuple[tuple[str, Condition], ...]) -> None:
        """Of another device, or of the same anew."""
        if condition != self._all:
            self._all = condition
            self._fill()
        self.setVisible(bool(condition))

    def _toggle(self) -> None:
        self._is_whole = not self._is_whole
        self._fill()

    def _fill(self) -> None:
        works = [words for words, state in self._all if state is Condition.WORKS]
        folded = bool(works) and not self._is_whole and len(self._all) > 1
        shown = [(words, state) for words, state in self._all if state is not Condition.WORKS or not folded]
        shown.sort(key=lambda one: list(_LOOKS).index(one[1]))
        parts = [self._row(words, _condition_words(state), state) for words, state in shown]
        if folded:
            many = self.tr("{n} others") if shown else self.tr("All {n}")
            said = many.format(n=len(works)) if len(works) > 1 or not shown else works[0]
            words = self.tr("Work") if len(works) > 1 else _condition_words(Condition.WORKS)
            parts.append(self._row(said, words, Condition.WORKS))
        refill(self._rows, parts)
        self.more.setText(
            self.tr("Show less") if self._is_whole else self.tr("Show all {n}").format(n=len(self._all))
        )
        self.more.setVisible(folded or self._is_whole)

    def _row(self, what: str, how: str, state: Condition) -> QWidget:
        icon, tone = _LOOKS[state]
        weight = 600 if state is Condition.FAULTY else 400
        name = label(what, "body", tone=tone, weight=weight, wrap=True)
        words = label(how, "body", tone=tone, weight=weight)
        return held(columns(IconLabel(icon, tone, 16), wide(name, 3), wide(words, 2), gap=8))


class DeviceView(QWidget):
    """Shows a device and holds what can be edited of it; the page asks the desks."""

    def __init__(self, presenter: TicketPresenter, steps: TicketSteps, job: Job) -> None:
        super().__init__()
        self._wording, self._steps, self.job = presenter.wording, steps, job
        self.edits = DeviceEdits(presenter, job)
        self.edits.setParent(self)
        self.edits.hide()
        self._name = label("", "strong", weight=600, wrap=True)
        self._mark_word, self._mark = label("", "caption", tone="text2"), label("", "body")
        self._mark.setFont(theme().font("body", mono=True))
        self.passcode = Passcode(steps)
        self._fault, self._found, self._facts = (label("", "body", wrap=True) for _ in range(3))
        self.check = button(self.tr("Repair checked"), size="s", icon="user-check", run=self._check_quality)
        self.checklist = Checklist()
        self._left = label("", "body", wrap=True)
        self.photos = PhotoStrip(presenter, steps, job.position)
        self._lay_out()

    def _lay_out(self) -> None:
        secret = label(self.tr("Passcode"), "caption", tone="text2")
        self._secret = held(rows(secret, self.passcode, gap=0))
        mark = rows(self._mark_word, self._mark, STRETCH, gap=4)
        self._found_word = label(self.tr("Fault found"), "caption", tone="text2")
        self._check_group = held(rows(line(), self.checklist, gap=10))
        left = rows(label(self.tr("Left with us"), "field", weight=600), self._left, STRETCH, gap=4)
        parts: tuple[Part, ...] = (
            self._name,
            columns(mark, self._secret, STRETCH, gap=16),
            self._facts,
            line(),
            rows(label(self.tr("Fault reported"), "caption", tone="text2"), self._fault, gap=4),
            self.edits.found,
            self._found_word,
            self._found,
            columns(self.check, STRETCH),
            self._check_group,
            line(),
            columns(wide(left), self.photos, gap=10),
            STRETCH,
        )
        inside = held(rows(*parts, gap=8, pad=(16, 10, 16, 10)))
        rows(wide(Scroller(inside)), host=self)

    def show_job(self, whole: WholeTicket, job: Job) -> None:
        """The device as it is now."""
        self.job = job
        device = job.device
        self._name.setText(", ".join(filter(None, (device.name, device.colour))))
        word = self.tr("IMEI") if device.imei else self.tr("Serial")
        without = self.tr("none: {reason}").format(reason=job.no_serial_reason)
        self._mark_word.setText(word)
        self._mark.setText(device.mark or (without if job.no_serial_reason else self.tr("unknown")))
        self._secret.setVisible(job.has_passcode)
        self.passcode.show_job(job)
        self._fault.setText(self.tr("“{fault}”").format(fault=job.fault))
        self.edits.show_job(job)
        for part, is_shown in (
            (self.edits.found, job.is_here),
            (self._found_word, not job.is_here),
            (self._found, not job.is_here),
        ):
            part.setVisible(is_shown)
        self._found.setText(job.found or self.tr("nothing written"))
        self._say(self._facts, "\n".join(self._lines(job)))
        waits = whole.checks_quality and not job.quality_by and job.state.group == StateGroup.WORK
        self.check.setVisible(waits)
        self.checklist.show_condition(job.condition)
        self._check_group.setVisible(bool(job.condition))
        self._left.setText(job.accessories or self.tr("nothing"))
        mine = [one for one in whole.photos if one.job_id == job.id]
        self.photos.show_photos(mine, may_change=job.is_here)

    @staticmethod
    def _say(where: QLabel, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))

    def _lines(self, job: Job) -> list[str]:
        wording, facts = self._wording, []
        if job.quality_by:
            facts.append(self.tr("Repair checked by {who}").format(who=job.quality_by))
        if job.outcome is not None and job.handed_at is not None:
            when = wording.moment(job.handed_at)
            words = self.tr("{outcome}, handed to {who} {when}")
            facts.append(words.format(outcome=outcome_words(job.outcome), who=job.handed_to, when=when))
        return facts

    def _check_quality(self) -> None:
        self._steps.check_quality(self.job)
