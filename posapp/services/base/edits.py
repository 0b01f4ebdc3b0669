"""What an edit changes: of the wanted values those that a record does not have yet, and what stood there."""

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

V = TypeVar("V", bound=Mapping[str, object])


def differing(record: object, wanted: V) -> V:
    """Those of the wanted values that differ from what the record says under the same name."""
    return cast("V", {name: value for name, value in wanted.items() if value != getattr(record, name)})


def standing(record: object, names: Iterable[str]) -> dict[str, object]:
    """What a record says under these names, as the journal keeps it."""
    return {name: getattr(record, name) for name in names}
