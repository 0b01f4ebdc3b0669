"""Fetches papers and their pictures on the paper lane; plain Python, owned by the page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.documents import PaperSize
from posapp.ui.session import Session

if TYPE_CHECKING:
    from posapp.services.papers import JobLine, Paper

Failure = Callable[[Exception], None]
MM_PER_INCH, POINTS_PER_INCH = 25.4, 72


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper with its pages as pixels: width and height in dots, RGBA bytes, and the size in points."""

    paper: "Paper"
    dpi: int
    pages: tuple[tuple[int, int, bytes], ...]

    def points(self, dots: int) -> float:
        """A length of the picture in points."""
        return dots / self.dpi * POINTS_PER_INCH


class PreviewPresenter:
    """One paper at a time; a late answer about another is dropped by its topic."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.number = ""
        self.size = PaperSize(session.till.slip_paper)
        self._paper: Paper | None = None

    def open(self, number: str, size: PaperSize) -> None:
        """Turn to another paper."""
        self.number, self.size = number, size
        self._paper = None

    def fetch(self, dpi: int, *, done: Callable[[Shown], None], failed: Failure) -> None:
        """The paper and its pictures at a resolution."""
        session, number, size, known = self._session, self.number, self.size, self._paper
        papers, actor = session.shop.papers, session.actor

        def work() -> Shown:
            paper = known or papers.preview(actor, number, size)
            return Shown(paper, dpi, tuple(papers.images(paper, dpi)))

        session.lanes.paper.run(
            work, done=lambda shown: self._keep(shown, done), failed=failed, topic="preview"
        )

    def _keep(self, shown: Shown, done: Callable[[Shown], None]) -> None:
        if shown.paper.number == self.number:
            self._paper = shown.paper
            done(shown)

    def forget(self) -> None:
        """The paper was given out or changed: read it anew."""
        self._paper = None

    def save(self, path: Path, *, done: Callable[[Path], None], failed: Failure) -> None:
        """Write the paper to a file."""
        session, number, size = self._session, self.number, self.size
        session.lanes.paper.run(
            lambda: session.shop.papers.save_pdf(session.actor, number, size, path),
            done=lambda _paper: done(path),
            failed=failed,
        )

    def open_jobs(self, *, done: "Callable[[list[JobLine]], None]", failed: Failure) -> None:
        """What this till still has to print."""
        session = self._session
        session.lanes.database.run(
            lambda: session.shop.papers.open_jobs(session.actor), done=done, failed=failed, topic="open-jobs"
        )

    def give_up(self, job_id: int, *, done: Callable[[None], None], failed: Failure) -> None:
        """Take a job that could not be printed out of the queue."""
        session = self._session
        session.lanes.database.run(
            lambda: session.shop.papers.cancel(session.actor, job_id), done=done, failed=failed
        )
