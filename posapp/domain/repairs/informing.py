"""What was told to a customer, how, and what they answered; and when a reminder is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from posapp.domain.repairs.tickets import BoardCard

DAY = timedelta(days=1)


class ContactHow(StrEnum):
    """The way in which a customer was reached, or answered."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    CHAT = "chat"
    IN_PERSON = "in_person"
    LETTER = "letter"


HOW_WORDS = {
    "phone": "by phone",
    "sms": "by text message",
    "email": "by e-mail",
    "chat": "by chat",
    "in_person": "in person",
    "letter": "by letter",
}
"""How it is said on papers and in lists."""


class ContactKind(StrEnum):
    """Whether it was news of the repair, or a reminder to collect."""

    INFORMED = "informed"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One time that a customer was told something; `step` counts the reminders from 1."""

    id: int
    kind: ContactKind
    how: ContactHow
    words: str
    answer: str
    step: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Uncollected:
    """A device that waits for its owner since `since`.

    `sent` reminders have gone out; `due_step` is the one that is due now (None: none), `next_at` when
    the following one falls due. `fee_minor` is what storing it has cost so far.
    """

    card: BoardCard
    since: datetime
    days: int
    sent: int
    due_step: int | None
    next_at: datetime | None
    fee_minor: int
    may_dispose: bool


def reminder_due(
    since: datetime, now: datetime, after_days: Sequence[int], sent: int
) -> tuple[int | None, datetime | None]:
    """The reminder (from 1) that is due, and when the next one is; a late clerk sends one, not three."""
    passed = sum(since + days * DAY <= now for days in after_days)
    due = passed if passed > sent else None
    following = max(passed, sent)
    next_at = since + after_days[following] * DAY if following < len(after_days) else None
    return due, next_at


def storage_fee(days: int, free_days: int, per_day_minor: int) -> int:
    """What so many days of storage cost in minor units, the first ones free."""
    return max(0, days - free_days) * per_day_minor
