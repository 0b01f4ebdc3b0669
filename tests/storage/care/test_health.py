"""A database is looked at without being created or changed."""

import sqlite3
from pathlib import Path

import pytest

from posapp.domain.base.errors import EnvironmentFault
from posapp.services.desks import Shop
from posapp.storage.care.health import Holds, examine, holds, shown_place


def test_a_shop_is_one_while_it_is_open_elsewhere(shop: Shop, place: str):
    assert holds(place) is Holds.SHOP


def test_nothing_and_an_empty_file_are_told_apart_and_left_so(tmp_path: Path):
    missing, empty = tmp_path / "missing.db", tmp_path / "empty.db"
    empty.touch()
    assert holds(str(missing)) is Holds.NOTHING
    assert holds(str(empty)) is Holds.EMPTY
    assert [(one.name, one.stat().st_size) for one in tmp_path.iterdir()] == [("empty.db", 0)]


@pytest.mark.postgres
@pytest.mark.parametrize("empty_place", ["postgres"], indirect=True)
def test_an_empty_database_of_a_server_is_empty(empty_place: str):
    assert holds(empty_place) is Holds.EMPTY
    assert examine(empty_place).kind == "PostgreSQL"


def test_odd_letters_in_a_path_lead_to_the_file_itself(tmp_path: Path, sqlite_place: str):
    odd = tmp_path / "the shop's 100% ?#é.db"
    odd.write_bytes(Path(sqlite_place).read_bytes())
    assert holds(str(odd)) is Holds.SHOP
    assert examine(str(odd)).check == "ok"


def test_a_file_that_is_no_database_is_a_fault(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("milk, bread\n" * 100)
    with pytest.raises(EnvironmentFault) as fault:
        holds(str(tmp_path / "notes.txt"))
    assert fault.value.code == "database_damaged"


def test_the_alembic_table_of_another_program_makes_no_shop(tmp_path: Path):
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()
    assert holds(str(tmp_path / "other.db")) is Holds.OTHER


def test_a_password_is_not_shown():
    assert shown_place("postgresql://clerk:secret@host/shop") == "postgresql://clerk:***@host/shop"
