"""A file of a shop that never was, as the assistant would have read and tried it."""

from posapp.domain.old_data.imports import (
    ColumnSight,
    ImportField,
    ImportResult,
    RowFate,
    RowNote,
    RowSight,
    System,
    TableSight,
)
from posapp.ui.imports.order import Draft

_COLUMNS = (
    ("First Name", ImportField.FIRST_NAME, ("Oisín", "Aoife", "Marek"), 14906),
    ("Last Name", ImportField.LAST_NAME, ("Gallagher", "Ní Bhriain", "Nowak"), 13240),
    ("Phone Number", ImportField.PHONE, ("+353 20 915 0530", "020 917 1142"), 12569),
    ("Email Address", ImportField.EMAIL, ("oisin.g@example.ie", "marek@example.eu"), 3836),
    ("Street Address 1", ImportField.ADDRESS, ("7 Chapel Row", "22 Quay Street"), 2417),
    ("City", ImportField.TOWN, ("Skerries", "Dublin 2", "Swords"), 2388),
    ("Postal Code", ImportField.POSTCODE, ("K34 XX00", "D02 XX00"), 2051),
    ("Memo", ImportField.NOTE, ("Prefers a call", "pays by invoice"), 1102),
    ("Lifetime Spend", ImportField.SPENT, ("€412.80", "€0.00", "€59.00"), 15538),
    ("Reference ID", ImportField.ID, ("HL-00417", "HL-02290"), 9820),
)
_LEFT = (
    "Instant Profile",
    "Email Subscription Status",
    "Square Customer ID",
    "Street Address 2",
    "Nickname",
    "Company Name",
    "First Visit",
    "Last Visit",
    "Transaction Count",
    "Birthday Month",
    "Groups",
    "Location",
)
_WHY = (("phone_placeholder", 9), ("phone_unparseable", 8), ("phone_destroyed", 4))


def square() -> Draft:
    """One table with 23 columns of which one is open."""
    used = [ColumnSight(name, field, True, samples, filled) for name, field, samples, filled in _COLUMNS]
    opened = ColumnSight("Birthday", None, False, ("1988-04-17", "1993-11-02"), 688)
    left = [ColumnSight(name, None, True, ("No", "No", "Yes"), 15538) for name in _LEFT]
    sight = TableSight(
        path="/home/grace/export-20260311.csv",
        name="export-20260311.csv",
        size=3_250_000,
        system=System.SQUARE,
        rows=15538,
        columns=(*used[:7], opened, *used[7:], *left),
        collection="customers",
    )
    return Draft(sights=(sight,), region="IE", currency="EUR")


def wide_table(columns: int = 200) -> Draft:
    """A table of a spreadsheet whose names and cells know no measure, some from right to left."""
    names = ["رقم الهاتف", "שם הלקוח", "Donaudampfschifffahrtsgesellschaftskapitän der " * 3, ""]
    names += [f"Column {number}" for number in range(5, columns + 1)]
    sights = tuple(
        ColumnSight(name, ImportField.PHONE if place == 0 else None, place % 3 > 0, (name * 4, "محمد"), place)
        for place, name in enumerate(names)
    )
    sight = TableSight("lists/kunden.xlsx", "kunden.xlsx", 12, System.GENERAL, 0, sights, "customers")
    return Draft(sights=(sight,), region="DE", currency="EUR")


def old_system() -> Draft:
    """The four files of an old system."""
    names = (("customers", 812), ("bookings", 2204), ("guests", 91), ("orders", 640))
    sights = tuple(
        TableSight(f"/srv/old/{name}.json", f"{name}.json", rows * 412, System.BOOKING_SYSTEM, rows, (), name)
        for name, rows in names
    )
    return Draft(sights=sights, region="US", currency="USD")


def tried(*, is_trial: bool = True) -> ImportResult:
    """What the trial run of it found; or what it brought."""
    refused = tuple(
        RowNote("export-20260311.csv", 40 + place * 7, code) for code, count in _WHY for place in range(count)
    )
    shown = tuple(
        RowSight(fate, "export-20260311.csv", 2 + place, f"Aoife Nowak {place}", "020 917 1142", "PL132")
        for fate in (RowFate.CREATED, RowFate.MATCHED, RowFate.TWICE)
        for place in range(50)
    )
    return ImportResult(
        system=System.SQUARE,
        batches=() if is_trial else (1,),
        rows=15538,
        created=12138 + 2969,
        matched=86,
        twice=324,
        without_phone=2969,
        rejected=refused,
        warnings=(RowNote("export-20260311.csv", 12, "phone_possible"),),
        unused_columns=("Instant Profile", "Square Customer ID"),
        shown=shown,
        next_pl="PL15239",
        is_trial=is_trial,
    )
