"""Whose number is typed? The situations at a counter, told from values alone.

Every form that takes a phone asks here, so that the same number gets the same answer everywhere.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber, TypedPhone
    from posapp.domain.customers.customers import CustomerCard, FormerOwner, PhoneOwner


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
