"""What `verify` asks about shifts: closed once and for all, each drawer as records and journal say."""

import re
from collections.abc import Iterator
from typing import Any

from posapp.domain.base.actions import Action
from posapp.domain.base.money import LIMIT
from posapp.domain.selling.shifts import counted_sum, pieces_of
from posapp.storage.base.verify_base import Asking, Finding, Listed, Question, Sift, Told
from posapp.storage.base.verify_told import read_ever

_MOVED = (
    "coalesce((SELECT sum(m.amount_minor) FROM cash_move m WHERE m.shift_id = s.id AND m.kind = '{}'), 0)"
)
_PAID = (
    "coalesce((SELECT sum(p.amount_minor) FROM payment p WHERE p.shift_id = s.id AND p.tender = 'cash'), 0)"
)
_EXPECTED = f"s.float_minor + {_MOVED.format('in')} - {_MOVED.format('out')} + {_PAID}"

SHIFTS = Question(
    "shifts",
    "A shift is open once at a till, and closed with a number, a count and its difference",
    "SELECT count(*) FROM shift",
    (
        Listed(
            "{0} has {1} open shifts",
            "SELECT till, count(*) FROM shift WHERE closed_at IS NULL GROUP BY business_id, till "
            "HAVING count(*) > 1",
        ),
        Sift(
            "shift s",
            "s.id",
            (
                ("shift {0} is of no till", "trim(s.till) = ''"),
                ("shift {0} was opened by nobody", "trim(s.opened_by) = ''"),
                ("shift {0} began or ended in the future", "s.opened_at > {soon} OR s.closed_at > {soon}"),
                (
                    "shift {0} is half closed",
                    " OR ".join(
                        f"(s.closed_at IS NULL) <> (s.{one} IS NULL)"
                        for one in (
                            "number",
                            "closed_by",
                            "expected_minor",
                            "counted_minor",
                            "difference_minor",
                        )
                    ),
                ),
                ("shift {0} was closed by nobody", "trim(s.closed_by) = ''"),
                ("shift {0} is open but counted", "s.closed_at IS NULL AND (s.pieces <> '' OR s.note <> '')"),
                ("the float of shift {0} is below zero", "s.float_minor < 0"),
                ("the count of shift {0} is below zero", "s.counted_minor < 0"),
                (
                    "the difference of shift {0} is not counted less expected",
                    "s.difference_minor <> s.counted_minor - s.expected_minor",
                ),
            ),
        ),
        Sift(
            "cash_move m",
            "m.id",
            (
                ("cash move {0} goes nowhere", "m.kind NOT IN ('in', 'out')"),
                ("cash move {0} is of nothing", "m.amount_minor <= 0"),
                ("cash move {0} has no reason", "trim(m.reason) = ''"),
            ),
        ),
        Sift(
            "shift_check c JOIN shift s ON s.id = c.shift_id",
            "c.id",
            (
                ("what check {0} found is below zero", "c.amount_minor < 0"),
                ("check {0} is of an open shift", "s.closed_at IS NULL"),
            ),
        ),
    ),
)


def shifts(asking: Asking) -> Finding:
    """Shifts are whole, and the journal tells of the same ones."""
    found = SHIFTS(asking)
    moves = _by_shift(asking, "cash_move", "kind, amount_minor, created_at")
    checks = _by_shift(asking, "shift_check", "amount_minor, created_at")
    wanted = (
        "SELECT id, business_id, till, business_day, opened_at, float_minor, number, closed_at, "
        "expected_minor, counted_minor, pieces FROM shift ORDER BY id"
    )
    for key, told, rows in asking.beside("shift", wanted):
        if not rows:
            found.blame([f"shift {key} is lost"])
        for row in rows if told else ():  # others came in one go, and that entry counts them
            found.blame(_told_otherwise(key, row, told, moves.get(key, []), checks.get(key, [])))
    for row in asking.rows("SELECT business_id, value FROM setting WHERE name = 'shift_difference_minor'"):
        if re.fullmatch("[0-9]{1,13}", row.value) is None or int(row.value) >= LIMIT:
            found.blame([f"the note of a shift is needed above {row.value[:20]!r}"])
    return found


