"""One more device is put on a ticket that is open, by keys and by mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QPushButton

from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.services.repairs.tickets import HandBack
from posapp.ui.tickets.another_device.page import AnotherDevicePage
from tests.factories import a_customer, a_phone
from tests.repairs import a_device, a_ticket
from tests.ui.a11y import assert_named
from tests.ui.tabbing import assert_tab_reads
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


@pytest.fixture
def clerk(take_in: TakeInCall, open_till: OpenTill) -> Clerk:
    """T1 with a telephone, on its page."""
    take_in()
    made = open_till()
    made.press("Return")
    assert made.window.current_page_id == "ticket"
    return made


def _page(clerk: Clerk) -> AnotherDevicePage:
    page = clerk.window.page("another_device")
    assert isinstance(page, AnotherDevicePage)
    return page


def _let_go(clerk: Clerk) -> None:
    """Of the words that are offered."""
    for box in _page(clerk).findChildren(QComboBox):
        completer = box.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()
    clerk.window.activateWindow()
    clerk.settle()


def _fill(clerk: Clerk) -> None:
    """A tablet whose serial nobody can read, with a cracked screen."""
    clerk.press("alt+2")
    clerk.tab_to("Model")
    clerk.type("iPad")
    _let_go(clerk)
    clerk.press("alt+N")
    clerk.type("No label")
    _let_go(clerk)
    clerk.tab_to("What is wrong")
    clerk.type("Screen cracked")


def test_a_device_is_added_by_keys_and_shown(clerk: Clerk) -> None:
    clerk.press("ctrl+D")
    assert clerk.window.current_page_id == "another_device"
    page = _page(clerk)
    assert_named(page)
    assert_tab_reads(page)
    _fill(clerk)
    clerk.press("ctrl+Return")
    assert clerk.window.current_page_id == "ticket"
    assert clerk.toasts[-1] == "iPad is on T1"
    [_, tablet] = clerk.shop.tickets.get(clerk.actor, "T1").jobs
    assert (tablet.position, tablet.fault, tablet.price_minor) == (2, "Screen cracked", None)
    assert [tab.is_current for tab in clerk.ticket.tabs.tabs] == [False, True]
    clerk.press("ctrl+D")
    assert not page.form.device.name()
    assert not page.keeper.is_typed


def test_what_is_missing_is_said_at_its_field_and_nothing_is_added(clerk: Clerk) -> None:
    clerk.press("ctrl+D", "ctrl+Return")
    form = _page(clerk).form
    assert form.device.model.is_wrong
    assert form.summary.text() == "3 fields need attention"
    assert len(clerk.shop.tickets.get(clerk.actor, "T1").jobs) == 1


def test_what_is_half_typed_is_there_again_for_its_ticket_alone(
    clerk: Clerk, take_in: TakeInCall, tmp_path: Path
) -> None:
    take_in("iPhone 13")
    clerk.press("ctrl+D")
    _fill(clerk)
    page = _page(clerk)
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(tmp_path / "a.png"))
    page.form.device.photos.brought.emit(tmp_path / "a.png")
    clerk.settle()
    clerk.press("Escape")
    assert clerk.toasts[-1] == "Draft kept"
    clerk.show("another_device", "T2")
    assert page.form.device.draft().is_empty
    clerk.show("another_device", "T1")
    assert page.form.device.name() == "iPad"
    assert page.notice.shows_draft
    clerk.press("ctrl+Return")
    whole = clerk.shop.tickets.whole(clerk.actor, "T1")
    assert len(whole.ticket.jobs) == 2
    assert [photo.job_id for photo in whole.photos] == [whole.ticket.jobs[1].id]
    clerk.show("another_device", "T1")
    assert page.form.device.draft().is_empty


def test_a_device_that_is_here_already_leads_to_its_ticket(clerk: Clerk) -> None:
    other = a_customer(clerk.shop, clerk.actor, phone=a_phone(5))
    here = a_ticket(clerk.shop, clerk.actor, a_device(serial="SN000001"), customer_id=other.id)
    clerk.press("ctrl+D")
    page = _page(clerk)
    assert page.take_scan("SN000001")
    clerk.qtbot.waitUntil(lambda: not page.form.device.notice.isHidden())
    clerk.press("ctrl+Return")
    assert page.form.device.mark.message().startswith("Samsung Galaxy S22 is in the shop already")
    assert len(clerk.shop.tickets.get(clerk.actor, "T1").jobs) == 1
    clerk.qtbot.mouseClick(page.form.device.notice.findChild(QPushButton), Qt.MouseButton.LeftButton)
    clerk.settle()
    assert clerk.ticket.presenter.number == here.number


def test_the_plus_of_the_tabs_leads_there_until_all_devices_have_left(clerk: Clerk) -> None:
    clerk.qtbot.mouseClick(clerk.ticket.tabs.another, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert clerk.window.current_page_id == "another_device"
    clerk.press("Escape")
    clerk.move("T1", "ready")
    clerk.shop.counter.hand_back(
        clerk.actor, HandBack(number="T1", outcome=Outcome.REPAIRED, to="Marta"), unpaid="later"
    )
    clerk.show("ticket", "T1")
    assert clerk.ticket.tabs.another.isHidden()
    clerk.press("ctrl+D")
    assert clerk.window.current_page_id == "ticket"
    assert clerk.said[-1] == "All devices of this ticket have left."


def test_a_ticket_that_was_closed_meanwhile_refuses_and_keeps_what_is_typed(clerk: Clerk) -> None:
    clerk.press("ctrl+D")
    _fill(clerk)
    clerk.move("T1", "ready")
    clerk.shop.counter.hand_back(
        clerk.actor, HandBack(number="T1", outcome=Outcome.REPAIRED, to="Marta"), unpaid="later"
    )
    clerk.press("ctrl+Return")
    page = _page(clerk)
    assert clerk.window.current_page_id == "another_device"
    assert page.form.summary.isVisibleTo(page)
    assert page.form.device.name() == "iPad"
