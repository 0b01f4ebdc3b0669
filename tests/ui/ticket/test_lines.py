"""The lines of a ticket by keys: added, edited in the row, parts used and put back, saved as one version."""

from collections.abc import Callable
from functools import partial

import pytest

from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.services.shop.businesses import SaveService
from posapp.ui.layout import rows, wide
from posapp.ui.session import Session
from posapp.ui.ticket.lines_panel import LinesPanel
from posapp.ui.tickets.ticket_page import TicketPage
from posapp.ui.window.page import PageEntry
from posapp.ui.window.shell import Shell
from tests.repairs import a_price, an_item, approved, asked, moved
from tests.ui.a11y import assert_named
from tests.ui.tickets.conftest import Clerk

TakeInCall = Callable[..., Ticket]
OpenTill = Callable[..., Clerk]


class LinesPage(TicketPage):
    """Nothing but the lines of a ticket."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell, session)
        self.panel = LinesPanel(shell, session)
        self.panel.stepped.connect(self.read)
        rows(wide(self.panel), pad=16, host=self)

    def begin_another(self) -> None:
        """Another ticket is asked for."""

    def show_whole(self, whole: WholeTicket, *, is_first: bool) -> None:
        """Of its first device."""
        self.panel.show_ticket(whole, whole.ticket.jobs[0])

    def escape(self) -> bool:
        """Close what is open."""
        return self.panel.escape()


@pytest.fixture
def clerk(take_in: TakeInCall, open_till: OpenTill) -> Clerk:
    """T1 with a telephone, a display on the shelf and a price of the list."""
    take_in()
    made = open_till()
    an_item(made.shop, made.actor, 1, price_minor=8000)
    a_price(made.shop, made.actor, 5900, make="Apple", model="iPhone 13", fault="Battery")
    add_page(made)
    panel_of(made).go_to_field()
    return made


def add_page(clerk: Clerk) -> None:
    """The lines of T1 are in front."""
    make = partial(LinesPage, session=clerk.session)
    clerk.window.add_page(PageEntry("lines", "Lines", "", "", make, in_rail=False))
    clerk.show("lines", "T1")


def panel_of(clerk: Clerk) -> LinesPanel:
    page = clerk.window.page("lines")
    assert isinstance(page, LinesPage)
    return page.panel


def shown(clerk: Clerk) -> list[tuple[str, str, int | None]]:
    table = panel_of(clerk).table
    return [(row.text, row.state.value, row.amount_minor) for row in table.rows()]


def versions(clerk: Clerk) -> list[tuple[int, str, int]]:
    found = clerk.shop.tickets.whole(clerk.actor, "T1").estimates
    return [(one.version, one.status.value, one.total_minor) for one in found]


def test_lines_are_added_by_code_words_and_price_and_saved_as_one_version(clerk: Clerk) -> None:
    panel = panel_of(clerk)
    clerk.type("dsp-s22")
    clerk.press("Return")
    clerk.type("batt")
    clerk.press("Return")
    clerk.type("12.50 strap")
    clerk.press("Return")
    clerk.type("2*12.50 strap")
    clerk.press("Return")
    assert shown(clerk) == [
        ("Display S22", "waiting", 8000),
        ("Battery", "work", 5900),
        ("strap", "work", 3750),
    ]
    assert (panel.changes(), versions(clerk)) == (3, [])
    assert panel.foot.ask_again.text() == "Ask the customer"
    assert panel.save()
    clerk.settle()
    assert versions(clerk) == [(1, "asked", 17650)]
    assert panel.changes() == 0
    assert panel.foot.note_answer.isVisible()
    assert_named(panel)


def test_what_has_no_price_asks_for_one_and_0_is_free(clerk: Clerk) -> None:
    service = SaveService(name="Diagnosis", minutes=30, price_minor=None)
    clerk.shop.businesses.save_service(clerk.actor, service)
    an_item(clerk.shop, clerk.actor, sku="BAT", name="Coin cell")
    panel = panel_of(clerk)
    for words in ("diagnosis", "bat"):
        clerk.type(words)
        clerk.press("Return")
        assert "Enter a price, or 0 for free" in panel.field.problem()
        assert panel.draft.lines == []
        panel.field.clear()
    clerk.type("0 Diagnosis")
    clerk.press("Return")
    assert [(one.text, one.unit_minor) for one in panel.draft.lines] == [("Diagnosis", 0)]


def test_a_row_is_edited_in_its_place(clerk: Clerk) -> None:
    clerk.type("battery")
    clerk.press("Return", "Down", "Return")
    clerk.type("70")
    clerk.press("Tab")
    clerk.type("365")
    clerk.press("Return")
    [line] = panel_of(clerk).draft.lines
    assert (line.unit_minor, line.warranty_days, line.quantity) == (7000, 365, 1)
    assert clerk.focus is panel_of(clerk).table
    clerk.press("Return")
    clerk.type("71")
    an_item(clerk.shop, clerk.actor, sku="ANOTHER")
    panel_of(clerk).reload()
    clerk.settle()
    clerk.press("Escape", "Return")  # what came meanwhile took nothing away, and Esc leaves it as it was
    clerk.press("Escape", "Delete")
    assert panel_of(clerk).draft.lines == []
    clerk.press("ctrl+Z")
    assert [one.unit_minor for one in panel_of(clerk).draft.lines] == [7000]


def test_a_part_is_used_and_put_back(clerk: Clerk) -> None:
    clerk.type("dsp-s22")
    clerk.press("Return")
    panel_of(clerk).save()
    clerk.settle()
    approved(clerk.shop, clerk.actor, "T1", 9000)
    clerk.show("lines", "T1")
    assert shown(clerk) == [("Display S22", "reserved", 8000)]
    panel_of(clerk).go_to_field()
    assert not panel_of(clerk).can_use(), "the field takes the letter"
    panel_of(clerk).table.setFocus()
    assert panel_of(clerk).can_use()
    clerk.press("U")
    assert shown(clerk)[0][1] == "used"
    assert not panel_of(clerk).can_use(), "it is used"
    clerk.press("Delete")
    assert clerk.said[-1] == "Display S22 was used. Put it back first."
    clerk.press("R")
    assert shown(clerk)[0][1] == "waiting"
    clerk.press("U")
    assert shown(clerk)[0][1] == "used"
    panel_of(clerk).keys.scrap.click()
    clerk.type("Fell down")
    clerk.press("Return")
    assert [one.state for one in clerk.shop.parts.of_ticket(clerk.actor, "T1")] == [
        "returned",
        "scrapped",
    ]


def test_above_the_limit_it_warns_and_asks_again(clerk: Clerk) -> None:
    asked(clerk.shop, clerk.actor, "T1", 10_000)
    approved(clerk.shop, clerk.actor, "T1", 13_400)
    clerk.show("lines", "T1")
    foot = panel_of(clerk).foot
    assert (foot.limit.text(), foot.left.text()) == ("Approved to €134.00", "€34.00 left")
    panel_of(clerk).go_to_field()
    clerk.type("30 cable")
    clerk.press("Return")
    assert (foot.left.text(), foot.ask_again.isVisible()) == ("€4.00 left", False)
    clerk.type("5 cap")
    clerk.press("Return")
    assert foot.limit.text() == "Above the €134.00 that were approved"
    assert foot.to_pay.text() == "€135.00"
    foot.ask_again.click()
    clerk.settle()
    assert versions(clerk)[0] == (2, "asked", 13_500)
    assert clerk.job("T1").state.code == "needs_approval"


def test_what_is_written_survives_the_screen(clerk: Clerk) -> None:
    clerk.type("30 cable")
    clerk.press("Return")
    panel = panel_of(clerk)
    assert panel.keep()
    clerk.settle()
    panel.presenter.number = ""
    clerk.show("lines", "T1")
    assert [one.text for one in panel.draft.lines] == ["cable"]
    panel.discard()
    assert panel.draft.lines == []


def test_what_is_done_is_handed_over_for_what_it_costs(take_in: TakeInCall, open_till: OpenTill) -> None:
    take_in("iPhone 13", "iPhone 12")
    clerk = open_till()
    lines = (LineAsked(text="Display", unit_minor=7900), LineAsked(text="Work", unit_minor=2000, position=2))
    clerk.shop.estimates.ask(clerk.actor, AskEstimate(number="T1", lines=lines))
    approved(clerk.shop, clerk.actor, "T1")
    moved(clerk.shop, clerk.actor, "T1", "ready")
    add_page(clerk)
    foot = panel_of(clerk).foot
    assert (foot.hand.text(), foot.take.isVisible()) == ("Hand over and take €79.00", False)
    assert foot.to_pay.text() == "€99.00"
