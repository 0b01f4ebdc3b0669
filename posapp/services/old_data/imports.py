"""The import desk: brings records of other systems in, tries that out first, stages them for later."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.batches import files_text
from posapp.domain.old_data.imports import (
    Batch,
    BatchState,
    ImportOrder,
    ImportResult,
    Mapped,
    System,
    TableSight,
)
from posapp.domain.old_data.proofs import Proof
from posapp.services.old_data.batches import BatchDesk, take_back
from posapp.services.old_data.known_systems import declared
from posapp.services.old_data.reading_systems import FileReader, OldShop
from posapp.services.old_data.resuming import WAITING, waiting, whole
from posapp.services.old_data.running import Cancelled, Part, Progress, Run
from posapp.services.old_data.shops import make_shop
from posapp.services.old_data.table_orders import SavedMappings, keep_mapping, prepared, sighted
from posapp.storage.base.database import Database
from posapp.storage.old_data.staging import Staging, at_once, copy_staged, own_tables

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
_SETTLED = {
    BatchState.APPLIED: "applied",
    BatchState.UNDOING: "being undone",
    BatchState.UNDONE: "undone",
}


class ImportDesk(BatchDesk):
    """Brings records of other systems in, goes on with what was interrupted, and takes back what came."""

    def run(
        self,
        actor: Actor,
        order: ImportOrder,
        *,
        dry_run: bool = False,
        stage_only: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportResult:
        """Bring files in; a dry run says the same and leaves nothing, `stage_only` stops after staging."""
        actor.require(Permission.DATA_MAINTAIN)
        order = prepared(order, SavedMappings(self._store, actor))
        return _Import(self._store, actor, order, progress, cancelled).run(dry_run, stage_only)

    def sight(
        self, actor: Actor, paths: Sequence[Path], *, region: str = "", mapping: Mapped | None = None
    ) -> tuple[TableSight, ...]:
        """What files, or those of a folder, are; `mapping` is what somebody chose for columns."""
        actor.require(Permission.DATA_MAINTAIN)
        return sighted(paths, region, mapping or {}, SavedMappings(self._store, actor))

    def resume(
        self,
        actor: Actor,
        key: int,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportResult:
        """Go on with an import that was interrupted, or apply one that is staged.

        `DomainError` batch_unknown, batch_settled, batch_unread (its files were not read to their end).
        """
        actor.require(Permission.DATA_MAINTAIN)
        batch = self.batch(actor, key)
        if batch.state not in WAITING:
            raise DomainError(
                "batch_settled",
                f"Import {key} is {_SETTLED[batch.state]}: nothing of it waits.",
                field="batch",
            )
        [one] = waiting(self._store, actor, [batch], progress, cancelled)
        result, _ = one.apply()
        return result

    def waiting(self, actor: Actor, system: System | None = None) -> tuple[Batch, ...]:
        """What is staged or was interrupted."""
        actor.require(Permission.DATA_MAINTAIN)
        return tuple(
            one for one in self.batches(actor) if one.state in WAITING and system in (None, one.system)
        )

    def consolidate(
        self,
        actor: Actor,
        *,
        dry_run: bool = False,
        system: System | None = None,
        log_folder: Path | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Proof:
        """Apply all that is staged or was interrupted, and prove that nothing is lost; safe to run again.

        `system` limits it to the files of one; a line for each customer goes to a file in `log_folder`.
        """
        actor.require(Permission.DATA_MAINTAIN)
        some = self.waiting(actor, system)[::-1]
        runs = waiting(self._store, actor, some, progress, cancelled)
        proofs = [one.apply(is_trial=dry_run, folder=log_folder)[1] for one in runs]
        return whole(self._store, actor, proofs, is_trial=dry_run)


def bring_in(
    store: "Store",
    founder: Actor,
    order: ImportOrder,
    *,
    name: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportResult:
    """Bring files into a database without any business; the first one is called `name`, if there is one."""
    order = prepared(order, SavedMappings(store, founder))
    made = _Import(store, founder, order, progress, cancelled)
    made.name = name
    return made.run(dry_run=False, stage_only=False)


class _Import:
    """One call of `run`."""

    name = ""
    """What a business is called that has no name yet."""

    def __init__(
        self,
        store: "Store",
        actor: Actor,
        order: ImportOrder,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._store, self._actor, self._order = store, actor, order
        self._is_sqlite = store.database.is_sqlite
        self._run = Run(store, actor, declared(order.system), order, progress, cancelled)
        self._parts_made: list[Part] = []
        self._reader = FileReader(declared(order.system), order, self._run.tell)

    def run(self, dry_run: bool, stage_only: bool) -> ImportResult:
        """Do it."""
        shops = self._reader.shops() or [OldShop("")]
        if dry_run:
            return self._trial(shops)
        if self._is_fresh() and not stage_only:
            made = self._all_at_once(shops)
            if made is not None:
                return made
        try:
            return self._stage(shops) if stage_only else self._beside_others(shops)
        except DomainError:  # what only the machine stopped may go on
            self._take_back()
            raise

    def _is_fresh(self) -> bool:
        with self._store.look(self._actor) as uow:
            return not uow.batches.has_people()

    def _take_back(self) -> None:
        """Leave nothing behind of what was stopped or refused."""
        for part in self._parts_made:
            take_back(self._store, replace(self._actor, business=part.business), part.batch)

    # -- whose it becomes ---------------------------------------------------------------------------
    def _known(self, uow: "UnitOfWork", shops: Sequence[OldShop]) -> dict[str, int]:
        """Our business of each old one, as far as there is one."""
        if [one.code for one in shops] == [""]:
            return {"": self._actor.business} if self._actor.business else {}
        known = uow.old_shops.known(self._order.system)
        found = {one.code: known[one.code] for one in shops if one.code in known}
        if not found and len(shops) == 1 and len(uow.businesses.all()) == 1 and self._actor.business:
            return {shops[0].code: self._actor.business}
        return found

    def _parts(self, uow: "UnitOfWork", shops: Sequence[OldShop], state: BatchState) -> dict[str, Part]:
        """The batches of the run, their businesses made where they are not here yet."""
        known = self._known(uow, shops)
        for place, shop in enumerate(shops):
            if shop.code not in known:
                known[shop.code] = make_shop(
                    uow, self._actor, replace(shop, name=shop.name or self.name), self._order, place
                )
        settings = self._settings()
        parts: dict[str, Part] = {}
        noted = uow.old_shops.known(self._order.system)
        for shop in shops:
            business = known[shop.code]
            if uow.actor.business != business:
                uow.act_as(replace(self._actor, business=business))
            if shop.code and shop.code not in noted:
                uow.old_shops.note(self._order.system, shop.code)
            _refuse_other_currency(uow, self._order)
            batch = uow.batches.add(self._run.key, self._order.system, (), settings, state)
            parts[shop.code] = Part(batch, business, shop.region or self._order.region)
        return parts

    def _settings(self) -> str:
        told = {
            "region": self._order.region,
            "currency": self._order.currency,
            "mapping": {name: field.value for name, field in self._order.mapping.items()},
            "splits": self._order.splits,
            "names": self._reader.names,
            "highest_pl": self._run.highest_pl,
            "unused": self._run.unused,
        }
        return json.dumps(told, ensure_ascii=False)

    def _note_files(self, uow: "UnitOfWork", parts: Mapping[str, Part]) -> None:
        for part in parts.values():
            if uow.actor.business != part.business:
                uow.act_as(replace(self._actor, business=part.business))
            uow.batches.change(part.batch, files=files_text(self._run.files))
            if not self._order.system.is_old:
                keep_mapping(uow, self._order, tuple(self._reader.found.columns))

    # -- four ways ----------------------------------------------------------------------------------
    def _trial(self, shops: Sequence[OldShop]) -> ImportResult:
        with self._store.look(self._actor) as uow:
            known = self._known(uow, shops)
            for business in sorted(set(known.values())):
                uow.act_as(replace(self._actor, business=business))
                _refuse_other_currency(uow, self._order)
        parts = {
            shop.code: Part(-1 - place, known.get(shop.code, 0), shop.region or self._order.region)
            for place, shop in enumerate(shops)
        }
        with own_tables(self._store.database) as connection, at_once(connection, is_sqlite=self._is_sqlite):
            staging = Staging(connection, is_sqlite=self._is_sqlite)
            self._run.stage(self._reader, parts, lambda: nullcontext(staging))
            self._run.plan(staging, list(parts.values()))
            self._run.tell_updates(staging, list(parts.values()))
            for part in parts.values():
                part.next_pl = self._run.next_pl(staging, part)
            result = self._run.result(staging, list(parts.values()), is_trial=True)
            return replace(result, shown=self._run.shown(staging, list(parts.values())))

    def _all_at_once(self, shops: Sequence[OldShop]) -> ImportResult | None:
        """Everything in one transaction; None where another till has made customers meanwhile."""
        with roomy(self._store.database), self._store.work(self._actor) as uow:
            uow.batches.keep_people_out()
            if uow.batches.has_people():
                return None
            parts = self._parts(uow, shops, BatchState.APPLYING)
            staging = Staging(uow.connection, is_sqlite=self._is_sqlite)
            self._run.stage(self._reader, parts, lambda: nullcontext(staging))
            self._note_files(uow, parts)
            self._run.plan(staging, list(parts.values()))
            self._run.apply_fresh(uow, list(parts.values()))
            result = self._run.result(staging, list(parts.values()), is_trial=False)
            uow.commit()
        log.info("import %s: %d customers, %d records", self._run.key, result.created, result.past)
        return result

    def _staged(self, shops: Sequence[OldShop], state: BatchState) -> dict[str, Part]:
        """The files in staged rows of the shop, portion by portion."""
        with self._store.work(self._actor) as uow:
            parts = self._parts(uow, shops, BatchState.STAGED)
            uow.commit()
        self._parts_made = list(parts.values())
        self._run.stage(self._reader, parts, self._portion)
        with self._store.work(self._actor) as uow:
            self._note_files(uow, parts)
            for part in parts.values():
                uow.act_as(replace(self._actor, business=part.business))
                settings = self._settings()
                uow.batches.change(part.batch, state=state.value, settings=settings)
            uow.commit()
        return parts

    @contextmanager
    def _portion(self) -> Iterator[Staging]:
        with self._store.work(self._actor) as uow:
            yield Staging(uow.connection, is_sqlite=self._is_sqlite)
            uow.commit()

    def _stage(self, shops: Sequence[OldShop]) -> ImportResult:
        parts = list(self._staged(shops, BatchState.STAGED).values())
        with self._store.look(self._actor) as uow:
            return self._run.result(Staging(uow.connection, is_sqlite=self._is_sqlite), parts, is_trial=False)

    def _beside_others(self, shops: Sequence[OldShop]) -> ImportResult:
        parts = list(self._staged(shops, BatchState.APPLYING).values())
        with own_tables(self._store.database) as connection:
            planned = Staging(connection, is_sqlite=self._is_sqlite)
            with at_once(connection, is_sqlite=self._is_sqlite):
                copy_staged(connection, [one.batch for one in parts], is_sqlite=self._is_sqlite)
                self._run.plan(planned, parts)
            self._run.apply_live(planned, parts)
        with self._store.look(self._actor) as uow:
            return self._run.result(Staging(uow.connection, is_sqlite=self._is_sqlite), parts, is_trial=False)


def _refuse_other_currency(uow: "UnitOfWork", order: ImportOrder) -> None:
    business = uow.businesses.get()
    if business.currency != order.currency:
        raise DomainError(
            "currency_differs",
            f"The shop counts in {business.currency}, the files in {order.currency}. "
            "Choose the files of this shop, or the currency that their amounts are in.",
            field="currency",
        )


@contextmanager
def roomy(database: Database) -> Iterator[None]:
    """What the block sorts goes to a file: it is as large as the files that are imported."""
    if database.is_sqlite:
        with database.connection(writes=False) as connection:
            connection.exec_driver_sql("PRAGMA temp_store=FILE")
    try:
        yield
    finally:
        if database.is_sqlite:
            with database.connection(writes=False) as connection:
                connection.exec_driver_sql("PRAGMA temp_store=MEMORY")
