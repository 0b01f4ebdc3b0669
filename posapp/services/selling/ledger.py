"""The ledger desk: how customers stand, and the statement of what made it so."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.ledger import Standing
from posapp.services.customers.customers import require_customer
from posapp.services.papers.giving_out import copy_mark, render
from posapp.services.selling.order_commands import Statement
from posapp.services.selling.statements import paper_of_statement, statement_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


class LedgerDesk:
    """Reads balances; whatever moves money writes the entries.

    A statement is of some days, both included, and begins with the first entry if no first day is given.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store

    def standing(self, actor: Actor, customer_id: int) -> Standing:
        """How a customer stands; a merged one leads to its survivor."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.ledger.standing(require_customer(uow, customer_id).id)

    def statement(self, actor: Actor, customer_id: int, first: date | None, last: date) -> Statement:
        """A customer's entries of some days with the balance before and after."""
        actor.require(Permission.ORDER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return statement_of(uow, require_customer(uow, customer_id).id, first, last)

    def save_statement(
        self,
        actor: Actor,
        customer_id: int,
        first: date | None,
        last: date,
        paper: PaperSize,
        path: Path,
        *,
        replace: bool = False,
    ) -> Statement:
        """Write a statement to a new file; no copy is counted, because each is of its own moment."""
        actor.require(Permission.ORDER_READ)
        made, pdf = self._paper(actor, customer_id, first, last, paper)
        files.write(path, pdf, replace=replace)
        return made

    def print_statement(
        self, actor: Actor, customer_id: int, first: date | None, last: date, paper: PaperSize, printer: str
    ) -> Statement:
        """Print a statement and wait for the outcome; if it fails, the next one is as good."""
        actor.require(Permission.ORDER_READ)
        from posapp.printing.base.system_queue import SystemQueue

        made, pdf = self._paper(actor, customer_id, first, last, paper)
        queue = SystemQueue()
        queue.wait_for(queue.send(pdf, printer, title="posapp statement", paper=paper))
        return made

    def _paper(
        self, actor: Actor, customer_id: int, first: date | None, last: date, paper: PaperSize
    ) -> tuple[Statement, bytes]:
        with self._store.look(actor, snapshot=True) as uow:
            made = statement_of(uow, require_customer(uow, customer_id).id, first, last)
            return made, render(uow, paper_of_statement(uow, made), paper, copy_mark(uow, 1))
