"""The batches of the import desk: what came when, what it said of rows, and taking it back."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL
from posapp.domain.base.spans import spans_of
from posapp.domain.old_data.batches import Made, each, result_text
from posapp.domain.old_data.imports import Batch, BatchState, ImportProgress, RowNote
from posapp.services.old_data.pace import MOST_ROWS, Pace
from posapp.services.old_data.refusals import built_on, refuse_settled, unknown

if TYPE_CHECKING:
    from posapp.storage.old_data.undoing import ToldSince
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
Progress = Callable[[ImportProgress], None]
Cancelled = Callable[[], bool]
MOST_PEOPLE = 1_000
"""Customers of one portion of an undo, whatever its size: with each goes all that hangs on them."""
_KEPT = "kept"
"""Under this name a batch remembers its customers who stay."""
_PEOPLE = "customer"


class BatchDesk:
    """Lists the imports of a business and takes one back."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def batches(self, actor: Actor) -> tuple[Batch, ...]:
        """All imports, the newest first."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            return uow.batches.all()

    def batch(self, actor: Actor, key: int) -> Batch:
        """One import; `DomainError` batch_unknown."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            return uow.batches.get(key) or unknown(key)

    def notes(self, actor: Actor, key: int, kind: str, limit: int) -> tuple[RowNote, ...]:
        """What was said of its rows: "rejected", "warning" or "update"."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            return uow.batches.notes(key, kind, limit)

    def check_undo(self, actor: Actor, key: int) -> Batch:
        """Whether `undo` would go on; it refuses as that does."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            batch = uow.batches.get(key) or unknown(key)
            _refuse_undo(uow, batch)
            return batch

    def undo(
        self,
        actor: Actor,
        key: int,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Batch:
        """Take back what an import brought, as long as nothing was built on it.

        `DomainError` batch_unknown, batch_undone, batch_built_on (names the first of what was built and how
        many there are). It goes in portions beside a working shop; stopped or killed, it goes on when it is
        called again. A customer on whom something is built meanwhile stays, and the import with them.
        """
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.work(actor) as uow:
            batch = uow.batches.hold(key) or unknown(key)
            _refuse_undo(uow, batch)
            if batch.state is not BatchState.UNDOING:
                uow.batches.change(key, state=BatchState.UNDOING.value, done=0)
                uow.journal.add(Action.IMPORT_UNDOING, "import", key, ref=batch.run)
                uow.commit()
        return _Undo(self._store, actor, key, progress, cancelled).run()

    # -- emptying ----------------------------------------------------------------------------------
    def has_due(self, actor: Actor) -> bool:
        """Whether rows of old imports are to be emptied."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            return bool(uow.batches.to_empty(_limit(uow)))

    def keep_up(self, actor: Actor) -> int:
        """Empty the staged rows of imports that were settled, or left, 30 days ago; how many imports."""
        actor.require(Permission.DATA_MAINTAIN)
        with self._store.look(actor) as uow:
            due = uow.batches.to_empty(_limit(uow))
        for key in due:
            _empty(self._store, actor, key)
        return len(due)


def take_back(store: "Store", actor: Actor, key: int) -> Batch:
    """Undo what was stopped in the middle; whoever was served by then stays."""
    actor.require(Permission.DATA_MAINTAIN)
    with store.work(actor) as uow:
        batch = uow.batches.hold(key) or unknown(key)
        if batch.state in (BatchState.STAGED, BatchState.APPLYING):
            uow.batches.change(key, state=BatchState.UNDOING.value)
            uow.journal.add(Action.IMPORT_UNDOING, "import", key, ref=batch.run)
            uow.commit()
    return _Undo(store, actor, key, None, None).run()


def _refuse_undo(uow: "UnitOfWork", batch: Batch) -> None:
    refuse_settled(batch)
    if batch.state is not BatchState.UNDOING:
        built_on(batch.id, uow.built_on.all(batch.id, uow.batches.made(batch.id)))


KEPT_DAYS = 30
_DAY = 24 * 3_600_000_000


def _limit(uow: "UnitOfWork") -> int:
    return uow.stamp[0] - KEPT_DAYS * _DAY


def _empty(store: "Store", actor: Actor, key: int) -> None:
    is_done = False
    while not is_done:
        with store.work(actor) as uow:
            batch = uow.batches.hold(key) or unknown(key)
            is_done = uow.batches.empty(key, MOST_ROWS)
            if is_done:
                if batch.state is BatchState.STAGED:  # nobody came for it
                    uow.batches.settle(key, BatchState.UNDONE)
                uow.journal.add(Action.IMPORT_EMPTIED, "import", key)
            uow.commit()


class _Undo:
    """One undo, portion by portion; each is a transaction that leaves the batch where the next goes on."""

    def __init__(
        self, store: "Store", actor: Actor, key: int, progress: Progress | None, cancelled: Cancelled | None
    ) -> None:
        self._store, self._actor, self._key = store, actor, key
        self._progress, self._cancelled = progress, cancelled
        self._told: ToldSince | None = None
        self._pace = Pace()
        self._done = 0

    def run(self) -> Batch:
        """To its end, whoever else is at it."""
        while True:
            if self._cancelled is not None and self._cancelled():
                raise DomainError("stopped", f"Stopped. Undo import {self._key} again to finish it.")
            with self._store.work(self._actor) as uow, self._pace.measured():
                batch = uow.batches.hold(self._key) or unknown(self._key)
                if batch.state is not BatchState.UNDOING:
                    return batch
                made = uow.batches.made(self._key)
                if not (self._people(uow, made) or self._additions(uow, made)):
                    break
                uow.commit()
            self._pace.wrote(self._pace.size)
            if self._progress is not None:
                self._progress(ImportProgress("undo", self._done, batch.result.rows))
        return self._end()

    def _heard(self, made: Made) -> "ToldSince":
        from posapp.storage.old_data.undoing import ToldSince

        if self._told is None:
            self._told = ToldSince(self._actor.business, made.after)
        return self._told

    def _people(self, uow: "UnitOfWork", made: Made) -> bool:
        """Some of its customers with all that hangs on them; False where none is left."""
        if not made.of(_PEOPLE):
            return False
        most = min(self._pace.size, MOST_PEOPLE)
        keys = uow.undoing.people(made, most)
        kept = uow.built_on.on(self._key, made, keys)
        going = [key for key in keys if key not in kept]
        numbers = uow.undoing.pl_numbers(going)
        gone, less = uow.undoing.remove_people(going, self._heard(made), is_sqlite=uow.is_sqlite)
        uow.facts.note(going)
        last = keys[-1] if len(keys) == most else None
        left = _after(made, last).plus({_KEPT: kept})
        uow.batches.change(self._key, made=left.text())
        self._tell(uow, gone, less, numbers)
        return True

    def _additions(self, uow: "UnitOfWork", made: Made) -> bool:
        """Some of what it added to customers who were there; False where nothing is left."""
        keys = uow.undoing.extras(self._key, made, each(made.of(_KEPT)), self._pace.size)
        if not keys:
            return False
        uow.facts.note(uow.undoing.owners(keys))
        gone, less = uow.undoing.remove_extras(keys, self._heard(made), is_sqlite=uow.is_sqlite)
        self._tell(uow, gone, less, [])
        return True

    def _tell(
        self, uow: "UnitOfWork", gone: dict[str, int], less: dict[str, list[int]], numbers: list[int]
    ) -> None:
        uow.journal.tell_many(removed=less)
        told: dict[str, object] = {"gone": gone}
        if numbers:
            told["pl_numbers"] = spans_of(numbers)
        uow.journal.add(Action.IMPORT_UNDONE, "import", self._key, after=told)
        self._done += sum(gone.values())

    def _end(self) -> Batch:
        """Say that it is over: undone, or, where somebody stays, applied as far as it still stands."""
        with self._store.work(self._actor) as uow:
            batch = uow.batches.hold(self._key) or unknown(self._key)
            if batch.state is BatchState.UNDOING:
                made = uow.batches.made(self._key)
                kept = made.of(_KEPT)
                keys = {_PEOPLE: kept} if kept else {}
                state = BatchState.APPLIED if kept else BatchState.UNDONE
                left = Made(made.after, keys)
                figures = replace(
                    batch.result, created=left.count(_PEOPLE), past=uow.batches.past_of(self._key)
                )
                told_of = result_text(figures) if kept else result_text(batch.result)
                uow.batches.settle(self._key, state, made=left.text(), result=told_of, done=0)
                stays = uow.undoing.pl_numbers(list(each(kept)))
                told = {"state": state.value, "stays": [f"{PL}{one}" for one in stays]}
                uow.journal.add(Action.IMPORT_UNDONE, "import", self._key, ref=batch.run, after=told)
                uow.commit()
        _empty(self._store, self._actor, self._key)
        log.info("import %d undone: %d records", self._key, self._done)
        with self._store.look(self._actor) as uow:
            return uow.batches.get(self._key) or unknown(self._key)


def _after(made: Made, last: int | None) -> Made:
    """What is left of its customers behind a key; nobody where `last` is None."""
    if last is None:
        return made.but(_PEOPLE, ())
    spans = ((max(low, last + 1), high) for low, high in made.of(_PEOPLE))
    return made.but(_PEOPLE, tuple((low, high) for low, high in spans if low <= high))
