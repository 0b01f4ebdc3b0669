"""A shift is opened by keys: counted, or what was counted last is taken over; another currency as a sum."""

from collections.abc import Callable

from posapp.services.desks import Shop
from posapp.services.shop.businesses import EditBusiness
from tests.drawers import a_closed_shift
from tests.ui.a11y import assert_named
from tests.ui.shift.conftest import Cashier
from tests.ui.tabbing import tabbed, words_of

OpenTill = Callable[..., Cashier]


def float_of(cashier: Cashier) -> int:
    shift = cashier.shop.shifts.at_till(cashier.actor).shift
    assert shift is not None
    return shift.float_minor


def test_the_last_count_is_accepted_with_enter(shop: Shop, open_till: OpenTill) -> None:
    a_closed_shift(shop, shop.actor("Till 1"), counted_minor=13_950)
    cashier = open_till()
    assert cashier.page.title() == "Open the shift"
    assert cashier.till() == "Till 1 · no shift"
    opening = cashier.page.opening
    assert opening.save.text() == "Open with €139.50"
    assert [one.words for one in opening.facts.lines] == ["Counted at Z1, today 08:55"]
    assert cashier.is_in(opening.save)
    cashier.press("Return")
    assert float_of(cashier) == 13_950
    assert cashier.toasts == ["The shift of Till 1 is open with €139.50"]
    assert cashier.till() == "Till 1 · open 08:55"
    assert cashier.page.title() == "Shift"
    assert cashier.is_in(cashier.page.till.buttons[0])


def test_a_till_that_was_never_closed_is_counted_note_by_note(open_till: OpenTill) -> None:
    cashier = open_till()
    opening = cashier.page.opening
    assert_named(cashier.page)
    assert cashier.is_in(opening.count.first())
    cashier.press("F9")
    assert opening.summary.text() == "Count the drawer first. Type 0 if it is empty."
    edits = list(opening.count.table.edits.values())
    cashier.press("Return", "Return", "Return")
    assert cashier.is_in(edits[3])
    cashier.type("2")
    cashier.press("Down", "Up")
    assert cashier.is_in(edits[3])
    assert opening.count.total.text() == "€100.00"
    cashier.press("Return")
    cashier.type("x2")
    assert edits[4].text() == "2"
    cashier.press(*["Return"] * 11)
    assert opening.save.text() == "Open with €140.00"
    assert cashier.is_in(opening.save)
    cashier.press("Return")
    assert float_of(cashier) == 14_000


def test_an_empty_drawer_is_told_as_0_and_ctrl_enter_opens(open_till: OpenTill) -> None:
    cashier = open_till()
    cashier.type("0")
    cashier.press("ctrl+Return")
    assert float_of(cashier) == 0


def test_a_sum_is_enough(open_till: OpenTill) -> None:
    cashier = open_till()
    cashier.press("alt+2")
    cashier.page.opening.count.first().setFocus()
    cashier.type("99,5")
    assert cashier.page.opening.count.total.text() == "€99.50"
    cashier.press("F9")
    assert float_of(cashier) == 9950


def test_a_sum_typed_where_notes_are_counted_goes_on_as_a_sum(open_till: OpenTill) -> None:
    cashier = open_till()
    count = cashier.page.opening.count
    for key in "100.50":
        cashier.type(key)
    assert (count.way.current(), count.sum.text()) == ("sum", "100.50")
    cashier.press("ctrl+Return")
    assert float_of(cashier) == 10_050


def test_a_sum_that_cannot_be_read_opens_nothing(open_till: OpenTill) -> None:
    cashier = open_till()
    cashier.press("alt+2")
    count = cashier.page.opening.count
    count.first().setFocus()
    cashier.type("many")
    cashier.press("F9")
    assert count.sum.message() == "Enter an amount such as 50 or 12.50."
    assert cashier.shop.shifts.at_till(cashier.actor).shift is None


def test_of_another_currency_a_sum_is_asked(shop: Shop, open_till: OpenTill) -> None:
    actor = shop.actor("Till 1")
    shop.businesses.edit(actor, EditBusiness(currency="ISK"))
    cashier = open_till()
    cashier.session.catalogue = shop.businesses.catalogue(actor)
    cashier.press("F2", "shift+F5")
    assert not cashier.page.opening.count.way.isVisible()
    assert cashier.is_in(cashier.page.opening.count.sum.editor)
    cashier.type("5000")
    cashier.press("F9")
    assert float_of(cashier) == 5000


def test_two_quick_presses_open_one_shift(open_till: OpenTill) -> None:
    cashier = open_till()
    cashier.type("0")
    cashier.page.opening.submit()
    cashier.page.opening.submit()
    cashier.settle()
    assert len(cashier.shop.shifts.latest(cashier.actor, 5)) == 1


def test_another_window_opened_it_meanwhile(open_till: OpenTill) -> None:
    cashier = open_till()
    cashier.type("0")
    cashier.session.feed.stop()  # this window has not heard of it yet
    cashier.shop.shifts.open(cashier.actor, 5)
    cashier.press("F9")
    assert cashier.page.title() == "Shift"
    assert float_of(cashier) == 5


def test_tab_goes_through_everything(open_till: OpenTill) -> None:
    cashier = open_till()
    opening = cashier.page.opening
    been = words_of(tabbed(opening, opening.count.first()))
    assert been[:2] == ["How many of €500", "How many of €200"]
    assert been[-4:] == ["How many of €0.01", "Notes and coins", "Open the shift", "Shifts of all tills"]
