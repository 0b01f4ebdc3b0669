"""IDs of old systems as they are typed: `CUST-001`, `000:CUST-001`, `000:customers:CUST-001`."""

from typing import NamedTuple


class TypedOldId(NamedTuple):
    """What a text may mean: an ID, and the system and collection that it is of, "" where none is named."""

    code: str
    system: str = ""
    collection: str = ""

    @property
    def code_fold(self) -> str:
        """The ID as two spellings of it compare."""
        return self.code.casefold()


def old_ids_meant(text: str) -> tuple[TypedOldId, ...]:
    """The old IDs that a text may mean, the most exact first.

    Digits alone mean a PL ID or a phone, so an ID of digits is found with its system before it.
    """
    text = text.strip()
    system, has_system, rest = text.partition(":")
    collection, has_collection, code = rest.partition(":")
    found = []
    if has_collection:
        found.append(TypedOldId(code.strip(), system.strip().casefold(), collection.strip().casefold()))
    if has_system:
        found.append(TypedOldId(rest.strip(), system.strip().casefold()))
    if not text.isdecimal():
        found.append(TypedOldId(text))
    return tuple(one for one in found if one.code)
