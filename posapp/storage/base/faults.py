"""The driver's words turned into ours: what a clerk, or whoever looks after the machine, can do."""

import errno
import re
import shutil
from functools import cache
from pathlib import Path

from sqlalchemy import Constraint, Index

from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.storage.base.tables import Refused, metadata

_BUSY = "Another till or program is using the shop's data. Nothing was changed; try again."
_DAMAGED = "The shop's data file is damaged. Restore the latest backup: posapp restore --latest."
_FOREIGN = "This file is not a shop's data. Choose another file, or restore the latest backup."
_TORN = "A part of the shop's data is missing. Restore the latest backup: posapp restore --latest."
_GONE = "The server with the shop's data does not answer. Check the network, then try again."
_STOPPED = "The server with the shop's data was stopped. Nothing was changed; try again."
_ADDRESS = "check the address of the shop's data"

_SQLITE = (
    ("database is locked", "database_busy", _BUSY),
    ("database table is locked", "database_busy", _BUSY),
    (
        "database or disk is full",
        "database_full",
        "The disk is full. Nothing was changed; free some space and try again.",
    ),
    (
        "readonly database",
        "database_read_only",
        "The shop's data may only be read here. Nothing was changed; check the file's permissions.",
    ),
    ("malformed", "database_damaged", _DAMAGED),
    ("could not decode", "database_damaged", _DAMAGED),
    ("not a database", "database_damaged", _FOREIGN),
    ("file is encrypted", "database_damaged", _FOREIGN),
    ("no such table", "database_damaged", _TORN),
    (
        "unable to open database file",
        "database_unopened",
        "The shop's data cannot be opened. Check that the folder exists and may be written.",
    ),
    ("interrupted", "interrupted", "Stopped."),
    (
        "disk i/o error",
        "database_disk",
        "The disk does not answer as it should. Nothing was changed; check the disk, then try again.",
    ),
)
# By the state that the server gives: https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES = (
    (
        "53100",
        "database_full",
        "The server's disk is full. Nothing was changed; free some space and try again.",
    ),
    ("53300", "database_busy", "The server has no free connection. Nothing was changed; try again."),
    ("55P03", "database_busy", _BUSY),
    ("40P01", "database_busy", _BUSY),
    ("40001", "database_busy", _BUSY),
    ("57014", "interrupted", "Stopped."),
    ("25006", "database_read_only", "The shop's data may only be read here. Nothing was changed."),
    (
        "25P03",
        "database_unreachable",
        "The server waited too long for this till. Nothing was changed; try again.",
    ),
    ("28", "database_denied", f"The server refuses the name or password of this till: {_ADDRESS}."),
    (
        "42501",
        "database_denied",
        "The server does not let this till's name use the shop's data. Nothing was changed; "
        "have its owner grant the rights.",
    ),
    ("42P01", "database_damaged", _TORN),
    ("3F000", "database_damaged", _TORN),
    (
        "XX001",
        "database_damaged",
        "The server's data is damaged. Restore the latest backup: posapp restore --latest.",
    ),
    (
        "XX002",
        "database_damaged",
        "The server's data is damaged. Restore the latest backup: posapp restore --latest.",
    ),
    ("57P03", "database_unreachable", "The server with the shop's data is starting or stopping. Try again."),
    ("57P", "database_unreachable", _STOPPED),
    ("08", "database_unreachable", _GONE),
    ("3D000", "database_unreachable", f"The server has no database of that name: {_ADDRESS}."),
)
# Where no connection came about there is no state, only the words of libpq and of the server.
_POSTGRES_WORDS = (
    (
        r'role "(?P<name>[^"]*)" does not exist',
        "database_denied",
        f"The server does not know the name “{{name}}”: {_ADDRESS}, or have the name made on the server.",
    ),
    (
        r'database "(?P<name>[^"]*)" does not exist',
        "database_unreachable",
        f"The server has no database “{{name}}”: {_ADDRESS}, or have the database made on the server.",
    ),
    (
        r"no password supplied",
        "database_denied",
        "The server asks for a password. Put it into the address of the shop's data: "
        "postgresql://name:password@host/shop.",
    ),
    (
        r"(password|ident|peer|md5|gssapi|ldap|certificate) authentication failed",
        "database_denied",
        f"The server refuses the name or password of this till: {_ADDRESS}.",
    ),
    (
        r"no pg_hba\.conf entry|pg_hba\.conf rejects",
        "database_denied",
        "The server does not let this computer in. Whoever looks after it must allow it in pg_hba.conf.",
    ),
    (
        r"permission denied for database",
        "database_denied",
        "The server does not let this till's name open the shop's data. Have its owner grant the rights.",
    ),
    (
        r"too many (clients|connections)|remaining connection slots|sorry, too many",
        "database_busy",
        "The server has no free connection. Nothing was changed; try again.",
    ),
    (
        r"the database system is",
        "database_unreachable",
        "The server with the shop's data is starting or stopping. Try again in a moment.",
    ),
    (
        r"could not translate host name|failed to resolve host|name or service not known|nodename nor",
        "database_unreachable",
        f"The network knows no computer of the server's name. Check the network, and {_ADDRESS}.",
    ),
    (
        r"connection refused|no such file or directory",
        "database_unreachable",
        "The server with the shop's data does not answer. See that it runs, and check the network and its "
        "address.",
    ),
    (
        r"\bssl\b|certificate",
        "database_unreachable",
        f"The server and this till do not agree on encryption: {_ADDRESS} (sslmode).",
    ),
    (
        r"unexpected|terminating connection|connection is (closed|lost)|consuming input failed",
        "database_unreachable",
        _STOPPED,
    ),
    (
        r"\bfatal\b",
        "database_denied",
        f"The server refuses the connection: {_ADDRESS}.",
    ),
)
_RULE_BROKEN: Refused = ("rule_broken", "The shop's data does not allow this. Nothing was changed.", None)
ELSEWHERE = ("record_elsewhere", "This points to what is not in this shop's data. Nothing was changed.")
"""Code and sentence where a record would point at nothing, or into another business."""
LOW_DISK = 1 << 20  # bytes; below this an I/O error most likely means "full"


