"""Lists of customers: pages in any order, keys, and what all customers come to."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, BindParameter, and_, bindparam, func, select, text

from posapp.domain.base.folding import query_words
from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.storage.base.quick import Hot, Several, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.customers.tables import customer
from posapp.storage.figures.listing import (
    OF_THE_SORT,
    TEXTS,
    Asked,
    Way,
    count_statement,
    keys_statement,
    page_statement,
)
from posapp.storage.figures.tables import customer_figure
from posapp.storage.repairs.tables import job, ticket

GATHERED = 20_000
"""A segment, or what answers to a text, of so many at most is gathered; a larger one is met on a walk."""
Place = tuple[int | str, int]
"""The value of the order, and the key of a customer."""
_FAR = 1 << 62
_BUSINESS: BindParameter[int] = bindparam("business", type_=BigInteger)
_ROWS = customer_figure.c
_MATCHING = Hot(
    text(
        "SELECT count(*) FROM (SELECT 1 FROM customer_words w CROSS JOIN customer c ON c.id = w.rowid "
        "WHERE w.customer_words MATCH :words AND c.business_id = :business LIMIT :most)"
    ),
    tuple,
)
_HERE = Several(
    lambda keys: (
        select(ticket.c.customer_id, ticket.c.id, ticket.c.due_at, job.c.state_id)
        .select_from(ticket.join(job, linked(job.c.ticket_id, ticket)))
        .where(and_(beside(ticket.c.business_id) == _BUSINESS, ticket.c.customer_id.in_(keys), job.c.is_here))
    ),
    tuple,
)
_EMAILS = Several(
    lambda keys: select(customer.c.id, customer.c.email).where(
        and_(
            beside(customer.c.business_id) == _BUSINESS,
            customer.c.id.in_(keys),
            customer.c.email != "",
            customer.c.erased_at.is_(None),
        )
    ),
    tuple,
)


def _summed(what: Any, *which: Any) -> Hot:
    return Hot(select(what).where(and_(_ROWS.business_id == _BUSINESS, *which)), tuple)


_OWED = _summed(func.coalesce(func.sum(_ROWS.balance_minor), 0), _ROWS.balance_minor > 0)
_CREDIT = _summed(func.coalesce(-func.sum(_ROWS.balance_minor), 0), _ROWS.balance_minor < 0)
_SPENT = _summed(func.coalesce(func.sum(_ROWS.spent_minor), 0), _ROWS.spent_minor > 0)
_SEEN_SINCE = _ROWS.last_visit_at >= bindparam("since")
_SEEN = _summed(func.count(), _SEEN_SINCE)
_CAME_BACK = _summed(func.count(), _SEEN_SINCE, _ROWS.previous_visit_day >= bindparam("day"))


class ListRow(NamedTuple):
    """A customer as the list shows one."""

    id: int
    value: int | str
    pl_number: int
    name: str
    erased_at: int | None
    phone_key: str | None
    extension: str | None
    visits: int
    bookings: int
    tickets: int
    open_tickets: int
    last_visit_at: int
    spent_minor: int
    balance_minor: int


class Edges(NamedTuple):
    """The moments that segments begin and end at, in microseconds."""

    new_since: int
    seen_after: int


class CustomerList(Repository):
    """The customers of one business."""

    def page(
        self,
        asked: Asked,
        edges: Edges,
        limit: int,
        *,
        after: Place | None = None,
        words: str = "",
        keys: Sequence[int] = (),
    ) -> list[ListRow]:
        """The next customers of a list; `asked` is answered by `way`."""
        values = self._values(asked, edges, limit, after, words, keys)
        return [ListRow._make(row) for row in self._connection.execute(page_statement(asked), values).all()]

    def keys(
        self,
        asked: Asked,
        edges: Edges,
        limit: int,
        *,
        after: Place | None = None,
        words: str = "",
        keys: Sequence[int] = (),
    ) -> list[tuple[int, int | str]]:
        """The same: their keys and the values of the order alone."""
        values = self._values(asked, edges, limit, after, words, keys)
        found: list[tuple[int, int | str]] = self._connection.execute(keys_statement(asked), values).all()
        return found

    def emails(self, customers: Sequence[int]) -> dict[int, str]:
        """The addresses of those who have one."""
        found: list[tuple[int, str]] = _EMAILS.of(self._connection, customers, {"business": self._business})
        return dict(found)

    def way(self, wanted: Wanted, edges: Edges, keys: Sequence[int] | None = None) -> Asked | None:
        """How a list is best read; None where nobody answers to its text. `keys` are those who do."""
        is_file = self._connection.is_direct
        asked = Asked(wanted.segment, wanted.sort, wanted.is_descending, is_sqlite=is_file)
        if keys is not None:
            return asked._replace(way=Way.KEYS) if keys else None
        if wanted.text.strip():
            return self._by_words(asked._replace(words=len(query_words(wanted.text))), wanted.text)
        is_whole = wanted.segment is Segment.ALL or (wanted.segment, wanted.sort) in OF_THE_SORT
        if not is_file or is_whole:
            return asked
        is_small = self.count(wanted.segment, edges, most=GATHERED + 1) <= GATHERED
        return asked._replace(way=Way.GATHER) if is_small else asked

    def is_named(self, words: str) -> bool:
        """Whether somebody's name has all these words or beginnings of words."""
        count = len(query_words(words))
        asked = Asked(Segment.ALL, SortBy.ID, True, words=count, is_sqlite=self._connection.is_direct)
        return bool(count) and self._matching(asked, words) > 0

    def _by_words(self, asked: Asked, words: str) -> Asked | None:
        found = self._matching(asked, words) if asked.words else 0
        if not found:
            return None
        return asked._replace(way=Way.WORDS) if asked.is_sqlite and found <= GATHERED else asked

    def _matching(self, asked: Asked, words: str) -> int:
        values = {"business": self._business, "words": _matched(words, is_file=asked.is_sqlite)}
        if asked.is_sqlite:
            counted = self._connection.execute(_MATCHING, {**values, "most": GATHERED + 1})
            return int(counted.scalar_one())
        some = Asked(Segment.ALL, SortBy.ID, True, Way.WALK, asked.words, False)
        return len(self.keys(some, Edges(0, 0), 1, words=words))

    def count(self, segment: Segment, edges: Edges, *, most: int | None = None) -> int:
        """How many are in a segment, counted to `most` at the most."""
        is_bounded = most is not None
        asked = count_statement(segment, is_bounded=is_bounded, is_sqlite=self._connection.is_direct)
        values = {"business": self._business, **edges._asdict(), **({"most": most} if is_bounded else {})}
        return int(self._connection.execute(asked, values).scalar_one())

    def here(self, keys: Sequence[int]) -> list[tuple[int, int, int | None, int]]:
        """Of each device of theirs in the shop: customer, ticket, when it is promised, its state."""
        return _HERE.of(self._connection, keys, {"business": self._business}) if keys else []

    def amounts(self) -> tuple[int, int, int]:
        """What customers owe, what the shop owes them, and what they spent, each summed over those who do."""
        values = {"business": self._business}
        owed, credit, spent = (
            int(self._connection.execute(one, values).scalar_one()) for one in (_OWED, _CREDIT, _SPENT)
        )
        return owed, credit, spent

    def seen(self, since: int, day: int) -> tuple[int, int]:
        """How many were here since a moment, and how many of them on an earlier day since that day, too."""
        values = {"business": self._business, "since": since}
        seen = int(self._connection.execute(_SEEN, values).scalar_one())
        return seen, int(self._connection.execute(_CAME_BACK, {**values, "day": day}).scalar_one())

    def _values(
        self,
        asked: Asked,
        edges: Edges,
        limit: int,
        after: Place | None,
        words: str,
        keys: Sequence[int],
    ) -> dict[str, Any]:
        value, key = after if after is not None else _start(asked)
        values = {"business": self._business, "limit": limit, "value": value, "key": key, **edges._asdict()}
        if asked.way is Way.KEYS:
            listed = ",".join(map(str, keys))
            values["keys"] = f"[{listed}]" if asked.is_sqlite else f"{{{listed}}}"
        elif asked.words and asked.is_sqlite and asked.way is Way.WALK:
            values |= {f"word_{place}": f"% {word}%" for place, word in enumerate(query_words(words))}
        elif asked.words:
            values["words"] = _matched(words, is_file=asked.is_sqlite)
        return values


def _start(asked: Asked) -> Place:
    """What stands before every first page."""
    if asked.sort in TEXTS:
        return ("\U0010ffff", _FAR) if asked.is_descending else ("", -1)
    return (_FAR, _FAR) if asked.is_descending else (-_FAR, -1)


def _matched(words: str, *, is_file: bool) -> str:
    """The words as the index of either database takes them: each may go on."""
    found = query_words(words)
    return " ".join(f'"{one}"*' for one in found) if is_file else " & ".join(f"'{one}':*" for one in found)
