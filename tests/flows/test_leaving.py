"""A repair that is ready and paid for leaves with its customer, unless somebody says no."""

from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from tests.factories import TILL, a_customer, a_phone
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.repairs import a_device, a_ticket, moved

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def seller(behind: Shop) -> Actor:
    """A repair of €139.00 for Marta, ready, and an open shift."""
    actor = behind.actor(TILL)
    marta = a_customer(behind, actor, "Marta Kowalczyk", phone=a_phone(1))
    a_ticket(behind, actor, a_device(price_minor=13_900), customer_id=marta.id)
    moved(behind, actor, "T1", "ready")
    behind.shifts.open(actor, 10_000)
    return actor


@pytest.fixture
def till(seller: Actor, open_till: OpenTill) -> Clerk:
    """The sale in front."""
    clerk = open_till()
    clerk.press("F5")
    clerk.on("sell")
    return clerk


def _pay(clerk: Clerk) -> Any:
    """Take the money; what stands on the button of the ticket then."""
    page = clerk.page("sell")
    until(lambda: not page.steps.sale.is_empty)
    clerk.press("F9", "F9")
    until(page.is_done)
    clerk.quiet()
    [button] = page.done.tickets
    return button.accessibleDescription()


def test_it_is_marked_as_collected_once_the_next_customer_comes(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    till.type("T1")
    till.press("Return")
    assert _pay(till) == "marked as collected Undo"
    till.press("Return")
    until(lambda: not behind.tickets.get(seller, "T1").is_open)
    [job] = behind.tickets.get(seller, "T1").jobs
    assert job.handed_to == "Marta Kowalczyk"


def test_taken_back_it_stays_here(till: Clerk, behind: Shop, seller: Actor) -> None:
    till.type("T1")
    till.press("Return")
    _pay(till)
    till.press("ctrl+Z")
    [button] = till.page("sell").done.tickets
    assert button.accessibleDescription() == "hand it over now"
    till.press("Return")
    till.quiet()
    assert behind.tickets.get(seller, "T1").is_open


def test_a_hand_back_that_waits_for_the_money_goes_on_itself(
    till: Clerk, behind: Shop, seller: Actor
) -> None:
    till.window.show_page("hand_back", "T1")
    till.quiet()
    till.press("F9")
    till.on("sell")
    assert _pay(till) == ""
    till.page("sell").done.tickets[0].click()
    till.on("hand_back")
    assert behind.tickets.get(seller, "T1").is_open
