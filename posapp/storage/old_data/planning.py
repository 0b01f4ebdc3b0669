"""What becomes of staged rows, worked out in sets: twice the same ID, known rows, whose each is, groups.

Everything here reads the shop and writes to staged rows alone. `:b` is the batch, `:shop` its business.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from posapp.domain.old_data.imports import System
from posapp.domain.old_data.staging import KNOWN, NO_PHONE, Role
from posapp.storage.old_data.kept_numbers import Numbers
from posapp.storage.old_data.staging import Staging, among

_LATE = "(fault IS NULL OR fault IN ('date_invalid', 'amount_negative', 'amount_invalid'))"
_OPEN = f"(fault IS NULL OR fault = '{KNOWN}')"
_LIVES = "merged_into IS NULL AND erased_at IS NULL"


def record_order(alias: str) -> str:
    """The order in which the records of a customer count."""
    r = f"{alias}." if alias else ""
    return f"{r}role, {r}at IS NULL, {r}at, {r}code_number, {r}code{{C}}, {r}id"


class Planning:
    """The plan of one batch."""

    def __init__(self, staging: Staging, batch: int, business: int, system: System) -> None:
        self._staging = staging
        self._batch = batch
        self._business = business
        self._system = system

    def _run(self, words: str, **values: object) -> int:
        bound = {"b": self._batch, "shop": self._business, "system": self._system.value, **values}
        named = {name: value for name, value in bound.items() if f":{name}" in words}
        done = self._staging.run(words, **named)
        return int(done.rowcount) if not done.returns_rows else 0

    def _rows(self, words: str, **values: object) -> Iterator[Any]:
        bound = {"b": self._batch, "shop": self._business, "system": self._system.value, **values}
        named = {name: value for name, value in bound.items() if f":{name}" in words}
        return iter(self._staging.run(words, **named).all())

    # -- tables ------------------------------------------------------------------------------------
    def tell_apart(self) -> None:
        """Rows known by the same number, address or words: each after the first is known by its turn, too."""
        turns = (
            "SELECT id, code, row_number() OVER (PARTITION BY code ORDER BY id) AS nth "
            "FROM staged_record WHERE batch_id = :b AND owner = '='"
        )
        self._run(
            "UPDATE staged_record SET code = r.code || ' ' || r.nth, code_fold = NULL "
            f"FROM ({turns}) r WHERE r.id = staged_record.id AND r.nth > 1"
        )

    # -- IDs ---------------------------------------------------------------------------------------
    def mark_known(self, collections: Sequence[str], table: str) -> None:
        """Rows that an earlier import brought; `table` keeps their IDs."""
        if not self._has_any(table):
            return
        found = (
            f"SELECT {{what}} FROM {table} k WHERE k.business_id = :shop AND k.system = :system "
            "AND k.collection = staged_record.collection AND k.code = staged_record.code"
        )
        self._run(
            f"UPDATE staged_record SET fault = '{KNOWN}', "
            f"customer_id = ({found.format(what='k.customer_id')}) WHERE batch_id = :b "
            f"AND collection IN ({texts(collections)}) AND role <> {Role.PASSED:d} "
            f"AND (fault IS NULL OR fault <> 'id_duplicate') AND EXISTS ({found.format(what='1')})"
        )

    def _has_any(self, table: str) -> bool:
        return bool(
            self._staging.run(
                f"SELECT 1 FROM {table} WHERE business_id = :shop AND system = :system LIMIT 1",
                shop=self._business,
                system=self._system.value,
            ).first()
        )

    # -- whose a row is ----------------------------------------------------------------------------
    def link_users(self, owners: str, users: str) -> None:
        """Rows of `users` that an accepted row of `owners` names belong to its customer."""
        accepted = (
            f"SELECT 1 FROM staged_record c WHERE c.batch_id = :b AND c.collection = '{owners}' "
            f"AND c.owner = staged_record.code AND (c.fault IS NULL OR c.fault = '{KNOWN}')"
        )
        self._run(
            f"UPDATE staged_record SET role = {Role.LINKED:d} WHERE batch_id = :b "
            f"AND collection = '{users}' AND role = {Role.PASSED:d} "
            f"AND (fault IS NULL OR fault <> 'business_unknown') AND EXISTS ({accepted})"
        )

    def settle_links(self, owners: str, users: str) -> None:
        """After the IDs were compared: whose each linked row is, and what is to be said of who names it."""
        named = (
            f"FROM staged_record c WHERE c.batch_id = :b AND c.collection = '{owners}' "
            f"AND c.owner = staged_record.code AND (c.fault IS NULL OR c.fault = '{KNOWN}')"
        )
        first = "ORDER BY c.code_number, c.code{C} LIMIT 1"
        self._run(
            f"UPDATE staged_record SET role = {Role.LINKED:d}, at = NULL, warns = NULL, "
            f"fault = CASE WHEN fault = '{KNOWN}' THEN fault END, "
            f"owner = (SELECT c.code {named} {first}), "
            f"group_key = (SELECT CASE WHEN c.customer_id IS NULL THEN c.phone_key "
            f"ELSE '#' || c.customer_id END {named} {first}) "
            f"WHERE batch_id = :b AND collection = '{users}' AND (fault IS NULL OR fault NOT IN "
            f"('id_duplicate', 'business_unknown')) AND EXISTS (SELECT 1 {named})"
        )
        linked = (
            f"SELECT {{what}} FROM staged_record u WHERE u.batch_id = :b AND u.collection = '{users}' "
            f"AND u.code = staged_record.owner AND u.role = {Role.LINKED:d} "
            "AND (u.fault IS NULL OR u.fault = 'known')"
        )
        open_owners = f"batch_id = :b AND collection = '{owners}' AND {_OPEN} AND owner IS NOT NULL"
        self.warn("link_broken", f"{open_owners} AND NOT EXISTS ({linked.format(what='1')})")
        differing = linked.format(what="1") + " AND u.phone_key <> staged_record.phone_key"
        self.warn("phone_mismatch", f"{open_owners} AND EXISTS ({differing})")
        self._run(
            f"UPDATE staged_record SET fault = phone_fault WHERE batch_id = :b AND collection = '{users}' "
            f"AND role = {Role.FALLBACK:d} AND phone_fault IS NOT NULL AND {_LATE}"
        )

    def settle_numbers(self, users: str) -> None:
        """A linked row's own number becomes a further one of its customer, unless somebody has it."""
        self._run(
            f"UPDATE staged_record SET phone_key = NULL WHERE batch_id = :b AND collection = '{users}' "
            f"AND role = {Role.LINKED:d} AND phone_key IS NOT NULL AND (EXISTS (SELECT 1 FROM staged_group g "
            "WHERE g.batch_id = :b AND g.key = staged_record.phone_key) OR EXISTS (SELECT 1 FROM phone p "
            "WHERE p.business_id = :shop AND p.key = staged_record.phone_key AND p.ended_at IS NULL) "
            "OR EXISTS (SELECT 1 FROM staged_record u WHERE u.batch_id = :b AND u.collection = "
            f"'{users}' AND u.role = {Role.LINKED:d} AND u.fault IS NULL "
            "AND u.phone_key = staged_record.phone_key AND u.code_number < staged_record.code_number))"
        )

    def warn(self, code: str, where: str) -> None:
        """Put a warning on the rows for which `where` holds."""
        self._run(f"UPDATE staged_record SET warns = coalesce(warns || ' ', '') || '{code}' WHERE {where}")

    def find_orphans(self, past: Sequence[str], owners: Sequence[str]) -> None:
        """Records that point at no accepted row, neither of this import nor of an earlier one."""
        staged = (
            f"SELECT 1 FROM staged_record c WHERE c.batch_id = :b AND c.collection IN ({texts(owners)}) "
            f"AND c.code = staged_record.owner AND c.role < {Role.PAST:d} "
            f"AND (c.fault IS NULL OR c.fault = '{KNOWN}')"
        )
        earlier = self._earlier(owners)
        self._run(
            "UPDATE staged_record SET fault = 'orphan' WHERE batch_id = :b "
            f"AND collection IN ({texts(past)}) AND {_LATE} AND group_key IS NULL "
            f"AND NOT EXISTS ({staged}){earlier}"
        )

    def _earlier(self, owners: Sequence[str]) -> str:
        if not self._has_any("legacy_id"):
            return ""
        return (
            " AND NOT EXISTS (SELECT 1 FROM legacy_id k JOIN customer c ON c.id = k.customer_id "
            "WHERE k.business_id = :shop AND k.system = :system "
            f"AND k.collection IN ({texts(owners)}) AND k.code = staged_record.owner "
            "AND c.erased_at IS NULL)"
        )

    def find_by_phone(self, past: Sequence[str]) -> None:
        """Records that name a number: it must be somebody's."""
        nobody = (
            "NOT EXISTS (SELECT 1 FROM staged_group g WHERE g.batch_id = :b "
            "AND g.key = staged_record.group_key)"
        )
        self._run(
            "INSERT INTO staged_group (business_id, batch_id, place, key, customer_id) "
            "SELECT :shop, :b, 0, p.key, p.customer_id FROM phone p JOIN (SELECT DISTINCT group_key "
            f"FROM staged_record WHERE batch_id = :b AND collection IN ({texts(past)}) AND {_LATE} "
            f"AND group_key IS NOT NULL AND {nobody}) w ON w.group_key = p.key "
            "WHERE p.business_id = :shop AND p.ended_at IS NULL"
        )
        self._run(
            "UPDATE staged_record SET fault = 'orphan' WHERE batch_id = :b "
            f"AND collection IN ({texts(past)}) AND {_LATE} AND group_key IS NOT NULL AND {nobody}"
        )

    # -- tickets that tell of their customer themselves --------------------------------------------
    def link_tickets(self, tickets: str, owners: str) -> None:
        """Tickets whose ID of a customer is known belong there, whatever their number is."""
        own = (
            f"FROM staged_record c WHERE c.batch_id = :b AND c.collection = '{owners}' "
            f"AND c.code = staged_record.owner AND (c.fault IS NULL OR c.fault = '{KNOWN}')"
        )
        mine = f"batch_id = :b AND collection = '{tickets}' AND owner IS NOT NULL"
        rows = f"{mine} AND ({_LATE} OR fault = '{KNOWN}')"
        other = f"EXISTS (SELECT 1 {own} AND c.phone_key <> staged_record.phone_key)"
        self._run(
            f"UPDATE staged_record SET role = {Role.LINKED:d}, phone_fault = NULL, "
            f"warns = CASE WHEN {other} THEN 'phone_mismatch' END, "
            "group_key = (SELECT CASE WHEN c.customer_id IS NULL THEN c.phone_key "
            f"ELSE '#' || c.customer_id END {own}) WHERE {rows} AND EXISTS (SELECT 1 {own})"
        )
        if self._has_any("legacy_id"):
            known = (
                "FROM legacy_id k JOIN customer c ON c.id = k.customer_id WHERE k.business_id = :shop "
                f"AND k.system = :system AND k.collection = '{owners}' AND k.code = staged_record.owner "
                "AND c.erased_at IS NULL"
            )
            others = (
                "phone_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM phone p "
                f"JOIN (SELECT k.customer_id {known}) m ON m.customer_id = p.customer_id "
                "WHERE p.key = staged_record.phone_key)"
            )
            self._run(
                f"UPDATE staged_record SET role = {Role.LINKED:d}, phone_fault = NULL, "
                f"warns = CASE WHEN {others} THEN 'phone_mismatch' END, "
                f"group_key = (SELECT '#' || k.customer_id {known}) "
                f"WHERE {rows} AND role = {Role.FALLBACK:d} AND EXISTS (SELECT 1 {known})"
            )
        self.warn("link_broken", f"{rows} AND role = {Role.FALLBACK:d} AND phone_key IS NOT NULL")

    def find_by_email(self, tickets: str) -> None:
        """Tickets without a number of use belong to the one customer with their address, else to nobody."""
        wanted = (
            f"SELECT DISTINCT email FROM staged_record WHERE batch_id = :b AND collection = '{tickets}' "
            f"AND role = {Role.FALLBACK:d} AND phone_fault IS NOT NULL AND email IS NOT NULL "
            f"AND ({_LATE} OR fault = '{KNOWN}')"
        )
        whose = (
            f"WITH wanted AS ({wanted}), whose AS ("
            "SELECT r.email, CASE WHEN g.customer_id IS NULL THEN r.group_key ELSE '#' || g.customer_id END "
            "AS who FROM wanted w JOIN staged_record r ON r.email = w.email "
            "LEFT JOIN staged_group g ON g.batch_id = r.batch_id AND g.key = r.group_key "
            f"WHERE r.batch_id = :b AND r.fault IS NULL AND r.role < {Role.BY_EMAIL:d} "
            "AND r.group_key IS NOT NULL UNION "
            "SELECT c.email, '#' || c.id FROM wanted w JOIN customer c ON c.email = w.email "
            f"AND c.business_id = :shop AND {_LIVES} UNION "
            "SELECT f.email, '#' || f.customer_id FROM wanted w JOIN further_email f "
            "ON f.email = w.email AND f.business_id = :shop) "
            "SELECT t.id, o.who FROM staged_record t JOIN (SELECT email, min(who) AS who FROM whose "
            "GROUP BY email HAVING count(DISTINCT who) = 1) o ON o.email = t.email "
            f"WHERE t.batch_id = :b AND t.collection = '{tickets}' AND t.role = {Role.FALLBACK:d} "
            f"AND t.phone_fault IS NOT NULL AND (t.fault IS NULL OR t.fault <> 'id_duplicate')"
        )
        found = [(who, key) for key, who in self._rows(whose)]
        self._staging.many(
            f"UPDATE staged_record SET role = {Role.BY_EMAIL:d}, group_key = ?, phone_fault = NULL, warns = "
            "CASE WHEN owner IS NULL THEN '' ELSE 'link_broken ' END || 'linked_by_email' WHERE id = ?",
            found,
        )
        self._run(
            "UPDATE staged_record SET fault = CASE WHEN owner IS NULL THEN phone_fault ELSE 'orphan' END "
            f"WHERE batch_id = :b AND collection = '{tickets}' AND role = {Role.FALLBACK:d} "
            f"AND phone_fault IS NOT NULL AND {_LATE}"
        )

    # -- groups ------------------------------------------------------------------------------------
    def group(self) -> None:
        """Put the records of a number together, in the order in which their customers are made."""
        primary = (
            f"SELECT group_key, at, role, code_number, code, id, row_number() OVER "
            f"(PARTITION BY group_key ORDER BY {record_order('')}) AS nth FROM staged_record "
            f"WHERE batch_id = :b AND role IN ({Role.MAIN:d}, {Role.FALLBACK:d}) AND fault IS NULL "
            "AND group_key IS NOT NULL"
        )
        self._run(
            "INSERT INTO staged_group (business_id, batch_id, place, key) SELECT :shop, :b, "
            "row_number() OVER (ORDER BY at IS NULL, at, role, code_number, code{C}, id), group_key "
            f"FROM ({primary}) r WHERE nth = 1"
        )
        self._run(
            "UPDATE staged_group SET customer_id = (SELECT p.customer_id FROM phone p "
            "WHERE p.business_id = :shop AND p.key = staged_group.key AND p.ended_at IS NULL) "
            f"WHERE batch_id = :b AND key NOT LIKE '{NO_PHONE}%' AND customer_id IS NULL"
        )

    def group_known(self) -> None:
        """Groups of customers who are here, to whom rows belong otherwise than by a number."""
        self._run(
            "INSERT INTO staged_group (business_id, batch_id, place, key, customer_id) "
            "SELECT :shop, :b, (SELECT coalesce(max(place), 0) FROM staged_group WHERE batch_id = :b) "
            "+ row_number() OVER (ORDER BY group_key), group_key, "
            "CAST(substr(group_key, 2) AS BIGINT) FROM (SELECT DISTINCT group_key "
            f"FROM staged_record WHERE batch_id = :b AND role < {Role.PAST:d} AND fault IS NULL "
            "AND group_key LIKE '#%') r WHERE NOT EXISTS (SELECT 1 FROM staged_group g "
            "WHERE g.batch_id = :b AND g.key = r.group_key)"
        )

    # -- PL IDs that are brought along ---------------------------------------------------------------
    def keep_numbers(self) -> None:
        """New customers keep the first PL ID of theirs that nobody has; others of theirs still find them."""
        given = Numbers()
        free = (
            "NOT EXISTS (SELECT 1 FROM customer c WHERE c.business_id = :shop AND c.pl_number = s.pl_number) "
            "AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.business_id = :shop "
            "AND a.code = 'pl' || s.pl_number)"
        )
        wishes = (
            "FROM staged_group g JOIN staged_record s ON s.batch_id = g.batch_id AND s.group_key = g.key "
            "{more}WHERE g.batch_id = :b AND s.fault IS NULL AND s.pl_number IS NOT NULL AND " + free
        )
        kept: list[tuple[int, int]] = []
        settled = 0
        for group, number in self._rows(
            f"SELECT g.id, s.pl_number {wishes.format(more='')} AND g.customer_id IS NULL "
            f"ORDER BY g.place, {record_order('s')}"
        ):
            if group != settled and number not in given:
                given.add(number)
                settled = group
                kept.append((number, settled))
        self._staging.many("UPDATE staged_group SET pl_number = ? WHERE id = ?", kept)
        old: list[tuple[int]] = []
        more = "LEFT JOIN customer o ON o.id = g.customer_id "
        for key, number in self._rows(
            f"SELECT s.id, s.pl_number {wishes.format(more=more)} "
            f"ORDER BY coalesce(o.pl_number, g.pl_number, 1000000000 + g.place), {record_order('s')}"
        ):
            if number not in given:
                given.add(number)
                old.append((key,))
        self._staging.many("UPDATE staged_record SET status = 'old' WHERE id = ?", old)
        self._warn_of_twice()

    def _warn_of_twice(self) -> None:
        """Rows whose PL ID ended up with somebody else."""
        r = "staged_record"
        whose = f"coalesce({r}.customer_id, g.customer_id)"
        self.warn(
            "pl_id_duplicate",
            f"batch_id = :b AND pl_number IS NOT NULL AND {_OPEN} AND NOT EXISTS ("
            f"SELECT 1 FROM customer c WHERE c.id = {r}.customer_id AND c.pl_number = {r}.pl_number) "
            f"AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.customer_id = {r}.customer_id "
            f"AND a.code = 'pl' || {r}.pl_number) "
            f"AND NOT EXISTS (SELECT 1 FROM staged_group g LEFT JOIN customer c ON c.id = {whose} "
            f"WHERE g.batch_id = :b AND g.key = {r}.group_key AND {r}.fault IS NULL "
            f"AND (g.pl_number = {r}.pl_number OR c.pl_number = {r}.pl_number "
            f"OR EXISTS (SELECT 1 FROM alias a WHERE a.customer_id = {whose} "
            f"AND a.code = 'pl' || {r}.pl_number) "
            f"OR EXISTS (SELECT 1 FROM staged_record o WHERE o.batch_id = :b AND o.group_key = g.key "
            f"AND o.status = 'old' AND o.pl_number = {r}.pl_number)))",
        )

    # -- what is said of rows ----------------------------------------------------------------------
    def write_notes(self, files: Sequence[str]) -> None:
        """Say which rows are refused, and of which something is to be said."""
        names = " ".join(f"WHEN {place} THEN :f{place}" for place in range(len(files)))
        bound = {f"f{place}": name for place, name in enumerate(files)}
        self._run(
            "INSERT INTO import_note (business_id, batch_id, kind, file, row, code, message, raw) "
            f"SELECT :shop, :b, 'rejected', CASE file {names} END, row, fault, '', body FROM staged_record "
            f"WHERE batch_id = :b AND fault IS NOT NULL AND fault <> '{KNOWN}' AND role <> {Role.PASSED:d} "
            "ORDER BY id",
            **bound,
        )
        rows = self._rows(
            f"SELECT file, row, warns FROM staged_record WHERE batch_id = :b AND warns IS NOT NULL "
            f"AND {_OPEN} AND role <> {Role.PASSED:d} ORDER BY id"
        )
        said = [
            (files[file], row, code, "", "")
            for file, row, warns in rows
            for code in dict.fromkeys(warns.split())
        ]
        self._staging.note(self._business, self._batch, "warning", said)


def find_twice(staging: Staging, batches: Sequence[int], collections: Sequence[str]) -> None:
    """Rows whose ID an earlier row of the same file has."""
    staging.run(
        "UPDATE staged_record SET fault = 'id_duplicate' WHERE id IN (SELECT id FROM (SELECT id, "
        "row_number() OVER (PARTITION BY collection, code ORDER BY id) AS nth FROM staged_record "
        f"WHERE {among(batches)} AND role <> {Role.PASSED:d} AND collection IN ({texts(collections)})) r "
        "WHERE nth > 1)"
    )


def texts(words: Sequence[str]) -> str:
    """Words of the program as a list in SQL."""
    return ", ".join(f"'{word}'" for word in words)
