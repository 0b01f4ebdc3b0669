"""What is to be imported, as a person says it: a `source.json`, or the files of a system."""

import json
from collections.abc import Sequence
from pathlib import Path

from posapp.domain.base.countries import countries
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import CURRENCIES
from posapp.domain.old_data.imports import ImportOrder, System
from posapp.services.old_data.reading import open_source
from posapp.services.old_data.systems import OLD_SYSTEMS

_LARGEST = 1 << 20
"""Bytes of a source.json; it is a handful of lines."""


def is_source(path: Path) -> bool:
    """Whether a file says what is to be imported, instead of holding it."""
    return path.suffix.casefold() == ".json" and _said(path) is not None


def order_of(path: Path) -> ImportOrder:
    """What a `source.json` says; its files lie beside it."""
    said = _said(path)
    if said is None:
        raise DomainError(
            "source_invalid", f"{path.name} does not say what is to be imported.", field="files"
        )
    files = said["files"]
    assert isinstance(files, dict)
    named = {str(name): str(path.parent / str(file)) for name, file in files.items()}
    return checked(str(said["system"]), named, str(said["region"]), str(said["currency"]))


def _said(path: Path) -> dict[str, object] | None:
    try:
        if path.stat().st_size > _LARGEST:
            return None
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    wanted = {"system", "region", "currency", "files"}
    if isinstance(found, dict) and wanted <= found.keys() and isinstance(found["files"], dict):
        return found
    return None


def checked(system: str, files: dict[str, str], region: str, currency: str) -> ImportOrder:
    """An order whose words are known: system, country, currency."""
    try:
        known = System(system)
    except ValueError as error:
        there = ", ".join(one.value for one in System if one is not System.POSAPP)
        raise DomainError("system_unknown", f"Choose one of: {there}.", field="system") from error
    region, currency = region.strip().upper(), currency.strip().upper()
    if region not in dict(countries()):
        raise DomainError("region_invalid", "Enter the country as two letters, such as US.", field="region")
    if currency not in CURRENCIES:
        raise DomainError(
            "currency_invalid", "Enter the currency as three letters, such as USD.", field="currency"
        )
    return ImportOrder(system=known, files=files, region=region, currency=currency)


def collections_of(system: System, paths: Sequence[Path]) -> dict[str, str]:
    """Which part of an old system each file holds: by its name, else by the columns that it has."""
    old = OLD_SYSTEMS[system]
    columns = {one.name: frozenset(one.columns.values()) for one in old.collections} | dict(old.helpers)
    found: dict[str, str] = {}
    for path in paths:
        name = path.stem.casefold()
        if name not in columns or name in found:
            name = _by_columns(path, {one: names for one, names in columns.items() if one not in found})
        found[name] = str(path)
    return found


def _by_columns(path: Path, columns: dict[str, frozenset[str]]) -> str:
    source = open_source(path, frozenset().union(*columns.values()))
    if not source.columns:
        next(iter(source.rows()), None)
    there = set(source.columns)
    best = max(columns, key=lambda one: len(columns[one] & there) / len(columns[one]), default="")
    if not best or len(columns[best] & there) * 2 <= len(columns[best]):
        raise DomainError(
            "collection_unknown",
            f"It is not clear what {path.name} holds. Name it after its table: {', '.join(sorted(columns))}.",
            field="files",
        )
    return best
