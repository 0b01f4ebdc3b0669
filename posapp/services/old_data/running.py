"""One import from its files to the shop: stage, plan, apply.

* *A shop without any customer* gets everything in one transaction, with indexes and search words at its end.
* *A working shop* gets staged rows in portions; the plan is made beside it, in tables that only this import
  sees, and then applied in portions of at most 5,000 rows that keep no other till waiting for long. Each
  looks again under the lock: a number that another till gave to somebody meanwhile is found, an ID that the
  same import brought from another till is passed over: two imports of one file end with one record each.
* *A trial* stages and plans in tables of its own and says what the plan comes to.

An import that was interrupted is planned anew from its staged rows: what it has brought already is known.
"""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL
from posapp.domain.base.spans import Spans, joined, spans_of
from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.batches import result_text
from posapp.domain.old_data.imports import (
    BatchState,
    ImportFile,
    ImportOrder,
    ImportProgress,
    ImportResult,
    PastKind,
    RowSight,
)
from posapp.domain.old_data.staging import Role, StagedRow
from posapp.services.old_data.applying import people_of
from posapp.services.old_data.pace import MOST_ROWS, Pace
from posapp.services.old_data.planning import Planned, plan
from posapp.services.old_data.portions import PeoplePortion
from posapp.services.old_data.reading_systems import FileReader, Refused
from posapp.services.old_data.sighting import unused_columns
from posapp.services.old_data.systems import OldSystem
from posapp.services.old_data.updating import PORTION, Updates, update
from posapp.storage.base.records import weigh
from posapp.storage.base.tables import metadata
from posapp.storage.old_data.bulk import BulkLoad, words_at_the_end
from posapp.storage.old_data.figures_of_plan import PlanFigures, figures_of
from posapp.storage.old_data.row_sights import shown_rows
from posapp.storage.old_data.staging import Staging
from posapp.storage.old_data.tables import legacy_id
from posapp.storage.old_data.writing import BY_KEY, Mark, Writing

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
FRESH_GROUPS = 5_000
MOST_NOTES = 100_000
"""So many rows that are refused, and so many warnings, a result names; all of them stand in its batch."""
Progress = Callable[[ImportProgress], None]
Cancelled = Callable[[], bool]


@dataclass(slots=True)
class Part:
    """One batch of a run; a trial has a number for it that no batch has."""

    batch: int
    business: int
    region: str
    figures: PlanFigures | None = None
    next_pl: int = 0
    spans: dict[str, Spans] = field(default_factory=dict)
    """The keys of what was made, by table."""


