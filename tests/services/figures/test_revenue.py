"""What was sold by day and month is what a scan of all sales says, and the totals can be written anew."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Row
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from tests.sales import a_sale, goods, sold
from tests.whole_shops import a_whole_shop

EVER = Period(date(2020, 1, 1), date(2040, 1, 1))
_SCAN = (
    "SELECT o.business_day / {by}, "
    "count(DISTINCT CASE WHEN o.refund_of_id IS NULL THEN o.id END), "
    "count(DISTINCT CASE WHEN o.refund_of_id IS NOT NULL THEN o.id END), "
    "coalesce(sum(l.gross_minor), 0), coalesce(sum(l.net_minor), 0), "
    "coalesce(sum(l.gross_minor - l.net_minor), 0), sum(coalesce(l.cost_minor, 0)) "
    "FROM sale_order o LEFT JOIN order_line l ON l.order_id = o.id AND l.kind NOT IN ('deposit', 'giftcard') "
    "WHERE o.business_id = :business AND o.status = 'completed' GROUP BY o.business_day / {by}"
)


def _scanned(shop: Shop, actor: Actor, *, by_month: bool) -> list[tuple[Any, ...]]:
    with shop.store.look(actor) as uow:
        rows = uow.connection.execute(
            text(_SCAN.format(by=100 if by_month else 1)), {"business": actor.business}
        ).all()
    return sorted(tuple(int(one) for one in row) for row in rows)


def _told(shop: Shop, actor: Actor, period: Period = EVER, by: str = "day") -> tuple[Row, ...]:
    return shop.reports.read(actor, "revenue", period, by=by).rows


def _packed(rows: tuple[Row, ...]) -> list[tuple[Any, ...]]:
    return [(int(row.id.replace("-", "")), *row.cells[1:-1]) for row in rows]


@pytest.mark.parametrize("by_month", [False, True])
def test_days_and_months_come_to_what_a_scan_says(shop: Shop, actor: Actor, by_month: bool) -> None:
    a_whole_shop(shop, actor)
    found = _told(shop, actor, by="month" if by_month else "day")
    assert found
    assert any(row.cells[2] for row in found)
    assert _packed(found) == _scanned(shop, actor, by_month=by_month)


def test_days_before_and_after_are_left_out(shop: Shop, actor: Actor) -> None:
    day = a_sale(shop, actor).day
    [row] = _told(shop, actor, Period(day, day))
    assert row.cells[:4] == (day, 1, 0, 1250)
    assert _told(shop, actor, Period(EVER.first, EVER.first)) == ()
    with pytest.raises(DomainError) as error:
        Period(day, EVER.first)
    assert error.value.code == "days_reversed"


def test_totals_that_were_lost_are_written_anew(shop: Shop, actor: Actor) -> None:
    a_whole_shop(shop, actor)
    before = _told(shop, actor)
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE day_total SET gross_minor = gross_minor + 7, count = 0"))
        uow.connection.execute(text("DELETE FROM day_total WHERE what = 'tender'"))
        uow.commit()
    assert _broken(shop)
    assert shop.upkeep.rebuild_totals(actor) > 0
    assert _told(shop, actor) == before
    assert not _broken(shop)


def test_who_sells_while_totals_are_written_anew_is_counted_once(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 0)
    item = goods(shop, actor, 1000)
    seller = threading.Thread(target=lambda: [sold(shop, actor, item.sku) for _ in range(6)])
    seller.start()
    for _ in range(3):  # more of it, one after the other, would not let anybody sell
        shop.upkeep.rebuild_totals(actor)
    seller.join()
    [row] = _told(shop, actor)
    assert (row.cells[1], row.cells[3]) == (6, 6000)
    assert not _broken(shop)


def _broken(shop: Shop) -> list[str]:
    return [one.rule for one in verify(shop.store) if one.failed]
