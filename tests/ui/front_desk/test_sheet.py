"""Editing a customer in the side sheet, with keys."""

from collections.abc import Callable
from dataclasses import replace

from posapp.domain.customers.customers import Customer, Terms
from posapp.services.catalogue.price_levels import SavePriceLevel
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer
from posapp.services.figures.history import EventKind
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.history.words import step_words
from posapp.ui.wording import Wording
from tests.old_data.factories import a_batch, an_old_id
from tests.ui.a11y import assert_named
from tests.ui.front_desk.conftest import Clerk


def _open(clerk: Clerk, name: str = "Marta Kowalczyk", phone: str = "087 914 0873") -> CustomerSheet:
    clerk.customer(name, phone)
    clerk.type(phone)
    clerk.press("Enter", "alt+E")
    return _sheet(clerk)


def _sheet(clerk: Clerk) -> CustomerSheet:
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, CustomerSheet)
    return sheet


def _now(clerk: Clerk, pl_id: str = "PL1") -> Customer:
    return clerk.shop.customers.resolve(clerk.actor, pl_id).customer


def test_a_name_is_corrected_and_shows_everywhere(clerk: Clerk) -> None:
    _open(clerk)
    clerk.hit("End")
    clerk.type("-Nowak")
    clerk.press("ctrl+Return")
    assert _now(clerk).name == "Marta Kowalczyk-Nowak"
    assert clerk.window.sheet_content is None
    assert clerk.page.card.name.full_text() == "Marta Kowalczyk-Nowak"
    assert clerk.focus is clerk.page.finder.search
    assert "PL1 saved" in clerk.toasts


