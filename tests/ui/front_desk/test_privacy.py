"""Consent, the data of a person and anonymising in the customer's sheet, with keys."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from posapp.domain.customers.consents import ConsentKind, newest
from posapp.services.customers.customers import EditCustomer
from posapp.services.figures.history import EventKind
from posapp.ui.customers.erase_dialog import EraseDialog
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.history.words import step_words
from posapp.ui.wording import Wording
from tests.ui.a11y import assert_named
from tests.ui.front_desk.conftest import Clerk


def _open(clerk: Clerk) -> CustomerSheet:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("087 914 0873")
    clerk.press("Enter", "alt+E")
    return _sheet(clerk)


def _sheet(clerk: Clerk) -> CustomerSheet:
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, CustomerSheet)
    return sheet


def _dialog() -> EraseDialog:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, EraseDialog) and one.isVisible()
    )


def _ask(clerk: Clerk, sheet: CustomerSheet) -> EraseDialog:
    sheet.privacy.erase.click()
    clerk.settle()
    return _dialog()


def test_a_tick_is_noted_at_once_and_can_be_taken_back(clerk: Clerk) -> None:
    sheet = _open(clerk)
    assert_named(sheet)
    clerk.tab_to("Photos of devices")
    clerk.press("Space")
    clerk.settle()
    held = newest(clerk.shop.consents.of_customer(clerk.actor, sheet.customer_id))
    assert held[ConsentKind.PHOTOS].is_given
    clerk.press("Space")
    clerk.settle()
    answers = clerk.shop.consents.of_customer(clerk.actor, sheet.customer_id)
    assert [one.is_given for one in answers] == [True, False]
    assert not sheet.privacy.ticks[ConsentKind.PHOTOS].isChecked()
    page = clerk.shop.history.page(clerk.actor, 1, kinds=frozenset({EventKind.CHANGE}))
    steps = [clerk.shop.history.detail(clerk.actor, 1, one).steps[0] for one in page.events[:2]]
    assert sorted(step_words(step, Wording()) for step in steps) == [
        "Consent given: Photos of devices",
        "Consent withdrawn: Photos of devices",
    ]


@pytest.mark.parametrize(("name", "begins"), [("marta.pdf", b"%PDF"), ("marta.json", b"{")])
def test_the_data_of_a_person_goes_into_a_file(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, begins: bytes
) -> None:
    sheet = _open(clerk)
    file = tmp_path / name
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    # A key of the window: to a line under X11, Ctrl+E alone means its end.
    assert "Ctrl+E" in [key for action in clerk.window.shortcuts.listed() for key in action.bound]
    clerk.press("ctrl+E")
    clerk.settle()
    assert file.read_bytes().startswith(begins)
    assert f"Written to {name}" in clerk.toasts
    sheet.privacy_steps.write_to(file)
    clerk.settle()
    assert "already" in sheet.notice.text() or "exists" in sheet.notice.text()
    sheet.privacy_steps.write_to(tmp_path / "no folder" / name)
    clerk.settle()
    assert not sheet.notice.isHidden()


def test_a_person_is_forgotten_after_a_question_whose_safe_answer_is_the_usual_one(clerk: Clerk) -> None:
    sheet = _open(clerk)
    dialog = _ask(clerk, sheet)
    assert dialog.no.isDefault() and not dialog.yes.isDefault()
    dialog.yes.click()
    assert dialog.isVisible() and dialog.reason.message() == "Say why."
    dialog.reason.set_text("by letter")
    dialog.yes.click()
    clerk.settle()
    assert clerk.window.sheet_content is None
    known = clerk.shop.customers.resolve(clerk.actor, "PL1").customer
    assert known.erased_at is not None and known.name == ""
    assert "PL1 is anonymised." in clerk.toasts
    assert clerk.page.card.name.full_text() == "Anonymised PL1"
    clerk.window.activateWindow()  # no manager of windows does so here
    clerk.settle()
    assert clerk.focus is clerk.page.finder.search
    clerk.press("alt+E")
    shown = _sheet(clerk)
    assert not shown.details.isEnabled() and shown.privacy.erase.isHidden()


def test_what_stands_in_the_way_is_told_and_nothing_can_be_agreed_to(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.ticket(clerk.shop.customers.resolve(clerk.actor, "PL1").customer, "Galaxy S22")
    dialog = _ask(clerk, sheet)
    assert dialog.yes.isHidden() and dialog.reason.isHidden()
    dialog.no.click()
    clerk.settle()
    assert clerk.window.sheet_content is sheet


def test_a_record_that_was_changed_since_the_question_is_not_forgotten(clerk: Clerk) -> None:
    sheet = _open(clerk)
    dialog = _ask(clerk, sheet)
    clerk.session.feed.stop()
    clerk.shop.customers.edit(clerk.actor, EditCustomer(customer_id=sheet.customer_id, note="new"))
    dialog.reason.set_text("by letter")
    dialog.yes.click()
    clerk.settle()
    assert "changed" in sheet.notice.text()
    assert clerk.shop.customers.resolve(clerk.actor, "PL1").customer.erased_at is None
