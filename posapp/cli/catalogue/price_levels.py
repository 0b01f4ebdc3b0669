"""`posapp price-level …`: groups of customers who pay less."""

from dataclasses import replace

from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group
from posapp.cli.values import choose
from posapp.domain.base.names import same_name
from posapp.domain.catalogue.price_levels import PriceLevel
from posapp.domain.catalogue.taxes import parse_percent, percent_text
from posapp.services.catalogue.price_levels import SavePriceLevel


def add_to(root: Group) -> None:
    """Add `price-level`."""
    group = root.group("price-level", "groups of customers who pay less")
    listed = group.command("list", _list, "list the price levels by name")
    listed.add_argument("--all", action="store_true", help="also those that are no longer offered")
    put = group.command("set", _set, "say how much a price level takes off; a new name is a new one")
    put.add_argument("name", metavar="NAME")
    put.add_argument("percent", metavar="PERCENT", help="such as 10 or 12.5")
    for name, run, said in (
        ("archive", _archive, "offer it no longer; whoever has it pays the usual prices"),
        ("restore", _restore, "offer it again"),
    ):
        group.command(name, run, said).add_argument("name", metavar="NAME")


def _list(ctx: Context) -> None:
    found = ctx.shop.price_levels.all(ctx.actor, with_archived=ctx.args.all)
    rows = [[one.name, f"{percent_text(one.percent_off)} %", _state(one)] for one in found]
    ctx.out.result([_document(one) for one in found], table(rows) or "No price levels.")


def _set(ctx: Context) -> None:
    known = ctx.shop.price_levels.all(ctx.actor)
    old = next((one for one in known if same_name(one.name, ctx.args.name)), None)
    command = SavePriceLevel(
        id=None if old is None else old.id,
        name=ctx.args.name if old is None else old.name,
        percent_off=parse_percent(ctx.args.percent),
    )
    _answer(ctx, ctx.shop.price_levels.save(ctx.actor, command))


def _archive(ctx: Context) -> None:
    _put_archived(ctx, is_archived=True)


def _restore(ctx: Context) -> None:
    _put_archived(ctx, is_archived=False)


def _put_archived(ctx: Context, *, is_archived: bool) -> None:
    known = ctx.shop.price_levels.all(ctx.actor, with_archived=not is_archived)
    wanted = [one for one in known if one.is_archived is not is_archived]
    old = choose(wanted, ctx.args.name, "price level", "price_level")
    command = SavePriceLevel(id=old.id, name=old.name, percent_off=old.percent_off)
    _answer(ctx, ctx.shop.price_levels.save(ctx.actor, replace(command, is_archived=is_archived)))


def _answer(ctx: Context, level: PriceLevel) -> None:
    words = f"{level.name}: {percent_text(level.percent_off)} % off"
    ctx.out.result(_document(level), ", ".join(filter(None, (words, _state(level)))))


def _state(level: PriceLevel) -> str:
    return "archived" if level.is_archived else ""


def _document(level: PriceLevel) -> dict[str, object]:
    return {
        "name": level.name,
        "percent_off": percent_text(level.percent_off),
        "is_archived": level.is_archived,
    }
