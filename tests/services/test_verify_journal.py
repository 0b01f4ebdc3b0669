"""What `verify` finds when somebody forges the journal, or a record without a word in it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text, update

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.journal import GENESIS
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.old_data.merging import Merge
from posapp.domain.papers.documents import CustomerPaper, PaperSize
from posapp.domain.repairs.informing import ContactHow, ContactKind
from posapp.domain.stored_papers import from_json
from posapp.services.care.backups import BackupDesk
from posapp.services.care.verify import verify
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.shop.businesses import EditBusiness, SaveService
from posapp.storage.base.database import Database
from posapp.storage.base.journal import hash_after
from posapp.storage.base.records import count_records, kept_columns, kind_of, watched_tables
from posapp.storage.base.tables import journal, journal_head, journal_personal, metadata
from posapp.storage.base.verify_replay import Replay
from tests.booked import busy_books
from tests.catalogue import busy_catalogue
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import DAY, NOW, TILL, a_booking, a_business, a_customer, at
from tests.guards import without_guards
from tests.kiosk import busy_kiosk
from tests.old_data.factories import a_whole_import
from tests.people import an_admin
from tests.repairs import a_ticket, busy_bench, moved
from tests.sales import busy_till


@pytest.fixture
def busy(shop: Shop, actor: Actor) -> Shop:
    """A shop with customers, repairs and a neighbour in the same database."""
    busy_bench(shop, actor)
    busy_catalogue(shop, actor)
    marta = a_customer(shop, actor, note="door 4")
    shop.customers.add_contact(actor, marta.id, "Tom Kowalczyk")
    shop.consents.set(actor, SetConsent(customer_id=marta.id, kind=ConsentKind.PHOTOS, is_given=True))
    for hour in (10, 11):
        booking = a_booking(shop, actor, marta, starts=at(hour), output=Output(paper=PaperSize.ROLL_80))
    shop.papers.print(actor, booking.number, Output(paper=PaperSize.ROLL_80))
    a_booking(shop, a_business(shop, name="Next door"))
    return shop


def broken(shop: Shop, backups: Path | None = None) -> dict[str, tuple[str, ...]]:
    """What `verify` finds, but that the guards are off: the forger took care to be seen nowhere else."""
    results = verify(shop.store, backups=backups)
    return {one.rule: one.examples for one in results if not one.is_kept and one.rule != "schema"}


@pytest.fixture
def forging(busy: Shop) -> Iterator[Connection]:
    """A connection of somebody who may do everything; what it did is kept when the test goes on."""
    database = Database(busy.store.database.url.render_as_string(hide_password=False))
    with database.connection(writes=True) as connection:
        without_guards(connection)
        yield connection
    database.close()


def entries_of(connection: Connection, business: int) -> list[dict[str, Any]]:
    asked = select(journal).where(journal.c.business_id == business).order_by(journal.c.id)
    return [dict(row) for row in connection.execute(asked).mappings()]


def rebuilt(connection: Connection, business: int, entries: list[dict[str, Any]]) -> None:
    """Put a chain in the place of another, every hash and the head as they ought to be."""
    here = journal.c.business_id == business
    kept = [
        dict(row)
        for row in connection.execute(
            select(journal_personal).where(journal_personal.c.business_id == business)
        ).mappings()
    ]
    connection.execute(journal_personal.delete().where(journal_personal.c.business_id == business))
    connection.execute(journal.delete().where(here))
    previous = GENESIS
    for number, entry in enumerate(entries, start=1):
        entry["id"] = number
        previous = entry["hash"] = hash_after(previous, entry)
    if entries:
        connection.execute(insert(journal), entries)
    beside = [row for row in kept if row["journal_id"] <= len(entries)]
    if beside:
        connection.execute(insert(journal_personal), beside)
    connection.execute(
        update(journal_head)
        .where(journal_head.c.business_id == business)
        .values(last_id=len(entries), hash=previous)
    )
    connection.commit()


# -- the chains ----------------------------------------------------------------------------------------
def test_a_shop_that_was_only_used_has_a_journal_that_explains_all_of_it(busy: Shop) -> None:
    assert broken(busy) == {}


def test_an_emptied_journal_is_found_though_its_heads_begin_anew(busy: Shop, forging: Connection) -> None:
    for business in (0, 1, 2):
        rebuilt(forging, business, [])
    found = broken(busy)
    assert "records" in found
    assert "journal" not in found  # as a chain it is whole: only the records miss it


def test_an_emptied_journal_whose_heads_were_left_is_found(busy: Shop, forging: Connection) -> None:
    forging.execute(journal_personal.delete())
    forging.execute(journal.delete())
    forging.commit()
    assert {"journal", "records"} <= broken(busy).keys()


def test_a_journal_that_was_cut_at_its_end_is_found_though_its_head_fits(
    busy: Shop, forging: Connection
) -> None:
    entries = entries_of(forging, 1)
    rebuilt(forging, 1, entries[:-1])
    assert "records" in broken(busy)


def test_a_head_that_was_taken_away_is_found(busy: Shop, forging: Connection) -> None:
    forging.execute(journal_head.delete().where(journal_head.c.business_id == 2))
    forging.commit()
    assert "journal" in broken(busy)


def test_an_entry_that_was_moved_to_another_shop_is_found(busy: Shop, forging: Connection) -> None:
    last, behind = entries_of(forging, 1)[-1]["id"], len(entries_of(forging, 2)) + 1
    forging.execute(
        update(journal)
        .where(journal.c.business_id == 1, journal.c.id == last)
        .values(business_id=2, id=behind)
    )
    forging.commit()
    found = broken(busy)["journal"]
    assert any("of business 1" in one for one in found)
    assert any("of business 2" in one for one in found)


def altered(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Another till made the first booking."""
    next(one for one in entries if one["action"] == "booking.made")["till"] = "Till 9"
    return entries


