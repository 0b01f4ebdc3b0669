"""What the history of a ticket and the cards of the board say."""

from datetime import UTC, datetime, timedelta

import pytest

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import FixedClock, to_us
from posapp.domain.base.journal import JournalLine
from posapp.domain.repairs.board import Sight
from posapp.ui.tickets.presenter import shown_card
from posapp.ui.tickets.words import ticket_step
from posapp.ui.wording import Wording
from tests.domain.repairs.test_tickets import CARD, STATES

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
SIGHT = Sight(NOON, NOON - timedelta(hours=12), NOON + timedelta(hours=12), 48, 7)


def step(action: Action, **after: object) -> str:
    line = JournalLine(1, NOON, "Till 1", "Ann", action.value, "ticket", 1, "T1", {}, after)
    return ticket_step(line, Wording())


def test_a_disposal_is_a_record_of_its_own() -> None:
    facts = {"reason": "recycled, letter of 1 Nov", "days": 90, "reminders": 1, "fee_minor": 7600}
    words = "Disposed of: recycled, letter of 1 Nov (waited 90 days, 1 reminder sent, storage €76.00)"
    assert step(Action.TICKET_DISPOSED, **facts) == words


def test_a_call_and_a_reminder_say_what_was_said_and_answered() -> None:
    told = {"how": "phone", "words": "It is ready", "answer": "Comes on Friday"}
    assert step(Action.TICKET_INFORMED, **told) == "Phone call: It is ready; answer: Comes on Friday"
    assert (
        step(Action.TICKET_REMINDED, how="sms", words="It waits", answer="", step=2)
        == "Reminder 2, text message: It waits"
    )


@pytest.mark.parametrize(
    ("state", "hours", "due", "words"),
    [
        ("ready", 2, -50, "ready today"),
        ("ready", 14, None, "ready yesterday"),
        ("ready", 26, None, "waiting 1 day"),
        ("in_repair", 2, -50, "2 days late"),
        ("in_repair", 2, -1.5, "1 h late"),
        ("in_repair", 2, -0.5, "30 min late"),
        ("in_repair", 72, 5, "3 days in this state"),
        ("in_repair", 2, 5, "today 17:00"),
        ("in_repair", 2, None, ""),
    ],
)
def test_a_card_says_what_presses_most(state: str, hours: float, due: float | None, words: str) -> None:
    since = to_us(NOON - timedelta(hours=hours))
    due_us = None if due is None else to_us(NOON + timedelta(hours=due))
    card = CARD._replace(since_us=since, touched_us=since, due_us=due_us)
    shown = shown_card(SIGHT.see(card, STATES[state]), Wording(clock=FixedClock(NOON)))
    assert shown.due_words == words
    assert words in shown.words


@pytest.mark.parametrize(
    ("price", "estimated", "words"),
    [(None, None, ""), (None, 11_800, "est. €118.00"), (11_900, None, "€119.00"), (0, None, "€0.00")],
)
def test_a_card_says_what_was_agreed_or_estimated(
    price: int | None, estimated: int | None, words: str
) -> None:
    card = CARD._replace(price_minor=price, estimated_minor=estimated)
    shown = shown_card(SIGHT.see(card, STATES["in_repair"]), Wording(clock=FixedClock(NOON)))
    assert shown.price == words
    assert words in shown.words
