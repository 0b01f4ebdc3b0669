"""Asking for a file leaves the shop's own file alone."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QListView, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui import file_dialogs
from posapp.ui.file_dialogs import FileDialog, made

_LOOK = (
    "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM a').fetchone())"
)


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Windows are not lost by a second handle")
def test_a_listed_database_keeps_its_locks(qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "shop.db"
    shop = sqlite3.connect(place)
    shop.execute("PRAGMA journal_mode = WAL")
    shop.execute("CREATE TABLE a (b)")
    dialog = made(None, "Import files", str(tmp_path), "All files (*)", QFileDialog.FileMode.ExistingFiles)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.setIconProvider(dialog.kinds)  # type: ignore[attr-defined]  # a native one had no use for it
    dialog.show()
    listed = dialog.findChild(QListView, "listView")
    assert listed is not None
    qtbot.waitUntil(lambda: listed.model().rowCount(listed.rootIndex()) > 0)
    qtbot.wait(300)
    subprocess.run([sys.executable, "-c", _LOOK, str(place)], check=True)
    assert Path(f"{place}-wal").exists()
    shop.close()


def test_a_file_is_saved_among_the_documents_unless_another_place_is_named(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def hear(
        _parent: QWidget, _title: str, place: str, *_more: object, **_options: object
    ) -> tuple[list[str], str]:
        asked.append(place)
        return [], ""

    monkeypatch.setattr(file_dialogs, "_asked", hear)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    parent = QWidget()
    qtbot.addWidget(parent)
    for name in ("B1.pdf", str(tmp_path / "other" / "B1.pdf")):
        FileDialog.getSaveFileName(parent, "Save the paper", name, "PDF (*.pdf)")
    assert asked == [str(tmp_path / "B1.pdf"), str(tmp_path / "other" / "B1.pdf")]
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "gone"))
    FileDialog.getSaveFileName(parent, "Save the paper", "B1.pdf", "PDF (*.pdf)")
    assert asked[-1] == "B1.pdf"
