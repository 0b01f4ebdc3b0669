"""One ticket on its page: one save, states by key, conflicts, passcode, photos, words, loaners."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QDialog, QLabel, QMenu

from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.services.repairs.claims import ClaimAsked
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import EditJob, HandBack
from posapp.services.repairs.uncollected import Dispose
from posapp.ui.actions import bar
from posapp.ui.theme import theme
from posapp.ui.ticket.timeline import Timeline
from posapp.ui.widgets.paint import cut
from tests.repairs import approved, asked, handed_back
from tests.ui.a11y import assert_named
from tests.ui.other_page import OtherPage
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


def _picture(path: Path, colour: str) -> str:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    image.save(str(path))
    return str(path)


def _kept_photos(clerk: Clerk) -> int:
    return sum(not one.is_removed for one in clerk.shop.tickets.whole(clerk.actor, "T1").photos)


def _choose_more(clerk: Clerk, words: str) -> None:
    clerk.ticket.tabs.more.click()
    menu = next(one for one in clerk.ticket.findChildren(QMenu) if one.isVisible())
    action = menu.activeAction()
    assert action is not None
    assert action.text() == words
    clerk.qtbot.keyClick(menu, Qt.Key.Key_Return)
    clerk.window.activateWindow()
    clerk.settle()


# -- one save ----------------------------------------------------------------------------------------
def test_one_save_covers_everything_that_was_changed_and_one_undo_takes_it_back(clerk: Clerk) -> None:
    clerk.tab_to("Fault found")
    clerk.type("Display broken")
    clerk.press("alt+P")
    clerk.type("89")
    clerk.ticket.top.shelf.click()
    clerk.type("a4")
    clerk.press("Return")
    assert clerk.ticket.top.shelf.text() == "A4"
    assert clerk.ticket.subtitle() == "3 changes"
    clerk.press("ctrl+Return")
    job = clerk.job("T1")
    assert (job.found, job.price_minor, job.shelf) == ("Display broken", 8900, "A4")
    assert (clerk.ticket.subtitle(), clerk.toasts[-1]) == ("saved 11:00", "T1 saved")
    clerk.ticket.setFocus()
    clerk.press("ctrl+Z")
    job = clerk.job("T1")
    assert (job.found, job.price_minor, job.shelf) == ("", None, "")
    clerk.press("ctrl+Y")
    assert clerk.job("T1").found == "Display broken"


def test_the_same_save_makes_the_lines_a_version(clerk: Clerk) -> None:
    clerk.tab_to("Fault found")
    clerk.type("Strap torn")
    clerk.press("ctrl+L")
    clerk.type("12.50 strap")
    clerk.press("Return")
    assert clerk.ticket.subtitle() == "2 changes"
    clerk.press("ctrl+Return")
    whole = clerk.shop.tickets.whole(clerk.actor, "T1")
    assert [one.text for one in whole.estimates[0].lines] == ["strap"]
    assert (clerk.job("T1").found, clerk.ticket.subtitle()) == ("Strap torn", "saved 11:00")


def test_lines_alone_are_told_as_saved(clerk: Clerk) -> None:
    clerk.press("ctrl+L")
    clerk.type("12.50 strap")
    clerk.press("Return", "ctrl+Return")
    assert len(clerk.shop.tickets.whole(clerk.actor, "T1").estimates) == 1
    assert clerk.ticket.subtitle() == "saved 11:00"


def test_a_state_saves_too_by_digit_and_by_alt_and_digit_from_inside_a_field(clerk: Clerk) -> None:
    clerk.press("2")
    assert clerk.job("T1").state.code == "diagnosing"
    clerk.tab_to("Fault found")
    clerk.type("5 screws missing")
    assert clerk.job("T1").state.code == "diagnosing"  # a digit in a text is text
    clerk.press("alt+5")
    job = clerk.job("T1")
    assert (job.state.code, job.found, clerk.toasts[-1]) == ("in_repair", "5 screws missing", "T1: in repair")
    clerk.press("ctrl+Z")
    job = clerk.job("T1")
    assert (job.state.code, job.found) == ("diagnosing", "")


def test_a_second_enter_never_moves_the_device(clerk: Clerk) -> None:
    clerk.press("Return")
    assert clerk.job("T1").state.code == "received"
    clerk.tab_to("Needs approval")
    clerk.press("Return", "Return")
    assert clerk.job("T1").state.code == "needs_approval"
    assert clerk.ticket.ask.text() == ""


def test_a_way_back_asks_its_reason_and_esc_leaves_it(clerk: Clerk) -> None:
    clerk.press("6", "5")
    assert clerk.ticket.ask.text() == "Apple iPhone 13 goes back to in repair. Why?"
    clerk.press("Escape")
    assert (clerk.ticket.ask.text(), clerk.job("T1").state.code) == ("", "ready")
    clerk.press("5")
    clerk.type("Camera fails")
    clerk.press("ctrl+Z")  # inside edited text it is the text that is taken back
    assert clerk.ticket.ask.reason.text() == ""
    clerk.type("Camera fails")
    clerk.press("Return")
    assert clerk.job("T1").state.code == "in_repair"
    assert clerk.shop.tickets.history(clerk.actor, "T1")[-1].after["reason"] == "Camera fails"


def test_a_state_that_is_not_allowed_is_quiet_and_says_why(clerk: Clerk) -> None:
    clerk.press("6")
    received = clerk.ticket.states.buttons[0]
    assert received.accessibleDescription() == "Ready cannot become received."
    clerk.press("1")
    assert (clerk.said[-1], clerk.job("T1").state.code) == ("Ready cannot become received.", "ready")


def test_the_current_state_is_marked_and_the_likely_next_one(clerk: Clerk) -> None:
    marks = [(one.is_current, one.is_likely) for one in clerk.ticket.states.buttons]
    assert marks == [(True, False), (False, True), *[(False, False)] * 4]
    clerk.press("5")
    assert [one.state.code for one in clerk.ticket.states.buttons if one.is_likely] == ["ready"]


def test_a_promise_is_moved_and_taken_away(clerk: Clerk) -> None:
    promised = clerk.shop.tickets.get(clerk.actor, "T1").due
    clerk.tab_to(f"Due: {clerk.ticket.top.due.text()}")
    clerk.press("Return")
    assert clerk.focus.accessibleName() == "Promised for"
    clerk.tab_to("Time")
    clerk.press("ctrl+A")
    clerk.type("1630")
    clerk.press("ctrl+Return")
    due = clerk.shop.tickets.get(clerk.actor, "T1").due
    assert due is not None and promised is not None
    assert (due.hour, due.minute, due.date()) == (16, 30, promised.date())
    clerk.ticket.top.due.click()
    clerk.press("ctrl+A", "Delete", "ctrl+Return")
    assert clerk.shop.tickets.get(clerk.actor, "T1").due is None
    clerk.ticket.setFocus()
    clerk.press("ctrl+Z", "ctrl+Z")
    assert clerk.shop.tickets.get(clerk.actor, "T1").due == promised


def test_what_a_desk_refuses_leads_to_the_field(clerk: Clerk) -> None:
    clerk.ticket.top.shelf.click()
    clerk.type("PL5")
    clerk.press("ctrl+Return")
    assert clerk.job("T1").shelf == ""
    assert clerk.focus.accessibleName() == "Shelf"
    assert "is no shelf" in clerk.ticket.typed.views[clerk.job("T1").id].edits.shelf.message()


# -- other tills, own saves --------------------------------------------------------------------------
def test_a_change_at_another_till_is_said_whole_and_nothing_typed_is_lost(clerk: Clerk) -> None:
    clerk.tab_to("Fault found")
    clerk.type("Mine")
    other = clerk.shop.actor("Till 2")
    clerk.shop.tickets.edit_job(other, EditJob(number="T1", found="Theirs", shelf="B2"))
    clerk.settle()
    form, notice = clerk.ticket._view().edits, clerk.ticket.notice
    assert (form.found.text(), form.shelf.text()) == ("Mine", "B2")
    assert "Till 2 changed this. Fault found: Theirs." in notice.text()
    assert notice.height() >= notice.heightForWidth(notice.width())  # no line of it is cut
    clerk.press("ctrl+Return")
    job = clerk.job("T1")
    assert (job.found, job.shelf) == ("Mine", "B2")


def test_own_saves_one_after_the_other_are_never_somebody_elses(clerk: Clerk) -> None:
    for words, state in (("Cracked", "diagnosing"), (" and wet", "in_repair")):  # save, then a state
        clerk.tab_to("Fault found")
        clerk.press("End")
        clerk.type(words)
        clerk.press("ctrl+Return")
        clerk.press("alt+2" if state == "diagnosing" else "alt+5")
        assert (clerk.ticket.notice.text(), clerk.job("T1").state.code) == ("", state)
    clerk.tab_to("Fault found")  # a state, then a save
    clerk.press("ctrl+A")
    clerk.type("Fuse")
    clerk.press("ctrl+Return")
    clerk.ticket.setFocus()  # in a text the key is the text's
    clerk.press("ctrl+Z")
    assert clerk.job("T1").found == "Cracked and wet"
    clerk.ticket.top.shelf.click()  # an undo, then a save
    clerk.type("A4")
    clerk.press("ctrl+Return")
    assert (clerk.job("T1").shelf, clerk.ticket.notice.isVisible()) == ("A4", False)
    clerk.ticket.setFocus()
    clerk.press("ctrl+Z")
    assert clerk.job("T1").shelf == ""


def test_what_is_asked_before_the_answer_to_the_last_save_is_done_too(clerk: Clerk) -> None:
    clerk.tab_to("Fault found")
    clerk.qtbot.keyClicks(clerk.focus, "Cracked")
    found = clerk.focus
    clerk.hit("ctrl+Return")
    clerk.qtbot.keyClicks(found, " and wet")  # typed while it is being saved
    clerk.hit("alt+2")
    clerk.settle()
    job = clerk.job("T1")
    assert (job.state.code, job.found) == ("diagnosing", "Cracked and wet")  # a state saves too


def test_a_change_of_another_till_between_two_own_saves_is_noticed(clerk: Clerk) -> None:
    clerk.tab_to("Fault found")
    clerk.type("Cracked")
    clerk.press("ctrl+Return", "End")
    clerk.type(" and wet")
    clerk.session.lanes.database.run(
        lambda: clerk.shop.tickets.edit_job(clerk.shop.actor("Till 2"), EditJob(number="T1", shelf="B2")),
        done=lambda _ticket: None,
        failed=lambda _error: None,
    )
    clerk.hit("ctrl+Return")  # before this window has heard of it
    clerk.settle()
    assert clerk.job("T1").found == "Cracked"
    assert "changed by Till 2" in clerk.ticket.notice.text()
    assert clerk.ticket._view().edits.found.text() == "Cracked and wet"
    clerk.press("ctrl+Return")
    assert (clerk.job("T1").found, clerk.job("T1").shelf) == ("Cracked and wet", "B2")


def test_what_is_typed_is_there_again_until_it_is_saved_or_discarded(
    clerk: Clerk, open_till: OpenTill
) -> None:
    clerk.tab_to("Fault found")
    clerk.type("Cracked")
    clerk.ticket.keeper.keep()  # what the clock does
    clerk.settle()
    again = open_till()  # nothing was closed, as after a crash
    again.press("Return")
    assert again.ticket.notice.text() == "Draft restored · T1 · typed today 11:00"
    assert (again.ticket.subtitle(), again.ticket._view().edits.found.text()) == ("1 change", "Cracked")
    again.press("Escape")
    assert (again.toasts[-1], again.window.current_page_id) == ("Draft kept", "tickets")
    again.press("Return")
    assert again.ticket.notice.shows_draft
    again.press("alt+Delete")
    assert (again.ticket.subtitle(), again.ticket._view().edits.found.text()) == ("", "")
    again.press("Escape")
    assert again.session.drafts.load("ticket-edit") is None


# -- the device --------------------------------------------------------------------------------------
def test_the_passcode_is_shown_on_demand_and_hidden_again(clerk: Clerk) -> None:
    passcode = clerk.ticket._view().passcode
    assert "2580" not in passcode.text.text()
    clerk.tab_to("Show passcode")
    clerk.press("Return")
    assert passcode.text.text() == "2580"
    passcode._timer.setInterval(10)
    passcode._timer.start()
    clerk.qtbot.waitUntil(lambda: not passcode.is_shown)
    assert "2580" not in passcode.text.text()
    actions = [line.action for line in clerk.shop.tickets.history(clerk.actor, "T1")]
    assert actions.count("passcode.shown") == 1


def test_photos_open_large_and_are_taken_off_there(clerk: Clerk, tmp_path: Path) -> None:
    strip = clerk.ticket._view().photos
    strip.add_files([_picture(tmp_path / "front.png", "red"), _picture(tmp_path / "back.png", "blue")])
    clerk.settle()
    clerk.settle()
    assert _kept_photos(clerk) == 2
    first = next(iter(strip._buttons.values()))
    first.setFocus()
    clerk.press("Delete")
    assert any(one.isVisible() for one in clerk.window.findChildren(QDialog))
    assert _kept_photos(clerk) == 2  # it is only looked at
    clerk.press("Return")
    assert not any(one.isVisible() for one in clerk.window.findChildren(QDialog))
    assert _kept_photos(clerk) == 1
    clerk.settle()
    clerk.window.activateWindow()
    clerk.settle()
    clerk.ticket.setFocus()
    clerk.press("ctrl+Z")
    assert _kept_photos(clerk) == 2


def test_a_file_that_is_no_picture_is_refused_in_words(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "note.jpg").write_text("hello")
    clerk.ticket._view().photos.add_files([str(tmp_path / "note.jpg"), str(tmp_path / "gone.jpg")])
    clerk.settle()
    assert clerk.ticket.notice.text()
    assert clerk.shop.tickets.whole(clerk.actor, "T1").photos == ()


def test_each_device_has_its_tab_and_the_states_follow_it(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", "iPad")
    clerk = open_till()
    clerk.press("Return")
    assert_named(clerk.ticket)
    clerk.press("ctrl+PageDown")
    assert clerk.ticket._view().job.device.model == "iPad"
    clerk.press("6")
    assert [job.state.code for job in clerk.shop.tickets.get(clerk.actor, "T1").jobs] == ["received", "ready"]
    assert [one.state.code for one in clerk.ticket.states.buttons if one.is_current] == ["ready"]
    clerk.qtbot.mouseClick(clerk.ticket.tabs.tabs[0], Qt.MouseButton.LeftButton)
    assert [one.state.code for one in clerk.ticket.states.buttons if one.is_current] == ["received"]


def test_a_scan_of_a_shelf_moves_the_device_and_undo_brings_it_back(clerk: Clerk) -> None:
    clerk.shop.tickets.edit_job(clerk.actor, EditJob(number="T1", shelf="B3"))
    clerk.shop.tickets.edit_job(clerk.actor, EditJob(number="T1", shelf="A4"))  # both shelves are known
    clerk.settle()
    assert not clerk.ticket.take_scan("Z9")  # no shelf of the shop: looked up as everywhere
    assert not clerk.ticket.take_scan("T2")
    assert clerk.ticket.take_scan("b3")
    clerk.settle()
    assert (clerk.job("T1").shelf, clerk.toasts[-1]) == ("B3", "Apple iPhone 13 lies on B3")
    clerk.press("ctrl+Z")
    assert clerk.job("T1").shelf == "A4"
    clerk.ticket.top.shelf.click()
    assert clerk.ticket.take_scan("c1")  # into the field that has the focus, also a new one
    clerk.press("ctrl+Return")
    assert clerk.job("T1").shelf == "C1"


def test_a_scan_of_a_shelf_moves_the_device_of_a_quick_look(clerk: Clerk) -> None:
    clerk.shop.tickets.shelve(clerk.actor, ["B3", "T1"])
    clerk.shop.tickets.shelve(clerk.actor, ["A4", "T1"])
    clerk.settle()
    clerk.press("Escape", "Space")
    assert not clerk.page.take_scan("T1")
    assert clerk.page.take_scan("B3")
    clerk.settle()
    assert clerk.job("T1").shelf == "B3"


def test_a_shop_that_checks_repairs_is_asked_for_the_second_look(clerk: Clerk) -> None:
    settings = clerk.shop.ticket_states.settings(clerk.actor)
    clerk.shop.ticket_states.set_settings(clerk.actor, replace(settings, quality_check=True))
    clerk.press("5", "6")
    assert clerk.said[-1] == "A second person must check the repair before it is ready."
    assert clerk.job("T1").state.code == "in_repair"
    check = clerk.ticket._view().check
    check.setFocus()
    clerk.press("Return")
    clerk.type("Ann")  # nobody signs in here
    clerk.press("Return")
    assert clerk.job("T1").quality_by == "Ann"
    assert not check.isVisible()


# -- what was said -----------------------------------------------------------------------------------
def test_the_customer_is_told_with_a_text_that_fits_the_state(clerk: Clerk) -> None:
    clerk.press("6")
    talk = clerk.ticket.aside.talk
    ready = "Hello Anna Byrne, you can collect your Apple iPhone 13. Harbour Lane Repairs, T1"
    assert talk.words.text() == ready
    clerk.press("alt+S")
    told = clerk.shop.tickets.history(clerk.actor, "T1")[-1].after
    assert (told["how"], told["words"], clerk.toasts[-1]) == ("sms", ready, "Noted")


def test_a_call_has_its_answer_and_the_draft_keeps_both(clerk: Clerk) -> None:
    talk = clerk.ticket.aside.talk
    clerk.tab_to("Text")
    clerk.press("Right")
    clerk.tab_to("Answer")
    clerk.type("Comes at six")
    clerk.press("Escape", "Return")
    assert talk.answer.text() == "Comes at six"
    clerk.press("alt+S")
    told = clerk.shop.tickets.history(clerk.actor, "T1")[-1].after
    assert (told["how"], told["answer"], talk.answer.text()) == ("phone", "Comes at six", "")


def test_the_note_opens_by_key_and_is_saved_with_the_rest(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in()
    clerk = open_till()
    clerk.press("N")
    assert clerk.focus.accessibleName() == "Note for us"
    clerk.type("Call before six")
    clerk.press("ctrl+Return")
    assert clerk.shop.tickets.get(clerk.actor, "T1").note == "Call before six"


def test_a_loaner_goes_out_and_comes_back(clerk: Clerk) -> None:
    clerk.shop.loaners.save(clerk.actor, SaveLoaner(name="Nokia 105"))
    clerk.settle()
    clerk.tab_to("Give it out")
    clerk.press("Return")
    assert [one.back_at for one in clerk.shop.tickets.whole(clerk.actor, "T1").loans] == [None]
    clerk.tab_to("Take it back")
    clerk.press("Return")
    assert clerk.shop.tickets.whole(clerk.actor, "T1").loans[0].back_at is not None


# -- closed, printed, left ---------------------------------------------------------------------------
def test_a_closed_ticket_is_only_read_prints_the_hand_back_and_is_reopened_with_a_reason(
    clerk: Clerk,
) -> None:
    clerk.shop.tickets.edit_job(clerk.actor, EditJob(number="T1", found="Glass broken"))
    clerk.settle()
    clerk.press("6")
    clerk.shop.counter.hand_back(clerk.actor, HandBack(number="T1", outcome=Outcome.REPAIRED, to="Anna"))
    clerk.settle()
    view, page = clerk.ticket._view(), clerk.ticket
    assert view._found.text() == "Glass broken" and view._found.isVisible()
    assert not view.edits.found.isVisible() and not page.top.save.isVisible()
    assert not page.top.shelf.isEnabled() and not view.photos.add.isVisible()
    clerk.press("ctrl+P")
    preview = clerk.window.page("preview")
    assert isinstance(preview, OtherPage)
    assert "hand_back" in str(preview.payload)
    clerk.press("Escape")
    _choose_more(clerk, "Reopen: In repair")
    clerk.type("Came back")
    clerk.press("Return")
    assert clerk.job("T1").state.code == "in_repair"
    assert clerk.shop.tickets.history(clerk.actor, "T1")[-1].after["reason"] == "Came back"


def test_what_was_disposed_of_was_never_handed_back_and_prints_its_claim_ticket(clerk: Clerk) -> None:
    clerk.press("6")
    clerk.shop.ticket_states.set_settings(clerk.actor, RepairSettings(dispose_days=0))
    clerk.shop.uncollected.dispose(clerk.actor, Dispose(number="T1", reason="recycled"))
    clerk.settle()
    clerk.press("ctrl+P")
    preview = clerk.window.page("preview")
    assert isinstance(preview, OtherPage)
    assert "claim_ticket" in str(preview.payload)


def test_a_device_is_given_up_with_a_reason(clerk: Clerk) -> None:
    _choose_more(clerk, "Cancelled")
    assert clerk.ticket.ask.text() == "Apple iPhone 13: no repair. Why?"
    clerk.type("Too dear")
    clerk.press("Return")
    assert clerk.job("T1").state.code == "cancelled"


def test_the_rail_shows_tickets_and_esc_goes_back_where_it_was_opened(clerk: Clerk) -> None:
    clerk.show("desk")
    clerk.window.leave_for("ticket", "T1")
    clerk.settle()
    checked = [one.entry.id for one in clerk.window.rail._buttons if one.isChecked()]
    assert checked == ["tickets"]
    clerk.press("Escape")
    assert clerk.window.current_page_id == "desk"


def test_other_screens_mean_the_customer_of_the_ticket(clerk: Clerk) -> None:
    key = clerk.shop.tickets.get(clerk.actor, "T1").customer_id
    for keys, page in (("ctrl+T", "intake"), ("ctrl+H", "history"), ("ctrl+B", "calendar")):
        clerk.window.leave_for("ticket", "T1")
        clerk.press(keys)
        shown = clerk.window.page(page)
        assert isinstance(shown, OtherPage)
        assert (clerk.window.current_page_id, shown.payload) == (page, key)


def test_in_a_narrow_window_the_right_column_waits_behind_its_key(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till(1024, 720)
    clerk.press("Return")
    assert not clerk.ticket.aside.isVisible()
    clerk.press("ctrl+Period")
    assert clerk.ticket.aside.isVisible()
    clerk.press("Escape")
    assert not clerk.ticket.aside.isVisible()
    assert clerk.window.current_page_id == "ticket"


def test_a_quick_look_opens_the_page_by_enter_and_by_its_button(
    take_in: TakeInCall, open_till: OpenTill
) -> None:
    take_in()
    clerk = open_till()
    clerk.press("Space")
    assert clerk.sheet.isVisible()
    assert_named(clerk.sheet)
    clerk.press("Return")
    assert (clerk.window.current_page_id, clerk.window.sheet_content) == ("ticket", None)
    clerk.press("Escape", "Space")
    clerk.qtbot.mouseClick(clerk.sheet.opener, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert clerk.window.current_page_id == "ticket"


# -- guarantees --------------------------------------------------------------------------------------
def test_a_collected_ticket_offers_a_claim_on_what_it_guarantees(clerk: Clerk) -> None:
    asked(clerk.shop, clerk.actor, "T1", 8900, warranty_days=90)
    approved(clerk.shop, clerk.actor, "T1")
    clerk.move("T1", "ready")
    clerk.settle()
    assert clerk.ticket.aside.warranties.isHidden()
    handed_back(clerk.shop, clerk.actor, "T1")
    clerk.settle()
    clerk.tab_to("Make a claim: Line 8900")
    clerk.press("Space")
    intake, ticket = clerk.window.page("intake"), clerk.shop.tickets.whole(clerk.actor, "T1")
    (given,) = ticket.guarantees.own[1]
    assert isinstance(intake, OtherPage)
    device = ticket.ticket.jobs[0].device.id
    assert intake.payload == ClaimAsked(ticket.ticket.customer_id, device, given.id)


def test_a_ticket_without_lines_or_steps_says_so_and_f1_names_the_keys_of_a_line(clerk: Clerk) -> None:
    words = "No line yet. Scan or type the first one above."
    assert clerk.ticket.lines.table.accessibleDescription() == words
    named = {one.keys for one in clerk.ticket.own_actions()}
    assert {"U", "R", "Del"} <= named
    shown = {one.keys for one in bar(clerk.ticket.own_actions())}
    assert "U" not in shown, "no line, so no part to use"
    assert "Ctrl+L" in shown
    clerk.move("T1", "ready")
    handed_back(clerk.shop, clerk.actor, "T1")
    clerk.settle()
    assert "Ctrl+L" not in {one.keys for one in bar(clerk.ticket.own_actions())}, "it left the shop"
    timeline, whole = Timeline(clerk.session.wording), clerk.shop.tickets.whole(clerk.actor, "T1")
    clerk.qtbot.addWidget(timeline)
    timeline.show_steps((), whole.states)
    (said,) = timeline.findChildren(QLabel)
    assert said.text() == "Nothing was done or said yet."


def test_no_word_of_the_head_is_cut_where_it_has_its_room(clerk: Clerk) -> None:
    word = "Technician"
    assert cut(word, theme().font("caption"), theme().metrics("caption").horizontalAdvance(word)) == word
