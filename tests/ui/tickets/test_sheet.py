"""One ticket in the side sheet: editing in place, conflicts, passcode, photos, telling, loaners."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.tickets import EditJob, HandBack
from posapp.ui.tickets.device_panel import DevicePanel
from posapp.ui.widgets.buttons import Button
from tests.ui.a11y import assert_named
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


def _panel(clerk: Clerk, position: int = 1) -> DevicePanel:
    return next(one for one in clerk.sheet.devices.values() if one.job.position == position)


def _state_button(clerk: Clerk, word: str) -> Button:
    return next(one for one in _panel(clerk).buttons if one.text() == word)


def _picture(path: Path, colour: str) -> str:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    image.save(str(path))
    return str(path)


def test_what_was_found_is_written_in_place_and_undone(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Found")
    clerk.type("Display broken")
    clerk.press("Tab")
    clerk.type("89")
    clerk.press("ctrl+Return")
    job = clerk.job("T1")
    assert (job.found, job.price_minor) == ("Display broken", 8900)
    assert not _panel(clerk).form.changed()
    clerk.press("ctrl+Z")
    assert clerk.job("T1").found == ""


def test_the_note_opens_by_key_and_is_kept(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("N")
    assert clerk.focus.accessibleName() == "Note for us"
    clerk.type("Call before six")
    clerk.press("ctrl+Return")
    assert clerk.shop.tickets.get(clerk.actor, "T1").note == "Call before six"


def test_a_promise_can_be_moved(take_in: TakeInCall, open_till: OpenTill) -> None:
    ticket = take_in()
    clerk = open_till()
    clerk.press("N")
    clerk.tab_to("Time")
    clerk.press("ctrl+A")
    clerk.type("1630")
    clerk.press("ctrl+Return")
    due = clerk.shop.tickets.get(clerk.actor, "T1").due
    assert due is not None and ticket.due is not None
    assert (due.hour, due.minute) == (16, 30)
    assert due.date() == ticket.due.date()


def test_a_price_and_a_promise_can_be_taken_back(take_in: TakeInCall, open_till: OpenTill) -> None:
    promised = take_in().due
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Price")
    clerk.type("49")
    clerk.press("ctrl+Return")
    assert clerk.job("T1").price_minor == 4900
    clerk.tab_to("Price")
    clerk.press("ctrl+A", "Delete")
    clerk.tab_to("Save")
    clerk.press("Return")
    assert clerk.job("T1").price_minor is None
    clerk.press("ctrl+Z")
    assert clerk.job("T1").price_minor == 4900
    clerk.tab_to("Promised for")
    clerk.press("ctrl+A", "Delete")
    clerk.tab_to("Save")
    clerk.press("Return")
    assert clerk.shop.tickets.get(clerk.actor, "T1").due is None
    clerk.press("ctrl+Z")
    assert clerk.shop.tickets.get(clerk.actor, "T1").due == promised


def test_a_change_at_another_till_is_shown_and_nothing_typed_is_lost(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Found")
    clerk.type("Mine")
    other = clerk.shop.actor("Till 2")
    clerk.shop.tickets.edit_job(other, EditJob(number="T1", found="Theirs", shelf="B2"))
    clerk.settle()
    form = _panel(clerk).form
    assert form.found.text() == "Mine"
    assert form.shelf.text() == "B2"
    assert "Till 2 changed this. Found: Theirs." in form.summary.text()
    clerk.press("ctrl+Return")
    job = clerk.job("T1")
    assert (job.found, job.shelf) == ("Mine", "B2")


def test_a_move_on_an_old_sight_is_refused_and_said(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    sheet, panel = clerk.sheet, _panel(clerk)
    job = panel.job
    clerk.move("T1", "in_repair")
    assert sheet.whole is not None
    state = sheet.whole.states.by_code("ready")
    panel.move_asked.emit(job, state)
    clerk.settle()
    assert "was changed by Till 1 a moment ago" in sheet.notice.text()
    assert clerk.job("T1").state.code == "in_repair"


def test_the_passcode_is_shown_on_demand_and_hidden_again(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    panel = _panel(clerk)
    assert panel.passcode.isHidden() and panel.passcode.text() == ""
    clerk.tab_to("Show passcode")
    clerk.press("Return")
    assert panel.passcode.text() == "2580" and panel.passcode.isVisible()
    panel._timer.setInterval(10)
    panel._timer.start()
    clerk.qtbot.waitUntil(panel.passcode.isHidden)
    assert panel.passcode.text() == ""
    actions = [line.action for line in clerk.shop.tickets.history(clerk.actor, "T1")]
    assert actions.count("passcode.shown") == 1


def test_photos_are_added_taken_off_and_brought_back(
    take_in: TakeInCall, open_till: OpenTill, tmp_path: Path
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    strip = _panel(clerk).photos
    strip.add_files([_picture(tmp_path / "front.png", "red"), _picture(tmp_path / "back.png", "blue")])
    clerk.settle()
    clerk.settle()
    assert len(clerk.shop.tickets.whole(clerk.actor, "T1").photos) == 2
    next(iter(strip._buttons.values())).setFocus()
    clerk.press("Delete")
    assert len([one for one in clerk.shop.tickets.whole(clerk.actor, "T1").photos if not one.is_removed]) == 1
    clerk.press("ctrl+Z")
    assert len([one for one in clerk.shop.tickets.whole(clerk.actor, "T1").photos if not one.is_removed]) == 2


def test_a_file_that_is_no_picture_is_refused_in_words(
    take_in: TakeInCall, open_till: OpenTill, tmp_path: Path
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    (tmp_path / "note.jpg").write_text("hello")
    _panel(clerk).photos.add_files([str(tmp_path / "note.jpg"), str(tmp_path / "gone.jpg")])
    clerk.settle()
    assert clerk.sheet.notice.text()
    assert clerk.shop.tickets.whole(clerk.actor, "T1").photos == ()


def test_the_customer_is_told_by_keys(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("6", "T")
    assert clerk.focus.accessibleName() == "How"
    form = clerk.sheet.telling.form
    assert form.words.text() == "Apple iPhone 13 is ready to be collected"
    clerk.press("Tab", "Tab")
    clerk.type("Comes at six")
    clerk.press("ctrl+Return")
    line = clerk.shop.tickets.whole(clerk.actor, "T1").messages[0]
    assert (line.words, line.answer) == ("Apple iPhone 13 is ready to be collected", "Comes at six")
    assert form.isHidden()


def test_a_loaner_goes_out_and_comes_back(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.shop.loaners.save(clerk.actor, SaveLoaner(name="Nokia 105"))
    clerk.press("Return")
    clerk.tab_to("Give it out")
    clerk.press("Return")
    assert [one.back_at for one in clerk.shop.tickets.whole(clerk.actor, "T1").loans] == [None]
    clerk.tab_to("Take it back")
    clerk.press("Return")
    assert clerk.shop.tickets.whole(clerk.actor, "T1").loans[0].back_at is not None


def test_a_closed_ticket_is_reopened_with_a_reason(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.move("T1", "ready")
    clerk.shop.counter.hand_back(clerk.actor, HandBack(number="T1", outcome=Outcome.REPAIRED, to="Anna"))
    clerk.settle()
    clerk.show("tickets", "T1")
    clerk.sheet.setFocus()
    clerk.tab_to("Reopen: In repair")
    clerk.press("Return")
    clerk.type("Came back")
    clerk.press("Return")
    assert clerk.job("T1").state.code == "in_repair"
    assert clerk.shop.tickets.history(clerk.actor, "T1")[-1].after["reason"] == "Came back"


def test_several_devices_have_a_state_each(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", "iPad")
    clerk = open_till()
    clerk.press("Return")
    assert_named(clerk.sheet)
    panel = _panel(clerk, 2)
    ready = next(one for one in panel.buttons if one.text() == "Ready")
    ready.setFocus()
    clerk.press("Return")
    assert [job.state.code for job in clerk.shop.tickets.get(clerk.actor, "T1").jobs] == ["received", "ready"]
    clerk.press("Escape")
    assert clerk.window.sheet_content is None


def test_a_second_enter_on_a_state_does_not_move_the_device_again(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Needs approval")
    clerk.press("Return", "Return")
    assert clerk.job("T1").state.code == "needs_approval"
    assert clerk.window.in_front is clerk.sheet  # no question why it goes back
    assert clerk.sheet.typed() == {}


def test_a_second_enter_on_a_card_does_not_move_the_device(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return", "Return")
    assert clerk.job("T1").state.code == "received"
    clerk.press("Tab")
    clerk.tab_to("Diagnosing")


def test_a_shop_that_checks_repairs_is_asked_for_the_second_look(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    settings = clerk.shop.ticket_states.settings(clerk.actor)
    clerk.shop.ticket_states.set_settings(clerk.actor, replace(settings, quality_check=True))
    clerk.press("5", "6")
    assert clerk.said[-1] == "A second person must check the repair before it is ready."
    clerk.press("Return")
    clerk.tab_to("Repair checked")
    clerk.press("Return")
    assert clerk.job("T1").quality_by == "Till 1"
    clerk.press("Escape", "6")
    assert clerk.job("T1").state.code == "ready"


def test_tab_goes_from_top_to_bottom(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Label")
    seen = []
    for _ in range(4):
        clerk.press("Tab")
        seen.append(clerk.focus.accessibleName())
    assert seen[1:] == ["Found", "Price", "Technician"]  # after the button that shows the passcode
    clerk.tab_to("Note for us")
    assert not any(view.hasFocus() for view in clerk.page.board.views())


def test_own_saves_one_after_the_other_are_never_somebody_elses(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    for words, state in (("Cracked", "diagnosing"), (" and wet", "in_repair")):  # save, then a state
        clerk.tab_to("Found")
        clerk.press("End")
        clerk.type(words)
        clerk.press("ctrl+Return")
        _state_button(clerk, "Diagnosing" if state == "diagnosing" else "In repair").setFocus()
        clerk.press("Space")
        assert (clerk.sheet.notice.text(), clerk.job("T1").state.code) == ("", state)
    clerk.tab_to("Found")  # a state, then a save
    clerk.press("ctrl+A")
    clerk.type("Fuse")
    clerk.press("ctrl+Return")
    clerk.sheet.setFocus()  # in a text the key is the text's
    clerk.press("ctrl+Z")
    assert clerk.job("T1").found == "Cracked and wet"
    clerk.tab_to("Shelf")  # an undo, then a save
    clerk.type("A4")
    clerk.press("ctrl+Return")
    clerk.tab_to("Note for us")  # of the ticket, then of the device again
    clerk.type("Call first")
    clerk.press("ctrl+Return")
    clerk.tab_to("Found")
    clerk.press("ctrl+A")
    clerk.type("Board")
    clerk.press("ctrl+Return")
    job = clerk.job("T1")
    assert (job.found, job.shelf) == ("Board", "A4")
    assert not _panel(clerk).form.summary.text()
    clerk.sheet.setFocus()
    clerk.press("ctrl+Z", "ctrl+Z", "ctrl+Z")
    assert (clerk.job("T1").found, clerk.job("T1").shelf) == ("Cracked and wet", "")


def test_what_is_asked_before_the_answer_to_the_last_save_is_done_too(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Found")
    clerk.qtbot.keyClicks(clerk.focus, "Cracked")
    found = clerk.focus
    clerk.hit("ctrl+Return")
    clerk.qtbot.keyClicks(found, " and wet")  # typed while it is being saved
    _state_button(clerk, "Diagnosing").click()
    clerk.settle()
    assert (clerk.job("T1").state.code, clerk.job("T1").found) == ("diagnosing", "Cracked")
    assert _panel(clerk).form.changed() == {"found"}
    clerk.tab_to("Found")
    clerk.press("ctrl+Return")
    assert clerk.job("T1").found == "Cracked and wet"
    assert clerk.sheet.notice.text() == ""


def test_a_change_of_another_till_between_two_own_saves_is_noticed(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Found")
    clerk.type("Cracked")
    clerk.press("ctrl+Return")
    clerk.press("End")
    clerk.type(" and wet")
    lanes = clerk.session.lanes.database
    lanes.run(
        lambda: clerk.shop.tickets.edit_job(
            clerk.shop.actor("Till 2"), EditJob(number="T1", position=1, shelf="B2")
        ),
        done=lambda _ticket: None,
        failed=lambda _error: None,
    )
    clerk.hit("ctrl+Return")  # before this window has heard of it
    clerk.settle()
    assert clerk.job("T1").found == "Cracked"
    assert "changed by Till 2" in _panel(clerk).form.summary.text()
    assert _panel(clerk).form.found.text() == "Cracked and wet"
    clerk.press("ctrl+Return")
    assert (clerk.job("T1").found, clerk.job("T1").shelf) == ("Cracked and wet", "B2")


def test_what_is_typed_into_a_ticket_is_there_again_until_it_is_saved_or_discarded(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    clerk.tab_to("Found")
    clerk.type("Cracked")
    clerk.tab_to("Note for us")
    clerk.type("Call first")
    clerk.sheet.keep_draft()  # what the clock does
    clerk.settle()
    again = open_till()  # nothing was closed, as after a crash
    again.press("Return")
    assert again.sheet.notice.text() == "Draft restored · T1 · typed today 11:00"
    again.tab_to("Found")
    again.press("ctrl+Return")
    assert (again.job("T1").found, again.shop.tickets.get(again.actor, "T1").note) == ("Cracked", "")
    again.press("Escape")
    assert again.toasts[-1] == "Draft kept"
    again.press("Return")
    assert again.sheet.form is not None
    assert again.sheet.form.note.text() == "Call first"
    again.tab_to("Discard")
    again.press("Space")
    assert (again.sheet.form.note.text(), again.sheet.devices[again.job("T1").id].form.found.text()) == (
        "",
        "Cracked",
    )
    assert again.session.drafts.load("ticket-edit") is None


def test_a_shelf_is_scanned_into_its_field_and_a_ticket_is_not(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Return")
    assert not clerk.page.take_scan("A4")  # the field has no focus: nothing of the sheet is meant
    clerk.tab_to("Shelf")
    assert not clerk.page.take_scan("T2")
    assert not clerk.page.take_scan("PL5")
    assert clerk.page.take_scan("a4")
    assert clerk.job("T1").shelf == ""
    clerk.press("ctrl+Return")
    assert clerk.job("T1").shelf == "A4"
