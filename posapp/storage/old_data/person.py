"""What old systems said of one customer: given out, and forgotten.

An old ID stays, so that no later import brings the person back; an ID that is itself an address or a number
of theirs becomes a digest.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, or_, select

from posapp.domain.base.clock import from_us
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.customers.tables import contact, customer, further_email, phone
from posapp.storage.old_data.tables import import_note, legacy_id, past_record, staged_record

Told = dict[str, Any]
_SHORTEST = 6
"""So many digits, or letters of a name, tell one person from another in a row as it came."""


class PersonOfOldData(Repository):
    """Old records of one business about one person."""

    # -- giving out ----------------------------------------------------------------------------------
    def told(self, people: Sequence[int]) -> Told:
        """Everything, under the words of the trade."""
        return {
            "further_addresses": [
                {"email": row.email, "created_at": from_us(row.created_at).isoformat()}
                for row in self._rows(further_email, people)
            ],
            "old_ids": [
                {
                    "system": row.system,
                    "collection": row.collection,
                    "code": row.code,
                    "said": _said(row.told),
                }
                for row in self._rows(legacy_id, people)
            ],
            "past_records": [
                {
                    "kind": row.kind,
                    "system": row.system,
                    "code": row.code,
                    "at": from_us(row.at).isoformat(),
                    "status": row.status,
                    "amount_minor": row.amount_minor,
                    "said": _said(row.body),
                }
                for row in self._rows(past_record, people)
            ],
            "staged_rows": [
                {"collection": row.collection, "code": row.code, "said": _said(row.body)}
                for row in self._waiting(people)
            ],
        }

    def count(self, people: Sequence[int]) -> int:
        """How many records of old systems there are."""
        return sum(len(self._rows(table, people)) for table in (legacy_id, past_record))

    # -- forgetting ----------------------------------------------------------------------------------
    def forget(self, people: Sequence[int]) -> None:
        """Empty it. To be called while the person's numbers and names still stand on the record."""
        words, digits = self._words(people), self._digits(people)
        self._forget_rows(people, words, digits)
        for table, column in ((past_record, "body"), (legacy_id, "told")):
            for part in in_parts(people):
                mine = and_(table.c.customer_id.in_(part), table.c[column] != "")
                self._change(table, mine, {column: ""})
            self._hide_codes(table, people, words, digits)
        for part in in_parts(people):
            mine = and_(further_email.c.business_id == self._business, further_email.c.customer_id.in_(part))
            self._connection.execute(delete(further_email).where(mine))

    def _hide_codes(
        self, table: Table, people: Sequence[int], words: Sequence[str], digits: Sequence[str]
    ) -> None:
        for row in self._rows(table, people):
            if _names(row.code, words, digits):
                hidden = hashlib.sha256(f"{row.system}\0{row.collection}\0{row.code}".encode()).hexdigest()
                self._change(table, row.id, {"code": f"~{hidden}", "code_fold": f"~{hidden}"})

    def _forget_rows(self, people: Sequence[int], words: Sequence[str], digits: Sequence[str]) -> None:
        """The rows that wait, and those that were refused or remarked on, as they came."""
        for part in in_parts([row.id for row in self._waiting(people)]):
            gone = and_(staged_record.c.business_id == self._business, staged_record.c.id.in_(part))
            self._connection.execute(delete(staged_record).where(gone))
        filled = or_(import_note.c.raw != "", import_note.c.message != "")
        here = and_(import_note.c.business_id == self._business, filled)
        asked = select(import_note.c.id, import_note.c.raw, import_note.c.message).where(here)
        keys = [
            row.id
            for row in self._connection.execute(asked.execution_options(yield_per=1000))
            if _names(row.raw, words, digits) or _names(row.message, words, digits)
        ]
        for part in in_parts(keys):
            self._change(import_note, import_note.c.id.in_(part), {"raw": "", "message": ""})

    # -- reading -------------------------------------------------------------------------------------
    def _rows(self, table: Table, people: Sequence[int]) -> list[Any]:
        found: list[Any] = []
        for part in in_parts(people):
            here = and_(table.c.business_id == self._business, table.c.customer_id.in_(part))
            found += self._connection.execute(select(table).where(here).order_by(table.c.id))
        return found

    def _waiting(self, people: Sequence[int]) -> list[Any]:
        """Staged rows with a number or an ID of theirs."""
        found: dict[int, Any] = {}
        for which in self._meanings(people):
            here = and_(staged_record.c.business_id == self._business, which)
            for row in self._connection.execute(select(staged_record).where(here)):
                found[row.id] = row
        return [found[key] for key in sorted(found)]

    def _meanings(self, people: Sequence[int]) -> Iterator[ColumnElement[bool]]:
        keys = [row.key for row in self._rows(phone, people)]
        for part in in_parts(keys):
            yield staged_record.c.phone_key.in_(part)
        for table in (legacy_id, past_record):
            by_file: dict[tuple[int, str], list[str]] = {}
            for row in self._rows(table, people):
                by_file.setdefault((row.batch_id, row.collection), []).append(row.code)
            for (batch, collection), codes in by_file.items():
                for part in in_parts(codes):
                    yield and_(
                        staged_record.c.batch_id == batch,
                        staged_record.c.collection == collection,
                        staged_record.c.code.in_(part),
                    )

    def _words(self, people: Sequence[int]) -> list[str]:
        """Names and addresses, as they are looked for."""
        found: list[str] = []
        for part in in_parts(people):
            for table, column in ((customer, customer.c.id), (contact, contact.c.customer_id)):
                asked = select(table.c.name, table.c.email).where(
                    and_(table.c.business_id == self._business, column.in_(part))
                )
                for row in self._connection.execute(asked):
                    found += [row.name, row.email]
        found += [row.email for row in self._rows(further_email, people)]
        return sorted({one.casefold() for one in found if len(one) >= _SHORTEST})

    def _digits(self, people: Sequence[int]) -> list[str]:
        """Numbers without the country, as they stand in whatever spelling."""
        keys = {row.key.lstrip("+")[-9:] for row in self._rows(phone, people)}
        return sorted(one for one in keys if len(one) >= _SHORTEST)


def _names(text: str, words: Sequence[str], digits: Sequence[str]) -> bool:
    """Whether a text names the person."""
    folded = text.casefold()
    plain = "".join(one for one in text if one.isdecimal()) if digits else ""
    return any(word in folded for word in words) or any(one in plain for one in digits)


def _said(text: str) -> object:
    """What was told, as a value; a text that is none stays what it is."""
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return {"text": text}
