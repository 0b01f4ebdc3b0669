"""The opening page of the reports tells what happened, and the same whichever way the records are read."""

from datetime import date, timedelta

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.figures.opening import Opening
from posapp.domain.figures.periods import Comparison, Period, Span, compared, span_of
from posapp.domain.figures.work import graded, median
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import MoveJob
from tests.factories import a_bench
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import a_sale
from tests.whole_shops import a_whole_shop

Day = tuple[int, int, int]
RULES = {"job_times", "work_totals", "customer_figures", "day_totals"}


def told(shop: Shop, actor: Actor, period: Period | None = None) -> Opening:
    today = day(shop, actor)
    return shop.reports.opening(actor, period or Period(today, today))


def day(shop: Shop, actor: Actor) -> date:
    with shop.store.look(actor) as uow:
        return uow.businesses.get().day_of(uow.now)


def figures(page: Opening) -> dict[str, int | None]:
    return {one.measure.name: one.now for one in page.figures}


def check(shop: Shop) -> None:
    assert [one for one in verify(shop.store) if one.rule in RULES and one.failed] == []


def wait(shop: Shop, hours: float) -> None:
    assert isinstance(shop.store.clock, FixedClock)
    shop.store.clock.advance(timedelta(hours=hours))


def test_an_empty_shop_has_nothing_to_tell(shop: Shop, actor: Actor) -> None:
    page = told(shop, actor)
    assert figures(page) == {
        **dict.fromkeys(("gross_minor", "handed_over", "new_customers"), 0),
        **dict.fromkeys(("ready_minutes", "average_minor", "missed")),
    }
    assert (page.paid, page.best, page.technicians, page.owed_minor) == ((), (), (), 0)
    check(shop)


def test_a_sale_is_told_everywhere(shop: Shop, actor: Actor) -> None:
    a_sale(shop, actor, price_minor=1250)
    page = told(shop, actor)
    assert figures(page)["gross_minor"] == figures(page)["average_minor"] == 1250
    assert [(one.name, one.amount_minor, one.share) for one in page.paid] == [("cash", 1250, 1000)]
    [best] = page.best
    assert (best.count, best.revenue_minor) == (1, 1250)
    assert [one.amount_minor for one in page.bars] == [1250]
    check(shop)


def test_a_repair_is_told_where_it_left_with_how_long_it_took(shop: Shop, actor: Actor) -> None:
    today, ravi = day(shop, actor), a_bench(shop, actor, "Ravi")
    device = a_device(technician_id=ravi.id)
    a_ticket(shop, actor, device)
    moved(shop, actor, "T1", "in_repair", "ready")
    assert figures(told(shop, actor))["handed_over"] == 0
    wait(shop, 3)
    moved(shop, actor, "T1", "in_repair", "ready")
    wait(shop, 2)
    handed_back(shop, actor, "T1")
    page = told(shop, actor)
    assert figures(page)["handed_over"] == 1
    assert figures(page)["ready_minutes"] == 180
    [line] = page.technicians
    assert (line.name, line.done, line.minutes_to_ready, line.came_back) == ("Ravi", 1, 180, 0)
    check(shop)
    wait(shop, 1)
    a_ticket(shop, actor, a_device(device_id=shop.tickets.get(actor, "T1").jobs[0].device.id))
    assert told(shop, actor, Period(today, today)).technicians[0].came_back == 1
    check(shop)


def test_what_is_opened_again_has_not_left(shop: Shop, actor: Actor) -> None:
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "in_repair", "ready")
    handed_back(shop, actor, "T1")
    assert figures(told(shop, actor))["handed_over"] == 1
    shop.tickets.move(actor, MoveJob(number="T1", to="in_repair", position=1, reason="came loose"))
    page = told(shop, actor)
    assert (figures(page)["handed_over"], page.technicians) == (0, ())
    check(shop)


def test_a_busy_shop_keeps_every_figure_and_can_write_all_anew(shop: Shop, actor: Actor) -> None:
    a_whole_shop(shop, actor)
    before = told(shop, actor)
    check(shop)
    shop.upkeep.rebuild_totals(actor)
    assert told(shop, actor) == before
    check(shop)


def test_the_page_of_revenue_and_the_opening_page_agree(shop: Shop, actor: Actor) -> None:
    a_whole_shop(shop, actor)
    period = Period(date(2020, 1, 1), date(2040, 1, 1))
    page = shop.reports.opening(actor, period)
    table = shop.reports.read(actor, "revenue", period)
    foot = {one.name: cell for one, cell in zip(table.columns, table.foot, strict=True)}
    assert figures(page)["gross_minor"] == foot["gross_minor"] == sum(one.amount_minor for one in page.bars)
    assert page.tax_minor == foot["tax_minor"]


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ((2026, 3, 12), (2026, 3, 12), ((2026, 3, 11), (2026, 3, 11))),
        ((2026, 3, 1), (2026, 3, 31), ((2026, 2, 1), (2026, 2, 28))),
        ((2026, 1, 1), (2026, 12, 31), ((2025, 1, 1), (2025, 12, 31))),
        ((2026, 1, 1), (2026, 3, 31), ((2025, 10, 1), (2025, 12, 31))),
        ((2026, 1, 1), (2026, 11, 18), ((2025, 1, 1), (2025, 11, 18))),
        ((2026, 10, 1), (2026, 11, 18), ((2026, 7, 1), (2026, 8, 18))),
        ((2026, 3, 1), (2026, 3, 30), ((2026, 2, 1), (2026, 2, 28))),
        ((2026, 2, 1), (2026, 5, 10), ((2025, 10, 25), (2026, 1, 31))),
        ((2026, 3, 5), (2026, 3, 11), ((2026, 2, 26), (2026, 3, 4))),
    ],
)
def test_a_period_stands_beside_the_one_before_it(first: Day, last: Day, before: tuple[Day, Day]) -> None:
    found = compared(Period(date(*first), date(*last)), Comparison.BEFORE)
    assert found == Period(*(date(*one) for one in before))


def test_named_periods_end_today() -> None:
    today = date(2026, 5, 20)
    assert span_of(Span.QUARTER, today) == Period(date(2026, 4, 1), today)
    assert span_of(Span.WEEK, today).days == 7
    leap = Period(date(2024, 2, 29), date(2024, 2, 29))
    assert compared(leap, Comparison.LAST_YEAR) == Period(date(2023, 2, 28), date(2023, 2, 28))


def test_times_are_counted_in_steps_and_their_median_is_exact() -> None:
    assert [graded(one) for one in (0, 14, 15, 1439, 1440, 1511, 1512)] == [0, 0, 30, 1440, 1440, 1440, 1584]
    assert median([]) is None
    assert median([(30, 2), (60, 1), (90, 1)]) == 30
    assert median([(30, 1), (60, 1), (90, 1)]) == 60
