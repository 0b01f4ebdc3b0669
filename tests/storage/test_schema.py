import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, text

from posapp.bootstrap import open_shop
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.base.journal import GENESIS
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.papers.documents import PaperSize
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.tickets import CardFilter
from posapp.storage import migrations, schema
from posapp.storage.base.database import Database
from posapp.storage.base.tables import metadata
from posapp.storage.base.verify_base import Asking
from posapp.storage.care.verify_references import businesses, whole
from posapp.storage.customers.verify_words import faults_of_index, faults_of_jobs
from tests.factories import NOW, TILL, a_booking, a_business, a_customer, a_shop
from tests.fixtures import KINDS
from tests.repairs import a_signature, a_ticket, an_item, asked
from tests.storage.catalogue import facts_of
from tests.storage.older import Rows, lay_back, rows_of
from tests.whole_shops import a_whole_shop

EMPTY = pytest.mark.parametrize("empty_place", KINDS, indirect=True)
pytestmark = pytest.mark.usefixtures("by_migrations")


@EMPTY
def test_the_models_equal_the_migrations(empty_place: str, tmp_path: Path) -> None:
    """Columns, keys, references, checks, unique and partial indexes: each by its text."""
    database = Database(empty_place)
    schema.bring_up_to_date(database)
    names = sorted(metadata.tables)
    with database.connection(writes=True) as connection:
        migrated = facts_of(connection, names)
        if not database.is_sqlite:
            connection.execute(text("CREATE SCHEMA models"))
            connection.execute(text("SET LOCAL search_path TO models"))
            metadata.create_all(connection, checkfirst=False)
            modelled = facts_of(connection, names)
    if database.is_sqlite:
        beside = Database(tmp_path / "models.db")
        with beside.connection(writes=True) as connection:
            metadata.create_all(connection, checkfirst=False)
            modelled = facts_of(connection, names)
        beside.close()
    for name in names:
        assert migrated[name] == modelled[name], name
    database.close()


@EMPTY
def test_the_migrations_make_no_other_tables(empty_place: str) -> None:
    database = Database(empty_place)
    schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        made = {name for name in inspect(connection).get_table_names() if "_words" not in name}
    assert made == {*metadata.tables, "alembic_version"}
    database.close()


def test_what_the_models_are_compared_by_tells_every_part_apart(tmp_path: Path) -> None:
    """Lest the comparison above overlooks one: each changed word of a table is a changed line."""
    words = (
        "CREATE TABLE one (id INTEGER NOT NULL, of INTEGER, word TEXT DEFAULT 'x' NOT NULL, "
        "CONSTRAINT pk_one PRIMARY KEY (id), CONSTRAINT ck_one_word CHECK (length(word) > 0), "
        "CONSTRAINT fk_one_of FOREIGN KEY(of) REFERENCES one (id) ON DELETE RESTRICT); "
        "CREATE UNIQUE INDEX uq_one ON one (word, of) WHERE word <> ''"
    )
    changes = ("> 0", ">= 0"), ("RESTRICT", "CASCADE"), ("UNIQUE ", ""), ("word, of", "of, word"), ("<>", ">")
    other = ("DEFAULT 'x'", "DEFAULT 'y'"), ("word TEXT", "word BLOB"), ("FOREIGN KEY(of)", "FOREIGN KEY(id)")

    def told(place: str, said: str) -> object:
        database = Database(tmp_path / place)
        with database.connection(writes=True) as connection:
            for statement in said.split("; "):
                connection.execute(text(statement))
            facts = facts_of(connection, ["one"])
        database.close()
        return facts

    usual = told("usual.db", words)
    for place, (before, after) in enumerate((*changes, *other)):
        assert before in words
        assert told(f"{place}.db", words.replace(before, after)) != usual, after


def test_the_program_knows_every_revision_and_works_with_the_newest() -> None:
    script = ScriptDirectory(str(Path(str(migrations.__file__)).parent))
    assert script.get_current_head() == schema.HEAD
    assert {one.revision for one in script.walk_revisions()} == set(schema.KNOWN)


