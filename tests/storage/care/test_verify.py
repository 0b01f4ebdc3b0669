"""Everything in a filled shop that can be broken by hand is named by its rule, on both databases.

A shop is filled once; each break is made in a transaction that is rolled back, the way a vandal would:
with foreign keys, checks and triggers off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from posapp.domain.figures.books import digest_of
from posapp.services.desks import Shop
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.care.verify import RULES, answer
from posapp.storage.customers.guards import SQLITE_CONSENT_GUARDS
from posapp.storage.figures.counting import COLUMNS
from posapp.storage.selling.guards import SQLITE_GUARDS
from tests.filled import a_filled_shop
from tests.fixtures import KINDS

DAY = 86_400_000_000
_ASK = {code: ask for code, _, ask in RULES}


@dataclass(frozen=True)
class Filled:
    """The filled shop of one kind of database, and a connection that keeps nothing."""

    shop: Shop
    connection: Connection

    def ask(self, code: str) -> Finding:
        """One rule, asked of what is there now."""
        is_sqlite = self.shop.store.database.is_sqlite
        return answer(Asking(self.connection, self.shop.store.clock.now(), is_sqlite=is_sqlite), _ASK[code])

    def _run(self, statement: str) -> None:
        """One statement; a check that a server cannot be told to forget is dropped first."""
        attempt = self.connection.begin_nested()
        try:
            self.connection.exec_driver_sql(statement)
        except IntegrityError as refused:
            attempt.rollback()
            told = refused.orig.diag  # type: ignore[union-attr]
            self.connection.exec_driver_sql(
                f"ALTER TABLE {told.table_name} DROP CONSTRAINT {told.constraint_name}"
            )
            self._run(statement)

    @contextmanager
    def broken(self, *statements: str, is_strict: bool = False) -> Iterator[None]:
        """The shop after some statements, as it was afterwards; `is_strict` leaves foreign keys on."""
        is_sqlite = self.shop.store.database.is_sqlite
        next_door = "(SELECT min(id) FROM customer WHERE business_id = 2)"
        words = {"blob": "BLOB" if is_sqlite else "BYTEA", "day": DAY, "next_door": next_door}
        run = self.connection.exec_driver_sql
        if is_sqlite:
            run(f"PRAGMA foreign_keys={'ON' if is_strict else 'OFF'}")
            run("PRAGMA ignore_check_constraints=ON")
        self.connection.rollback()
        with self.connection.begin() as transaction:
            if is_sqlite:
                run("BEGIN")
                for guard in (*SQLITE_GUARDS, *SQLITE_CONSENT_GUARDS) if statements else ():
                    run(f"DROP TRIGGER {guard.split()[2]}")
            elif not is_strict:
                run("SET LOCAL session_replication_role = replica")
            for statement in statements:
                self._run(statement.format(**words))
            run(
                "PRAGMA ignore_check_constraints=OFF"
                if is_sqlite
                else "SET LOCAL session_replication_role = origin"
            )
            try:
                yield
            finally:
                transaction.rollback()


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    with (
        a_filled_shop(request, tmp_path_factory.mktemp("filled")) as shop,
        shop.store.database.engine.connect() as connection,
    ):
        yield Filled(shop, connection)


ALIAS = (
    "INSERT INTO alias (business_id, customer_id, code, created_at) VALUES (1, {}, '{}', 1794988800000000)"
)
SALE = "(SELECT id FROM (SELECT id FROM sale_order WHERE number = 1) s)"
LINE = f"(SELECT id FROM (SELECT id FROM order_line WHERE order_id = {SALE} AND position = 1) f)"
UNEVEN = '[["cash","",5]]'
BREAKS: dict[str, dict[str, tuple[str, ...]]] = {
    "references": {
        "a booking for a customer that is nowhere": ("UPDATE booking SET customer_id = 777 WHERE id = 1",),
        "a booking of a service that is nowhere": ("UPDATE booking SET service_id = 777 WHERE id = 1",),
        "a person on nobody's account": ("UPDATE contact SET customer_id = 777",),
        "a phone of nobody": ("UPDATE phone SET customer_id = 777 WHERE id = 2",),
        "a job on no ticket": ("UPDATE job SET ticket_id = 777 WHERE id = 10",),
        "a line of no estimate": ("UPDATE estimate_line SET estimate_id = 777 WHERE id = 5",),
        "a copy of no paper": ("UPDATE print_job SET document_id = 777 WHERE id = 9",),
        "a customer that is deleted": ("DELETE FROM customer WHERE id = 10",),
        "a shelf that is deleted": ("DELETE FROM shelf WHERE code = 'C3'",),
        "a warranty that is deleted under its claim": ("DELETE FROM warranty WHERE id = 1",),
    },
    "businesses": {
        "a booking of another shop's customer": ("UPDATE booking SET customer_id = 1 WHERE business_id = 2",),
        "a booking of another shop's service": ("UPDATE booking SET service_id = 2 WHERE id = 1",),
        "a booking on another shop's bench": ("UPDATE booking SET resource_id = 4 WHERE id = 1",),
        "a phone of another shop": ("UPDATE phone SET business_id = 2 WHERE id = 2",),
        "a ticket of another shop's customer": ("UPDATE ticket SET customer_id = 1 WHERE business_id = 2",),
        "a device of another shop": ("UPDATE device SET business_id = 2 WHERE id = 1",),
        "a job in another shop's state": ("UPDATE job SET state_id = 10 WHERE id = 10",),
        "a job of another shop": ("UPDATE job SET business_id = 2 WHERE id = 10",),
        "a shelf of another shop": ("UPDATE shelf SET business_id = 2 WHERE code = 'C3'",),
        "a walk-in of another shop's customer": (
            "UPDATE walk_in SET customer_id = {next_door} WHERE id = 1",
        ),
        "a paper of another shop's customer": ("UPDATE document SET customer_id = {next_door} WHERE id = 1",),
        "hours of another shop": ("UPDATE working_hours SET business_id = 2 WHERE resource_id = 3",),
        "a merge into another shop": ("UPDATE customer SET merged_into = {next_door} WHERE id = 4",),
    },
    "stamps": {
        "a record that nobody made": ("UPDATE customer SET created_by = '' WHERE id = 1",),
        "a record from the future": (
            "UPDATE booking SET created_at = created_at + 400 * {day} WHERE id = 1",
        ),
        "a change before the making": ("UPDATE ticket SET updated_at = 1 WHERE id = 1",),
        "a version below one": ("UPDATE job SET version = 0 WHERE id = 1",),
        "a paper from before all time": ("UPDATE document SET created_at = 0 WHERE id = 1",),
    },
    "shops": {
        "a region that is none": ("UPDATE business SET region = 'XX' WHERE id = 1",),
        "a region in small letters": ("UPDATE business SET region = 'ie' WHERE id = 1",),
        "a currency that is none": ("UPDATE business SET currency = 'XXQ' WHERE id = 1",),
        "a zone that is none": ("UPDATE business SET time_zone = 'Mars/Olympus' WHERE id = 1",),
        "a language that is none": ("UPDATE business SET locale = 'xx-YY-ZZ' WHERE id = 1",),
        "a cut-over after noon": ("UPDATE business SET cutover_minutes = 900 WHERE id = 1",),
        "no bench in use": ("UPDATE resource SET archived_at = 1794988800000000 WHERE business_id = 2",),
        "no service in use": ("UPDATE service SET archived_at = 1794988800000000 WHERE business_id = 1",),
        "a service of no length": ("UPDATE service SET minutes = 0 WHERE id = 1",),
        "a price below zero": ("UPDATE service SET price_minor = -1 WHERE id = 3",),
        "a bench of no capacity": ("UPDATE resource SET capacity = 0 WHERE id = 2",),
        "a pause of a week": ("UPDATE resource SET buffer_minutes = 10080 WHERE id = 2",),
        "a limit below zero": ("UPDATE business SET account_limit_minor = -5 WHERE id = 1",),
        "taxes rounded anywhere": ("UPDATE business SET tax_rounding = 'never' WHERE id = 1",),
        "cash rounded to a coin below zero": ("UPDATE business SET cash_rounding_minor = -5 WHERE id = 1",),
        "a shelf in small letters": ("UPDATE shelf SET code = 'a1' WHERE code = 'A1'",),
    },
    "hours": {
        "hours that end before they begin": ("UPDATE working_hours SET ends = starts - 60 WHERE id = 1",),
        "hours of more than a day": ("UPDATE working_hours SET ends = starts + 1441 WHERE id = 1",),
        "hours that reach into those of the next day": (
            "UPDATE working_hours SET starts = 600, ends = 2040 WHERE id = 1",
        ),
        "hours on an eighth day": ("UPDATE working_hours SET weekday = 7 WHERE id = 1",),
        "hours that overlap": (
            "UPDATE working_hours SET weekday = 1 WHERE business_id = 1 AND resource_id IS NULL",
        ),
        "a special day that is no day": ("UPDATE day_exception SET day = 20261341",),
        "a special day that opens and never closes": ("UPDATE day_exception SET opens = 600",),
    },
    "taxes": {
        "a tax without a name": ("UPDATE tax SET name = ' ' WHERE is_default",),
        "a default that is archived": ("UPDATE tax SET archived_at = 1794990000000000 WHERE is_default",),
        "archived in the future": (
            "UPDATE tax SET archived_at = created_at + 400 * {day} WHERE NOT is_default",
        ),
        "a tax without a rate": ("DELETE FROM tax_rate WHERE rate = 0",),
        "no default": ("UPDATE tax SET is_default = false WHERE business_id = 1",),
        "a rate of more than all": ("UPDATE tax_rate SET rate = 2000000 WHERE rate = 0",),
        "a rate that is not its parts": ("UPDATE tax_rate SET rate = 190000 WHERE rate > 0",),
        "a part below zero": (
            "UPDATE tax_part SET rate = -10000 WHERE name = 'CGST'",
            "UPDATE tax_part SET rate = 190000 WHERE name = 'SGST'",
        ),
        "a part without a name": ("UPDATE tax_part SET name = '' WHERE name = 'CGST'",),
        "from a day that is none": ("UPDATE tax_rate SET starts_on = 20261341 WHERE rate > 0",),
    },
    "price_levels": {
        "a price level without a name": ("UPDATE price_level SET name = ' '",),
        "more than all of it off": ("UPDATE price_level SET percent_off = 1000001",),
        "archived in the future": ("UPDATE price_level SET archived_at = created_at + 400 * {day}",),
    },
    "counts": {
        "closed by nobody": ("UPDATE stock_count SET closed_by = NULL WHERE id = 1",),
        "booked and going on": ("UPDATE stock_count SET is_booked = true WHERE closed_at IS NULL",),
        "closed in the future": ("UPDATE stock_count SET closed_at = created_at + 400 * {day} WHERE id = 1",),
        "a scan of nothing": ("UPDATE stock_count_line SET code = ' ' WHERE id = 1",),
        "a scan of no pieces": ("UPDATE stock_count_line SET pieces = 0 WHERE id = 1",),
        "an item without its stock": ("UPDATE stock_count_line SET stock = NULL WHERE id = 1",),
        "a stock below zero": ("UPDATE stock_count_line SET stock = -1 WHERE id = 1",),
    },
    "items": {
        "an item without a SKU": ("UPDATE item SET sku = '' WHERE id = 1",),
        "an item of no kind": ("UPDATE item SET kind = 'toaster'",),
        "a price below zero": ("UPDATE item SET price_minor = -5",),
        "a cost below zero": ("UPDATE item SET entered_cost_minor = -5",),
        "an average below zero": ("UPDATE item SET average_minor = -5",),
        "ordered at less than nothing": ("UPDATE item SET reorder_level = -1",),
        "archived in the future": ("UPDATE item SET archived_at = created_at + 400 * {day}",),
        "found by words of another": ("UPDATE item SET words = 'x' WHERE id = 1",),
        "found by the SKU of another": ("UPDATE item SET sku_fold = 'x' WHERE id = 1",),
        "another name than the words": ("UPDATE item SET name = 'Other' WHERE id = 1",),
        "a commodity code in space": ("UPDATE item SET commodity_code = ' 7'",),
        "a quick item beyond the last key": ("UPDATE item SET quick_position = 13 WHERE id = 1",),
        "a service with a stock": ("UPDATE item SET kind = 'service'",),
        "a tax that is archived": ("UPDATE tax SET archived_at = 1794990000000000",),
        "a barcode of nothing": ("UPDATE item_barcode SET code = '' WHERE id = 1",),
        "a barcode that is archived alone": ("UPDATE item_barcode SET archived_at = 1794990000000000",),
        "a barcode that is another item's SKU": ("UPDATE item_barcode SET code = 'DSP-S22' WHERE id = 1",),
    },
    "settings": {
        "a setting that is gone": ("DELETE FROM setting WHERE name = 'passcode_days' AND business_id = 1",),
        "a setting that is no number": ("UPDATE setting SET value = 'many' WHERE name = 'passcode_days'",),
        "a setting out of range": ("UPDATE setting SET value = '99999' WHERE name = 'dispose_days'",),
        "reminders out of order": ("UPDATE setting SET value = '14,7' WHERE name = 'reminder_days'",),
        "a yes that is none": ("UPDATE setting SET value = 'maybe' WHERE name = 'quality_check'",),
        "a checklist with a hole": ("DELETE FROM checklist WHERE position = 2 AND device_kind = 'phone'",),
        "a checklist for nothing": (
            "UPDATE checklist SET device_kind = 'toaster' WHERE device_kind = 'phone'",
        ),
    },
    "states": {
        "a state that the desks need is archived": (
            "UPDATE ticket_state SET archived_at = 1 WHERE code = 'ready'",
        ),
        "a state that the desks need is gone": (
            "UPDATE ticket_state SET code = 'gone' WHERE code = 'collected'",
        ),
        "a state in another group": ("UPDATE ticket_state SET group_code = 'work' WHERE code = 'ready'",),
        "a state of no group": ("UPDATE ticket_state SET group_code = 'nowhere' WHERE code = 'diagnosing'",),
        "no way out": ("DELETE FROM ticket_move WHERE from_id = 1",),
        "a way out without being ready": (
            "UPDATE ticket_move SET to_id = 7 WHERE from_id = 1 AND to_id = 2",
        ),
        "a move into another shop": ("UPDATE ticket_move SET to_id = 11 WHERE from_id = 1 AND to_id = 2",),
        "two states with one place": ("UPDATE ticket_state SET position = 2 WHERE code = 'in_repair'",),
        "two states with one name": ("UPDATE ticket_state SET name = 'Received' WHERE code = 'in_repair'",),
        "a state that asks for what there is not": (
            "UPDATE ticket_state SET needs = 'soul' WHERE code = 'ready'",
        ),
    },
    "counters": {
        "a counter that is missing": ("DELETE FROM counter WHERE name = 'Z'",),
        "a counter below zero": ("UPDATE counter SET last = -1 WHERE name = 'P'",),
    },
    "identity": {
        "no code": ("DELETE FROM identity",),
        "a code that is none": ("UPDATE identity SET code = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'",),
        "another revision": ("UPDATE alembic_version SET version_num = '0001'",),
    },
    "phones": {
        "a number that two customers have": (
            "DROP INDEX uq_phone_key",
            "UPDATE phone SET key = '+353871234567', reversed = '765432178353', "
            "typed = '0871234567' WHERE id = 2",
        ),
        "a key that is not canonical": ("UPDATE phone SET key = '353851000002' WHERE id = 2",),
        "another key, turned as well": (
            "UPDATE phone SET key = '+353851999999', reversed = '999999158353' WHERE id = 2",
        ),
        "a key of another country": (
            "UPDATE phone SET key = '+447911999999', reversed = '9999991197744' WHERE id = 7",
        ),
        "another text than the key": ("UPDATE phone SET typed = '087 123 4568' WHERE id = 7",),
        "a turned key that is not": ("UPDATE phone SET reversed = '1' WHERE id = 1",),
        "an unusual number without its mark": ("UPDATE phone SET mark = NULL WHERE mark = 'possible'",),
        "a usual number with a mark": ("UPDATE phone SET mark = 'possible' WHERE id = 2",),
        "a local number without its mark": ("UPDATE phone SET mark = NULL WHERE mark = 'local'",),
        "a mark for local on one that is not": ("UPDATE phone SET mark = 'local' WHERE id = 2",),
        "an extension that nobody typed": ("UPDATE phone SET extension = '99' WHERE id = 2",),
        "an extension that is lost": ("UPDATE phone SET extension = '' WHERE extension = '12'",),
        "a former number that somebody has": ("UPDATE phone SET is_former = true WHERE id = 1",),
        "a former number that is not called so": ("UPDATE phone SET is_former = false WHERE is_former",),
        "a current number that is called former": ("UPDATE phone SET is_former = true WHERE id = 2",),
        "an end before the beginning": ("UPDATE phone SET ended_at = 1 WHERE id = 1",),
        "an end by nobody": ("UPDATE phone SET ended_by = NULL WHERE id = 1",),
    },
    "primary_phones": {
        "no primary number": ("UPDATE phone SET is_primary = false WHERE id = 2",),
        "two primary numbers": (
            "DROP INDEX uq_phone_primary",
            "UPDATE phone SET is_primary = true WHERE customer_id = 2",
        ),
        "a primary number that has ended": ("UPDATE phone SET is_primary = true WHERE id = 1",),
    },
    "customers": {
        "neither a number nor a reason": ("UPDATE customer SET no_phone_reason = NULL WHERE id = 4",),
        "a limit below zero": ("UPDATE customer SET account_limit_minor = -5 WHERE id = 1",),
        "space around a tax number": ("UPDATE customer SET tax_number = ' 7' WHERE id = 1",),
        "an empty reason": ("UPDATE customer SET no_phone_reason = '' WHERE id = 9",),
        "a phone that is deleted": ("DELETE FROM phone WHERE customer_id = 10",),
        "a phone that was ended by hand": (
            "UPDATE phone SET ended_at = 1794990000000000, ended_by = 'x' WHERE customer_id = 10",
        ),
        "a number and a reason for none": ("UPDATE customer SET no_phone_reason = 'none' WHERE id = 1",),
        "an address that is no e-mail": ("UPDATE customer SET email = 'somewhere' WHERE id = 1",),
        "a name with space around it": ("UPDATE customer SET name = ' Marta ' WHERE id = 1",),
        "a person without a name": ("UPDATE contact SET name = '  '",),
        "an archive in the future": ("UPDATE customer SET archived_at = 9000000000000000 WHERE id = 1",),
    },
    "merged": {
        "a merge into oneself": ("UPDATE customer SET merged_into = 4 WHERE id = 4",),
        "a merge in a ring": (
            "UPDATE customer SET merged_into = 9 WHERE id = 4",
            "UPDATE customer SET merged_into = 4 WHERE id = 9",
        ),
        "a merged customer with bookings": ("UPDATE customer SET merged_into = 2 WHERE id = 1",),
        "a merged customer with a ticket": ("UPDATE customer SET merged_into = 2 WHERE id = 13",),
        "a merged customer whose ID leads nowhere": ("UPDATE customer SET merged_into = 2 WHERE id = 4",),
    },
    "past_records": {
        "a record found by another ID": ("UPDATE past_record SET code_fold = 'x' WHERE id = 1",),
        "a record without an ID": ("UPDATE past_record SET code = ' ' WHERE id = 1",),
        "a record that counts though it is void": ("UPDATE past_record SET status = 'void' WHERE id = 1",),
        "a record of another system": ("UPDATE past_record SET system = '004' WHERE id = 1",),
        "a record of no time": ("UPDATE past_record SET at = 1 WHERE id = 1",),
        "a record that cannot be read": ("UPDATE past_record SET body = '[' WHERE id = 1",),
        "a record of an undone import": ("UPDATE import_batch SET state = 'undone'",),
    },
    "legacy_ids": {
        "an ID found by another one": ("UPDATE legacy_id SET code_fold = 'x' WHERE id = 1",),
        "an ID whose row cannot be read": ("UPDATE legacy_id SET told = '[' WHERE id = 1",),
        "an ID of another system": ("UPDATE legacy_id SET system = '004' WHERE id = 1",),
        "an address that is none": ("UPDATE further_email SET email = 'nobody' || id",),
        "an address from the future": ("UPDATE further_email SET created_at = 9000000000000000",),
    },
    "imports": {
        "an import of no system": ("UPDATE import_batch SET system = 'x'",),
        "an import that was never settled": ("UPDATE import_batch SET settled_at = NULL",),
        "an import that says nothing": ("UPDATE import_batch SET settings = '['",),
        "an import that made others": ("UPDATE import_batch SET result = '{{\"created\": 9}}'",),
        "an import whose customers are gone": (
            "UPDATE import_batch SET made = '{{\"customer\": [[7000, 7001]]}}'",
        ),
        "an import emptied with its rows": ("UPDATE import_batch SET emptied_at = 1794988800000000",),
        "an import to be emptied": ("UPDATE import_batch SET settled_at = created_at - 40 * {day}",),
        "a remark on no row": ("UPDATE import_note SET code = ''",),
        "a staged row that is none": ("UPDATE staged_record SET file = -1",),
    },
    "merges": {
        "a merge that leads nowhere": (
            "UPDATE customer SET merged_into = NULL WHERE merged_into IS NOT NULL",
        ),
        "a merge into somebody else": ("UPDATE customer_merge SET survivor_id = 1 WHERE undone_at IS NULL",),
        "a merge of somebody else": ("UPDATE customer_merge SET loser_id = 1 WHERE undone_at IS NULL",),
        "a merge that is lost": ("DELETE FROM customer_merge WHERE undone_at IS NOT NULL",),
        "a merge that was undone by hand": (
            "UPDATE customer_merge SET undone_at = 1794990000000000 WHERE undone_at IS NULL",
        ),
        "a merge that is not undone any more": (
            "UPDATE customer_merge SET undone_at = NULL WHERE undone_at IS NOT NULL",
        ),
        "an undo in the future": (
            "UPDATE customer_merge SET undone_at = 9000000000000000 WHERE undone_at IS NOT NULL",
        ),
        "what moved is no list": ("UPDATE customer_merge SET moved = 'x'",),
        "what was told is no text of ours": ("UPDATE customer_merge SET told = '[]'",),
    },
    "aliases": {
        "an alias that is the ID of somebody": (ALIAS.format(4, "pl1"),),
        "a bare alias that is the ID of somebody": (ALIAS.format(4, "2"),),
        "an alias that nobody can find": (ALIAS.format(4, "OLD-17"),),
        "an alias that is the phone of somebody else": (ALIAS.format(4, "user_+353871234567"),),
        "an alias that is the phone of somebody, as it is dialled": (ALIAS.format(4, "087 123 4567"),),
        "an empty alias": (ALIAS.format(4, ""),),
    },
    "pl_ids": {
        "one PL ID for two": (
            "DROP INDEX uq_customer_pl_number",
            "UPDATE customer SET pl_number = 1 WHERE pl_number = 2",
        ),
        "a PL ID above the counter": ("UPDATE counter SET last = 1 WHERE name = 'PL' AND business_id = 1",),
        "two PL IDs exchanged": (
            "UPDATE customer SET pl_number = 500 WHERE id = 2",
            "UPDATE customer SET pl_number = 2 WHERE id = 3",
            "UPDATE customer SET pl_number = 3 WHERE id = 2",
        ),
        "a PL counter that is gone": ("DELETE FROM counter WHERE name = 'PL'",),
    },
    "pl_gaps": {
        "a counter that was moved on": (
            "UPDATE counter SET last = 99 WHERE name = 'PL' AND business_id = 1",
        ),
        "a customer that is deleted": ("DELETE FROM customer WHERE id = 4",),
        "a number of the gap that was used": ("UPDATE customer SET pl_number = 12 WHERE pl_number = 30",),
    },
    "last_visits": {
        "a last visit that never was": ("UPDATE customer SET last_visit_at = 1 WHERE id = 1",),
        "a last visit that is missing": ("UPDATE customer SET last_visit_at = NULL",),
        "a visit that was taken back": (
            "UPDATE booking SET status = 'booked' WHERE number = 4 AND business_id = 1",
        ),
    },
    "search_words": {
        "words of another name": ("UPDATE customer SET name_fold = 'x' WHERE id = 1",),
        "words that are missing": ("UPDATE customer SET more_words = NULL",),
        "another name than the words": ("UPDATE customer SET name = 'Marta Meier' WHERE id = 1",),
        "another name of a person on the account": ("UPDATE contact SET name = 'Olaf'",),
        "a person who was taken off unseen": ("UPDATE contact SET archived_at = 1794990000000000",),
    },
    "booking_numbers": {
        "a counter that was moved on": ("UPDATE counter SET last = 99 WHERE name = 'B' AND business_id = 1",),
        "a number above the counter": ("UPDATE counter SET last = 1 WHERE name = 'B' AND business_id = 1",),
        "a booking that is deleted": ("DELETE FROM booking WHERE number = 2",),
        "one number for two": (
            "DROP INDEX uq_booking_number",
            "UPDATE booking SET number = 1 WHERE number = 2",
        ),
        "two numbers exchanged": (
            "UPDATE booking SET number = 500 WHERE id = 2",
            "UPDATE booking SET number = 2 WHERE id = 3",
            "UPDATE booking SET number = 3 WHERE id = 2",
        ),
    },
    "bookings": {
        "a person of another customer": ("UPDATE booking SET contact_id = 1 WHERE id = 1",),
        "cancelled for no reason": ("UPDATE booking SET reason = '' WHERE status = 'cancelled'",),
        "booked anyway for no reason": ("UPDATE booking SET override_reason = ' ' WHERE id = 3",),
        "booked for the past": (
            "UPDATE booking SET starts_at = starts_at - 30 * {day}, ends_at = "
            "ends_at - 30 * {day}, busy_until = busy_until - 30 * {day} WHERE id = "
            "1",
        ),
    },
    "capacity": {
        "bookings beyond capacity": ("UPDATE booking SET override_reason = NULL, status = 'booked'",),
        "a booking on another bench": (
            "UPDATE booking SET resource_id = 1, starts_at = 1795006800000000, "
            "ends_at = 1795008600000000, busy_until = 1795008600000000, "
            "override_reason = NULL WHERE id = 1",
        ),
        "a longest booking that is too short": ("UPDATE resource SET longest_busy = 1 WHERE id = 3",),
        "a longest booking that cannot be": (
            "UPDATE resource SET longest_busy = 9000000000000 WHERE id = 3",
        ),
    },
    "times": {
        "a time that is not the wall clock's": (
            "UPDATE booking SET starts_at = starts_at + 60000000, ends_at = "
            "ends_at + 60000000, busy_until = busy_until + 60000000 WHERE id = 1",
        ),
        "a wall clock that is not the time's": (
            "UPDATE booking SET wall_start = '2026-11-18T10:15' WHERE id = 1",
        ),
        "an end that is not the length's": ("UPDATE booking SET minutes = minutes + 5 WHERE id = 1",),
        "a zone that does not exist": ("UPDATE booking SET zone = 'Mars/Olympus' WHERE id = 1",),
        "a zone that the shop never was in": ("UPDATE booking SET zone = 'Europe/London' WHERE id = 1",),
        "a pause that the bench never had": (
            "UPDATE booking SET busy_until = busy_until + 60000000 WHERE id = 1",
        ),
    },
    "business_days": {
        "a booking on another day": ("UPDATE booking SET business_day = 20261117 WHERE id = 1",),
        "a night booking on the next day": ("UPDATE booking SET business_day = 20261119 WHERE id = 9",),
        "a ticket on another day": ("UPDATE ticket SET business_day = 20261119 WHERE id = 8",),
        "a walk-in on another day": ("UPDATE walk_in SET business_day = 20261119 WHERE id = 1",),
        "a day that is none": ("UPDATE booking SET business_day = 0 WHERE id = 1",),
        "a shop that moved unseen": ("UPDATE business SET time_zone = 'Pacific/Auckland' WHERE id = 1",),
    },
    "prices": {
        "a price that the service never had": ("UPDATE booking SET price_minor = 100 WHERE id = 1",),
        "a price that is lost": ("UPDATE booking SET price_minor = NULL WHERE business_id = 2",),
    },
    "walk_ins": {
        "served without a booking": ("UPDATE walk_in SET booking_id = NULL WHERE state = 'served'",),
        "waiting with a booking": ("UPDATE walk_in SET state = 'waiting' WHERE state = 'served'",),
        "served as somebody else": ("UPDATE walk_in SET booking_id = 1 WHERE state = 'served'",),
    },
    "kiosk": {
        "no hash": ("UPDATE access_code SET code_hash = ''",),
        "a code in no state": ("UPDATE access_code SET state = 'lost' WHERE state = 'used'",),
        "too many tries": ("UPDATE access_code SET tries = 6",),
        "a spent code that was not tried": ("UPDATE access_code SET state = 'spent' WHERE state = 'used'",),
        "a code that is good for longer": (
            "UPDATE access_code SET expires_at = expires_at + 1 WHERE state = 'open'",
        ),
        "several codes": (
            "DROP INDEX uq_access_code_open",
            "UPDATE access_code SET state = 'open'",
        ),
        "tries at no door": ("UPDATE kiosk_try SET door = 'window' WHERE door = 'arrivals'",),
        "tries that are none": ("UPDATE kiosk_try SET tries = 0",),
        "tries of nobody": ("UPDATE kiosk_try SET key_hash = ''",),
        "tries to come": ("UPDATE kiosk_try SET last_at = last_at * 2",),
        "an arrival in no state": ("UPDATE kiosk_arrival SET state = 'asleep'",),
        "an arrival without a number": ("UPDATE kiosk_arrival SET phone_key = '' WHERE state = 'waiting'",),
        "an arrival that left a name": ("UPDATE kiosk_arrival SET name = 'Ines' WHERE state = 'let_in'",),
        "an arrival that is nobody": ("UPDATE kiosk_arrival SET customer_id = NULL WHERE state = 'let_in'",),
        "an arrival on another day": (
            "UPDATE kiosk_arrival SET business_day = 20261119 WHERE state = 'waiting'",
        ),
    },
    "ticket_numbers": {
        "a counter that was moved on": ("UPDATE counter SET last = 99 WHERE name = 'T' AND business_id = 1",),
        "a number above the counter": ("UPDATE counter SET last = 1 WHERE name = 'T' AND business_id = 1",),
        "one number for two": (
            "DROP INDEX uq_ticket_number",
            "UPDATE ticket SET number = 1 WHERE number = 2",
        ),
        "two numbers exchanged": (
            "UPDATE ticket SET number = 500 WHERE id = 2",
            "UPDATE ticket SET number = 2 WHERE id = 3",
            "UPDATE ticket SET number = 3 WHERE id = 2",
        ),
    },
    "tickets": {
        "a ticket without a device": ("DELETE FROM job WHERE id = 10",),
        "a device that is not counted": ("UPDATE job SET position = 3 WHERE id = 2",),
        "a person of another customer": ("UPDATE ticket SET contact_id = 1 WHERE id = 2",),
        "a booking of another customer": ("UPDATE ticket SET booking_id = 1 WHERE id = 2",),
        "a message under another customer": ("UPDATE contact_log SET customer_id = 1 WHERE id = 1",),
        "a message without words": ("UPDATE contact_log SET words = '' WHERE id = 1",),
        "a reminder without a step": ("UPDATE contact_log SET step = 0 WHERE kind = 'reminder'",),
    },
    "here": {
        "gone but said to be here": (
            "DROP INDEX uq_job_device_here",
            "UPDATE job SET is_here = true WHERE id = 6",
        ),
        "here but said to be gone": ("UPDATE job SET is_here = false WHERE id = 10",),
        "a hand-back without its time": ("UPDATE job SET handed_at = NULL WHERE id = 6",),
        "a hand-back without its outcome": ("UPDATE job SET outcome = NULL WHERE id = 6",),
        "a hand-back of what is here": ("UPDATE job SET outcome = 'repaired' WHERE id = 10",),
        "a taker of what is here": ("UPDATE job SET handed_to = 'x' WHERE id = 10",),
        "a hand-back at another time": ("UPDATE job SET handed_at = handed_at + 5 WHERE id = 6",),
        "a shelf of what is gone": ("UPDATE job SET shelf_id = 1 WHERE id = 6",),
        "one device twice here": (
            "DROP INDEX uq_job_device_here",
            "UPDATE job SET device_id = 8 WHERE id = 10",
        ),
        "a state from before the ticket": ("UPDATE job SET state_since = 1 WHERE id = 10",),
        "touched before its state": ("UPDATE job SET touched_at = 1 WHERE id = 10",),
        "a second look by nobody": ("UPDATE job SET quality_by = '' WHERE quality_by <> ''",),
        "a fault that is empty": ("UPDATE job SET fault = '' WHERE id = 10",),
        "a price below zero": ("UPDATE job SET price_minor = -1 WHERE id = 10",),
    },
    "estimates": {
        "under another customer": ("UPDATE estimate SET customer_id = 1 WHERE id = 5",),
        "a total that is not the sum": ("UPDATE estimate SET total_minor = total_minor - 1 WHERE id = 5",),
        "a line that is not its pieces": ("UPDATE estimate_line SET quantity = 2 WHERE id = 6",),
        "a line on another ticket": ("UPDATE estimate_line SET job_id = 10 WHERE id = 6",),
        "a line that is deleted": ("DELETE FROM estimate_line WHERE id = 7",),
        "a line for nothing": ("UPDATE estimate_line SET text = '' WHERE id = 6",),
        "a line with another number": ("UPDATE estimate_line SET position = 9 WHERE id = 7",),
        "two versions that hold": ("UPDATE estimate SET status = 'approved' WHERE id = 2",),
        "a version that is missing": ("DELETE FROM estimate WHERE id = 1",),
        "a limit below the total": ("UPDATE estimate SET limit_minor = 1 WHERE id = 5",),
        "a yes without a limit": ("UPDATE estimate SET limit_minor = NULL WHERE id = 5",),
        "a yes of nobody": ("UPDATE estimate SET answered_by = '' WHERE id = 5",),
        "a yes by no way": ("UPDATE estimate SET answered_how = 'telepathy' WHERE id = 5",),
        "a yes that nobody gave": ("UPDATE estimate SET status = 'approved' WHERE id = 6",),
        "an answer to what still waits": ("UPDATE estimate SET status = 'asked' WHERE id = 5",),
        "an old version that waits": ("UPDATE estimate SET status = 'asked' WHERE id = 1",),
        "a price above what was approved": (
            "UPDATE job SET is_here = TRUE, price_minor = 999999 WHERE id IN "
            "(SELECT job_id FROM estimate_line WHERE estimate_id = 5)",
        ),
    },
    "warranties": {
        "on another device": ("UPDATE warranty SET device_id = 2 WHERE id = 2",),
        "longer than agreed": ("UPDATE warranty SET ends_at = ends_at + {day} WHERE id = 2",),
        "from another day on": (
            "UPDATE warranty SET starts_at = starts_at - {day}, ends_at = ends_at - {day} WHERE id = 2",
        ),
        "for another thing": ("UPDATE warranty SET text = 'Everything' WHERE id = 2",),
        "a warranty that is deleted": ("DELETE FROM warranty WHERE id = 3",),
        "a claim on another device": ("UPDATE warranty_claim SET warranty_id = 2",),
    },
    "price_list": {
        "a kind that is none": ("UPDATE repair_price SET kind = 'toaster' WHERE id = 1",),
        "for no device": (
            "UPDATE repair_price SET kind = '', make = '', model = '', device_key = '' WHERE id = 1",
        ),
        "a model without its make": (
            "UPDATE repair_price SET make = '', model = 'Galaxy S22', device_key = 'galaxy s22' WHERE id = 1",
        ),
        "of no fault": ("UPDATE repair_price SET fault = ' ' WHERE id = 1",),
        "a price below zero": ("UPDATE repair_price SET price_minor = -5 WHERE id = 1",),
        "longer than a day": ("UPDATE repair_price SET minutes = 2000 WHERE id = 1",),
        "archived in the future": ("UPDATE repair_price SET archived_at = created_at + 400 * {day}",),
        "found by another device": ("UPDATE repair_price SET device_key = 'nokia 3310' WHERE id = 1",),
        "found by another fault": ("UPDATE repair_price SET fault_key = 'battery' WHERE id = 1",),
    },
    "loaners": {
        "a loaner without a name": ("UPDATE loaner SET name = ' ' WHERE id = 1",),
        "out twice": (
            "DROP INDEX uq_loan_out",
            "UPDATE loan SET loaner_id = 2, back_at = NULL, back_by = NULL WHERE id = 1",
        ),
        "out before the ticket": ("UPDATE loan SET out_at = out_at - {day} WHERE id = 2",),
        "back before it was out": ("UPDATE loan SET back_at = out_at - 5 WHERE id = 1",),
        "back, and nobody knows by whom": ("UPDATE loan SET back_by = NULL WHERE id = 1",),
        "back by hand": ("UPDATE loan SET back_at = out_at + 60000000, back_by = 'x' WHERE id = 2",),
        "a loan that is deleted": ("DELETE FROM loan WHERE id = 2",),
        "with another ticket that is closed": (
            "UPDATE loan SET ticket_id = 4 WHERE id = 2",
            "UPDATE job SET handed_at = state_since WHERE ticket_id = 4",
        ),
        "out though it is archived": ("UPDATE loaner SET archived_at = 1794990000000000 WHERE id = 2",),
    },
    "parts": {
        "more reserved than there is": ("UPDATE part_use SET quantity = 50 WHERE state = 'reserved'",),
        "reserved for what has left": ("UPDATE part_use SET state = 'reserved' WHERE id = 1",),
        "reserved for what was cancelled": (
            "UPDATE job SET state_id = (SELECT min(id) FROM ticket_state WHERE code = 'cancelled') "
            "WHERE id IN (SELECT job_id FROM part_use WHERE state = 'reserved')",
        ),
        "scrapped for no reason": ("UPDATE part_use SET state = 'scrapped' WHERE id = 1",),
        "reserved for nobody": ("UPDATE item SET reserved = reserved + 1",),
        "reserved of what is no longer sold": ("UPDATE item SET archived_at = 1794990000000000",),
    },
    "history": {
        "a device moved by hand": ("UPDATE job SET state_id = 6 WHERE id = 4",),
        "a device brought back by hand": (
            "UPDATE job SET state_id = 6, is_here = true, handed_at = NULL, outcome = NULL WHERE id = 6",
        ),
        "in its state since another time": ("UPDATE job SET state_since = state_since + 1 WHERE id = 4",),
        "a device that is deleted": ("DELETE FROM job WHERE id = 7",),
        "a photo that is deleted": ("DELETE FROM photo",),
        "a photo that was removed by hand": ("UPDATE photo SET removed_at = created_at",),
    },
    "devices": {
        "a serial that is not found": ("UPDATE device SET serial_key = 'OTHER' WHERE id = 2",),
        "another serial than is found": ("UPDATE device SET serial = 'sn-77' WHERE id = 2",),
        "an IMEI with a wrong digit": ("UPDATE device SET imei = '356938035643808' WHERE id = 1",),
        "an IMEI that is too short": ("UPDATE device SET imei = '3569380356438' WHERE id = 1",),
        "a device without a name": ("UPDATE device SET make = '', model = '' WHERE id = 1",),
    },
    "conditions": {
        "a checklist that cannot be read": ("UPDATE job SET condition = '[[\"Screen\"' WHERE id = 1",),
        "a checklist with another answer": (
            'UPDATE job SET condition = \'[["Screen", "perhaps"]]\' WHERE id = 1',
        ),
    },
    "stock": {
        "a stock that nobody changed": ("UPDATE item SET stock = stock + 1",),
        "a cost that nobody paid": ("UPDATE item SET average_minor = 7",),
        "a move that is deleted": ("DELETE FROM stock_move WHERE kind = 'received'",),
        "a move of more": ("UPDATE stock_move SET quantity = quantity + 1 WHERE kind = 'received'",),
        "a move the wrong way": ("UPDATE stock_move SET kind = 'sold' WHERE kind = 'received'",),
        "a move at a cost below zero": ("UPDATE stock_move SET unit_cost_minor = -1 WHERE kind = 'used'",),
        "a move at another cost": ("UPDATE stock_move SET unit_cost_minor = 7 WHERE kind = 'received'",),
        "a move of no day": ("UPDATE stock_move SET business_day = 20261341",),
        "a move of another day": ("UPDATE stock_move SET business_day = business_day - 5",),
        "an item that is deleted": ("DELETE FROM item",),
    },
    "taken": {
        "a part that was used by hand": ("UPDATE part_use SET state = 'used' WHERE state = 'reserved'",),
        "a part that is deleted": ("DELETE FROM part_use WHERE id = 1",),
        "an item that is deleted": ("DELETE FROM item",),
    },
    "passcodes": {
        "a passcode in clear text": (
            "UPDATE job SET passcode = CAST('1234' AS {blob}) WHERE passcode IS NOT NULL",
        ),
        "a long passcode in clear text": (
            "UPDATE job SET passcode = CAST('geheimgeheimgeheimgeheimgeheimgeheim' "
            "AS {blob}) WHERE passcode IS NOT NULL",
        ),
        "kept for years": ("UPDATE job SET passcode_wipe_at = passcode_wipe_at + 400 * {day} WHERE id = 6",),
        "to be wiped while it is here": ("UPDATE job SET passcode_wipe_at = touched_at WHERE id = 8",),
    },
    "upkeep": {
        "never to be wiped": ("UPDATE job SET passcode_wipe_at = NULL WHERE id = 6",),
        "overdue": ("UPDATE job SET passcode_wipe_at = 1794000000000000 WHERE id = 6",),
    },
    "sale_numbers": {
        "a counter that was moved on": ("UPDATE counter SET last = 99 WHERE name = 'S' AND business_id = 1",),
        "a number above the counter": ("UPDATE counter SET last = 1 WHERE name = 'S' AND business_id = 1",),
        "a number that is left out": ("UPDATE sale_order SET number = 50 WHERE number = 3",),
        "one number for two": (
            "DROP INDEX uq_sale_order_number",
            "UPDATE sale_order SET number = 1 WHERE number = 2",
        ),
        "two numbers exchanged": (
            "UPDATE sale_order SET number = 500 WHERE number = 4",
            "UPDATE sale_order SET number = 4 WHERE number = 5",
            "UPDATE sale_order SET number = 5 WHERE number = 500",
        ),
    },
    "payment_numbers": {
        "a counter that was moved on": ("UPDATE counter SET last = 99 WHERE name = 'P' AND business_id = 1",),
        "a payment that is deleted": ("DELETE FROM payment WHERE number = 2",),
        "two numbers exchanged": (
            "UPDATE payment SET number = 500 WHERE number = 4",
            "UPDATE payment SET number = 4 WHERE number = 5",
            "UPDATE payment SET number = 5 WHERE number = 500",
        ),
    },
    "held_numbers": {
        "a counter that was moved on": ("UPDATE counter SET last = 99 WHERE name = 'H' AND business_id = 1",),
        "a sale that waited and is deleted": ("DELETE FROM sale_order WHERE held_number = 2",),
        "a reference that is lost": ("UPDATE sale_order SET held_number = NULL WHERE number IS NOT NULL",),
    },
    "orders": {
        "another total": ("UPDATE sale_order SET total_minor = total_minor + 1 WHERE number = 1",),
        "another net": ("UPDATE sale_order SET net_minor = net_minor - 1 WHERE number = 1",),
        "another discount": ("UPDATE sale_order SET discount_minor = 1 WHERE number = 1",),
        "a line that is deleted": ("DELETE FROM order_line WHERE position = 2",),
        "all lines deleted": (f"DELETE FROM order_line WHERE order_id = {SALE}",),
        "a line with another number": (f"UPDATE order_line SET position = 9 WHERE id = {LINE}",),
        "a line without words": (f"UPDATE order_line SET text = ' ' WHERE id = {LINE}",),
        "a line that is not its pieces": (f"UPDATE order_line SET quantity = 3 WHERE id = {LINE}",),
        "another price of a piece": (f"UPDATE order_line SET unit_minor = 1 WHERE id = {LINE}",),
        "another discount of a line": (
            f"UPDATE order_line SET discount_minor = 1 WHERE id = {LINE}",
            "UPDATE sale_order SET discount_minor = 1 WHERE number = 1",
        ),
        "another net of a line": (
            f"UPDATE order_line SET net_minor = net_minor - 1 WHERE id = {LINE}",
            "UPDATE sale_order SET net_minor = net_minor - 1 WHERE number = 1",
        ),
        "another gross of a line": (
            "UPDATE order_line SET gross_minor = gross_minor + 1, net_minor = net_minor + 1 "
            f"WHERE id = {LINE}",
            "UPDATE sale_order SET total_minor = total_minor + 1, net_minor = net_minor + 1 WHERE number = 1",
        ),
        "another tax of a line": (f"UPDATE line_tax SET tax_minor = tax_minor + 1 WHERE line_id = {LINE}",),
        "a part of a tax that is deleted": (f"DELETE FROM line_tax WHERE line_id = {LINE} AND position = 1",),
        "a part of a tax without a name": (f"UPDATE line_tax SET name = '' WHERE line_id = {LINE}",),
        "a part of more than all": (f"UPDATE line_tax SET rate = 2000000 WHERE line_id = {LINE}",),
        "a line about no item": (f"UPDATE order_line SET item_id = NULL WHERE id = {LINE}",),
        "a line of no kind": (f"UPDATE order_line SET item_kind = '' WHERE id = {LINE}",),
        "a line about another kind": (f"UPDATE order_line SET kind = 'booking' WHERE id = {LINE}",),
        "a ticket of somebody else": (
            "UPDATE order_line SET ticket_id = 1, job_id = 1 WHERE kind = 'ticket'",
        ),
        "a device of another ticket": ("UPDATE order_line SET job_id = 1 WHERE kind = 'ticket'",),
        "a booking of somebody else": ("UPDATE order_line SET booking_id = 1 WHERE kind = 'booking'",),
        "a discount on a deposit": (
            "UPDATE order_line SET discount_minor = 1, priced_minor = priced_minor + 1, "
            "unit_minor = unit_minor + 1 WHERE kind = 'deposit'",
        ),
        "a cost below zero": (f"UPDATE order_line SET cost_minor = -1 WHERE id = {LINE}",),
        "listed below zero": (f"UPDATE order_line SET listed_minor = -1 WHERE id = {LINE}",),
        "a sale that comes back": (f"UPDATE order_line SET is_restocked = true WHERE id = {LINE}",),
        "a refund of another line": (
            f"UPDATE order_line SET refunds_id = {LINE} + 5 WHERE refunds_id = {LINE}",
        ),
        "a refund of nothing": (f"UPDATE order_line SET refunds_id = NULL WHERE refunds_id = {LINE}",),
        "a refund the other way": (
            f"UPDATE order_line SET quantity = -quantity WHERE refunds_id = {LINE} AND quantity < 0",
        ),
        "a refund of another sale": (f"UPDATE sale_order SET refund_of_id = {SALE} + 3 WHERE number = 2",),
        "a refund that is a sale": ("UPDATE sale_order SET refund_of_id = NULL WHERE number = 2",),
        "a refund of a refund": (
            "UPDATE sale_order SET refund_of_id = (SELECT id FROM (SELECT id FROM sale_order "
            "WHERE number = 2) r) WHERE number = 3",
        ),
        "of another customer": ("UPDATE sale_order SET customer_id = 1 WHERE refund_of_id IS NOT NULL",),
        "waiting though completed": ("UPDATE sale_order SET status = 'held' WHERE number = 1",),
        "completed by nobody": ("UPDATE sale_order SET completed_by = '' WHERE number = 1",),
        "completed at another time": (
            "UPDATE sale_order SET completed_at = completed_at + 1 WHERE number = 1",
        ),
        "completed in the future": (
            "UPDATE sale_order SET completed_at = completed_at + 400 * {day} WHERE number = 1",
        ),
        "completed in another shift": ("UPDATE sale_order SET shift_id = 1 WHERE number = 1",),
        "completed without a number": ("UPDATE sale_order SET number = NULL WHERE held_number = 1",),
        "with a cart": ("UPDATE sale_order SET cart = '[]' WHERE number = 1",),
        "at no till": ("UPDATE sale_order SET till = '' WHERE number = 1",),
        "in hand at no till": ("UPDATE sale_order SET till = '' WHERE status = 'open'",),
        "void by hand": (
            "UPDATE sale_order SET status = 'voided', voided_at = completed_at, voided_by = 'x', "
            "void_reason = 'x' WHERE number = 1",
        ),
        "void for no reason": (
            "UPDATE sale_order SET void_reason = '' WHERE status = 'voided' AND number IS NOT NULL",
        ),
        "void by nobody": ("UPDATE sale_order SET voided_by = '' WHERE status = 'voided'",),
        "void at another time": ("UPDATE sale_order SET voided_at = voided_at + 1",),
        "not void any more": (
            "UPDATE sale_order SET status = 'completed', voided_at = NULL, voided_by = '', "
            "void_reason = '' WHERE status = 'voided' AND number IS NOT NULL",
        ),
        "waiting again": (
            "UPDATE sale_order SET status = 'held', voided_at = NULL, voided_by = '', "
            "void_reason = '' WHERE status = 'voided' AND number IS NULL",
        ),
        "a sale that is deleted": ("DELETE FROM sale_order WHERE number = 1",),
    },
    "held": {
        "a cart that cannot be read": ("UPDATE sale_order SET cart = '{{' WHERE status = 'held'",),
        "an empty cart": ("UPDATE sale_order SET cart = '' WHERE status = 'open'",),
    },
    "refunds": {
        "more pieces than were sold": (
            f"UPDATE order_line SET quantity = -9 WHERE refunds_id = {LINE} AND quantity < 0",
        ),
        "more than was paid": (f"UPDATE order_line SET gross_minor = -99999 WHERE refunds_id = {LINE}",),
        "more net than was paid": (f"UPDATE order_line SET net_minor = -99999 WHERE refunds_id = {LINE}",),
        "more cost than it had": (f"UPDATE order_line SET cost_minor = -99999 WHERE refunds_id = {LINE}",),
        "more tax than was taken": (
            "UPDATE line_tax SET tax_minor = -99999 WHERE line_id IN "
            f"(SELECT id FROM order_line WHERE refunds_id = {LINE})",
        ),
        "another tax": (
            "UPDATE line_tax SET rate = 70000 WHERE line_id IN "
            f"(SELECT id FROM order_line WHERE refunds_id = {LINE})",
        ),
        "a tax of another name": (
            "UPDATE line_tax SET name = 'x' WHERE line_id IN "
            f"(SELECT id FROM order_line WHERE refunds_id = {LINE})",
        ),
    },
    "sold": {
        "more pieces on paper": (f"UPDATE order_line SET quantity = quantity + 1 WHERE id = {LINE}",),
        "a move that is deleted": ("DELETE FROM stock_move WHERE number = 'S1'",),
        "a move of another sale": ("UPDATE stock_move SET number = 'S4' WHERE number = 'S1'",),
        "never put back": (f"UPDATE order_line SET is_restocked = false WHERE refunds_id = {LINE}",),
        "another item": (f"UPDATE order_line SET item_id = 1 WHERE id = {LINE}",),
    },
    "gift_card_numbers": {
        "a number that is missing": ("UPDATE gift_card SET number = 7 WHERE number = 2",),
    },
    "gift_cards": {
        "a use that is larger": ("UPDATE gift_move SET amount_minor = amount_minor - 1 WHERE kind = 'used'",),
        "another kind": ("UPDATE gift_move SET kind = 'lost' WHERE kind = 'sold'",),
        "a use that is a sale": ("UPDATE gift_move SET kind = 'sold' WHERE kind = 'used'",),
        "a use that loads": ("UPDATE gift_move SET amount_minor = -amount_minor WHERE kind = 'used'",),
        "a move of another card": ("UPDATE gift_move SET card_id = 2 WHERE kind = 'used'",),
        "a move without its line": ("UPDATE gift_move SET line_id = NULL WHERE kind = 'sold'",),
        "a move without its payment": ("UPDATE gift_move SET payment_id = NULL WHERE kind = 'used'",),
        "a move of another sale": ("UPDATE gift_move SET order_id = 1 WHERE kind = 'sold'",),
        "a move on another day": ("UPDATE gift_move SET business_day = 20200101 WHERE kind = 'sold'",),
        "a move that is deleted": ("DELETE FROM gift_move WHERE kind = 'topped_up'",),
        "a card without moves": ("DELETE FROM gift_move WHERE card_id = 2",),
        "no hash": ("UPDATE gift_card SET code_hash = '' WHERE number = 1",),
        "no last four": ("UPDATE gift_card SET last_four = ''",),
        "an end that is no day": ("UPDATE gift_card SET expires_on = 5",),
    },
    "payments": {
        "another amount": ("UPDATE payment SET amount_minor = amount_minor + 1 WHERE number = 1",),
        "another tender": ("UPDATE payment SET tender = 'transfer' WHERE number = 1",),
        "a tender that there is not": ("UPDATE payment SET tender = 'shells' WHERE number = 1",),
        "less than stayed": ("UPDATE payment SET tendered_minor = 1 WHERE number = 1",),
        "change of a card": ("UPDATE payment SET tendered_minor = 9999 WHERE tender = 'card'",),
        "another rounding": ("UPDATE payment SET rounding_minor = rounding_minor + 1 WHERE number = 1",),
        "taken by nobody": ("UPDATE payment SET created_by = '' WHERE number = 1",),
        "in another shift": ("UPDATE payment SET shift_id = 1 WHERE number = 1",),
        "of another customer": ("UPDATE payment SET customer_id = 1 WHERE number = 1",),
        "of nobody": ("UPDATE payment SET customer_id = NULL WHERE order_id IS NULL",),
        "for a sale that waits": (
            "UPDATE payment SET order_id = (SELECT min(id) FROM sale_order WHERE status = 'held') "
            "WHERE number = 1",
        ),
        "for another sale": (f"UPDATE payment SET amount_minor = -amount_minor WHERE order_id = {SALE}",),
        "a reversal of another payment": (
            "UPDATE payment SET reverses_id = 1 WHERE reverses_id IS NOT NULL",
        ),
        "a reversal that is none": ("UPDATE payment SET reverses_id = NULL",),
        "a debt paid otherwise": (
            "UPDATE payment SET amount_minor = amount_minor - 1, tendered_minor = tendered_minor - 1 "
            "WHERE order_id IS NULL",
        ),
        "an entry of another payment": ("UPDATE ledger_entry SET payment_id = 1 WHERE payment_id = 3",),
        "an entry that is deleted": ("DELETE FROM ledger_entry WHERE payment_id IS NOT NULL",),
        "a credit that is not spent": (
            "DELETE FROM ledger_entry WHERE account = 'credit' AND payment_id IS NOT NULL",
        ),
        "a deposit that is not taken off": (
            "DELETE FROM ledger_entry WHERE account = 'deposit' AND payment_id IS NOT NULL",
        ),
    },
    "ledger": {
        "another amount": (
            "UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE payment_id IS NULL",
        ),
        "of no account": ("UPDATE ledger_entry SET account = 'pocket' WHERE id = 1",),
        "a debt that is credit": ("UPDATE ledger_entry SET account = 'credit' WHERE account = 'debt'",),
        "a credit that is debt": ("UPDATE ledger_entry SET account = 'debt' WHERE account = 'credit'",),
        "of nobody": ("UPDATE ledger_entry SET customer_id = NULL WHERE account = 'credit'",),
        "of somebody else": ("UPDATE ledger_entry SET customer_id = 1",),
        "bound to other work": ("UPDATE ledger_entry SET ticket_id = 1 WHERE ticket_id IS NOT NULL",),
        "bound to another booking": ("UPDATE ledger_entry SET booking_id = 1 WHERE booking_id IS NOT NULL",),
        "bound to no work": ("UPDATE ledger_entry SET ticket_id = NULL WHERE ticket_id IS NOT NULL",),
        "from nothing": (
            "UPDATE ledger_entry SET order_id = NULL, source_id = NULL, payment_id = NULL WHERE id = 1",
        ),
        "about another sale": (f"UPDATE ledger_entry SET order_id = {SALE} + 3 WHERE order_id = {SALE}",),
        "from another refund": (
            f"UPDATE ledger_entry SET source_id = {SALE} WHERE source_id IS NOT NULL AND account = 'debt'",
        ),
        "on another day": ("UPDATE ledger_entry SET business_day = 20261117 WHERE id = 1",),
        "at another time": ("UPDATE ledger_entry SET created_at = created_at + 1 WHERE id = 1",),
        "by somebody else": ("UPDATE ledger_entry SET created_by = 'x' WHERE id = 1",),
        "the debt of a sale that is deleted": (
            "DELETE FROM ledger_entry WHERE payment_id IS NULL AND account = 'debt'",
        ),
        "a deposit that is deleted": (
            "DELETE FROM ledger_entry WHERE payment_id IS NULL AND account = 'deposit'",
        ),
        "a credit that is deleted": (
            "DELETE FROM ledger_entry WHERE payment_id IS NULL AND account = 'credit'",
        ),
    },
    "figure_parts": {
        **{
            f"another {column} by {what}": (
                f"UPDATE day_total SET {column} = {column} + 1 WHERE what = '{what}' "
                "AND name NOT IN ('deposit', 'giftcard')",
            )
            for what in ("kind", "staff")
            for column in ("gross_minor", "net_minor", "tax_minor", "cost_minor")
        },
        "another tax of a rate": ("UPDATE day_total SET tax_minor = tax_minor + 1 WHERE what = 'tax'",),
        "another tax of a line": (f"UPDATE order_line SET net_minor = net_minor - 1 WHERE id = {LINE}",),
        "another cost of a line": (f"UPDATE order_line SET cost_minor = cost_minor + 1 WHERE id = {LINE}",),
    },
    "figure_money": {
        "a payment of more": ("UPDATE payment SET amount_minor = amount_minor + 1 WHERE number = 1",),
        "more rounding": ("UPDATE payment SET rounding_minor = rounding_minor + 1 WHERE number = 1",),
        "a line of more": (f"UPDATE order_line SET gross_minor = gross_minor + 1 WHERE id = {LINE}",),
        "a debt of more": (
            f"UPDATE ledger_entry SET amount_minor = amount_minor + 1 WHERE order_id = {SALE}",
        ),
        "an entry on another day": (
            "UPDATE ledger_entry SET business_day = business_day + 1 "
            f"WHERE payment_id IS NOT NULL AND order_id = {SALE}",
        ),
        "a total of more": ("UPDATE day_total SET gross_minor = gross_minor + 1 WHERE what = 'tender'",),
    },
    "figure_owed": {
        "a deposit of less": (
            "UPDATE order_line SET gross_minor = gross_minor - 1 WHERE kind = 'deposit' AND gross_minor > 0",
        ),
        "a deposit that is lost": (
            "DELETE FROM ledger_entry WHERE account = 'deposit' AND amount_minor < 0",
        ),
        "a credit that was not used": ("DELETE FROM payment WHERE tender = 'credit'",),
        "a card that holds more": (
            "UPDATE gift_move SET amount_minor = amount_minor + 1 WHERE kind = 'sold'",
        ),
        "a card that was not used": ("DELETE FROM gift_move WHERE kind = 'used'",),
    },
    "z_papers": {
        "a payment that the Z did not tell": (
            "UPDATE payment SET created_at = 1, "
            "shift_id = (SELECT min(id) FROM shift WHERE number IS NOT NULL)",
        ),
        "a Z that tells another amount": (
            """UPDATE document SET snapshot = replace(snapshot, '"tenders":[]',
            '"tenders":[{{"tender":"cash","amount_minor":1}}]') WHERE kind = 'z_report'""",
        ),
    },
    "books": {
        "a payment of another amount": (
            "UPDATE payment SET amount_minor = amount_minor + 1 WHERE tender = 'card'",
        ),
        "an entry of another amount": ("UPDATE ledger_entry SET amount_minor = amount_minor + 1",),
        "a tax of another amount": ("UPDATE line_tax SET tax_minor = tax_minor + 1",),
        "a line of another amount": ("UPDATE order_line SET net_minor = net_minor + 1 WHERE kind = 'item'",),
        "money of another day": (
            "UPDATE day_total SET business_day = business_day + 10000000 WHERE what = 'tender'",
        ),
        "another tax of all days": ("UPDATE day_total SET tax_minor = tax_minor + 1 WHERE what = 'tax'",),
        "another revenue of all days": ("UPDATE day_total SET net_minor = 7 WHERE what = 'order'",),
        "a drawer that was counted otherwise": (
            "UPDATE shift SET counted_minor = counted_minor + 1 WHERE number IS NOT NULL",
        ),
    },
    "book_sendings": {
        "another digest": (f"UPDATE book_sending SET digest = '{'0' * 64}'",),
        "other sums": ("UPDATE book_sending SET sums = '[]'",),
        "a day without its beginning": ("UPDATE book_sending SET correction = 1",),
        "sums that do not balance": (
            f"UPDATE book_sending SET sums = '{UNEVEN}', digest = '{digest_of(UNEVEN)}'",
        ),
    },
    "customer_figures": {
        **{
            f"another {column}": (
                f"UPDATE customer_figure SET {column} = {column} + 1 WHERE customer_id = 1",
            )
            for column in (*COLUMNS[:1], *COLUMNS[2:])
        },
        "a number that is not there": ("UPDATE customer_figure SET has_phone = NOT has_phone",),
        "a row that is deleted": ("DELETE FROM customer_figure WHERE customer_id = 1",),
        "a row of nobody": (
            "INSERT INTO customer_figure SELECT business_id, 99999, "
            f"{', '.join(COLUMNS)} FROM customer_figure WHERE customer_id = 1",
        ),
        "a booking of somebody else": ("UPDATE booking SET customer_id = 2 WHERE customer_id = 1",),
        "a customer who is archived": ("UPDATE customer SET archived_at = created_at WHERE id = 1",),
    },
    "job_times": {
        "a device in another state": ("UPDATE job SET state_since = state_since + 1 WHERE id = 1",),
        "times of another state": ("UPDATE job_time SET since = since - 1 WHERE until IS NULL",),
        "a device without times": ("DELETE FROM job_time WHERE job_id = 1",),
        "a time that ends early": ("UPDATE job_time SET until = until - 1 WHERE until IS NOT NULL",),
        "a time that ends on another day": (
            "UPDATE job_time SET until_day = until_day - 1 WHERE until IS NOT NULL",
        ),
        "two times that do not end": ("UPDATE job_time SET until = NULL, until_day = NULL",),
    },
    "work_totals": {
        "a repair of another day": ("UPDATE job_figure SET day = day - 1",),
        "a repair of somebody else": (
            "UPDATE job_figure SET technician_id = (SELECT max(id) FROM resource) "
            "WHERE technician_id IS NULL",
        ),
        "a repair of another time": ("UPDATE job_figure SET minutes = coalesce(minutes, 0) + 1",),
        "a repair that came back": ("UPDATE job_figure SET came_back = NOT came_back",),
        "a repair that is lost": ("DELETE FROM job_figure",),
        "another count": ("UPDATE work_total SET count = count + 1",),
        "a count that is lost": ("DELETE FROM work_total WHERE what = 'booking'",),
        "a count of another day": ("UPDATE work_total SET business_day = business_day - 1",),
        "a booking of another day": ("UPDATE booking SET business_day = 20200101 WHERE id = 1",),
        **{
            f"sold of another {column}": (f"UPDATE sold_total SET {column} = {column} + 1",)
            for column in ("count", "gross_minor", "net_minor", "cost_minor")
        },
        "sold under another name": ("UPDATE sold_total SET name = name || 'x'",),
        "sold on another day": ("UPDATE sold_total SET business_day = business_day - 1",),
        "a line of another text": (f"UPDATE order_line SET text = 'x' WHERE id = {LINE}",),
    },
    "day_totals": {
        **{
            f"another {column}": (f"UPDATE day_total SET {column} = {column} + 1 WHERE what = 'order'",)
            for column in ("count", "gross_minor", "net_minor", "tax_minor", "cost_minor")
        },
        "a total that is deleted": ("DELETE FROM day_total WHERE what = 'tender' AND name = 'card'",),
        "of another day": ("UPDATE day_total SET business_day = business_day - 1 WHERE what = 'tax'",),
        "of another name": ("UPDATE day_total SET name = 'x' WHERE name = 'Noor'",),
        "of another thing": ("UPDATE day_total SET what = 'kind' WHERE what = 'order'",),
        "a sale on another day": ("UPDATE sale_order SET business_day = 20261117 WHERE number = 1",),
        "a payment on another day": ("UPDATE payment SET business_day = 20261117 WHERE number = 1",),
        "sold by somebody else": ("UPDATE sale_order SET completed_by = 'x' WHERE number = 1",),
        "another kind of thing": (f"UPDATE order_line SET item_kind = 'part' WHERE id = {LINE}",),
        "another cost": (f"UPDATE order_line SET cost_minor = 1 WHERE id = {LINE}",),
        "another tax": (f"UPDATE line_tax SET name = 'x' WHERE line_id = {LINE}",),
    },
    "report_numbers": {
        "a counter that was moved on": ("UPDATE counter SET last = 99 WHERE name = 'Z' AND business_id = 1",),
        "a number above the counter": ("UPDATE counter SET last = 1 WHERE name = 'Z' AND business_id = 1",),
        "one number for two": (
            "DROP INDEX uq_shift_number",
            "UPDATE shift SET number = 1 WHERE id = 2",
        ),
        "a closed shift that is deleted": (
            "DELETE FROM cash_move WHERE shift_id = 2",
            "DELETE FROM shift WHERE id = 2",
        ),
        "a number that is left out": ("UPDATE shift SET number = 5 WHERE id = 2",),
    },
    "shifts": {
        "two open at a till": (
            "DROP INDEX uq_shift_open",
            "INSERT INTO shift (business_id, till, business_day, opened_at, opened_by, float_minor) "
            "SELECT business_id, till, business_day, opened_at, opened_by, float_minor "
            "FROM shift WHERE id = 3",
        ),
        "a note that is needed above no amount": (
            "INSERT INTO setting (business_id, name, value) VALUES (1, 'shift_difference_minor', 'much')",
        ),
        "a note that is needed above too much": (
            "INSERT INTO setting (business_id, name, value) "
            "VALUES (1, 'shift_difference_minor', '1000000000000')",
        ),
        "a shift of no till": ("UPDATE shift SET till = ' ' WHERE id = 1",),
        "a shift of another till": ("UPDATE shift SET till = 'Till 9' WHERE id = 3",),
        "a shift that nobody opened": ("UPDATE shift SET opened_by = '' WHERE id = 1",),
        "a shift that nobody closed": ("UPDATE shift SET closed_by = '' WHERE id = 1",),
        "a shift that ends in the future": (
            "UPDATE shift SET closed_at = closed_at + 400 * {day} WHERE id = 1",
        ),
        "a shift opened at another time": ("UPDATE shift SET opened_at = opened_at + 1 WHERE id = 3",),
        "half closed": ("UPDATE shift SET counted_minor = NULL WHERE id = 1",),
        "open again": (
            "UPDATE shift SET number = NULL, closed_at = NULL, closed_by = NULL, expected_minor = NULL, "
            "counted_minor = NULL, difference_minor = NULL, pieces = '', note = '' WHERE id = 1",
        ),
        "open but counted": ("UPDATE shift SET pieces = '2000x3' WHERE id = 3",),
        "another float": ("UPDATE shift SET float_minor = float_minor + 1 WHERE id = 3",),
        "a float below zero": ("UPDATE shift SET float_minor = -1 WHERE id = 1",),
        "a count below zero": (
            "UPDATE shift SET counted_minor = -1, difference_minor = -1 - expected_minor WHERE id = 2",
        ),
        "another count": (
            "UPDATE shift SET counted_minor = counted_minor + 1, difference_minor = difference_minor + 1 "
            "WHERE id = 2",
        ),
        "another difference": ("UPDATE shift SET difference_minor = 0 WHERE id = 1",),
        "notes and coins that are not the count": ("UPDATE shift SET pieces = '2000x5' WHERE id = 1",),
        "notes and coins that cannot be read": ("UPDATE shift SET pieces = 'many' WHERE id = 1",),
        "cash that goes nowhere": ("UPDATE cash_move SET kind = 'up' WHERE id = 1",),
        "cash of nothing": ("UPDATE cash_move SET amount_minor = 0 WHERE id = 1",),
        "cash for no reason": ("UPDATE cash_move SET reason = '' WHERE id = 1",),
        "cash the other way": ("UPDATE cash_move SET kind = 'in' WHERE id = 6",),
        "cash of another amount": ("UPDATE cash_move SET amount_minor = amount_minor + 1 WHERE id = 6",),
        "cash at another time": ("UPDATE cash_move SET created_at = created_at + 1 WHERE id = 6",),
        "cash of another shift": ("UPDATE cash_move SET shift_id = 3 WHERE id = 1",),
        "cash that is deleted": ("DELETE FROM cash_move WHERE id = 6",),
        "verified as another amount": ("UPDATE shift_check SET amount_minor = 1 WHERE id = 1",),
        "verified as less than nothing": ("UPDATE shift_check SET amount_minor = -1 WHERE id = 1",),
        "verified while open": ("UPDATE shift_check SET shift_id = 3 WHERE id = 1",),
        "never verified": ("DELETE FROM shift_check WHERE id = 2",),
        "an open shift that is deleted": (
            "DELETE FROM cash_move WHERE shift_id = 3",
            "DELETE FROM shift WHERE id = 3",
        ),
    },
    "shift_days": {
        "a shift of another day": ("UPDATE shift SET business_day = 20261117 WHERE id = 1",),
        "cash on another day": ("UPDATE cash_move SET business_day = 20261120 WHERE id = 6",),
        "cash that falls behind": ("UPDATE cash_move SET business_day = 20261118 WHERE id = 9",),
        "a sale on another day": ("UPDATE sale_order SET business_day = 20261130 WHERE number = 1",),
        "a payment that falls behind": ("UPDATE payment SET business_day = 20261101 WHERE number = 2",),
    },
    "drawers": {
        "cash that a sale did not bring": (
            "UPDATE payment SET amount_minor = amount_minor + 5 WHERE tender = 'cash'",
        ),
        "another expectation": (
            "UPDATE shift SET expected_minor = expected_minor - 1, difference_minor = difference_minor + 1 "
            "WHERE id = 1",
        ),
        "another float behind a Z": ("UPDATE shift SET float_minor = float_minor + 1 WHERE id = 1",),
        "cash that is gone behind a Z": ("DELETE FROM cash_move WHERE id = 1",),
    },
    "photos": {
        "other pixels": ("UPDATE photo SET jpeg = CAST('x' AS {blob})",),
        "another hash": ("UPDATE photo SET hash = '00'",),
        "another size": ("UPDATE photo SET width = width + 1",),
        "from another time": ("UPDATE photo SET created_at = 1",),
    },
    "pictures": {
        "another picture": ("UPDATE picture SET png = CAST('x' AS {blob})",),
        "a signature that is lost": ("DELETE FROM picture",),
        "a signature that is another": ("UPDATE job SET signature_hash = 'abc' WHERE signature_hash <> ''",),
        "an intake's signature that is another": (
            "UPDATE ticket SET signature_hash = 'abc' WHERE signature_hash <> ''",
        ),
        "a logo that is lost": ("UPDATE business SET logo = 'abc' WHERE id = 1",),
    },
    "documents": {
        "a paper that cannot be read": ("UPDATE document SET snapshot = '{{}}' WHERE id = 1",),
        "a paper of another booking": ("UPDATE document SET number = 'B77' WHERE id = 1",),
        "a paper of another ticket": ("UPDATE document SET number = 'T77' WHERE id = 3",),
        "another price on a paper": (
            "UPDATE document SET snapshot = replace(snapshot, '5700', '5600') WHERE id = 4",
        ),
        "another name on a paper": ("UPDATE document SET snapshot = replace(snapshot, 'Marta', 'Maria')",),
        "another kind": ("UPDATE document SET kind = 'estimate' WHERE id = 3",),
        "under another customer": ("UPDATE document SET customer_id = 2 WHERE id = 1",),
        "a Z of no shift": ("UPDATE document SET number = 'Z77' WHERE number = 'Z1'",),
        "a Z under a customer": ("UPDATE document SET customer_id = 2 WHERE number = 'Z1'",),
        "a ticket's paper under another customer": ("UPDATE document SET customer_id = 2 WHERE id = 3",),
        "a slip of no booking": ("UPDATE document SET booking_id = NULL WHERE id = 1",),
        "a paper from another time": ("UPDATE document SET created_at = created_at + 60000000 WHERE id = 1",),
        "a paper that is deleted": (
            "DELETE FROM print_job WHERE document_id = 6",
            "DELETE FROM document WHERE id = 6",
        ),
        "a paper that nobody made": (
            "INSERT INTO document (business_id, kind, number, customer_id, "
            "booking_id, snapshot, created_at, created_by) SELECT business_id, "
            "kind, number, customer_id, booking_id, snapshot, created_at, "
            "created_by FROM document WHERE id = 1",
        ),
        "a picture on a paper that is lost": ("DELETE FROM picture",),
    },
    "copies": {
        "a copy that is missing": ("UPDATE print_job SET copy = copy + 1 WHERE copy = 4",),
        "the last copy deleted": ("DELETE FROM print_job WHERE copy = 4",),
        "the only copy deleted": ("DELETE FROM print_job WHERE document_id = 6",),
        "printed, not saved": ("UPDATE print_job SET output = 'print' WHERE id = 1",),
        "said to be printed": ("UPDATE print_job SET state = 'done' WHERE state = 'failed'",),
        "waiting again": ("UPDATE print_job SET state = 'queued' WHERE state = 'cancelled'",),
        "tried more often": ("UPDATE print_job SET attempts = 7 WHERE state = 'failed'",),
        "a label on a sheet": ("UPDATE print_job SET paper = 'a4' WHERE paper = '62x29'",),
        "on paper that there is not": ("UPDATE print_job SET paper = 'a0' WHERE id = 1",),
        "for no till": ("UPDATE print_job SET till = '' WHERE id = 1",),
        "at another time": ("UPDATE print_job SET created_at = created_at + 60000000 WHERE id = 1",),
    },
    "users": {
        "no name": ("UPDATE user_account SET name = '' WHERE id = 1",),
        "another name to be told by": ("UPDATE user_account SET name_fold = 'x' WHERE id = 1",),
        "no role": ("UPDATE user_account SET role = 'owner' WHERE id = 2",),
        "the last ADMIN gone": ("UPDATE user_account SET disabled_at = 7 WHERE role = 'admin'",),
        "an ADMIN who cannot get in": (
            "UPDATE user_account SET pin_hash = '', password_hash = '', badge_hash = '' WHERE id = 1",
        ),
        "a phone that is none": ("UPDATE user_account SET phone_key = '1' WHERE id = 1",),
        "half a phone": ("UPDATE user_account SET phone_key = NULL WHERE id = 1",),
        "an odd mark": ("UPDATE user_account SET phone_mark = 'odd' WHERE id = 1",),
        "an address that is none": ("UPDATE user_account SET email = 'x' WHERE id = 1",),
        "more than all off": ("UPDATE user_account SET discount_limit = 1000001 WHERE id = 2",),
        "a PIN to be read": ("UPDATE user_account SET pin_hash = '1234' WHERE id = 1",),
        "a password to be read": ("UPDATE user_account SET password_hash = 'x' WHERE id = 1",),
        "a badge to be read": ("UPDATE user_account SET badge_hash = 'x' WHERE id = 2",),
        "less than no tries": ("UPDATE user_account SET failures = -1 WHERE id = 2",),
        "tries at no time": ("UPDATE user_account SET failed_at = NULL WHERE id = 2",),
        "in at no till": ("UPDATE user_account SET last_in_till = '' WHERE id = 1",),
        "in tomorrow": ("UPDATE user_account SET last_in_at = 4102444800000000 WHERE id = 1",),
        "disabled tomorrow": ("UPDATE user_account SET disabled_at = 4102444800000000 WHERE id = 4",),
    },
    "user_customers": {
        "one customer for two": (
            "DROP INDEX uq_user_account_customer",
            "UPDATE user_account SET customer_id = 1 WHERE id = 2",
        ),
        "a customer next door": (
            "UPDATE user_account SET customer_id = "
            "(SELECT min(id) FROM customer WHERE business_id = 2) WHERE id = 2",
        ),
    },
    "role_settings": {
        "a role that there is not": (
            "UPDATE setting SET name = 'role.owner.refund' WHERE name = 'role.staff.refund'",
        ),
        "what nobody may give": (
            "UPDATE setting SET name = 'role.staff.role_write' WHERE name = 'role.staff.refund'",
        ),
        "neither yes nor no": ("UPDATE setting SET value = 'yes' WHERE name = 'role.staff.refund'",),
        "more than all off": (
            "UPDATE setting SET value = '9000000' WHERE name = 'role.staff.discount_limit'",
        ),
        "PINs of seven": ("UPDATE setting SET value = '7' WHERE name = 'pin_length'",),
    },
    "journalled": {
        "a customer that is lost": ("DELETE FROM customer WHERE id = 4",),
        "a ticket with another number": ("UPDATE ticket SET number = 77 WHERE number = 4",),
    },
}
CASES = [
    pytest.param(rule, statements, id=f"{rule}: {name}")
    for rule, cases in BREAKS.items()
    for name, statements in cases.items()
]


def test_a_shop_in_which_everything_has_happened_keeps_every_rule(filled: Filled) -> None:
    with filled.broken(is_strict=True):
        found = {code: filled.ask(code) for code, _, _ in RULES}
    assert {code: one.examples for code, one in found.items() if one.failed} == {}
    assert [code for code, one in found.items() if not one.checked] == [
        "erased",
        "consents",
    ]


@pytest.mark.parametrize(("rule", "statements"), CASES)
def test_what_is_broken_by_hand_is_named_by_its_rule(
    filled: Filled, rule: str, statements: tuple[str, ...]
) -> None:
    with filled.broken(*statements):
        found = filled.ask(rule)
    assert found.failed > 0
    assert not any(word in " ".join(found.examples) for word in ("cannot tell", "cannot be read."))


def test_every_rule_has_something_that_breaks_it() -> None:
    by_others = {
        "file",
        "schema",
        "journal",
        "records",
        "heads",
        "erased",
        "consents",
    }  # which have tests of their own
    assert {code for code, _, _ in RULES} - BREAKS.keys() == by_others
