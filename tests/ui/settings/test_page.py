import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from posapp import __version__
from tests.ui.a11y import assert_named

SECTIONS = ("shop", "services", "people", "hours", "printing", "till", "data", "help", "about")


def test_arrows_walk_through_the_sections_and_esc_comes_back_to_the_list(manager):
    manager.press("F8", "Down", "Down")
    assert manager.page.section.accessibleName() == "People and benches"
    manager.press("Return")
    assert manager.page.section.isAncestorOf(manager.focus)
    manager.press("Escape")
    assert manager.focus.accessibleName() == "Sections of the settings"
    manager.press(*["Down"] * 30)
    assert manager.page.section.accessibleName() == "About"


def test_a_section_has_its_own_keys_whichever_were_open_before_it(manager):
    manager.press("F8", *["Down"] * 30)
    manager.open("services")
    keys = {action.id for action in manager.window.shortcuts.listed() if action.page == "settings"}
    assert keys == {action.id for action in manager.page.section.own_actions() if action.run is not None}
    manager.press("alt+N")
    assert manager.window.sheet_content is not None


def test_every_section_is_opened_from_the_list_and_has_names_for_everything(manager):
    for section in SECTIONS:
        manager.open(section)
        assert_named(manager.page)


def test_shift_f1_opens_the_help_and_its_pages_are_read_by_keys(manager):
    manager.open("shop")
    manager.press("shift+F1")
    view = manager.page.section
    assert manager.page.section.accessibleName() == "Help"
    assert view.reader.toPlainText().startswith("The first day")
    manager.press("Return", "Down")
    assert view.reader.accessibleName() == "Find a customer"
    assert view.reader.toPlainText().startswith("Find a customer")
    manager.press("Return")
    assert view.reader.hasFocus()
    manager.press("Escape")
    assert view.list.hasFocus()


def test_a_link_of_the_help_turns_to_its_topic_and_the_page_takes_the_colours_of_the_theme(manager, look):
    reader = manager.open("help").reader
    reader.anchorClicked.emit(QUrl("03-book-a-visit.md"))
    assert reader.toPlainText().startswith("Book a visit")
    look.change(choice="dark")
    first = reader.document().begin().begin().fragment().charFormat()
    assert first.foreground().color() == look.tokens.text


def test_a_section_is_opened_by_its_name_from_elsewhere(manager):
    manager.window.show_page("settings", "help")
    assert manager.page.section.accessibleName() == "Help"


@pytest.mark.parametrize("size", [(1024, 720), (1366, 768)])
@pytest.mark.parametrize("scale", [100, 115])
def test_no_section_is_wider_than_the_window(manager, look, size, scale):
    look.change(scale=scale)
    manager.window.resize(*size)
    for section in SECTIONS:
        manager.open(section)
        shown = manager.page.section
        assert shown.mapTo(manager.window, shown.rect().bottomRight()).x() <= manager.window.width()


def test_about_names_the_version_and_copies_the_diagnostics(manager, qtbot):
    section = manager.open("about")
    assert __version__ in section.version.text()
    manager.press("Space")
    qtbot.waitUntil(lambda: "Diagnostics copied" in manager.toasts, timeout=30_000)
    text = QApplication.clipboard().text()
    assert "posapp: " in text
    assert str(manager.session.shop.store.database.file) in text


def test_printers_that_cannot_be_listed_are_a_sentence_and_no_trouble(manager):
    section = manager.open("printing")
    manager.settle()
    assert section.found.text()
    assert section.receipt.value() == ""
    assert section.search.button.isEnabled()


def test_paper_is_chosen_by_keys_and_the_slip_follows(manager, stored_till):
    section = manager.open("printing")
    shown = section.view._pages[0].width
    manager.press("Right")
    assert stored_till().slip_paper == "58mm"
    manager.tab_to("One")
    manager.press("Right")
    assert stored_till().claim_copies == 2
    assert section.view._pages[0].width < shown


def test_a_test_print_tells_the_real_outcome(manager, print_queue, qtbot):
    section = manager.open("printing")
    manager.tab_to("Look for printers")
    manager.press("Space")
    manager.tab_to("Printer for rolls (80 mm, 58 mm)")
    section.receipt.choose("BROKEN")
    manager.press("Tab")
    for printer, tone in (("BROKEN", False), ("PDF", True)):
        section.receipt.choose(printer)
        section._save_printer(section.receipt)
        manager.tab_to("Print a test slip")
        manager.press("Space")
        qtbot.waitUntil(lambda: bool(section.test.outcome.text()), timeout=60_000)
        assert ("finished" in section.test.outcome.text()) is tone
