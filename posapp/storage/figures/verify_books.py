"""What `verify` asks about the books: they balance, say what the records say, and what was sent stays."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from posapp.domain.base.clock import day_of
from posapp.domain.figures.books import OF_TENDER, DocumentKind, Role, digest_of, sums_of
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.figures.book_moves import DOCUMENTS, shifts_since

_MOVED = f"{DOCUMENTS} SELECT day, kind, record, number, role, tax, minor FROM documents"
_YEARS = (
    "SELECT business_id, min(day) / 10000, max(day) / 10000 FROM ("
    + " UNION ALL ".join(
        f"SELECT business_id, business_day AS day FROM {table}"
        for table in ("shift", "payment", "ledger_entry", "gift_move", "cash_move")
    )
    + ") d GROUP BY business_id ORDER BY business_id"
)
_NAMES = {role: tender for tender, role in OF_TENDER.items()}
_MONEY = frozenset({DocumentKind.SALE, DocumentKind.VOID, DocumentKind.PAYMENT})
_EARNED = frozenset({Role.REPAIRS, Role.GOODS, Role.SERVICES, Role.REFUNDS})
_Total = dict[tuple[int, int, str, str], int]
"""What was summed, by business, day (0 for all days), what it is, and its name."""


def books(asking: Asking) -> Finding:
    """Every document balances; money by tender is that of each day, taxes and revenue those of all days."""
    found, sums = Finding(), _Total()
    for business, first, last in list(asking.tuples(_YEARS)):
        for year in range(int(first), int(last) + 1):
            _weigh(asking, found, sums, business, year)
    asked = "SELECT business_id, business_day, what, name, gross_minor, net_minor, tax_minor FROM day_total"
    for business, day, what, name, gross, net, tax in asking.tuples(asked):
        if what == "tender" and name in OF_TENDER:
            _add(sums, (business, day, "tender", name), -gross)
        elif what == "tax":
            _add(sums, (business, 0, "tax", name), tax)
        elif what == "order":
            _add(sums, (business, 0, "revenue", ""), net)
    return found.blame(
        f"{what} {name} of {day or 'all days'} of business {business} is {minor} otherwise in the books"
        for (business, day, what, name), minor in sorted(sums.items())
        if minor
    )


def _weigh(asking: Asking, found: Finding, sums: _Total, business: int, year: int) -> None:
    """A year of one business: what its documents come to, and which do not balance."""
    keys = {"first": year * 10000, "last": year * 10000 + 9999, "since": shifts_since(date(year, 1, 1))}
    rest: dict[tuple[int, int, int, int], int] = {}
    for day, kind, record, number, role, tax, minor in asking.rows(_MOVED, business=business, **keys):
        document = (day, kind, record, number)
        rest[document] = rest.get(document, 0) + minor
        if role in _NAMES and kind in _MONEY:
            _add(sums, (business, day, "tender", _NAMES[Role(role)].value), minor)
        elif role == Role.TAX:
            _add(sums, (business, 0, "tax", tax), minor)
        elif role in _EARNED:
            _add(sums, (business, 0, "revenue", ""), minor)
    found.checked += len(rest)
    found.blame(
        f"{DocumentKind(kind).name.lower()} {number or record} of {day_of(day)} differs by {minor}"
        for (day, kind, record, number), minor in rest.items()
        if minor
    )


def _add(sums: _Total, key: tuple[int, int, str, str], minor: int) -> None:
    sums[key] = sums.get(key, 0) + int(minor)


def sendings(asking: Asking) -> Finding:
    """What was sent is as it was sent: it balances, its digest is its own, and no correction is missing."""
    found = Finding()
    last: dict[tuple[int, str, int], int] = {}
    asked = (
        "SELECT business_id, format, business_day, correction, sums, digest FROM book_sending "
        "ORDER BY business_id, format, business_day, correction"
    )
    for business, of, day, correction, sums, digest in asking.tuples(asked):
        found.checked += 1
        found.blame(_altered(f"what {of} got of {day_of(day)}", sums, digest))
        if correction != last.get((business, of, day), -1) + 1:
            found.blame([f"a correction of {day_of(day)} for {of} is missing"])
        last[business, of, day] = correction
    return found


def _altered(name: str, sums: Any, digest: Any) -> Iterable[str]:
    if digest_of(sums) != digest:
        yield f"{name} was altered"
    elif sum(sums_of(sums).values()):
        yield f"{name} does not balance"
