"""search, search-growth, phone: the one box against the barest statements on raw sqlite3 (`barest`)."""

import random
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from posapp.domain.base.actor import Actor
from posapp.domain.base.folding import fold
from posapp.services.desks import Shop
from tests.benchmarks import barest
from tests.benchmarks.measure import BOTH, Case, Row, Times, compared, in_turn, show
from tests.benchmarks.shops import opened, raw, shop_file

ROUNDS = 5
PER_KIND = 80
WORST = (
    "a", "e", "o", "m", "s", "a x", "m a", "a b c", "o o o", "ma ma", "an", "mu", "o'", "王", "नेहा",
    "zzzz", "qqqqqq", "sean murphy kelly", "a a a a a a", "871234567890", "000000000001", "+353", "+35387",
    "1234", "0000", "3538", "@", "a@", "PL999999999", "b999999999", "mac", "mc c", "mary m", "e@example.com",
    "kowalzcyk", "murhpy kely", "johanson", "smithers",
)  # fmt: skip
WORST_KIND = "worst texts"
Texts = dict[str, list[str]]


def texts_of(file: Path, seed: int = 7) -> Texts:
    """What clerks type, taken from customers of the shop itself, by kind."""
    dice = random.Random(seed)
    connection = raw(file)
    last = connection.execute("SELECT max(id) FROM customer").fetchone()[0]
    kinds: Texts = {
        kind: []
        for kind in (
            "1 letter", "2 letters", "3 letters", "4 letters", "6 letters", "two words", "whole name",
            "PL ID", "booking", "e-mail", "phone", "last 4 digits", "last 6 digits", "first digits",
        )
    }  # fmt: skip
    while len(kinds["phone"]) < PER_KIND:
        key = dice.randint(1, last)
        name, email, phone = connection.execute(
            "SELECT c.name, c.email, p.key FROM customer c "
            "JOIN phone p ON p.customer_id = c.id AND p.is_primary WHERE c.id = ?",
            (key,),
        ).fetchone()
        folded = fold(name)
        words = folded.split()
        if len(words) < 2 or not email:
            continue
        for length in (1, 2, 3, 4, 6):
            kinds["1 letter" if length == 1 else f"{length} letters"].append(folded[:length].strip())
        kinds["two words"].append(f"{words[0][:3]} {words[-1][:3]}")
        kinds["whole name"].append(name)
        kinds["PL ID"].append(f"PL{key}")
        kinds["booking"].append(f"b{dice.randint(1, 3 * last)}")
        kinds["e-mail"].append(email[: email.index("@") + 1])
        kinds["phone"].append(phone)
        kinds["last 4 digits"].append(phone[-4:])
        kinds["last 6 digits"].append(phone[-6:])
        kinds["first digits"].append(phone[:8])
    connection.close()
    return kinds


def statements_of(shop: Shop, actor: Actor, text: str) -> list[tuple[str, dict[str, object]]]:
    """The statements, with their values, by which the desk answers a text."""
    reader = shop.search._reader
    asked: list[tuple[str, dict[str, object]]] = []
    original: Callable[..., list[object]] = reader._rows

    def listening(sql: str, values: dict[str, object]) -> list[object]:
        asked.append((sql, values))
        return original(sql, values)

    reader._rows = listening  # type: ignore[method-assign]
    try:
        shop.search.search(actor, text)
    finally:
        del reader._rows
    return asked


def replay(connection: sqlite3.Connection, asked: list[tuple[str, dict[str, object]]]) -> Callable[[], None]:
    """The same statements without posapp."""

    def run() -> None:
        for sql, values in asked:
            connection.execute(sql, values).fetchall()

    return run


def _by_text(customers: int, kinds: Texts, rounds: int = ROUNDS) -> dict[str, dict[str, dict[str, Times]]]:
    """For every kind and text: times of posapp, of its own statements alone, and of the barest one."""
    file = shop_file(customers)
    connection = raw(file)
    results: dict[str, dict[str, dict[str, Times]]] = {}
    with opened(file) as (shop, actor):
        shop.search.search(actor, "warm up")
        for kind, texts in kinds.items():
            results[kind] = {}
            for text in dict.fromkeys(texts):
                own = statements_of(shop, actor, text)
                cases: dict[str, Case] = {
                    "posapp": partial(shop.search.search, actor, text),
                    "own": replay(connection, own),
                    "barest": replay(connection, own if kind == WORST_KIND else [barest.search(kind, text)]),
                }
                results[kind][text] = in_turn(cases, rounds)
    connection.close()
    return results


def _gathered(of_texts: dict[str, dict[str, Times]], case: str) -> Times:
    return Times([sample for times in of_texts.values() for sample in times[case].samples])


def _compared(kind: str, found: dict[str, dict[str, Times]], **goal: float) -> Row:
    posapp, own, bare = (_gathered(found, case) for case in ("posapp", "own", "barest"))
    return compared(kind, posapp, bare, own=own, **goal)


def search(customers: int) -> None:
    """Typed text to ranked results; every kind of text, and the worst texts known."""
    kinds = texts_of(shop_file(customers))
    results = _by_text(customers, {**kinds, WORST_KIND: list(WORST)}, rounds=9)
    rows = [
        _compared(kind, found, most=2, spare=0.05, most_p99=3)
        for kind, found in results.items()
        if kind != WORST_KIND
    ]
    every = {text: times for found in results.values() for text, times in found.items()}
    slowest = max(every, key=lambda text: every[text]["posapp"].p50)
    worst = every[slowest]
    rows.append(
        Row(
            f"worst of {len(every):,} texts: {slowest!r}",
            (f"{worst['posapp'].p50:.3f} ms", "", "", f"{worst['own'].p50:.3f} ms"),
            "<= 5 ms",
            worst["posapp"].p50 <= 5,
        )
    )
    show(f"search, {customers:,} customers (barest: one statement on raw sqlite3)", rows, BOTH)


def search_growth(customers: int) -> None:
    """The same texts in a shop ten times as large."""
    small, large = customers // 10, customers
    kinds = texts_of(shop_file(small))
    chosen = {
        "one word": [*kinds["1 letter"], *kinds["2 letters"], *kinds["3 letters"], *kinds["4 letters"]],
        "two words": kinds["two words"],
        "phone": kinds["last 4 digits"],
    }
    before, after = (_by_text(size, chosen, rounds=5) for size in (small, large))
    rows = [
        compared(kind, _gathered(after[kind], "posapp"), _gathered(before[kind], "posapp"), most=most)
        for kind, most in (("one word", 4.5), ("two words", 5.5), ("phone", 4.5))
    ]
    columns = (f"{large:,} p50", f"{small:,} p50", "ratio", f"{large:,} p99", f"{small:,} p99")
    show(f"search-growth, {large:,} customers against {small:,}", rows, columns)


def phone(customers: int) -> None:
    """Whole numbers and final digits against the one index look-up that answers them."""
    kinds = texts_of(shop_file(customers), seed=11)
    goals = {"phone": 4.0, "last 4 digits": 3.0, "last 6 digits": 3.0}
    results = _by_text(customers, {kind: kinds[kind] for kind in goals})
    rows = [_compared(kind, found, most=goals[kind], spare=0.05) for kind, found in results.items()]
    show(f"phone, {customers:,} customers (barest: one look-up in the index)", rows, BOTH)
