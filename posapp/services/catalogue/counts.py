"""The count desk: what was scanned beside the stock, booked once somebody has seen the variance.

Only what was scanned is counted. A count that goes on at the tills compares each item with the stock at its
last scan, so that what is sold, received or used afterwards is right; a list that is handed in whole compares
with the stock of that moment.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.catalogue.counts import Count, CountLine, Scanned, StockCount
from posapp.domain.catalogue.items import MOST_STOCK, MoveKind
from posapp.services.catalogue.items import REASON_LIMIT
from posapp.services.catalogue.stock import find_item, held_item, move_stock, short_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


_CODE_KEPT = 100


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

    # -- a count that goes on --------------------------------------------------------------------------
    def current(self, actor: Actor) -> tuple[StockCount, Count] | None:
        """The count that is going on with what it found so far, None where there is none."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            going = uow.counts.current()
            return None if going is None else (going, _found(uow, going))

    def open(self, actor: Actor, note: str = "") -> StockCount:
        """Begin a count; refuses with `count_open` while another one goes on."""
        actor.require(Permission.STOCK_MOVE)
        note = clean_text(note, REASON_LIMIT, "reason")
        with self._store.work(actor) as uow:
            if uow.counts.current() is not None:
                raise DomainError("count_open", "A count is going on already.")
            key = uow.counts.add(note)
            uow.journal.add(Action.COUNT_OPENED, "stock_count", key, after={"reason": note})
            made = _going(uow)
            uow.commit()
        return made

    def scan(self, actor: Actor, code: str, pieces: int = 1) -> Scanned:
        """Count so many pieces more (below zero: fewer) of what carries a code, with the stock of now."""
        actor.require(Permission.STOCK_MOVE)
        code = clean_name(code)[:_CODE_KEPT]
        if not code:
            raise DomainError("code_missing", "Scan or type a code.", field="code")
        if not 0 < abs(pieces) <= MOST_STOCK:
            raise DomainError("quantity_invalid", "Enter how many pieces were counted.", field="quantity")
        with self._store.work(actor) as uow:
            uow.counts.hold()
            going, item = _going(uow), find_item(uow, code)
            item = held_item(uow, item.id) if item is not None and item.keeps_stock else None
            before = uow.counts.counted_of(going.id, item.id) if item is not None else 0
            if item is not None and not 0 <= before + pieces <= MOST_STOCK:
                raise DomainError("quantity_invalid", f"So far {before} are counted.", field="quantity")
            stock = None if item is None else item.stock
            uow.counts.add_scan(going.id, code, pieces, None if item is None else item.id, stock)
            told = {"code": code, "pieces": pieces, "stock": stock}
            uow.journal.add(Action.COUNT_SCANNED, "stock_count", going.id, after=told)
            uow.commit()
        return Scanned(code, item, before + pieces if item is not None else 0)

    def close(self, actor: Actor, *, book: bool) -> Count:
        """End the count: let the stock differ by what was found, all or nothing, or drop it."""
        actor.require(Permission.STOCK_MOVE)
        with self._store.work(actor) as uow:
            uow.counts.hold()
            going = _going(uow)
            found = _found(uow, going)
            for line in sorted(found.lines, key=lambda one: one.item.id) if book else ():
                _book_difference(uow, line, going.note)
            uow.counts.close(going.id, is_booked=book)
            uow.journal.add(
                Action.COUNT_BOOKED if book else Action.COUNT_DROPPED,
                "stock_count",
                going.id,
                after={"items": len(found.lines), "unknown": len(found.unknown)},
            )
            uow.commit()
        return found


def _going(uow: "UnitOfWork") -> StockCount:
    going = uow.counts.current()
    if going is None:
        raise DomainError("count_none", "No count is going on. Begin one first.")
    return going


def _found(uow: "UnitOfWork", going: StockCount) -> Count:
    """What a count found so far: each item with the stock of its last scan, by name."""
    counted = {key: (pieces, stock) for key, pieces, stock in uow.counts.counted(going.id)}
    lines = [
        CountLine(replace(one, stock=counted[one.id][1]), counted[one.id][0])
        for one in uow.items.some(list(counted))
    ]
    lines.sort(key=lambda line: (line.item.name, line.item.id))
    return Count(tuple(lines), tuple(uow.counts.unknown(going.id)))


def _book_difference(uow: "UnitOfWork", line: CountLine, note: str) -> None:
    """What differed when it was counted differs still, whatever was sold since."""
    item = held_item(uow, line.item.id)
    if not line.pieces:
        return
    if item.stock + line.pieces < item.reserved:
        raise short_of(item)
    if item.stock + line.pieces > MOST_STOCK:
        raise DomainError("quantity_invalid", "That is more than any shelf holds.", field="quantity")
    move_stock(uow, item, MoveKind.COUNTED, line.pieces, note=note)


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
