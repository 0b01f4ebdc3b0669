"""The file of an export: one JSON object, written row by row and read the same way, whatever its size.

Each row stands on a line of its own. The digest at the end is over the rows of `data` as they are spelled
with sorted keys and no blanks, so that a file that was only laid out anew is still whole.
"""

import codecs
import hashlib
import json
import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final, NoReturn

from posapp.domain.base.errors import DomainError

FORMAT: Final = "posapp-export"
VERSION: Final = 1
PICTURE: Final = "base64"
"""The one key of the object that stands for a picture."""
_CHUNK: Final = 1 << 18
_LONGEST: Final = 1 << 28
"""The most letters that one row may have."""
_OWN = re.compile(rb'\s*(\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"posapp-export"')


def damaged(why: str = "") -> DomainError:
    """The refusal of a file that is not as it was written."""
    told = f" ({why})" if why else ""
    return DomainError(
        "export_damaged",
        f"This export is damaged or cut off{told}. Nothing was imported: take another copy of it.",
        field="file",
    )


def is_export(start: bytes) -> bool:
    """Whether a file that begins so is an export of ours."""
    return _OWN.match(start) is not None


# -- writing ---------------------------------------------------------------------------------------------
def _packed(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {PICTURE: b64encode(value).decode()}
    raise TypeError(f"{type(value)} cannot be exported")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_packed).encode
_encode_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class Writer:
    """Writes the members of one object in turn; `close` ends it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._before = b"{\n"
        self._digest = Digest()

    def value(self, name: str, value: object) -> None:
        """A member on a line."""
        self._begin(name, _encode(value).encode())

    def rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """A member that is a list, a row on each line."""
        self._list(name, (_encode(row).encode() for row in rows))

    def data(self, tables: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> None:
        """The member `data` with its tables; the keys of each row come in order. Its digest follows."""
        self._begin("data", b"{\n")
        self._before = b""
        for name, rows in tables:
            self._digest.begin(name)
            self._list(name, self._counted(rows))
        self._file.write(b"\n}")
        self._before = b",\n"
        self.value("digest", self._digest.shown)

    def _counted(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
        for row in rows:
            line = _encode(row).encode()
            self._digest.row(line)
            yield line

    def close(self) -> None:
        """End the object."""
        self._file.write(b"\n}\n")

    def _begin(self, name: str, value: bytes) -> None:
        self._file.write(b"%b%b: %b" % (self._before, _encode(name).encode(), value))
        self._before = b",\n"

    def _list(self, name: str, lines: Iterable[bytes]) -> None:
        self._begin(name, b"[")
        before = b"\n"
        for line in lines:
            self._file.write(before)
            self._file.write(line)
            before = b",\n"
        self._file.write(b"\n]")


class Digest:
    """The digest of `data`, whatever the order of its tables."""

    def __init__(self) -> None:
        self._tables: dict[str, Any] = {}

    def begin(self, table: str) -> None:
        """The rows of a table follow."""
        self._last = self._tables[table] = hashlib.sha256()

    def row(self, line: bytes) -> None:
        """A row of the table that was begun last."""
        self._last.update(line)
        self._last.update(b"\n")

    @property
    def shown(self) -> str:
        """Of all that came so far."""
        told = {table: each.hexdigest() for table, each in self._tables.items()}
        return "sha256:" + hashlib.sha256(_encode_sorted(told).encode()).hexdigest()


# -- reading ---------------------------------------------------------------------------------------------
def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


class Reader:
    """Reads one JSON value after the other out of a file of any size; what is no JSON is `damaged`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._scan = json.JSONDecoder(parse_constant=_no_number).raw_decode
        self._text, self._at, self._is_end = "", 0, False

    def members(self) -> Iterator[str]:
        """The names in an object; the value of each is read before the next is asked for."""
        self._take("{")
        while self._peek() != "}":
            name = self.value()
            if not isinstance(name, str):
                raise damaged()
            self._take(":")
            yield name
            if not self._goes_on("}"):
                break
        self._take("}")

    def rows(self) -> Iterator[dict[str, Any]]:
        """The objects of a list."""
        self._take("[")
        while self._peek() != "]":
            row = self.value()
            if not isinstance(row, dict):
                raise damaged()
            yield row
            if not self._goes_on("]"):
                break
        self._take("]")

    def skip(self) -> None:
        """Pass over a value, a list of rows without keeping them."""
        if self._peek() == "[":
            for _row in self.rows():
                pass
        else:
            self.value()

    def end(self) -> None:
        """Nothing may follow."""
        if self._peek():
            raise damaged()

    def value(self) -> Any:
        """The next value, whole."""
        self._peek()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if self._is_end or isinstance(error, RecursionError) or len(self._text) > _LONGEST:
                    raise damaged() from error
            else:
                if end < len(self._text) or self._is_end:
                    self._at = end
                    return value
            self._more()

    def _goes_on(self, closing: str) -> bool:
        """Whether another element follows; a comma before the end is a fault."""
        if self._peek() != ",":
            return False
        self._at += 1
        if self._peek() in (closing, ""):
            raise damaged()
        return True

    def _take(self, mark: str) -> None:
        if self._peek() != mark:
            raise damaged()
        self._at += 1

    def _peek(self) -> str:
        """The next letter that is no blank, "" at the end of the file."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._is_end:
                return ""
            self._more()

    def _more(self) -> None:
        """Read on; as much as is left once more, so that a long row is not gone through again and again."""
        left = self._text[self._at :]
        try:
            chunk = self._file.read(max(_CHUNK, len(left)))
            self._is_end = not chunk
            self._text, self._at = left + self._decode(chunk, self._is_end), 0
        except UnicodeDecodeError as error:
            raise damaged() from error


def line_of(row: Mapping[str, Any]) -> bytes:
    """A row as it counts in the digest; lone surrogates are no text of ours."""
    try:
        return _encode_sorted(row).encode()
    except UnicodeEncodeError as error:
        raise damaged() from error


def unpack(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the database takes it: pictures as bytes."""
    for name, value in row.items():
        if value.__class__ in _ODD:
            row[name] = _unpacked(value)
    return row


_ODD: Final = (dict, list, float)


def _unpacked(value: object) -> bytes:
    packed = value.get(PICTURE) if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(packed, str):
        raise damaged()
    try:
        return b64decode(packed, validate=True)
    except (NoBase64, ValueError) as error:
        raise damaged() from error
