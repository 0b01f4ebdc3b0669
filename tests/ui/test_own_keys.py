"""The keys of a till: which can be moved, where to, and that everything follows at once."""

import logging
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.errors import DomainError
from posapp.ui.actions import Action
from posapp.ui.help.reader import Reader
from posapp.ui.own_keys import FIXED, OwnKeys, own_keys, portable, standard_keys
from posapp.ui.theme import Theme
from posapp.ui.widgets.buttons import action_button, icon_button
from posapp.ui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def keys(look: Theme) -> OwnKeys:
    return own_keys()


def test_a_key_of_the_program_is_pressed_where_the_till_has_it(
    window: MainWindow, qtbot: QtBot, show: Callable[[QWidget], QWidget], keys: OwnKeys
):
    done: list[str] = []
    window.shortcuts.bind([Action("print", "Print", "Ctrl+P", lambda: done.append("print"))])
    show(window)
    keys.wear({"Ctrl+P": "Ctrl+J"})
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert not done
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL)
    assert done == ["print"]


def test_what_shows_a_key_shows_the_new_one_at_once(window: MainWindow, keys: OwnKeys):
    made = action_button(Action("print", "Print", "Ctrl+P", print))
    small = icon_button("printer", "Print", key="Ctrl+P")
    before = made.sizeHint().width()
    keys.wear({"Ctrl+P": "Ctrl+Shift+F12", "Ctrl+K": "Ctrl+J"})
    assert made.accessibleDescription() == "Ctrl+Shift+F12"
    assert small.toolTip() == "Print (Ctrl+Shift+F12)"
    assert made.sizeHint().width() > before
    assert window.top_bar.search.toolTip() == "Search everything (Ctrl+J)"
    keys.wear({})
    assert (made.accessibleDescription(), small.toolTip()) == ("Ctrl+P", "Print (Ctrl+P)")


def test_a_topic_of_the_help_names_the_keys_of_the_till(qtbot: QtBot, keys: OwnKeys):
    reader = Reader()
    qtbot.addWidget(reader)
    reader.show_markdown("`Ctrl+P` prints, `Enter` goes on.")
    keys.wear({"Ctrl+P": "Ctrl+J"})
    assert reader.toPlainText() == "Ctrl+J prints, Enter goes on."


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("Ctrl+B", "Ctrl+B is taken: New booking."),
        ("Ctrl+C", "Ctrl+C is needed by fields, lists or the system."),
        ("Alt+3", "Alt+3 is needed by fields, lists or the system."),
        ("F10", "F10 is needed by fields, lists or the system."),
        ("Return", "Take an F key, or a letter together with Ctrl or Alt."),
        ("P", "Take an F key, or a letter together with Ctrl or Alt."),
        ("Shift+P", "Take an F key, or a letter together with Ctrl or Alt."),
        ("Ctrl+Alt+P", "Take an F key, or a letter together with Ctrl or Alt."),
        ("Del", "Take an F key, or a letter together with Ctrl or Alt."),
        ("Ctrl+Down", "Take an F key, or a letter together with Ctrl or Alt."),
    ],
)
def test_a_key_that_something_else_needs_is_refused_with_its_reason(keys: OwnKeys, own: str, sentence: str):
    with pytest.raises(DomainError) as refused:
        keys.check("Ctrl+P", own)
    assert refused.value.sentence == sentence


def test_a_key_that_was_left_free_can_be_taken_and_is_then_not_free_any_more(keys: OwnKeys):
    keys.wear({"Ctrl+B": "Ctrl+G"})
    keys.check("Ctrl+P", "Ctrl+B")
    with pytest.raises(DomainError):
        keys.check("Ctrl+P", "Ctrl+G")
    keys.wear({"Ctrl+P": "Ctrl+B", "Ctrl+B": "Ctrl+G"})  # in whatever order they were moved
    assert (keys.of("Ctrl+P"), keys.of("Ctrl+B")) == ("Ctrl+B", "Ctrl+G")


def test_what_makes_no_sense_in_the_file_is_left_where_it_was(
    keys: OwnKeys, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        keys.wear(
            {"Ctrl+P": "Return", "Ctrl+W": "Ctrl+J", "Ctrl+B": "Ctrl+G", "Ctrl+T": "Ctrl+G", "F9": "Ctrl+Q"}
        )
    assert [keys.of(key) for key in ("Ctrl+P", "Ctrl+W", "F9")] == ["Ctrl+P", "Ctrl+W", "Ctrl+Q"]
    assert {keys.of("Ctrl+B"), keys.of("Ctrl+T")} in ({"Ctrl+B", "Ctrl+G"}, {"Ctrl+G", "Ctrl+T"})
    assert len(caplog.records) == 3


def test_every_standard_key_is_one_that_can_be_taken(keys: OwnKeys):
    for key in standard_keys():
        assert key == portable(key)
        keys.check(key, key)
    assert {portable(key) for key in FIXED} >= {"Esc", "Ctrl+Return", "Alt+Del"}
