from pathlib import Path

import pytest

from posapp import paths


def test_the_checkout_finds_its_resources():
    assert (paths.resources() / "icons" / "house.svg").is_file()
    assert (paths.resources() / "fonts" / "Inter-Regular.ttf").is_file()


def test_packed_resources_win_over_those_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    packed = tmp_path / "posapp" / "_resources"
    packed.mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "posapp")
    assert paths.resources() == packed


def test_the_two_folders_move_with_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POSAPP_DATA_DIR", str(tmp_path / "a"))
    monkeypatch.setenv("POSAPP_CONFIG_DIR", str(tmp_path / "b"))
    assert paths.default_database() == tmp_path / "a" / "posapp.db"
    assert paths.log_dir() == tmp_path / "a" / "logs"
    assert paths.backup_dir() == tmp_path / "a" / "backups"
    assert paths.till_settings_file() == tmp_path / "b" / "till.toml"


def test_without_the_environment_they_are_the_systems_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("POSAPP_DATA_DIR")
    monkeypatch.delenv("POSAPP_CONFIG_DIR")
    assert paths.data_dir().is_absolute()
    assert paths.data_dir().name == "posapp"
    assert paths.config_dir().is_absolute()


def test_asking_for_a_path_makes_nothing():
    assert not paths.draft_folder("Till 1").parent.exists()
    assert not paths.data_dir().exists()


@pytest.mark.parametrize("till", ["Till 1", "../../etc/passwd", "Kasse\\Süd", "टिल", "a" * 300, "con:", ""])
def test_every_till_name_gives_a_plain_folder_name(till: str):
    folder = paths.draft_folder(till)
    assert folder.parent == paths.data_dir() / "drafts"
    assert folder.name.isascii()
    assert len(folder.name) < 80
    assert not set(folder.name) & set('/\\:*?"<>| ')


def test_tills_with_similar_names_keep_apart():
    names = ["till-1", "Till 1", "till 1", "Till-1", "Till/1", "टिल", "तिल"]
    assert len({paths.draft_folder(name).name for name in names}) == len(names)
