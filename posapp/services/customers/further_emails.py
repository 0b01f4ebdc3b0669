"""The desk of further e-mail addresses: a customer may have several, and one of them is the main one."""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.emails import check_email
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer, FurtherEmail
from posapp.services.customers.customers import held_customer, require_customer

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

MOST = 50
"""So many addresses may one customer have besides the main one; imports bring what there is."""


class FurtherEmailDesk:
    """Shows, adds and removes the addresses, and makes one of them the main one."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of_customer(self, actor: Actor, customer_id: int) -> tuple[FurtherEmail, ...]:
        """The addresses besides the main one, in the order in which they came."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return tuple(uow.further_emails.of_customer(require_customer(uow, customer_id).id))

    def add(self, actor: Actor, customer_id: int, email: str) -> Customer:
        """One more address, or the main one where there is none; one that is known changes nothing."""
        actor.require(Permission.CUSTOMER_WRITE)
        email = check_email(email)
        if not email:
            raise DomainError("email_missing", "Enter an e-mail address.", field="further_email")
        with self._store.work(actor) as uow:
            customer = held_customer(uow, customer_id)
            known = uow.further_emails.of_customer(customer.id)
            if email in (customer.email.casefold(), *(one.email for one in known)):
                return customer
            if len(known) >= MOST:
                sentence = f"{customer.pl_id} has {MOST} further addresses. Remove one first."
                raise DomainError("emails_count", sentence, field="further_email")
            if customer.email:
                uow.further_emails.add(customer.id, email)
                _tell(uow, Action.EMAIL_ADDED, customer, after={"email": email})
            else:
                _set_main(uow, customer, email)
            customer = require_customer(uow, customer.id)
            uow.commit()
        return customer

    def remove(self, actor: Actor, customer_id: int, email_id: int) -> Customer:
        """Take an address away."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            customer = held_customer(uow, customer_id)
            line = _line(uow, customer, email_id)
            uow.further_emails.remove(line.id)
            _tell(uow, Action.EMAIL_REMOVED, customer, before={"email": line.email})
            customer = require_customer(uow, customer.id)
            uow.commit()
        return customer

    def make_main(self, actor: Actor, customer_id: int, email_id: int) -> Customer:
        """Let an address stand on the record; the one that stood there is kept as a further one."""
        actor.require(Permission.CUSTOMER_WRITE)
        with self._store.work(actor) as uow:
            customer = held_customer(uow, customer_id)
            line = _line(uow, customer, email_id)
            uow.further_emails.remove(line.id)
            others = {one.email for one in uow.further_emails.of_customer(customer.id)}
            if customer.email and customer.email not in others | {line.email}:
                uow.further_emails.add(customer.id, customer.email)
            _set_main(uow, customer, line.email)
            customer = require_customer(uow, customer.id)
            uow.commit()
        return customer


def _line(uow: "UnitOfWork", customer: Customer, email_id: int) -> FurtherEmail:
    known = uow.further_emails.of_customer(customer.id)
    line = next((one for one in known if one.id == email_id), None)
    if line is None:
        raise DomainError("email_gone", f"This address is not one of {customer.pl_id} any more.")
    return line


def _set_main(uow: "UnitOfWork", customer: Customer, email: str) -> None:
    uow.customers.update(customer.id, email=email)
    _tell(uow, Action.CUSTOMER_EDITED, customer, before={"email": customer.email}, after={"email": email})


def _tell(
    uow: "UnitOfWork",
    action: Action,
    customer: Customer,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    uow.journal.add(
        action, "customer", customer.id, ref=str(customer.pl_id), before=before or {}, after=after or {}
    )
