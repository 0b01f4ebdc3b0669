"""What customers were told, and the devices that nobody collects."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select

from posapp.domain.base.clock import from_us, to_us
from posapp.domain.repairs.informing import ContactHow, ContactKind, ContactLine
from posapp.domain.repairs.tickets import BoardCard
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.repairs.board import CARDS, IS_HERE
from posapp.storage.repairs.tables import contact_log, job
from posapp.storage.repairs.tickets import customer_of

_OF_TICKET = Hot(
    select(contact_log)
    .where(
        and_(
            contact_log.c.business_id == bindparam("business"),
            contact_log.c.ticket_id == bindparam("ticket"),
        )
    )
    .order_by(contact_log.c.id.desc())
)


class Informing(Repository):
    """The contact log of one business."""

    def of_ticket(self, ticket_id: int) -> list[ContactLine]:
        """Every time the customer of a ticket was told something, the latest first."""
        rows = self._connection.execute(_OF_TICKET, {"business": self._business, "ticket": ticket_id})
        return [
            ContactLine(
                row.id,
                ContactKind(row.kind),
                ContactHow(row.how),
                row.words,
                row.answer,
                row.step,
                from_us(row.created_at),
                row.created_by,
            )
            for row in rows
        ]

    def add(
        self, ticket_id: int, kind: ContactKind, how: ContactHow, *, words: str, answer: str, step: int = 0
    ) -> None:
        """Note that the customer was told something."""
        values: dict[str, Any] = {
            "ticket_id": ticket_id,
            "customer_id": customer_of(self._connection, self._business, ticket_id),
            "kind": kind.value,
            "how": how.value,
            "words": words,
            "answer": answer,
            "step": step,
            "created_at": self._at,
            "created_by": self._by,
        }
        self._add(contact_log, values)

    def waiting(self, states: list[int], until: datetime) -> list[BoardCard]:
        """What is here in one of the states since before a moment, the longest waiting first."""
        rows = self._connection.execute(
            CARDS.where(
                and_(
                    job.c.business_id == self._business,
                    IS_HERE,
                    job.c.state_id.in_(states),
                    job.c.state_since <= to_us(until),
                )
            ).order_by(job.c.state_since, job.c.id)
        )
        return [BoardCard(*row) for row in rows]

    def reminders(self, ticket_ids: list[int]) -> dict[int, list[datetime]]:
        """When each reminder went out, by ticket."""
        found: dict[int, list[datetime]] = {}
        for keys in in_parts(ticket_ids):
            rows = self._connection.execute(
                select(contact_log.c.ticket_id, contact_log.c.created_at)
                .where(
                    and_(
                        contact_log.c.business_id == self._business,
                        contact_log.c.ticket_id.in_(keys),
                        contact_log.c.kind == ContactKind.REMINDER.value,
                    )
                )
                .order_by(contact_log.c.id)
            )
            for row in rows:
                found.setdefault(row.ticket_id, []).append(from_us(row.created_at))
        return found
