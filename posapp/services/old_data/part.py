"""The desks of old data."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.papers.part import PaperDesks

if TYPE_CHECKING:
    from posapp.services.old_data.duplicates import DuplicateDesk
    from posapp.services.old_data.imports import ImportDesk
    from posapp.services.old_data.merging import MergeDesk


class OldDataDesks(PaperDesks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def duplicates(self) -> "DuplicateDesk":
        """Suggests customers who may be one person."""
        from posapp.services.old_data.duplicates import DuplicateDesk

        return DuplicateDesk(self.store)

    @cached_property
    def merging(self) -> "MergeDesk":
        """Lets two customers become one, and two again."""
        from posapp.services.old_data.merging import MergeDesk

        return MergeDesk(self.store)

    @cached_property
    def imports(self) -> "ImportDesk":
        """Brings records of other systems in."""
        from posapp.services.old_data.imports import ImportDesk

        return ImportDesk(self.store)
