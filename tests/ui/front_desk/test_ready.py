"""When a device that waits for its owner is warned of."""

from dataclasses import replace
from datetime import UTC, datetime

from posapp.domain.base.clock import to_us
from posapp.domain.repairs.tickets import BoardCard, StateGroup, TicketState
from posapp.domain.repairs.waiting import DeviceHere
from posapp.ui.front_desk.ready import warning_words

SINCE = to_us(datetime(2026, 11, 18, 12, tzinfo=UTC))
CARD = BoardCard(
    1, 1, 12, 1, 1, 1, "Marta", "phone", "Acme", "Phone", "Dead", 1, SINCE, SINCE, None, "", "", None, 0
)
READY = TicketState(1, "ready", "Ready", StateGroup.READY, 1)


def test_what_became_ready_today_is_no_warning_yet() -> None:
    today = DeviceHere(CARD, READY, 0, False)
    assert warning_words([today]) == ""
    assert warning_words([today, replace(today, days=1)]) == "T12 Acme Phone waits to be collected for 1 day"
