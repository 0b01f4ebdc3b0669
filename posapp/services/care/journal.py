"""The journal desk: who did what and when, for those who answer for the shop."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import begin_of_day, to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import JournalLine
from posapp.domain.base.numbers import Letter, letter_of, number_of, number_text
from posapp.domain.customers.pl_id import PlId

if TYPE_CHECKING:
    from posapp.storage.care.journal import Record
    from posapp.storage.unit_of_work import Store, UnitOfWork

PAGE = 200
OTHER: Final = "other"
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "customers": frozenset({"customer", "contact", "phone", "email", "ids", "consent", "kiosk"}),
    "bookings": frozenset({"booking", "walk_in"}),
    "tickets": frozenset({"ticket", "passcode", "device", "photo", "estimate", "warranty", "part", "loaner"}),
    "sales": frozenset({"order", "payment", "gift_card"}),
    "drawer": frozenset({"shift"}),
    "items": frozenset({"item", "count", "price", "price_level", "tax"}),
    "papers": frozenset({"paper"}),
    "people": frozenset({"user", "role", "sign_in"}),
}
"""What the acts of the journal are about, as people look for it; all else is `OTHER`: settings, care."""
_KEPT: Final[Mapping[Letter, tuple[str, str]]] = {
    Letter.BOOKING: ("booking", "bookings"),
    Letter.TICKET: ("ticket", "tickets"),
    Letter.SALE: ("order", "orders"),
    Letter.PAYMENT: ("payment", "payments"),
    Letter.REPORT: ("shift", "shifts"),
    Letter.GIFT_CARD: ("gift_card", "gift_cards"),
}
"""By the letter of its number: what the journal calls a record, and the repository that knows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalAsked:
    """Which entries: by person (or till, where nobody had signed in), by what they are about, by day.

    `about` is one of `KINDS`, `OTHER`, or the word before the dot of an act ("ticket"); `number` that of a
    record (T12, PL7). Pages go on `before` the key of an entry; `after` one are only newer ones.
    """

    who: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""
    before: int | None = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, the newest first. `before` is where the next page goes on, None at the end.

    A page may be short, or empty, although more follow: what is rare is looked for a stretch at a time.
    """

    lines: tuple[JournalLine, ...]
    before: int | None


class JournalDesk:
    """Reads the journal of a business; nobody writes it but the acts themselves."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def page(self, actor: Actor, asked: JournalAsked, limit: int = PAGE) -> JournalPage:
        """The newest entries of those that are asked for."""
        actor.require(Permission.JOURNAL_READ)
        from posapp.storage.base.journal import last_key
        from posapp.storage.care.journal import Sought, page_of

        with self._store.look(actor, snapshot=True) as uow:
            zone = uow.businesses.get().time_zone
            since = to_us(begin_of_day(asked.since, zone)) if asked.since else None
            until = to_us(begin_of_day(asked.until + timedelta(days=1), zone)) if asked.until else None
            end = last_key(uow.connection, actor.business) + 1
            actions, is_but = _actions(asked.about)
            sought = Sought(
                who=asked.who.strip(),
                actions=actions,
                is_but=is_but,
                since=since,
                until=until,
                records=_records(uow, asked.number) if asked.number.strip() else None,
                after=asked.after,
                before=end if asked.before is None else min(asked.before, end),
            )
            lines, before = page_of(uow.connection, actor.business, sought, limit)
        return JournalPage(tuple(lines), before)

    def entry(self, actor: Actor, key: int) -> JournalLine:
        """One entry whole; refuses with `entry_unknown`."""
        actor.require(Permission.JOURNAL_READ)
        from posapp.storage.base.journal import line_of

        with self._store.look(actor) as uow:
            found = line_of(uow.connection, actor.business, key)
        if found is None:
            raise DomainError("entry_unknown", f"The journal has no entry {key}.", field="entry")
        return found

    def names(self, actor: Actor) -> list[str]:
        """The people who wrote lately, then the tills at which nobody had signed in."""
        actor.require(Permission.JOURNAL_READ)
        from posapp.storage.base.journal import last_key
        from posapp.storage.care.journal import names_in

        with self._store.look(actor, snapshot=True) as uow:
            last = last_key(uow.connection, actor.business)
            pairs = names_in(uow.connection, actor.business, last)
        people = sorted({person for person, _ in pairs if person}, key=str.casefold)
        tills = {till for person, till in pairs if not person}
        return [*people, *sorted(tills - set(people), key=str.casefold)]


def kind_of(line: JournalLine) -> str:
    """Which of `KINDS` an entry belongs to, or `OTHER`."""
    about = line.action.partition(".")[0]
    return next((kind for kind, words in KINDS.items() if about in words), OTHER)


def _actions(about: str) -> tuple[set[str] | None, bool]:
    """The acts that are meant, and whether all but these are."""
    if not about:
        return None, False
    if about == OTHER:
        known = frozenset().union(*KINDS.values())
        return {one.value for one in Action if one.about in known}, True
    wanted = KINDS.get(about, frozenset({about}))
    found = {one.value for one in Action if one.about in wanted}
    if not found:
        words = ", ".join(sorted({*KINDS, OTHER, *(one.about for one in Action)}))
        raise DomainError(
            "about_unknown", f"Nothing is about {about[:20]}. Choose one of: {words}.", field="about"
        )
    return found, False


def _records(uow: "UnitOfWork", number: str) -> "list[Record]":
    """The record of a number and its papers, as the journal names them; refuses with `number_unknown`."""
    from posapp.storage.figures.history import papers_of

    letter, unknown = (
        letter_of(number),
        DomainError("number_unknown", f"There is no record {number.strip()[:20]}.", field="number"),
    )
    if letter is None:
        key = uow.customers.by_pl(PlId.parse(number, bare=True))
        if key is None:
            raise unknown
        return [("customer", key)]
    digits = number_of(number, letter)
    if digits is None or letter not in _KEPT:
        raise unknown
    subject, repository = _KEPT[letter]
    found = getattr(uow, repository).by_number(digits)
    if found is None:
        raise unknown
    papers = papers_of(uow.connection, uow.actor.business, number_text(letter, digits))
    return [(subject, found.id), *(("document", paper) for paper in papers)]
