"""Every key acts on what is in front: the sheet over the page, the question over both, the list shown."""

import pytest
from PySide6.QtCore import Qt

from posapp.services.repairs.tickets import EditJob
from tests.ui.other_page import OtherPage
from tests.ui.tickets.conftest import Clerk
from tests.ui.tickets.test_board import OpenTill, TakeInCall

COVERED = "Close what lies in front first (Esc)"


@pytest.fixture
def clerk(take_in: TakeInCall, open_till: OpenTill) -> Clerk:
    """Three tickets, the cursor on T1."""
    take_in("iPhone 13")
    take_in("Pixel 8", "iPad Air")
    take_in("Switch")
    made = open_till()
    assert made.focused_card() == "T1"
    return made


def asked_of(clerk: Clerk, page: str) -> str:
    """What that screen was opened with."""
    assert clerk.window.current_page_id == page
    shown = clerk.window.page(page)
    assert isinstance(shown, OtherPage)
    return str(shown.payload)


def test_the_printed_label_is_that_of_the_page_not_of_the_card_behind(clerk: Clerk) -> None:
    clerk.show("ticket", "T2")  # as Ctrl+K and a scan do
    clerk.press("ctrl+P")
    assert "number='T2'" in asked_of(clerk, "preview")
    clerk.show("ticket", "T2")
    clerk.press("ctrl+PageDown", "ctrl+P")
    assert "number='T2'" in asked_of(clerk, "preview") and "position=2" in asked_of(clerk, "preview")
    clerk.show("tickets")
    clerk.press("ctrl+P")
    assert "number='T1'" in asked_of(clerk, "preview")


def test_new_ticket_means_the_customer_of_the_page(clerk: Clerk) -> None:
    clerk.show("ticket", "T2")
    clerk.press("ctrl+T")
    assert asked_of(clerk, "intake") == str(clerk.shop.tickets.get(clerk.actor, "T2").customer_id)
    clerk.show("tickets")
    clerk.press("ctrl+T")
    assert asked_of(clerk, "intake") == "None"


def test_letters_and_digits_of_a_list_behind_a_sheet_do_nothing(clerk: Clerk) -> None:
    clerk.press("Space")
    view = next(one for one in clerk.page.board.views() if one.cards())
    view.setFocus()  # a click beside the sheet
    for key in ("2", "A", "N"):
        clerk.press(key)
        assert clerk.said[-1] == COVERED
    assert clerk.job("T1").state.code == "received"
    assert clerk.page.ask.text() == "" and clerk.sheet.accessibleName() == "T1"
    clerk.press("Escape", "2")
    assert clerk.job("T1").state.code == "diagnosing"


def test_behind_a_question_or_the_list_of_keys_nothing_is_printed_or_moved(clerk: Clerk) -> None:
    clerk.press("A")
    view = next(one for one in clerk.page.board.views() if one.cards())
    view.setFocus()
    clerk.press("2", "ctrl+P")
    assert clerk.said[-2:] == [COVERED, COVERED]
    assert (clerk.window.current_page_id, clerk.job("T1").state.code) == ("tickets", "received")
    clerk.press("Escape", "F1", "ctrl+P")
    assert clerk.window.current_page_id == "tickets"


def test_in_the_list_of_uncollected_no_card_of_the_hidden_board_is_printed(clerk: Clerk) -> None:
    clerk.press("alt+L", "alt+L", "ctrl+P")
    assert clerk.window.current_page_id == "tickets"


def test_a_second_press_before_the_answer_makes_no_second_step(clerk: Clerk) -> None:
    for _ in range(3):
        clerk.qtbot.keyClick(clerk.focus, Qt.Key.Key_2)
    clerk.settle()
    assert clerk.toasts == ["T1: diagnosing"]
    clerk.press("ctrl+Z", "ctrl+Z")
    assert (clerk.job("T1").state.code, clerk.said[-1]) == ("received", "Nothing to undo")
    clerk.press("2")
    assert clerk.job("T1").state.code == "diagnosing"


def test_rows_stay_chosen_when_another_till_changes_one_and_a_gone_row_gives_its_keys_to_nobody(
    clerk: Clerk,
) -> None:
    clerk.press("alt+L", "shift+Down", "shift+Down")
    chosen = {card.card.number for card in clerk.page.list.table.chosen()}
    current = clerk.page.list.table.current()
    assert len(clerk.page.list.table.chosen()) == 3 and current is not None
    clerk.shop.tickets.edit_job(clerk.shop.actor("Till 2"), EditJob(number="T3", found="Dust"))
    clerk.settle()
    assert {card.card.number for card in clerk.page.list.table.chosen()} == chosen
    clerk.press("Up")
    assert len(clerk.page.list.table.chosen()) == 1
    current = clerk.page.list.table.current()
    assert current is not None
    clerk.move(current.card.number, "cancelled", reason="Not wanted")  # no longer in the list
    assert clerk.page.list.table.chosen() == []
    before = [clerk.job(f"T{n}").state.code for n in (1, 2, 3)]
    clerk.press("5")
    assert [clerk.job(f"T{n}").state.code for n in (1, 2, 3)] == before


def test_alt_and_a_digit_choose_in_the_sheet_or_nothing(clerk: Clerk) -> None:
    view = clerk.page.tools.view.current()
    clerk.press("Space", "alt+2")
    assert clerk.page.tools.view.current() == view
    clerk.press("Escape", "alt+2")
    assert clerk.page.tools.view.current() != view
