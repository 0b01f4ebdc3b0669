"""Price levels: who pays less, by how much, and on what terms a customer buys."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.price_levels import PriceLevel, price_at
from posapp.domain.customers.customers import Terms
from posapp.services.catalogue.price_levels import SavePriceLevel
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.shop.businesses import EditBusiness
from tests.factories import a_business, a_customer
from tests.repairs import an_item


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def a_level(shop: Shop, actor: Actor, name: str = "Trade", percent_off: int = 125_000) -> PriceLevel:
    return shop.price_levels.save(actor, SavePriceLevel(name=name, percent_off=percent_off))


def on_terms(shop: Shop, actor: Actor, customer_id: int, terms: Terms) -> Terms:
    return shop.customers.edit(actor, EditCustomer(customer_id=customer_id, terms=terms)).terms


def test_a_customer_of_a_price_level_pays_less_until_it_is_archived(shop: Shop, actor: Actor) -> None:
    item, level = an_item(shop, actor, price_minor=996), a_level(shop, actor)
    usual, trade = a_customer(shop, actor), a_customer(shop, actor)
    on_terms(shop, actor, trade.id, Terms(price_level_id=level.id))
    price = shop.price_levels.price
    assert (price(actor, item.id, usual.id), price(actor, item.id, trade.id)) == (996, 872)  # 871.5
    gone = SavePriceLevel(id=level.id, name="Trade", percent_off=125_000, is_archived=True)
    assert shop.price_levels.save(actor, gone).is_archived
    assert price(actor, item.id, trade.id) == 996
    assert shop.price_levels.all(actor) == []
    assert a_level(shop, actor).id != level.id
    back = SavePriceLevel(id=level.id, name="trade", percent_off=0)
    assert code_of(lambda: shop.price_levels.save(actor, back)) == "price_level_exists"


@given(st.integers(0, 10**12 - 1), st.integers(0, 1_000_000))
def test_a_price_at_a_level_is_rounded_half_up_and_never_above_the_usual_one(price: int, off: int) -> None:
    level = PriceLevel(1, "x", off, False, None)  # type: ignore[arg-type]
    found = price_at(price, level)
    assert 0 <= found <= price
    assert abs(found * 2_000_000 - 2 * price * (1_000_000 - off)) <= 1_000_000


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"percent_off": -1}, "percent_invalid"),
        ({"percent_off": 1_000_001}, "percent_invalid"),
        ({"id": 99}, "price_level_unknown"),
        ({"name": "trade"}, "price_level_exists"),
    ],
)
def test_a_wrong_price_level_is_refused(
    shop: Shop, actor: Actor, values: dict[str, object], code: str
) -> None:
    a_level(shop, actor)
    command = SavePriceLevel(**{"name": "Other", "percent_off": 5, **values})  # type: ignore[arg-type]
    assert code_of(lambda: shop.price_levels.save(actor, command)) == code


def test_an_old_sight_of_a_price_level_is_refused(shop: Shop, actor: Actor) -> None:
    level = a_level(shop, actor)
    command = SavePriceLevel(id=level.id, name="T", percent_off=5, seen_version=level.stamps.version)
    shop.price_levels.save(actor, command)
    assert code_of(lambda: shop.price_levels.save(actor, command)) == "changed_elsewhere"


def test_terms_are_kept_and_what_is_none_is_refused(shop: Shop, actor: Actor) -> None:
    level, customer = a_level(shop, actor), a_customer(shop, actor)
    other = a_business(shop, name="Next door")
    theirs = a_level(shop, other)
    wanted = Terms(level.id, " Charity ", " IE 7 ", 5000)
    assert on_terms(shop, actor, customer.id, wanted) == Terms(level.id, "Charity", "IE 7", 5000)
    for terms, code in (
        (Terms(price_level_id=theirs.id), "price_level_unknown"),
        (Terms(price_level_id=99), "price_level_unknown"),
        (Terms(account_limit_minor=-1), "limit_invalid"),
        (Terms(tax_number="x" * 61), "text_too_long"),
    ):
        assert code_of(partial(on_terms, shop, actor, customer.id, terms)) == code
    kept = shop.customers.card(actor, customer.id).customer.terms
    assert (kept.is_exempt, kept.limit_or(7)) == (True, 5000)
    assert on_terms(shop, actor, customer.id, Terms()) == Terms()
    assert Terms().limit_or(7) == 7


def test_terms_are_changed_by_whoever_may(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    clerk = Actor(actor.business, "Till 1", "Ann", frozenset({Permission.CUSTOMER_WRITE}))
    shop.customers.edit(clerk, EditCustomer(customer_id=customer.id, note="x"))
    assert code_of(lambda: on_terms(shop, clerk, customer.id, Terms(tax_number="7"))) == "not_allowed"


def test_a_limit_of_the_shop_is_an_amount(shop: Shop, actor: Actor) -> None:
    assert shop.businesses.edit(actor, EditBusiness(account_limit_minor=10_000)).account_limit_minor == 10_000
    wrong = EditBusiness(account_limit_minor=-1)
    assert code_of(lambda: shop.businesses.edit(actor, wrong)) == "limit_invalid"