def test_a_shop_of_a_newer_program_is_refused_untouched(sqlite_place: str) -> None:
    with closing(sqlite3.connect(sqlite_place)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = Path(sqlite_place).read_bytes()
    with pytest.raises(EnvironmentFault) as refused:
        open_shop(sqlite_place)
    assert refused.value.code == "database_newer"
    assert Path(sqlite_place).read_bytes() == before


def test_the_file_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE note (words TEXT)")
    before = file.read_bytes()
    with pytest.raises(EnvironmentFault) as refused:
        open_shop(file)
    assert refused.value.code == "database_foreign"
    assert file.read_bytes() == before


@EMPTY
def test_the_third_revision_takes_over_what_was_there(empty_place: str, sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    for _ in range(3):
        a_ticket(sqlite_shop, actor)
    asked(sqlite_shop, actor, "T2", 9900)
    rows = rows_of(str(sqlite_shop.store.database.file))
    for job in rows["job"]:
        job["signature"] = a_signature() if job["id"] < 3 else None  # then it stood with the job itself
    lay_back(empty_place, "0002", rows)
    shop = open_shop(empty_place)
    jobs = [shop.tickets.get(actor, number).jobs[0] for number in ("T1", "T2", "T3")]
    assert jobs[0].signature == jobs[1].signature != jobs[2].signature == ""
    with shop.store.look(actor) as uow:
        assert uow.businesses.picture(jobs[0].signature) == a_signature()
    events = shop.history.page(actor, shop.tickets.get(actor, "T2").customer_id).events
    assert "estimate" in {event.kind for event in events}
    shop.close()


@EMPTY
def test_a_front_desk_gets_the_usual_states_of_repairs(empty_place: str, sqlite_place: str) -> None:
    rows = rows_of(sqlite_place)
    lay_back(empty_place, "0001", {"business": rows["business"], "counter": rows["counter"]})
    open_shop(empty_place).close()
    found = rows_of(empty_place)
    for table in ("ticket_state", "ticket_move", "checklist", "setting"):
        assert found[table] == rows[table], table


@pytest.mark.parametrize("revision", ["0003", "0004"])
@EMPTY
def test_every_record_of_several_businesses_comes_over_to_the_fifth_revision(
    empty_place: str, revision: str, sqlite_shop: Shop
) -> None:
    one = sqlite_shop.actor(TILL)
    two = a_business(sqlite_shop, name="Next door")
    for actor in (one, two):
        a_whole_shop(sqlite_shop, actor)
    with sqlite_shop.store.work(one) as uow:
        uow.businesses.keep_picture(a_signature(inked=400))  # which nothing names
        uow.commit()
    sqlite_shop.businesses.set_logo(two, a_signature(inked=250))
    paper = Output(paper=PaperSize.A4)
    a_booking(sqlite_shop, two, output=paper)
    sqlite_shop.businesses.set_logo(two, None)  # then only a paper names it
    rows = rows_of(str(sqlite_shop.store.database.file))
    assert [name for name, content in rows.items() if not content] == []
    lay_back(empty_place, revision, rows)
    shop = open_shop(empty_place)
    found = rows_of(empty_place)
    assert [found[table] for table in DRAWERS] == [[], [], []]
    signed = {row["signature_hash"] for row in rows["ticket"]}  # at the intake, which nothing named then
    for some in (found, rows):
        some["picture"] = [row for row in some["picture"] if row["hash"] not in signed]
    for table in rows.keys() - LATER:
        assert _as_then(found, table) == _as_then(rows, table), table
    assert _faults_of_references(shop.store.database) == []
    assert shop.search.search(two, "whole").hits == sqlite_shop.search.search(two, "whole").hits != ()
    tickets = [row for row in rows["ticket"] if row["business_id"] == one.business]
    assert a_ticket(shop, one).number == f"T{len(tickets) + 1}"
    shop.close()


def test_the_seventh_revision_finds_longer_beginnings_at_once(tmp_path: Path, sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    for name in ("Bartholomew Featherstone", "王小明", "Featherby Li"):
        a_customer(sqlite_shop, actor, name)
    place = str(tmp_path / "old.db")
    lay_back(place, "0006", rows_of(str(sqlite_shop.store.database.file)))
    words = text("SELECT sql FROM sqlite_master WHERE name = 'customer_words'")
    database = Database(place)
    with database.connection(writes=False) as connection:
        assert "prefix='1 2 3'" in connection.execute(words).scalar_one()
    schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        assert "prefix='1 2 3 4 5 6 7 8'" in connection.execute(words).scalar_one()
        assert list(faults_of_index(connection)) == []
    database.close()
    shop = open_shop(place)
    typed = {"feather": 2, "featherst": 1, "bartholomew fea": 1, "小": 1, "feathers b": 1}
    assert {one: len(shop.search.search(actor, one).hits) for one in typed} == typed
    shop.close()


def test_the_eighth_revision_indexes_the_repairs_that_are_there(tmp_path: Path, sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    a_whole_shop(sqlite_shop, actor)
    place = str(tmp_path / "old.db")
    lay_back(place, "0007", rows_of(str(sqlite_shop.store.database.file)))
    shop = open_shop(place)
    wanted = CardFilter(words="whole", is_here=False)
    assert shop.tickets.cards(actor, wanted) == sqlite_shop.tickets.cards(actor, wanted) != []
    with shop.store.look(actor) as uow:
        assert list(faults_of_jobs(uow.connection)) == []
    shop.close()


DRAWERS = {"shift", "cash_move", "shift_check"}
SALES = {"sale_order", "order_line", "line_tax", "payment", "ledger_entry", "day_total"}
SALES |= {"gift_card", "gift_move", "access_code", "kiosk_try", "kiosk_arrival"}
PEOPLE = {"user_account", "user_pass"}
OLD_DATA = {
    "further_email",
    "import_batch",
    "staged_record",
    "staged_group",
    "import_note",
    "past_record",
    "legacy_id",
}
OLD_DATA |= {"legacy_business", "column_mapping", "customer_merge", "duplicate_pair", "not_duplicate"}
BOOKS = {"book_account", "book_sending"}
LATER = {
    "consent",
    *("customer_figure", "job_time", "job_figure", "work_total", "sold_total"),  # follow from the others
    "stock_count",
    "stock_count_line",
    "price_level",
    "tax",
    "tax_rate",
    "tax_part",
    "item_barcode",
    "stock_move",
    "repair_price",
    *DRAWERS,
    *SALES,
    *PEOPLE,
    *OLD_DATA,
    *BOOKS,
}
LATER_OF_ITEMS = {"entered_cost_minor", "average_minor", "tax_id", "sku_fold", "words"}
LATER_OF_ITEMS |= {"commodity_code", "quick_position"}
LATER_OF_CUSTOMERS = {"price_level_id", "tax_exempt_reason", "tax_number", "account_limit_minor"}
LATER_OF_CUSTOMERS |= {"erased_at"}


def _as_then(rows: Rows, table: str) -> list[dict[str, Any]]:
    """The rows of a table as far as there was anything like them before the catalogue."""
    if table == "counter":
        return [row for row in rows[table] if row["name"] not in ("G", "H")]
    if table == "customer":
        return [{name: row[name] for name in row.keys() - LATER_OF_CUSTOMERS} for row in rows[table]]
    if table == "ticket":
        return [{name: row[name] for name in row.keys() - {"signature_hash"}} for row in rows[table]]
    if table != "item":
        return rows[table]
    parts = [row for row in rows[table] if row["kind"] != "service"]
    return [{name: row[name] for name in row.keys() - LATER_OF_ITEMS} for row in parts]


@EMPTY
def test_every_stock_of_an_older_shop_is_opened_with_one_move(empty_place: str, sqlite_shop: Shop) -> None:
    """Taxes, moves and prices begin as a new shop has them, and what was there is counted anew."""
    one = sqlite_shop.actor(TILL)
    two = a_business(sqlite_shop, name="Next door", region="US", currency="USD")
    for actor in (one, two):
        a_whole_shop(sqlite_shop, actor)
    rows = rows_of(str(sqlite_shop.store.database.file))
    lay_back(empty_place, "0008", rows)
    database = Database(empty_place)
    with database.connection(writes=True) as connection:  # each shop had a journal of its own
        for actor in (one, two):
            head = {"business_id": actor.business, "last_id": 0, "hash": GENESIS}
            connection.execute(insert(metadata.tables["journal_head"]), head)
        connection.commit()
    database.close()
    shop = open_shop(empty_place)
    for actor in (one, two):
        assert [(tax.name, tax.is_default) for tax in shop.taxes.all(actor)] == [("No tax", True)]
        assert shop.businesses.get(actor).prices_include_tax == (actor is one)
        for item in shop.items.find(actor, with_archived=True):
            [was] = [row for row in rows["item"] if row["id"] == item.id]
            assert (item.stock, item.reserved, item.tax_id) == (was["stock"], was["reserved"], None)
            moves = [(move.kind, move.quantity) for move in shop.items.moves(actor, item.id)]
            assert moves == ([(MoveKind.OPENING, item.stock)] if item.stock else [])
    broken = {found.rule for found in verify(shop.store) if not found.is_kept}
    assert (
        broken & {"schema", "stock", "items", "taxes", "parts", "records", "journal", "references"} == set()
    )
    with pytest.raises(DomainError):
        an_item(shop, one)  # which is there already
    shop.close()


def _faults_of_references(database: Database) -> list[object]:
    with database.connection(writes=False, snapshot=True) as connection:
        asking = Asking(connection, NOW, is_sqlite=database.is_sqlite)
        found: list[object] = [*whole(asking).examples, *businesses(asking).examples]
        if database.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            found += connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return found


@EMPTY
def test_a_migration_that_fails_leaves_nothing_behind(
    empty_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(empty_place)
    monkeypatch.setattr("posapp.storage.base.sql_extras.SQLITE_JOURNAL_GUARDS", ("CREATE NONSENSE",))
    monkeypatch.setattr("posapp.storage.base.sql_extras.POSTGRES_JOURNAL_GUARDS", ("CREATE NONSENSE",))
    with pytest.raises(Exception, match="NONSENSE"):
        schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        assert schema.revision_of(connection) is None
    monkeypatch.undo()
    schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        assert schema.revision_of(connection) == schema.HEAD
    database.close()


def test_a_shop_that_another_program_makes_meanwhile_is_not_taken_for_a_foreign_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "posapp.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    look, others = schema.revision_of, [file]

    def while_another_makes_it(connection: Any) -> str | None:
        found = look(connection)
        if others:
            a_shop(others.pop()).close()
        return found

    monkeypatch.setattr(schema, "revision_of", while_another_makes_it)
    database = Database(file)
    schema.bring_up_to_date(database)
    database.close()
