"""All customers by key: any end, order and segment at once; several are merged, saved, forgotten."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from posapp.domain.customers.consents import ConsentKind
from posapp.domain.figures.customer_list import Segment, SortBy, Wanted
from posapp.domain.people.users import Role
from posapp.services.customers.consents import SetConsent
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.ui.customer_list.message_sheet import MessageSheet
from posapp.ui.file_dialogs import FileDialog
from tests.factories import TILL, a_customer
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.people import an_admin, somebody
from tests.repairs import a_ticket, moved
from tests.sales import a_sale
from tests.ui.a11y import assert_named

MANY = 430
"""Customers on three pages."""


def on_list(clerk: Clerk) -> Any:
    """The page, opened by its key."""
    clerk.press("F6")
    clerk.on("customers")
    return clerk.page("customers")


def at_cursor(page: Any) -> str:
    """The PL ID under the cursor."""
    return str(page.table.current().pl_id)


def ids(page: Any) -> list[str]:
    """The PL IDs that are read."""
    return [str(line.pl_id) for line in page.table.customers.rows()]


def picked(page: Any) -> list[str]:
    """Those of them who are chosen."""
    return [str(line.pl_id) for line in page.table.customers.rows() if line.id in page.table.chosen]


def words(page: Any) -> str:
    """What stands below the list."""
    return str(page.bar._count.text())


@pytest.fixture
def people(behind: Shop) -> Shop:
    """Four customers: one owes nothing and bought, one has a ready ticket, two are new."""
    actor = behind.actor(TILL)
    behind.shifts.open(actor, 10_000)
    for name in ("Marta Kowalczyk", "Chidi Okafor", "=Olena", "Zeynep Yılmaz"):
        a_customer(behind, actor, name)
    a_ticket(behind, actor, customer_id=behind.customers.resolve(actor, "PL2").customer.id)
    moved(behind, actor, "T1", "ready")
    a_sale(behind, actor, customer_id=behind.customers.resolve(actor, "PL1").customer.id)
    return behind


def test_either_end_of_a_long_list_is_one_key_away(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    for number in range(1, MANY + 1):
        a_customer(behind, actor, f"Customer {number}")
    clerk = open_till()
    page = on_list(clerk)
    rows = page.table.customers.rowCount
    assert (at_cursor(page), rows()) == (f"PL{MANY}", 200)
    assert words(page) == f"{MANY} customers"
    clerk.press("End")
    assert (at_cursor(page), rows()) == ("PL1", 200)
    assert page.table.visualRect(page.table.currentIndex()).bottom() <= page.table.viewport().height()
    while at_cursor(page) != "PL200" and rows() == 200:
        clerk.press("PageUp")
    assert rows() > 200
    seen = at_cursor(page)
    height = page.table.rowViewportPosition(page.table.currentIndex().row())
    clerk.press("Space")
    a_customer(behind, actor, "Newcomer")  # another till
    until(lambda: words(page) == "1 chosen" and page._figures.customers == MANY + 1)
    clerk.quiet()
    assert (at_cursor(page), picked(page)) == (seen, [seen])
    assert page.table.rowViewportPosition(page.table.currentIndex().row()) == height
    while rows() < MANY + 1:
        clerk.press("PageUp")
    assert ids(page) == [f"PL{number}" for number in range(MANY + 1, 0, -1)]
    clerk.press("End", "Home")
    assert at_cursor(page) == f"PL{MANY + 1}"
    clerk.press("ctrl+A", "Down", "Space")
    assert words(page) == f"{MANY} chosen"
    clerk.press("Escape")
    assert words(page) == f"{MANY + 1} customers"


def test_segments_orders_and_words_narrow_the_list(people: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    page = on_list(clerk)
    assert page.table.hasFocus()
    clerk.press("alt+3")
    assert (ids(page), page._wanted.segment) == (["PL2"], Segment.OPEN_TICKET)
    assert page.table.hasFocus()
    assert "1 ready" in page.table.customers.data(page.table.currentIndex(), 11)
    clerk.press("alt+1", "alt+Right")
    assert page._wanted == Wanted(sort=SortBy.NAME, is_descending=False)
    assert ids(page)[-1] == "PL4"
    clerk.press("alt+Down")
    assert ids(page)[0] == "PL4"
    clerk.press("alt+6")
    assert ids(page) == ["PL1"]
    clerk.press("alt+2")
    assert page.empty.sentence.text() == "No customer matches."
    clerk.press("Return")
    assert (len(ids(page)), page.table.hasFocus()) == (4, True)
    clerk.press("ctrl+F")
    clerk.type("olena")
    assert ids(page) == ["PL3"]
    clerk.press("Return")
    clerk.on("desk")
    assert str(clerk.window.counter.pl_id) == "PL3"  # type: ignore[union-attr]
    page = on_list(clerk)
    clerk.press("Escape")
    assert len(ids(page)) == 4


def test_what_is_done_for_one_takes_the_customer_along(people: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    on_list(clerk)
    for key, screen in (("ctrl+H", "history"), ("ctrl+T", "intake"), ("ctrl+B", "calendar")):
        clerk.press("F6", "Home", key)
        clerk.on(screen)


def test_two_who_are_chosen_are_merged(people: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    page = on_list(clerk)
    assert not page.steps.merge.when()
    clerk.press("End", "shift+Up")
    assert picked(page) == ["PL2", "PL1"]
    clerk.press("shift+F6")
    clerk.on("merging")
    assert clerk.page("merging").side.merge.text() == "Merge into PL1"
    assert clerk.window._pages.marked("merging") == "customers"
    clerk.press("ctrl+Return")
    assert clerk.said()[0] == "PL2 is merged into PL1"
    clerk.press("F6")
    clerk.on("customers")
    assert ids(page) == ["PL4", "PL3", "PL1"]


def test_those_who_are_chosen_go_into_a_file(
    people: Shop, open_till: OpenTill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = open_till()
    page = on_list(clerk)
    file = tmp_path / "some.csv"
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    clerk.press("End", "Space", "Up", "Up", "Space", "ctrl+E")
    assert clerk.said()[0] == "2 customers written to some.csv"
    assert "Marta" in file.read_text("utf-8-sig") and "Chidi" not in file.read_text("utf-8-sig")
    clerk.press("ctrl+A", "Space", "ctrl+E")
    assert clerk.said()[0] == "3 customers written to some.csv"
    clerk.press("Escape", "ctrl+E")
    assert clerk.said()[0] == "4 customers written to some.csv"
    assert page.notice.isHidden()


def test_one_is_forgotten_after_a_question(people: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    page = on_list(clerk)
    clerk.press("Home", "Delete")
    clerk.type("Asked for it")
    clerk.tab_to("Anonymise")
    clerk.press("Return")
    until(lambda: "PL4 is anonymised." in clerk.said()[0])
    until(lambda: page.table.current().name.endswith("PL4"))


def test_who_may_not_know_amounts_sees_none(people: Shop, open_till: OpenTill) -> None:
    clerk = open_till()
    admin = an_admin(people, people.actor(TILL))
    clerk.session.act_as(somebody(people, admin, Role.TECHNICIAN))
    page = on_list(clerk)
    assert page.table.isColumnHidden(6) and page.table.isColumnHidden(7)
    assert page.table.current().spent_minor is None
    clerk.press("alt+5")
    assert page._wanted.segment is Segment.ALL


def test_an_empty_shop_says_so(open_till: OpenTill) -> None:
    clerk = open_till()
    page = on_list(clerk)
    assert page.empty.sentence.text() == "No customers yet."
    assert page.tools.words.hasFocus()
    assert not page.empty.action.isVisible()


def test_a_message_goes_to_who_agreed(
    people: Shop, open_till: OpenTill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = people.actor(TILL)
    marta = people.customers.resolve(actor, "PL1").customer
    people.customers.edit(actor, EditCustomer(customer_id=marta.id, email="marta@example.org"))
    people.consents.set(actor, SetConsent(customer_id=marta.id, kind=ConsentKind.MARKETING, is_given=True))
    clerk = open_till()
    page = on_list(clerk)
    clerk.press("alt+M")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, MessageSheet)
    assert_named(sheet)
    assert sheet.words.text() == "1 of 4 customers agreed to hear of offers and can be reached."
    assert sheet.emails.text() == "Copy e-mail addresses (1)"
    clerk.press("Return")
    assert clerk.said()[0] == "1 copied"
    assert QGuiApplication.clipboard().text() == "marta@example.org"
    file = tmp_path / "agreed.csv"
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    clerk.press("ctrl+E")
    until(lambda: clerk.said()[0] == "1 customer written to agreed.csv")
    assert "marta@example.org" in file.read_text("utf-8-sig")
    clerk.press("Escape", "Home", "Space", "alt+M")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, MessageSheet)
    assert sheet.words.text() == "0 of 1 customer agreed to hear of offers and can be reached."
    assert sheet.emails.isHidden() and sheet.save.isHidden()
    file.unlink()
    clerk.press("ctrl+E", "alt+M", "shift+F6")
    assert clerk.window.sheet_content is sheet
    assert not file.exists()
    clerk.press("Escape")
    assert page.table.hasFocus()


def test_an_export_is_broken_off_and_leaves_no_file(
    people: Shop, open_till: OpenTill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = open_till()
    page = on_list(clerk)
    file = tmp_path / "some.csv"
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    begin = clerk.window.loading.begin

    def cancelled(words: str, *, cancel: Any = None) -> None:
        begin(words, cancel=cancel)
        if cancel is not None:
            cancel()

    monkeypatch.setattr(clerk.window.loading, "begin", cancelled)
    clerk.press("ctrl+E")
    assert page.notice.text() == "The export was cancelled. No file was written."
    assert list(tmp_path.glob("*.csv")) == []
