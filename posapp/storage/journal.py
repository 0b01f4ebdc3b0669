"""Writes the journal and reads it back."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from posapp.domain.actor import Actor
from posapp.domain.clock import from_us, to_us
from posapp.domain.journal import (
    Change,
    Entry,
    JournalLine,
    Values,
    canonical,
    chain_hash,
    split_personal,
)
from posapp.storage.quick import Hands, Hot
from posapp.storage.tables import journal, journal_head, journal_personal

_HEAD = Hot(select(journal_head.c.last_id, journal_head.c.hash).with_for_update())
_MOVE_HEAD = Hot(update(journal_head).values(last_id=bindparam("new_id"), hash=bindparam("new_hash")))
_ADD = Hot(insert(journal))
_ADD_PERSONAL = Hot(insert(journal_personal))


class JournalTable:
    """Collects the entries of a transaction and chains them at its end, so that the head is held briefly."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime) -> None:
        self._connection = Hands(connection)
        self.actor = actor
        self._now = now
        self._pending: list[Entry] = []
        self.written: list[int] = []
        """Keys of the entries that this transaction has written."""

    def add(
        self,
        action: str,
        subject: str,
        subject_id: int,
        *,
        ref: str = "",
        before: Values | None = None,
        after: Values | None = None,
    ) -> None:
        """Note a change; it is written when the transaction commits."""
        self._pending.append(Entry(action, subject, subject_id, ref, before, after))

    @property
    def changes(self) -> tuple[Change, ...]:
        """What this transaction wrote so far."""
        return tuple(dict.fromkeys(Change(entry.subject, entry.subject_id) for entry in self._pending))

    def flush(self) -> None:
        """Chain and write what was noted."""
        if not self._pending:
            return
        head = self._connection.execute(_HEAD).one()
        last_id, last_hash = head.last_id, head.hash
        rows: list[dict[str, Any]] = []
        aside: list[dict[str, Any]] = []
        business = self.actor.business or None
        at = to_us(self._now)
        for entry in self._pending:
            salt = secrets.token_hex(8)
            body, personal = split_personal(entry, salt)
            last_id += 1
            text = canonical(body)
            last_hash = chain_hash(
                last_hash,
                last_id,
                at,
                business,
                self.actor.till,
                self.actor.user,
                entry.action,
                entry.subject,
                entry.subject_id,
                text,
            )
            rows.append(
                {
                    "id": last_id,
                    "at": at,
                    "business_id": business,
                    "till": self.actor.till,
                    "person": self.actor.user,
                    "action": entry.action,
                    "subject": entry.subject,
                    "subject_id": entry.subject_id,
                    "body": text,
                    "hash": last_hash,
                }
            )
            if personal:
                aside.append({"journal_id": last_id, "salt": salt, "body": canonical(personal)})
        self._connection.execute(_ADD, rows)
        self.written += [row["id"] for row in rows]
        if aside:
            self._connection.execute(_ADD_PERSONAL, aside)
        self._connection.execute(_MOVE_HEAD, {"new_id": last_id, "new_hash": last_hash})
        self._pending.clear()


_ALL_LINES = select(journal, journal_personal.c.body.label("personal")).select_from(
    journal.outerjoin(journal_personal, journal_personal.c.journal_id == journal.c.id)
)
_LINES = _ALL_LINES.where(
    and_(journal.c.subject == bindparam("subject"), journal.c.subject_id == bindparam("subject_id"))
).order_by(journal.c.id)


def lines_about(connection: Connection, subject: str, subject_id: int) -> list[JournalLine]:
    """Everything noted about one record, oldest first."""
    rows = connection.execute(_LINES, {"subject": subject, "subject_id": subject_id})
    return [to_line(row) for row in rows]


def line_of(connection: Connection, key: int) -> JournalLine | None:
    """One entry."""
    row = connection.execute(_ALL_LINES.where(journal.c.id == key)).first()
    return to_line(row) if row else None


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
    )


_NEWS = (
    select(journal.c.id, journal.c.subject, journal.c.subject_id)
    .where(journal.c.id > bindparam("last"))
    .order_by(journal.c.id)
    .limit(500)
)


def last_key(connection: Connection) -> int:
    """The key of the newest entry."""
    last: int = connection.execute(select(journal_head.c.last_id)).scalar_one()
    return last


def entries_after(connection: Connection, last: int) -> list[tuple[int, Change]]:
    """What was written after an entry, by whichever program, at most 500."""
    rows = connection.execute(_NEWS, {"last": last})
    return [(row.id, Change(row.subject, row.subject_id)) for row in rows]
