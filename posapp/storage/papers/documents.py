"""Papers as they were on their day, and the queue they are printed from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select, text

from posapp.domain.base.clock import from_us
from posapp.storage.base.quick import beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.papers.tables import document, print_job

_LATEST = (
    select(document)
    .where(
        and_(
            document.c.business_id == bindparam("business"),
            document.c.number == bindparam("number"),
            document.c.kind == bindparam("kind_key"),
        )
    )
    .order_by(document.c.id.desc())
    .limit(1)
)
_COPIES = select(func.coalesce(func.max(print_job.c.copy), 0)).where(
    and_(print_job.c.business_id == bindparam("business"), print_job.c.document_id == bindparam("document"))
)
_JOBS = select(print_job, document.c.number, document.c.snapshot, document.c.business_id).join(
    document, linked(print_job.c.document_id, document)
)
_IS_OPEN = text("print_job.state IN ('queued', 'failed')")
"""As written in the partial index: SQLite does not see that values given aside mean the same."""
_OPEN = _JOBS.where(
    and_(
        print_job.c.business_id == bindparam("business"),
        print_job.c.till == bindparam("till_name"),
        _IS_OPEN,
    )
).order_by(print_job.c.id)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A paper: `snapshot` is the JSON that `domain.documents` reads."""

    id: int
    kind: str
    number: str
    customer_id: int | None
    snapshot: str
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One paper on its way to a printer or a file; `copy` 1 is the original.

    The number is only settled when the job is done: what comes out first has the lowest.
    """

    id: int
    document_id: int
    number: str
    snapshot: str
    copy: int
    paper: str
    output: str
    till: str
    printer: str
    state: str
    problem: str
    attempts: int
    created_at: datetime
    created_by: str


class Documents(Repository):
    """The papers of one business."""

    def add(
        self, kind: str, number: str, snapshot: str, *, customer_id: int | None, booking_id: int | None
    ) -> int:
        """Keep a paper and return its key."""
        return self._add(
            document,
            {
                "kind": kind,
                "number": number,
                "customer_id": customer_id,
                "booking_id": booking_id,
                "snapshot": snapshot,
                "created_at": self._at,
                "created_by": self._by,
            },
        )

    def latest(self, number: str, kind: str) -> StoredDocument | None:
        """The latest paper of that kind of a booking or ticket."""
        row = self._connection.execute(
            _LATEST, {"business": self._business, "number": number, "kind_key": kind}
        ).first()
        if row is None:
            return None
        return StoredDocument(
            row.id,
            row.kind,
            row.number,
            row.customer_id,
            row.snapshot,
            from_us(row.created_at),
            row.created_by,
        )

    def keys_of_booking(self, booking_id: int) -> list[int]:
        """The papers of a booking, oldest first."""
        here = and_(beside(document.c.business_id) == self._business, document.c.booking_id == booking_id)
        found = select(document.c.id).where(here).order_by(document.c.id)
        return list(self._connection.execute(found).scalars())

    def jobs_of(self, document_id: int) -> list[PrintJob]:
        """All jobs of a paper, in the order of their copies."""
        here = and_(beside(print_job.c.business_id) == self._business, print_job.c.document_id == document_id)
        return [_job(row) for row in self._connection.execute(_JOBS.where(here).order_by(print_job.c.copy))]

    def renumber(self, key: int, copy: int) -> None:
        """A job takes another copy number; no other job of its paper may have it."""
        self._change(print_job, key, {"copy": copy})

    def copies(self, document_id: int) -> int:
        """The highest copy number of a paper: of what came out, may come out, or was given up."""
        copies: int = self._connection.execute(
            _COPIES, {"business": self._business, "document": document_id}
        ).scalar_one()
        return copies

    def add_job(
        self,
        document_id: int,
        copy: int,
        *,
        paper: str,
        output: str,
        till: str,
        printer: str,
        state: str = "queued",
    ) -> int:
        """Put a paper into the queue and return the job's key."""
        return self._add(
            print_job,
            {
                "document_id": document_id,
                "copy": copy,
                "paper": paper,
                "output": output,
                "till": till,
                "printer": printer,
                "state": state,
                "created_at": self._at,
                "created_by": self._by,
                "updated_at": self._at,
            },
        )

    def job(self, key: int) -> PrintJob | None:
        """One job of this business."""
        row = self._connection.execute(
            _JOBS.where(and_(print_job.c.id == key, print_job.c.business_id == self._business))
        ).first()
        return _job(row) if row else None

    def open_jobs(self, till: str) -> list[PrintJob]:
        """What a till still has to print, oldest first; failed ones included."""
        return [
            _job(row)
            for row in self._connection.execute(_OPEN, {"business": self._business, "till_name": till})
        ]

    def begin(self, seen: PrintJob, problem: str) -> bool:
        """Note that a job is being done now, as "failed" until it is settled; False if somebody else did so.

        A job for which `problem` is empty stays queued: doing it twice does no harm.
        """
        state = "failed" if problem else seen.state
        as_seen = and_(
            print_job.c.id == seen.id,
            print_job.c.state == seen.state,
            print_job.c.attempts == seen.attempts,
        )
        values = {"state": state, "problem": problem, "attempts": seen.attempts + 1, "updated_at": self._at}
        return self._change(print_job, as_seen, values) == 1

    def rename_till(self, before: str, after: str) -> list[int]:
        """What a till still has to print belongs to it under its new name; the keys of those jobs."""
        keys = [job.id for job in self.open_jobs(before)]
        if keys:
            self._change(print_job, print_job.c.id.in_(keys), {"till": after})
        return keys

    def settle(self, key: int, state: str, problem: str = "", printer: str | None = None) -> None:
        """Note what became of a job."""
        values: dict[str, Any] = {"state": state, "problem": problem, "updated_at": self._at}
        if printer is not None:
            values["printer"] = printer
        self._change(print_job, key, values)


def _job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        row.id,
        row.document_id,
        row.number,
        row.snapshot,
        row.copy,
        row.paper,
        row.output,
        row.till,
        row.printer,
        row.state,
        row.problem,
        row.attempts,
        from_us(row.created_at),
        row.created_by,
    )
