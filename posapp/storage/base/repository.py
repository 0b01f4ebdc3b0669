"""What all repositories share: each reads, adds and changes the records of one business and no others.

PostgreSQL itself refuses a record that points into another business. SQLite has no key to do so with, so
there the statement that adds a record looks at what the record points to, and so does every change.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Table,
    and_,
    bindparam,
    case,
    exists,
    insert,
    select,
    update,
)

from posapp.domain.base.errors import DomainError
from posapp.storage.base.faults import ELSEWHERE
from posapp.storage.base.quick import Hands, Hot
from posapp.storage.base.tables import references

_OWN = "own_"  # before a column's name: the same value once more, where the record it means is looked for


class Repository:
    """A part of one business: its connection, its business, the moment and name for records."""

    def __init__(self, hands: Hands, business: int, stamp: tuple[int, str] = (0, "")) -> None:
        self._core = hands.core
        self._connection = hands
        self._business = business
        self._at, self._by = stamp

    def _add(self, table: Table, values: dict[str, Any]) -> int:
        """Insert a record of this business and return its key; refuses what points into another one."""
        if self._connection.is_direct:
            statement, owned = self._owned(table, values)
            made = self._connection.execute(statement, owned)
        else:
            made = self._connection.execute(insert(table), {**values, "business_id": self._business})
        key = made.inserted_primary_key
        assert key is not None
        return int(key[0])

    def _add_all(self, table: Table, rows: list[dict[str, Any]]) -> list[int]:
        """Insert several records; on SQLite in one go. Their keys, in that order."""
        if not self._connection.is_direct:
            return [self._add(table, values) for values in rows]
        alike: list[dict[str, Any]] = []
        found: list[int] = []
        last: Hot | None = None
        for values in rows:
            statement, owned = self._owned(table, values)
            if alike and (statement is not last or owned.keys() != alike[0].keys()):
                found += self._connection.execute(last, alike)  # type: ignore[arg-type]
                alike = []
            last = statement
            alike.append(owned)
        if last is not None:
            found += self._connection.execute(last, alike)
        return found

    def _owned(self, table: Table, values: dict[str, Any]) -> tuple[Hot, dict[str, Any]]:
        """How a record is inserted that points at what it does, and with which values."""
        given = tuple([name for name in references(table) if values.get(name) is not None])
        owned = {**values, "own_business": self._business}
        for name in given:
            owned[_OWN + name] = values[name]
        return _adding(table, given), owned

    def _change(self, table: Table, which: int | ColumnElement[bool], values: dict[str, Any]) -> int:
        """Change the record with a key, or those for which `which` holds; how many that were."""
        self._refuse_strays(table, values)
        rows = table.c.id == which if isinstance(which, int) else which
        here = and_(table.c.business_id == self._business, rows)
        changed: int = self._connection.execute(update(table).where(here).values(**values)).rowcount
        return changed

    def _refuse_strays(self, table: Table, values: dict[str, Any]) -> None:
        if not self._connection.is_direct:
            return
        for name, target in references(table).items():
            key = values.get(name)
            if isinstance(key, int):
                keys = {"business": self._business, "key": key}
                if self._connection.execute(_found(target), keys).first() is None:
                    raise DomainError(*ELSEWHERE, constraint=f"fk_{table.name}_{name}")


def _is_own(target: Table, key: BindParameter[Any], business: BindParameter[Any]) -> Any:
    return and_(target.c.id == key, target.c.business_id == business)


@cache
def _found(target: Table) -> Hot:
    return Hot(select(target.c.id).where(_is_own(target, bindparam("key"), bindparam("business"))))


@cache
def _adding(table: Table, given: tuple[str, ...]) -> Hot:
    """An insert that leaves the business empty, which no table takes, where it points into another one."""
    business: BindParameter[Any] = bindparam("own_business")
    known = references(table)
    conditions: list[ColumnElement[bool]] = []
    for name in given:
        key: BindParameter[Any] = bindparam(_OWN + name)
        target = known[name].alias() if known[name] is table else known[name]
        conditions.append(exists().where(_is_own(target, key, business)))  # type: ignore[arg-type]
    whose: Any = case((and_(*conditions), business)) if conditions else business
    return Hot(insert(table).values(business_id=whose).inline())  # without reading the key back
