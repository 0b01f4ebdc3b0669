"""The merge desk: two customers become one, with everything that points at them, and two again.

Nothing of the loser is lost: its PL ID and old IDs find the survivor, its numbers are the survivor's further
ones, and a value that found no room stands among the people, the addresses or in the note.
"""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.numbers import PL
from posapp.domain.customers.consents import ConsentKind
from posapp.domain.customers.customers import Customer
from posapp.domain.old_data.merging import (
    Merge,
    Merged,
    MergeField,
    MergePreview,
    PastMerge,
    Side,
    Unmerged,
)
from posapp.services.base.edits import refuse_stale
from posapp.services.customers.customers import require_customer
from posapp.services.customers.terms import told_terms
from posapp.services.old_data.merge_fields import Both, Outcome, outcome, sights, told_of, winner
from posapp.services.old_data.merge_sights import (
    blocked_of,
    card_of,
    jobs_of,
    pair_of,
    refuse_blocked,
    refuse_unlike,
    sums_of,
    together,
)
from posapp.services.old_data.unmerging import undo

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)


class MergeDesk:
    """Shows what a merge would do, does it, and undoes it."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def preview(
        self, actor: Actor, survivor_id: int, loser_id: int, choices: Mapping[MergeField, Side] | None = None
    ) -> MergePreview:
        """What a merge would do, read in one moment; `blocked` says what stands in the way."""
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.look(actor, snapshot=True) as uow:
            survivor, loser = pair_of(uow, survivor_id, loser_id)
            both, chosen = Both.of(uow, survivor, loser), choices or {}
            return MergePreview(
                card_of(survivor),
                card_of(loser),
                sights(uow, both, chosen),
                together(sums_of(uow, survivor.id), sums_of(uow, loser.id)),
                (*jobs_of(uow, survivor), *jobs_of(uow, loser)),
                uow.merges.counts(loser.id),
                blocked_of(uow, both, chosen),
                (survivor.stamps.version, loser.stamps.version),
            )

    def merge(self, actor: Actor, command: Merge, *, dry_run: bool = False) -> Merged:
        """Let the loser be a part of the survivor; `dry_run` does all of it and keeps nothing.

        `DomainError` merge_same, merged_already, merge_two_users, person_erased, changed_elsewhere,
        note_too_long.
        """
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            uow.merges.hold(command.survivor_id, command.loser_id)
            survivor, loser = pair_of(uow, command.survivor_id, command.loser_id)
            refuse_blocked(uow, survivor, loser)
            for one, version in zip((survivor, loser), command.seen or (None, None), strict=True):
                refuse_stale(one.pl_id, one.stamps, version)
            done = merge(uow, survivor, loser, command.choices)
            if not dry_run:
                uow.commit()
        if not dry_run:
            log.info("%s merged into %s", loser.pl_id, survivor.pl_id)
        return done

    def unmerge(self, actor: Actor, merge_id: int) -> Unmerged:
        """Put back what a merge moved and still stands where it was put; says what does not.

        `DomainError` merge_unknown, merge_covered (a later merge is to be undone first), merge_spent,
        person_erased.
        """
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.work(actor) as uow:
            uow.counters.hold(PL)
            done = undo(uow, merge_id)
            uow.commit()
        log.info("%s is no longer merged into %s", done.loser, done.survivor)
        return done

    def of_customer(self, actor: Actor, customer_id: int) -> tuple[PastMerge, ...]:
        """The merges into a customer that were not undone, the newest first."""
        actor.require(Permission.CUSTOMER_MERGE)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.merges.of_survivor(require_customer(uow, customer_id).id)


# -- inside a transaction ------------------------------------------------------------------------------
def merge(
    uow: "UnitOfWork", survivor: Customer, loser: Customer, choices: Mapping[MergeField, Side]
) -> Merged:
    """Merge two customers that are held and may be merged."""
    both = Both.of(uow, survivor, loser)
    wanted = together(sums_of(uow, survivor.id), sums_of(uow, loser.id))
    becomes = outcome(uow, both, choices)
    told: dict[str, Any] = {
        "before": told_of(survivor),
        "loser": told_of(loser),
        "last": uow.merges.last_keys(),
        **_make_room(uow, both, choices),
    }
    moved = uow.merges.move(loser.id, survivor.id)
    told["answers"] = _answers(uow, both, choices)
    told |= _write(uow, both, becomes)
    told["after"] = {**told["before"], **becomes.values}
    refuse_unlike(uow, wanted, survivor.id)
    key = uow.merges.add(survivor.id, loser.id, moved, told)
    counts = {name.partition(".")[0]: len(keys) for name, keys in moved.items()}
    _tell(uow, both, key, counts, becomes)
    return Merged(key, survivor.pl_id, loser.pl_id, survivor.id, counts)


def _make_room(uow: "UnitOfWork", both: Both, choices: Mapping[MergeField, Side]) -> dict[str, Any]:
    """What there may be one of only, is one of both: primary number, code for the kiosk, address, pair."""
    mine, other = both.survivor, both.loser
    primary = [uow.merges.primary(mine.id), uow.merges.primary(other.id)]
    is_other = choices.get(MergeField.PHONES) is Side.LOSER and primary[1] is not None
    stepping_back = primary[0 if is_other else 1]
    if None not in primary and stepping_back is not None:
        uow.merges.no_primary([stepping_back])
    codes = uow.merges.open_codes(other.id)
    uow.merges.set_codes(codes, "open", "replaced")
    known = {email for _, email in uow.merges.emails(mine.id)}
    twice = [key for key, email in uow.merges.emails(other.id) if email in known]
    return {
        "primary": primary,
        "codes": codes,
        "emails_out": uow.merges.take_out("further_email", twice),
        "pairs": uow.merges.turn_pairs(other.id, mine.id),
    }


def _answers(uow: "UnitOfWork", both: Both, choices: Mapping[MergeField, Side]) -> list[list[object]]:
    """Say once more which answers hold, where the newest one of both is another; whose each was."""
    said: list[list[object]] = []
    for kind in ConsentKind:
        chosen = choices.get(MergeField.MESSAGES) if kind is ConsentKind.MESSAGES else None
        side = winner(both, kind, chosen)
        held = [answers[kind] for answers in both.answers if kind in answers]
        if side is None or len(held) == 1:
            continue
        holds = held[0] if side is Side.SURVIVOR else held[1]
        if max(held, key=lambda one: one.id).is_given is holds.is_given:
            continue
        key = uow.consents.add(both.survivor.id, kind, holds.words, is_given=holds.is_given)
        said.append([key, side.value])
        uow.journal.add(
            Action.CONSENT_GIVEN if holds.is_given else Action.CONSENT_WITHDRAWN,
            "customer",
            both.survivor.id,
            ref=str(both.survivor.pl_id),
            after={"consent": kind.value, "words": holds.words},
        )
    return said


def _write(uow: "UnitOfWork", both: Both, becomes: Outcome) -> dict[str, Any]:
    """Write both customers' own records; what was made beside them."""
    mine, other = both.survivor, both.loser
    code = str(other.pl_id)
    uow.customers.add_alias(mine.id, code)
    made = {
        "alias": uow.merges.alias_of(mine.id, code),
        "contacts": [uow.merges.add_contact(mine.id, becomes.contact)] if becomes.contact else [],
        "emails": [uow.merges.add_email(mine.id, becomes.email)] if becomes.email else [],
    }
    uow.customers.update(mine.id, **becomes.values)
    uow.merges.retire(other.id, mine.id)
    for one in (mine, other):
        uow.merges.refresh_words(one.id)
        uow.bookings.set_last_visit(one.id)
    return made


def _tell(uow: "UnitOfWork", both: Both, key: int, counts: Mapping[str, int], becomes: Outcome) -> None:
    """One entry in the timeline of each."""
    before = told_of(both.survivor)
    was = told_terms(uow, {name: before[name] for name in becomes.values})
    is_now = told_terms(uow, becomes.values)
    for one, other in ((both.survivor, both.loser), (both.loser, both.survivor)):
        is_survivor = one is both.survivor
        after: dict[str, object] = {
            "merge": key,
            "survivor": str(both.survivor.pl_id),
            "other": str(other.pl_id),
        }
        if is_survivor:
            after |= {"moved": dict(counts), **is_now}
        uow.journal.add(
            Action.CUSTOMERS_MERGED,
            "customer",
            one.id,
            ref=str(one.pl_id),
            before=was if is_survivor else None,
            after=after,
        )
