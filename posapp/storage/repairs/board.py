"""What is in the shop, as board and lists show it: a device a row."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, or_, select, text

from posapp.domain.base.folding import fold
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.repairs.tickets import BoardCard
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.customers.tables import customer
from posapp.storage.repairs.tables import device, job, shelf, ticket
from posapp.storage.shop.tables import resource

_BUSINESS: BindParameter[int] = bindparam("business")
IS_HERE = text("job.is_here")
"""As written in the partial indexes: SQLite does not see that `job.is_here = 1` means the same."""
CARDS = (
    select(
        job.c.id,
        ticket.c.id,
        ticket.c.number,
        job.c.position,
        customer.c.pl_number,
        customer.c.id,
        customer.c.name,
        device.c.kind,
        device.c.make,
        device.c.model,
        job.c.fault,
        job.c.state_id,
        job.c.state_since,
        job.c.touched_at,
        ticket.c.due_at,
        func.coalesce(resource.c.name, ""),
        func.coalesce(shelf.c.code, ""),
        job.c.price_minor,
        ticket.c.is_rush,
    )
    .select_from(job)
    .join(ticket, linked(job.c.ticket_id, ticket))
    .join(customer, linked(ticket.c.customer_id, customer))
    .join(device, linked(job.c.device_id, device))
    .outerjoin(resource, linked(job.c.technician_id, resource))
    .outerjoin(shelf, linked(job.c.shelf_id, shelf))
)
"""The columns of `BoardCard`, in its order."""
_OF_STATE = Hot(
    CARDS.where(and_(job.c.business_id == _BUSINESS, IS_HERE, job.c.state_id == bindparam("state")))
    .order_by(job.c.state_since)
    .limit(bindparam("limit")),
    BoardCard,
)
_COUNTS = Hot(
    select(job.c.state_id, func.count())
    .where(and_(job.c.business_id == _BUSINESS, IS_HERE))
    .group_by(job.c.state_id)
)
_OF_CUSTOMER = Hot(
    CARDS.where(
        and_(
            beside(ticket.c.business_id) == _BUSINESS,
            ticket.c.customer_id == bindparam("customer"),
            IS_HERE,
        )
    )
    .order_by(ticket.c.created_at.desc())
    .limit(bindparam("limit")),
    BoardCard,
)
MOST_WORDS = 8
"""So many words of a list's filter count."""


class Board(Repository):
    """The devices of one business."""

    def cards_in(self, state_id: int, limit: int) -> list[BoardCard]:
        """The jobs in a state, the longest waiting first."""
        keys = {"business": self._business, "state": state_id, "limit": limit}
        return list(self._connection.execute(_OF_STATE, keys))

    def counts(self) -> dict[int, int]:
        """How many jobs of each state are in the shop."""
        rows = self._connection.execute(_COUNTS, {"business": self._business})
        return {row[0]: row[1] for row in rows}

    def here_of_customer(self, customer_id: int, limit: int = 20) -> list[BoardCard]:
        """What a customer has in the shop."""
        keys = {"business": self._business, "customer": customer_id, "limit": limit}
        return list(self._connection.execute(_OF_CUSTOMER, keys))

    def cards(
        self,
        *,
        is_here: bool,
        states: Sequence[int] = (),
        kind: str | None = None,
        technician_id: int | None = None,
        customer_id: int | None = None,
        words: str = "",
        limit: int,
    ) -> list[BoardCard]:
        """Jobs for a list, the newest first."""
        values: dict[str, Any] = {"business": self._business, "limit": limit}
        exact = {"kind": kind, "technician": technician_id, "customer": customer_id}
        values |= {name: value for name, value in exact.items() if value is not None}
        values |= {f"state_{place}": state for place, state in enumerate(states)}
        typed = words.lower().split()[:MOST_WORDS]
        for place, word in enumerate(typed):
            values |= {f"{part}_{place}": value for part, value in _parts(word).items()}
        return list(self._connection.execute(_list_of(is_here, tuple(values)), values))

    def load(self, states: Sequence[int], *, technician_id: int | None, only_rush: bool) -> int:
        """How many devices wait for the bench: in one of the states, for a person or for anybody."""
        wanted = select(func.count()).where(
            and_(job.c.business_id == self._business, IS_HERE, job.c.state_id.in_(states))
        )
        if technician_id is not None:
            wanted = wanted.where(job.c.technician_id == technician_id)
        if only_rush:
            wanted = wanted.select_from(job.join(ticket, linked(job.c.ticket_id, ticket))).where(
                ticket.c.is_rush
            )
        return int(self._connection.execute(wanted).scalar_one())


_PARTS = ("word", "folded", "number")


@lru_cache(maxsize=256)
def _list_of(is_here: bool, names: tuple[str, ...]) -> Hot:
    """The statement of a list that is asked for with values of these names."""
    wanted = CARDS.where(job.c.business_id == _BUSINESS)
    if is_here:
        wanted = wanted.where(IS_HERE)
    exact = {"kind": device.c.kind, "technician": job.c.technician_id, "customer": ticket.c.customer_id}
    for name, column in exact.items():
        if name in names:
            wanted = wanted.where(column == bindparam(name))
    states: list[BindParameter[int]] = [bindparam(name) for name in names if name.startswith("state_")]
    if states:
        wanted = wanted.where(job.c.state_id.in_(states))
    for place in range(MOST_WORDS):
        holds = [_holds(part, f"{part}_{place}") for part in _PARTS if f"{part}_{place}" in names]
        if holds:
            wanted = wanted.where(or_(*holds))
    return Hot(wanted.order_by(job.c.id.desc()).limit(bindparam("limit")), BoardCard)


def _parts(word: str) -> dict[str, object]:
    """What of a list may hold a word, and as what value it is looked for there."""
    found: dict[str, object] = {"word": _inside(word)}
    if folded := fold(word):
        found["folded"] = _inside(folded)
    number = number_of(word, Letter.TICKET)
    if number is not None:
        found["number"] = number
    return found


def _holds(part: str, name: str) -> ColumnElement[bool]:
    """Where a part of a word may stand; `name` is that of its value."""
    value: BindParameter[Any] = bindparam(name)
    if part == "number":
        return ticket.c.number == value
    if part == "folded":
        return customer.c.name_fold.like(value, escape="\\")
    columns = (device.c.make, device.c.model, device.c.serial, job.c.fault, customer.c.name)
    return or_(*(func.lower(column).like(value, escape="\\") for column in columns))


def _inside(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
