import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from posapp.bootstrap import open_shop
from posapp.domain.errors import EnvironmentFault
from posapp.services.businesses import CreateBusiness
from posapp.storage import migrations, schema
from posapp.storage.database import Database
from posapp.storage.tables import metadata
from tests.fixtures import KINDS
from tests.repairs import a_signature, a_ticket, asked

EMPTY = pytest.mark.parametrize("empty_place", KINDS, indirect=True)


ADDED = {
    "job": ("signature_hash",),
    "ticket_state": ("needs", "is_reserved"),
    "estimate": ("customer_id",),
    "contact_log": ("customer_id",),
}
"""What the third revision added."""
LATER_KEYS = ("fk_estimate_customer_id", "fk_contact_log_customer_id")
ONLY_POSTGRES = ("ix_phone_leading", "ix_customer_words")


def _on_sqlite(_thing: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Not FTS5's own tables, nor (Alembic does not ask `ddl_if`) the indexes that only PostgreSQL has."""
    if kind == "foreign_key_constraint":  # SQLite forgets name and rule of one that came with its column
        return name is not None and name not in LATER_KEYS
    return not str(name).startswith("customer_words") and not (kind == "index" and name in ONLY_POSTGRES)


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@EMPTY
def test_the_models_equal_the_migrations(empty_place: str) -> None:
    database = Database(empty_place)
    schema.bring_up_to_date(database)
    with database.connection(writes=False, snapshot=True) as connection:
        # On SQLite Alembic takes every empty text for another default than an empty text.
        options = {"include_object": _on_sqlite} if database.is_sqlite else {"compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    database.close()


def test_no_customer_goes_from_under_an_estimate_or_a_message(sqlite_place: str) -> None:
    with closing(sqlite3.connect(sqlite_place)) as connection:
        for table in ("estimate", "contact_log"):
            keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            assert [key[6] for key in keys if key[3] == "customer_id"] == ["RESTRICT"]


@EMPTY
def test_every_check_of_the_models_is_in_the_migrations(empty_place: str) -> None:
    """Alembic does not compare check constraints, so their names are compared here."""
    database = Database(empty_place)
    schema.bring_up_to_date(database)
    question = "SELECT group_concat(sql) FROM sqlite_master"
    if not database.is_sqlite:
        question = "SELECT string_agg(conname, ' ') FROM pg_constraint"
    with database.connection(writes=False) as connection:
        written = str(connection.execute(text(question)).scalar())
    names = {str(one.name) for table in metadata.tables.values() for one in table.constraints if one.name}
    assert [name for name in sorted(names) if name not in written] == []
    database.close()


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
def test_the_third_revision_takes_over_what_was_there(
    empty_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = open_shop(empty_place)
    shop.businesses.create(
        "Till 1", CreateBusiness(name="Shop", region="IE", currency="EUR", time_zone="Europe/Dublin")
    )
    actor = shop.actor("Till 1")
    for _ in range(3):
        a_ticket(shop, actor)
    asked(shop, actor, "T2", 9900)
    shop.close()
    database = Database(empty_place)
    with database.connection(writes=True) as connection:
        # As the second revision left it: the signature itself stood with the job.
        blob = "BLOB" if database.is_sqlite else "BYTEA"
        connection.execute(text(f"ALTER TABLE job ADD COLUMN signature {blob}"))
        for table, columns in ADDED.items():
            for column in columns:
                connection.execute(text(f"DROP INDEX IF EXISTS ix_{table}_{column}_created_at"))
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(text("DROP TABLE identity"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
        connection.execute(text("UPDATE job SET signature = :png WHERE id < 3"), {"png": a_signature()})
        connection.commit()
    schema.bring_up_to_date(database)
    database.close()
    shop = open_shop(empty_place)
    jobs = [shop.tickets.get(actor, number).jobs[0] for number in ("T1", "T2", "T3")]
    assert jobs[0].signature == jobs[1].signature != jobs[2].signature == ""
    with shop.store.look(actor) as uow:
        assert uow.businesses.picture(jobs[0].signature) == a_signature()
    events = shop.history.page(actor, shop.tickets.get(actor, "T2").customer_id).events
    assert "estimate" in {event.kind for event in events}
    shop.close()


@EMPTY
def test_a_migration_that_fails_leaves_nothing_behind(
    empty_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(empty_place)
    monkeypatch.setattr("posapp.storage.sql_extras.SQLITE_JOURNAL_GUARDS", ("CREATE NONSENSE",))
    monkeypatch.setattr("posapp.storage.sql_extras.POSTGRES_JOURNAL_GUARDS", ("CREATE NONSENSE",))
    with pytest.raises(Exception, match="NONSENSE"):
        schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        assert schema.revision_of(connection) is None
    monkeypatch.undo()
    schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        assert schema.revision_of(connection) == schema.HEAD
    database.close()
