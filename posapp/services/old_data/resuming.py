"""Applies what is staged: an import that was interrupted, or all that waits, with the proof of it."""

import json
import logging
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import Batch, BatchState, ImportField, ImportOrder, ImportResult, System
from posapp.domain.old_data.proofs import KindProof, Proof
from posapp.services.old_data.known_systems import declared
from posapp.services.old_data.running import Cancelled, Part, Progress, Run
from posapp.storage.customers.ids import count_ids
from posapp.storage.old_data.proving import Proving
from posapp.storage.old_data.staging import Staging, at_once, copy_staged, own_tables

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
WAITING = (BatchState.STAGED, BatchState.APPLYING)


class Waiting:
    """The batches of one run that are not applied yet, and how they are applied."""

    def __init__(
        self,
        store: "Store",
        actor: Actor,
        batches: Sequence[tuple[Batch, int]],
        settings: str,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._store, self._actor = store, actor
        self._is_sqlite = store.database.is_sqlite
        first = batches[0][0]
        self.parts = [Part(batch.id, business, "") for batch, business in batches]
        self._batches = batches
        said = json.loads(settings)
        self._run = Run(store, actor, declared(first.system), _order(first.system, said), progress, cancelled)
        self._run.key, self._run.files = first.run, list(first.files)
        self._run.names = list(said.get("names", ()))
        self._run.rows = sum(one.rows for one in first.files)
        self._run.highest_pl = int(said.get("highest_pl", 0))
        self._run.unused = tuple(said.get("unused", ()))

    def apply(self, *, is_trial: bool = False, folder: Path | None = None) -> tuple[ImportResult, Proof]:
        """Plan what waits and apply it; a trial only says what it comes to. The log goes to `folder`."""
        if not is_trial:
            self._begin()
        with own_tables(self._store.database) as connection:
            planned = Staging(connection, is_sqlite=self._is_sqlite)
            with at_once(connection, is_sqlite=self._is_sqlite):
                copy_staged(connection, [one.batch for one in self.parts], is_sqlite=self._is_sqlite)
                self._run.plan(planned, self.parts)
            if not is_trial:
                self._run.apply_live(planned, self.parts)
            result = self._run.result(planned, self.parts, is_trial=is_trial)
            proof = self._proof(planned, result, is_trial=is_trial, folder=folder)
        return result, proof

    def _begin(self) -> None:
        for batch, business in self._batches:
            with self._store.work(replace(self._actor, business=business)) as uow:
                held = uow.batches.hold(batch.id)
                if held is not None and held.state is BatchState.STAGED:
                    uow.batches.change(batch.id, state=BatchState.APPLYING.value)
                    uow.commit()

    def _proof(self, planned: Staging, result: ImportResult, *, is_trial: bool, folder: Path | None) -> Proof:
        kinds: list[KindProof] = []
        shared, file = 0, ""
        for part in self.parts:
            proving = Proving(
                planned,
                part.batch,
                part.business,
                self._run.system.system.value,
                self._run.kinds,
                self._run.owners,
            )
            shared += proving.shared_before(self._run.people)
            if self._run.kinds:
                kinds += proving.told() if is_trial else proving.compared()
            if folder is not None and not is_trial:
                file = _written(
                    folder / f"consolidation-{result.system}-{part.batch}.jsonl", proving.groups()
                )
        return Proof(
            tuple(one.batch for one in self.parts),
            result.created,
            result.matched,
            result.twice,
            shared,
            kinds=tuple(kinds),
            log=file,
            is_trial=is_trial,
        )


def _order(system: System, said: Mapping[str, object]) -> ImportOrder:
    mapping = said.get("mapping")
    return ImportOrder(
        system=system,
        files={},
        region=str(said.get("region", "")),
        currency=str(said.get("currency", "")),
        mapping={str(name): ImportField(field) for name, field in mapping.items()}
        if isinstance(mapping, dict)
        else {},
        splits=bool(said.get("splits", True)),
    )


def _written(file: Path, groups: Iterable[Mapping[str, object]]) -> str:
    """Write a line for each customer; only the shop may read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, files.PRIVATE), "w") as out:
            for group in groups:
                out.write(json.dumps(group, ensure_ascii=False) + "\n")
    except OSError as error:
        raise files.unwritten(file, error) from error
    return str(file)


def waiting(
    store: "Store",
    actor: Actor,
    batches: Sequence[Batch],
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> list[Waiting]:
    """What waits of these batches, run by run, with the batches of the same run in other businesses."""
    actor.require(Permission.DATA_MAINTAIN)
    found = []
    for run in dict.fromkeys(one.run for one in batches if one.state in WAITING):
        with store.look(actor) as uow:
            rows = uow.batches.of_run(run)
        some = [(batch, business) for batch, business, _ in rows if batch.state in WAITING]
        if not all(batch.files for batch, _ in some):
            raise DomainError(
                "batch_unread",
                f"Import {some[0][0].id} was interrupted while its files were read. "
                "Undo it, then import the files again.",
                field="batch",
            )
        found.append(Waiting(store, actor, some, rows[0][2], progress, cancelled))
    return found


def whole(store: "Store", actor: Actor, proofs: Sequence[Proof], *, is_trial: bool) -> Proof:
    """The proof of several runs as one, with what holds of the whole shop."""
    actor.require(Permission.DATA_MAINTAIN)
    with store.look(actor, snapshot=True) as uow:
        ids = count_ids(uow.connection, actor.business)
        highest = uow.customers.highest_pl()
    kinds: dict[str, KindProof] = {}
    for one in (kind for proof in proofs for kind in proof.kinds):
        before = kinds.get(one.kind)
        kinds[one.kind] = one if before is None else _both(before, one)
    return Proof(
        tuple(key for proof in proofs for key in proof.batches),
        sum(one.created for one in proofs),
        sum(one.matched for one in proofs),
        sum(one.twice for one in proofs),
        sum(one.shared_before for one in proofs),
        ids.phones_shared,
        tuple(kinds.values()),
        ids.duplicates,
        highest,
        ids.counter,
        ", ".join(one.log for one in proofs if one.log),
        is_trial,
    )


def _both(one: KindProof, other: KindProof) -> KindProof:
    return KindProof(
        one.kind,
        one.before + other.before,
        one.after + other.after,
        one.before_minor + other.before_minor,
        one.after_minor + other.after_minor,
        one.differing + other.differing,
    )
