"""Loaners and their way out and back."""

from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.repairs.loaners import Loan, Loaner
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked, moment_of
from posapp.storage.repairs.tables import loan, loaner, ticket

_LOANS = (
    select(loan, loaner.c.name, loaner.c.serial, ticket.c.number)
    .join(loaner, linked(loan.c.loaner_id, loaner))
    .join(ticket, linked(loan.c.ticket_id, ticket))
    .order_by(loan.c.id.desc())
)
_OF_TICKET = Hot(
    _LOANS.where(and_(loan.c.business_id == bindparam("business"), loan.c.ticket_id == bindparam("ticket")))
)

_FREE = Hot(
    select(loaner)
    .where(
        and_(
            loaner.c.business_id == bindparam("business"),
            loaner.c.archived_at.is_(None),
            ~exists().where(and_(linked(loan.c.loaner_id, loaner), loan.c.back_at.is_(None))),
        )
    )
    .order_by(loaner.c.name)
)


class Loaners(Repository):
    """The loaners of one business."""

    def all(self, *, with_archived: bool = False) -> list[Loaner]:
        """Every loaner in order of name."""
        wanted = select(loaner).where(loaner.c.business_id == self._business).order_by(loaner.c.name)
        if not with_archived:
            wanted = wanted.where(loaner.c.archived_at.is_(None))
        rows = self._connection.execute(wanted).all()
        # Named one by one, so that the index of what is out answers, not the loans of all years.
        is_out = and_(loan.c.loaner_id.in_([row.id for row in rows]), loan.c.back_at.is_(None))
        out = {one.loaner_id: one for one in self._loans(is_out)}
        return [_loaner(row, out.get(row.id)) for row in rows]

    def free(self) -> list[Loaner]:
        """What can be lent now, in order of name."""
        return [_loaner(row, None) for row in self._connection.execute(_FREE, {"business": self._business})]

    def get(self, key: int) -> Loaner | None:
        """One loaner."""
        row = self._connection.execute(
            select(loaner).where(and_(loaner.c.business_id == self._business, loaner.c.id == key))
        ).first()
        if row is None:
            return None
        out = self._loans(and_(loan.c.loaner_id == key, loan.c.back_at.is_(None)))
        return _loaner(row, out[0] if out else None)

    def hold(self, key: int) -> None:
        """Keep other tills from lending it until this transaction ends; read it afterwards."""
        self._connection.execute(
            select(loaner.c.id)
            .where(and_(loaner.c.business_id == self._business, loaner.c.id == key))
            .with_for_update()
        )

    def of_ticket(self, ticket_id: int) -> list[Loan]:
        """What went out with a ticket, the latest first."""
        rows = self._connection.execute(_OF_TICKET, {"business": self._business, "ticket": ticket_id})
        return [_loan(row) for row in rows]

    def loan(self, key: int) -> Loan | None:
        """One loan."""
        return next(iter(self._loans(loan.c.id == key)), None)

    def _loans(self, which: Any) -> list[Loan]:
        wanted = _LOANS.where(and_(loan.c.business_id == self._business, which))
        return [_loan(row) for row in self._connection.execute(wanted)]

    def add(self, *, name: str, serial: str = "") -> int:
        """Insert a loaner and return its key."""
        return self._add(loaner, {"name": name, "serial": serial})

    def update(self, key: int, *, name: str, serial: str, is_archived: bool) -> None:
        """Let a loaner be so from now on."""
        archived_at = self._at if is_archived else None
        self._change(loaner, key, {"name": name, "serial": serial, "archived_at": archived_at})

    def out(self, key: int, ticket_id: int, note: str) -> int:
        """A loaner leaves with a ticket; returns the key of the loan."""
        return self._add(
            loan,
            {
                "loaner_id": key,
                "ticket_id": ticket_id,
                "out_at": self._at,
                "out_by": self._by,
                "note": note,
            },
        )

    def back(self, loan_id: int, note: str) -> None:
        """It is back."""
        self._change(loan, loan_id, {"back_at": self._at, "back_by": self._by, "note": note})


def _loaner(row: Row[Any], out: Loan | None) -> Loaner:
    return Loaner(row.id, row.name, row.serial, row.archived_at is not None, out)


def _loan(row: Row[Any]) -> Loan:
    return Loan(
        row.id,
        row.loaner_id,
        row.name,
        row.serial,
        number_text(Letter.TICKET, row.number),
        from_us(row.out_at),
        row.out_by,
        moment_of(row.back_at),
        row.back_by or "",
        row.note,
    )
