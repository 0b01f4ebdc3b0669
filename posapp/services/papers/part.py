"""The desks of papers."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.papers.content import PaperSource
    from posapp.services.papers.papers import PaperDesk


class PaperDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def papers(self) -> "PaperDesk":
        """Prints, and keeps what was printed."""
        from posapp.services.papers.papers import PaperDesk

        return PaperDesk(self.store, self.paper_sources())

    def paper_sources(self) -> "tuple[PaperSource, ...]":
        """Where the papers of each part come from; a part that has some adds its own."""
        return ()
