"""Photos of devices, each kept once as a JPEG."""

from typing import Any

from sqlalchemy import Row, and_, bindparam, select

from posapp.domain.base.clock import from_us
from posapp.domain.repairs.photos import Photo
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.repairs.tables import job, photo

_ROWS = select(
    photo.c.id,
    photo.c.job_id,
    photo.c.hash,
    photo.c.width,
    photo.c.height,
    photo.c.created_at,
    photo.c.created_by,
    photo.c.removed_at,
).join(job, linked(photo.c.job_id, job))
_OF_TICKET = Hot(
    _ROWS.where(
        and_(
            beside(photo.c.business_id) == bindparam("business"),
            job.c.ticket_id == bindparam("ticket"),
            photo.c.removed_at.is_(None),
        )
    ).order_by(photo.c.id)
)


class Photos(Repository):
    """The photos of one business; a removed one stays and can be brought back."""

    def of_ticket(self, ticket_id: int) -> list[Photo]:
        """The photos of a ticket's devices without the removed ones, the oldest first."""
        rows = self._connection.execute(_OF_TICKET, {"business": self._business, "ticket": ticket_id})
        return [_photo(row) for row in rows]

    def same(self, job_id: int, digest: str) -> Photo | None:
        """The photo of a device with this hash, removed or not."""
        return next(iter(self._photos(and_(photo.c.job_id == job_id, photo.c.hash == digest))), None)

    def get(self, key: int) -> Photo | None:
        """One photo."""
        return next(iter(self._photos(photo.c.id == key)), None)

    def _photos(self, which: Any) -> list[Photo]:
        wanted = _ROWS.where(and_(photo.c.business_id == self._business, which)).order_by(photo.c.id)
        return [_photo(row) for row in self._connection.execute(wanted)]

    def pixels(self, key: int) -> bytes | None:
        """The JPEG of a photo."""
        found: bytes | None = self._connection.execute(
            select(photo.c.jpeg).where(and_(photo.c.business_id == self._business, photo.c.id == key))
        ).scalar()
        return found

    def ticket_of(self, key: int) -> int | None:
        """The key of the ticket that a photo belongs to."""
        found: int | None = self._connection.execute(
            select(job.c.ticket_id)
            .join(photo, linked(photo.c.job_id, job))
            .where(and_(photo.c.business_id == self._business, photo.c.id == key))
        ).scalar()
        return found

    def add(self, job_id: int, *, digest: str, jpeg: bytes, width: int, height: int) -> int:
        """Keep a photo and return its key."""
        return self._add(
            photo,
            {
                "job_id": job_id,
                "hash": digest,
                "jpeg": jpeg,
                "width": width,
                "height": height,
                "created_at": self._at,
                "created_by": self._by,
            },
        )

    def set_removed(self, key: int, *, is_removed: bool) -> None:
        """Take a photo off its device, or bring it back."""
        self._change(photo, key, {"removed_at": self._at if is_removed else None})


def _photo(row: Row[Any]) -> Photo:
    return Photo(
        row.id,
        row.job_id,
        row.hash,
        row.width,
        row.height,
        from_us(row.created_at),
        row.created_by,
        row.removed_at is not None,
    )
