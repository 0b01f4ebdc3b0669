"""The loaner desk: what the shop lends, who has it, and that it comes back before a ticket closes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_text
from posapp.domain.repairs.loaners import Loan, Loaner
from posapp.services.repairs.ticket_steps import held_ticket, refuse_closed

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

NOTE_LIMIT, SERIAL_LIMIT = 500, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLoaner:
    """A new loaner, or (with `id`) other values for one; archived ones are no longer lent."""

    name: str
    serial: str = ""
    id: int | None = None
    is_archived: bool = False


class LoanerDesk:
    """Lends and takes back."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self, actor: Actor, *, with_archived: bool = False) -> list[Loaner]:
        """Every loaner; those that are out say with which ticket."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.loaners.all(with_archived=with_archived)

    def free(self, actor: Actor) -> list[Loaner]:
        """What can go out right now."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return uow.loaners.free()

    def save(self, actor: Actor, command: SaveLoaner) -> Loaner:
        """Set up a loaner or change one; one that is out cannot be archived."""
        actor.require(Permission.SHOP_WRITE)
        values = {
            "name": check_name(command.name),
            "serial": clean_text(command.serial, SERIAL_LIMIT, "serial"),
        }
        with self._store.work(actor) as uow:
            _refuse_double(uow, command, values["name"])
            if command.id is None:
                key = uow.loaners.add(**values)
                uow.journal.add(Action.LOANER_ADDED, "loaner", key, ref=values["name"], after={**values})
            else:
                key = self._change(uow, command, values)
            made = _require(uow, key)
            uow.commit()
        return made

    def _change(self, uow: "UnitOfWork", command: SaveLoaner, values: dict[str, str]) -> int:
        assert command.id is not None
        before = _held(uow, command.id)
        if command.is_archived and before.loan is not None:
            raise DomainError(
                "loaner_out", f"{before.name} is out on {before.loan.number}. Take it back first."
            )
        uow.loaners.update(before.id, is_archived=command.is_archived, **values)
        uow.journal.add(
            Action.LOANER_CHANGED,
            "loaner",
            before.id,
            ref=values["name"],
            before={"name": before.name, "serial": before.serial, "is_archived": before.is_archived},
            after={**values, "is_archived": command.is_archived},
        )
        return before.id

    def out(self, actor: Actor, number: str, loaner_id: int, *, note: str = "") -> Loan:
        """A loaner leaves with the customer of a ticket; refused while somebody else has it."""
        actor.require(Permission.TICKET_WRITE)
        note = clean_text(note, NOTE_LIMIT, "note")
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            refuse_closed(ticket)
            one = _held(uow, loaner_id)
            if one.loan is not None:
                raise DomainError(
                    "loaner_out",
                    f"{one.name} is out already, on {one.loan.number}. Choose another one.",
                    field="loaner",
                    number=one.loan.number,
                )
            if one.is_archived:
                raise DomainError("loaner_archived", f"{one.name} is no longer lent.", field="loaner")
            key = uow.loaners.out(one.id, ticket.id, note)
            uow.journal.add(
                Action.LOANER_OUT,
                "ticket",
                ticket.id,
                ref=ticket.number,
                after={"loaner": one.name, "note": note},
            )
            uow.journal.add(
                Action.LOANER_OUT, "loaner", one.id, ref=one.name, after={"ticket": ticket.number}
            )
            made = uow.loaners.loan(key)
            uow.commit()
        assert made is not None  # it was added a line above
        return made

    def back(self, actor: Actor, loan_id: int, *, note: str = "") -> Loan:
        """A loaner is back, in whatever state `note` says; possible on a closed ticket, too."""
        actor.require(Permission.TICKET_WRITE)
        note = clean_text(note, NOTE_LIMIT, "note")
        with self._store.work(actor) as uow:
            found = uow.loaners.loan(loan_id)
            if found is None:
                raise DomainError("loan_unknown", "This loaner was not lent here.", field="loaner")
            ticket = held_ticket(uow, found.number)
            uow.loaners.hold(found.loaner_id)
            found = uow.loaners.loan(loan_id)
            assert found is not None
            if found.back_at is not None:
                raise DomainError("loaner_back", f"{found.name} is back already.", field="loaner")
            uow.loaners.back(loan_id, "\n".join(filter(None, (found.note, note))))
            uow.journal.add(
                Action.LOANER_BACK,
                "ticket",
                ticket.id,
                ref=ticket.number,
                after={"loaner": found.name, "note": note},
            )
            uow.journal.add(
                Action.LOANER_BACK, "loaner", found.loaner_id, ref=found.name, after={"ticket": ticket.number}
            )
            made = uow.loaners.loan(loan_id)
            uow.commit()
        assert made is not None
        return made


def _held(uow: "UnitOfWork", key: int) -> Loaner:
    uow.loaners.hold(key)
    return _require(uow, key)


def _require(uow: "UnitOfWork", key: int) -> Loaner:
    found = uow.loaners.get(key)
    if found is None:
        raise DomainError("loaner_unknown", "Choose a loaner of this shop.", field="loaner")
    return found


def _refuse_double(uow: "UnitOfWork", command: SaveLoaner, name: str) -> None:
    if command.is_archived:
        return
    for one in uow.loaners.all():
        if one.name == name and one.id != command.id:
            raise DomainError("loaner_exists", "There is already a loaner with this name.", field="name")
