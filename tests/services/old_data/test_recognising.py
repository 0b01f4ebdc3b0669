"""Files are taken for what they are: products by a few columns, old systems by names and columns."""

import json
import shutil
from pathlib import Path

import pytest

from posapp.domain.base.errors import DomainError
from posapp.domain.old_data.imports import ImportField, System
from posapp.domain.old_data.table_rows import TablePerson, TableReading
from posapp.services.old_data import sighting
from posapp.services.old_data.recognising import Found, recognise
from posapp.services.old_data.shapes import SHAPES
from posapp.services.old_data.sighting import chosen_mapping, sights_of, unused_columns
from posapp.services.old_data.systems import CUSTOMERS

PRODUCTS = Path(__file__).parents[2] / "old_data" / "products"
_REGIONS = {
    "square": "IE",
    "shopify": "NL",
    "repairdesk": "GB",
    "odoo": "DE",
    "google-contacts": "SE",
    "orderry": "PL",
}


def product(system: System) -> Path:
    [file] = PRODUCTS.glob(f"{system.value}.*")
    return file


def people(system: System) -> dict[int, TablePerson | str | None]:
    found = recognise([product(system)])
    assert found.shape is not None
    reading = TableReading(
        found.mapping(),
        _REGIONS.get(system.value, "US"),
        apostrophes=found.shape.apostrophes,
        tags=found.shape.tags,
    )
    rows: dict[int, TablePerson | str | None] = {}
    for row, values in found.sources[CUSTOMERS].rows():
        assert values is not None
        try:
            rows[row] = reading.person(values)
        except Exception as fault:  # noqa: BLE001 - which one is what is asked
            rows[row] = str(fault)
    return rows


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape.system.value))
def test_each_product_is_recognised_and_its_columns_are_used_or_named(shape: object) -> None:
    system = shape.system  # type: ignore[attr-defined]
    found = recognise([product(system)])
    assert (found.system, list(found.files)) == (system, [CUSTOMERS])
    columns = found.sources[CUSTOMERS].columns
    mapping = found.mapping()
    assert set(mapping) | set(unused_columns(columns, mapping)) == set(columns)
    assert {ImportField.PHONE, ImportField.EMAIL} <= set(mapping.values())
    assert any(isinstance(one, TablePerson) and one.numbers for one in people(system).values())


def told(system: System, row: int) -> dict[str, object]:
    found = people(system)[row]
    assert isinstance(found, TablePerson)
    return {"code": found.code, **found.told()}


def test_a_square_file() -> None:
    assert told(System.SQUARE, 2) == {
        "code": "SQ7K1",
        "name": "Oisín Gallagher",
        "emails": ["oisin.g@example.ie"],
        "phones": ["+353209150530"],
        "address": "7 Chapel Row\nSkerries, K34 XX00",
        "note": "Prefers a call\nOld number: HL-00417\nSpent before: €412.80",
    }
    assert people(System.SQUARE)[5] == "phone_placeholder"


def test_a_shopify_file() -> None:
    assert told(System.SHOPIFY, 3) == {
        "code": "7210448301123",
        "name": "Joris Smit",
        "emails": ["joris@example.nl"],
        "phones": ["+32470123456"],
        "address": "Kade 9\n2 hoog\n9000 Gent\nBE",
        "note": "line one\nline two\nCompany: Smit BV",
    }


def test_the_answer_of_a_web_service() -> None:
    assert told(System.REPAIRSHOPR, 1)["phones"] == ["+14155550123", "+14155550177"]
    assert told(System.REPAIRSHOPR, 2) == {"code": "902", "name": "Bay Dental"}
    assert told(System.REPAIRDESK, 1)["emails"] == ["priya@example.com", "p.nair@example.com"]
    assert told(System.REPAIRDESK, 1)["phones"] == ["+442079460123", "+442079460124"]
    assert told(System.EASY_APPOINTMENTS, 2)["name"] == "Max"


def test_an_odoo_file() -> None:
    assert told(System.ODOO, 2)["phones"] == ["+496990009123", "+4915123456789"]
    assert told(System.ODOO, 2)["note"] == "Kommt montags\nZahlt bar\nCompany: Brandt Optik"
    assert people(System.ODOO)[3] == "row_nobody"  # the second tag of the customer above


def test_the_other_products() -> None:
    assert people(System.OPEN_SOURCE_POS)[3] == "phone_destroyed"
    assert told(System.ORDERRY, 2)["phones"] == ["+48601234567", "+48221234567"]
    assert told(System.ORDERRY, 3)["note"] == "Company: Serwis Mala"
    assert told(System.GOOGLE_CONTACTS, 2)["name"] == "Ida May Falk"
    assert told(System.GOOGLE_CONTACTS, 2)["phones"] == ["+46701740605", "+46850164000", "+46701740606"]
    assert told(System.GOOGLE_CONTACTS, 3)["name"] == "Falk AB"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Token,Item Name,Customer-facing Name,Variation Name,SKU,Price", "catalogue of Square"),
        ("Date,Item,Price Point Name,Modifiers Applied,Gross Sales,Net Sales", "sold items of Square"),
        ("Date,Net Sales,Total Collected,Transaction ID,Payment ID", "transactions of Square"),
        ("Name,Email,Financial Status,Lineitem name,Lineitem price", "orders of Shopify"),
        ("Handle,SKU,Name,Category,Sold by weight,Price,Cost,Barcode,In stock", "items of Loyverse"),
        ("Id,Barcode,Item Name,Category,Supplier ID,Cost Price,Unit Price", "items of Open Source POS"),
        ("number,created_at,subject,body,problem_type,status,customer_name", "tickets of RepairShopr"),
    ],
)
def test_files_without_customers_are_refused_and_say_what_they_are(
    tmp_path: Path, head: str, said: str
) -> None:
    file = tmp_path / "export.csv"
    file.write_text(f"{head}\n")
    with pytest.raises(DomainError, match=said) as refused:
        recognise([file])
    assert refused.value.code == "file_no_customers"


