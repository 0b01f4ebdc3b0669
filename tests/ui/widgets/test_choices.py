from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.widgets.choices import ChipGroup, Choice, ChoiceGroup, Segmented

CHOICES = [Choice("any", "Anyone free"), Choice("aino", "Aino"), Choice("ravi", "Ravi")]


@pytest.fixture(params=[ChipGroup, Segmented])
def group(request: pytest.FixtureRequest, show: Callable[[QWidget], QWidget]) -> ChoiceGroup:
    made: ChoiceGroup = request.param(CHOICES, name="With")
    host = QWidget()
    column = QVBoxLayout(host)
    column.addWidget(QLineEdit())
    column.addWidget(made)
    column.addWidget(QLineEdit())
    show(host)
    return made


def buttons(group: ChoiceGroup) -> list[QAbstractButton]:
    return [part for part in group.findChildren(QAbstractButton) if part.isVisible()]


def test_arrows_choose_and_go_round(group: ChoiceGroup, qtbot: QtBot) -> None:
    heard: list[str] = []
    group.chosen.connect(heard.append)
    first = buttons(group)[0]
    first.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focus = next(part for part in buttons(group) if part.hasFocus())
        qtbot.keyClick(focus, key)
    assert heard == ["aino", "ravi", "any", "ravi"]
    assert group.current() == "ravi"


def test_a_group_is_one_tab_stop(group: ChoiceGroup) -> None:
    group.set_current("aino")
    stops = [part.text() for part in buttons(group) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == ["Aino"]


def test_setting_a_choice_tells_nobody_and_a_click_does(group: ChoiceGroup, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(group.chosen):
        group.set_current("ravi")
    with qtbot.waitSignal(group.chosen) as told:
        qtbot.mouseClick(buttons(group)[0], Qt.MouseButton.LeftButton)
    assert told.args == ["any"]


def test_new_choices_keep_what_was_taken(group: ChoiceGroup) -> None:
    group.set_current("ravi")
    group.set_choices([CHOICES[2], CHOICES[0]])
    assert group.current() == "ravi"
    group.set_choices([CHOICES[0]])
    assert group.current() == ""
    assert not group.choose_number(2)
    assert group.choose_number(1)


def test_tab_finds_the_group_in_its_place_whatever_was_rebuilt(
    show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    host, before, after = QWidget(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(host)
    group = ChipGroup(name="With")
    for part in (before, group, after):
        column.addWidget(part)
    show(host)
    for choices in ((), CHOICES[:1], CHOICES, CHOICES[1:], ()):
        group.set_choices(choices)
        for choice in choices or (None,):
            group.set_current(choice.key if choice else "")
            before.setFocus()
            if choice is not None:
                tab(qtbot)
                assert has_focus(group)
            tab(qtbot)
            assert after.hasFocus()
            tab(qtbot, back=True)
            assert choice is None or has_focus(group)


def test_a_group_can_be_put_into_another_order(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    host, first, second = QWidget(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(host)
    group = ChipGroup(CHOICES, name="With")
    group.set_current("aino")
    for part in (group, second, first):
        column.addWidget(part)
    QWidget.setTabOrder(first, group)
    QWidget.setTabOrder(group, second)
    show(host)
    for choice in CHOICES:
        group.set_current(choice.key)
        first.setFocus()
        tab(qtbot)
        assert has_focus(group)
        tab(qtbot)
        assert second.hasFocus()


def test_new_choices_keep_the_focus_in_the_group(group: ChoiceGroup) -> None:
    group.set_current("aino")
    group.setFocus()
    group.set_choices([CHOICES[1], CHOICES[0]])
    assert group.current() == "aino"
    assert [part.text() for part in buttons(group) if part.hasFocus()] == ["Aino"]


def has_focus(group: ChoiceGroup) -> bool:
    return group.focusProxy() is QApplication.focusWidget()


def tab(qtbot: QtBot, *, back: bool = False) -> None:
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    qtbot.keyClick(QApplication.focusWidget(), key)
