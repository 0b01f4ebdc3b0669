"""What is in the shop, as board and lists show it: a device a row."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    or_,
    select,
    table,
    text,
)

from posapp.domain.base.folding import fold, query_words
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.repairs.estimates import EstimateStatus
from posapp.domain.repairs.tickets import BoardCard
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.customers.tables import customer
from posapp.storage.repairs.tables import device, estimate, estimate_line, job, shelf, ticket
from posapp.storage.shop.tables import resource

_BUSINESS: BindParameter[int] = bindparam("business")
IS_HERE = text("job.is_here")
"""As written in the partial indexes: SQLite does not see that `job.is_here = 1` means the same."""
_WORDS = table("job_words", column("rowid"))
_MATCH = text("job_words MATCH :match")
_NEWER = estimate.alias("newer")


def _estimated() -> ScalarSelect[int]:
    """What the newest estimate says of a device, unless the customer said no; NULL where it says nothing."""
    said = (EstimateStatus.ASKED, EstimateStatus.APPROVED)
    newer = and_(
        _NEWER.c.ticket_id == estimate.c.ticket_id,
        beside(_NEWER.c.business_id) == estimate.c.business_id,
        _NEWER.c.version > estimate.c.version,
    )
    return (
        select(cast(func.sum(estimate_line.c.amount_minor), BigInteger))
        .select_from(estimate_line.join(estimate, linked(estimate_line.c.estimate_id, estimate)))
        .where(
            and_(
                estimate_line.c.job_id == job.c.id,
                beside(estimate_line.c.business_id) == job.c.business_id,
                or_(*(estimate.c.status == one.value for one in said)),
                ~exists().where(newer),
            )
        )
        .correlate(job)
        .scalar_subquery()
    )


def _cards(first: FromClause) -> Select[Any]:
    """Jobs with what is shown of each; `first` has them, and is read first."""
    return (
        select(
            job.c.id,
            ticket.c.id,
            ticket.c.number,
            job.c.position,
            customer.c.pl_number,
            customer.c.id,
            customer.c.name,
            device.c.kind,
            device.c.make,
            device.c.model,
            job.c.fault,
            job.c.state_id,
            job.c.state_since,
            job.c.touched_at,
            ticket.c.due_at,
            func.coalesce(resource.c.name, ""),
            func.coalesce(shelf.c.code, ""),
            job.c.price_minor,
            ticket.c.is_rush,
            case((job.c.price_minor.is_(None), _estimated())),
        )
        .select_from(first)
        .join(ticket, linked(job.c.ticket_id, ticket))
        .join(customer, linked(ticket.c.customer_id, customer))
        .join(device, linked(job.c.device_id, device))
        .outerjoin(resource, linked(job.c.technician_id, resource))
        .outerjoin(shelf, linked(job.c.shelf_id, shelf))
    )


CARDS = _cards(job)
"""The columns of `BoardCard`, in its order."""
_BY_WORDS = _cards(_WORDS.join(job, job.c.id == beside(_WORDS.c.rowid))).where(_MATCH)
_OF_STATE = Hot(
    CARDS.where(and_(job.c.business_id == _BUSINESS, IS_HERE, job.c.state_id == bindparam("state")))
    .order_by(job.c.state_since)
    .limit(bindparam("limit")),
    BoardCard,
)
_HERE = Hot(CARDS.where(and_(job.c.business_id == _BUSINESS, IS_HERE)), BoardCard)
_COUNTS = Hot(
    select(job.c.state_id, func.count())
    .where(and_(job.c.business_id == _BUSINESS, IS_HERE))
    .group_by(job.c.state_id)
)
_OF_CUSTOMER = Hot(
    CARDS.where(
        and_(
            beside(ticket.c.business_id) == _BUSINESS,
            ticket.c.customer_id == bindparam("customer"),
            IS_HERE,
        )
    )
    .order_by(ticket.c.created_at.desc())
    .limit(bindparam("limit")),
    BoardCard,
)
MOST_WORDS = 8
"""So many words of a list's filter count."""
MOST_HERE = 20
"""Devices of one customer that are told of."""


