"""Estimates with their lines, and the warranties that start when a repaired device is handed back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from posapp.domain.clock import from_us, to_us
from posapp.storage.repair_tables import estimate, estimate_line, job, ticket, warranty, warranty_claim

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """A priced line; amounts are in minor units and stored, never computed again."""

    id: int
    job_id: int
    item_id: int | None
    text: str
    quantity: int
    unit_minor: int
    amount_minor: int
    warranty_days: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """One version of a ticket's estimate and what the customer answered."""

    id: int
    version: int
    status: str
    total_minor: int
    limit_minor: int | None
    answered_by: str
    answered_how: str
    answered_at: datetime | None
    recorded_by: str
    created_at: datetime
    created_by: str
    lines: tuple[EstimateLine, ...]


@dataclass(frozen=True, slots=True)
class Warranty:
    """A guarantee on one line of a repair; `claims` counts the jobs that leaned on it."""

    id: int
    number: str
    text: str
    starts_at: datetime
    ends_at: datetime
    claims: int


class Estimates:
    """The estimates and warranties of one business."""

    def __init__(self, connection: Connection, business: int, stamp: tuple[int, str]) -> None:
        self._connection = connection
        self._business = business
        self._at, self._by = stamp

    def of_ticket(self, ticket_id: int) -> list[Estimate]:
        """All versions, the newest first."""
        rows = self._connection.execute(
            select(estimate).where(estimate.c.ticket_id == ticket_id).order_by(estimate.c.version.desc())
        ).all()
        lines = self._lines([row.id for row in rows])
        return [
            Estimate(
                row.id,
                row.version,
                row.status,
                row.total_minor,
                row.limit_minor,
                row.answered_by,
                row.answered_how,
                from_us(row.answered_at) if row.answered_at is not None else None,
                row.recorded_by,
                from_us(row.created_at),
                row.created_by,
                tuple(lines.get(row.id, ())),
            )
            for row in rows
        ]

    def _lines(self, keys: Sequence[int]) -> dict[int, list[EstimateLine]]:
        rows = self._connection.execute(
            select(estimate_line)
            .where(estimate_line.c.estimate_id.in_(keys))
            .order_by(estimate_line.c.estimate_id, estimate_line.c.position)
        )
        found: dict[int, list[EstimateLine]] = {}
        for row in rows:
            found.setdefault(row.estimate_id, []).append(
                EstimateLine(
                    row.id,
                    row.job_id,
                    row.item_id,
                    row.text,
                    row.quantity,
                    row.unit_minor,
                    row.amount_minor,
                    row.warranty_days,
                )
            )
        return found

    def add(self, ticket_id: int, lines: Sequence[dict[str, Any]]) -> int:
        """Keep a new version that asks for an answer; the one before is replaced. Returns the version."""
        self._connection.execute(
            update(estimate)
            .where(and_(estimate.c.ticket_id == ticket_id, estimate.c.status == "asked"))
            .values(status="replaced")
        )
        last = select(func.coalesce(func.max(estimate.c.version), 0)).where(estimate.c.ticket_id == ticket_id)
        version = self._connection.execute(last).scalar_one() + 1
        made = self._connection.execute(
            insert(estimate),
            {
                "ticket_id": ticket_id,
                "version": version,
                "status": "asked",
                "total_minor": sum(line["amount_minor"] for line in lines),
                "created_at": self._at,
                "created_by": self._by,
            },
        ).inserted_primary_key
        assert made is not None
        rows = [
            {**line, "estimate_id": made[0], "position": place} for place, line in enumerate(lines, start=1)
        ]
        if rows:
            self._connection.execute(insert(estimate_line), rows)
        return int(version)

    def answer(self, key: int, status: str, *, by: str, how: str, limit_minor: int | None) -> None:
        """Note what the customer said, to whom and how."""
        self._connection.execute(
            update(estimate)
            .where(estimate.c.id == key)
            .values(
                status=status,
                answered_by=by,
                answered_how=how,
                answered_at=self._at,
                limit_minor=limit_minor,
                recorded_by=self._by,
            )
        )

    # -- warranties ----------------------------------------------------------------------------------
    def start_warranties(self, job_id: int, device_id: int, now: datetime) -> None:
        """Start the warranty of each approved line of a job that carries one."""
        approved = (
            select(estimate_line.c.text, estimate_line.c.warranty_days)
            .join(estimate, estimate.c.id == estimate_line.c.estimate_id)
            .where(
                and_(
                    estimate_line.c.job_id == job_id,
                    estimate.c.status == "approved",
                    estimate_line.c.warranty_days > 0,
                )
            )
        )
        for row in self._connection.execute(approved).all():
            self._connection.execute(
                insert(warranty),
                {
                    "line_job_id": job_id,
                    "device_id": device_id,
                    "text": row.text,
                    "starts_at": to_us(now),
                    "ends_at": to_us(now + row.warranty_days * DAY),
                },
            )

    def warranties_of(self, device_id: int) -> list[Warranty]:
        """Every warranty on a device, the newest first."""
        claims = (
            select(func.count())
            .where(warranty_claim.c.warranty_id == warranty.c.id)
            .correlate(warranty)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(warranty, ticket.c.number, claims.label("claims"))
            .join(job, job.c.id == warranty.c.line_job_id)
            .join(ticket, ticket.c.id == job.c.ticket_id)
            .where(and_(ticket.c.business_id == self._business, warranty.c.device_id == device_id))
            .order_by(warranty.c.ends_at.desc())
        )
        return [
            Warranty(
                row.id, f"T{row.number}", row.text, from_us(row.starts_at), from_us(row.ends_at), row.claims
            )
            for row in rows
        ]
