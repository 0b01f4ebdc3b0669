"""Fetches papers and their pictures; plain Python, owned by the page.

Looking and saving use the database lane: the paper lane may wait a minute for a printer that sleeps, and
a clerk who wants to see the paper meanwhile must not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.papers.documents import PaperSize
from posapp.ui.session import Session

if TYPE_CHECKING:
    from posapp.services.papers.content import PaperOf
    from posapp.services.papers.papers import Paper

Failure = Callable[[Exception], None]
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper with its pages as pixels: width and height in dots, and RGBA bytes."""

    paper: "Paper"
    wanted: "PaperOf"
    size: PaperSize
    dpi: int
    pages: tuple[tuple[int, int, bytes], ...]

    def points(self, dots: int) -> float:
        """A length of the picture in points."""
        return dots / self.dpi * POINTS_PER_INCH


class PreviewPresenter:
    """One paper at a time; a late answer about another is dropped."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.wanted: PaperOf | None = None
        self.size = PaperSize(session.till.slip_paper)
        self._paper: Paper | None = None

    @property
    def number(self) -> str:
        """The record that the paper belongs to, empty before the first."""
        return self.wanted.number if self.wanted is not None else ""

    def open(self, wanted: "PaperOf", size: PaperSize) -> None:
        """Turn to another paper."""
        self.wanted, self.size = wanted, size
        self._paper = None

    def fetch(self, dpi: int, *, done: Callable[[Shown], None], failed: Failure) -> None:
        """The paper and its pictures at a resolution."""
        session, wanted, size, known = self._session, self.wanted, self.size, self._paper
        if wanted is None:
            return
        papers, actor = session.shop.papers, session.actor

        def work() -> Shown:
            paper = known or papers.preview(
                actor, wanted.number, size, kind=wanted.kind, position=wanted.position
            )
            return Shown(paper, wanted, size, dpi, tuple(papers.images(paper, dpi)))

        session.lanes.database.run(
            work, done=lambda shown: self._keep(shown, done), failed=failed, topic="preview"
        )

    def _keep(self, shown: Shown, done: Callable[[Shown], None]) -> None:
        if (shown.wanted, shown.size) == (self.wanted, self.size):
            self._paper = shown.paper
            done(shown)

    def forget(self) -> None:
        """The paper was given out or changed: read it anew."""
        self._paper = None

    def save(
        self, path: Path, *, replace: bool = False, done: Callable[[Path], None], failed: Failure
    ) -> None:
        """Write the paper to a file, a new one unless somebody said that it may be replaced."""
        session, wanted, size = self._session, self.wanted, self.size
        if wanted is None:
            return
        papers, kind, position = session.shop.papers, wanted.kind, wanted.position
        session.lanes.database.run(
            lambda: papers.save_pdf(
                session.actor, wanted.number, size, path, kind=kind, position=position, replace=replace
            ),
            done=lambda _paper: done(path),
            failed=failed,
        )

    def give_up(self, job_id: int, *, done: Callable[[], None], failed: Failure) -> None:
        """Take a job that could not be printed out of the queue."""
        session = self._session
        session.lanes.database.run(
            lambda: session.shop.papers.cancel(session.actor, job_id),
            done=lambda _none: done(),
            failed=failed,
        )
