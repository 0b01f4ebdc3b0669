"""Estimates with their lines, and the warranties that start when a repaired device is handed back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, or_, select

from posapp.domain.base.clock import from_us, to_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.repairs.estimates import DAY, Estimate, EstimateLine, EstimateStatus, Warranty
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked, moment_of
from posapp.storage.repairs.tables import estimate, estimate_line, job, ticket, warranty, warranty_claim
from posapp.storage.repairs.tickets import customer_of

_CLAIMS = (
    select(func.count())
    .where(linked(warranty_claim.c.warranty_id, warranty))
    .correlate(warranty)
    .scalar_subquery()
    .label("claims")
)
_HERE = and_(estimate.c.business_id == bindparam("business"), estimate.c.ticket_id == bindparam("ticket"))
_OF_TICKET = Hot(select(estimate).where(_HERE).order_by(estimate.c.version.desc()))
_WARRANTIES = (
    select(warranty, ticket.c.number, _CLAIMS)
    .join(job, linked(warranty.c.line_job_id, job))
    .join(ticket, linked(job.c.ticket_id, ticket))
    .where(warranty.c.business_id == bindparam("business"))
    .order_by(warranty.c.ends_at.desc(), warranty.c.id)
)
_BROUGHT = job.alias("brought")
_WARRANTY = Hot(_WARRANTIES.where(warranty.c.id == bindparam("key")))
_ON_DEVICE = Hot(_WARRANTIES.where(warranty.c.device_id == bindparam("key")))
_ON_TICKET = Hot(
    _WARRANTIES.where(
        warranty.c.device_id.in_(
            select(_BROUGHT.c.device_id).where(
                and_(
                    _BROUGHT.c.business_id == bindparam("business"), _BROUGHT.c.ticket_id == bindparam("key")
                )
            )
        )
    )
)


class Estimates(Repository):
    """The estimates and warranties of one business."""

    def of_ticket(self, ticket_id: int) -> list[Estimate]:
        """All versions, the newest first."""
        keys = {"business": self._business, "ticket": ticket_id}
        rows = self._connection.execute(_OF_TICKET, keys).all()
        lines = self._lines([row.id for row in rows]) if rows else {}
        return [_estimate(row, tuple(lines.get(row.id, ()))) for row in rows]

    def _on(self, ticket_id: int) -> ColumnElement[bool]:
        return and_(estimate.c.business_id == self._business, estimate.c.ticket_id == ticket_id)

    def _lines(self, keys: Sequence[int]) -> dict[int, list[EstimateLine]]:
        rows = self._connection.execute(
            select(estimate_line, job.c.position.label("job_position"))
            .join(job, linked(estimate_line.c.job_id, job))
            .where(
                and_(
                    estimate_line.c.business_id == self._business,
                    estimate_line.c.estimate_id.in_(keys),
                )
            )
            .order_by(estimate_line.c.estimate_id, estimate_line.c.position)
        )
        found: dict[int, list[EstimateLine]] = {}
        for row in rows:
            found.setdefault(row.estimate_id, []).append(_line(row))
        return found

    def add(self, ticket_id: int, lines: Sequence[dict[str, Any]]) -> int:
        """Keep a new version that asks for an answer; one that still waited is replaced. Returns its key."""
        self._replace(ticket_id, estimate.c.status == EstimateStatus.ASKED.value)
        last = select(func.coalesce(func.max(estimate.c.version), 0)).where(self._on(ticket_id))
        key = self._add(
            estimate,
            {
                "ticket_id": ticket_id,
                "customer_id": customer_of(self._connection, self._business, ticket_id),
                "version": self._connection.execute(last).scalar_one() + 1,
                "status": EstimateStatus.ASKED.value,
                "total_minor": sum(line["amount_minor"] for line in lines),
                "created_at": self._at,
                "created_by": self._by,
            },
        )
        for place, line in enumerate(lines, start=1):
            self._add(estimate_line, {**line, "estimate_id": key, "position": place})
        return key

    def _replace(self, ticket_id: int, which: ColumnElement[bool]) -> None:
        replaced = {"status": EstimateStatus.REPLACED.value}
        self._change(estimate, and_(estimate.c.ticket_id == ticket_id, which), replaced)

    def answer(
        self,
        key: int,
        status: EstimateStatus,
        *,
        by: str,
        how: str,
        limit_minor: int | None,
        at: datetime | None = None,
    ) -> None:
        """Note what the customer said (`at`: now unless given), to whom and how."""
        self._change(
            estimate,
            key,
            {
                "status": status.value,
                "answered_by": by,
                "answered_how": how,
                "answered_at": to_us(at) if at else self._at,
                "limit_minor": limit_minor,
                "recorded_by": self._by,
            },
        )

    def replace_others(self, ticket_id: int, key: int) -> None:
        """Let one version hold: whatever was approved before it gives way."""
        approved = estimate.c.status == EstimateStatus.APPROVED.value
        self._replace(ticket_id, and_(estimate.c.id != key, approved))

    # -- warranties ----------------------------------------------------------------------------------
    def start_warranties(self, job_id: int, device_id: int, now: datetime) -> None:
        """Start the warranty of each agreed line of a job that carries one."""
        for row in self._agreed(job_id):
            if not row.warranty_days:
                continue
            self._add(
                warranty,
                {
                    "line_job_id": job_id,
                    "device_id": device_id,
                    "text": row.text,
                    "starts_at": to_us(now),
                    "ends_at": to_us(now + row.warranty_days * DAY),
                },
            )

    def _agreed(self, job_id: int) -> list[Row[Any]]:
        """The lines of the newest agreed version that prices a device.

        One that gave way holds on for a device that had left before the newer one came, and kept its price.
        """
        rows = self._connection.execute(
            select(estimate_line.c.text, estimate_line.c.warranty_days, estimate.c.version)
            .join(estimate, linked(estimate_line.c.estimate_id, estimate))
            .join(job, linked(estimate_line.c.job_id, job))
            .where(
                and_(
                    estimate_line.c.business_id == self._business,
                    estimate_line.c.job_id == job_id,
                    or_(
                        estimate.c.status == EstimateStatus.APPROVED.value,
                        and_(
                            estimate.c.status == EstimateStatus.REPLACED.value,
                            estimate.c.answered_at.is_not(None),
                            job.c.price_minor.is_not(None),
                        ),
                    ),
                )
            )
            .order_by(estimate.c.version.desc(), estimate_line.c.position)
        ).all()
        return [row for row in rows if row.version == rows[0].version]

    def take_back_warranties(self, job_id: int) -> None:
        """A hand-back is undone: what nobody has claimed yet starts anew with the next one."""
        claimed = exists().where(linked(warranty_claim.c.warranty_id, warranty))
        unclaimed = and_(warranty.c.business_id == self._business, warranty.c.line_job_id == job_id, ~claimed)
        self._connection.execute(delete(warranty).where(unclaimed))

    def warranties_of(self, device_id: int) -> list[Warranty]:
        """Every warranty on a device, the one that lasts longest first."""
        return self._warranties(_ON_DEVICE, device_id)

    def warranties_on_ticket(self, ticket_id: int) -> list[Warranty]:
        """Every warranty on the devices of a ticket, the one that lasts longest first."""
        return self._warranties(_ON_TICKET, ticket_id)

    def warranty(self, key: int) -> Warranty | None:
        """One warranty."""
        return next(iter(self._warranties(_WARRANTY, key)), None)

    def _warranties(self, asked: Hot, key: int) -> list[Warranty]:
        rows = self._connection.execute(asked, {"business": self._business, "key": key})
        return [
            Warranty(
                row.id,
                number_text(Letter.TICKET, row.number),
                row.device_id,
                row.text,
                from_us(row.starts_at),
                from_us(row.ends_at),
                row.claims,
            )
            for row in rows
        ]


def _estimate(row: Row[Any], lines: tuple[EstimateLine, ...]) -> Estimate:
    return Estimate(
        row.id,
        row.version,
        EstimateStatus(row.status),
        row.total_minor,
        row.limit_minor,
        row.answered_by,
        row.answered_how,
        moment_of(row.answered_at),
        row.recorded_by,
        from_us(row.created_at),
        row.created_by,
        lines,
    )


def _line(row: Row[Any]) -> EstimateLine:
    return EstimateLine(
        row.id,
        row.job_id,
        row.job_position,
        row.item_id,
        row.text,
        row.quantity,
        row.unit_minor,
        row.amount_minor,
        row.warranty_days,
    )
