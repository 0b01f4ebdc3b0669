"""What files are: the five old systems by names and columns, products by their marks, tables of customers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from posapp import files
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.columns import folded
from posapp.domain.old_data.imports import ImportField, System
from posapp.services.base.table_files import FIELD, reading_of
from posapp.services.old_data.reading import Source, open_source
from posapp.services.old_data.shapes import Shape, shape_of, stranger_of
from posapp.services.old_data.systems import CUSTOMERS

_ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx"})
_BESIDE: Final = frozenset({"source.json", "expected.json"})
_FIRST_ROWS: Final = 200
_OWN: Final = re.compile(rb'^(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"posapp-export"')
_MOST_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class _OldFile:
    """A file of an old system.

    `sure` are columns by which it is known whatever its name is; `named` suffice where it has that name.
    """

    system: System
    collection: str
    sure: frozenset[str]
    named: frozenset[str]


def _old(system: System, collection: str, sure: str, named: str) -> _OldFile:
    return _OldFile(system, collection, frozenset(sure.split()), frozenset(named.split()))


_TICKET_LIST: Final = "id name email phone address notes created_at updated_at"
_OLD_FILES: Final = (
    _old(System.BOOKING_SYSTEM, "customers", "customer_id phone total_bookings", "customer_id phone"),
    _old(System.BOOKING_SYSTEM, "bookings", "booking_id customer_id", "booking_id"),
    _old(System.SEPARATE_LOGINS, "users", "user_type phone", "full_name phone"),
    _old(System.SEPARATE_LOGINS, "cleancareusers", "isVerified phone", "phone"),
    _old(System.SEPARATE_LOGINS, "bookings", "customer_id total_price", "customer_id total_price"),
    _old(System.MULTI_SHOP, "businesses", "id country currency createdAt", "id"),
    _old(System.MULTI_SHOP, "customers", "businessId userId phone", "businessId phone"),
    _old(System.MULTI_SHOP, "users", "businessId role phone", "businessId role phone"),
    _old(System.MULTI_SHOP, "order_statuses", "-", "id name"),
    _old(System.MULTI_SHOP, "orders", "businessId customerId totalAmountCents", "businessId customerId"),
    _old(System.MULTI_SHOP, "appointments", "businessId customerId startsAt", "businessId customerId"),
    _old(System.USERS_WITH_IDS, "users", "customerId role phone", "role phone"),
    _old(System.USERS_WITH_IDS, "counters", "-", "name value"),
    _old(System.REPAIR_TICKETS, "customers", _TICKET_LIST, "id name phone"),
    _old(System.REPAIR_TICKETS, "tickets", "ticket_number customer_phone", "customer_phone"),
)
_HELPERS: Final = frozenset({"businesses", "order_statuses", "counters"})


@dataclass(frozen=True, slots=True)
class Found:
    """What some files are: a system, its files by collection, and for a product what its columns mean."""

    system: System
    files: Mapping[str, Path]
    sources: Mapping[str, Source] = field(default_factory=dict)
    shape: Shape | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is one list of customers."""
        return not self.system.is_old

    def mapping(self) -> dict[str, ImportField]:
        """What the columns of a product's list mean; nothing for any other table."""
        return self.shape.mapping(self.sources[CUSTOMERS].columns) if self.shape else {}


def recognise(paths: Sequence[Path]) -> Found:
    """What these files, or those of a folder, are.

    An export of our own is told by its beginning. Raises `DomainError`: file_no_customers for a known file
    that holds none, files_several for several lists, file_empty for nothing, and what `open_source` raises.
    """
    spread = _spread(paths)
    if len(spread) == 1 and _is_own(spread[0]):
        return Found(System.POSAPP, {"export": spread[0]})
    sources = {path: open_source(path) for path in spread}
    columns = {path: columns_of(source) for path, source in sources.items()}
    old = _old_system(columns)
    if old is not None:
        return Found(old[0], old[1], {name: sources[path] for name, path in old[1].items()})
    for path, names in columns.items():
        stranger = stranger_of(names)
        if stranger is not None:
            raise DomainError("file_no_customers", f"{path.name}: {stranger.said}", field=FIELD)
    if len(sources) > 1:
        raise DomainError(
            "files_several",
            "These files are not the parts of one system. Import one list of customers at a time.",
            field=FIELD,
        )
    [(path, source)] = sources.items()
    return table_of(path, source)


def table_of(path: Path, source: Source) -> Found:
    """One list of customers, of a product or of nobody knows what."""
    names = columns_of(source)
    if not names:
        raise DomainError(
            "file_empty", f"{files.shown(path)} is empty. Its first row names the columns.", field=FIELD
        )
    shape = shape_of(names)
    system = System.GENERAL if shape is None else shape.system
    return Found(system, {CUSTOMERS: path}, {CUSTOMERS: source}, shape)


def columns_of(source: Source) -> tuple[str, ...]:
    """The columns of a source; of JSON the keys of its first rows, so that rare ones are known, too."""
    if source.kind in ("json", "jsonl") and source.columns:
        with closing(source.rows()) as rows:
            for _ in islice(rows, _FIRST_ROWS):
                pass
    return source.columns


def _is_own(path: Path) -> bool:
    with reading_of(path), path.open("rb") as file:
        return _OWN.search(file.read(4096)) is not None


def _spread(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.casefold() in _ENDINGS)
            found += [one for one in inside if one.is_file() and one.name.casefold() not in _BESIDE]
        else:
            found.append(path)
    if not found:
        raise DomainError("file_empty", "There is no file to import here.", field=FIELD)
    if len(found) > _MOST_FILES:
        raise DomainError("files_several", "These are too many files. Name those to import.", field=FIELD)
    return list(dict.fromkeys(found))


def _old_system(columns: Mapping[Path, tuple[str, ...]]) -> tuple[System, dict[str, Path]] | None:
    """The old system of which every file is a part, one of them surely; its files by collection."""
    for system in dict.fromkeys(one.system for one in _OLD_FILES):
        parts = [one for one in _OLD_FILES if one.system is system]
        found: dict[str, Path] = {}
        is_sure = False
        for path, names in columns.items():
            fitting = [(one, _fit(one, path, names)) for one in parts if one.collection not in found]
            best = max(fitting, key=lambda one: one[1], default=None)
            if best is None or not best[1]:
                break
            found[best[0].collection] = path
            is_sure = is_sure or (best[1] > 1 and best[0].collection not in _HELPERS)
        else:
            if is_sure:
                return system, found
    return None


def _fit(one: _OldFile, path: Path, columns: Iterable[str]) -> int:
    """How well a file fits: 3 by name and columns, 2 by columns alone, 1 mostly by its name, 0 not at all."""
    there = set(columns)
    is_named = folded(path.stem) == folded(one.collection)
    if one.sure <= there:
        return 3 if is_named else 2
    return 1 if is_named and (one.named <= there or not there) else 0
