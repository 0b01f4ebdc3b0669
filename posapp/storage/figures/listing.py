"""The statements that list customers: a part of one segment in one order, read from an index of that order.

Two ways lead to a page. *Walk*: read the index of the order from where the last page ended, and leave out who
is not of the segment. *Gather*: read all of a small segment from its own index, and put that in order. A file
is told which way to go, since without counting SQLite takes any index for as good as another; a server
decides by its statistics.
"""

from enum import Enum
from functools import cache
from typing import NamedTuple

from sqlalchemy import text

from posapp.domain.figures.customer_list import Segment, SortBy
from posapp.storage.base.quick import Hot
from posapp.storage.base.sql_extras import POSTGRES_WORDS

_INDEX = "ix_customer_figure_{}"
SEGMENTS = {
    Segment.ALL: ("", ""),
    Segment.OWES: ("f.balance_minor > 0", _INDEX.format("balance_minor")),
    Segment.OPEN_TICKET: ("f.open_tickets > 0", _INDEX.format("open")),
    Segment.NOT_SEEN: (
        "f.last_visit_at > 0 AND f.last_visit_at < :seen_after",
        _INDEX.format("last_visit_at"),
    ),
    Segment.NEW: ("f.created_at >= :new_since", _INDEX.format("created_at")),
    Segment.TOP: ("f.spent_minor > 0", _INDEX.format("spent_minor")),
}
"""Who is in a segment, and the index that has them together."""
_COUNTED = {
    SortBy.VISITS: "visits",
    SortBy.TICKETS: "tickets",
    SortBy.LAST_VISIT: "last_visit_at",
    SortBy.SPENT: "spent_minor",
    SortBy.BALANCE: "balance_minor",
}
TEXTS = (SortBy.NAME, SortBy.PHONE)
"""What is ordered by letters."""
OF_THE_SORT = {
    (Segment.OWES, SortBy.BALANCE),
    (Segment.NOT_SEEN, SortBy.LAST_VISIT),
    (Segment.TOP, SortBy.SPENT),
}
"""Where the index of the order has a segment together, too."""
_NO_PHONE = "''"
_PRIMARY = (
    "p.business_id = f.business_id AND p.customer_id = f.customer_id AND p.is_primary AND p.ended_at IS NULL"
)
_LETTERS = {">": "~>~", "<": "~<~", ">=": "~>=~", "<=": "~<=~"}
_SHOWN = (
    "c.pl_number, c.name, c.erased_at, p.key, p.extension, f.visits, f.bookings, f.tickets, f.open_tickets, "
    "f.last_visit_at, f.spent_minor, f.balance_minor"
)


class Way(Enum):
    """How a page is come by; by words and by keys only those are gathered who answer to a text."""

    WALK = 1
    GATHER = 2
    WORDS = 3
    KEYS = 4


class Asked(NamedTuple):
    """Which page of which list: `words` is how many words each name must have."""

    segment: Segment
    sort: SortBy
    is_descending: bool
    way: Way = Way.WALK
    words: int = 0
    is_sqlite: bool = True

    @property
    def is_text(self) -> bool:
        """Whether the order is one of letters."""
        return self.sort in TEXTS


@cache
def keys_statement(asked: Asked) -> Hot:
    """The keys of a page and the values by which they are ordered."""
    return Hot(text(_keys(asked)), tuple)


@cache
def page_statement(asked: Asked) -> Hot:
    """A page with what is shown of each customer: key and value first."""
    sql = (
        f"SELECT k.id, k.value, {_SHOWN} FROM ({_keys(asked)}) k "
        "JOIN customer_figure f ON f.business_id = :business AND f.customer_id = k.id "
        "JOIN customer c ON c.business_id = :business AND c.id = k.id "
        f"LEFT JOIN phone p ON {_PRIMARY} ORDER BY {_order(asked, 'k.value', 'k.id')}"
    )
    return Hot(text(_for_file(sql) if asked.is_sqlite else sql), tuple)


@cache
def count_statement(segment: Segment, *, is_bounded: bool, is_sqlite: bool) -> Hot:
    """How many are in a segment, at most `:most` if bounded."""
    where, index = SEGMENTS[segment]
    by = f" INDEXED BY {index}" if index and is_sqlite else ""
    rows = f"FROM customer_figure f{by} WHERE f.business_id = :business{' AND ' + where if where else ''}"
    if is_bounded:
        return Hot(text(f"SELECT count(*) FROM (SELECT 1 {rows} LIMIT :most) bounded"), tuple)
    return Hot(text(f"SELECT count(*) {rows}"), tuple)


def _keys(asked: Asked) -> str:
    if asked.sort is SortBy.PHONE and asked.way is Way.WALK:
        return _by_phone(asked)
    source, value, key = _source(asked)
    return _branch(asked, source, value, key, _after(asked, value, key))


def _branch(asked: Asked, source: str, value: str, key: str, *which: str) -> str:
    whose = "c.business_id" if source.startswith("customer c ") else "f.business_id"
    conditions = [f"{whose} = :business", SEGMENTS[asked.segment][0], *_answering(asked), *which]
    order = _order(asked, value, key) if value != _NO_PHONE else f"{key} {_word(asked)}"
    return (
        f"SELECT f.customer_id AS id, {value} AS value FROM {source} "
        f"WHERE {' AND '.join(filter(None, conditions))} ORDER BY {order} LIMIT :limit"
    )


