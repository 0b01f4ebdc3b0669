"""Finding an order by a number, inside a transaction."""

from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.selling.orders import Order

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def require_order(uow: "UnitOfWork", number: str) -> Order:
    """The sale or refund of that number, or of that payment; refuses with `order_unknown`."""
    digits = number_of(number, Letter.SALE)
    if digits is None:
        paid = number_of(number, Letter.PAYMENT, bare=False)
        payment = uow.payments.by_number(paid) if paid is not None else None
        digits = number_of(payment.order, Letter.SALE) if payment is not None and payment.order else None
    found = uow.orders.by_number(digits) if digits is not None else None
    if found is None:
        raise DomainError("order_unknown", f"There is no sale {number.strip()[:20]}.", field="number")
    return found
