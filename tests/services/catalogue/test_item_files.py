"""The catalogue in files: it comes in row by row, with a reason for what does not, and goes out the same."""

from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import ItemKind
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from tests.factories import a_business
from tests.repairs import an_item

HEAD = "SKU,Name,Kind,Price,Cost,Tax,Barcodes,Stock,Reorder_level,Commodity_code\n"


def brought(shop: Shop, actor: Actor, folder: Path, rows: str, *, dry_run: bool = False) -> list[object]:
    file = folder / "items.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    found = shop.item_files.import_file(actor, file, dry_run=dry_run)
    refused = [(one.line, one.code) for one in found.refused]
    return [found.added, found.changed, found.same, refused]


def test_items_come_in_and_are_changed_by_the_same_file(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    shop.taxes.set(actor, SetTax(name="Reduced", rate=70_000))
    rows = (
        "CBL,Cable,goods,9.90,4,,111 222,5,2,8544\n"
        "W,Hour of work,service,50,,reduced,,,,\n"
        "DSP,Display,part,149.00,80,,,0,,\n"
    )
    assert brought(shop, actor, tmp_path, rows, dry_run=True) == [3, 0, 0, []]
    assert shop.items.find(actor) == []
    assert brought(shop, actor, tmp_path, rows) == [3, 0, 0, []]
    cable, display, work = shop.items.find(actor)
    assert (cable.price_minor, cable.cost_minor, cable.barcodes) == (990, 400, ("111", "222"))
    assert (cable.stock, cable.reorder_level, cable.commodity_code) == (5, 2, "8544")
    assert (work.kind, work.keeps_stock, display.keeps_stock, display.stock) == (
        ItemKind.SERVICE,
        False,
        True,
        0,
    )
    assert brought(shop, actor, tmp_path, rows) == [0, 0, 3, []]
    assert brought(shop, actor, tmp_path, "CBL,,,12,,,,900,,\n") == [0, 1, 0, []]
    again = shop.items.get(actor, cable.id)
    assert (again.price_minor, again.name, again.stock, again.barcodes) == (1200, "Cable", 5, ("111", "222"))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",Nameless,goods,1,,,,,,", "sku_missing"),
        ("NEW,,goods,1,,,,,,", "name_missing"),
        ("NEW,X,toaster,1,,,,,,", "kind_unknown"),
        ("NEW,X,goods,-1,,,,,,", "amount_negative"),
        ("NEW,X,goods,1.2.3,,,,,,", "amount_invalid"),
        ("NEW,X,goods,1,,VAT,,,,", "tax_unknown"),
        ("NEW,X,goods,1,,,,two,,", "quantity_invalid"),
        ("NEW,X,goods,1,,,,,-1,", "quantity_invalid"),
        ("NEW,X,service,1,,,,3,,", "service_stock"),
        ("NEW,X,goods,1,,,777,,,", "barcode_exists"),
        ("777,X,goods,1,,,,,,", "sku_exists"),
        ("PL7,X,goods,1,,,,,,", "code_reserved"),
        ("NEW,X,goods,1,,,5 6,,,,spare", "row_torn"),
        ("OLD,X,service,1,,,,,,", "kind_fixed"),
    ],
)
def test_a_wrong_row_is_refused_and_the_others_come_in(
    sqlite_shop: Shop, tmp_path: Path, row: str, code: str
) -> None:
    actor = sqlite_shop.actor("Till 1")
    an_item(sqlite_shop, actor, sku="OLD", name="Old", barcodes=("777",))
    rows = f"{row}\nGOOD,Good,goods,1,,,,,,\n"
    assert brought(sqlite_shop, actor, tmp_path, rows) == [1, 0, 0, [(2, code)]]
    assert [one.name for one in sqlite_shop.items.find(actor)] == ["Good", "Old"]


def test_a_code_that_stands_twice_is_refused_both_times(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    rows = "A,One,goods,1,,,5,,,\nA,Two,goods,1,,,,,,\nB,Three,goods,1,,,5,,,\n"
    refused = [(2, "code_twice"), (3, "code_twice"), (4, "code_twice")]
    assert brought(shop, actor, tmp_path, rows) == [0, 0, 0, refused]


def test_a_file_without_skus_is_refused_whole(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("name,price\nCable,1\n", encoding="utf-8")
    with pytest.raises(DomainError) as refused:
        shop.item_files.import_file(actor, file)
    assert refused.value.code == "column_missing"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_written_comes_in_elsewhere_as_it_was(
    shop: Shop, actor: Actor, tmp_path: Path, ending: str
) -> None:
    an_item(shop, actor, 3, sku="=1+1", name='Display, “large”; 5"', price_minor=12345, barcodes=("111",))
    an_item(shop, actor, sku="007", name="Huelle", keeps_stock=False, commodity_code="0085")
    file = tmp_path / f"items.{ending}"
    assert shop.item_files.export_file(actor, file) == 2
    with pytest.raises(DomainError):
        shop.item_files.export_file(actor, file)
    assert shop.item_files.export_file(actor, file, replace=True) == 2
    there = a_business(shop, name="Next door", locale="de-DE" if ending == "xlsx" else "")
    found = shop.item_files.import_file(there, file)
    assert (found.added, found.refused) == (2, ())
    told = [
        [(one.sku, one.name, one.price_minor, one.barcodes, one.stock, one.keeps_stock, one.commodity_code)]
        for one in shop.items.find(actor)
    ]
    assert told == [
        [(one.sku, one.name, one.price_minor, one.barcodes, one.stock, one.keeps_stock, one.commodity_code)]
        for one in shop.items.find(there)
    ]
