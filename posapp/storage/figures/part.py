"""What figures bring to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.figures.customer_figures import CustomerFigures
    from posapp.storage.figures.customer_list import CustomerList


class FigureRepositories(Repositories):
    """Figures of customers, the times of repairs, totals, the books."""

    @made_once
    def facts(self) -> "CustomerFigures":
        """What each customer comes to."""
        from posapp.storage.figures.customer_figures import CustomerFigures

        return CustomerFigures(self.hands, self.actor.business, self.stamp)

    def facts_in(self, business: int) -> "CustomerFigures":
        """The same of a business that this transaction wrote into."""
        if business == self.actor.business:
            return self.facts
        from posapp.storage.figures.customer_figures import CustomerFigures

        return CustomerFigures(self.hands, business, self.stamp)

    @made_once
    def customer_list(self) -> "CustomerList":
        """All customers in any order."""
        from posapp.storage.figures.customer_list import CustomerList

        return CustomerList(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about figures."""
    from posapp.storage.figures import verify

    return (("customer_figures", verify.CUSTOMERS, verify.customers),)
