"""Pages of money: each row opens the documents that it is made of, and no two pages say another total."""

from datetime import date

from posapp.domain.base.actor import Actor
from posapp.domain.figures.periods import Period
from posapp.services.desks import Shop
from posapp.services.figures.pages.table import PAGES
from tests.pages import check_behind, check_owed, check_pages
from tests.whole_shops import a_whole_shop

EVER = Period(date(2020, 1, 1), date(2040, 1, 1))


def test_every_row_is_the_sum_of_its_documents_and_every_page_comes_to_the_same(
    shop: Shop, actor: Actor
) -> None:
    a_whole_shop(shop, actor)
    assert check_behind(shop, actor, EVER) > 100
    check_pages(shop, actor, EVER)
    check_owed(shop, actor, EVER)


def test_an_empty_shop_and_a_period_in_the_future_have_empty_pages(shop: Shop, actor: Actor) -> None:
    for name, page in PAGES.items():
        for by in page.report.bys:
            told = shop.reports.read(actor, name, Period(date(2099, 1, 1), date(2099, 1, 31)), by=by)
            assert told.rows == ()
            assert set(told.foot) <= {0, None}
