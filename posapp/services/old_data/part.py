"""The desks of old data."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.old_data.imports import ImportDesk


class OldDataDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def imports(self) -> "ImportDesk":
        """Brings records of other systems in."""
        from posapp.services.old_data.imports import ImportDesk

        return ImportDesk(self.store)
