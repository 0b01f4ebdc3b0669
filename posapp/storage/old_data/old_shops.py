"""Which of our businesses those of old systems became."""

from sqlalchemy import select

from posapp.domain.old_data.imports import System
from posapp.storage.base.repository import Repository
from posapp.storage.old_data.tables import legacy_business


class OldShops(Repository):
    """The businesses of old systems."""

    def known(self, system: System) -> dict[str, int]:
        """Our business of each old one, whichever it is."""
        found = select(legacy_business.c.code, legacy_business.c.business_id)
        rows = self._connection.execute(found.where(legacy_business.c.system == system.value))
        return {row.code: row.business_id for row in rows}

    def note(self, system: System, code: str) -> None:
        """This business is what that one became."""
        self._add(legacy_business, {"system": system.value, "code": code})
