"""The rows behind the figures of a plan: some of each fate, with whose they are.

Each statement stops after the rows that are shown, however many there are.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from posapp.domain.old_data.imports import RowFate, RowSight
from posapp.domain.old_data.staging import KNOWN, NO_PHONE, Role, Told
from posapp.storage.old_data.planning import record_order, texts
from posapp.storage.old_data.staging import Staging

SHOWN = 200
"""Rows, or customers, of each fate."""
_COLUMNS = "s.file, s.row, s.group_key, s.phone_key, s.body"
_OF_PEOPLE = f"s.batch_id = :b AND s.fault IS NULL AND s.role < {Role.PAST:d}"


def shown_rows(
    staging: Staging, batch: int, people: Sequence[str], past: Sequence[str], files: Sequence[str]
) -> list[RowSight]:
    """Some rows of each fate; `people` are the collections of customers, `past` those of records."""
    found = [*_people(staging, batch, people), *_past(staging, batch, past)] if people else []
    sights = [_sight(fate, row, files) for fate, row in found]
    return sorted(sights, key=lambda one: (files.index(one.file) if one.file in files else 0, one.row))


def _people(staging: Staging, batch: int, people: Sequence[str]) -> Iterator[tuple[RowFate, Any]]:
    new = "FROM staged_group g WHERE g.batch_id = :b AND g.customer_id IS NULL AND g.place > 0"
    with_phone = f"SELECT g.key {new} AND g.key NOT LIKE '{NO_PHONE}%' ORDER BY g.place LIMIT {SHOWN}"
    without = f"SELECT g.key {new} AND g.key LIKE '{NO_PHONE}%' ORDER BY g.place LIMIT {SHOWN}"
    several = (
        f"SELECT s.group_key FROM staged_record s WHERE {_OF_PEOPLE} AND s.collection IN ({texts(people)}) "
        f"AND EXISTS (SELECT 1 {new} AND g.key = s.group_key) "
        f"GROUP BY s.group_key HAVING count(*) > 1 LIMIT {SHOWN}"
    )
    for fate, keys in (
        (RowFate.CREATED, with_phone),
        (RowFate.WITHOUT_PHONE, without),
        (RowFate.TWICE, several),
    ):
        before = ""
        for row in _of_groups(staging, batch, people, keys):
            is_first, before = row.group_key != before, row.group_key
            if is_first != (fate is RowFate.TWICE):
                yield fate, row
    for row in _here(staging, batch, people):
        yield RowFate.MATCHED, row


def _of_groups(staging: Staging, batch: int, people: Sequence[str], keys: str) -> Any:
    return staging.run(
        f"SELECT {_COLUMNS}, NULL AS pl_number FROM staged_record s WHERE {_OF_PEOPLE} "
        f"AND s.collection IN ({texts(people)}) AND s.group_key IN (SELECT * FROM ({keys}) k) "
        f"ORDER BY s.group_key, {record_order('s')}",
        b=batch,
    ).all()


def _here(staging: Staging, batch: int, people: Sequence[str]) -> Any:
    mine = f"s.batch_id = :b AND s.role < {Role.PAST:d} AND s.collection IN ({texts(people)})"
    by_number = (
        f"SELECT {_COLUMNS}, c.pl_number FROM staged_record s JOIN staged_group g "
        "ON g.batch_id = s.batch_id AND g.key = s.group_key JOIN customer c ON c.id = g.customer_id "
        f"WHERE {mine} AND s.fault IS NULL LIMIT {SHOWN}"
    )
    by_code = (
        f"SELECT {_COLUMNS}, c.pl_number FROM staged_record s JOIN customer c ON c.id = s.customer_id "
        f"WHERE {mine} AND s.fault = '{KNOWN}' LIMIT {SHOWN}"
    )
    found = [*staging.run(by_number, b=batch), *staging.run(by_code, b=batch)]
    return found[:SHOWN]


def _past(staging: Staging, batch: int, past: Sequence[str]) -> Iterator[tuple[RowFate, Any]]:
    if past:
        for row in staging.run(
            f"SELECT {_COLUMNS}, NULL AS pl_number FROM staged_record s WHERE s.batch_id = :b "
            f"AND s.fault IS NULL AND s.collection IN ({texts(past)}) LIMIT {SHOWN}",
            b=batch,
        ):
            yield RowFate.PAST, row


def _sight(fate: RowFate, row: Any, files: Sequence[str]) -> RowSight:
    told = Told.read(row.body)
    key = row.phone_key or ""
    phone = (told.phone[2] if told.phone else "") or key
    number = f"PL{row.pl_number}" if row.pl_number else ""
    return RowSight(fate, files[row.file], row.row, told.name, phone, number)
