"""Writes the journal and reads it back."""

import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    and_,
    bindparam,
    insert,
    select,
    update,
)

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import from_us, to_us
from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.base.images import personal_digest
from posapp.domain.base.journal import (
    GENESIS,
    Change,
    Entry,
    Head,
    JournalLine,
    Values,
    canonical,
    chain_hash,
    is_personal,
    split_personal,
)
from posapp.storage.base.quick import Hands, Hot, records_of
from posapp.storage.base.records import (
    Image,
    Key,
    Kind,
    Now,
    count_records,
    kind_of,
    notes_of,
    watched_tables,
)
from posapp.storage.base.rows import in_parts
from posapp.storage.base.tables import journal, journal_head, journal_personal, metadata

_HEAD = select(journal_head.c.last_id, journal_head.c.hash, journal_head.c.sealed_day).where(
    journal_head.c.business_id == bindparam("business")
)
_HEAD_LOCKED = Hot(_HEAD.with_for_update())
_MOVE_HEAD = Hot(
    update(journal_head)
    .where(journal_head.c.business_id == bindparam("business"))
    .values(last_id=bindparam("new_id"), hash=bindparam("new_hash"), sealed_day=bindparam("new_day"))
)
_ADD = Hot(insert(journal))
_ADD_PERSONAL = Hot(insert(journal_personal))


Counted = dict[str, list[int]]
"""By table: how many records, and what they weigh together."""


