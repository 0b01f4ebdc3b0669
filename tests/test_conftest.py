"""The servers that other tests rely on are really there, and really private."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing

import psycopg
import pytest

from posapp import paths
from posapp.storage.base.database import Database
from posapp.storage.schema import bring_up_to_date
from tests.brought_up import by_migrations

__all__ = ["by_migrations"]


@pytest.mark.postgres
def test_the_postgres_server_is_empty_and_its_own(postgres_url: str):
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        [tables] = (
            connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone() or ()
        )
        [folder] = connection.execute("show data_directory").fetchone() or ()
    assert tables == 0
    assert "/pg-" in folder


def test_a_printed_file_lands_in_the_folder_of_the_print_queue(print_queue, tmp_path):
    text = tmp_path / "slip.txt"
    text.write_text("PL1")
    said = subprocess.run(["lp", "-d", "RAW", "-o", "raw", text], check=True, capture_output=True, text=True)
    [request] = re.findall(r"RAW-\d+", said.stdout)
    assert print_queue.file_of(request).read_text() == "PL1"


@pytest.mark.skipif(not shutil.which("lpstat"), reason="CUPS is not installed")
def test_without_that_fixture_no_printer_is_there():
    asked = subprocess.run(["lpstat", "-e"], check=False, capture_output=True, text=True)
    assert asked.stdout == ""
    assert os.environ["CUPS_SERVER"].endswith(":1")


def test_data_and_settings_are_this_tests_own(tmp_path):
    assert paths.data_dir().is_relative_to(tmp_path)
    assert paths.config_dir().is_relative_to(tmp_path)


def test_a_new_shop_is_the_same_by_the_migrations_and_by_what_they_come_to(tmp_path, request):
    codes: list[str] = []

    def made(name: str) -> list[list]:
        database = Database(tmp_path / name)
        bring_up_to_date(database)
        database.close()
        with closing(sqlite3.connect(tmp_path / name)) as file:
            tables = sorted(file.execute("PRAGMA table_list").fetchall())
            schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
            found = [tables, file.execute(schema).fetchall()]
            for table in (name for _, name, kind, *_ in tables if kind != "virtual"):
                rows = file.execute(f"SELECT * FROM {table}").fetchall()
                found.append([table, *(rows if table not in ("identity", "sqlite_schema") else ())])
            codes.append(file.execute("SELECT code FROM identity").fetchone()[0])
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return found

    made("perhaps by migrations.db")
    first, second = made("first.db"), made("second.db")
    request.getfixturevalue("by_migrations")
    assert made("migrated.db") == first == second
    assert len(set(codes)) == 4
