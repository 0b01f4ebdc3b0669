"""Trouble with the database: one code and a sentence with a way out on both engines, never a traceback."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine, make_url, text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.storage.base.stopping import cancel
from tests.factories import a_customer, a_phone, a_shop
from tests.own_server import ANN, BOB, PASSWORD, OwnServer


def told(ask: Callable[[], object]) -> PosappError:
    with pytest.raises(PosappError) as refused:
        ask()
    assert refused.value.sentence.endswith(".")
    return refused.value


def code_of(ask: Callable[[], object]) -> str:
    return told(ask).code


@contextmanager
def held(place: str) -> Iterator[None]:
    """Another program in the middle of a write to the first customer."""
    if "://" not in place:
        with closing(sqlite3.connect(place, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    engine = create_engine(place)
    with engine.connect() as other:
        other.execute(text("UPDATE customer SET version = version"))
        yield
    engine.dispose()


def administer(place: str, statement: str) -> None:
    url = make_url(place)
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


# -- somebody else works on it -------------------------------------------------------------------------------
def test_a_record_that_is_held_too_long_is_refused_and_nothing_is_kept(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("posapp.storage.base.database.BUSY_SECONDS", 0.1)
    shop = open_shop(place)
    actor = shop.actor("Till 1")
    customer = a_customer(shop, actor, "Marta")
    edit = EditCustomer(customer_id=customer.id, name="Marta K")
    with held(place):
        fault = told(lambda: shop.customers.edit(actor, edit))
    assert isinstance(fault, EnvironmentFault)
    assert (fault.code, fault.sentence) == (
        "database_busy",
        "Another till or program is using the shop's data. Nothing was changed; try again.",
    )
    assert shop.customers.edit(actor, edit).name == "Marta K"
    shop.close()


def test_both_engines_wait_ten_seconds_for_another_till(shop: Shop) -> None:
    with shop.store.database.connection(writes=True) as connection:
        asked = "PRAGMA busy_timeout" if shop.store.database.is_sqlite else "SHOW lock_timeout"
        assert connection.execute(text(asked)).scalar() in (10_000, "10s")


def test_a_till_that_fell_asleep_in_a_write_lets_the_others_in(postgres_place: str) -> None:
    shop = open_shop(postgres_place)
    with shop.store.database.connection(writes=True) as connection:
        said = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
        assert said == "1min"
        connection.execute(text("SET idle_in_transaction_session_timeout = 1"))
        fault = told(lambda: _ask_until_refused(connection, shop))
    assert fault.code == "database_unreachable"
    assert shop.businesses.all()
    shop.close()


def _ask_until_refused(connection: object, shop: Shop) -> None:
    with shop.store.database.translated():
        while True:  # the test's own time limit ends this
            connection.execute(text("SELECT 1"))  # type: ignore[attr-defined]


# -- what no column holds ------------------------------------------------------------------------------------
UNSTORABLE = {
    "a number out of range": {"n": 2**63},
    "a number far out of range": {"n": 2**200},
    "half a letter": {"t": "\ud800"},
}


@pytest.mark.parametrize("values", UNSTORABLE.values(), ids=UNSTORABLE.keys())
def test_a_value_that_no_column_holds_is_refused(shop: Shop, actor: Actor, values: dict[str, object]) -> None:
    column = "cutover_minutes = :n" if "n" in values else "name = :t"
    with pytest.raises(DomainError) as refused, shop.store.work(actor) as uow:
        uow.connection.execute(text(f"UPDATE business SET {column}"), values)
    assert refused.value.code == "value_refused"
    assert shop.businesses.get(actor).name == "Harbour Lane Repairs"


NASTY = ("a\0b", "half \ud83d", "x" * 5000, "\u202e\u0000\udfff", "'; DROP TABLE customer --", "%s %(a)s :x")


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_a_text_is_kept_clean_or_refused_alike_on_both_engines(shop: Shop, actor: Actor, words: str) -> None:
    who = FindOrCreate(phone=a_phone(1), name=words, note=words, address=words)
    try:
        made = shop.customers.find_or_create(actor, who).customer
    except DomainError as refused:
        assert refused.code in ("name_too_long", "text_too_long")
        assert len(words) == 5000
        made = a_customer(shop, actor, phone=a_phone(1))
    assert "\0" not in made.name + made.note
    made.name.encode()
    for asked in (words, made.name):
        shop.search.search(actor, asked)
    assert shop.customers.card(actor, made.id).customer.name == made.name


def test_a_page_beyond_all_pages_is_empty_or_refused(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    for deep in (10**6, 2**63 - 1):
        assert shop.history.page(actor, customer.id, limit=1).events is not None
        with shop.store.look(actor) as uow:
            beyond = text("SELECT id FROM customer ORDER BY id LIMIT 1 OFFSET :deep")
            assert uow.connection.execute(beyond, {"deep": deep}).all() == []
    with pytest.raises(DomainError) as refused, shop.store.look(actor) as uow:
        uow.connection.execute(text("SELECT id FROM customer LIMIT 1 OFFSET :deep"), {"deep": 2**63}).all()
    assert refused.value.code == "value_refused"


# -- it may not be written, is full, is gone -----------------------------------------------------------------
def test_what_may_only_be_read_is_told_and_can_be_read(place: str) -> None:
    shop = open_shop(place)
    actor = shop.actor("Till 1")
    if shop.store.database.is_sqlite:
        with shop.store.database.connection(writes=False) as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
    else:
        name = make_url(place).database
        administer(place, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        shop.store.database.engine.dispose()
    assert code_of(lambda: a_customer(shop, actor)) == "database_read_only"
    assert shop.customers.who_has(actor, a_phone(1)).customer is None
    shop.close()


def test_a_full_disk_is_told_and_nothing_is_kept(sqlite_place: str) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    with shop.store.database.connection(writes=False) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    customers = 0
    with pytest.raises(EnvironmentFault) as full:
        for _ in range(1000):
            a_customer(shop, actor)
            customers += 1
    assert full.value.code == "database_full"
    with shop.store.database.connection(writes=False) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert str(a_customer(shop, actor).pl_id) == f"PL{customers + 1}"
    shop.close()


def test_a_table_that_is_missing_is_told(shop: Shop, actor: Actor) -> None:
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("DROP TABLE walk_in"))
        uow.commit()
    fault = told(lambda: shop.counter.day(actor))
    assert fault.code == "database_damaged"
    assert "posapp restore" in fault.sentence


def test_a_database_that_was_taken_away_takes_nothing_more(place: str) -> None:
    shop = open_shop(place)
    actor = shop.actor("Till 1")
    a_customer(shop, actor)
    if shop.store.database.is_sqlite:
        kept = shutil.move(place, place + ".moved")
        expected = "database_unopened"
    else:
        administer(place, f'DROP DATABASE "{make_url(place).database}" WITH (FORCE)')
        expected = "database_unreachable"
    fault = told(lambda: a_customer(shop, actor))
    assert fault.code == expected
    assert "network" not in fault.sentence
    if shop.store.database.is_sqlite:
        shutil.move(kept, place)
        assert str(a_customer(shop, actor).pl_id) == "PL2"
    shop.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be replaced")
def test_a_file_that_was_replaced_under_an_open_shop_takes_nothing(sqlite_place: str, tmp_path: Path) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    a_customer(shop, actor)
    a_shop(tmp_path / "other.db").close()
    os.replace(tmp_path / "other.db", sqlite_place)  # noqa: PTH105 - as a copying program does
    assert code_of(lambda: a_customer(shop, actor)) == "database_unopened"
    shop.close()


# -- a server ------------------------------------------------------------------------------------------------
REFUSED: dict[str, tuple[dict[str, object], str, str]] = {
    "no such role": ({"username": "nobody"}, "database_denied", "does not know the name “nobody”"),
    "no such database": ({"database": "nowhere"}, "database_unreachable", "has no database “nowhere”"),
    "no password": ({"username": ANN}, "database_denied", "asks for a password"),
    "wrong password": (
        {"username": ANN, "password": "wrong"},
        "database_denied",
        "refuses the name or password",
    ),
    "not let in": ({"username": BOB}, "database_denied", "does not let this computer in"),
    "no rights": (
        {"username": ANN, "password": PASSWORD},
        "database_denied",
        "does not let this till's name use",
    ),
    "nobody listens": ({"port": 1}, "database_unreachable", "does not answer. See that it runs"),
    "no such computer": ({"host": "shop.invalid"}, "database_unreachable", "knows no computer"),
    "encryption": ({"query": {"sslmode": "require"}}, "database_unreachable", "agree on encryption"),
}


@pytest.mark.postgres
@pytest.mark.parametrize(("parts", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_a_server_refuses_has_a_sentence_of_its_own(
    own_server: OwnServer, parts: dict[str, object], code: str, words: str
) -> None:
    fault = told(lambda: open_shop(own_server.address(**parts)))
    assert isinstance(fault, EnvironmentFault)
    assert fault.code == code
    assert words in fault.sentence
    assert "wrong" not in fault.sentence


@pytest.fixture
def own_shop(own_server: OwnServer) -> Iterator[Shop]:
    """A shop on the server that may be stopped."""
    name = "own_shop"
    administer(own_server.url, f"CREATE DATABASE {name}")
    shop = a_shop(own_server.address(database=name))
    yield shop
    shop.close()
    administer(own_server.url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_a_server_that_stops_is_told_and_after_its_return_everything_goes_on_unasked(
    own_server: OwnServer, own_shop: Shop
) -> None:
    actor = own_shop.actor("Till 1")
    a_customer(own_shop, actor, "Marta")
    assert own_shop.search.search(actor, "marta").hits
    own_server.stop()
    for ask in (
        lambda: own_shop.search.search(actor, "marta"),
        lambda: own_shop.customers.who_has(actor, a_phone(1)),
        lambda: a_customer(own_shop, actor, "Ada"),
        lambda: open_shop(own_server.address(database="own_shop")),
    ):
        fault = told(ask)
        assert (fault.code, "does not answer. See that it runs" in fault.sentence) == (
            "database_unreachable",
            True,
        )
    own_server.start()
    assert [hit.name for hit in own_shop.search.search(actor, "marta").hits] == ["Marta"]
    assert str(a_customer(own_shop, actor, "Ada").pl_id) == "PL2"


@pytest.mark.postgres
def test_the_first_question_after_a_restart_is_answered(own_server: OwnServer, own_shop: Shop) -> None:
    actor = own_shop.actor("Till 1")
    a_customer(own_shop, actor, "Marta")
    assert own_shop.search.search(actor, "marta").hits
    own_server.stop()
    own_server.start()
    assert [hit.name for hit in own_shop.search.search(actor, "marta").hits] == ["Marta"]
    own_server.stop()
    own_server.start()
    assert str(a_customer(own_shop, actor, "Ada").pl_id) == "PL2"


@pytest.mark.postgres
def test_a_wish_to_end_an_older_search_never_ends_a_newer_one(postgres_place: str) -> None:
    shop = open_shop(postgres_place)
    reader = shop.search._reader
    reader.look_up(1, {"pl": 1}, 5)
    answers: list[object] = []
    long = "SELECT count(*) FROM generate_series(1, 1500000)"
    newer = Thread(target=lambda: answers.append(reader._rows(long, {})))
    newer.start()
    running = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE :long AND state = 'active'")
    with shop.store.database.connection(writes=False) as connection:
        while not answers and not connection.execute(running, {"long": f"{long[:30]}%"}).scalar():
            continue  # the test's own time limit ends this
    cancel(reader._driver)  # asked for before the newer search began, and late on its way
    newer.join()
    assert answers == [[(1_500_000,)]]
    shop.close()


@pytest.mark.postgres
def test_who_types_on_does_not_wait_for_a_server_that_is_gone(own_server: OwnServer, own_shop: Shop) -> None:
    actor = own_shop.actor("Till 1")
    own_shop.search.search(actor, "marta")
    own_server.stop()
    own_shop.search.interrupt()
    assert code_of(lambda: own_shop.search.search(actor, "marta")) == "database_unreachable"
    own_server.start()
    assert own_shop.search.search(actor, "marta").hits == ()


@pytest.mark.postgres
def test_a_connection_that_dies_in_the_middle_of_a_write_keeps_nothing(postgres_place: str) -> None:
    shop = open_shop(postgres_place)
    actor = shop.actor("Till 1")
    with pytest.raises(EnvironmentFault) as lost, shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE business SET name = 'half done'"))
        pid = uow.connection.execute(text("SELECT pg_backend_pid()")).scalar()
        administer(postgres_place, f"SELECT pg_terminate_backend({pid}, 5000)")
        uow.connection.execute(text("UPDATE business SET name = 'done'"))
        uow.commit()
    assert lost.value.code == "database_unreachable"
    assert shop.businesses.get(actor).name == "Harbour Lane Repairs"
    shop.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be moved")
def test_where_a_file_was_taken_away_no_empty_one_is_made(sqlite_place: str) -> None:
    shop = open_shop(sqlite_place)
    a_customer(shop, shop.actor("Till 1"))
    actor, said = shop.actor("Till 1"), list[str]()
    shutil.move(sqlite_place, sqlite_place + ".moved")
    another = Thread(target=lambda: said.append(code_of(lambda: shop.counter.day(actor))))
    another.start()  # with a connection of its own
    another.join()
    assert said == ["database_unopened"]
    assert told(shop.store.database.reader).code == "database_unopened"
    assert not Path(sqlite_place).exists()
    shop.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be moved")
def test_a_look_right_after_one_that_missed_the_file_misses_it_too(sqlite_place: str) -> None:
    shop = open_shop(sqlite_place)
    actor = shop.actor("Till 1")
    a_customer(shop, actor)
    shutil.move(sqlite_place, sqlite_place + ".moved")
    for _look in range(2):  # the second one would tell the window that the data answers again
        assert told(lambda: a_customer(shop, actor)).code == "database_unopened"
        assert told(lambda: shop.counter.day(actor)).code == "database_unopened"
    shop.close()
