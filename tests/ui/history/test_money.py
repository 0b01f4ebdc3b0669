"""Money in the history, by keys."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from posapp.domain.customers.customers import Customer
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.selling.order_commands import Offer, Pay, Refund
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.history.statement_sheet import StatementSheet
from tests.factories import TILL, a_customer, the_clock
from tests.sales import a_sale, card, cash
from tests.ui.history.test_page import current, panel, timeline, titles
from tests.ui.preview.till import ALT, CTRL, Till, words_on

Key = Qt.Key


@pytest.fixture
def buyer(till: Till, marta: Customer) -> Customer:
    """Marta, who paid S1 in cash, and owes 8.00 of S2 after a payment by card."""
    shop, actor = till.shop, till.shop.actor(TILL)
    the_clock(shop).advance(timedelta(days=3))  # after her bookings
    a_sale(shop, actor, customer_id=marta.id, price_minor=6400)
    the_clock(shop).advance(timedelta(minutes=1))
    account = (card(450, "4711"), Tendered(Tender.ACCOUNT, 800))
    a_sale(shop, actor, customer_id=marta.id, tenders=account, note="Blue one")
    return marta


def sheet(till: Till) -> StatementSheet:
    found = till.window.sheet_content
    assert isinstance(found, StatementSheet)
    return found


def test_sales_and_payments_have_filters_of_their_own(till: Till, buyer: Customer) -> None:
    till.show("history", buyer.id)
    assert titles(till)[:4] == ["P2", "S2", "P1", "S1"]
    till.press(Key.Key_4, ALT)
    assert titles(till) == ["S2", "S1"]
    till.press(Key.Key_5, ALT)
    assert titles(till) == ["P2", "P1"]
    till.press(Key.Key_Home)
    entry = current(till)
    assert (entry.second, entry.price, entry.owed, entry.is_income) == (
        "Card 4711, S2", "+€4.50", "€8.00", True,
    )  # fmt: skip


def test_a_sale_tells_its_lines_tenders_and_what_is_owed(till: Till, buyer: Customer) -> None:
    till.show("history", buyer.id)
    till.press(Key.Key_4, ALT)
    entry = current(till)
    assert (entry.price, entry.owed, entry.pill.word if entry.pill else "") == (
        "€12.50", "€12.50", "Part paid",
    )  # fmt: skip
    said = panel(till)
    for words in ("S2", "Silicone case", "€12.50", "Card, 4711, P2", "€8.00", "Blue one", "Sold"):
        assert words in said
    till.press(Key.Key_Return)
    assert (till.window.current_page_id, till.preview.subtitle()) == ("preview", "S2")
    till.press(Key.Key_Escape)
    assert current(till).title == "S2"


def test_the_money_key_takes_the_sale_with_the_cursor_else_all_that_is_owed(
    till: Till, buyer: Customer
) -> None:
    till.show("history", buyer.id)
    till.press(Key.Key_4, ALT)
    till.press(Key.Key_F9)
    assert till.opened() == ("sell", Offer("S2", "", 800))
    assert till.window.counter is not None
    assert str(till.window.counter.pl_id) == str(buyer.pl_id)
    till.show("history", buyer.id)
    till.press(Key.Key_5, ALT)
    till.press(Key.Key_F9)
    assert till.opened() == ("sell", Offer("", "", 800))


def test_the_balance_takes_what_is_owed_and_tells_the_statement_where_nothing_is(
    till: Till, buyer: Customer
) -> None:
    till.show("history", buyer.id)
    till.tab_to("Balance, €8.00, owes")
    till.press(Key.Key_Return)
    assert till.opened() == ("sell", Offer("", "", 800))
    till.shop.orders.pay(till.actor, Pay(customer_id=buyer.id, tenders=(cash(800),)))
    till.show("history", buyer.id)
    till.press(Key.Key_F9)
    assert till.said() == "Nothing is owed"
    till.tab_to("Balance, €0.00, nothing owed")
    till.press(Key.Key_Return)
    assert "€0.00" in words_on(sheet(till))


def test_a_refund_at_another_till_shows_while_the_page_is_open(till: Till, buyer: Customer) -> None:
    till.show("history", buyer.id)
    till.press(Key.Key_4, ALT)
    till.press(Key.Key_Down)
    assert current(till).title == "S1"
    elsewhere = till.shop.actor("Till 2")
    till.shop.shifts.open(elsewhere, 10_000)
    the_clock(till.shop).advance(timedelta(minutes=1))
    till.shop.refunds.refund(elsewhere, Refund(number="S1", reason="broken"))
    till.quiet()
    assert titles(till) == ["S3", "S2", "S1"]
    entry = current(till)
    assert (entry.title, entry.pill.word if entry.pill else "") == ("S1", "Refunded")
    assert "Given back by S3" in panel(till)
    till.press(Key.Key_R, ALT)
    assert till.said() == "Choose a sale of which something can be given back"
    till.press(Key.Key_Home)
    till.press(Key.Key_R, ALT)  # a refund itself is not given back
    assert till.window.current_page_id == "history"
    till.press(Key.Key_Down)
    till.press(Key.Key_R, ALT)
    assert till.opened() == ("sell", "S2")


def test_another_customer_has_another_story(till: Till, buyer: Customer) -> None:
    ravi = a_customer(till.shop, till.actor, "Ravi Nair")
    till.show("history", buyer.id)
    till.press(Key.Key_4, ALT)
    till.show("history", ravi.id)
    assert titles(till) == ["Customer created"]
    till.press(Key.Key_F9)
    assert till.said() == "Nothing is owed"
    till.press(Key.Key_S, ALT)
    assert sheet(till).entries.rows.rowCount() == 0


def test_the_statement_has_every_entry_between_two_balances_and_becomes_a_file(
    till: Till, buyer: Customer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.show("history", buyer.id)
    till.press(Key.Key_S, ALT)
    rows = [(row.words, row.amount, row.balance) for row in sheet(till).entries.rows.rows()]
    assert rows == [
        ("S1", "€64.00", "€64.00"),
        ("P1 · S1", "−€64.00", "€0.00"),
        ("S2", "€12.50", "€12.50"),
        ("P2 · S2", "−€4.50", "€8.00"),
    ]
    assert "Owed for S2 €8.00" in words_on(sheet(till))
    file = tmp_path / "statement.pdf"
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    till.press(Key.Key_S, CTRL)
    assert file.read_bytes().startswith(b"%PDF")
    assert till.said() == "Saved as statement.pdf"
    till.press(Key.Key_Escape)
    assert timeline(till).hasFocus()


def test_what_has_no_paper_of_its_own_prints_the_statement(till: Till, buyer: Customer) -> None:
    till.show("history", buyer.id)
    till.press(Key.Key_End)
    till.press(Key.Key_P, CTRL)
    assert sheet(till).isVisible()
