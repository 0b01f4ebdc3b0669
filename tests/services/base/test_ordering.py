import pytest

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.base.ordering import put_in_order
from posapp.services.shop.businesses import SaveResource, SaveService
from tests.factories import TILL, a_shop


@pytest.fixture
def shop(tmp_path):
    opened = a_shop(tmp_path / "shop.db")
    yield opened
    opened.close()


def names(shop, actor):
    return [one.name for one in shop.businesses.catalogue(actor).services]


def test_services_are_listed_in_the_order_that_was_given(shop):
    actor = shop.actor(TILL)
    keys = [shop.businesses.save_service(actor, SaveService(name=name, minutes=30)).id for name in "AB"]
    put_in_order(shop.store, actor, "service", keys[::-1])
    assert names(shop, actor) == ["B", "A", "Repair"]


def test_people_are_listed_in_the_order_that_was_given(shop):
    actor = shop.actor(TILL)
    ravi = shop.businesses.save_resource(actor, SaveResource(kind=ResourceKind.STAFF, name="Ravi"))
    put_in_order(shop.store, actor, "resource", [ravi.id])
    assert [one.name for one in shop.businesses.catalogue(actor).resources] == ["Ravi", "Counter"]


def test_a_key_of_another_shop_is_refused_and_nothing_moves(shop):
    actor = shop.actor(TILL)
    shop.businesses.save_service(actor, SaveService(name="A", minutes=30))
    with pytest.raises(DomainError):
        put_in_order(shop.store, actor, "service", [999])
    assert names(shop, actor) == ["Repair", "A"]
