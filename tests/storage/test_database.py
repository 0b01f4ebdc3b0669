"""Which texts name a database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from posapp.domain.errors import DomainError
from posapp.services.shop import Shop
from posapp.storage.database import database_url
from tests.factories import TILL


def test_a_path_is_a_file_of_sqlite():
    url = database_url("shop.db")
    assert url.get_backend_name() == "sqlite"
    assert (url.database or "").endswith("/shop.db")


def test_an_address_of_postgresql_gets_its_driver():
    assert database_url("postgresql://u:p@host/shop").drivername == "postgresql+psycopg"
    assert database_url("postgres://host/shop").drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "place",
    ["://", "mysql://host/shop", "foo bar://x", "postgresql://host:port/shop", "~nobody-of-that-name/x"],
)
def test_what_names_no_database_is_refused_in_a_sentence(place: str):
    with pytest.raises(DomainError) as refused:
        database_url(place)
    assert refused.value.code == "database_kind"


def test_an_error_of_the_database_names_no_customer(shop: Shop):
    with pytest.raises(SQLAlchemyError) as error, shop.store.work(shop.actor(TILL)) as uow:
        uow.connection.execute(text("SELECT :name FROM nowhere"), {"name": "Marta Kowalczyk"})
    assert "Marta" not in str(error.value)
