"""From one declaration come shortcut, key bar, F1 and button."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.actions import Action, KeyWord, hint
from posapp.ui.layout import rows
from posapp.ui.widgets.buttons import action_button, action_icon
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.shell import Shell

CTRL = Qt.KeyboardModifier.ControlModifier


class Board(Page):
    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.done: list[str] = []
        self.has_card = True
        self.field = QLineEdit()
        rows(self.field, host=self)

    def own_actions(self) -> tuple[Action, ...]:
        return (
            hint("↑↓", "Move"),
            Action("find", "Find on the board", "Ctrl+F", lambda: self.done.append("find"), word="Find"),
            Action(
                "print",
                "Print the label",
                "Ctrl+P Ctrl+Shift+P",
                lambda: self.done.append("print"),
                icon="printer",
                when=lambda: self.has_card,
            ),
        )

    def first_field(self) -> QWidget:
        return self.field


@pytest.fixture
def board(window: MainWindow, qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> Board:
    window.add_page(PageEntry("board", "Board", "house", "F3", Board))
    show(window)
    made = window.show_page("board")
    assert isinstance(made, Board)
    qtbot.waitUntil(made.field.hasFocus)
    return made


def test_the_key_bar_shows_what_can_be_done_now(window: MainWindow, board: Board) -> None:
    assert board.keys() == [
        KeyWord("↑↓", "Move"),
        KeyWord("Ctrl+F", "Find"),
        KeyWord("Ctrl+P", "Print the label"),
    ]
    board.has_card = False
    board.keys_changed.emit()
    shown = window.key_bar.keys()
    assert [one.keys for one in shown] == ["↑↓", "Ctrl+F", "F1"]


def test_a_key_runs_its_action_only_while_it_can_be_done(qtbot: QtBot, board: Board) -> None:
    qtbot.keyClick(board.field, Qt.Key.Key_F, CTRL)
    qtbot.keyClick(board.field, Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    board.has_card = False
    qtbot.keyClick(board.field, Qt.Key.Key_P, CTRL)
    assert board.done == ["find", "print"]


def test_f1_lists_the_keys_of_the_page_with_their_full_words(window: MainWindow, board: Board) -> None:
    own = [(one.keys, one.text) for one in window.shortcuts.listed() if one.page == "board"]
    assert own == [("Ctrl+F", "Find on the board"), ("Ctrl+P Ctrl+Shift+P", "Print the label")]


def test_a_button_has_the_words_icon_and_key_of_its_action(qtbot: QtBot, board: Board) -> None:
    action = board.own_actions()[2]
    made, small = action_button(action), action_icon(action)
    qtbot.addWidget(made)
    qtbot.addWidget(small)
    assert (made.text(), made.key, made.accessibleDescription()) == ("Print the label", "Ctrl+P", "Ctrl+P")
    assert (small.accessibleName(), small.toolTip()) == ("Print the label", "Print the label (Ctrl+P)")
    made.click()
    small.click()
    assert board.done == ["print", "print"]
