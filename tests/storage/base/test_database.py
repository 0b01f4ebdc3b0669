"""Connections and transactions: who waits for whom, what a reader sees, and how failures are worded."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.customers.pl_id import PlId
from posapp.services.desks import Shop
from posapp.storage.base.database import Database, database_url
from tests.factories import a_customer, a_phone

COUNT = text("SELECT count(*) FROM customer")


def test_a_path_and_an_address_are_both_places(tmp_path: Path) -> None:
    assert database_url(tmp_path / "x.db").database == str(tmp_path / "x.db")
    assert database_url("~/x.db").database == str(Path.home() / "x.db")
    for address in ("postgresql://ann@host/shop", "postgresql+psycopg://ann@host/shop"):
        assert database_url(address).drivername == "postgresql+psycopg"
    for address in ("mysql://host/shop", "postgresql+nope://host/shop", "sqlite+nope:///shop.db"):
        with pytest.raises(DomainError) as refused:
            database_url(address)
        assert refused.value.code == "database_kind"


def test_a_snapshot_sees_one_moment_and_a_plain_look_the_newest(shop: Shop, actor: Actor, place: str) -> None:
    other = open_shop(place)
    with shop.store.look(actor, snapshot=True) as still:
        before = still.connection.execute(COUNT).scalar_one()
        a_customer(other, actor)
        assert still.connection.execute(COUNT).scalar_one() == before
    with shop.store.look(actor) as newest:
        assert newest.connection.execute(COUNT).scalar_one() == before + 1
    other.close()


def test_a_block_that_fails_undoes_all_and_the_connection_goes_on(shop: Shop, actor: Actor) -> None:
    with pytest.raises(ZeroDivisionError), shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE business SET name = 'x'"))
        raise ZeroDivisionError
    with shop.store.work(actor):
        pass  # nothing was committed: nothing is kept
    assert shop.businesses.get(actor).name == "Harbour Lane Repairs"


def test_a_commit_that_fails_frees_the_database(
    shop: Shop, actor: Actor, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: object) -> None:
        raise OSError("the disk went away")

    with monkeypatch.context() as patched:
        patched.setattr("posapp.storage.unit_of_work.keep", fail)
        with pytest.raises(OSError, match="disk"):
            a_customer(shop, actor, phone=a_phone(1))
    other = open_shop(place)
    assert str(a_customer(other, actor, phone=a_phone(1)).pl_id) == "PL1"
    assert str(a_customer(shop, actor, phone=a_phone(2)).pl_id) == "PL2"
    other.close()


def test_threads_write_one_after_the_other(shop: Shop, actor: Actor) -> None:
    made: list[str] = []

    def work(number: int) -> None:
        made.append(str(a_customer(shop, actor, phone=a_phone(number)).pl_id))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [f"PL{number}" for number in range(1, 9)]


def test_who_waited_while_the_file_was_replaced_writes_nothing_into_the_old_one(
    sqlite_shop: Shop, sqlite_place: str
) -> None:
    """A restore holds the lock until another file lies there; who waited for it would write for nobody."""
    file = Path(sqlite_place)
    sqlite_shop.close()
    fresh = file.with_name("fresh.db")
    shutil.copy(file, fresh)
    told: list[str] = []

    def write() -> None:
        database = Database(sqlite_place)
        try:
            with database.connection(writes=True):
                told.append("written")
        except EnvironmentFault as fault:
            told.append(fault.code)
        finally:
            database.close()

    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        till = threading.Thread(target=write)
        till.start()
        till.join(0.5)
        assert told == []
        fresh.replace(file)
    till.join()
    assert told == ["database_unopened"]


def test_a_broken_rule_keeps_the_name_of_its_constraint(shop: Shop, actor: Actor) -> None:
    with pytest.raises(DomainError) as refused, shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE business SET cutover_minutes = 900"))
    assert refused.value.code == "rule_broken"
    with pytest.raises(DomainError), shop.store.work(actor) as uow:
        uow.connection.execute(text("DELETE FROM business"))


def test_a_sqlite_file_is_safe_against_power_cuts(sqlite_shop: Shop) -> None:
    with sqlite_shop.store.database.connection(writes=False) as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


# -- a server -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "value", "code"),
    [("port", 1, "database_unreachable"), ("database", "nowhere", "database_unreachable")],
)
def test_a_server_that_does_not_answer_is_one_sentence(
    postgres_place: str, part: str, value: object, code: str
) -> None:
    address = make_url(postgres_place).set(**{part: value})  # type: ignore[arg-type]
    with pytest.raises(EnvironmentFault) as refused:
        open_shop(address.render_as_string(hide_password=False))
    assert refused.value.code == code


def test_a_till_goes_on_after_the_server_was_away(postgres_place: str) -> None:
    shop = open_shop(postgres_place)
    actor = shop.actor("Till 1")
    shop.search.search(actor, "marta")
    other = Database(postgres_place)
    with other.connection(writes=False) as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    other.close()
    assert str(a_customer(shop, actor, "Marta").pl_id) == "PL1"
    try:
        shop.search.search(actor, "marta")
    except EnvironmentFault as fault:
        assert fault.code == "database_unreachable"
    assert [hit.name for hit in shop.search.search(actor, "marta").hits] == ["Marta"]
    shop.close()


def test_a_transaction_within_another_is_refused_and_undoes_nothing(shop: Shop, actor: Actor) -> None:
    if not shop.store.database.is_sqlite:
        pytest.skip("on a server each has a connection of its own")
    with shop.store.work(actor) as uow:
        uow.customers.add(PlId(uow.counters.next("PL")), name="Marta")
        for snapshot in (False, True):
            with pytest.raises(RuntimeError), shop.store.look(actor, snapshot=snapshot):
                pass
        uow.commit()
    assert "Marta" in [hit.name for hit in shop.search.search(actor, "marta").hits]


def test_what_is_written_after_a_commit_needs_a_commit_of_its_own(shop: Shop, actor: Actor) -> None:
    with shop.store.work(actor) as uow:
        uow.customers.add(PlId(uow.counters.next("PL")), name="Marta")
        uow.commit()
        uow.customers.add(PlId(uow.counters.next("PL")), name="Nora")
    assert [hit.name for hit in shop.search.search(actor, "marta").hits] == ["Marta"]
    assert shop.search.search(actor, "nora").hits == ()


def test_after_its_commit_a_block_may_ask_and_go_on(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor("Till 1")
    with sqlite_shop.store.work(actor) as uow:
        uow.customers.add(PlId(uow.counters.next("PL")), name="Marta")
        uow.commit()
        assert sqlite_shop.businesses.get(actor).name
        uow.customers.add(PlId(uow.counters.next("PL")), name="Nora")
    assert [hit.name for hit in sqlite_shop.search.search(actor, "marta").hits] == ["Marta"]
    assert sqlite_shop.search.search(actor, "nora").hits == ()
