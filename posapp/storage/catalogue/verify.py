"""What `verify` asks about taxes, items and what moved their stock."""

from posapp.domain.base.clock import day_of
from posapp.domain.catalogue.items import (
    CODE_LIMIT,
    COMMODITY_LIMIT,
    MOST_QUICK,
    MOST_STOCK,
    average_after,
)
from posapp.domain.catalogue.taxes import WHOLE
from posapp.storage.base.sql_item_words import ITEM_WORDS_FILL, ITEM_WORDS_TABLE
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Question, Sift
from posapp.storage.catalogue.item_search import columns_of
from posapp.storage.customers.verify_words import faults_of_words_in

_MOST_PRICE = 10**12

_TAXES = Question(
    "taxes",
    "Every tax has rates, and one is the default",
    "SELECT count(*) FROM tax",
    (
        Sift(
            "tax t",
            "t.id",
            (
                ("tax {0} has no name", "trim(t.name) = ''"),
                ("tax {0} is archived and the default", "t.is_default AND t.archived_at IS NOT NULL"),
                ("tax {0} was archived in the future", "t.archived_at > {soon}"),
                ("tax {0} has no rate", "NOT EXISTS (SELECT 1 FROM tax_rate r WHERE r.tax_id = t.id)"),
            ),
        ),
        Listed(
            "business {0} has {1} default taxes",
            "SELECT b.id, count(t.id) AS taxes FROM business b "
            "LEFT JOIN tax t ON t.business_id = b.id AND t.is_default GROUP BY b.id HAVING count(t.id) <> 1",
        ),
        Sift(
            "tax_rate r LEFT JOIN (SELECT rate_id, sum(rate) AS rate, min(rate) AS least, "
            "min(length(trim(name))) AS named FROM tax_part GROUP BY rate_id) p ON p.rate_id = r.id",
            "r.id",
            (
                ("rate {0} is no percentage", f"r.rate NOT BETWEEN 0 AND {WHOLE}"),
                ("the parts of rate {0} do not make it", "p.rate <> r.rate OR p.least < 0"),
                ("a part of rate {0} has no name", "p.named = 0"),
            ),
        ),
    ),
)
_PRICE_LEVELS = Question(
    "price_levels",
    "Price levels take off a part of a price",
    "SELECT count(*) FROM price_level",
    (
        Sift(
            "price_level l",
            "l.id",
            (
                ("price level {0} has no name", "trim(l.name) = ''"),
                ("price level {0} takes off no percentage", f"l.percent_off NOT BETWEEN 0 AND {WHOLE}"),
                ("price level {0} was archived in the future", "l.archived_at > {soon}"),
            ),
        ),
    ),
)
_ITEMS = Question(
    "items",
    "Items can be sold and found by one code each",
    "SELECT count(*) FROM item",
    (
        Sift(
            "item i",
            "i.id",
            (
                ("item {0} has no name or SKU", "trim(i.name) = '' OR trim(i.sku) = ''"),
                ("item {0} is of no kind", "i.kind NOT IN ('goods', 'part', 'service')"),
                ("the price of item {0}", f"i.price_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}"),
                (
                    "the cost of item {0}",
                    f"i.entered_cost_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1} "
                    f"OR i.average_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}",
                ),
                ("the reorder level of item {0}", f"i.reorder_level NOT BETWEEN 0 AND {MOST_STOCK}"),
                ("item {0} was archived in the future", "i.archived_at > {soon}"),
                (
                    "the commodity code of item {0}",
                    f"length(i.commodity_code) > {COMMODITY_LIMIT} "
                    "OR i.commodity_code <> trim(i.commodity_code)",
                ),
                (
                    "item {0} is sold with no key there is",
                    f"i.quick_position NOT BETWEEN 1 AND {MOST_QUICK} "
                    "OR (i.quick_position IS NOT NULL AND i.archived_at IS NOT NULL)",
                ),
                ("item {0} is a service with a stock", "i.kind = 'service' AND i.keeps_stock"),
                (
                    "item {0} bears a tax that is archived",
                    "i.archived_at IS NULL AND EXISTS (SELECT 1 FROM tax t WHERE t.id = i.tax_id "
                    "AND t.archived_at IS NOT NULL)",
                ),
            ),
        ),
        Sift(
            "item_barcode c JOIN item i ON i.id = c.item_id",
            "c.id",
            (
                (
                    "barcode {0} cannot be scanned",
                    f"trim(c.code) = '' OR c.code <> trim(c.code) OR length(c.code) > {CODE_LIMIT}",
                ),
                (
                    "barcode {0} is archived otherwise than its item",
                    "(c.archived_at IS NULL) <> (i.archived_at IS NULL)",
                ),
                (
                    "barcode {0} is the SKU of another item",
                    "c.archived_at IS NULL AND EXISTS (SELECT 1 FROM item o WHERE o.business_id = "
                    "c.business_id AND o.sku = c.code AND o.archived_at IS NULL AND o.id <> c.item_id)",
                ),
            ),
        ),
    ),
)
_COUNTS = Question(
    "counts",
    "Counts are of items that are there, and booked once",
    "SELECT count(*) FROM stock_count_line",
    (
        Sift(
            "stock_count k",
            "k.id",
            (
                ("count {0} does not say who closed it", "(k.closed_at IS NULL) <> (k.closed_by IS NULL)"),
                ("count {0} is booked and goes on", "k.is_booked AND k.closed_at IS NULL"),
                (
                    "count {0} was closed before it began",
                    f"k.closed_at < k.created_at - {DAY} OR k.closed_at > {{soon}}",
                ),
            ),
        ),
        Sift(
            "stock_count_line l",
            "l.id",
            (
                ("scan {0} is of nothing", "trim(l.code) = '' OR l.pieces = 0"),
                ("scan {0} has an item or a stock, not both", "(l.item_id IS NULL) <> (l.stock IS NULL)"),
                ("scan {0} saw a stock below zero", "l.stock < 0"),
            ),
        ),
    ),
)
_MOVES = Sift(
    "stock_move m",
    "m.id",
    (
        (
            "stock move {0} moves nothing, or the wrong way",
            "NOT ((m.kind IN ('opening', 'received', 'returned') AND m.quantity > 0) "
            "OR (m.kind IN ('sold', 'used', 'scrapped') AND m.quantity < 0) "
            "OR (m.kind = 'counted' AND m.quantity <> 0))",
        ),
        ("the cost of stock move {0}", f"m.unit_cost_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}"),
    ),
)


