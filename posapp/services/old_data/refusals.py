"""What is said where a batch cannot be gone on with."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import Batch, BatchState

if TYPE_CHECKING:
    from posapp.storage.old_data.built_on import Built

_WORDS = {
    "booking": "has a booking",
    "walk_in": "was in the queue",
    "ticket": "has a repair",
    "estimate": "has an estimate",
    "contact_log": "was told something",
    "sale_order": "has a sale",
    "payment": "has paid something",
    "ledger_entry": "owes or has credit",
    "gift_card": "has a gift card",
    "consent": "was asked for a consent",
    "document": "has a paper",
    "user_account": "is a user",
    "access_code": "was given a code",
    "kiosk_arrival": "was at the kiosk",
    "legacy_id": "came in a later import, too",
    "past_record": "has records of a later import",
    "phone": "has another number",
    "contact": "has another person",
    "alias": "has another old ID",
    "further_email": "has another address",
    "customer": "was merged",
    "customer_merge": "was merged",
    "merged": "was merged",
    "taken_in": "has an old repair that was taken in",
    "edited": "was changed",
}


def unknown(key: int) -> NoReturn:
    """There is no such batch."""
    raise DomainError("batch_unknown", f"There is no import {key} here.", field="batch")


def refuse_settled(batch: Batch) -> None:
    """What is undone stays undone."""
    if batch.state is BatchState.UNDONE:
        raise DomainError("batch_undone", f"Import {batch.id} is undone already.", field="batch")


def built_on(key: int, built: "Sequence[Built]") -> None:
    """Refuse to undo what something stands on: the first of it, and how much more."""
    if not built:
        return
    first, more = built[0], sum(one.count for one in built) - 1
    others = "" if not more else f" (and {more:,} more {'thing' if more == 1 else 'things'} since)"
    raise DomainError(
        "batch_built_on",
        f"Import {key} cannot be undone any more: PL{first.first_pl} {_WORDS.get(first.what, 'was used')}"
        f"{others}. Nothing was changed.",
        field="batch",
        built={one.what: one.count for one in built},
    )
