from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo

from posapp import paths
from posapp.ui.scanner import Scanner


def test_theme_and_size_change_at_once_and_are_there_at_the_next_start(manager, look, stored_till):
    section = manager.open("till")
    before = section.form.name.label.font().pixelSize()
    manager.tab_to("100 %")
    manager.press("Right")
    assert look.scale == 115
    manager.tab_to("Light")
    manager.press("Right")
    assert look.is_dark
    assert (stored_till().ui_scale, stored_till().theme) == (115, "dark")
    section.form.name.label.ensurePolished()
    assert QFontInfo(section.form.name.label.font()).pixelSize() > before
    manager.press("ctrl+Z")
    assert not look.is_dark
    assert stored_till().theme == "light"


def test_alt_and_a_number_choose_in_the_group_that_has_the_focus(manager, look):
    manager.open("till")
    manager.tab_to("100 %")
    manager.press("alt+1")
    assert look.scale == 90


def test_the_tills_new_name_stands_in_what_is_written_from_then_on(manager, stored_till):
    manager.session.drafts.save("booking", {"phone": "085"})
    manager.open("till")
    manager.replace("Front desk")
    manager.press("Return")
    assert stored_till().name == "Front desk"
    assert manager.session.actor.till == "Front desk"
    assert manager.session.drafts.load("booking") == {"phone": "085"}


def test_a_till_without_a_name_is_refused(manager, stored_till):
    section = manager.open("till")
    manager.replace("  ")
    manager.press("Return")
    assert section.form.name.message() == "Enter a name of at most 40 characters."
    assert manager.session.till.name == "Till 1"


def test_a_gap_that_no_scanner_has_is_refused(manager, stored_till):
    section = manager.open("till")
    manager.tab_to("Longest gap between keys, in ms")
    manager.replace("2000")
    manager.press("Tab")
    assert section.form.gap.message() == "Enter a whole number from 5 to 200."
    manager.tab_to("Longest gap between keys, in ms")
    manager.replace("50")
    manager.press("Tab")
    assert stored_till().scanner_gap_ms == 50


def test_boxes_are_ticked_with_the_space_bar(manager, look, stored_till):
    manager.open("till")
    manager.tab_to("Larger targets for fingers")
    manager.press("Space")
    assert look.touch
    assert stored_till().touch


def test_a_scan_into_the_test_field_says_how_fast_it_was_and_opens_nothing(manager, qtbot):
    scanner = Scanner(manager.window)
    opened: list[str] = []
    scanner.scanned.connect(opened.append)
    section = manager.open("till")
    manager.tab_to("Try the scanner")
    manager.settle()
    qtbot.keyClicks(manager.focus, "PL24")
    qtbot.keyClick(manager.focus, Qt.Key.Key_Return)
    manager.settle()
    assert "“PL24”" in section.form.heard.text()
    assert not opened
    assert section.form.test.text() == ""


def test_settings_that_cannot_be_written_are_explained(manager, monkeypatch):
    blocked = paths.config_dir()
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where the folder should be")
    section = manager.open("till")
    manager.replace("Front desk")
    manager.press("Return")
    assert "cannot be written" in section.form.name.message()
    assert manager.session.till.name == "Till 1"
