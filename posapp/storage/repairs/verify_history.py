"""What `verify` asks of the story of repairs: devices, photos and parts are where it says."""

from collections.abc import Iterator
from typing import Any

from posapp.domain.base.actions import Action
from posapp.domain.repairs.tickets import COLLECTED
from posapp.storage.base.verify_base import Asking, Finding, Told

_OF_PHOTOS = (Action.PHOTO_ADDED, Action.PHOTO_REMOVED, Action.PHOTO_RESTORED)


def taken(asking: Asking) -> Finding:
    """Repairs took of each item's stock what their parts say that they used or scrapped."""
    found = Finding(asking.count("SELECT count(*) FROM part_use"))
    told: dict[int, int] = {}
    for one in asking.told("item"):
        by = one.after.get("by")
        if one.action == Action.ITEM_STOCK and isinstance(by, int) and _is_by_repairs(one.after):
            told[one.key] = told.get(one.key, 0) - by
    parts = (
        "(SELECT sum(p.quantity) FROM part_use p WHERE p.item_id = i.id AND p.state IN ('used', 'scrapped'))"
    )
    asked = f"SELECT i.id, i.sku, coalesce({parts}, 0) AS taken FROM item i WHERE i.keeps_stock"
    for row in asking.rows(asked):
        wanted = told.pop(row.id, 0)
        if row.taken != wanted:
            found.blame([f"{row.sku}: repairs took {row.taken}, {wanted} by the journal"])
    return found.blame(f"item {key} is lost" for key in told)


def _is_by_repairs(after: dict[str, Any]) -> bool:
    """Whether a ticket moved the stock; before moves had a kind, all but repairs gave a reason."""
    if "kind" in after:
        return str(after.get("paper", "")).startswith("T")
    return "reason" not in after


def history(asking: Asking) -> Finding:
    """Every device is in the state to which the undeletable history of its ticket brought it."""
    found = Finding()
    photos: dict[int, bool] = {}
    rows = asking.beside(
        "ticket",
        "SELECT j.ticket_id, t.number, j.position, s.code, j.state_since FROM job j "
        "JOIN ticket t ON t.id = j.ticket_id JOIN ticket_state s ON s.id = j.state_id "
        "ORDER BY j.ticket_id, j.position",
    )
    for _, told, jobs in rows:
        found.checked += len(jobs)
        if told and jobs:
            found.blame(_other_than_told(told, jobs))
        for one in told:
            key = one.after.get("photo")
            if one.action in _OF_PHOTOS and isinstance(key, int):
                photos[key] = one.action != Action.PHOTO_REMOVED
    return found.blame(_other_photos(asking, photos))


def _other_than_told(told: list[Told], jobs: list[tuple[Any, ...]]) -> Iterator[str]:
    states: dict[int, tuple[str, int]] = {}
    devices: int | None = None
    for one in told:
        position = one.after.get("position")
        if one.action == Action.TICKET_OPENED:
            devices = len(one.after.get("devices", ()))
        elif one.action == Action.TICKET_DEVICE_ADDED and devices is not None:
            devices += 1
        elif one.action in (Action.TICKET_STATE, Action.TICKET_DISPOSED) and isinstance(position, int):
            states[position] = (str(one.after.get("state")), one.at)
        elif one.action == Action.TICKET_HANDED_BACK:
            for each in one.after.get("positions", ()):
                states[each] = (COLLECTED, one.at)
    number = jobs[0][1]
    if devices not in (None, len(jobs)):
        yield f"T{number} has {len(jobs)} devices, {devices} by its history"
    for _, _, position, code, since in jobs:
        wanted = states.get(position)
        if wanted is not None and wanted != (code, since):
            yield f"T{number} device {position} is {code}, {wanted[0]} by its history"


def _other_photos(asking: Asking, kept: dict[int, bool]) -> Iterator[str]:
    """Photos of which the history says something else, or that are lost."""
    for row in asking.rows("SELECT id, removed_at FROM photo"):
        if kept.pop(row.id, row.removed_at is None) != (row.removed_at is None):
            yield f"photo {row.id} was {'removed' if row.removed_at else 'brought back'} by nobody"
    yield from (f"photo {key} is lost" for key in kept)
