"""Ctrl+Z and Ctrl+Y on the board and in the sheet: what they reach, what they ask, what they refuse."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication

from posapp.domain.shop.businesses import ResourceKind
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import EditJob
from posapp.services.shop.businesses import SaveResource
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.toast import Toast
from tests.ui.tickets.conftest import Clerk
from tests.ui.tickets.test_board import OpenTill, TakeInCall


@dataclass
class SomeCustomer:
    """Somebody at the counter."""

    id: int = 99
    pl_id: str = "PL99"
    name: str = "Somebody else"


@pytest.fixture
def staffed(shop: Shop) -> None:
    """Somebody who repairs, before the till is opened."""
    shop.businesses.save_resource(shop.actor("Till 1"), SaveResource(kind=ResourceKind.STAFF, name="Aino"))


@pytest.fixture
def clerk(staffed: None, take_in: TakeInCall, open_till: OpenTill) -> Clerk:
    take_in("iPhone 13")
    take_in("Pixel 8")
    return open_till()


def state(clerk: Clerk, number: str = "T1") -> str:
    return clerk.job(number).state.code


def asked(clerk: Clerk) -> str:
    """The window's own question, "" for none."""
    return next((bar.text() for bar in clerk.window.findChildren(AskBar) if bar.isVisible()), "")


def test_steps_are_taken_back_and_done_again_until_a_new_one(clerk: Clerk) -> None:
    clerk.press("2", "5")
    assert state(clerk) == "in_repair"
    clerk.press("ctrl+Z")
    assert (state(clerk), clerk.said[-1]) == ("diagnosing", "Undone: T1: in repair")
    clerk.press("ctrl+Y")
    assert (state(clerk), clerk.said[-1]) == ("in_repair", "Done again: T1: in repair")
    clerk.press("ctrl+Z", "ctrl+Z")
    assert state(clerk) == "received"
    assert clerk.focused_card() == "T1"
    clerk.press("ctrl+Y", "A", "Return", "ctrl+Y")
    assert (state(clerk), clerk.said[-1]) == ("diagnosing", "Nothing to do again")
    technician = clerk.job("T1").technician
    assert technician
    clerk.press("ctrl+Z", "ctrl+Z", "ctrl+Z")
    assert (state(clerk), clerk.job("T1").technician) == ("received", "")
    assert clerk.said[-1] == "Nothing to undo"
    clerk.press("ctrl+Y", "ctrl+Y")
    assert (state(clerk), clerk.job("T1").technician) == ("diagnosing", technician)


def test_an_open_question_is_closed_and_nothing_else_is_done(clerk: Clerk) -> None:
    clerk.press("6", "5")
    assert "Why?" in clerk.page.ask.text()
    clerk.press("ctrl+Z")
    assert (clerk.page.ask.text(), state(clerk)) == ("", "ready")
    assert clerk.focus in clerk.page.board.views()
    clerk.press("A")
    assert "Who repairs" in clerk.page.ask.text()
    clerk.press("ctrl+Y")
    assert (clerk.page.ask.text(), state(clerk)) == ("", "ready")
    clerk.press("F1", "ctrl+Z")  # all keys are shown over everything
    assert state(clerk) == "ready"
    clerk.press("ctrl+Z")
    assert state(clerk) == "received"


def test_a_question_on_the_page_of_a_ticket_is_closed_first_too(clerk: Clerk) -> None:
    clerk.press("Return", "2", "1")
    assert "Why?" in clerk.ticket.ask.text()
    clerk.type("typed by mistake")
    clerk.press("ctrl+Z")  # inside edited text it is the text that is taken back
    assert clerk.ticket.ask.reason.text() == ""
    clerk.press("ctrl+Z")
    assert (clerk.ticket.ask.text(), state(clerk)) == ("", "diagnosing")
    clerk.press("ctrl+Z")
    assert state(clerk) == "received"
    assert clerk.window.current_page_id == "ticket"


def test_what_another_till_changed_since_is_not_taken_back(clerk: Clerk) -> None:
    clerk.press("2")
    clerk.shop.tickets.edit_job(clerk.shop.actor("Till 2"), EditJob(number="T1", found="Water inside"))
    clerk.settle()
    clerk.press("ctrl+Z")
    assert (state(clerk), clerk.job("T1").found) == ("diagnosing", "Water inside")
    assert clerk.said[-1].startswith("Not undone: T1: diagnosing. T1 was changed by Till 2")
    clerk.press("ctrl+Y")
    assert clerk.said[-1] == "Nothing to do again"


def test_two_own_steps_of_one_device_are_both_taken_back(clerk: Clerk) -> None:
    clerk.press("Return", "2")
    clerk.tab_to("Fault found")
    clerk.type("Water inside")
    clerk.press("ctrl+Return")
    clerk.ticket.setFocus()
    assert clerk.job("T1").found == "Water inside"
    clerk.press("ctrl+Z")
    assert (clerk.job("T1").found, state(clerk)) == ("", "diagnosing")
    clerk.press("ctrl+Z")
    assert state(clerk) == "received"
    clerk.press("ctrl+Y", "ctrl+Y")
    assert (clerk.job("T1").found, state(clerk)) == ("Water inside", "diagnosing")


def test_a_step_of_another_screen_is_asked_about_and_enter_leaves_it(clerk: Clerk) -> None:
    clerk.press("2")
    clerk.show("desk")
    before = QApplication.focusWidget()
    clerk.press("ctrl+Z")
    assert asked(clerk) == "Take back “T1: diagnosing”? It was done on the screen Tickets."
    assert not any(toast.isVisible() for toast in clerk.window.findChildren(Toast))  # it would lie over that
    clerk.press("Return")
    assert (asked(clerk), state(clerk)) == ("", "diagnosing")
    assert QApplication.focusWidget() is before
    clerk.press("ctrl+Z", "ctrl+Z")  # the second one closes the question
    assert (asked(clerk), state(clerk)) == ("", "diagnosing")
    clerk.press("ctrl+Z", "Escape")
    assert (asked(clerk), state(clerk)) == ("", "diagnosing")
    clerk.press("ctrl+Z")
    clerk.tab_to("Take it back")
    clerk.press("Return")
    assert (asked(clerk), state(clerk), clerk.said[-1]) == ("", "received", "Undone: T1: diagnosing")
    clerk.press("ctrl+Y")
    assert state(clerk) == "diagnosing"


def test_a_step_for_another_customer_is_asked_about(clerk: Clerk) -> None:
    clerk.press("2")
    clerk.window.set_counter(SomeCustomer())
    clerk.press("ctrl+Z")
    assert asked(clerk) == "Take back “T1: diagnosing”? It was done for another customer."
    clerk.show("desk")  # a question does not follow to another screen
    assert (asked(clerk), state(clerk)) == ("", "diagnosing")
    clerk.show("tickets")
    clerk.press("ctrl+Z")
    clerk.tab_to("Take it back")
    clerk.press("Return")
    assert state(clerk) == "received"


def test_text_is_taken_back_and_done_again_inside_a_field(clerk: Clerk) -> None:
    clerk.press("2", "ctrl+F")
    clerk.type("pixel")
    clerk.press("ctrl+Z")
    words = clerk.page.tools.words
    assert (words.text(), state(clerk)) == ("", "diagnosing")
    clerk.press("ctrl+Y")
    assert (words.text(), state(clerk)) == ("pixel", "diagnosing")
