"""Shifts, the cash that goes into and out of their drawers, and what was verified."""

from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, select

from posapp.domain.base.clock import day_of, from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.selling.shifts import CashKind, CashMove, Closing, Shift, Verified, pieces_of, pieces_text
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.selling.tables import cash_move, shift, shift_check

_HERE = shift.c.business_id == bindparam("business")
_OPEN = Hot(
    select(shift).where(and_(_HERE, shift.c.till == bindparam("of_till"), shift.c.closed_at.is_(None)))
)
_KEYED = and_(_HERE, shift.c.id == bindparam("key"))
_BY_KEY = Hot(select(shift).where(_KEYED))
_HOLD = Hot(select(shift.c.id).where(_KEYED).with_for_update())
_MOVES = Hot(
    select(cash_move)
    .where(
        and_(
            beside(cash_move.c.business_id) == bindparam("business"),
            cash_move.c.shift_id == bindparam("shift"),
        )
    )
    .order_by(cash_move.c.id)
)


class Shifts(Repository):
    """The shifts of one business."""

    def open_at(self, till: str) -> Shift | None:
        """The shift that is open at a till."""
        row = self._connection.execute(_OPEN, {"business": self._business, "of_till": till}).first()
        return _shift(row) if row else None

    def hold(self, key: int) -> None:
        """Keep others from closing it, or from moving its cash, until this transaction ends; then read it."""
        self._connection.hold(_HOLD, {"business": self._business, "key": key})

    def held(self, seen: Shift) -> Shift:
        """The same, of one that this transaction has read: as it is once others have let go of it."""
        if self._connection.is_direct:  # nobody else has written since
            return seen
        self.hold(seen.id)
        found = self.get(seen.id)
        assert found is not None  # no shift is ever deleted
        return found

    def get(self, key: int) -> Shift | None:
        """One shift."""
        row = self._connection.execute(_BY_KEY, {"business": self._business, "key": key}).first()
        return _shift(row) if row else None

    def by_number(self, number: int) -> Shift | None:
        """The shift that has this Z."""
        return self._first(shift.c.number == number)

    def _first(self, which: Any) -> Shift | None:
        row = self._connection.execute(
            select(shift).where(and_(shift.c.business_id == self._business, which))
        ).first()
        return _shift(row) if row else None

    def latest(self, limit: int, *, is_unverified: bool = False) -> list[Shift]:
        """The shifts that were opened last, the newest first; all of them, or closed ones nobody verified."""
        here = beside(shift.c.business_id) == self._business
        wanted = select(shift).where(here).order_by(shift.c.id.desc()).limit(limit)
        if is_unverified:
            checked = and_(
                beside(shift_check.c.business_id) == shift.c.business_id,
                shift_check.c.shift_id == shift.c.id,
            )
            wanted = wanted.where(and_(shift.c.closed_at.is_not(None), ~exists().where(checked)))
        return [_shift(row) for row in self._connection.execute(wanted)]

    def last_closed(self, till: str) -> Shift | None:
        """The shift of a till that was closed last: numbers rise in the order of the closing."""
        row = self._connection.execute(
            select(shift)
            .where(and_(shift.c.business_id == self._business, shift.c.number > 0, shift.c.till == till))
            .order_by(shift.c.number.desc())
            .limit(1)
        ).first()
        return _shift(row) if row else None

    def add(self, *, till: str, business_day: int, float_minor: int) -> int:
        """Open a shift and return its key."""
        values = {"till": till, "business_day": business_day, "float_minor": float_minor}
        return self._add(shift, {**values, "opened_at": self._at, "opened_by": self._by})

    def close(
        self,
        key: int,
        number: int,
        *,
        expected_minor: int,
        counted_minor: int,
        pieces: tuple[tuple[int, int], ...],
        note: str,
    ) -> None:
        """Close an open shift: from then on it never changes."""
        values = {
            "number": number,
            "closed_at": self._at,
            "closed_by": self._by,
            "expected_minor": expected_minor,
            "counted_minor": counted_minor,
            "difference_minor": counted_minor - expected_minor,
            "pieces": pieces_text(pieces),
            "note": note,
        }
        self._change(shift, and_(shift.c.id == key, shift.c.closed_at.is_(None)), values)

    def rename_till(self, key: int, till: str) -> None:
        """The till of an open shift has another name now."""
        self._change(shift, and_(shift.c.id == key, shift.c.closed_at.is_(None)), {"till": till})

    def moves(self, shift_id: int) -> list[CashMove]:
        """The cash that went into and out of a drawer, in the order of the moving."""
        rows = self._connection.execute(_MOVES, {"business": self._business, "shift": shift_id})
        return [_move(row) for row in rows]

    def add_move(
        self, shift_id: int, kind: CashKind, *, amount_minor: int, reason: str, business_day: int
    ) -> int:
        """Cash goes in or out; returns the key of the move."""
        return self._add(
            cash_move,
            {
                "shift_id": shift_id,
                "kind": kind.value,
                "amount_minor": amount_minor,
                "reason": reason,
                "business_day": business_day,
                "created_at": self._at,
                "created_by": self._by,
            },
        )

    def verified(self, shift_id: int) -> list[Verified]:
        """What was found each time a closed drawer was counted once more, in that order."""
        rows = self._connection.execute(
            select(shift_check)
            .where(
                and_(
                    beside(shift_check.c.business_id) == self._business,
                    shift_check.c.shift_id == shift_id,
                )
            )
            .order_by(shift_check.c.id)
        )
        return [Verified(row.amount_minor, from_us(row.created_at), row.created_by) for row in rows]

    def add_verified(self, shift_id: int, amount_minor: int, *, by: str) -> int:
        """Keep what was found, and who verified it; returns the key of the record."""
        stamps = {"created_at": self._at, "created_by": by}
        return self._add(shift_check, {"shift_id": shift_id, "amount_minor": amount_minor, **stamps})


def _shift(row: Row[Any]) -> Shift:
    closing = None
    if row.closed_at is not None:
        closing = Closing(
            number_text(Letter.REPORT, row.number),
            from_us(row.closed_at),
            row.closed_by,
            row.expected_minor,
            row.counted_minor,
            pieces_of(row.pieces),
            row.note,
        )
    return Shift(
        row.id,
        row.till,
        day_of(row.business_day),
        from_us(row.opened_at),
        row.opened_by,
        row.float_minor,
        closing,
    )


def _move(row: Row[Any]) -> CashMove:
    return CashMove(
        row.id,
        CashKind(row.kind),
        row.amount_minor,
        row.reason,
        from_us(row.created_at),
        row.created_by,
        day_of(row.business_day),
    )
