"""Whatever somebody does to the journal behind its guards, the first broken entry is named in words."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from posapp.domain.base.journal import GENESIS, canonical, chain_hash
from posapp.services.desks import Shop
from posapp.storage.base.verify_chain import Chains
from posapp.storage.base.verify_journal import read_story
from tests.factories import NOW, a_booking, a_customer
from tests.guards import without_guards

COLUMNS = ("business_id", "id", "at", "till", "person", "action", "subject", "subject_id", "body", "hash")
AT = int(NOW.timestamp() * 1_000_000)
Row = tuple[Any, ...]
SAID = (
    ("Till 1", None, "customer.created", "customer", 1, {"ref": "PL1", "after": {"name": "sha256:0"}}),
    ("Till 1", "Grace", "booking.made", "booking", 7, {"ref": "B1", "rows": {"booking 7": ["", "ab", 0]}}),
    ("Kasse \u201e2\u201c", "\u0928\u0947\u0939\u093e", "paper.made", "document", 12, {"ref": 'a\\"b\n'}),
    ("Till 1", None, "journal.counted", "journal", 0, {"ref": "", "base": {"customer": [1, 99]}}),
)


def chain(business: int, count: int = len(SAID)) -> list[Row]:
    """A chain as the program writes it, an entry a minute."""
    rows: list[Row] = []
    previous = GENESIS
    for number, (till, person, action, subject, key, body) in zip(
        range(1, count + 1), itertools.cycle(SAID), strict=False
    ):
        at = AT + number * 60_000_000
        said = (business, number, at, till, person, action, subject, key, canonical(body))
        previous = chain_hash(previous, *said)
        rows.append((*said, previous))
    return rows


HEADS = {business: (len(SAID), chain(business)[-1][-1]) for business in (1, 2)}


def words(rows: list[Row]) -> list[str]:
    """What is wrong with two chains that end as `HEADS` say."""
    chains = Chains()
    for _ in chains.followed(sorted(rows, key=lambda row: row[:2])):
        pass
    chains.compare(HEADS, (1, 2))
    return [one.words for one in chains.breaks]


def whole() -> list[Row]:
    return [*chain(1), *chain(2)]


def test_a_chain_that_nobody_touched_holds() -> None:
    assert words(whole()) == []


def put(rows: list[Row], place: int, **changes: Any) -> None:
    rows[place] = tuple({**dict(zip(COLUMNS, rows[place], strict=True)), **changes}.values())


def _delete(rows: list[Row]) -> None:
    del rows[1:3]


def _cut(rows: list[Row]) -> None:
    del rows[3]


def _empty(rows: list[Row]) -> None:
    del rows[:4]


def _insert(rows: list[Row]) -> None:
    """An entry is put between two others; those behind it move up, and only the end is as it was."""
    for place in (3, 2):
        put(rows, place, id=place + 2)
    rows.insert(2, (*rows[1][:1], 3, *rows[1][2:]))


def _swap(rows: list[Row]) -> None:
    rows[1], rows[2] = (1, 2, *rows[2][2:]), (1, 3, *rows[1][2:])


def _replace(rows: list[Row]) -> None:
    """Another last entry that follows from the one before it."""
    said = (*rows[3][:3], "Till 9", *rows[3][4:9])
    rows[3] = (*said, chain_hash(rows[2][-1], *said))


def _add(rows: list[Row]) -> None:
    said = (1, 5, *rows[3][2:9])
    rows.insert(4, (*said, chain_hash(rows[3][-1], *said)))


FORGED: dict[Callable[[list[Row]], None], str] = {
    _delete: "entries 2 to 3 of business 1 are missing, before one of 2026-11-18 08:04 UTC",
    _cut: "entry 4 of business 1 was cut off at the end, after 2026-11-18 08:03 UTC",
    _empty: "entries 1 to 4 of business 1 were cut off at the end, after the beginning",
    _insert: "entry 3 of business 1 (2026-11-18 08:02 UTC) was altered",
    _swap: "entry 2 of business 1 (2026-11-18 08:03 UTC) was altered",
    _replace: "entry 4 of business 1 (2026-11-18 08:04 UTC) was replaced",
    _add: "entry 5 of business 1 (2026-11-18 08:04 UTC) was added behind the end",
}


@pytest.mark.parametrize(("forge", "said"), FORGED.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_the_first_broken_entry_is_named(forge: Callable[[list[Row]], None], said: str) -> None:
    rows = whole()
    forge(rows)
    assert words(rows)[0] == said


def test_an_entry_whose_hash_alone_was_altered_is_the_only_one_named() -> None:
    rows = whole()
    put(rows, 1, hash="0" * 64)
    assert words(rows) == ["entry 2 of business 1 (2026-11-18 08:02 UTC) was altered"]


def test_a_time_that_was_made_impossible_is_named_nevertheless() -> None:
    rows = whole()
    put(rows, 1, at=1 << 62)
    assert words(rows) == ["entry 2 of business 1 (a time that cannot be) was altered"]


def test_any_changed_byte_of_any_column_of_any_entry_is_found() -> None:
    """Each letter of each text becomes another one, each digit of each number too."""
    untouched = whole()
    for place, row in enumerate(untouched):
        for name, value in zip(COLUMNS, row, strict=True):
            for changed in others(value):
                rows = list(untouched)
                put(rows, place, **{name: changed})
                assert words(rows), (place, name, changed)


def others(value: Any) -> list[Any]:
    """The value with each one of its bits, letters or digits changed."""
    if value is None:
        return ["", "null", 0]
    if isinstance(value, int):
        return [value ^ (1 << bit) for bit in range(56)]
    letters = [value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :] for at in range(len(value))]
    return [*letters, value + " ", value[:-1], value.encode(), None]


TEXTS = st.text(st.characters(exclude_categories=()))


@given(st.tuples(TEXTS, st.none() | TEXTS, TEXTS, TEXTS), st.integers(0, 1 << 60), TEXTS)
def test_the_hash_of_an_entry_is_that_which_the_journal_writes(
    texts: tuple[str, str | None, str, str], number: int, body: str
) -> None:
    till, person, action, subject = texts
    said = (1, 1, number, till, person, action, subject, number, body)
    made = chain_hash(GENESIS, *said)
    chains = Chains()
    for _ in chains.followed([(*said, made)]):
        pass
    chains.compare({1: (1, made)}, (1,))
    assert chains.breaks == []


# -- in a file ---------------------------------------------------------------------------------------------
@pytest.fixture
def forging(sqlite_shop: Shop) -> Any:
    """A connection to a shop whose guards are off."""
    actor = sqlite_shop.actor("Till 1")
    a_booking(sqlite_shop, actor, a_customer(sqlite_shop, actor, "Мария", note="door „4“"))
    with sqlite_shop.store.database.connection(writes=True) as connection:
        without_guards(connection)
        yield connection
        connection.rollback()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_any_changed_byte_in_the_file_is_found(forging: Connection, data: st.DataObject) -> None:
    """What is stored need not be text any more: the entry is named all the same."""
    table, keys = data.draw(st.sampled_from([("journal", "id"), ("journal_personal", "journal_id")]))
    column = data.draw(st.sampled_from(COLUMNS if table == "journal" else ("salt", "body")))
    found = forging.execute(text(f"SELECT business_id, {keys}, {column} FROM {table} ORDER BY 1, 2")).all()
    business, number, value = data.draw(st.sampled_from(found))
    stored = bytearray(str(value).encode())
    at, bit = data.draw(st.integers(0, len(stored) - 1)), data.draw(st.integers(0, 7))
    stored[at] ^= 1 << bit
    changed = f"UPDATE OR IGNORE {table} SET {column} = CAST(? AS TEXT) WHERE business_id = ? AND {keys} = ?"
    with forging.begin_nested() as held:
        forging.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        done = forging.exec_driver_sql(changed, (bytes(stored), business, number))
        faults = list(read_story(forging).faults()) if done.rowcount else ["refused by the database"]
        held.rollback()
    assert faults, (table, column, bytes(stored))
    if table == "journal" and column not in ("business_id", "id") and done.rowcount:
        assert f"entry {number} of business {business} " in faults[0]
    assert list(read_story(forging).faults()) == []
