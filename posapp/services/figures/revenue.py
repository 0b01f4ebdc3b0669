"""The revenue desk: what was sold by day or month, from the totals that each sale writes."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import day_of
from posapp.domain.base.errors import DomainError

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class Revenue(NamedTuple):
    """What was sold on a day, or in a month (`day` is its first), less what was given back.

    Deposits and gift cards are no revenue. `cost_minor` sums what is known of the cost of the goods.
    """

    day: date
    sales: int
    refunds: int
    gross_minor: int
    net_minor: int
    tax_minor: int
    cost_minor: int


class RevenueDesk:
    """Reads what the shop took by selling."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of(self, actor: Actor, first: date, last: date, *, by_month: bool = False) -> list[Revenue]:
        """The days from `first` to `last` on which something was sold, or their months."""
        actor.require(Permission.REPORT_READ)
        if first > last:
            raise DomainError("days_reversed", "The last day is before the first one.", field="to")
        with self._store.look(actor) as uow:
            rows = uow.totals.sold(first, last, by_month=by_month)
        if by_month:
            return [Revenue(day_of(month * 100 + 1), *sums) for month, *sums in rows]
        return [Revenue(day_of(day), *sums) for day, *sums in rows]