def old(tmp_path: Path, name: str, text: str) -> Path:
    file = tmp_path / name
    file.write_text(text)
    return file


def test_files_of_the_old_systems_are_recognised_alone_and_in_a_folder(tmp_path: Path) -> None:
    tickets = (
        "id,ticket_number,customer_name,customer_email,customer_phone,final_cost,created_at\n1,T,A,,1,2,3\n"
    )
    old(tmp_path, "tickets.csv", tickets)
    old(tmp_path, "customers.csv", "id,name,email,phone,created_at\n1,A,,415,2020-01-01\n")
    old(tmp_path, "source.json", "{}")
    found = recognise([tmp_path])
    assert (found.system, {name: path.name for name, path in found.files.items()}) == (
        System.REPAIR_TICKETS,
        {"customers": "customers.csv", "tickets": "tickets.csv"},
    )
    assert recognise([tmp_path / "customers.csv"]).system is System.GENERAL
    assert recognise([tmp_path / "tickets.csv"]).system is System.REPAIR_TICKETS
    renamed = shutil.copy(tmp_path / "tickets.csv", tmp_path / "old tickets 2024.csv")
    assert list(recognise([Path(renamed)]).files) == ["tickets"]


@pytest.mark.parametrize(
    ("system", "rows"),
    [
        (
            "000",
            {
                "customers": {"customer_id": "C", "phone": "1", "total_bookings": 2},
                "bookings": {"booking_id": "B"},
            },
        ),
        (
            "001",
            {"users": {"_id": 1, "user_type": "", "phone": "1"}, "cleancareusers": {"_id": 2, "phone": "1"}},
        ),
        (
            "003",
            {"users": {"_id": 1, "role": "customer", "phone": "1"} | {"customerId": "PL1"}, "counters": {}},
        ),
    ],
)
def test_lines_of_the_old_systems(tmp_path: Path, system: str, rows: dict[str, object]) -> None:
    files = [old(tmp_path, f"{name}.json", json.dumps(row) + "\n") for name, row in rows.items()]
    if system == "003":
        files[1].write_text('{"name":"customerId","value":7}\n')
    found = recognise(files)
    assert (found.system.value, set(found.files)) == (system, set(rows))


def test_several_lists_are_not_one_import(tmp_path: Path) -> None:
    files = [old(tmp_path, f"{n}.csv", "name,phone\n") for n in range(2)]
    with pytest.raises(DomainError) as refused:
        recognise(files)
    assert refused.value.code == "files_several"
    for nothing in (old(tmp_path, "empty.csv", ""), tmp_path / "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        with pytest.raises(DomainError) as refused:
            recognise([nothing])
        assert refused.value.code == "file_empty"


def test_an_export_of_our_own_is_told_by_its_beginning(tmp_path: Path) -> None:
    assert (
        recognise([old(tmp_path, "x.json", '{"format": "posapp-export", "version": 1}')]).system
        is System.POSAPP
    )


# -- what the assistant shows ------------------------------------------------------------------------------
def table(tmp_path: Path) -> Found:
    head = "Name,Handy,Straße,Birthday,Since"
    text = f"{head}\nAnna,0151 23456789,,1990-01-01,03/04/2025\nTom,,Weg 1,,25/04/2025\n"
    return recognise([old(tmp_path, "kunden.csv", text)])


def test_a_table_is_shown_with_samples_and_guesses(tmp_path: Path) -> None:
    [sight] = sights_of(table(tmp_path), "US", None, None)
    assert (sight.system, sight.rows, sight.is_estimated) == (System.GENERAL, 2, False)
    assert [(one.name, one.field, one.is_sure, one.filled) for one in sight.columns] == [
        ("Name", ImportField.NAME, True, 2),
        ("Handy", ImportField.PHONE, True, 1),
        ("Straße", ImportField.ADDRESS, True, 1),
        ("Birthday", None, False, 1),
        ("Since", None, False, 2),
    ]
    assert sight.columns[0].samples == ("Anna", "Tom")
    [sight] = sights_of(
        table(tmp_path), "US", {"Since": ImportField.CREATED_AT, "Name": ImportField.NAME}, None
    )
    assert sight.dates == "31/12/2025"
    assert [one.field for one in sight.columns] == [
        ImportField.NAME,
        None,
        None,
        None,
        ImportField.CREATED_AT,
    ]


def test_of_a_long_file_the_first_rows_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sighting, "MOST_ROWS", 10)
    [sight] = sights_of(recognise([old(tmp_path, "a.csv", "name\n" + "x\n" * 30)]), "US", None, None)
    assert sight.is_estimated and sight.rows >= 10 and sight.columns[0].filled == 10


def test_a_mapping_is_typed_or_saved_or_of_the_product(tmp_path: Path) -> None:
    found = table(tmp_path)
    assert chosen_mapping(found, {"strasse": ImportField.ADDRESS, "name": ImportField.NAME}, None) == {
        "Straße": ImportField.ADDRESS,
        "Name": ImportField.NAME,
    }
    assert chosen_mapping(found, {}, {"Name": ImportField.NAME}) == {"Name": ImportField.NAME}
    codes = []
    for typed in ({}, {"Nam": ImportField.NAME}, {"Straße": ImportField.ADDRESS}):
        with pytest.raises(DomainError) as refused:
            chosen_mapping(found, typed, None)
        codes.append(refused.value.code)
    assert codes == ["mapping_missing", "column_missing", "mapping_nobody"]
