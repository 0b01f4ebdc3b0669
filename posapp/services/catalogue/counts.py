"""The count desk: what was scanned beside the stock, booked once somebody has seen the variance.

Only what was scanned is counted; what is sold between the scan and the booking changes the variance with it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.catalogue.counts import Count, CountLine
from posapp.domain.catalogue.items import MOST_STOCK, MoveKind
from posapp.services.catalogue.items import REASON_LIMIT
from posapp.services.catalogue.stock import held_item, move_stock, short_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


class CountDesk:
    """Counts the stock."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def compare(self, actor: Actor, codes: Mapping[str, int]) -> Count:
        """What was scanned (how often each code) beside the stock; nothing changes."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _count(uow, codes)

    def book(self, actor: Actor, codes: Mapping[str, int], note: str = "") -> Count:
        """Let the stock of what was scanned be what was counted, all or nothing; answers the changes."""
        actor.require(Permission.STOCK_MOVE)
        note = clean_text(note, REASON_LIMIT, "reason")
        with self._store.work(actor) as uow:
            lines = []
            found = _count(uow, codes)
            for line in sorted(found.lines, key=lambda one: one.item.id):
                lines.append(CountLine(held_item(uow, line.item.id), line.counted))
                _book(uow, lines[-1], note)
            uow.commit()
        return Count(tuple(lines), found.unknown)


def _count(uow: "UnitOfWork", codes: Mapping[str, int]) -> Count:
    lines: dict[int, CountLine] = {}
    unknown = []
    for code, times in codes.items():
        item = uow.items.by_code(code)
        if item is None or not item.keeps_stock:
            unknown.append((code, times))
            continue
        before = lines[item.id].counted if item.id in lines else 0
        lines[item.id] = CountLine(item, before + times)
    return Count(tuple(lines.values()), tuple(unknown))


def _book(uow: "UnitOfWork", line: CountLine, note: str) -> None:
    if line.counted > MOST_STOCK:
        raise DomainError("quantity_invalid", "That is more than any shelf holds.", field="quantity")
    if line.counted < line.item.reserved:
        raise short_of(line.item)
    if line.pieces:
        move_stock(uow, line.item, MoveKind.COUNTED, line.pieces, note=note)
