"""What paid for a sale, when deposits are followed back to the tenders that paid for them.

A deposit that a gift card or a credit paid is no money: what it settled goes back there, too. A deposit that
is used is first what was no money, and one that is given back itself is first what was, as every line of a
sale. So whichever comes first, no more money goes out for deposits than came in.
"""

from typing import TYPE_CHECKING

from posapp.domain.selling.ledger import Account, DepositMove
from posapp.domain.selling.payments import Tender

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_HELD = (Tender.CREDIT, Tender.GIFT_CARD, Tender.DEPOSIT)
"""What a deposit was paid by, in the order in which it is used; the last one stands for money."""


def paid_for(uow: "UnitOfWork", order_id: int) -> dict[Tender, int]:
    """What each tender paid for a sale, less what went back by it; of deposits only what was money."""
    paid = uow.charges.paid_by(order_id)
    for account, ticket_id, booking_id, minor in uow.ledger.bound_to(order_id):
        if account is not Account.DEPOSIT or not minor:
            continue
        moves = uow.ledger.deposit_moves(ticket_id=ticket_id, booking_id=booking_id)
        used, held = _followed(uow, order_id, moves)
        if minor < 0:
            returned = sum(one.amount_minor for one in moves if one.refund_of_id == order_id)
            used = _no_money(paid, -minor - returned, held)
        for tender in (Tender.CREDIT, Tender.GIFT_CARD):
            paid[tender] = paid.get(tender, 0) + used[tender]
            paid[Tender.DEPOSIT] = paid.get(Tender.DEPOSIT, 0) - used[tender]
    return paid


def _no_money(paid: dict[Tender, int], taken: int, held: dict[Tender, int]) -> dict[Tender, int]:
    """What of a deposit that a sale took is money no more: it settled something, and went back from there."""
    before = sum(max(paid.get(tender, 0), 0) for tender in (Tender.CREDIT, Tender.GIFT_CARD))
    gone = max(taken - min(before, taken) - held[Tender.DEPOSIT], 0)
    credit = min(held[Tender.CREDIT], gone)
    return {Tender.CREDIT: credit, Tender.GIFT_CARD: gone - credit}


def _followed(
    uow: "UnitOfWork", order_id: int, moves: list[DepositMove]
) -> tuple[dict[Tender, int], dict[Tender, int]]:
    """By which tenders the deposits were paid that a sale used, and those that are still held."""
    back: dict[int, int] = {}
    for move in moves:
        if move.refund_of_id is not None:
            back[move.refund_of_id] = back.get(move.refund_of_id, 0) + move.amount_minor
    held, used = dict.fromkeys(_HELD, 0), dict.fromkeys(_HELD, 0)
    wanted: list[tuple[int, int]] = []
    for move in moves:
        if move.amount_minor < 0:
            _hold(uow, held, move.order_id, -move.amount_minor - back.get(move.order_id, 0))
        elif move.refund_of_id is None:
            became_credit = move.amount_minor - move.used_minor
            wanted += ((move.order_id, move.used_minor), (0, became_credit))
        # Where a sale's own deposit went back since, a later one answers for it.
        served, wanted = wanted, []
        for key, minor in served:
            taken = _take(held, minor)
            if key == order_id:
                used = {tender: used[tender] + taken[tender] for tender in _HELD}
            wanted.append((key, minor - sum(taken.values())))
    return used, held


def _hold(uow: "UnitOfWork", held: dict[Tender, int], order_id: int, minor: int) -> None:
    """A sale took a deposit of which so much was not given back: all that was no money paid for it first."""
    paid = uow.charges.paid_by(order_id)
    for tender in _HELD:
        part = minor if tender is Tender.DEPOSIT else min(max(paid.get(tender, 0), 0), minor)
        held[tender] += part
        minor -= part


def _take(held: dict[Tender, int], minor: int) -> dict[Tender, int]:
    taken: dict[Tender, int] = {}
    for tender in _HELD:
        part = min(held[tender], minor)
        held[tender] -= part
        minor -= part
        taken[tender] = part
    return taken
