from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.fields import SearchField
from posapp.ui.tables import RowListModel


class Finder(QWidget):
    """A search line above its list."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.view = SearchField("Find a customer"), QListView()
        self.model = RowListModel(str, self)
        self.view.setModel(self.model)
        self.field.follow(self.view)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.view)


@pytest.fixture
def finder(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> Finder:
    made = Finder()
    show(made)
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def test_arrows_move_through_the_list_while_the_cursor_stays(finder: Finder, qtbot: QtBot) -> None:
    finder.model.show_rows(range(20))
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up):
        qtbot.keyClick(finder.field, key)
        rows.append(finder.view.currentIndex().row())
    assert rows == [0, 1, 9, 8]
    assert finder.field.hasFocus()


def test_arrows_in_an_empty_list_do_nothing(finder: Finder, qtbot: QtBot) -> None:
    qtbot.keyClick(finder.field, Qt.Key.Key_Down)
    assert not finder.view.currentIndex().isValid()


def test_enter_opens_and_the_clear_button_empties(finder: Finder, qtbot: QtBot) -> None:
    qtbot.keyClicks(finder.field, "ma")
    with qtbot.waitSignal(finder.field.opened):
        qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    clear = finder.field.findChildren(QPushButton)[0]
    assert clear.isVisible()
    with qtbot.waitSignal(finder.field.emptied):
        qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert finder.field.text() == ""
    assert finder.field.hasFocus()
    assert not clear.isVisible()