def test_a_chain_that_was_rebuilt_round_an_altered_entry_is_found_by_a_paper(
    busy: Shop, actor: Actor, forging: Connection
) -> None:
    forging.commit()
    busy.store.clock.set(NOW + timedelta(days=1))  # type: ignore[attr-defined]
    a_booking(busy, actor, starts=at(12, day=DAY + timedelta(days=1)), output=Output(paper=PaperSize.ROLL_80))
    rebuilt(forging, 1, altered(entries_of(forging, 1)))
    found = broken(busy)
    assert found.keys() == {"heads"}
    assert "the journal is not the one that paper" in found["heads"][0]


def test_a_chain_that_was_rebuilt_is_found_by_a_backup_unless_a_restore_explains_it(
    busy: Shop, actor: Actor, forging: Connection, tmp_path: Path
) -> None:
    forging.commit()
    folder = tmp_path / "backups"
    folder.mkdir()
    BackupDesk(busy.store, folder).make(actor)
    assert broken(busy, folder) == {}
    rebuilt(forging, 2, altered(entries_of(forging, 2)))
    assert "the journal is not that of the backup of" in broken(busy, folder)["heads"][0]
    assert "heads" not in broken(busy)
    with busy.store.work(Actor(0, TILL)) as uow:
        uow.journal.add(Action.DATABASE_RESTORED, "database", 0, ref="x.db")
        uow.commit()
    assert "heads" not in broken(busy, folder)


