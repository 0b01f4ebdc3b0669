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


_SHORT_SIGNS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE_SIGNS = frozenset("\f^{}\\[~]|€")


def texts_of(words: str) -> int:
    """How many text messages these words take.

    The alphabet of text messages has 160 signs in one and 153 in each of several, some of its signs counting
    twice; with any other letter there are 70 and 67, in units of UTF-16 (3GPP TS 23.038 and 23.040).
    """
    if all(sign in _SHORT_SIGNS or sign in _DOUBLE_SIGNS for sign in words):
        length, alone, part = len(words) + sum(sign in _DOUBLE_SIGNS for sign in words), 160, 153
    else:
        length, alone, part = len(words.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // part)


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
    since: datetime, now: datetime, after_days: Sequence[int], sent: Sequence[datetime]
) -> tuple[int | None, datetime | None]:
    """Which reminder is due, and when the next one falls due; `since` when it waits, `sent` went out so far.

    They count as they go out: where none was sent the first one is due, however late. What went out covers
    every day that was past by then, so that a late clerk sends one, not three.
    """
    covered = max(sent, default=since)
    open_days = [day for day in after_days if since + day * DAY > covered]
    passed = [day for day in open_days if since + day * DAY <= now]
    coming = open_days[len(passed) :]
    return (len(sent) + 1 if passed else None), (since + coming[0] * DAY if coming else None)


def storage_fee(days: int, free_days: int, per_day_minor: int) -> int:
    """What so many days of storage cost in minor units, the first ones free."""
    return max(0, days - free_days) * per_day_minor
