"""What `verify` asks about imports: past records, old IDs, addresses, and the batches that brought them."""

import json
from collections.abc import Iterator

from posapp.domain.old_data.batches import Made, files_of, result_of
from posapp.domain.old_data.imports import NOT_COUNTED, BatchState, System
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Sift

_FIRST, _LAST = 631_152_000_000_000, 4_102_444_800_000_000
"""Moments that an old system can mean: 1990 to 2099, in microseconds."""
_SYSTEMS = ", ".join(f"'{system}'" for system in System)
_KEPT = 32 * DAY
"""Staged rows go after 30 days; a shop that is closed for two days is not late."""


def past_records(asking: Asking) -> Finding:
    """A past record is of its batch and customer, as it was written, and counts by its status."""
    found = Finding(asking.count("SELECT count(*) FROM past_record"))
    asking.put(found, _of_batch("past_record", "past record", _PAST))
    return found.blame(_misread_past(asking))


_PAST = (
    (
        "past record {0} tells of somebody who is anonymised",
        "r.body <> '' AND EXISTS (SELECT 1 FROM customer c "
        "WHERE c.id = r.customer_id AND c.erased_at IS NOT NULL)",
    ),
    ("past record {0} is of no time", f"r.at < {_FIRST} OR r.at >= {_LAST}"),
    ("past record {0} is of less than nothing", "r.amount_minor < 0"),
    (
        "past record {0} was taken in for somebody else",
        "r.ticket_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM ticket t WHERE t.id = r.ticket_id AND t.customer_id = r.customer_id)",
    ),
)


def _of_batch(table: str, what: str, more: tuple[tuple[str, str], ...] = ()) -> Sift:
    """What holds of everything that a batch brought."""
    return Sift(
        f"{table} r JOIN import_batch b ON b.id = r.batch_id",
        "r.id",
        (
            (f"{what} {{0}} has no ID", "trim(r.code) = '' OR r.code <> trim(r.code)"),
            (f"{what} {{0}} is of another system than its import", "r.system <> b.system"),
            (f"{what} {{0}} is of an import that is undone", f"b.state = '{BatchState.UNDONE}'"),
            (f"{what} {{0}} is of an import that only waits", f"b.state = '{BatchState.STAGED}'"),
            *more,
        ),
    )


def _misread_past(asking: Asking) -> Iterator[str]:
    rows = asking.tuples("SELECT id, code, code_fold, status, is_counted, body FROM past_record")
    for key, code, fold, status, is_counted, body in rows:
        if fold != code.casefold():
            yield f"past record {key} is found by another ID than its own"
        elif bool(is_counted) is (status.strip().casefold() in NOT_COUNTED):
            yield f"past record {key} counts though it does not, or the other way round"
        elif body and not _is_object(body):
            yield f"the remaining fields of past record {key} cannot be read"


def legacy_ids(asking: Asking) -> Finding:
    """An old ID is of its batch and finds its customer; further addresses are addresses."""
    found = Finding(asking.count("SELECT count(*) FROM legacy_id"))
    found.checked += asking.count("SELECT count(*) FROM further_email")
    asking.put(found, _of_batch("legacy_id", "old ID", _OLD_IDS))
    for one in _ADDRESSES:
        asking.put(found, one)
    rows = asking.tuples("SELECT id, code, code_fold, told FROM legacy_id")
    return found.blame(
        f"old ID {key} is found by another one, or what it said cannot be read"
        for key, code, fold, told in rows
        if fold != code.casefold() or (told and not _is_object(told))
    )


_OLD_IDS = (
    (
        "old ID {0} tells of somebody who is anonymised",
        "r.told <> '' AND EXISTS (SELECT 1 FROM customer c "
        "WHERE c.id = r.customer_id AND c.erased_at IS NOT NULL)",
    ),
)
_ADDRESSES = (
    Sift(
        "further_email f JOIN customer c ON c.id = f.customer_id",
        "c.pl_number",
        (
            (
                "a further address of PL{0} is none",
                "f.email NOT LIKE '%@%' OR f.email <> trim(f.email) OR f.email <> lower(f.email)",
            ),
            ("PL{0} is anonymised and has further addresses", "c.erased_at IS NOT NULL"),
            ("a further address of PL{0} is from the future", "f.created_at > {soon}"),
        ),
    ),
    Listed(
        "an old business of {0} is of no system that there is",
        f"SELECT code FROM legacy_business WHERE system NOT IN ({_SYSTEMS})",
    ),
)


def imports(asking: Asking) -> Finding:
    """A batch is in a state that its records agree with, and keeps rows as they came for 30 days."""
    found = Finding(asking.count("SELECT count(*) FROM import_batch"))
    for one in _BATCHES:
        asking.put(found, one)
    rows = asking.rows(
        "SELECT id, system, state, files, settings, result, made, "
        "(SELECT count(*) FROM past_record r WHERE r.batch_id = b.id) AS past FROM import_batch b"
    )
    return found.blame(fault for row in list(rows) for fault in _untold(asking, row))


_HAS_ROWS = (
    "(EXISTS (SELECT 1 FROM staged_record s WHERE s.batch_id = b.id) "
    "OR EXISTS (SELECT 1 FROM import_note n WHERE n.batch_id = b.id AND n.raw <> ''))"
)
_BATCHES = (
    Sift(
        "import_batch b",
        "b.id",
        (
            ("import {0} is of no system that there is", f"b.system NOT IN ({_SYSTEMS})"),
            (
                "import {0} does not say when it was settled, or is not settled",
                "b.state <> 'undoing' AND (b.state IN ('applied', 'undone')) <> (b.settled_at IS NOT NULL)",
            ),
            (
                "import {0} was settled at another time",
                f"b.settled_at < b.created_at - {DAY} OR b.settled_at > {{soon}}",
            ),
            (
                "import {0} is emptied and has rows as they came",
                f"b.emptied_at IS NOT NULL AND {_HAS_ROWS}",
            ),
            (
                "the rows of import {0} were to be emptied",
                "b.emptied_at IS NULL AND b.state IN ('staged', 'applied', 'undone') "
                f"AND coalesce(b.settled_at, b.updated_at) < {{past}} - {_KEPT - DAY} AND {_HAS_ROWS}",
            ),
        ),
    ),
    Listed(
        "import {0} has a remark on a row that is none",
        "SELECT DISTINCT batch_id FROM import_note WHERE \"row\" < 0 OR trim(code) = '' OR trim(file) = ''",
    ),
    Listed(
        "import {0} has a staged row that is none",
        'SELECT DISTINCT batch_id FROM staged_record WHERE "row" < 1 OR file < 0',
    ),
)


def _untold(asking: Asking, row: "tuple[object, ...]") -> Iterator[str]:
    """What a batch says of itself that does not hold."""
    key, system, state, files, settings, result, made, past = row
    try:
        files_of(str(files))
        figures = result_of(System(str(system)), str(result))
        people = Made.read(str(made)).of("customer")
        if not _is_object(str(settings)):
            raise ValueError
    except (ValueError, TypeError, AttributeError, LookupError):
        yield f"what import {key} says of itself cannot be read"
        return
    here = sum(
        asking.count(f"SELECT count(*) FROM customer WHERE id BETWEEN {low:d} AND {high:d}")
        for low, high in people
    )
    if here != sum(high - low + 1 for low, high in people):
        yield f"import {key} made customers who are gone"
    if state == BatchState.APPLIED and result and (figures.created, figures.past) != (here, past):
        yield f"import {key} made other customers and records than it says"


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
