"""The price list: kept, offered, changed by a percentage, brought in from files; parts of what was agreed."""

from pathlib import Path
from typing import Any

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import ItemKind
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.care.verify import verify
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.repairs import price_files
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.repairs.repair_prices import ChangePrices, SavePrice
from posapp.services.shop.businesses import EditBusiness
from tests.factories import a_business
from tests.repairs import a_price, a_ticket, an_item, approved, handed_back, moved

NAMED = {"make": "Samsung", "model": "Galaxy S22", "fault": "Cracked screen"}


def refused(call: Any) -> str:
    with pytest.raises(DomainError) as error:
        call()
    assert error.value.sentence.endswith(".")
    return error.value.code


def listed(shop: Shop, actor: Actor, **values: Any) -> list[tuple[str, int]]:
    return [(one.name, one.price_minor) for one in shop.repair_prices.find(actor, **values)]


# -- the list ----------------------------------------------------------------------------------------------
def test_a_price_is_kept_changed_and_archived(shop: Shop, actor: Actor):
    item = an_item(shop, actor, 2)
    made = a_price(shop, actor, item_id=item.id)
    assert (made.device, made.fault, made.minutes, made.sku, made.free) == (
        "Samsung Galaxy S22", "Cracked screen", 45, "DSP-S22", 2,
    )  # fmt: skip
    other = a_price(shop, actor, 9900, id=made.id, kind=DeviceKind.PHONE, seen_version=made.stamps.version)
    assert (other.price_minor, other.kind, other.item_id) == (9900, DeviceKind.PHONE, None)
    assert refused(lambda: a_price(shop, actor, id=made.id, seen_version=1)) == "changed_elsewhere"
    a_price(shop, actor, id=made.id, is_archived=True)
    assert listed(shop, actor) == []
    assert len(listed(shop, actor, with_archived=True)) == 1
    a_price(shop, actor)  # what is archived stands in nobody's way
    assert all(one.is_kept for one in verify(shop.store))


def test_a_device_and_fault_have_one_price_however_they_are_written(shop: Shop, actor: Actor):
    a_price(shop, actor)
    alike: dict[str, Any] = {"make": "SAMSUNG GALAXY", "model": "s22", "fault": "cracked  Screen!"}
    assert refused(lambda: a_price(shop, actor, **alike)) == "price_exists"
    a_price(shop, actor, kind=DeviceKind.PHONE)
    a_price(shop, actor, model="")
    assert len(listed(shop, actor)) == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"make": "", "model": ""}, "device_missing"),
        ({"make": "", "model": "Galaxy"}, "make_missing"),
        ({"make": "!", "model": ""}, "make_missing"),
        ({"model": "?"}, "model_invalid"),
        ({"make": "x" * 300}, "text_too_long"),
        ({"fault": " - "}, "fault_missing"),
        ({"price_minor": -1}, "price_invalid"),
        ({"price_minor": 10**12}, "price_invalid"),
        ({"minutes": -1}, "minutes_invalid"),
        ({"minutes": 1441}, "minutes_invalid"),
        ({"item_id": 99}, "item_unknown"),
        ({"id": 99}, "price_unknown"),
    ],
)
def test_what_is_no_price_is_refused(shop: Shop, actor: Actor, values: dict[str, Any], code: str):
    command = SavePrice(**{**NAMED, "price_minor": 100, **values})
    assert refused(lambda: shop.repair_prices.save(actor, command)) == code
    assert listed(shop, actor) == []


def test_a_part_that_is_no_longer_in_use_is_not_offered(shop: Shop, actor: Actor):
    item = an_item(shop, actor, 2)
    made = a_price(shop, actor, item_id=item.id)
    shop.items.save(actor, SaveItem(id=item.id, sku=item.sku, name=item.name, is_archived=True))
    [offer] = shop.repair_prices.offers(actor, "Samsung Galaxy S22", "cracked screen")
    assert (offer.id, offer.item_id) == (made.id, None)
    assert refused(lambda: a_price(shop, actor, fault="Touch", item_id=item.id)) == "item_archived"


