"""How old a debt is: the classes in which an accountant asks for it."""

from datetime import date

AGES = (30, 60, 90)
"""The last day of each class but the last, which has no end: 0–30, 31–60, 61–90, over 90 days."""


def age_of(since: date, on: date) -> int:
    """The place of the class in which something that is owed since a day stands on another one."""
    days = (on - since).days
    return next((place for place, most in enumerate(AGES) if days <= most), len(AGES))
