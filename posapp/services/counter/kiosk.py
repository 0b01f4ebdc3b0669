"""The kiosk desk: a customer is let in by a code from the counter, and whoever came without one is announced.

What it answers tells nobody whether a number is known here: not in words, not by what follows, and as far as
that can be seen at a pad, not by the time it takes.
"""

import hmac
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.counter.kiosk import (
    GOOD_FOR,
    MOST_ARRIVALS,
    NAME_LIMIT,
    TRIES,
    WHAT_LIMIT,
    AccessCode,
    Arrival,
    ArrivalState,
    CodeState,
    Door,
    code_hash,
    did_not_work,
    new_code,
    plain_code,
    too_many,
)
from posapp.domain.customers.customers import Customer
from posapp.domain.people.roles import OWN
from posapp.domain.people.users import Role
from posapp.services.bookings.walk_ins import LONGEST_QUEUE, AddWalkIn, is_in_queue, join_queue
from posapp.services.customers.customers import FindOrCreate, Found, find_or_create, held_customer

if TYPE_CHECKING:
    from posapp.services.people.sign_in import SignInDesk
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
NOD = "kiosk_nod"
"""The setting: whether an unknown number waits for the clerk's nod ("1", the default) or comes in at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """Somebody says "I am here" without signing in: number, name and what for."""

    phone: PhoneNumber
    name: str
    what: str = ""


class KioskDesk:
    """Gives codes, lets customers in, and keeps who waits for a nod."""

    def __init__(self, store: "Store", people: "SignInDesk") -> None:
        self._store = store
        self._people = people

    # -- at the counter ------------------------------------------------------------------------------
    def give_code(self, actor: Actor, customer_id: int) -> str:
        """A code that lets a customer in once within a day, told this once; a newer one ends the older."""
        actor.require(Permission.KIOSK_SERVE)
        code = new_code()
        with self._store.work(actor) as uow:
            uow.kiosk.hold_door()
            customer = held_customer(uow, customer_id)
            if not customer.current_phones:
                raise DomainError(
                    "phone_missing", f"{customer.pl_id} signs in with a phone number. Add one.", field="phone"
                )
            older = uow.kiosk.open_code(customer.id)
            if older is not None:
                uow.kiosk.set_code(older.id, CodeState.REPLACED, older.tries)
            uow.kiosk.add_code(customer.id, code, GOOD_FOR)
            for line in customer.current_phones:
                uow.kiosk.forget_tries(Door.NUMBER, line.number.key)
            uow.journal.add(Action.KIOSK_CODE, "customer", customer.id, ref=str(customer.pl_id))
            uow.commit()
        log.info("code for %s", customer.pl_id)
        return code

    def nod(self, actor: Actor, arrival_id: int) -> Found:
        """Let somebody in: the customer of their number, found or made, joins the queue."""
        actor.require(Permission.KIOSK_SERVE)
        with self._store.work(actor) as uow:
            arrival = _waiting(uow, arrival_id)
            found = find_or_create(uow, FindOrCreate(phone=arrival.phone, name=arrival.name))
            _queue(uow, found.customer, _note(arrival.what, found.other_name))
            uow.kiosk.end_arrival(arrival.id, ArrivalState.LET_IN, found.customer.id)
            after = {"said": found.said}
            ref = str(found.customer.pl_id)
            uow.journal.add(Action.KIOSK_LET_IN, "kiosk_arrival", arrival.id, ref=ref, after=after)
            uow.commit()
        log.info("arrival %s", found.said)
        return found

    def turn_away(self, actor: Actor, arrival_id: int) -> None:
        """Nobody is made a customer of what was typed; it goes."""
        actor.require(Permission.KIOSK_SERVE)
        with self._store.work(actor) as uow:
            _turn_away(uow, _waiting(uow, arrival_id).id)
            uow.commit()

    def has_past(self, actor: Actor) -> bool:
        """Whether somebody still waits for a nod since an earlier day."""
        actor.require(Permission.KIOSK_SERVE)
        with self._store.look(actor) as uow:
            return bool(uow.kiosk.past_arrivals(_today(uow)))

    def close_past(self, actor: Actor) -> int:
        """Whoever waits for a nod since an earlier day has left; how many there were."""
        actor.require(Permission.KIOSK_SERVE)
        if not self.has_past(actor):
            return 0
        with self._store.work(actor) as uow:
            uow.kiosk.hold_door()
            past = _turn_past_away(uow)
            uow.commit()
        return past

    def wants_nod(self, actor: Actor) -> bool:
        """Whether an unknown number waits for the clerk's nod."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return wants_nod_of(uow)

    def set_nod(self, actor: Actor, *, is_wanted: bool) -> bool:
        """Let unknown numbers wait for a nod, or come in at once."""
        actor.require(Permission.SHOP_WRITE)
        with self._store.work(actor) as uow:
            before = wants_nod_of(uow)
            if before != is_wanted:
                uow.businesses.set_setting(NOD, str(int(is_wanted)))
                was, is_now = {"nod": before}, {"nod": is_wanted}
                uow.journal.add(Action.SETTINGS_KIOSK, "business", actor.business, before=was, after=is_now)
                uow.commit()
        return is_wanted

    # -- at the kiosk --------------------------------------------------------------------------------
    def sign_in(self, actor: Actor, phone: PhoneNumber, code: str) -> Actor:
        """Who somebody is from now on who knows a customer's number and the code: that customer alone.

        Unknown numbers, wrong, used, replaced and old codes are refused alike (`sign_in_failed`), and after
        some of them the next try has to wait (`kiosk_wait`), whether the number is known or not.
        """
        actor.require(Permission.KIOSK_SIGN_IN)
        with self._store.work(actor) as uow:
            uow.kiosk.hold_door()
            _refuse_hasty(uow, ((Door.NUMBER, phone.key), (Door.KIOSK, actor.till)))
            customer = uow.customers.of_phone(phone)
            known = uow.kiosk.open_code(customer.id) if customer is not None else None
            has_right = _is_right(uow, known, plain_code(code))
            if customer is not None and known is not None and has_right:
                uow.kiosk.set_code(known.id, CodeState.USED, known.tries)
                uow.kiosk.forget_tries(Door.NUMBER, phone.key)
                uow.journal.add(Action.KIOSK_SIGNED_IN, "customer", customer.id, ref=str(customer.pl_id))
            else:
                _note_failure(uow, customer, known, phone)
            uow.commit()
        if customer is None or not has_right:
            raise did_not_work()
        return Actor(
            actor.business, actor.till, str(customer.pl_id), permissions=OWN, customer_id=customer.id
        )

    def sign_in_by_pin(self, actor: Actor, phone: PhoneNumber, pin: str) -> Actor:
        """The same for a customer who has a PIN: refused alike, and with the same waits."""
        actor.require(Permission.KIOSK_SIGN_IN)
        with self._store.look(actor) as uow:
            _refuse_hasty(uow, ((Door.NUMBER, phone.key), (Door.KIOSK, actor.till)))
            user = uow.users.by_phone(phone)
        key = user.id if user is not None and user.role is Role.CUSTOMER and user.is_active else 0
        try:
            return self._people.by_secret(actor.till, actor.business, key, pin).actor
        except DomainError as refused:
            with self._store.work(actor) as uow:
                uow.kiosk.hold_door()
                _note_failure(uow, uow.customers.of_phone(phone), None, phone)
                uow.commit()
            raise did_not_work() from refused

    def arrive(self, actor: Actor, command: Arrive) -> None:
        """Announce somebody who came without signing in: into the queue, or before the clerk for a nod.

        Where the shop wants a nod an unknown number makes nobody a customer yet. Nothing is answered, so that
        nobody learns which of both it was.
        """
        actor.require(Permission.KIOSK_SIGN_IN)
        name = clean_text(check_name(command.name), NAME_LIMIT, "name")
        what = clean_text(command.what, WHAT_LIMIT, "what")
        with self._store.work(actor) as uow:
            uow.kiosk.hold_door()
            _refuse_hasty(uow, ((Door.ARRIVALS, actor.till),))
            uow.kiosk.note_try(Door.ARRIVALS, actor.till, uow.now)
            _turn_past_away(uow)
            _refuse_full(uow)
            customer = uow.customers.of_phone(command.phone)
            if customer is None and wants_nod_of(uow):
                _announce(uow, command.phone, name, what)
            else:
                found = find_or_create(uow, FindOrCreate(phone=command.phone, name=name))
                _queue(uow, found.customer, _note(what, found.other_name))
                after = {"said": found.said}
                ref = str(found.customer.pl_id)
                uow.journal.add(Action.KIOSK_ARRIVED, "customer", found.customer.id, ref=ref, after=after)
            uow.commit()


