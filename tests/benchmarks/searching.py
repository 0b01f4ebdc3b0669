"""search, search-growth, phone: the one box against raw sqlite3 with the same statements."""

import random
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

from posapp.domain.base.actor import Actor
from posapp.domain.base.folding import fold
from posapp.services.desks import Shop
from posapp.storage.counter import search as storage_search
from tests.benchmarks.measure import Case, Row, Times, compared, in_turn, show
from tests.benchmarks.shops import opened, raw, shop_file

ROUNDS = 5
PER_KIND = 80
WORST = (
    "a", "e", "o", "m", "s", "a x", "m a", "a b c", "o o o", "ma ma", "an", "mu", "o'", "王", "नेहा",
    "zzzz", "qqqqqq", "sean murphy kelly", "a a a a a a", "871234567890", "000000000001", "+353", "+35387",
    "1234", "0000", "3538", "@", "a@", "PL999999999", "b999999999", "mac", "mc c", "mary m", "e@example.com",
)  # fmt: skip
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

    def listening(sql: str, **values: object) -> list[object]:
        asked.append((sql, values))
        return original(sql, **values)

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
    """For every kind and text: times of posapp and of the raw statements."""
    file = shop_file(customers)
    connection = raw(file)
    results: dict[str, dict[str, dict[str, Times]]] = {}
    with opened(file) as (shop, actor):
        shop.search.search(actor, "warm up")
        for kind, texts in kinds.items():
            results[kind] = {}
            for text in dict.fromkeys(texts):
                cases: dict[str, Case] = {
                    "posapp": partial(shop.search.search, actor, text),
                    "raw": replay(connection, statements_of(shop, actor, text)),
                }
                results[kind][text] = in_turn(cases, rounds)
    connection.close()
    return results


def _gathered(of_texts: dict[str, dict[str, Times]], case: str) -> Times:
    return Times([sample for times in of_texts.values() for sample in times[case].samples])


def search(customers: int) -> None:
    """Typed text to ranked results; every kind of text, and the worst texts known."""
    kinds = texts_of(shop_file(customers))
    results = _by_text(customers, {**kinds, "worst texts": list(WORST)}, rounds=9)
    rows = [
        compared(kind, _gathered(found, "posapp"), _gathered(found, "raw"), most=2, spare=0.05, most_p99=3)
        for kind, found in results.items()
        if kind != "worst texts"
    ]
    every = {text: times for found in results.values() for text, times in found.items()}
    slowest = max(every, key=lambda text: every[text]["posapp"].p50)
    worst = every[slowest]
    rows.append(
        Row(
            f"worst of {len(every):,} texts: {slowest!r}",
            (f"{worst['posapp'].p50:.3f} ms", f"{worst['raw'].p50:.3f} ms"),
            "<= 5 ms",
            worst["posapp"].p50 <= 5,
        )
    )
    show(f"search, {customers:,} customers (yardstick: the same statements on raw sqlite3)", rows)


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
    file = shop_file(customers)
    kinds = texts_of(file, seed=11)
    connection = raw(file)
    rows = []
    with opened(file) as (shop, actor):
        for kind, statement, most in (
            ("phone", storage_search._BY_KEY, 4.0),
            ("last 4 digits", storage_search._BY_FINAL, 3.0),
            ("last 6 digits", storage_search._BY_FINAL, 3.0),
        ):
            posapp, yardstick = Times(), Times()
            for text in kinds[kind]:
                low = text[::-1]
                values = {"business": actor.business, "key": text, "low": low, "high": low + ":", "limit": 21}
                cases: dict[str, Case] = {
                    "posapp": partial(shop.search.search, actor, text),
                    "raw": replay(connection, [(statement, values)]),
                }
                times = in_turn(cases, ROUNDS)
                posapp.samples += times["posapp"].samples
                yardstick.samples += times["raw"].samples
            rows.append(compared(kind, posapp, yardstick, most=most, spare=0.05))
    connection.close()
    show(f"phone, {customers:,} customers (yardstick: one look-up in the index)", rows)
