"""Papers as they are kept: made when first wanted, used again while they hold, each copy journalled."""

import dataclasses
from typing import TYPE_CHECKING, Any

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import (
    CustomerPaper,
    Document,
    PaperKind,
    PaperSize,
    snapshot_digest,
    to_json,
)
from posapp.domain.stored_papers import from_json
from posapp.services.papers.content import Content, still_holds

if TYPE_CHECKING:
    from posapp.storage.papers.documents import PrintJob
    from posapp.storage.unit_of_work import UnitOfWork


def note_copy(
    uow: "UnitOfWork",
    document_id: int,
    number: str,
    document: Document,
    copy: int,
    output: str,
    moved: int | None = None,
) -> None:
    """Write into the journal that a copy was given out, and of its first one what the paper says.

    `moved`: the new number of the one that had this number and did not come out.
    """
    after: dict[str, object] = {"copy": copy, "output": output}
    if moved is not None:
        after["moved"] = moved
    if copy == 1:
        after["digest"] = snapshot_digest(to_json(document))
    action = Action.PAPER_REPRINTED if copy > 1 else Action.PAPER_MADE
    uow.journal.add(action, "document", document_id, ref=number, after=after)


def kept_document(uow: "UnitOfWork", content: Content) -> tuple[int, Document]:
    """The paper of a record as it stands, made and kept if there is none that still holds."""
    _, kept_id, document = current_paper(uow, content)
    if kept_id is None:
        document = _sealed(uow, document)
        kept_id = uow.documents.add(
            content.key,
            content.number,
            to_json(document),
            customer_id=content.customer_id,
            booking_id=content.booking_id,
        )
    return kept_id, document


def _sealed(uow: "UnitOfWork", document: Document) -> Document:
    """The paper with the end of the journal: each Z, and the first paper of a day that a customer takes."""
    if document.kind is PaperKind.Z_REPORT:
        sealed: dict[str, Any] = {"seal": uow.journal.end()}
        return dataclasses.replace(document, **sealed)
    if not isinstance(document, CustomerPaper):
        return document
    business = uow.businesses.get()
    return dataclasses.replace(document, seal=uow.journal.seal(business.packed_day_of(uow.now)))


def current_paper(uow: "UnitOfWork", content: Content) -> tuple[Content, int | None, Document]:
    """The kept paper (with its key) while it says what the record says, else a new one of today."""
    stored = uow.documents.latest(content.number, content.key)
    if stored is not None:
        if not stored.snapshot:
            raise emptied(content.number)
        kept = from_json(stored.snapshot)
        if still_holds(kept, content.document):
            return content, stored.id, kept
    return content, None, content.document


def emptied(number: str) -> DomainError:
    """The paper went with the person that it told of."""
    return DomainError(
        "paper_emptied", f"This paper of {number} was emptied: its customer is anonymised.", field="number"
    )


def failed_print(uow: "UnitOfWork", document_id: int | None, paper: PaperSize) -> "PrintJob | None":
    """The first print of that paper which did not work and waits at this till."""
    wanted = (document_id, "failed", "print", paper.value)
    return next(
        (
            job
            for job in uow.documents.open_jobs(uow.actor.till)
            if (job.document_id, job.state, job.output, job.paper) == wanted
        ),
        None,
    )
