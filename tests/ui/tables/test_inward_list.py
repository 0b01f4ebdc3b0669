"""A list beside what it chooses turns with the arrows, and Enter goes into what it chose."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from posapp.ui.tables import TwoLineDelegate
from posapp.ui.tables.inward_list import InwardList
from posapp.ui.theme import Theme


@pytest.fixture
def topics(look: Theme, qtbot: QtBot) -> InwardList:
    made = InwardList("Topics", str, TwoLineDelegate(), ["First", "Second"])
    made.turn_to(0)
    qtbot.addWidget(made)
    made.setFocus()
    return made


def test_an_arrow_turns_at_once(topics: InwardList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(topics.turned) as turned:
        qtbot.keyClick(topics, Qt.Key.Key_Down)
    assert turned.args == [1]


@pytest.mark.parametrize(
    ("direction", "key"),
    [
        (Qt.LayoutDirection.LeftToRight, Qt.Key.Key_Return),
        (Qt.LayoutDirection.LeftToRight, Qt.Key.Key_Right),
        (Qt.LayoutDirection.RightToLeft, Qt.Key.Key_Left),
    ],
)
def test_enter_and_the_arrow_inward_go_into_it(
    topics: InwardList, qtbot: QtBot, direction: Qt.LayoutDirection, key: Qt.Key
) -> None:
    topics.setLayoutDirection(direction)
    with qtbot.waitSignal(topics.went_inside):
        qtbot.keyClick(topics, key)
