"""The search desk: one box for names, phones, e-mails, PL IDs, bookings, tickets, devices and old IDs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_of
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
_SERIAL = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z][0-9A-Za-z ./:-]{2,58}[0-9A-Za-z]")
_DIGITS = re.compile(r"[0-9]{1,9}")
_EXACT = frozenset({"pl", "phone", "booking", "ticket", "serial", "imei", "alias"})
_WHOLE = frozenset({"pl", "booking", "ticket"})
_RECORDS = {
    "booking": ("booking", Letter.BOOKING),
    "ticket": ("ticket", Letter.TICKET),
    "serial": ("ticket", Letter.TICKET),
    "imei": ("ticket", Letter.TICKET),
}
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")  # no database takes these, so nothing is found by them
_DASHES = str.maketrans("", "", " -./()")


class Hit(NamedTuple):
    """A customer, booking or ticket that answers to what was typed; `why` says how it was found.

    A device is found as its latest ticket. A tuple, because twenty are made at every key.
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
        for rows in self._answers(actor, text, limit + 1):
            for row in rows:
                kind, letter = _RECORDS.get(row.why, ("customer", ""))
                if (kind, row.id) not in found:
                    found[kind, row.id] = _hit(row, kind, letter)
            if len(found) > limit:
                break
        answers = tuple(found.values())
        return Hits(text, answers[:limit], len(answers) > limit)

    def _answers(self, actor: Actor, text: str, limit: int) -> "Iterator[list[FoundRow]]":
        """What each look-up finds, the most exact one first; the caller stops when it has enough."""
        reader, business = self._reader, actor.business
        has_digits = any(map(str.isdecimal, text))
        is_phone = has_digits and looks_like_phone(text)
        wanted = _exact(text, is_phone=is_phone) if has_digits else {}
        if "@" in text:
            yield reader.look_up(business, {**wanted, "email": text.casefold()}, limit)
        elif is_phone:
            yield from self._by_digits(actor, text, wanted, limit)
        else:
            if wanted:
                rows = reader.look_up(business, wanted, limit)
                yield rows
                if not text[0].isdecimal() and any(row.why in _WHOLE for row in rows):
                    return  # a whole number with its letter means that record
            yield reader.by_name(business, text, limit)
            if " " not in text:
                yield reader.look_up(business, {"email": text.casefold()}, limit)

    def _by_digits(
        self, actor: Actor, text: str, wanted: dict[str, Any], limit: int
    ) -> "Iterator[list[FoundRow]]":
        """Whose number it is; else whose number ends or begins so, in one look-up."""
        reader, business, region = self._reader, actor.business, self._region(actor)
        try:
            number = PhoneNumber.parse(text, region=region)
        except InvalidPhone:
            number = None
        if number is not None:
            wanted["phone"] = number.key
            if number.mark is None:
                rows = reader.look_up(business, wanted, limit)
                yield rows
                if any(row.why == "phone" and not row.is_former for row in rows):
                    return  # a whole, valid number that somebody has means that customer
                wanted = {}
        digits = "".join(str(int(one)) for one in text if one.isdecimal())
        if len(digits) >= FEWEST_DIGITS and not text.startswith("+"):
            wanted["final"] = digits.lstrip("0") or digits
        wanted["leading"] = leading_keys(text, region)
        if len(text) >= SERIAL_DIGITS and _SERIAL.fullmatch(text):  # some makers number with digits alone
            wanted["serial"] = serial_key(text)
        yield reader.look_up(business, wanted, limit)


def _exact(text: str, *, is_phone: bool) -> dict[str, Any]:
    """The records that a text with digits may name, the likeliest first."""
    wanted: dict[str, Any] = {
        "pl": _pl_number(text),
        "booking": number_of(text, Letter.BOOKING, bare=False),
        "ticket": number_of(text, Letter.TICKET, bare=False),
        "imei": _imei(text),
    }
    if not is_phone and wanted["pl"] is None and _SERIAL.fullmatch(text):
        wanted["serial"] = serial_key(text)
    if " " not in text:
        wanted["alias"] = text.casefold()
    return {kind: value for kind, value in wanted.items() if value}


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


def _hit(row: "FoundRow", kind: str, letter: str) -> Hit:
    phone = PhoneNumber(row.phone_key, row.extension or "") if row.phone_key else None
    return Hit(
        kind,
        f"{letter}{row.number}" if letter else f"PL{row.pl_number}",
        row.id,
        PlId(row.pl_number),
        row.name,
        phone,
        row.email,
        bool(row.is_flagged),
        bool(row.is_former),
        row.why,
    )
