"""A unit of work: one transaction with all repositories on it, an actor and a moment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, select

import posapp.storage.tables  # noqa: F401 - the journal tells of every table, whatever part writes
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import Clock
from posapp.domain.base.journal import Change
from posapp.storage.base.counters import Counters
from posapp.storage.base.database import Database, keep
from posapp.storage.base.journal import JournalTable
from posapp.storage.base.records import begin_notes, end_notes
from posapp.storage.base.repository import Repository
from posapp.storage.base.tables import identity
from posapp.storage.bookings.part import BookingRepositories
from posapp.storage.care.part import CareRepositories
from posapp.storage.catalogue.part import CatalogueRepositories
from posapp.storage.counter.part import CounterRepositories
from posapp.storage.customers.part import CustomerRepositories
from posapp.storage.figures.following import follow
from posapp.storage.figures.part import FigureRepositories
from posapp.storage.old_data.part import OldDataRepositories
from posapp.storage.papers.part import PaperRepositories
from posapp.storage.people.part import PeopleRepositories
from posapp.storage.repairs.part import RepairRepositories
from posapp.storage.selling.part import SellingRepositories
from posapp.storage.shop.part import ShopRepositories


class UnitOfWork(
    CareRepositories,
    FigureRepositories,
    CounterRepositories,
    OldDataRepositories,
    SellingRepositories,
    RepairRepositories,
    CatalogueRepositories,
    BookingRepositories,
    PeopleRepositories,
    CustomerRepositories,
    PaperRepositories,
    ShopRepositories,
):
    """What a desk holds while it works; nothing is kept unless `commit` is called."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime, *, is_sqlite: bool) -> None:
        super().__init__(connection, actor, now, is_sqlite=is_sqlite)
        self.journal = JournalTable(self.hands, actor, now, is_sqlite=is_sqlite)
        self.committed: tuple[Change, ...] = ()

    def act_as(self, actor: Actor) -> None:
        """Go on as another actor of the same transaction: a new business, once it has a key."""
        self.actor = actor
        self.journal.actor = actor
        for name in [one for one, found in vars(self).items() if isinstance(found, Repository | Counters)]:
            del self.__dict__[name]

    def commit(self) -> None:
        """Write the journal and keep everything; what a manager lent for it is used up, if that works."""
        approval = self.actor.approval
        if approval is None or not approval.used:
            self._keep()
            return
        approval.spend()
        try:
            self._keep()
        except BaseException:
            approval.give_back()
            raise
        approval.end()

    def _keep(self) -> None:
        changes = self.journal.flush()
        follow(self, self.journal.images)
        keep(self.connection)
        self.committed += changes


class Store:
    """Opens units of work on one database; handed to every desk."""

    def __init__(
        self, database: Database, clock: Clock, on_commit: Callable[[Sequence[Change]], None]
    ) -> None:
        self.database = database
        self.clock = clock
        self._on_commit = on_commit
        self.own_entries: set[tuple[int, int]] = set()
        """Business and key of the entries of this program that `Elsewhere` has not passed yet."""

    @cached_property
    def identity(self) -> str:
        """The code that tells this database from every other one; its backups carry the same."""
        with self.database.connection(writes=False) as connection:
            return str(connection.execute(select(identity.c.code)).scalar_one())

    @contextmanager
    def work(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A writing unit of work; listeners hear of its changes after the commit."""
        with self.database.connection(writes=True) as connection:
            begin_notes(connection)
            try:
                uow = UnitOfWork(connection, actor, self.clock.now(), is_sqlite=self.database.is_sqlite)
                yield uow
            finally:
                end_notes(connection)
                if actor.approval is not None:
                    actor.approval.used.clear()  # what was refused, or changed nothing, needed nothing
        if uow.committed:
            self.own_entries.update(uow.journal.written)
            self._on_commit(uow.committed)

    @contextmanager
    def look(self, actor: Actor, *, snapshot: bool = False) -> Iterator[UnitOfWork]:
        """A reading unit of work; `snapshot` makes all its reads see one moment."""
        with self.database.connection(writes=False, snapshot=snapshot) as connection:
            yield UnitOfWork(connection, actor, self.clock.now(), is_sqlite=self.database.is_sqlite)
