import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from posapp import paths
from posapp.services.care.backup_sight import Seen
from posapp.storage.base.manifests import Facts
from posapp.ui.settings.restore_dialog import RestoreDialog, RestoringDialog

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

    def yes(_parent, what, seen):
        asked.append(what)
        assert (seen.businesses, seen.is_other, seen.needs_numbers) == ("Harbour Lane Repairs", False, False)
        return []

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


def seen(manager, **values):
    file = manager.session.shop.store.database.file
    facts = Facts(identity="0" * 32, businesses=("Harbour Lane Repairs",))
    values = {"is_vouched_for": True, "is_other": False, "needs_numbers": False, **values}
    return Seen(file, facts, made_at=None, till="Till 2", **values)


def words_of(dialog):
    return " ".join(one.text() for one in dialog.findChildren(QLabel) if not one.isHidden())


def test_the_question_before_a_restore_names_the_shop_and_has_the_safe_answer_in_front(manager, qtbot):
    dialog = RestoreDialog(manager.window, "the backup of Thu 12 Mar 2026, 09:14", seen(manager))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.keep.hasFocus)
    assert "It holds Harbour Lane Repairs. It was made at Till 2." in words_of(dialog)
    assert "another shop" not in words_of(dialog)
    assert not dialog.numbers.isVisible()
    dialog.restore.click()
    assert (dialog.result(), dialog.options()) == (1, [])


def test_what_has_to_be_decided_is_asked_and_the_newest_papers_are_scanned(manager, qtbot):
    doubtful = seen(manager, is_vouched_for=False, is_other=True, needs_numbers=True)
    dialog = RestoreDialog(manager.window, "copy.db", doubtful)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "another shop" in words_of(dialog)
    assert "Nothing beside it shows" in words_of(dialog)
    for code in ("PL120", "b80", "T33-2"):
        qtbot.keyClicks(dialog.numbers.editor, code)
        qtbot.keyClick(dialog.numbers.editor, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.options() == ["--unproven", "--other-shop", "--last", "PL120 b80 T33-2"]
    qtbot.keyClicks(dialog.numbers.editor, "X1")
    dialog.restore.click()
    assert dialog.isVisible()
    assert "is no number of a paper" in dialog.numbers.message()


def test_the_newest_backup_is_tried_by_a_process_of_its_own(manager, qtbot):
    section = manager.open("data")
    assert not section.tried.isEnabled()
    manager.press("alt+B")
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    manager.settle()
    section.tried.click()
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    assert section.job.outcome.text() == "The newest backup would bring the shop back."


def test_a_backup_that_breaks_a_rule_is_restored_only_after_a_question(manager, qtbot, monkeypatch):
    section = manager.open("data")
    with manager.session.shop.store.database.connection(writes=True) as connection:
        connection.exec_driver_sql("UPDATE counter SET last = 7 WHERE name = 'B'")
        connection.commit()
    manager.press("alt+B")
    qtbot.waitUntil(lambda: not section.job.is_running, timeout=60_000)
    manager.settle()
    started = []
    monkeypatch.setattr(section, "start_again", lambda: started.append(True))
    section.restore_from(backups()[0])
    dialog = manager.window.findChild(RestoringDialog)
    qtbot.waitUntil(dialog.question.isVisible, timeout=60_000)
    assert "breaks 1 rule" in dialog.job.outcome.text()
    qtbot.waitUntil(dialog.keep.hasFocus)
    dialog.faulty.click()
    qtbot.waitUntil(lambda: bool(started), timeout=60_000)
