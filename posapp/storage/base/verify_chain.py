"""Follows the journal's chains from entry to entry and says in words where one does not hold."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from json.encoder import encode_basestring as quoted
from typing import Any

from posapp.domain.base.clock import from_us
from posapp.domain.base.journal import GENESIS, chain_hash

_BEHIND = 1 << 63
End = tuple[int, str]
"""The last entry of a chain and its hash."""


class Why(StrEnum):
    """What became of the entries at which a chain does not hold."""

    ALTERED = "altered"
    MISSING = "missing"
    CUT = "cut off at the end"
    REPLACED = "replaced"
    ADDED = "added behind the end"
    ENDLESS = "endless"
    STRAY = "stray"
    NAMELESS = "nameless"


@dataclass(frozen=True, slots=True)
class Break:
    """Entries that are not as they were written; `at` is when, or of what is near them if they are gone."""

    business: int
    first: int
    last: int
    why: Why
    at: object = None

    @property
    def words(self) -> str:
        """Such as: entry 7 of business 1 (2026-11-18 08:00 UTC) was altered."""
        whose = chain_words(self.business)
        if self.why is Why.ENDLESS:
            return f"the end of the journal {whose} is lost"
        if self.why is Why.STRAY:
            return f"the end of a journal {whose}, which is not there"
        if self.why is Why.NAMELESS:
            return f"an entry ({moment_words(self.at)}) has lost its number or its business"
        is_one = self.first == self.last
        which = f"entry {self.first}" if is_one else f"entries {self.first} to {self.last}"
        when = moment_words(self.at)
        if self.why is Why.MISSING:
            return f"{which} {whose} {'is' if is_one else 'are'} missing, before one of {when}"
        if self.why is Why.CUT:
            return f"{which} {whose} {'was' if is_one else 'were'} {self.why}, after {when}"
        return f"{which} {whose} ({when}) {'was' if is_one else 'were'} {self.why}"


def chain_words(business: int) -> str:
    """Whose a chain is."""
    return f"of business {business}" if business else "of no business"


def moment_words(at: object) -> str:
    """When an entry says that it was written."""
    try:
        return f"{from_us(at):%Y-%m-%d %H:%M} UTC" if isinstance(at, int) else "the beginning"
    except (OverflowError, ValueError, OSError):
        return "a time that cannot be"


class _Quoted(dict[object, str]):
    """Tills, people, acts and kinds as JSON: few texts that come again and again."""

    def __missing__(self, text: str) -> str:
        made = self[text] = quoted(text)
        return made


@dataclass(slots=True)
class Chains:
    """Follows every entry in the order of chains and numbers; then compares the ends.

    An entry's hash is computed as `domain/base/journal.py` does (a test holds them equal), only quicker: its
    JSON is put together from parts that are known already.
    """

    breaks: list[Break] = field(default_factory=list)
    ends: dict[int, End] = field(default_factory=dict)
    _ats: dict[int, object] = field(default_factory=dict)

    def followed(self, entries: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The same entries (each begins with the columns of the journal), once each was compared."""
        words, sha256 = _Quoted({None: "null"}), hashlib.sha256
        chain, last, previous, other = -1, 0, GENESIS, ""
        when: object = None
        for entry in entries:
            business, number, at, till, person, action, subject, key, body, stored, *_ = entry
            if number.__class__ is not int or business.__class__ is not int:
                self.breaks.append(Break(_BEHIND, 0, 0, Why.NAMELESS, at))
                continue
            if business != chain:
                self._end(chain, last, previous, when)
                chain, last, previous, other = business, 0, GENESIS, ""
            try:
                said = (
                    f",{business},{number},{at},{words[till]},{words[person]},{words[action]},"
                    f"{words[subject]},{key},{quoted(body)}]"
                )
                made = sha256(f'["{previous}"{said}'.encode()).hexdigest()
            except (TypeError, UnicodeEncodeError):  # bytes in the place of a text, or letters that are none
                entry = tuple(map(_readable, entry))
                said, made = "", chain_hash(previous, *entry[:9])
            last += 1
            is_next = made == stored and number == last
            other = "" if is_next else self._broken(entry, last, made, other, said)
            last, previous, when = number, stored, at
            yield entry
        self._end(chain, last, previous, when)

    def _end(self, chain: int, last: int, stored: str, at: object) -> None:
        if last:
            self.ends[chain], self._ats[chain] = (last, stored), at

    def _broken(self, entry: tuple[Any, ...], expected: int, made: str, other: str, said: str) -> str:
        """An entry that does not follow: answers what its hash ought to be, if that is another one.

        `other` is what the hash of the entry before ought to be.
        """
        business, number, at, stored = entry[0], entry[1], entry[2], entry[9]
        if number != expected:
            self.breaks.append(Break(business, expected, number - 1, Why.MISSING, at))
        elif not (other and said and hashlib.sha256(f'["{other}"{said}'.encode()).hexdigest() == stored):
            self.breaks.append(Break(business, number, number, Why.ALTERED, at))
            return made
        return ""  # it is whole: what is wrong is what was before it

    def compare(self, heads: Mapping[int, End], businesses: Iterable[int]) -> None:
        """All entries were heard: each chain must end with its head, and each business has one."""
        known = {*businesses, *self.ends}
        for business in sorted(known | heads.keys()):
            self.breaks += self._at_end(business, heads.get(business), is_known=business in known)

    def _at_end(self, business: int, head: End | None, *, is_known: bool) -> Iterator[Break]:
        last, stored = self.ends.get(business, (0, GENESIS))
        at = self._ats.get(business)
        if head == (last, stored) and is_known:
            return
        if head is None:
            yield Break(business, last + 1, last + 1, Why.ENDLESS, at)
        elif not is_known:
            yield Break(business, head[0], head[0], Why.STRAY)
        elif last < head[0]:
            yield Break(business, last + 1, head[0], Why.CUT, at)
        elif last > head[0]:
            yield Break(business, head[0] + 1, last, Why.ADDED, at)
        elif not any(one.business == business and one.last == last for one in self.breaks[-1:]):
            yield Break(business, last, last, Why.REPLACED, at)


def _readable(value: object) -> object:
    """A value as JSON can tell it; no program writes bytes."""
    return repr(value) if isinstance(value, bytes) else value
