"""The search desk: one box for names, phones, e-mails, PL IDs, bookings, tickets, devices, Zs and old IDs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import query_words
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.base.phone import (
    InvalidPhone,
    PhoneNumber,
    PhoneState,
    leading_keys,
    looks_like_phone,
    phone_state,
)
from posapp.domain.customers.identity import Identity, Situation, identify
from posapp.domain.customers.old_ids import TypedOldId, old_ids_meant
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.devices import check_imei, looks_like_imei, serial_key
from posapp.services.counter.alike import beginnings, may_be_misspelt, slips
from posapp.services.customers.customers import phone_owner

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store

LIMIT = 20
LONGEST = 200
FEWEST_DIGITS = 4
SERIAL_DIGITS = 8
"""Digits alone are looked up as a serial from so many on."""
_SERIAL = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z][0-9A-Za-z ./:-]{2,58}[0-9A-Za-z]")
_WHOLE = frozenset({"pl", "booking", "ticket", "report", "sale", "payment"})
OLD_IDS = frozenset({"old_id", "old_record", "id_in_system", "record_in_system"})
"""Found by an ID of an old system: the customer's own, or that of a past record."""
_EXACT = _WHOLE | OLD_IDS | {"phone", "serial", "imei", "alias"}
_READ = {
    "booking": Permission.BOOKING_READ,
    "ticket": Permission.TICKET_READ,
    "imei": Permission.TICKET_READ,
    "serial": Permission.TICKET_READ,
    "report": Permission.SHIFT_READ,
    "sale": Permission.ORDER_READ,
    "payment": Permission.ORDER_READ,
    "old_record": Permission.TICKET_READ,
    "record_in_system": Permission.TICKET_READ,
}
"""What somebody must be allowed to read for a record to be found so."""
_RECORDS = {
    "booking": ("booking", Letter.BOOKING),
    "ticket": ("ticket", Letter.TICKET),
    "serial": ("ticket", Letter.TICKET),
    "imei": ("ticket", Letter.TICKET),
    "report": ("shift", Letter.REPORT),
    "sale": ("sale", Letter.SALE),
    "payment": ("payment", Letter.PAYMENT),
}
_CUSTOMER = ("customer", "")
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")  # no database takes these, so nothing is found by them


class Hit(NamedTuple):
    """A customer, booking, ticket, sale, payment or closed shift that answers to a text.

    `why` says how it was found. A device is found as its latest ticket; a shift belongs to no customer and is
    called by its till. A tuple of what was stored, of which numbers are made when they are shown: twenty are
    found at every key.
    """

    why: str
    customer_id: int
    pl_number: int
    name: str
    email: str = ""
    phone_key: str | None = None
    extension: str | None = None
    flagged: int = 0
    former: int = 0
    record: int = 0
    found: str = ""
    """The old ID (`000:customers:CUST-001`) or the further address that answers to the text."""

    @property
    def kind(self) -> str:
        """A customer, booking, ticket, sale, payment or shift."""
        return _RECORDS.get(self.why, _CUSTOMER)[0]

    @property
    def is_by_old_id(self) -> bool:
        """Whether an ID of an old system was typed: the customer's, or that of a past record."""
        return self.why in OLD_IDS

    @property
    def is_by_own_old_id(self) -> bool:
        """Whether it was the customer's own."""
        return self.why in ("old_id", "id_in_system")

    @property
    def is_paper(self) -> bool:
        """Whether it is opened as its paper."""
        return self.kind in ("shift", "sale", "payment")

    @property
    def number(self) -> str:
        """The number of the booking, ticket, sale, payment or Z, else the PL ID."""
        letter = _RECORDS.get(self.why, _CUSTOMER)[1]
        return f"{letter}{self.record}" if letter else str(self.pl_id)

    @property
    def pl_id(self) -> PlId | None:
        """The ID of the customer, if it is about one."""
        return PlId(self.pl_number) if self.pl_number else None

    @property
    def phone(self) -> PhoneNumber | None:
        """The number that is shown: the one that was found, else the customer's primary one."""
        return PhoneNumber(self.phone_key, self.extension or "") if self.phone_key else None

    @property
    def is_flagged(self) -> bool:
        """Whether the shop is to be careful with this customer."""
        return bool(self.flagged)

    @property
    def is_former(self) -> bool:
        """Whether the number was the customer's once."""
        return bool(self.former)


