"""The periods that a timeline can be narrowed to."""

from collections.abc import Callable
from datetime import datetime, timedelta

from posapp.ui.wording import translator

_tr = translator("Periods")


PERIODS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("all", lambda: _tr("All time")),
    ("30", lambda: _tr("Last 30 days")),
    ("365", lambda: _tr("Last 12 months")),
    ("year", lambda: _tr("This year")),
)
"""Key and words of each, in the order of the box."""


def begin_of(key: str, now: datetime) -> datetime | None:
    """When a period begins; None for all time. `now` is aware, on the shop's clock."""
    if key == "year":
        return now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return now - timedelta(days=int(key)) if key.isdecimal() else None