def busy() -> EnvironmentFault:
    """The fault of a database that somebody else holds for longer than a till waits."""
    return EnvironmentFault("database_busy", _BUSY)


def fault_of(error: Exception, file: Path | None) -> EnvironmentFault | None:
    """The fault a database error stands for, or None when it is a bug of ours."""
    original: BaseException = getattr(error, "orig", None) or error
    state = getattr(original, "sqlstate", None)
    words = str(original).lower()
    if state is None and type(original).__module__.startswith("sqlite3"):
        if "disk i/o error" in words and file is not None and _is_full(file):
            words = "database or disk is full"
        return next((EnvironmentFault(code, said) for sign, code, said in _SQLITE if sign in words), None)
    if state:
        return next(
            (EnvironmentFault(code, said) for sign, code, said in _POSTGRES if state.startswith(sign)), None
        )
    if type(original).__name__ in ("OperationalError", "ConnectionTimeout"):
        return _unconnected(str(original))
    return None


def _unconnected(words: str) -> EnvironmentFault:
    for pattern, code, said in _POSTGRES_WORDS:
        found = re.search(pattern, words, re.IGNORECASE)
        if found:
            return EnvironmentFault(code, said.format(**found.groupdict()))
    return EnvironmentFault("database_unreachable", _GONE)


def is_lost(error: Exception) -> bool:
    """Whether a driver's error means that the connection is gone, so that nothing it was asked came about."""
    fault = fault_of(error, None)
    return fault is not None and fault.code == "database_unreachable"


def unstorable(error: Exception) -> DomainError | None:
    """The refusal of a value that no column holds (too large, half a letter, a NUL), else None."""
    original: BaseException = getattr(error, "orig", None) or error
    state = str(getattr(original, "sqlstate", None) or "")
    is_value = (
        isinstance(original, UnicodeEncodeError)
        or (isinstance(original, OverflowError) and "too large to convert" in str(original))
        or state.startswith(("22", "54"))
        or (not state and type(original).__name__ == "DataError")
    )
    if not is_value:
        return None
    return DomainError(
        "value_refused",
        "The shop's data cannot hold this. Shorten it, or take out what is no plain text.",
    )


def refusal_of(error: Exception) -> DomainError:
    """The rule a constraint stands for, worded; unknown ones keep the constraint's name as a fact."""
    original = getattr(error, "orig", error)
    name = getattr(getattr(original, "diag", None), "constraint_name", None)
    name = name or str(original).partition("constraint failed: ")[2]
    if name.startswith("fk_") or name.endswith(".business_id") or "FOREIGN KEY" in str(original):
        return DomainError(*ELSEWHERE, constraint=name)
    name, (code, sentence, field) = _refusals().get(name, (name, _RULE_BROKEN))
    return DomainError(code, sentence, field=field, constraint=name)


@cache
def _refusals() -> dict[str, tuple[str, Refused]]:
    """Name and words of each rule that its table words, by that name and by the columns that SQLite names."""
    found = {}
    for table in metadata.tables.values():
        rules: list[Constraint | Index] = [*table.constraints, *table.indexes]
        for rule in rules:
            if "refused" in rule.info:
                told = found[str(rule.name)] = (str(rule.name), rule.info["refused"])
                if columns := ", ".join(map(str, getattr(rule, "columns", ()))):
                    found[columns] = told
    return found


def _is_full(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < LOW_DISK
    except OSError as error:
        return error.errno == errno.ENOSPC
