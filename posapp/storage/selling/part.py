"""What selling brings to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.selling.charges import Charges
    from posapp.storage.selling.gift_cards import GiftCards
    from posapp.storage.selling.ledger import Ledger
    from posapp.storage.selling.orders import Orders
    from posapp.storage.selling.payments import Payments
    from posapp.storage.selling.shifts import Shifts
    from posapp.storage.selling.takings import ShiftTakings
    from posapp.storage.selling.totals import Totals


class SellingRepositories(Repositories):
    """Selling."""

    def has_amounts(self) -> bool:
        """A drawer that was ever opened, a sale even if it only waits, money that moved."""
        from posapp.storage.selling.order_tables import ledger_entry, payment, sale_order
        from posapp.storage.selling.tables import shift

        tables = (shift, sale_order, payment, ledger_entry)
        return super().has_amounts() or any(self.has_any(table) for table in tables)

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
    def charges(self) -> "Charges":
        """What sales asked for so far."""
        from posapp.storage.selling.charges import Charges

        return Charges(self.hands, self.actor.business, self.stamp)

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
    def takings(self) -> "ShiftTakings":
        """What the sales and refunds of a shift come to."""
        from posapp.storage.selling.takings import ShiftTakings

        return ShiftTakings(self.hands, self.actor.business, self.stamp)

    @made_once
    def totals(self) -> "Totals":
        """The totals of each day."""
        from posapp.storage.selling.totals import Totals

        return Totals(self.hands, self.actor.business, self.stamp)

    @made_once
    def gift_cards(self) -> "GiftCards":
        """Gift cards and what is on them."""
        from posapp.storage.selling.gift_cards import GiftCards

        return GiftCards(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about selling."""
    from posapp.storage.base import verify_numbers
    from posapp.storage.selling import totals_anew, verify, verify_gift_cards, verify_ledger, verify_orders

    return (
        ("sale_numbers", "Sale numbers have no holes", verify_numbers.sale_numbers),
        ("payment_numbers", "Payment numbers have no holes", verify_numbers.payment_numbers),
        ("held_numbers", "References of sales that wait have no holes", verify_numbers.held_numbers),
        ("orders", verify_orders.ORDERS.sentence, verify_orders.orders),
        ("held", "Sales that wait can be read", verify_orders.held),
        *((one.code, one.sentence, one) for one in (verify_orders.REFUNDS, verify_orders.SOLD)),
        ("payments", verify_ledger.PAYMENTS.sentence, verify_ledger.payments),
        ("ledger", verify_ledger.LEDGER.sentence, verify_ledger.LEDGER),
        ("day_totals", "The totals of each day are the sums of its records", totals_anew.day_totals),
        ("report_numbers", "Z numbers have no holes", verify_numbers.report_numbers),
        ("shifts", verify.SHIFTS.sentence, verify.shifts),
        ("shift_days", "Shifts and what is in them stand on the day of their time", verify.days),
        ("drawers", "Every closed drawer was expected to hold what its records come to", verify.drawers),
        ("gift_card_numbers", "Gift card numbers have no holes", verify_numbers.gift_card_numbers),
        ("gift_cards", verify_gift_cards.GIFT_CARDS.sentence, verify_gift_cards.gift_cards),
    )