# -- inside a transaction ------------------------------------------------------------------------------
def _today(uow: "UnitOfWork") -> int:
    return uow.businesses.get().packed_day_of(uow.now)


def wants_nod_of(uow: "UnitOfWork") -> bool:
    """Whether an unknown number waits for the clerk's nod, in a reading that is open."""
    return uow.businesses.settings().get(NOD, "1") == "1"


def _refuse_hasty(uow: "UnitOfWork", doors: tuple[tuple[Door, str], ...]) -> None:
    """Refuse while somebody has to wait at one of the doors; such a try does not count."""
    found = [(door, uow.kiosk.tried(door, who)) for door, who in doors]
    wait = max(tried.wait_at(uow.now, door) if tried else 0 for door, tried in found)
    if wait:
        raise too_many(wait)


def _is_right(uow: "UnitOfWork", known: AccessCode | None, code: str) -> bool:
    """Whether a code lets somebody in now; where there is none the same is computed for nobody."""
    given = code_hash(code, uow.kiosk.key(), known.customer_id if known else 0)
    kept = known.code_hash if known else "0" * 64
    is_same = hmac.compare_digest(given, kept)
    return known is not None and is_same and uow.now < known.expires_at


def _note_failure(
    uow: "UnitOfWork", customer: Customer | None, known: AccessCode | None, phone: PhoneNumber
) -> None:
    """Count a wrong try at the number, the kiosk and the code; the fifth ends the code."""
    if known is not None:
        tries = known.tries + 1
        uow.kiosk.set_code(known.id, CodeState.SPENT if tries >= TRIES else CodeState.OPEN, tries)
    uow.kiosk.note_try(Door.NUMBER, phone.key, uow.now)
    uow.kiosk.note_try(Door.KIOSK, uow.actor.till, uow.now)
    key, ref = (customer.id, str(customer.pl_id)) if customer is not None else (0, "")
    uow.journal.add(Action.KIOSK_REFUSED, "customer", key, ref=ref)


