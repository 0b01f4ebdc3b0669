"""What the sale asks of the desks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from posapp.domain.selling.carts import Cart, CartLine
from posapp.ui.presenter import Done, Failed, Presenter, ignore

if TYPE_CHECKING:
    from posapp.domain.catalogue.items import Item
    from posapp.domain.selling.gift_cards import GiftCard
    from posapp.domain.selling.orders import HeldSale, Order
    from posapp.domain.selling.qr_payments import QrPayment
    from posapp.services.counter.intake import Recalled
    from posapp.services.selling.order_commands import (
        Counter,
        Exchange,
        Exchanged,
        Hold,
        Paid,
        Pay,
        Refund,
        RefundPlan,
        Scanned,
        Sell,
        Sold,
    )


class SellPresenter(Presenter):
    """Between the sale and its desks; scans are answered in their order, each of them."""

    topic = "sell"

    # -- looking -------------------------------------------------------------------------------------
    def counter(self, customer_id: int | None, done: "Done[Counter]", failed: Failed = ignore) -> None:
        """What a sale begins with; a newer question drops this one."""
        self.read(lambda shop, actor: shop.orders.counter(actor, customer_id), done, failed, topic="counter")

    def look(self, text: str, customer_id: int | None, done: "Done[Scanned]", failed: Failed) -> None:
        """What is being typed could mean this."""
        self.read(
            lambda shop, actor: shop.orders.scanned(actor, text, customer_id),
            done,
            failed,
            topic="look",
            lane=self.session.lanes.search,
        )

    def scanned(self, text: str, customer_id: int | None, done: "Done[Scanned]", failed: Failed) -> None:
        """What was scanned, or entered, means this."""
        self.do(lambda shop, actor: shop.orders.scanned(actor, text, customer_id), done, failed)

    def priced_anew(self, cart: Cart, customer_id: int | None, done: Done[Cart], failed: Failed) -> None:
        """A cart as it is priced and taxed for this customer today; a price that was changed stays."""
        self.read(
            lambda shop, actor: shop.orders.priced_anew(actor, cart, customer_id),
            done,
            failed,
            topic="prices",
        )

    def recall_customer(self, mark: str, done: "Done[Recalled]", failed: Failed) -> None:
        """Whom a draft was for, if that is the same customer here."""
        self.read(lambda shop, actor: shop.intake.recall(actor, mark, None, ()), done, failed, topic="whose")

    def order(self, number: str, done: "Done[Order]", failed: Failed) -> None:
        """A completed sale."""
        self.read(lambda shop, actor: shop.orders.get(actor, number), done, failed, topic="order")

    def latest(self, done: "Done[list[Order]]", failed: Failed = ignore) -> None:
        """The last sales of the shop."""
        self.read(lambda shop, actor: shop.orders.latest(actor, 20), done, failed, topic="latest")

    def held(self, done: "Done[list[HeldSale]]", failed: Failed = ignore) -> None:
        """The sales that wait."""
        self.read(lambda shop, actor: shop.orders.held(actor), done, failed, topic="held")

    def plan(self, refund: "Refund", done: "Done[RefundPlan]", failed: Failed) -> None:
        """What a refund would do."""
        self.read(lambda shop, actor: shop.refunds.plan(actor, refund), done, failed, topic="plan")

    def quick(self, done: "Done[list[Item]]") -> None:
        """The items that are sold with one key."""
        self.read(lambda shop, actor: shop.items.quick(actor), done, topic="quick")

    def code(self, minor: int, about: str, done: "Done[QrPayment | None]", failed: Failed) -> None:
        """A code to pay an amount by."""
        self.read(lambda shop, actor: shop.qr_payments.code(actor, minor, about), done, failed, topic="code")

    def card(self, code: str, done: "Done[GiftCard]", failed: Failed) -> None:
        """The gift card of a code."""
        self.read(lambda shop, actor: shop.gift_cards.balance(actor, code), done, failed, topic="card")

    def card_line(self, minor: int, code: str, done: "Done[tuple[CartLine, str]]", failed: Failed) -> None:
        """A line that sells a gift card or tops one up, and the code of a new one that is printed on it."""
        self.do(lambda shop, actor: shop.gift_cards.load_line(actor, minor, code), done, failed)

    # -- doing ---------------------------------------------------------------------------------------
    def sell(
        self, command: "Sell", done: "Done[Sold]", failed: Failed, *, saved: Callable[[], object]
    ) -> None:
        """Complete the sale."""
        self.do(lambda shop, actor: shop.orders.sell(actor, command), done, failed, saved=saved)

    def pay(self, command: "Pay", done: "Done[Paid]", failed: Failed) -> None:
        """Take money for a debt."""
        self.do(lambda shop, actor: shop.orders.pay(actor, command), done, failed)

    def hold(
        self, command: "Hold", done: "Done[HeldSale]", failed: Failed, *, saved: Callable[[], object]
    ) -> None:
        """Let it wait."""
        self.do(lambda shop, actor: shop.orders.hold(actor, command), done, failed, saved=saved)

    def recall(self, reference: str, done: "Done[HeldSale]", failed: Failed, *, anyway: bool = False) -> None:
        """Go on with a sale that waits."""
        self.do(lambda shop, actor: shop.orders.recall(actor, reference, anyway=anyway), done, failed)

    def drop(self, reference: str, reason: str, done: Done[None], failed: Failed) -> None:
        """A sale that waits is not wanted any more."""
        self.do(lambda shop, actor: shop.orders.drop(actor, reference, reason), done, failed)

    def refund(self, command: "Refund", done: "Done[Sold]", failed: Failed) -> None:
        """Give back."""
        self.do(lambda shop, actor: shop.refunds.refund(actor, command), done, failed)

    def exchange(
        self, command: "Exchange", done: "Done[Exchanged]", failed: Failed, *, saved: Callable[[], object]
    ) -> None:
        """Give back and sell in one step."""
        self.do(lambda shop, actor: shop.exchanges.exchange(actor, command), done, failed, saved=saved)

    def void(self, number: str, reason: str, done: "Done[Order]", failed: Failed) -> None:
        """Take the last sale back as a whole."""
        self.do(lambda shop, actor: shop.refunds.void(actor, number, reason), done, failed)