class Run:
    """One import; `parts` are its batches by the ID of the old business that each brings."""

    def __init__(
        self,
        store: "Store",
        actor: Actor,
        system: OldSystem,
        order: ImportOrder,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._store, self._actor = store, actor
        self.system, self._order = system, order
        self._progress, self._cancelled = progress, cancelled
        self._is_sqlite = store.database.is_sqlite
        self.people = [one.name for one in system.collections if not (one.past)]
        self.kinds: dict[str, PastKind] = {
            one.name: one.past for one in system.collections if one.past is not None
        }
        owners = [name for one in system.collections if one.role is Role.PAST for name in one.owners]
        self.owners = tuple(dict.fromkeys(owners))
        self.key = secrets.token_hex(8)
        self.files: list[ImportFile] = []
        self.names: list[str] = []
        self.rows = 0
        self.highest_pl = 0
        self.unused: tuple[str, ...] = ()

    # -- telling -----------------------------------------------------------------------------------
    def tell(self, said: ImportProgress) -> None:
        """Say how far it is; ends it where somebody wants that."""
        if self._cancelled is not None and self._cancelled():
            raise DomainError("stopped", "Stopped. Nothing was kept.")
        if self._progress is not None:
            self._progress(said)

    # -- staging -----------------------------------------------------------------------------------
    def stage(
        self,
        reader: FileReader,
        parts: Mapping[str, Part],
        portion: Callable[[], AbstractContextManager[Staging]],
    ) -> None:
        """Read the files into staged rows; `portion` gives what one portion of them is written with."""
        owners = {part.batch: part.business for part in parts.values()}
        first = next(iter(parts.values()))
        shops = {code: (part.batch, part.region) for code, part in parts.items()}

        def keep(rows: list[StagedRow], refused: list[Refused]) -> None:
            if rows or refused:
                with portion() as staging:
                    staging.stage(rows, owners)
                    staging.note(first.business, first.batch, "rejected", refused)

        keep([], reader.found.refused)
        found = reader.stage(shops, first.batch, keep)
        self.files, self.names, self.rows = found.files, reader.names, found.rows
        self.unused = unused_columns(tuple(found.columns), self._order.mapping)
        self.highest_pl = found.highest_pl

    # -- planning ----------------------------------------------------------------------------------
    def plan(self, staging: Staging, parts: Sequence[Part]) -> None:
        """Work out what becomes of the rows, and what that comes to."""
        self.tell(ImportProgress("plan", 0, 0))
        plan(staging, self.system, [Planned(one.batch, one.business) for one in parts], self.names)
        for part in parts:
            part.figures = figures_of(staging, part.batch, self.people, list(self.kinds))

    def next_pl(self, staging: Staging, part: Part) -> int:
        """The PL number that the next new customer would get after a trial."""
        last = staging.scalar(
            "SELECT last FROM counter WHERE business_id = :shop AND name = 'PL'", shop=part.business
        )
        figures = part.figures
        new = figures.created - figures.kept if figures is not None else 0
        return max(last, self.highest_pl) + new + 1

    def result(self, staging: Staging, parts: Sequence[Part], *, is_trial: bool) -> ImportResult:
        """What was done, or would be."""
        batches = [part.batch for part in parts]
        figures = [part.figures for part in parts if part.figures is not None]
        single = parts[0] if len(parts) == 1 else None
        return ImportResult(
            self._order.system,
            () if is_trial else tuple(batches),
            rows=self.rows,
            created=sum(one.created for one in figures),
            matched=sum(one.matched for one in figures),
            twice=sum(one.twice for one in figures),
            without_phone=sum(one.without_phone for one in figures),
            known=sum(one.known for one in figures),
            past=sum(one.past for one in figures),
            rejected=tuple(staging.notes(batches, "rejected", MOST_NOTES)),
            rejected_count=staging.count_notes(batches, "rejected"),
            warnings=tuple(staging.notes(batches, "warning", MOST_NOTES)),
            warning_count=staging.count_notes(batches, "warning"),
            next_pl=str(PlId(single.next_pl)) if single is not None and single.next_pl else "",
            updated=staging.count_rows_noted(batches, "update"),
            updates=tuple(staging.notes(batches, "update", MOST_NOTES)),
            unused_columns=self.unused,
            is_trial=is_trial,
        )

    def shown(self, staging: Staging, parts: Sequence[Part]) -> tuple[RowSight, ...]:
        """Some rows behind each figure, as they are planned."""
        past = list(self.kinds)
        found = (shown_rows(staging, one.batch, self.people, past, self.names) for one in parts)
        return tuple(row for rows in found for row in rows)

    # -- applying ----------------------------------------------------------------------------------
    @property
    def _without_phone(self) -> str:
        return f"Came without a phone from {self._order.system.called}."

    def _mark(self, uow: "UnitOfWork", part: Part) -> Mark:
        batch = uow.batches.get(part.batch)
        assert batch is not None
        day = uow.businesses.get().packed_day_of(batch.made_at)
        return Mark(part.business, part.batch, self._order.system, to_us(batch.made_at), batch.made_by, day)

    def _begin(self, uow: "UnitOfWork", planned: Writing, part: Part) -> None:
        """Give way to the PL IDs that customers bring along; the journal tells which numbers are left out."""
        if not self.highest_pl:
            return
        before = uow.counters.hold(PL)
        after = max(before, self.highest_pl)
        if after > before:
            uow.counters.set(PL, after)
        kept = planned.kept_spans()
        if kept or after > before:
            told: dict[str, object] = {"pl_kept": kept, "pl_left_out": [before + 1, after]}
            uow.journal.add(Action.IMPORT_BEGUN, "import", part.batch, after=told)

    def _finish(self, uow: "UnitOfWork", staging: Staging, part: Part) -> None:
        """The batch is applied: its figures, and the one entry that tells of it."""
        part.next_pl = uow.counters.hold(PL) + 1
        if part.figures is not None:
            made = uow.batches.made(part.batch).count("customer")
            part.figures = replace(part.figures, created=made, past=uow.batches.past_of(part.batch))
        result = self.result(staging, [part], is_trial=False)
        uow.batches.settle(part.batch, BatchState.APPLIED, result=result_text(result))
        told: dict[str, object] = {
            "system": self._order.system.value,
            "files": [[one.name, one.digest, one.rows] for one in self.files],
            "customers": result.created,
            "past": result.past,
            "rejected": result.rejected_count,
        }
        uow.journal.add(Action.IMPORT_APPLIED, "import", part.batch, ref=self.key, after=told)

    # -- a shop without any customer ---------------------------------------------------------------
    def apply_fresh(self, uow: "UnitOfWork", parts: Sequence[Part]) -> None:
        """Everything in the one transaction of `uow`, which has staged and planned it, too."""
        staging = Staging(uow.connection, is_sqlite=self._is_sqlite)
        load = BulkLoad(uow.connection, is_sqlite=self._is_sqlite)
        load.prepare()
        for part in parts:
            self._people_fresh(uow, staging, part)
        load.index(legacy_id)
        for part in parts:
            self.tell(ImportProgress("apply", 0, 0))
            self._as(uow, part)
            if self.kinds:
                Writing(staging, self._mark(uow, part)).put_all_past(self.kinds, self.owners)
        steps = load.finishing()
        for done, step in enumerate(steps):
            self.tell(ImportProgress("index", done, len(steps)))
            step()
        for part in parts:
            self._as(uow, part)
            uow.batches.note_spans(part.batch, part.spans)
            self._finish(uow, staging, part)
        self._as(uow, parts[0])
        uow.facts.note_all()
        uow.journal.count_all()

    def _people_fresh(self, uow: "UnitOfWork", staging: Staging, part: Part) -> None:
        self._as(uow, part)
        mark = self._mark(uow, part)
        writing = Writing(staging, mark)
        self._begin(uow, writing, part)
        places = writing.highest_place()
        for first in range(1, places + 1, FRESH_GROUPS):
            self.tell(ImportProgress("apply", first, places))
            rows = writing.groups(first, first + FRESH_GROUPS - 1)
            portion = PeoplePortion(uow, writing, mark, self._without_phone)
            made = portion.write(list(people_of(rows, self.system)), is_fresh=True)
            writing.settle(portion.portion)
            for table, keys in made.items():
                part.spans[table] = joined(part.spans.get(table, ()), spans_of(keys))

    def _as(self, uow: "UnitOfWork", part: Part) -> None:
        if uow.actor.business != part.business:
            uow.act_as(replace(self._actor, business=part.business))

    # -- a working shop ----------------------------------------------------------------------------
    def apply_live(self, planned: Staging, parts: Sequence[Part]) -> None:
        """Portion by portion beside other tills; `planned` has the plan in tables of its own."""
        for part in parts:
            self._people_live(planned, part)
            self._update_live(planned, part)
        for part in parts:
            if self.kinds:
                self._past_live(planned, part)
        for part in parts:
            self._end_live(planned, part)

    @contextmanager
    def _portion(self, part: Part) -> Iterator["UnitOfWork"]:
        """A transaction in the business of a batch that is still being applied; the block commits."""
        with self._store.work(replace(self._actor, business=part.business)) as uow:
            batch = uow.batches.hold(part.batch)
            if batch is None or batch.state is not BatchState.APPLYING:
                raise DomainError("batch_settled", f"Import {part.batch} was undone or finished elsewhere.")
            yield uow

    def _people_live(self, planned: Staging, part: Part) -> None:
        with self._portion(part) as uow:
            mark = self._mark(uow, part)
            reading = Writing(planned, mark)
            self._begin(uow, reading, part)
            uow.commit()
        pace, first, places = Pace(), 1, reading.highest_place()
        while first <= places:
            self.tell(ImportProgress("apply", first, places))
            last = first + pace.size - 1
            people = list(people_of(reading.groups(first, last), self.system))
            with self._portion(part) as uow, pace.measured():
                writing = Writing(Staging(uow.connection, is_sqlite=self._is_sqlite), mark)
                portion = PeoplePortion(uow, writing, mark, self._without_phone)
                with words_at_the_end(uow.connection, is_sqlite=self._is_sqlite):
                    made = portion.write(people, is_fresh=False)
                self._tell_many(uow, made)
                uow.batches.note_made(part.batch, {table: made[table] for table in BY_KEY if table in made})
                uow.commit()
            reading.settle(portion.portion)
            first = last + 1
            pace.wrote(portion.portion.size)

    def _updates(self, planned: Staging, part: Part) -> Updates:
        return Updates(planned, part.batch, part.business, self._order.system)

    def _update_live(self, planned: Staging, part: Part) -> None:
        """Customers of a table whose rows came before and say something else now."""
        if self._order.system.is_old:
            return
        for changed in self._updates(planned, part).portions():
            for first in range(0, len(changed), PORTION):
                self.tell(ImportProgress("apply", 0, 0))
                with self._portion(part) as uow:
                    notes = update(uow, changed[first : first + PORTION], self.names)
                    uow.commit()
                planned.note(part.business, part.batch, "update", notes)

    def tell_updates(self, staging: Staging, parts: Sequence[Part]) -> None:
        """What rows of a table that came before would change now."""
        for part in parts if not self._order.system.is_old else ():
            for notes in self._updates(staging, part).planned_notes(self.names):
                staging.note(part.business, part.batch, "update", notes)

    def _past_live(self, planned: Staging, part: Part) -> None:
        pace = Pace()
        with self._store.look(replace(self._actor, business=part.business)) as uow:
            mark = self._mark(uow, part)
        reading = Writing(planned, mark)
        first, end = reading.past_span(list(self.kinds))
        begin = first
        while first <= end:
            self.tell(ImportProgress("apply", first - begin, end - begin + 1))
            last = first + pace.size - 1
            rows = [row for row in reading.past(self.kinds, self.owners, first, last) if row[1]]
            with self._portion(part) as uow, pace.measured():
                writing = Writing(Staging(uow.connection, is_sqlite=self._is_sqlite), mark)
                keys = writing.put_past(rows)
                whose = {row[1] for row in rows}
                uow.facts.note(whose | set(writing.merged(sorted(whose)).values()))
                self._tell_many(uow, {"past_record": keys})
                uow.commit()
            first = last + 1
            pace.wrote(len(rows))

    def _tell_many(self, uow: "UnitOfWork", made: Mapping[str, Sequence[int]]) -> None:
        uow.journal.tell_many(
            added={
                name: weigh(
                    uow.connection,
                    metadata.tables[name],
                    keys,
                    business=uow.actor.business,
                    is_sqlite=self._is_sqlite,
                )
                for name, keys in made.items()
            }
        )

    def _end_live(self, planned: Staging, part: Part) -> None:
        """What is said of rows goes to the shop; then the batch is applied."""
        last = 0
        while notes := planned.notes_after(part.batch, last, MOST_ROWS):
            with self._portion(part) as uow:
                staging = Staging(uow.connection, is_sqlite=self._is_sqlite)
                staging.keep_notes(part.business, part.batch, notes)
                uow.commit()
            last = notes[-1][0]
        with self._portion(part) as uow:
            self._finish(uow, Staging(uow.connection, is_sqlite=self._is_sqlite), part)
            uow.commit()
