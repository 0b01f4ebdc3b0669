"""The price list as a table for spreadsheets: read row by row, each refusal with its reason, and written."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import fold
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import Money, read_plain_amount
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import RepairPrice, key_of_device
from posapp.services.base.table_files import Cell, RefusedRow, TableRow, read_table_file, write_table_file
from posapp.services.catalogue.stock import item_of_code
from posapp.services.repairs.price_rows import MOST_PRICES, SavePrice, facts_of, price_values

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Business
    from posapp.storage.unit_of_work import UnitOfWork

HEAD = ("kind", "make", "model", "fault", "price", "minutes", "sku")
NEEDED = ("fault", "price")
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PriceImport:
    """What a file brought, or would bring: how many prices are new, become others, stay; what is refused."""

    added: int
    changed: int
    same: int
    refused: tuple[RefusedRow, ...]

    @property
    def rows(self) -> int:
        """The rows of the file."""
        return self.added + self.changed + self.same + len(self.refused)


def bring_in(uow: "UnitOfWork", path: Path) -> PriceImport:
    """Take the rows of a file into the list; a row for what is on it gives that its price, minutes and part.

    Cells that are empty or have no column leave minutes and part of a known price as they are.
    """
    business = uow.businesses.get()
    table = read_table_file(path, decimal_mark=decimal_mark(business.locale))
    table.need(*NEEDED)
    uow.repair_prices.hold_all()
    reading = _Reading(uow, business)
    refused = []
    for row in table.rows:
        try:
            reading.take(row)
        except DomainError as error:
            refused.append(RefusedRow.of(row.line, error))
    found = PriceImport(reading.added, reading.changed, reading.same, tuple(refused))
    told: dict[str, object] = {
        "added": found.added,
        "changed": found.changed,
        "same": found.same,
        "refused": len(refused),
    }
    told |= {"file": path.name, "digest": table.digest}
    uow.journal.add(Action.PRICE_IMPORTED, "repair_price", 0, after=told)
    return found


class _Reading:
    """The list as the rows of a file change it, one after the other."""

    def __init__(self, uow: "UnitOfWork", business: "Business") -> None:
        self._uow, self._business = uow, business
        self._known = {
            _key_of(one.kind, one.make, one.model, one.fault): one
            for one in uow.repair_prices.find("", with_archived=False, limit=MOST_PRICES)
        }
        self._lines: dict[_Key, int] = {}
        self.added = self.changed = self.same = 0

    def take(self, row: TableRow) -> None:
        """Take a row in; raises `DomainError` with the reason why not."""
        if row.fault:
            raise DomainError("row_torn", row.fault)
        command = self._command(row)
        key = _key_of(command.kind, command.make, command.model, command.fault)
        before = self._known.get(key)
        values = price_values(command)
        if key in self._lines:
            raise DomainError("row_twice", f"The same device and fault stand in row {self._lines[key]}.")
        self._lines[key] = row.line
        if before is None:
            if len(self._known) + self.added >= MOST_PRICES:
                raise DomainError("prices_many", f"The list holds at most {MOST_PRICES} prices.")
            self._uow.repair_prices.add(**values)
            self.added += 1
            return
        values["minutes"] = values["minutes"] if row.text("minutes") else before.minutes
        values["item_id"] = values["item_id"] if row.text("sku") else before.item_id
        told = facts_of(before)
        if all(told[name] == value for name, value in values.items()):
            self.same += 1
            return
        self._uow.repair_prices.update(before.id, is_archived=False, **values)
        self.changed += 1

    def _command(self, row: TableRow) -> SavePrice:
        if not row.text("price"):
            raise DomainError("price_missing", "Enter a price; 0 for what is free.", field="price")
        business = self._business
        typed, locale = row.text("price"), business.locale
        mark = decimal_mark(locale)
        price = read_plain_amount(typed, business.currency, decimal_mark=mark, locale=locale, field="price")
        return SavePrice(
            kind=_kind(row.text("kind")),
            make=row.text("make"),
            model=row.text("model"),
            fault=row.text("fault"),
            price_minor=price.minor,
            minutes=_minutes(row.text("minutes")),
            item_id=self._part(row.text("sku")),
        )

    def _part(self, sku: str) -> int | None:
        return item_of_code(self._uow, sku).id if sku else None


def _key_of(kind: DeviceKind | None, make: str, model: str, fault: str) -> _Key:
    return (kind.value if kind is not None else "", key_of_device(make, model), fold(fault))


def _kind(text: str) -> DeviceKind | None:
    if not text:
        return None
    try:
        return DeviceKind(text.casefold())
    except ValueError:
        known = ", ".join(one.value for one in DeviceKind)
        raise DomainError(
            "kind_unknown", f"{text[:30]} is no kind of device. Known: {known}.", field="kind"
        ) from None


def _minutes(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= 6):
        raise DomainError("minutes_invalid", "Enter whole minutes, such as 45.", field="minutes")
    return int(text)


# -- written -----------------------------------------------------------------------------------------------
def write_out(uow: "UnitOfWork", path: Path, *, replace: bool) -> int:
    """Write the prices in use, as `bring_in` reads them."""
    business = uow.businesses.get()
    row_of = _row_writer(business.currency)
    rows = map(row_of, uow.repair_prices.find("", with_archived=False, limit=MOST_PRICES))
    mark = decimal_mark(business.locale)
    return write_table_file(path, HEAD, rows, decimal_mark=mark, replace=replace)


def _row_writer(currency: str) -> Callable[[RepairPrice], tuple[Cell, ...]]:
    def write(one: RepairPrice) -> tuple[Cell, ...]:
        kind = one.kind.value if one.kind is not None else ""
        price = Money(one.price_minor, currency).as_decimal()
        return kind, one.make, one.model, one.fault, price, one.minutes or None, one.sku

    return write