def _by_shift(
    asking: Asking, table: str, columns: str, *, order: str = "id"
) -> dict[int, list[tuple[Any, ...]]]:
    """The records of a table by their shift, in the order of the writing."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    wanted = f"SELECT shift_id, {columns} FROM {table} WHERE shift_id IS NOT NULL ORDER BY {order}"
    for key, *values in asking.tuples(wanted):
        found.setdefault(key, []).append(tuple(values))
    return found


def _told_otherwise(
    key: int, row: tuple[Any, ...], told: list[Told], moves: list[Any], checks: list[Any]
) -> Iterator[str]:
    _, _, till, _, opened_at, float_minor, number, closed_at, expected, counted, pieces = row
    opened = [(one.at, one.after.get("float_minor")) for one in told if one.action == Action.SHIFT_OPENED]
    if opened != [(opened_at, float_minor)]:
        yield f"shift {key} was opened otherwise"
    tills = [one.after.get("till") for one in told if one.action in (Action.SHIFT_OPENED, Action.SHIFT_TILL)]
    if tills[-1:] != [till]:
        yield f"shift {key} is of another till"
    kinds = {Action.SHIFT_CASH_IN.value: "in", Action.SHIFT_CASH_OUT.value: "out"}
    said = [(kinds[one.action], one.after.get("amount_minor"), one.at) for one in told if one.action in kinds]
    if said != moves:
        yield f"the cash moves of shift {key} are not those of the journal"
    closed = [
        (one.at, one.ref, one.after.get("expected_minor"), one.after.get("counted_minor"))
        for one in told
        if one.action == Action.SHIFT_CLOSED
    ]
    if closed != ([(closed_at, f"Z{number}", expected, counted)] if closed_at is not None else []):
        yield f"shift {key} was closed otherwise"
    if pieces and _sum(pieces) != counted:
        yield f"the notes and coins of shift {key} are not its count"
    found = [(one.after.get("amount_minor"), one.at) for one in told if one.action == Action.SHIFT_VERIFIED]
    if found != checks:
        yield f"shift {key} was verified otherwise"


def _sum(pieces: str) -> int | None:
    try:
        return counted_sum(pieces_of(pieces))
    except ValueError:
        return None


def days(asking: Asking) -> Finding:
    """What is written into a shift stands on a day of it, and never falls behind the one before."""
    found, ever = Finding(), asking.once(read_ever)
    written: dict[int, list[tuple[str, list[tuple[int, int]]]]] = {}
    for words, table, key, at in _WRITTEN:
        for shift, those in _by_shift(asking, table, f"{at}, business_day", order=key).items():
            written.setdefault(shift, []).append((words, [(one[0], one[1]) for one in those]))
    for shift, business, first, opened in asking.tuples(
        "SELECT id, business_id, business_day, opened_at FROM shift ORDER BY id"
    ):
        found.checked += 1
        if not ever.is_day_of(business, first, opened):
            found.blame([f"shift {shift} stands on {first}"])
        groups = written.get(shift, [])
        own = {first} | {day for _, rows in groups for at, day in rows if ever.is_day_of(business, day, at)}
        for words, rows in groups:
            last = first
            for _, stands in rows:
                if stands < last or stands not in own:
                    found.blame([f"{words} of shift {shift} stands on {stands}"])
                last = max(last, stands)
    return found


_WRITTEN = (
    ("a cash move", "cash_move", "id", "created_at"),
    ("a payment", "payment", "id", "created_at"),
    ("a sale", "sale_order", "number", "completed_at"),
)
"""What a shift holds, in the order of its writing: words, table, key, moment."""


def drawers(asking: Asking) -> Finding:
    """What a closed drawer was expected to hold, computed anew from its float and what went in and out."""
    found = Finding(asking.count("SELECT count(*) FROM shift WHERE closed_at IS NOT NULL"))
    asking.put(
        found,
        Sift(
            "shift s",
            "s.number, s.expected_minor",
            (("Z{0} does not hold {1}", f"s.closed_at IS NOT NULL AND s.expected_minor <> {_EXPECTED}"),),
        ),
    )
    return found
