"""Money where tickets are: taken at check-in, from the ticket, its estimate, a booking; and given back."""

from datetime import timedelta
from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.repairs.tickets import Ticket
from posapp.domain.selling.carts import Cart, LineKind, deposit_line
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.shop.businesses import SaveService
from posapp.ui.sell.money_panel import MoneyPanel
from tests.factories import TILL, a_booking, a_customer, a_phone, the_clock
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.repairs import a_device, a_ticket, asked, moved
from tests.sales import cash, sold

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def seller(behind: Shop) -> Actor:
    """An open shift at the till of the window."""
    actor = behind.actor(TILL)
    behind.shifts.open(actor, 10_000)
    return actor


@pytest.fixture
def till(seller: Actor, open_till: OpenTill) -> Clerk:
    return open_till()


def _show(clerk: Clerk, page: str, payload: object = None) -> None:
    clerk.window.show_page(page, payload)
    clerk.quiet()


def _take_in(clerk: Clerk, price: str = "139") -> Any:
    """The form of a new ticket for Marta, filled in but for the deposit."""
    _show(clerk, "intake", 1)
    form = clerk.page("intake").form
    clerk.fill(Brand="Samsung", Model="Galaxy S22", IMEI_or_serial="SN77", What_is_wrong="Glass")
    form.promise.price.editor.setFocus()
    clerk.type(price)
    form.promise.prints.setChecked(False)
    return form


def _cart(clerk: Clerk) -> list[tuple[LineKind, str, int]]:
    lines = clerk.page("sell").steps.sale.cart.lines
    return [(line.kind, line.number, line.unit_minor) for line in lines]


def _pay(clerk: Clerk, *keys: str) -> None:
    clerk.press(*keys)
    page = clerk.page("sell")
    until(lambda: page._stack.currentWidget() is page.done, "the sale was never done")


def _last(shop: Shop, actor: Actor) -> Order:
    return shop.orders.latest(actor, 1)[0]


def _panel(clerk: Clerk) -> MoneyPanel:
    clerk.quiet()
    panel: MoneyPanel = clerk.window.sheet_content.money  # type: ignore[union-attr]
    return panel


def _owed(clerk: Clerk) -> tuple[str, str, str]:
    """What the foot of a ticket's lines says: the total, the deposit, what is to pay."""
    clerk.quiet()
    foot = clerk.page("ticket").lines.foot
    return foot.total.text(), foot.held.text(), foot.to_pay.text()


