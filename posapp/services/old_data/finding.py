"""Finds pairs of customers who may be one, with flat memory: blocks first, then comparing within them.

Each customer is put under keys: its e-mails; its places, numbers, digits and devices, each with how its names
begin, and with each whole name; its names, for those without a phone. Customers under one key are
candidates. A key that many share (a town for an address, "Unknown" for a name) says little and is left out or
compared with neighbours alone. Keys and candidates lie in files (`spill`), so that a million customers need
no more memory than a thousand.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import IntEnum
from itertools import groupby, islice
from typing import TYPE_CHECKING

from posapp.domain.old_data.duplicates import FoundPair, Traits
from posapp.services.old_data.likeness import NAMES, SIGNALS, Person, compare, person_of
from posapp.services.old_data.spill import PARTS, Spill

if TYPE_CHECKING:
    from posapp.storage.old_data.duplicates import Duplicates

Progress = Callable[[str, int, int], None]
Reader = Callable[[Callable[["Duplicates"], list[Traits]]], list[Traits]]
"""Asks the repository in a transaction of its own, so that none is held for minutes."""
PORTION = 5000
_COMPARED = 2000


class Block(IntEnum):
    """What customers under a key have in common, which decides how they are compared."""

    EMAIL = 0
    EMAIL_AND_NAME = 1
    SIGNAL = 2
    """A place, number or device, and how a name begins."""
    SIGNAL_AND_NAME = 3
    NAME = 4
    WORD = 5
    """A name of one word, which says less."""


_MOST = {Block.EMAIL: 30, Block.SIGNAL: 30, Block.SIGNAL_AND_NAME: 30, Block.NAME: 10, Block.WORD: 3}
_NEIGHBOURS, _CROWD = 3, 5
_STEPS, _START = 20, 3
"""So many neighbours of each in a block are candidates whatever it is, more only as long as there is room; so
many letters are how a word of a name begins."""
_KINDS, _FLAGS = 8, 2
_REASONS = (*SIGNALS, *NAMES)
_REASON_BITS, _SCORE_BITS = len(_REASONS), 7


def keys_of(person: Person) -> Iterator[tuple[Block, str]]:
    """The keys of a customer."""
    traits = person.traits
    wholes = {name.ordered for name in person.names}
    starts = {word[:_START] for name in person.names for word in name.ordered.split()}
    for email in traits.emails:
        yield Block.EMAIL, email
        for whole in wholes:
            yield Block.EMAIL_AND_NAME, f"{email}\n{whole}"
    signals = {f"n{number}" for number in traits.phones | traits.former}
    signals |= {"d" + "".join(sorted(number)) for number in traits.phones}
    signals |= {f"g{device}" for device in traits.devices}
    if person.place:
        signals.add(f"p{person.place}")
    for signal in signals:
        for start in starts:
            yield Block.SIGNAL, f"{signal}\n{start}"
        if signal[0] in "pd":
            for whole in wholes:
                yield Block.SIGNAL_AND_NAME, f"{signal}\n{whole}"
    for whole in wholes:
        yield Block.NAME if " " in whole else Block.WORD, whole


def _number(block: Block, key: str) -> int:
    """A key as a number, the same in every run; two keys with one number only cost a comparison."""
    digest = hashlib.blake2b(f"{block}{key}".encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


class Finder:
    """Finds the pairs of one business; `most` is how many there may be at most."""

    def __init__(
        self,
        read: Reader,
        *,
        customers: int,
        last: int,
        progress: Progress | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._read = read
        self._customers, self._span = customers, last + 1
        self._tell = progress or (lambda _step, _done, _total: None)
        self._check = check
        self.most = 2 * customers
        self.compared = 0
        """Pairs that were compared."""

    def pairs(self) -> Iterator[FoundPair]:
        """Every pair in order of its keys; at most `most`, the surest ones."""
        with ExitStack() as held:
            by_key = held.enter_context(Spill(lambda number: number % PARTS))
            candidates = held.enter_context(Spill(self._part_of))
            found = held.enter_context(Spill(self._part_of))
            self._fill(by_key)
            self._block(by_key, candidates)
            yield from self._best(found, self._score(candidates, found))

    def _part_of(self, key: int) -> int:
        """Where a pair lies, so that parts follow each other by key."""
        return min(key * PARTS // self._span, PARTS - 1)

    # -- blocks ----------------------------------------------------------------------------------------
    def _fill(self, by_key: Spill) -> None:
        after = done = 0
        while portion := self._read(lambda stored, after=after: stored.portion(after, PORTION)):  # type: ignore[misc]
            for traits in portion:
                flag = not traits.phones
                for block, key in keys_of(person_of(traits)):
                    by_key.put(_number(block, key), (traits.id * _KINDS + block) * _FLAGS + flag)
            after, done = portion[-1].id, done + len(portion)
            self._tell("read", done, self._customers)
            self._check()

    def _block(self, by_key: Spill, candidates: Spill) -> None:
        room = self.most
        for done, part in enumerate(by_key.parts()):
            for _, members in groupby(sorted(part), key=lambda pair: pair[0]):
                held = [second for _, second in members]
                if len(held) < 2:
                    continue
                block = Block(held[0] // _FLAGS % _KINDS)
                crowded = block <= Block.EMAIL_AND_NAME and len(held) > _CROWD
                always = len(held) * _STEPS
                for count, (a, b) in enumerate(_within(block, held)):
                    if count >= always:
                        if not room:
                            break
                        room -= 1
                    if a != b:
                        candidates.put(min(a, b), max(a, b) * _FLAGS + crowded)
            self._tell("block", done + 1, PARTS)
            self._check()

    # -- comparing -------------------------------------------------------------------------------------
    def _score(self, candidates: Spill, found: Spill) -> list[int]:
        """Compare all candidates; how many pairs have each score."""
        counts = [0] * 101
        for done, part in enumerate(candidates.parts()):
            pairs = iter(_merged(part))
            while some := list(islice(pairs, _COMPARED)):
                for pair in self._compare(some):
                    counts[pair.score] += 1
                    found.put(pair.a_id, _packed(pair))
                self._check()
            self._tell("compare", done + 1, PARTS)
        return counts

    def _compare(self, pairs: list[tuple[int, int, bool]]) -> Iterator[FoundPair]:
        keys = sorted({key for a, b, _ in pairs for key in (a, b)})
        there = {one.id: person_of(one) for one in self._read(lambda stored: stored.traits(keys))}
        for a, b, is_crowded in pairs:
            if a in there and b in there:
                self.compared += 1
                pair = compare(there[a], there[b], is_crowded=is_crowded)
                if pair is not None:
                    yield pair

    def _best(self, found: Spill, counts: list[int]) -> Iterator[FoundPair]:
        """The pairs again, without the least sure ones if there are too many."""
        least, room = 100, self.most
        while least > 0 and counts[least] <= room:
            room -= counts[least]
            least -= 1
        for part in found.parts():
            for first, packed in part:
                pair = _unpacked(first, packed)
                if pair.score == least:
                    room -= 1
                if pair.score > least or (pair.score == least and room >= 0):
                    yield pair


def _within(block: Block, members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The candidates of a block, by key; those who follow each other first."""
    keys = [one // _FLAGS // _KINDS for one in members]
    count = len(keys)
    if count > _MOST.get(block, count):
        steps = range(1, _NEIGHBOURS + 1) if block is Block.SIGNAL_AND_NAME else range(0)
    else:
        steps = range(1, count)
    asks_phone = block in (Block.NAME, Block.WORD)
    for step in steps:
        for place in range(count - step):
            if not asks_phone or members[place] % _FLAGS or members[place + step] % _FLAGS:
                yield keys[place], keys[place + step]


def _merged(part: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Each pair of a part once, in order, and whether many share what they share."""
    for (a, b), same in groupby(sorted(set(part)), key=lambda pair: (pair[0], pair[1] // _FLAGS)):
        yield a, b, any(second % _FLAGS for _, second in same)


def _packed(pair: FoundPair) -> int:
    """What a pair tells beside its first key, in one number."""
    bits = sum(1 << _REASONS.index(reason) for reason in pair.reasons)
    return (pair.b_id << _REASON_BITS | bits) << _SCORE_BITS | pair.score


def _unpacked(a_id: int, packed: int) -> FoundPair:
    bits, score = packed >> _SCORE_BITS, packed & (1 << _SCORE_BITS) - 1
    reasons = tuple(one for place, one in enumerate(_REASONS) if bits >> place & 1)
    return FoundPair(a_id, bits >> _REASON_BITS, score, reasons)
