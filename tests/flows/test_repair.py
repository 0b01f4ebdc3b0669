"""A device from the counter to the bench and back to its owner."""

import pytest

from posapp.domain.repairs.estimates import EstimateStatus
from posapp.services.desks import Shop
from tests.conftest import PrintQueue
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill
from tests.sales import sold


@pytest.mark.timeout(60)
def test_a_returning_customers_device_goes_from_the_counter_to_the_bench_and_back(
    behind: Shop, open_till: OpenTill, print_queue: PrintQueue
) -> None:
    actor = behind.actor(TILL)
    marta = a_customer(behind, actor, "Marta Kowalczyk", phone=a_phone(1))
    before = set(print_queue.folder.iterdir())
    clerk = open_till(slip_output="print", receipt_printer="PDF", a4_printer="PDF", label_printer="PDF")

    def state() -> str:
        return behind.tickets.get(actor, "T1").jobs[0].state.code

    # taken in
    clerk.type("0851000001")
    clerk.press("Return", "ctrl+T")
    clerk.on("intake")
    until(lambda: clerk.page("intake").form.who.card is not None)
    clerk.fill(Brand="Samsung", Model="Galaxy S22", IMEI_or_serial="SN1", What_is_wrong="Cracked screen")
    clerk.press("ctrl+Return")
    clerk.on("desk")
    assert clerk.page("desk").finder.search.hasFocus()  # the next customer can be typed
    assert behind.tickets.get(actor, "T1").customer_id == marta.id
    assert len(set(print_queue.folder.iterdir()) - before) == 2  # claim ticket and label

    # the estimate is asked for and approved
    clerk.press("F4")
    until(lambda: clerk.page("tickets").board.current_card() is not None)
    clerk.press("Return")
    clerk.on("ticket")
    until(lambda: clerk.page("ticket").job is not None)
    clerk.press("ctrl+L")
    clerk.type("149 New display")
    clerk.press("Return", "ctrl+Return")
    assert [one.status for one in behind.tickets.whole(actor, "T1").estimates] == [EstimateStatus.ASKED]
    assert state() == "needs_approval"
    clerk.tab_to("Note the answer")
    clerk.press("Return")
    clerk.on("estimate")
    clerk.press("alt+Y")
    assert [one.status for one in behind.tickets.whole(actor, "T1").estimates] == [EstimateStatus.APPROVED]

    # repaired
    clerk.press("F4")
    board = clerk.page("tickets").board
    until(lambda: board.current_card() is not None)
    for key, wanted in (("5", "in_repair"), ("6", "ready")):
        clerk.press(key)
        until(lambda wanted=wanted: state() == wanted)  # type: ignore[misc]

    # paid at another till, then handed over
    behind.shifts.open(actor, 0)
    sold(behind, actor, "T1")
    clerk.press("Return")
    clerk.on("ticket")
    clerk.tab_to("Hand over")
    clerk.press("Return")
    clerk.on("hand_back")
    clerk.press("ctrl+Return")
    assert behind.tickets.get(actor, "T1").jobs[0].handed_to == "Marta Kowalczyk"

    # the history tells all of it
    told = {one.kind.value: one for one in behind.history.page(actor, marta.id).events if one.number == "T1"}
    assert told.keys() == {"ticket", "estimate"}
    actions = {line.action for line in behind.history.detail(actor, marta.id, told["ticket"]).steps}
    assert {"estimate.asked", "estimate.approved"} <= actions
    assert len(set(print_queue.folder.iterdir()) - before) == 3  # and the paper of the hand-back
    clerk.press("F2")
    clerk.type("PL1")
    clerk.press("Return", "ctrl+H")
    clerk.on("history")
