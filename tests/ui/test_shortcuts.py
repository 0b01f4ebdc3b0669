from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.shortcuts import Shortcuts

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def line(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> QLineEdit:
    host = QWidget()
    edit = QLineEdit("some words", host)
    QVBoxLayout(host).addWidget(edit)
    show(host)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


@pytest.fixture
def shortcuts(line: QLineEdit) -> Shortcuts:
    return Shortcuts(line.window())


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_D, Qt.Key.Key_H, Qt.Key.Key_B])
def test_keys_of_the_window_win_over_a_line_edit(
    qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts, key: Qt.Key
) -> None:
    heard: list[str] = []
    shortcuts.add("act", "Act", f"Ctrl+{chr(key.value)}", lambda: heard.append("act"))
    qtbot.keyClick(line, key, CTRL)
    assert heard == ["act"]
    assert line.text() == "some words"


def test_keys_of_text_stay_with_the_text(qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts) -> None:
    heard: list[str] = []
    shortcuts.add("undo", "Undo", "Ctrl+Z", lambda: heard.append("undo"))
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert (line.text(), heard) == ("some words", [])
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert heard == ["undo"]


def test_the_page_in_front_wins_and_the_others_are_silent(
    qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts
) -> None:
    heard: list[str] = []
    shortcuts.add("print", "Print", "Ctrl+P", lambda: heard.append("window"))
    shortcuts.add("print", "Print the slip", "Ctrl+P", lambda: heard.append("history"), page="history")
    shortcuts.add("week", "Week", "Alt+W", lambda: heard.append("week"), page="calendar")
    shortcuts.enter_page("history")
    qtbot.keyClick(line, Qt.Key.Key_P, CTRL)
    qtbot.keyClick(line, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    shortcuts.enter_page("calendar")
    qtbot.keyClick(line, Qt.Key.Key_P, CTRL)
    assert heard == ["history", "window"]
    assert [action.text for action in shortcuts.listed()] == ["Week", "Print"]


def test_a_till_can_use_other_keys(qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts) -> None:
    heard: list[str] = []
    shortcuts.rebind({"new": ["Ctrl+J"]})
    shortcuts.add("new", "New customer", "Ctrl+N", lambda: heard.append("new"))
    qtbot.keyClick(line, Qt.Key.Key_N, CTRL)
    qtbot.keyClick(line, Qt.Key.Key_J, CTRL)
    assert heard == ["new"]
    assert shortcuts.keys_of("new") == "Ctrl+J"
