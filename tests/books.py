"""What must hold in the books of a shop whatever was sold, paid, given back or void: asked of the records.

Each sum is read twice, once from what the program keeps (totals, ledger, X and Z) and once from what it sums.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.figures.books import Role
from posapp.domain.figures.periods import Period
from posapp.domain.selling.orders import Order, OrderStatus
from posapp.domain.selling.shifts import Shift
from posapp.domain.selling.takings import Takings
from posapp.services.care.verify import verify
from posapp.services.desks import Shop

_TABLES = (
    *("sale_order", "order_line", "line_tax", "payment", "ledger_entry", "gift_card", "gift_move", "shift"),
    *("stock_move", "journal", "counter", "day_total", "print_job"),
)
Sums = dict[str, int]


def rows(shop: Shop, actor: Actor, sql: str) -> list[tuple[Any, ...]]:
    """What the database says."""
    with shop.store.look(actor) as uow:
        return [tuple(row) for row in uow.connection.execute(text(sql))]


def written(shop: Shop, actor: Actor) -> list[tuple[Any, ...]]:
    """How much was written so far: a refusal leaves it as it was."""
    counts = " UNION ALL ".join(f"SELECT '{one}', count(*) FROM {one}" for one in _TABLES)
    return [*rows(shop, actor, counts), *rows(shop, actor, "SELECT name, last FROM counter ORDER BY name")]


def sums_of(shop: Shop, actor: Actor, sql: str) -> Sums:
    """Sums by their names; what is not there is 0."""
    found: Sums = defaultdict(int)
    found.update((name, int(minor)) for name, minor in rows(shop, actor, sql))
    return found


def totals_of(shop: Shop, actor: Actor, what: str, column: str = "gross_minor") -> Sums:
    """The totals of all days together."""
    wanted = f"SELECT name, sum({column}) FROM day_total WHERE what = '{what}' GROUP BY name"
    return sums_of(shop, actor, wanted)


def ledger_of(shop: Shop, actor: Actor) -> Sums:
    """What all entries of each account come to."""
    return sums_of(shop, actor, "SELECT account, sum(amount_minor) FROM ledger_entry GROUP BY account")


def check_order(order: Order) -> None:
    """Net and taxes are the total; tenders less change and rounding, and what is owed, are the total."""
    assert order.net_minor + order.tax_minor == order.total_minor
    assert sum(row.tax_minor for row in order.taxes) == order.tax_minor
    assert sum(line.amounts.gross_minor for line in order.lines) == order.total_minor
    for line in order.lines:
        assert line.amounts.net_minor + sum(line.amounts.tax_minor) == line.amounts.gross_minor
        assert 0 <= line.refunded.units <= max(line.quantity, 0)
        assert 0 <= line.refunded.gross_minor <= max(line.amounts.gross_minor, 0)
    if order.status is OrderStatus.VOIDED:
        assert (order.owed_minor, order.paid_minor) == (0, 0)


def check_paid(order: Order) -> None:
    """The same at the moment of the sale, with all that lay on the table."""
    tendered = sum(one.tendered_minor for one in order.payments)
    kept = tendered - order.change_minor - order.rounding_minor
    assert kept + order.owed_minor == order.total_minor
    assert all(one.tendered_minor == one.amount_minor or one.tender == "cash" for one in order.payments)


def check_books(shop: Shop, actor: Actor, last: int = 1000) -> None:
    """Totals, ledger and gift cards say the same; so do X, Z and orders, the `last` ones."""
    kinds, settled = totals_of(shop, actor, "kind"), totals_of(shop, actor, "tender", "net_minor")
    ledger = ledger_of(shop, actor)
    assert sum(kinds.values()) - sum(settled.values()) == ledger["debt"]
    taken = kinds["deposit"] - settled["deposit"] - settled["credit"]
    assert taken == -ledger["deposit"] - ledger["credit"]
    assert kinds["giftcard"] - settled["giftcard"] == shop.gift_cards.outstanding(actor)
    _check_money(shop, actor, kinds, settled, ledger)
    _check_journal(shop, actor)
    told = [_checked_takings(shop, actor, shift) for shift in shop.shifts.latest(actor, last)]
    if len(told) < last:
        _check_takings(
            told, totals_of(shop, actor, "order"), totals_of(shop, actor, "tax", "tax_minor"), kinds
        )
    for order in shop.orders.latest(actor, last):
        check_order(order)


def _check_journal(shop: Shop, actor: Actor) -> None:
    """Every document of the books balances; the drawers of the books hold what the drawers hold."""
    ever = Period(date(2000, 1, 1), date(2100, 1, 1))
    with shop.store.look(actor, snapshot=True) as uow:
        documents = list(uow.books.documents(ever))
    assert {one.number: one.lines for one in documents if one.difference_minor} == {}
    table = shop.books.period(actor, ever)
    assert table.is_balanced
    sums = {row.account.role: row.debit_minor - row.credit_minor for _, row in table.rows}
    assert sums.get(Role.GIFT_CARDS, 0) == -shop.gift_cards.outstanding(actor)
    open_ = [one for one in shop.shifts.latest(actor, 1000) if one.closing is None]
    held = [shop.shifts.x(Actor(actor.business, one.till)).drawer.expected_minor for one in open_]
    assert sums.get(Role.CASH, 0) == sum(held)
    ledger = ledger_of(shop, actor)
    for role, account in ((Role.CUSTOMERS, "debt"), (Role.DEPOSITS, "deposit"), (Role.CREDIT, "credit")):
        assert sums.get(role, 0) == ledger[account]


def check_verified(shop: Shop) -> None:
    """`verify` finds nothing."""
    broken = [(one.rule, one.examples) for one in verify(shop.store) if not one.is_kept]
    assert not broken, broken


def _check_money(shop: Shop, actor: Actor, kinds: Sums, settled: Sums, ledger: Sums) -> None:
    """Money in = sales less refunds + deposits and cards sold, less used, less on account, with rounding."""
    money = sum(
        minor
        for name, minor in totals_of(shop, actor, "tender").items()
        if name in ("cash", "card", "transfer", "qr")
    )
    sold = sum(totals_of(shop, actor, "order").values()) + kinds["deposit"] + kinds["giftcard"]
    used = settled["deposit"] + settled["giftcard"] + settled["credit"]
    [(rounding,)] = rows(shop, actor, "SELECT coalesce(sum(rounding_minor), 0) FROM payment")
    assert money == sold - used - ledger["debt"] + rounding


def _check_takings(told: list[Takings], orders: Sums, taxes: Sums, kinds: Sums) -> None:
    """All X and Z together tell what all days tell."""
    assert sum(one.sales_minor for one in told) == orders["sale"]
    assert sum(one.refunds_minor for one in told) == orders["refund"]
    assert sum(one.apart_minor for one in told) == kinds["deposit"] + kinds["giftcard"]
    assert sum(rate.tax_minor for one in told for rate in one.taxes) == sum(taxes.values())


def _checked_takings(shop: Shop, actor: Actor, shift: Shift) -> Takings:
    """What X or Z tells of a shift, whose drawer and tenders are the sums of its payments."""
    if shift.closing is not None:
        reading = shop.shifts.z(actor, shift.closing.number)
        assert shift.closing.expected_minor == reading.drawer.expected_minor
    else:
        reading = shop.shifts.x(Actor(actor.business, shift.till))
    paid = sums_of(
        shop,
        actor,
        f"SELECT tender, sum(amount_minor) FROM payment WHERE shift_id = {shift.id} GROUP BY tender",
    )
    assert {one.tender.value: one.amount_minor for one in reading.tenders} == paid
    moved = sum((1 if one.kind == "in" else -1) * one.amount_minor for one in reading.moves)
    assert reading.drawer.expected_minor == shift.float_minor + moved + paid["cash"]
    return reading.takings
