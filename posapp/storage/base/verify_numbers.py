"""What `verify` asks about numbers: unique, within their counter, rising, without holes."""

from collections.abc import Iterator
from functools import partial

from posapp.domain.base.numbers import COUNTED, PL, Letter
from posapp.storage.base.counters import NUMBERED
from posapp.storage.base.verify_base import Asking, Finding, Listed


def pl_ids(asking: Asking) -> Finding:
    """Every PL ID is unique and not above the counter, and the journal never gave one out twice."""
    found = Finding(asking.count("SELECT count(*) FROM customer"))
    asking.put(
        found,
        Listed(
            "PL{0} is carried by {1}",
            "SELECT pl_number, count(*) FROM customer GROUP BY business_id, pl_number HAVING count(*) > 1",
        ),
    )
    found.blame(_above_counter(asking, "PL"))
    found.blame(_out_of_turn(asking, "PL"))
    return found.blame(f"PL{number} was given out twice" for number in asking.story.twice)


def pl_gaps(asking: Asking) -> Finding:
    """Where a PL ID is missing, the journal says why."""
    return _gaps(asking, "PL")


def _numbers(asking: Asking, letter: str) -> Finding:
    """Numbers are unique and without holes."""
    table, column = NUMBERED[letter]
    found = _gaps(asking, letter)
    asking.put(
        found,
        Listed(
            letter + "{0} stands twice",
            f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL "
            f"GROUP BY business_id, {column} HAVING count(*) > 1",
        ),
    )
    found.blame(_above_counter(asking, letter))
    # A report's number is drawn when its shift closes, and the shift that began last may close first.
    return found if letter == Letter.REPORT else found.blame(_out_of_turn(asking, letter))


booking_numbers = partial(_numbers, letter=Letter.BOOKING)
ticket_numbers = partial(_numbers, letter=Letter.TICKET)
sale_numbers = partial(_numbers, letter=Letter.SALE)
payment_numbers = partial(_numbers, letter=Letter.PAYMENT)
held_numbers = partial(_numbers, letter=Letter.HELD)
report_numbers = partial(_numbers, letter=Letter.REPORT)
gift_card_numbers = partial(_numbers, letter=Letter.GIFT_CARD)


def counters(asking: Asking) -> Finding:
    """Every business has its counters."""
    found = Finding(asking.count("SELECT count(*) FROM counter"))
    have: dict[int, set[str]] = {row[0]: set() for row in asking.rows("SELECT id FROM business")}
    for row in asking.rows("SELECT business_id, name, last FROM counter ORDER BY business_id, name"):
        have.setdefault(row.business_id, set()).add(row.name)
        if row.last < 0:
            found.blame([f"counter {row.name} of business {row.business_id} stands at {row.last}"])
    for business, names in have.items():
        for name in COUNTED:
            if name not in names:
                found.blame([f"business {business} has no counter {name}"])
    return found


def _above_counter(asking: Asking, letter: str) -> Iterator[str]:
    table, column = NUMBERED[letter]
    for row in asking.rows(
        f"SELECT r.{column} FROM {table} r LEFT JOIN counter c ON c.business_id = r.business_id "
        f"AND c.name = '{letter}' WHERE r.{column} > coalesce(c.last, 0) OR r.{column} < 1"
    ):
        yield f"{letter}{row[0]} is above the counter"


def _out_of_turn(asking: Asking, letter: str) -> Iterator[str]:
    """A number is drawn with the row: later rows have higher numbers."""
    table, column = NUMBERED[letter]
    before = f"lag(id) OVER (PARTITION BY business_id ORDER BY {column})"
    # A sale that waited was there long before its number.
    drawn = f"{column} IS NOT NULL" + (" AND held_number IS NULL" if letter == Letter.SALE else "")
    if letter == PL and asking.story.kept:
        yield from _out_of_turn_but_kept(asking)
        return
    for row in asking.rows(
        f"SELECT number FROM (SELECT {column} AS number, id, {before} AS before FROM {table} "
        f"WHERE {drawn}) r WHERE id < before"
    ):
        yield f"{letter}{row[0]} was drawn out of turn"


def _out_of_turn_but_kept(asking: Asking) -> Iterator[str]:
    """The same without the PL IDs that customers brought along: those were drawn elsewhere."""
    spans = {business: sorted(found) for business, found in asking.story.kept.items()}
    place, last = 0, (0, 0)
    for business, number, key in asking.tuples(
        "SELECT business_id, pl_number, id FROM customer ORDER BY business_id, pl_number"
    ):
        if business != last[0]:
            place, last = 0, (business, 0)
        kept = spans.get(business, ())
        while place < len(kept) and kept[place][1] < number:
            place += 1
        if place < len(kept) and kept[place][0] <= number:
            continue
        if key < last[1]:
            yield f"{PL}{number} was drawn out of turn"
        last = (business, key)


def _gaps(asking: Asking, letter: str) -> Finding:
    table, column = NUMBERED[letter]
    numbered = f"{table} WHERE {column} IS NOT NULL"
    found = Finding(asking.count(f"SELECT count(*) FROM {numbered}"))
    inner = (
        "SELECT business_id, "
        f"lag({column}, 1, 0) OVER (PARTITION BY business_id ORDER BY {column}) AS low, "
        f"{column} AS high FROM {numbered}"
    )
    tail = (
        f"SELECT c.business_id, coalesce(max(r.{column}), 0) AS low, c.last + 1 AS high FROM counter c "
        f"LEFT JOIN {table} r ON r.business_id = c.business_id WHERE c.name = '{letter}' "
        "GROUP BY c.business_id, c.last"
    )
    for sql in (inner, tail):
        for row in asking.rows(f"SELECT business_id, low, high FROM ({sql}) g WHERE high > low + 1"):
            if not asking.story.explains(row.business_id, letter, row.low + 1, row.high - 1):
                found.blame([f"{letter}{row.low + 1} to {letter}{row.high - 1} are missing"])
    return found
