"""Whose number is typed? The situations at a counter, told from values alone.

The Desk and every other form that takes a phone ask here, so that the same number gets the same answer and
the same words everywhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber, TypedPhone
    from posapp.domain.customers.customers import Customer, CustomerCard, FormerOwner, PhoneOwner

_tr = translator("Identity")

JUST_NOW = timedelta(minutes=5)


class Situation(StrEnum):
    """What a typed text means for who the customer is."""

    NO_PHONE = "no_phone"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    KNOWN = "known"
    FORMER = "former"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Identity:
    """A situation with what belongs to it; `number` may be there although more digits are expected."""

    situation: Situation
    number: "PhoneNumber | None" = None
    card: "CustomerCard | None" = None
    former: "tuple[FormerOwner, ...]" = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a situation: icon, tone, a bold sentence and a plain one."""

    icon: str
    tone: str
    strong: str
    plain: str = ""


def identify(typed: "TypedPhone", owner: "PhoneOwner | None") -> Identity:
    """The situation of a typed text; `owner` is who has its number, None where it was not asked."""
    from posapp.domain.base.phone import PhoneState

    number, state = typed.number, typed.state
    if state is PhoneState.NOT_A_PHONE:
        return Identity(Situation.NO_PHONE)
    if state is PhoneState.WRONG or number is None:
        problem = typed.problem.sentence if typed.problem else ""
        is_wrong = state is PhoneState.WRONG
        return Identity(Situation.WRONG if is_wrong else Situation.INCOMPLETE, problem=problem)
    if owner is not None and owner.customer is not None:
        return Identity(Situation.KNOWN, number, card=owner.customer)
    if owner is not None and owner.former:
        return Identity(Situation.FORMER, number, former=owner.former)
    is_whole = state is PhoneState.COMPLETE
    return Identity(Situation.NEW if is_whole else Situation.INCOMPLETE, number)


def words_of(identity: Identity, wording: Wording) -> Words | None:
    """What to say beside the field; None where the matches say enough."""
    number = identity.number
    match identity.situation:
        case Situation.INCOMPLETE:
            usable = _tr("If the customer has no more digits, Ctrl+N takes it as it is.") if number else ""
            return Words("info", "text2", _tr("Number not complete yet"), usable)
        case Situation.WRONG:
            return Words("circle-alert", "danger", identity.problem)
        case Situation.KNOWN if identity.card is not None:
            strong = _tr("This number belongs to {pl}.").format(pl=identity.card.customer.pl_id)
            plain = _tr("The existing customer is selected. No second record is created.")
            return Words("user-check", "text2", strong, plain)
        case Situation.FORMER:
            first = identity.former[0]
            strong = had_until(str(first.pl_id), first.until, wording)
            return Words("history", "warning", strong, first.name)
        case Situation.NEW if number is not None and number.mark is not None:
            plain = _tr("Read it back to the customer before you save.")
            strong = _tr("Unusual number") if number.mark.value == "possible" else _tr("Local number")
            return Words("info", "text2", strong, plain)
    return None


def had_until(pl_id: str, until: datetime, wording: Wording) -> str:
    """`PL7 had this number until 3 May.`"""
    day = wording.day_in_list(wording.here(until).date())
    return _tr("{pl} had this number until {day}.").format(pl=pl_id, day=day)


def just_created(customer: "Customer", now: datetime) -> str:
    """Who was quicker, for a number that was new when it was typed; "" where the record is older."""
    stamps = customer.stamps
    if now - stamps.created_at > JUST_NOW:
        return ""
    words = _tr("{pl} was just created on {till} with this number and is now selected.")
    return words.format(pl=customer.pl_id, till=stamps.created_by)
