"""`posapp key`: the key of the passcodes goes from till to till as a file."""

from pathlib import Path

import pytest

from posapp import paths
from tests.cli.conftest import Cli


@pytest.fixture(autouse=True)
def _till_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSAPP_DATA_DIR", str(tmp_path / "till"))


def test_the_key_is_written_for_its_owner_alone_and_read_by_another_till(
    bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "key.txt"
    said = bare("key", "export", file)
    assert said.status == 0
    assert file.read_text().strip() not in said.out
    assert file.stat().st_mode & 0o077 == 0
    first = (paths.data_dir() / "passcode.key").read_bytes()
    monkeypatch.setenv("POSAPP_DATA_DIR", str(tmp_path / "other till"))
    assert bare("key", "import", file, "--json").json == {"imported": True}
    assert (paths.data_dir() / "passcode.key").read_bytes() == first


def test_a_file_that_is_there_is_left_alone_and_another_key_is_not_replaced(bare: Cli, tmp_path: Path):
    file = tmp_path / "key.txt"
    bare("key", "export", file)
    assert bare("key", "export", file, "--json").error["code"] == "file_exists"
    assert bare("key", "export", file, "--force").status == 0
    file.write_text(file.read_text()[:-4] + "AAA\n")
    assert bare("key", "import", file, "--json").status == 1
    file.write_bytes(b"\xff\xfe\x00")
    assert bare("key", "import", file, "--json").error["code"] == "passcode_key_invalid"
    assert bare("key", "import", tmp_path / "none", "--json").error["code"] == "file_unread"


def test_a_key_is_never_written_over_the_shop_or_the_key_itself(cli: Cli, sqlite_place: str):
    cli("key", "export", Path(sqlite_place).with_name("key.txt"))
    own = paths.data_dir() / "passcode.key"
    for file in (Path(sqlite_place), own):
        before = file.read_bytes()
        assert cli("key", "export", file, "--force", "--json").error["code"] == "file_kept"
        assert file.read_bytes() == before
    Path(sqlite_place).write_bytes(b"damaged")
    assert cli("key", "export", sqlite_place, "--force", "--json").error["code"] == "file_kept"


def test_no_key_is_made_for_a_file_that_cannot_be_written(bare: Cli, tmp_path: Path):
    assert bare("key", "export", tmp_path / "no" / "key.txt", "--json").error["code"] == "folder_missing"
    assert not (paths.data_dir() / "passcode.key").exists()
