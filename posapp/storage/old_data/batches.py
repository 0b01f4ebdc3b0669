"""The batches of a business: what each import brought, how far it is, and what it said of rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, and_, delete, func, select, text

from posapp.domain.base.clock import from_us
from posapp.domain.base.spans import Spans
from posapp.domain.old_data.batches import Made, files_of, files_text, result_of
from posapp.domain.old_data.imports import Batch, BatchState, ImportFile, RowNote, System
from posapp.storage.base.journal import last_key
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now, moment_of
from posapp.storage.customers.tables import customer
from posapp.storage.old_data.tables import import_batch, import_note, past_record, staged_group, staged_record


class Batches(Repository):
    """The imports of one business."""

    def add(
        self, run: str, system: System, files: Iterable[ImportFile], settings: str, state: BatchState
    ) -> int:
        """A new one, its key."""
        values = {"run": run, "system": system.value, "state": state.value, "files": files_text(files)}
        made = Made(last_key(self._core, self._business)).text()
        stamps = made_now(self._at, self._by)
        return self._add(import_batch, {**values, "settings": settings, "made": made, **stamps})

    def get(self, key: int) -> Batch | None:
        """One with its figures, without what was said of rows."""
        row = self._row(key)
        return _batch(row) if row is not None else None

    def all(self) -> tuple[Batch, ...]:
        """All of them, the newest first."""
        here = import_batch.c.business_id == self._business
        rows = self._connection.execute(select(import_batch).where(here).order_by(import_batch.c.id.desc()))
        return tuple(_batch(row) for row in rows)

    def of_run(self, run: str) -> list[tuple[Batch, int, str]]:
        """The batches of one import, with the business and the settings of each: it may bring several."""
        asked = select(import_batch).where(import_batch.c.run == run).order_by(import_batch.c.id)
        return [(_batch(row), row.business_id, row.settings) for row in self._connection.execute(asked)]

    def hold(self, key: int) -> Batch | None:
        """Keep others from going on with it until this transaction ends."""
        row = self._row(key, is_held=True)
        return _batch(row) if row is not None else None

    def made(self, key: int) -> Made:
        """What it made."""
        row = self._row(key)
        return Made.read(row.made) if row is not None else Made()

    def note_made(self, key: int, keys: Mapping[str, Iterable[int]]) -> None:
        """It has made these records, too."""
        self.change(key, made=self.made(key).plus(keys).text())

    def note_spans(self, key: int, spans: Mapping[str, Spans]) -> None:
        """It has made the records with these keys, by table."""
        self.change(key, made=self.made(key).joined_with(spans).text())

    def change(self, key: int, **values: Any) -> None:
        """Change what stands on it."""
        self._change(import_batch, key, {**values, **changed_now(import_batch, self._at, self._by)})

    def settle(self, key: int, state: BatchState, **values: Any) -> None:
        """It is applied, or undone."""
        self.change(key, state=state.value, settled_at=self._at, **values)

    def keep_people_out(self) -> None:
        """Let no other till make a customer until this transaction ends; SQLite's writer is alone anyhow."""
        if not self._connection.is_direct:
            self._core.execute(text("LOCK TABLE customer IN EXCLUSIVE MODE"))

    def has_people(self) -> bool:
        """Whether there is a customer already, in whichever business."""
        return self._connection.execute(select(customer.c.id).limit(1)).first() is not None

    def past_of(self, key: int) -> int:
        """How many past records it brought that are here."""
        here = and_(past_record.c.business_id == self._business, past_record.c.batch_id == key)
        count: int = self._connection.execute(
            select(func.count()).select_from(past_record).where(here)
        ).scalar_one()
        return count

    def notes(self, key: int, kind: str, limit: int) -> tuple[RowNote, ...]:
        """What was said of its rows: "rejected", "warning" or "update"."""
        here = and_(
            import_note.c.business_id == self._business,
            import_note.c.batch_id == key,
            import_note.c.kind == kind,
        )
        order = import_note.c.file, import_note.c.row, import_note.c.id
        rows = self._connection.execute(select(import_note).where(here).order_by(*order).limit(limit))
        return tuple(RowNote(row.file, row.row, row.code, row.message) for row in rows)

    # -- emptying ------------------------------------------------------------------------------------
    def to_empty(self, before: int) -> list[int]:
        """Batches that were applied, undone or left staged before that moment and still have rows."""
        since = func.coalesce(import_batch.c.settled_at, import_batch.c.updated_at)
        due = and_(
            import_batch.c.business_id == self._business,
            import_batch.c.emptied_at.is_(None),
            import_batch.c.state.in_(("staged", "applied", "undone")),
            since < before,
        )
        return list(self._connection.execute(select(import_batch.c.id).where(due)).scalars())

    def empty(self, key: int, most: int) -> bool:
        """Take away some of its staged rows and, last, the rows as they came; whether that was all."""
        for table in (staged_record, staged_group):
            mine = and_(table.c.business_id == self._business, table.c.batch_id == key)
            asked = select(table.c.id).where(mine).order_by(table.c.id).limit(most)
            some = list(self._connection.execute(asked).scalars())
            if some:
                gone = and_(mine, table.c.id.between(some[0], some[-1]))
                self._connection.execute(delete(table).where(gone))
            if len(some) == most:
                return False
        said = and_(import_note.c.batch_id == key, import_note.c.raw != "")
        self._change(import_note, said, {"raw": ""})
        self.change(key, emptied_at=self._at)
        return True

    def _row(self, key: int, *, is_held: bool = False) -> Row[Any] | None:
        here = and_(import_batch.c.business_id == self._business, import_batch.c.id == key)
        asked = select(import_batch).where(here)
        row: Row[Any] | None = self._connection.execute(asked.with_for_update() if is_held else asked).first()
        return row


def _batch(row: Row[Any]) -> Batch:
    system = System(row.system)
    return Batch(
        row.id,
        row.run,
        system,
        BatchState(row.state),
        files_of(row.files),
        result_of(system, row.result, (row.id,)),
        from_us(row.created_at),
        row.created_by,
        moment_of(row.settled_at),
        from_us(row.updated_at),
    )
