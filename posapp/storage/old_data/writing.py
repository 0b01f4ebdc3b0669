"""Writes what was planned: customers with all that hangs on them, past records, in portions of any size.

The rows carry the moment of their batch (`created_at` of people, addresses, old IDs and opening balances), so
that an undo finds what the batch added to customers who were here before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from posapp.domain.old_data.imports import NOT_COUNTED, System
from posapp.domain.old_data.staging import Role
from posapp.storage.base.rows import in_parts
from posapp.storage.customers.tables import alias, contact, customer, further_email, phone
from posapp.storage.old_data.kept_numbers import Numbers
from posapp.storage.old_data.planning import record_order, texts
from posapp.storage.old_data.staging import Staging
from posapp.storage.old_data.tables import legacy_id, past_record
from posapp.storage.selling.order_tables import ledger_entry

CUSTOMER = (
    "pl_number", "name", "name_fold", "more_words", "email", "address", "note", "no_phone_reason",
    "created_at",
)  # fmt: skip
PHONE = ("customer_id", "key", "reversed", "extension", "typed", "mark", "is_primary")
CONTACT = ("customer_id", "name")
EMAIL = ("customer_id", "email")
ALIAS = ("customer_id", "code")
LEGACY = ("customer_id", "collection", "code", "code_fold", "told")
ENTRY = ("customer_id", "account", "amount_minor")
BY_KEY = ("customer", "phone", "contact", "further_email", "alias", "ledger_entry")
"""Tables whose records do not name their batch: it remembers the keys of those that it made."""
PAST = (
    "business_id", "customer_id", "batch_id", "kind", "system", "collection", "code", "code_fold", "at",
    "status", "is_counted", "amount_minor", "body",
)  # fmt: skip
_TABLES: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (customer, CUSTOMER),
    (phone, PHONE),
    (contact, CONTACT),
    (further_email, EMAIL),
    (alias, ALIAS),
    (legacy_id, LEGACY),
    (ledger_entry, ENTRY),
)


@dataclass(slots=True)
class Portion:
    """Rows of the tables of customers that are written at once, by table."""

    rows: dict[str, list[tuple[object, ...]]] = field(
        default_factory=lambda: {table.name: [] for table, _ in _TABLES}
    )
    made: list[tuple[int, int]] = field(default_factory=list)
    """Customer and key of each group whose customer was made."""
    found: list[tuple[int, int]] = field(default_factory=list)
    """Customer and key of each group whose customer was here."""

    @property
    def numbers(self) -> list[str]:
        """The keys of all phones in it."""
        return [str(row[1]) for row in self.rows["phone"]]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.rows.values()))


@dataclass(frozen=True, slots=True)
class Mark:
    """What every row of a batch carries: its business, the batch, moment, by whom, and the business day."""

    business: int
    batch: int
    system: System
    at: int
    by: str
    day: int


class Writing:
    """Adds rows of a batch to the tables of the shop."""

    def __init__(self, staging: Staging, mark: Mark) -> None:
        self._staging = staging
        self._mark = mark
        own: dict[str, object] = {"business_id": mark.business}
        stamps = {"created_by": mark.by, "updated_at": mark.at, "updated_by": mark.by}
        self._same: Mapping[str, dict[str, object]] = {
            "customer": {**own, **stamps},
            "phone": {**own, "started_at": mark.at, "started_by": mark.by},
            "contact": {**own, "created_at": mark.at, **stamps},
            "further_email": {**own, "created_at": mark.at},
            "alias": {**own, "created_at": mark.at},
            "legacy_id": {**own, "batch_id": mark.batch, "system": mark.system.value},
            "ledger_entry": {
                **own,
                "created_at": mark.at,
                "created_by": mark.by,
                "business_day": mark.day,
            },
        }

    # -- reading -----------------------------------------------------------------------------------
    def groups(self, first: int, last: int) -> list[Any]:
        """The records of the groups at these places, in the order in which they count."""
        return list(
            self._staging.run(
                "SELECT g.id AS group_id, g.place, g.key, g.pl_number AS kept, g.customer_id, s.role, "
                "s.collection, s.code, s.code_fold, s.at, s.phone_key, s.email, s.amount_minor, s.status, "
                "s.pl_number, s.body FROM staged_group g JOIN staged_record s ON s.batch_id = g.batch_id "
                f"AND s.group_key = g.key WHERE g.batch_id = :b AND g.place BETWEEN :first AND :last "
                f"AND s.role < {Role.PAST:d} AND s.fault IS NULL ORDER BY g.place, {record_order('s')}",
                b=self._mark.batch,
                first=first,
                last=last,
            )
        )

    def highest_place(self) -> int:
        """The place of the last group."""
        return self._staging.scalar(
            "SELECT coalesce(max(place), 0) FROM staged_group WHERE batch_id = :b", b=self._mark.batch
        )

    def past_span(self, collections: Sequence[str]) -> tuple[int, int]:
        """The keys of the first and the last staged row that becomes a past record; (1, 0) for none."""
        found = self._staging.run(
            "SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM staged_record WHERE batch_id = :b "
            f"AND collection IN ({texts(list(collections))}) AND fault IS NULL",
            b=self._mark.batch,
        ).one()
        return int(found[0]), int(found[1])

    def kept_spans(self) -> list[tuple[int, int]]:
        """The PL numbers that new customers bring along."""
        numbers = Numbers()
        for row in self._staging.run(
            "SELECT pl_number FROM staged_group WHERE batch_id = :b AND pl_number IS NOT NULL",
            b=self._mark.batch,
        ):
            numbers.add(int(row.pl_number))
        return list(numbers.spans())

    def owners(self, keys: Sequence[str]) -> dict[str, int]:
        """Who has these numbers now."""
        return self._staging.owners(self._mark.business, keys)

    def emails(self, customers: Sequence[int]) -> dict[int, set[str]]:
        """The further addresses of customers."""
        found: dict[int, set[str]] = {}
        for some in in_parts(customers):
            rows = self._staging.run(
                "SELECT customer_id, email FROM further_email WHERE business_id = :shop "
                f"AND customer_id IN ({', '.join(map(str, some))})",
                shop=self._mark.business,
            )
            for row in rows:
                found.setdefault(row.customer_id, set()).add(row.email)
        return found

    def pl_taken(self, numbers: Sequence[int]) -> set[int]:
        """Which of these PL numbers somebody has."""
        found: set[int] = set()
        for some in in_parts(numbers):
            rows = self._staging.run(
                "SELECT pl_number FROM customer WHERE business_id = :shop "
                f"AND pl_number IN ({', '.join(map(str, some))})",
                shop=self._mark.business,
            )
            found.update(int(row.pl_number) for row in rows)
        return found

    def merged(self, customers: Sequence[int]) -> dict[int, int]:
        """Where customers lead who were merged."""
        found: dict[int, int] = {}
        for some in in_parts(customers):
            rows = self._staging.run(
                "SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL "
                f"AND id IN ({', '.join(map(str, some))})"
            )
            found.update((row.id, row.merged_into) for row in rows)
        if found:
            further = self.merged(list(found.values()))
            found = {key: further.get(into, into) for key, into in found.items()}
        return found

    def next_keys(self, table: str, count: int) -> list[int]:
        """Keys for new rows, rising."""
        if self._staging.is_sqlite:
            last = self._staging.scalar(f"SELECT coalesce(max(id), 0) FROM {table}")
            return list(range(last + 1, last + 1 + count))
        rows = self._staging.run(
            f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) FROM generate_series(1, :count)",
            count=count,
        )
        return [int(row[0]) for row in rows]

    # -- writing -----------------------------------------------------------------------------------
    def put(self, portion: Portion, customers: Sequence[int]) -> dict[str, list[int]]:
        """Add the rows of a portion, its customers with these keys; the keys of all rows by table."""
        made: dict[str, list[int]] = {}
        for table, columns in _TABLES:
            rows = portion.rows[table.name]
            if not rows:
                continue
            keys = list(customers) if table is customer else self.next_keys(table.name, len(rows))
            same = self._same[table.name]
            values = tuple(same.values())
            filled = [(key, *row, *values) for key, row in zip(keys, rows, strict=True)]
            self._staging.put(table, ("id", *columns, *same), filled)
            made[table.name] = keys
        return made

    def settle(self, portion: Portion) -> None:
        """Note whose each group is."""
        yes = "1" if self._staging.is_sqlite else "true"
        settled = f"UPDATE staged_group SET customer_id = ?, is_made = {yes} WHERE id = ?"
        self._staging.many(settled, portion.made)
        self._staging.many("UPDATE staged_group SET customer_id = ? WHERE id = ?", portion.found)

    # -- past records ------------------------------------------------------------------------------
    def past(self, kinds: Mapping[str, str], owners: Sequence[str], first: int, last: int) -> list[Any]:
        """Past records of the staged rows with keys from `first` to `last`, as `put_past` takes them."""
        return list(self._staging.run(self._past(kinds, owners), **self._bound(first, last)))

    def put_all_past(self, kinds: Mapping[str, str], owners: Sequence[str]) -> int:
        """Add all of them in one statement, where plan and records stand in one database; how many."""
        first, last = self.past_span(list(kinds))
        words = f"INSERT INTO past_record ({', '.join(PAST)}) {self._past(kinds, owners)}"
        return int(self._staging.run(words, **self._bound(first, last)).rowcount)

    def put_past(self, rows: Sequence[Any]) -> list[int]:
        """Add past records that are not there yet; their keys. Who was merged meanwhile leads on."""
        merged = self.merged(sorted({row[1] for row in rows}))
        if merged:
            rows = [(row[0], merged.get(row[1], row[1]), *row[2:]) for row in rows]
        taken = self._taken("past_record", [(str(row[5]), str(row[6])) for row in rows])
        new = [tuple(row) for row in rows if (row[5], row[6]) not in taken]
        keys = self.next_keys("past_record", len(new))
        filled = [(key, *row) for key, row in zip(keys, new, strict=True)]
        self._staging.put(past_record, ("id", *PAST), filled)
        return keys

    def known(self, codes: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these IDs (collection and code) a customer has already."""
        return self._taken("legacy_id", codes)

    def _taken(self, table: str, codes: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for collection in sorted({one for one, _ in codes}):
            mine = [code for one, code in codes if one == collection]
            for first in range(0, len(mine), 500):
                named = {f"c{place}": code for place, code in enumerate(mine[first : first + 500])}
                rows = self._staging.run(
                    f"SELECT code FROM {table} WHERE business_id = :shop AND system = :system "
                    f"AND collection = :collection AND code IN ({', '.join(':' + name for name in named)})",
                    shop=self._mark.business,
                    system=self._mark.system.value,
                    collection=collection,
                    **named,
                )
                found.update((collection, row.code) for row in rows)
        return found

    def _bound(self, first: int, last: int) -> dict[str, object]:
        own = {"shop": self._mark.business, "system": self._mark.system.value, "b": self._mark.batch}
        return {**own, "first": first, "last": last}

    def _past(self, kinds: Mapping[str, str], owners: Sequence[str]) -> str:
        is_sqlite = self._staging.is_sqlite
        when = " ".join(f"WHEN '{name}' THEN '{kind}'" for name, kind in kinds.items())
        joins = " ".join(
            f"LEFT JOIN legacy_id k{place} ON k{place}.business_id = :shop AND k{place}.system = :system "
            f"AND k{place}.collection = '{name}' AND k{place}.code = s.owner AND s.group_key IS NULL"
            for place, name in enumerate(owners)
        )
        whose = ", ".join(["g.customer_id", *(f"k{place}.customer_id" for place in range(len(owners)))])
        rest = "json_extract(s.body, '$.rest')" if is_sqlite else "nullif(s.body, '')::json->>'rest'"
        if is_sqlite:
            rest = f"CASE WHEN s.body <> '' THEN {rest} END"
        counted = f"lower(coalesce(s.status, '')) NOT IN ({texts(sorted(NOT_COUNTED))})"
        return (
            f"SELECT s.business_id, coalesce({whose}, NULL) AS customer_id, s.batch_id, "
            f"CASE s.collection {when} END AS kind, :system AS system, s.collection, s.code, "
            f"coalesce(s.code_fold, s.code) AS code_fold, s.at, coalesce(s.status, '') AS status, "
            f"{counted} AS is_counted, coalesce(s.amount_minor, 0) AS amount_minor, "
            f"CASE WHEN s.role < {Role.PAST:d} THEN coalesce({rest}, '') ELSE s.body END AS body "
            f"FROM staged_record s LEFT JOIN staged_group g ON g.batch_id = s.batch_id "
            f"AND g.key = s.group_key {joins} WHERE s.batch_id = :b AND s.id BETWEEN :first AND :last "
            f"AND s.collection IN ({texts(list(kinds))}) AND s.fault IS NULL ORDER BY s.id"
        )
