"""Lists of customers come in: nothing twice, nothing lost; a changed row changes what nobody changed here."""

import shutil
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.domain.old_data.imports import ImportField, ImportOrder, ImportResult, Mapped, System
from posapp.services.care.verify import verify
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.old_data.shapes import SHAPES
from tests.factories import a_customer, a_phone
from tests.services.old_data.test_recognising import product

HEAD = "No,Name,Phone,Mail,Address,Note,Since"
FIELDS: Mapped = {
    "No": ImportField.ID,
    "Name": ImportField.NAME,
    "Phone": ImportField.PHONE,
    "Mail": ImportField.EMAIL,
    "Address": ImportField.ADDRESS,
    "Note": ImportField.NOTE,
    "Since": ImportField.CREATED_AT,
}


def bring(
    shop: Shop,
    actor: Actor,
    file: Path,
    *,
    system: System = System.GENERAL,
    dry: bool = False,
    **values: object,
) -> ImportResult:
    order = ImportOrder(
        system=system,
        files={"customers": str(file)},
        region="US",
        currency="EUR",
        **values,  # type: ignore[arg-type]
    )
    return shop.imports.run(actor, order, dry_run=dry)


def table(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    file = tmp_path / "list.csv"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return file


def import_table(shop: Shop, actor: Actor, tmp_path: Path, *rows: str, dry: bool = False) -> ImportResult:
    return bring(shop, actor, table(tmp_path, *rows), mapping=FIELDS, dry=dry)


def customer(shop: Shop, actor: Actor, text: str) -> Customer:
    system, _, code = text.rpartition(":")
    if not system:
        return shop.customers.resolve(actor, text).customer
    with shop.store.look(actor) as uow:
        [(key, *_)] = uow.owners_of_old_id(code, system)
        [found] = uow.customers.some([key])
    return found


def faults(shop: Shop) -> dict[str, tuple[str, ...]]:
    return {one.rule: one.examples for one in verify(shop.store) if not one.is_kept}


def figures(result: ImportResult) -> tuple[int, ...]:
    return (result.created, result.matched, result.twice, result.without_phone, result.known, result.updated)


ROWS = (
    "7,Anna Berg,415-555-0123,anna@example.com,1 Main St,VIP,2020-01-02",
    "8,Tom,,tom@example.com,,,",
    "9,Ida,415-555-0124 | 415-555-0125,,,,2019-01-02",
    "10,Anna B.,415-555-0123,,2 Main St,Pays cash,",
    "11,Bad,3.24444E+10,,,,",
    "12,Worse,000-000-0000,,,,",
    ",,,,,,",
    "13,,,,,x,",
)


@pytest.mark.parametrize("is_fresh", [True, False])
def test_a_table_comes_in_once(shop: Shop, actor: Actor, tmp_path: Path, is_fresh: bool) -> None:
    if not is_fresh:
        a_customer(shop, actor, name="First", phone=a_phone(90))
    first = 1 if is_fresh else 2
    trial = import_table(shop, actor, tmp_path, *ROWS, dry=True)
    result = import_table(shop, actor, tmp_path, *ROWS)
    assert figures(trial) == figures(result) == (3, 0, 1, 1, 0, 0)
    assert trial.rejected == result.rejected and trial.next_pl == result.next_pl == f"PL{first + 3}"
    assert [(one.row, one.code) for one in result.rejected] == [
        (6, "phone_destroyed"),
        (7, "phone_placeholder"),
        (9, "row_nobody"),
    ]
    ida = customer(shop, actor, f"PL{first}")  # the oldest date first
    assert (ida.name, [str(line.number.key) for line in ida.current_phones]) == (
        "Ida",
        ["+14155550124", "+14155550125"],
    )
    anna = customer(shop, actor, f"PL{first + 1}")
    assert (anna.name, [one.name for one in anna.contacts]) == ("Anna Berg", ["Anna B."])
    assert (anna.email, anna.address, anna.note) == (
        "anna@example.com",
        "1 Main St",
        "VIP\nAddress: 2 Main St\nPays cash",
    )
    tom = customer(shop, actor, f"PL{first + 2}")  # without a date: behind all others
    assert (tom.name, tom.phone, tom.no_phone_reason) == ("Tom", None, "Came without a phone from a table.")
    assert customer(shop, actor, "general:8").id == tom.id
    assert faults(shop) == {}
    again = import_table(shop, actor, tmp_path, *ROWS)
    assert figures(again) == (0, 0, 0, 0, 4, 0)
    assert again.rejected == result.rejected and again.updates == ()
    assert faults(shop) == {}


def test_a_changed_row_changes_what_nobody_changed_here(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    import_table(shop, actor, tmp_path, *ROWS[:2])
    anna, tom = customer(shop, actor, "general:7"), customer(shop, actor, "general:8")
    shop.customers.edit(actor, EditCustomer(customer_id=anna.id, email="anna@here.example"))
    changed = (
        "7,Anna Berg-Lund,415-555-0199,anna@new.example,2 Main St,VIP,2020-01-02",
        "8,Tom,415-555-0123,,,,",
    )
    trial = import_table(shop, actor, tmp_path, *changed, dry=True)
    result = import_table(shop, actor, tmp_path, *changed)
    assert trial.updates == result.updates
    assert [(one.row, one.code) for one in result.updates] == [
        (2, "name"),
        (2, "email_kept"),
        (2, "address"),
        (2, "phone"),
        (3, "phone_kept"),
    ]
    assert result.updates[0].message == "Changed name: “Anna Berg” is now “Anna Berg-Lund”."
    anna = customer(shop, actor, "general:7")
    assert (anna.name, anna.email, anna.address) == ("Anna Berg-Lund", "anna@here.example", "2 Main St")
    assert [line.number.key for line in anna.current_phones] == ["+14155550123", "+14155550199"]
    assert customer(shop, actor, "general:8").stamps == tom.stamps
    assert faults(shop) == {}
    assert import_table(shop, actor, tmp_path, *changed).updates == ()
    number = "8,Tom,415-555-0177,tom@example.com,,,"
    assert [one.code for one in import_table(shop, actor, tmp_path, number).updates] == ["phone"]
    assert customer(shop, actor, "general:8").no_phone_reason is None
    assert faults(shop) == {}


def test_somebody_who_is_here_gets_what_is_missing(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    here = a_customer(shop, actor, name="Ana", phone=a_phone(1))
    key = here.phone.key if here.phone else ""
    result = import_table(
        shop, actor, tmp_path, f"7,Anna Berg,{key},anna@example.com,1 Main St,VIP,2020-01-02"
    )
    assert figures(result) == (0, 1, 0, 0, 0, 0)
    found = shop.customers.card(actor, here.id).customer
    assert (found.name, found.email, found.address, found.note) == (
        "Ana",
        "anna@example.com",
        "1 Main St",
        "VIP",
    )
    assert [one.name for one in found.contacts] == ["Anna Berg"]
    assert faults(shop) == {}


def test_rows_without_an_id_are_known_by_what_they_have(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    rows = (
        "Anna,415-555-0123,",
        "Anna Two,415-555-0123,",
        "Tom,,tom@example.com",
        "Tim,,tom@example.com",
        "Ida,,",
    )
    mapping = {name: FIELDS[name] for name in ("Name", "Phone", "Mail")}

    def go(*said: str) -> ImportResult:
        return bring(shop, actor, table(tmp_path, *said, head="Name,Phone,Mail"), mapping=mapping)

    assert figures(go(*rows)) == (4, 0, 1, 3, 0, 0)
    assert figures(go(*rows)) == (0, 0, 0, 0, 5, 0)
    assert figures(go("Anna Berg,415-555-0123,", *rows[1:])) == (0, 0, 0, 0, 5, 1)
    assert customer(shop, actor, "+14155550123").name == "Anna Berg"
    assert faults(shop) == {}


def test_a_saved_mapping_is_taken_the_next_time(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        bring(shop, actor, table(tmp_path, *ROWS[:1]))
    assert refused.value.code == "mapping_missing"
    import_table(shop, actor, tmp_path, *ROWS[:1])
    turned = table(tmp_path, "Tom,21,415-555-0124", head="NAME,no,Phone")
    with pytest.raises(DomainError):
        bring(shop, actor, turned)
    turned = table(tmp_path, "Tom,21,415-555-0124,,,,", head="NAME,no,Phone,Mail,Address,Note,Since")
    assert bring(shop, actor, turned).created == 1
    assert customer(shop, actor, "general:21").name == "Tom"


def test_several_numbers_refuse_a_row_where_that_is_wanted(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    result = bring(shop, actor, table(tmp_path, *ROWS[:3]), mapping=FIELDS, splits=False)
    assert [(one.row, one.code) for one in result.rejected] == [(4, "phone_several")]


def test_each_product_comes_in_and_then_again_without_a_trace(
    sqlite_shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    for shape in SHAPES:
        file = Path(shutil.copy(product(shape.system), tmp_path))
        first = bring(sqlite_shop, actor, file, system=shape.system)
        assert first.created > 0 and first.unused_columns
        assert first.created + first.matched + first.twice + len(first.rejected) == first.rows
        again = bring(sqlite_shop, actor, file, system=shape.system)
        known = first.created + first.matched + first.twice
        assert (again.created, again.updated, again.known) == (0, 0, known)
    assert faults(sqlite_shop) == {}
