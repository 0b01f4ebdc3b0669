"""The papers of this till that still have to be printed: why they wait, and two ways on for each."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.focus_filter import focused
from posapp.ui.layout import STRETCH, columns, let_go, rows, space
from posapp.ui.preview.title import paper_name
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label, line, remark

if TYPE_CHECKING:
    from posapp.services.papers.papers import JobLine

    Ask = Callable[[JobLine], object]


class WaitingPapers(QWidget):
    """The list; hidden while nothing waits."""

    emptied = Signal()
    """The button with the focus went away with its paper, and no other paper waits."""

    def __init__(self, again: "Ask", give_up: "Ask") -> None:
        """`again` and `give_up` are asked for a job by its buttons."""
        super().__init__()
        self._again, self._give_up = again, give_up
        self._jobs: tuple[JobLine, ...] = ()
        self._column = rows(STRETCH, gap=12, pad=(20, 0, 20, 14), host=self)
        self._rows: list[WaitingPaper] = []
        self.setAccessibleName(self.tr("Papers that wait"))
        self.hide()

    def show_jobs(self, jobs: "Sequence[JobLine]") -> None:
        """Replace the list; the focus goes to the next paper if the one it was on is gone."""
        if tuple(jobs) == self._jobs:
            return
        self._jobs = tuple(jobs)
        focus = focused()
        place = next((n for n, row in enumerate(self._rows) if focus and row.isAncestorOf(focus)), None)
        let_go(self._column, self._rows)
        self._rows = [WaitingPaper(job, self._again, self._give_up) for job in self._jobs]
        for at, row in enumerate(self._rows):
            self._column.insertWidget(at, row)
        self.setVisible(bool(self._jobs))
        if place is not None and self._rows:
            self._rows[min(place, len(self._rows) - 1)].again.setFocus()
        elif place is not None:
            self.emptied.emit()

    def turn_to(self, job_id: int) -> bool:
        """Put the focus on *Print again* of a job; False if it does not wait."""
        for job, row in zip(self._jobs, self._rows, strict=True):
            if job.id == job_id:
                row.again.setFocus()
                return True
        return False

    def stops(self) -> list[QWidget]:
        """What the Tab key visits, in order."""
        return [stop for row in self._rows for stop in (row.again, row.give_up)]


class WaitingPaper(QWidget):
    """A paper that could not be printed."""

    def __init__(self, job: "JobLine", again: "Ask", give_up: "Ask") -> None:
        super().__init__()
        copy = self.tr(", COPY {n}").format(n=job.copy) if job.copy > 1 else ""
        title = self.tr("{number}{copy} waits to be printed").format(number=paper_name(job.wanted), copy=copy)
        self.again = button(self.tr("Print again"), size="s", icon="refresh-cw", run=partial(again, job))
        self.give_up = button(self.tr("Give up"), kind="quiet", size="s", run=partial(give_up, job))
        name = paper_name(job.wanted)
        self.again.setAccessibleName(self.tr("Print {number} again").format(number=name))
        self.give_up.setAccessibleName(self.tr("Give up printing {number}").format(number=name))
        rows(
            line(),
            space(6),
            label(title, "small", weight=600, tone="danger", wrap=True),
            remark(job.problem) if job.problem else None,
            columns(self.again, self.give_up, STRETCH, gap=8),
            gap=6,
            host=self,
        )
