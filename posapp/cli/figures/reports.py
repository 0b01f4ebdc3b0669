"""`posapp report`: the figures of the shop as text, JSON, tables and pages."""

from functools import partial
from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, UsageError, add_force, path
from posapp.cli.values import parse_shop_day, shown_days, shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.figures.cells import shown
from posapp.domain.figures.measures import MEASURES, Measure
from posapp.domain.figures.periods import Comparison, Period
from posapp.domain.figures.reports import Behind, Cell, ReportTable
from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.services.figures.report_files import AskedReport
from posapp.services.figures.report_tables import documents
from posapp.till_settings import printer_for


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
    command.add_argument(
        "--format", choices=("csv", "xlsx", "pdf", "json"), help="csv, xlsx and pdf go into a file"
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument("--out", metavar="FILE", type=path, help="its name ends in .csv, .xlsx, .pdf or .json")
    where.add_argument("--print", action="store_true", dest="prints", help="print it, too")
    command.add_argument(
        "--compare",
        choices=(Comparison.BEFORE.value, Comparison.LAST_YEAR.value),
        help="on paper: the sums of the days before, or of the same days a year earlier, too",
    )
    command.add_argument(
        "--paper", choices=[one.value for one in PaperKind.REPORT.sizes], help="a4 if left out"
    )
    command.add_argument(
        "--printer", metavar="NAME", help="with --print: a print queue, else this till's own"
    )
    add_force(command, "with --out: ")


def _report(ctx: Context) -> None:
    args = ctx.args
    if args.printer and not args.prints:
        raise UsageError("", "--printer needs --print")
    if args.list or args.name is None:
        _listed(ctx)
        return
    first = ctx.today.replace(day=1) if args.first is None else parse_shop_day(ctx, args.first, "from")
    last = ctx.today if args.last is None else parse_shop_day(ctx, args.last, "to")
    period = Period(first, last)
    if args.behind is not None:
        _behind(ctx, period)
        return
    asked = AskedReport(
        name=args.name, period=period, by=args.by, comparison=Comparison(args.compare or Comparison.NONE)
    )
    place, paper = _file(ctx), PaperSize(args.paper or PaperSize.A4)
    if place is not None:
        count = ctx.shop.report_files.save(ctx.actor, asked, place, paper=paper, replace=args.force)
        ctx.out.result({"file": str(place), "rows": count}, f"{count} rows in {place}")
        return
    if args.prints:
        printer = args.printer or printer_for(ctx.till_settings, is_roll=False, is_label=False)
        ctx.shop.report_files.print(ctx.actor, asked, paper, printer)
    told = ctx.shop.reports.read(ctx.actor, args.name, period, by=args.by)
    ctx.out.as_json = ctx.out.as_json or args.format == "json"
    ctx.out.result(lambda: documents(told), lambda: _lines(ctx, told))


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
        lambda: _documents(ctx, found),
    )


def _documents(ctx: Context, found: list[Behind]) -> list[str]:
    """The documents as a table, and what they sum up to."""
    args = ctx.args
    if not found:
        return [f"No document stands behind {args.behind}."]
    [report] = [one for one in ctx.shop.reports.all(ctx.actor) if one.name == args.name]
    measure, day = report.main_measure, partial(shown_day, locale=ctx.business.locale)
    rows = [
        [
            one.number,
            day(one.day) if one.day else "",
            one.customer,
            one.text,
            _shown(ctx, measure, one.amount),
        ]
        for one in found
    ]
    rows.append(["all", "", "", "", _shown(ctx, measure, sum(one.amount for one in found))])
    return table([["", "Day", "Customer", "", measure.words], *rows])


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
    args = ctx.args
    out, wanted = args.out, args.format
    if (wanted in (None, "json") and out is None) or args.prints:
        return None
    if out is None:
        raise DomainError("out_missing", f"Say where the {wanted} goes: --out FILE.{wanted}", field="out")
    if wanted is not None and out.suffix.casefold() != f".{wanted}":
        raise DomainError("file_kind", f"Name a file that ends in .{wanted}.", field="out")
    found: Path = out
    return found


def _shown(ctx: Context, column: Measure, cell: Cell) -> str:
    locale = ctx.business.locale
    return shown(column.unit, cell, locale, partial(shown_price, ctx), partial(shown_day, locale=locale))


def _none(ctx: Context, told: ReportTable) -> str:
    """That nothing is there, with the days that were asked for."""
    if not told.report.has_period:
        return "Nothing to tell now."
    days = shown_days(ctx, told.period)
    return f"Nothing was sold {days}." if told.report.name == "revenue" else f"Nothing to tell {days}."


def _lines(ctx: Context, told: ReportTable) -> list[str]:
    if not told.rows:
        return [_none(ctx, told)]
    rows = [["", *(column.words for column in told.columns[1:])]]
    rows += [
        [_shown(ctx, column, cell) for column, cell in zip(told.columns, row.cells, strict=True)]
        for row in told.rows
    ]
    foot = [_shown(ctx, column, cell) for column, cell in zip(told.columns, told.foot, strict=True)]
    rows.append(["all", *foot[1:]])
    return [*table(rows), *((told.remark.words,) if told.remark else ())]
