"""What selling brings to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.selling.shifts import Shifts


class SellingRepositories(Repositories):
    """Selling."""

    @made_once
    def shifts(self) -> "Shifts":
        """Shifts and the cash that goes into and out of their drawers."""
        from posapp.storage.selling.shifts import Shifts

        return Shifts(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about selling."""
    from posapp.storage.base import verify_numbers
    from posapp.storage.selling import verify

    return (
        ("report_numbers", "Z numbers have no holes", verify_numbers.report_numbers),
        ("shifts", verify.SHIFTS.sentence, verify.shifts),
        ("drawers", "Every closed drawer was expected to hold what its records come to", verify.drawers),
    )