@dataclass(frozen=True, slots=True)
class Hits:
    """Answers, best first; `has_more` when the list was cut."""

    text: str
    hits: tuple[Hit, ...]
    has_more: bool = False

    @property
    def exact(self) -> Hit | None:
        """The one answer that a whole number or ID means."""
        best = self.hits[0] if self.hits else None
        return best if best is not None and best.why in _EXACT else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known about a typed text: matches, and whose number it is; `until` dates former numbers."""

    text: str
    hits: Hits
    identity: Identity
    until: dict[int, datetime] = field(default_factory=dict)

    @property
    def alike(self) -> Hit | None:
        """The customer whose number ends or begins like a typed one that nobody has."""
        if self.identity.situation not in (Situation.NEW, Situation.INCOMPLETE):
            return None
        near = (hit for hit in self.hits.hits if hit.why in ("final", "leading") and not hit.is_former)
        return next(near, None)


class SearchDesk:
    """Answers on one thread, its connection kept; `interrupt` may be called from any other."""

    def __init__(self, store: "Store") -> None:
        from posapp.storage.counter.search import SearchReader

        self._store = store
        self._reader: SearchReader = SearchReader(store.database)
        self._regions: dict[int, str] = {}

    def interrupt(self) -> None:
        """End a search that newer text has overtaken."""
        self._reader.interrupt()

    def close(self) -> None:
        """Give the connection back."""
        self._reader.close()

    def forget_shop(self) -> None:
        """The shop's settings changed: read its region anew."""
        self._regions.clear()

    def _region(self, actor: Actor) -> str:
        if actor.business not in self._regions:
            with self._store.look(actor) as uow:
                self._regions[actor.business] = uow.businesses.get().region
        return self._regions[actor.business]

    def search(self, actor: Actor, text: str, *, limit: int = LIMIT) -> Hits:
        """What a typed or scanned text means: customers and numbered records, at most `limit`, best first."""
        actor.require(Permission.CUSTOMER_READ)
        text = _UNSTORABLE.sub("", text[:LONGEST]).strip()
        found: dict[tuple[str, int], Hit] = {}
        if not text:
            return Hits(text, ())
        # One more than wanted tells whether there is more.
        for rows in self._answers(actor, text, limit + 1):
            for hit in rows:
                found.setdefault((hit.kind, hit.customer_id), hit)
            if len(found) > limit:
                break
        answers = tuple(found.values() if found else self._misspelt(actor, text, limit + 1))
        return Hits(text, answers[:limit], len(answers) > limit)

    def answer(self, actor: Actor, text: str) -> Answer:
        """Everything about a text while it is typed: who and what answers to it, and whose number it is."""
        actor.require(Permission.CUSTOMER_READ)
        typed, hits = phone_state(text, self._region(actor)), self.search(actor, text)
        has_number = typed.state in (PhoneState.COMPLETE, PhoneState.INCOMPLETE)
        number = typed.number if has_number else None
        former = [
            (one.customer_id, one.phone) for one in hits.hits if one.is_former and one.phone is not None
        ]
        if number is None and not former:  # most keys: nothing more to read
            return Answer(text, hits, identify(typed, None))
        with self._store.look(actor) as uow:
            owner = phone_owner(uow, number) if number is not None else None
            until = {
                key: one.until
                for key, phone in former
                for one in phone_owner(uow, phone).former
                if one.customer_id == key
            }
        return Answer(text, hits, identify(typed, owner), until)

    def _look_up(self, business: int, wanted: dict[str, Any], limit: int) -> list[Hit]:
        return list(map(Hit._make, self._reader.look_up(business, wanted, limit)))

    def _answers(self, actor: Actor, text: str, limit: int) -> Iterator[list[Hit]]:
        """What each look-up finds, the most exact one first; the caller stops when it has enough."""
        reader, business = self._reader, actor.business
        has_digits = any(map(str.isdecimal, text))
        is_phone = has_digits and looks_like_phone(text)
        wanted = _exact(text, is_phone=is_phone) if has_digits or ":" in text else {}
        wanted = {way: value for way, value in wanted.items() if way not in _READ or actor.may(_READ[way])}
        if "@" in text:
            start = text.casefold()
            yield self._look_up(business, {**wanted, "email": start, "further": start}, limit)
        elif is_phone:
            yield from self._by_digits(actor, text, wanted, limit)
        else:
            if wanted:
                rows = self._look_up(business, wanted, limit)
                yield rows
                if not text[0].isdecimal() and any(row.why in _WHOLE for row in rows):
                    return  # a whole number with its letter means that record
            yield list(map(Hit._make, reader.by_name(business, text, limit)))
            if " " not in text:
                start = text.casefold()
                yield self._look_up(business, {"email": start, "further": start}, limit)

    def _misspelt(self, actor: Actor, text: str, limit: int) -> list[Hit]:
        """Whose name is meant where nothing answers to the text as it is."""
        words = query_words(text)
        if not may_be_misspelt(words) or not all(map(str.isalpha, words)) or "@" in text:
            return []
        for wide in (False, True):
            begins = beginnings(words, wide=wide)
            keys = slips(words, self._reader.names_that_begin(actor.business, begins), limit)
            if keys:
                return list(map(Hit._make, self._reader.customers(actor.business, keys)))
        return []

    def _by_digits(self, actor: Actor, text: str, wanted: dict[str, Any], limit: int) -> Iterator[list[Hit]]:
        """Whose number it is; else whose number ends or begins so, in one look-up."""
        business, region = actor.business, self._region(actor)
        try:
            number = PhoneNumber.parse(text, region=region)
        except InvalidPhone:
            number = None
        if number is not None:
            wanted["phone"] = number.key
            if number.mark is None:
                rows = self._look_up(business, wanted, limit)
                yield rows
                if any(row.why == "phone" and not row.is_former for row in rows):
                    return  # a whole, valid number that somebody has means that customer
                wanted = {}
        digits = text if text.isascii() and text.isdecimal() else _digits_of(text)
        if len(digits) >= FEWEST_DIGITS and not text.startswith("+"):
            wanted["final"] = digits.lstrip("0") or digits
        wanted["leading"] = leading_keys(text, region)
        # some makers number with digits alone
        if len(text) >= SERIAL_DIGITS and _SERIAL.fullmatch(text) and actor.may(_READ["serial"]):
            wanted["serial"] = serial_key(text)
        yield self._look_up(business, wanted, limit)


