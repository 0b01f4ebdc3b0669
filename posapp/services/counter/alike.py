"""Misspelt names: whose words differ from the typed ones by a slip or two (`kowalzcyk` for Kowalczyk).

Asked only when nothing else answers. The index gives few candidates, by how words begin with the usual slips
of the first letters put right; rapidfuzz tells how many slips (letters left out, added, changed or swapped)
lie between.
"""

from collections.abc import Iterable

SHORTEST = 4
"""Letters: in a shorter word a slip makes another word."""
_LONG = 8
"""From so many letters on two slips are one word still."""
_BEGINNING = 3


def may_be_misspelt(words: Iterable[str]) -> bool:
    """Whether a word is long enough to be told from another one with a slip in it."""
    return any(map(_is_judged, words))


def beginnings(words: Iterable[str], *, wide: bool) -> list[list[str]]:
    """How each word may begin where it is spelt right; `wide` asks less of the beginning."""
    return [_beginnings(word, wide=wide) if _is_judged(word) else [word] for word in words]


def slips(words: list[str], names: dict[int, str], most: int) -> list[int]:
    """The customers (key to folded names) who may be meant, fewest slips first, then the newest."""
    known = {word for name in names.values() for word in name.split()}
    told = [_near(word, known) for word in words]
    ranked = []
    for key, name in names.items():
        own = name.split()
        costs = [min((near[one] for one in own if one in near), default=None) for near in told]
        if None not in costs:
            ranked.append((sum(cost for cost in costs if cost is not None), -key))
    return [-key for _, key in sorted(ranked)[:most]]


def _is_judged(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _beginnings(word: str, *, wide: bool) -> list[str]:
    if wide:
        return [word[: _BEGINNING - 1]]
    slipped = [word]
    for place in range(_BEGINNING - 1):
        slipped.append(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    slipped += [word[:place] + word[place + 1 :] for place in range(_BEGINNING)]
    return list(dict.fromkeys(one[:_BEGINNING] for one in slipped))


def _near(word: str, known: set[str]) -> dict[str, float]:
    """The known words that may be meant by one, and what that costs; a beginning of a word costs a little."""
    if not _is_judged(word):
        return {one: 0.0 for one in known if one.startswith(word)}
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= _LONG else 1
    near: dict[str, float] = {}
    for cut, extra in ((None, 0.0), (len(word), 0.5)):
        told = {one: one[:cut] for one in known}
        for _, cost, one in process.extract(word, told, scorer=OSA.distance, score_cutoff=most, limit=None):
            near.setdefault(one, cost + extra)
    return near
