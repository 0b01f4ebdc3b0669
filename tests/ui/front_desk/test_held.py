"""When a device that waits for its owner is warned of."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from posapp.domain.base.clock import to_us
from posapp.domain.repairs.tickets import BoardCard, StateGroup, TicketState
from posapp.ui.front_desk.held import Held, warning_words

SINCE = to_us(datetime(2026, 11, 18, 12, tzinfo=UTC))
CARD = BoardCard(
    1, 1, 12, 1, 1, 1, "Marta", "phone", "Acme", "Phone", "Dead", 1, SINCE, SINCE, None, "", "", None, 0
)
READY = TicketState(1, "ready", "Ready", StateGroup.READY, 1)
IN_REPAIR = TicketState(2, "in_repair", "In repair", StateGroup.WORK, 2)


@pytest.mark.parametrize(("days", "is_long"), [(6, False), (7, True), (30, True)])
def test_from_the_seventh_day_on_waiting_is_long(days: int, is_long: bool) -> None:
    assert Held(CARD, READY, days).waits_long == is_long
    assert not Held(CARD, IN_REPAIR, days).waits_long


def test_what_became_ready_today_is_no_warning_yet() -> None:
    today = Held(CARD, READY, 0)
    assert warning_words([today]) == ""
    assert warning_words([today, replace(today, days=1)]) == "T12 Acme Phone waits to be collected for 1 day"
