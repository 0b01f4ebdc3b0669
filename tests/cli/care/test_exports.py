"""`posapp export`: one file, tables, standard output, and who may."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, People


@pytest.fixture
def shop(cli: Cli) -> Cli:
    cli("customer", "add", "--phone", "0871234567", "--name", "Marta")
    return cli


def test_everything_is_written_to_one_file_and_never_over_another(shop: Cli, tmp_path: Path):
    file = tmp_path / "all.json"
    done = shop("export", "--json", file)
    assert done.status == 0 and f"are written to {file}" in done.out
    told = json.loads(file.read_bytes())
    assert (told["format"], told["version"]) == ("posapp-export", 1)
    assert told["businesses"][0]["next_pl_id"] == "PL2"
    [customer] = told["customers"]
    assert (customer["pl_id"], customer["name"]) == ("PL1", "Marta")
    assert customer["phones"] == ["+353871234567"]
    again = shop("export", "--json", file)
    assert again.status == 1 and "There is already a file" in again.err
    assert shop("export", "--json", file, "--force", "--progress").err.splitlines()[-1] == json.dumps(
        {"progress": {"step": "export", "done": 100, "total": 100}}
    )


def test_a_dash_is_standard_output_and_nothing_else_stands_there(shop: Cli, tmp_path: Path):
    shop("export", "--json", tmp_path / "all.json")
    assert shop("export", "--json", "-").out.encode() == (tmp_path / "all.json").read_bytes()


def test_tables_go_into_a_new_folder(shop: Cli, tmp_path: Path):
    assert shop("export", "--csv", tmp_path / "tables").status == 0
    assert "Marta" in (tmp_path / "tables" / "customer.csv").read_text(encoding="utf-8-sig")
    refused = shop("export", "--csv", tmp_path / "tables")
    assert refused.status == 1 and "Choose an empty folder" in refused.err
    assert shop("export", "--csv", tmp_path / "tables", "--force").status == 0
    assert shop("export").status == 2
    assert shop("export", "--csv", tmp_path / "x", "--json", tmp_path / "y").status == 2


def test_the_shop_itself_is_never_written_over(shop: Cli, sqlite_place: str):
    before = Path(sqlite_place).read_bytes()
    assert shop("export", "--json", sqlite_place, "--force").status == 1
    assert Path(sqlite_place).read_bytes() == before


def test_who_may_not_maintain_the_data_exports_nothing(people: People, tmp_path: Path):
    people.add("Bob", "staff")
    file = tmp_path / "all.json"
    assert people("Bob", "export", "--json", file).status == 1
    assert people("", "export", "--json", file).status == 1
    assert not file.exists()
    assert people("Ann", "export", "--json", file).status == 0
    assert b"argon2" not in file.read_bytes()


def test_the_same_shop_comes_out_of_the_file_in_a_new_database(shop: Cli, tmp_path: Path):
    file, place = tmp_path / "all.json", tmp_path / "new.db"
    shop("export", "--json", file)
    made = shop("import", file, "--database", place, "--json").json
    assert (made["system"], made["businesses"]) == ("posapp", ["Harbour Lane Repairs"])
    assert (made["created"], made["database"]) == (1, str(place))
    assert shop("export", "--json", "-", "--database", place).out.encode() == file.read_bytes()
    assert shop("verify", "--database", place).status == 0
    assert shop("customer", "add", "--phone", "0862222222", "--database", place, "--json").json["pl_id"] == (
        "PL2"
    )
    refused = shop("import", file, "--json")
    assert refused.error["code"] == "database_exists"
    tried = shop("import", file, "--database", tmp_path / "x.db", "--dry-run", "--json")
    assert tried.error["code"] == "export_whole"
    assert not (tmp_path / "x.db").exists()


def test_an_import_into_a_shop_with_users_is_told_how_to_sign_in_again(people: People, tmp_path: Path):
    file, place = tmp_path / "all.json", tmp_path / "new.db"
    people("Ann", "export", "--json", file)
    done = people("", "import", file, "--database", place, "--progress")
    assert done.status == 0 and "posapp user reset-admin" in done.err
    assert people("", "verify", "--database", place).status == 0
    assert people("Ann", "search", "x", "--database", place).status == 1
    assert people("", "user", "reset-admin", "--database", place).status == 0


def test_a_damaged_file_is_refused_and_makes_no_database(shop: Cli, tmp_path: Path):
    file, place = tmp_path / "all.json", tmp_path / "new.db"
    shop("export", "--json", file)
    file.write_bytes(file.read_bytes().replace(b"Marta", b"Maria"))
    refused = shop("import", file, "--database", place, "--json")
    assert refused.error["code"] == "export_damaged"
    assert not place.exists()
