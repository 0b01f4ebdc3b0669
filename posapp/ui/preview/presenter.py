"""Fetches papers and their pictures.

Looking and saving use the database lane: the paper lane may wait a minute for a printer that sleeps, and
a clerk who wants to see the paper meanwhile must not.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.papers.documents import PaperSize
from posapp.ui.presenter import Done, Failed, Presenter

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop
    from posapp.services.papers.content import PaperOf
    from posapp.services.papers.papers import Paper
    from posapp.ui.session import Session


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper with its pages as pixels: width and height in dots, and RGBA bytes."""

    paper: "Paper"
    dpi: int
    pages: tuple[tuple[int, int, bytes], ...]


class PreviewPresenter(Presenter):
    """One paper at a time; a late answer about another is dropped."""

    topic = "preview"

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.wanted: PaperOf | None = None
        self.size = PaperSize(session.till.slip_paper)
        self._paper: Paper | None = None
        self._secret = ""

    @property
    def number(self) -> str:
        """The record that the paper belongs to, empty before the first."""
        return self.wanted.number if self.wanted is not None else ""

    def open(self, wanted: "PaperOf", size: PaperSize, *, secret: str = "") -> None:
        """Turn to another paper; `secret` stands on it and is kept nowhere."""
        self.wanted, self.size, self._paper, self._secret = wanted, size, None, secret
        self.forget()

    def fetch(self, dpi: int, *, done: Done[Shown], failed: Failed) -> None:
        """The paper and its pictures at a resolution."""
        wanted, size, known, secret = self.wanted, self.size, self._paper, self._secret
        if wanted is None:
            return

        def work(shop: "Shop", actor: "Actor") -> Shown:
            paper = known or shop.papers.preview(
                actor, wanted.number, size, kind=wanted.kind, position=wanted.position, secret=secret
            )
            return Shown(paper, dpi, tuple(shop.papers.images(paper, dpi)))

        self.read(work, lambda shown: self._keep(shown, done), failed)

    def _keep(self, shown: Shown, done: Done[Shown]) -> None:
        self._paper = shown.paper
        done(shown)

    def read_anew(self) -> None:
        """The paper was given out or changed: read it anew."""
        self._paper = None

    def save(self, path: Path, *, replace: bool = False, done: Done["Paper"], failed: Failed) -> None:
        """Write the paper to a file, a new one unless somebody said that it may be replaced."""
        wanted, size = self.wanted, self.size
        if wanted is None:
            return
        number, kind, position = wanted.number, wanted.kind, wanted.position
        self.do(
            lambda shop, actor: shop.papers.save_pdf(
                actor, number, size, path, kind=kind, position=position, replace=replace
            ),
            done,
            failed,
        )

    def give_up(self, job_id: int, *, done: Done[object], failed: Failed) -> None:
        """Take a job that could not be printed out of the queue."""
        self.do(lambda shop, actor: shop.papers.cancel(actor, job_id), done, failed)
