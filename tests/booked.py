"""Books of tests: an account that the shop numbers itself, and a day that was sent."""

from posapp.domain.base.actor import Actor
from posapp.domain.figures.books import AccountKey, Role
from posapp.domain.figures.charts import Chart
from posapp.services.desks import Shop
from tests.factories import DAY


def busy_books(shop: Shop, actor: Actor) -> None:
    """Something in each table of the books."""
    shop.books.set_account(actor, Chart.GENERAL, AccountKey(Role.GOODS), "4100", "Sales")
    with shop.store.work(actor) as uow:
        uow.books.add_sent("xero", DAY, 0, {AccountKey(Role.CASH): 500, AccountKey(Role.GOODS): -500})
        uow.commit()
