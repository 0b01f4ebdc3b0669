"""How alike two customers are: the names compared with rapidfuzz, and what else they have in common.

A name in common is never enough by itself. A score says how sure the finder is: 81 for an address of
e-mail of which only one has a name, 96 with almost the same name beside it. Further signals take the rest
to 100 down by a third each.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from posapp.domain.base.folding import latin
from posapp.domain.old_data.duplicates import MAYBE, FoundPair, Reason, Traits

_NAME_POINTS = {
    Reason.SAME_NAME: 18,
    Reason.SWAPPED_NAME: 17,
    Reason.SIMILAR_NAME: 15,
    Reason.SAME_SURNAME: 8,
}
_POINTS = {
    Reason.SAME_EMAIL: 81,
    Reason.SAME_DEVICE: 80,
    Reason.FORMER_NUMBER: 74,
    Reason.SWAPPED_DIGITS: 68,
    Reason.NO_PHONE: 56,
    Reason.SAME_ADDRESS: 52,
}
SIGNALS, NAMES = tuple(_POINTS), tuple(_NAME_POINTS)
"""What a pair is told by: signals, the strongest first, then how far the names are alike."""
_TOLD_APART, _CROWDED = 65, 20
"""What an e-mail says of two people who both have a name, and no name in common; how much less it says if
many have it."""
_BY_SURNAME = {Reason.SAME_EMAIL, Reason.SAME_DEVICE, Reason.FORMER_NUMBER}
"""Signals for which a surname in common counts; a family has its address in common, too."""
_SIMILAR, _SAME_PLACE = 86, 85
_SHORTEST = 5
_SHORTEST_NUMBER = 7
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its words in Latin letters, as written and sorted."""

    whole: str
    ordered: str
    surname: str


@dataclass(frozen=True, slots=True)
class Person:
    """A customer made ready to be compared."""

    traits: Traits
    names: tuple[Name, ...]
    place: str


def name_of(text: str) -> Name | None:
    """A name made ready; a name of signs alone is itself, an empty one none."""
    words = latin(text).split()
    if not words:
        signs = text.strip().casefold()
        return Name(signs, signs, signs) if signs else None
    return Name(" ".join(words), " ".join(sorted(words)), words[-1])


def person_of(traits: Traits) -> Person:
    """A customer made ready."""
    names = {name.whole: name for name in map(name_of, traits.names) if name is not None}
    return Person(traits, tuple(names.values()), place_of(traits.address))


def place_of(address: str) -> str:
    """Where somebody lives, as far as spellings agree: the house number and how the street begins.

    `3 Mill Lane, Dublin 8` and `3 Mill Ln` are one place; without a number all words count.
    """
    words = latin(address).split()
    number = next((one for one in words if one[0].isdecimal()), "")
    street = next((one for one in words if len(one) > 2 and one[0].isalpha()), "")
    return f"{number} {street[:5]}" if number and street else " ".join(words)


def is_swapped(a: str, b: str) -> bool:
    """Whether two numbers differ in nothing but two digits that changed places."""
    if len(a) != len(b) or len(a) < _SHORTEST_NUMBER:
        return False
    places = [place for place in range(len(a)) if a[place] != b[place]]
    return len(places) == 2 and all(a[one] == b[other] for one, other in (places, places[::-1]))


def name_likeness(ours: Iterable[Name], theirs: Iterable[Name]) -> Reason | None:
    """The most that any of two people's names have in common."""
    pairs = [(one, other) for one in ours for other in theirs]
    for reason, holds in (
        (Reason.SAME_NAME, lambda one, other: one.whole == other.whole),
        (Reason.SWAPPED_NAME, lambda one, other: one.ordered == other.ordered),
        (Reason.SIMILAR_NAME, _is_similar),
        (Reason.SAME_SURNAME, lambda one, other: one.surname == other.surname and len(one.surname) > 2),
    ):
        if any(holds(one, other) for one, other in pairs):
            return reason
    return None


def _is_similar(one: Name, other: Name) -> bool:
    if min(len(one.whole), len(other.whole)) < _SHORTEST:
        return False
    if fuzz.ratio(one.ordered, other.ordered, score_cutoff=_SIMILAR):
        return True
    ours, theirs = one.ordered.split(), other.ordered.split()
    fewer, more = sorted((ours, theirs), key=len)
    if len(fewer) > 1 and len(fewer) < len(more):
        return set(fewer) <= set(more)
    return len(fewer) == len(more) and _is_shortened(set(ours), set(theirs))


def _is_shortened(ours: set[str], theirs: set[str]) -> bool:
    """Whether all words but one agree, and that one is the first letter of the other."""
    here, there = ours - theirs, theirs - ours
    if len(here) != 1 or len(there) != 1 or not ours & theirs:
        return False
    short, long = sorted((*here, *there), key=len)
    return len(short) == 1 and long.startswith(short)


def compare(a: Person, b: Person, *, is_crowded: bool = False) -> FoundPair | None:
    """What speaks for two customers being one, or None; `is_crowded`: many share an e-mail."""
    ours, theirs = a.traits, b.traits
    name = name_likeness(a.names, b.names)
    signals = [reason for reason in _signals(a, b) if _counts(reason, name)]
    if not signals:
        return None
    if name is Reason.SAME_SURNAME and not _BY_SURNAME.intersection(signals):
        name = None
    score = _score(signals, name, is_told_apart=bool(a.names and b.names))
    if is_crowded and signals[0] is Reason.SAME_EMAIL:
        score -= _CROWDED
    if score < MAYBE:
        return None
    reasons = (*signals, name) if name is not None else tuple(signals)
    first, last = sorted((ours.id, theirs.id))
    return FoundPair(first, last, score, reasons)


def _signals(a: Person, b: Person) -> list[Reason]:
    """What two customers have in common beside a name, the strongest first."""
    ours, theirs = a.traits, b.traits
    found = {
        Reason.SAME_EMAIL: bool(ours.emails & theirs.emails),
        Reason.SAME_DEVICE: bool(ours.devices & theirs.devices),
        Reason.FORMER_NUMBER: bool(
            ours.former & (theirs.phones | theirs.former) or theirs.former & ours.phones
        ),
        Reason.SWAPPED_DIGITS: any(is_swapped(one, two) for one in ours.phones for two in theirs.phones),
        Reason.NO_PHONE: not (ours.phones and theirs.phones),
        Reason.SAME_ADDRESS: bool(a.place)
        and a.place == b.place
        and bool(fuzz.token_set_ratio(latin(ours.address), latin(theirs.address), score_cutoff=_SAME_PLACE)),
    }
    if found[Reason.FORMER_NUMBER]:
        found[Reason.NO_PHONE] = False  # the same said twice
    return [reason for reason, holds in found.items() if holds]


def _counts(signal: Reason, name: Reason | None) -> bool:
    """Whether a signal counts beside that likeness of names."""
    if signal is Reason.SAME_EMAIL:
        return True
    return name is not None and (name is not Reason.SAME_SURNAME or signal in _BY_SURNAME)


def _score(signals: list[Reason], name: Reason | None, *, is_told_apart: bool) -> int:
    first = signals[0]
    score = float(_POINTS[first] + (_NAME_POINTS[name] if name is not None else 0))
    if name is None and is_told_apart:
        score = _TOLD_APART
    elif first is Reason.SAME_EMAIL and name is Reason.SAME_SURNAME:
        score = _POINTS[first]
    for _ in signals[1:]:
        score = 100 - (100 - score) * 2 / 3
    return min(round(score), 99)
