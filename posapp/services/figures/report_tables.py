"""A page of the reports as a table in a file: CSV and JSON for programs, XLSX for people."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from posapp import files
from posapp.domain.base import sheet_formats
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import decimals
from posapp.domain.figures.cells import plain
from posapp.domain.figures.measures import Measure, Unit
from posapp.domain.figures.reports import Cell, ReportTable
from posapp.domain.shop.businesses import Business
from posapp.services.base.table_files import Cell as FileCell
from posapp.services.base.table_files import write_table_file


def documents(told: ReportTable) -> list[dict[str, object]]:
    """The rows for programs, by the names of their columns."""
    return [
        {column.name: plain(column.unit, cell) for column, cell in zip(told.columns, row.cells, strict=True)}
        for row in told.rows
    ]


def write_json(path: Path, told: ReportTable, *, replace: bool) -> None:
    """The rows as a list of objects."""
    text = json.dumps(documents(told), ensure_ascii=False, indent=2)
    files.write(path, f"{text}\n".encode(), replace=replace)


def write_csv(path: Path, told: ReportTable, business: Business, *, replace: bool) -> None:
    """The rows below the names of the columns; amounts in major units, shares in per cent."""
    places = decimals(business.currency)
    head = [_name(column) for column in told.columns]
    rows = (
        [_plain(*pair, places) for pair in zip(told.columns, row.cells, strict=True)] for row in told.rows
    )
    write_table_file(path, head, rows, decimal_mark=decimal_mark(business.locale), replace=replace)


def write_xlsx(path: Path, told: ReportTable, business: Business, *, replace: bool) -> None:
    """The rows below the words of the columns: amounts with their currency, shares and days as such."""
    looks = {
        Unit.MONEY: sheet_formats.money_format(business.currency, business.locale),
        Unit.SHARE: sheet_formats.SHARE,
        Unit.MONTH: sheet_formats.MONTH,
    }
    places = decimals(business.currency)
    write_table_file(
        path,
        [f"{one.words}{' (min)' if one.unit is Unit.MINUTES else ''}" for one in told.columns],
        ([_exact(*pair, places) for pair in zip(told.columns, row.cells, strict=True)] for row in told.rows),
        formats=[looks.get(column.unit, "") for column in told.columns],
        sheet=told.report.words,
        replace=replace,
    )


def _name(column: Measure) -> str:
    """`gross` for the amount `gross_minor`, `no_show_percent` for a share."""
    if column.unit is Unit.SHARE:
        return f"{column.name}_percent"
    return column.name.removesuffix("_minor") if column.unit is Unit.MONEY else column.name


def _plain(column: Measure, cell: Cell, places: int) -> FileCell:
    if isinstance(cell, int) and column.unit in (Unit.MONEY, Unit.SHARE):
        return Decimal(cell).scaleb(-places if column.unit is Unit.MONEY else -1)
    return plain(column.unit, cell)


def _exact(column: Measure, cell: Cell, places: int) -> FileCell:
    if isinstance(cell, int) and column.unit in (Unit.MONEY, Unit.SHARE):
        return Decimal(cell).scaleb(-places if column.unit is Unit.MONEY else -3)
    return cell if isinstance(cell, date) else plain(column.unit, cell)
