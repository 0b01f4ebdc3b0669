from collections.abc import Callable

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.actions import Action, Keys
from posapp.ui.window.shortcuts import Shortcuts

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
    shortcuts.bind([Action("act", "Act", f"Ctrl+{chr(key.value)}", lambda: heard.append("act"))])
    qtbot.keyClick(line, key, CTRL)
    assert heard == ["act"]
    assert line.text() == "some words"


def test_keys_of_text_stay_with_the_text(qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts) -> None:
    heard: list[str] = []
    shortcuts.bind([Action("undo", "Undo", "Ctrl+Z", lambda: heard.append("undo"))])
    qtbot.keyClicks(line, "x")
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert (line.text(), heard) == ("some words", [])
    qtbot.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert heard == ["undo"]


def test_the_page_in_front_wins_and_the_others_are_silent(
    qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts
) -> None:
    heard: list[str] = []
    shortcuts.bind([Action("print", "Print", "Ctrl+P", lambda: heard.append("window"))])
    shortcuts.bind([Action("print", "Print the slip", "Ctrl+P", lambda: heard.append("history"))], "history")
    shortcuts.bind([Action("week", "Week", "Alt+W", lambda: heard.append("week"))], "calendar")
    shortcuts.enter_page("history")
    qtbot.keyClick(line, Qt.Key.Key_P, CTRL)
    qtbot.keyClick(line, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    shortcuts.enter_page("calendar")
    qtbot.keyClick(line, Qt.Key.Key_P, CTRL)
    assert heard == ["history", "window"]
    assert [action.text for action in shortcuts.listed()] == ["Week", "Print"]


def layout_of(widget: QWidget) -> QLayout:
    found = widget.layout()
    assert found is not None
    return found


class Sheet(QWidget):
    """Something in front of a page, with a key of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.heard: list[str] = []

    def front_keys(self) -> Keys:
        return {"Ctrl+P": lambda: self.heard.append("sheet")}


def test_what_lies_in_front_gets_the_keys_of_records_and_lists(
    qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts
) -> None:
    window = line.window()
    heard: list[str] = []
    covered: list[bool] = []
    shortcuts.covered.connect(lambda: covered.append(True))
    shortcuts.bind([Action("print", "Print", "Ctrl+P", lambda: heard.append("page"), on_record=True)])
    shortcuts.bind([Action("label", "Label", "Ctrl+L", lambda: heard.append("label"), on_record=True)])
    shortcuts.bind([Action("week", "Week", "Alt+W", lambda: heard.append("week"))])
    names = QListView(window)
    names.setModel(QStringListModel(["one", "two"], names))
    layout_of(window).addWidget(names)
    names.setFocus()
    qtbot.waitUntil(names.hasFocus)
    front: list[QWidget] = []
    shortcuts.in_front = lambda: front[-1] if front else None
    sheet = Sheet(window)
    front.append(sheet)
    for key, held in (
        (Qt.Key.Key_P, CTRL),
        (Qt.Key.Key_L, CTRL),
        (Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier),
    ):
        qtbot.keyClick(names, key, held)
    assert (sheet.heard, heard, len(covered)) == (["sheet"], ["week"], 1)
    qtbot.keyClick(names, Qt.Key.Key_T)
    qtbot.keyClick(names, Qt.Key.Key_Delete)
    assert (len(covered), names.currentIndex().row()) == (3, 0)
    front.append(window)  # a list inside what is in front takes its keys
    qtbot.keyClick(names, Qt.Key.Key_T)
    assert names.currentIndex().row() == 1
    front.clear()
    qtbot.keyClick(names, Qt.Key.Key_P, CTRL)
    assert heard == ["week", "page"]


def test_the_text_of_an_editable_box_is_taken_back_before_a_step(
    qtbot: QtBot, line: QLineEdit, shortcuts: Shortcuts
) -> None:
    heard: list[str] = []
    shortcuts.bind([Action("undo", "Undo", "Ctrl+Z", lambda: heard.append("undo"))])
    box = QComboBox(line.window())
    box.setEditable(True)
    layout_of(line.window()).addWidget(box)
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "ab")
    qtbot.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert (box.currentText(), heard) == ("", [])
    qtbot.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert heard == ["undo"]