def test_a_read_only_window_saves_nothing_and_keeps_the_draft(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.hit("End")
    clerk.type("-Nowak")
    clerk.window.set_read_only("The database does not answer.")
    clerk.press("ctrl+Return")
    assert _now(clerk).name == "Marta Kowalczyk"
    assert "draft is kept" in sheet.details.summary.text()


def test_a_saved_change_is_taken_back_with_ctrl_z(clerk: Clerk) -> None:
    _open(clerk)
    clerk.hit("End")
    clerk.type("x")
    clerk.press("ctrl+Return", "ctrl+Z")
    assert _now(clerk).name == "Marta Kowalczyk"


def test_terms_are_typed_told_and_taken_back(clerk: Clerk) -> None:
    level = clerk.shop.price_levels.save(clerk.actor, SavePriceLevel(name="Trade", percent_off=100_000))
    _open(clerk)
    clerk.tab_to("Price level")
    clerk.press("Down", "Tab")
    for typed in ("50", "IE 7", "Charity"):
        clerk.type(typed)
        clerk.press("Tab")
    clerk.press("ctrl+Return")
    assert _now(clerk).terms == Terms(level.id, "Charity", "IE 7", 5000)
    page = clerk.shop.history.page(clerk.actor, 1, kinds=frozenset({EventKind.CHANGE}))
    [edited, _made] = page.events
    [step] = clerk.shop.history.detail(clerk.actor, 1, edited).steps
    assert step_words(step, Wording(currency="EUR")) == (
        "Tax exempt “Charity”, Tax number “IE 7”, Price level “Trade”, May owe “€50.00”"
    )
    clerk.press("ctrl+Z")
    assert _now(clerk).terms == Terms()


def test_a_note_becomes_a_warning_on_the_card(clerk: Clerk) -> None:
    _open(clerk)
    clerk.tab_to("Note")
    clerk.type("Calls before 17:00 only")
    clerk.press("Tab", "Space", "ctrl+Return")
    assert _now(clerk).is_flagged
    assert clerk.page.card.note.accessibleName() == "Warning: Calls before 17:00 only"


def test_a_name_that_is_taken_out_is_refused(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.press("ctrl+A", "Delete", "ctrl+Return")
    assert sheet.details.name.message() == "Enter a name."
    assert _now(clerk).name == "Marta Kowalczyk"


def test_a_change_elsewhere_is_told_and_what_was_typed_stays(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.hit("End")
    clerk.type("-Nowak")
    clerk.session.feed.stop()  # the other till's change is not heard of in time
    other = replace(clerk.actor, till="Till 2")
    key = sheet.customer_id
    clerk.shop.customers.edit(other, EditCustomer(customer_id=key, name="Marta K", note="Rings twice"))
    clerk.press("ctrl+Return")
    assert sheet.details.summary.text() == (
        "PL1 was changed by Till 2 a moment ago. Look at the new values, then save again."
    )
    assert sheet.details.note.text() == "Rings twice"
    assert sheet.details.name.text() == "Marta Kowalczyk-Nowak"
    assert sheet.details.name.message() == "Now: Marta K"
    clerk.press("ctrl+Return")
    assert (_now(clerk).name, _now(clerk).note) == ("Marta Kowalczyk-Nowak", "Rings twice")


def test_escape_keeps_the_changes_and_edit_brings_them_back(clerk: Clerk) -> None:
    _open(clerk)
    clerk.hit("End")
    clerk.type("-Nowak")
    clerk.press("Escape")
    assert clerk.toasts[-1] == "Draft kept"
    clerk.press("alt+E")
    sheet = _sheet(clerk)
    assert sheet.details.name.text() == "Marta Kowalczyk-Nowak"
    assert sheet.notice.text().startswith("Draft restored · PL1 · typed ")
    assert _now(clerk).name == "Marta Kowalczyk"


def test_unsaved_changes_are_offered_after_a_crash(clerk: Clerk, open_desk: Callable[[], Clerk]) -> None:
    sheet = _open(clerk)
    clerk.hit("End")
    clerk.type("-Nowak")
    sheet.keep_draft()  # what the timer does every two seconds
    clerk.settle()
    again = open_desk()
    assert again.page.welcome.notice.text() == "Changes of PL1 Marta Kowalczyk were not saved yet."
    again.tab_to("Go on")
    again.press("Enter")
    assert _sheet(again).details.name.text() == "Marta Kowalczyk-Nowak"


def test_a_further_number_is_added_with_its_label(clerk: Clerk) -> None:
    _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("085 777 1234")
    clerk.press("Enter")
    clerk.type("work")
    clerk.press("ctrl+Return")
    lines = [(line.number.key, line.label, line.is_primary) for line in _now(clerk).phones]
    assert lines == [("+353879140873", "", True), ("+353857771234", "work", False)]
    clerk.tab_to("Make main, 085 777 1234")
    clerk.press("Enter")
    phone = _now(clerk).phone
    assert phone is not None and phone.key == "+353857771234"


def test_a_number_of_somebody_else_is_told_and_can_be_moved(clerk: Clerk) -> None:
    clerk.customer("Chidi Okafor", "087 700 1420")
    sheet = _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("087 700 1420")
    adder = sheet.phones.adder
    field = adder.field("phone")
    assert field is not None and field.message() == "Belongs to PL1 Chidi Okafor."
    steps = ["Open PL1", "Move the number here", "Merge", "Leave it"]
    assert [button.text() for button in adder.notice.buttons()] == steps
    clerk.press("Tab", "Tab", "Enter")
    assert adder.notice.text() == "PL1 loses this number today and keeps its history."
    clerk.press("Enter")
    assert len(_now(clerk, "PL2").current_phones) == 2
    assert _now(clerk, "PL1").current_phones == ()
    assert clerk.count() == 2


def test_a_number_of_somebody_else_is_exchanged_for_the_old_one(clerk: Clerk) -> None:
    clerk.customer("Chidi Okafor", "087 700 1420")
    _open(clerk)
    clerk.tab_to("New number instead, 087 914 0873")
    clerk.press("Enter")
    clerk.type("087 700 1420")
    clerk.tab_to("Exchange the numbers")
    clerk.press("Enter", "Enter")
    assert "Numbers exchanged" in clerk.toasts
    marta, chidi = _now(clerk, "PL2"), _now(clerk, "PL1")
    assert marta.phone is not None and marta.phone.key == "+353877001420"
    assert chidi.phone is not None and chidi.phone.key == "+353879140873"
    assert clerk.count() == 2


def test_the_owner_of_a_typed_number_can_be_opened(clerk: Clerk) -> None:
    chidi = clerk.customer("Chidi Okafor", "087 700 1420")
    _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("087 700 1420")
    clerk.press("Tab", "Enter")
    assert getattr(clerk.window.counter, "id", None) == chidi.id
    assert clerk.window.sheet_content is None


def test_a_changed_number_keeps_the_old_one_findable(clerk: Clerk) -> None:
    _open(clerk)
    clerk.tab_to("New number instead, 087 914 0873")
    clerk.press("Enter")
    clerk.type("085 777 1234")
    clerk.press("ctrl+Return", "Escape")
    customer = _now(clerk)
    assert customer.phone is not None and customer.phone.key == "+353857771234"
    assert [line.is_former for line in customer.phones if not line.is_current] == [True]
    clerk.press("F2")
    clerk.type("087 914 0873")
    assert clerk.page.finder.notice.text().startswith("PL1 had this number until ")


def test_another_person_who_has_the_number_becomes_a_new_customer(clerk: Clerk) -> None:
    _open(clerk)
    clerk.tab_to("Another person has it now, 087 914 0873")
    clerk.press("Enter")
    clerk.type("Ngozi Eze")
    clerk.press("ctrl+Return")
    assert _now(clerk, "PL1").current_phones == ()
    new = _now(clerk, "PL2")
    assert (new.name, new.phone.key if new.phone else "") == ("Ngozi Eze", "+353879140873")
    assert "PL2 has the number now, PL1 keeps its history" in clerk.toasts


def test_a_number_ends_and_is_theirs_again(clerk: Clerk) -> None:
    _open(clerk)
    clerk.tab_to("End, 087 914 0873")
    clerk.press("Enter", "Enter")
    assert _now(clerk).current_phones == ()
    clerk.tab_to("Theirs again, 087 914 0873")
    clerk.press("Enter")
    assert len(_now(clerk).current_phones) == 1


def test_another_person_on_the_phone_is_added_and_removed(clerk: Clerk) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("marta")
    clerk.press("Enter", "alt+P")
    assert clerk.focus.accessibleName() == "Another person"
    clerk.type("Tomasz Kowalczyk")
    clerk.press("ctrl+Return")
    assert [contact.name for contact in _now(clerk).contacts] == ["Tomasz Kowalczyk"]
    assert clerk.page.card.people.full_text() == "With Tomasz Kowalczyk"
    clerk.tab_to("Remove Tomasz Kowalczyk")
    clerk.press("Enter")
    assert _now(clerk).contacts == ()


def test_the_sheet_says_who_wrote_the_record(clerk: Clerk) -> None:
    sheet = _open(clerk)
    assert sheet._stamps.text() == "Created Mon 9 Mar 2026, 11:00 by Till 1."


def test_every_part_of_the_sheet_has_a_name(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.tab_to("New number instead, 087 914 0873")
    clerk.press("Enter")
    assert_named(sheet)


def test_tab_goes_through_the_sheet_in_reading_order_and_out_again(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("085 777 1234")
    clerk.press("ctrl+Return")
    sheet.details.name.editor.setFocus()
    names = []
    while clerk.focus is not clerk.page.finder.search:
        names.append(clerk.focus.accessibleName() or getattr(clerk.focus, "text", str)())
        assert len(names) < 60
        clerk.hit("Tab")
    wanted = ["Name", "E-mail", "Address", "Note", "Show this note as a warning"]
    wanted += ["New number instead, 087 914 0873", "Make main, 085 777 1234", "Further number", "Add number"]
    wanted += ["Another person", "Add person", "Save"]
    assert [name for name in names if name in wanted] == wanted


def test_the_first_number_of_a_customer_is_no_change_of_somebody_else(clerk: Clerk) -> None:
    actor = clerk.actor
    made = clerk.shop.customers.add_without_phone(actor, AddWithoutPhone(reason="Visitor", name="Ana Ruiz"))
    clerk.page.counter.open(made.id)
    clerk.settle()
    clerk.press("alt+E")
    sheet = _sheet(clerk)
    clerk.hit("End")
    clerk.type(" Vega")
    clerk.tab_to("Further number")
    clerk.type("085 777 1234")
    clerk.press("ctrl+Return")
    assert clerk.shop.customers.card(actor, made.id).customer.phone is not None
    assert sheet.details.name.message() == ""
    sheet.details.name.editor.setFocus()
    clerk.press("ctrl+Return")
    assert clerk.shop.customers.card(actor, made.id).customer.name == "Ana Ruiz Vega"


def test_a_number_that_is_half_typed_is_there_again_after_a_crash(
    clerk: Clerk, open_desk: Callable[[], Clerk]
) -> None:
    sheet = _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("085 777")
    sheet.keep_draft()  # what the timer does every two seconds
    clerk.settle()
    again = open_desk()
    again.tab_to("Go on")
    again.press("Enter")
    assert _sheet(again).phones.adder.snapshot() == {"phone": "085 777"}


def test_a_doubled_press_adds_one_number_and_paints_nothing_red(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("085 100 0002")
    clerk.press("ctrl+Return", "ctrl+Return")
    adder = sheet.phones.adder
    assert len(_now(clerk).phones) == 2
    assert [field.message() for field in adder.fields()] == ["", ""]
    assert adder.summary.isHidden()


def test_further_addresses_are_added_made_the_main_one_and_removed(clerk: Clerk) -> None:
    sheet = _open(clerk)
    for email in ("first@example.com", "second@example.com"):
        sheet.emails.email.editor.setFocus()
        clerk.type(email)
        clerk.press("Enter", "Enter")
    assert _now(clerk).email == "first@example.com"
    [second] = clerk.shop.further_emails.of_customer(clerk.actor, _now(clerk).id)
    assert second.email == "second@example.com"
    assert_named(sheet)
    clerk.tab_to("Make main second@example.com")
    clerk.press("Enter")
    assert _now(clerk).email == "second@example.com"
    assert sheet.details.email.text() == "second@example.com"
    clerk.tab_to("Remove first@example.com")
    clerk.press("Enter")
    assert clerk.shop.further_emails.of_customer(clerk.actor, _now(clerk).id) == ()


def test_the_sheet_says_which_import_brought_the_customer(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    batch = a_batch(clerk.shop, clerk.actor)
    for number in range(5):
        an_old_id(clerk.shop, clerk.actor, marta.id, f"CUST-{number}", batch_id=batch)
    an_old_id(clerk.shop, clerk.actor, marta.id, "HL-00417", system="square")
    clerk.type("087 914 0873")
    clerk.press("Enter", "alt+E")
    assert _sheet(clerk)._origin.text() == (
        "Came from Booking system on 2 May, ID CUST-0, CUST-1, CUST-2 and 2 more.\n"
        "Came from Square on 2 May, ID HL-00417."
    )


def test_one_save_takes_the_details_and_the_number_that_is_typed(clerk: Clerk) -> None:
    sheet = _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("085 777 1234")
    sheet.details.name.editor.setFocus()
    clerk.hit("End")
    clerk.type("-Nowak")
    clerk.press("ctrl+Return")
    now = _now(clerk)
    assert (now.name, [line.number.key for line in now.phones]) == (
        "Marta Kowalczyk-Nowak",
        ["+353879140873", "+353857771234"],
    )
    assert clerk.window.sheet_content is None


def test_a_number_that_was_added_by_mistake_goes_with_undo_and_is_not_a_former_one(clerk: Clerk) -> None:
    _open(clerk)
    clerk.tab_to("Further number")
    clerk.type("085 777 1234")
    clerk.press("ctrl+Return")
    assert clerk.toasts[-1] == "085 777 1234 added"
    clerk.press("Escape", "ctrl+Z")
    lines = [(line.number.key, line.is_current, line.is_former) for line in _now(clerk).phones]
    assert lines == [("+353879140873", True, False), ("+353857771234", False, False)]
    assert _now(clerk).no_phone_reason is None
    clerk.press("ctrl+Y")
    assert len(_now(clerk).current_phones) == 2
