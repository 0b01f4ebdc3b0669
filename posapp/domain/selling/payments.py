"""How money comes in and goes back: tenders, and what was received or returned by one of them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

REFERENCE_LIMIT = 100


class Tender(StrEnum):
    """A way to pay."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    ACCOUNT = "account"
    """No payment: what is put on account stays owed."""
    QR = "qr"
    GIFT_CARD = "giftcard"
    CREDIT = "credit"
    DEPOSIT = "deposit"
    """Taken before the sale, and off by itself once that is rung up."""

    @property
    def rules(self) -> "TenderRules":
        """What it can do."""
        return _RULES[self]

    @property
    def is_money(self) -> bool:
        """Whether money moves: a gift card, a credit and a deposit were paid before."""
        return self.rules.is_money


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderRules:
    """What a tender can do.

    Whether money moves by it, whether a clerk can choose it, whether it is some customer's, whether it
    settles a debt that stands, whether a refund can go to it, and whether what it paid goes back in money.
    """

    is_money: bool = False
    is_chosen: bool = True
    needs_customer: bool = False
    settles_debts: bool = True
    takes_refunds: bool = True
    returns_as_money: bool = False


_RULES = {
    Tender.CASH: TenderRules(is_money=True, returns_as_money=True),
    Tender.CARD: TenderRules(is_money=True, returns_as_money=True),
    Tender.TRANSFER: TenderRules(is_money=True, returns_as_money=True),
    Tender.ACCOUNT: TenderRules(needs_customer=True, settles_debts=False, takes_refunds=False),
    Tender.QR: TenderRules(is_money=True, takes_refunds=False, returns_as_money=True),
    Tender.GIFT_CARD: TenderRules(),
    Tender.CREDIT: TenderRules(needs_customer=True),
    Tender.DEPOSIT: TenderRules(
        is_chosen=False, settles_debts=False, takes_refunds=False, returns_as_money=True
    ),
}
CHOSEN = tuple(tender for tender in Tender if tender.rules.is_chosen)
"""What a clerk can choose, in the order of the keys Alt+1 to Alt+7."""
REFUNDED_TO = tuple(tender for tender in Tender if tender.rules.takes_refunds)
"""Where a refund can go to."""


@dataclass(frozen=True, slots=True)
class Tendered:
    """Money (or what stands for it) that lies on the table.

    Of cash the amount is what was handed over, more than is to pay if need be. `reference` is what the slip
    of a terminal or a transfer says; `code` that of a gift card, which is kept nowhere.
    """

    tender: Tender
    amount_minor: int
    reference: str = ""
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received, or (below zero) returned, by one tender in one shift; its number is `P1`, ….

    `amount_minor` is what stayed: without the change, with the rounding of cash. It settles
    `amount_minor - rounding_minor`. `order` is the number of the sale or refund, empty where a debt was paid.
    """

    id: int
    number: str
    tender: Tender
    amount_minor: int
    tendered_minor: int
    rounding_minor: int
    reference: str
    order: str
    customer_id: int | None
    day: date
    at: datetime
    by: str
    till: str
    reverses: str = ""

    @property
    def change_minor(self) -> int:
        """What was given back at once."""
        return self.tendered_minor - self.amount_minor

    @property
    def settled_minor(self) -> int:
        """What it takes off what is owed."""
        return self.amount_minor - self.rounding_minor