def test_the_backup_of_another_shop_says_nothing_about_this_journal(
    busy: Shop, actor: Actor, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = BackupDesk(busy.store, folder).make(actor)
    beside = made.file.with_name(made.file.name + ".json")
    beside.write_text(
        beside.read_text().replace(busy.store.identity, "0" * 32).replace('"hash": "', '"hash": "x')
    )
    assert broken(busy, folder) == {}


def test_a_batch_that_was_forged_into_the_chain_must_fit_the_records(busy: Shop, forging: Connection) -> None:
    """An entry that claims to count all records is believed only as far as the records go."""
    entries = entries_of(forging, 2)
    entries[-1]["body"] = '{"base":{"customer":[7,1]},"ref":""}'
    rebuilt(forging, 2, entries)
    assert "records" in broken(busy)


# -- personal values -----------------------------------------------------------------------------------
@pytest.mark.parametrize("change", ["body = '{}'", "salt = ''", "body = replace(body, 'Marta', 'Maria')"])
def test_personal_values_that_were_changed_are_found(busy: Shop, forging: Connection, change: str) -> None:
    forging.execute(text(f"UPDATE journal_personal SET {change} WHERE body LIKE '%Marta%'"))
    forging.commit()
    assert "journal" in broken(busy)


def test_personal_values_that_were_taken_away_are_found(busy: Shop, forging: Connection) -> None:
    forging.execute(journal_personal.delete().where(journal_personal.c.business_id == 2))
    forging.commit()
    assert "journal" in broken(busy)


# -- records -------------------------------------------------------------------------------------------
BY_HAND = {
    "access_code": "tries = 4",
    "alias": "code = 'OLD-8'",
    "book_account": "number = '7'",
    "book_sending": "created_by = 'x'",
    "booking": "status = 'cancelled'",
    "business": "tax_id = 'IE 1'",
    "cash_move": "reason = 'x'",
    "checklist": "text = 'x'",
    "contact": "name = 'Tim'",
    "contact_log": "words = 'x'",
    "customer": "name = 'Maria'",
    "customer_merge": "told = ''",
    "column_mapping": "columns = 'x'",
    "further_email": "email = 'x'",
    "import_batch": "system = '001'",
    "legacy_business": "code = 'x'",
    "legacy_id": "told = 'x'",
    "past_record": "amount_minor = 7",
    "day_exception": "reason = 'x'",
    "device": "colour = 'red'",
    "document": "created_by = 'x'",
    "estimate": "answered_by = 'x'",
    "estimate_line": "warranty_days = 7",
    "gift_card": "last_four = '9999'",
    "gift_move": "amount_minor = 7",
    "item": "price_minor = 7",
    "item_barcode": "code = '7'",
    "job": "price_minor = 7",
    "kiosk_arrival": "updated_by = 'x'",
    "kiosk_try": "tries = 7",
    "loan": "note = 'x'",
    "not_duplicate": "created_at = 7",
    "loaner": "serial = 'x'",
    "ledger_entry": "amount_minor = 7",
    "line_tax": "tax_minor = 7",
    "order_line": "cost_minor = 7",
    "part_use": "reason = 'x'",
    "payment": "reference = 'x'",
    "phone": "label = 'x'",
    "photo": "removed_at = 7",
    "picture": "hash = 'x'",
    "price_level": "percent_off = 7",
    "user_account": "role = 'manager'",
    "print_job": "problem = 'x'",
    "consent": "words = 'x'",
    "repair_price": "price_minor = 7",
    "resource": "capacity = 7",
    "sale_order": "note = 'x'",
    "service": "minutes = 70",
    "setting": "value = 'x'",
    "shelf": "code = 'Z9'",
    "shift": "float_minor = 7",
    "shift_check": "amount_minor = 7",
    "stock_count": "note = 'x'",
    "stock_count_line": "code = 'x'",
    "stock_move": "note = 'x'",
    "tax": "name = 'x'",
    "tax_part": "name = 'x'",
    "tax_rate": "rate = 7",
    "ticket": "note = 'x'",
    "ticket_state": "name = 'x'",
    "walk_in": "note = 'x'",
    "warranty": "text = 'x'",
    "working_hours": "label = 'x'",
}
GONE = (
    "not_duplicate",
    "gift_move",
    "ledger_entry",
    "line_tax",
    "item_barcode",
    "stock_move",
    "tax_part",
    "ticket_move",
    "warranty_claim",
    "alias",
    "cash_move",
    "contact_log",
    "day_exception",
    "estimate_line",
    "loan",
    "part_use",
    "phone",
    "photo",
    "print_job",
    "shift_check",
)


def faults_of_records(connection: Connection) -> list[str]:
    """What a replay finds, on this connection with all that it changed."""
    return list(Replay(connection, is_sqlite=connection.dialect.name == "sqlite").read().faults())


def test_a_record_of_any_table_that_was_changed_by_hand_is_found(
    busy: Shop, actor: Actor, forging: Connection
) -> None:
    forging.commit()
    with busy.store.work(actor) as uow:  # what nothing in this shop does yet
        told = {"business_id": 1, "customer_id": 1, "code": "OLD-7", "created_at": 1}
        uow.connection.execute(insert(metadata.tables["alias"]), told)
        closed = {"business_id": 1, "day": 20261224, "reason": "Christmas Eve"}
        uow.connection.execute(insert(metadata.tables["day_exception"]), closed)
        uow.connection.execute(
            insert(metadata.tables["picture"]), {"business_id": 1, "hash": "0" * 64, "png": b"x"}
        )
        uow.informing.add(1, ContactKind.INFORMED, ContactHow.PHONE, words="ready", answer="")
        uow.commit()
    busy.shifts.verify(actor, a_closed_shift(busy, actor), 5)
    an_open_shift(busy, actor)  # the last one, which no trigger keeps as it is
    busy_till(busy, actor, 1)
    busy_books(busy, actor)
    someone = busy.customers.card(actor, 1).customer
    busy.duplicates.dismiss(actor, 1, a_customer(busy, actor).id)
    twice = [a_customer(busy, actor, "Twice", email=f"{name}@example.com") for name in ("one", "two")]
    busy.merging.merge(actor, Merge(survivor_id=twice[0].id, loser_id=twice[1].id))
    busy.consents.set(actor, SetConsent(customer_id=1, kind=ConsentKind.PHOTOS, is_given=True))
    a_whole_import(busy, actor, 1)
    busy_kiosk(busy, actor, someone)
    an_admin(busy, actor)
    assert {*BY_HAND, *GONE} == {one.name for one in watched_tables(metadata.tables)}
    assert faults_of_records(forging) == []
    changed = [(table, f"UPDATE {table} SET {change}") for table, change in BY_HAND.items()]
    for table, statement in [*changed, *((table, f"DELETE FROM {table}") for table in GONE)]:
        with forging.begin_nested() as held:
            forging.execute(text(statement + one_of(forging, table)))
            found = faults_of_records(forging)
            held.rollback()
        assert any(one.startswith(f"{table} ") for one in found), statement


def one_of(connection: Connection, table: str) -> str:
    """The condition that finds the last record of a table."""
    keys = list(metadata.tables[table].primary_key)
    asked = select(*keys).order_by(*(key.desc() for key in keys)).limit(1)
    row = connection.execute(asked).one()
    values = [repr(value) if isinstance(value, str) else value for value in row]
    return " WHERE " + " AND ".join(f"{key.name} = {value}" for key, value in zip(keys, values, strict=True))


def test_a_record_that_was_put_in_by_hand_is_found(forging: Connection) -> None:
    for statement in (
        "INSERT INTO shelf (business_id, code) VALUES (1, 'Z9')",
        "INSERT INTO setting (business_id, name, value) VALUES (2, 'x', '1')",
        "INSERT INTO phone (business_id, customer_id, key, reversed, started_at, started_by) "
        "VALUES (1, 1, '+353850000001', '100000058353', 1, 'x')",
    ):
        forging.execute(text(statement))
    found = faults_of_records(forging)
    assert [one.split()[0] for one in found] == ["phone", "setting", "shelf"]
    assert all("has no entry" in one for one in found)


def test_a_change_by_hand_is_found_though_the_program_changed_the_record_since(
    busy: Shop, actor: Actor, forging: Connection
) -> None:
    forging.execute(text("UPDATE service SET minutes = 70 WHERE business_id = 1"))
    forging.commit()
    service = busy.businesses.catalogue(actor).services[0]
    busy.businesses.save_service(
        actor, SaveService(id=service.id, name="Repair", minutes=service.minutes + 5)
    )
    assert broken(busy)["records"][0].startswith(f"service {service.id} was changed without an entry before")


def test_what_a_desk_writes_without_a_word_still_has_an_entry(busy: Shop, actor: Actor) -> None:
    with busy.store.work(actor) as uow:
        uow.connection.execute(update(metadata.tables["shelf"]).values(code="B7"))
        uow.commit()
    assert "records" not in broken(busy)
    with busy.store.look(actor) as uow:
        [said] = uow.connection.execute(
            select(journal.c.subject).where(journal.c.action == "records.changed", journal.c.business_id == 1)
        ).scalars()
    assert said == "shelf"


# -- records that came in one go -----------------------------------------------------------------------
@pytest.fixture
def counted(busy: Shop, actor: Actor) -> Shop:
    """A shop whose records were counted, as after an upgrade; then a day of work."""
    with busy.store.work(actor) as uow:
        uow.journal.add(Action.JOURNAL_COUNTED, "journal", 0)
        uow.journal.count_all()
        uow.commit()
    busy.store.clock.set(NOW + timedelta(days=1))  # type: ignore[attr-defined]
    busy.customers.edit(actor, EditCustomer(customer_id=2, name="Ida Möller"))
    busy.bookings.set_status(actor, "B2", BookingStatus.CANCELLED, reason="ill")
    moved(busy, actor, a_ticket(busy, actor).number, "ready")
    busy.businesses.edit(actor, EditBusiness(tax_id="IE 7"))
    return busy


def test_counted_records_and_the_work_since_explain_the_shop(counted: Shop) -> None:
    assert broken(counted) == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE customer SET note = 'door 44' WHERE id = 1",
        "UPDATE booking SET price_minor = 7 WHERE number = 1",
        "UPDATE booking SET status = 'cancelled' WHERE number = 1",
        "UPDATE resource SET capacity = 2",
        "DELETE FROM walk_in",
        "INSERT INTO shelf (business_id, code) VALUES (1, 'Z9')",
    ],
)
def test_a_counted_record_that_was_changed_is_missed(counted: Shop, change: str) -> None:
    with counted.store.database.connection(writes=True) as connection:
        connection.execute(text(change))
        connection.commit()
    assert "records" in broken(counted)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE business SET currency = 'USD'",
        "UPDATE business SET region = 'FR'",
        "UPDATE service SET name = 'Rekair'",
    ],
)
def test_a_text_of_the_same_length_is_missed_where_it_rules_all_others(
    busy: Shop, actor: Actor, change: str
) -> None:
    """The weight of most texts is their length; a currency of three letters is like any other by that."""
    with busy.store.work(actor) as uow:
        uow.journal.add(Action.JOURNAL_COUNTED, "journal", 0)
        uow.journal.count_all()
        uow.commit()
    with busy.store.database.connection(writes=True) as connection:
        assert connection.execute(text(change)).rowcount
        connection.commit()
    assert "records" in broken(busy)


