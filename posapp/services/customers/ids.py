"""The ID desk: where PL IDs stand, and where they go on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import NO_BUSINESS
from posapp.domain.base.numbers import LARGEST, PL
from posapp.domain.customers.pl_id import PlId

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

_SUBJECT = "counter"


@dataclass(frozen=True, slots=True)
class IdStatus:
    """The counter of a business (the last number given out), and what the customers really carry."""

    counter: int
    next: PlId
    with_id: int
    without_id: int
    duplicates: int
    """PL numbers that more than one customer carries."""
    phones_shared: int
    """Current phone numbers that more than one customer has."""


class IdDesk:
    """Reports on the PL counter of a business and lets it start anywhere."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def status(self, actor: Actor) -> IdStatus:
        """The state of the counter, counted from the records."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _status(uow)

    def init(self, actor: Actor, last: int) -> IdStatus:
        """Let the counter stand at `last`, so that the next customer gets the number after it.

        Refuses (`counter_low`) to go below any number that was ever given out, whether or not its customer
        is still here: no PL ID is used twice.
        """
        actor.require(Permission.DATA_MAINTAIN)
        if not 0 <= last < LARGEST:
            raise DomainError("counter_invalid", f"Enter a number between 0 and {LARGEST - 1:,}.", field="n")
        with self._store.work(actor) as uow:
            before = uow.counters.hold(PL)
            given_out = _given_out(uow, before)
            if last < given_out:
                raise DomainError(
                    "counter_low",
                    f"PL{given_out} is given out already. Start at {given_out} or higher.",
                    field="n",
                    given_out=given_out,
                )
            if last != before:
                uow.counters.set(PL, last)
                uow.journal.add(
                    Action.IDS_INIT,
                    _SUBJECT,
                    actor.business,
                    ref=PL,
                    before={"counter": before},
                    after={"counter": last, "given_out": given_out},
                )
            status = _status(uow)
            uow.commit()
        return status

    def assign(self, actor: Actor) -> int:
        """Give an ID to customers that lack one and return how many did: none, the schema demands an ID."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor, snapshot=True) as uow:
            return _status(uow).without_id


def _status(uow: "UnitOfWork") -> IdStatus:
    from posapp.storage.customers.ids import count_ids

    counted = count_ids(uow.connection, uow.actor.business)
    last = counted.counter
    return IdStatus(
        last,
        PlId(last + 1),
        counted.with_id,
        counted.without_id,
        counted.duplicates,
        counted.phones_shared,
    )


def _given_out(uow: "UnitOfWork", counter: int) -> int:
    """The highest PL number that a customer ever got.

    The counter itself, unless it still stands where an earlier `init` put it: then nothing was drawn since,
    and what had been given out by then is in the journal.
    """
    from posapp.storage.base.journal import lines_about

    business = uow.actor.business
    lines = [
        line
        for line in lines_about(uow.connection, business, _SUBJECT, business)
        if line.action == Action.IDS_INIT
    ]
    restored = lines_about(uow.connection, NO_BUSINESS, "database", 0)
    # Two chains have no common order but the clock; the same moment counts as the later one, to be safe.
    is_newest = lines and (not restored or restored[-1].at < lines[-1].at)
    if is_newest and lines[-1].after.get("counter") == counter:
        return max(int(str(lines[-1].after["given_out"])), uow.customers.highest_pl())
    return max(counter, uow.customers.highest_pl())
