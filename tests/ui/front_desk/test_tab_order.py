"""Tab goes through the forms of a customer as they are read, in every state."""

from collections.abc import Callable

import pytest

from posapp.ui.customers.sheet import CustomerSheet
from tests.ui.front_desk.conftest import Clerk
from tests.ui.tabbing import assert_tab_reads


def plain(clerk: Clerk, sheet: CustomerSheet) -> None:
    """As it opens."""


def a_question_under_a_number(clerk: Clerk, sheet: CustomerSheet) -> None:
    sheet.phones._ask_new_number(  # as its button does
        sheet.phones._customer.phones[0],  # type: ignore[union-attr]
        sheet.phones._rows.itemAt(0).widget().layout(),  # type: ignore[union-attr, arg-type]
    )
    clerk.settle()


def with_people(clerk: Clerk, sheet: CustomerSheet) -> None:
    clerk.shop.customers.add_contact(clerk.actor, sheet.customer_id, "Tom")
    clerk.settle()


def an_error(clerk: Clerk, sheet: CustomerSheet) -> None:
    clerk.press("ctrl+A", "Delete", "ctrl+Return")
    assert sheet.details.name.message()


@pytest.mark.parametrize("state", [plain, with_people, a_question_under_a_number, an_error])
def test_tab_goes_through_the_customer_sheet(
    clerk: Clerk, state: Callable[[Clerk, CustomerSheet], None]
) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("087 914 0873")
    clerk.press("Enter", "alt+E")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, CustomerSheet)
    state(clerk, sheet)
    assert_tab_reads(sheet)


def test_tab_goes_through_a_restored_draft_and_its_notice(clerk: Clerk) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("087 914 0873")
    clerk.press("Enter", "alt+E", "End")
    clerk.type("-Nowak")
    clerk.press("Escape", "alt+E")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, CustomerSheet)
    assert assert_tab_reads(sheet)[0] == "Discard"
    sheet.details.name.editor.setFocus()
    clerk.press("alt+Delete")
    assert sheet.details.name.text() == "Marta Kowalczyk"
    assert clerk.session.drafts.load("customer-edit") is None


@pytest.mark.parametrize("has_phone", [True, False])
def test_tab_goes_through_the_form_of_a_new_customer(clerk: Clerk, has_phone: bool) -> None:
    clerk.press("ctrl+N")
    form = clerk.page.middle.newcomer.form
    if not has_phone:
        form.no_phone.click()
    assert_tab_reads(clerk.page.middle.newcomer)


def test_tab_goes_through_a_half_typed_new_customer_that_is_back(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Ann")
    clerk.press("Escape", "Escape", "ctrl+N")
    assert assert_tab_reads(clerk.page.middle.newcomer)[0] == "Discard"
    clerk.page.middle.newcomer.form.name.editor.setFocus()
    clerk.press("alt+Delete")
    assert clerk.page.middle.newcomer.form.name.text() == ""
    assert clerk.session.drafts.load("customer-new") is None


def test_a_name_that_came_from_the_search_is_no_draft(clerk: Clerk) -> None:
    clerk.type("Ann Lee")
    clerk.press("ctrl+N", "Escape")
    assert "Draft kept" not in clerk.toasts
    assert clerk.session.drafts.load("customer-new") is None
