"""Tickets on the Desk: what the customer has here, what waits to be collected, and where keys lead."""

from datetime import timedelta

from tests.repairs import asked
from tests.ui.a11y import assert_named
from tests.ui.front_desk.conftest import Clerk


def test_the_card_lists_what_the_customer_has_here_ready_first(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    laptop = clerk.ticket(marta, "Book", "diagnosing", "waiting_parts")
    phone = clerk.ticket(marta, "Phone", "in_repair", "ready", price=8900)
    clerk.type("marta")
    clerk.press("Enter")
    rows = clerk.page.card.tickets.rows.rows()
    assert [(row.number, row.device, row.look.word, row.price, row.action) for row in rows] == [
        (phone, "Acme Phone", "Ready", "€89.00", "Hand over"),
        (laptop, "Acme Book", "Waiting for parts", "to be priced", "Open"),
    ]
    facts = {button.fact.key: button.fact for button in clerk.page.card.facts._buttons}
    assert (facts["tickets"].value, facts["tickets"].note) == ("2", "1 ready to collect")
    assert clerk.page.card.hand_over.isHidden()
    assert_named(clerk.page)


def test_a_device_that_waits_for_a_yes_shows_what_was_asked(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    laptop = clerk.ticket(marta, "Book", "diagnosing")
    asked(clerk.shop, clerk.actor, laptop, 2740)
    clerk.type("marta")
    clerk.press("Enter")
    assert [row.price for row in clerk.page.card.tickets.rows.rows()] == ["est. €27.40"]


def test_an_estimate_of_nothing_is_a_price_and_none_is_to_be_priced(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    asked(clerk.shop, clerk.actor, clerk.ticket(marta, "Book", "diagnosing"), 0)
    clerk.ticket(marta, "Phone", "diagnosing")
    clerk.type("marta")
    clerk.press("Enter")
    prices = {row.device: row.price for row in clerk.page.card.tickets.rows.rows()}
    assert prices == {"Acme Book": "est. €0.00", "Acme Phone": "to be priced"}


def test_the_action_of_a_row_hands_over_or_opens(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    phone = clerk.ticket(marta, "Phone", "in_repair", "ready")
    laptop = clerk.ticket(marta, "Book")
    clerk.type("marta")
    clerk.press("Enter")
    clerk.tab_to("Open tickets")
    clerk.press("Enter")
    assert clerk.went_to == ("hand_back", phone)
    clerk.press("F2")
    clerk.tab_to("Open tickets")
    clerk.press("Down", "Enter")
    assert clerk.went_to == ("ticket", laptop)


def test_hand_over_is_the_filled_action_when_nothing_else_is_here(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    phone = clerk.ticket(marta, "Phone", "in_repair", "ready")
    clerk.type("marta")
    clerk.press("Enter")
    card = clerk.page.card
    assert (card.hand_over.property("kind"), card.new_ticket.property("kind")) == ("primary", "")
    clerk.tab_to("Hand over")
    clerk.press("Enter")
    assert clerk.went_to == ("hand_back", phone)


def test_a_new_ticket_is_for_the_customer_at_the_counter(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("marta")
    clerk.press("Enter")
    card = clerk.page.card
    assert (card.hand_over.isHidden(), card.new_ticket.property("kind")) == (True, "primary")
    clerk.tab_to("New ticket")
    clerk.press("Enter")
    assert clerk.went_to == ("intake", marta.id)


def test_a_device_that_waits_is_warned_of_by_its_days(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    number = clerk.ticket(marta, "Phone", "in_repair", "ready")
    clerk.clock.advance(timedelta(days=9))
    clerk.type("marta")
    clerk.press("Enter")
    strip = clerk.page.card.waiting
    assert strip.accessibleName() == f"Warning: {number} Acme Phone waits to be collected for 9 days"
    assert not strip.isHidden()


def test_ready_to_collect_names_the_oldest_first_and_opens_its_customer(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    aisling = clerk.customer("Aisling Byrne", "087 911 5520")
    old = clerk.ticket(marta, "Phone", "in_repair", "ready", price=4500)
    clerk.clock.advance(timedelta(days=8))
    new = clerk.ticket(aisling, "Pad", "in_repair", "ready")
    clerk.page.today_steps.read()
    clerk.settle()
    shown = clerk.page.today.ready
    assert not shown.isHidden()
    model = shown.list.rows
    assert [str(model.index(row, 0).data()) for row in range(model.rowCount())] == [
        f"{old}, Marta Kowalczyk, Acme Phone, waiting 8 days, €45.00",
        f"{new}, Aisling Byrne, Acme Pad, ready today",
    ]
    assert shown.count.accessibleName() == "2"
    clerk.tab_to("Ready to collect")
    clerk.press("Enter")
    assert clerk.window.counter == marta


def test_a_total_and_the_button_below_lead_to_the_board(clerk: Clerk) -> None:
    clerk.ticket(clerk.customer("Marta Kowalczyk", "087 914 0873"), "Phone", "in_repair", "ready")
    totals = {button.fact.key: button.fact for button in clerk.page.welcome.totals._buttons}
    assert totals["ready"].value == "1"
    clerk.tab_to("Show on the board")
    clerk.press("Enter")
    assert clerk.went_to[0] == "tickets"


def test_a_change_at_another_till_shows_at_once(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.type("marta")
    clerk.press("Enter")
    number = clerk.ticket(marta, "Phone")
    clerk.qtbot.waitUntil(lambda: clerk.page.card.tickets.rows.rowCount() == 1)
    assert clerk.page.card.tickets.rows.rows()[0].number == number


def test_a_ticket_number_finds_its_customer_and_marks_the_ticket(clerk: Clerk) -> None:
    marta = clerk.customer("Marta Kowalczyk", "087 914 0873")
    clerk.ticket(marta, "Phone")
    number = clerk.ticket(marta, "Book")
    clerk.type(number)
    clerk.press("Enter")
    assert clerk.window.counter == marta
    current = clerk.page.card.tickets.current_row()
    assert current is not None
    assert current.number == number
