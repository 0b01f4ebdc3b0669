"""A server whose keys were made ready for being spread by business: the rules hold and the shop works on."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.services.care.verify import verify
from posapp.storage.base.database import Database
from posapp.storage.care.spread import EVERYWHERE, SPREAD, citus_statements, is_spread, script
from tests.factories import DAY, NOW, TILL, a_business, a_customer, a_phone
from tests.repairs import IMEI
from tests.whole_shops import a_whole_shop

pytestmark = pytest.mark.postgres

# The rules of the engine, asked of the server's own catalogues.
UNIQUE_WITHOUT_BUSINESS = """
SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE i.indisunique AND t.relname = ANY(:spread) AND NOT EXISTS (SELECT 1 FROM pg_attribute a
WHERE a.attrelid = i.indrelid AND a.attname = 'business_id' AND a.attnum = ANY(i.indkey))
"""
REFERENCES = """
SELECT k.conname, t.relname = ANY(:spread) AS from_spread, r.relname = ANY(:spread) AS to_spread,
(SELECT count(*) FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attname = 'business_id'
 AND a.attnum = k.conkey[array_position(k.confkey, (SELECT b.attnum FROM pg_attribute b
 WHERE b.attrelid = k.confrelid AND b.attname = 'business_id'))]) AS carried
FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
WHERE k.contype = 'f'
"""


@pytest.fixture
def spread_place(postgres_place: str) -> str:
    """A shop with something in every table, after the script ran on its server."""
    shop = open_shop(postgres_place, clock=FixedClock(NOW))
    a_whole_shop(shop, Actor(shop.chosen_business().id, TILL))
    shop.close()
    database = Database(postgres_place)
    with database.connection(writes=True) as connection:
        assert not is_spread(connection)
        connection.connection.driver_connection.execute(script())  # type: ignore[union-attr]
    with database.connection(writes=False) as connection:
        assert is_spread(connection)
    database.close()
    return postgres_place


def test_every_key_has_the_business_and_every_reference_carries_it(spread_place: str) -> None:
    names = {"spread": [table.name for table in SPREAD]}
    database = Database(spread_place)
    with database.connection(writes=False) as connection:
        assert connection.execute(text(UNIQUE_WITHOUT_BUSINESS), names).scalars().all() == []
        references = connection.execute(text(REFERENCES), names).all()
    database.close()
    assert len(references) > 60
    for name, from_spread, to_spread, carried in references:
        assert not to_spread or (from_spread and carried == 1), name


def test_a_spread_shop_books_takes_in_hands_back_finds_and_verifies(spread_place: str) -> None:
    shop = open_shop(spread_place, clock=FixedClock(NOW))
    actor = Actor(shop.chosen_business().id, TILL)
    other = a_business(shop, name="Next door")
    a_whole_shop(shop, other)
    for one in (actor, other):
        assert shop.search.search(one, "whole").hits[0].customer_id
        assert shop.search.search(one, IMEI).hits
        found = shop.search.search(one, "whole").hits[0].customer_id
        assert len(shop.history.page(one, found).events) > 3
        assert shop.bookings.agenda(one, DAY, DAY).bookings
        assert shop.tickets.board(one).counts
    assert {one.rule: one.examples for one in verify(shop.store) if not one.is_kept} == {}
    with pytest.raises(DomainError) as refused:
        number = a_phone(7)
        a_customer(shop, actor, phone=number)
        with shop.store.work(actor) as uow:
            customer = a_customer(shop, actor)
            uow.customers.add_phone(customer.id, number, is_primary=False)
    assert refused.value.code == "phone_taken"
    with shop.store.database.connection(writes=True) as connection:
        connection.execute(text("ALTER TABLE alias DROP CONSTRAINT uq_alias_record"))
        connection.commit()
    assert "schema" in {one.rule for one in verify(shop.store) if not one.is_kept}
    shop.close()


def test_the_script_names_each_table_once_and_those_that_are_pointed_to_first() -> None:
    calls = [one for one in citus_statements() if one.startswith("SELECT")]
    assert [one.split("'")[1] for one in calls] == [table.name for table in (*EVERYWHERE, *SPREAD)]
    assert {table.name for table in EVERYWHERE} == {"business", "identity"}
    said = subprocess.run(
        [sys.executable, "-m", "posapp.storage.care.spread"], capture_output=True, text=True, check=True
    )
    assert said.stdout == script()
