"""The consent desk: what a customer agreed to, and every answer before."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.names import clean_text
from posapp.domain.customers.consents import WORDS_LIMIT, Consent, ConsentKind, newest
from posapp.services.customers.customers import held_customer, require_customer

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SetConsent:
    """An answer of a customer; without `words` those that the program shows are kept with it."""

    customer_id: int
    kind: ConsentKind
    is_given: bool
    words: str = ""


class ConsentDesk:
    """Reads answers and notes new ones."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of_customer(self, actor: Actor, customer_id: int) -> tuple[Consent, ...]:
        """Every answer of a customer, the oldest first; `newest` tells what holds."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return tuple(uow.consents.of_customer(require_customer(uow, customer_id).id))

    def set(self, actor: Actor, command: SetConsent) -> tuple[Consent, ...]:
        """Note an answer; one that says what holds already (in the same words) changes nothing."""
        actor.require(Permission.CUSTOMER_WRITE)
        words = clean_text(command.words, WORDS_LIMIT, "words") or command.kind.asked
        with self._store.work(actor) as uow:
            customer = held_customer(uow, command.customer_id)
            held = newest(uow.consents.of_customer(customer.id)).get(command.kind)
            is_same = held is not None and (held.is_given, held.words) == (command.is_given, words)
            if not is_same and (held is not None or command.is_given):
                uow.consents.add(customer.id, command.kind, words, is_given=command.is_given)
                uow.journal.add(
                    Action.CONSENT_GIVEN if command.is_given else Action.CONSENT_WITHDRAWN,
                    "customer",
                    customer.id,
                    ref=str(customer.pl_id),
                    after={"consent": command.kind.value, "words": words},
                )
                uow.commit()
            return tuple(uow.consents.of_customer(customer.id))
