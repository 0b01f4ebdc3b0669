"""The search desk: one box for names, phones, e-mails, PL IDs, bookings, tickets, devices and old IDs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import InvalidPhone, PhoneNumber, leading_keys, looks_like_phone
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.devices import check_imei, looks_like_imei, serial_key

if TYPE_CHECKING:
    from posapp.storage.counter.search import FoundRow
    from posapp.storage.unit_of_work import Store

LIMIT = 20
LONGEST = 200
FEWEST_DIGITS = 4
SERIAL_DIGITS = 8
"""Digits alone are looked up as a serial from so many on."""
_BOOKING = re.compile(r"[bB]0*([1-9][0-9]{0,14})")
_TICKET = re.compile(r"[tT]0*([1-9][0-9]{0,14})")
_SERIAL = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z][0-9A-Za-z ./:-]{2,58}[0-9A-Za-z]")
_DIGITS = re.compile(r"[0-9]{1,9}")
_EXACT = frozenset({"pl", "phone", "booking", "ticket", "serial", "imei", "alias"})
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")  # no database takes these, so nothing is found by them
_DASHES = str.maketrans("", "", " -./()")


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer, booking or ticket that answers to what was typed; `why` says how it was found.

    A device is found as its latest ticket.
    """

    kind: str
    number: str
    customer_id: int
    pl_id: PlId
    name: str
    phone: PhoneNumber | None
    email: str
    is_flagged: bool
    is_former: bool
    why: str


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
        """Customers, bookings and tickets for a typed or scanned text, at most `limit`, best first."""
        actor.require(Permission.CUSTOMER_READ)
        text = _UNSTORABLE.sub("", text[:LONGEST]).strip()
        found: dict[tuple[str, int], Hit] = {}
        if not text:
            return Hits(text, ())
        # One more than wanted tells whether there is more.
        for hits in self._answers(actor, text, limit + 1):
            for hit in hits:
                found.setdefault((hit.kind, hit.customer_id), hit)
            if len(found) > limit:
                break
        answers = tuple(found.values())
        return Hits(text, answers[:limit], len(answers) > limit)

    def _answers(self, actor: Actor, text: str, limit: int) -> Iterator[list[Hit]]:
        """What each look-up finds, the most exact one first; the caller stops when it has enough."""
        reader, business = self._reader, actor.business
        pl_number = _pl_number(text)
        if pl_number is not None:
            yield _customers(reader.by_pl(business, pl_number), "pl")
        booking = _BOOKING.fullmatch(text)
        if booking:
            yield _bookings(reader.by_booking(business, int(booking[1])))
        ticket = _TICKET.fullmatch(text)
        if ticket:
            yield _tickets(reader.by_ticket(business, int(ticket[1])), "ticket")
        is_phone = looks_like_phone(text)
        imei = _imei(text)
        if imei:
            yield _tickets(reader.by_imei(business, imei), "imei")
        if not is_phone and pl_number is None and _SERIAL.fullmatch(text):
            yield _tickets(reader.by_serial(business, serial_key(text)), "serial")
        if " " not in text and any(map(str.isdecimal, text)):
            yield _customers(reader.by_alias(business, text.casefold()), "alias")
        if "@" in text:
            yield _customers(reader.by_email(business, text.casefold(), limit), "email")
            return
        if is_phone:
            yield from self._phone_answers(actor, text, limit)
            if len(text) >= SERIAL_DIGITS and _SERIAL.fullmatch(text):  # some makers number with digits alone
                yield _tickets(reader.by_serial(business, serial_key(text)), "serial")
            return
        yield _customers(reader.by_name(business, text, limit), "name")
        if " " not in text:
            yield _customers(reader.by_email(business, text.casefold(), limit), "email")

    def _phone_answers(self, actor: Actor, text: str, limit: int) -> Iterator[list[Hit]]:
        reader, business, region = self._reader, actor.business, self._region(actor)
        try:
            number = PhoneNumber.parse(text, region=region)
        except InvalidPhone:
            number = None
        if number is not None:
            owners = _customers(reader.by_phone(business, number.key), "phone")
            yield owners
            if number.mark is None and any(not hit.is_former for hit in owners):
                return  # a whole, valid number that somebody has means that customer
        digits = "".join(str(int(one)) for one in text if one.isdecimal())
        if len(digits) >= FEWEST_DIGITS and not text.startswith("+"):
            yield _customers(reader.by_final_digits(business, digits.lstrip("0") or digits, limit), "final")
        for start in leading_keys(text, region):
            yield _customers(reader.by_leading(business, start, limit), "leading")


def _pl_number(text: str) -> int | None:
    bare = text.translate(_DASHES)
    try:
        return PlId.parse(f"PL{bare}" if _DIGITS.fullmatch(bare) else bare).number
    except DomainError:
        return None


def _imei(text: str) -> str:
    """The IMEI that is meant; "" for another text, such as a serial or a phone number of that length."""
    try:
        return check_imei(text) if looks_like_imei(text) else ""
    except DomainError:
        return ""


def _hit(row: "FoundRow", kind: str, number: str, why: str) -> Hit:
    phone = PhoneNumber(row.phone_key, row.extension or "") if row.phone_key else None
    return Hit(
        kind,
        number,
        row.id,
        PlId(row.pl_number),
        row.name,
        phone,
        row.email,
        bool(row.is_flagged),
        row.is_former,
        why,
    )


def _customers(rows: "Iterable[FoundRow]", why: str) -> list[Hit]:
    return [_hit(row, "customer", f"PL{row.pl_number}", why) for row in rows]


def _bookings(rows: "Iterable[FoundRow]") -> list[Hit]:
    return [_hit(row, "booking", f"B{row.booking}", "booking") for row in rows]


def _tickets(rows: "Iterable[FoundRow]", why: str) -> list[Hit]:
    return [_hit(row, "ticket", f"T{row.ticket}", why) for row in rows]
