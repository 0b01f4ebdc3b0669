"""The four figures of the customer card; each opens what is behind it."""

from typing import TYPE_CHECKING

from posapp.ui.widgets.cards import Fact
from posapp.ui.wording import Wording, shown_count, translator

if TYPE_CHECKING:
    from posapp.domain.customers.customers import CustomerFacts
    from posapp.services.counter.counter import AtCounter

_tr = translator("CustomerFacts")


def customer_facts(shown: "AtCounter", wording: Wording) -> list[Fact]:
    """Open tickets, next booking, bookings, last visit."""
    facts = shown.card.facts
    return [_tickets(shown), _next(facts, wording), _bookings(facts), _last(facts, wording)]


def _tickets(shown: "AtCounter") -> Fact:
    title = _tr("Open tickets")
    tickets = {one.card.number for one in shown.here}
    ready = sum(one.waits for one in shown.here)
    if not tickets:
        return Fact("tickets", title, "0", _tr("nothing here"))
    if ready:
        note = _tr("{n} ready to collect").format(n=ready)
    else:
        note = shown_count(len(shown.here), _tr("device here"), _tr("devices here"))
    return Fact("tickets", title, str(len(tickets)), note)


def _bookings(facts: "CustomerFacts") -> Fact:
    note = shown_count(facts.visits, _tr("visit"), _tr("visits"))
    if facts.did_not_come:
        note = _tr("{visits}, {count} missed").format(visits=note, count=facts.did_not_come)
    return Fact("bookings", _tr("Bookings"), f"{facts.bookings:,}", note)


def _next(facts: "CustomerFacts", wording: Wording) -> Fact:
    title = _tr("Next booking")
    if facts.next_booking_at is None:
        return Fact("next", title, "–", _tr("none to come"))
    here = wording.here(facts.next_booking_at)
    note = _tr("{time} with {whom}").format(time=wording.time(here.time()), whom=facts.next_booking_with)
    return Fact("next", title, _capital(wording.day_in_list(here.date())), note)


def _last(facts: "CustomerFacts", wording: Wording) -> Fact:
    title = _tr("Last visit")
    if facts.last_visit is None:
        return Fact("last", title, "–", _tr("not here yet"))
    here = wording.here(facts.last_visit)
    return Fact("last", title, _capital(wording.day_in_list(here.date())), wording.time(here.time()))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
