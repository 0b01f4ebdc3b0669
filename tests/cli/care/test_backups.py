"""`posapp backup`, `restore` and `backups`."""

import json
import os
from pathlib import Path

import pytest

from posapp import paths
from tests.cli.conftest import Cli
from tests.factories import a_shop
from tests.old_shops import lay_down


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
    done = shop("restore", copy, "--database", place)
    assert done.out.startswith("copy.db is restored: Harbour Lane Repairs, made 20")
    assert "go on 1,000 further: B, G, H, P, PL, S, T, Z" in done.err
    made = shop(
        "booking", "add", "--phone", "0862222222", "--at", "2030-11-20 12:00", "--database", place, "--json"
    )
    assert (made.json["pl_id"], made.json["number"]) == ("PL1002", "B1002")
    assert shop("verify", "--database", place).status == 0
    assert shop("customer", "show", "PL1", "--database", place).status == 0


def test_a_restore_over_data_that_cannot_be_read_goes_on_after_the_newest_papers(
    shop: Cli, tmp_path: Path, sqlite_place: str
):
    copy = tmp_path / "copy.db"
    shop("backup", copy)
    Path(sqlite_place).write_bytes(b"\x07" * 9000)
    assert shop("restore", copy, "--last-pl-id", "many", "--json").error["code"] == "pl_id_invalid"
    assert shop("restore", copy, "--last", "X7", "--json").error["code"] == "number_invalid"
    done = shop("restore", copy, "--last-pl-id", "50", "--last", "b9", "--last", "T33-2", "--json")
    far = dict.fromkeys("SPZGH", 1000)
    assert done.json["counters"] == {"PL": 50, "B": 9, "T": 33, **far}
    assert done.json["skipped"] == ["G", "H", "P", "S", "Z"]
    assert Path(done.json["replaced"]).read_bytes() == b"\x07" * 9000
    made = shop("booking", "add", "--phone", "0862222222", "--at", "2030-11-20 12:00", "--json").json
    assert (made["pl_id"], made["number"]) == ("PL51", "B10")
    assert shop("verify").status == 0


def test_each_question_of_a_restore_names_the_option_that_answers_it(
    shop: Cli, tmp_path: Path, sqlite_place: str
):
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    shop("backup", copy)
    Path(f"{copy}.json").rename(tmp_path / "away.json")
    unproven = shop("restore", copy, "--json").error
    assert (unproven["code"], "--unproven" in unproven["message"]) == ("backup_unproven", True)
    assert shop("restore", copy, "--unproven").status == 0
    (tmp_path / "away.json").rename(f"{copy}.json")
    a_shop(other, name="Elsewhere").close()
    strange = shop("restore", copy, "--database", other, "--json").error
    assert (strange["code"], "--other-shop" in strange["message"]) == ("other_shop", True)
    assert strange["facts"] == {"backup": "Harbour Lane Repairs", "shop": "Elsewhere"}
    assert shop("restore", copy, "--database", other, "--other-shop").status == 0
    assert shop("restore").status == shop("restore", copy, "--latest").status == 2


def test_the_newest_backup_is_tried_and_restored(shop: Cli, sqlite_place: str):
    assert shop("drill", "--json").error["code"] == "backup_missing"
    assert shop("restore", "--latest", "--json").error["code"] == "backup_missing"
    file = shop("backup", "--json").json["file"]
    assert shop("drill", "--json").json["file"] == file
    assert "would bring the shop back" in shop("drill").out
    Path(sqlite_place).unlink()
    assert shop("restore", "--latest", "--last", "PL1,B1", "--json").json["file"] == file
    assert "Harbour Lane Repairs" in shop("backups").out


@pytest.mark.parametrize("file", ["/nowhere.db", "/etc/hostname", "/"])
def test_what_is_no_backup_is_refused_and_changes_nothing(shop: Cli, file: str):
    done = shop("restore", file)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert shop("search", "marta", "--json").json


def test_a_backup_overwrites_nothing(shop: Cli, tmp_path: Path):
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    assert shop("backup", copy, "--json").error["code"] == "file_exists"
    assert copy.read_text() == "mine"
    assert shop("backup", tmp_path / "no" / "copy.db", "--json").error["code"] == "folder_missing"


def test_a_refusal_to_a_program_that_asked_for_progress_is_the_bare_sentence(shop: Cli, tmp_path: Path):
    assert shop("backup", tmp_path / "no" / "x.db", "--progress").err.startswith("There is no folder")


def test_a_shop_of_an_older_program_is_brought_up_and_the_way_back_is_named(cli: Cli, sqlite_place: str):
    lay_down(sqlite_place, "0003")
    done = cli("ids", "status", "--business", "Next Door", "--json")
    assert done.json["counter"] == 2
    assert "The way back is the backup of before" in done.err
    [backup] = cli("backups", "--json").json
    assert backup["file"] in done.err
    assert cli("ids", "status", "--business", "Next Door").err == ""


def test_a_computer_that_hides_nothing_still_keeps_the_shop_to_its_owner(bare: Cli):
    """Whatever others may do with new files by default: in the folders of the program nobody looks."""
    usual = os.umask(0)
    try:
        words = ("--business", "Ann", "--region", "IE", "--currency", "EUR", "--time-zone", "Europe/Dublin")
        assert bare("init", *words).status == 0
        assert bare("backup").status == 0
    finally:
        os.umask(usual)
    made = [paths.data_dir(), *paths.data_dir().rglob("*")]
    assert {one.stat().st_mode & 0o777 for one in made if one.is_dir()} == {0o700}
    assert {one.stat().st_mode & 0o777 for one in made if one.is_file()} == {0o600}
    assert {one.name for one in made} >= {"posapp.db", "logs", "posapp.log", "backups"}


@pytest.mark.parametrize("name", ["x" * 300, "ring"])
def test_a_backup_whose_name_can_be_none_is_one_sentence(shop: Cli, tmp_path: Path, name: str):
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    done = shop("backup", tmp_path / name)
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert "did not expect" not in done.err
