"""Files that somebody asked for: papers, tables, keys, backups. Every one of them is written through here.

Whoever may name a file may name the shop's own database, a device or last year's books. So a file is only
ever new, or replaced because that was asked for; never is it one that the program lives on. It is written
under a name of its own beside its place, forced to the disk and then given its name: after a power cut
there is the old file or the new one. Only its owner may read it, for there are people in it.
"""

import csv
import errno
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path, PureWindowsPath
from secrets import token_hex
from typing import IO, Any, Final

from posapp import paths
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError

PRIVATE: Final = 0o600
LEFT_OVER: Final = timedelta(days=1)
ROOM: Final = ".posapp-drill-"
"""How the folder of a drill is called, in which a backup is tried."""
COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database: https://www.sqlite.org/tempfiles.html"""

# How the files begin in which a shop's data lies: SQLite's database, log (both byte orders) and journal
# (https://www.sqlite.org/fileformat2.html), and what pg_dump writes.
_DATA: Final = (
    b"SQLite format 3\0",
    b"7\x7f\x06\x82",
    b"7\x7f\x06\x83",
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
    b"PGDMP",
)
_LONGEST_SHOWN: Final = 80
# What a spreadsheet takes for the beginning of a formula, also after spaces and in full width:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"-[0-9]+(?:[.,][0-9]+)?")
_guarded: dict[Path, int] = {}


def guard(database: Path) -> None:
    """From now on no file is written over this database, whatever it holds; once per opening."""
    _guarded[database] = _guarded.get(database, 0) + 1


def is_guarded(database: Path) -> bool:
    """Whether this program has that database open."""
    return database in _guarded


def unguard(database: Path) -> None:
    """The database was closed."""
    left = _guarded.pop(database, 0) - 1
    if left > 0:
        _guarded[database] = left


