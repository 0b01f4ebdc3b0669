"""Gift cards in the window: sold, topped up, scanned, paid with; the code stands on one paper alone."""

from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.gift_cards import shown_code
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender
from posapp.services.desks import Shop
from posapp.ui.sell.card_sheet import GiftCardSheet
from tests.factories import TILL
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import GLASS
from tests.printing.samples import codes_on, pictures
from tests.sales import goods, sold
from tests.ui.wedge import Wedge

PRINTED = "6035710012345678"
pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def seller(behind: Shop) -> Actor:
    """Goods on the shelf, and an open shift at the till of the window."""
    actor = behind.actor(TILL)
    goods(behind, actor, 1490, sku="GLS-13", name="Tempered glass", barcodes=(GLASS,), opening=20)
    behind.shifts.open(actor, 10_000)
    return actor


@pytest.fixture
def scan(till: Clerk) -> Any:
    """The scanner of the window."""
    wedge = Wedge(till.window)

    def scanned(*codes: str) -> None:
        for code in codes:
            wedge.rest()
            wedge.scan(code)
            till.quiet()

    return scanned


def _sheet(clerk: Clerk) -> Any:
    return clerk.window.sheet_content


def _done(clerk: Clerk) -> Any:
    page = clerk.page("sell")
    until(page.is_done, "the sale was never done")
    clerk.quiet()
    return page.after.outcome


def _last(shop: Shop, actor: Actor) -> Order:
    return shop.orders.latest(actor, 1)[0]


def a_card(shop: Shop, actor: Actor, minor: int = 5000) -> str:
    """A card that was sold before; its code."""
    [(_, code)] = sold(shop, actor, cart=Cart((shop.gift_cards.line(actor, minor),))).codes
    return code


def test_a_card_is_sold_by_keys_and_its_code_told_once(till: Clerk, behind: Shop, seller: Actor) -> None:
    till.press("alt+G")
    assert _sheet(till).amount.editor.hasFocus()
    till.type("50")
    till.press("ctrl+Return", "F9", "F9")
    [(number, code)] = _done(till).cards
    assert (number, behind.gift_cards.balance(seller, code).balance_minor) == ("G1", 5000)
    page = till.page("sell")
    assert shown_code(code) in page.done.notice.text()
    page.done.papers[0].click()
    till.quiet()
    assert (page.after._presenter.number, page.after._presenter._secret) == ("G1", code)
    till.press("Return")
    assert page.is_selling()


def test_a_printed_card_is_scanned_into_the_form_and_another_scan_goes_its_way(
    till: Clerk, behind: Shop, seller: Actor, scan: Any
) -> None:
    till.press("alt+G")
    scan(PRINTED)
    assert (_sheet(till).code.text(), _sheet(till).about.text()) == (PRINTED, "A new card is sold.")
    till.type("20")
    till.press("Return")
    assert [line.text for line in till.page("sell").steps.sale.cart.lines] == ["Gift card •••• 5678"]
    till.press("alt+G")
    scan(PRINTED)
    till.type("5")
    till.press("Return")
    assert "is in this sale already" in _sheet(till).summary.text()
    scan(GLASS)
    assert _sheet(till) is None
    till.press("alt+P")
    assert till.said()[0] == "Take the gift card off first: its code is kept nowhere."
    assert PRINTED not in str(till.page("sell").steps.sale.kept())
    till.press("F9", "F9")
    _done(till)
    assert behind.gift_cards.balance(seller, PRINTED).balance_minor == 2000
    assert _last(behind, seller).total_minor == 3490


def test_a_card_that_is_scanned_tells_its_worth_and_is_topped_up(
    till: Clerk, behind: Shop, seller: Actor, scan: Any
) -> None:
    code = a_card(behind, seller)
    scan(code)
    assert _sheet(till).about.text() == "G1: €50.00 on it. It is topped up."
    till.type("15")
    till.press("Return")
    till.press("F9", "F9")
    assert _done(till).cards == (("G1", ""),)
    assert behind.gift_cards.balance(seller, code).balance_minor == 6500


def test_a_card_that_is_scanned_into_a_sale_pays_as_far_as_it_reaches(
    till: Clerk, behind: Shop, seller: Actor, scan: Any
) -> None:
    behind.gift_cards.set_months(seller, 24)
    code = a_card(behind, seller, 1000)
    scan(GLASS, code)
    assert till.said()[0].startswith("G1: €10.00 on it, good until")
    till.press("Return", "alt+1", "F9")
    _done(till)
    order = _last(behind, seller)
    assert {one.tender: one.amount_minor for one in order.payments} == {
        Tender.GIFT_CARD: 1000,
        Tender.CASH: 490,
    }
    assert behind.gift_cards.balance(seller, code).balance_minor == 0


def test_a_slip_of_the_pen_in_a_code_of_ours_sells_no_card(till: Clerk, behind: Shop, seller: Actor) -> None:
    code = a_card(behind, seller)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    till.press("alt+G")
    _sheet(till).code.set_text(wrong)
    till.type("20")
    till.press("Return")
    assert "A sign of it is wrong" in _sheet(till).code.message()
    assert till.page("sell").steps.sale.is_empty


def test_the_paper_of_a_card_has_its_code_on_the_one_print_that_knows_it(behind: Shop, seller: Actor) -> None:
    code = a_card(behind, seller)
    for size in (PaperSize.ROLL_80, PaperSize.ROLL_58, PaperSize.A4):
        known = behind.papers.preview(seller, "G1", size, secret=code)
        assert {text for _, text in codes_on(pictures(known.pdf)[0])} == {code}
        assert codes_on(pictures(behind.papers.preview(seller, "G1", size).pdf)[0]) == set()


def test_nonsense_in_the_form_of_a_card_keeps_the_cursor_and_f9_adds_it(till: Clerk) -> None:
    till.press("alt+G")
    sheet = till.window.sheet_content
    assert isinstance(sheet, GiftCardSheet)
    till.type("-3")
    till.press("Return")
    assert sheet.amount.message()
    assert till.focus() is sheet.amount.editor
    over, pay = till.window._sheet, till.page("sell").sale.pay
    been = set()
    for _ in range(40):
        till.press("Tab")
        been.add(till.focus())
        if not over.isAncestorOf(till.focus()):
            break
    assert sheet.save_button in been
    assert not pay.isAncestorOf(till.focus())  # it lies below the form, out of sight
    sheet.amount.editor.setFocus()
    till.press("ctrl+A")
    till.type("50")
    till.press("F9")
    assert till.window.sheet_content is None
    assert till.page("sell").steps.sale.cart.lines[0].unit_minor == 5000


def test_what_is_no_code_of_a_card_is_refused_before_it_counts_as_paid(till: Clerk) -> None:
    till.type("GLS-13")
    till.press("Return", "F9", "alt+6", "Tab")
    till.type("WRONG")
    till.press("Return")
    pay = till.page("sell").sale.pay
    assert "12 to 64 letters and digits" in pay.refusal.text()
    assert till.focus() is pay.reference
    assert not till.page("sell").steps.sale.tenders