def _refuse_full(uow: "UnitOfWork") -> None:
    """Asked before the number is looked at, so that it tells nothing of it."""
    queue = len(uow.walk_ins.waiting(_today(uow)))
    if queue >= LONGEST_QUEUE or uow.kiosk.count_arrivals() >= MOST_ARRIVALS:
        raise DomainError("queue_full", "Too many wait. Ask at the counter.")


def _announce(uow: "UnitOfWork", phone: PhoneNumber, name: str, what: str) -> None:
    """Somebody unknown waits for the nod; whoever says so twice waits once.

    The journal gets no word of what was typed: of whoever is turned away nothing may stay.
    """
    if uow.kiosk.arrival_of(phone) is not None:
        return
    key = uow.kiosk.add_arrival(phone, name, what, _today(uow))
    uow.journal.add(Action.KIOSK_ARRIVED, "kiosk_arrival", key)


def _queue(uow: "UnitOfWork", customer: Customer, note: str) -> None:
    if not is_in_queue(uow, customer.id):
        join_queue(uow, AddWalkIn(customer_id=customer.id, note=note))


def _note(what: str, other_name: str) -> str:
    """What the clerk reads: what for, and the name that was typed where the account has another one."""
    return ", ".join(filter(None, (what, other_name)))


def _waiting(uow: "UnitOfWork", key: int) -> Arrival:
    uow.kiosk.hold_door()
    found = uow.kiosk.arrival(key)
    if found is None:
        raise DomainError("arrival_unknown", "Somebody else has seen to this already.")
    return found


def _turn_past_away(uow: "UnitOfWork") -> int:
    past = uow.kiosk.past_arrivals(_today(uow))
    for key in past:
        _turn_away(uow, key)
    return len(past)


def _turn_away(uow: "UnitOfWork", key: int) -> None:
    uow.kiosk.end_arrival(key, ArrivalState.TURNED_AWAY)
    uow.journal.add(Action.KIOSK_TURNED_AWAY, "kiosk_arrival", key)
