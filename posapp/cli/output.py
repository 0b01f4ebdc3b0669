"""What commands print: the result on standard output, everything else on standard error.

With `--json` the result is one JSON document and a refusal is `{"error": {...}}` on standard error. Text is
made safe for a terminal: control characters that came in with old data steer nothing.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import zip_longest
from typing import TextIO

from posapp.domain.base.errors import PosappError

Json = Mapping[str, object] | Sequence[object]
Lines = Iterable[str] | str
_KEPT = "\n\t"


class OutputError(OSError):
    """What is printed has nowhere to go: a full disk behind the shell's `>`."""


class Output:
    """Standard output and standard error of one command."""

    def __init__(self, *, as_json: bool, is_child: bool = False) -> None:
        """`is_child`: another program started the command with --progress and shows what it says."""
        self.as_json = as_json
        self._is_child = is_child
        self._sign = "" if is_child else "posapp: "

    def result(self, document: Json | Callable[[], Json], lines: Lines | Callable[[], Lines]) -> None:
        """The answer of a command, as JSON or as lines of text; long ones are made only when wanted."""
        if self.as_json:
            made = document() if callable(document) else document
            _write(sys.stdout, dumps(made, sys.stdout))
            return
        told = lines() if callable(lines) else lines
        for line in [told] if isinstance(told, str) else told:
            _write(sys.stdout, calm(line))

    def many(self, documents: Iterable[Json], lines: Callable[[], Iterable[str]]) -> None:
        """The same of as many as there are: each is printed when it is known, none is kept.

        The first one is asked for before anything is printed, so that a refusal stands alone.
        """
        if not self.as_json:
            self.result({}, lines)
            return
        opening = "["
        for document in documents:
            _write(sys.stdout, opening + dumps(document, sys.stdout, indent=None), end="")
            opening = ",\n "
        _write(sys.stdout, "]" if opening != "[" else "[]")

    def note(self, text: str) -> None:
        """A word about the answer that is not part of it."""
        _write(sys.stderr, calm(text))

    def step(self, document: Json) -> None:
        """A step of a long command, one line of JSON for the program that started it."""
        _write(sys.stderr, dumps(document, sys.stderr, indent=None))
        sys.stderr.flush()

    def failure(self, error: PosappError) -> None:
        """Why a command was refused."""
        self.refusal(error.code, error.sentence, error.field, error.facts)

    def refusal(
        self, code: str, sentence: str, field: str | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        """Why a command was refused, told in words."""
        if not self.as_json:
            _write(sys.stderr, calm(self._sign + sentence))
            if self._is_child:
                self.step({"refused": code})  # what the window can ask about
            return
        error: dict[str, object] = {"code": code, "message": sentence, "field": field}
        told = {name: plain(fact) for name, fact in (facts or {}).items() if fact is not None}
        if told:
            error["facts"] = told
        # a program that reads line by line gets one line
        _write(sys.stderr, dumps({"error": error}, sys.stderr, indent=None if self._is_child else 2))


def dumps(document: Json, stream: TextIO, *, indent: int | None = 2) -> str:
    """JSON that the stream can carry: letters as they are where it speaks UTF-8, else escaped."""
    speaks_utf8 = (getattr(stream, "encoding", None) or "").lower().replace("-", "") == "utf8"
    return json.dumps(document, ensure_ascii=not speaks_utf8, indent=indent)


def plain(value: object) -> object:
    """A value as JSON can hold it; times in ISO form."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def calm(text: str) -> str:
    """Text without what would steer a terminal."""
    if text.isprintable():
        return text
    return "".join("�" if unicodedata.category(one) == "Cc" and one not in _KEPT else one for one in text)


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Columns of a terminal that a text takes: two for wide letters, none for marks."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as aligned lines, two spaces between columns; line breaks inside cells become spaces."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    sizes = [max(map(width, column)) for column in zip_longest(*cells, fillvalue="")]
    return [
        "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=False)).rstrip()
        for row in cells
    ]


def facts(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Names and values as aligned lines, without the empty ones; further lines of a value are indented."""
    kept = [(name, value) for name, value in pairs if value]
    size = max((width(name) for name, _ in kept), default=0) + 2
    lines = []
    for name, value in kept:
        first, *rest = value.split("\n")
        lines.append(name + " " * (size - width(name)) + first)
        lines += [" " * size + line for line in rest]
    return lines


def _write(stream: TextIO | None, text: str, *, end: str = "\n") -> None:
    if stream is None:  # a program without a console
        return
    try:
        stream.write(text + end)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from error
