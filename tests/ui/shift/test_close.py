"""A shift is closed by keys on one page: counted blind, confirmed, compared, and only then its Z."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from posapp.domain.base.errors import DomainError
from posapp.services.desks import Shop
from posapp.services.selling.shifts import CloseShift, ShiftSettings
from tests.drawers import an_open_shift
from tests.sales import card, cash, goods, sold
from tests.ui.a11y import assert_named
from tests.ui.fit import cut_off
from tests.ui.shift.conftest import Cashier
from tests.ui.tabbing import tabbed

OpenTill = Callable[..., Cashier]


@pytest.fixture
def closing(shop: Shop, open_till: OpenTill) -> Cashier:
    """140.00 should be in the drawer, and the page that closes it is in front."""
    an_open_shift(shop, shop.actor("Till 1"))
    cashier = open_till()
    cashier.press("F9")
    assert cashier.page.title() == "Close shift"
    return cashier


def test_nothing_tells_what_is_expected_before_the_count_is_confirmed(closing: Cashier) -> None:
    page = closing.page.closing
    assert_named(closing.page)
    assert closing.is_in(page.count.first())
    assert "140.00" not in closing.words()
    closing.count(n5000=2, n2000=1, n1000=1, n500=1, n200=1, n50=2)
    assert page.count.total.text() == "€138.00"
    assert "140.00" not in closing.words()
    assert closing.is_in(page.confirm)
    closing.press("Return")
    assert "Count confirmed 08:55" in closing.words()
    assert [(one.words, one.amount) for one in page.facts.lines] == [
        ("Opening cash, 08:55", "€100.00"),
        ("Cash in, Change from the bank", "€50.00"),
        ("Cash out, Window cleaner", "−€10.00"),
        ("Expected", "€140.00"),
    ]
    assert (page.band.words.text(), page.band.amount.text()) == ("Short", "−€2.00")
    assert [(one.words, one.amount) for one in page.rest.lines] == [
        ("To the safe", "€38.00"),
        ("Stays in the drawer", "€100.00"),
    ]
    assert closing.is_in(page.note.editor)


def test_f9_closes_and_the_z_is_in_front(closing: Cashier) -> None:
    closing.count(n5000=2, n2000=2)
    closing.press("alt+C")
    closing.type("All there")
    closing.press("F9")
    assert closing.toasts[-1] == "Z1 closed: matches €0.00"
    made = closing.shop.shifts.z(closing.actor, "Z1").shift.closing
    assert made is not None
    assert (made.counted_minor, made.note, made.by) == (14_000, "All there", "Niamh")
    assert made.pieces == ((5000, 2), (2000, 2))
    assert closing.z.number == "Z1"
    assert closing.till() == "Till 1 · no shift"
    closing.press("Escape")
    assert closing.page.title() == "Open the shift"
    assert closing.is_in(closing.page.opening.save)
    assert closing.page.opening.save.text() == "Open with €140.00"
    assert closing.page.closing.count.is_empty()
    assert closing.page.closing.note.text() == ""


def test_a_comparison_that_fails_after_the_close_is_not_told_at_the_next(closing: Cashier) -> None:
    closing.type("0")
    closing.press("alt+C", "F9")
    closing.page._not_compared(DomainError("shift_missing", "No shift is open at Till 1."))
    assert closing.page.closing.summary.isHidden()


def test_the_paper_of_the_z_that_was_just_closed_is_a_key_away(closing: Cashier) -> None:
    closing.type("0")
    closing.press("alt+C", "F9", "ctrl+P")
    assert closing.window.current_page_id == "preview"
    assert "Z1" in closing.words()
    closing.press("Escape")
    assert closing.page.title() == "Open the shift"


def test_f9_before_the_count_is_confirmed_closes_nothing(closing: Cashier) -> None:
    page = closing.page.closing
    for key in ("F9", "ctrl+Return"):
        closing.press(key)
        assert page.summary.text() == "Confirm the count first (Alt+C)."
    closing.press("alt+C")
    assert page.summary.text() == "Count the drawer first. Type 0 if it is empty."
    assert closing.is_in(page.count.first())
    closing.type("0")
    closing.press("F9")
    assert closing.is_in(page.confirm)
    assert closing.shop.shifts.at_till(closing.actor).shift is not None
    closing.press("alt+C", "F9")
    assert closing.z.band.amount.text() == "−€140.00"


def test_counting_again_takes_what_is_expected_out_of_sight(closing: Cashier) -> None:
    page = closing.page.closing
    closing.type("1")
    closing.press("alt+C")
    assert page.count.table.edits[50_000].isReadOnly()
    assert "140.00" in closing.words()
    closing.press("alt+C")
    assert "140.00" not in closing.words()
    assert page.counted is None
    assert not page.count.table.edits[50_000].isReadOnly()
    assert closing.is_in(page.count.first())
    closing.type("0")
    closing.press("alt+C")
    assert page.band.amount.text() == "−€140.00"


def test_cash_that_moves_after_the_count_is_compared_anew(closing: Cashier) -> None:
    closing.count(n5000=2, n2000=2)
    closing.press("alt+C")
    assert closing.page.closing.band.words.text() == "Matches"
    closing.shop.shifts.cash_out(closing.actor, 500, "Milk")
    closing.settle()
    assert closing.page.closing.band.words.text() == "Over"
    assert closing.page.closing.band.amount.text() == "€5.00"


def test_what_sales_brought_is_compared_by_tender(closing: Cashier) -> None:
    item = goods(closing.shop, closing.actor, 1250).sku
    sold(closing.shop, closing.actor, item)
    sold(closing.shop, closing.actor, item, item, tenders=(cash(500), card(2000)))
    closing.count(n5000=2)
    closing.press("alt+C")
    page = closing.page.closing
    assert ("Cash sales and deposits", "€17.50") in [(one.words, one.amount) for one in page.facts.lines]
    assert page.facts.lines[-1].amount == "€157.50"
    assert [(one.words, one.amount) for one in page.terminal.recorded.lines] == [
        ("Recorded here, 1 payment", "€20.00")
    ]
    assert page.terminal.isVisible()
    assert not page.tenders.isVisible()
    sold(closing.shop, closing.actor, item)
    closing.settle()
    assert page.facts.lines[-1].amount == "€170.00"
    closing.press("F9")
    assert [one.amount for one in closing.z.tenders.lines] == ["€20.00"]


def test_the_slip_of_the_terminal_is_compared_as_it_is_typed(closing: Cashier) -> None:
    closing.shop.shifts.set_settings(closing.actor, ShiftSettings(100))
    item = goods(closing.shop, closing.actor, 2000).sku
    sold(closing.shop, closing.actor, item, tenders=(card(2000),))
    closing.press("Escape", "F9")
    page = closing.page.closing
    assert not page.terminal.isVisible()
    closing.count(n5000=2, n2000=2)
    closing.press("alt+C")
    assert closing.is_in(page.note.editor)
    closing.press("Tab")
    assert closing.is_in(page.terminal.slip.editor)
    assert page.terminal.isAncestorOf(page.terminal.slip)
    assert not page.terminal.band.isVisible()
    closing.type("15")
    assert cut_off(closing.page) == []
    assert (page.terminal.band.words.text(), page.terminal.band.amount.text()) == ("Short", "−€5.00")
    closing.press("F9")
    assert page.note.message() == "The card terminal differs by more than €1.00. Enter a note."
    closing.type("One slip is missing")
    closing.press("F9")
    assert closing.toasts[-1] == "Z1 closed: matches €0.00"
    assert page.terminal.slip.is_empty()


def test_above_the_set_difference_the_note_is_asked_at_its_field(closing: Cashier) -> None:
    closing.shop.shifts.set_settings(closing.actor, ShiftSettings(100))
    closing.press("Escape", "F9")
    page = closing.page.closing
    assert page.note.message() == "Needed where the drawer differs by more than €1.00."
    closing.count(n5000=2)
    closing.press("alt+C", "F9")
    assert page.note.message() == "The drawer differs by more than €1.00. Enter a note."
    assert closing.is_in(page.note.editor)
    assert closing.shop.shifts.at_till(closing.actor).shift is not None
    closing.type("Two notes are gone")
    closing.press("F9")
    made = closing.shop.shifts.z(closing.actor, "Z1").shift.closing
    assert made is not None
    assert made.note == "Two notes are gone"


def test_what_was_counted_stays_when_the_page_is_left(closing: Cashier) -> None:
    closing.type("3")
    closing.press("Escape")
    assert closing.page.title() == "Shift"
    closing.press("F2", "shift+F5", "F9")
    assert closing.page.closing.count.table.edits[50_000].text() == "3"


def test_a_forgotten_shift_says_so(closing: Cashier) -> None:
    closing.clock.advance(timedelta(days=2))
    closing.press("Escape", "F9")
    said = "The shift of Till 1 is open since Thu 12 Mar 2026. Count the drawer and close it."
    assert closing.page.notice.text() == said
    assert not closing.page.notice.isHidden()
    closing.shop.shifts.cash_in(closing.actor, 5, "Found")
    closing.settle()
    assert closing.till() == "Till 1 · open since 12 Mar"


def test_somebody_else_closed_it_meanwhile(closing: Cashier) -> None:
    closing.type("0")
    closing.press("alt+C")
    closing.session.feed.stop()  # this window has not heard of it yet
    closing.shop.shifts.close(closing.actor, CloseShift(counted_minor=0))
    closing.press("F9")
    assert closing.page.title() == "Open the shift"
    assert len(closing.shop.shifts.latest(closing.actor, 5)) == 1


def test_a_print_that_fails_is_a_notice_and_the_shift_stays_closed(shop: Shop, open_till: OpenTill) -> None:
    an_open_shift(shop, shop.actor("Till 1"))
    cashier = open_till()
    cashier.session.till = replace(cashier.session.till, slip_output="print")
    cashier.press("F9")
    cashier.type("0")
    cashier.press("alt+C", "F9")
    cashier.settle()
    assert cashier.shop.shifts.z(cashier.actor, "Z1").shift.closing is not None
    assert cashier.raised[-1].endswith("The shift is closed.")
    [job] = cashier.shop.papers.open_jobs(cashier.actor)
    assert (job.number, job.state) == ("Z1", "failed")
    again = next(one for one in cashier.window.notices.messages() if one.text == cashier.raised[-1]).steps[0]
    assert again.text == "Print again"
    again.run()
    cashier.settle()
    assert [one.copy for one in cashier.shop.papers.open_jobs(cashier.actor)] == [1]


def test_tab_goes_as_it_is_done(closing: Cashier) -> None:
    page = closing.page.closing
    been = tabbed(closing.page, page.count.first())
    edits = list(page.count.table.edits.values())
    rest = [page.confirm, page.note.editor]
    assert been[: len(edits) + 2] == [*edits, *rest]
    assert page.close_button in been
    assert page.cancel in been


@pytest.mark.parametrize(("width", "height"), [(1024, 720), (1366, 768)])
def test_no_word_is_cut_off(shop: Shop, open_till: OpenTill, width: int, height: int) -> None:
    an_open_shift(shop, shop.actor("Till 1"))
    cashier = open_till(width, height)
    assert cut_off(cashier.window) == []
    cashier.press("F9")
    cashier.type("123")
    assert cut_off(cashier.window) == []
    cashier.press("alt+C")
    assert cut_off(cashier.window) == []
    cashier.press("F9")
    assert cut_off(cashier.window) == []
    cashier.press("Escape")
    assert cut_off(cashier.window) == []
    cashier.press("alt+L")
    assert cut_off(cashier.window) == []
