"""The parts that repairs take of the catalogue."""

from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.repairs.parts import PartState, PartUse
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now
from posapp.storage.catalogue.tables import item
from posapp.storage.repairs.tables import job, part_use, ticket

_USES = (
    select(part_use, item.c.sku, item.c.name, ticket.c.number, job.c.position)
    .join(item, linked(part_use.c.item_id, item))
    .join(job, linked(part_use.c.job_id, job))
    .join(ticket, linked(job.c.ticket_id, ticket))
    .order_by(part_use.c.id)
)


class UseChange(TypedDict, total=False):
    """What changes of some pieces."""

    state: str
    quantity: int
    reason: str


class Parts(Repository):
    """What the repairs of one business use."""

    def of_ticket(self, ticket_id: int) -> list[PartUse]:
        """What the devices of a ticket took, in order of taking."""
        return self._uses(job.c.ticket_id == ticket_id)

    def reserved_for(self, job_id: int) -> list[PartUse]:
        """What is set aside for a device and not used yet."""
        return self._uses(and_(part_use.c.job_id == job_id, part_use.c.state == PartState.RESERVED.value))

    def holders_of(self, item_id: int) -> list[PartUse]:
        """What is set aside of an item, and for whom."""
        return self._uses(and_(part_use.c.item_id == item_id, part_use.c.state == PartState.RESERVED.value))

    def use(self, key: int) -> PartUse | None:
        """One of them."""
        return next(iter(self._uses(part_use.c.id == key)), None)

    def _uses(self, which: Any) -> list[PartUse]:
        wanted = _USES.where(and_(part_use.c.business_id == self._business, which))
        return [_use(row) for row in self._connection.execute(wanted)]

    def add_use(self, job_id: int, item_id: int, quantity: int, state: PartState, *, reason: str = "") -> int:
        """Note what became of some pieces; returns the key."""
        return self._add(
            part_use,
            {
                "job_id": job_id,
                "item_id": item_id,
                "quantity": quantity,
                "state": state.value,
                "reason": reason,
                **made_now(self._at, self._by),
            },
        )

    def update_use(self, key: int, **values: Unpack[UseChange]) -> None:
        """Change columns of a part's row."""
        self._change(part_use, key, {**values, **changed_now(part_use, self._at, self._by)})


def _use(row: Row[Any]) -> PartUse:
    return PartUse(
        row.id,
        number_text(Letter.TICKET, row.number),
        row.position,
        row.job_id,
        row.item_id,
        row.sku,
        row.name,
        row.quantity,
        PartState(row.state),
        row.reason,
        from_us(row.updated_at),
        row.updated_by,
    )
