"""Writing what was sold, paid and owed, inside a transaction: each record with its ledger and day totals.

Whatever moves money goes through here, so that lines, payments, ledger and totals always agree.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.catalogue.taxes import TaxPart
from posapp.domain.selling.amounts import LineAmounts
from posapp.domain.selling.ledger import Account
from posapp.domain.selling.payments import REFERENCE_LIMIT, Tender
from posapp.services.selling.drawers import day_in
from posapp.services.selling.shifts import held_shift
from posapp.storage.selling.totals import Total

if TYPE_CHECKING:
    from posapp.domain.selling.shifts import Shift
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Book:
    """Where a transaction writes its money: the open shift of the till, the business day, its totals."""

    uow: "UnitOfWork"
    shift: "Shift"
    day: int
    changes: dict[tuple[int, str, str], Total] = field(default_factory=dict)

    def add(self, what: str, name: str, by: Total, *, day: int = 0) -> None:
        """Add to a total of the day, or of an earlier one."""
        known = self.changes.setdefault((day or self.day, what, name), Total())
        known.count += by.count
        known.gross_minor += by.gross_minor
        known.net_minor += by.net_minor
        known.tax_minor += by.tax_minor
        known.cost_minor += by.cost_minor

    def close(self) -> None:
        """Write the totals; the last step, since every till writes the same ones."""
        self.uow.totals.raise_by(self.changes)
        self.changes.clear()


def open_book(uow: "UnitOfWork") -> Book:
    """The book of the till's open shift, which nobody closes meanwhile; refuses with `shift_missing`."""
    shift = held_shift(uow)
    return Book(uow, shift, day_in(uow, shift))


@dataclass(frozen=True, slots=True)
class Counted:
    """A line as the totals count it; of refunds all is below zero. `name` is the kind of thing."""

    name: str
    is_revenue: bool
    amounts: LineAmounts
    parts: tuple[TaxPart, ...]
    cost_minor: int | None


def count_order(book: Book, lines: list[Counted], *, name: str, by: str, sign: int = 1, day: int = 0) -> None:
    """Let the totals count an order: `name` sale or refund; `sign` below zero takes it back (void)."""
    whole = Total(count=sign)
    for line in lines:
        one = line.amounts
        part = Total(
            sign,
            sign * one.gross_minor,
            sign * one.net_minor,
            sign * (one.gross_minor - one.net_minor),
            sign * (line.cost_minor or 0),
        )
        book.add("kind", line.name, part, day=day)
        if not line.is_revenue:
            continue
        whole.gross_minor += part.gross_minor
        whole.net_minor += part.net_minor
        whole.tax_minor += part.tax_minor
        whole.cost_minor += part.cost_minor
        for each, minor in zip(line.parts, one.tax_minor, strict=True):
            tax = Total(sign, 0, sign * one.net_minor, sign * minor, 0)
            book.add("tax", f"{each.name}:{each.rate}", tax, day=day)
    book.add("order", name, whole, day=day)
    book.add("staff", by, whole, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What one payment moves, below zero for money that goes out.

    `settles` names the sales whose debt it lowers with the amount for each; None for a debt without a sale.
    """

    tender: Tender
    amount_minor: int
    tendered_minor: int
    rounding_minor: int = 0
    reference: str = ""
    order_id: int | None = None
    customer_id: int | None = None
    reverses_id: int | None = None
    settles: tuple[tuple[int | None, int], ...] = ()


def move_money(book: Book, money: Money) -> tuple[int, str]:
    """Keep a payment with its entries; its key and its number."""
    uow = book.uow
    number = uow.counters.next(Letter.PAYMENT)
    key = uow.payments.add(
        number=number,
        shift_id=book.shift.id,
        order_id=money.order_id,
        customer_id=money.customer_id,
        reverses_id=money.reverses_id,
        tender=money.tender.value,
        amount_minor=money.amount_minor,
        tendered_minor=money.tendered_minor,
        rounding_minor=money.rounding_minor,
        reference=" ".join(money.reference.split())[:REFERENCE_LIMIT],
        business_day=book.day,
    )
    for order_id, minor in money.settles:
        uow.ledger.add(
            Account.DEBT,
            -minor,
            customer_id=money.customer_id,
            order_id=order_id,
            source_id=money.order_id if money.order_id != order_id else None,
            payment_id=key,
            business_day=book.day,
        )
    settled = money.amount_minor - money.rounding_minor
    book.add("tender", money.tender.value, Total(1, money.amount_minor, settled, 0, 0))
    return key, number_text(Letter.PAYMENT, number)


def note_deposit(
    book: Book,
    minor: int,
    *,
    customer_id: int,
    ticket_id: int | None = None,
    booking_id: int | None = None,
    order_id: int | None = None,
    payment_id: int | None = None,
) -> None:
    """What the shop holds for a ticket or booking grows by so much, or (below zero) less."""
    book.uow.ledger.add(
        Account.DEPOSIT,
        -minor,
        customer_id=customer_id,
        ticket_id=ticket_id,
        booking_id=booking_id,
        source_id=order_id,
        payment_id=payment_id,
        business_day=book.day,
    )


def note_credit(
    book: Book,
    minor: int,
    *,
    customer_id: int,
    order_id: int | None = None,
    payment_id: int | None = None,
) -> None:
    """A customer's credit grows by so much, or (below zero) less."""
    book.uow.ledger.add(
        Account.CREDIT,
        -minor,
        customer_id=customer_id,
        source_id=order_id,
        payment_id=payment_id,
        business_day=book.day,
    )
