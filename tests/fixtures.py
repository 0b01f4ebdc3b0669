"""Fixtures of the trade: an open shop on SQLite and on PostgreSQL, each test in a database of its own.

A folder's conftest imports the ones it uses.
"""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.services.desks import Shop
from posapp.storage.unit_of_work import Store
from tests.factories import NOW, TILL, a_shop

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file without a shop in it, brought up once and copied for each test that opens its own shop."""
    return _sqlite_schema(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's file, made once and copied for each test."""
    return _sqlite_template(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """A shop's database, made once and copied for each test."""
    return _postgres_template(postgres_url)


@cache  # each folder that imports the fixture has one of its own
def _sqlite_schema(folder: Path) -> Path:
    file = folder / "schema.db"
    open_shop(file, clock=FixedClock(NOW)).close()
    return file


@cache
def _sqlite_template(folder: Path) -> Path:
    file = shutil.copyfile(_sqlite_schema(folder), folder / "template.db")
    a_shop(file).close()
    return file


@cache
def _postgres_template(postgres_url: str) -> str:
    name = "posapp_template"
    url = make_url(postgres_url).set(database=name)
    _administer(postgres_url, f'CREATE DATABASE "{name}"')
    a_shop(url.render_as_string(hide_password=False)).close()
    return name


def copied_database(postgres_url: str, template: str, name: str) -> str:
    """The address of a copy of a template, made file by file, which is the cheapest for a small one."""
    _administer(postgres_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def a_copied_database(postgres_url: str, template: str) -> Iterator[str]:
    """The address of a copy that is dropped when the block ends."""
    name = f"posapp_{next(_numbers)}"
    yield copied_database(postgres_url, template, name)
    _administer(postgres_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _administer(postgres_url: str, statement: str) -> None:
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture
def sqlite_place(tmp_path: Path, sqlite_template: Path) -> str:
    """The file of a shop."""
    return str(shutil.copyfile(sqlite_template, tmp_path / "posapp.db"))


@pytest.fixture
def postgres_place(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The address of a shop on a server."""
    with a_copied_database(postgres_url, postgres_template) as place:
        yield place


@pytest.fixture(scope="module")
def filled_postgres_place(postgres_url: str, postgres_template: str) -> Iterator[str]:
    """The address of a shop that a module fills once and then changes no more."""
    with a_copied_database(postgres_url, postgres_template) as place:
        yield place


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest) -> str:
    """Where a shop's data lies: once a file, once a server."""
    return str(request.getfixturevalue(f"{request.param}_place"))


@pytest.fixture
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place without a schema, SQLite unless `postgres` is asked for by an indirect parameter."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield str(tmp_path / "empty.db")
        return
    server = request.getfixturevalue("postgres_url")
    name = f"posapp_empty_{next(_numbers)}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _administer(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def shop(place: str) -> Iterator[Shop]:
    """An open shop in Dublin; its clock stands at NOW."""
    shop = open_shop(place, clock=FixedClock(NOW))
    yield shop
    shop.close()


@pytest.fixture
def sqlite_shop(sqlite_place: str) -> Iterator[Shop]:
    """An open shop where only SQLite matters."""
    shop = open_shop(sqlite_place, clock=FixedClock(NOW))
    yield shop
    shop.close()


@pytest.fixture
def store(shop: Shop) -> Store:
    """The units of work of the open shop."""
    return shop.store


@pytest.fixture
def actor(shop: Shop) -> Actor:
    """Till 1 of the open shop."""
    return shop.actor(TILL)