def test_the_weight_of_a_record_is_the_same_in_sql_and_here(busy: Shop, actor: Actor) -> None:
    with busy.store.work(actor) as uow:
        uow.connection.execute(update(metadata.tables["customer"]).values(note="\u1f62\U0001f600 \u0928"))
        for table in watched_tables(metadata.tables):
            kind = kind_of(table)
            rows = [tuple(row) for row in uow.connection.execute(select(*kept_columns(table)))]
            here = sum(kind.shape.weight(row) for row in rows)
            counted = count_records(uow.connection, [table], is_sqlite=uow.is_sqlite)
            assert sum(found[table.name][1] for found in counted.values()) == here, table.name


# -- papers --------------------------------------------------------------------------------------------
def test_only_the_first_paper_of_a_day_carries_the_end_of_the_journal(shop: Shop, actor: Actor) -> None:
    for day in (0, 0, 1):
        shop.store.clock.set(NOW + timedelta(days=day))  # type: ignore[attr-defined]
        a_booking(shop, actor, output=Output(paper=PaperSize.ROLL_58))
    with shop.store.look(actor) as uow:
        papers = uow.connection.execute(text("SELECT snapshot FROM document ORDER BY id")).scalars()
        seals = [one.seal for one in map(from_json, papers) if isinstance(one, CustomerPaper)]
        named = [entry["hash"] for entry in entries_of(uow.connection, 1)]
    assert [bool(one) for one in seals] == [True, False, True]
    for seal in (seals[0], seals[2]):
        last, _, digest = seal.partition("-")
        assert named[int(last) - 1].startswith(digest)
    assert broken(shop) == {}


