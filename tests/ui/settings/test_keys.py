"""The keys of this till in Settings: seen, moved, refused, put back."""

import pytest
from PySide6.QtCore import Qt

from posapp.ui.own_keys import own_keys
from posapp.ui.settings.keys import KeysSection


@pytest.fixture
def section(manager) -> KeysSection:
    whole = manager.open("till")
    manager.press("Right", "Tab")
    assert isinstance(whole.part, KeysSection)
    return whole.part


def choose(manager, section, key: str) -> None:
    names = [row.id for row in section.table.rows.rows()]
    manager.press("Home", *["Down"] * names.index(key))


def shown(section, key: str) -> list[str]:
    table = section.table.rows
    row = [one.id for one in table.rows()].index(key)
    return [table.index(row, column).data() for column in range(table.columnCount())]


def test_a_key_is_moved_by_pressing_the_new_one_and_is_there_at_the_next_start(manager, section, stored_till):
    choose(manager, section, "Ctrl+K")
    manager.press("Return", "ctrl+J")
    manager.press("ctrl+Return")
    assert stored_till().keys == {"Ctrl+K": "Ctrl+J"}
    assert shown(section, "Ctrl+K") == ["Search everything", "Ctrl+J", "Ctrl+K"]
    assert manager.toasts[-1] == "Search everything: Ctrl+J"
    assert manager.focus is section.table
    manager.press("ctrl+Z")
    assert stored_till().keys == {}
    assert shown(section, "Ctrl+K") == ["Search everything", "Ctrl+K", ""]


def test_a_key_that_another_has_is_refused_by_its_name_and_nothing_is_done(manager, section, stored_till):
    choose(manager, section, "Ctrl+K")
    manager.press("Return", "F8")
    assert manager.window.current_page_id == "settings"
    assert manager.window.sheet_content.form.key.message() == "F8 is taken: Settings."
    manager.press("ctrl+Return")
    assert manager.session.till.keys == {}
    manager.press("Escape")
    assert manager.focus is section.table


@pytest.mark.parametrize("key", ["A", "ctrl+C", "Delete", "alt+4"])
def test_keys_that_fields_need_are_taken_down_and_refused(manager, section, key):
    manager.press("Return", key)
    assert manager.window.sheet_content.form.key.problem() is not None
    assert manager.window.sheet_content.form.key.message()


def test_nothing_pressed_is_asked_for(manager, section):
    manager.press("Return", "ctrl+Return")
    assert manager.window.sheet_content.form.key.message() == "Press a key."


def test_the_key_that_the_scanner_sends_is_refused(manager, section):
    manager.session.till = type(manager.session.till)(name="Till 1", scanner_prefix="<F7>")
    manager.press("Return", "F7")
    message = manager.window.sheet_content.form.key.message()
    assert message == "The scanner of this till begins or ends its codes with F7."


def test_del_puts_one_back_and_alt_r_all(manager, section, stored_till):
    for key, own in (("Ctrl+B", "ctrl+G"), ("Ctrl+P", "ctrl+B")):
        choose(manager, section, key)
        manager.press("Return", own, "ctrl+Return")
    choose(manager, section, "Ctrl+B")
    manager.press("Delete")
    assert manager.said[-1] == "Ctrl+B is taken: Print."
    choose(manager, section, "Ctrl+P")
    manager.press("Delete")
    assert stored_till().keys == {"Ctrl+B": "Ctrl+G"}
    manager.press("alt+R")
    assert stored_till().keys == {}
    assert own_keys().of("Ctrl+B") == "Ctrl+B"
    assert section.table.hasFocus()


def test_the_words_in_the_bar_follow(manager, section):
    manager.press("F8")
    own_keys().wear({"F1": "Ctrl+G"})
    assert manager.window.key_bar.accessibleDescription().endswith("Ctrl+G All keys")
    manager.qtbot.keyClick(manager.window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert manager.window.in_front is not None
