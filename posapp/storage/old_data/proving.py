"""Compares what the rows of an import tell of each phone with what its customer has, in sets.

The way from a row to its customer is another one than that of the import: by the phone of the row that it
points at, and whoever has that phone now.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from posapp.domain.old_data.imports import PastKind
from posapp.domain.old_data.proofs import KindProof
from posapp.domain.old_data.staging import KNOWN, NO_PHONE, Role
from posapp.storage.old_data.planning import texts
from posapp.storage.old_data.staging import Staging

_TAKEN = (
    "(s.fault IS NULL OR (s.fault = '{known}' AND EXISTS (SELECT 1 FROM {table} q "
    "WHERE q.business_id = :shop AND q.system = :system AND q.collection = s.collection "
    "AND q.code = s.code AND q.batch_id = :b)))"
)
"""Rows that are accepted, also those that the batch brought before it was interrupted."""
_TOLD = "SELECT kind, who, count(*) AS records, sum(minor) AS minor FROM ({rows}) told GROUP BY kind, who"


class Proving:
    """The staged rows of one planned batch beside the records of the shop."""

    def __init__(
        self,
        staging: Staging,
        batch: int,
        business: int,
        system: str,
        kinds: Mapping[str, PastKind],
        owners: Sequence[str],
    ) -> None:
        self._staging = staging
        self._bound: dict[str, object] = {"b": batch, "shop": business, "system": system}
        self._kinds, self._owners = kinds, owners

    def shared_before(self, people: Sequence[str]) -> int:
        """Phones of which the files tell several customers."""
        if not people:
            return 0
        return self._staging.scalar(
            "SELECT count(*) FROM (SELECT s.group_key FROM staged_record s WHERE s.batch_id = :b "
            f"AND {_taken('legacy_id')} AND s.collection IN ({texts(people)}) AND s.role < {Role.LINKED:d} "
            f"AND s.group_key NOT LIKE '{NO_PHONE}%' GROUP BY s.group_key HAVING count(*) > 1) g",
            **self._bound,
        )

    def told(self) -> list[KindProof]:
        """What the rows tell, by kind: for a trial, which has nothing to be compared with."""
        rows = self._run(f"SELECT kind, sum(records), sum(minor) FROM ({self._before()}) b GROUP BY kind")
        return [
            KindProof(PastKind(kind), int(count), int(count), int(minor), int(minor))
            for kind, count, minor in sorted(rows)
        ]

    def compared(self) -> list[KindProof]:
        """What the rows tell beside what customers have of this batch, phone by phone."""
        both = (
            "SELECT kind, who, sum(records) AS records, sum(minor) AS minor, sum(found) AS found, "
            "sum(found_minor) AS found_minor FROM ("
            f"SELECT kind, who, records, minor, 0 AS found, 0 AS found_minor FROM ({self._before()}) b "
            f"UNION ALL SELECT kind, who, 0, 0, records, minor FROM ({_TOLD.format(rows=_AFTER)}) a"
            ") u GROUP BY kind, who"
        )
        differs = "records <> found OR minor <> found_minor"
        rows = self._run(
            "SELECT kind, sum(records), sum(found), sum(minor), sum(found_minor), "
            f"count(CASE WHEN {differs} THEN 1 END) FROM ({both}) c GROUP BY kind"
        )
        return [KindProof(PastKind(kind), *map(int, counts)) for kind, *counts in sorted(map(tuple, rows))]

    def groups(self) -> Iterator[dict[str, Any]]:
        """Each customer of the batch as the log tells it."""
        counts = ", ".join(
            f"(SELECT count(*) FROM past_record r WHERE r.batch_id = :b AND r.customer_id = g.customer_id "
            f"AND r.kind = '{kind}') AS n_{kind}"
            for kind in PastKind
        )
        gather = "group_concat({0}, ' ')" if self._staging.is_sqlite else "string_agg({0}, ' ' ORDER BY {0})"
        ids = gather.format("s.collection || ':' || s.code")
        rows = self._run(
            f"SELECT g.key, g.is_made, c.pl_number, {counts}, (SELECT {ids} FROM staged_record s "
            "WHERE s.batch_id = g.batch_id AND s.group_key = g.key AND s.fault IS NULL "
            f"AND s.role < {Role.PAST:d}) AS ids FROM staged_group g JOIN customer c ON c.id = g.customer_id "
            "WHERE g.batch_id = :b ORDER BY g.place, g.id"
        )
        for row in rows:
            yield {
                "key": row.key,
                "pl_id": f"PL{row.pl_number}",
                "created": bool(row.is_made),
                "legacy_ids": row.ids.split() if row.ids else [],
                "moved": {
                    kind.value: row[3 + place] for place, kind in enumerate(PastKind) if row[3 + place]
                },
            }

    def _run(self, words: str) -> Any:
        bound = {name: value for name, value in self._bound.items() if f":{name}" in words}
        return self._staging.run(words, **bound)

    def _before(self) -> str:
        """Kind, customer, number and amount of the accepted rows."""
        when = " ".join(f"WHEN '{name}' THEN '{kind}'" for name, kind in self._kinds.items())
        collections = texts(list(self._kinds))
        owner = (
            "(SELECT o.group_key FROM staged_record o WHERE o.batch_id = s.batch_id AND o.code = s.owner "
            f"AND o.collection IN ({texts(list(self._owners) or [''])}) AND (o.fault IS NULL "
            f"OR o.fault = '{KNOWN}') ORDER BY o.id LIMIT 1)"
        )
        earlier = (
            "(SELECT k.customer_id FROM legacy_id k WHERE k.business_id = :shop AND k.system = :system "
            f"AND k.collection IN ({texts(list(self._owners) or [''])}) AND k.code = s.owner "
            "ORDER BY k.id LIMIT 1)"
        )
        having = (
            "(SELECT p.customer_id FROM phone p WHERE p.business_id = :shop AND p.ended_at IS NULL "
            "AND p.key = r.phone)"
        )
        group = "(SELECT g.customer_id FROM staged_group g WHERE g.batch_id = :b AND g.key = r.phone)"
        here = "CASE WHEN r.phone LIKE '#%' THEN CAST(substr(r.phone, 2) AS BIGINT) END"
        rows = (
            f"SELECT r.kind, coalesce({having}, {group}, {here}, r.earlier, 0) AS who, r.minor FROM ("
            f"SELECT CASE s.collection {when} END AS kind, coalesce(s.group_key, {owner}) AS phone, "
            f"{earlier} AS earlier, coalesce(s.amount_minor, 0) AS minor FROM staged_record s "
            f"WHERE s.batch_id = :b AND s.collection IN ({collections}) AND {_taken('past_record')}) r"
        )
        return _TOLD.format(rows=rows)


_AFTER = "SELECT kind, customer_id AS who, amount_minor AS minor FROM past_record WHERE batch_id = :b"


def _taken(table: str) -> str:
    return _TAKEN.format(known=KNOWN, table=table)
