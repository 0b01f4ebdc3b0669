"""What a part of the trade brings to an open shop: its desks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class Desks:
    """The desks of a shop; each part adds its own in its `part.py`."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        self.store = store
        self.changes = changes
