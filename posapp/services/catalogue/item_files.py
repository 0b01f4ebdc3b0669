"""The catalogue as a table of a spreadsheet: brought in with a reason for each row refused, and written.

A row is about the item with its SKU, else about a new one. What a file has no column for, or a row no value,
stays as it is; the stock is only opened by a file, afterwards it is moved or counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import Money, read_plain_amount
from posapp.domain.base.names import clean_name, same_name
from posapp.domain.catalogue.items import MOST_STOCK, Item, ItemKind
from posapp.domain.catalogue.taxes import ShopTax
from posapp.domain.shop.businesses import Business
from posapp.services.base.table_files import Cell, RefusedRow, TableRow, read_table_file, write_table_file
from posapp.services.catalogue.items import SaveItem, command_of, save_item

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

COLUMNS = (
    "sku", "name", "kind", "price", "cost", "tax", "barcodes", "stock", "reorder_level", "commodity_code",
)  # fmt: skip
MOST_ROWS = 200_000
_AT_ONCE = 100
"""Rows of one transaction: tills that sell meanwhile hardly wait."""


@dataclass(frozen=True, slots=True)
class ItemsImported:
    """What a file did, or (as a dry run) would do; `refused` rows changed nothing."""

    rows: int
    added: int
    changed: int
    same: int
    refused: tuple[RefusedRow, ...]


class ItemFileDesk:
    """Brings the catalogue in from a file, and writes it into one."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def import_file(self, actor: Actor, path: Path, *, dry_run: bool = False) -> ItemsImported:
        """Take in every row that can be; with `dry_run` nothing is kept."""
        actor.require(Permission.ITEM_WRITE)
        with self._store.look(actor) as uow:
            business = uow.businesses.get()
        table = read_table_file(path, decimal_mark=decimal_mark(business.locale))
        table.need("sku")
        twice = _twice(table.rows)
        done: Counter[str] = Counter()
        refused: list[RefusedRow] = []
        for first in range(0, len(table.rows), _AT_ONCE):
            with self._store.work(actor) as uow:
                uow.items.hold_codes()
                taxes = uow.taxes.all()
                for row in table.rows[first : first + _AT_ONCE]:
                    try:
                        _refuse_row(row, twice)
                        done[_take(uow, row, business, taxes)] += 1
                    except DomainError as error:
                        refused.append(RefusedRow.of(row.line, error))
                if not dry_run:
                    uow.commit()
        return ItemsImported(len(table.rows), done["added"], done["changed"], done["same"], tuple(refused))

    def export_file(self, actor: Actor, path: Path, *, replace: bool = False) -> int:
        """Write the items in use by name, as `path` ends in .csv or .xlsx; how many there are."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            business = uow.businesses.get()
            names = {one.id: one.name for one in uow.taxes.all(with_archived=True)}
            items = uow.items.find("", with_archived=False, limit=MOST_ROWS)
        rows = _rows(items, names, business.currency)
        return write_table_file(
            path, COLUMNS, rows, decimal_mark=decimal_mark(business.locale), replace=replace
        )


# -- written -------------------------------------------------------------------------------------------
def _rows(items: Sequence[Item], taxes: dict[int, str], currency: str) -> Iterator[Sequence[Cell]]:
    def amount(minor: int | None) -> Decimal | None:
        return None if minor is None else Money(minor, currency).as_decimal()

    for one in items:
        yield (
            one.sku,
            one.name,
            one.kind.value,
            amount(one.price_minor),
            amount(one.entered_cost_minor),
            taxes[one.tax_id] if one.tax_id is not None else "",
            " ".join(one.barcodes),
            one.stock if one.keeps_stock else None,
            one.reorder_level,
            one.commodity_code,
        )


# -- brought in ----------------------------------------------------------------------------------------
def _twice(rows: Sequence[TableRow]) -> frozenset[str]:
    """The codes that stand in more than one row: which of them is meant nobody can tell."""
    found = Counter(code for row in rows for code in {clean_name(row.text("sku")), *_codes(row)} if code)
    return frozenset(code for code, times in found.items() if times > 1)


def _codes(row: TableRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.text("barcodes").replace(",", " ").replace(";", " ").split()))


def _refuse_row(row: TableRow, twice: frozenset[str]) -> None:
    if row.fault:
        raise DomainError("row_torn", row.fault)
    for field, codes in (("sku", (clean_name(row.text("sku")),)), ("barcodes", _codes(row))):
        double = next((code for code in codes if code in twice), None)
        if double is not None:
            raise DomainError("code_twice", f"{double[:40]} stands in the file more than once.", field=field)


def _take(uow: "UnitOfWork", row: TableRow, business: Business, taxes: Sequence[ShopTax]) -> str:
    """Add or change the item of a row: what was done."""
    sku = clean_name(row.text("sku"))
    known = uow.items.by_code(sku) if sku else None
    if known is not None and known.sku != sku:
        raise DomainError("sku_exists", f"{known.name} has this SKU as a barcode.", field="sku")
    start = SaveItem(sku=sku, name="", kind=ItemKind.GOODS) if known is None else command_of(known)
    command = _command(start, row, business, taxes)
    if known is None:
        command = _with_stock(command, row.text("stock"))
    elif command == start:
        return "same"
    save_item(uow, command)
    return "added" if known is None else "changed"


def _command(start: SaveItem, row: TableRow, business: Business, taxes: Sequence[ShopTax]) -> SaveItem:
    def amount(column: str) -> int:
        typed, locale = row.text(column), business.locale
        mark = decimal_mark(locale)
        return read_plain_amount(
            typed, business.currency, decimal_mark=mark, locale=locale, field=column
        ).minor

    command = start
    if row.text("name"):
        command = replace(command, name=clean_name(row.text("name")))
    if row.text("kind"):
        command = replace(command, kind=_kind(row.text("kind")))
    if row.text("price"):
        command = replace(command, price_minor=amount("price"))
    if row.text("cost"):
        command = replace(command, entered_cost_minor=amount("cost"))
    if row.text("tax"):
        command = replace(command, tax_id=_tax(row.text("tax"), taxes))
    if row.text("barcodes"):
        command = replace(command, barcodes=_codes(row))
    if row.text("reorder_level"):
        command = replace(command, reorder_level=_whole(row.text("reorder_level"), "reorder_level"))
    if row.text("commodity_code"):
        command = replace(command, commodity_code=row.text("commodity_code"))
    return command


def _with_stock(command: SaveItem, text: str) -> SaveItem:
    """Without a stock in the file none is kept, as on the command line."""
    return replace(command, keeps_stock=bool(text), opening=_whole(text, "stock") if text else 0)


def _kind(text: str) -> ItemKind:
    try:
        return ItemKind(text.casefold())
    except ValueError:
        kinds = ", ".join(one.value for one in ItemKind)
        raise DomainError("kind_unknown", f"The kind must be one of: {kinds}.", field="kind") from None


def _tax(name: str, taxes: Sequence[ShopTax]) -> int:
    found = next((one.id for one in taxes if same_name(one.name, name)), None)
    if found is None:
        raise DomainError("tax_unknown", f"There is no tax {name[:40]} in this shop.", field="tax")
    return found


def _whole(text: str, field: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 10) or int(text) > MOST_STOCK:
        raise DomainError("quantity_invalid", "Enter a whole number, zero or more.", field=field)
    return int(text)
