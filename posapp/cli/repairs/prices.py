"""`posapp price …`: what repairs cost, by device and fault."""

from posapp.cli.catalogue.brought import tell_brought
from posapp.cli.context import Context
from posapp.cli.output import table
from posapp.cli.parser import Group, Parser, UsageError, add_force, path, whole
from posapp.cli.values import parse_sum, shown_price
from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import fold
from posapp.domain.repairs.devices import DeviceKind, describe
from posapp.domain.repairs.repair_prices import PriceStep, RepairPrice, key_of_device, parse_change
from posapp.services.repairs.repair_prices import ChangePrices, SavePrice

_KINDS = [one.value for one in DeviceKind]


def add_to(root: Group) -> None:
    """Add `price`."""
    group = root.group("price", "the price list of repairs: device and fault, price, minutes, part")
    listed = group.command(
        "list",
        _list,
        "list the prices",
        details="With --device only what fits it: of several prices for a fault the most exact one.",
    )
    listed.add_argument("words", metavar="TEXT", nargs="?", default="", help="words of device and fault")
    listed.add_argument("--all", action="store_true", help="also those that are no longer used")
    listed.add_argument("--device", metavar="NAME", help="what may be charged for this device")
    listed.add_argument("--kind", choices=_KINDS, help="with --device: what kind it is")
    listed.add_argument("--fault", metavar="TEXT", default="", help="with --device: what is wrong with it")
    put = group.command(
        "set",
        _set,
        "say what a fault costs",
        details="A price for this device and fault is changed; what is not named stays as it is.",
    )
    _add_key(put)
    put.add_argument("--price", metavar="P")
    put.add_argument("--minutes", metavar="N", type=whole, help="how long it takes")
    put.add_argument("--sku", metavar="S", help='the part it takes; "" takes it away')
    _add_key(group.command("archive", _archive, "take a price off the list; what was charged stays"))
    _add_change(group)
    _add_files(group)


def _add_change(group: Group) -> None:
    change = group.command(
        "change",
        _change,
        "change prices by a percentage",
        details="Shows each price before and after; with --book it is done.",
    )
    change.add_argument("percent", metavar="PERCENT", help="such as 5 or -2.5")
    change.add_argument("--step", metavar="S", required=True, help="round to the nearest of these steps")
    change.add_argument("--words", metavar="TEXT", default="", help="only prices with these words")
    change.add_argument("--book", action="store_true", help="do it")


def _add_files(group: Group) -> None:
    brought = group.command(
        "import",
        _import,
        "bring prices in from a CSV or XLSX file",
        details="Columns: kind, make, model, fault, price, minutes, sku. Rows that cannot be taken are told.",
    )
    brought.add_argument("file", metavar="FILE", type=path)
    brought.add_argument("--dry-run", action="store_true", help="only tell what would come")
    written = group.command("export", _export, "write the prices into a CSV or XLSX file")
    written.add_argument("file", metavar="FILE", type=path)
    add_force(written)


def _add_key(parser: Parser) -> None:
    parser.add_argument(
        "--device", metavar="NAME", default="", help="a model with its brand, or a brand for all its models"
    )
    parser.add_argument("--kind", choices=_KINDS, help="only this kind of device")
    parser.add_argument("--fault", metavar="TEXT", required=True)