def _exact(text: str, *, is_phone: bool) -> dict[str, Any]:
    """The records that a text with digits may name, the likeliest first."""
    wanted: dict[str, Any] = {
        "pl": _pl_number(text),
        "booking": number_of(text, Letter.BOOKING, bare=False),
        "ticket": number_of(text, Letter.TICKET, bare=False),
        "report": number_of(text, Letter.REPORT, bare=False),
        "sale": number_of(text, Letter.SALE, bare=False),
        "payment": number_of(text, Letter.PAYMENT, bare=False),
        "imei": _imei(text),
    }
    if not is_phone and wanted["pl"] is None and _SERIAL.fullmatch(text):
        wanted["serial"] = serial_key(text)
    if " " not in text:
        wanted["alias"] = text.casefold()
        wanted |= _old_ids(text)
    return {kind: value for kind, value in wanted.items() if value}


def _old_ids(text: str) -> dict[str, Any]:
    """How an ID of an old system is looked up; digits alone and numbers that begin with a plus are none."""
    if text.isdecimal() or text[0] == "+":
        return {}
    *in_system, whole = old_ids_meant(text) if ":" in text else (TypedOldId(text),)
    wanted: dict[str, Any] = {"old_id": whole.code_fold, "old_record": whole.code_fold}
    if in_system:
        code, system, _ = in_system[0]
        wanted |= {kind: (system, code.casefold()) for kind in ("id_in_system", "record_in_system")}
    return wanted


def _pl_number(text: str) -> int | None:
    try:
        return PlId.parse(text, bare=True).number
    except DomainError:
        return None


def _imei(text: str) -> str:
    """The IMEI that is meant; "" for another text, such as a serial or a phone number of that length."""
    try:
        return check_imei(text) if looks_like_imei(text) else ""
    except DomainError:
        return ""


def _digits_of(text: str) -> str:
    return "".join(str(int(one)) for one in text if one.isdecimal())
