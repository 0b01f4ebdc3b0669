import logging
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp import till_settings
from posapp.till_settings import TillSettings, load, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "till.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_missing_file_means_defaults_and_no_word_about_it(file: Path, caplog: pytest.LogCaptureFixture):
    settings = load(file)
    assert settings == TillSettings()
    assert settings.name
    assert settings.slip_paper == "80mm"
    assert settings.scanner_gap_ms == 35
    assert not caplog.records


def test_what_is_saved_is_loaded(file: Path):
    wanted = TillSettings(
        name="Theke Süd",
        database="postgresql+psycopg://shop@server/posapp",
        ui_scale=130,
        theme="dark",
        touch=True,
        scanner_gap_ms=50,
        scanner_prefix="~",
        plain_keys=False,
        keys={"Ctrl+P": "Ctrl+J"},
        receipt_printer='Bon "links"',
        a4_printer="Büro\\A4",
        slip_paper="letter",
        slip_output="pdf",
        sound=False,
    )
    save(wanted, file)
    assert load(file) == wanted
    assert [path.name for path in file.parent.iterdir()] == ["till.toml"]


@given(
    name=st.text(min_size=1, max_size=40).filter(lambda text: text == text.strip() and text.isprintable()),
    printer=st.text(max_size=100).filter(str.isprintable),
    scale=st.sampled_from(till_settings.UI_SCALES),
)
def test_any_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str, printer: str, scale: int):
    file = tmp_path_factory.mktemp("till") / "till.toml"
    wanted = TillSettings(name=name, receipt_printer=printer, ui_scale=scale)
    save(wanted, file)
    assert load(file) == wanted


def test_keys_of_a_newer_posapp_are_passed_over(file: Path):
    write(file, 'theme = "dark"\ncustomer_display = true\n[later]\nkey = 1\n')
    assert load(file) == TillSettings(theme="dark")


@pytest.mark.parametrize(
    "line",
    [
        "ui_scale = 101",
        "ui_scale = 100.0",
        "ui_scale = true",
        'ui_scale = "100"',
        'theme = "pink"',
        "theme = []",
        "touch = 1",
        'touch = "yes"',
        "scanner_gap_ms = 0",
        "scanner_gap_ms = 99999999999999999999",
        'name = ""',
        'name = "   "',
        'name = "a\\nb"',
        f'name = "{"x" * 41}"',
        "name = 7",
        'slip_paper = "a3"',
        'slip_output = "fax"',
        "receipt_printer = {}",
        'database = "a\\u0000b"',
    ],
)
def test_a_value_that_makes_no_sense_gives_way_to_its_default(
    file: Path, line: str, caplog: pytest.LogCaptureFixture
):
    write(file, f'{line}\nscanner_prefix = "#"\n')
    assert load(file) == TillSettings(scanner_prefix="#")
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert line.partition(" ")[0] in record.getMessage()


@pytest.mark.parametrize("damage", [b"theme = ", b"\xff\xfe\x00", b"\0" * 512, b"a = 1\na = 2\n"])
def test_a_damaged_file_is_kept_beside(file: Path, damage: bytes, caplog: pytest.LogCaptureFixture):
    file.parent.mkdir()
    file.write_bytes(damage)
    assert load(file) == TillSettings()
    assert not file.exists()
    assert file.with_name("till.toml.bad").read_bytes() == damage
    assert "damaged" in caplog.text
    save(TillSettings(sound=False), file)
    assert not load(file).sound


def test_a_folder_in_its_place_means_defaults(file: Path, caplog: pytest.LogCaptureFixture):
    file.mkdir(parents=True)
    assert load(file) == TillSettings()
    assert "cannot be read" in caplog.text


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(file: Path, monkeypatch: pytest.MonkeyPatch):
    save(TillSettings(theme="dark"), file)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save(replace(load(file), theme="light"), file)
    assert load(file).theme == "dark"
    assert [path.name for path in file.parent.iterdir()] == ["till.toml"]


def test_every_setting_has_a_rule_for_its_values():
    assert set(till_settings._ACCEPTS) == set(TillSettings.__dataclass_fields__)
    defaults = TillSettings()
    assert all(accepts(getattr(defaults, key)) for key, accepts in till_settings._ACCEPTS.items())


@pytest.mark.parametrize("computer", ["front.shop.example", "front", "", "x" * 90, "a\tb", " . "])
def test_the_default_name_is_the_computers_or_till_1(computer: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("platform.node", lambda: computer)
    assert till_settings.is_name(till_settings.default_name())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_the_file_is_for_its_owner_only_as_it_may_hold_a_database_password(file: Path):
    save(TillSettings(), file)
    assert file.stat().st_mode & 0o077 == 0
