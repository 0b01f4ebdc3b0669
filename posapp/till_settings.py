"""What this till remembers for itself: a small TOML file, read once at start.

Settings of the shop are in the database; only what differs from till to till is here. Reading never fails:
a value that makes no sense gives way to its default and a damaged file is kept beside with the ending `.bad`.
"""

import contextlib
import logging
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

_log = logging.getLogger(__name__)

Theme = Literal["system", "light", "dark"]
SlipPaper = Literal["80mm", "58mm", "a4", "letter"]
SlipOutput = Literal["print", "pdf", "none"]
LabelPaper = Literal["57x32", "62x29"]

NAME_LIMIT = 40
UI_SCALES = (90, 100, 115, 130, 150)
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
SLIP_PAPERS: tuple[SlipPaper, ...] = ("80mm", "58mm", "a4", "letter")
SLIP_OUTPUTS: tuple[SlipOutput, ...] = ("print", "pdf", "none")
CLAIM_COPIES = (1, 2)
LABEL_PAPERS: tuple[LabelPaper, ...] = ("57x32", "62x29")
SCANNER_GAPS_MS = range(5, 201)
LOCK_MINUTES = range(61)


def default_name() -> str:
    """The computer's name without its domain, or "Till 1" where it has none."""
    import platform  # only a till without settings needs it

    name = platform.node().partition(".")[0][:NAME_LIMIT]
    return name if is_name(name) else "Till 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TillSettings:
    """This till's settings; change them with `dataclasses.replace` and `save` the result."""

    name: str = field(default_factory=default_name)
    """Shown to other tills and written into the journal."""
    database: str = ""
    """Path or URL; empty means the default file."""
    ui_scale: int = 100
    """Per cent; one of `UI_SCALES`. The operating system's own scaling comes on top."""
    theme: Theme = "system"
    touch: bool = False
    scanner_gap_ms: int = 35
    """Keys that follow each other faster than this come from a scanner."""
    scanner_prefix: str = ""
    """What every scan begins with: characters, or a key such as `<F9>` or `<STX>`; empty means nothing."""
    scanner_suffix: str = ""
    """What every scan ends with, written alike; empty means Enter or Tab, which always end one."""
    plain_keys: bool = True
    """Whether single letters act on the calendar."""
    keys: dict[str, str] = field(default_factory=dict, hash=False)
    """Keys that this till has moved: the standard one to its own ("Ctrl+P" to "Ctrl+J")."""
    receipt_printer: str = ""
    """Name of the system's print queue; empty means the system's default."""
    a4_printer: str = ""
    slip_paper: SlipPaper = "80mm"
    slip_output: SlipOutput = "print"
    claim_copies: int = 1
    """Claim tickets printed at an intake; the second is for the shop, signed by the customer."""
    label_printer: str = ""
    label_paper: LabelPaper = "57x32"
    sound: bool = True
    lock_minutes: int = 5
    """After so long without a touch nobody is signed in any more; 0 is never."""
    signs_in: bool = False
    """Whether people signed in here last time: then nothing to type into is shown before the login."""
    no_printer_closed: str = ""
    """The shop's day on which the notice that there is no printer was closed: then it is not said again."""


def is_name(value: object) -> bool:
    """Whether other tills and the journal can show it: one line of at most `NAME_LIMIT` characters."""
    return (
        isinstance(value, str)
        and value == value.strip()
        and value.isprintable()
        and 0 < len(value) <= NAME_LIMIT
    )


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= 1000


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _is_keys(value: object) -> bool:
    """Which keys they are is for the window to judge."""
    return isinstance(value, dict) and all(_is_line(own) for pair in value.items() for own in pair)


def _is_whole_of(allowed: tuple[int, ...] | range) -> Callable[[object], bool]:
    return lambda value: type(value) is int and value in allowed


def _is_word_of(allowed: tuple[str, ...]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in allowed


_ACCEPTS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {
        "name": is_name,
        "database": _is_line,
        "ui_scale": _is_whole_of(UI_SCALES),
        "theme": _is_word_of(THEMES),
        "touch": _is_bool,
        "scanner_gap_ms": _is_whole_of(SCANNER_GAPS_MS),
        "scanner_prefix": _is_line,
        "scanner_suffix": _is_line,
        "plain_keys": _is_bool,
        "keys": _is_keys,
        "receipt_printer": _is_line,
        "a4_printer": _is_line,
        "slip_paper": _is_word_of(SLIP_PAPERS),
        "slip_output": _is_word_of(SLIP_OUTPUTS),
        "claim_copies": _is_whole_of(CLAIM_COPIES),
        "label_printer": _is_line,
        "label_paper": _is_word_of(LABEL_PAPERS),
        "sound": _is_bool,
        "lock_minutes": _is_whole_of(LOCK_MINUTES),
        "signs_in": _is_bool,
        "no_printer_closed": _is_line,
    }
)


def load(path: Path) -> TillSettings:
    """Read `path`; a missing file means defaults, keys of a newer posapp are passed over."""
    try:
        stored = tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return TillSettings()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        _set_aside(path, error)
        return TillSettings()
    except OSError as error:
        _log.warning("The till settings cannot be read, the defaults are used: %s", error)
        return TillSettings()
    return TillSettings(**_accepted(stored, path))


def save(settings: TillSettings, path: Path) -> None:
    """Write `path` so that a power cut leaves the old file or the new one.

    OSError when it cannot be written; the old file is then still there.
    """
    import tomli_w

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            tomli_w.dump(asdict(settings), file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _accepted(stored: Mapping[str, object], path: Path) -> dict[str, Any]:
    kept = {}
    for key, accepts in _ACCEPTS.items():
        if key not in stored:
            continue
        if accepts(stored[key]):
            kept[key] = stored[key]
        else:
            _log.warning("%s: %s = %.80r is not possible, the default is used", path, key, stored[key])
    return kept


def _set_aside(path: Path, error: ValueError) -> None:
    beside = path.with_name(path.name + ".bad")
    _log.warning(
        "The till settings are damaged (%s); they are kept as %s, the defaults are used", error, beside
    )
    try:
        path.replace(beside)
    except OSError as refused:
        _log.warning("The damaged till settings could not be moved: %s", refused)


def printer_for(settings: TillSettings, *, is_roll: bool, is_label: bool) -> str:
    """The queue that takes such a paper at this till; empty means the system's default."""
    if is_label:
        return settings.label_printer
    return settings.receipt_printer if is_roll else settings.a4_printer
