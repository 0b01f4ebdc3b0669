"""The desks of figures."""

from typing import TYPE_CHECKING

from posapp.services.base.part import Desks
from posapp.services.figures.history import HistoryDesk

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class FigureDesks(Desks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.history = HistoryDesk(store)
