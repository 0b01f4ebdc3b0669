"""sell, z: a sale, and the reading of a long shift, against raw sqlite3."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import day_number, to_us
from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Sell
from tests.benchmarks.booking import NEXT, note
from tests.benchmarks.measure import Case, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw

ROUNDS = 300
_STAMPS = "created_at, created_by, updated_at, updated_by"
_ORDER = (
    "INSERT INTO sale_order (business_id, number, status, source, till, includes_tax, total_minor, "
    f"net_minor, business_day, shift_id, completed_at, completed_by, {_STAMPS}) "
    "VALUES (1, ?, 'completed', 'counter', 'Till 1', 1, ?, ?, ?, ?, ?, 'Till 1', ?, 'Till 1', ?, 'Till 1')"
)
_LINE = (
    "INSERT INTO order_line (business_id, order_id, position, kind, text, sku, item_id, item_kind, quantity, "
    "unit_minor, listed_minor, priced_minor, discount_minor, net_minor, gross_minor, tax_name, cost_minor) "
    "VALUES (1, ?, ?, 'item', ?, ?, ?, 'goods', 1, ?, ?, ?, 0, ?, ?, ?, ?)"
)
_TAX = (
    "INSERT INTO line_tax (business_id, line_id, position, name, rate, tax_minor) VALUES (1, ?, 1, ?, ?, ?)"
)
_LEDGER = (
    "INSERT INTO ledger_entry (business_id, account, amount_minor, order_id, payment_id, business_day, "
    "created_at, created_by) VALUES (1, 'debt', ?, ?, ?, ?, ?, 'Till 1')"
)
_PAYMENT = (
    "INSERT INTO payment (business_id, number, shift_id, order_id, tender, amount_minor, tendered_minor, "
    "business_day, created_at, created_by) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, 'Till 1')"
)
_MOVE = (
    "INSERT INTO stock_move (business_id, item_id, kind, quantity, unit_cost_minor, number, business_day, "
    "created_at, created_by) VALUES (1, ?, 'sold', -1, ?, ?, ?, ?, 'Till 1')"
)
_TOTAL = (
    "INSERT INTO day_total VALUES (1, ?, ?, ?, 1, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + 1, "
    "gross_minor = gross_minor + excluded.gross_minor, net_minor = net_minor + excluded.net_minor, "
    "tax_minor = tax_minor + excluded.tax_minor, cost_minor = cost_minor + excluded.cost_minor"
)


class _Bare:
    """The same rows by hand: what any program on sqlite3 has to write."""

    def __init__(self, connection: sqlite3.Connection, shift: int, day: int, items: list[Item]) -> None:
        self._run = connection.execute
        self.shift, self._day, self.items = shift, day, items

    def sell(self, tenders: tuple[str, ...]) -> None:
        run, now, day = self._run, to_us(datetime.now(UTC)), self._day
        run("BEGIN IMMEDIATE")
        total = sum(item.price_minor for item in self.items)
        tax_name, rate = run(
            "SELECT t.name, r.rate FROM tax t JOIN tax_rate r ON r.tax_id = t.id WHERE t.is_default "
            "ORDER BY r.starts_on DESC LIMIT 1"
        ).fetchone()
        entries: list[tuple[str, str, Any, dict[str, object]]] = []
        number = run(NEXT, ("S",)).fetchone()[0]
        net = sum(self._net(item.price_minor, rate) for item in self.items)
        order = run(_ORDER, (number, total, net, day, self.shift, now, now, now)).lastrowid
        run(_LEDGER, (total, order, None, day, now))
        cost = 0
        for place, item in enumerate(self.items, start=1):
            run("SELECT * FROM item WHERE business_id = 1 AND id = ?", (item.id,)).fetchone()
            run("UPDATE item SET stock = stock - 1 WHERE business_id = 1 AND id = ?", (item.id,))
            each = item.price_minor
            less = self._net(each, rate)
            unit = item.cost_minor or 0
            cost += unit
            values = (item.name, item.sku, item.id, each, each, each, less, each, tax_name, unit)
            line = run(_LINE, (order, place, *values)).lastrowid
            run(_TAX, (line, tax_name, rate, each - less))
            run(_MOVE, (item.id, unit, f"S{number}", day, now))
            entries.append(("item.stock", "item", item.id, {"stock": -1, "paper": f"S{number}"}))
        left = total
        for place, tender in enumerate(tenders, start=1):
            amount = left if place == len(tenders) else total // 2
            left -= amount
            paid = run(NEXT, ("P",)).fetchone()[0]
            key = run(_PAYMENT, (paid, self.shift, order, tender, amount, amount, day, now)).lastrowid
            run(_LEDGER, (-amount, order, key, day, now))
            run(_TOTAL, (day, "tender", tender, amount, amount, 0, 0))
        for what, name in (("order", "sale"), ("staff", "Till 1"), ("kind", "goods"), ("tax", tax_name)):
            run(_TOTAL, (day, what, name, total, net, total - net, cost))
        entries.append(("order.completed", "order", order, {"total": total, "tenders": tenders}))
        note(run, entries, now)
        run("COMMIT")

    def _net(self, minor: int, rate: int) -> int:
        return minor - (2 * minor * rate + 1_000_000 + rate) // (2 * (1_000_000 + rate))


def _stocked(shop: Shop, actor: Actor, count: int) -> list[Item]:
    commands = (
        SaveItem(
            sku=f"BENCH{number}",
            name=f"Case {number}",
            kind=ItemKind.GOODS,
            price_minor=999 + number,
            entered_cost_minor=500,
            opening=1_000_000,
        )
        for number in range(count)
    )
    return [shop.items.save(actor, command) for command in commands]


@contextmanager
def _tills(customers: int) -> Iterator[tuple[Shop, Actor, _Bare, list[Item], str]]:
    """Two copies of a shop with the same goods and an open shift: one of posapp, one (its file) by hand."""
    with copied(customers) as file, copied(customers) as other, opened(file) as (shop, actor):
        till = Actor(actor.business, "Bench till")
        items = _stocked(shop, till, 10)
        shop.shifts.open(till, 0)
        with opened(other) as (twin, _):
            _stocked(twin, till, 10)
            made = twin.shifts.open(till, 0).shift
        connection = raw(other)
        yield shop, till, _Bare(connection, made.id, day_number(made.day), items), items, str(other)
        connection.close()


def sell(customers: int) -> None:
    """Sales of 2 lines in cash and of 10 lines by card and cash, each durable."""
    rows = []
    with _tills(customers) as (shop, actor, bare, items, _):
        for count, tenders in ((2, ("cash",)), (10, ("card", "cash"))):
            some = items[:count]
            lines = [shop.orders.scanned(actor, item.sku).lines[0] for item in some]
            cart = Cart(tuple(lines))
            total = cart.sums(shop.orders.counter(actor).rules).total_minor
            paid = (Tendered(Tender.CARD, total // 2), Tendered(Tender.CASH, total - total // 2))
            command = Sell(cart=cart, tenders=paid if len(tenders) == 2 else (Tendered(Tender.CASH, total),))
            bare.items = some
            cases: dict[str, Case] = {
                "posapp": partial(shop.orders.sell, actor, command),
                "raw": partial(bare.sell, tenders),
            }
            times = in_turn(cases, ROUNDS, warm_up=20)
            what = f"{count} lines, {len(tenders)} tender{'s' if len(tenders) > 1 else ''}"
            rows.append(compared(what, times["posapp"], times["raw"], most=1.8))
    show(f"sell, {customers:,} customers (yardstick: the same rows by sqlite3, WAL, FULL)", rows)


def z(customers: int) -> None:
    """The reading of a shift with 10,000 sales, against the same sums in SQL."""
    with _tills(customers) as (_, actor, bare, _, place):
        for count in range(10_000):
            bare.sell(("cash",) if count % 3 else ("card", "cash"))
        connection = raw(Path(place))
        with opened(place) as (long, _):
            cases: dict[str, Case] = {
                "posapp": partial(long.shifts.x, actor),
                "raw": lambda: [connection.execute(sql, (bare.shift,)).fetchall() for sql in _SUMS],
            }
            times = in_turn(cases, 30, warm_up=3)
        connection.close()
    row = compared("a shift of 10,000 sales", times["posapp"], times["raw"], most=2.0)
    show("z (yardstick: the same sums in raw SQL)", [row])


_SUMS = (
    "SELECT tender, count(*), sum(amount_minor), sum(rounding_minor) FROM payment "
    "WHERE +business_id = 1 AND shift_id = ? GROUP BY tender",
    "SELECT refund_of_id IS NOT NULL, count(*), sum(total_minor) FROM sale_order "
    "WHERE +business_id = 1 AND shift_id = ? AND status = 'completed' GROUP BY 1",
    "SELECT o.refund_of_id IS NOT NULL, sum(l.gross_minor) FROM sale_order o JOIN order_line l "
    "ON l.order_id = o.id WHERE +o.business_id = 1 AND o.shift_id = ? AND o.status = 'completed' "
    "AND l.kind IN ('deposit', 'giftcard') GROUP BY 1",
    "SELECT t.name, t.rate, sum(l.net_minor), sum(t.tax_minor) FROM sale_order o JOIN order_line l "
    "ON l.order_id = o.id JOIN line_tax t ON t.line_id = l.id WHERE +o.business_id = 1 AND o.shift_id = ? "
    "AND o.status = 'completed' AND l.kind NOT IN ('deposit', 'giftcard') GROUP BY t.name, t.rate",
)
"""What X and Z tell: by tender, sales and refunds, deposits and cards apart, taxes."""
