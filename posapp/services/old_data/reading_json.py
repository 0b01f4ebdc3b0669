"""JSON as old systems write it: an array of objects, or lines of one object each.

An answer of a product's web service that holds its list under a name (`{"customers": [...], ...}`) is read as
that list. Numbers of more digits than Python turns into a number stay text.
"""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from io import TextIOWrapper
from itertools import islice
from json import JSONDecoder
from json.scanner import make_scanner
from pathlib import Path
from typing import Any, Final

from posapp.services.old_data.reading_base import LONGEST_ROW, RawRow, Source, Text
from posapp.services.old_data.splitting import Elements

_DEEPEST: Final = 200
_FIRST_ROWS: Final = 50  # enough to know the keys
_MOST_DIGITS: Final = 4_000
_HALF_PAIR: Final = re.compile(r"[\ud800-\udfff]")
_NAMED_LIST: Final = re.compile(
    r'\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|true|false|null|-?[0-9.]+)\s*,|\s*"[^"\\]*"\s*:\s*\{)*'
    r'\s*"(?:customers?|clients?|contacts?|customer_?data|data|results?|records|rows|items)"\s*:\s*(?=\[)',
    re.IGNORECASE,
)


def _no_number(text: str) -> object:
    raise ValueError(text)


def _whole(text: str) -> int | str:
    return int(text) if len(text) < _MOST_DIGITS else text


_Scan = Callable[[str, int], tuple[object, int]]
_exact: Final[Any] = JSONDecoder(parse_constant=_no_number)
_patient: Final[Any] = JSONDecoder(parse_constant=_no_number, parse_int=_whole)
_scan: Final[_Scan] = make_scanner(_exact)  # what a decoder does, without what it does around it
_scan_slowly: Final[_Scan] = make_scanner(_patient)


@dataclass(slots=True)
class JsonSource(Source):
    """A JSON array, or JSON lines."""

    text: Text = field(kw_only=True)
    start: int = field(default=0, kw_only=True)
    """Characters before the array."""
    is_wrapped: bool = field(default=False, kw_only=True)

    def rows(self) -> Generator[RawRow, None, None]:
        """All lines that are not blank, or all elements."""
        known = dict.fromkeys(self.columns)
        with self.reading() as file, self.text.opened(file, "\n") as text:
            for row in _elements(text, self) if self.kind == "json" else _lines(text):
                if row.values is not None and not known.keys() >= row.values.keys():
                    known.update(dict.fromkeys(row.values))
                    self.columns = tuple(known)
                yield row


def open_json(path: Path, text: Text) -> JsonSource:
    """The JSON in a file whose text was looked at, with the keys of its first rows."""
    wrapped = _wrapped_list(text.head)
    is_array = wrapped > 0 or text.head.lstrip().startswith("[")
    source = JsonSource(
        path,
        "json" if is_array else "jsonl",
        text.digest,
        text.size,
        text=text,
        start=wrapped or max(0, text.head.find("[")),
        is_wrapped=wrapped > 0,
    )
    with closing(source.rows()) as rows:
        for _ in islice(rows, _FIRST_ROWS):
            pass
    return source


def _wrapped_list(head: str) -> int:
    """Where the list begins that one object of the whole file holds; 0 if there is none."""
    found = _NAMED_LIST.match(head)
    if found is None:
        return 0
    line, _, rest = head.partition("\n")
    is_one_of_many = rest.strip() and _read(line, 0, len(line)) is not None
    return 0 if is_one_of_many else found.end()


def _lines(text: TextIOWrapper) -> Iterator[RawRow]:
    for number, line in enumerate(iter(partial(text.readline, LONGEST_ROW), ""), 1):
        try:
            value, end = _scan(line, 0)
        except (StopIteration, ValueError, RecursionError):
            value, end = None, 0
        if end and len(line) - end < 3 and line[end:] in ("\n", "\r\n", ""):
            yield RawRow(number, _whole_object(value, line, 0, end))
        elif len(line) == LONGEST_ROW and not line.endswith("\n"):
            _pass_over(text)
            yield RawRow(number, None)
        elif line.strip():
            yield RawRow(number, _read(line, 0, len(line)))


def _pass_over(text: TextIOWrapper) -> None:
    """The rest of a line that is too long to be read."""
    while (rest := text.readline(2**20)) and not rest.endswith("\n"):
        pass


def _elements(text: TextIOWrapper, source: JsonSource) -> Iterator[RawRow]:
    text.read(source.start)
    found = Elements(text, _scan, is_wrapped=source.is_wrapped)
    for number, (held, begin, end, value) in enumerate(found, 1):
        if value is None:
            yield RawRow(number, _read(held, begin, end))
        else:
            yield RawRow(number, _whole_object(value, held, begin, end))


def _read(text: str, begin: int, end: int) -> dict[str, object] | None:
    """The one object that this part of a text is; None if it is anything else."""
    part = text[begin:end].strip(" \t\r\n")
    for scan in (_scan, _scan_slowly):
        try:
            value, stop = scan(part, 0)
        except (StopIteration, RecursionError):
            return None
        except ValueError:
            continue
        return _whole_object(value, part, 0, stop) if stop == len(part) else None
    return None


def _whole_object(value: object, text: str, begin: int, end: int) -> dict[str, object] | None:
    """The object that was read from a part of a text, half surrogates made whole; None for anything else."""
    if not isinstance(value, dict):
        return None
    if text.count("{", begin, end) + text.count("[", begin, end) > _DEEPEST and _is_deep(value):
        return None
    if text.find("\\ud", begin, end) >= 0 or text.find("\\uD", begin, end) >= 0:
        made = _mended(value)
        return made if isinstance(made, dict) else None
    return value


def _is_deep(value: object) -> bool:
    """Whether more is nested in each other than anything that can be written again."""
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _mended(value: object) -> object:
    if isinstance(value, str):
        return _HALF_PAIR.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(one) for one in value]
    if isinstance(value, dict):
        return {_HALF_PAIR.sub("\ufffd", key): _mended(one) for key, one in value.items()}
    return value
