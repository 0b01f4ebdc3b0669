"""The papers of money that customers take home: receipts, invoices, gift cards, statements.

Their amounts are those that were stored with the sale, in minor units; of a refund they stand below zero.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from posapp.domain.papers.documents import CustomerPaper, PaperKind
from posapp.domain.selling.ages import aged


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as sold: `letter` names its row in the table of taxes, "" where it bears none.

    `amount_minor` is what it comes to in the prices as they were rung up. `detail`, of its day, is shown
    below (device, warranty), `number` the ticket, booking or card that it is about, `code` that of its kind.
    """

    text: str
    detail: str = field(compare=False)
    number: str
    sku: str
    code: str
    quantity: int
    unit_minor: int
    discount_minor: int
    letter: str
    net_minor: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A row of the table of taxes; `rate` in millionths. `gross_minor` stands in a letter's first row."""

    letter: str
    name: str
    rate: int
    net_minor: int
    tax_minor: int
    gross_minor: int | None


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What lay on the table (cash as it was handed over); `day` is empty on the day of the sale."""

    tender: str
    reference: str
    day: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class DueLine:
    """Another sale that the customer still owes for; no number: an opening balance."""

    number: str
    day: str
    owed_minor: int


@dataclass(frozen=True, slots=True)
class SalePaper(CustomerPaper):
    """What the paper at the till and an invoice have in common.

    `heading` is shown ("Receipt", "Refund of S2207", "Tax invoice"), `refund_of` the sale that is given back.
    `prices` tells whether the amounts of the lines have their tax inside ("included") or not ("added").
    `exempt` is the shown reason why no tax was taken. `stamp` is the code of a tax office, `payment` one to
    be paid by, of the scheme `scheme`; "" for none.
    """

    heading: str
    refund_of: str
    voided: str
    prices: str
    lines: tuple[SoldLine, ...]
    taxes: tuple[TaxLine, ...]
    net_minor: int
    total_minor: int
    rounding_minor: int
    payments: tuple[PaidLine, ...]
    change_minor: int
    owed_minor: int
    exempt: str
    stamp: str
    scheme: str
    payment: str

    @property
    def called(self) -> str:
        """Its heading."""
        return self.heading

    @property
    def is_inside(self) -> bool:
        """Whether the amounts of the lines have their tax inside."""
        return self.prices == "included"


@dataclass(frozen=True, slots=True)
class SaleReceipt(SalePaper):
    """What a customer gets for a sale or a refund; `dues` are what the customer owes for others."""

    KIND: ClassVar[PaperKind] = PaperKind.SALE_RECEIPT

    dues: tuple[DueLine, ...]


@dataclass(frozen=True, slots=True)
class Invoice(SalePaper):
    """A sale or refund with both parties and their tax numbers.

    `supplied` is the day of supply (`2026-03-12`); the labels, `words` (the total written out) and
    `signed_by` (who is to sign) are shown and empty where the shop's country does not ask for them.
    """

    KIND: ClassVar[PaperKind] = PaperKind.INVOICE

    buyer_address: str
    buyer_tax_id: str
    tax_id_label: str
    codes_label: str
    supplied: str
    words: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class PaymentReceipt(CustomerPaper):
    """What a customer gets for money by one tender; `heading` and `about` are shown.

    `amount_minor` is what stayed in the shop (below zero: what went back). `left_minor` is what is still to
    be paid of the sale that it is for, None where it is for none.
    """

    KIND: ClassVar[PaperKind] = PaperKind.PAYMENT_RECEIPT

    heading: str
    about: str
    tender: str
    reference: str
    tendered_minor: int
    change_minor: int
    rounding_minor: int
    amount_minor: int
    left_minor: int | None

    @property
    def called(self) -> str:
        """Its heading."""
        return self.heading


@dataclass(frozen=True, slots=True)
class GiftCardPaper(CustomerPaper):
    """A gift card to hand over; `last_four` end its code, which is kept nowhere and printed once.

    `expires` is a day (`2027-03-12`), empty where the card does not expire.
    """

    KIND: ClassVar[PaperKind] = PaperKind.GIFT_CARD

    last_four: str
    balance_minor: int
    expires: str

    @property
    def code(self) -> str:
        """Its number pays for nothing: the bars are those of the code, for the one print that knows it."""
        return ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of a ledger: `day` (`2026-03-12`), the number it comes from, what it is about, what it
    adds.
    """

    day: str
    number: str
    about: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class StatementPaper(CustomerPaper):
    """A customer's ledger over a span of days; it is of its own moment and kept nowhere.

    A balance above zero is owed by the customer. `held_minor` are deposits, a part of `credit_minor`.
    """

    KIND: ClassVar[PaperKind] = PaperKind.STATEMENT

    first: str
    last: str
    opening_minor: int
    entries: tuple[EntryLine, ...]
    closing_minor: int
    credit_minor: int
    held_minor: int
    dues: tuple[DueLine, ...]

    @property
    def aged(self) -> tuple[int, ...]:
        """What is still owed by how old it is on the last day (`AGE_WORDS`)."""
        owed = ((date.fromisoformat(one.day), one.owed_minor) for one in self.dues)
        return aged(owed, date.fromisoformat(self.last))

    @property
    def code(self) -> str:
        """There is nothing to find by it but the customer, whose code it has."""
        return ""


PAPERS = (SaleReceipt, Invoice, PaymentReceipt, GiftCardPaper, StatementPaper)
"""What customers take home."""
