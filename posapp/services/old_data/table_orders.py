"""How a table is read: what was typed, else what was chosen the last time, else what the product means."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
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


def saved_mapping(store: "Store", actor: Actor, found: Found) -> dict[str, ImportField] | None:
    """How a table with these columns was read the last time."""
    actor.require(Permission.DATA_MAINTAIN)
    if not actor.business:
        return None
    with store.look(actor) as uow:
        saved = uow.mappings.get(digest_of(columns_of(found.sources[CUSTOMERS])))
    return saved and _renamed(saved, columns_of(found.sources[CUSTOMERS]))


def _renamed(saved: Mapped, columns: tuple[str, ...]) -> dict[str, ImportField]:
    """A mapping as the columns are called now: they are known again in any case and order."""
    called = {folded(name): name for name in reversed(columns)}
    return {called[folded(name)]: field for name, field in saved.items() if folded(name) in called}


def prepared(store: "Store", actor: Actor, order: ImportOrder) -> ImportOrder:
    """An order whose mapping is settled; one of an old system stays as it is.

    Raises `DomainError` collection_unknown for anything but one list of customers, and what
    `chosen_mapping` raises.
    """
    actor.require(Permission.DATA_MAINTAIN)
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
    mapping = chosen_mapping(found, order.mapping, saved_mapping(store, actor, found))
    return replace(order, mapping=mapping)


def sighted(
    store: "Store", actor: Actor, paths: Sequence[Path], region: str, mapping: Mapped
) -> tuple[TableSight, ...]:
    """What files are, and how they would be read."""
    actor.require(Permission.DATA_MAINTAIN)
    found = recognise(paths)
    if not found.is_table or found.system is System.POSAPP:
        return tuple(sights_of(found, region, None, None))
    chosen = chosen_mapping(found, mapping, None) if mapping else None
    return tuple(sights_of(found, region, chosen, saved_mapping(store, actor, found)))


def keep_mapping(uow: "UnitOfWork", order: ImportOrder, columns: tuple[str, ...]) -> None:
    """Keep how a table is read, for the next one with these columns."""
    shape = shape_for(order.system)
    if shape is not None and shape.mapping(columns) == dict(order.mapping):
        return  # as the product means it
    digest = digest_of(columns)
    if uow.mappings.get(digest) != dict(order.mapping):
        uow.mappings.put(digest, order.mapping)
