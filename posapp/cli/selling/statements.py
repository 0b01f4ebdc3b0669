"""`posapp customer statement`: what a customer bought, paid and still owes."""

from datetime import date

from posapp.cli.context import Context
from posapp.cli.output import facts, table
from posapp.cli.parser import Group
from posapp.cli.selling.order_text import standing_document, standing_rows
from posapp.cli.values import parse_shop_day, shown_price
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


def _statement(ctx: Context) -> None:
    args = ctx.args
    card = ctx.shop.customers.resolve(ctx.actor, args.id)
    first = date(1970, 1, 1) if args.first is None else parse_shop_day(ctx, args.first, "from")
    last = ctx.today if args.last is None else parse_shop_day(ctx, args.last, "to")
    made = ctx.shop.ledger.statement(ctx.actor, card.customer.id, first, last)
    pl_id, name = str(card.customer.pl_id), card.customer.name
    ctx.out.result(
        lambda: {"pl_id": pl_id, "name": name, **_document(made)},
        lambda: [f"{pl_id}  {name}".rstrip(), *_lines(ctx, made, has_first=args.first is not None)],
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
    return [*(table(rows) or ["Nothing was bought or paid."]), *facts(standing_rows(ctx, made.standing))]


def _what(one: Entry) -> list[str]:
    about = one.about if one.about != one.number else ""
    return [one.number or "brought forward", about, _ACCOUNTS[one.account]]
