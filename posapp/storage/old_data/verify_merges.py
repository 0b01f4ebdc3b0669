"""What `verify` asks about merges: each that was not undone leads from its loser to its survivor."""

import json
from collections.abc import Iterator

from posapp.domain.base.actions import Action
from posapp.storage.base.verify_base import DAY, Asking, Finding, Sift
from posapp.storage.customers.verify import roots

_MERGES = Sift(
    "customer_merge m",
    "m.id",
    (
        ("merge {0} is of one customer", "m.survivor_id = m.loser_id"),
        (
            "merge {0} was undone at another time",
            f"m.undone_at < m.created_at - {DAY} OR m.undone_at > {{soon}}",
        ),
    ),
)


def merges(asking: Asking) -> Finding:
    """A merge leads from its loser to its survivor until it is undone, and can be read."""
    found = Finding(asking.count("SELECT count(*) FROM customer_merge"))
    asking.put(found, _MERGES)
    return found.blame(_faults(asking))


def _faults(asking: Asking) -> Iterator[str]:
    root = roots(asking)
    noted = {
        (one.action, one.key, one.after.get("merge"))
        for one in asking.told("customer")
        if one.action in (Action.CUSTOMERS_MERGED, Action.MERGE_UNDONE)
    }
    wanted = "SELECT id, survivor_id, loser_id, moved, told, undone_at FROM customer_merge ORDER BY id"
    for key, survivor, loser, moved, told, undone_at in asking.tuples(wanted):
        if undone_at is None and (loser not in root or root[loser] != root.get(survivor, survivor)):
            yield f"merge {key} does not lead to its survivor"
        if not (_is_json(moved) and (not told or _is_json(told))):
            yield f"merge {key} cannot be read"
        said = {(Action.CUSTOMERS_MERGED, one, key) for one in (survivor, loser)}
        if undone_at is not None:
            said |= {(Action.MERGE_UNDONE, one, key) for one in (survivor, loser)}
        mine = {one for one in noted if one[2] == key}
        if mine != said:
            yield f"merge {key} was made or undone otherwise"
        noted -= mine
    for key in sorted({str(one[2]) for one in noted}):
        yield f"merge {key} is lost"


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