def taxes(asking: Asking) -> Finding:
    """One tax of each shop is the default, every tax has rates, parts make their rate, days are days."""
    found = _TAXES(asking)
    for row in asking.rows("SELECT id, starts_on FROM tax_rate"):
        found.checked += 1
        if not _is_day(row.starts_on):
            found.blame([f"rate {row.id} begins on {row.starts_on}"])
    return found


def price_levels(asking: Asking) -> Finding:
    """Every price level has a name and takes off a percentage."""
    return _PRICE_LEVELS(asking)


def items(asking: Asking) -> Finding:
    """Every item has a name, a price and codes that are no other item's, and is found by what it says."""
    found = _ITEMS(asking)
    for row in asking.rows("SELECT id, sku, name, sku_fold, words FROM item"):
        if columns_of(row.name, row.sku) != {"sku_fold": row.sku_fold, "words": row.words}:
            found.blame([f"item {row.id} is found by other words than its own"])
    if asking.is_sqlite:
        faults = faults_of_words_in(asking.connection, "item_words", ITEM_WORDS_TABLE, ITEM_WORDS_FILL, ())
        found.blame(f"index entry of item {key}" for key in faults)
    return found


def counts(asking: Asking) -> Finding:
    """Scans are of something, and a count is booked when it is closed."""
    return _COUNTS(asking)


def stock(asking: Asking) -> Finding:
    """The stock of each item is the sum of its moves, its cost their moving average; computed anew."""
    found = Finding(asking.count("SELECT count(*) FROM stock_move"))
    asking.put(found, _MOVES)
    levels: dict[int, tuple[int, int | None]] = {}
    opened: dict[int, int | None] = {}
    columns = "id, item_id, kind, quantity, unit_cost_minor, business_day, created_at"
    for row in asking.rows(f"SELECT {columns} FROM stock_move ORDER BY item_id, id"):
        level, average = levels.get(row.item_id, (0, None))
        if row.item_id not in levels:
            opened[row.item_id] = row.unit_cost_minor if row.kind == "opening" else None
        if row.kind == "received" and row.unit_cost_minor is not None and row.quantity > 0:
            before = opened[row.item_id] if average is None else average
            average = average_after(before, level, row.quantity, row.unit_cost_minor)
        levels[row.item_id] = (level + row.quantity, average)
        if not _is_of_day(row.business_day, row.created_at):
            found.blame([f"stock move {row.id} is of day {row.business_day}"])
    for row in asking.rows("SELECT id, sku, stock, average_minor FROM item"):
        found.checked += 1
        level, average = levels.pop(row.id, (0, None))
        if row.stock != level:
            found.blame([f"{row.sku}: {row.stock} in stock, {level} by its moves"])
        if row.average_minor != average:
            found.blame([f"{row.sku} costs {row.average_minor}, {average} by its moves"])
    return found.blame(f"item {key} is lost" for key in levels)


def _is_day(number: int) -> bool:
    try:
        return day_of(number).year >= 1970
    except ValueError:
        return False


def _is_of_day(number: int, at: int) -> bool:
    """Whether a moment may count for a day: zones and the hour of cut-over move it by less than two days."""
    if not _is_day(number):
        return False
    days = (day_of(number) - day_of(19700101)).days
    return abs(days * DAY - at) < 2 * DAY
