"""What each way to pay does beside its payment: when it pays, takes a refund, or its sale is void.

A kind says only what is its own; `TenderSteps` is a payment and no more. All of them stand in
`table.TENDERS`, and the steps of a sale ask there.
"""

from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Payment, Tender
from posapp.services.selling.kinds.lines import Given
from posapp.services.selling.order_commands import Back, RefundPlan
from posapp.services.selling.records import Book, Money, move_money

Codes = tuple[tuple[int, str], ...]


class TenderSteps:
    """A tender at each step of a payment."""

    def paid(self, book: Book, key: int, money: Money) -> None:
        """What follows once a payment came in by it."""

    def refuse_refund(self, given: list[Given]) -> None:
        """Refuse to give something back this way."""

    def give_back(self, book: Book, plan: RefundPlan, key: int, back: Back) -> Codes:
        """Pay out what a refund gives back this way; the codes of cards that it makes."""
        pay_out(book, plan, key, back)
        return ()

    def taken_back(self, book: Book, order: Order, payment: Payment, reversing: int) -> None:
        """What follows once a payment of a sale that is void was reversed."""


def pay_out(book: Book, plan: RefundPlan, key: int, back: Back, *, reference: str = "") -> int:
    """Keep a payment that goes out with a refund; its key."""
    order = plan.order
    rounding = plan.rounding_minor if back.tender is Tender.CASH else 0
    amount = -(back.amount_minor + rounding)
    payment, _ = move_money(
        book,
        Money(
            tender=back.tender,
            amount_minor=amount,
            tendered_minor=amount,
            rounding_minor=-rounding,
            reference=reference,
            order_id=key,
            customer_id=order.customer_id,
            settles=((order.id, -back.amount_minor),),
        ),
    )
    return payment
