"""Every table as CSV for a spreadsheet: one file a table, pictures beside them.

What the program keeps for itself is put into words that a person and a spreadsheet read alike: numbers as
they are called (`PL7`, `T12`), amounts in major units beside their currency, moments in UTC to the second
with the day by the shop's clock, shares in per cent. Texts that a spreadsheet would run as a formula are made
harmless. The way back into the program is the JSON export.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from posapp import files
from posapp.domain.base.clock import day_of, from_us, wall_of
from posapp.domain.base.money import Money
from posapp.domain.base.numbers import PL
from posapp.storage.care.exported_columns import Meaning

if TYPE_CHECKING:
    from posapp.storage.care.exported_columns import ReadableColumn
    from posapp.storage.care.exported_rows import ExportedRows

Row = Mapping[str, Any]
Cells = list[str]
_PORTION: Final = 500
_PICTURES: Final = {"photo": ("photos", "jpeg", ".jpg"), "picture": ("pictures", "png", ".png")}


@dataclass(frozen=True, slots=True)
class Shop:
    """What the tables need of a business."""

    name: str
    currency: str
    zone: str


class TableWriter:
    """Writes the tables into a folder."""

    def __init__(self, folder: Path, rows: "ExportedRows", shops: Mapping[int, Shop]) -> None:
        self._folder, self._rows, self._shops = folder, rows, shops
        self.files = 0

    def write(self, table: str, told: Sequence["ReadableColumn"], rows: Iterable[Row]) -> None:
        """One table as CSV, in UTF-8 with the mark that spreadsheets look for; its pictures as files."""
        columns = [_Column(*one) for one in told if one.meaning is not Meaning.BUSINESS]
        has_shop = len(columns) < len(told)
        has_money = any(one.meaning is Meaning.AMOUNT for one in columns)
        first, last = ["business"] if has_shop else [], ["currency"] if has_money else []
        with files.open_private(self._folder / f"{table}.csv", "xb") as file:
            out = TextIOWrapper(file, encoding="utf-8-sig", newline="")
            writer = csv.writer(out)
            writer.writerow([*first, *(name for one in columns for name in one.head), *last])
            for row, customers in self._portions(columns, self._with_pictures(table, rows)):
                shop = self._shops.get(row["business_id"] if has_shop else row.get("id", 0), _NONE)
                cells = [cell for one in columns for cell in one.cells(row, shop, customers)]
                before = [files.safe_cell(shop.name)] if has_shop else []
                writer.writerow([*before, *cells, *([shop.currency] if has_money else [])])
            out.flush()
            out.detach()
        self.files += 1

    def _portions(
        self, columns: Sequence["_Column"], rows: Iterable[Row]
    ) -> Iterator[tuple[Row, Mapping[int, int]]]:
        """The rows, each with the PL numbers of the customers that it names."""
        names = [one.name for one in columns if one.meaning is Meaning.CUSTOMER]
        waiting = iter(rows)
        while portion := list(islice(waiting, _PORTION)):
            keys = {row[name] for row in portion for name in names} - {None}
            numbers = self._rows.pl_numbers(keys)
            yield from ((row, numbers) for row in portion)

    def _with_pictures(self, table: str, rows: Iterable[Row]) -> Iterator[Row]:
        folder, column, ending = _PICTURES.get(table, ("", "", ""))
        for row in rows:
            if folder:
                self._keep(folder, f"{row['hash']}{ending}", row[column])
            yield row

    def _keep(self, folder: str, name: str, data: bytes) -> None:
        place = self._folder / folder
        place.mkdir(mode=0o700, exist_ok=True)
        if not (place / name).exists():
            with files.open_private(place / name, "xb") as file:
                file.write(data)
            self.files += 1


def shops_of(rows: Iterable[Row]) -> dict[int, Shop]:
    """What is needed of each business, by its key."""
    return {row["id"]: Shop(row["name"], row["currency"], row["time_zone"]) for row in rows}


_NONE: Final = Shop("", "", "UTC")


class _Column:
    """A column of a table, and the cells that it becomes."""

    def __init__(self, name: str, meaning: Meaning, letter: str) -> None:
        self.name, self.meaning, self._letter = name, meaning, letter
        self._words = _WORDS.get(meaning)

    @property
    def head(self) -> Cells:
        """What stands above its cells."""
        match self.meaning:
            case Meaning.MOMENT:
                return [f"{self.name}_utc", f"{self.name.removesuffix('_at')}_day"]
            case Meaning.CUSTOMER:
                return [self.name, "pl_id" if self.name == "customer_id" else f"{self.name}_pl_id"]
            case Meaning.AMOUNT:
                return [self.name.removesuffix("_minor")]
            case Meaning.SHARE:
                return [f"{self.name}_percent"]
        return ["pl_id" if self._letter == PL else self.name]

    def cells(self, row: Row, shop: Shop, customers: Mapping[int, int]) -> Cells:
        """Its cells of a row."""
        value = row[self.name]
        if value is None:
            return [""] * len(self.head)
        if self.meaning is Meaning.CUSTOMER:
            return [str(value), f"{PL}{customers[value]}" if value in customers else ""]
        if self.meaning is Meaning.NUMBER:
            return [f"{self._letter}{value}"]
        return self._words(value, shop) if self._words is not None else [str(value)]


def _moment(value: int, shop: Shop) -> Cells:
    at = from_us(value)
    return [f"{at:%Y-%m-%d %H:%M:%S}", wall_of(at, shop.zone).date().isoformat()]


def _amount(value: int, shop: Shop) -> Cells:
    return [f"{Money(value, shop.currency).as_decimal():f}"]


_WORDS: Final[Mapping[Meaning, Callable[[Any, Shop], Cells]]] = {
    Meaning.TEXT: lambda value, _shop: [files.safe_cell(value)],
    Meaning.AMOUNT: _amount,
    Meaning.MOMENT: _moment,
    Meaning.DAY: lambda value, _shop: [day_of(value).isoformat() if value else ""],
    Meaning.SHARE: lambda value, _shop: [f"{Decimal(value).scaleb(-4).normalize():f}"],
    Meaning.FLAG: lambda value, _shop: ["yes" if value else "no"],
}
