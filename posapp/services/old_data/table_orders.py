"""How a table is read: what was typed, else what was chosen the last time, else what the product means."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.columns import digest_of, folded
from posapp.domain.old_data.imports import ImportField, ImportOrder, Mapped, System, TableSight
from posapp.services.base.table_files import FIELD
from posapp.services.old_data.known_systems import declared
from posapp.services.old_data.reading import open_source
from posapp.services.old_data.recognising import Found, columns_of, recognise, table_of
from posapp.services.old_data.shapes import shape_for
from posapp.services.old_data.sighting import chosen_mapping, sights_of
from posapp.services.old_data.systems import CUSTOMERS

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


class SavedMappings:
    """How tables were read before, in the business of an actor; none where there is no business yet."""

    def __init__(self, store: "Store", actor: Actor) -> None:
        self._store, self._actor = store, actor

    def of(self, found: Found) -> dict[str, ImportField] | None:
        """How a table with these columns was read the last time, as they are called now."""
        if not self._actor.business:
            return None
        columns = columns_of(found.sources[CUSTOMERS])
        with self._store.look(self._actor) as uow:
            saved = uow.mappings.get(digest_of(columns))
        return saved and _renamed(saved, columns)


def _renamed(saved: Mapped, columns: tuple[str, ...]) -> dict[str, ImportField]:
    """A mapping as the columns are called now: they are known again in any case and order."""
    called = {folded(name): name for name in reversed(columns)}
    return {called[folded(name)]: field for name, field in saved.items() if folded(name) in called}


def prepared(order: ImportOrder, saved: SavedMappings) -> ImportOrder:
    """An order whose mapping is settled; one of an old system stays as it is.

    Raises `DomainError` collection_unknown for anything but one list of customers, and what
    `chosen_mapping` raises.
    """
    if declared(order.system).system.is_old:
        return order
    if set(order.files) != {CUSTOMERS}:
        raise DomainError("collection_unknown", "Import one list of customers at a time.", field=FIELD)
    path = Path(order.files[CUSTOMERS])
    source = open_source(path, order.mapping)
    found = table_of(path, source)
    shape = shape_for(order.system)
    if shape is not None:
        found = replace(found, system=order.system, shape=shape)
    mapping = chosen_mapping(found, order.mapping, saved.of(found))
    return replace(order, mapping=mapping)


def sighted(
    paths: Sequence[Path], region: str, mapping: Mapped, saved: SavedMappings
) -> tuple[TableSight, ...]:
    """What files are, and how they would be read."""
    found = recognise(paths)
    if not found.is_table or found.system is System.POSAPP:
        return tuple(sights_of(found, region, None, None))
    chosen = chosen_mapping(found, mapping, None) if mapping else None
    return tuple(sights_of(found, region, chosen, saved.of(found)))


def keep_mapping(uow: "UnitOfWork", order: ImportOrder, columns: tuple[str, ...]) -> None:
    """Keep how a table is read, for the next one with these columns."""
    shape = shape_for(order.system)
    if shape is not None and shape.mapping(columns) == dict(order.mapping):
        return  # as the product means it
    digest = digest_of(columns)
    if uow.mappings.get(digest) != dict(order.mapping):
        uow.mappings.put(digest, order.mapping)
