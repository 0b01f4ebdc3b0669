"""What a measure is: a figure with one name, one unit, one meaning."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """How a figure is to be read; all of them are whole numbers, texts or days."""

    MONEY = "money"
    """Minor units of the shop's currency."""
    COUNT = "count"
    SHARE = "share"
    """Thousandths of the whole."""
    MINUTES = "minutes"
    DAY = "day"
    MONTH = "month"
    """The first day of it."""
    TEXT = "text"
    CODE = "code"
    """A number that opens its document or its customer: S12, T4, PL24."""


class Better(StrEnum):
    """Which way is good news."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Sum(StrEnum):
    """How the foot of a column comes about."""

    ADDED = "added"
    GIVEN = "given"
    """Read on its own: a median or a share of sums is not the sum of its rows."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: its name in files and commands, what it is called, and what it means."""

    name: str
    words: str
    unit: Unit
    meaning: str
    equals: str = ""
    """The other way that must come to the same, in words; "" where there is none."""
    better: Better = Better.NEITHER
    sum: Sum = Sum.ADDED
