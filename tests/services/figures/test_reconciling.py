"""Books and Z reports side by side: every difference has its documents, or says that it has none."""

from datetime import UTC, date, datetime, timedelta

from posapp.domain.base.actor import Actor
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Remark
from posapp.domain.papers.documents import PaperSize
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.order_commands import Refund
from posapp.services.selling.shifts import CloseShift
from posapp.services.shop.businesses import EditBusiness
from tests.books import check_verified
from tests.factories import DAY, the_clock
from tests.pages import check_behind, check_pages
from tests.sales import a_sale, card

EVER = Period(date(2020, 1, 1), date(2040, 1, 1))
NEXT = DAY + timedelta(days=1)


def _rows(shop: Shop, actor: Actor, period: Period) -> list[tuple[object, ...]]:
    told = shop.reports.read(actor, "reconciliation", period)
    return [(row.id, *row.cells[5:]) for row in told.rows]


def _remark(shop: Shop, actor: Actor, period: Period) -> Remark | None:
    return shop.reports.read(actor, "reconciliation", period).remark


def test_a_difference_is_explained_by_the_note_of_the_count(shop: Shop, actor: Actor) -> None:
    a_sale(shop, actor)
    shop.shifts.close(actor, CloseShift(counted_minor=11_240, note="ten for a stamp"))
    today = Period(DAY, DAY)
    assert _rows(shop, actor, today) == [("Z1 cash", 1240, 1250, -10, 0)]
    [why] = shop.reports.behind(actor, "reconciliation", today, "Z1 cash")
    assert (why.number, why.text, why.amount) == ("Z1", "ten for a stamp", -10)
    assert _remark(shop, actor, today) == Remark("all explained", True)


def test_a_difference_without_a_word_is_not_explained(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    shop.shifts.close(actor, CloseShift(counted_minor=10_500))
    assert _rows(shop, actor, EVER) == [("Z1 cash", 500, 0, 500, 500)]
    assert _remark(shop, actor, EVER) == Remark("1 not explained", False)


def test_sales_around_the_cut_over_stand_on_their_days_and_in_one_z(shop: Shop, actor: Actor) -> None:
    shop.businesses.edit(actor, EditBusiness(cutover_minutes=180))
    shop.shifts.open(actor, 10_000)
    the_clock(shop).set(datetime(2026, 11, 19, 2, 59, tzinfo=UTC))
    a_sale(shop, actor, price_minor=1000)
    the_clock(shop).set(datetime(2026, 11, 19, 3, 0, tzinfo=UTC))
    a_sale(shop, actor, price_minor=500)
    void = a_sale(shop, actor, price_minor=300, tenders=(card(300),))
    shop.refunds.void(actor, void.number, "wrong")
    days = [row.cells[0] for row in shop.reports.read(actor, "revenue", EVER).rows if row.cells[3]]
    assert days == [DAY, NEXT]
    assert _rows(shop, actor, Period(DAY, DAY)) == [("Till 1 cash", 0, 1000, -1000, 0)]
    shop.shifts.close(actor, CloseShift(counted_minor=11_500, output=Output(paper=PaperSize.A4)))
    assert _rows(shop, actor, Period(DAY, DAY)) == [("Z1 cash", 1500, 1000, 500, 0)]
    [why] = shop.reports.behind(actor, "reconciliation", Period(DAY, DAY), "Z1 cash")
    assert (why.number, why.text, why.amount) == ("P2", "stands in the books of 2026-11-19", 500)
    assert _rows(shop, actor, Period(NEXT, NEXT)) == [("Z1 cash", 0, 500, -500, 0)]
    [why] = shop.reports.behind(actor, "reconciliation", Period(NEXT, NEXT), "Z1 cash")
    assert (why.text, why.amount) == ("is in Z1 of 2026-11-18", -500)
    for period in (Period(DAY, DAY), Period(NEXT, NEXT), EVER):
        assert _remark(shop, actor, period) == Remark("all explained", True)
        check_pages(shop, actor, period)
        check_behind(shop, actor, period)
    check_verified(shop)


def test_a_void_after_the_cut_over_agrees_on_both_days(shop: Shop, actor: Actor) -> None:
    shop.businesses.edit(actor, EditBusiness(cutover_minutes=180))
    shop.shifts.open(actor, 10_000)
    the_clock(shop).set(datetime(2026, 11, 19, 2, 59, tzinfo=UTC))
    sale = a_sale(shop, actor, price_minor=1000)
    the_clock(shop).set(datetime(2026, 11, 19, 3, 0, tzinfo=UTC))
    shop.refunds.void(actor, sale.number, "wrong")
    assert [row.cells[-1] for row in shop.reports.read(actor, "voids", Period(DAY, DAY)).rows] == [1000]
    check_verified(shop)


def test_a_refund_without_anything_else_reconciles(shop: Shop, actor: Actor) -> None:
    sale = a_sale(shop, actor)
    shop.shifts.close(actor, CloseShift(counted_minor=11_250))
    the_clock(shop).advance(timedelta(days=1))
    shop.shifts.open(actor, 10_000)
    shop.refunds.refund(actor, Refund(number=sale.number))
    shop.shifts.close(actor, CloseShift(counted_minor=8750))
    assert _rows(shop, actor, EVER) == [("Z1 cash", 1250, 1250, 0, 0), ("Z2 cash", -1250, -1250, 0, 0)]
