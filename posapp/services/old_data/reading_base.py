"""What every kind of file has in common that old data comes in: a source of rows, and its text.

A file is read twice: once to tell what it is, how its letters are written and what its digest is, and once
for its rows. Neither keeps more of it in memory than a row and a little.
"""

import codecs
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path
from typing import Final, NamedTuple

from posapp.services.base.table_files import MARKS, reading_of, unreadable

LONGEST_ROW: Final = 2**27
"""Characters. No row is longer; what is costs no more memory than this."""

_CHUNK: Final = 2**20
_HEAD: Final = 2**18  # bytes at the beginning that are looked at
_TEXT: Final = bytes({*range(32, 127), *range(128, 256), *b"\t\n\r\f\x1a"})
_STRANGE: Final = 20  # one control character in so many bytes, and a file is no text
_OTHER_SIGNS: Final = (b"%PDF", b"SQLite format 3\0", b"\x89PNG", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_WINDOWS: Final = "windows-gaps"


class RawRow(NamedTuple):
    """A row as it stands in a file, by its number; None: it cannot be read as one (row_malformed)."""

    row: int
    values: dict[str, object] | None


@dataclass(slots=True)
class Source(ABC):
    """A file that holds rows; `rows` may be asked more than once."""

    path: Path
    kind: str
    """csv, xlsx, json (an array) or jsonl (lines)."""
    digest: str
    """SHA-256."""
    size: int
    """Bytes."""
    columns: tuple[str, ...] = ()
    """The names in the first row; of JSON the keys met so far."""
    delimiter: str = ""
    _open: FileIO | None = None
    _end: int = 0

    @abstractmethod
    def rows(self) -> Generator[RawRow, None, None]:
        """All rows in the order of the file."""

    @property
    def at(self) -> int:
        """How many bytes are read: what is done of `size`."""
        if self._open is not None and not self._open.closed:
            return self._open.tell()
        return self._end

    @contextmanager
    def reading(self) -> Iterator[FileIO]:
        """The file, opened; its place can be asked for meanwhile."""
        with reading_of(self.path), FileIO(self.path) as file:
            self._open, self._end = file, 0
            try:
                yield file
            finally:
                self._end = self.size if file.closed else file.tell()


@dataclass(frozen=True, slots=True)
class Text:
    """How a file of text is written: its encoding, its beginning, and what it is as a whole."""

    encoding: str
    errors: str
    head: str
    digest: str
    size: int

    def opened(self, file: FileIO, newline: str) -> TextIOWrapper:
        """The text of the file, whose lines end as `newline` says."""
        buffered = BufferedReader(file, _CHUNK)
        return TextIOWrapper(buffered, encoding=self.encoding, errors=self.errors, newline=newline)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that Windows-1252 leaves open are the control characters that Windows makes of them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error(_WINDOWS, _as_windows)


def look_at(path: Path) -> Text:
    """Read a file of text to its end and tell how it is written.

    A byte order mark settles the encoding; else it is UTF-8 if all of it is, else Windows-1252. Raises
    `DomainError` file_unreadable for what is no text.
    """
    digest, size = sha256(), 0
    with reading_of(path), path.open("rb", buffering=0) as file:
        head = file.read(_HEAD)
        marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
        if marked is None and _is_strange(head):
            raise unreadable(path, "Choose a CSV, XLSX or JSON file")
        check = None if marked else codecs.getincrementaldecoder("utf-8")()
        is_valid, chunk = True, head
        while chunk:
            digest.update(chunk)
            size += len(chunk)
            is_valid = is_valid and _is_valid(check, chunk)
            chunk = file.read(_CHUNK)
    is_valid = is_valid and _is_valid(check, b"", final=True)
    encoding = marked or ("utf-8" if is_valid else "cp1252")
    errors = _WINDOWS if encoding == "cp1252" else "replace"
    return Text(encoding, errors, head.decode(encoding, errors), digest.hexdigest(), size)


def _is_strange(head: bytes) -> bool:
    strange = len(head.translate(None, _TEXT))
    return head.startswith(_OTHER_SIGNS) or strange * _STRANGE > len(head)


def _is_valid(check: codecs.IncrementalDecoder | None, chunk: bytes, *, final: bool = False) -> bool:
    try:
        return check is None or check.decode(chunk, final) is not None
    except UnicodeDecodeError:
        return False