# -- one price ---------------------------------------------------------------------------------------------
def _list(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.repair_prices
    if args.device is not None:
        found = desk.offers(ctx.actor, args.device, args.fault, kind=_kind(ctx))
    elif args.kind is not None or args.fault:
        raise UsageError("", "--kind and --fault go with --device")
    else:
        found = desk.find(ctx.actor, args.words, with_archived=args.all)
    rows = [_row(ctx, one) for one in found]
    ctx.out.result([_document(one) for one in found], table(rows) or "No prices.")


def _set(ctx: Context) -> None:
    args, old = ctx.args, _known(ctx)
    if args.price is None and (old is None or (args.minutes is None and args.sku is None)):
        raise UsageError("", "name the price: --price P")
    price = parse_sum(ctx, args.price, "price") if args.price is not None else old.price_minor if old else 0
    make, model = describe(args.device)
    minutes = args.minutes if args.minutes is not None else old.minutes if old else 0
    command = SavePrice(
        id=old.id if old else None,
        kind=_kind(ctx),
        make=old.make if old else make,
        model=old.model if old else model,
        fault=old.fault if old else args.fault,
        price_minor=price,
        minutes=minutes,
        item_id=old.item_id if old else None,
        sku=args.sku,
    )
    _answer(ctx, ctx.shop.repair_prices.save(ctx.actor, command))


def _archive(ctx: Context) -> None:
    old = _known(ctx)
    if old is None:
        raise DomainError("price_unknown", "There is no price for this device and fault.", field="fault")
    command = SavePrice(
        id=old.id,
        kind=old.kind,
        make=old.make,
        model=old.model,
        fault=old.fault,
        price_minor=old.price_minor,
        minutes=old.minutes,
        item_id=old.item_id,
        is_archived=True,
    )
    _answer(ctx, ctx.shop.repair_prices.save(ctx.actor, command))


def _known(ctx: Context) -> RepairPrice | None:
    """The price in use for just this device, kind and fault."""
    make, model = describe(ctx.args.device)
    wanted = (_kind(ctx), key_of_device(make, model), fold(ctx.args.fault))
    found = ctx.shop.repair_prices.find(ctx.actor, f"{ctx.args.device} {ctx.args.fault}")
    return next(
        (one for one in found if (one.kind, key_of_device(one.make, one.model), fold(one.fault)) == wanted),
        None,
    )


def _kind(ctx: Context) -> DeviceKind | None:
    return DeviceKind(ctx.args.kind) if ctx.args.kind is not None else None


# -- many prices -------------------------------------------------------------------------------------------
def _change(ctx: Context) -> None:
    args, desk = ctx.args, ctx.shop.repair_prices
    step = parse_sum(ctx, args.step, "step")
    command = ChangePrices(percent=parse_change(args.percent), step_minor=step, words=args.words)
    steps = desk.change(ctx.actor, command) if args.book else desk.preview(ctx.actor, command)
    rows = [
        [one.price.name, shown_price(ctx, one.price.price_minor), "→", shown_price(ctx, one.after_minor)]
        for one in steps
    ]
    document = {"booked": args.book, "prices": [_step_document(one) for one in steps]}
    ctx.out.result(document, table(rows) or "No price would change.")


def _import(ctx: Context) -> None:
    args = ctx.args
    tell_brought(ctx, ctx.shop.repair_prices.import_file(ctx.actor, args.file, dry_run=args.dry_run))


def _export(ctx: Context) -> None:
    count = ctx.shop.repair_prices.export_file(ctx.actor, ctx.args.file, replace=ctx.args.force)
    ctx.out.result({"file": str(ctx.args.file), "prices": count}, f"{count} prices in {ctx.args.file}")


# -- shown -------------------------------------------------------------------------------------------------
def _answer(ctx: Context, price: RepairPrice) -> None:
    ctx.out.result(_document(price), table([_row(ctx, price)]))


def _row(ctx: Context, one: RepairPrice) -> list[str]:
    minutes = f"{one.minutes} min" if one.minutes else ""
    part = "archived" if one.is_archived else one.sku
    kind = one.kind.value if one.kind is not None else ""
    return [one.device or "all", kind, one.fault, shown_price(ctx, one.price_minor), minutes, part]


def _document(one: RepairPrice) -> dict[str, object]:
    return {
        "kind": one.kind.value if one.kind is not None else None,
        "make": one.make,
        "model": one.model,
        "fault": one.fault,
        "price_minor": one.price_minor,
        "minutes": one.minutes,
        "sku": one.sku,
        "is_archived": one.is_archived,
    }


def _step_document(step: PriceStep) -> dict[str, object]:
    return {
        "device": step.price.device,
        "fault": step.price.fault,
        "before_minor": step.price.price_minor,
        "after_minor": step.after_minor,
    }
