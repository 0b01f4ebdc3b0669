"""How long repairs take, and when one has come back."""

from collections.abc import Iterable

CAME_BACK_DAYS = 30
"""A device that is taken in again so soon after it left repaired has come back."""
DAY_MINUTES = 1440
_FINE, _COARSE = 30, 144


def graded(minutes: int) -> int:
    """A time to ready as it is counted: half hours within a day, tenths of days beyond it.

    So the median of a year is read from a few counts a day, and is exact in the steps in which it is shown.
    """
    step = _FINE if minutes < DAY_MINUTES else _COARSE
    return (max(minutes, 0) + step // 2) // step * step


def graded_sql(minutes: str) -> str:
    """The same in SQL, of whole minutes that are not below zero; dividing whole numbers cuts there."""
    fine, coarse = (f"({minutes} + {step // 2}) / {step} * {step}" for step in (_FINE, _COARSE))
    return f"CASE WHEN {minutes} < {DAY_MINUTES} THEN {fine} ELSE {coarse} END"


def median(counts: Iterable[tuple[int, int]]) -> int | None:
    """The median of values that are given with how often each is there; the lower of two in the middle."""
    ordered = sorted(one for one in counts if one[1] > 0)
    wanted = (sum(count for _, count in ordered) + 1) // 2
    for value, count in ordered:
        wanted -= count
        if wanted <= 0:
            return value
    return None


def share(part: int, whole: int) -> int | None:
    """Thousandths of a whole; None of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else None
