"""What a part of the trade brings to a unit of work, and to what is checked of a shop's data."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import ColumnElement, Connection, Table, and_, select

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import to_us
from posapp.storage.base.counters import Counters
from posapp.storage.base.quick import Hands

T = TypeVar("T")


class made_once(Generic[T]):  # noqa: N801 - reads like `property`
    """`functools.cached_property` without its lock: a unit of work belongs to one thread."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self.func = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "made_once[T]": ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: Any, kind: type) -> "made_once[T] | T":
        if owner is None:
            return self
        made = owner.__dict__[self._name] = self.func(owner)
        return made


class Repositories:
    """The repositories of a unit of work; each part adds its own in its `part.py`."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime, *, is_sqlite: bool) -> None:
        self.connection = connection
        self.hands = Hands(connection)
        self.actor = actor
        self.now = now
        self._at = to_us(now)
        self.is_sqlite = is_sqlite

    @made_once
    def counters(self) -> Counters:
        """PL IDs and document numbers."""
        return Counters(self.hands, self.actor.business)

    @property
    def stamp(self) -> tuple[int, str]:
        """The moment in microseconds and the name that go on a record."""
        return self._at, self.actor.shown

    def seed(self) -> None:
        """Give the new business of the actor what it begins with."""

    def has_amounts(self) -> bool:
        """Whether the business has said an amount of money that another currency would make another one.

        Each part asks of its own records, after `super().has_amounts()`.
        """
        return False

    def owners_of_old_id(self, code: str, system: str = "") -> "list[tuple[int, str, str, str]]":
        """Whom an ID of an old system means: keys of customers, each with system, collection and the ID.

        Answered by what keeps old data; a shop without any has nobody.
        """
        return []

    def has_any(self, table: Table, which: ColumnElement[bool] | None = None) -> bool:
        """Whether the business has a record of a table, or one for which `which` holds."""
        own = table.c.business_id == self.actor.business
        found = select(own).where(own if which is None else and_(own, which)).limit(1)
        return self.connection.execute(found).first() is not None
