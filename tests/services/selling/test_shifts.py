"""A drawer from its float to its count, at one till and at two."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.selling.papers import ZReport
from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import CashKind
from posapp.domain.selling.takings import FigureKind, figures
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.shifts import CloseShift, ShiftSettings
from posapp.services.shop.businesses import EditBusiness
from posapp.storage.base.journal import lines_about
from tests.books import check_verified
from tests.drawers import a_closed_shift, an_open_shift
from tests.factories import DAY, NOW, a_business, a_customer, the_clock
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import busy_till, card, cash, goods, sold

DEBTS = "SELECT amount_minor FROM ledger_entry WHERE account = 'debt'"


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


@pytest.fixture
def other(actor: Actor) -> Actor:
    return Actor(actor.business, "Till 2", "Ravi")


def test_a_drawer_should_hold_its_float_and_what_went_in_and_out(shop: Shop, actor: Actor) -> None:
    an_open_shift(shop, actor)
    made = shop.shifts.x(actor)
    assert (made.shift.till, made.shift.day, made.shift.opened_at, made.shift.closing) == (
        actor.till,
        DAY,
        NOW,
        None,
    )
    assert made.drawer.expected_minor == 10_000 + 5000 - 1000
    assert [(one.kind, one.amount_minor, one.reason, one.by) for one in made.moves] == [
        (CashKind.IN, 5000, "Change from the bank", actor.till),
        (CashKind.OUT, 1000, "Window cleaner", actor.till),
    ]
    assert shop.shifts.x(actor) == made


def test_a_closed_shift_has_a_number_and_keeps_expected_counted_and_verified_apart(
    shop: Shop, actor: Actor, other: Actor
) -> None:
    number = a_closed_shift(shop, actor, counted_minor=13_950, note="A coin rolled away")
    assert number == "Z1"
    closing = shop.shifts.z(actor, "z1").shift.closing
    assert closing is not None
    assert (closing.expected_minor, closing.counted_minor, closing.difference_minor) == (14_000, 13_950, -50)
    assert (closing.note, closing.by) == ("A coin rolled away", actor.till)
    shop.shifts.verify(other, number, 13_900)
    made = shop.shifts.verify(other, number, 13_950)
    assert [(one.amount_minor, one.by) for one in made.verified] == [(13_900, "Ravi"), (13_950, "Ravi")]
    assert made.shift.closing == closing


def test_notes_and_coins_are_kept_as_they_were_counted(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 6200)
    made = shop.shifts.close(actor, CloseShift(pieces=((2000, 3), (50, 4))))
    assert made.shift.closing is not None
    assert (made.shift.closing.counted_minor, made.shift.closing.pieces) == (6200, ((2000, 3), (50, 4)))
    assert made.shift.closing.difference_minor == 0


def test_two_tills_have_each_their_own_shift_and_numbers_without_holes(
    shop: Shop, actor: Actor, other: Actor
) -> None:
    an_open_shift(shop, actor)
    assert a_closed_shift(shop, other) == "Z1"
    assert shop.shifts.x(actor).shift.till == actor.till
    assert code_of(lambda: shop.shifts.x(other)) == "shift_missing"
    assert code_of(lambda: shop.shifts.close(actor, CloseShift(counted_minor=-1))) == "amount_invalid"
    closed = shop.shifts.close(actor, CloseShift(counted_minor=0)).shift.closing
    assert closed is not None
    assert closed.number == "Z2"
    assert a_closed_shift(shop, actor) == "Z3"


def test_another_business_has_shifts_and_numbers_of_its_own(shop: Shop, actor: Actor) -> None:
    theirs = a_business(shop, name="Next door")
    a_closed_shift(shop, theirs)
    an_open_shift(shop, theirs)
    assert code_of(lambda: shop.shifts.x(actor)) == "shift_missing"
    assert code_of(lambda: shop.shifts.z(actor, "Z1")) == "report_unknown"
    assert code_of(lambda: shop.shifts.verify(actor, "Z1", 1)) == "report_unknown"
    assert a_closed_shift(shop, actor) == "Z1"


def test_what_cannot_be_is_refused_and_leaves_nothing(shop: Shop, actor: Actor) -> None:
    desk = shop.shifts
    assert code_of(lambda: desk.cash_in(actor, 5, "x")) == "shift_missing"
    assert code_of(lambda: desk.close(actor, CloseShift(counted_minor=0))) == "shift_missing"
    assert code_of(lambda: desk.open(actor, -1)) == "amount_invalid"
    assert code_of(lambda: desk.open(actor, 10**12)) == "amount_invalid"
    before = an_open_shift(shop, actor)
    assert code_of(lambda: desk.open(actor, 5)) == "shift_open"
    assert code_of(lambda: desk.cash_in(actor, 0, "x")) == "amount_invalid"
    assert code_of(lambda: desk.cash_in(actor, 10**12 - 1, "x")) == "amount_invalid"
    assert code_of(lambda: desk.cash_in(actor, 5, " \n")) == "reason_missing"
    assert code_of(lambda: desk.cash_in(actor, 5, "x" * 201)) == "text_too_long"
    assert code_of(lambda: desk.cash_out(actor, 14_001, "x")) == "drawer_short"
    for command in (
        CloseShift(),
        CloseShift(counted_minor=10**12),
        CloseShift(pieces=((0, 5),)),
        CloseShift(pieces=((500, -1),)),
        CloseShift(pieces=((10**11, 10**5),)),
        CloseShift(pieces=((500, 1),), counted_minor=400),
    ):
        refused = code_of(lambda command=command: desk.close(actor, command))  # type: ignore[misc]
        assert refused in ("amount_invalid", "quantity_invalid")
    for number in ("Z1", "Z", "", "S1", "1x"):
        assert code_of(lambda number=number: desk.z(actor, number)) == "report_unknown"  # type: ignore[misc]
    assert desk.x(actor) == before
    assert desk.cash_out(actor, 14_000, "All of it").drawer.expected_minor == 0


def test_after_its_day_a_shift_says_that_it_was_forgotten(shop: Shop, actor: Actor) -> None:
    shop.businesses.edit(actor, EditBusiness(cutover_minutes=240))
    assert not an_open_shift(shop, actor).is_forgotten
    the_clock(shop).set(datetime(2026, 11, 19, 3, 59, tzinfo=UTC))
    assert not shop.shifts.x(actor).is_forgotten
    the_clock(shop).set(datetime(2026, 11, 19, 4, 0, tzinfo=UTC))
    assert shop.shifts.x(actor).is_forgotten
    made = shop.shifts.cash_in(actor, 5, "x")
    assert made.is_forgotten
    assert made.moves[-1].day == date(2026, 11, 19)
    closed = shop.shifts.close(actor, CloseShift(counted_minor=0))
    assert (closed.shift.day, closed.is_forgotten) == (DAY, False)


def test_a_clock_that_is_set_back_brings_no_record_before_the_last_day_of_its_shift(
    shop: Shop, actor: Actor
) -> None:
    an_open_shift(shop, actor)
    the_clock(shop).advance(timedelta(days=1))
    shop.shifts.cash_in(actor, 5, "x")
    the_clock(shop).advance(timedelta(days=-3))
    made = shop.shifts.cash_in(actor, 5, "x")
    assert [one.day for one in made.moves[-2:]] == [date(2026, 11, 19)] * 2
    assert shop.shifts.close(actor, CloseShift(counted_minor=0)).shift.day == DAY


def test_the_database_itself_keeps_a_closed_shift_as_it_is(shop: Shop, actor: Actor) -> None:
    number = a_closed_shift(shop, actor)
    before = shop.shifts.z(actor, number)
    for statement in (
        "UPDATE shift SET counted_minor = counted_minor + 1, difference_minor = difference_minor + 1",
        "UPDATE shift SET note = 'changed'",
        "DELETE FROM shift",
        "INSERT INTO cash_move (business_id, shift_id, kind, amount_minor, reason, business_day, created_at, "
        "created_by) SELECT business_id, shift_id, kind, 5, reason, business_day, created_at, created_by "
        "FROM cash_move",
    ):
        with pytest.raises(DomainError) as refused, shop.store.work(actor) as uow:
            uow.connection.execute(text(statement))
            uow.commit()
        assert refused.value.code in ("rule_broken", "record_elsewhere"), statement
    assert shop.shifts.z(actor, number) == before


def test_a_till_that_is_renamed_keeps_its_open_shift(shop: Shop, actor: Actor, other: Actor) -> None:
    an_open_shift(shop, actor)
    assert not shop.shifts.take_over(other, "Till 7")
    assert shop.shifts.take_over(other, actor.till)
    assert shop.shifts.x(other).shift.till == "Till 2"
    an_open_shift(shop, actor)
    assert code_of(lambda: shop.shifts.take_over(other, actor.till)) == "shift_open"


def test_a_z_is_printed_again_as_it_was_and_marked_as_a_copy(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    number = a_closed_shift(shop, actor, pieces=((2000, 7),), note="Right")
    first = shop.papers.save_pdf(actor, number, PaperSize.ROLL_80, tmp_path / "1.pdf")
    assert isinstance(first.document, ZReport)
    assert (first.document.expected_minor, first.document.counted_minor) == (14_000, 14_000)
    shop.shifts.verify(actor, number, 13_000)
    the_clock(shop).advance(timedelta(days=2))
    second = shop.papers.save_pdf(actor, number, PaperSize.A4, tmp_path / "2.pdf")
    assert (first.copies, second.copies) == (1, 2)
    assert second.document == first.document


def test_an_x_is_kept_nowhere_and_is_never_a_copy(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    assert code_of(lambda: shop.shifts.save_x(actor, PaperSize.A4, tmp_path / "0.pdf")) == "shift_missing"
    an_open_shift(shop, actor)
    for name in ("1.pdf", "2.pdf"):
        shop.shifts.save_x(actor, PaperSize.ROLL_80, tmp_path / name)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()
    assert code_of(lambda: shop.shifts.save_x(actor, PaperSize.A4, tmp_path / "1.pdf")) == "file_exists"
    with shop.store.look(actor) as uow:
        assert uow.connection.execute(text("SELECT count(*) FROM document")).scalar_one() == 0


# -- what a till is like before its drawer is counted -------------------------------------------------
def test_a_till_tells_its_last_count_but_not_what_should_be_there(shop: Shop, actor: Actor) -> None:
    first = shop.shifts.at_till(actor)
    assert (first.shift, first.moves, first.last, first.is_forgotten) == (None, (), None, False)
    a_closed_shift(shop, Actor(actor.business, "Till 2"), counted_minor=5)
    number = a_closed_shift(shop, actor, counted_minor=13_950)
    made = an_open_shift(shop, actor)
    now = shop.shifts.at_till(actor)
    assert (now.shift, now.moves) == (made.shift, made.moves)
    assert now.last is not None
    assert now.last.closing is not None
    assert (now.last.closing.number, now.last.closing.counted_minor) == (number, 13_950)
    assert not any("expected" in one for one in dir(now))
    the_clock(shop).advance(timedelta(days=2))
    assert shop.shifts.at_till(actor).is_forgotten


def test_the_list_begins_with_what_nobody_has_verified(shop: Shop, actor: Actor, other: Actor) -> None:
    for _ in range(3):
        a_closed_shift(shop, actor)
    shop.shifts.verify(other, "Z3", 14_000)
    an_open_shift(shop, other)
    told = [
        (one.shift.closing.number if one.shift.closing else "open", one.is_unverified)
        for one in shop.shifts.listed(actor, 10)
    ]
    assert told == [("Z2", True), ("Z1", True), ("open", False), ("Z3", False)]
    assert not shop.shifts.listed(actor, 10)[2].is_forgotten
    the_clock(shop).advance(timedelta(days=2))
    assert shop.shifts.listed(actor, 10)[2].is_forgotten


# -- the note ------------------------------------------------------------------------------------------
def test_above_the_set_difference_nobody_closes_without_a_note(shop: Shop, actor: Actor) -> None:
    desk = shop.shifts
    assert desk.settings(actor) == ShiftSettings(0)
    assert desk.set_settings(actor, ShiftSettings(500)) == desk.settings(actor) == ShiftSettings(500)
    an_open_shift(shop, actor)
    for counted in (13_499, 14_501):
        refused = partial(desk.close, actor, CloseShift(counted_minor=counted, note=" \n"))
        assert code_of(refused) == "note_missing"
    assert desk.at_till(actor).shift is not None
    assert shop.shifts.latest(actor, 5, is_unverified=True) == []
    closed = desk.close(actor, CloseShift(counted_minor=13_499, note="A note was torn")).shift.closing
    assert closed is not None
    assert (closed.number, closed.difference_minor, closed.note) == ("Z1", -501, "A note was torn")
    an_open_shift(shop, actor)
    exact = desk.close(actor, CloseShift(counted_minor=13_500)).shift.closing
    assert exact is not None
    assert exact.difference_minor == -500


def test_the_slip_of_the_terminal_is_compared_with_the_cards_and_kept(shop: Shop, actor: Actor) -> None:
    desk = shop.shifts
    desk.set_settings(actor, ShiftSettings(100))
    an_open_shift(shop, actor)
    item = goods(shop, actor, 2000).sku
    sold(shop, actor, item, tenders=(card(2000),))
    refused = partial(desk.close, actor, CloseShift(counted_minor=14_000, terminal_minor=1500))
    assert code_of(refused) == "note_missing"
    refused = partial(desk.close, actor, CloseShift(counted_minor=14_000, terminal_minor=-1))
    assert code_of(refused) == "amount_invalid"
    key = desk.close(actor, CloseShift(counted_minor=14_000, terminal_minor=1900)).shift.id
    with shop.store.look(actor) as uow:
        last = lines_about(uow.connection, actor.business, "shift", key)[-1]
    kept = (last.action, last.after["terminal_minor"], last.after["card_minor"])
    assert kept == (Action.SHIFT_CLOSED, 1900, 2000)


def test_without_a_set_difference_no_words_are_asked(shop: Shop, actor: Actor) -> None:
    an_open_shift(shop, actor)
    closed = shop.shifts.close(actor, CloseShift(counted_minor=0)).shift.closing
    assert closed is not None
    assert closed.difference_minor == -14_000


def test_the_set_difference_belongs_to_its_shop_and_is_an_amount(shop: Shop, actor: Actor) -> None:
    theirs = a_business(shop, name="Next door")
    shop.shifts.set_settings(theirs, ShiftSettings(100))
    assert shop.shifts.settings(actor) == ShiftSettings(0)
    for wrong in (-1, 10**12):
        assert code_of(partial(shop.shifts.set_settings, actor, ShiftSettings(wrong))) == "amount_invalid"
    shop.shifts.set_settings(theirs, ShiftSettings(0))
    assert shop.shifts.settings(theirs) == ShiftSettings(0)


def test_a_z_that_is_to_be_printed_waits_in_the_queue_from_its_closing_on(shop: Shop, actor: Actor) -> None:
    an_open_shift(shop, actor)
    shop.shifts.close(actor, CloseShift(counted_minor=14_000, output=Output(paper=PaperSize.ROLL_80)))
    [job] = shop.papers.open_jobs(actor)
    assert (job.number, job.state, job.copy) == ("Z1", "queued", 1)
    assert job.wanted.what is PaperKind.Z_REPORT


def test_x_and_z_tell_what_was_sold_and_taxed_and_how_it_became_money(shop: Shop, actor: Actor) -> None:
    shop.taxes.set(actor, SetTax(name="VAT", rate=230_000))
    shop.businesses.edit(actor, EditBusiness(cash_rounding_minor=5))
    shop.shifts.open(actor, 50_000)
    busy_till(shop, actor, a_customer(shop, actor).id)
    sold(shop, actor, goods(shop, actor, 1253).sku, tenders=(cash(2000),))
    reading = shop.shifts.x(actor)
    with shop.store.look(actor) as uow:
        kept = {
            what: {name: total for _, name, total in uow.totals.between(what, DAY, DAY)}
            for what in ("order", "tax", "tender")
        }
        debts = sum(row.amount_minor for row in uow.connection.execute(text(DEBTS)))
    takings = reading.takings
    assert (takings.sales_count, takings.sales_minor) == (
        kept["order"]["sale"].count,
        kept["order"]["sale"].gross_minor,
    )
    assert (takings.refunds_count, takings.refunds_minor) == (
        kept["order"]["refund"].count,
        kept["order"]["refund"].gross_minor,
    )
    assert [(f"{one.name}:{one.rate}", one.net_minor, one.tax_minor) for one in takings.taxes] == [
        (name, one.net_minor, one.tax_minor) for name, one in kept["tax"].items()
    ]
    told = {one.kind: one.amount_minor for one in figures(takings, reading.tenders)}
    assert told[FigureKind.TAKEN] == sum(
        one.gross_minor for name, one in kept["tender"].items() if Tender(name).is_money
    )
    assert sum(told.values()) == 2 * told[FigureKind.TAKEN]
    assert told[FigureKind.ACCOUNT] == -debts != 0
    assert told[FigureKind.ROUNDING] == sum(one.rounding_minor for one in reading.tenders) != 0
    assert told[FigureKind.APART] > 0 > told[FigureKind.USED]
    closed = shop.shifts.close(actor, CloseShift(counted_minor=reading.drawer.expected_minor))
    assert closed.takings == takings
    assert shop.shifts.z(actor, "Z1").takings == takings


def test_what_is_sold_after_the_clock_was_set_right_stands_in_its_shift(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    item = goods(shop, actor, 1000)
    number = a_ticket(shop, actor, a_device(price_minor=3000)).number
    moved(shop, actor, number, "diagnosing")
    the_clock(shop).advance(timedelta(hours=-5))
    sold(shop, actor, item.sku)
    moved(shop, actor, number, "ready")
    sold(shop, actor, number, tenders=(card(3000),))
    handed_back(shop, actor, number)
    shop.shifts.close(actor, CloseShift(counted_minor=11_000))
    assert {one.day for one in shop.orders.latest(actor, 9)} == {DAY}
    check_verified(shop)
