"""What is half typed belongs to one shop, and in it to the people it was typed for."""

import shutil
from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.services.desks import Shop
from posapp.ui.customers.sheet import CustomerSheet
from tests.factories import TILL, a_customer, a_phone, a_shop
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.repairs import a_ticket, an_item


@pytest.mark.timeout(60)
def test_a_booking_that_is_half_typed_in_one_shop_never_opens_in_another(
    behind: Shop, open_till: OpenTill, tmp_path: Path
) -> None:
    a_customer(behind, behind.actor(TILL), "Marta Kowalczyk", phone=a_phone(1))
    elsewhere = tmp_path / "other.db"
    other = a_shop(elsewhere, name="Other Side Phones")
    a_customer(other, other.actor(TILL), "Ana Ruiz", phone=a_phone(2))
    other.close()

    ours = open_till()
    half_typed_booking(ours, "0851000001", "Drops to 0")
    theirs = open_till(elsewhere)  # both are open at once, with the same name of the till
    theirs.press("F3", "ctrl+B")
    form = theirs.page("calendar").form
    assert (form.who.card, form.note.text(), form.who.field.text()) == (None, "", "")
    half_typed_booking(theirs, "0851000002", "Glass")
    for clerk in (ours, theirs):
        clerk.window.close()

    again = open_till()
    again.press("F3", "ctrl+B")
    form = again.page("calendar").form
    until(lambda: form.who.card is not None)
    assert (form.who.card.customer.name, form.note.text()) == ("Marta Kowalczyk", "Drops to 0")


@pytest.mark.timeout(90)
def test_where_a_copy_went_another_way_the_text_is_kept_and_the_person_asked_for_again(
    behind: Shop, open_till: OpenTill, sqlite_place: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(sqlite_place, copy)
    actor = behind.actor(TILL)
    marta = a_customer(behind, actor, "Marta Kowalczyk", phone=a_phone(1))
    a_ticket(behind, actor, customer_id=marta.id)
    an_item(behind, actor, 3, "DSP-1", name="Display", price_minor=8000)
    there = open_shop(copy)
    ana = a_customer(there, actor, "Ana Ruiz", phone=a_phone(2))
    assert (ana.id, ana.pl_id) == (marta.id, marta.pl_id)
    a_ticket(there, actor, customer_id=ana.id)
    an_item(there, actor, 3, "BAT-1", name="Battery", price_minor=5000)

    ours = open_till()
    half_typed_booking(ours, "0851000001", "Drops to 0")
    ours.press("ctrl+T")
    ours.on("intake")
    ours.type("0851000001")
    ours.press("Return")
    ours.fill(Brand="Lenovo", Model="ThinkPad X1", What_is_wrong="Will not start")
    ours.window.show_page("estimate", "T1")
    ours.quiet()
    ours.page("estimate").lines.form.item.choose(1)
    ours.page("estimate").lines.form.item.committed.emit()
    ours.press("ctrl+Return")
    assert [one.item_id for one in ours.page("estimate").lines.draft.lines] == [1]
    ours.press("F2")
    ours.type("PL1")
    ours.press("Return", "alt+E", "End")
    ours.type("-Nowak")
    ours.window.close()

    clerk = open_till(copy)
    desk = clerk.page("desk")
    assert desk.finder.recents.model().rowCount() == 0
    notice = desk.welcome.notice
    until(notice.isVisible, "the half-typed change was not offered")
    assert notice.text() == "Changes typed for PL1 were not saved, and PL1 is not the same customer here."
    clerk.tab_to("Go on")
    clerk.press("Return")
    clerk.type("PL1")
    clerk.press("Return", "alt+E")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, CustomerSheet)
    assert sheet.details.name.text() == "Marta Kowalczyk-Nowak"

    clerk.press("Escape", "F3", "ctrl+B")
    form = clerk.page("calendar").form
    until(lambda: form.note.text() == "Drops to 0")
    clerk.quiet()
    words = "Typed for PL1, who is not the same customer here. Say again who it is."
    assert (form.who.card, form.who.field.message()) == (None, words)
    form.who.field.editor.setFocus()
    clerk.press("Return")  # who has the number that is typed
    assert form.who.card is None and form.who.number is not None

    clerk.press("F2", "Escape", "Escape", "ctrl+T")  # nobody is at the counter
    clerk.on("intake")
    form = clerk.page("intake").form
    assert (form.device.model.text(), form.device.fault.text()) == ("ThinkPad X1", "Will not start")
    assert (form.who.card, form.who.field.message()) == (None, words)

    clerk.window.show_page("estimate", "T1")
    clerk.quiet()
    page = clerk.page("estimate")
    assert page.lines.draft.lines == []
    assert page.notice.text().startswith("Lines were written for another T1.")
    clerk.tab_to("Take them over")
    clerk.press("Return")
    assert [(one.text, one.item_id) for one in page.lines.draft.lines] == [("Display", None)]
    there.close()


def half_typed_booking(clerk: Clerk, phone: str, note: str) -> None:
    """The booking form, filled as far as the note."""
    clerk.to_front()
    clerk.press("F3", "ctrl+B")
    clerk.type(phone)
    until(lambda: clerk.page("calendar").form.who.card is not None)
    clerk.tab_to("Note")
    clerk.type(note)
