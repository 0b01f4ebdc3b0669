"""The journal as people read it: pages of one chain, the newest first, also where it is very long."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, union_all

from posapp.domain.base.journal import JournalLine
from posapp.storage.base.journal import ALL_LINES, to_line
from posapp.storage.base.quick import beside
from posapp.storage.base.tables import journal

SPAN = 20_000
"""So many entries are looked through by one statement."""
MOST = 100_000
"""And so many for one page: what is rare is looked for page by page, and others may work in between."""
_NAMES_FROM = 50_000
Record = tuple[str, int]
"""What an entry is about: the kind of record, and its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What to look for in a chain; the keys of the entries lie between `after` and `before`.

    `actions` are words of acts (None: all of them), or with `is_but` all other ones. `since` and `until`
    (which is not included) are microseconds. With `records` only what was noted about these.
    """

    who: str = ""
    actions: Collection[str] | None = None
    is_but: bool = False
    since: int | None = None
    until: int | None = None
    records: Sequence[Record] | None = None
    after: int = 0
    before: int


def page_of(
    connection: Connection, business: int, sought: Sought, limit: int
) -> tuple[list[JournalLine], int | None]:
    """The newest entries that are sought, and the key before which to go on; None at the end."""
    if sought.records is not None:
        found = _lines(connection, business, sought, _about(business, sought.records), limit + 1)
        return found[:limit], found[limit - 1].id if len(found) > limit else None
    first, end = sought.after + 1, sought.before
    if sought.since is not None or sought.until is not None:
        low, high = _between(connection, business, sought)
        first, end = max(first, low), min(end, high + 1)
    lines: list[JournalLine] = []
    looked = 0
    while end > first and len(lines) < limit and looked < MOST:
        begin = max(first, end - SPAN)
        here = and_(journal.c.id >= begin, journal.c.id < end)
        lines += _lines(connection, business, sought, here, limit - len(lines))
        looked += end - begin
        end = lines[-1].id if len(lines) == limit else begin
    return lines, end if end > first else None


def _lines(
    connection: Connection, business: int, sought: Sought, where: ColumnElement[bool], limit: int
) -> list[JournalLine]:
    asked = (
        ALL_LINES.where(journal.c.business_id == business, where, *_conditions(sought))
        .order_by(journal.c.id.desc())
        .limit(limit)
    )
    return [to_line(row) for row in connection.execute(asked)]


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if sought.records is not None:
        yield and_(beside(journal.c.id) > sought.after, beside(journal.c.id) < sought.before)
    if sought.who:
        yield or_(
            journal.c.person == sought.who, and_(journal.c.person.is_(None), journal.c.till == sought.who)
        )
    if sought.actions is not None:
        is_one = journal.c.action.in_(sorted(sought.actions))
        yield ~is_one if sought.is_but else is_one
    if sought.since is not None:
        yield journal.c.at >= sought.since
    if sought.until is not None:
        yield journal.c.at < sought.until


def _about(business: int, records: Sequence[Record]) -> ColumnElement[bool]:
    """Keys of entries about some records, from the index that knows them."""
    about = journal.alias("about")
    each = [
        select(about.c.id).where(
            about.c.business_id == business, about.c.subject == subject, about.c.subject_id == key
        )
        for subject, key in records
    ]
    return journal.c.id.in_(union_all(*each) if len(each) > 1 else each[0])


def _between(connection: Connection, business: int, sought: Sought) -> tuple[int, int]:
    """The first and the last entry of some days; none of them has an index, but one holds all times.

    A clock may be set back, so entries of other days may lie between them.
    """
    times = journal.alias("times")
    key = times.c.id + 0  # else a server would look for the least key that fits, from the first entry on
    asked = select(func.min(key), func.max(key)).where(times.c.business_id == business, times.c.subject >= "")
    if sought.since is not None:
        asked = asked.where(times.c.at >= sought.since)
    if sought.until is not None:
        asked = asked.where(times.c.at < sought.until)
    low, high = connection.execute(asked).one()
    return (low, high) if low is not None else (0, -1)


def names_in(connection: Connection, business: int, last: int) -> list[tuple[str | None, str]]:
    """Persons (None: nobody had signed in) and tills of the newest entries, each pair once."""
    asked = (
        select(journal.c.person, journal.c.till)
        .where(journal.c.business_id == business, journal.c.id > last - _NAMES_FROM)
        .distinct()
    )
    found: Any = connection.execute(asked)
    return [(row.person, row.till) for row in found]
