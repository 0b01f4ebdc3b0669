"""Store credit as a tender: what a customer has, and uses or gets back."""

from posapp.services.selling.kinds.tenders import Codes, TenderSteps, pay_out
from posapp.services.selling.order_commands import Back, RefundPlan
from posapp.services.selling.records import Book, Money, note_credit


class CreditTender(TenderSteps):
    """What pays was there before; the ledger alone takes it back when a sale is void."""

    def paid(self, book: Book, key: int, money: Money) -> None:
        """The customer has less."""
        minor, customer = -money.amount_minor, money.customer_id
        assert customer is not None
        note_credit(book, minor, customer_id=customer, order_id=money.order_id, payment_id=key)

    def give_back(self, book: Book, plan: RefundPlan, key: int, back: Back) -> Codes:
        """The customer has more."""
        payment, customer = pay_out(book, plan, key, back), plan.order.customer_id
        assert customer is not None
        note_credit(book, back.amount_minor, customer_id=customer, order_id=key, payment_id=payment)
        return ()
