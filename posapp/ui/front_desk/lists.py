"""Rows and views of the left column: matches, the row that makes a customer, and who was here lately."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.domain.customers.matching import match_at_start, match_in_name, match_in_phone
from posapp.services.base.drafts import key_of, mark_of
from posapp.ui.tables import OpenList, TwoLineDelegate, TwoLineRow
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer
    from posapp.services.counter.search import Answer, Hit
    from posapp.ui.session import Session

_tr = translator("CustomerRows")

NAME, KEPT, FEWEST_SHOWN = "recents", 8, 2


@dataclass(frozen=True, slots=True)
class Match:
    """A match, the text that found it, and until when a former number was the customer's."""

    hit: "Hit"
    typed: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """The row that makes a customer of an unknown number."""

    number: "PhoneNumber"


def rows_of(answer: "Answer", newcomer: "PhoneNumber | None", *, customers_only: bool = False) -> list[Any]:
    """What answers to a text, and after it the row that makes a customer of a number that nobody has."""
    hits = [hit for hit in answer.hits.hits if hit.kind == "customer" or not customers_only]
    rows: list[Any] = [Match(hit, answer.text, answer.until.get(hit.customer_id)) for hit in hits]
    return rows if newcomer is None else [*rows, Newcomer(newcomer)]


@dataclass(frozen=True, slots=True)
class Recent:
    """A customer who was at this till, and when, in words."""

    customer: "Customer"
    at: str


class SpokenDelegate(TwoLineDelegate):
    """Paints rows and says them in one line, for screen readers."""

    def words_of(self, value: Any) -> str:
        """The row in one line."""
        raise NotImplementedError


