"""Quick items, the code to pay by, and a sale that was rung up in another copy of the shop."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtGui import QImage

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.selling.payments import Tender
from posapp.services.desks import Shop
from posapp.services.shop.businesses import EditBusiness
from tests.factories import TILL, a_customer, a_phone, a_shop
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.repairs import a_device, a_ticket
from tests.sales import goods, sold
from tests.ui.fit import cut_off
from tests.ui.tabbing import stops_of, tabbed

GLASS = "5391510000017"
IBAN = "IE29AIBK93115212345678"
pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def seller(behind: Shop) -> Actor:
    """Goods, one of them a quick item, and an open shift."""
    actor = behind.actor(TILL)
    goods(behind, actor, 990, sku="STRAP", name="Phone strap")
    item = goods(behind, actor, 1490, sku="GLS-13", name="Tempered glass", barcodes=(GLASS,))
    behind.items.set_quick(actor, [item.id])
    behind.shifts.open(actor, 10_000)
    return actor


def _at_sale(clerk: Clerk) -> Clerk:
    clerk.press("F5")
    clerk.on("sell")
    return clerk


def _lines(clerk: Clerk) -> list[tuple[str, int]]:
    return [(line.text, line.quantity) for line in clerk.page("sell").steps.sale.cart.lines]


def test_quick_items_are_rung_up_by_a_key_and_by_a_press(seller: Actor, open_till: OpenTill) -> None:
    till = _at_sale(open_till())
    quick = till.page("sell").sale.quick
    assert [one.text() for one in quick.buttons] == ["Tempered glass", "Gift card"]
    till.press("ctrl+1")
    till.press("ctrl+2")  # there is none: nothing happens
    quick.buttons[0].click()
    till.quiet()
    assert _lines(till) == [("Tempered glass", 2)]
    quick.buttons[1].click()
    till.quiet()
    assert till.window.sheet_content is not None
    till.press("Escape")
    assert till.window.sheet_content is None


def test_a_code_to_pay_by_holds_what_is_to_pay(seller: Actor, open_till: OpenTill, behind: Shop) -> None:
    behind.businesses.edit(seller, EditBusiness(payment_iban=IBAN))
    till = _at_sale(open_till())
    till.type(GLASS)
    till.press("Return", "F9", "alt+5")
    pay = till.page("sell").sale.pay
    until(lambda: pay.code.words.text().startswith("Waiting"))
    shown = pay.code.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    picture = Image.frombytes(
        "RGB", (shown.width(), shown.height()), bytes(shown.constBits()), "raw", "RGB", shown.bytesPerLine()
    )
    [code] = zxingcpp.read_barcodes(picture)
    assert "EUR14.90" in code.text and IBAN in code.text
    till.press("F9")
    until(till.page("sell").is_done)
    [order] = behind.orders.latest(seller, 9)
    assert [one.tender for one in order.payments] == [Tender.QR]


def test_a_sale_of_one_shop_never_opens_in_another(
    seller: Actor, open_till: OpenTill, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "other.db"
    a_shop(elsewhere, name="Other Side Phones").close()
    ours = _at_sale(open_till())
    ours.type(GLASS)
    ours.press("Return")
    ours.window.close()
    theirs = _at_sale(open_till(elsewhere))
    assert _lines(theirs) == []
    theirs.window.close()
    assert _lines(_at_sale(open_till())) == [("Tempered glass", 1)]


def test_where_a_copy_went_another_way_work_is_rung_up_anew_and_no_other_item_is_sold(
    seller: Actor, open_till: OpenTill, behind: Shop, sqlite_place: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(sqlite_place)) as ours_as_it_is, closing(sqlite3.connect(copy)) as taken:
        ours_as_it_is.backup(taken)
    there = open_shop(copy)
    for shop, name, sku in ((behind, "Marta Kowalczyk", "DSP-1"), (there, "Ana Ruiz", "BAT-1")):
        someone = a_customer(shop, seller, name, phone=a_phone(len(name)))
        a_ticket(shop, seller, a_device(price_minor=8000), customer_id=someone.id)
        goods(shop, seller, 5000, sku=sku, name=sku)
    there.close()
    ours = _at_sale(open_till())
    for text in ("T1", "DSP-1"):
        ours.type(text)
        ours.press("Return")
    assert len(_lines(ours)) == 2
    assert str(ours.window.counter.pl_id) == "PL1"  # type: ignore[union-attr]
    ours.window.close()
    clerk = _at_sale(open_till(copy))
    until(lambda: [text for text, _ in _lines(clerk)] == ["DSP-1"])
    assert clerk.window.counter is None
    clerk.press("F9", "F9")
    assert clerk.page("sell").sale.pay.refusal.text() == "DSP-1 is no longer sold. Take it off the sale."


def test_a_refused_price_has_room_in_the_form_of_a_line(seller: Actor, open_till: OpenTill) -> None:
    till = _at_sale(open_till())
    till.type("12.50 strap")
    till.press("Return", "Down", "Return")
    till.type("-3")
    till.press("Return")
    form = till.page("sell").sale.form
    assert form.price.message()
    assert form.price.editor.height() >= form.price.editor.sizeHint().height()
    assert cut_off(form) == []


def test_an_empty_list_of_parked_sales_keeps_the_keys(
    seller: Actor, open_till: OpenTill, behind: Shop
) -> None:
    customer = a_customer(behind, seller, "Anna", phone=a_phone(1))
    till = _at_sale(open_till())
    till.type(str(customer.pl_id))
    till.press("Return", "alt+O")
    sheet = till.window.sheet_content
    assert sheet is not None
    assert sheet.isAncestorOf(till.focus())
    till.press("Return")
    assert till.window.current_page_id == "sell"
    till.press("Escape")
    assert till.window.sheet_content is None


def test_enter_leads_from_the_lines_that_come_back_to_how_they_do(
    seller: Actor, open_till: OpenTill, behind: Shop
) -> None:
    order = sold(behind, seller, "GLS-13").order
    till = _at_sale(open_till())
    till.type(order.number)
    till.press("Return")
    refund = till.page("sell").refund
    assert till.focus() is refund.first_stop()
    till.press("Return")
    assert till.focus() is refund.amount.editor
    till.press("Return")
    assert till.focus() is refund.reason.editor
    assert set(tabbed(refund, refund.first_stop())) == set(stops_of(refund))


def test_a_printer_that_fails_is_told_within_the_card(seller: Actor, open_till: OpenTill) -> None:
    till = _at_sale(open_till())
    till.type("STRAP")
    till.press("Return", "F9", "F9")
    done = till.page("sell").done
    done.say_state("This computer has no default printer; choose one in Settings, This till.", "danger")
    till.quiet()
    assert done.prints.width() <= done.edit.width()


def test_f9_takes_over_what_is_typed_for_a_line_before_it_is_paid(seller: Actor, open_till: OpenTill) -> None:
    till = _at_sale(open_till())
    till.type("12.50 strap")
    till.press("Return", "Down", "Return", "ctrl+A")
    till.type("abc")
    till.press("F9")
    page = till.page("sell")
    assert page.sale.form.is_open
    assert not page.is_paying()
    till.press("ctrl+A")
    till.type("20,00")
    till.press("F9")
    assert not page.sale.form.is_open
    assert page.is_paying()
    assert page.sale.pay.amount.minor() == 2000


def test_what_was_paid_is_said_once(seller: Actor, open_till: OpenTill) -> None:
    till = _at_sale(open_till())
    page = till.page("sell")
    till.type("STRAP")
    till.press("Return", "F9", "F9")
    assert page.after.outcome.lines[-1] == ("Cash", "€9.90")
    till.press("Return")
    till.type("STRAP")
    till.press("Return", "F9")
    till.type("5")
    till.press("Return", "alt+2", "F9")
    assert page.after.outcome.lines[-1] == ("Card €4.90, Cash €5.00", "€9.90")
