"""Handing back by keys: some of the devices, loaners, signatures; and what nobody collects."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel

from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.tickets import EditJob, MoveJob
from posapp.ui.sell.take_payment import HandBackSale
from posapp.ui.ticket.tabs import DeviceTab
from posapp.ui.tickets.uncollected import DisposeDialog
from tests.ui.a11y import assert_named
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


def test_only_what_is_ready_leaves_and_another_person_takes_it(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in("iPhone 13", "iPad")
    clerk = open_till()
    clerk.move("T1", "ready")
    clerk.show("hand_back", "T1")
    assert_named(clerk.hand_back)
    assert clerk.focus is clerk.hand_back.form.to.editor
    clerk.type("Her brother")
    clerk.press("alt+2")
    clerk.press("ctrl+Return")
    first, second = clerk.job("T1"), clerk.job("T1", 2)
    assert (first.handed_to, first.outcome) == ("Her brother", "not_repaired")
    assert second.handed_at is None
    assert clerk.window.current_page is clerk.page


def test_two_devices_of_one_name_are_told_apart(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", "iPhone 13", "iPad")
    clerk = open_till()
    clerk.show("hand_back", "T1")
    rows = clerk.hand_back.form.devices.rows
    named = ["Apple iPhone 13 · 1", "Apple iPhone 13 · 2", "Apple iPad"]
    assert [row.tick.text() for row in rows.values()] == named
    clerk.show("ticket", "T1")
    tabs = clerk.window.findChildren(DeviceTab)
    assert [tab.text() for tab in tabs] == ["iPhone 13 · 1", "iPhone 13 · 2", "iPad"]


def test_each_of_several_devices_ends_in_its_own_way(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", "iPad", "Watch")
    clerk = open_till()
    for position, state in ((1, "ready"), (2, "ready"), (3, "cancelled")):
        command = MoveJob(number="T1", to=state, position=position, reason="given up")
        clerk.shop.tickets.move(clerk.actor, command)
    clerk.show("hand_back", "T1")
    assert_named(clerk.hand_back)
    rows = clerk.hand_back.form.devices.rows
    clerk.type("Marta")
    rows[2].outcome.setFocus()
    clerk.press("alt+3")
    rows[2].to.setFocus()
    clerk.type("Her brother")
    clerk.press("ctrl+Return")
    assert [(clerk.job("T1", at).outcome, clerk.job("T1", at).handed_to) for at in (1, 2, 3)] == [
        ("repaired", "Marta"),
        ("refused", "Her brother"),
        ("not_repaired", "Marta"),
    ]


def test_only_the_devices_that_leave_are_paid_for(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", "iPad", "Watch")
    clerk = open_till()
    for position, minor in ((1, 8000), (2, 5000), (3, 2000)):
        clerk.shop.tickets.edit_job(clerk.actor, EditJob(number="T1", position=position, price_minor=minor))
    for position in (1, 2):
        clerk.shop.tickets.move(clerk.actor, MoveJob(number="T1", to="ready", position=position))
    clerk.show("hand_back", "T1")
    money, ticks = clerk.hand_back.money, clerk.hand_back.form.devices.rows
    assert money.words.text() == "To pay €130.00"
    ticks[1].tick.setChecked(False)
    clerk.settle()
    assert money.words.text() == "To pay €50.00"
    asked: list[object] = []
    clerk.window.leave_for = lambda _page, payload: asked.append(payload)  # type: ignore[method-assign,misc,assignment]
    clerk.press("F9")
    [sale] = asked
    assert isinstance(sale, HandBackSale) and sale.offer is not None
    assert [line.unit_minor for line in sale.offer.lines] == [5000]


def test_a_loaner_that_is_out_blocks_until_it_is_taken_back(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    loaner = clerk.shop.loaners.save(clerk.actor, SaveLoaner(name="Nokia 105"))
    clerk.shop.loaners.out(clerk.actor, "T1", loaner.id)
    clerk.move("T1", "ready")
    clerk.show("hand_back", "T1")
    assert "loaner must be back" in clerk.hand_back.notice.text()
    clerk.press("ctrl+Return")
    assert clerk.job("T1").handed_at is None
    assert "Nokia 105 is still out on T1" in clerk.hand_back.form.summary.text()
    clerk.tab_to("Take it back")
    clerk.press("Return")
    clerk.press("ctrl+Return")
    assert clerk.job("T1").handed_at is not None


def test_a_signature_becomes_a_picture(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.show("hand_back", "T1")
    pad = clerk.hand_back.form.pad
    assert pad.png() is None
    clerk.qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    clerk.qtbot.mouseMove(pad, QPoint(90, 80))
    clerk.qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 40))
    picture = QImage.fromData(pad.png() or b"")
    assert picture.width() == pad.width() * 2
    assert clerk.hand_back.form.wipe.isEnabled()
    pad.setFocus()
    clerk.press("Delete")
    assert pad.png() is None


def test_nothing_ready_says_so(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.show("hand_back", "T1")
    assert clerk.hand_back.notice.text().startswith("Nothing is chosen.")
    clerk.press("ctrl+Return")
    assert clerk.hand_back.form.summary.text() == "Choose a device that is ready."
    clerk.press("Escape")
    assert clerk.window.current_page is clerk.page


def test_what_nobody_collects_is_reminded_and_disposed_of(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.move("T1", "ready")
    settings = clerk.shop.ticket_states.settings(clerk.actor)
    clerk.clock.advance(timedelta(days=settings.dispose_days + 1))
    clerk.press("alt+L", "alt+L")
    view = clerk.page.uncollected
    assert clerk.focus is view.table
    assert_named(clerk.page)
    clerk.press("R")
    sheet = clerk.window.sheet_content
    assert sheet is not None
    assert any("087 123 4567" in one.text() for one in sheet.findChildren(QLabel))
    clerk.press("ctrl+Return")
    row = view.table.current()
    assert row is not None and row.sent >= 1
    assert clerk.toasts[-1] == "T1: reminder noted"
    clerk.press("D")
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, DisposeDialog))
    clerk.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.yes.click()
    assert dialog.reason.message()
    clerk.qtbot.keyClicks(dialog.reason.editor, "Recycled")
    dialog.yes.click()
    clerk.settle()
    assert clerk.job("T1").state.code == "disposed"
    assert clerk.shop.uncollected.list(clerk.actor) == []