# -- at check-in -------------------------------------------------------------------------------------------
def test_the_shop_s_percent_is_offered_taken_with_one_key_and_paid_after_the_check_in(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    a_customer(behind, seller)
    form = _take_in(till)
    assert (form.promise.deposit.offer.text(), form.save.text()) == ("€27.80", "Check in")
    till.press("alt+D")
    assert form.save.text() == "Check in and take €27.80"
    till.press("ctrl+Return")
    till.on("sell")
    assert _cart(till) == [(LineKind.DEPOSIT, "T1", 2780)]
    assert str(till.window.counter.pl_id) == "PL1"  # type: ignore[union-attr]
    _pay(till, "F9")
    order = _last(behind, seller)
    assert (order.number, order.total_minor, order.pl_id) == ("S1", 2780, "PL1")
    assert behind.counter.paying(seller, "T1").held_minor == 2780
    assert not form.without.isVisible()


def test_another_amount_is_typed_and_the_other_button_takes_none(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    a_customer(behind, seller)
    form = _take_in(till)
    form.promise.deposit.amount.editor.setFocus()
    till.type("50")
    assert form.save.text() == "Check in and take €50.00"
    assert form.without.isVisible()
    till.tab_to("Check in without deposit")
    till.press("Return")
    till.on("desk")
    assert behind.tickets.get(seller, "T1").jobs[0].price_minor == 13_900
    assert behind.counter.paying(seller, "T1").held_minor == 0


def test_without_a_shift_the_ticket_is_safe_and_the_deposit_waits(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    a_customer(behind, actor)
    clerk = open_till()
    _take_in(clerk)
    clerk.press("alt+D", "ctrl+Return")
    clerk.on("sell")
    page = clerk.page("sell")
    assert "Open the shift to take money." in page.sale.notice.text()
    clerk.press("F9")
    clerk.quiet()
    assert behind.orders.latest(actor, 1) == []
    assert _cart(clerk) == [(LineKind.DEPOSIT, "T1", 2780)]
    behind.shifts.open(actor, 0)
    _pay(clerk, "F9")
    assert behind.counter.paying(actor, "T1").held_minor == 2780


# -- from a ticket -----------------------------------------------------------------------------------------
def _ticket(shop: Shop, actor: Actor, price_minor: int | None = 13_900) -> Ticket:
    return a_ticket(shop, actor, a_device(price_minor=price_minor))


def test_f9_on_the_page_of_a_ticket_takes_what_is_owed_less_the_deposit(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    number = _ticket(behind, seller).number
    sold(behind, seller, cart=Cart((deposit_line(number, 5000),)), tenders=(cash(5000),))
    _show(till, "ticket", number)
    assert _owed(till) == ("€139.00", "−€50.00", "€89.00")
    till.press("F9")
    till.on("sell")
    assert till.page("sell").steps.sale.to_pay_minor == 8900
    _pay(till, "F9", "F9")
    assert behind.counter.paying(seller, number).left_minor == 0
    _show(till, "ticket", number)
    assert _owed(till)[2] == "€0.00"
    assert not till.page("ticket").lines.foot.take.isVisible()


def test_f9_on_the_board_takes_a_deposit_before_a_price_is_agreed(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    number = _ticket(behind, seller, None).number
    _show(till, "tickets")
    till.press("F9")
    till.on("sell")
    form = till.page("sell").sale.form
    assert form.is_open
    assert form.price.editor.hasFocus()
    till.press("Escape")
    assert _cart(till) == []
    _show(till, "tickets")
    till.press("F9")
    till.on("sell")
    till.type("30")
    till.press("Return")
    assert _cart(till) == [(LineKind.DEPOSIT, number, 3000)]
    _pay(till, "F9", "F9")
    assert behind.counter.paying(seller, number).held_minor == 3000


def test_a_yes_asks_for_the_deposit(till: Clerk, behind: Shop, seller: Actor) -> None:
    number = _ticket(behind, seller, None).number
    asked(behind, seller, number, 10_000)
    _show(till, "estimate", number)
    till.press("alt+Y")
    till.quiet()
    step = next(message.steps for message in till.window.notices.messages() if message.steps)[0]
    assert step.text == "Take a deposit of €20.00"
    step.run()
    till.quiet()
    assert _cart(till) == [(LineKind.DEPOSIT, number, 2000)]
    _pay(till, "F9")
    assert _last(behind, seller).total_minor == 2000


def test_what_went_on_account_is_taken_from_the_ticket(till: Clerk, behind: Shop, seller: Actor) -> None:
    number = _ticket(behind, seller).number
    sold(behind, seller, number, tenders=(Tendered(Tender.ACCOUNT, 13_900),))
    _show(till, "ticket", number)
    assert _owed(till)[2] == "€139.00"
    till.press("F9")
    till.on("sell")
    _pay(till, "F9")
    outcome = till.page("sell").after.outcome
    assert (outcome.head, outcome.paper) == ("Owes nothing now", "P1")
    assert behind.orders.get(seller, "S1").owed_minor == 0


def test_a_deposit_for_work_that_was_given_up_is_given_back_from_its_ticket(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    number = _ticket(behind, seller).number
    sold(behind, seller, cart=Cart((deposit_line(number, 5000),)), tenders=(cash(5000),))
    moved(behind, seller, number, "cancelled")
    _show(till, "hand_back", number)
    panel = till.page("hand_back").money
    assert panel.words.text() == "A deposit of €50.00 is held"
    till.tab_to("Give the deposit back")
    till.press("Return")
    till.on("sell")
    page = till.page("sell")
    until(lambda: page._stack.currentWidget() is page.refund, "nothing to give back was shown")
    till.press("Space")
    until(lambda: page.refund._total.text() == "€50.00")
    page.refund.reason.editor.setFocus()
    till.type("No repair")
    _pay(till, "F9")
    assert behind.counter.paying(seller, number).held_minor == 0
    assert _last(behind, seller).total_minor == -5000


def test_another_customer_s_deposit_is_no_part_of_this_sale(till: Clerk, behind: Shop, seller: Actor) -> None:
    first, second = _ticket(behind, seller, None).number, _ticket(behind, seller).number
    _show(till, "ticket", second)
    _owed(till)
    till.page("ticket").lines.foot.take_deposit.click()
    till.on("sell")
    assert _cart(till) == [(LineKind.DEPOSIT, second, 2780)]
    _show(till, "ticket", first)
    _owed(till)
    till.press("F9")
    till.on("sell")
    assert _cart(till) == [(LineKind.DEPOSIT, second, 2780)]
    words = f"{first} belongs to another customer. Complete this sale first."
    assert till.page("sell").sale.field.problem() == words


def test_storage_is_offered_once_its_ticket_is_in_the_sale(till: Clerk, behind: Shop, seller: Actor) -> None:
    rules = RepairSettings(storage_fee_minor=150, storage_free_days=0)
    behind.ticket_states.set_settings(seller, rules)
    number = _ticket(behind, seller).number
    moved(behind, seller, number, "ready")
    the_clock(till.shop).advance(timedelta(days=2))
    _show(till, "sell", number)
    strip = till.page("sell").sale.strip
    assert [one.text() for one in strip.offers] == [f"Add storage of {number}, €3.00"]
    till.tab_to(f"Add storage of {number}, €3.00")
    till.press("Return")
    assert strip.offers == []
    assert till.page("sell").steps.sale.to_pay_minor == 14_200


# -- from a booking ----------------------------------------------------------------------------------------
def test_a_booking_takes_a_deposit_which_its_ticket_takes_off(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    service = behind.businesses.save_service(seller, SaveService(name="Screen", minutes=30, price_minor=8000))
    booking = a_booking(behind, seller, service_id=service.id).number
    _show(till, "calendar", booking)
    assert _panel(till).words.text() == "To pay €80.00"
    _panel(till).deposit.click()
    till.on("sell")
    assert _cart(till) == [(LineKind.DEPOSIT, booking, 1600)]
    _pay(till, "F9")
    ticket = a_ticket(behind, seller, a_device(price_minor=9000), booking=booking).number
    _show(till, "ticket", ticket)
    assert _owed(till) == ("€90.00", "−€16.00", "€74.00")
    till.press("F9")
    till.on("sell")
    assert till.page("sell").steps.sale.to_pay_minor == 7400
    _pay(till, "F9", "F9")
    assert behind.counter.paying(seller, ticket).left_minor == 0


# -- who buys ----------------------------------------------------------------------------------------------
def _ask_who(clerk: Clerk, text: str) -> Any:
    """The form of who buys, with a text in its first field."""
    clerk.press("ctrl+N")
    clerk.type(text)
    clerk.quiet()
    return clerk.window.sheet_content


def test_a_phone_at_checkout_finds_the_same_customer_however_it_is_written(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    marta = a_customer(behind, seller, phone=a_phone(1))
    assert marta.phone is not None
    till.press("F5")
    till.on("sell")
    abroad = marta.phone.shown("DE")
    for text in (marta.phone.shown("IE"), abroad, abroad.replace("+", "00"), abroad.replace(" ", "")):
        till.window.set_counter(None)
        _ask_who(till, text)
        till.press("Return")
        until(lambda: till.window.counter is not None, f"{text} found nobody")
        assert till.window.counter.id == marta.id  # type: ignore[union-attr]


def test_what_is_no_number_makes_nobody(till: Clerk, behind: Shop, seller: Actor) -> None:
    till.press("F5")
    till.on("sell")
    for text in ("085 1", "000-000-0000", "no phone"):
        sheet = _ask_who(till, text)
        till.press("Return", "ctrl+Return")
        till.quiet()
        assert till.window.counter is None, text
        assert till.window.sheet_content is sheet, text
        till.press("Escape", "Escape")
    assert a_customer(behind, seller).pl_id.number == 1


def test_a_number_that_another_till_took_meanwhile_is_that_customer(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    till.press("F5")
    till.on("sell")
    _ask_who(till, "085 100 0003")
    till.press("Return")
    till.type("Ida Berg")
    other = a_customer(behind, seller, "Ida B.", phone=a_phone(3))
    till.press("ctrl+Return")
    until(lambda: till.window.counter is not None)
    assert till.window.counter.id == other.id  # type: ignore[union-attr]
    assert "PL1 was just created on Till 1 with this number" in till.said()[0]
