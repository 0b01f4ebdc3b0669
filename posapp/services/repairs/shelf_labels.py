"""The shelf desk: the shelves of the shop, set up before anything lies there, and labels to scan them by."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.repairs.papers import ShelfLabels
from posapp.services.papers.content import header
from posapp.services.papers.giving_out import copy_mark, render
from posapp.services.repairs.shelves import MOST_CODES, check_shelf

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork


class ShelfDesk:
    """Sets shelves up and prints their labels."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self, actor: Actor) -> list[str]:
        """The codes of the shelves in use."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor) as uow:
            return list(uow.tickets.shelves())

    def add(self, actor: Actor, codes: Sequence[str]) -> list[str]:
        """Set up the shelves that are not there yet; the codes of all that were named."""
        actor.require(Permission.TICKET_WRITE)
        wanted = _checked(codes)
        if not wanted:
            raise DomainError("shelf_missing", "Enter the code of a shelf, such as A1.", field="shelf")
        with self._store.work(actor) as uow:
            known = set(uow.tickets.shelves())
            for code in wanted:
                if code not in known:
                    key = uow.tickets.shelf_of(code)
                    uow.journal.add(Action.SHELF_ADDED, "shelf", key, ref=code, after={"code": code})
            uow.commit()
        return wanted

    def save(
        self, actor: Actor, codes: Sequence[str], paper: PaperSize, path: Path, *, replace: bool = False
    ) -> int:
        """Write a label of each of these shelves, or of all for none, to a new file; how many there are."""
        actor.require(Permission.PAPER_PRINT)
        pdf, count = self._pdf(actor, codes, paper)
        files.write(path, pdf, replace=replace)
        return count

    def print(self, actor: Actor, codes: Sequence[str], paper: PaperSize, printer: str) -> int:
        """Print a label of each of these shelves, or of all for none, and wait for the outcome."""
        actor.require(Permission.PAPER_PRINT)
        from posapp.printing.base.system_queue import SystemQueue

        pdf, count = self._pdf(actor, codes, paper)
        queue = SystemQueue()
        queue.wait_for(queue.send(pdf, printer, title="posapp labels", paper=paper))
        return count

    def _pdf(self, actor: Actor, codes: Sequence[str], paper: PaperSize) -> tuple[bytes, int]:
        with self._store.look(actor, snapshot=True) as uow:
            shelves = _wanted(uow, codes)
            labels = ShelfLabels(header(uow.businesses.get()), shelves[0], "", "", shelves)
            return render(uow, labels, paper, copy_mark(uow, 1)), len(shelves)


def _checked(codes: Sequence[str]) -> list[str]:
    """The codes in their stored form, each once."""
    if len(codes) > MOST_CODES:
        raise DomainError("codes_many", f"At most {MOST_CODES} shelves at once.", field="shelf")
    return list(dict.fromkeys(filter(None, map(check_shelf, codes))))


def _wanted(uow: "UnitOfWork", codes: Sequence[str]) -> tuple[str, ...]:
    known, wanted = uow.tickets.shelves(), _checked(codes)
    unknown = next((code for code in wanted if code not in known), None)
    if unknown is not None or (codes and not wanted):
        raise DomainError("shelf_unknown", f"There is no shelf {unknown or ''}".rstrip() + ".", field="shelf")
    if not known:
        raise DomainError("shelf_none", "There is no shelf yet. Add the first one.", field="shelf")
    return tuple(wanted or known)
