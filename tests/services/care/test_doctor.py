"""The doctor looks at everything and stumbles over nothing."""

import sqlite3
from pathlib import Path

import pytest

from posapp import __version__, paths
from posapp.domain.people.users import Role
from posapp.services.care.doctor import Finding, examine, shown_size
from posapp.services.desks import Shop
from posapp.storage.schema import HEAD
from tests.conftest import PrintQueue
from tests.factories import a_customer
from tests.people import a_user


def told(found: list[Finding]) -> dict[tuple[str, str], str]:
    return {(one.part, one.name): one.found for one in found}


def test_a_sound_shop_is_told_with_its_counts(shop: Shop, place: str):
    a_customer(shop, shop.actor("Till 1"), "Marta")
    found = told(examine(place))
    assert found["Program", "posapp"] == __version__
    assert "customer 1, phone 1" in found["Database", "Counts"]
    assert found["Database", "Revision"] == HEAD
    assert found["Database", "Kind"].startswith(("SQLite", "PostgreSQL"))
    assert "Marta" not in str(found)
    assert ("Database", "Trouble") not in found


def test_users_are_counted_and_nothing_of_them_is_told(shop: Shop, place: str):
    assert told(examine(place))["Database", "Users"] == "none: nobody has to sign in"
    till = shop.actor("Till 1")
    ann = a_user(shop, till, Role.ADMIN, name="Ann Admin")
    a_user(shop, till, name="Bob Bench")
    found = examine(place)
    assert told(found)["Database", "Users"] == "2, of whom 1 can sign in as ADMIN"
    assert not [one for one in ("Ann", "Bob", "argon2") if one in str(told(found)["Database", "Users"])]
    with shop.store.work(till) as uow:
        uow.users.update(ann.id, disabled_at=uow.stamp[0])
        uow.commit()
    [line] = [one for one in examine(place) if one.name == "Users"]
    assert (line.found, line.is_trouble) == ("2, of whom 0 can sign in as ADMIN", True)


def test_looking_at_a_place_leaves_it_as_it_was(tmp_path: Path):
    missing = tmp_path / "shop.db"
    assert told(examine(str(missing)))["Database", "Holds"] == "there is no shop here yet"
    assert list(tmp_path.iterdir()) == []


def test_the_data_of_another_program_is_named_as_such(tmp_path: Path):
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()
    assert told(examine(str(tmp_path / "other.db")))["Database", "Holds"] == "data of another program"


def test_a_damaged_page_is_found(sqlite_place: str):
    file = Path(sqlite_place)
    data = bytearray(file.read_bytes())
    data[8192:] = b"\x07" * (len(data) - 8192)
    file.write_bytes(data)
    troubles = [one for one in examine(sqlite_place) if one.part == "Database" and one.is_trouble]
    assert troubles


def test_a_newer_revision_is_told_with_the_one_that_is_known(sqlite_place: str):
    with sqlite3.connect(sqlite_place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert told(examine(sqlite_place))["Database", "Revision"] == f"9999, this posapp works with {HEAD}"


@pytest.mark.parametrize(
    "place", ["/", "postgresql://clerk:secret@127.0.0.1:1/shop", "mysql://x/y", "~nobody-here/x"]
)
def test_a_place_that_cannot_be_opened_is_a_line_of_the_text(place: str):
    found = examine(place)
    assert told(found)["Database", "Trouble"]
    assert told(found)["Program", "posapp"]
    assert "secret" not in str(found)


def test_folders_that_are_not_there_yet_are_told(tmp_path: Path):
    found = told(examine(str(tmp_path / "shop.db")))
    assert found["Folders", "Backups"] == f"{paths.backup_dir()} (not there yet)"
    assert " of " in found["Folders", "Free disk"]


def test_printers_are_told(tmp_path: Path, print_queue: PrintQueue):
    found = told(examine(str(tmp_path / "shop.db")))
    assert {name for part, name in found if part == "Printers"} == {"PDF", "RAW", "BROKEN"}


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KB"), (3 << 20, "3.0 MB"), (5 << 50, "5120.0 TB")],
)
def test_sizes_are_shown_for_people(size: int, shown: str):
    assert shown_size(size) == shown
