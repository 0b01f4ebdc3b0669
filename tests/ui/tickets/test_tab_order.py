"""Tab goes once through all that is shown, as it is read, in every state of the screens of a ticket."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.repairs.loaners import SaveLoaner
from tests.ui.tabbing import assert_tab_reads, stops_of, tabbed, words_of
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


def assert_comes_to_all(page: QWidget, first: QWidget, order: Sequence[str]) -> None:
    """Tab comes to everything once, and to these in this order."""
    been = tabbed(page, first)
    assert {id(one) for one in been} == {id(one) for one in stops_of(page)}, words_of(been)
    words = words_of(been)
    assert [word for word in words if word in order] == list(order), words


@pytest.fixture
def clerk(take_in: TakeInCall, open_till: OpenTill) -> Clerk:
    take_in()
    return open_till()


def lend(clerk: Clerk) -> None:
    loaner = clerk.shop.loaners.save(clerk.actor, SaveLoaner(name="Pixel 4"))
    clerk.shop.loaners.out(clerk.actor, "T1", loaner.id)


# -- hand-back ---------------------------------------------------------------------------------------
def test_hand_back_of_what_is_ready(clerk: Clerk) -> None:
    clerk.move("T1", "ready")
    clerk.show("hand_back", "T1")
    words = assert_tab_reads(clerk.hand_back)
    assert words[:2] == ["Apple iPhone 13", "Repaired"] and words[-3:] == [
        "Take payment",
        "Hand over",
        "Cancel",
    ]


def test_hand_back_with_nothing_to_choose_says_so_and_goes_on(clerk: Clerk) -> None:
    clerk.show("hand_back", "T1")
    assert not clerk.hand_back.notice.isHidden()
    assert_tab_reads(clerk.hand_back)


def test_hand_back_with_a_loaner_that_is_out(clerk: Clerk) -> None:
    clerk.move("T1", "ready")
    lend(clerk)
    clerk.show("hand_back", "T1")
    assert_tab_reads(clerk.hand_back)
    assert "Take it back" in assert_tab_reads(clerk.hand_back)


def test_hand_back_that_could_not_be_read_offers_to_try_again_first(clerk: Clerk) -> None:
    clerk.show("hand_back", "T99")
    assert assert_tab_reads(clerk.hand_back)[0] == "Try again"


# -- estimate ----------------------------------------------------------------------------------------
def test_estimate_with_a_line_that_is_written(clerk: Clerk) -> None:
    clerk.show("estimate", "T1")
    page = clerk.estimate
    order = ["Add a line", "Lines of the estimate", "What for", "Price of one", "Leave it", "Print", "Back"]
    assert_comes_to_all(page, page.lines.add, [word for word in order if word != "Print"])


def test_estimate_with_a_draft_that_came_back(clerk: Clerk, open_till: OpenTill) -> None:
    clerk.show("estimate", "T1")
    clerk.type("Half a li")
    clerk.show("tickets")
    again = open_till()
    again.show("estimate", "T1")
    page = again.estimate
    assert page.notice.shows_draft
    order = ["Discard", "Add a line", "Lines of the estimate", "What for", "Back"]
    first = next(one for one in stops_of(page) if words_of([one]) == ["Discard"])
    assert_comes_to_all(page, first, order)
    page.lines.form.text_of.setFocus()
    again.press("alt+Delete")
    assert page.notice.isHidden() and not page.lines.form.isVisible()
    again.show("tickets")
    assert again.session.drafts.load("estimates") is None


def test_estimate_that_waits_for_the_answer(clerk: Clerk) -> None:
    line = LineAsked(text="Board", unit_minor=30000)
    clerk.shop.estimates.ask(clerk.actor, AskEstimate(number="T1", lines=(line,)))
    clerk.show("estimate", "T1")
    page = clerk.estimate
    order = ["Add a line", "Lines of the estimate", "Print", "Back", "Who answered", "Approved", "Declined"]
    assert_comes_to_all(page, page.lines.add, order)


def test_estimate_of_which_another_till_made_a_version(clerk: Clerk) -> None:
    clerk.show("estimate", "T1")
    clerk.type("Display")
    clerk.press("Return", "Return")
    clerk.type("120")
    clerk.press("ctrl+Return")
    line = LineAsked(text="Board", unit_minor=30000)
    clerk.shop.estimates.ask(clerk.shop.actor("Till 2"), AskEstimate(number="T1", lines=(line,)))
    clerk.settle()
    page = clerk.estimate
    first = next(one for one in stops_of(page) if words_of([one]) == ["Take theirs"])
    assert_comes_to_all(page, first, ["Take theirs", "Add a line", "Lines of the estimate", "Back"])


# -- the page of a ticket ----------------------------------------------------------------------------
def test_a_tickets_page_also_with_a_draft(clerk: Clerk) -> None:
    clerk.press("Return")
    clerk.tab_to("Fault found")
    clerk.type("Cracked")
    clerk.press("Escape", "Return")
    page = clerk.ticket
    assert page.notice.shows_draft
    first = next(one for one in stops_of(page) if words_of([one]) == ["Open the customer"])
    assert_comes_to_all(
        page, first, ["Save", "Diagnosing", "Discard", "Fault found", "Part, service or price", "Note it"]
    )
    places = []
    for is_shown in (True, False):
        page.notice.setVisible(is_shown)
        clerk.settle()
        places.append([one.mapTo(page, one.rect().topLeft()) for one in page.states.buttons])
    assert places[0] == places[1], "the notice pushes the states"


# -- saving once -------------------------------------------------------------------------------------
def test_a_doubled_press_hands_over_once_and_paints_nothing_red(clerk: Clerk) -> None:
    clerk.move("T1", "ready")
    clerk.show("hand_back", "T1")
    clerk.hit("ctrl+Return")
    clerk.hit("ctrl+Return")
    clerk.settle()
    assert clerk.job("T1").state.code == "collected"
    assert not clerk.hand_back.form.submit()
    assert clerk.hand_back.form.summary.isHidden() and not clerk.hand_back.form.to.message()


def test_ctrl_enter_saves_a_device_wherever_the_focus_is_in_its_form(clerk: Clerk) -> None:
    clerk.press("Return")
    clerk.tab_to("Fault found")
    clerk.type("Cracked")
    clerk.ticket.top.technician.click()
    clerk.press("Space")  # its list is open
    popup = clerk.ticket._view().edits.technician.combo.view()
    assert popup.isVisible()
    clerk.qtbot.keyClick(popup, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    assert clerk.job("T1").found == "Cracked"
