"""The place of a shop's file: may it lie where somebody wants it? Asked before it is opened, in sentences.

SQLite's write-ahead log needs shared memory and locks that network file systems do not give
(https://www.sqlite.org/wal.html, https://www.sqlite.org/faq.html#q5): two tills on a share lose bookings.
"""

import errno
import os
import re
import sys
from pathlib import Path

from posapp import files
from posapp.domain.base.errors import EnvironmentFault

NETWORK_KINDS = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs 9p ceph glusterfs lustre gfs2 ocfs2 davfs virtiofs "
    "fuse.sshfs fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs fuse.gcsfuse fuse.curlftpfs "
    "fuse.ceph fuse.smbnetfs".split()
)
_MOUNTS = Path("/proc/self/mounts")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MAGIC = b"SQLite format 3\0"
_DRIVE_REMOTE = 4  # https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getdrivetypew


def check_place(file: Path) -> None:
    """Refuse, in one sentence, a file that cannot be a shop's data here. Creates and changes nothing."""
    check_folder(file)
    if file.exists():
        _check_file(file)


def check_folder(file: Path) -> None:
    """Refuse a folder in which a shop's file cannot live, and what can be no file at all."""
    check_name(file)
    folder = file.parent
    if not folder.is_dir():
        raise _fault(
            "folder_missing", f"There is no folder {folder}. Make it, or choose another place.", file
        )
    kind = network_kind(file.resolve())
    if kind:
        raise _fault(
            "network_share",
            f"{file} lies on a network share ({kind}), which cannot keep it safe. "
            "Keep it on this computer's own disk; for several tills use PostgreSQL.",
            file,
        )
    if file.is_dir():
        raise _fault("database_is_folder", f"{file} is a folder. Name a file in it.", file)
    if file.exists() and not file.is_file():  # to read from a pipe would wait for ever
        raise _fault("database_no_file", f"{file} is no plain file. Choose another place.", file)
    if not _may(folder, os.R_OK | os.W_OK | os.X_OK):
        raise _fault(
            "database_read_only",
            f"The folder {folder} may not be written here. Check its permissions, or choose another place.",
            file,
        )


def check_name(file: Path) -> None:
    """Refuse what can be no file, and one of which nothing may be known here."""
    try:
        file.stat()
    except FileNotFoundError:
        return
    except ValueError as error:  # a NUL
        raise _fault(
            "database_kind", "This cannot be the name of a file. Choose another one.", file
        ) from error
    except PermissionError as error:
        raise _fault(
            "database_read_only",
            f"The folder {file.parent} may not be read here. Check its permissions, or choose another place.",
            file,
        ) from error
    except OSError as error:
        if error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
            raise _fault(
                "database_kind", f"…{str(file)[-60:]} cannot be the name of a file: {error.strerror}.", file
            ) from error


def _check_file(file: Path) -> None:
    if not _may(file, os.R_OK | os.W_OK):
        raise _fault(
            "database_read_only",
            f"{file} may only be read here. Check its permissions; nothing was changed.",
            file,
        )
    if files.is_guarded(file):
        # It is open here. Closing a second look at it would drop the locks that SQLite holds on it for this
        # whole process, and another program would take itself for the last one and remove the log in use.
        return
    with file.open("rb") as opened:
        start = opened.read(len(_MAGIC))
    if start and start != _MAGIC:
        raise _fault(
            "database_damaged",
            f"{file} is not a shop's data. Choose another file, or restore a backup: "
            "posapp restore --latest.",
            file,
        )


def network_kind(path: Path) -> str:
    """The kind of network file system a path lies on, empty on a disk of this computer."""
    if sys.platform == "win32":
        return _windows_kind(path)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""  # no such list on this system
    return network_kind_of(path, mounts)


def network_kind_of(path: Path, mounts: str) -> str:
    """The same for a list of mounts as Linux writes it (proc_mounts(5)): device, folder, kind, options."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        folder = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[1]))
        depth = len(folder.parts)
        if depth >= best and path.is_relative_to(folder):  # of two at one folder the later one covers
            best, kind = depth, fields[2]
    return kind if kind in NETWORK_KINDS else ""


def _windows_kind(path: Path) -> str:
    if path.drive.startswith("\\\\"):
        return "network drive"
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _DRIVE_REMOTE:
            return "network drive"
    return ""


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _fault(code: str, sentence: str, file: Path) -> EnvironmentFault:
    return EnvironmentFault(code, sentence, field="database", file=str(file))
