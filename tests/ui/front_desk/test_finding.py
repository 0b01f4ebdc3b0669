"""Who is it: what the search field finds, says and opens."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.base.phone import PhoneNumber
from posapp.services.customers.customers import EditCustomer
from posapp.ui.front_desk.lists import Newcomer
from posapp.ui.window.page import Page
from tests.old_data.factories import an_old_id
from tests.ui.front_desk.conftest import Clerk


def test_the_search_field_has_the_focus_at_the_start(clerk: Clerk) -> None:
    assert clerk.focus is clerk.page.finder.search


def test_a_returning_customer_is_opened_by_number_and_enter(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.customer("Aisling Byrne", "087 911 5520")
    clerk.type("+353 87 914 0873")
    assert clerk.page.finder.notice.text() == (
        "This number belongs to PL1. The existing customer is selected. "
        "No second record is created. 0 visits."
    )
    clerk.press("Enter")
    assert clerk.window.counter == marta
    assert clerk.page.card.isVisible()
    assert clerk.page.card.name.full_text() == "Marta Kowalczyk"
    assert clerk.count() == 2


def test_enter_waits_for_the_answer_to_what_was_typed_last(clerk: Clerk) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    aisling = clerk.customer("Aisling Byrne", "087 911 5520")
    clerk.type("mar")
    clerk.hit("Backspace")
    clerk.hit("Backspace")
    clerk.hit("Backspace")
    clerk.qtbot.keyClicks(clerk.focus, "aisl")  # no waiting: the matches still show Marta
    clerk.hit("Enter")
    clerk.settle()
    assert clerk.window.counter == aisling


def test_two_rapid_texts_show_only_the_matches_of_the_second(clerk: Clerk) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.customer("Søren Kjær", "087 917 3304")
    search = clerk.page.finder.search
    search.setText("marta")
    search.setText("soren")
    clerk.settle()
    assert [text.split(",")[1].strip() for text in clerk.matches()] == ["Søren Kjær"]


def test_arrows_move_through_the_matches_while_the_cursor_stays(clerk: Clerk) -> None:
    clerk.customer("Anna Byrne", "087 911 5520")
    clerk.customer("Anna Kelly", "087 911 5521")
    clerk.type("anna")
    second = clerk.matches()[1]
    clerk.press("Down")
    assert clerk.focus is clerk.page.finder.search
    clerk.press("Enter")
    assert str(getattr(clerk.window.counter, "pl_id", "")) == second.split(",")[0]


def test_who_is_highlighted_is_shown_before_enter_and_nobody_is_at_the_counter_yet(clerk: Clerk) -> None:
    anna, kelly = clerk.customer("Anna Byrne", "087 911 5520"), clerk.customer("Anna Kelly", "087 911 5521")
    card, shown = clerk.page.card, {"PL1": "Anna Byrne", "PL2": "Anna Kelly"}
    clerk.type("anna")
    first, second = (text.split(",")[0] for text in clerk.matches())
    assert card.isVisible() and card.name.full_text() == shown[first]
    assert card.glance.isVisible()
    clerk.press("Down")
    assert card.name.full_text() == shown[second]
    assert clerk.window.counter is None
    assert clerk.focus is clerk.page.finder.search
    clerk.press("Enter")
    assert str(getattr(clerk.window.counter, "pl_id", "")) == second
    assert card.isVisible() and not card.glance.isVisible()
    clerk.press("Up")
    assert card.name.full_text() == shown[first] and card.glance.isVisible()
    clerk.press("Escape")
    assert card.name.full_text() == shown[second] and not card.glance.isVisible()
    assert {anna.id, kelly.id} == {1, 2}


def test_what_is_done_for_who_is_shown_is_done_for_them_and_not_for_who_was_before(clerk: Clerk) -> None:
    clerk.customer("Anna Byrne", "087 911 5520")
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    for key, went_to in (("ctrl+T", "intake"), ("ctrl+B", "calendar"), ("ctrl+H", "history")):
        clerk.page.finder.search.setText("anna")
        clerk.press("Enter")
        clerk.page.finder.search.setText("marta")
        clerk.settle()
        clerk.press(key)
        assert clerk.went_to == (went_to, marta.id)
        assert clerk.window.counter == marta
        clerk.window.show_page("desk")
        clerk.settle()
    clerk.page.finder.search.setText("anna")
    clerk.settle()
    clerk.window.show_page("calendar")
    assert clerk.window.counter == marta
    clerk.window.show_page("desk")
    clerk.settle()
    assert clerk.page.card.name.full_text() == "Marta Kowalczyk"


def test_pl_number_old_spelling_and_last_digits_find_the_customer(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    for text in ("PL1", "pl1", "1", "0873", "kowal mar"):
        clerk.page.finder.search.clear()
        clerk.type(text)
        clerk.press("Enter")
        assert clerk.window.counter == marta, text
        clerk.press("Escape", "Escape")
        assert clerk.window.counter is None


def test_a_booking_number_opens_its_customer_and_marks_the_booking(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.booking(marta, 2)
    booking = clerk.booking(marta, 26)
    clerk.type("b2")
    clerk.press("Enter")
    assert clerk.window.counter == marta
    row = clerk.page.card.coming.current_row()
    assert row is not None and row.booking.number == booking.number


def test_a_whole_unknown_number_offers_a_new_customer_first(clerk: Clerk) -> None:
    clerk.type("087 111 2222")
    assert isinstance(clerk.page.finder.matches.current_row(), Newcomer)
    assert clerk.matches() == ["New customer with 087 111 2222"]


def test_final_digits_that_would_be_a_number_themselves_find_their_customer_first(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("9140873")
    assert clerk.matches()[0].startswith("PL1, Marta Kowalczyk")
    assert clerk.matches()[1].startswith("New customer with ")
    assert clerk.page.finder.notice.isHidden()
    clerk.press("Enter")
    assert clerk.window.counter == marta


def test_a_misspelt_name_says_that_names_are_only_alike(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("kowalzcyk")
    head = clerk.page.finder
    assert (head._count.text(), head._how.full_text()) == ("Nobody is called so", "names that are alike")
    clerk.press("Enter")
    assert clerk.window.counter == marta


def test_an_incomplete_number_is_only_a_hint(clerk: Clerk) -> None:
    clerk.type("087 11")
    assert clerk.page.finder.notice.text().startswith("Number not complete yet")
    assert clerk.page.finder.notice.buttons() == []
    assert clerk.matches() == []
    clerk.press("Enter")
    assert clerk.page.middle.currentWidget() is clerk.page.welcome


def test_an_impossible_number_says_why(clerk: Clerk) -> None:
    clerk.type("+999 123 456 789")
    assert clerk.page.finder.notice.text() == "No country has this code. Check the digits after the +."
    assert clerk.matches() == []


def test_a_former_number_can_be_taken_back_by_keys(clerk: Clerk) -> None:
    chidi = clerk.customer("Chidi Okafor", "087 700 1420")
    clerk.shop.phones.end_phone(clerk.actor, chidi.id, chidi.phones[0].id)
    clerk.settle()
    clerk.type("087 700 1420")
    assert clerk.page.finder.notice.text().startswith("PL1 had this number until ")
    assert [button.text() for button in clerk.page.finder.notice.buttons()] == [
        "It is PL1 again",
        "New customer",
    ]
    clerk.press("Tab", "Enter")
    now = clerk.shop.customers.card(clerk.actor, chidi.id).customer
    assert now.phone is not None and now.phone.key == "+353877001420"
    assert getattr(clerk.window.counter, "id", None) == chidi.id


def test_a_former_number_may_go_to_a_new_customer(clerk: Clerk) -> None:
    chidi = clerk.customer("Chidi Okafor", "087 700 1420")
    clerk.shop.phones.end_phone(clerk.actor, chidi.id, chidi.phones[0].id)
    clerk.settle()
    clerk.type("087 700 1420")
    clerk.press("Tab", "Tab", "Enter")
    clerk.type("Ngozi Eze")
    clerk.press("ctrl+Return")
    assert str(getattr(clerk.window.counter, "pl_id", "")) == "PL2"


def test_nobody_is_found_by_a_strange_name(clerk: Clerk) -> None:
    clerk.type("xyzzy")
    assert clerk.page.finder.notice.text().startswith("Nobody is found")


def test_escape_goes_back_step_by_step(clerk: Clerk) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("marta")
    clerk.press("Enter", "Escape")
    assert clerk.page.finder.search.text() == ""
    assert clerk.window.counter is not None
    clerk.press("Escape")
    assert clerk.window.counter is None
    assert clerk.page.middle.currentWidget() is clerk.page.welcome


def test_who_was_here_is_listed_also_after_a_restart(clerk: Clerk, open_desk: Callable[[], Clerk]) -> None:
    for name, phone in (("Marta Kowalczyk", "087 914 0873"), ("Aisling Byrne", "087 911 5520")):
        clerk.customer(name, phone)
        clerk.page.finder.search.clear()
        clerk.type(name)
        clerk.press("Enter")
    again = open_desk()
    listed = [row.customer.name for row in again.page.finder.recents.rows.rows()]
    assert listed == ["Aisling Byrne", "Marta Kowalczyk"]
    again.press("alt+R", "Down", "Enter")
    assert getattr(again.window.counter, "name", "") == "Marta Kowalczyk"


def test_a_correction_elsewhere_shows_at_once(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("marta")
    clerk.press("Enter")
    clerk.shop.customers.edit(clerk.actor, EditCustomer(customer_id=marta.id, name="Marta Nowak"))
    clerk.qtbot.waitUntil(lambda: clerk.page.card.name.full_text() == "Marta Nowak")
    clerk.settle()
    assert getattr(clerk.window.counter, "name", "") == "Marta Nowak"


def test_the_window_opens_a_customer_by_key_and_searches_a_text(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.window.show_page("desk", marta.id)
    clerk.settle()
    assert clerk.window.counter == marta
    clerk.window.show_page("desk", "087 9")
    clerk.type("14")
    assert clerk.page.finder.search.text() == "087 914"


def test_booking_and_history_open_their_screens_for_the_customer(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("marta")
    clerk.press("Enter")
    for key, page_id in (("ctrl+B", "calendar"), ("ctrl+H", "history")):
        clerk.press("F2", key)
        shown: Page | None = clerk.window.current_page
        assert clerk.window.current_page_id == page_id
        assert getattr(shown, "payload", None) == marta.id


def test_a_former_page_never_closes_the_sheet_of_another(clerk: Clerk) -> None:
    from PySide6.QtWidgets import QLabel

    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.window.show_page("calendar")
    sheet = QLabel("of the calendar")
    clerk.window.open_sheet("Booking", sheet)
    clerk.window.set_counter(marta)
    clerk.settle()
    assert clerk.window.sheet_content is sheet


@contextmanager
def slow_search(clerk: Clerk) -> Iterator[None]:
    """Nothing is answered until the block ends."""
    gate = threading.Event()
    clerk.session.lanes.search.run(gate.wait, done=lambda _done: None, failed=lambda _error: None)
    yield
    gate.set()
    clerk.settle()


def test_matches_of_an_older_text_cannot_be_pressed_and_make_way_when_the_answer_is_late(
    clerk: Clerk,
) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    aisling = clerk.customer("Maria Byrne", "087 911 5520")
    clerk.type("mar")
    matches = clerk.page.finder.matches
    assert matches.rows.rowCount() == 2
    chosen: list[int] = []
    clerk.page.finder.chosen.connect(lambda key, _number: chosen.append(key))
    with slow_search(clerk):
        clerk.qtbot.keyClicks(clerk.focus, "i")
        spot = matches.visualRect(matches.rows.index(0, 0)).center()
        clerk.qtbot.mouseClick(matches.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert chosen == []
        clerk.qtbot.waitUntil(lambda: matches.rows.rowCount() == 0)
        clerk.page.finder.search.setFocus()
        clerk.hit("Enter")
        assert chosen == []
    clerk.settle()
    assert chosen == [aisling.id]


def test_a_search_that_fails_leaves_no_matches_behind_and_says_why_until_it_works(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("mar")

    def lost(*_asked: object) -> None:
        raise EnvironmentFault("database_unreachable", "No server answers there.")

    with monkeypatch.context() as patched:
        patched.setattr(clerk.shop.search, "search", lost)
        clerk.type("t")
        assert clerk.matches() == []
        assert clerk.page.finder.notice.text() == "No server answers there."
        clerk.press("Enter")
        assert clerk.window.counter is None
    clerk.type("a")
    assert len(clerk.matches()) == 1
    assert clerk.page.finder.notice.text() == ""


def test_an_old_id_is_not_held_for_a_phone_number(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    old = "00000000-0000-4000-8000-000000000001"
    an_old_id(clerk.shop, clerk.actor, marta.id, old, system="004")
    clerk.type(old)
    assert clerk.page.finder.matches.rows.rowCount() == 1
    assert clerk.page.finder.notice.isHidden()


def test_every_number_and_the_address_stand_on_the_card_in_full(clerk: Clerk) -> None:
    long = "marta.kowalczyk-nowak.of.the.harbour@repairs.example.com"
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873", email=long)
    for number in ("085 777 1234", "085 777 1235", "085 777 1236"):
        phone = PhoneNumber.parse(number, region="IE")
        clerk.shop.phones.add_phone(clerk.actor, marta.id, phone, label="work")
    clerk.settle()
    clerk.window.resize(1024, 720)
    clerk.type("marta")
    clerk.press("Enter")
    reach = clerk.page.card.reach
    shown = [reach.phone, *reach.more_phones, reach.email]
    assert [part.text() for part in shown] == [
        "087 914 0873", "085 777 1234 work", "085 777 1235 work", "085 777 1236 work", long,
    ]  # fmt: skip
    assert all(part.isVisible() and reach.rect().contains(part.geometry().center()) for part in shown[1:-1])


def test_who_was_let_go_while_they_were_read_does_not_come_back(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.window.set_counter(marta)  # as a check-in does
    clerk.window.set_counter(None)
    clerk.settle()
    assert clerk.window.counter is None
    assert clerk.page.middle.currentWidget() is clerk.page.welcome
    clerk.page.counter.open(marta.id)
    clerk.settle()
    assert clerk.window.counter == marta