# -- writing ---------------------------------------------------------------------------------------------
@contextmanager
def written(path: Path, *, replace: bool = False) -> Iterator[IO[bytes]]:
    """A file to write to, which becomes `path` when the block ends well and is otherwise gone.

    Raises what `check` raises, and EnvironmentFault where the disk refuses.
    """
    target = check(path, replace=replace)
    part = temporary(target)
    try:
        with open_private(part, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        put(part, target, replace=replace)
    except OSError as reason:
        raise unwritten(target, reason) from reason
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def written_folder(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """A new folder to write files in, which becomes `path` when the block ends well and is otherwise gone.

    `path` may be a folder with nothing in it. With `replace` also one with files: those of the same names are
    then replaced, one after the other, once all new ones are whole. Raises DomainError `folder_filled`, what
    `check` raises, and EnvironmentFault where the disk refuses.
    """
    target = _check_folder(path, replace=replace)
    part = temporary(target)
    try:
        part.mkdir(mode=0o700)
        yield part
        for one in sorted(part.rglob("*")):
            settle(one)
        _put_folder(part, target)
    except OSError as reason:
        raise unwritten(target, reason) from reason
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check_folder(path: Path, *, replace: bool) -> Path:
    _check_name(path)
    if not path.is_dir():
        return check(path)
    try:
        target = path.absolute().resolve()
        is_filled = any(target.iterdir())
    except OSError as reason:
        raise unwritten(path / "x", reason) from reason
    if is_filled and not replace:
        raise DomainError(
            "folder_filled",
            f"There are files in {shown(path)} already. Choose an empty folder.",
            field="file",
        )
    return target


def _put_folder(part: Path, target: Path) -> None:
    if not target.exists() or not any(target.iterdir()):
        if os.name == "nt" and target.exists():
            target.rmdir()
        part.replace(target)
    else:
        for one in sorted(part.rglob("*")):
            place = target / one.relative_to(part)
            if one.is_dir():
                place.mkdir(mode=0o700, exist_ok=True)
            else:
                put(one, check(place, replace=True), replace=True)
    settle(target.parent)


def write(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a whole file, or nothing; raises like `written`."""
    with written(path, replace=replace) as file:
        file.write(data)


def write_table(
    path: Path,
    head: Sequence[str],
    rows: Iterable[Iterable[str]],
    *,
    delimiter: str = ",",
    replace: bool = False,
) -> int:
    """Write a table for a spreadsheet (CSV), whole or not at all, and say how many rows it has.

    UTF-8 with the mark that spreadsheets look for. Raises like `written`.
    """
    count = 0
    with written(path, replace=replace) as file:
        text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow(head)
        for row in rows:
            writer.writerow([safe_cell(cell) for cell in row])
            count += 1
        text.flush()
        text.detach()
    return count


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet does not run, whatever it begins with; a number below zero stays one."""
    if _NUMBER.fullmatch(text):
        return text
    is_formula = text.lstrip().startswith(_FORMULA) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if is_formula else text


def keep(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file of the program's own, at a place that nobody chose; OSError where the disk refuses."""
    part = temporary(path)
    try:
        with open_private(part, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put(part, path, replace=replace)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def temporary(target: Path) -> Path:
    """A name beside `target` that nothing else has; short, so that any name that fits leaves room for it."""
    return target.with_name(f".posapp-{token_hex(8)}.part")


def put(part: Path, target: Path, *, replace: bool) -> None:
    """Give a finished file its name; FileExistsError if one came in between that must not be replaced."""
    if replace:
        part.replace(target)
    elif os.name == "nt":
        part.rename(target)  # refuses by itself
    else:
        _link(part, target)
    settle(target.parent)


def _link(part: Path, target: Path) -> None:
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        part.rename(target)
    else:
        part.unlink()


def settle(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such thing for folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, now: datetime) -> None:
    """Take away what a program that was killed left half-made: it is a copy of what lies in the shop.

    Only names that were given here, and only what is too old to be still in the making.
    """
    before = (now - LEFT_OVER).timestamp()
    for left in (*folder.glob(".posapp-*.part*"), *folder.glob(f"{ROOM}*")):
        with suppress(OSError):
            if left.lstat().st_mtime >= before:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder, for its owner only, and see that it is still there after a power cut.

    Whatever is missing above it is made alike. OSError where the disk refuses, or a file lies there.
    """
    if folder.is_dir():
        return
    missing = [one for one in folder.parents if not one.exists()]
    for one in (*reversed(missing), folder):
        one.mkdir(mode=0o700, exist_ok=True)
        settle(one.parent)


def free_name(path: Path) -> Path:
    """The path itself, or `name (2)`, `name (3)`: the first that nothing lies at."""
    chosen, number = path, 1
    while os.path.lexists(chosen):
        number += 1
        chosen = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return chosen


def open_private(path: Path, mode: str, **named: Any) -> IO[Any]:
    """`open` for a file that is its owner's to read from its first byte on, also if it was not before."""
    return open(path, mode, opener=_private, **named)


def _private(path: str, flags: int) -> int:
    handle = os.open(path, flags, PRIVATE)
    if os.name == "posix":
        with suppress(OSError):
            os.fchmod(handle, PRIVATE)
    return handle


class PrivateLog(RotatingFileHandler):
    """A log that only its owner may read: names of files and machines are in it."""

    def _open(self) -> "IO[str]":  # type: ignore[override]  # of the same kind
        name = Path(self.baseFilename)
        if name.exists() and not name.is_file():
            raise OSError(errno.EINVAL, "not a plain file", self.baseFilename)
        return open_private(name, self.mode, encoding=self.encoding, errors=self.errors)


# -- may it be written? ----------------------------------------------------------------------------------
def check(path: Path, *, replace: bool = False, is_backup: bool = False) -> Path:
    """The place that `path` means, links followed, if a file may be written there.

    Raises DomainError `file_exists` unless `replace`, `file_kept` for what the program lives on,
    `file_not_plain` for devices, folders and the like, `file_name` for an impossible name; EnvironmentFault
    where the folder cannot be used. `is_backup`: a copy of the data, which may lie among the others.
    """
    _check_name(path)
    try:
        target = path.absolute().resolve()
        found = _look(path)
        folder = target.parent.stat()
    except (ValueError, RuntimeError) as reason:  # what the system's letters cannot spell; links in a ring
        raise _bad_name(path) from reason
    except OSError as reason:
        raise unwritten(_meant(path), reason) from reason
    if not stat.S_ISDIR(folder.st_mode):
        raise unwritten(path, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise unwritten(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if found is not None and not stat.S_ISREG(found.st_mode):
        raise DomainError(
            "file_not_plain",
            f"{shown(path)} is no plain file but a device or the like. Choose another file.",
            field="file",
        )
    if _is_lived_on(target, found, is_backup=is_backup):
        raise DomainError(
            "file_kept",
            f"{shown(path)} belongs to posapp's own data and is not written over. Choose another file.",
            field="file",
        )
    if found is not None and not replace:
        raise exists(path)
    return target


def _meant(path: Path) -> Path:
    """Where a link leads, so that a refusal names its folder; the path itself where it is none."""
    try:
        return path.parent / path.readlink()
    except OSError:
        return path


def shown(path: Path) -> str:
    """A path for a sentence: the end of one that is too long to be read."""
    text = str(path)
    return text if len(text) <= _LONGEST_SHOWN else f"…{text[-_LONGEST_SHOWN:]}"


def exists(path: Path) -> DomainError:
    """The refusal of a file that lies there and was not meant to be replaced."""
    return DomainError(
        "file_exists", f"There is already a file {shown(path)}. Choose another name.", field="file"
    )


def _check_name(path: Path) -> None:
    text = str(path)
    is_device = os.name == "nt" and (PureWindowsPath(path).is_reserved() or ":" in path.name)
    if "\0" in text or is_device or path.name in ("", ".", ".."):
        raise _bad_name(path)


def _bad_name(path: Path) -> DomainError:
    name = shown(path).replace("\0", "�")
    return DomainError("file_name", f"{name} cannot be the name of a file. Choose another one.", field="file")


def _look(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _is_lived_on(target: Path, found: os.stat_result | None, *, is_backup: bool) -> bool:
    databases = [*_guarded, paths.default_database()]
    lived_on = [one for each in databases for one in with_companions(each)]
    lived_on += [paths.till_settings_file(), paths.data_dir() / "passcode.key"]
    if any(_is_same(target, found, one) for one in lived_on):
        return True
    folders = [paths.data_dir() / "drafts", paths.log_dir(), *([] if is_backup else [paths.backup_dir()])]
    if any(target.is_relative_to(folder.absolute().resolve()) for folder in folders):
        return True
    return _is_companion(target) or (found is not None and not is_backup and _holds_data(target))


def with_companions(database: Path) -> list[Path]:
    """A database and what SQLite keeps beside it, with links followed: the log lies beside the real file."""
    real = database.absolute().resolve()
    return [Path(f"{real}{end}") for end in ("", *COMPANIONS)]


def _is_same(target: Path, found: os.stat_result | None, other: Path) -> bool:
    """Whether two names mean one file: also by a hard link, and in other letters where case is nothing."""
    if os.path.normcase(target) == os.path.normcase(other):
        return True
    with suppress(OSError):
        return found is not None and os.path.samestat(found, other.stat())
    return False


def _is_companion(target: Path) -> bool:
    """A new file of such a name would be taken for the log of the database beside it."""
    for end in COMPANIONS:
        database = Path(str(target).removesuffix(end))
        if database != target and _holds_data(database):
            return True
    return False


def _holds_data(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(16).startswith(_DATA)
    except OSError:
        return False


def unwritten(path: Path, reason: OSError) -> PosappError:
    """The sentence for a folder or disk that does not take a file."""
    folder = shown(path.parent)
    match reason:
        case FileExistsError():
            return exists(path)
        case FileNotFoundError() | NotADirectoryError():
            return EnvironmentFault(
                "folder_missing", f"There is no folder {folder}. Make it, or choose another.", field="file"
            )
        case IsADirectoryError():
            return DomainError("save_failed", f"{shown(path)} is a folder. Name a file in it.", field="file")
        case PermissionError():
            return _unwritable(folder)
    if reason.errno == errno.EROFS:
        return _unwritable(folder)
    if reason.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentFault(
            "disk_full", f"The disk of {folder} is full. Free some space, then try again.", field="file"
        )
    if reason.errno == errno.ENAMETOOLONG:
        return DomainError("file_name", "This file name is too long. Choose a shorter one.", field="file")
    return EnvironmentFault(
        "save_failed",
        f"{shown(Path(path.name))} cannot be written to {folder} ({reason.strerror or reason}). "
        "Choose another folder.",
        field="file",
    )


def _unwritable(folder: str) -> EnvironmentFault:
    return EnvironmentFault(
        "no_permission", f"The folder {folder} may not be written here. Choose another one.", field="file"
    )
