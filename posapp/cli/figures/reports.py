"""`posapp report`: the figures of the shop as text, JSON, CSV or XLSX."""

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
from posapp.services.base.table_files import Cell, write_table_file
from posapp.services.figures.revenue import Revenue

_WORDS = {"revenue": "what was sold by day or month, less what was given back"}
_MONEY = ("gross_minor", "net_minor", "tax_minor", "cost_minor")


def add_to(root: Group) -> None:
    """Add `report`."""
    command = root.command("report", _report, "the figures of the shop")
    command.add_argument("name", nargs="?", choices=tuple(_WORDS), metavar="NAME", help=", ".join(_WORDS))
    command.add_argument("--list", action="store_true", help="which reports there are")
    command.add_argument(
        "--from", metavar="DAY", dest="first", help="the first day; that of this month if left out"
    )
    command.add_argument("--to", metavar="DAY", dest="last", help="the last day, included; today if left out")
    command.add_argument(
        "--by", choices=("day", "month"), default="day", help="a row for each (default: day)"
    )
    command.add_argument("--format", choices=("csv", "xlsx", "json"), help="csv and xlsx go into a file")
    command.add_argument("--out", metavar="FILE", type=Path, help="its name ends in .csv or .xlsx")
    command.add_argument("--force", action="store_true", help="write over a file that is there")


def _report(ctx: Context) -> None:
    args = ctx.args
    if args.list or args.name is None:
        listed = [{"name": name, "words": words} for name, words in _WORDS.items()]
        ctx.out.result(listed, table([name, words] for name, words in _WORDS.items()))
        return
    first = ctx.today.replace(day=1) if args.first is None else parse_shop_day(ctx, args.first, "from")
    last = ctx.today if args.last is None else parse_shop_day(ctx, args.last, "to")
    rows = ctx.shop.revenue.of(ctx.actor, first, last, by_month=args.by == "month")
    place = _file(ctx)
    if place is not None:
        mark = decimal_mark(ctx.business.locale)
        count = write_table_file(
            place,
            (args.by, *Revenue._fields[1:3], *(one.removesuffix("_minor") for one in _MONEY)),
            [_cells(ctx, row) for row in rows],
            decimal_mark=mark,
            replace=args.force,
        )
        ctx.out.result({"file": str(place), "rows": count}, f"{count} rows in {place}")
        return
    ctx.out.as_json = ctx.out.as_json or args.format == "json"
    ctx.out.result(
        lambda: [
            {args.by: _period(ctx, row), **dict(zip(Revenue._fields[1:], row[1:], strict=True))}
            for row in rows
        ],
        lambda: _lines(ctx, rows),
    )


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


def _period(ctx: Context, row: Revenue) -> str:
    return f"{row.day:%Y-%m}" if ctx.args.by == "month" else row.day.isoformat()


def _cells(ctx: Context, row: Revenue) -> list[Cell]:
    places = decimals(ctx.business.currency)
    money = [Decimal(getattr(row, name)).scaleb(-places) for name in _MONEY]
    return [_period(ctx, row), row.sales, row.refunds, *money]


def _lines(ctx: Context, rows: list[Revenue]) -> list[str]:
    if not rows:
        return ["Nothing was sold on these days."]
    locale = ctx.business.locale
    lines = [["", "sales", "refunds", "gross", "net", "tax", "cost"]]
    for row in rows:
        when = _period(ctx, row) if ctx.args.by == "month" else shown_day(row.day, locale=locale)
        money = [shown_price(ctx, getattr(row, name)) for name in _MONEY]
        lines.append([when, str(row.sales), str(row.refunds), *money])
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    lines.append(["all", str(sums[0]), str(sums[1]), *(shown_price(ctx, minor) for minor in sums[2:])])
    return table(lines)
