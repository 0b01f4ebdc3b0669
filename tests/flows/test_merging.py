"""From a customer to a merge and back, and a look for duplicates in a process of its own."""

from typing import Any

from posapp.domain.base.actor import Permission
from posapp.domain.people.users import Role
from posapp.services.desks import Shop
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.people import an_admin, somebody


def test_two_customers_become_one_and_two_again(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    for name in ("Marta Kowalczyk", "Marta Kowalczik"):
        a_customer(behind, actor, name, email="marta@example.com")
    behind.close()  # SQLite's locks are a process's: two shops in one would hide the window from the command
    clerk = open_till()
    clerk.press("shift+F6")
    clerk.on("merging")
    page = clerk.page("merging")
    assert page.pairs.list.rows.rows() == ()
    clerk.press("alt+R")
    until(lambda: page.pairs.job.bar.maximum() > 0, "the command never began")
    until(lambda: not page.pairs.job.is_running, "the command never ended")
    until(lambda: page.pairs.current() is not None, page.pairs.job.outcome.text())
    clerk.quiet()
    assert page.pairs.job.outcome.text() == "All customers are compared."
    page.pairs.list.setFocus()
    clerk.press("ctrl+Return")
    assert clerk.said()[0] == "PL2 is merged into PL1"
    assert page.pairs.list.rows.rows() == ()
    clerk.press("F2")
    clerk.on("desk")
    clerk.type("PL2")
    clerk.press("Return")
    counter: Any = clerk.window.counter
    assert str(counter.pl_id) == "PL1"
    clerk.press("alt+E")
    sheet: Any = clerk.window.sheet_content
    assert sheet.merge.isVisibleTo(sheet)
    sheet.merge.click()
    clerk.on("merging")
    assert clerk.window.sheet_content is None
    assert "Marta Kowalczyk" in page.alone.sentence.text()


def test_a_number_of_somebody_else_leads_to_both(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    for name, number in (("Chidi Okafor", 1), ("Chidi O.", 2)):
        a_customer(behind, actor, name, phone=a_phone(number))
    clerk = open_till()
    clerk.type("chidi okafor")
    clerk.press("Return", "alt+E")
    clerk.tab_to("Further number")
    clerk.type("085 100 0002")
    sheet: Any = clerk.window.sheet_content
    merge = [one for one in sheet.phones.adder.notice.buttons() if one.text() == "Merge"]
    merge[0].click()
    clerk.on("merging")
    assert clerk.page("merging").side.merge.text() == "Merge into PL1"
    assert clerk.window.sheet_content is None


def test_staff_see_nothing_of_it(behind: Shop, open_till: OpenTill) -> None:
    admin = an_admin(behind, behind.actor(TILL))
    clerk: Clerk = open_till()
    clerk.session.act_as(somebody(behind, admin, Role.STAFF))
    assert not clerk.window.may(Permission.CUSTOMER_MERGE)
    clerk.window.show_page("merging")
    assert clerk.window.current_page_id != "merging"