def test_every_z_carries_the_end_of_the_journal_and_is_named_where_that_was_replaced(
    shop: Shop, actor: Actor
) -> None:
    numbers = []
    for _ in range(2):
        numbers.append(
            a_closed_shift(shop, actor, output=Output(paper=PaperSize.ROLL_80), counted_minor=14_000)
        )
    with shop.store.look(actor) as uow:
        kept = uow.connection.execute(text("SELECT snapshot FROM document ORDER BY id")).scalars()
        seals = [from_json(one).seal for one in kept if '"z_report"' in one]  # type: ignore[attr-defined]
        named = [entry["hash"] for entry in entries_of(uow.connection, 1)]
    assert len({*seals}) == len(numbers)
    for seal in seals:
        last, _, digest = seal.partition("-")
        assert named[int(last) - 1].startswith(digest)
    assert broken(shop) == {}
    with shop.store.database.connection(writes=True) as connection:
        without_guards(connection)
        rebuilt(connection, 1, [*entries_of(connection, 1)[:1], *later_till(entries_of(connection, 1)[1:])])
    found = broken(shop)["heads"]
    assert [one.partition(" names")[0].rpartition(" of ")[2] for one in found] == numbers


def later_till(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same entries as if another till had written them."""
    return [{**one, "till": "Till 9"} for one in entries]
