"""The label desk: prices to stick on goods, printed or written as they are at this moment, kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import Item
from posapp.domain.catalogue.papers import LabelLine, PriceLabels
from posapp.domain.papers.documents import PaperSize
from posapp.services.catalogue.stock import require_item
from posapp.services.papers.content import header
from posapp.services.papers.giving_out import copy_mark, render

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store

MOST_LABELS = 500
"""So many come out at once: a roll has about a thousand."""


@dataclass(frozen=True, slots=True)
class LabelOf:
    """So many labels of an item."""

    item_id: int
    copies: int = 1


class LabelDesk:
    """Prints price labels; the price is that of the catalogue."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def save(
        self,
        actor: Actor,
        wanted: Sequence[LabelOf],
        paper: PaperSize,
        path: Path,
        *,
        replace: bool = False,
    ) -> int:
        """Write labels to a new file, each a page; how many there are."""
        actor.require(Permission.PAPER_PRINT)
        pdf = self._pdf(actor, wanted, paper)
        files.write(path, pdf, replace=replace)
        return sum(one.copies for one in wanted)

    def print(self, actor: Actor, wanted: Sequence[LabelOf], paper: PaperSize, printer: str) -> int:
        """Print labels and wait for the outcome; how many there are."""
        actor.require(Permission.PAPER_PRINT)
        from posapp.printing.base.system_queue import SystemQueue

        pdf = self._pdf(actor, wanted, paper)
        queue = SystemQueue()
        queue.wait_for(queue.send(pdf, printer, title="posapp labels", paper=paper))
        return sum(one.copies for one in wanted)

    def _pdf(self, actor: Actor, wanted: Sequence[LabelOf], paper: PaperSize) -> bytes:
        _check(wanted)
        with self._store.look(actor, snapshot=True) as uow:
            lines = tuple(_line(require_item(uow, one.item_id), one.copies) for one in wanted)
            labels = PriceLabels(header(uow.businesses.get()), lines[0].sku, "", "", lines)
            return render(uow, labels, paper, copy_mark(uow, 1))


def _check(wanted: Sequence[LabelOf]) -> None:
    if not wanted or any(one.copies < 1 for one in wanted):
        raise DomainError("quantity_invalid", "Enter how many, as a whole number.", field="copies")
    if sum(one.copies for one in wanted) > MOST_LABELS:
        raise DomainError("labels_many", f"At most {MOST_LABELS} labels come out at once.", field="copies")


def _line(item: Item, copies: int) -> LabelLine:
    code = item.barcodes[0] if item.barcodes else item.sku
    return LabelLine(item.name, item.sku, code, item.price_minor, copies)