def test_offers_are_for_the_device_and_the_faults_that_were_told(shop: Shop, actor: Actor):
    a_price(shop, actor)
    a_price(shop, actor, 5000, fault="Battery")
    a_price(shop, actor, 7000, model="", fault="Battery")
    a_price(shop, actor, 4000, make="", model="", kind=DeviceKind.PHONE, fault="Charging port")
    offers = shop.repair_prices.offers
    kind = DeviceKind.PHONE
    for device, fault, wanted in (
        ("samsung galaxy s22", "Cracked screen, Battery", [12_900, 5000]),
        ("Samsung S9", "battery", [7000]),
        ("Nokia 3310", "charging port, battery", [4000]),
        ("Samsung Galaxy S22", "", [5000, 4000, 12_900]),
        ("Nokia 3310", "Liquid", []),
    ):
        assert [one.price_minor for one in offers(actor, device, fault, kind=kind)] == wanted, device
    other = a_business(shop, name="Next door")
    assert offers(other, "Samsung Galaxy S22", "") == []


def test_the_list_is_found_by_words_in_any_order(shop: Shop, actor: Actor):
    a_price(shop, actor)
    a_price(shop, actor, make="", model="", kind=DeviceKind.LAPTOP, fault="100% dead_battery")
    assert len(listed(shop, actor, words="SCREEN galaxy")) == 1
    assert len(listed(shop, actor, words="laptop")) == 1
    assert listed(shop, actor, words="galaxy laptop") == []
    assert len(listed(shop, actor, words="%")) == 2  # no word


# -- many at once ------------------------------------------------------------------------------------------
def test_prices_change_as_they_were_shown(shop: Shop, actor: Actor):
    a_price(shop, actor)
    a_price(shop, actor, 5000, fault="Battery")
    free = a_price(shop, actor, 0, fault="Look")
    command = ChangePrices(percent=50_000, step_minor=100)
    shown = shop.repair_prices.preview(actor, command)
    assert [(one.price.fault, one.after_minor) for one in shown] == [
        ("Battery", 5300),
        ("Cracked screen", 13_500),
    ]
    seen = tuple((one.price.id, one.price.stamps.version) for one in shown)
    a_price(shop, actor, 6000, id=shown[0].price.id, fault="Battery")
    late = ChangePrices(percent=50_000, step_minor=100, seen=seen)
    assert refused(lambda: shop.repair_prices.change(actor, late)) == "changed_elsewhere"
    assert [price for _, price in listed(shop, actor)] == [6000, 12_900, 0]
    shop.repair_prices.change(actor, command)
    assert [price for _, price in listed(shop, actor)] == [6300, 13_500, 0]
    assert shop.repair_prices.find(actor, "look")[0].stamps.version == free.stamps.version
    assert all(one.is_kept for one in verify(shop.store))


def test_only_prices_with_the_words_change(shop: Shop, actor: Actor):
    a_price(shop, actor)
    a_price(shop, actor, make="Apple", model="")
    shop.repair_prices.change(actor, ChangePrices(percent=-500_000, step_minor=1, words="apple"))
    assert [price for _, price in listed(shop, actor)] == [6450, 12_900]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"percent": 0}, "percent_invalid"),
        ({"step_minor": 0}, "step_invalid"),
        ({"step_minor": 100_000}, "step_invalid"),
        ({"words": "nokia"}, "prices_none"),
        ({"percent": 1, "step_minor": 100}, "prices_none"),
    ],
)
def test_a_change_out_of_reason_changes_nothing(shop: Shop, actor: Actor, values: dict[str, Any], code: str):
    a_price(shop, actor)
    command = ChangePrices(**{"percent": 50_000, "step_minor": 100, **values})
    assert refused(lambda: shop.repair_prices.change(actor, command)) == code
    assert listed(shop, actor) == [("Samsung Galaxy S22: Cracked screen", 12_900)]


