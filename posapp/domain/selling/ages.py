"""How old a debt is: the classes in which an accountant asks for it."""

from collections.abc import Iterable
from datetime import date

AGES = (30, 60, 90)
"""The last day of each class but the last, which has no end: 0–30, 31–60, 61–90, over 90 days."""
AGE_NAMES = ("age_30_minor", "age_60_minor", "age_90_minor", "age_older_minor")
AGE_WORDS = ("0–30 days", "31–60 days", "61–90 days", "Over 90 days")
"""What the classes are called in files and commands, and by people."""


def age_of(since: date, on: date) -> int:
    """The place of the class in which something that is owed since a day stands on another one."""
    days = (on - since).days
    return next((place for place, most in enumerate(AGES) if days <= most), len(AGES))


def aged(owed: Iterable[tuple[date, int]], on: date) -> tuple[int, ...]:
    """What is owed by its age: a sum for each class, of amounts with the day since which each is owed."""
    sums = [0] * len(AGE_NAMES)
    for since, minor in owed:
        sums[age_of(since, on)] += minor
    return tuple(sums)
