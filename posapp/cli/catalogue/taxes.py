"""`posapp tax …`: which taxes the shop knows, and how much each is from which day on."""

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group
from posapp.cli.priced_lines import divider
from posapp.cli.values import choose, parse_shop_day
from posapp.domain.base.errors import DomainError
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.catalogue.taxes import ShopTax, TaxPart, TaxRate, parse_percent, percent_text
from posapp.services.catalogue.taxes import SetTax


def add_to(root: Group) -> None:
    """Add `tax`."""
    group = root.group("tax", "the taxes of the shop and their rates")
    listed = group.command("list", _list, "list the taxes with their rates, the default one first")
    listed.add_argument("--all", action="store_true", help="also those that are no longer offered")
    put = group.command("set", _set, "say how much a tax is from a day on; a new name is a new tax")
    put.add_argument("name", metavar="NAME")
    put.add_argument("percent", metavar="PERCENT", help="such as 19 or 8.1")
    put.add_argument("--parts", metavar="CGST=9,SGST=9", default="", help="what it consists of")
    put.add_argument("--from", metavar="DAY", dest="starts", help="the first day (today)")
    put.add_argument(
        "--default", action="store_true", help="items that name no tax bear this one, and what has no item"
    )
    for name, run, said in (
        ("archive", _archive, "offer a tax no longer"),
        ("restore", _restore, "offer a tax again"),
    ):
        group.command(name, run, said).add_argument("name", metavar="NAME")


def _list(ctx: Context) -> None:
    found = ctx.shop.taxes.all(ctx.actor, with_archived=ctx.args.all)
    rows = [
        [
            one.name,
            *_rate_words(ctx, rate),
            "default" if one.is_default else "archived" if one.is_archived else "",
        ]
        for one in found
        for rate in one.rates
    ]
    ctx.out.result([_document(ctx, one) for one in found], table(rows))


def _set(ctx: Context) -> None:
    args = ctx.args
    command = SetTax(
        name=args.name,
        rate=parse_percent(args.percent),
        parts=_parts(args.parts),
        starts=parse_shop_day(ctx, args.starts, "from") if args.starts is not None else None,
        is_default=args.default,
    )
    made = ctx.shop.taxes.set(ctx.actor, command)
    rate = made.rate_on(command.starts or ctx.today) or made.rates[0]
    default = ", the default" if made.is_default else ""
    ctx.out.result(_document(ctx, made), f"{made.name}: {' '.join(_rate_words(ctx, rate))}{default}")


def _archive(ctx: Context) -> None:
    _put_archived(ctx, archived=True)


def _restore(ctx: Context) -> None:
    _put_archived(ctx, archived=False)


def _put_archived(ctx: Context, *, archived: bool) -> None:
    known = ctx.shop.taxes.all(ctx.actor, with_archived=not archived)
    tax = choose([one for one in known if one.is_archived != archived], ctx.args.name, "tax", "tax")
    ctx.shop.taxes.archive(ctx.actor, tax.id, archived=archived)
    said = "is no longer offered" if archived else "is offered again"
    ctx.out.result({**_document(ctx, tax), "is_archived": archived}, f"{tax.name} {said}")


def _parts(text: str) -> tuple[TaxPart, ...]:
    found = []
    for one in filter(None, (part.strip() for part in text.split(divider(text)))):
        name, equals, percent = one.partition("=")
        if not equals:
            raise DomainError(
                "parts_invalid", "Enter the parts such as CGST=9,SGST=9 or QST=9,975;GST=5.", field="parts"
            )
        found.append(TaxPart(name, parse_percent(percent, field="parts")))
    return tuple(found)


def _rate_words(ctx: Context, rate: TaxRate) -> list[str]:
    parts = " + ".join(f"{part.name} {percent_text(part.rate)}" for part in rate.parts)
    day = (
        "always" if rate.starts.year == 1970 else f"from {shown_day(rate.starts, locale=ctx.business.locale)}"
    )
    return [f"{percent_text(rate.rate)} %" + (f" ({parts})" if parts else ""), day]


def _document(ctx: Context, tax: ShopTax) -> dict[str, object]:
    now = tax.rate_on(ctx.today)
    return {
        "name": tax.name,
        "percent": percent_text(now.rate) if now is not None else None,
        "is_default": tax.is_default,
        "is_archived": tax.is_archived,
        "rates": [
            {
                "from": rate.starts.isoformat(),
                "percent": percent_text(rate.rate),
                "parts": {part.name: percent_text(part.rate) for part in rate.parts},
            }
            for rate in tax.rates
        ],
    }
