"""What was owed at the end of a day, either way: debts by sale, credit, deposits, gift cards."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from sqlalchemy import text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository


class Owing(StrEnum):
    """What is owed."""

    DEBT = "debt"
    CREDIT = "credit"
    DEPOSIT = "deposit"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Owed:
    """What one sale asks, one customer has, or is held for one thing.

    `number` and `kind` are what it is about: a sale (S, 0: an opening balance), ticket (T), booking (B) or
    gift card (G); `day` is that of its first entry, or the last one of a card (0: it is good for ever).
    """

    key: int
    pl_number: int
    name: str
    kind: str
    number: int
    day: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed it: its document (S, P, or "" for none), day, amount; `by` who did it."""

    id: int
    kind: str
    number: int
    day: int
    by: str
    amount_minor: int


_ENTRIES = (
    "e.business_id = :business AND e.account = '{}' AND e.customer_id IS NOT NULL AND e.business_day <= :last"
)


def _sums(account: str, *by: str, sign: str = "") -> str:
    """What is left of an account, by customer and what it is bound to: most of it is settled."""
    columns = ", ".join(f"e.{one}" for one in ("customer_id", *by))
    return (
        f"(SELECT {columns}, min(e.id) AS first, min(e.business_day) AS since, "
        f"CAST({sign}sum(e.amount_minor) AS BIGINT) AS minor FROM ledger_entry e "
        f"WHERE {_ENTRIES.format(account)} GROUP BY {columns} HAVING sum(e.amount_minor) <> 0)"
    )


def _beside(table: str, alias: str, key: str) -> str:
    return f"LEFT JOIN {table} {alias} ON {alias}.id = d.{key} AND +{alias}.business_id = :business"


_WHOSE = _beside("customer", "c", "customer_id")
_OF_WORK = f"{_beside('ticket', 't', 'ticket_id')} {_beside('booking', 'b', 'booking_id')}"
_CARDS = (
    "(SELECT g.id, g.customer_id, g.number, g.expires_on, "
    "CAST(sum(m.amount_minor) AS BIGINT) AS minor FROM gift_card g "
    "JOIN gift_move m ON m.card_id = g.id AND +m.business_id = g.business_id "
    "WHERE g.business_id = :business AND m.business_day <= :last "
    "GROUP BY g.id HAVING sum(m.amount_minor) <> 0)"
)
_STANDING = {
    # A debt without a sale is an opening balance: one for each customer.
    Owing.DEBT: (
        "SELECT d.first, c.pl_number, c.name, 'S', coalesce((SELECT o.number FROM sale_order o "
        "WHERE o.id = d.order_id AND +o.business_id = :business), 0), d.since, d.minor "
        f"FROM {_sums('debt', 'order_id')} d {_WHOSE} ORDER BY c.pl_number, d.first"
    ),
    Owing.CREDIT: (
        "SELECT d.first, c.pl_number, c.name, '', 0, d.since, d.minor "
        f"FROM {_sums('credit', sign='-')} d {_WHOSE} ORDER BY c.pl_number"
    ),
    Owing.DEPOSIT: (
        "SELECT d.first, c.pl_number, c.name, CASE WHEN d.ticket_id IS NULL THEN 'B' ELSE 'T' END, "
        "coalesce(t.number, b.number), d.since, d.minor "
        f"FROM {_sums('deposit', 'ticket_id', 'booking_id', sign='-')} d {_WHOSE} {_OF_WORK} "
        "ORDER BY c.pl_number, d.first"
    ),
    Owing.CARD: (
        "SELECT d.id, coalesce(c.pl_number, 0), coalesce(c.name, ''), 'G', d.number, "
        f"coalesce(d.expires_on, 0), d.minor FROM {_CARDS} d {_WHOSE} ORDER BY d.number"
    ),
}


@cache
def _standing(what: Owing) -> Hot:
    return Hot(text(_STANDING[what]), tuple)


_PAPERS = (
    "LEFT JOIN payment p ON p.id = e.payment_id AND +p.business_id = e.business_id "
    "LEFT JOIN sale_order o ON o.id = coalesce(e.source_id, e.order_id) AND +o.business_id = e.business_id"
)
_PAPER = (
    "CASE WHEN p.number IS NOT NULL THEN 'P' WHEN o.number IS NOT NULL THEN 'S' ELSE '' END, "
    "coalesce(p.number, o.number, 0)"
)
_NEXT = "AND e.id > :after ORDER BY e.id LIMIT :limit"
_MOVED = {
    Owing.CREDIT: (
        f"SELECT e.id, {_PAPER}, e.business_day, e.created_by, -e.amount_minor FROM ledger_entry e {_PAPERS} "
        f"JOIN customer c ON c.id = e.customer_id AND +c.business_id = e.business_id "
        f"WHERE {_ENTRIES.format('credit')} AND c.business_id = :business AND c.pl_number = :number {_NEXT}"
    ),
    Owing.DEPOSIT: (
        f"SELECT e.id, {_PAPER}, e.business_day, e.created_by, -e.amount_minor FROM ledger_entry e {_PAPERS} "
        "LEFT JOIN ticket t ON t.id = e.ticket_id AND +t.business_id = e.business_id "
        "LEFT JOIN booking b ON b.id = e.booking_id AND +b.business_id = e.business_id "
        f"WHERE {_ENTRIES.format('deposit')} "
        "AND (CASE WHEN e.ticket_id IS NULL THEN 'B' ELSE 'T' END) = :kind "
        f"AND coalesce(t.number, b.number) = :number {_NEXT}"
    ),
    Owing.CARD: (
        f"SELECT e.id, {_PAPER}, e.business_day, e.created_by, e.amount_minor FROM gift_move e "
        "LEFT JOIN payment p ON p.id = e.payment_id AND +p.business_id = e.business_id "
        "LEFT JOIN sale_order o ON o.id = e.order_id AND +o.business_id = e.business_id "
        "JOIN gift_card g ON g.id = e.card_id AND +e.business_id = g.business_id "
        "WHERE g.business_id = :business AND g.number = :number AND e.business_day <= :last "
        f"{_NEXT}"
    ),
}


@cache
def _moved(what: Owing) -> Hot:
    return Hot(text(_MOVED[what]), tuple)


class OwedFigures(Repository):
    """What is owed to and by one business."""

    def standing(self, what: Owing, day: date) -> list[Owed]:
        """All that was owed at the end of a day, by customer."""
        keys = {"business": self._business, "last": day_number(day)}
        return [Owed(*row) for row in self._connection.execute(_standing(what), keys)]

    def moved(
        self, what: Owing, number: int, day: date, after: int, limit: int, *, kind: str = ""
    ) -> list[Entry]:
        """What came to it until a day: of the credit of a customer (PL), a ticket or booking, a gift card."""
        keys = {"business": self._business, "last": day_number(day), "number": number, "after": after}
        if what is Owing.DEPOSIT:
            keys["kind"] = kind  # type: ignore[assignment]
        return [Entry(*row) for row in self._connection.execute(_moved(what), {**keys, "limit": limit})]
