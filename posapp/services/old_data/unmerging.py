"""A merge undone: what it moved goes back as far as it still stands where it was put.

What came later and is a part of something that goes back (a payment of its sale, a paper of its ticket) goes
with it. What was built on both since (one payment for the debts of both) stays with the survivor, and with it
all that hangs on that; so does a field that somebody changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.customers.customers import Customer
from posapp.domain.old_data.merging import Side, Unmerged
from posapp.services.customers.customers import refuse_erased, require_customer
from posapp.services.old_data.merge_fields import told_of
from posapp.services.old_data.merge_sights import sums_of
from posapp.storage.base.tables import metadata
from posapp.storage.old_data.merges import Keys, Retired, StoredMerge

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

UNDONE = "The merge was undone."
"""Why a customer has no number, where the numbers stayed with the other one."""
_LETTERS = {
    "booking": Letter.BOOKING,
    "ticket": Letter.TICKET,
    "sale_order": Letter.SALE,
    "payment": Letter.PAYMENT,
    "gift_card": Letter.GIFT_CARD,
}
_FOLLOWING = frozenset({"ledger_entry", "document", "contact_log", "estimate"})
"""Parts that are not named one by one: what they are of is."""


@dataclass(slots=True)
class _Plan:
    """Which records go back, by reference, and which stay."""

    back: Keys = field(default_factory=dict)
    stays: Keys = field(default_factory=dict)


def undo(uow: "UnitOfWork", merge_id: int) -> Unmerged:
    """Undo a merge; the PL counter is held."""
    merge = uow.merges.get(merge_id)
    uow.merges.hold(merge.survivor_id, merge.loser_id)
    merge = uow.merges.get(merge_id)  # another till may have undone it meanwhile
    survivor, loser = _undoable(uow, merge)
    plan = _plan(uow, merge)
    left = [*_named(uow, plan.stays)]
    uow.merges.no_primary(plan.back.get("phone.customer_id", []))
    for name, keys in plan.back.items():
        table, _, column = name.partition(".")
        uow.merges.hand_over(metadata.tables[table], column, keys, merge.loser_id)
    uow.merges.set_codes(
        sorted({*merge.told["codes"]} & {*plan.back.get("access_code.customer_id", ())}), "replaced", "open"
    )
    left += [*_take_away(uow, merge), *_fields(uow, merge, survivor)]
    uow.merges.retire(loser.id, None)
    _numbers(uow, merge, loser)
    for key in (survivor.id, loser.id):
        uow.merges.refresh_words(key)
        uow.bookings.set_last_visit(key)
        _refuse_overspent(uow, key)
    uow.merges.undone(merge.id)
    returned = {name.partition(".")[0]: len(keys) for name, keys in plan.back.items()}
    done = Unmerged(survivor.pl_id, loser.pl_id, loser.id, returned, tuple(left))
    _tell(uow, merge, done)
    return done


def _undoable(uow: "UnitOfWork", merge: StoredMerge) -> tuple[Customer, Retired]:
    """The two of a merge; refuses where a later merge stands on it, or the person is forgotten."""
    survivor, loser = require_customer(uow, merge.survivor_id), uow.merges.row(merge.loser_id)
    assert loser is not None
    refuse_erased(survivor)
    later = uow.merges.of_survivor(merge.survivor_id)[0]
    covers = later.loser if later.id != merge.id else None
    if survivor.id != merge.survivor_id:
        row = uow.merges.row(merge.survivor_id)
        covers = row.pl_id if row is not None else None
    if covers is not None:
        raise DomainError(
            "merge_covered",
            f"{covers} was merged into {survivor.pl_id} later. Undo that merge first.",
            field="merge",
        )
    return survivor, loser


# -- which records -------------------------------------------------------------------------------------
def _plan(uow: "UnitOfWork", merge: StoredMerge) -> _Plan:
    plan = _Plan()
    here: dict[str, set[int]] = {}
    for name, keys in merge.moved.items():
        table_name, _, column = name.partition(".")
        table = metadata.tables[table_name]
        found = uow.merges.still_at(table, column, keys, merge.survivor_id)
        here[table_name] = set(found)
        elsewhere = uow.merges.standing(table, keys) - here[table_name]
        if elsewhere:
            plan.stays[name] = sorted(elsewhere)
        if table_name == "customer":
            plan.back[name] = found
    last: dict[str, int] = merge.told["last"]
    for group in uow.ties.groups(merge.survivor_id):
        moved = [one for one in group if one[1] in here.get(one[0], ())]
        if not moved:
            continue
        is_whole = all(one in moved or one[1] > last.get(one[0], 0) for one in group)
        for table_name, key in group if is_whole else moved:
            (plan.back if is_whole else plan.stays).setdefault(f"{table_name}.customer_id", []).append(key)
    plan.back = {name: sorted(keys) for name, keys in plan.back.items() if keys}
    return plan


def _named(uow: "UnitOfWork", stays: Keys) -> Iterator[str]:
    """What does not go back, as a clerk calls it."""
    for name, keys in stays.items():
        table = name.partition(".")[0]
        if table in _FOLLOWING:
            continue
        if table == "customer":
            rows = [uow.merges.row(key) for key in keys]
            yield from (str(row.pl_id) for row in rows if row is not None)
            continue
        for key, called in uow.merges.called(metadata.tables[table], keys):
            letter = _LETTERS.get(table)
            if letter is not None and called is not None:
                yield number_text(letter, called)
            else:
                yield str(called) if isinstance(called, str) else f"{table.replace('_', ' ')} {key}"


# -- what was made beside ------------------------------------------------------------------------------
def _take_away(uow: "UnitOfWork", merge: StoredMerge) -> Iterator[str]:
    """What the merge made goes, what it took out comes back; the people who are used by now stay."""
    told, merges = merge.told, uow.merges
    for table in ("alias", "further_email"):
        made = [told["alias"]] if table == "alias" else told["emails"]
        found = merges.still_at(metadata.tables[table], "customer_id", made, merge.survivor_id)
        merges.take_out(table, found)
    contact = metadata.tables["contact"]
    gone = merges.untouched_contacts(told["contacts"], merge.survivor_id)
    merges.take_out("contact", gone)
    stays = set(told["contacts"]) - set(gone)
    yield from (name for _, name in merges.called(contact, sorted(stays)))
    of_loser = [key for key, side in told["answers"] if side == Side.LOSER]
    merges.hand_over(metadata.tables["consent"], "customer_id", of_loser, merge.loser_id)
    merges.put_back("further_email", told["emails_out"])
    merges.turn_pairs_back(told["pairs"])


# -- fields --------------------------------------------------------------------------------------------
_WORDS = {
    "email": "e-mail",
    "is_flagged": "flag",
    "price_level_id": "price level",
    "tax_exempt_reason": "reason for no tax",
    "tax_number": "tax number",
    "account_limit_minor": "limit on account",
}


def _fields(uow: "UnitOfWork", merge: StoredMerge, survivor: Customer) -> Iterator[str]:
    """Each field that is as the merge left it is as it was before; the others are named."""
    before, after, now = merge.told["before"], merge.told["after"], told_of(survivor)
    changed = [name for name in before if before[name] != after[name] and name != "no_phone_reason"]
    back: Any = {name: before[name] for name in changed if now[name] == after[name]}
    if back:
        uow.customers.update(survivor.id, **back)
    yield from (_WORDS.get(name, name) for name in changed if name not in back)


# -- numbers -------------------------------------------------------------------------------------------
def _numbers(uow: "UnitOfWork", merge: StoredMerge, loser: Retired) -> None:
    """Each of both has one primary number, or says why there is none."""
    reasons = (merge.told["before"]["no_phone_reason"], loser.no_phone_reason)
    keys = (merge.survivor_id, merge.loser_id)
    for key, line_id, reason in zip(keys, merge.told["primary"], reasons, strict=True):
        customer = require_customer(uow, key)
        current = [line.id for line in customer.current_phones]
        if current and uow.merges.primary(key) is None:
            uow.customers.set_primary(key, line_id if line_id in current else current[0])
        wanted = None if current else customer.no_phone_reason or reason or UNDONE
        if wanted != customer.no_phone_reason:
            uow.customers.update(key, no_phone_reason=wanted)


def _refuse_overspent(uow: "UnitOfWork", key: int) -> None:
    """Refuse an undo after which somebody would have spent more credit than they had."""
    if any(minor < 0 for minor in sums_of(uow, key).values()):
        raise DomainError(
            "merge_spent",
            "What both had together was spent since by one of them. The merge stays as it is.",
            field="merge",
        )


def _tell(uow: "UnitOfWork", merge: StoredMerge, done: Unmerged) -> None:
    """One entry in the timeline of each."""
    for key, pl_id, other in (
        (merge.survivor_id, done.survivor, done.loser),
        (merge.loser_id, done.loser, done.survivor),
    ):
        after: dict[str, object] = {"merge": merge.id, "survivor": str(done.survivor), "other": str(other)}
        if key == merge.survivor_id:
            after |= {"returned": dict(done.returned), "left": len(done.left)}
        uow.journal.add(Action.MERGE_UNDONE, "customer", key, ref=str(pl_id), after=after)
