"""The counters that give out PL IDs and document numbers, without holes and never twice."""

from sqlalchemy import bindparam, select, update

from posapp.domain.base.numbers import PL, Letter
from posapp.storage.base.quick import Hands, Hot
from posapp.storage.base.tables import counter

_HERE = (counter.c.business_id == bindparam("business")) & (counter.c.name == bindparam("counter"))
_LOCK = Hot(select(counter.c.last).where(_HERE).with_for_update())
_NEXT = Hot(update(counter).where(_HERE).values(last=counter.c.last + 1).returning(counter.c.last))
_SET = Hot(update(counter).where(_HERE).values(last=bindparam("value")))

NUMBERED = {
    PL: ("customer", "pl_number"),
    Letter.BOOKING: ("booking", "number"),
    Letter.TICKET: ("ticket", "number"),
    Letter.SALE: ("sale_order", "number"),
    Letter.PAYMENT: ("payment", "number"),
    Letter.REPORT: ("shift", "number"),
    Letter.GIFT_CARD: ("gift_card", "number"),
    Letter.HELD: ("sale_order", "held_number"),
}
"""What carries the numbers of a counter so far: table and column, empty until the number is drawn."""


class Counters:
    """Draws the next number of a business inside the transaction, so that a rollback leaves no hole."""

    def __init__(self, hands: Hands, business: int) -> None:
        self._connection = hands
        self._business = business

    def _keys(self, name: str) -> dict[str, object]:
        return {"business": self._business, "counter": name}

    def hold(self, name: str) -> int:
        """Keep other tills from drawing until this transaction ends; the last number given out."""
        last: int = self._connection.execute(_LOCK, self._keys(name)).scalar_one()
        return last

    def next(self, name: str) -> int:
        """The next number."""
        drawn: int = self._connection.execute(_NEXT, self._keys(name)).scalar_one()
        return drawn

    def set(self, name: str, value: int) -> None:
        """Let the counter stand at `value`: the next number is one higher."""
        self._connection.execute(_SET, {**self._keys(name), "value": value})
