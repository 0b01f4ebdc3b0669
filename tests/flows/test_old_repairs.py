"""An old repair that the old system told too little of goes on here, completed by the clerk."""

from typing import Any

from posapp.services.desks import Shop
from tests.factories import TILL, a_customer
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill
from tests.old_data.factories import an_open_old_ticket


def test_the_clerk_completes_what_the_old_system_told(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    customer = a_customer(behind, actor, "Marta Kowalczyk")
    key = an_open_old_ticket(behind, actor, customer.id, code="bb1270", device_model="")
    clerk = open_till()
    clerk.window.show_page("history", customer.id)
    clerk.quiet()
    clerk.press("alt+7")
    clerk.quiet()
    clerk.press("alt+T")
    clerk.quiet()
    clerk.on("intake")
    form = clerk.page("intake").form
    until(lambda: form.past is not None)
    assert form.customer.past.text() == "Old repair: T-61868"
    assert form.device.fault.text() == "Charging port"
    assert form.promise.note.text().startswith("From the old system (004): T-61868, in_progress")
    clerk.fill(Model="Galaxy A52")
    clerk.press("ctrl+Return")
    clerk.quiet()
    taken = behind.past.of_ticket(actor, "T1")
    assert taken is not None
    assert taken.id == key
    assert behind.tickets.get(actor, "T1").jobs[0].no_serial_reason == "Taken in with the old system"
    assert form.past is None


def test_what_was_half_typed_still_is_about_the_old_repair(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    customer = a_customer(behind, actor, "Marta Kowalczyk")
    an_open_old_ticket(behind, actor, customer.id, device_model="")
    clerk = open_till()
    clerk.window.show_page("history", customer.id)
    clerk.quiet()
    clerk.press("alt+7")
    clerk.quiet()
    clerk.press("alt+T")
    clerk.quiet()
    form = clerk.page("intake").form
    until(lambda: form.past is not None)
    values = form.values()
    form.start()
    assert form.past is None
    clerk.page("intake").drafts._put(values)
    until(lambda: form.past is not None)
    past: Any = form.past
    assert past.customer_id == customer.id
