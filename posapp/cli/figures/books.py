"""`posapp books`: the balanced day journal for the accountant."""

from dataclasses import fields, replace
from pathlib import Path

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, add_force, whole
from posapp.cli.values import parse_shop_day, shown_days, shown_price
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.figures.books import BookDocument, BookTable, NumberedAccount
from posapp.domain.figures.charts import BookFormat, Chart
from posapp.domain.figures.periods import Period
from posapp.services.figures.books import Exported, Sending, read_account


def add_to(root: Group) -> None:
    """Add `books`."""
    group = root.group("books", "the balanced day journal for the accountant")
    command = group.command("show", _show, "what each account has on some days")
    _add_days(command)
    command.add_argument("--account", metavar="ROLE", help="the documents behind an account, such as cash")
    command = group.command("export", _export, "write the days that have not gone out yet into a file")
    _add_days(command)
    command.add_argument("--format", required=True, choices=[str(one) for one in BookFormat])
    command.add_argument("--out", metavar="FILE", type=Path, required=True)
    command.add_argument("--again", action="store_true", help="also days that have gone out, as they are now")
    add_force(command)
    command = group.command("accounts", _accounts, "the accounts and their numbers; with both: set one")
    command.add_argument("role", nargs="?", metavar="ROLE", help="such as goods, or goods/VAT:230000")
    command.add_argument("number", nargs="?", metavar="NUMBER", help="how the accountant calls it")
    command.add_argument("--name", default="", metavar="TEXT", help="what it is called")
    command.add_argument("--chart", default=Chart.GENERAL.value, choices=[str(one) for one in Chart])
    command = group.command("settings", _settings, "what DATEV asks of the shop")
    for name, said in (
        ("consultant", "the number of the accountant"),
        ("client", "the number that the shop has there"),
        ("length", "how many digits an account has, 4 to 8"),
        ("first-month", "the month in which the fiscal year begins"),
    ):
        command.add_argument(f"--{name}", type=whole, metavar="N", help=said)
    command.add_argument("--chart", choices=[str(Chart.SKR03), str(Chart.SKR04)])


def _add_days(command: Parser) -> None:
    command.add_argument(
        "--from", metavar="DAY", dest="first", help="the first day; that of this month if left out"
    )
    command.add_argument("--to", metavar="DAY", dest="last", help="the last day, included; today if left out")


def _period(ctx: Context) -> Period:
    args = ctx.args
    first = ctx.today.replace(day=1) if args.first is None else parse_shop_day(ctx, args.first, "from")
    return Period(first, ctx.today if args.last is None else parse_shop_day(ctx, args.last, "to"))


# -- show ------------------------------------------------------------------------------------------------
def _show(ctx: Context) -> None:
    period = _period(ctx)
    if ctx.args.account is not None:
        _behind(ctx, period)
        return
    told = ctx.shop.books.period(ctx.actor, period)
    ctx.out.result(
        lambda: {
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "balanced": told.is_balanced,
            "debit_minor": told.debit_minor,
            "credit_minor": told.credit_minor,
            "accounts": [
                {
                    **_account_json(named),
                    "entries": row.entries,
                    "debit_minor": row.debit_minor,
                    "credit_minor": row.credit_minor,
                }
                for named, row in told.rows
            ],
        },
        lambda: _lines(ctx, told),
    )


def _lines(ctx: Context, told: BookTable) -> list[str]:
    if not told.rows:
        return [f"Nothing was booked {shown_days(ctx, told.period)}."]
    rows = [["", "", "Entries", "Debit", "Credit"]]
    rows += [
        [
            named.number,
            named.name,
            str(row.entries),
            shown_price(ctx, row.debit_minor),
            shown_price(ctx, row.credit_minor),
        ]
        for named, row in told.rows
    ]
    words = "Balanced" if told.is_balanced else "Not balanced"
    rows.append(["", words, "", shown_price(ctx, told.debit_minor), shown_price(ctx, told.credit_minor)])
    return table(rows)


def _behind(ctx: Context, period: Period) -> None:
    """All documents behind an account, read a part at a time."""
    account, after, found = read_account(ctx.args.account), 0, list[BookDocument]()
    while part := ctx.shop.books.entries(ctx.actor, period, account, after):
        found += part
        after = part[-1].at
    ctx.out.result(
        lambda: [
            {
                "day": one.day.isoformat(),
                "number": one.number,
                "text": one.text,
                "pl_id": one.customer,
                "debit_minor": sum(line.debit_minor for line in one.lines),
                "credit_minor": sum(line.credit_minor for line in one.lines),
            }
            for one in found
        ],
        lambda: table(
            [
                shown_day(one.day, locale=ctx.business.locale),
                one.text,
                one.customer,
                shown_price(ctx, one.difference_minor),
            ]
            for one in found
        ),
    )


# -- export ----------------------------------------------------------------------------------------------
def _export(ctx: Context) -> None:
    args, of = ctx.args, BookFormat(ctx.args.format)
    done = ctx.shop.books.export(ctx.actor, _period(ctx), of, args.out, again=args.again, replace=args.force)
    ctx.out.result(
        lambda: {
            "file": str(done.path) if done.path else None,
            "days": done.days,
            "corrections": done.corrections,
            "state": done.sending.state.value,
        },
        lambda: _told(ctx, of, done),
    )


def _told(ctx: Context, of: BookFormat, done: Exported) -> str:
    if done.path is not None:
        more = f", {_counted(done.corrections, 'correction')}" if done.corrections else ""
        return f"{_counted(done.days, 'day')}{more} for {of.words} in {done.path}"
    return _nothing(ctx, of, done.sending)


def _nothing(ctx: Context, of: BookFormat, sending: Sending) -> str:
    if sending.at is None:
        return f"Nothing was booked {shown_days(ctx, _period(ctx))}; no file was written."
    when = shown_day(ctx.business.day_of(sending.at), locale=ctx.business.locale)
    return (
        f"{sending.by} exported these days for {of.words} on {when}, and nothing has changed since; no file "
        "was written. --again writes them once more."
    )


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


# -- accounts --------------------------------------------------------------------------------------------
def _accounts(ctx: Context) -> None:
    args, chart = ctx.args, Chart(ctx.args.chart)
    if args.number is not None:
        account = read_account(args.role)
        found = [ctx.shop.books.set_account(ctx.actor, chart, account, args.number, args.name)]
    else:
        wanted = read_account(args.role) if args.role is not None else None
        every = ctx.shop.books.accounts(ctx.actor, chart)
        found = [one for one in every if wanted is None or one.account.role is wanted.role]
    ctx.out.result(
        lambda: [_account_json(one) for one in found],
        lambda: table([one.account.code, one.number, one.name] for one in found),
    )


def _account_json(one: NumberedAccount) -> dict[str, object]:
    return {"account": one.account.code, "number": one.number, "name": one.name, "own": one.is_own}


def _settings(ctx: Context) -> None:
    old, args = ctx.shop.books.settings(ctx.actor), ctx.args
    given = {
        name: getattr(args, name)
        for name in ("consultant", "client", "length", "first_month")
        if getattr(args, name) is not None
    }
    if args.chart:
        given["chart"] = Chart(args.chart)
    now = ctx.shop.books.set_settings(ctx.actor, replace(old, **given)) if given else old
    told = {one.name: getattr(now, one.name) for one in fields(now)}
    ctx.out.result(told, table([name.replace("_", " "), str(value)] for name, value in told.items()))
