"""All systems whose files can come in."""

from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import System
from posapp.services.old_data.systems import OLD_SYSTEMS, TABLES, OldSystem


def declared(system: System) -> OldSystem:
    """What is known of a system; `DomainError` system_unknown where its files come in another way."""
    found = OLD_SYSTEMS.get(system) or TABLES.get(system)
    if found is None:
        raise DomainError(
            "system_unknown", f"Files of {system.called} do not come in this way.", field="system"
        )
    return found
