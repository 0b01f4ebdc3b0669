"""The counter sells: by keys alone, by scanner alone, parked, refused, killed, and at two windows."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Actor
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Hold
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import CABLE, GLASS, OpenTill
from tests.repairs import a_device, a_ticket
from tests.sales import a_cart, card, cash, goods, sold
from tests.ui.wedge import Wedge

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(60)
_WEDGES: dict[int, Wedge] = {}
"""The scanner of each window: its clock goes on."""


@pytest.fixture
def till(seller: Actor, open_till: OpenTill) -> Clerk:
    """The sale in front."""
    return _at_sale(open_till())


def _at_sale(clerk: Clerk) -> Clerk:
    clerk.press("F5")
    clerk.on("sell")
    return clerk


def _enter(clerk: Clerk, *texts: str) -> None:
    for text in texts:
        clerk.type(text)
        clerk.press("Return")


def _scan(clerk: Clerk, *codes: str) -> None:
    wedge = _WEDGES.setdefault(id(clerk.window), Wedge(clerk.window))
    for code in codes:
        wedge.rest()
        wedge.scan(code)
        clerk.quiet()


def _sale(clerk: Clerk) -> Any:
    return clerk.page("sell").steps.sale


def _lines(clerk: Clerk) -> list[tuple[str, int]]:
    return [(line.text, line.quantity) for line in _sale(clerk).cart.lines]


def _last(shop: Shop, actor: Actor) -> Order:
    return shop.orders.latest(actor, 1)[0]


def _tenders(order: Order) -> dict[Tender, int]:
    return {one.tender: one.amount_minor for one in order.payments}


def _done(clerk: Clerk) -> Any:
    page = clerk.page("sell")
    until(lambda: page._stack.currentWidget() is page.done, "the sale was never done")
    return page.after.outcome


# -- by keys -------------------------------------------------------------------------------------------
def test_exact_cash_is_f9_f9_and_card_is_f9_alt_2_f9(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS)
    till.press("F9", "F9")
    assert _done(till).figure == ""
    order = _last(behind, seller)
    assert (order.number, order.total_minor, _tenders(order)) == ("S1", 1490, {Tender.CASH: 1490})

    till.press("Return")
    _enter(till, CABLE)
    till.press("F9", "alt+2", "F9")
    _done(till)
    assert _tenders(_last(behind, seller)) == {Tender.CARD: 1250}


def test_card_and_then_cash_with_change_that_is_told_while_it_is_typed(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    _enter(till, GLASS, "3*usb-c")
    pay = till.page("sell").sale.pay
    till.press("F9", "alt+2")
    till.type("20")
    till.press("Return")
    assert pay.still.text() == "€32.40"
    till.press("alt+1")
    till.type("5")
    assert pay.change.text() == ""
    till.type("0")
    assert pay.change.text() == "€17.60"
    till.press("F9")
    assert _done(till).figure == "€17.60"
    order = _last(behind, seller)
    assert (order.total_minor, order.change_minor) == (5240, 1760)
    assert _tenders(order) == {Tender.CARD: 2000, Tender.CASH: 3240}


def test_more_than_is_to_pay_by_card_is_refused_in_a_sentence_and_nothing_is_written(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    _enter(till, GLASS)
    till.press("F9", "alt+2")
    till.type("15")
    till.press("F9")
    assert till.page("sell").sale.pay.refusal.text() == "Only cash can be more than what is still to pay."
    assert behind.orders.latest(seller, 1) == []
    till.press("alt+1", "F9")
    _done(till)
    assert _tenders(_last(behind, seller)) == {Tender.CASH: 1490}


def test_the_money_key_says_that_something_has_to_be_rung_up_first(till: Clerk) -> None:
    till.press("F9")
    assert till.said()[0] == "Add an item first"
    assert till.page("sell").sale.field.edit.hasFocus()


def test_a_free_line_a_quantity_a_price_and_discounts_by_keys(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    _enter(till, "12.50 strap", GLASS)
    till.press("Down", "Plus", "Plus")
    assert _lines(till) == [("strap", 1), ("Tempered glass", 3)]
    till.press("Minus", "ctrl+D")
    till.type("10%")
    till.press("Return")
    till.press("Up", "Return")
    till.fill(Price_of_one="11")
    till.press("Return", "ctrl+shift+D")
    till.type("5")
    till.press("Return")
    assert _sale(till).sums.total_minor == 1100 + 2682 - 500
    till.press("F9", "F9")
    _done(till)
    order = _last(behind, seller)
    assert order.total_minor == 3282
    assert [line.unit_minor for line in order.lines] == [1100, 1490]


def test_a_discount_above_the_price_is_refused_at_its_field(till: Clerk) -> None:
    _enter(till, GLASS)
    till.press("ctrl+D")
    till.type("20")
    till.press("Return")
    form = till.page("sell").sale.form
    assert form.discount.message() == "A discount takes off at most the whole price."
    assert _sale(till).sums.total_minor == 1490
    till.press("Escape")
    assert not form.is_open


def test_a_line_that_is_taken_off_comes_back_with_ctrl_z(till: Clerk) -> None:
    _enter(till, GLASS, CABLE)
    till.press("Down", "Delete")
    assert _lines(till) == [("Tempered glass", 1)]
    till.press("ctrl+Z")
    assert _lines(till) == [("Tempered glass", 1), ("USB-C cable 2 m", 1)]


def test_words_list_choices_and_nothing_found_is_said(till: Clerk) -> None:
    field = till.page("sell").sale.field
    till.type("glass")
    until(lambda: field.has_choices)
    till.press("Return")
    assert (_lines(till), field.text()) == ([("Tempered glass", 1)], "")
    _enter(till, "unheard of")
    assert field.problem() == "Nothing is found by “unheard of”."
    assert field.text() == "unheard of"


# -- by scanner ----------------------------------------------------------------------------------------
def test_a_sale_by_scanner_and_enter_alone(till: Clerk, behind: Shop, seller: Actor) -> None:
    _scan(till, GLASS, CABLE, GLASS)
    assert _lines(till) == [("Tempered glass", 2), ("USB-C cable 2 m", 1)]
    till.press("Return", "Return", "Return")
    _done(till)
    assert _last(behind, seller).total_minor == 4230
    _scan(till, CABLE)  # starts the next customer
    assert _lines(till) == [("USB-C cable 2 m", 1)]


def test_three_scans_ring_up_whatever_has_the_focus(till: Clerk) -> None:
    _scan(till, GLASS)
    stops = [
        widget
        for widget in till.page("sell").findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    rung = 1
    for widget in stops:
        widget.setFocus()
        if not widget.hasFocus():
            continue
        _scan(till, GLASS, CABLE, GLASS)
        rung += 2
        where = f"{type(widget).__name__} {widget.accessibleName()}"
        assert dict(_lines(till))["Tempered glass"] == rung, where
        assert till.page("sell").is_selling(), where
    assert rung > 20


def test_an_unknown_code_is_said_and_rings_up_nothing(till: Clerk) -> None:
    _scan(till, "4006381333931")
    assert till.said()[0] == "Unknown code 4006381333931"
    assert _lines(till) == []


def test_how_many_stands_in_the_field_before_a_scan(till: Clerk) -> None:
    till.type("3*")
    _scan(till, GLASS)
    assert _lines(till) == [("Tempered glass", 3)]
    assert till.page("sell").sale.field.text() == ""


# -- work, customers, debts ------------------------------------------------------------------------------
@pytest.fixture
def ready(behind: Shop, seller: Actor) -> str:
    """A repair of €139.00 for Marta, with a deposit of €50.00."""
    marta = a_customer(behind, seller, "Marta Kowalczyk", phone=a_phone(1))
    ticket = a_ticket(behind, seller, a_device(price_minor=13_900), customer_id=marta.id)
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5_000, number=ticket.number)
    sold(behind, seller, cart=Cart((deposit,)), customer_id=marta.id, tenders=(cash(5_000),))
    return ticket.number


def test_a_repair_and_goods_are_settled_together_with_the_deposit_taken_off(
    ready: str, till: Clerk, behind: Shop, seller: Actor
) -> None:
    _scan(till, ready, GLASS)
    assert str(till.window.counter.pl_id) == "PL1"  # type: ignore[union-attr]
    assert _sale(till).to_pay_minor == 13_900 + 1_490 - 5_000
    assert till.page("sell").sale.pay.to_pay.text() == "€103.90"
    till.press("F9", "alt+2")
    till.type("80")
    till.press("Return", "alt+1")
    till.type("30")
    till.press("F9")
    assert _done(till).figure == "€6.10"
    order = _last(behind, seller)
    assert (order.total_minor, order.owed_minor, order.pl_id) == (15_390, 0, "PL1")
    assert _tenders(order) == {Tender.DEPOSIT: 5_000, Tender.CARD: 8_000, Tender.CASH: 2_390}
    assert _done(till).tickets == (ready,)


def test_a_ready_repair_is_offered_and_never_forced(ready: str, till: Clerk) -> None:
    _scan(till, "PL1")
    strip = till.page("sell").sale.strip
    assert [one.text() for one in strip.offers] == [f"Add {ready}, €139.00"]
    assert _lines(till) == []
    till.tab_to(f"Add {ready}, €139.00")
    till.press("Return")
    assert _sale(till).to_pay_minor == 8_900
    assert strip.offers == []


def test_what_is_put_on_account_is_taken_later_as_a_debt(till: Clerk, behind: Shop, seller: Actor) -> None:
    a_customer(behind, seller, "Chidi Okafor", phone=a_phone(2))
    _scan(till, "PL1", GLASS)
    till.press("F9", "alt+4", "F9")
    assert _done(till).head == "€14.90 on account"
    till.press("Return")
    _scan(till, "PL1")
    strip = till.page("sell").sale.strip
    assert strip.owes.text() == "owes €14.90"
    till.tab_to("Take €14.90")
    till.press("Return")
    till.type("10")
    till.press("F9")
    assert _done(till).head == "Still owes €4.90"
    standing = behind.orders.counter(seller, 1).standing
    assert standing is not None
    assert standing.debt_minor == 490


def test_the_debt_of_one_customer_is_not_taken_from_the_next(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    for number, name in ((2, "Chidi Okafor"), (3, "Ida Berg")):
        one = a_customer(behind, seller, name, phone=a_phone(number))
        on_account = (Tendered(Tender.ACCOUNT, 1490),)
        sold(behind, seller, GLASS, customer_id=one.id, tenders=on_account)
    _scan(till, "PL1")
    till.tab_to("Take €14.90")
    till.press("Return")
    pay = till.page("sell").pay
    assert pay.debt.customer_id == 1
    _scan(till, "PL2")
    assert pay.debt is None
    till.press("F9")
    till.quiet()
    assert [behind.orders.counter(seller, key).standing.debt_minor for key in (1, 2)] == [1490, 1490]  # type: ignore[union-attr]


def test_an_account_belongs_to_somebody(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS)
    till.press("F9", "alt+4", "F9")
    words = "An account belongs to somebody. Choose the customer first."
    assert till.page("sell").sale.pay.refusal.text() == words
    assert behind.orders.latest(seller, 1) == []


def test_a_customer_is_found_or_made_at_checkout_by_phone(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS)
    till.press("ctrl+N")
    till.type("085 100 0003")
    till.press("Return")
    till.type("Ida Berg")
    till.press("ctrl+Return")
    until(lambda: till.window.counter is not None)
    assert _lines(till) == [("Tempered glass", 1)]
    till.press("F9", "F9")
    _done(till)
    assert _last(behind, seller).customer_name == "Ida Berg"
    till.press("Return", "ctrl+N")
    till.type("085 100 0003")
    till.press("Return")
    until(lambda: till.window.counter is not None)
    assert str(till.window.counter.pl_id) == "PL1"  # type: ignore[union-attr]


# -- waiting, coming back ----------------------------------------------------------------------------------
def test_a_sale_is_parked_and_another_one_goes_first(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS, CABLE)
    till.press("alt+P")
    assert (_lines(till), [one.reference for one in behind.orders.held(seller)]) == ([], ["H1"])
    waiting = till.window.top_bar.waiting
    until(lambda: waiting.text() == "1 parked" and waiting.isVisible())
    till.press("F2")
    assert not waiting.isVisible()
    till.press("F5")
    _enter(till, CABLE)
    till.press("F9", "F9")
    _done(till)
    till.press("Return", "alt+O")
    until(lambda: till.window.sheet_content.list.rows.rowCount() == 1)  # type: ignore[union-attr]
    till.press("Return")
    assert _lines(till) == [("Tempered glass", 1), ("USB-C cable 2 m", 1)]
    assert till.page("sell").subtitle() == "H1"
    assert not waiting.isVisible()  # it is in hand
    till.press("F9", "F9")
    _done(till)
    assert (_last(behind, seller).number, behind.orders.held(seller)) == ("S2", [])
    till.press("Return")
    assert not waiting.isVisible()


def test_a_doubled_key_parks_once_and_what_is_scanned_then_is_the_next_sale(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    _enter(till, GLASS)
    for _ in range(3):  # before the answer is there
        QTest.keyClick(till.focus(), Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    till.page("sell").take_scan(CABLE)
    QTest.keyClick(till.focus(), Qt.Key.Key_F9)
    till.quiet()
    assert [one.reference for one in behind.orders.held(seller)] == ["H1"]
    assert _lines(till) == [("USB-C cable 2 m", 1)]
    assert behind.orders.latest(seller, 9) == []


def test_what_is_rung_up_before_a_parked_sale_comes_back_is_not_lost(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    cart = a_cart(behind, seller, CABLE)
    behind.orders.hold(seller, Hold(cart=cart))
    page = till.page("sell")
    page.held.recall("H1")
    page.steps.ring_up(a_cart(behind, seller, GLASS).lines)
    till.quiet()
    assert _lines(till) == [("Tempered glass", 1)]
    assert till.said()[0] == "Park or complete this sale first."
    page.clear()
    page.held.recall("H1")
    until(lambda: _lines(till) == [("USB-C cable 2 m", 1)])


def test_the_first_letter_of_the_next_customer_is_not_lost(till: Clerk) -> None:
    _enter(till, GLASS)
    till.press("F9", "F9")
    _done(till)
    till.type("cab")
    field = till.page("sell").sale.field
    assert (field.text(), field.edit.hasFocus()) == ("cab", True)
    until(lambda: field.has_choices)


def test_a_doubled_money_key_sells_once(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS)
    till.press("F9")
    for _ in range(3):  # before the answer is there
        QTest.keyClick(till.focus(), Qt.Key.Key_F9)
    till.quiet()
    _done(till)
    till.press("F9")
    assert len(behind.orders.latest(seller, 9)) == 1


def test_after_a_refusal_the_sale_stands_as_it_is_today(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS)
    item = behind.items.by_code(seller, GLASS)
    command = SaveItem(
        id=item.id, sku=item.sku, name=item.name, kind=item.kind, price_minor=1600, barcodes=item.barcodes
    )
    behind.items.save(behind.actor("Till 2"), command)
    till.press("F9", "F9")
    pay = till.page("sell").sale.pay
    assert pay.refusal.text() == "Tempered glass costs €16.00 now. Look at the sale again."
    assert behind.orders.latest(seller, 1) == []
    until(lambda: _sale(till).sums.total_minor == 1600)
    till.page("sell").sale.pay.begin()
    till.press("F9")
    until(lambda: bool(behind.orders.latest(seller, 1)))
    assert _last(behind, seller).total_minor == 1600


def test_a_sale_is_there_again_at_the_next_start_and_gone_once_it_is_completed(
    seller: Actor, open_till: OpenTill, behind: Shop
) -> None:
    clerk = _at_sale(open_till())
    _enter(clerk, GLASS, "12.50 strap")
    clerk.window.close()
    again = _at_sale(open_till())
    until(lambda: _lines(again) == [("Tempered glass", 1), ("strap", 1)])
    assert "Draft restored" in again.page("sell").sale.draft.text()
    again.press("F9", "F9")
    _done(again)
    again.window.close()
    third = _at_sale(open_till())
    assert _lines(third) == []
    assert len(behind.orders.latest(seller, 9)) == 1


def test_a_killed_program_has_the_half_made_sale_again(
    seller: Actor, open_till: OpenTill, behind: Shop, sqlite_place: str
) -> None:
    a_customer(behind, seller, "Marta Kowalczyk", phone=a_phone(1))
    died = subprocess.run(
        [sys.executable, "-m", "tests.flows.dying_sale", sqlite_place],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    clerk = _at_sale(open_till())
    until(lambda: _lines(clerk) == [("Tempered glass", 2), ("strap", 1)])
    until(lambda: clerk.window.counter is not None)
    assert str(clerk.window.counter.pl_id) == "PL1"  # type: ignore[union-attr]


def test_two_windows_have_a_sale_each(seller: Actor, open_till: OpenTill, behind: Shop) -> None:
    one, two = _at_sale(open_till()), _at_sale(open_till())
    _enter(two, CABLE)
    one.to_front()
    _enter(one, GLASS)
    assert (_lines(one), _lines(two)) == ([("Tempered glass", 1)], [("USB-C cable 2 m", 1)])
    one.press("F9", "F9")
    _done(one)
    two.to_front()
    assert _lines(two) == [("USB-C cable 2 m", 1)]
    two.press("F9", "F9")
    _done(two)
    assert [order.number for order in behind.orders.latest(seller, 9)] == ["S2", "S1"]


def test_without_a_shift_the_way_to_open_it_is_shown(behind: Shop, open_till: OpenTill) -> None:
    goods(behind, behind.actor(TILL), barcodes=(GLASS,))
    clerk = _at_sale(open_till())
    notice = clerk.page("sell").sale.notice
    assert notice.text() == "Open the shift to take money."
    _enter(clerk, GLASS)
    clerk.press("F9", "F9")
    assert "Open the shift to take money." in clerk.page("sell").sale.pay.refusal.text()
    behind.shifts.open(behind.actor(TILL), 0)
    until(notice.isHidden, "the other program's shift was never seen")


# -- giving back -------------------------------------------------------------------------------------------
def test_a_receipt_is_scanned_and_pieces_of_it_are_given_back(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    sold(behind, seller, GLASS, GLASS, CABLE)
    _scan(till, "S1")
    refund = till.page("sell").refund
    assert (till.page("sell").title(), till.page("sell").subtitle()) == ("Give back", "S1")
    till.press("Space")
    until(lambda: refund._total.text() == "€29.80")
    till.tab_to("One less of Tempered glass")
    till.press("Return")
    until(lambda: refund._total.text() == "€14.90")
    till.press("F9")
    assert refund.reason.message() == "Say why it is given back."
    till.type("Scratched")
    till.press("F9")
    assert _done(till).title == "Refund done"
    assert (_done(till).ask, _done(till).figure) == ("Give back", "€14.90")
    order = _last(behind, seller)
    assert (order.refund_of, order.total_minor, order.note) == ("S1", -1490, "Scratched")
    assert _tenders(order) == {Tender.CASH: -1490}


def test_an_amount_of_a_sale_is_given_back_by_card(till: Clerk, behind: Shop, seller: Actor) -> None:
    sold(behind, seller, GLASS, CABLE, tenders=(card(2740),))
    till.press("alt+R")
    until(lambda: till.window.sheet_content.list.rows.rowCount() == 1)  # type: ignore[union-attr]
    till.press("Return")
    refund = till.page("sell").refund
    until(refund.isVisible)
    assert Tender(refund.ways.current()) is Tender.CARD  # as it was paid
    till.fill(**{"Or_an_amount,_spread_over_the_whole_sale": "5"}, Reason="Goodwill")
    until(lambda: refund._total.text() == "€5.00")
    till.press("F9")
    _done(till)
    assert _tenders(_last(behind, seller)) == {Tender.CARD: -500}


def test_more_than_is_left_of_a_sale_is_refused_while_it_is_chosen(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    sold(behind, seller, GLASS)
    _scan(till, "S1")
    refund = till.page("sell").refund
    till.fill(**{"Or_an_amount,_spread_over_the_whole_sale": "15"})
    until(lambda: refund.amount.message() == "That is more than what is left of this sale.")
    assert not refund.save.isEnabled()
    till.press("Escape")
    assert till.page("sell").is_selling()
    assert len(behind.orders.latest(seller, 9)) == 1


def test_half_an_amount_is_no_exchange(till: Clerk, behind: Shop, seller: Actor) -> None:
    sold(behind, seller, GLASS)
    _scan(till, "S1")
    page = till.page("sell")
    until(page.is_giving_back)
    page.refund.amount.editor.setFocus()
    till.type("5x")
    till.press("alt+X")
    assert page.is_giving_back()
    assert page.refund.summary.text() == "Choose lines, or enter an amount."


def test_the_last_sale_is_void_with_a_reason(till: Clerk, behind: Shop, seller: Actor) -> None:
    _enter(till, GLASS)
    till.press("F9", "F9")
    _done(till)
    till.press("Return")
    _scan(till, "S1")
    till.tab_to("Void the whole sale")
    till.press("Return")
    till.type("Rung up twice")
    till.press("Return")
    until(lambda: behind.orders.get(seller, "S1").void_reason == "Rung up twice")
    assert till.said()[0] == "S1 is void"
    assert till.page("sell").is_selling()


def test_a_receipt_that_is_no_sale_is_said(till: Clerk) -> None:
    _scan(till, "S77")
    assert till.page("sell").sale.field.problem() == "There is no sale S77."
