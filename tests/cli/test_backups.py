"""`posapp backup`, `restore` and `backups`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def shop(cli: Cli) -> Cli:
    cli("booking", "add", "--phone", "0871234567", "--name", "Marta", "--at", "2030-11-20 10:00")
    return cli


def test_a_backup_lies_in_the_folder_of_backups_and_is_listed(shop: Cli):
    assert shop("backups").out == "There is no backup yet.\n"
    made = shop("backup", "--json").json
    assert Path(made["file"]).is_file()
    assert made["size"] == Path(made["file"]).stat().st_size
    assert shop("backups", "--json").json == [{**made, "made_at": made["made_at"][:19] + "+00:00"}]
    assert made["file"] in shop("backups").out


def test_backups_are_listed_when_the_data_is_damaged_or_gone(shop: Cli, sqlite_place: str):
    file = shop("backup", "--json").json["file"]
    Path(sqlite_place).write_bytes(b"\x07" * 9000)
    assert shop("search", "x").status == 1
    assert [one["file"] for one in shop("backups", "--json").json] == [file]
    Path(sqlite_place).unlink()
    assert [one["file"] for one in shop("backups", "--json").json] == [file]
    assert not Path(sqlite_place).exists()


def test_a_backup_tells_its_progress(shop: Cli, tmp_path: Path):
    done = shop("backup", tmp_path / "copy.db", "--progress")
    assert done.status == 0
    assert json.loads(done.err.splitlines()[-1]) == {
        "progress": {"step": "backup", "done": 100, "total": 100}
    }


def test_a_restore_brings_the_old_data_back_and_keeps_the_newer(shop: Cli, tmp_path: Path):
    copy = tmp_path / "copy.db"
    shop("backup", copy)
    shop("customer", "add", "--phone", "0861111111", "--name", "Tom")
    done = shop("restore", copy, "--json").json
    assert shop("search", "tom", "--json").json == []
    assert shop("search", "marta", "--json").json
    assert shop("search", "tom", "--database", done["replaced"], "--json").json
    assert shop("customer", "add", "--phone", "0862222222", "--json").json["pl_id"] == "PL3"
    assert shop("verify").status == 0
    refused = shop("ids", "init", "1", "--json").error
    assert refused["facts"]["given_out"] == 3


def test_a_restore_makes_a_shop_where_there_is_none(shop: Cli, tmp_path: Path):
    copy, place = tmp_path / "copy.db", tmp_path / "new.db"
    shop("backup", copy)
    assert shop("restore", copy, "--database", place).out == "copy.db is restored\n"
    assert shop("customer", "show", "PL1", "--database", place).status == 0


def test_a_restore_over_data_that_cannot_be_read_needs_the_last_numbers(
    shop: Cli, tmp_path: Path, sqlite_place: str
):
    copy = tmp_path / "copy.db"
    shop("backup", copy)
    Path(sqlite_place).write_bytes(b"\x07" * 9000)
    error = shop("restore", copy, "--json").error
    assert error["code"] == "last_numbers_missing"
    assert "--last-pl-id" in error["message"]
    assert shop("restore", copy, "--last-pl-id", "many", "--json").error["code"] == "pl_id_invalid"
    assert shop("restore", copy, "--last-pl-id", "PL50", "--last-booking", "B9").status == 0
    made = shop("booking", "add", "--phone", "0862222222", "--at", "2030-11-20 12:00", "--json").json
    assert (made["pl_id"], made["number"]) == ("PL51", "B10")


@pytest.mark.parametrize("file", ["/nowhere.db", "/etc/hostname", "/"])
def test_what_is_no_backup_is_refused_and_changes_nothing(shop: Cli, file: str):
    done = shop("restore", file)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert shop("search", "marta", "--json").json


def test_a_backup_overwrites_nothing(shop: Cli, tmp_path: Path):
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    assert shop("backup", copy, "--json").error["code"] == "backup_exists"
    assert copy.read_text() == "mine"
    assert shop("backup", tmp_path / "no" / "copy.db", "--json").error["code"] == "folder_missing"


def test_a_refusal_to_a_program_that_asked_for_progress_is_the_bare_sentence(shop: Cli, tmp_path: Path):
    assert shop("backup", tmp_path / "no" / "x.db", "--progress").err.startswith("There is no folder")
