import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo

from posapp import paths
from posapp.ui.scanner import Scanner
from tests.ui.wedge import Wedge


def open_till(manager):
    """The form of this till; behind it stand its keys."""
    part = manager.open("till").part
    manager.press("Tab")
    return part


def test_theme_and_size_change_at_once_and_are_there_at_the_next_start(manager, look, stored_till):
    section = open_till(manager)
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
    open_till(manager)
    manager.tab_to("100 %")
    manager.press("alt+1")
    assert look.scale == 90


def test_the_tills_new_name_stands_in_what_is_written_from_then_on(manager, stored_till):
    manager.session.drafts.save("booking", {"phone": "085"})
    open_till(manager)
    manager.replace("Front desk")
    manager.press("Return")
    assert stored_till().name == "Front desk"
    assert manager.session.actor.till == "Front desk"
    assert manager.session.drafts.load("booking") == {"phone": "085"}


def test_the_open_shift_of_a_till_goes_on_under_its_new_name(manager):
    shop = manager.session.shop
    shop.shifts.open(manager.session.actor, 5000)
    open_till(manager)
    manager.replace("Front desk")
    manager.press("Return")
    manager.settle()
    assert shop.shifts.x(manager.session.actor).shift.till == "Front desk"


def test_a_till_without_a_name_is_refused(manager, stored_till):
    section = open_till(manager)
    manager.replace("  ")
    manager.press("Return")
    assert section.form.name.message() == "Enter a name of at most 40 characters."
    assert manager.session.till.name == "Till 1"


def test_a_gap_that_no_scanner_has_is_refused(manager, stored_till):
    section = open_till(manager)
    manager.tab_to("Longest gap between keys, in ms")
    manager.replace("2000")
    manager.press("Tab")
    assert section.form.gap.message() == "Enter a whole number from 5 to 200."
    manager.tab_to("Longest gap between keys, in ms")
    manager.replace("50")
    manager.press("Tab")
    assert stored_till().scanner_gap_ms == 50


def test_boxes_are_ticked_with_the_space_bar(manager, look, stored_till):
    open_till(manager)
    manager.tab_to("Larger targets for fingers")
    manager.press("Space")
    assert look.touch
    assert stored_till().touch


@pytest.fixture
def scanned(manager):
    """Scan into the test field of a till that has a scanner; gives what is said about it."""
    opened: list[str] = []
    scanner = Scanner(manager.window)
    scanner.scanned.connect(opened.append)
    section = open_till(manager)
    manager.tab_to("Try the scanner")
    manager.settle()
    wedge = Wedge(manager.window)

    def scan(code, *, gap=5, end=Qt.Key.Key_Return, before=None):
        wedge.rest()
        if before is not None:
            wedge.key(*before)
        wedge.scan(code, gap=gap, end=end)
        manager.settle()
        assert not opened
        assert section.form.test.text() == ""
        return section.form.heard.text()

    return scan


def test_the_test_field_says_how_fast_a_scan_was_and_learns_a_slow_scanner(manager, scanned, stored_till):
    for end in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        assert scanned("PL24", end=end) == "Scanned “PL24”, gaps of up to 5 ms. The scanner works."
    assert "another keyboard layout" in scanned("PL(", gap=60)
    assert stored_till().scanner_gap_ms == 35
    assert "knows the scanner now" in scanned("PL24", gap=60)
    assert stored_till().scanner_gap_ms == 75
    assert manager.session.till.scanner_gap_ms == 75
    assert "works" in scanned("T", gap=60)  # one character has no gap to learn from
    assert "as slow as typing" in scanned("PL24", gap=101)
    assert stored_till().scanner_gap_ms == 75
    assert scanned("PL24", gap=100).endswith("now.")
    assert stored_till().scanner_gap_ms == 100
    manager.press("ctrl+Z")
    assert stored_till().scanner_gap_ms == 75


def test_the_test_field_learns_the_key_that_comes_before_codes(scanned, stored_till):
    f9 = (Qt.Key.Key_F9,)
    assert "knows the scanner now" in scanned("PL24", before=f9)
    assert stored_till().scanner_prefix == "<F9>"
    assert "works" in scanned("PL24", before=f9)
    assert "does not begin with “<F9>”" in scanned("PL24")


def test_what_scans_begin_and_end_with_is_a_sign_or_a_key(manager, stored_till):
    section = open_till(manager)
    for typed in ("<STX>", "~", "<x>"):
        for field in (section.form.prefix, section.form.suffix):
            field.editor.setFocus()
            manager.replace(typed)
        manager.press("Tab")
        if typed != "<x>":
            assert (stored_till().scanner_prefix, stored_till().scanner_suffix) == (typed, typed)
    for field in (section.form.prefix, section.form.suffix):
        assert field.message() == "Enter at most 8 characters, or a key such as <F9> or <STX>."
    assert (stored_till().scanner_prefix, stored_till().scanner_suffix) == ("~", "~")


def test_settings_that_cannot_be_written_are_explained(manager, monkeypatch):
    blocked = paths.config_dir()
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file where the folder should be")
    section = open_till(manager)
    manager.replace("Front desk")
    manager.press("Return")
    assert "cannot be written" in section.form.name.message()
    assert manager.session.till.name == "Till 1"
