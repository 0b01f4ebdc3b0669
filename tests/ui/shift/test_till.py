"""Cash in and out, X, the list of shifts and what is verified; the till in the top bar and its menu."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QMenu

from posapp.domain.base.actor import Actor
from posapp.domain.selling.shifts import CashKind
from posapp.services.desks import Shop
from posapp.services.selling.shifts import CloseShift
from posapp.ui.tables.rows_model import SHOWN
from tests.drawers import a_closed_shift, an_open_shift
from tests.ui.a11y import assert_named
from tests.ui.shift.conftest import Cashier

OpenTill = Callable[..., Cashier]


def moves_of(cashier: Cashier) -> list[tuple[CashKind, int, str]]:
    return [(one.kind, one.amount_minor, one.reason) for one in cashier.shop.shifts.x(cashier.actor).moves]


def cells(cashier: Cashier) -> list[str]:
    """The first three columns of the list, a line a row."""
    model = cashier.page.list.table.model()
    return [
        " ".join(str(model.index(row, column).data(SHOWN)) for column in range(3)).strip()
        for row in range(model.rowCount())
    ]


# -- cash in and out -----------------------------------------------------------------------------------
def test_cash_goes_in_and_out_with_amount_and_reason(shop: Shop, open_till: OpenTill) -> None:
    shop.shifts.open(shop.actor("Till 1"), 10_000)
    cashier = open_till()
    cashier.press("alt+I")
    assert_named(cashier.window)
    cashier.type("2*10")
    cashier.press("Return")
    cashier.type("Change")
    cashier.press("ctrl+Return")
    assert cashier.window.sheet_content is None
    assert cashier.toasts[-1] == "€20.00 in: Change"
    cashier.press("alt+O")
    cashier.type("5")
    cashier.press("Tab", "Tab", "Right", "ctrl+Return")
    assert moves_of(cashier) == [(CashKind.IN, 2000, "Change"), (CashKind.OUT, 500, "To the bank")]
    assert cashier.toasts[-1] == "€5.00 out: To the bank"
    assert cashier.page.till.table.model().rowCount() == 2
    assert "115.00" not in cashier.words()


def test_what_the_desk_refuses_stands_at_its_field(shop: Shop, open_till: OpenTill) -> None:
    shop.shifts.open(shop.actor("Till 1"), 100)
    cashier = open_till()
    cashier.press("alt+O")
    cashier.type("2")
    cashier.press("ctrl+Return")
    form = cashier.window.sheet_content
    assert form.reason.message() == "Enter a reason."  # type: ignore[union-attr]
    cashier.type("Milk")
    cashier.press("ctrl+Return")
    assert form.amount.message() == "There is not so much cash in the drawer."  # type: ignore[union-attr]
    cashier.press("Escape")
    assert cashier.window.sheet_content is None
    assert moves_of(cashier) == []
    assert cashier.is_in(cashier.page.till.buttons[0])


# -- X -------------------------------------------------------------------------------------------------
def test_x_shows_the_drawer_and_a_print_that_fails_can_be_tried_again(
    shop: Shop, open_till: OpenTill
) -> None:
    an_open_shift(shop, shop.actor("Till 1"))
    cashier = open_till()
    cashier.press("alt+X")
    assert [one.amount for one in cashier.x.facts.lines] == ["€100.00", "€50.00", "−€10.00", "€140.00"]
    shown = cashier.window.key_bar.keys()
    assert [key.word for key in shown[:2]] == ["Print X", "Close"]
    cashier.press("ctrl+P")
    assert cashier.x.notice.text().endswith("Nothing was changed.")
    cashier.press("Return")
    assert not cashier.x.notice.isHidden()
    cashier.press("Escape")
    assert cashier.window.key_bar.keys()[0].word == "Close the shift"


def test_x_opens_over_another_screen_and_prints_there(shop: Shop, open_till: OpenTill) -> None:
    an_open_shift(shop, shop.actor("Till 1"))
    cashier = open_till(at_once=False)
    cashier.settle()
    cashier.window.top_bar.till.setFocus()
    cashier.press("Return")
    cashier.press("Down", "Down", "Down", "Return")
    assert cashier.window.current_page_id == "desk"
    cashier.press("ctrl+P")
    assert cashier.x.notice.text().endswith("Nothing was changed.")


# -- the list and Z ------------------------------------------------------------------------------------
def test_what_nobody_verified_stands_first_and_a_manager_verifies_it(shop: Shop, open_till: OpenTill) -> None:
    one, two = shop.actor("Till 1"), shop.actor("Till 2")
    a_closed_shift(shop, one)
    a_closed_shift(shop, two, counted_minor=13_000)
    shop.shifts.verify(one, "Z2", 13_000)
    shop.shifts.open(two, 5)
    cashier = open_till()
    cashier.press("alt+L")
    assert_named(cashier.page)
    assert cells(cashier) == ["Not verified Till 1 Z1", "Open Till 2", "Verified Till 2 Z2"]
    assert cashier.is_in(cashier.page.list.table)
    cashier.press("Return")
    assert cashier.z.number == "Z1"
    assert "Nobody has verified it yet." in cashier.words()
    assert cashier.is_in(cashier.z.form.amount.editor)
    cashier.press("ctrl+Return")
    assert cashier.z.form.amount.message() == "Count the drawer once more and enter what is in it."
    assert cashier.shop.shifts.z(cashier.actor, "Z1").verified == ()
    cashier.type("140")
    cashier.press("ctrl+Return")
    verified = shop.shifts.z(one, "Z1").verified
    assert [(found.amount_minor, found.by) for found in verified][-1] == (14_000, "Niamh")
    assert "Verified by Niamh, today 08:55: €140.00" in cashier.words()
    cashier.press("Escape")
    assert cells(cashier) == ["Open Till 2", "Verified Till 2 Z2", "Verified Till 1 Z1"]
    cashier.press("Escape")
    assert cashier.page.title() == "Open the shift"


def test_an_open_shift_of_the_list_is_not_opened(shop: Shop, open_till: OpenTill) -> None:
    shop.shifts.open(shop.actor("Till 2"), 5)
    cashier = open_till()
    cashier.press("alt+L", "Return", "ctrl+P")
    assert cashier.window.sheet_content is None
    assert cashier.window.current_page_id == "shift"


def test_a_z_is_previewed_and_printed_again_as_a_copy(shop: Shop, open_till: OpenTill) -> None:
    a_closed_shift(shop, shop.actor("Till 1"), note="A coin rolled away", pieces=((5000, 2), (500, 3)))
    cashier = open_till()
    cashier.show("shift", "Z1")
    assert "2\u00a0×\u00a0€50, 3\u00a0×\u00a0€5" in cashier.words()
    assert "Note: A coin rolled away" in cashier.words()
    cashier.press("ctrl+P")
    assert cashier.window.current_page_id == "preview"
    assert "Z1" in cashier.words()
    assert "Closed Thu 12 Mar 2026, 08:55, Till 1" in cashier.words()
    cashier.press("ctrl+P")
    cashier.settle()
    [job] = shop.papers.open_jobs(cashier.actor)
    assert (job.number, job.state) == ("Z1", "failed")
    cashier.press("Escape")
    assert cashier.window.current_page_id == "shift"


# -- found by its number -------------------------------------------------------------------------------
def test_search_everything_opens_a_z(shop: Shop, open_till: OpenTill) -> None:
    a_closed_shift(shop, shop.actor("Till 1"))
    cashier = open_till(at_once=False)
    cashier.press("ctrl+K")
    cashier.type("z1")
    cashier.press("Return")
    assert cashier.window.current_page_id == "shift"
    assert cashier.z.number == "Z1"
    assert cashier.page.title() == "Shifts"


def test_search_everything_leads_to_the_shift(open_till: OpenTill) -> None:
    cashier = open_till(at_once=False)
    cashier.press("ctrl+K")
    cashier.type("shif")
    cashier.press("Return")
    assert cashier.window.current_page_id == "shift"


def test_a_z_that_is_gone_says_so(open_till: OpenTill) -> None:
    cashier = open_till()
    cashier.show("shift", "Z9")
    assert cashier.z.notice.text() == "There is no Z report Z9."


# -- the top bar ---------------------------------------------------------------------------------------
def test_the_till_opens_the_menu_of_its_drawer(shop: Shop, open_till: OpenTill) -> None:
    cashier = open_till(at_once=False)
    cashier.settle()
    assert cashier.till() == "Till 1 · no shift"
    cashier.window.top_bar.till.setFocus()
    cashier.press("Return")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == ["Open the shift\tShift+F5", "Shifts of all tills"]
    cashier.press("Return")
    assert cashier.page.title() == "Open the shift"
    shop.shifts.open(cashier.actor, 5)
    cashier.settle()
    assert cashier.till() == "Till 1 · open 08:55"
    cashier.press("F2")
    cashier.window.top_bar.till.setFocus()
    cashier.press("Down")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions() if one.text()] == [
        "Close the shift",
        "Cash in",
        "Cash out",
        "X report",
        "This shift\tShift+F5",
        "Shifts of all tills",
    ]
    cashier.press("Down", "Return")
    assert cashier.window.current_page_id == "desk"
    cashier.type("1")
    cashier.press("Return")
    cashier.type("Found")
    cashier.press("ctrl+Return")
    assert moves_of(cashier) == [(CashKind.IN, 100, "Found")]


def test_a_shift_that_goes_on_under_a_new_name_is_shown(shop: Shop, open_till: OpenTill) -> None:
    shop.shifts.open(Actor(shop.actor("Till 1").business, "Till 1"), 5)
    cashier = open_till()
    session = cashier.session
    session.actor = replace(session.actor, till="Counter")
    shop.shifts.take_over(session.actor, "Till 1")
    cashier.window.top_bar.till.show_state("Counter")
    cashier.settle()
    assert cashier.till() == "Counter · open 08:55"
    assert cashier.page.title() == "Shift"


def test_another_till_s_shift_is_not_ours(shop: Shop, open_till: OpenTill) -> None:
    other = shop.actor("Till 2")
    shop.shifts.open(other, 5)
    cashier = open_till()
    assert cashier.page.title() == "Open the shift"
    shop.shifts.close(other, CloseShift(counted_minor=5))
    cashier.settle()
    assert cashier.page.title() == "Open the shift"
