"""Items: found by each of their codes; their stock is the sum of its moves, their cost what was paid."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import Item, ItemKind, average_after
from posapp.domain.catalogue.items import MoveKind as K
from posapp.services.catalogue.items import MoveStock, SaveItem
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from tests.factories import a_business
from tests.repairs import a_ticket, an_item


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def moved(shop: Shop, actor: Actor, item: Item, kind: K, quantity: int, cost: int | None = None) -> Item:
    command = MoveStock(item_id=item.id, kind=kind, quantity=quantity, unit_cost_minor=cost, note="so it is")
    return shop.items.move(actor, command)


# -- the catalogue -------------------------------------------------------------------------------------
def test_the_catalogue_is_found_by_sku_barcode_and_words(shop: Shop, actor: Actor) -> None:
    an_item(shop, actor, 3, "DSP-1", name="Display 100%", reorder_level=3, barcodes=("4006381333931",))
    an_item(shop, actor, 0, "BAT_2", name="Battery")
    assert [one.sku for one in shop.items.find(actor)] == ["BAT_2", "DSP-1"]
    assert [one.sku for one in shop.items.find(actor, "dsp")] == ["DSP-1"]
    assert [one.sku for one in shop.items.find(actor, "100%")] == ["DSP-1"]
    assert [one.sku for one in shop.items.find(actor, "t_2")] == []
    assert [one.sku for one in shop.items.find(actor, "100% display")] == ["DSP-1"]
    assert [one.sku for one in shop.items.find(actor, "4006381333931")] == ["DSP-1"]
    assert shop.items.by_code(actor, "4006381333931") == shop.items.by_code(actor, "dsp-1")
    assert code_of(lambda: shop.items.by_code(actor, "DSP")) == "item_unknown"
    assert shop.items.find(actor, "dsp")[0].is_low
    assert shop.items.find(a_business(shop, name="Next door")) == []


def test_words_are_found_in_any_order_without_accents_and_by_their_beginnings(
    shop: Shop, actor: Actor
) -> None:
    an_item(shop, actor, sku="HÜL-10", name="Hülle für Łukasz’ Gerät", barcodes=("40063813",))
    an_item(shop, actor, sku="hul-9", name="Clear case")
    an_item(shop, actor, sku="CAS", name="Hul cap, नेहा")
    old = an_item(shop, actor, sku="OLD", name="Hul, old")
    shop.items.save(actor, SaveItem(id=old.id, sku="OLD", name="Hul, old", is_archived=True))

    def found(typed: str, **how: Any) -> list[str]:
        return [one.sku for one in shop.items.find(actor, typed, **how)]

    assert found("gerat hulle") == found("LUKASZ fur") == found("40063813") == ["HÜL-10"]
    assert found("neha") == found("नेहा cap") == ["CAS"]
    assert found("hul") == ["hul-9", "CAS", "HÜL-10"]  # a SKU that begins so, then names
    assert found("hul-9") == ["hul-9"]
    assert found("HUL-9") == ["hul-9"]
    assert found("hul", limit=2) == ["hul-9", "CAS"]
    assert found("hul", with_archived=True) == ["hul-9", "CAS", "OLD", "HÜL-10"]
    assert found("case gerat") == found("%") == found("'") == found('"*') == []
    renamed = shop.items.by_code(actor, "CAS")
    shop.items.save(actor, SaveItem(id=renamed.id, sku="CAP", name="Cap"))
    assert (found("neha"), found("CA"), found("cap")) == ([], ["CAP", "hul-9"], ["CAP"])


def test_twelve_items_are_sold_with_one_key(shop: Shop, actor: Actor) -> None:
    items = [an_item(shop, actor, sku=f"X-{place}") for place in range(13)]
    keys = [one.id for one in items]
    assert [one.id for one in shop.items.set_quick(actor, [keys[3], keys[1], keys[3]])] == [keys[3], keys[1]]
    assert [one.quick_position for one in shop.items.set_quick(actor, keys[:12])] == list(range(1, 13))
    assert code_of(lambda: shop.items.set_quick(actor, keys)) == "quick_many"
    assert code_of(lambda: shop.items.set_quick(actor, [99])) == "item_unknown"
    gone = SaveItem(id=keys[0], sku="X-0", name="Gone", is_archived=True)
    assert shop.items.save(actor, gone).quick_position is None
    assert code_of(lambda: shop.items.set_quick(actor, keys[:2])) == "item_archived"
    assert [one.sku for one in shop.items.quick(actor)][:2] == ["X-1", "X-2"]
    assert shop.items.quick(a_business(shop, name="Next door")) == []


def test_an_item_is_changed_archived_and_its_sku_is_its_own(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor)
    assert code_of(lambda: an_item(shop, actor, name="Other")) == "sku_exists"
    command = SaveItem(id=item.id, sku="NEW", name="Glass", price_minor=5, seen_version=item.stamps.version)
    assert shop.items.save(actor, command).name == "Glass"
    assert code_of(lambda: shop.items.save(actor, command)) == "changed_elsewhere"
    gone = SaveItem(id=item.id, sku="NEW", name="Glass", is_archived=True)
    assert shop.items.save(actor, gone).is_archived
    assert shop.items.find(actor) == []
    assert an_item(shop, actor, sku="NEW").id != item.id
    assert code_of(lambda: shop.items.save(actor, SaveItem(id=item.id, sku="NEW", name="x"))) == "sku_exists"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"sku": " "}, "sku_missing"),
        ({"sku": "x" * 41}, "sku_missing"),
        ({"name": " "}, "name_missing"),
        ({"price_minor": -1}, "price_invalid"),
        ({"price_minor": 10**12}, "price_invalid"),
        ({"reorder_level": -1}, "quantity_invalid"),
        ({"commodity_code": "8" * 21}, "text_too_long"),
        ({"entered_cost_minor": -1}, "price_invalid"),
        ({"opening": -1}, "quantity_invalid"),
        ({"opening": 1, "keeps_stock": False}, "quantity_invalid"),
        ({"kind": ItemKind.SERVICE}, "service_stock"),
        ({"tax_id": 99}, "tax_unknown"),
        ({"sku": "PL5"}, "code_reserved"),
        ({"sku": "b 12"}, "code_reserved"),
        ({"barcodes": ("S7",)}, "code_reserved"),
        ({"barcodes": ("g1",)}, "code_reserved"),
        ({"barcodes": ("H1",)}, "code_reserved"),
        ({"barcodes": (" ",)}, "barcode_missing"),
        ({"barcodes": tuple(f"X-{place}" for place in range(51))}, "barcodes_many"),
        ({"id": 99}, "item_unknown"),
    ],
)
def test_a_wrong_item_is_refused(sqlite_shop: Shop, values: dict[str, object], code: str) -> None:
    command = SaveItem(**{"sku": "A", "name": "B", **values})  # type: ignore[arg-type]
    assert code_of(lambda: sqlite_shop.items.save(sqlite_shop.actor("Till 1"), command)) == code


def test_the_database_itself_refuses_a_stock_below_zero(shop: Shop, actor: Actor) -> None:
    an_item(shop, actor, 1)
    with pytest.raises(DomainError) as refused, shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE item SET stock = -1"))
    assert refused.value.code == "stock_short"


def test_a_code_means_one_item_whether_it_is_a_sku_or_a_barcode(shop: Shop, actor: Actor) -> None:
    cable = an_item(shop, actor, sku="CBL", barcodes=("111", "222", "111", "CBL"))
    assert cable.barcodes == ("111", "222")
    assert code_of(lambda: an_item(shop, actor, sku="222")) == "sku_exists"
    assert code_of(lambda: an_item(shop, actor, sku="X", barcodes=("CBL",))) == "barcode_exists"
    assert code_of(lambda: an_item(shop, actor, sku="X", barcodes=("111",))) == "barcode_exists"
    next_door = a_business(shop, name="Next door")
    assert an_item(shop, next_door, sku="CBL", barcodes=("111",)).barcodes == ("111",)
    other = SaveItem(id=cable.id, sku="CBL", name="Cable", barcodes=("222", "333"))
    assert shop.items.save(actor, other).barcodes == ("222", "333")
    assert an_item(shop, actor, sku="X", barcodes=("111",)).barcodes == ("111",)


def test_an_archived_item_lets_its_codes_go_and_comes_back_only_if_they_are_free(
    shop: Shop, actor: Actor
) -> None:
    def cable(*, is_archived: bool) -> SaveItem:
        return SaveItem(id=1, sku="CBL", name="Cable", barcodes=("111",), is_archived=is_archived)

    an_item(shop, actor, sku="CBL", barcodes=("111",))
    shop.items.save(actor, cable(is_archived=True))
    assert code_of(lambda: shop.items.by_code(actor, "111")) == "item_unknown"
    taker = an_item(shop, actor, sku="X", barcodes=("111",))
    assert code_of(lambda: shop.items.save(actor, cable(is_archived=False))) == "barcode_exists"
    shop.items.save(actor, SaveItem(id=taker.id, sku="X", name="Taker"))
    assert shop.items.save(actor, cable(is_archived=False)).barcodes == ("111",)
    assert shop.items.by_code(actor, "111").sku == "CBL"


def test_a_sku_from_before_the_rule_may_stay_and_no_other_is_entered(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor)
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE item SET sku = 'S22'"))
        uow.commit()
    assert shop.items.save(actor, SaveItem(id=item.id, sku="S22", name="Glass")).name == "Glass"
    other = SaveItem(id=item.id, sku="S23", name="Glass")
    assert code_of(lambda: shop.items.save(actor, other)) == "code_reserved"


def test_a_service_has_no_stock_and_stays_one(shop: Shop, actor: Actor) -> None:
    work = SaveItem(sku="WORK", name="Work", kind=ItemKind.SERVICE, keeps_stock=False)
    made = shop.items.save(actor, work)
    assert (made.keeps_stock, made.stock, made.is_low, made.free > 0) == (False, 0, False, True)
    assert code_of(lambda: moved(shop, actor, made, K.RECEIVED, 1)) == "stock_not_kept"
    goods = SaveItem(id=made.id, sku="WORK", name="Work", kind=ItemKind.GOODS)
    assert code_of(lambda: shop.items.save(actor, goods)) == "kind_fixed"


def test_what_keeps_no_stock_can_always_be_used(shop: Shop, actor: Actor) -> None:
    glue = an_item(shop, actor, sku="GLUE", keeps_stock=False)
    a_ticket(shop, actor)
    part = shop.parts.reserve(actor, "T1", glue.id, quantity=3)
    assert shop.items.get(actor, glue.id).reserved == 3
    shop.parts.use(actor, part.id, quantity=2)
    shop.parts.give_back(actor, part.id)
    found = shop.items.get(actor, glue.id)
    assert (found.stock, found.reserved, shop.items.moves(actor, glue.id)) == (0, 0, [])


def test_what_is_archived_is_not_reserved(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 3)
    shop.items.save(actor, SaveItem(id=item.id, sku=item.sku, name=item.name, is_archived=True))
    a_ticket(shop, actor)
    assert code_of(lambda: shop.parts.reserve(actor, "T1", item.id)) == "item_archived"


# -- stock ---------------------------------------------------------------------------------------------
def test_every_move_tells_why_and_at_what_cost(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 4, entered_cost_minor=100)
    moved(shop, actor, item, K.RECEIVED, 4, 200)
    moved(shop, actor, item, K.SCRAPPED, -1)
    a_ticket(shop, actor)
    shop.parts.use_now(actor, "T1", item.id, quantity=2)
    told = [
        (one.kind, one.quantity, one.unit_cost_minor, one.number, one.note)
        for one in shop.items.moves(actor, item.id)
    ]
    assert told == [
        (K.USED, -2, 150, "T1", ""),
        (K.SCRAPPED, -1, 150, "", "so it is"),
        (K.RECEIVED, 4, 200, "", "so it is"),
        (K.OPENING, 4, 100, "", ""),
    ]
    found = shop.items.get(actor, item.id)
    assert (found.stock, found.cost_minor) == (5, 150)


def test_a_stock_does_not_fall_below_what_is_reserved(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 5)
    a_ticket(shop, actor)
    shop.parts.reserve(actor, "T1", item.id, quantity=3)
    assert moved(shop, actor, item, K.COUNTED, -2).stock == 3
    with pytest.raises(DomainError) as refused:
        moved(shop, actor, item, K.COUNTED, -1)
    assert refused.value.sentence == "Too few of Display S22: 3 in stock, 3 reserved, 0 free."


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"quantity": 0}, "quantity_invalid"),
        ({"quantity": 10**10}, "quantity_invalid"),
        ({"quantity": 10**9}, "quantity_invalid"),
        ({"kind": K.RECEIVED, "quantity": -1}, "quantity_invalid"),
        ({"kind": K.SCRAPPED}, "quantity_invalid"),
        ({"kind": K.SOLD, "quantity": -1}, "kind_invalid"),
        ({"kind": K.OPENING}, "kind_invalid"),
        ({"note": " "}, "reason_missing"),
        ({"note": "x" * 201}, "text_too_long"),
        ({"unit_cost_minor": 5}, "cost_invalid"),
        ({"kind": K.RECEIVED, "unit_cost_minor": -5}, "price_invalid"),
        ({"item_id": 99}, "item_unknown"),
    ],
)
def test_a_wrong_move_is_refused(sqlite_shop: Shop, values: dict[str, object], code: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    usual = {"item_id": an_item(sqlite_shop, actor, 5).id, "kind": K.COUNTED, "quantity": 1, "note": "x"}
    command = MoveStock(**{**usual, **values})  # type: ignore[arg-type]
    assert code_of(lambda: sqlite_shop.items.move(actor, command)) == code
    assert len(sqlite_shop.items.moves(actor, 1)) == 1


def test_the_cost_is_the_moving_average_else_what_was_entered(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, entered_cost_minor=500)
    assert item.cost_minor == 500
    assert moved(shop, actor, item, K.RECEIVED, 2).cost_minor == 500  # nobody said what these cost
    assert moved(shop, actor, item, K.RECEIVED, 1, 300).cost_minor == 300
    assert moved(shop, actor, item, K.RECEIVED, 3, 401).cost_minor == 351  # 350.5
    moved(shop, actor, item, K.COUNTED, -6)
    assert moved(shop, actor, item, K.RECEIVED, 1, 100).cost_minor == 100  # of what was there nothing is left


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**9)), min_size=1, max_size=20))
@settings(max_examples=60)
def test_an_average_lies_between_the_cheapest_and_the_dearest(deliveries: list[tuple[int, int]]) -> None:
    average, stock = None, 0
    for pieces, cost in deliveries:
        average = average_after(average, stock, pieces, cost)
        stock += pieces
    assert average is not None
    assert min(cost for _, cost in deliveries) <= average <= max(cost for _, cost in deliveries)


def test_selling_does_not_make_a_form_stale(shop: Shop, actor: Actor) -> None:
    item = an_item(shop, actor, 5)
    moved(shop, actor, item, K.COUNTED, -1)
    seen = item.stamps.version
    command = SaveItem(id=item.id, sku=item.sku, name="Glass", price_minor=5, seen_version=seen)
    assert shop.items.save(actor, command).name == "Glass"


def test_an_item_bears_a_tax_that_the_shop_has(shop: Shop, actor: Actor) -> None:
    tax = shop.taxes.set(actor, SetTax(name="VAT", rate=190_000))
    next_door = a_business(shop, name="Next door")
    assert an_item(shop, actor, tax_id=tax.id).tax_id == tax.id
    assert code_of(partial(an_item, shop, next_door, tax_id=tax.id)) == "tax_unknown"
