"""What a refund gives back, inside a transaction: lines or an amount, first off the debt, then paid out.

Money goes back by the tender that is asked for, up to what money paid; what credit and gift cards paid, by
way of a deposit too, goes back there, in this order.
"""

from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import divided
from posapp.domain.selling.amounts import refund_amount, refund_units, rounded_cash
from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.orders import Order, OrderLine, OrderStatus
from posapp.domain.selling.payments import Tender
from posapp.services.selling.deposit_money import paid_for
from posapp.services.selling.kinds.lines import Given
from posapp.services.selling.kinds.table import LINES, TENDERS
from posapp.services.selling.order_commands import Back, Refund, RefundPlan

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def given_back(uow: "UnitOfWork", order: Order, command: Refund) -> list[Given]:
    """What goes back of each line; refuses what was never sold, or went back before."""
    if order.is_refund or order.status is not OrderStatus.COMPLETED:
        what = "a refund itself" if order.is_refund else "void"
        raise DomainError("refund_invalid", f"{order.number} is {what}: nothing goes back.", field="number")
    if command.lines and command.amount_minor is not None:
        raise DomainError("refund_invalid", "Choose lines, or an amount.", field="amount")
    found = _by_amount(order, command.amount_minor) if command.amount_minor is not None else []
    if command.amount_minor is None:
        wanted = {one.position: one for one in command.lines}
        if len(wanted) != len(command.lines):
            raise DomainError("line_twice", "Each line is given back once.", field="line")
        unknown = wanted.keys() - {line.position for line in order.lines}
        if unknown:
            raise DomainError("line_unknown", f"{order.number} has no line {min(unknown)}.", field="line")
        for line in order.lines:
            asked = wanted.get(line.position)
            left = line.quantity - line.refunded.units
            if asked is None and (wanted or not left):
                continue
            units = (asked.quantity if asked else 0) or left
            is_restocked = line.item_id is not None and line.kind is LineKind.ITEM
            is_restocked = is_restocked and (asked is None or asked.is_restocked)
            found.append(_by_units(line, units, is_restocked=is_restocked))
    if not any(one.back.gross_minor or one.back.units for one in found):
        raise DomainError("refund_too_much", f"Nothing is left of {order.number} to give back.", field="line")
    return _up_to_rest(uow, found, is_asked=bool(command.lines) or len(found) == 1)


def _by_units(line: OrderLine, units: int, *, is_restocked: bool) -> Given:
    back = refund_units(line.amounts, line.quantity, line.refunded, units)
    cost = None
    if line.cost_minor is not None:
        before, so_far = line.refunded.units, line.refunded.units + units
        returns = divided(line.cost_minor * so_far, line.quantity)
        returns -= divided(line.cost_minor * before, line.quantity)
        cost = returns if is_restocked else 0
    return Given(line, back, is_restocked, cost)


def _by_amount(order: Order, minor: int) -> list[Given]:
    lines = [line for line in order.lines if line.kind.is_revenue]
    if not lines:
        raise DomainError(
            "refund_invalid", "A deposit or a gift card goes back whole: choose its line.", field="amount"
        )
    shares = refund_amount([(line.amounts, line.refunded) for line in lines], minor)
    return [
        Given(line, back, False, None if line.cost_minor is None else 0)
        for line, back in zip(lines, shares, strict=True)
        if back.gross_minor
    ]


def _up_to_rest(uow: "UnitOfWork", found: list[Given], *, is_asked: bool) -> list[Given]:
    """Each kind of line goes back as far as there is something left of it."""
    kept: list[Given] = []
    for kind in LineKind:
        those = [one for one in found if one.line.kind is kind]
        kept += LINES[kind].up_to_rest(uow, those, is_asked=is_asked)
    if not kept and not is_asked:
        return _up_to_rest(uow, found, is_asked=True)  # says why nothing goes back
    return sorted(kept, key=lambda one: one.line.position)


def check_way(order: Order, to: Tender, given: list[Given]) -> None:
    """Refuse a tender that takes no refunds, or not of these lines, and credit of nobody."""
    if not to.rules.takes_refunds:
        raise DomainError(
            "tender_invalid", "Give it back in cash, by card or transfer, as credit or gift card.", field="to"
        )
    if to.rules.needs_customer and order.customer_id is None:
        raise DomainError("customer_missing", "Credit needs a customer.", field="to")
    TENDERS[to].refuse_refund(given)


def plan_of(
    uow: "UnitOfWork", order: Order, command: Refund, given: list[Given], *, is_asked: bool = False
) -> RefundPlan:
    """How a refund goes back; refuses a tender that takes none, and cash for what was no cash.

    Where it `is_asked` for only, nobody needs to be allowed to do it yet.
    """
    check_way(order, command.to, given)
    total = sum(one.back.gross_minor for one in given)
    off_debt = min(total, max(order.owed_minor, 0))
    out = total - off_debt
    paid = paid_for(uow, order.id)
    if out > sum(paid.values()):
        raise DomainError("refund_too_much", "That is more than was paid.", field="amount")
    money = max(sum(minor for tender, minor in paid.items() if tender.rules.returns_as_money), 0)
    if command.in_cash and out > money:
        if not is_asked:
            uow.actor.require(Permission.REFUND_IN_CASH, number=order.number, amount_minor=out - money)
        money = out
    parts = _parted(out, money, max(paid.get(Tender.CREDIT, 0), 0), command.to)
    rounding = 0
    if parts.get(Tender.CASH):
        due = parts[Tender.CASH]
        rounding = rounded_cash(due, uow.businesses.get().cash_rounding_minor) - due
    back = tuple(Back(tender, minor) for tender, minor in parts.items() if minor)
    lines = tuple((one.line.position, one.back.units, one.back.gross_minor) for one in given)
    return RefundPlan(order, lines, total, off_debt, back, rounding)


def _parted(out: int, money: int, credit: int, to: Tender) -> dict[Tender, int]:
    """What goes back by each tender: where it is asked for as far as money paid, then credit, then cards."""
    parts = {to: out if to is Tender.GIFT_CARD else min(out, money)}
    rest = out - parts[to]
    for tender, minor in ((Tender.CREDIT, min(rest, credit)), (Tender.GIFT_CARD, max(rest - credit, 0))):
        if minor:
            parts[tender] = parts.get(tender, 0) + minor
    return parts
