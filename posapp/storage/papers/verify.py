"""What `verify` asks about papers: each is the one that was given out, each copy accounted for."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import PosappError
from posapp.domain.papers.documents import PaperKind, PaperSize, snapshot_digest
from posapp.domain.repairs.photos import is_png
from posapp.domain.stored_papers import from_json
from posapp.storage.base.verify_base import DAY, Asking, Finding, Sift, Told

_SIZES = frozenset(size.value for size in PaperSize)


def documents(asking: Asking) -> Finding:
    """Every stored paper can be read, is that of its record, and says what it said when it was made."""
    found = Finding(asking.count("SELECT count(*) FROM document"))
    for one in (_OF_BOOKINGS, _of_numbers(asking)):
        asking.put(found, one)
    pictures = {row[0] for row in asking.tuples("SELECT hash FROM picture")}
    wanted = (
        "SELECT d.id, d.kind, d.number, d.booking_id, d.snapshot, d.created_at, c.erased_at FROM document d "
        "LEFT JOIN customer c ON c.id = d.customer_id ORDER BY d.id"
    )
    for key, told, rows in asking.beside("document", wanted):
        if not rows:
            found.blame([f"paper {key} of {told[0].ref} is lost"])
        for row in rows:
            found.blame(_faults_of(row, told, pictures))
    return found


_OF_BOOKINGS = Sift(
    "document d JOIN booking b ON b.id = d.booking_id",
    "d.id, b.number",
    (
        ("paper {0} is not of B{1}", "d.business_id <> b.business_id OR d.number <> 'B' || b.number"),
        ("paper {0} of B{1} is under another customer", "d.customer_id {differs} b.customer_id"),
        ("paper {0} is older than B{1}", f"d.created_at < b.created_at - {DAY} OR d.created_at > {{soon}}"),
    ),
)


def _of_numbers(asking: Asking) -> Sift:
    """Papers that belong to their record by its number alone: of tickets, shifts, sales and payments."""
    digits = "CAST(substr(d.number, 2) AS INTEGER)"
    if not asking.is_sqlite:  # which refuses the whole question where one text has no digits
        digits = "CASE WHEN d.number ~ '^[TZSP][0-9]{1,18}$' THEN CAST(substr(d.number, 2) AS BIGINT) END"
    return Sift(
        f"document d LEFT JOIN ticket t ON t.business_id = d.business_id AND t.number = {digits} "
        "AND d.number LIKE 'T%' "
        f"LEFT JOIN shift z ON z.business_id = d.business_id AND z.number = {digits} AND d.number LIKE 'Z%' "
        f"LEFT JOIN sale_order s ON s.business_id = d.business_id AND s.number = {digits} "
        "AND d.number LIKE 'S%' "
        f"LEFT JOIN payment p ON p.business_id = d.business_id AND p.number = {digits} "
        "AND d.number LIKE 'P%'",
        "d.id, d.number",
        (
            ("paper {0} is of no {1}", "d.booking_id IS NULL AND coalesce(t.id, z.id, s.id, p.id) IS NULL"),
            (
                "paper {0} of {1} is under another customer",
                "d.booking_id IS NULL AND coalesce(t.id, s.id, p.id) IS NOT NULL "
                "AND d.customer_id {differs} coalesce(t.customer_id, s.customer_id, p.customer_id)",
            ),
            ("paper {0} of {1} is under a customer", "z.id IS NOT NULL AND d.customer_id IS NOT NULL"),
            (
                "paper {0} is older than {1}",
                "d.booking_id IS NULL AND (d.created_at > {soon} OR d.created_at < "
                f"coalesce(z.closed_at, t.created_at, s.completed_at, p.created_at) - {DAY})",
            ),
        ),
    )


def _faults_of(row: tuple[Any, ...], told: list[Told], pictures: set[str]) -> Iterator[str]:
    key, kind, number, booking, snapshot, made_at, erased_at = row
    if not snapshot:
        if erased_at is None:
            yield f"paper {key} of {number} is empty"
        return
    if erased_at is not None and not PaperKind(kind.partition("/")[0]).is_for_tax:
        yield f"paper {key} of {number} still tells of somebody who is anonymised"
    try:
        document = from_json(snapshot)
    except PosappError:
        yield f"paper {key} of {number} cannot be read"
        return
    if document.number != number or document.kind != kind.partition("/")[0]:
        yield f"paper {key} of {number} is that of {document.number}"
    if (document.kind == PaperKind.BOOKING_SLIP) != (booking is not None):
        yield f"paper {key} of {number} belongs to nothing"
    signed = document.signed
    for picture in filter(None, (document.shop.logo, signed)):
        if picture not in pictures:
            yield f"a picture of paper {key} of {number} is lost"
    made = next((one for one in told if one.action == Action.PAPER_MADE), None)
    if made is None:
        yield f"paper {key} of {number} was made by nobody"
    elif made.at != made_at or made.ref != number:
        yield f"paper {key} of {number} was made at another time"
    elif "digest" in made.after and made.after["digest"] != snapshot_digest(snapshot):
        yield f"paper {key} of {number} does not say what it said"  # papers of older programs have no digest


def copies(asking: Asking) -> Finding:
    """The copies of a paper are numbered from 1 without holes, and are those of the journal."""
    found = Finding(asking.count("SELECT count(*) FROM print_job"))
    wanted = (
        "SELECT p.document_id, p.copy, p.paper, p.output, p.state, p.attempts, p.created_at, d.kind, p.till "
        "FROM print_job p JOIN document d ON d.id = p.document_id ORDER BY p.document_id, p.copy"
    )
    for key, told, rows in asking.beside("document", wanted):
        for fault in _copies_of(told, rows):
            found.blame([f"paper {key}: {fault}"])
    return found


def _copies_of(told: list[Told], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    given = _given(told)
    here = {copy: (output, made_at) for _, copy, _, output, _, _, made_at, _, _ in rows}
    if sorted(here) != list(range(1, len(rows) + 1)):
        yield "its copies have holes"
    elif here != given:
        yield f"{len(here)} copies, {len(given)} by the journal"
    outcomes = Counter(one.action for one in told)
    states = Counter(row[4] for row in rows)
    printed = sum(row[4] == "done" and row[3] == "print" for row in rows)
    if (
        not printed <= outcomes[Action.PAPER_PRINTED] <= states["done"]
    ):  # a file may be saved without the queue
        yield f"{printed} copies are printed, {outcomes['paper.printed']} by the journal"
    if states["cancelled"] != outcomes[Action.PAPER_CANCELLED]:
        yield f"{states['cancelled']} copies are given up, {outcomes['paper.cancelled']} by the journal"
    tries = _tries(told)
    # An older program counted giving up as a try.
    if not tries <= sum(row[5] for row in rows) <= tries + outcomes[Action.PAPER_CANCELLED]:
        yield "it was tried another number of times"
    for _, copy, paper, _, state, attempts, _, kind, till in rows:
        name = kind.partition("/")[0]
        if paper not in _SIZES or name not in set(PaperKind) or PaperSize(paper) not in PaperKind(name).sizes:
            yield f"copy {copy} is on {paper}"
        if (state == "failed" and attempts == 0) or (state == "queued" and attempts) or not till.strip():
            yield f"copy {copy} is {state} after {attempts} tries at {till!r}"


def _given(told: list[Told]) -> dict[object, tuple[object, int]]:
    """The copies by the journal. What comes out takes the number of one that did not."""
    given: dict[object, tuple[object, int]] = {}
    for one in told:
        copy = one.after.get("copy")
        if one.action in (Action.PAPER_MADE, Action.PAPER_REPRINTED):
            if "moved" in one.after and copy in given:
                given[one.after["moved"]] = given.pop(copy)
            given[copy] = (one.after.get("output"), one.at)
        elif one.action == Action.PAPER_SENDING and {copy, one.after.get("was")} <= given.keys():
            given[copy], given[one.after["was"]] = given[one.after["was"]], given[copy]
    return given


def _tries(told: list[Told]) -> int:
    """How often a paper was sent: each time is noted before, by older programs only afterwards."""
    tries, is_sending = 0, False
    for one in told:
        if one.action == Action.PAPER_SENDING:
            tries, is_sending = tries + 1, True
        elif one.action in (Action.PAPER_PRINTED, Action.PAPER_FAILED):
            tries, is_sending = tries + (not is_sending), False
    return tries


def pictures(asking: Asking) -> Finding:
    """Every picture is the one that was kept, and those of shops, intakes and hand-backs are there."""
    found = Finding()
    kept = set()
    for row in asking.rows("SELECT hash, png FROM picture"):
        found.checked += 1
        png = bytes(row.png)
        kept.add(row.hash)
        if hashlib.sha256(png).hexdigest() != row.hash or not is_png(png):
            found.blame([f"picture {row.hash[:8]}"])
    found.blame(
        f"the logo of business {row[0]} is lost"
        for row in asking.rows("SELECT id, logo FROM business WHERE logo <> ''")
        if row.logo not in kept
    )
    return found.blame(
        f"a signature of T{row.number} is lost"
        for row in asking.rows(
            "SELECT t.number, j.signature_hash AS hash FROM job j JOIN ticket t ON t.id = j.ticket_id "
            "WHERE j.signature_hash <> '' "
            "UNION ALL SELECT number, signature_hash FROM ticket WHERE signature_hash <> ''"
        )
        if row.hash not in kept
    )