def _by_phone(asked: Asked) -> str:
    """Those with a number by their numbers; the others stand before the first of them."""
    by = " INDEXED BY uq_phone_key" if asked.is_sqlite else ""
    own = "f.business_id = p.business_id AND f.customer_id = p.customer_id"
    named = f"phone p{by} {_cross(asked)} customer_figure f ON {own}{_with_customer(asked)}"
    is_one = "p.business_id = :business AND p.ended_at IS NULL AND p.is_primary"
    first = _branch(asked, named, "p.key", "f.customer_id", is_one, _after(asked, "p.key", "f.customer_id"))
    by = f" INDEXED BY {_INDEX.format('phoneless')}" if asked.is_sqlite else ""
    later = (
        "(:value > '' OR f.customer_id < :key)"
        if asked.is_descending
        else "(:value = '' AND f.customer_id > :key)"
    )
    without = f"customer_figure f{by}{_with_customer(asked)}"
    rest = _branch(asked, without, _NO_PHONE, "f.customer_id", "NOT f.has_phone", later)
    both = f"SELECT * FROM ({first}) named UNION ALL SELECT * FROM ({rest}) phoneless"
    return f"SELECT id, value FROM ({both}) either ORDER BY {_order(asked, 'value', 'id')} LIMIT :limit"


def _source(asked: Asked) -> tuple[str, str, str]:
    """From where a page is read, the value that is ordered by, and the key that stands behind it."""
    if asked.way is Way.WALK and asked.sort in (SortBy.ID, SortBy.NAME):
        column, index = {
            SortBy.ID: ("pl_number", "uq_customer_pl_number"),
            SortBy.NAME: ("name_fold", "ix_customer_name_fold"),
        }[asked.sort]
        by = f" INDEXED BY {index}" if asked.is_sqlite else ""
        own = "f.business_id = c.business_id AND f.customer_id = c.id"
        return f"customer c{by} {_cross(asked)} customer_figure f ON {own}", f"c.{column}", "c.id"
    rows = "customer_figure f"
    if asked.way is Way.WALK:
        index = _INDEX.format(_COUNTED[asked.sort])
        rows += f" INDEXED BY {index}" if asked.is_sqlite else ""
    elif asked.way is Way.GATHER:
        rows += f" INDEXED BY {SEGMENTS[asked.segment][1]}" if asked.is_sqlite else ""
    elif asked.way is Way.WORDS:
        own = "f.business_id = :business AND f.customer_id = w.rowid"
        rows = f"customer_words w CROSS JOIN customer_figure f ON {own}"
    return f"{rows}{_with_customer(asked)}{_with_phone(asked)}", _value(asked), "f.customer_id"


def _value(asked: Asked) -> str:
    own = {SortBy.ID: "c.pl_number", SortBy.NAME: "c.name_fold", SortBy.PHONE: "coalesce(p.key, '')"}
    return own.get(asked.sort) or f"f.{_COUNTED[asked.sort]}"


def _with_customer(asked: Asked) -> str:
    is_needed = asked.words or asked.sort in (SortBy.ID, SortBy.NAME)
    own = "c.business_id = f.business_id AND c.id = f.customer_id"
    return f" {_cross(asked)} customer c ON {_plus(asked, own)}" if is_needed else ""


def _with_phone(asked: Asked) -> str:
    return f" LEFT JOIN phone p ON {_plus(asked, _PRIMARY)}" if asked.sort is SortBy.PHONE else ""


def _answering(asked: Asked) -> list[str]:
    """What a text asks for."""
    if asked.way is Way.KEYS:
        of = "SELECT value FROM json_each(:keys)" if asked.is_sqlite else ""
        return [f"f.customer_id IN ({of})" if of else "f.customer_id = ANY(CAST(:keys AS bigint[]))"]
    if asked.way is Way.WORDS:
        return ["w.customer_words MATCH :words"]
    if not asked.words:
        return []
    if not asked.is_sqlite:
        return [f"{POSTGRES_WORDS} @@ CAST(:words AS tsquery)"]
    names = "(' ' || c.name_fold || ' ' || coalesce(c.more_words, ''))"
    return [f"{names} LIKE :word_{place}" for place in range(asked.words)]


def _after(asked: Asked, value: str, key: str) -> str:
    """Whatever stands behind the last one of the page before; the first part is what an index answers."""
    sign = "<" if asked.is_descending else ">"
    or_equal, beyond = _compared(asked, sign + "="), _compared(asked, sign)
    return f"{value} {or_equal} :value AND ({value} {beyond} :value OR {key} {sign} :key)"


def _order(asked: Asked, value: str, key: str) -> str:
    if asked.is_sqlite or not asked.is_text:
        return f"{value} {_word(asked)}, {key} {_word(asked)}"
    return f"{value} USING {_LETTERS['>' if asked.is_descending else '<']}, {key} {_word(asked)}"


def _word(asked: Asked) -> str:
    return "DESC" if asked.is_descending else "ASC"


def _compared(asked: Asked, sign: str) -> str:
    """On a server letters are compared as the indexes for beginnings do."""
    return _LETTERS[sign] if asked.is_text and not asked.is_sqlite else sign


def _cross(asked: Asked) -> str:
    """SQLite reads the tables of a cross join from left to right."""
    return "CROSS JOIN" if asked.is_sqlite else "JOIN"


def _plus(asked: Asked, sql: str) -> str:
    return _for_file(sql) if asked.is_sqlite else sql


def _for_file(sql: str) -> str:
    """The plus keeps SQLite from reading all records of a business for each customer."""
    return sql.replace("p.business_id = f.", "+p.business_id = f.").replace(
        "c.business_id = f.", "+c.business_id = f."
    )
