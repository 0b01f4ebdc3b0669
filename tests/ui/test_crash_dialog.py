import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from posapp.ui.crash_dialog import CrashDialog, CrashHook, details_of
from posapp.ui.theme import Theme
from tests.ui.a11y import assert_named


@pytest.fixture
def hook(tmp_path: Path, look: Theme) -> Iterator[CrashHook]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    made = CrashHook(tmp_path / "logs")
    yield made
    made.uninstall()
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def dialog() -> CrashDialog | None:
    shown = [part for part in QApplication.topLevelWidgets() if isinstance(part, CrashDialog)]
    return next((part for part in shown if part.isVisible()), None)


def test_a_bug_is_logged_and_told_calmly(hook: CrashHook, tmp_path: Path, qtbot: QtBot) -> None:
    try:
        raise ValueError("the secret inside")
    except ValueError as error:
        hook.caught(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    words = " ".join(label.text() for label in shown.findChildren(QLabel))
    assert "What you typed is kept" in words
    assert "secret" not in words
    assert_named(shown)
    shown.copy_details()
    assert "ValueError: the secret inside" in QApplication.clipboard().text()
    shown.accept()
    assert "Traceback" in (tmp_path / "logs" / "posapp.log").read_text(encoding="utf-8")


def test_errors_of_threads_reach_the_same_hook(hook: CrashHook, tmp_path: Path, qtbot: QtBot) -> None:
    before, thread_before = sys.excepthook, threading.excepthook
    hook.install()
    try:
        worker = threading.Thread(target=lambda: 1 // 0, name="paper")
        worker.start()
        worker.join()
    finally:
        hook.uninstall()
        sys.excepthook, threading.excepthook = before, thread_before
    qtbot.waitUntil(lambda: dialog() is not None)
    shown = dialog()
    assert shown is not None
    shown.accept()
    assert "ZeroDivisionError" in (tmp_path / "logs" / "posapp.log").read_text(encoding="utf-8")


def test_details_say_which_versions_ran() -> None:
    error = RuntimeError("broken")
    said = details_of(RuntimeError, error, None)
    assert said.startswith("posapp ")
    assert "Qt 6." in said
    assert "RuntimeError: broken" in said


def test_what_qt_says_is_noted_without_a_lock_and_written_a_moment_later(
    hook: CrashHook, tmp_path: Path
) -> None:
    log = tmp_path / "logs" / "posapp.log"
    held = [handler for handler in logging.getLogger().handlers if handler.lock is not None]
    before, thread_before = sys.excepthook, threading.excepthook
    hook.install()
    try:
        worker = threading.Thread(target=qWarning, args=("a plug-in is missing",))
        for handler in held:
            handler.acquire()  # somebody writes a line of the log just now
        try:
            worker.start()
            worker.join(20)
            assert not worker.is_alive()
        finally:
            for handler in held:
                handler.release()
    finally:
        hook.uninstall()
        sys.excepthook, threading.excepthook = before, thread_before
    assert "a plug-in is missing" in log.read_text(encoding="utf-8")
