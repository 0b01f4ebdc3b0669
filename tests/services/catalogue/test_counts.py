"""A count that goes on at every till: each item is compared with the stock of the moment it was scanned."""

from collections.abc import Callable

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import MoveKind
from posapp.services.catalogue.items import MoveStock
from posapp.services.desks import Shop
from tests.factories import a_business
from tests.repairs import a_ticket, an_item


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def sold(shop: Shop, actor: Actor, item_id: int, pieces: int) -> None:
    """So many less on the shelf, as after a sale."""
    kind = MoveKind.SCRAPPED
    shop.items.move(actor, MoveStock(item_id=item_id, kind=kind, quantity=-pieces, note="gone"))


def test_what_is_sold_after_a_scan_is_no_variance(shop: Shop, actor: Actor) -> None:
    cable = an_item(shop, actor, 10, sku="CBL", entered_cost_minor=50, barcodes=("111",))
    glass = an_item(shop, actor, 4, sku="GLS")
    other_till = Actor(actor.business, "Till 2")
    shop.counts.open(actor, "Yearly")
    assert shop.counts.scan(actor, "CBL", 6).counted == 6
    assert shop.counts.scan(other_till, "111", 3).counted == 9
    assert shop.counts.scan(other_till, "0000").item is None
    sold(shop, actor, cable.id, 2)
    shop.counts.scan(actor, "GLS", 5)
    going = shop.counts.current(other_till)
    assert going is not None
    told = [(one.item.sku, one.item.stock, one.counted, one.pieces, one.cost_minor) for one in going[1].lines]
    assert sorted(told) == [("CBL", 10, 9, -1, -50), ("GLS", 4, 5, 1, None)]
    assert (going[0].note, going[1].unknown) == ("Yearly", (("0000", 1),))
    shop.counts.close(other_till, book=True)
    assert shop.items.get(actor, cable.id).stock == 7  # ten, one missing, two sold
    assert shop.items.get(actor, glass.id).stock == 5
    assert shop.items.moves(actor, cable.id)[0].note == "Yearly"
    assert shop.counts.current(actor) is None


def test_a_count_that_is_dropped_changes_no_stock(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 10)
    shop.counts.open(actor)
    shop.counts.scan(actor, item.sku)
    shop.counts.close(actor, book=False)
    assert shop.items.get(actor, item.id).stock == 10
    shop.counts.open(actor)
    going = shop.counts.current(actor)
    assert going is not None
    assert going[1].lines == ()


def test_one_count_goes_on_at_a_time_and_a_scan_needs_one(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 1)
    assert code_of(lambda: shop.counts.scan(actor, item.sku)) == "count_none"
    assert code_of(lambda: shop.counts.close(actor, book=True)) == "count_none"
    shop.counts.open(actor)
    assert code_of(lambda: shop.counts.open(Actor(actor.business, "Till 2"))) == "count_open"
    shop.counts.open(a_business(shop, name="Next door"))
    assert code_of(lambda: shop.counts.scan(actor, " ")) == "code_missing"
    assert code_of(lambda: shop.counts.scan(actor, item.sku, 0)) == "quantity_invalid"
    shop.counts.scan(actor, item.sku, 3)
    assert shop.counts.scan(actor, item.sku, -1).counted == 2
    assert code_of(lambda: shop.counts.scan(actor, item.sku, -3)) == "quantity_invalid"


def test_what_is_reserved_stays_and_then_nothing_is_booked(shop: Shop, actor: Actor) -> None:
    item, other = an_item(shop, actor, 5), an_item(shop, actor, 5, sku="OTHER")
    a_ticket(shop, actor)
    shop.parts.reserve(actor, "T1", item.id, quantity=4)
    shop.counts.open(actor)
    shop.counts.scan(actor, "OTHER", 6)
    shop.counts.scan(actor, item.sku, 2)
    assert code_of(lambda: shop.counts.close(actor, book=True)) == "stock_short"
    assert shop.items.get(actor, other.id).stock == 5
    assert shop.counts.current(actor) is not None
