"""The elements of a JSON array, one after the other, of which each may be broken.

Nearly every element is read where it begins. What cannot be read so, because the text at hand ends in it or
because it is broken, is followed by its brackets and quotes to the comma behind it. The text at hand grows by
its own size, so that an element of any length costs no more than it is long.
"""

import re
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import Final

from posapp.services.old_data.reading_base import LONGEST_ROW

_CHUNK: Final = 2**20
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_TOKEN: Final = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|["{}\[\],]')
_NEXT_LINE: Final = re.compile(r"\}[ \t]*,[ \t]*\r?\n(?=\{)")
"""Where writers of one element a line end one: a broken element is taken to end there."""

Element = tuple[str, int, int, object]
"""A text, where in it the element begins and ends, and what was read there (None: nothing)."""


class Elements:
    """The elements of the array with which a text begins.

    `is_wrapped`: what comes behind the array belongs to what it is wrapped in; else it is one more element,
    which no reader will take for one.
    """

    def __init__(
        self, text: TextIOWrapper, scan: Callable[[str, int], tuple[object, int]], *, is_wrapped: bool
    ) -> None:
        self._text = text
        self._scan = scan
        self._is_wrapped = is_wrapped
        self._held = ""
        self._at = 0
        self._is_all = False
        self._was_lost = False

    def __iter__(self) -> Iterator[Element]:
        if self._next() != "[":
            return
        self._at += 1
        while (sign := self._next()) not in ("", "]"):
            yield self._element(sign)
        self._at += 1
        if sign and not self._is_wrapped and self._next():
            yield self._held, self._at, len(self._held), None

    def _more(self) -> bool:
        """Take in more text, as much as is at hand; False if there is none."""
        rest = self._held[self._at :]
        added = self._text.read(max(_CHUNK, len(rest)))
        self._held, self._at = rest + added, 0
        self._is_all = not added
        return bool(added)

    def _next(self) -> str:
        """The sign at which the next thing begins, blanks aside; empty at the end."""
        while True:
            self._at = _blank_end(self._held, self._at)
            if self._at < len(self._held):
                return self._held[self._at]
            if self._is_all or not self._more():
                return ""

    def _element(self, sign: str) -> Element:
        """The element that begins here; behind it stands the beginning of the next one, or the end."""
        begin = self._at
        if sign == "{":
            try:
                value, end = self._scan(self._held, begin)
            except (StopIteration, ValueError, RecursionError):
                value, end = None, begin
            behind = _blank_end(self._held, end)
            if end > begin and self._held[behind : behind + 1] in (",", "]"):
                self._at = behind + (self._held[behind] == ",")
                return self._held, begin, end, value
        return self._followed()

    def _followed(self) -> Element:
        end = self._end()
        text, begin = self._held, self._at
        value = self._value(begin, end)
        broken = _NEXT_LINE.search(text, begin, end + 1) if value is None else None
        if broken is not None:
            self._at = broken.end()
            return text, begin, broken.start() + 1, None
        self._at = end + (text[end : end + 1] == ",")
        return text, begin, end, value

    def _value(self, begin: int, end: int) -> object:
        try:
            value, stop = self._scan(self._held, begin)
        except (StopIteration, ValueError, RecursionError):
            return None
        return value if _blank_end(self._held, stop) == end else None

    def _end(self) -> int:
        """Where the comma or bracket behind the element stands, or the end of all that can be looked at.

        Once one was followed in vain, the next ones are followed to the end of their line at most.
        """
        depth = seen = 0
        while True:
            line = _NEXT_LINE.search(self._held, self._at) if self._was_lost else None
            stop = line.end() if line else len(self._held)
            seen, depth, end = _follow(self._held, self._at + seen, stop, depth)
            if end is not None or line:
                return stop if end is None else end
            seen -= self._at
            if len(self._held) - self._at > LONGEST_ROW or not self._more():
                self._was_lost = True
                return len(self._held)


def _blank_end(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _follow(text: str, at: int, stop: int, depth: int) -> tuple[int, int, int | None]:
    """How far the text could be followed, how deep it is nested there, and where the element ended."""
    for token in _TOKEN.finditer(text, at, stop):
        sign = token[0]
        if sign in "{[":
            depth += 1
        elif sign == '"':  # a string that does not end in its line, or not in the text at hand
            if text.find("\n", token.end(), stop) < 0:
                return token.start(), depth, None
        elif depth == 0 and sign in ",]":
            return at, depth, token.start()
        elif sign in "}]":
            depth = max(0, depth - 1)
    return stop, depth, None
