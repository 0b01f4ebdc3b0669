"""`posapp customer statement`: what a customer bought, paid and still owes."""

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.parser import Group
from posapp.cli.selling.order_text import aged_document, aged_rows, standing_document, standing_rows
from posapp.cli.values import parse_shop_day, shown_price
from posapp.cli.ways_out import add_way_out, way_out
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.selling.ledger import Account, Entry
from posapp.services.selling.order_commands import Statement

_ACCOUNTS = {Account.DEBT: "", Account.DEPOSIT: "deposit", Account.CREDIT: "credit"}


def add_below(customers: Group) -> None:
    """Add the command to the group `customer`."""
    command = customers.command("statement", _statement, "what a customer bought, paid and still owes")
    command.add_argument("id", metavar="ID", help="any form of ID")
    command.add_argument(
        "--from", metavar="DAY", dest="first", help="the first day; the very first if left out"
    )
    command.add_argument("--to", metavar="DAY", dest="last", help="the last day, included; today if left out")
    add_way_out(command)


def _statement(ctx: Context) -> None:
    args = ctx.args
    out = way_out(ctx)
    customer = ctx.shop.customers.resolve(ctx.actor, args.id).customer
    first = None if args.first is None else parse_shop_day(ctx, args.first, "from")
    last = ctx.today if args.last is None else parse_shop_day(ctx, args.last, "to")
    ledger, about = ctx.shop.ledger, (ctx.actor, customer.id, first, last)
    if out.file is not None:
        made = ledger.save_statement(*about, out.paper, out.file, replace=out.may_replace)
    elif out.prints:
        made = ledger.print_statement(*about, out.paper, out.printer)
    else:
        made = ledger.statement(*about)
    pl_id, name = str(customer.pl_id), customer.name
    ctx.out.result(
        lambda: {
            "pl_id": pl_id,
            "name": name,
            **_document(made),
            "aged": aged_document(made.standing, ctx.today),
        },
        lambda: [f"{pl_id}  {name}".rstrip(), *_lines(ctx, made, has_first=first is not None)],
    )


def _document(made: Statement) -> dict[str, object]:
    return {
        "from": made.first.isoformat(),
        "to": made.last.isoformat(),
        "opening_minor": made.opening_minor,
        "closing_minor": made.closing_minor,
        "entries": [
            {
                "day": one.day.isoformat(),
                "account": one.account.value,
                "number": one.number or None,
                "about": one.about or None,
                "amount_minor": one.amount_minor,
                "at": one.at.isoformat(),
                "by": one.by,
            }
            for one in made.entries
        ],
        **standing_document(made.standing),
    }


def _lines(ctx: Context, made: Statement, *, has_first: bool) -> list[str]:
    balance, rows = made.opening_minor, []
    locale = ctx.business.locale
    if has_first:
        rows.append([shown_day(made.first, locale=locale), "before", "", "", "", shown_price(ctx, balance)])
    for one in made.entries:
        balance += one.amount_minor
        day = shown_day(one.day, locale=locale)
        rows.append([day, *_what(one), shown_price(ctx, one.amount_minor), shown_price(ctx, balance)])
    return [
        *(table(rows) or ["Nothing was bought or paid."]),
        *facts([*standing_rows(ctx, made.standing), *aged_rows(ctx, made.standing, ctx.today)]),
    ]


def _what(one: Entry) -> list[str]:
    return [one.number or "brought forward", one.shown_about, _ACCOUNTS[one.account]]