class FinderDelegate(SpokenDelegate):
    """Matches, the row of a newcomer, and recents."""

    height = 60

    def __init__(self, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.wording = wording

    def row_of(self, value: Any) -> TwoLineRow:
        """How each kind looks."""
        if isinstance(value, Match):
            return _match_row(value, self.wording)
        if isinstance(value, Newcomer):
            return TwoLineRow(self.words_of(value), self.tr("Nobody has this number yet"), icon="user-plus")
        customer: Customer = value.customer
        phone = self.wording.phone(customer.phone) if customer.phone else self.tr("No phone number")
        name = customer.shown_name(self.wording.region)
        return TwoLineRow(name, phone, badge=str(customer.pl_id), right=value.at)

    def words_of(self, value: Any) -> str:
        """A row in one line, for screen readers."""
        if isinstance(value, Match):
            return spoken_hit(value.hit, self.wording, value.until)
        if isinstance(value, Newcomer):
            return self.tr("New customer with {phone}").format(phone=self.wording.phone(value.number))
        customer: Customer = value.customer
        return f"{customer.pl_id}, {customer.shown_name(self.wording.region)}, {value.at}"


@lru_cache(maxsize=256)
def _match_row(match: Match, wording: Wording) -> TwoLineRow:
    """Folding names takes longer than painting them, and a row is painted many times."""
    return hit_row(match.hit, match.typed, wording, match.until)


def hit_row(hit: "Hit", typed: str, wording: Wording, until: datetime | None = None) -> TwoLineRow:
    """The row of a hit: badge, name, the number (or e-mail) that was found, marks at the end."""
    if hit.is_paper:
        return TwoLineRow(hit.name, _paper_words(hit), badge=hit.number)
    phone = wording.phone(hit.phone) if hit.phone else ""
    email, by_email = hit.found or hit.email, hit.why == "email" and bool(hit.found or hit.email)
    second = email if by_email else phone or hit.email or _tr("No phone number")
    second_match = match_at_start(second, typed) if by_email else match_in_phone(phone, typed, hit.why)
    if hit.is_by_old_id:
        second, second_match = old_id_words(hit), None
    name = hit.name or phone or str(hit.pl_id)
    right, right_second, tone, pill = "", "", "text2", None
    if hit.is_former:
        right, tone = _tr("former"), "warning"
        right_second = _until(until, wording) if until else ""
    elif hit.kind == "booking":
        pill = StatusLook("calendar", hit.number, "info")
    elif hit.is_flagged:
        right, tone = _tr("note"), "warning"
    return TwoLineRow(
        name,
        second,
        badge=str(hit.pl_id),
        right=right,
        right_second=right_second,
        right_tone=tone,
        pill=pill,
        name_match=match_in_name(name, typed) if hit.why == "name" else None,
        second_match=second_match,
    )


def old_id_words(hit: "Hit") -> str:
    """Why a customer is listed who is found by an ID of an old system: `Old ID CUST-001 (000:customers)`."""
    system, collection, code = hit.found.split(":", 2)  # the ID may hold colons itself
    words = _tr("Old ID {code} ({place})") if hit.is_by_own_old_id else _tr("Old record {code} ({place})")
    return words.format(code=code, place=f"{system}:{collection}")


def _paper_words(hit: "Hit") -> str:
    words = {"shift": _tr("Closed shift"), "sale": _tr("Sale"), "payment": _tr("Payment")}
    return words[hit.kind]


def spoken_hit(hit: "Hit", wording: Wording, until: datetime | None = None) -> str:
    """A row in one line, for screen readers."""
    if hit.is_paper:
        return f"{hit.number}, {hit.name}, {_paper_words(hit)}"
    parts = [str(hit.pl_id), hit.name, wording.phone(hit.phone) if hit.phone else "", hit.email]
    parts.append(old_id_words(hit) if hit.is_by_old_id else hit.found)
    parts.append(hit.number if hit.kind == "booking" else "")
    parts.append(_tr("has a note") if hit.is_flagged else "")
    if hit.is_former:
        parts.append(f"{_tr('former')} {_until(until, wording) if until else ''}".strip())
    return ", ".join(part for part in parts if part)


def _until(until: datetime, wording: Wording) -> str:
    return _tr("until {day}").format(day=wording.day_in_list(wording.here(until).date()))


class RowsView(OpenList):
    """A list of what its delegate can say and paint."""

    def __init__(self, name: str, delegate: SpokenDelegate) -> None:
        super().__init__(name, delegate, delegate.words_of)
        self.delegate = delegate


class ShortCard(Card):
    """A list in a card that shows as many rows as have room, at least two."""

    def __init__(self, title: str, delegate: SpokenDelegate, *, key: str = "") -> None:
        super().__init__(title, key=key)
        self.list = RowsView(title, delegate)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_some(self, rows: Sequence[Any], room: int) -> Sequence[Any]:
        """Show what has room of these rows, and say what that is."""
        step = theme().row_height(self.list.delegate.height)
        shown = rows[: max(room // step, FEWEST_SHOWN)]
        if tuple(self.list.rows.rows()) != shown:
            self.list.rows.show_rows(shown)
        self.list.stand(len(shown) * step, least=FEWEST_SHOWN)
        return shown


class Recents:
    """The last eight customers of this till, the latest first.

    Marks and times stand in a file of the till; names are read anew from the shop.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._at: dict[str, datetime] = {}
        rows = (session.drafts.load(NAME) or {}).get("customers")
        for row in rows if isinstance(rows, list) else []:
            match row:
                case [str(mark), str(at)] if key_of(mark) is not None:
                    with suppress(ValueError):
                        self._at[mark] = datetime.fromisoformat(at)

    @property
    def keys(self) -> list[int]:
        """The customers' keys, the latest first."""
        return [key for mark in self._at if (key := key_of(mark)) is not None]

    def at(self, customer: "Customer") -> datetime | None:
        """When a customer was here last, an aware instant; None if it was somebody else who had the key."""
        return self._at.get(mark_of(customer, customer.pl_id))

    def remember(self, customer: "Customer", at: datetime) -> None:
        """A customer came to the counter at this (aware) instant."""
        others = [(mark, then) for mark, then in self._at.items() if key_of(mark) != customer.id]
        self._at = dict([(mark_of(customer, customer.pl_id), at), *others][:KEPT])
        rows = [[mark, then.isoformat(timespec="seconds")] for mark, then in self._at.items()]
        self._session.keep(self._session.drafts.keeping(NAME, {"customers": rows}))
