"""A new customer: made once, never twice, and never lost while half typed."""

from collections.abc import Callable
from dataclasses import replace

from posapp.domain.base.phone import PhoneNumber
from posapp.services.customers.customers import AddWithoutPhone, FindOrCreate
from tests.ui.front_desk.conftest import Clerk


def test_a_new_customer_needs_the_number_a_name_and_one_key(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    assert clerk.page.middle.newcomer.isVisible()
    assert clerk.page.middle.newcomer.form.fixed_phone.text() == "087 111 2222"
    clerk.type("Anna Byrne")
    clerk.press("ctrl+Return")
    assert str(getattr(clerk.window.counter, "pl_id", "")) == "PL1"
    assert clerk.page.card.name.full_text() == "Anna Byrne"
    assert "PL1 created" in clerk.toasts
    assert clerk.focus is clerk.page.finder.search
    assert clerk.page.finder.search.text() == ""


def test_enter_goes_through_the_fields_to_the_button(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Anna Byrne")
    clerk.press("Enter")
    clerk.type("anna@example.ie")
    clerk.press("Enter")
    clerk.type("Rings twice")
    clerk.press("Tab", "Enter")
    customer = clerk.shop.customers.resolve(clerk.actor, "PL1").customer
    assert (customer.name, customer.email, customer.note) == ("Anna Byrne", "anna@example.ie", "Rings twice")


def test_a_name_is_needed_and_the_field_says_so(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter", "ctrl+Return")
    form = clerk.page.middle.newcomer.form
    assert form.name.message() == "Enter a name."
    assert form.summary.text() == "1 field needs attention"
    assert clerk.focus is form.name.editor
    assert clerk.count() == 0


def test_a_read_only_window_makes_nobody_and_keeps_the_draft(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Anna")
    clerk.window.set_read_only("The database does not answer.")
    clerk.press("ctrl+Return")
    assert "draft is kept" in clerk.page.middle.newcomer.form.summary.text()
    assert clerk.count() == 0


def test_a_wrong_mail_address_is_refused_beside_its_field(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Anna")
    clerk.press("Enter")
    clerk.type("anna at home")
    clerk.press("ctrl+Return")
    assert "e-mail address" in clerk.page.middle.newcomer.form.email.message()
    assert clerk.count() == 0


def test_ctrl_n_with_a_known_number_opens_its_owner(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.qtbot.keyClicks(clerk.focus, "0879140873")
    clerk.hit("ctrl+N")  # before the answer is there
    clerk.settle()
    assert clerk.window.counter == marta
    assert "PL1 already has this number" in clerk.toasts
    assert clerk.count() == 1


def test_ctrl_n_takes_an_unusual_number_as_it_is(clerk: Clerk) -> None:
    clerk.type("555 1234")
    clerk.press("ctrl+N")
    form = clerk.page.middle.newcomer.form
    assert form.fixed_phone.text() == "5551234"
    assert "Unusual number" in form.notice.text()
    clerk.type("Old Tom")
    clerk.press("ctrl+Return")
    assert clerk.count() == 1


def test_ctrl_n_after_a_name_asks_for_the_number(clerk: Clerk) -> None:
    clerk.type("Anna Byrne")
    clerk.press("ctrl+N")
    form = clerk.page.middle.newcomer.form
    assert form.name.text() == "Anna Byrne"
    clerk.tab_to("Phone")
    clerk.type("087 111 2222")
    clerk.press("ctrl+Return")
    assert str(getattr(clerk.window.counter, "pl_id", "")) == "PL1"


def test_a_known_number_typed_into_the_form_opens_its_owner(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.press("ctrl+N")
    clerk.type("0879140873")
    form = clerk.page.middle.newcomer.form
    assert form.notice.text().startswith("This number belongs to PL1 Marta Kowalczyk.")
    clerk.press("ctrl+Return")
    assert clerk.window.counter == marta
    assert clerk.count() == 1


def test_what_was_typed_can_update_the_owner_of_the_number(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.press("ctrl+N")
    clerk.type("0879140873")
    clerk.tab_to("E-mail (may stay empty)")
    clerk.type("marta@example.eu")
    clerk.page.middle.newcomer.form.phone.editor.setFocus()
    clerk.press("Tab", "Tab", "Enter")
    now = clerk.shop.customers.card(clerk.actor, marta.id).customer
    assert (now.name, now.email) == ("Marta Kowalczyk", "marta@example.eu")


def test_another_person_on_the_number_becomes_a_contact(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.press("ctrl+N")
    clerk.type("0879140873")
    clerk.tab_to("Name")
    clerk.type("Tomasz Kowalczyk")
    clerk.page.middle.newcomer.form.phone.editor.setFocus()
    clerk.press("Tab", "Tab", "Tab", "Enter")
    now = clerk.shop.customers.card(clerk.actor, marta.id).customer
    assert [contact.name for contact in now.contacts] == ["Tomasz Kowalczyk"]
    assert clerk.page.card.people.full_text() == "With Tomasz Kowalczyk"
    assert clerk.count() == 1


def test_a_customer_without_a_phone_needs_a_reason(clerk: Clerk) -> None:
    clerk.press("ctrl+N", "Tab", "Space", "ctrl+Return")
    form = clerk.page.middle.newcomer.form
    assert form.reason.message() == "Say why there is no phone number."
    clerk.type("Visitor")
    clerk.press("Enter")
    clerk.type("Walter Gray")
    clerk.press("ctrl+Return")
    customer = clerk.shop.customers.resolve(clerk.actor, "PL1").customer
    assert (customer.no_phone_reason, customer.phones) == ("Visitor", ())
    assert clerk.page.card.reach.phone.full_text() == "No phone: Visitor"


def test_another_till_that_was_quicker_wins_and_the_name_is_offered(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Tom Byrne")
    other = replace(clerk.actor, till="Till 2")
    number = PhoneNumber.parse("087 111 2222", region="IE")
    clerk.shop.customers.find_or_create(other, FindOrCreate(phone=number, name="Anna Byrne"))
    clerk.press("ctrl+Return")
    assert clerk.page.card.notice.text() == (
        "PL1 was just created on Till 2 with this number and is now selected."
    )
    assert clerk.count() == 1
    clerk.tab_to("Add Tom Byrne as another person")
    clerk.press("Enter")
    customer = clerk.shop.customers.resolve(clerk.actor, "PL1").customer
    assert [contact.name for contact in customer.contacts] == ["Tom Byrne"]


def test_escape_keeps_the_draft_and_ctrl_n_brings_it_back(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Ann")
    clerk.press("Escape")
    assert clerk.toasts[-1] == "Draft kept"
    assert clerk.page.middle.currentWidget() is clerk.page.welcome
    clerk.press("Escape", "ctrl+N")
    form = clerk.page.middle.newcomer.form
    assert (form.fixed_phone.text(), form.name.text()) == ("087 111 2222", "Ann")
    assert clerk.page.middle.newcomer.notice.text().startswith("Draft restored")


def test_a_draft_whose_phone_can_be_no_number_begins_at_the_phone(clerk: Clerk) -> None:
    clerk.press("ctrl+N")
    clerk.type("Zoe")  # the name, where the phone belongs
    clerk.press("Escape", "ctrl+N")
    form = clerk.page.middle.newcomer.form
    assert form.phone.text() == "Zoe"
    assert clerk.focus is form.phone.editor


def test_a_half_typed_customer_is_there_after_a_crash(clerk: Clerk, open_desk: Callable[[], Clerk]) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Ann")
    clerk.page.middle.newcomer.keep_draft()  # what the timer does every two seconds
    clerk.settle()
    again = open_desk()
    assert again.page.middle.newcomer.isVisible()
    assert again.page.middle.newcomer.form.name.text() == "Ann"
    assert again.page.middle.newcomer.notice.text().startswith("Draft restored")


def test_the_draft_is_kept_every_two_seconds(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Ann")
    clerk.qtbot.waitUntil(lambda: "Ann" in str(clerk.session.drafts.load("customer-new")), timeout=10_000)


def test_a_saved_customer_leaves_no_draft(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Ann")
    clerk.page.middle.newcomer.keep_draft()
    clerk.press("ctrl+Return")
    assert clerk.session.drafts.load("customer-new") is None


def test_who_has_no_number_yet_is_asked_about_and_gets_it_with_one_key(clerk: Clerk) -> None:
    command = AddWithoutPhone(reason="Came with the import", name="Ida Lönn", email="ida@example.com")
    ida = clerk.shop.customers.add_without_phone(clerk.actor, command)
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("ida lonn")
    form = clerk.page.middle.newcomer.form
    assert form.notice.text() == (
        "PL1 Ida Lönn has no number yet: is it the same person? ida@example.com · Came with the import"
    )
    clerk.press("alt+Z")
    now = clerk.shop.customers.card(clerk.actor, ida.id).customer
    assert now.phone == PhoneNumber.parse("087 111 2222", region="IE")
    assert clerk.count() == 1
    assert "PL1 has the number now" in clerk.toasts
    assert getattr(clerk.window.counter, "id", None) == ida.id


def test_somebody_else_of_that_name_is_made_and_not_asked_about_again(clerk: Clerk) -> None:
    clerk.shop.customers.add_without_phone(clerk.actor, AddWithoutPhone(reason="Visitor", name="Ida Lönn"))
    clerk.type("087 111 2222")
    clerk.press("Enter")
    clerk.type("Ida Lonn")
    form = clerk.page.middle.newcomer.form
    assert [one.text() for one in form.notice.buttons()] == [
        "It is PL1: the number is theirs",
        "Somebody else",
    ]
    form.notice.buttons()[-1].click()
    assert clerk.focus is form.name.editor
    clerk.type("x")
    clerk.hit("Backspace")
    assert form.notice.isHidden()
    clerk.press("ctrl+Return")
    assert clerk.count() == 2


def test_a_known_number_in_the_form_says_how_its_owner_stands_with_the_shop(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.ticket(marta, "One")
    clerk.press("ctrl+N")
    clerk.type("087 914 0873")
    form = clerk.page.middle.newcomer.form
    assert form.notice.text().endswith("can go to PL1. 1 visit, last today · 1 device here.")
    words = ["Open PL1", "Update PL1 with this", "Another person on this phone"]
    assert [button.text() for button in form.notice.buttons()] == words


def test_the_form_shows_whose_number_ends_like_the_new_one(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    said = "PL1 Marta Kowalczyk has 087 914 0873. Is it the same number?"
    clerk.type("9140873")
    clerk.press("ctrl+N")
    form = clerk.page.middle.newcomer.form
    assert form.notice.text() == said
    clerk.press("Escape", "Escape", "ctrl+N")
    clerk.type("9140873")
    assert form.notice.text() == said
    clerk.press("Tab", "Enter")
    assert clerk.window.counter == marta
    assert clerk.count() == 1
