import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer

from posapp import paths
from posapp.ui.settings.restore_dialog import RestoreDialog

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def child_finds_posapp(monkeypatch):
    """The child process is started with this Python; it needs the checkout on its path."""
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    )


def asking_all_the_time(manager):
    """The window asks the database every moment what other tills wrote; a restore must come through."""
    session = manager.session

    def ask():
        if not session.lanes.database.is_busy:
            session.lanes.database.run(
                session.shop.businesses.all, done=lambda _all: None, failed=lambda _error: None
            )

    timer = QTimer(manager.window, interval=10)
    timer.timeout.connect(ask)
    timer.start()
    return timer


def backups():
    return sorted(paths.backup_dir().glob("*.db"))


def test_a_backup_is_made_by_a_process_of_its_own_and_listed(manager, qtbot):
    section = manager.open("data")
    assert section.empty.isVisible()
    manager.press("alt+B")
    assert section.job.is_running
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    manager.settle()
    assert section.job.outcome.text() == "The backup is made and checked."
    assert len(backups()) == 1
    assert [row.file for row in section.table.rows.rows()] == backups()


def test_the_health_check_reads_every_rule_and_says_so(manager, qtbot):
    section = manager.open("data")
    manager.tab_to("Check the data")
    manager.press("Space")
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    assert section.job.outcome.text() == "Every rule is kept. All is in order."


def test_a_check_can_be_cancelled(manager, qtbot):
    section = manager.open("data")
    manager.tab_to("Check the data")
    manager.press("Space")
    assert section.job.cancel.hasFocus()
    manager.press("Space")
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    assert section.job.outcome.text()
    assert section.backup.isEnabled()


def test_a_restore_puts_the_shop_of_the_backup_back_and_keeps_what_it_replaces(manager, qtbot, monkeypatch):
    section = manager.open("data")
    manager.press("alt+B")
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    manager.settle()
    manager.open("shop")
    manager.replace("Renamed since")
    manager.press("Return")
    section = manager.open("data")
    started = []
    monkeypatch.setattr(section, "start_again", lambda: started.append(True))
    poll = asking_all_the_time(manager)
    asked: list[str] = []

    def yes(_parent, what):
        asked.append(what)
        return True

    monkeypatch.setattr(RestoreDialog, "ask", yes)
    manager.tab_to("Backups")
    qtbot.keyClick(manager.focus, Qt.Key.Key_Return)  # not `press`: with such asking no lane is ever quiet
    qtbot.waitUntil(lambda: bool(started), timeout=60_000)
    poll.stop()
    assert "the backup of" in asked[0]
    assert list(paths.data_dir().glob("posapp-replaced-*.db"))
    assert [one.name for one in manager.session.shop.businesses.all()] == ["Harbour Lane Repairs"]


def test_a_file_that_is_no_backup_changes_nothing(manager, qtbot, tmp_path):
    section = manager.open("data")
    wrong = tmp_path / "holiday.db"
    wrong.write_bytes(b"not a database" * 200)
    section.restore_from(wrong)
    qtbot.waitUntil(lambda: bool(section.job.outcome.text()), timeout=60_000)
    manager.settle()
    assert [one.name for one in manager.session.shop.businesses.all()] == ["Harbour Lane Repairs"]


def test_the_question_before_a_restore_has_the_safe_answer_in_front(manager, qtbot):
    dialog = RestoreDialog(manager.window, "the backup of Thu 12 Mar 2026, 09:14")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.keep.hasFocus)
