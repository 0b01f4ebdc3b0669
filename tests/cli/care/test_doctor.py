"""`posapp doctor` answers whatever the database is like."""

from pathlib import Path

from tests.cli.conftest import Cli


def test_a_sound_shop_is_told_in_parts(cli: Cli, sqlite_place: str):
    out = cli("doctor").out
    for part in ("Program", "Database", "Folders", "Printers", "Fonts"):
        assert f"{part}\n" in out
    assert sqlite_place in out
    document = cli("doctor", "--json").json
    assert document["database"]["Quick check"] == "ok"
    assert document["till"]


def test_a_missing_shop_is_told_and_not_created(bare: Cli, tmp_path: Path):
    missing = tmp_path / "missing.db"
    assert "there is no shop here yet" in bare("doctor", "--database", missing).out
    assert not missing.exists()


def test_a_damaged_shop_is_told(cli: Cli, sqlite_place: str):
    Path(sqlite_place).write_bytes(b"\x07" * 9000)
    document = cli("doctor", "--json").json
    assert any("not a shop's data" in trouble for trouble in document["trouble"])


def test_the_password_of_a_server_is_not_told(bare: Cli):
    done = bare("doctor", "--database", "postgresql://clerk:secret@127.0.0.1:1/shop")
    assert done.status == 0
    assert "secret" not in done.out + done.err
    assert "does not answer" in done.out
