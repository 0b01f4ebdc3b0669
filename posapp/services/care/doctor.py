"""The doctor: what support wants to know about this computer and its shop, also when nothing works.

Names no customer and no password. Each part is looked at by itself, so that trouble with one is a line of
the text and hides nothing else.
"""

import os
import platform
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from posapp import __version__, paths
from posapp.domain.base.errors import PosappError

_LIBRARIES = (
    ("Qt", "PySide6_Essentials"),
    ("SQLAlchemy", "SQLAlchemy"),
    ("Alembic", "alembic"),
    ("phonenumbers", "phonenumbers"),
    ("reportlab", "reportlab"),
    ("psycopg", "psycopg"),
    ("tzdata", "tzdata"),
)
_HOLDS = {
    "nothing": "there is no shop here yet",
    "empty": "an empty database, no shop yet",
    "other": "data of another program",
}
_UNITS = ("B", "KB", "MB", "GB", "TB")
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the text: the part it belongs to, a name, what was found."""

    part: str
    name: str
    found: str
    is_trouble: bool = False


def examine(place: str) -> list[Finding]:
    """Everything about this computer and the database at `place`; raises nothing for what it finds."""
    return [*_program(), *_database(place), *_folders(place), *_printers(), *_fonts()]


def _program() -> list[Finding]:
    lines = [
        Finding("Program", "posapp", __version__),
        Finding("Program", "Python", platform.python_version()),
        Finding("Program", "System", platform.platform()),
        Finding("Program", "SQLite", sqlite3.sqlite_version),
    ]
    lines += [Finding("Program", name, _version(package)) for name, package in _LIBRARIES]
    return [*lines, Finding("Program", "Letters", sys.getfilesystemencoding())]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _database(place: str) -> list[Finding]:
    from posapp.storage.care import health

    seen = health.examine(place)
    part = "Database"
    lines = [Finding(part, "Place", seen.place)]
    if seen.kind:
        lines.append(Finding(part, "Kind", f"{seen.kind} {seen.server}".rstrip()))
    if told := _HOLDS.get(seen.holds or ""):
        lines.append(Finding(part, "Holds", told, is_trouble=True))
    if seen.size is not None:
        lines.append(Finding(part, "Size", shown_size(seen.size)))
    if seen.revision:
        is_known = seen.revision == seen.wanted
        fits = "" if is_known else f", this posapp works with {seen.wanted}"
        lines.append(Finding(part, "Revision", seen.revision + fits, is_trouble=not is_known))
    if seen.check:
        lines.append(Finding(part, "Quick check", seen.check, is_trouble=seen.check != "ok"))
    if seen.counts:
        counted = ", ".join(f"{name.replace('_', ' ')} {number:,}" for name, number in seen.counts.items())
        lines += [Finding(part, "Counts", counted), _users(seen.counts["user_account"], seen.admins)]
    if seen.problem:
        lines.append(Finding(part, "Trouble", seen.problem, is_trouble=True))
    return lines


def _users(number: int, admins: int) -> Finding:
    """Whether people sign in, and whether somebody could set right what others cannot."""
    if not number:
        return Finding("Database", "Users", "none: nobody has to sign in")
    told = f"{number:,}, of whom {admins:,} can sign in as ADMIN"
    return Finding("Database", "Users", told, is_trouble=not admins)


def _folders(place: str) -> list[Finding]:
    part = "Folders"
    named = (
        ("Data", paths.data_dir()),
        ("Settings", paths.config_dir()),
        ("Backups", paths.backup_dir()),
        ("Log", paths.log_dir()),
    )
    lines = [Finding(part, name, _folder(path)) for name, path in named]
    # os.path leaves the home of an unknown user as it is, pathlib would raise
    where = paths.data_dir() if "://" in place else Path(os.path.expanduser(place)).absolute()  # noqa: PTH111
    return [*lines, Finding(part, "Free disk", _free(where))]


def _folder(path: Path) -> str:
    if not path.is_dir():
        return f"{path} (not there yet)"
    return str(path) if os.access(path, os.W_OK) else f"{path} (may not be written)"


def _free(path: Path) -> str:
    """Free space where a path is or would be."""
    there = next(one for one in (path, *path.parents) if os.path.exists(one))  # noqa: PTH110 - of no name it says no
    try:
        usage = shutil.disk_usage(there)
    except OSError as error:
        return f"unknown: {error.strerror}"
    return f"{shown_size(usage.free)} of {shown_size(usage.total)}"


def _printers() -> list[Finding]:
    from posapp.printing.base.system_queue import SystemQueue

    try:
        found = SystemQueue().list_printers()
    except PosappError as error:
        return [Finding("Printers", "Trouble", error.sentence, is_trouble=True)]
    if not found:
        return [Finding("Printers", "Seen", "none")]
    return [
        Finding(
            "Printers",
            one.name,
            ", ".join(filter(None, (one.state, one.reason, "default" if one.is_default else ""))),
            is_trouble=one.state == "paused",
        )
        for one in found
    ]


def _fonts() -> list[Finding]:
    folder = paths.resources() / "fonts"
    names = sorted(font.stem for font in folder.glob("*.ttf"))
    return [Finding("Fonts", "Shipped", ", ".join(names) or f"none in {folder}", is_trouble=not names)]


def shown_size(size: int) -> str:
    """Bytes for people: `3.4 MB`."""
    amount, unit = float(size), 0
    while amount >= _KILO and unit < len(_UNITS) - 1:
        amount, unit = amount / _KILO, unit + 1
    return f"{size} B" if unit == 0 else f"{amount:.1f} {_UNITS[unit]}"
