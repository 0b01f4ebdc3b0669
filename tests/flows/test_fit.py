"""Every screen at the smallest window, and at 115 % in a usual one: no word is cut off."""

import pytest
from PySide6.QtWidgets import QApplication

from posapp.services.desks import Shop
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.ui.tickets.estimate.presenter import DraftLine
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import TILL, a_booking, a_customer
from tests.flows.clerk import Clerk
from tests.flows.conftest import OpenTill
from tests.repairs import a_device, a_ticket, moved
from tests.sales import goods, sold
from tests.ui.fit import cut_off

SETTINGS = (
    "shop",
    "services",
    "people",
    "hours",
    "tickets",
    "items",
    "loaners",
    "prices",
    "drawers",
    "payments",
    "printing",
    "till",
    "data",
    "help",
    "about",
)


@pytest.fixture
def busy(behind: Shop) -> int:
    """A shop with something on every screen; the key of the customer whose it is."""
    actor = behind.actor(TILL)
    customer = a_customer(behind, actor, "Maximiliane Featherstonehaugh-O'Sullivan")
    a_booking(behind, actor, customer)
    device = a_device(model="Galaxy Tab S9 Ultra", price_minor=124900, shelf="A1")
    a_ticket(behind, actor, device, a_device(), customer_id=customer.id)
    line = LineAsked(text="Display with frame, original", unit_minor=124900, warranty_days=365)
    behind.estimates.ask(actor, AskEstimate(number="T1", lines=(line,)))
    a_ticket(behind, actor, customer_id=customer.id)
    moved(behind, actor, "T2", "ready")
    a_closed_shift(behind, actor, note="Two notes of fifty are missing", pieces=((5000, 2), (5, 999)))
    an_open_shift(behind, actor)
    long = goods(behind, actor, 124_900, name="Strap, leather, extra long, for a watch with a wide case").sku
    sold(behind, actor, long, long, customer_id=customer.id)
    return customer.id


@pytest.mark.timeout(90)
@pytest.mark.parametrize(("width", "height", "scale"), [(1024, 720, 100), (1366, 768, 115)])
def test_no_word_is_cut_off(busy: int, open_till: OpenTill, width: int, height: int, scale: int) -> None:
    clerk = open_till(ui_scale=scale)
    clerk.window.resize(width, height)
    found = {
        f"{page} {payload or ''}": cut
        for page, payload in (
            ("desk", None),
            ("desk", busy),
            ("calendar", None),
            ("tickets", None),
            ("ticket", "T1"),
            ("intake", busy),
            ("estimate", "T1"),
            ("hand_back", "T2"),
            ("history", busy),
            ("preview", "T1"),
            ("import", None),
            ("shift", None),
            ("shift", "close"),
            ("shift", "list"),
            ("shift", "Z1"),
            ("merging", None),
            ("merging", (1, 2)),
            ("preview", "Z1"),
            ("sell", None),
            ("sell", "T2"),
            ("sell", "S1"),
            *(("settings", section) for section in SETTINGS),
        )
        if (cut := _shown(clerk, page, payload))
    }
    _shown(clerk, "intake", busy)
    intake = clerk.page("intake")
    line = DraftLine(text="Display with frame, original", quantity=10, unit_minor=124900, warranty_days=365)
    intake.form.promise.estimate.put(None, line)
    clerk.quiet()
    found["intake with lines"] = cut_off(clerk.window)
    intake.lines.open()
    clerk.quiet()
    found["a line of the intake"] = cut_off(clerk.window)
    assert not any(found.values()), found


def _shown(clerk: Clerk, page: str, payload: object) -> list[str]:
    clerk.window.close_sheet()
    clerk.window.show_page(page, payload)
    clerk.on(page)
    for _ in range(3):  # the answer is laid out, what lies in it one turn later
        QApplication.processEvents()
    return cut_off(clerk.window)
