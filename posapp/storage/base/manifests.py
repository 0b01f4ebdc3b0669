"""What lies beside a backup: its digest, and the shop it is a copy of.

`NAME.db.json` is written once the copy was looked at. A copy whose digest is another one was damaged or
altered since; one without a manifest was moved alone or made by an older posapp, and nobody vouches for it.
"""

import errno
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from posapp import files
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import Head
from posapp.domain.base.numbers import LARGEST as LARGEST_NUMBER

FORMAT = 1
LARGEST = 1 << 20  # bytes; a manifest has some hundred
PIECE = 1 << 20
Numbers = Mapping[tuple[int, str], int]
"""The last number given out, per business and counter."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database says about itself, as far as it can be read."""

    revision: str = ""
    identity: str = ""
    born: int = 0
    """When its first business was made, in microseconds: what tells shops apart that have no identity yet."""
    businesses: tuple[str, ...] = ()
    numbers: Numbers = field(default_factory=dict)
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of a copy with its digest, size in bytes, moment (UTC) and the till that made it."""

    sha256: str
    size: int
    made_at: datetime
    till: str
    facts: Facts

    def tells_of(self, found: Facts) -> bool:
        """Whether what was found in the copy is what this says of it; older ones know no moment of birth."""
        told = self.facts
        return (
            (told.revision, told.identity, told.businesses)
            == (found.revision, found.identity, found.businesses)
            and told.born in (0, found.born)
            and dict(told.numbers) == dict(found.numbers)
            and set(told.heads) == set(found.heads)
        )


def manifest_of(file: Path) -> Path:
    """Where the manifest of a backup lies."""
    return file.with_name(f"{file.name}.json")


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copy_with_digest(source: Path, target: Path, tell: Callable[[int, int], None] | None = None) -> str:
    """Copy a file to a new, private one; the digest is of what was copied, not of what lies there later."""
    total, done, seen = source.stat().st_size, 0, hashlib.sha256()
    if (
        total > shutil.disk_usage(target.parent).free
    ):  # a file full of holes would fill everybody's disk first
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
    with source.open("rb") as one, files.open_private(target, "xb") as other:
        while piece := one.read(PIECE):
            seen.update(piece)
            other.write(piece)
            done += len(piece)
            if tell is not None:
                tell(done, total)
    return seen.hexdigest()


def write_manifest(file: Path, manifest: Manifest) -> None:
    """Lay the manifest beside its backup; OSError where the disk refuses."""
    facts = manifest.facts
    counters: dict[str, dict[str, int]] = {}
    for (business, name), last in facts.numbers.items():
        counters.setdefault(str(business), {})[name] = last
    document = {
        "format": FORMAT,
        "sha256": manifest.sha256,
        "size": manifest.size,
        "made_at": manifest.made_at.isoformat(),
        "till": manifest.till,
        "revision": facts.revision,
        "identity": facts.identity,
        "born": facts.born,
        "businesses": list(facts.businesses),
        "counters": counters,
        "journal": [{"business": one.business, "last": one.last, "hash": one.hash} for one in facts.heads],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    files.keep(manifest_of(file), f"{text}\n".encode())


def read_manifest(file: Path) -> Manifest | None:
    """The manifest of a backup, None where there is none; DomainError `backup_damaged` if it is not whole."""
    beside = manifest_of(file)
    try:
        with beside.open("rb") as opened:
            written = opened.read(LARGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _damaged(beside) from error
    try:
        return _read(json.loads(written))
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        raise _damaged(beside) from error


def _read(told: Any) -> Manifest:
    if told["format"] != FORMAT:
        raise ValueError(f"format {told['format']!r}")
    made_at = datetime.fromisoformat(told["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("no zone")
    numbers = {
        (int(business), str(name)): int(last)
        for business, counters in told["counters"].items()
        for name, last in counters.items()
    }
    if any(not 0 <= last <= LARGEST_NUMBER for last in numbers.values()):
        raise ValueError("a counter that none can have reached")
    heads = tuple(Head(int(one["business"]), int(one["last"]), str(one["hash"])) for one in told["journal"])
    facts = Facts(
        str(told["revision"]),
        str(told["identity"]),
        int(told.get("born", 0)),
        tuple(map(str, told["businesses"])),
        numbers,
        heads,
    )
    return Manifest(str(told["sha256"]), int(told["size"]), made_at, str(told.get("till", "")), facts)


def _damaged(beside: Path) -> DomainError:
    return DomainError(
        "backup_damaged",
        f"{beside.name}, which lies beside the backup, cannot be read. Choose another backup.",
        field="file",
    )


def manifests_in(folder: Path) -> list[Manifest]:
    """Every manifest of a folder that can be read, of whichever shop."""
    found = []
    try:
        beside = sorted(folder.glob("*.json"))
    except OSError:
        return []
    for one in beside:
        try:
            manifest = read_manifest(one.with_suffix(""))
        except DomainError:
            log.warning("manifest %s cannot be read", one.name)
            continue
        if manifest is not None:
            found.append(manifest)
    return found


# -- asking a database ---------------------------------------------------------------------------------------
Ask = Callable[[str], list[Any]]
"""Answers a statement with its rows; a table that is missing or damaged may answer with none."""


def facts_of(ask: Ask, columns: Callable[[str], set[str]]) -> Facts:
    """What a database says about itself, of whichever revision. `columns` are those of a table, if any."""
    heads = columns("journal_head")
    numbers = {
        (int(business), str(name)): int(last)
        for business, name, last in _rows(ask, columns, "counter", "business_id, name, last")
    }
    named = _rows(ask, columns, "business", "created_at, name", " ORDER BY created_at, id")
    return Facts(
        str(next(iter(_rows(ask, columns, "alembic_version", "version_num")), ("",))[0]),
        str(next(iter(_rows(ask, columns, "identity", "code")), ("",))[0]),
        min((int(born) for born, _ in named), default=0),
        tuple(str(name) for _, name in named),
        numbers,
        tuple(
            Head(int(business), int(last), str(hashed))
            for business, last, hashed in _rows(
                ask,
                columns,
                "journal_head",
                f"{'business_id' if 'business_id' in heads else '0'}, last_id, hash",
            )
        ),
    )


def _rows(ask: Ask, columns: Callable[[str], set[str]], table: str, wanted: str, tail: str = "") -> list[Any]:
    return ask(f"SELECT {wanted} FROM {table}{tail}") if columns(table) else []
