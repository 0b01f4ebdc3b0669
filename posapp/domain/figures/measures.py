"""The table of measures: every figure has one name, one unit and one definition.

Screen, command line, export and paper show a figure by its measure, so that two of them cannot differ;
`equals` says which other way of reading the records must come to the same (`posapp verify` computes both).
The words are those of the shop's staff in English; the window translates them.
"""

from posapp.domain.figures.measure import Better, Measure, Sum, Unit
from posapp.domain.figures.measures_money import MONEY
from posapp.domain.figures.measures_work import WORK

__all__ = ["MEASURES", "Better", "Measure", "Sum", "Unit"]

MEASURES = {measure.name: measure for measure in (*MONEY, *WORK)}
"""Every measure by its name; those of one trade stand together."""