class Board(Repository):
    """The devices of one business."""

    def here(self) -> list[BoardCard]:
        """All jobs in the shop, in no order."""
        return list(self._connection.execute(_HERE, {"business": self._business}))

    def cards_in(self, state_id: int, limit: int) -> list[BoardCard]:
        """The jobs in a state, the longest waiting first."""
        keys = {"business": self._business, "state": state_id, "limit": limit}
        return list(self._connection.execute(_OF_STATE, keys))

    def counts(self) -> dict[int, int]:
        """How many jobs of each state are in the shop."""
        rows = self._connection.execute(_COUNTS, {"business": self._business})
        return {row[0]: row[1] for row in rows}

    def here_of_customer(self, customer_id: int) -> list[BoardCard]:
        """What a customer has in the shop."""
        keys = {"business": self._business, "customer": customer_id, "limit": MOST_HERE}
        return list(self._connection.execute(_OF_CUSTOMER, keys))

    def cards(
        self,
        *,
        is_here: bool,
        states: Sequence[int] = (),
        kind: str | None = None,
        technician_id: int | None = None,
        customer_id: int | None = None,
        words: str = "",
        limit: int,
    ) -> list[BoardCard]:
        """Jobs for a list, the newest first.

        Of what is here a word may stand anywhere; of all years SQLite finds words and beginnings of words in
        their index, and tickets by number.
        """
        values: dict[str, Any] = {"business": self._business, "limit": limit}
        exact = {"kind": kind, "technician": technician_id, "customer": customer_id}
        values |= {name: value for name, value in exact.items() if value is not None}
        values |= {f"state_{place}": state for place, state in enumerate(states)}
        typed = words.lower().split()[:MOST_WORDS]
        for place, word in enumerate(typed):
            values |= {f"{part}_{place}": value for part, value in _parts(word).items()}
        is_indexed = self._connection.is_direct and not is_here and customer_id is None
        match = _match(typed) if is_indexed else ""
        if match:
            return self._all_years(values, match, len(typed), limit)
        return list(self._connection.execute(_list_of(is_here, tuple(values)), values))

    def _all_years(self, values: dict[str, Any], match: str, words: int, limit: int) -> list[BoardCard]:
        """What the index of words finds, and each ticket whose number is one of the words."""
        parts = tuple(f"{part}_{place}" for place in range(words) for part in _PARTS)
        plain = {name: value for name, value in values.items() if name not in parts} | {"match": match}
        found = list(self._connection.execute(_list_of(False, tuple(plain)), plain))
        for place in range(words):
            if f"number_{place}" in values:
                own = [f"{part}_{place}" for part in _PARTS]
                rest = {name: value for name, value in values.items() if name not in own}
                rest["ticket"] = values[f"number_{place}"]
                found += self._connection.execute(_list_of(False, tuple(rest)), rest)
        newest = {card.job_id: card for card in found}
        return [newest[key] for key in sorted(newest, reverse=True)[:limit]]

    def load(self, states: Sequence[int], *, technician_id: int | None, only_rush: bool) -> int:
        """How many devices wait for the bench: in one of the states, for a person or for anybody."""
        wanted = select(func.count()).where(
            and_(job.c.business_id == self._business, IS_HERE, job.c.state_id.in_(states))
        )
        if technician_id is not None:
            wanted = wanted.where(job.c.technician_id == technician_id)
        if only_rush:
            wanted = wanted.select_from(job.join(ticket, linked(job.c.ticket_id, ticket))).where(
                ticket.c.is_rush
            )
        return int(self._connection.execute(wanted).scalar_one())


_PARTS = ("word", "folded", "number")
_TOKENS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=256)
def _list_of(is_here: bool, names: tuple[str, ...]) -> Hot:
    """The statement of a list that is asked for with values of these names."""
    wanted, newest = (_BY_WORDS, _WORDS.c.rowid.desc()) if "match" in names else (CARDS, job.c.id.desc())
    wanted = wanted.where(job.c.business_id == _BUSINESS)
    if is_here:
        wanted = wanted.where(IS_HERE)
    exact = {"kind": device.c.kind, "technician": job.c.technician_id, "customer": ticket.c.customer_id}
    for name, one in exact.items():
        if name in names:
            wanted = wanted.where(one == bindparam(name))
    if "ticket" in names:
        wanted = wanted.where(job.c.ticket_id == _ticket_id())
    states: list[BindParameter[int]] = [bindparam(name) for name in names if name.startswith("state_")]
    if states:
        wanted = wanted.where(job.c.state_id.in_(states))
    for place in range(MOST_WORDS):
        holds = [_holds(part, f"{part}_{place}") for part in _PARTS if f"{part}_{place}" in names]
        if holds:
            wanted = wanted.where(or_(*holds))
    return Hot(wanted.order_by(newest).limit(bindparam("limit")), BoardCard)


def _ticket_id() -> ScalarSelect[int]:
    """The key of the ticket with a number, found before its jobs."""
    one = ticket.alias("one")
    own = and_(one.c.business_id == _BUSINESS, one.c.number == bindparam("ticket"))
    return select(one.c.id).where(own).scalar_subquery()


def _match(typed: Sequence[str]) -> str:
    """What the index of words is asked: as typed or folded as names are; "" where a word has no letters."""
    asked = []
    for word in typed:
        spelled = (_TOKENS.findall(word), query_words(word))
        ways = {" AND ".join(f'"{one}"*' for one in ones) for ones in spelled}
        if not (ways := ways - {""}):
            return ""
        asked.append("(" + " OR ".join(f"({way})" for way in sorted(ways)) + ")")
    return " AND ".join(asked)


def _parts(word: str) -> dict[str, object]:
    """What of a list may hold a word, and as what value it is looked for there."""
    found: dict[str, object] = {"word": _inside(word)}
    if folded := fold(word):
        found["folded"] = _inside(folded)
    number = number_of(word, Letter.TICKET)
    if number is not None:
        found["number"] = number
    return found


def _holds(part: str, name: str) -> ColumnElement[bool]:
    """Where a part of a word may stand; `name` is that of its value."""
    value: BindParameter[Any] = bindparam(name)
    if part == "number":
        return ticket.c.number == value
    if part == "folded":
        return customer.c.name_fold.like(value, escape="\\")
    columns = (device.c.make, device.c.model, device.c.serial, job.c.fault, customer.c.name)
    return or_(*(func.lower(column).like(value, escape="\\") for column in columns))


def _inside(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
