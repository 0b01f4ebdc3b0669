"""What lies on the table for a sale, inside its transaction: deposits and tenders."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.domain.selling.amounts import Settled, settle
from posapp.domain.selling.carts import Cart, LineKind, Sums, deposits_off
from posapp.domain.selling.payments import Tender, Tendered
from posapp.domain.selling.shifts import check_cash
from posapp.services.selling.card_moves import check_cards
from posapp.services.selling.owed import deposits_for
from posapp.services.selling.sales import Sale

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def deposits_of(uow: "UnitOfWork", cart: Cart, sums: Sums) -> dict[str, int]:
    """What of the deposits that the shop holds for the work in the cart is taken off now."""
    works = dict.fromkeys(line.number for line in cart.lines if line.kind.rules.is_work)
    held = ((work, number, minor) for work in works for number, minor in deposits_for(uow, work))
    return deposits_off(cart, sums, held)


def settled(sale: Sale, sums: Sums, deposits: int) -> Settled:
    """Refuse tenders that are too little, too much or nobody's."""
    others = deposits
    cash: int | None = None
    for one in sale.command.tenders:
        check_cash(one.amount_minor if one.tender.rules.is_chosen else 0, field="amount", least=1)
        if one.tender.rules.needs_customer and sale.customer is None:
            raise DomainError("customer_missing", "Choose the customer first.", field="phone")
        if one.tender is Tender.CASH:
            cash = (cash or 0) + one.amount_minor
        else:
            others += one.amount_minor
    check_credit(sale.uow, sale.customer, sale.command.tenders)
    check_cards(sale.uow, sale.cards, sale.command.tenders, _earned(sale, sums) - deposits)
    step = sale.uow.businesses.get().cash_rounding_minor
    found = settle(sums.total_minor, others, cash, step=step)
    if found.owed_minor:
        raise DomainError(
            "not_paid",
            f"{sale.shown(found.owed_minor)} is still to pay. Take it, or put it on account.",
            field="amount",
            owed_minor=found.owed_minor,
        )
    _check_account(sale)
    return found


def _earned(sale: Sale, sums: Sums) -> int:
    """What is to pay without the gift cards that are sold: those are paid with money."""
    both = zip(sale.cart.lines, sums.lines, strict=True)
    return sum(one.gross_minor for line, one in both if line.kind is not LineKind.GIFT_CARD)


def _sum_of(tenders: Iterable[Tendered], tender: Tender) -> int:
    return sum(one.amount_minor for one in tenders if one.tender is tender)


def check_credit(uow: "UnitOfWork", customer: Customer | None, tenders: Iterable[Tendered]) -> None:
    """Refuse more credit than a customer has, and credit of nobody."""
    asked = _sum_of(tenders, Tender.CREDIT)
    if not asked:
        return
    if customer is None:
        raise DomainError("customer_missing", "Choose the customer first.", field="phone")
    has = uow.ledger.standing(customer.id).credit_minor
    if asked > has:
        raise DomainError(
            "credit_short",
            f"{customer.pl_id} has {uow.businesses.get().shown(has)} credit.",
            field="amount",
            credit_minor=has,
        )


def _check_account(sale: Sale) -> None:
    asked = _sum_of(sale.command.tenders, Tender.ACCOUNT)
    if asked and sale.customer is not None:
        owes = max(sale.uow.ledger.standing(sale.customer.id).debt_minor, 0)
        if owes + asked > sale.pricing.account_limit_minor:
            sale.uow.actor.require(Permission.ACCOUNT_OVER_LIMIT, amount_minor=asked)
