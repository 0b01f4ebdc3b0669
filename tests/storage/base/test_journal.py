"""The journal's chains: one per business, guarded by the database, taken over from the single old one."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from posapp.bootstrap import open_shop
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.domain.base.journal import GENESIS, NO_BUSINESS, chain_hash
from posapp.services.base.changes import Elsewhere
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.storage import schema
from posapp.storage.base.database import Database
from posapp.storage.base.journal import head_of, lines_about
from posapp.storage.base.records import watched_tables
from posapp.storage.base.tables import journal, journal_head, metadata
from posapp.storage.base.verify_journal import read_story
from tests.factories import NOW, TILL, a_booking, a_business, a_customer
from tests.fixtures import KINDS
from tests.guards import without_guards
from tests.storage.older import lay_back, rows_of

EMPTY = pytest.mark.parametrize("empty_place", KINDS, indirect=True)


@pytest.fixture
def neighbour(shop: Shop) -> Actor:
    """Another shop in the same database."""
    return a_business(shop, name="Next door")


# -- one chain per business ----------------------------------------------------------------------------
def test_each_shop_counts_its_own_entries_from_one(shop: Shop, actor: Actor, neighbour: Actor) -> None:
    for who in (actor, neighbour, actor):
        a_customer(shop, who)
    with shop.store.look(actor) as uow:
        asked = select(journal.c.business_id, journal.c.id, journal.c.action).order_by(
            journal.c.business_id, journal.c.id
        )
        found = [tuple(row) for row in uow.connection.execute(asked)]
        heads = [head_of(uow.connection, who.business) for who in (actor, neighbour)]
    made = "customer.created"
    assert found == [
        (1, 1, "business.created"),
        (1, 2, made),
        (1, 3, made),
        (2, 1, "business.created"),
        (2, 2, made),
    ]
    assert [head and head.last for head in heads] == [3, 2]


def test_every_record_but_the_business_itself_names_its_business() -> None:
    """Else two shops would write into one chain, and wait for each other."""
    watched = watched_tables(metadata.tables)
    assert len(watched) > 25
    assert [one.name for one in watched if "business_id" not in one.c] == ["business"]


@pytest.mark.postgres
def test_a_shop_that_writes_does_not_keep_another_one_waiting(postgres_place: str) -> None:
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    actor, other = shop.actor(TILL), a_business(shop, name="Next door")
    with shop.store.work(actor) as uow:
        uow.journal.add(Action.BUSINESS_CREATED, "business", actor.business)
        uow.journal.flush()  # the end of the chain is held from here to the commit
        database = Database(postgres_place)
        with database.connection(writes=True) as connection:
            connection.execute(text("SET LOCAL lock_timeout = '200ms'"))
            wanted = select(journal_head).where(journal_head.c.business_id == other.business)
            assert connection.execute(wanted.with_for_update()).one().last_id == 1
            mine = select(journal_head).where(journal_head.c.business_id == actor.business)
            with pytest.raises((DBAPIError, PosappError)):
                connection.execute(mine.with_for_update())
        database.close()
        uow.commit()
    a_booking(shop, other)
    shop.close()


def test_a_till_hears_of_its_own_shop_and_of_what_belongs_to_none(
    shop: Shop, actor: Actor, neighbour: Actor, place: str
) -> None:
    news = Elsewhere(shop.store, actor)
    other = open_shop(place, clock=FixedClock(NOW))
    a_customer(other, neighbour)
    assert news.news() == []
    customer = a_customer(other, actor)
    with other.store.work(Actor(NO_BUSINESS, "Till 2")) as uow:
        uow.journal.add(Action.BACKUP_MADE, "database", 0)
        uow.commit()
    heard = {(one.subject, one.id) for one in news.news()}
    assert heard == {("customer", customer.id), ("database", 0)}
    a_customer(shop, actor)
    assert news.news() == []  # what this program wrote itself is no news
    other.close()


def test_a_chain_that_has_lost_its_end_takes_no_entry(shop: Shop, actor: Actor) -> None:
    with shop.store.database.connection(writes=True) as connection:
        without_guards(connection)
        connection.execute(journal_head.delete())
        connection.commit()
    with pytest.raises(EnvironmentFault) as refused:
        a_customer(shop, actor)
    assert refused.value.code == "journal_broken"


# -- the guards ----------------------------------------------------------------------------------------
_COPY = "SELECT business_id, {id}, at, till, person, action, subject, subject_id, body, hash FROM journal"
REFUSED = {
    "an entry changed": "UPDATE journal SET till = 'x' WHERE business_id = 1",
    "an entry taken away": "DELETE FROM journal WHERE business_id = 1",
    "personal values changed": "UPDATE journal_personal SET body = '{}'",
    "personal values taken away": "DELETE FROM journal_personal",
    "a head set back": "UPDATE journal_head SET last_id = 0 WHERE business_id = 1",
    "a head taken away": "DELETE FROM journal_head",
    "a head of another chain": "UPDATE journal_head SET business_id = 7, last_id = 99 WHERE business_id = 1",
}
_FIRST = _COPY.format(id="id") + " WHERE business_id = 1 AND id = 1"
_BEFORE = _COPY.format(id="id - 1") + " WHERE business_id = 1 AND id = 2"
REPLACED = {
    "an entry replaced": f"REPLACE INTO journal {_FIRST}",
    "an entry put between": f"INSERT OR IGNORE INTO journal {_BEFORE}",
    "personal values replaced": "REPLACE INTO journal_personal SELECT * FROM journal_personal",
    "a head replaced": "REPLACE INTO journal_head SELECT * FROM journal_head",
    "an update that replaces": "UPDATE OR REPLACE journal SET id = 1 WHERE business_id = 1",
}
TRUNCATED = {
    f"{name} cut": f"TRUNCATE {name} CASCADE" for name in ("journal", "journal_personal", "journal_head")
}


def _is_refused(shop: Shop, statement: str) -> None:
    actor = shop.actor(TILL)
    a_customer(shop, actor)
    with pytest.raises((PosappError, DBAPIError)), shop.store.work(actor) as uow:
        uow.connection.execute(text(statement))
        uow.commit()
    with shop.store.look(actor, snapshot=True) as uow:
        assert list(read_story(uow.connection).faults()) == []


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(shop: Shop, statement: str) -> None:
    _is_refused(shop, statement)


@pytest.mark.parametrize("statement", REPLACED.values(), ids=REPLACED.keys())
def test_sqlite_refuses_what_would_replace(sqlite_shop: Shop, statement: str) -> None:
    _is_refused(sqlite_shop, statement)


@pytest.mark.postgres
@pytest.mark.parametrize("statement", TRUNCATED.values(), ids=TRUNCATED.keys())
def test_postgres_refuses_to_truncate(postgres_place: str, statement: str) -> None:
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    _is_refused(shop, statement)
    shop.close()


def test_personal_values_may_be_emptied(shop: Shop, actor: Actor) -> None:
    """That is how a person will be forgotten; until then `verify` asks who did it."""
    a_customer(shop, actor)
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE journal_personal SET body = '', salt = ''"))
        uow.commit()
    with shop.store.look(actor, snapshot=True) as uow:
        story = read_story(uow.connection)
    assert (story.broken, story.altered, story.emptied) == ([], [], [(1, 2)])


# -- the single chain of before ------------------------------------------------------------------------
def _old_entries(count: int, subject_id: int = 1) -> list[dict[str, Any]]:
    """A single chain as the fifth revision wrote it: two shops in turn, and what belongs to none."""
    found: list[dict[str, Any]] = []
    previous = GENESIS
    for number in range(1, count + 1):
        business = (1, 2, None)[number % 3]
        body = json.dumps({"ref": f"n{number}"}, separators=(",", ":"))
        said = (1000 + number, business, "Till 1", None, "customer.edited", "customer", subject_id, body)
        previous = chain_hash(previous, number, *said)
        names = ("at", "business_id", "till", "person", "action", "subject", "subject_id", "body")
        found.append({"id": number, **dict(zip(names, said, strict=True)), "hash": previous})
    return found


def _laid_back(place: str, old: str, *, broken: bool) -> list[dict[str, Any]]:
    """An old shop at `old`, with the records of the shop at `place` and an old chain."""
    lay_back(old, "0005", rows_of(place))
    entries = _old_entries(12)
    last = entries[-1]["hash"]
    if broken:
        entries[4]["till"] = "Till 9"
    database = Database(old)
    with database.connection(writes=True) as connection:
        names = ", ".join(entries[0])
        marks = ", ".join(f":{name}" for name in entries[0])
        connection.execute(text(f"INSERT INTO journal ({names}) VALUES ({marks})"), entries)
        connection.execute(text("INSERT INTO journal_personal VALUES (4, 'salt', '{}')"))
        connection.execute(text("UPDATE journal_head SET last_id = 12, hash = :hash"), {"hash": last})
        connection.commit()
    database.close()
    return entries


@pytest.mark.parametrize("broken", [False, True])
@EMPTY
def test_the_sixth_revision_makes_a_chain_of_each_shop_and_explains_the_seam(
    sqlite_place: str, empty_place: str, *, broken: bool
) -> None:
    shop = open_shop(sqlite_place, clock=FixedClock(NOW))
    for who in (shop.actor(TILL), a_business(shop, name="Next door")):
        a_booking(shop, who)
    shop.close()
    entries = _laid_back(sqlite_place, empty_place, broken=broken)
    database = Database(empty_place)
    schema.bring_up_to_date(database)
    database.close()
    shop = open_shop(empty_place, clock=FixedClock(NOW))
    with shop.store.look(Actor(1, TILL), snapshot=True) as uow:
        assert read_story(uow.connection).broken == []
        for business in (0, 1, 2):
            mine = [one for one in entries if (one["business_id"] or 0) == business]
            told = lines_about(uow.connection, business, "customer", 1)
            assert [(one.ref, one.till) for one in told] == [
                (json.loads(one["body"])["ref"], one["till"]) for one in mine
            ]
            [seam] = [
                line
                for line in lines_about(uow.connection, business, "journal", 0)
                if line.action == "journal.rechained"
            ]
            assert (seam.id, seam.after["taken_over"]) == (5, 4)
            assert (seam.after["entries"], seam.after["last"]) == (12, 12)
            assert seam.after["hash"] == entries[-1]["hash"]
            assert seam.after.get("broken_at") == (5 if broken else None)
        beside = uow.connection.execute(text("SELECT business_id, journal_id, salt FROM journal_personal"))
        assert [tuple(row) for row in beside] == [(2, 2, "salt")]
    assert "records" not in [one.rule for one in verify(shop.store) if not one.is_kept]
    with shop.store.database.connection(writes=True) as connection:
        connection.execute(text("UPDATE customer SET note = 'x' WHERE business_id = 2"))
        connection.commit()
    assert "records" in [one.rule for one in verify(shop.store) if not one.is_kept]
    shop.close()


@EMPTY
def test_a_database_that_begins_with_the_chains_has_nothing_to_explain(empty_place: str) -> None:
    database = Database(empty_place)
    schema.bring_up_to_date(database)
    with database.connection(writes=False) as connection:
        assert connection.execute(select(journal)).all() == []
        assert [tuple(row)[:2] for row in connection.execute(select(journal_head))] == [(0, 0)]
    database.close()
