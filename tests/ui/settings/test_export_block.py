"""Everything is exported from the page of the data by a child process, by keys."""

import csv
import json
import os
from pathlib import Path

import pytest

from posapp import files
from posapp.ui.file_dialogs import FileDialog

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def child_finds_posapp(monkeypatch):
    """The child process is started with this Python; it needs the checkout on its path."""
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    )


def test_one_file_is_written_by_a_key_and_it_is_said_where(manager, qtbot, monkeypatch, tmp_path):
    file = tmp_path / "all.json"
    file.write_text("agreed to go")
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    section = manager.open("data")
    manager.press("ctrl+E")
    assert section.exports.job.cancel.hasFocus()
    qtbot.waitUntil(lambda: not section.exports.job.is_running, timeout=60_000)
    assert section.exports.job.outcome.text() == f"Everything is written to {files.shown(file)}."
    assert json.loads(file.read_bytes())["format"] == "posapp-export"
    assert section.exports.as_file.hasFocus()


def test_tables_go_into_a_new_folder(manager, qtbot, monkeypatch, tmp_path):
    (tmp_path / "posapp tables").mkdir()
    monkeypatch.setattr(FileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    section = manager.open("data")
    manager.tab_to("Export as tables…")
    manager.press("Space")
    qtbot.waitUntil(lambda: not section.exports.job.is_running, timeout=60_000)
    folder = tmp_path / "posapp tables (2)"
    assert section.exports.job.outcome.text() == f"The tables are written to {files.shown(folder)}."
    with (folder / "business.csv").open(encoding="utf-8-sig") as opened:
        assert [row["name"] for row in csv.DictReader(opened)] == ["Harbour Lane Repairs"]


def test_an_export_that_is_cancelled_or_cannot_be_written_leaves_nothing(
    manager, qtbot, monkeypatch, tmp_path
):
    section = manager.open("data")
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "a.json"), ""))
    manager.press("ctrl+E")
    qtbot.waitUntil(lambda: not section.exports.job.is_running, timeout=60_000)
    assert "There is no folder" in section.exports.job.outcome.text()
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "all.json"), ""))
    manager.press("ctrl+E")
    manager.press("Space")  # Cancel
    qtbot.waitUntil(lambda: not section.exports.job.is_running, timeout=60_000)
    assert section.exports.job.outcome.text()
    assert [one for one in tmp_path.iterdir() if one.suffix in (".json", ".part")] in (
        [],
        [tmp_path / "all.json"],  # it was through already
    )


def test_nothing_is_asked_of_who_chooses_no_file(manager, monkeypatch):
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(FileDialog, "getExistingDirectory", lambda *_: "")
    section = manager.open("data")
    manager.press("ctrl+E")
    section.exports.ask_folder()
    assert not section.exports.job.is_running
