"""The tables of an export as people and spreadsheets read them."""

import csv
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.services.care.exports import ExportDesk
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.storage.care.exported_rows import exported_tables
from tests.drawers import an_open_shift
from tests.factories import TILL, a_customer
from tests.repairs import a_device, a_ticket, busy_bench
from tests.sales import a_sale, card
from tests.storage.base.test_place import largest_file

WHOLE = Actor(0, TILL)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(sqlite_shop: Shop, tmp_path: Path) -> Path:
    """The tables of a shop with a sale, a repair, and somebody whose name is a formula."""
    actor = sqlite_shop.actor(TILL)
    customer = a_customer(sqlite_shop, actor, "=1+1", email="a@example.com")
    sqlite_shop.customers.edit(
        actor, EditCustomer(customer_id=customer.id, note="-2+3\n@cmd", address='\tB "C", D')
    )
    an_open_shift(sqlite_shop, actor)
    a_sale(sqlite_shop, actor, price_minor=1250, customer_id=customer.id, tenders=(card(1250),))
    busy_bench(sqlite_shop, actor)
    a_ticket(sqlite_shop, actor, a_device(passcode="2468"))
    ExportDesk(sqlite_shop.store).to_csv(WHOLE, tmp_path / "tables")
    return tmp_path / "tables"


def test_every_table_is_a_file_with_a_row_for_each_record(folder: Path, sqlite_shop: Shop) -> None:
    names = {table.name for table in exported_tables()}
    assert {one.stem for one in folder.glob("*.csv")} == names
    customers = rows(folder, "customer")
    assert [one["pl_id"] for one in customers][:1] == ["PL1"]
    assert {one["business"] for one in customers} == {"Harbour Lane Repairs"}


def test_no_cell_is_run_as_a_formula(folder: Path) -> None:
    [customer] = [one for one in rows(folder, "customer") if one["pl_id"] == "PL1"]
    assert customer["name"] == "'=1+1"
    assert customer["note"].startswith("'-2+3")
    for file in folder.glob("*.csv"):
        for row in rows(folder, file.stem):
            for name, cell in row.items():
                is_amount = cell.lstrip("-").replace(".", "", 1).isdecimal()
                assert is_amount or not cell.lstrip().startswith(("=", "+", "-", "@")), (file.stem, name)


def test_amounts_are_in_major_units_and_moments_in_utc_with_the_day_of_the_shop(folder: Path) -> None:
    [payment] = rows(folder, "payment")
    assert (payment["number"], payment["amount"], payment["currency"]) == ("P1", "12.50", "EUR")
    assert (payment["pl_id"], payment["tender"]) == ("PL1", "card")
    assert (payment["created_at_utc"], payment["created_day"]) == ("2026-11-18 08:00:00", "2026-11-18")
    assert payment["business_day"] == "2026-11-18"
    assert rows(folder, "tax_rate")[0]["rate_percent"] in ("0", "23")


def test_secrets_and_copies_for_the_search_are_left_out_and_photos_are_files(folder: Path) -> None:
    assert not {"passcode", "business_id"} & set(rows(folder, "job")[0])
    assert not {"name_fold", "more_words"} & set(rows(folder, "customer")[0])
    photos = rows(folder, "photo")
    assert photos
    for row in photos:
        assert (folder / "photos" / f"{row['hash']}.jpg").read_bytes().startswith(b"\xff\xd8")


def test_a_folder_with_files_is_kept_unless_they_may_go(sqlite_shop: Shop, tmp_path: Path) -> None:
    desk, place = ExportDesk(sqlite_shop.store), tmp_path / "tables"
    place.mkdir()
    desk.to_csv(WHOLE, place)  # one without files is taken
    (place / "customer.csv").write_text("mine")
    (place / "letter.txt").write_text("mine, too")
    with pytest.raises(DomainError) as refused:
        desk.to_csv(WHOLE, place)
    assert refused.value.code == "folder_filled"
    assert (place / "customer.csv").read_text() == "mine"
    desk.to_csv(WHOLE, place, replace=True)
    assert (place / "customer.csv").read_text() != "mine"
    assert (place / "letter.txt").read_text() == "mine, too"
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(DomainError) as refused:
        desk.to_csv(WHOLE, file)
    assert refused.value.code == "file_exists"


def test_a_full_disk_leaves_no_folder(sqlite_shop: Shop, tmp_path: Path) -> None:
    for _ in range(3):
        a_customer(sqlite_shop, sqlite_shop.actor(TILL), "x" * 100)
    with largest_file(800), pytest.raises(Exception) as refused:
        ExportDesk(sqlite_shop.store).to_csv(WHOLE, tmp_path / "tables")
    assert getattr(refused.value, "code", "") == "disk_full"
    assert list(tmp_path.glob("tables")) == list(tmp_path.glob(".posapp-*")) == []
