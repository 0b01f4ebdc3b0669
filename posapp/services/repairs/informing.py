"""The informing desk: what the customer of a ticket was told, how, by whom, and what they answered."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.repairs.informing import ContactHow, ContactKind, ContactLine
from posapp.domain.repairs.tickets import Ticket
from posapp.services.repairs.ticket_steps import held_ticket, refuse_closed

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

WORDS_LIMIT = 1000
_ACTIONS = {ContactKind.INFORMED: Action.TICKET_INFORMED, ContactKind.REMINDER: Action.TICKET_REMINDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inform:
    """That the customer was told something, and the answer if there was one ("no answer" is one, too)."""

    number: str
    how: ContactHow
    words: str
    answer: str = ""


class InformingDesk:
    """Keeps the log of what customers were told."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def informed(self, actor: Actor, command: Inform) -> ContactLine:
        """Note that the customer was told."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, command.number)
            refuse_closed(ticket)
            made = note_message(uow, ticket, ContactKind.INFORMED, command)
            uow.commit()
        return made


def note_message(
    uow: "UnitOfWork", ticket: Ticket, kind: ContactKind, message: Inform, step: int = 0
) -> ContactLine:
    """Write down what a customer was told; `step` counts reminders."""
    words = clean_text(message.words, WORDS_LIMIT, "words")
    answer = clean_text(message.answer, WORDS_LIMIT, "answer")
    if not words:
        raise DomainError("words_missing", "Say what the customer was told.", field="words")
    uow.informing.add(ticket.id, kind, message.how, words=words, answer=answer, step=step)
    after: dict[str, object] = {"how": message.how.value, "words": words, "answer": answer}
    if step:
        after["step"] = step
    uow.journal.add(_ACTIONS[kind], "ticket", ticket.id, ref=ticket.number, after=after)
    return uow.informing.of_ticket(ticket.id)[0]