def test_no_price_becomes_larger_than_an_amount_can_be(shop: Shop, actor: Actor):
    a_price(shop, actor, 10**12 - 1)
    command = ChangePrices(percent=1_000_000, step_minor=1)
    assert refused(lambda: shop.repair_prices.preview(actor, command)) == "price_invalid"


# -- files -------------------------------------------------------------------------------------------------
def brought(shop: Shop, actor: Actor, tmp_path: Path, text: str, *, dry_run: bool = False):
    file = tmp_path / "prices.csv"
    file.write_text(text, encoding="utf-8")
    return shop.repair_prices.import_file(actor, file, dry_run=dry_run)


FILE = """kind,Make,MODEL,fault,price,minutes,sku,note
phone,Apple,iPhone 13,Battery,69.00,30,,x
,Samsung,Galaxy S22,Cracked screen,99.00,,,
,Samsung,Galaxy S22,Touch,12.90,20,DSP-S22,
toaster,Apple,,Battery,1,,,
,Apple,iPhone 13,Screen,,,,
,Apple,iPhone 13,Screen,ten,,,
,Apple,iPhone 13,Screen,10,a while,,
,Apple,iPhone 13,Screen,10,,NONE,
,,iPhone 13,Screen,10,,,
,apple,IPHONE 13,Buttons,10,,,
,Apple,iPhone 13,buttons,11,,,
,Apple,iPhone 13,Screen,129,00,,,,
"""


def test_a_file_brings_prices_and_tells_why_a_row_does_not(shop: Shop, actor: Actor, tmp_path: Path):
    an_item(shop, actor, 1)
    a_price(shop, actor)
    dry = brought(shop, actor, tmp_path, FILE, dry_run=True)
    assert (dry.added, dry.changed, dry.same, dry.rows) == (3, 1, 0, 12)
    assert [(one.line, one.code) for one in dry.refused] == [
        (5, "kind_unknown"),
        (6, "price_missing"),
        (7, "amount_invalid"),
        (8, "minutes_invalid"),
        (9, "item_unknown"),
        (10, "make_missing"),
        (12, "row_twice"),
        (13, "row_torn"),
    ]
    assert listed(shop, actor) == [("Samsung Galaxy S22: Cracked screen", 12_900)]
    assert brought(shop, actor, tmp_path, FILE) == dry
    found = {one.fault: one for one in shop.repair_prices.find(actor)}
    assert (found["Cracked screen"].price_minor, found["Cracked screen"].minutes) == (9900, 45)
    assert (found["Touch"].sku, found["Battery"].kind) == ("DSP-S22", DeviceKind.PHONE)
    again = brought(shop, actor, tmp_path, FILE)
    assert (again.added, again.changed, again.same) == (0, 0, 4)
    assert all(one.is_kept for one in verify(shop.store))


def test_a_file_without_what_is_needed_brings_nothing(shop: Shop, actor: Actor, tmp_path: Path):
    assert refused(lambda: brought(shop, actor, tmp_path, "make,fault\nApple,Battery\n")) == "column_missing"
    assert refused(lambda: brought(shop, actor, tmp_path, "")) == "file_empty"


