"""What was sold by day and month is what a scan of all sales says, and the totals can be written anew."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.figures.revenue import Revenue
from tests.sales import a_sale, goods, sold
from tests.whole_shops import a_whole_shop

EVER = (date(2020, 1, 1), date(2040, 1, 1))
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


def _packed(rows: list[Revenue], *, by_month: bool) -> list[tuple[int, ...]]:
    form = "%Y%m" if by_month else "%Y%m%d"
    return [(int(row.day.strftime(form)), *row[1:]) for row in rows]


@pytest.mark.parametrize("by_month", [False, True])
def test_days_and_months_come_to_what_a_scan_says(shop: Shop, actor: Actor, by_month: bool) -> None:
    a_whole_shop(shop, actor)
    found = shop.revenue.of(actor, *EVER, by_month=by_month)
    assert found
    assert any(row.refunds for row in found)
    assert _packed(found, by_month=by_month) == _scanned(shop, actor, by_month=by_month)


def test_days_before_and_after_are_left_out(shop: Shop, actor: Actor) -> None:
    day = a_sale(shop, actor).day
    [row] = shop.revenue.of(actor, day, day)
    assert (row.day, row.sales, row.refunds, row.gross_minor) == (day, 1, 0, 1250)
    assert shop.revenue.of(actor, EVER[0], EVER[0]) == []
    with pytest.raises(DomainError) as error:
        shop.revenue.of(actor, day, EVER[0])
    assert error.value.code == "days_reversed"


def test_totals_that_were_lost_are_written_anew(shop: Shop, actor: Actor) -> None:
    a_whole_shop(shop, actor)
    before = shop.revenue.of(actor, *EVER)
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE day_total SET gross_minor = gross_minor + 7, count = 0"))
        uow.connection.execute(text("DELETE FROM day_total WHERE what = 'tender'"))
        uow.commit()
    assert _broken(shop)
    assert shop.upkeep.rebuild_totals(actor) > 0
    assert shop.revenue.of(actor, *EVER) == before
    assert not _broken(shop)


def test_who_sells_while_totals_are_written_anew_is_counted_once(shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 0)
    item = goods(shop, actor, 1000)
    seller = threading.Thread(target=lambda: [sold(shop, actor, item.sku) for _ in range(6)])
    seller.start()
    while seller.is_alive():
        shop.upkeep.rebuild_totals(actor)
    seller.join()
    [row] = shop.revenue.of(actor, *EVER)
    assert (row.sales, row.gross_minor) == (6, 6000)
    assert not _broken(shop)


def _broken(shop: Shop) -> list[str]:
    return [one.rule for one in verify(shop.store) if one.failed]
