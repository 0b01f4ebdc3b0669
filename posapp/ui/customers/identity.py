"""Whose number is typed: the same words for it everywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.customers.identity import Identity, Situation
from posapp.ui.history.money import owes_words
from posapp.ui.widgets.paint import key_words
from posapp.ui.wording import Wording, shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer, CustomerFacts
    from posapp.services.counter.search import Hit

_tr = translator("Identity")

JUST_NOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a situation: icon, tone, a bold sentence and a plain one."""

    icon: str
    tone: str
    strong: str
    plain: str = ""


def words_of(identity: Identity, wording: Wording) -> Words | None:
    """What to say beside the field; None where the matches say enough."""
    number = identity.number
    match identity.situation:
        case Situation.INCOMPLETE:
            usable = _tr("If the customer has no more digits, {key} takes it as it is.") if number else ""
            usable = usable.format(key=key_words("Ctrl+N"))
            return Words("info", "text2", _tr("Number not complete yet"), usable)
        case Situation.WRONG:
            return Words("circle-alert", "danger", identity.problem)
        case Situation.KNOWN if identity.card is not None:
            strong = _tr("This number belongs to {pl}.").format(pl=identity.card.customer.pl_id)
            plain = _tr("The existing customer is selected. No second record is created.")
            standing = standing_words(identity.card.facts, wording)
            return Words("user-check", "text2", strong, f"{plain} {standing}.")
        case Situation.FORMER:
            first = identity.former[0]
            strong = had_until(str(first.pl_id), first.until, wording)
            return Words("history", "warning", strong, first.name)
        case Situation.NEW if number is not None and number.mark is not None:
            plain = _tr("Read it back to the customer before you save.")
            strong = _tr("Unusual number") if number.mark.value == "possible" else _tr("Local number")
            return Words("info", "text2", strong, plain)
    return None


def alike_words(hit: "Hit", wording: Wording) -> Words:
    """What to say of a customer whose number is like the typed one that nobody has."""
    phone = wording.phone(hit.phone) if hit.phone else ""
    strong = _tr("{pl} {name} has {phone}").format(pl=hit.pl_id, name=hit.name, phone=phone)
    return Words("users", "warning", " ".join(strong.split()) + ".", _tr("Is it the same number?"))


def standing_words(facts: "CustomerFacts", wording: Wording) -> str:
    """How a customer stands with the shop: visits and the last one, devices here, and the balance."""
    visits = shown_count(facts.visits, _tr("visit"), _tr("visits"))
    if facts.last_visit is not None:
        day = wording.day_in_list(wording.here(facts.last_visit).date())
        visits = _tr("{visits}, last {day}").format(visits=visits, day=day)
    here = shown_count(facts.devices_here, _tr("device here"), _tr("devices here"))
    return " · ".join(filter(None, (visits, here if facts.devices_here else "", owes_words(facts, wording))))


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
