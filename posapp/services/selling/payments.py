"""The payment desk: what came in and went back, as it was written."""

from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.selling.payments import Payment
from posapp.services.customers.customers import require_customer

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


class PaymentDesk:
    """Finds payments; they are made with the sales and debts that they settle."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def get(self, actor: Actor, number: str) -> Payment:
        """The payment of that number, such as "P12"."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return require_payment(uow, number)

    def latest(self, actor: Actor, limit: int, *, customer_id: int | None = None) -> list[Payment]:
        """The payments of all tills, the newest first; or those of one customer."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            if customer_id is None:
                return uow.payments.latest(limit)
            return uow.payments.of_customer(require_customer(uow, customer_id).id, limit=limit)


def require_payment(uow: "UnitOfWork", number: str) -> Payment:
    """The payment of that number; refuses with `payment_unknown`."""
    digits = number_of(number, Letter.PAYMENT)
    found = uow.payments.by_number(digits) if digits is not None else None
    if found is None:
        raise DomainError("payment_unknown", f"There is no payment {number.strip()[:20]}.", field="number")
    return found
