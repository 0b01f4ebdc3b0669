"""The ledger desk: how customers stand, and the statement of what made it so."""

from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.selling.ledger import Standing
from posapp.services.customers.customers import require_customer
from posapp.services.selling.order_commands import Statement

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


class LedgerDesk:
    """Reads balances; whatever moves money writes the entries."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def standing(self, actor: Actor, customer_id: int) -> Standing:
        """How a customer stands; a merged one leads to its survivor."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.ledger.standing(require_customer(uow, customer_id).id)

    def statement(self, actor: Actor, customer_id: int, first: date, last: date) -> Statement:
        """A customer's entries of some days, both included, with the balance before and after."""
        actor.require(Permission.ORDER_READ)
        if last < first:
            raise DomainError("days_reversed", "The last day is before the first one.", field="to")
        with self._store.look(actor, snapshot=True) as uow:
            return statement_of(uow, require_customer(uow, customer_id).id, first, last)


def statement_of(uow: "UnitOfWork", customer_id: int, first: date, last: date) -> Statement:
    """The statement, inside a reading."""
    return Statement(
        customer_id,
        first,
        last,
        uow.ledger.before(customer_id, first),
        tuple(uow.ledger.between(customer_id, first, last)),
        uow.ledger.standing(customer_id),
    )
