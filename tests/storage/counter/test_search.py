"""The reader behind the search box: interrupted from another thread, and free of the server's collation."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import EnvironmentFault
from posapp.services.desks import Shop
from posapp.storage.counter.search import SearchReader
from tests.factories import a_customer, a_phone, a_shop

ENDLESS = {
    True: "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 1 FROM n WHERE i < 0",
    False: "SELECT pg_sleep(60)",
}


def test_a_search_ends_when_it_is_interrupted_and_the_next_one_answers(shop: Shop, actor: Actor) -> None:
    a_customer(shop, actor, "Marta")
    reader = SearchReader(shop.store.database)
    assert reader.look_up(actor.business, {"pl": 1}, 5)
    ended: list[str] = []

    def search() -> None:
        try:
            reader._rows(ENDLESS[shop.store.database.is_sqlite], {})
        except EnvironmentFault as fault:
            ended.append(fault.code)

    thread = threading.Thread(target=search)
    thread.start()
    while thread.is_alive():
        reader.interrupt()
        thread.join(0.02)
    assert ended == ["interrupted"]
    assert [row[3] for row in reader.by_name(actor.business, "marta", 5)] == ["Marta"]
    reader.close()


class Door:
    """A way to the server that can be shut: who comes then is let in and hears nothing until it opens."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.open = threading.Event()
        self.open.set()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                guest, _ = self._listener.accept()
                threading.Thread(target=self._let_in, args=(guest,), daemon=True).start()

    def _let_in(self, guest: socket.socket) -> None:
        self.open.wait()
        with contextlib.suppress(OSError), guest, socket.create_connection(self._server) as server:
            back = threading.Thread(target=_pump, args=(server, guest), daemon=True)
            back.start()
            _pump(guest, server)
            back.join()

    def close(self) -> None:
        self.open.set()
        self._listener.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@pytest.mark.postgres
def test_nobody_waits_for_a_server_that_is_away_to_break_a_search_off(postgres_place: str) -> None:
    """The window interrupts at each key: it would stand still for half a minute."""
    url = make_url(postgres_place)
    door = Door(str(url.host), int(url.port or 5432))
    shop = open_shop(url.set(host="127.0.0.1", port=door.port).render_as_string(hide_password=False))
    reader = SearchReader(shop.store.database)
    assert reader.look_up(1, {"pl": 1}, 5) == []
    ended: list[str] = []

    def search() -> None:
        try:
            reader._rows(ENDLESS[False], {})
        except EnvironmentFault as fault:
            ended.append(fault.code)

    thread = threading.Thread(target=search)
    thread.start()
    door.open.clear()
    window = threading.Thread(target=reader.interrupt)
    window.start()
    window.join(15)
    was_held_up = window.is_alive()
    door.open.set()
    while thread.is_alive():
        reader.interrupt()
        thread.join(0.05)
    assert not was_held_up
    assert ended == ["interrupted"]
    reader.close()
    shop.close()
    door.close()


@pytest.fixture(params=["en-US", "und-u-ks-level1", "de"])
def other_collation(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[str]:
    """A server whose words sort by the rules of a language, as a shop's server well may."""
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "CREATE DATABASE collated TEMPLATE template0 LOCALE_PROVIDER icu "
                f"ICU_LOCALE '{request.param}' LOCALE 'C'"
            )
        )
    yield make_url(postgres_url).set(database="collated").render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE collated WITH (FORCE)"))
    engine.dispose()


def test_search_does_not_depend_on_the_collation_of_the_server(other_collation: str) -> None:
    shop = a_shop(other_collation)
    actor = shop.actor("Till 1")
    names = ["Łukasz Müller", "नेहा शर्मा", "王小明", "Ärne Öst", "O’Brien Zoë"]
    for number, name in enumerate(names):
        a_customer(shop, actor, name, phone=a_phone(number), email=f"x{number}.é@example.com")
    shop.close()
    shop = open_shop(other_collation)
    for number, typed in enumerate(["muller", "नेहा", "小", "arne o", "obrien z"], start=1):
        assert [hit.number for hit in shop.search.search(actor, typed).hits] == [f"PL{number}"], typed
    for typed in ("x0.", "X0.É@", "0851000000", "1000000", "0000"):
        assert [hit.number for hit in shop.search.search(actor, typed).hits] == ["PL1"], typed
    assert len(shop.search.search(actor, "0851").hits) == 5
    shop.close()
