"""The journal in Settings: filtered by keys, opened, kept up to date on demand, exported."""

import csv

import pytest

from posapp.domain.base.actor import Actor, Approval, Permission
from posapp.domain.base.errors import EnvironmentFault
from posapp.services.care.journal import PAGE
from posapp.services.customers.customers import EditCustomer
from posapp.services.shop.businesses import EditBusiness
from posapp.ui.settings import sections
from posapp.ui.settings.page import SettingsPage
from tests.factories import a_booking, a_customer


@pytest.fixture
def busy(manager):
    """Grace takes a customer in, Ann books and edits with her approval."""
    shop, actor = manager.session.shop, manager.session.actor
    grace = Actor(actor.business, "Till 2", "Grace")
    marta = a_customer(shop, grace, note="door 4")
    a_booking(
        shop, actor, marta, starts=shop.bookings.free_times(actor, manager.session.today(), 30)[0].starts
    )
    shop.customers.edit(actor, EditCustomer(customer_id=marta.id, note="door 5"))
    lent = Approval("Grace", frozenset({Permission.SHOP_WRITE}))
    clerk = Actor(actor.business, "Till 2", "Ann", frozenset({Permission.SHOP_READ}))
    shop.businesses.edit(clerk.approved(lent), EditBusiness(tax_id="IE 8"))
    manager.settle()
    return manager


def shown(section):
    return [(row.who, row.what, row.number) for row in section.table.rows.rows()]


NEWEST = [
    ("Ann, approved by Grace", "Business edited", ""),
    ("Till 1", "Customer edited", "PL1"),
    ("Till 1", "Booking made", "B1"),
    ("Grace", "Customer created", "PL1"),
    ("Till 1", "Business created", ""),
]


def test_the_newest_entries_stand_on_top_with_who_approved_them(busy):
    assert shown(busy.open("journal")) == NEWEST


def test_entries_are_filtered_by_keys(busy):
    section = busy.open("journal")
    busy.tab_to("Record")
    busy.type("b1")
    busy.press("Return")
    assert shown(section) == [NEWEST[2]]
    busy.replace("T9")
    busy.press("Return")
    assert section.filters.number.message() == "There is no record T9."
    busy.replace("")
    busy.press("Tab")
    assert shown(section) == NEWEST
    section.filters.who.choose("Grace")
    section.filters.ask()
    section.filters.kinds.set_current("customers")
    section.filters.ask()
    busy.settle()
    assert shown(section) == [NEWEST[3]]
    section.filters.since.set_day(busy.session.today().replace(year=2099))
    section.filters.ask()
    busy.settle()
    assert section.table.isHidden()
    assert section.empty.sentence.text() == "No entry matches."
    section.empty.action.click()
    busy.settle()
    assert shown(section) == NEWEST


def test_an_entry_shows_what_was_beside_what_is_and_opens_its_record(busy):
    opened = []
    section = busy.open("journal")
    section.table.setFocus()
    busy.press("Home", "Down", "Return")
    sheet = busy.window.sheet_content
    words = [one.text() for one in sheet.findChildren(type(section.empty.sentence))]
    for part in ("Customer edited", "Note", "door 4", "door 5", "Till 1"):
        assert part in words
    busy.window.show_page = lambda page, payload=None: opened.append((page, payload))
    sheet.open.click()
    busy.settle()
    assert opened == [("desk", 1)]


def test_new_entries_wait_until_somebody_asks_for_them(busy):
    section = busy.open("journal")
    assert section.fresh.isHidden()
    shop, actor = busy.session.shop, busy.session.actor
    a_customer(shop, actor, "Ida")
    a_customer(shop, actor, "Tom")
    busy.settle()
    assert section.fresh.text() == "2 new entries"
    assert shown(section) == NEWEST
    busy.press("alt+N")
    assert len(shown(section)) == len(NEWEST) + 2
    assert section.fresh.isHidden()
    assert section.table.chosen().number == "PL3"


def test_what_is_filtered_goes_into_a_table(busy, tmp_path):
    section = busy.open("journal")
    section.look_for("PL1")
    busy.settle()
    file = tmp_path / "journal.csv"
    section._export.write_to(file)
    busy.settle()
    with file.open(encoding="utf-8-sig", newline="") as table:
        head, *rows = csv.reader(table)
    assert head == ["Entry", "When", "Who", "Approved by", "Till", "What", "Record", "Before", "After"]
    assert [row[5:] for row in rows] == [
        ["Customer edited", "PL1", "Note: door 4", "Note: door 5"],
        ["Customer created", "PL1", "", rows[1][8]],
    ]
    assert busy.toasts == ["2 entries written to journal.csv"]


def test_a_long_journal_is_read_while_it_is_scrolled(busy, monkeypatch):
    shop, actor = busy.session.shop, busy.session.actor
    for number in range(300):
        shop.customers.edit(actor, EditCustomer(customer_id=1, note=f"door {number}"))
    section = busy.open("journal")
    assert section.table.rows.rowCount() == PAGE
    section.table.setFocus()
    busy.press("End", "End")
    assert section.table.rows.rowCount() == len(NEWEST) + 300
    assert shown(section)[-5:] == NEWEST


def test_what_cannot_be_read_says_so_and_can_be_tried_again(busy, monkeypatch):
    section = busy.open("journal")

    def broken(*_asked):
        raise EnvironmentFault("database_away", "The database does not answer.")

    desk = busy.session.shop.journal
    monkeypatch.setattr(desk, "page", broken)
    section.entered()
    busy.settle()
    assert section.notice.text() == "The database does not answer."
    monkeypatch.undo()
    section.notice._steps[0].click()
    busy.settle()
    assert section.notice.isHidden()
    assert shown(section) == NEWEST


def test_it_is_hidden_from_whoever_may_not_read_it(manager):
    held = frozenset(Permission) - {Permission.JOURNAL_READ}
    manager.session.actor = Actor(1, "Till 1", "Ann", held)
    page = SettingsPage(manager.window, manager.session)
    names = [entry.id for entry in page._entries_shown()]
    assert "journal" not in names
    assert [*names, "journal"] == sorted(
        [entry.id for entry in sections.entries()], key=lambda name: name == "journal"
    )
