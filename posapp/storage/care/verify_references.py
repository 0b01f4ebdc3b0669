"""What `verify` asks of every foreign key, all of a table's in one pass; the keys are those of the schema."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Table

from posapp.domain.old_data.batches import Made
from posapp.storage.base.tables import metadata, references
from posapp.storage.base.verify_base import DAY, EXAMPLES, Asking, Finding

_BUSINESS = "business_id"


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that points to a row of another table, and whether both rows say whose they are.

    `is_by_business`: the other row is told by its business, too; keys of entries are those of a chain.
    """

    column: str
    other: str
    target: str
    is_within: bool
    is_by_business: bool


def references_of(table: Table) -> list[Reference]:
    """The foreign keys of a table; one over business and key is a reference by the key."""
    within = references(table)
    found = {}
    for key in table.foreign_keys:
        own, other = key.parent.name, key.column
        if own != _BUSINESS or (other.table.name, other.name) == ("business", "id"):
            is_by_business = _BUSINESS in other.table.primary_key.columns
            found[own] = Reference(own, other.table.name, other.name, own in within, is_by_business)
    return [found[name] for name in sorted(found)]


@dataclass(slots=True)
class _Kept:
    """What one pass over all tables brought to light."""

    checked: int = 0
    lost: list[tuple[int, list[str]]] = field(default_factory=list)
    strays: list[tuple[int, list[str]]] = field(default_factory=list)


def _pass(asking: Asking) -> _Kept:
    kept = _Kept()
    for table in metadata.sorted_tables:
        references = references_of(table)
        if not references:
            continue
        source, conditions = _source(table, references)
        wanted = [f"count(a.{one.column})" for one in references]
        wanted += [f"count(*) FILTER (WHERE {where})" for _, _, where in conditions]
        [row] = asking.rows(f"SELECT {', '.join(wanted)} FROM {source}")
        kept.checked += sum(row[: len(references)])
        for broken, (one, is_lost, where) in zip(row[len(references) :], conditions, strict=True):
            if broken:
                shown = _shown(asking, table, one, source, where)
                (kept.lost if is_lost else kept.strays).append((broken, shown))
    return kept


def _source(table: Table, references: list[Reference]) -> tuple[str, list[tuple[Reference, bool, str]]]:
    source, conditions = f"{table.name} a", []
    for place, one in enumerate(references):
        source += f" LEFT JOIN {one.other} r{place} ON r{place}.{one.target} = a.{one.column}"
        conditions.append((one, True, f"a.{one.column} IS NOT NULL AND r{place}.{one.target} IS NULL"))
        if one.is_by_business:
            source += f" AND r{place}.{_BUSINESS} = a.{_BUSINESS}"
        elif one.is_within:
            conditions.append((one, False, f"r{place}.{_BUSINESS} <> a.{_BUSINESS}"))
    return source, conditions


def _shown(asking: Asking, table: Table, one: Reference, source: str, where: str) -> list[str]:
    key = next(iter(table.primary_key.columns)).name if "id" not in table.columns else "id"
    rows = asking.rows(f"SELECT a.{key}, a.{one.column} FROM {source} WHERE {where} LIMIT {EXAMPLES}")
    return [f"{table.name} {row[0]}: {one.column} {row[1]}" for row in rows]


def _blamed(checked: int, faults: list[tuple[int, list[str]]]) -> Finding:
    found = Finding(checked)
    for broken, shown in faults:
        found.failed += broken - len(shown)
        found.blame(shown)
    return found


def whole(asking: Asking) -> Finding:
    """Whatever a record points to exists."""
    kept = asking.once(_pass)
    return _blamed(kept.checked, kept.lost)


def businesses(asking: Asking) -> Finding:
    """No record of one business points to a record of another."""
    return _blamed(asking.count("SELECT count(*) FROM business"), asking.once(_pass).strays)


def stamps(asking: Asking) -> Finding:
    """Every record says who made it and when, and was not changed before that or in the future."""
    found = Finding()
    for table in metadata.sorted_tables:
        found.blame(_stamps_of(asking, table, found))
    return found


def _stamps_of(asking: Asking, table: Table, found: Finding) -> Iterator[str]:
    if "created_at" not in table.columns or table.name == "customer_figure":  # which says what others say
        return
    wrong = f"created_at <= 0 OR created_at > {asking.now + DAY}"
    if "created_by" in table.columns:
        wrong += " OR created_by = ''"
    if "updated_at" in table.columns:
        wrong += f" OR updated_at < created_at - {DAY} OR updated_at > {asking.now + DAY}"
    if "version" in table.columns and "updated_by" in table.columns:
        wrong += " OR version < 1 OR updated_by = ''"
    if table.name == "customer":
        wrong = f"({wrong}) AND id NOT IN ({_brought_from_tomorrow(asking)})"
    [row] = asking.rows(f"SELECT count(*), count(*) FILTER (WHERE {wrong}) FROM {table.name}")
    found.checked += row[0]
    if row[1]:
        found.failed += row[1] - 1
        [first] = asking.rows(f"SELECT min(id) FROM {table.name} WHERE {wrong}")
        yield f"{table.name} {first[0]} was made or changed by nobody or never"


def _brought_from_tomorrow(asking: Asking) -> str:
    """Customers whom an import brought with a date to come: that is what their old system said."""
    from_tomorrow = asking.rows(
        f"SELECT id, business_id FROM customer WHERE created_at > {asking.now + DAY} AND created_by <> '' "
        "AND updated_by <> '' AND version >= 1 ORDER BY id LIMIT 10000"
    )
    found = [(row.id, row.business_id) for row in from_tomorrow]
    if not found:
        return "0"
    made = [
        (row.business_id, Made.read(row.made))
        for row in asking.rows("SELECT business_id, made FROM import_batch WHERE state <> 'undone'")
    ]
    brought = (
        key
        for key, business in found
        if any(one == business and which.has("customer", key) for one, which in made)
    )
    return ", ".join(map(str, brought)) or "0"
