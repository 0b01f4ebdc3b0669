"""The desks of selling."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.papers.part import PaperDesks

if TYPE_CHECKING:
    from posapp.services.papers.content import PaperSource
    from posapp.services.selling.exchanges import ExchangeDesk
    from posapp.services.selling.gift_cards import GiftCardDesk
    from posapp.services.selling.ledger import LedgerDesk
    from posapp.services.selling.orders import OrderDesk
    from posapp.services.selling.payments import PaymentDesk
    from posapp.services.selling.qr_payments import QrPaymentDesk
    from posapp.services.selling.refunds import RefundDesk
    from posapp.services.selling.shifts import ShiftDesk


class SellingDesks(PaperDesks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def shifts(self) -> "ShiftDesk":
        """Opens, reads and closes the drawers of the tills."""
        from posapp.services.selling.shifts import ShiftDesk

        return ShiftDesk(self.store)

    @cached_property
    def orders(self) -> "OrderDesk":
        """Rings up, holds and completes sales."""
        from posapp.services.selling.orders import OrderDesk

        return OrderDesk(self.store)

    @cached_property
    def payments(self) -> "PaymentDesk":
        """Finds payments."""
        from posapp.services.selling.payments import PaymentDesk

        return PaymentDesk(self.store)

    @cached_property
    def ledger(self) -> "LedgerDesk":
        """Reads how customers stand."""
        from posapp.services.selling.ledger import LedgerDesk

        return LedgerDesk(self.store)

    @cached_property
    def qr_payments(self) -> "QrPaymentDesk":
        """Makes the codes that customers pay by."""
        from posapp.services.selling.qr_payments import QrPaymentDesk

        return QrPaymentDesk(self.store)

    @cached_property
    def refunds(self) -> "RefundDesk":
        """Gives back and takes sales back."""
        from posapp.services.selling.refunds import RefundDesk

        return RefundDesk(self.store)

    @cached_property
    def exchanges(self) -> "ExchangeDesk":
        """Takes goods back and gives others out for them."""
        from posapp.services.selling.exchanges import ExchangeDesk

        return ExchangeDesk(self.store)

    @cached_property
    def gift_cards(self) -> "GiftCardDesk":
        """Looks at gift cards, and ends those that are no longer good."""
        from posapp.services.selling.gift_cards import GiftCardDesk

        return GiftCardDesk(self.store)

    def paper_sources(self) -> "tuple[PaperSource, ...]":
        """The papers of shifts, sales, payments and gift cards, too."""
        from posapp.services.selling.gift_card_papers import GiftCardPapers
        from posapp.services.selling.order_papers import OrderPapers, PaymentPapers
        from posapp.services.selling.papers import ShiftPapers

        own = (ShiftPapers(), OrderPapers(), PaymentPapers(), GiftCardPapers())
        return (*super().paper_sources(), *own)
