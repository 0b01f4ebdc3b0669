"""The table of measures: every figure has one name, one unit and one definition.

Screen, command line, export and paper show a figure by its measure, so that two of them cannot differ;
`equals` says which other way of reading the records must come to the same (`posapp verify` computes both).
The words are those of the shop's staff in English; the window translates them.
"""

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


_ALL = (
    Measure("sales", "Sales", Unit.COUNT, "completed orders that are no refund", better=Better.UP),
    Measure("refunds", "Refunds", Unit.COUNT, "completed orders that give something back"),
    Measure(
        "gross_minor",
        "Revenue",
        Unit.MONEY,
        "what the lines of completed orders come to, less refunds, tax included; "
        "deposits and gift cards are no revenue",
        "net and tax; the sum over any page that divides it (kind, staff, item, customer, tax)",
        Better.UP,
    ),
    Measure(
        "net_minor", "Net", Unit.MONEY, "revenue without tax", "gross less the taxes of all lines", Better.UP
    ),
    Measure("tax_minor", "Tax", Unit.MONEY, "the taxes in the revenue", "the tax page's sum of all rates"),
    Measure("cost_minor", "Cost", Unit.MONEY, "what the sold goods cost, frozen at the sale"),
    Measure(
        "profit_minor",
        "Gross profit",
        Unit.MONEY,
        "net revenue less cost",
        "net less cost, over every page that tells both",
        Better.UP,
    ),
)
MEASURES = {measure.name: measure for measure in _ALL}
"""Every measure by its name; those of one page stand together."""