def test_a_list_has_an_end(shop: Shop, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(price_files, "MOST_PRICES", 1)
    found = brought(shop, actor, tmp_path, "make,fault,price\nApple,Battery,1\nApple,Screen,2\n")
    assert (found.added, [one.code for one in found.refused]) == (1, ["prices_many"])


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("locale", ["en-IE", "de-DE"])
def test_what_goes_out_comes_in_as_it_was(shop: Shop, actor: Actor, tmp_path: Path, ending: str, locale: str):
    shop.businesses.edit(actor, EditBusiness(locale=locale))
    item = an_item(shop, actor, 1)
    a_price(shop, actor, 12_950, item_id=item.id)
    a_price(shop, actor, 100, make="=Apple", model="", kind=DeviceKind.PHONE, minutes=0)
    file = tmp_path / f"prices.{ending}"
    assert shop.repair_prices.export_file(actor, file) == 2
    found = shop.repair_prices.import_file(actor, file)
    assert (found.added, found.changed, found.same, found.refused) == (0, 0, 2, ())


# -- the part of a price that is taken ---------------------------------------------------------------------
def line(item_id: int, quantity: int = 1, price: int = 1000, **values: Any) -> LineAsked:
    return LineAsked(text="Screen", unit_minor=price, quantity=quantity, item_id=item_id, **values)


def reserved(shop: Shop, actor: Actor, item_id: int) -> int:
    return shop.items.get(actor, item_id).reserved


def test_a_price_that_is_agreed_at_the_counter_has_its_part_reserved(shop: Shop, actor: Actor):
    item = an_item(shop, actor, 3)
    number = a_ticket(shop, actor, estimate=(line(item.id, 2),), is_agreed=True).number
    assert [(one.sku, one.quantity, one.state) for one in shop.parts.of_ticket(actor, number)] == [
        ("DSP-S22", 2, "reserved")
    ]
    moved(shop, actor, number, "ready")
    handed_back(shop, actor, number)
    left = shop.items.get(actor, item.id)
    assert (left.stock, left.reserved) == (1, 0)
    assert all(one.is_kept for one in verify(shop.store))


def test_what_is_only_asked_for_reserves_nothing_and_a_yes_does(shop: Shop, actor: Actor):
    item = an_item(shop, actor, 3)
    number = a_ticket(shop, actor, estimate=(line(item.id),)).number
    assert reserved(shop, actor, item.id) == 0
    approved(shop, actor, number, 9000)
    assert reserved(shop, actor, item.id) == 1


def test_a_part_that_is_short_refuses_no_yes(shop: Shop, actor: Actor):
    item = an_item(shop, actor, 1)
    number = a_ticket(shop, actor, estimate=(line(item.id, 3),), is_agreed=True).number
    assert reserved(shop, actor, item.id) == 1
    assert shop.tickets.whole(actor, number).estimates[0].status == "approved"


def test_a_version_that_takes_less_puts_the_rest_back_and_never_what_was_reserved_by_hand(
    shop: Shop, actor: Actor
):
    item = an_item(shop, actor, 9)
    number = a_ticket(shop, actor, estimate=(line(item.id, 3),), is_agreed=True).number
    shop.parts.reserve(actor, number, item.id, quantity=2)
    for quantity, held in ((1, 3), (4, 4), (0, 0)):
        lines = (line(item.id, quantity, 100),) if quantity else (LineAsked(text="Look", unit_minor=1),)
        shop.estimates.ask(actor, AskEstimate(number=number, lines=lines))
        assert reserved(shop, actor, item.id) == held, quantity
    assert all(one.is_kept for one in verify(shop.store))


def test_pieces_that_are_there_by_hand_already_count(shop: Shop, actor: Actor):
    item = an_item(shop, actor, 9)
    number = a_ticket(shop, actor, estimate=(line(item.id, 2),)).number
    shop.parts.use(actor, shop.parts.reserve(actor, number, item.id).id)
    approved(shop, actor, number)
    assert reserved(shop, actor, item.id) == 1


def test_work_and_what_is_gone_is_not_reserved(shop: Shop, actor: Actor):
    work = an_item(shop, actor, sku="WORK", name="Work", kind=ItemKind.SERVICE, keeps_stock=False)
    gone = an_item(shop, actor, 2, sku="GONE", name="Gone")
    shop.items.save(actor, SaveItem(id=gone.id, sku="GONE", name="Gone", is_archived=True))
    number = a_ticket(shop, actor, estimate=(line(work.id), line(gone.id)), is_agreed=True).number
    assert shop.parts.of_ticket(actor, number) == []
