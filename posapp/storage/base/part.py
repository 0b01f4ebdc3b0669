"""What a part of the trade brings to a unit of work, and to what is checked of a shop's data."""

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import to_us
from posapp.storage.base.counters import Counters


class Repositories:
    """The repositories of a unit of work; each part adds its own in its `part.py`."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime, *, is_sqlite: bool) -> None:
        self.connection = connection
        self.actor = actor
        self.now = now
        self.is_sqlite = is_sqlite

    @cached_property
    def counters(self) -> Counters:
        """PL IDs and document numbers."""
        return Counters(self.connection, self.actor.business)

    @property
    def stamp(self) -> tuple[int, str]:
        """The moment in microseconds and the name that go on a record."""
        return to_us(self.now), self.actor.shown

    def seed(self) -> None:
        """Give the new business of the actor what it begins with."""
