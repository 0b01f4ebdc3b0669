"""The duplicate desk: suggests customers who may be one person, and remembers who are two."""

import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.duplicates import DuplicatePair, FoundPair, Traits
from posapp.services.customers.customers import require_customer
from posapp.services.old_data.finding import Finder, Progress

if TYPE_CHECKING:
    from posapp.storage.old_data.duplicates import Duplicates
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
LISTED = 200
_WRITTEN = 2000


class DuplicateDesk:
    """Finds, lists and dismisses pairs of customers."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def pairs(self, actor: Actor, limit: int | None = LISTED) -> tuple[DuplicatePair, ...]:
        """What the last look found and nobody has decided, the surest first; None: all of it."""
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.duplicates.pairs(limit)

    def dismissed(self, actor: Actor) -> tuple[DuplicatePair, ...]:
        """The pairs that somebody said are two people, the newest first."""
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.duplicates.dismissed()

    def look_again(
        self,
        actor: Actor,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Compare all customers and put what is found in the place of what stood there; how many pairs.

        Until everything is compared nothing is written, so a look that is cancelled (`stopped`) changes
        nothing. It is written in portions that follow each other by key: at no moment is the list empty.
        """
        actor.require(Permission.CUSTOMER_MERGE)
        found = self._found(actor, progress=progress, cancelled=cancelled)
        after = count = 0
        while portion := tuple(islice(found, _WRITTEN)):
            until = portion[-1].a_id
            count += self._replace(actor, after, until, portion)
            after = until
        self._replace(actor, after, _LAST, ())
        log.info("duplicates: %d pairs", count)
        return count

    def _found(
        self,
        actor: Actor,
        *,
        progress: Progress | None,
        cancelled: Callable[[], bool],
    ) -> Iterator[FoundPair]:
        """All pairs in the order of their keys."""
        with self._store.look(actor) as uow:
            customers, last = uow.duplicates.extent()

        def read(ask: Callable[["Duplicates"], list[Traits]]) -> list[Traits]:
            with self._store.look(actor) as uow:
                return ask(uow.duplicates)

        def check() -> None:
            if cancelled():
                raise DomainError("stopped", "The search for duplicates was stopped. Nothing was changed.")

        return Finder(read, customers=customers, last=last, progress=progress, check=check).pairs()

    def _replace(self, actor: Actor, after: int, until: int, pairs: Iterable[FoundPair]) -> int:
        with self._store.work(actor) as uow:
            written = uow.duplicates.replace(after, until, tuple(pairs))
            uow.commit()
        return written

    def dismiss(self, actor: Actor, a_id: int, b_id: int) -> None:
        """These are two people: suggest them no more."""
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.work(actor) as uow:
            if uow.duplicates.dismiss(*_two(uow, a_id, b_id)):
                _tell(uow, Action.CUSTOMER_TOLD_APART, a_id, b_id)
            uow.commit()

    def take_back(self, actor: Actor, a_id: int, b_id: int) -> None:
        """They may be one after all."""
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.work(actor) as uow:
            if uow.duplicates.take_back(*_two(uow, a_id, b_id)):
                _tell(uow, Action.CUSTOMER_MAYBE_SAME, a_id, b_id)
            uow.commit()


_LAST = 2**63 - 1


def _two(uow: "UnitOfWork", a_id: int, b_id: int) -> tuple[int, int]:
    """The keys of two customers of this shop, the smaller one first."""
    for key in (a_id, b_id):
        require_customer(uow, key)
    if a_id == b_id:
        raise DomainError("same_customer", "Name two customers.", field="id")
    return min(a_id, b_id), max(a_id, b_id)


def _tell(uow: "UnitOfWork", action: Action, a_id: int, b_id: int) -> None:
    """Note it at both."""
    a, b = (require_customer(uow, key) for key in (a_id, b_id))
    for one, other in ((a, b), (b, a)):
        uow.journal.add(action, "customer", one.id, ref=str(one.pl_id), after={"other": str(other.pl_id)})
