"""The desks of papers."""

from typing import TYPE_CHECKING

from posapp.services.base.part import Desks
from posapp.services.papers.content import PaperSource
from posapp.services.papers.papers import PaperDesk

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class PaperDesks(Desks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.papers = PaperDesk(store, self.paper_sources())

    def paper_sources(self) -> tuple[PaperSource, ...]:
        """Where the papers of each part come from; a part that has some adds its own."""
        return ()
