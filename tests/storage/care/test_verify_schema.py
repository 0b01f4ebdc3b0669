"""A schema that is not the program's is named, whatever was changed; one that is raises no alarm."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from posapp.services.care.demo import build_demo
from posapp.storage.base.database import Database
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.care.verify import answer
from posapp.storage.care.verify_schema import schema
from tests.factories import NOW

SAID = "UPDATE sqlite_master SET sql = replace(sql, {}) WHERE name = '{}'"
ON_SQLITE = {
    "an index": ("DROP INDEX uq_phone_key", "index uq_phone_key is missing"),
    "a trigger": ("DROP TRIGGER customer_words_changed", "trigger customer_words_changed is missing"),
    "a guard of the journal": (
        "DROP TRIGGER journal_is_append_only_update",
        "trigger journal_is_append_only_update is missing",
    ),
    "a trigger of a stranger": (
        "CREATE TRIGGER wages AFTER INSERT ON booking BEGIN UPDATE customer SET note = ''; END",
        "trigger wages is none of ours",
    ),
    "a table of a stranger": ("CREATE TABLE wages (id INTEGER)", "table wages is none of ours"),
    "a further column": (
        "ALTER TABLE customer ADD COLUMN wage INTEGER",
        "column customer.wage is none of ours",
    ),
    "a column with another default": (
        SAID.format("'capacity INTEGER DEFAULT ''1''', 'capacity INTEGER DEFAULT ''7'''", "resource"),
        "column resource.capacity is another one",
    ),
    "an index that is no longer unique": (
        "DROP INDEX uq_phone_key; CREATE INDEX uq_phone_key ON phone "
        "(business_id, key) WHERE ended_at IS NULL",
        "index uq_phone_key is another one",
    ),
    "an index of all rows": (
        "DROP INDEX uq_job_device_here; CREATE UNIQUE INDEX uq_job_device_here ON job (device_id)",
        "index uq_job_device_here is another one",
    ),
    "a check that allows more": (
        SAID.format("'minutes BETWEEN 5 AND 1440', 'minutes BETWEEN 0 AND 1440'", "service"),
        "check of service: minutes BETWEEN 5 AND 1440 is missing",
    ),
    "a check that is gone": (
        SAID.format("'CHECK (stock >= 0)', 'CHECK (1)'", "item"),
        "check of item: stock >= 0 is missing",
    ),
    "a reference that is gone": (
        SAID.format("'ON DELETE RESTRICT', 'ON DELETE CASCADE'", "loan"),
        "key loan.ticket_id is another one",
    ),
    "a pair that may stand twice": (
        SAID.format("'UNIQUE (business_id, code)', 'UNIQUE (code, created_at)'", "alias"),
        "unique alias.business_id, code is missing",
    ),
    "another search index": (
        "DROP TABLE customer_words; CREATE VIRTUAL TABLE customer_words USING fts5(words)",
        "table customer_words is another one",
    ),
}
ON_POSTGRES = {
    "an index": ("DROP INDEX uq_phone_key", "index uq_phone_key is missing"),
    "an index that is no longer unique": (
        "DROP INDEX uq_phone_key; CREATE INDEX uq_phone_key ON phone "
        "(business_id, key) WHERE ended_at IS NULL",
        "index uq_phone_key is another one",
    ),
    "an index of all rows": (
        "DROP INDEX uq_job_device_here; CREATE UNIQUE INDEX uq_job_device_here ON job (device_id)",
        "index uq_job_device_here is another one",
    ),
    "a check": (
        "ALTER TABLE item DROP CONSTRAINT ck_item_stock",
        "constraint ck_item_stock of item is missing",
    ),
    "a check that allows more": (
        "ALTER TABLE service DROP CONSTRAINT ck_service_minutes; ALTER TABLE service "
        "ADD CONSTRAINT ck_service_minutes CHECK (minutes BETWEEN 0 AND 1440)",
        "constraint ck_service_minutes of service is another one",
    ),
    "a check of new rows only": (
        "ALTER TABLE item DROP CONSTRAINT ck_item_stock; ALTER TABLE item "
        "ADD CONSTRAINT ck_item_stock CHECK (stock >= 0) NOT VALID",
        "constraint ck_item_stock of item is another one",
    ),
    "a reference": (
        "ALTER TABLE loan DROP CONSTRAINT fk_loan_ticket_id",
        "constraint fk_loan_ticket_id of loan is missing",
    ),
    "triggers that are off": (
        "ALTER TABLE booking DISABLE TRIGGER ALL",
        "triggers of booking is another one",
    ),
    "a guard that guards nothing": (
        "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NULL; END'",
        "function journal_is_append_only is another one",
    ),
    "a further column": ("ALTER TABLE customer ADD COLUMN wage int", "column customer.wage is none of ours"),
    "another default": (
        "ALTER TABLE resource ALTER capacity SET DEFAULT 7",
        "column resource.capacity is another one",
    ),
    "a rule of a stranger": (
        "CREATE RULE quiet AS ON DELETE TO loan DO INSTEAD NOTHING",
        "rule quiet of loan is none of ours",
    ),
}


def asked(place: str | Path) -> Finding:
    database = Database(place)
    try:
        with database.connection(writes=False, snapshot=True) as connection:
            return answer(Asking(connection, NOW, is_sqlite=database.is_sqlite), schema)
    finally:
        database.close()


@pytest.mark.parametrize(("statements", "said"), ON_SQLITE.values(), ids=ON_SQLITE.keys())
def test_a_file_with_another_schema_is_named(sqlite_place: str, statements: str, said: str) -> None:
    with closing(sqlite3.connect(sqlite_place)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.executescript(statements)
    assert said in asked(sqlite_place).examples


def test_a_file_that_is_not_in_wal_mode_is_named(sqlite_place: str) -> None:
    with closing(sqlite3.connect(sqlite_place)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    assert asked(sqlite_place).examples == ["the file is not in WAL mode"]


def test_a_demonstration_shop_has_the_schema_that_it_was_loaded_without(tmp_path: Path) -> None:
    build_demo(tmp_path / "demo.db", 3)
    assert asked(tmp_path / "demo.db").failed == 0


@pytest.mark.postgres
@pytest.mark.parametrize(("statements", "said"), ON_POSTGRES.values(), ids=ON_POSTGRES.keys())
def test_a_server_with_another_schema_is_named(schema_server: Database, statements: str, said: str) -> None:
    with schema_server.connection(writes=True) as connection:
        for statement in [statements] if "FUNCTION" in statements else statements.split("; "):
            connection.exec_driver_sql(statement)
        found = answer(Asking(connection, NOW, is_sqlite=False), schema)
    assert said in found.examples


@pytest.mark.postgres
def test_asking_a_server_leaves_nothing_behind(schema_server: Database) -> None:
    with schema_server.connection(writes=False, snapshot=True) as connection:
        assert answer(Asking(connection, NOW, is_sqlite=False), schema).failed == 0
        built = "SELECT count(*) FROM pg_namespace WHERE nspname = 'posapp_built_anew'"
        assert connection.exec_driver_sql(built).scalar_one() == 0
        assert connection.exec_driver_sql("SHOW search_path").scalar_one() == '"$user", public'


@pytest.fixture(scope="module")
def schema_server(filled_postgres_place: str):
    database = Database(filled_postgres_place)
    yield database
    database.close()
