"""What selling brings to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.selling.ledger import Ledger
    from posapp.storage.selling.orders import Orders
    from posapp.storage.selling.payments import Payments
    from posapp.storage.selling.shifts import Shifts
    from posapp.storage.selling.totals import Totals


class SellingRepositories(Repositories):
    """Selling."""

    def has_amounts(self) -> bool:
        """A drawer that was ever opened."""
        from posapp.storage.selling.tables import shift

        return super().has_amounts() or self.has_any(shift)

    @made_once
    def shifts(self) -> "Shifts":
        """Shifts and the cash that goes into and out of their drawers."""
        from posapp.storage.selling.shifts import Shifts

        return Shifts(self.hands, self.actor.business, self.stamp)

    @made_once
    def orders(self) -> "Orders":
        """Sales that wait, what was sold and given back."""
        from posapp.storage.selling.orders import Orders

        return Orders(self.hands, self.actor.business, self.stamp)

    @made_once
    def payments(self) -> "Payments":
        """What came in and went back."""
        from posapp.storage.selling.payments import Payments

        return Payments(self.hands, self.actor.business, self.stamp)

    @made_once
    def ledger(self) -> "Ledger":
        """What customers owe and have."""
        from posapp.storage.selling.ledger import Ledger

        return Ledger(self.hands, self.actor.business, self.stamp)

    @made_once
    def totals(self) -> "Totals":
        """The totals of each day."""
        from posapp.storage.selling.totals import Totals

        return Totals(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about selling."""
    from posapp.storage.base import verify_numbers
    from posapp.storage.selling import verify

    return (
        ("report_numbers", "Z numbers have no holes", verify_numbers.report_numbers),
        ("shifts", verify.SHIFTS.sentence, verify.shifts),
        ("drawers", "Every closed drawer was expected to hold what its records come to", verify.drawers),
    )
