"""`posapp report`: the figures of the shop as text, JSON, CSV or XLSX."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group
from posapp.cli.values import parse_shop_day, shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import decimal_mark
from posapp.domain.base.money import decimals
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.figures.measures import MEASURES, Measure, Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, ReportTable
from posapp.services.base.table_files import Cell as FileCell
from posapp.services.base.table_files import write_table_file

_MONEY = "_minor"


def add_to(root: Group) -> None:
    """Add `report`."""
    command = root.command("report", _report, "the figures of the shop")
    command.add_argument("name", nargs="?", metavar="NAME", help="one of those that --list tells")
    command.add_argument("--list", action="store_true", help="which reports there are, and what each tells")
    command.add_argument(
        "--from", metavar="DAY", dest="first", help="the first day; that of this month if left out"
    )
    command.add_argument("--to", metavar="DAY", dest="last", help="the last day, included; today if left out")
    command.add_argument("--by", default="", metavar="WAY", help="what a row is: day, month, …")
    command.add_argument(
        "--behind", metavar="ROW", help="the documents behind a row: its day, name, number, …"
    )
    command.add_argument("--format", choices=("csv", "xlsx", "json"), help="csv and xlsx go into a file")
    command.add_argument("--out", metavar="FILE", type=Path, help="its name ends in .csv or .xlsx")
    command.add_argument("--force", action="store_true", help="write over a file that is there")


def _report(ctx: Context) -> None:
    args = ctx.args
    if args.list or args.name is None:
        _listed(ctx)
        return
    first = ctx.today.replace(day=1) if args.first is None else parse_shop_day(ctx, args.first, "from")
    last = ctx.today if args.last is None else parse_shop_day(ctx, args.last, "to")
    period = Period(first, last)
    if args.behind is not None:
        _behind(ctx, period)
        return
    told = ctx.shop.reports.read(ctx.actor, args.name, period, by=args.by)
    place = _file(ctx)
    if place is not None:
        _write(ctx, told, place)
        return
    ctx.out.as_json = ctx.out.as_json or args.format == "json"
    ctx.out.result(
        lambda: [
            {column.name: _plain(column, cell) for column, cell in zip(told.columns, row.cells, strict=True)}
            for row in told.rows
        ],
        lambda: _lines(ctx, told),
    )


def _behind(ctx: Context, period: Period) -> None:
    """All documents behind a row, read a part at a time."""
    args, found, after = ctx.args, list[Behind](), 0
    while part := ctx.shop.reports.behind(ctx.actor, args.name, period, args.behind, by=args.by, after=after):
        found += part
        after = part[-1].at
    ctx.out.result(
        lambda: [
            {
                "number": one.number,
                "day": one.day.isoformat() if one.day else None,
                "pl_id": one.customer,
                "text": one.text,
                "amount": one.amount,
            }
            for one in found
        ],
        lambda: table(
            [one.number, one.day.isoformat() if one.day else "", one.customer, one.text, str(one.amount)]
            for one in found
        ),
    )


def _listed(ctx: Context) -> None:
    reports = ctx.shop.reports.all(ctx.actor)
    listed = [
        {
            "name": one.name,
            "words": one.meaning or one.words,
            "by": [way for way in one.bys if way],
            "measures": [
                {"name": name, "words": MEASURES[name].words, "meaning": MEASURES[name].meaning}
                for name in one.measures
            ],
        }
        for one in reports
    ]
    ctx.out.result(listed, table([one.name, one.meaning or one.words] for one in reports))


def _file(ctx: Context) -> Path | None:
    """The file to write, whose name fits the format."""
    out, wanted = ctx.args.out, ctx.args.format
    if wanted in (None, "json") and out is None:
        return None
    if out is None:
        raise DomainError("out_missing", f"Say where the {wanted} goes: --out FILE.{wanted}", field="out")
    if wanted is not None and out.suffix.casefold() != f".{wanted}":
        raise DomainError("file_kind", f"Name a file that ends in .{wanted}.", field="out")
    found: Path = out
    return found


def _write(ctx: Context, told: ReportTable, place: Path) -> None:
    count = write_table_file(
        place,
        [column.name.removesuffix(_MONEY) for column in told.columns],
        [_cells(ctx, told.columns, row.cells) for row in told.rows],
        decimal_mark=decimal_mark(ctx.business.locale),
        replace=ctx.args.force,
    )
    ctx.out.result({"file": str(place), "rows": count}, f"{count} rows in {place}")


def _plain(column: Measure, cell: Cell) -> object:
    if isinstance(cell, date):
        return f"{cell:%Y-%m}" if column.unit is Unit.MONTH else cell.isoformat()
    return cell


def _cells(ctx: Context, columns: Sequence[Measure], cells: Sequence[Cell]) -> list[FileCell]:
    places = decimals(ctx.business.currency)
    found: list[FileCell] = []
    for column, cell in zip(columns, cells, strict=True):
        is_money = column.unit is Unit.MONEY and isinstance(cell, int)
        plain = _plain(column, cell)
        found.append(
            Decimal(int(str(cell))).scaleb(-places)
            if is_money
            else plain
            if isinstance(plain, int | str)
            else None
        )
    return found


def _shown(ctx: Context, column: Measure, cell: Cell) -> str:
    if cell is None:
        return ""
    if column.unit is Unit.MONEY and isinstance(cell, int):
        return shown_price(ctx, cell)
    if column.unit is Unit.DAY and isinstance(cell, date):
        return shown_day(cell, locale=ctx.business.locale)
    return str(_plain(column, cell))


def _lines(ctx: Context, told: ReportTable) -> list[str]:
    if not told.rows:
        return ["Nothing was sold on these days." if told.report.name == "revenue" else "Nothing to tell."]
    rows = [["", *(column.words for column in told.columns[1:])]]
    rows += [
        [_shown(ctx, column, cell) for column, cell in zip(told.columns, row.cells, strict=True)]
        for row in told.rows
    ]
    foot = [_shown(ctx, column, cell) for column, cell in zip(told.columns, told.foot, strict=True)]
    rows.append(["all", *foot[1:]])
    return [*table(rows), *((told.remark.words,) if told.remark else ())]