class JournalTable:
    """Collects the entries of a transaction and chains them at its end, so that a head is held briefly."""

    def __init__(self, hands: Hands, actor: Actor, now: datetime, *, is_sqlite: bool) -> None:
        self._core = hands.core
        self._connection = hands
        self.actor = actor
        self._at = to_us(now)
        self._is_sqlite = is_sqlite
        self._pending: list[Entry] = []
        self._counts: dict[int, Counted] = {}
        self._many: dict[int, dict[str, Counted]] = {}
        self._sealed_day = 0
        self._anew: set[str] = set()
        self.written: list[tuple[int, int]] = []
        """Business and key of the entries that this transaction has written."""
        self.images: list[Image] = []
        """The records that the last `flush` told of."""

    def add(
        self,
        action: Action,
        subject: str,
        subject_id: int,
        *,
        ref: str = "",
        before: Values | None = None,
        after: Values | None = None,
        business: int | None = None,
    ) -> None:
        """Note a change; it is written when the transaction commits, by default into the actor's chain."""
        chain = self.actor.business if business is None else business
        self._pending.append(Entry(action.value, subject, subject_id, ref, before, after, chain))

    def seal(self, day: int) -> str:
        """The end of the chain for the first paper of a business day (20261121); "" for later papers."""
        head = head_of(self._core, self.actor.business)
        if head is None or not head.last or max(head.sealed_day, self._sealed_day) >= day:
            return ""
        self._sealed_day = day
        return head.seal

    def end(self) -> str:
        """The end of the chain before this transaction, as papers carry it."""
        head = head_of(self._core, self.actor.business)
        return head.seal if head is not None and head.last else ""

    def count_all(self) -> None:
        """Let the entries of this transaction count all records: many came at once, not one by one."""
        self._counts = count_records(self._core, watched_tables(metadata.tables), is_sqlite=self._is_sqlite)
        for business in self._counts.keys() - {entry.business for entry in self._pending}:
            self.add(Action.JOURNAL_COUNTED, "journal", 0, business=business)

    def tell_many(self, *, added: Counted | None = None, removed: Counted | None = None) -> None:
        """Let an entry of this transaction tell of records that came or went in one go, without images.

        By table how many they are and what they weigh together (`records.weigh`). A record of which an entry
        tells already is not among those removed: it goes like any other.
        """
        told = self._many.setdefault(self.actor.business, {})
        for which, counted in (("more", added), ("less", removed)):
            sums = told.setdefault(which, {})
            for table, (count, weighs) in (counted or {}).items():
                if count:
                    before = sums.get(table, [0, 0])
                    sums[table] = [before[0] + count, before[1] + weighs]

    def empty(self, business: int, entries: Sequence[int]) -> None:
        """Forget the personal values of these entries; an entry of this transaction has to list them.

        What they said of records that stand is said once more, since their salt goes, too.
        """
        for part in in_parts(entries):
            which = and_(journal.c.business_id == business, journal.c.id.in_(part))
            for body in self._core.execute(select(journal.c.body).where(which)).scalars():
                rows = json.loads(body).get("rows", {})
                self._anew.update(name for name, told in rows.items() if len(told) > OPEN)
            beside = and_(
                journal_personal.c.business_id == business,
                journal_personal.c.journal_id.in_(part),
                journal_personal.c.body != "",
            )
            self._core.execute(update(journal_personal).where(beside).values(salt="", body=""))

    def flush(self) -> tuple[Change, ...]:
        """Chain and write what was noted; answers what was changed."""
        written = notes_of(self._core)
        now = partial(records_of, self._connection)
        images: dict[int, list[Image]] = {}
        self.images = found = written.images(now) if written else []
        for image in (*found, *self._told_anew({image.name for image in found}, now)):
            images.setdefault(image.owner, []).append(image)
        told = {entry.business for entry in self._pending}
        for business, many in self._many.items():
            if any(many.values()) and business not in told:
                self.add(Action.JOURNAL_COUNTED, "journal", 0, business=business)
                told.add(business)
        for business, [first, *_] in images.items():
            if business not in told:  # no record is changed without an entry
                table, _, key = first.name.partition(" ")
                key_number = int(key) if key.isdecimal() else 0
                self.add(Action.RECORDS_CHANGED, table, key_number, business=business)
        pending, self._pending = self._pending, []
        # In one order, so that no two transactions wait for each other's chains.
        for business in sorted({entry.business for entry in pending}):
            mine = [entry for entry in pending if entry.business == business]
            self._chain(business, mine, images.get(business, ()))
        self._counts, self._many, self._anew = {}, {}, set()
        return tuple(dict.fromkeys(Change(entry.subject, entry.subject_id) for entry in pending))

    def _told_anew(self, known: set[str], now: Now) -> Iterator[Image]:
        """The records that are told of once more and were not changed, as they stand."""
        wanted: dict[Kind, list[Key]] = {}
        for name in sorted(self._anew - known):
            table, _, key = name.partition(" ")
            wanted.setdefault(kind_of(metadata.tables[table]), []).append((int(key),))
        for kind, keys in wanted.items():
            for part in in_parts(keys):
                for row in now(kind, part):
                    yield Image(kind, kind.name_of(row), kind.owner_of(row), row, row)

    def _chain(self, business: int, entries: Sequence[Entry], images: Sequence[Image]) -> None:
        head = self._held_head(business)
        last_id, last_hash = head.last_id, head.hash
        rows: list[dict[str, Any]] = []
        aside: list[dict[str, Any]] = []
        telling = next((one for one in entries if is_personal(one)), entries[-1])  # it has a salt anyhow
        for entry in entries:
            salt = secrets.token_hex(8) if entry is telling or is_personal(entry) else ""
            body, personal = split_personal(entry, salt)
            if self.actor.approval is not None and self.actor.approval.used:
                body["approved"] = {"by": self.actor.approval.by, "for": sorted(self.actor.approval.used)}
            if entry is telling:
                body |= self._told_rows(business, images, salt)
            last_id += 1
            row = {
                "business_id": business,
                "id": last_id,
                "at": self._at,
                "till": self.actor.till,
                "person": self.actor.user,
                "action": entry.action,
                "subject": entry.subject,
                "subject_id": entry.subject_id,
                "body": canonical(body),
            }
            last_hash = row["hash"] = hash_after(last_hash, row)
            rows.append(row)
            self.written.append((business, last_id))
            if personal or _has_salted(body):
                beside = {"business_id": business, "journal_id": last_id, "salt": salt}
                aside.append({**beside, "body": canonical(personal)})
        self._connection.execute(_ADD, rows)
        if aside:
            self._connection.execute(_ADD_PERSONAL, aside)
        moved = {"business": business, "new_id": last_id, "new_hash": last_hash, "new_day": head.sealed_day}
        if business == self.actor.business and self._sealed_day:
            moved["new_day"] = self._sealed_day
        self._connection.execute(_MOVE_HEAD, moved)

    def _held_head(self, business: int) -> Any:
        head = self._connection.execute(_HEAD_LOCKED, {"business": business}).first()
        if head is None:
            raise EnvironmentFault(
                "journal_broken",
                "The journal of this shop has lost its end. Run posapp verify, then restore a backup.",
            )
        return head

    def _told_rows(self, business: int, images: Sequence[Image], salt: str) -> dict[str, object]:
        """What one entry of a transaction says of each record, of many at once, of all if counted."""
        told: dict[str, object] = {}
        if images:
            told["rows"] = {image.name: _told(image, salt, image.name in self._anew) for image in images}
        if business in self._counts:
            told["base"] = self._counts[business]
        else:
            told |= {which: counted for which, counted in self._many.get(business, {}).items() if counted}
        return told


OPEN = 3
"""So many values tell of a record that has nothing personal, or whose personal values stayed as they were."""


