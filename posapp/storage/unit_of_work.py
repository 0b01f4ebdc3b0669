"""A unit of work: one transaction with all repositories on it, an actor and a moment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, select

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import Clock, to_us
from posapp.domain.base.journal import Change
from posapp.storage.base.counters import Counters
from posapp.storage.base.database import Database
from posapp.storage.base.journal import JournalTable
from posapp.storage.base.records import begin_notes, end_notes
from posapp.storage.base.tables import identity
from posapp.storage.bookings.bookings import Bookings
from posapp.storage.bookings.walk_ins import WalkIns
from posapp.storage.customers.customers import Customers
from posapp.storage.papers.documents import Documents
from posapp.storage.repairs.board import Board
from posapp.storage.repairs.devices import Devices
from posapp.storage.repairs.estimates import Estimates
from posapp.storage.repairs.informing import Informing
from posapp.storage.repairs.loaners import Loaners
from posapp.storage.repairs.parts import Parts
from posapp.storage.repairs.photos import Photos
from posapp.storage.repairs.ticket_states import TicketStates
from posapp.storage.repairs.tickets import Tickets
from posapp.storage.shop.businesses import Businesses


class UnitOfWork:
    """What a desk holds while it works; nothing is kept unless `commit` is called."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime, *, is_sqlite: bool) -> None:
        self.connection = connection
        self.actor = actor
        self.now = now
        self.is_sqlite = is_sqlite
        self.journal = JournalTable(connection, actor, now, is_sqlite=is_sqlite)
        self.committed: tuple[Change, ...] = ()

    @cached_property
    def counters(self) -> Counters:
        """PL IDs and document numbers."""
        return Counters(self.connection, self.actor.business)

    @cached_property
    def customers(self) -> Customers:
        """Customers, phones, contacts, aliases."""
        return Customers(self.connection, self.actor.business, self.stamp)

    @cached_property
    def businesses(self) -> Businesses:
        """The shop, its services, people, benches and hours."""
        return Businesses(self.connection, self.actor.business, self.stamp)

    @cached_property
    def bookings(self) -> Bookings:
        """Bookings and what they take."""
        return Bookings(self.connection, self.actor.business, self.stamp)

    @cached_property
    def devices(self) -> Devices:
        """The register of devices."""
        return Devices(self.connection, self.actor.business, self.stamp)

    @cached_property
    def tickets(self) -> Tickets:
        """Repair tickets and their jobs."""
        return Tickets(self.connection, self.actor.business, self.stamp)

    @cached_property
    def board(self) -> Board:
        """What is in the shop."""
        return Board(self.connection, self.actor.business)

    @cached_property
    def estimates(self) -> Estimates:
        """Estimates and warranties."""
        return Estimates(self.connection, self.actor.business, self.stamp)

    @cached_property
    def parts(self) -> Parts:
        """The catalogue, and what repairs take of it."""
        return Parts(self.connection, self.actor.business, self.stamp)

    @cached_property
    def loaners(self) -> Loaners:
        """Devices that the shop lends."""
        return Loaners(self.connection, self.actor.business, self.stamp)

    @cached_property
    def photos(self) -> Photos:
        """Photos of devices."""
        return Photos(self.connection, self.actor.business, self.stamp)

    @cached_property
    def informing(self) -> Informing:
        """What customers were told."""
        return Informing(self.connection, self.actor.business, self.stamp)

    @cached_property
    def ticket_states(self) -> TicketStates:
        """States, moves, checklists and settings of repairs."""
        return TicketStates(self.connection, self.actor.business, self.stamp)

    @cached_property
    def walk_ins(self) -> WalkIns:
        """Who waits without a booking."""
        return WalkIns(self.connection, self.actor.business, self.stamp)

    @cached_property
    def documents(self) -> Documents:
        """Papers and the print queue."""
        return Documents(self.connection, self.actor.business, self.stamp)

    def act_as(self, actor: Actor) -> None:
        """Go on as another actor of the same transaction: a new business, once it has a key."""
        self.actor = actor
        self.journal.actor = actor
        for name in (
            "counters",
            "customers",
            "businesses",
            "bookings",
            "devices",
            "tickets",
            "board",
            "estimates",
            "parts",
            "loaners",
            "photos",
            "informing",
            "ticket_states",
            "walk_ins",
            "documents",
        ):
            self.__dict__.pop(name, None)

    @property
    def stamp(self) -> tuple[int, str]:
        """The moment in microseconds and the name that go on a record."""
        return to_us(self.now), self.actor.shown

    def commit(self) -> None:
        """Write the journal and keep everything."""
        changes = self.journal.flush()
        self.connection.commit()
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
        if uow.committed:
            self.own_entries.update(uow.journal.written)
            self._on_commit(uow.committed)

    @contextmanager
    def look(self, actor: Actor, *, snapshot: bool = False) -> Iterator[UnitOfWork]:
        """A reading unit of work; `snapshot` makes all its reads see one moment."""
        with self.database.connection(writes=False, snapshot=snapshot) as connection:
            yield UnitOfWork(connection, actor, self.clock.now(), is_sqlite=self.database.is_sqlite)