def _told(image: Image, salt: str, is_anew: bool) -> list[object]:
    """What an entry says of a record: open digest before and after, its weight before, personal digest.

    The last one only where it is another one than before, or (`is_anew`) where nothing tells it any more.
    """
    shape, before, after = image.kind.shape, image.before, image.after
    told: list[object] = ["", "", 0]
    if before is not None:
        told[0], told[2] = shape.open_digest(before), shape.weight(before)
    if after is not None:
        told[1] = shape.open_digest(after)
        held = shape.personal(after)
        if is_anew or held != (shape.personal(before) if before is not None else ""):
            told.append(personal_digest(salt, image.name, held) if held else "")
    return told


def _has_salted(body: Mapping[str, Any]) -> bool:
    """Whether an entry says of a record what it holds of a person, so that its salt has to be kept."""
    return any(len(told) > OPEN for told in body.get("rows", {}).values())


def hash_after(previous: str, row: Mapping[Any, Any]) -> str:
    """The hash of an entry, given that of the one before it in its chain."""
    return chain_hash(
        previous,
        row["business_id"],
        row["id"],
        row["at"],
        row["till"],
        row["person"],
        row["action"],
        row["subject"],
        row["subject_id"],
        row["body"],
    )


def begin_chain(connection: Connection, business: int) -> None:
    """The empty chain of a new business."""
    connection.execute(insert(journal_head), {"business_id": business, "last_id": 0, "hash": GENESIS})


def head_of(connection: Connection, business: int) -> Head | None:
    """The end of a chain as it stands; None where the chain is lost."""
    row = connection.execute(_HEAD, {"business": business}).first()
    return Head(business, row.last_id, row.hash, row.sealed_day) if row else None


ALL_LINES = select(journal, journal_personal.c.body.label("personal")).select_from(
    journal.outerjoin(
        journal_personal,
        and_(
            journal_personal.c.business_id == journal.c.business_id,
            journal_personal.c.journal_id == journal.c.id,
        ),
    )
)
_ABOUT = journal.alias("about")


def _is_about(entry: FromClause) -> ColumnElement[bool]:
    return and_(
        entry.c.business_id == bindparam("business"),
        entry.c.subject == bindparam("subject"),
        entry.c.subject_id == bindparam("subject_id"),
    )


_LINES = Hot(ALL_LINES.where(_is_about(journal)).order_by(journal.c.id))
# The numbers first, from the index alone: asked for whole entries, SQLite would rather read the whole chain.
_LINES_OF_FILE = Hot(
    ALL_LINES.where(
        and_(
            journal.c.business_id == bindparam("business"),
            journal.c.id.in_(select(_ABOUT.c.id).where(_is_about(_ABOUT))),
        )
    ).order_by(journal.c.id)
)


def lines_about(connection: Connection, business: int, subject: str, subject_id: int) -> list[JournalLine]:
    """Everything noted about one record of a business, oldest first."""
    values = {"business": business, "subject": subject, "subject_id": subject_id}
    asked = _LINES_OF_FILE if connection.dialect.name == "sqlite" else _LINES
    return [to_line(row) for row in Hands(connection).execute(asked, values)]


def line_of(connection: Connection, business: int, key: int) -> JournalLine | None:
    """One entry of a business."""
    row = connection.execute(
        ALL_LINES.where(and_(journal.c.business_id == business, journal.c.id == key))
    ).first()
    return to_line(row) if row else None


def lines_of(connection: Connection, business: int, keys: Collection[int]) -> dict[int, JournalLine]:
    """These entries of a business, by their keys."""
    asked = ALL_LINES.where(and_(journal.c.business_id == business, journal.c.id.in_(keys)))
    return {row.id: to_line(row) for row in connection.execute(asked)}


def to_line(row: Row[Any]) -> JournalLine:
    """A stored entry as a value, its personal values put back."""
    body = json.loads(row.body)
    personal: Mapping[str, Values] = json.loads(row.personal) if row.personal else {}
    return JournalLine(
        row.id,
        from_us(row.at),
        row.till,
        row.person,
        row.action,
        row.subject,
        row.subject_id,
        body.get("ref", ""),
        {**body.get("before", {}), **personal.get("before", {})},
        {**body.get("after", {}), **personal.get("after", {})},
        body.get("approved", {}).get("by", ""),
    )


_NEWS = (
    select(journal.c.id, journal.c.subject, journal.c.subject_id)
    .where(and_(journal.c.business_id == bindparam("business"), journal.c.id > bindparam("last")))
    .order_by(journal.c.id)
    .limit(500)
)


def last_key(connection: Connection, business: int) -> int:
    """The key of the newest entry of a chain, 0 where there is none."""
    head = head_of(connection, business)
    return head.last if head else 0


def entries_after(connection: Connection, business: int, last: int) -> list[tuple[int, Change]]:
    """What was written into a chain after an entry, by whichever program, at most 500."""
    rows = connection.execute(_NEWS, {"business": business, "last": last})
    return [(row.id, Change(row.subject, row.subject_id)) for row in rows]
